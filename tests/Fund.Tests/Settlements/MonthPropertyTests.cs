using System.Globalization;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>Random months through files, cases and runs, line by line against a naive count; and the same month in another order, in more files, under other names.</summary>
public sealed class MonthPropertyTests
{
    private const int Rounds = 4;

    private static readonly int[] Shares = [0, 30, 50, 100, 300];

    [Theory]
    [InlineData(1, "max", false)]
    [InlineData(2, "sum", false)]
    [InlineData(3, "sum_capped", false)]
    [InlineData(4, "max", true)]
    public void Each_round_of_decisions_leaves_each_line_as_the_naive_count_has_it(int seed, string multiCode, bool postgres)
    {
        using var trial = new TrialMonth(postgres, multiCode == "max" ? null : TheLaw.WithChoice("multi_code", multiCode, "2026-01-01"));
        var month = new RandomMonth(seed);
        trial.Fund.Admit([.. month.Lines.GroupBy(l => l.ProviderId).Select(g => trial.Fund.Staged(g.Key + ".csv", [.. g]))]);
        trial.Monitor([.. month.Findings]);
        for (var round = 0; round < Rounds; round++)
        {
            trial.Settle();
            var books = trial.Ledger.Balances(new());
            foreach (var purse in month.Lines.GroupBy(l => new ContractPackage(l.ProviderId, "C-1", l.Package)))
            {
                var naive = purse.Aggregate((Billed: 0L, Withheld: 0L, Dispute: 0L, Debt: 0L), (s, l) => month.Naive(l, multiCode) is var n ? (s.Billed + l.Amount, s.Withheld + n.Withheld, s.Dispute + n.Dispute, s.Debt + n.Debt) : s);
                Assert.Equal(
                    (naive.Billed, naive.Withheld, naive.Dispute, naive.Billed - naive.Withheld - naive.Dispute),
                    (books[AccountKind.Billed, purse.Key].Tiyn, -books[AccountKind.Withheld, purse.Key].Tiyn, -books[AccountKind.InDispute, purse.Key].Tiyn, -books[AccountKind.Payable, purse.Key].Tiyn));
                Assert.True(books.Open(purse.Key, TrialMonth.October) >= Money.Zero);
                // What left and what is owed back are worth what is payable less what findings take beyond the bill.
                Assert.Equal(naive.Billed - naive.Withheld - naive.Dispute - naive.Debt, -books[AccountKind.Ordered, purse.Key].Tiyn - books[AccountKind.Debt, purse.Key].Tiyn + books.Open(purse.Key, TrialMonth.October).Tiyn);
            }

            Assert.Equal(0, books.Balances.Sum(b => b.Balance.Tiyn));
            var trail = new Trail(trial.Fund.Folder, trial.Ledger);
            foreach (var line in month.Lines.Take(3))
            {
                var naive = month.Naive(line, multiCode);
                Assert.Equal(new LineShares(new(line.Amount), new(naive.Withheld), new(naive.Dispute), new(naive.Debt)), trail.OfLine(trial.Service(line.LineId), line.LineId, TrialMonth.October)!.Shares);
            }

            month.Decide(trial);
        }

        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }

    [Fact]
    public void Another_order_of_rows_and_more_files_give_the_same_tiyn()
    {
        var plain = Balances(10, (fund, lines) => fund.Admit([.. lines.GroupBy(l => l.ProviderId).Select(g => fund.Staged(g.Key + ".csv", [.. g]))]));
        var mixed = Balances(10, (fund, lines) => fund.Admit([.. lines.Reverse().GroupBy(l => l.ProviderId).Select(g => fund.Staged(g.Key + ".csv", [.. g.OrderBy(l => l.LineId[^1]).ThenByDescending(l => l.Amount)]))]));
        var split = Balances(10, (fund, lines) =>
        {
            foreach (var part in lines.GroupBy(l => (l.ProviderId, l.LineId[^1] % 3)))
            {
                fund.Admit(part.Key + ".csv", [.. part]);
            }
        });

        Assert.NotEmpty(plain);
        Assert.Equal(plain, mixed);
        Assert.Equal(plain, split);
    }

    [Fact]
    public void Another_name_of_a_provider_changes_the_name_alone()
    {
        static long Renamed(long provider) => 100_000_000_000 + (provider % 1000);
        var plain = Balances(11, (fund, lines) => fund.Admit([.. lines.GroupBy(l => l.ProviderId).Select(g => fund.Staged(g.Key + ".csv", [.. g]))]));
        var other = Balances(11, (fund, lines) => fund.Admit([.. lines.Select(l => l with { ProviderId = Renamed(l.ProviderId) }).GroupBy(l => l.ProviderId).Select(g => fund.Staged(g.Key + ".csv", [.. g]))]));

        Assert.Equal(plain.Select(b => (b.Key with { Of = b.Key.Of with { ProviderId = Renamed(b.Key.Of.ProviderId) } }, b.Value)).OrderBy(b => b.ToString(), StringComparer.Ordinal), other.Select(b => (b.Key, b.Value)).OrderBy(b => b.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void One_more_confirmed_finding_never_raises_pay()
    {
        var ordered = Enumerable.Range(0, 6).Select(confirmed =>
        {
            using var trial = new TrialMonth();
            trial.Fund.Admit("a.csv", [.. Enumerable.Range(0, 6).Select(i => new BilledLine("L" + i, 100_000 + i))]);
            var findings = Enumerable.Range(0, 6).Select(i => new FoundOn("L" + (i % 3), "rule" + i, 40_000 + (30_000 * i))).ToList();
            trial.Monitor(findings);
            foreach (var (finding, i) in findings.Select((f, i) => (f, i)))
            {
                trial.Case(finding, i < confirmed ? "reduce" : "pay_in_full");
            }

            trial.Settle();
            return -trial.Balance(AccountKind.Ordered).Tiyn;
        }).ToList();

        Assert.Equal(ordered.OrderDescending(), ordered);
        Assert.True(ordered[0] > ordered[^1]);
    }

    /// <summary>All balances after the month was settled, decided upon and settled again.</summary>
    private static Dictionary<Account, long> Balances(int seed, Action<TrialFund, IReadOnlyList<BilledLine>> admit)
    {
        using var trial = new TrialMonth();
        var month = new RandomMonth(seed);
        admit(trial.Fund, month.Lines);
        trial.Monitor([.. month.Findings]);
        trial.Settle();
        month.Decide(trial);
        trial.Settle();
        return trial.Ledger.Balances(new()).Balances.Where(b => b.Balance.Tiyn != 0).ToDictionary(b => b.Account, b => b.Balance.Tiyn);
    }

    /// <summary>Lines of two providers and findings on them; what is decided about each is noted here in plain words.</summary>
    private sealed class RandomMonth
    {
        private readonly Random _dice;
        private readonly Dictionary<FoundOn, string> _effects = [];

        public RandomMonth(int seed)
        {
            _dice = new(seed);
            Lines = [.. Enumerable.Range(0, 40).Select(i => new BilledLine(
                string.Create(CultureInfo.InvariantCulture, $"L{i}"), _dice.Next(1, 500_000), i % 3 == 0 ? 990440000385 : 970140001616, StatedId: 800101300016, Package: i % 2 == 0 ? "mams" : "tmkkk"))];
            Findings = [.. Enumerable.Range(0, 30).Select(i => Lines[_dice.Next(Lines.Count)] is var l ? new FoundOn(l.LineId, "rule" + i, new Money(l.Amount).Percent(Shares[_dice.Next(Shares.Length)]).Tiyn) : null!)];
        }

        public IReadOnlyList<BilledLine> Lines { get; }

        public IReadOnlyList<FoundOn> Findings { get; }

        /// <summary>A line as somebody counts it who knows only what was decided.</summary>
        public (long Withheld, long Dispute, long Debt) Naive(BilledLine line, string multiCode)
        {
            var mine = Findings.Where(f => f.LineId == line.LineId && f.Sum > 0).ToList();
            long Price(IEnumerable<FoundOn> of)
            {
                long total = 0;
                foreach (var finding in of)
                {
                    total = multiCode == "max" ? Math.Max(total, finding.Sum) : total + finding.Sum;
                }

                return multiCode == "sum_capped" && total > line.Amount ? line.Amount : total;
            }

            var sure = Price(mine.Where(f => _effects.GetValueOrDefault(f) == "reduce"));
            var all = Price(mine.Where(f => _effects.GetValueOrDefault(f) != "pay_in_full"));
            var withheld = sure > line.Amount ? line.Amount : sure;
            return (withheld, (all > line.Amount ? line.Amount : all) - withheld, sure - withheld);
        }

        /// <summary>Something is decided about a third of the findings; a decision may fall the other way later.</summary>
        public void Decide(TrialMonth trial)
        {
            foreach (var finding in Findings.Where(f => f.Sum > 0).Where(_ => _dice.Next(3) == 0).ToList())
            {
                var effect = new[] { "none", "reduce", "reduce", "pay_in_full" }[_dice.Next(4)];
                _effects[finding] = effect;
                trial.Case(finding, effect);
            }
        }
    }
}
