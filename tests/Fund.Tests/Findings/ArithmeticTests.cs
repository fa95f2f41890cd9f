using Kepil.Fund.Findings;
using Xunit;

namespace Kepil.Tests.Findings;

/// <summary>The cell of annex 1 taken apart for the eye.</summary>
public sealed class ArithmeticTests
{
    [Theory]
    [Proves("MON-321:A1")]
    [InlineData("300%", 1_000_000, 3_000_000, "300", "%", false)]
    [InlineData("30%", 5, 2, "30", "%", true)]
    [InlineData("0,3 КТ", 1_568_774, 470_632, "0,3", "КТ", true)]
    [InlineData("20 КЖН/ЖБН", 164_743, 3_294_860, "20", "КЖН/ЖБН", false)]
    public void A_cell_is_a_number_and_what_it_is_taken_of(string cell, long basis, long sum, string number, string unit, bool rounded) =>
        Assert.Equal(new Arithmetic(number, unit, basis, sum, rounded), Arithmetic.Of(cell, basis, sum));

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("")]
    public void A_sign_has_no_arithmetic(string cell) => Assert.Null(Arithmetic.Of(cell, 100, 0));
}
