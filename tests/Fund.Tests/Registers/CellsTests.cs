using System.Globalization;
using System.Text;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>Numbers and dates as cells hold them.</summary>
public sealed class CellsTests
{
    [Theory]
    [InlineData("2480,20", 248020)]
    [InlineData("2 480,20", 248020)]
    [InlineData("2\u00A0480,20", 248020)]
    [InlineData("2480.2", 248020)]
    [InlineData("1,234,567.89", 123456789)]
    [InlineData("1.234.567,89", 123456789)]
    [InlineData("76511.03999999999", 7651104)]
    [InlineData("1.8751617039999999E7", 1875161704)]
    [InlineData("-0,00", 0)]
    [InlineData("0", 0)]
    public void Sums_are_read_to_the_tiyn(string text, long tiyn)
    {
        Assert.Equal(NumberTrouble.None, CellNumber.Money(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(tiyn, read);
    }

    [Theory]
    [InlineData("один", NumberTrouble.NotNumber)]
    [InlineData("1,234", NumberTrouble.Fraction)]
    [InlineData("12-3", NumberTrouble.NotNumber)]
    [InlineData(",", NumberTrouble.NotNumber)]
    [InlineData("1e308", NumberTrouble.TooLarge)]
    [InlineData("99999999999999999999", NumberTrouble.TooLarge)]
    [InlineData("NaN", NumberTrouble.NotNumber)]
    public void What_is_no_sum_is_told(string text, NumberTrouble trouble) =>
        Assert.Equal(trouble, CellNumber.Money(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("15.10.2026", "2026-10-15", null)]
    [InlineData("5.1.2026", "2026-01-05", null)]
    [InlineData("15.10.2026 14:30", "2026-10-15", 870)]
    [InlineData("2026-10-15", "2026-10-15", null)]
    [InlineData("2026-10-15T20:30:00Z", "2026-10-16", 90)]
    [InlineData("2020-10-15T20:30:00.123Z", "2020-10-16", 150)]
    [InlineData("2026-10-15T20:30:00+05:00", "2026-10-15", 1230)]
    [InlineData("46310", "2026-10-15", null)]
    [InlineData("46310.5", "2026-10-15", 720)]
    [InlineData("20261015", "2026-10-15", null)]
    public void Dates_are_read(string text, string day, int? minute)
    {
        Assert.Equal(DateTrouble.None, CellDate.Read(Encoding.UTF8.GetBytes(text), false, out var read, out var at));
        Assert.Equal((day, minute), (read.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), at));
    }

    [Theory]
    [InlineData("31.09.2026", DateTrouble.Impossible)]
    [InlineData("2026-13-01", DateTrouble.Impossible)]
    [InlineData("15/10/2026", DateTrouble.NotDate)]
    [InlineData("15.10.26", DateTrouble.NotDate)]
    [InlineData("вчера", DateTrouble.NotDate)]
    [InlineData("15.10.2026 25:00", DateTrouble.Impossible)]
    [InlineData("9999-12-31T23:59:00-12:00", DateTrouble.Impossible)]
    public void What_is_no_date_is_told(string text, DateTrouble trouble) =>
        Assert.Equal(trouble, CellDate.Read(Encoding.UTF8.GetBytes(text), false, out _, out _));

    [Theory]
    [InlineData("Сomputer", "COMPUTER")]
    [InlineData("а02.001.000", "A02.001.000")]
    [InlineData("С03.017.016", "C03.017.016")]
    public void Codes_in_look_alike_letters_become_latin(string text, string code) =>
        Assert.Equal(code, Encoding.UTF8.GetString(CellText.Code(Encoding.UTF8.GetBytes(text), new byte[64])));
}
