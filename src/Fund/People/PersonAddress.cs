using System.Globalization;
using System.Security.Cryptography;
using Kepil.Law;
using Microsoft.AspNetCore.DataProtection;

namespace Kepil.Fund.People;

/// <summary>The address of a person's pages: his number is sealed in it, so that it stands in no address, no history of a browser and no log of a proxy. It ends after half a day.</summary>
public sealed class PersonAddress(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly IDataProtector _seal = protection.CreateProtector("Kepil.Person");

    public string Of(IdentityNumber number) =>
        "/people/of/" + _seal.Protect(FormattableString.Invariant($"{number}|{clock.GetUtcNow().ToUnixTimeSeconds()}"));

    /// <returns>Nothing when nobody's number is sealed in it, or it ended.</returns>
    public IdentityNumber? Find(string token)
    {
        try
        {
            var parts = _seal.Unprotect(token).Split('|');
            var age = clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(parts[1], CultureInfo.InvariantCulture);
            return age >= 0 && age < Lasts.TotalSeconds && IdentityNumber.TryParse(parts[0], out var number, out _) ? number : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
