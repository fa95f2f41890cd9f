using Kepil.Fund.Desk;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>Codes of the second factor against the examples of RFC 6238.</summary>
public sealed class TotpTests
{
    /// <summary>The twenty digits of the standard's examples in base 32.</summary>
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void A_code_is_that_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.CodeOf(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Theory]
    [InlineData(-31, 0, true)]
    [InlineData(31, 0, true)]
    [InlineData(-91, 0, false)]
    [InlineData(91, 0, false)]
    [InlineData(0, 1, false)]
    public void A_code_is_good_for_its_half_minute_and_the_neighbours_and_once(int seconds, int used, bool good)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);
        var code = Totp.CodeOf(Secret, Totp.StepAt(now.AddSeconds(seconds)));

        Assert.Equal(good, Totp.StepOf(Secret, code[..3] + " " + code[3..], now, used == 0 ? 0 : Totp.StepAt(now) + 1) is not null);
    }

    [Fact]
    public void A_new_secret_has_160_bits_and_is_never_the_same()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => Totp.NewSecret()).ToList();

        Assert.All(secrets, secret => Assert.Matches("^[A-Z2-7]{32}$", secret));
        Assert.Equal(100, secrets.Distinct().Count());
    }
}
