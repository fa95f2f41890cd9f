using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>A month from the register to the order: what is in dispute waits alone, what is decided moves by new postings.</summary>
public sealed class MonthSettlementTests
{
    private static readonly FoundOn Found = new("L2", "rule", 300_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:26")]
    public void A_disputed_sum_waits_alone_and_goes_with_the_first_payment_after_its_decision(bool postgres)
    {
        using var trial = Trial(postgres);
        trial.Case(Found, "none");

        var first = trial.Settle();

        Assert.Equal((3, 2_700_000, 300_000, -2_700_000), (first.Lines, Ordered(first), InDispute(trial), trial.Balance(AccountKind.Payable).Tiyn));
        Assert.Equal(new DateOnly(2026, 11, 20), first.DueOn);
        trial.Case(Found, "pay_in_full");
        Assert.Equal((300_000, 0), (Ordered(trial.Settle()), InDispute(trial)));
        Assert.Equal(0, trial.Settle().RunId);
        Assert.Equal(new Money(-3_000_000), trial.Balance(AccountKind.Ordered));
    }

    [Theory]
    [InlineData("reduce", 0)]
    [InlineData("pay_in_full", 300_000)]
    public void A_finding_that_no_provider_was_shown_yet_is_in_dispute_too(string effect, long second)
    {
        using var trial = Trial();

        Assert.Equal(2_700_000, Ordered(trial.Settle()));
        trial.Case(Found, effect);
        Assert.Equal(second, Ordered(trial.Settle()));
        Assert.Equal(300_000 - second, -trial.Balance(AccountKind.Withheld).Tiyn);
    }

    [Fact]
    [Proves("MON-321:27")]
    public void A_decision_that_falls_away_restores_the_sum_by_a_new_posting()
    {
        using var trial = Trial();
        trial.Case(Found, "reduce");
        trial.Settle();
        var before = trial.Ledger.Last();
        trial.Case(Found, "pay_in_full");

        Assert.Equal(300_000, Ordered(trial.Settle()));
        Assert.Equal(Money.Zero, trial.Balance(AccountKind.Withheld));
        Assert.Equal(new Money(-300_000), trial.Ledger.Balances(new(UpTo: before))[AccountKind.Withheld, TrialMonth.Clinic]);
    }

    [Fact]
    [Proves("MON-321:53")]
    public void A_finding_confirmed_after_payment_becomes_a_debt_and_is_set_off_against_the_next_one()
    {
        using var trial = Trial();
        trial.Case(Found, "pay_in_full");
        trial.Settle();
        trial.Case(Found, "reduce");
        Assert.Empty(trial.Settle().Orders);
        Assert.Equal(new Money(300_000), trial.Balance(AccountKind.Debt));

        trial.Fund.Clock.Day = new(2026, 12, 5);
        trial.Fund.Admit("november.csv", new BilledLine("N1") { Month = new(2026, 11, 1), StartedOn = new(2026, 11, 3) });
        trial.Monitor(new DateOnly(2026, 11, 1), []);
        Assert.Equal(700_000, Ordered(trial.Settle(new(2026, 11, 1))));
        Assert.Equal(Money.Zero, trial.Balance(AccountKind.Debt));
    }

    [Fact]
    [Proves("MON-321:12")]
    public void What_exceeds_the_bill_is_a_debt_and_pay_is_never_negative()
    {
        using var trial = Trial();
        trial.Case(Found with { Sum = 3_000_000, Code = "5.0" }, "reduce");

        Assert.DoesNotContain(trial.Settle().Orders.SelectMany(o => o.Legs), l => l.Account.Kind == AccountKind.Ordered);
        Assert.Equal((-1_000_000, 0), (trial.Balance(AccountKind.Withheld).Tiyn, trial.Balance(AccountKind.Debt).Tiyn));
        trial.Case(Found with { Sum = 3_000_000 }, "pay_in_full");
        Assert.Equal(3_000_000, Ordered(trial.Settle()));
    }

    [Fact]
    [Proves("MON-321:22")]
    public void A_month_is_settled_only_after_monitoring_and_late_lines_after_another_one()
    {
        using var trial = new TrialMonth();
        Assert.Throws<NotSettledException>(() => trial.Settle());
        trial.Fund.Admit("a.csv", new BilledLine("L1"));
        Assert.Throws<NotSettledException>(() => trial.Settle());
        trial.Monitor();
        Assert.Equal(1_000_000, Ordered(trial.Settle()));
        trial.Fund.Admit("b.csv", new BilledLine("L2"));
        Assert.Throws<NotSettledException>(() => trial.Settle());
        trial.Monitor();
        Assert.Equal((1_000_000, 1), (Ordered(trial.Settle()), trial.Ledger.Query("SELECT line_count FROM settlement_month ORDER BY number DESC", r => r.GetInt64(0))[0]));
    }

    [Fact]
    public void A_correction_of_a_paid_line_takes_back_or_pays_the_difference_alone()
    {
        using var trial = new TrialMonth();
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"));
        trial.Monitor();
        trial.Settle();
        trial.Fund.Admit("b.csv", new BilledLine("L1", 400_000), new BilledLine("L2", 1_500_000));
        trial.Monitor();
        trial.Settle();

        Assert.Equal((1_900_000, -1_900_000, -2_000_000), (trial.Balance(AccountKind.Billed).Tiyn, trial.Balance(AccountKind.Payable).Tiyn, trial.Balance(AccountKind.Ordered).Tiyn));
        Assert.Equal(new Money(100_000), trial.Balance(AccountKind.Debt));
    }

    [Fact]
    public void Without_a_contract_nothing_is_paid_and_above_its_sum_the_rest_waits()
    {
        using var trial = new TrialMonth();
        trial.Fund.Load("contract_line", [7L, "C-1", 990440000385L, "mams", "specialist", null, new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 31), 10L, 600_000L]);
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"), new BilledLine("L3", Package: "tmkkk"));
        trial.Monitor();

        Assert.Equal(1_200_000, Ordered(trial.Settle()));
        Assert.Equal(new Money(800_000), trial.Ledger.Balances(new()).Open(TrialMonth.Clinic, TrialMonth.October));
        using var paid = new TrialMonth(law: TheLaw.WithChoice("over_contract", "pay", "2026-01-01"));
        paid.Fund.Load("contract_line", [7L, "C-1", 990440000385L, "mams", "specialist", null, new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 31), 10L, 600_000L]);
        paid.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"));
        paid.Monitor();
        Assert.Equal(2_000_000, Ordered(paid.Settle()));
    }

    [Theory]
    [InlineData("dispute_holds", "line", 2_000_000, 1_000_000)]
    [InlineData("disputed_at_close", "pay_and_offset", 3_000_000, 0)]
    [InlineData("multi_code", "sum", 2_500_000, 500_000)]
    [InlineData("multi_code", "max", 2_700_000, 300_000)]
    public void Where_the_law_is_silent_the_installation_chooses(string policy, string value, long ordered, long dispute)
    {
        using var trial = new TrialMonth(law: TheLaw.Book.Policies[policy].Default == value ? null : TheLaw.WithChoice(policy, value, "2026-01-01"));
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"), new BilledLine("L3"));
        trial.Monitor(Found, new("L2", "other", policy == "multi_code" ? 200_000 : 1));

        Assert.Equal((ordered, dispute), (Ordered(trial.Settle()), InDispute(trial)));
    }

    /// <summary>A finding of 300 % of a line: what exceeds the bill comes off the other lines as a debt, or is let go.</summary>
    [Theory]
    [InlineData("carry", 0)]
    [InlineData("cap_at_invoice", 1_000_000)]
    [Proves("MON-321:A1.5.0")]
    public void What_exceeds_the_bill_is_a_debt_or_is_let_go(string value, long ordered)
    {
        using var trial = new TrialMonth(law: TheLaw.WithChoice("negative_balance", value, "2026-01-01"));
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"));
        FoundOn finding = new("L1", "other", 3_000_000);
        trial.Monitor(finding);
        trial.Case(finding, "reduce");

        Assert.Equal(ordered, trial.Settle().Orders.Sum(o => -o.Legs.Where(l => l.Account.Kind == AccountKind.Ordered).Sum(l => l.Amount.Tiyn)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_runs_at_once_settle_each_line_once(bool postgres)
    {
        using var trial = Trial(postgres);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => trial.Settle())));

        Assert.Single(outcomes, o => o.RunId > 0);
        Assert.Equal(new Money(-2_700_000), trial.Balance(AccountKind.Ordered));
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }

    private static TrialMonth Trial(bool postgres = false)
    {
        var trial = new TrialMonth(postgres);
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"), new BilledLine("L3"));
        trial.Monitor(Found, new("L3", "general", 0, "2.0"));
        return trial;
    }

    private static long InDispute(TrialMonth trial) => -trial.Balance(AccountKind.InDispute).Tiyn;

    private static long Ordered(SettlementOutcome outcome) => -outcome.Orders.SelectMany(o => o.Legs).Where(l => l.Account.Kind == AccountKind.Ordered).Sum(l => l.Amount.Tiyn);
}
