using FsCheck;
using FsCheck.Fluent;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

public sealed class DuesPropertyTests
{
    private static readonly Dues Dues = new(TheLaw.Book);

    private static readonly Gen<int[]> Sums = Gen.Choose(0, 500_000_000).ArrayOf();

    [Fact]
    public void All_employers_together_owe_what_one_would_owe_for_the_whole() => Always.Holds(Prop.ForAll(
        Sums.ToArbitrary(),
        Gen.Choose(0, 95).ToArbitrary(),
        (sums, at) =>
        {
            var month = new Month(2020, 1).Plus(at);
            var split = Dues.Of(month, [.. sums.Select((s, i) => new Income(IncomeKind.Wages, $"employer {i}", new(s)))]);
            var whole = Dues.Of(month, [new(IncomeKind.Wages, "one", new(sums.Sum(s => (long)s)))]);
            return split.Contribution == whole.Contribution && split.Deduction == whole.Deduction;
        }));

    [Fact]
    public void The_order_of_employers_changes_no_total() => Always.Holds(Prop.ForAll(
        Sums.ToArbitrary(),
        sums =>
        {
            var incomes = sums.Select((s, i) => new Income(i % 3 == 0 ? IncomeKind.CivilContract : IncomeKind.Wages, $"payer {i}", new(s))).ToList();
            var there = Dues.Of(new(2026, 3), incomes);
            incomes.Reverse();
            return there.Contribution == Dues.Of(new(2026, 3), incomes).Contribution;
        }));

    [Fact]
    public void Nobody_owes_more_than_the_cap_of_the_month() => Always.Holds(Prop.ForAll(
        Sums.ToArbitrary(),
        sums =>
        {
            var all = Dues.Of(new(2026, 3), [.. sums.Select((s, i) => new Income(IncomeKind.Wages, $"employer {i}", new(s)))]);
            return all.Contribution <= Money.OfTenge(34_000) && all.Deduction <= Money.OfTenge(102_000) && all.Lines.All(l => l.Contribution >= Money.Zero && l.Deduction >= Money.Zero);
        }));

    [Fact]
    public void An_income_below_nothing_is_refused_with_the_cure() =>
        Assert.Contains("correct", Assert.Throws<ArgumentException>(() => Dues.Of(new(2026, 3), [new(IncomeKind.Wages, "A", new(-1))])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_law_that_was_not_known_yet_is_not_used()
    {
        Assert.Equal(Money.OfTenge(34_000), new Dues(TheLaw.Book).Of(new(2026, 1), [new(IncomeKind.Wages, "A", Money.OfTenge(5_000_000))]).Contribution);
        Assert.Equal(Money.OfTenge(17_000), new Dues(TheLaw.Book, knownOn: new(2025, 7, 13)).Of(new(2026, 1), [new(IncomeKind.Wages, "A", Money.OfTenge(5_000_000))]).Contribution);
    }
}
