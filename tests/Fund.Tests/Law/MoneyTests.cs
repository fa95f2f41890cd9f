using FsCheck;
using FsCheck.Fluent;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(1_234_567, "12\u00A0345,67\u00A0₸")]
    [InlineData(0, "0,00\u00A0₸")]
    [InlineData(5, "0,05\u00A0₸")]
    [InlineData(-100_000_000, "-1\u00A0000\u00A0000,00\u00A0₸")]
    [InlineData(long.MinValue, "-92\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,08\u00A0₸")]
    public void A_sum_is_printed_with_groups_a_comma_and_the_sign_of_the_tenge(long tiyn, string printed) =>
        Assert.Equal(printed, new Money(tiyn).ToString());

    [Theory]
    [InlineData("12\u00A0345,67\u00A0₸", 1_234_567)]
    [InlineData(" 12 345.6 ", 1_234_560)]
    [InlineData("980,40", 98_040)]
    [InlineData("5", 500)]
    [InlineData("\u22125,01 ₸", -501)]
    public void What_people_write_is_read(string text, long tiyn) => Assert.Equal(tiyn, Money.Parse(text).Tiyn);

    [Theory]
    [InlineData("")]
    [InlineData("1,234")]
    [InlineData("1.234,56")]
    [InlineData("1,")]
    [InlineData(",5")]
    [InlineData("=1+1")]
    [InlineData("12 345,6 7")]
    [InlineData("99999999999999999999")]
    [InlineData("тегін")]
    public void What_could_mean_two_things_or_nothing_is_refused(string text) => Assert.False(Money.TryParse(text, out _));

    [Fact]
    public void A_printed_sum_is_read_back_as_the_same_sum() =>
        Always.Holds(Prop.ForAll<long>(tiyn => tiyn == long.MinValue || Money.Parse(new Money(tiyn).ToString()).Tiyn == tiyn));

    [Theory]
    [InlineData(1, 50, 1)]
    [InlineData(1, 49, 0)]
    [InlineData(333, 50, 167)]
    [InlineData(98_040, 30, 29_412)]
    [InlineData(-1, 50, -1)]
    [InlineData(7, 300, 21)]
    public void Half_a_tiyn_counts_as_a_whole_one(long tiyn, int percent, long share) => Assert.Equal(share, new Money(tiyn).Percent(percent).Tiyn);

    [Fact]
    public void A_multiple_in_tenths_is_rounded_by_the_same_rule()
    {
        Assert.Equal(46, new Money(152).Times(3).Tiyn);
        Assert.Equal(8, new Money(15).Times(5).Tiyn);
        Assert.Equal(3_042_360, new Money(152_118).Times(200).Tiyn);
    }

    [Fact]
    public void A_share_and_its_rest_are_never_more_than_a_tiyn_from_the_whole() =>
        Always.Holds(Prop.ForAll<int, byte>((tiyn, percent) =>
        {
            var whole = new Money(tiyn);
            var hundredths = percent % 101;
            return Math.Abs((whole.Percent(hundredths) + whole.Percent(100 - hundredths) - whole).Tiyn) <= 1;
        }));

    [Fact]
    public void A_tariff_is_the_base_rate_times_the_weight()
    {
        var tariff = Money.Parse("174 722,63").Share(87_805, 10_000);

        Assert.Equal(Money.Parse("1 534 152,05"), tariff);
    }

    [Fact]
    public void A_sum_too_large_is_an_error_and_never_wraps()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue).Percent(300));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) * 2);
    }

    [Fact]
    public void A_part_of_a_tiyn_in_a_legal_value_is_refused() => Assert.Throws<ArgumentException>(() => Money.OfTenge(0.005m));
}
