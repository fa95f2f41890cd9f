using System.Globalization;

namespace Kepil.Fund.Bank;

/// <summary>An account at a bank: whose it is, its number and the bank.</summary>
/// <param name="Owner">БСН/БИН of the provider; zero for the Fund itself.</param>
/// <param name="Id">Number of the details that were confirmed.</param>
public sealed record BankAccount(long Owner, string Name, string Iban, string Bic, long Id = 0)
{
    /// <summary>Signs of a Kazakh account number: KZ, two check digits, three of the bank, thirteen of the account.</summary>
    private const int Length = 20;

    /// <summary>Whether the number is a Kazakh IBAN with right check digits (ISO 13616, remainder 1 by 97).</summary>
    public static bool IsIban(string iban)
    {
        if (iban.Length != Length || !iban.StartsWith("KZ", StringComparison.Ordinal) || !iban.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) || !iban.AsSpan(2, 5).ToArray().All(char.IsAsciiDigit))
        {
            return false;
        }

        var remainder = 0;
        foreach (var sign in iban[4..] + iban[..4])
        {
            remainder = char.IsAsciiDigit(sign) ? ((remainder * 10) + sign - '0') % 97 : ((remainder * 100) + sign - 'A' + 10) % 97;
        }

        return remainder == 1;
    }

    /// <summary>Whether the bank's code has the shape of a BIC (ISO 9362): four letters or digits, the country, two signs, perhaps three of a branch.</summary>
    public static bool IsBic(string bic) => bic.Length is 8 or 11 && bic.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) && bic.AsSpan(4, 2).ToArray().All(char.IsAsciiLetterUpper);

    /// <summary>The number of an organisation as files name it.</summary>
    public static string Number(long organisation) => organisation.ToString("000000000000", CultureInfo.InvariantCulture);
}
