using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>An act that changes tariffs backwards brings differences for paid months, and rewrites nothing.</summary>
public sealed class TariffRecalculationTests
{
    private const string Act = "TARIFF-170:2026-12";

    private static readonly DateOnly First = new(2026, 10, 1), Last = new(2026, 10, 31);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dearer_tariff_is_paid_with_the_next_settlement_and_the_same_act_again_brings_nothing(bool postgres)
    {
        using var trial = Settled(postgres);
        var stood = Standing(trial);
        var outcome = Recalculate(trial, 1_000_000, 1_100_000);

        Assert.Equal((2, 100_000L * 2), (outcome.Lines, outcome.Postings.SelectMany(p => p.Legs).Where(l => l.Account.Kind == AccountKind.Billed).Sum(l => l.Amount.Tiyn)));
        Assert.Equal((0, 0), (Recalculate(trial, 1_000_000, 1_100_000) is var again ? again.RunId : -1, Recalculate(trial, 1_000_000, 1_100_000).Postings.Count));
        Assert.Equal(stood, Standing(trial).Take(stood.Count));
        // The line that was withheld by two fifths gives two fifths of its difference up.
        var order = trial.Settle().Orders.Single();
        Assert.Equal(-(100_000 + 60_000), order.Legs.Single(l => l.Account.Kind == AccountKind.Ordered).Amount.Tiyn);
        Sound(trial);
        var trail = new Trail(trial.Fund.Folder, trial.Ledger).OfLine(trial.Service("L1"), "L1", TrialMonth.October)!;
        Assert.Equal((new Money(1_100_000), "act:" + Act, order.Id), (trail.Shares.Billed, trail.Steps[^1].Why, trail.Steps[^1].Settled!.Id));
    }

    /// <summary>A line of which two fifths are withheld becomes dearer by a tenth.</summary>
    [Theory]
    [InlineData("share", 160_000)]
    [InlineData("keep", 200_000)]
    public void What_was_withheld_goes_with_the_price_or_stays_as_it_was(string value, long paid)
    {
        using var trial = Settled(false);
        var law = TheLaw.WithChoice("late_tariff_withheld", value, "2026-01-01");
        new TariffRecalculation(trial.Fund.Folder, trial.Desk, law).Run(Act, [new(CareForm.Specialist, "A02.001.000", First, Last, new(1_000_000), new(1_100_000))], "user:1");

        Assert.Equal(-paid, trial.Settle().Orders.Single().Legs.Single(l => l.Account.Kind == AccountKind.Ordered).Amount.Tiyn);
        Sound(trial);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cheaper_tariff_is_a_debt_and_what_changes_afterwards_changes_the_difference(bool postgres)
    {
        using var trial = Settled(postgres);
        Recalculate(trial, 1_000_000, 900_000);
        Assert.Equal(new Money(160_000), trial.Balance(AccountKind.Debt));
        Sound(trial);

        // The finding falls: the line is payable whole, and its difference with it.
        trial.Case(new("L2", "rule", 400_000), "pay_in_full");
        trial.Settle();
        Assert.Equal(1, Recalculate(trial, 1_000_000, 900_000).Lines);
        trial.Settle();
        // 1 000 000 + 600 000 + 400 000 were settled, 200 000 are too much.
        Assert.Equal(-(2_000_000 - 200_000), trial.Balance(AccountKind.Ordered).Tiyn + trial.Balance(AccountKind.Debt).Tiyn);
        Sound(trial);
    }

    [Fact]
    public void A_line_in_dispute_waits_and_another_price_day_or_form_is_left_alone()
    {
        using var trial = new TrialMonth();
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2", 500_000), new BilledLine("L3") { ServiceCode = "B03.335.001" });
        FoundOn open = new("L1", "rule", 1_000_000);
        trial.Monitor(open);
        trial.Settle();

        var outcome = Recalculate(trial, 1_000_000, 1_100_000);
        Assert.Equal((0, 1), (outcome.RunId, outcome.Waiting));
        trial.Case(open, "pay_in_full");
        trial.Settle();
        Assert.Equal((1, 0), Recalculate(trial, 1_000_000, 1_100_000) is var decided ? (decided.Lines, decided.Waiting) : default);
    }

    [Theory]
    [InlineData("specialist;A02;2026-10-01;2026-10-31;1.00;2.00\nspecialist;A02;2026-10-31;2026-11-30;1.00;3.00", "row 3")]
    [InlineData("specialist;A02;2026-10-01;2026-10-31;1.00", "row 2 has 5 columns")]
    [InlineData("house;A02;2026-10-01;2026-10-31;1.00;2.00", "row 2, column form, 'house'")]
    [InlineData("specialist;;2026-10-01;2026-10-31;1.00;2.00", "row 2, column code")]
    [InlineData("specialist;A02;01.10.2026;2026-10-31;1.00;2.00", "row 2, column from, '01.10.2026': a day such as")]
    [InlineData("specialist;A02;2026-10-31;2026-10-01;1.00;2.00", "row 2, column to")]
    [InlineData("specialist;A02;2026-10-01;2026-10-31;0.00;2.00", "row 2, column old")]
    [InlineData("specialist;A02;2026-10-01;2026-10-31;1.001;2.00", "row 2, column old, '1.001'")]
    [InlineData("specialist;A02;2026-10-01;2026-10-31;1.00;99999999999999999999", "row 2, column new")]
    public void Changes_that_are_not_understood_are_refused_with_row_and_column(string rows, string told) =>
        Assert.Contains(told, Assert.Throws<TariffChangeRefusedException>(() => TariffRecalculation.Read("form;code;from;to;old;new\n" + rows)).Message);

    /// <summary>Random months and tariffs: each line's difference is counted a second time, line by line.</summary>
    [Fact]
    public void Any_month_comes_to_what_counting_line_by_line_brings()
    {
        var chance = new Random(20261128);
        for (var round = 0; round < 6; round++)
        {
            using var trial = new TrialMonth();
            var lines = Enumerable.Range(1, 12).Select(i => new BilledLine("L" + i, chance.Next(1, 4) * 111_111L) { ServiceCode = chance.Next(2) == 0 ? "A02.001.000" : "B03.335.001", StartedOn = First.AddDays(chance.Next(31)) }).ToArray();
            trial.Fund.Admit("a.csv", lines);
            var found = lines.Where(_ => chance.Next(2) == 0).Select(l => new FoundOn(l.LineId, "rule", chance.NextInt64(1, l.Amount + 1))).ToList();
            trial.Monitor(found);
            found.ForEach(f => trial.Case(f, chance.Next(2) == 0 ? "reduce" : "pay_in_full"));
            trial.Settle();
            var changes = Enumerable.Range(1, 3).Select(k => new TariffChange(CareForm.Specialist, "A02.001.000", First, First.AddDays(19), new(k * 111_111L), new(chance.NextInt64(1, 400_000)))).ToList();
            var before = trial.Ledger.Balances(new()).Balances.ToDictionary(b => b.Account.Kind, b => b.Balance.Tiyn);
            var reduced = found.Where(f => CaseOf(trial, f) == "reduce").ToDictionary(f => f.LineId, f => f.Sum);
            new TariffRecalculation(trial.Fund.Folder, trial.Desk, TheLaw.Book).Run(Act, changes, "user:1");

            long billed = 0, withheld = 0;
            foreach (var line in lines.Where(l => l.ServiceCode == "A02.001.000" && l.StartedOn <= First.AddDays(19)))
            {
                var change = changes.Single(c => c.Old.Tiyn == line.Amount);
                billed += change.New.Tiyn - line.Amount;
                withheld += (long)Math.Round(reduced.GetValueOrDefault(line.LineId) * (decimal)change.New.Tiyn / line.Amount, MidpointRounding.AwayFromZero) - reduced.GetValueOrDefault(line.LineId);
            }

            Assert.Equal((billed, withheld), (trial.Balance(AccountKind.Billed).Tiyn - before[AccountKind.Billed], -trial.Balance(AccountKind.Withheld).Tiyn + before.GetValueOrDefault(AccountKind.Withheld)));
            Sound(trial);
        }
    }

    private static string CaseOf(TrialMonth trial, FoundOn finding)
    {
        var line = trial.Service(finding.LineId);
        using var context = new Kepil.Fund.Proceedings.ProceedingContext(trial.Fund.Folder.Accounts.Options<Kepil.Fund.Proceedings.ProceedingContext>());
        return context.Proceedings.First(p => p.LineId == line).Effect!;
    }

    /// <summary>Two lines at ten thousand tenge, of the second four thousand withheld.</summary>
    private static TrialMonth Settled(bool postgres)
    {
        var trial = new TrialMonth(postgres);
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"));
        FoundOn found = new("L2", "rule", 400_000);
        trial.Monitor(found);
        trial.Case(found, "reduce");
        trial.Settle();
        return trial;
    }

    private static RecalculationOutcome Recalculate(TrialMonth trial, long old, long @new) =>
        new TariffRecalculation(trial.Fund.Folder, trial.Desk, TheLaw.Book).Run(Act, [new(CareForm.Specialist, "A02.001.000", First, Last, new(old), new(@new))], "user:1");

    private static List<string> Standing(TrialMonth trial) => [.. trial.Ledger.Postings(new()).Select(p => p.Id + " " + p.Key + " " + p.Content())];

    private static void Sound(TrialMonth trial)
    {
        var books = trial.Ledger.Balances(new());
        Assert.Equal(0, books.Balances.Sum(b => b.Balance.Tiyn));
        Assert.Equal(Money.Zero, trial.Balance(AccountKind.Billed) + trial.Balance(AccountKind.Payable) + trial.Balance(AccountKind.Withheld) + trial.Balance(AccountKind.InDispute));
        Assert.True(books.Open(TrialMonth.Clinic, TrialMonth.October) >= Money.Zero);
        Assert.Equal(-books.Balances.Where(b => b.Account.Kind == AccountKind.Payable).Sum(b => b.Balance.Tiyn), SettlementStore.Forms(trial.Ledger, 2026, DateTimeOffset.MaxValue).Sum(f => f.Shares.Payable.Tiyn));
    }
}
