using System.Globalization;
using System.Text;
using Kepil.Fund.Bank;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Bank;
using Kepil.Tests.Law;
using Kepil.Tests.Unscheduled;
using Xunit;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Settlements;

/// <summary>A year of a small country, month by month: settled, paid, matched with the bank's statements, and closed without a tiyn of difference.</summary>
public sealed class YearTests
{
    private const long Hospital = 980540000397, Charge = 100_000, Advance = 1_000_000;

    private static readonly ContractPackage OfHospital = new(Hospital, "C-1", "mams");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Twelve_months_of_disputes_returns_rejections_and_a_late_tariff_close_with_nothing_left(bool postgres)
    {
        using var trial = new TrialMonth(postgres);
        trial.Fund.Clock.Day = new(2026, 1, 10);
        var year = new Year(trial);
        trial.Fund.Load("contract_line", [.. new[] { TrialMonth.Clinic.ProviderId, Hospital }.Select((p, i) => new object?[] { i + 1L, "C-1", p, "mams", "specialist", null, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), 10L, 90_000_000L })]);
        SettlementStore.Give(trial.Ledger, "user:1", "A-1", trial.Fund.Clock.Day, OfHospital, new(new(Advance), new(2026, 3, 1), 7), new(1_080_000_000), SettlementPolicy.On(TheLaw.Book, trial.Fund.Clock.Day));
        for (var month = 1; month <= 12; month++)
        {
            year.Play(month);
        }

        year.Close();

        var books = trial.Ledger.Balances(new());
        Money Sum(AccountKind kind) => new(books.Balances.Where(b => b.Account.Kind == kind).Sum(b => b.Balance.Tiyn));
        Assert.Equal(0, books.Balances.Sum(b => b.Balance.Tiyn));
        Assert.Equal((Money.Zero, Money.Zero, Money.Zero, Money.Zero), (Sum(AccountKind.Ordered), Sum(AccountKind.InDispute), Sum(AccountKind.Debt), Sum(AccountKind.AdvanceGiven) + Sum(AccountKind.AdvanceRecovered)));
        Assert.Equal(Money.Zero, Sum(AccountKind.Payable) + Sum(AccountKind.Settled));
        Assert.Equal(year.Accepted, -Sum(AccountKind.Payable).Tiyn);
        Assert.Equal(year.Accepted - Charge, -Sum(AccountKind.Bank).Tiyn);
        Assert.Equal(year.Accepted - Charge, Year.Opening - year.Balance);
        Assert.Equal(year.Accepted, SettlementStore.Forms(trial.Ledger, 2026, DateTimeOffset.MaxValue).Sum(f => f.Shares.Payable.Tiyn));
        Assert.Equal("offset", Assert.Single(ContractCharge.All(trial.Ledger)).State);
        Assert.Equal(new Money(Advance), Assert.Single(SeenAdvance.All(trial.Ledger)).Recovered);
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }

    /// <summary>What happens in the year, with a second account of it line by line.</summary>
    private sealed class Year(TrialMonth trial)
    {
        public const long Opening = 900_000_000;

        private readonly BankStore _bank = Opened(trial);
        private readonly BankRejections _rejections = new(trial.Ledger);
        private readonly List<(FoundOn Finding, DateOnly Month, bool Reduces)> _open = [];
        private int _statements;

        /// <summary>What the bank has left by its statements.</summary>
        public long Balance { get; private set; } = Opening;

        /// <summary>What is payable of all lines, counted one by one.</summary>
        public long Accepted { get; private set; }

        public void Play(int number)
        {
            var month = new DateOnly(2026, number, 1);
            trial.Fund.Clock.Day = month.AddMonths(1).AddDays(4);
            // What was in dispute last month is decided.
            foreach (var (finding, of, reduces) in _open)
            {
                trial.Case(finding, reduces ? "reduce" : "pay_in_full", of);
                Accepted -= reduces ? finding.Sum : 0;
            }

            _open.Clear();
            BilledLine Line(string id, long amount, long provider) => new(id, amount, provider) { Month = month, StartedOn = month.AddDays(9) };
            var lines = new[] { Line($"A{number}", 1_000_000, TrialMonth.Clinic.ProviderId), Line($"B{number}", 333_333, TrialMonth.Clinic.ProviderId), Line($"H{number}", 700_001 + number, Hospital) };
            trial.Fund.Admit($"clinic-{number}.csv", lines[0], lines[1]);
            trial.Fund.Admit($"hospital-{number}.csv", lines[2]);
            Accepted += lines.Sum(l => l.Amount);
            FoundOn final = new($"B{number}", "rule", 33_333), open = new($"A{number}", "other", 250_000);
            trial.Monitor(month, number % 2 == 0 ? [final, open] : [final]);
            trial.Case(final, "reduce", month);
            Accepted -= final.Sum;
            if (number % 2 == 0)
            {
                _open.Add((open, month, number % 4 == 0));
            }

            if (number == 5)
            {
                new ConclusionCharges(trial.Fund.Folder, trial.Desk).Post("user:1", [EffectiveConclusion.Of(new LedConclusion().Replied("2025-09-12", "2025-09-16", "2025-09-18").Now, new(2025, 9, 18))]);
            }

            trial.Settle(month);
            Pay(rejected: number == 9, returned: number == 7);
        }

        /// <summary>January: the last decisions, the tariff that came late for October, and the last payment.</summary>
        public void Close()
        {
            trial.Fund.Clock.Day = new(2027, 1, 15);
            foreach (var (finding, of, reduces) in _open)
            {
                trial.Case(finding, reduces ? "reduce" : "pay_in_full", of);
                Accepted -= reduces ? finding.Sum : 0;
            }

            var december = new DateOnly(2026, 12, 1);
            trial.Settle(december);
            new TariffRecalculation(trial.Fund.Folder, trial.Desk, TheLaw.Book).Run("TARIFF-170:1", [new(CareForm.Specialist, "A02.001.000", new(2026, 10, 1), new(2026, 10, 31), new(1_000_000), new(1_050_000))], "user:1");
            Accepted += 50_000;
            trial.Settle(december);
            Pay(false, false);
            Assert.Equal(0, trial.Settle(december).RunId);
            Assert.Null(_bank.Make("user:1", trial.Fund.Clock.Day, _ => true));
        }

        private void Pay(bool rejected, bool returned)
        {
            var file = _bank.Make("user:1", trial.Fund.Clock.Day.AddDays(3), _ => true)!;
            TrialBank.Approve(_bank, file);
            if (rejected)
            {
                _rejections.Decide("user:5", _rejections.Propose("user:4", file.Id, null, "FF01"), true);
                TrialBank.Approve(_bank, file = _bank.Make("user:1", trial.Fund.Clock.Day.AddDays(3), _ => true)!);
            }

            var orders = _bank.OrdersOf(file.Id);
            Take([.. orders.Select(o => BankFileTests.Entry(o.EndToEnd, o.Sum.Tiyn))], -file.Sum.Tiyn);
            if (returned)
            {
                Take([BankFileTests.Entry(orders[0].EndToEnd, orders[0].Sum.Tiyn, credit: true)], orders[0].Sum.Tiyn);
            }
        }

        private void Take(string[] entries, long moved)
        {
            var statement = BankFileTests.Xml(Balance, entries).Replace("<Id>S1</Id>", string.Create(CultureInfo.InvariantCulture, $"<Id>S{++_statements}</Id>"), StringComparison.Ordinal);
            Assert.Equal(entries.Length, _bank.TakeIn("user:4", Encoding.UTF8.GetBytes(statement)).Count);
            Balance += moved;
        }

        private static BankStore Opened(TrialMonth trial)
        {
            var bank = TrialBank.Of(trial);
            bank.Confirm("user:2", bank.Propose("user:1", BankFileTests.Clinic with { Owner = Hospital, Name = "Аурухана" }));
            return bank;
        }
    }
}
