using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>What each value of a setting of contributions changes; the sums are reckoned by hand from 2 % of at most ten minimum wages of 85,000 ₸ in 2025.</summary>
public sealed class SettingEffectTests
{
    private static readonly Month March = new(2025, 3);

    [Theory]
    [InlineData("with_wages", 16_000, 1_000)]
    [InlineData("apart", 16_000, 4_000)]
    [Proves("OSMS:28")]
    public void The_cap_of_contracts_is_that_of_wages_or_their_own(string value, long ofWages, long ofContract)
    {
        var dues = new Dues(TheLaw.WithChoice("contract_cap_scope", value, "2017-01-01")).Of(March, [new(IncomeKind.Wages, "A", Money.OfTenge(800_000)), new(IncomeKind.CivilContract, "B", Money.OfTenge(200_000))]);

        Assert.Equal([Money.OfTenge(ofWages), Money.OfTenge(ofContract)], dues.Lines.Select(d => d.Contribution));
    }

    [Theory]
    [InlineData("neither", 0)]
    [InlineData("contribution", 6_000)]
    [Proves("OSMS:28")]
    public void For_an_employee_for_whom_the_State_pays_nothing_is_paid_or_his_contribution(string value, long contribution)
    {
        var dues = new Dues(TheLaw.WithChoice("privileged_employee", value, "2017-01-01")).Of(March, [new(IncomeKind.Wages, "A", Money.OfTenge(300_000))], privileged: true);

        var line = Assert.Single(dues.Lines);
        Assert.Equal((Money.OfTenge(contribution), Money.Zero), (line.Contribution, line.Deduction));
    }

    [Theory]
    [InlineData("before_month", "2025-02-28")]
    [InlineData("next_month", "2025-04-25")]
    [Proves("CONTRIB-478:1")]
    public void A_self_payer_pays_before_the_month_or_after_it(string value, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), new Dues(TheLaw.WithChoice("self_payer_due", value, "2017-01-01")).DueOn(IncomeKind.SelfPayer, March));

    [Theory]
    [InlineData("with_entrepreneurs", "Wages Entrepreneur")]
    [InlineData("agents", "Wages")]
    [InlineData("all", "Wages Entrepreneur SelfPayer")]
    [Proves("OSMS:31")]
    public void Who_is_late_pays_interest_or_does_not(string value, string late)
    {
        var debts = new Debts(TheLaw.WithChoice("interest_payers", value, "2017-01-01"));

        Assert.Equal(late, string.Join(' ', new[] { IncomeKind.State, IncomeKind.Wages, IncomeKind.Entrepreneur, IncomeKind.SelfPayer }
            .Where(kind => debts.Of(kind, [new(March, Money.OfTenge(10_000), new(2025, 4, 25))], [], new(2025, 6, 30)).Interest > Money.Zero)));
    }
}
