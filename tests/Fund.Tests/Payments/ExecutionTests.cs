using Kepil.Fund.Accounts;
using Kepil.Fund.Documents;
using Kepil.Fund.Payments;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Settlements;
using Xunit;

namespace Kepil.Tests.Payments;

/// <summary>The execution of the budget: the plan of contract lines beside the fact of the ledger, whatever it is grouped by.</summary>
public sealed class ExecutionTests
{
    private const long Clinic = 990440000385, Hospital = 980540000397;

    private static readonly DateOnly October = TrialMonth.October, First = new(2026, 1, 1), Last = new(2026, 12, 31);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_grouping_comes_to_the_same_sums_and_those_are_the_ledgers(bool postgres)
    {
        using var trial = Filled(postgres);
        using var records = new FundRecords(trial.Fund.Folder);
        var desk = DeskOf(trial, records);
        var totals = ExecutionFilter.Ways.Select(by => new ExecutionView(desk, new(by, 2026)).Total with { Paid = default }).Distinct().ToList();

        var total = Assert.Single(totals);
        // Clinic: 12 x 6 000 + 12 x 1 000; hospital: October to December 9 000 each.
        Assert.Equal(new Money((12 * 700_000) + (3 * 900_000)), total.Plan);
        var books = trial.Ledger.Balances(new()).Balances.ToLookup(b => b.Account.Kind, b => b.Balance.Tiyn);
        Assert.Equal((books[AccountKind.Billed].Sum(), -books[AccountKind.Withheld].Sum(), -books[AccountKind.InDispute].Sum(), -books[AccountKind.Payable].Sum()),
            (total.Billed.Tiyn, total.Withheld.Tiyn, total.InDispute.Tiyn, total.Accepted.Tiyn));
        Assert.True(total.Withheld > Money.Zero && total.InDispute > Money.Zero);
        Assert.Equal(total.Accepted, new ExecutionView(desk, new("month", 2026)).ByBooks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_narrows_down_to_the_contract_and_its_lines(bool postgres)
    {
        using var trial = Filled(postgres);
        using var records = new FundRecords(trial.Fund.Folder);
        var desk = DeskOf(trial, records);
        ExecutedRow Row(ExecutionFilter filter, string key) => new ExecutionView(desk, filter).Rows.Single(r => r.Key == key);

        Assert.Equal(new Money(3 * 900_000), Row(new("region", 2026), "55").Sums.Plan);
        Assert.Equal(new Money(12 * 700_000), Row(new("district", 2026, Region: "61"), "611010000").Sums.Plan);
        Assert.Equal((new Money(12 * 100_000), new Money(300_000)), Row(new("form", 2026, ProviderId: Clinic), "phc").Sums is var phc ? (phc.Plan, phc.Billed) : default);
        Assert.Equal(new Money(700_000), Row(new("month", 2026, ProviderId: Clinic, Contract: "C-1"), "2026-03").Sums.Plan);
        Assert.Equal(Money.Zero, Row(new("package", 2026, Month: October, CareForm: "specialist"), "mams").Sums.Paid);
        var view = new ExecutionView(desk, new("month", 2026, ProviderId: Clinic, Contract: "C-1"));
        Assert.Equal([600_000L, 100_000L], view.Lines.Select(l => l.Sum!.Value.Tiyn));
        Assert.Equal(view.Total.Plan.Tiyn, view.Lines.Sum(l => l.Sum!.Value.Tiyn * 12));
        Assert.Empty(new ExecutionView(desk, new("month", 2026, Region: "10")).Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_settled_later_does_not_count_on_an_earlier_day(bool postgres)
    {
        using var trial = Filled(postgres);
        trial.Fund.Clock.Day = new(2026, 12, 5);
        trial.Fund.Admit("corrected.csv", new BilledLine("B1", 450_000, Hospital));
        trial.Monitor(October, [new("A1", "rule", 40_000)]);
        trial.Settle();
        using var records = new FundRecords(trial.Fund.Folder);
        var desk = DeskOf(trial, records);

        Executed Of(string form, DateOnly? until = null) => new ExecutionView(desk, new("form", 2026, CareForm: form, Until: until)).Total;
        Assert.Equal((new Money(300_000), new Money(300_000)), (Of("phc").Billed, Of("phc", new(2026, 12, 4)).Billed));
        Assert.Equal((new Money(1_450_000), new Money(1_500_000)), (Of("specialist").Billed, Of("specialist", new(2026, 12, 4)).Billed));
        Assert.Equal(0, trial.Settle().RunId);
    }

    [Fact]
    public void The_plan_of_a_contract_burns_down_month_by_month_for_its_provider()
    {
        using var trial = Filled(false);
        using var records = new FundRecords(trial.Fund.Folder);
        var use = Assert.Single(ContractUse.Of(DeskOf(trial, records), Clinic));

        Assert.Equal(("C-1", 2026, 12), (use.Contract, use.Year, use.Months.Count));
        var october = use.Months[9].Sums;
        Assert.Equal((new Money(700_000), new Money(1_300_000)), (october.Plan, october.Billed));
        Assert.Equal(use.Total.Plan - october.Accepted, use.Total.Left);
    }

    /// <summary>A clinic in Turkistan with two forms of care and a hospital in Pavlodar; October was settled, one finding confirmed and one open.</summary>
    private static TrialMonth Filled(bool postgres)
    {
        var trial = new TrialMonth(postgres);
        trial.Fund.Load("provider", [Clinic, "61", "611010000", false, "Емхана", "Поликлиника"], [Hospital, "55", "551010000", false, "Аурухана", "Больница"]);
        trial.Fund.Load("contract_line", [1L, "C-1", Clinic, "mams", "specialist", null, First, Last, 10L, 600_000L], [2L, "C-1", Clinic, "mams", "phc", null, First, Last, 10L, 100_000L],
            [3L, "C-1", Hospital, "mams", "specialist", null, new DateOnly(2026, 10, 1), Last, 10L, 900_000L]);
        trial.Fund.Admit("a.csv", new BilledLine("A1"), new BilledLine("A3", 300_000, CareForm: "phc"));
        trial.Fund.Admit("b.csv", new BilledLine("B1", 500_000, Hospital));
        FoundOn confirmed = new("A1", "rule", 40_000), open = new("A3", "other", 25_000);
        trial.Monitor(confirmed, open);
        trial.Case(confirmed, "reduce");
        trial.Settle();
        return trial;
    }

    private static MoneyDesk DeskOf(TrialMonth trial, FundRecords records) => new(
        trial.Fund.Folder, trial.Desk, TheLaw.Book, records, new DocumentStore(trial.Fund.Folder.Accounts, trial.Fund.Folder.Path, trial.Desk.Clock, "http://127.0.0.1"), new CmsVerifier(trial.Fund.Folder.At("trust")));
}
