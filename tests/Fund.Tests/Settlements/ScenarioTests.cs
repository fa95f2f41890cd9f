using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>The courses of events under scenarios/Settlements: on a day somebody does something, and these are the entries, no others. Sums are in tenge.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Files => [.. ScenarioFile.Of("Settlements")];

    [Theory]
    [MemberData(nameof(Files))]
    [Proves("MON-321:10.2")]
    [Proves("MON-321:12")]
    [Proves("MON-321:27")]
    [Proves("MON-321:53")]
    public void The_entries_are_those_of_the_table(string name)
    {
        using var play = new Play();
        ScenarioFile.Read(name).Play(play.Row);
    }

    private sealed class Play : IDisposable
    {
        private readonly TrialMonth _trial = new();
        private readonly Dictionary<(string Line, string Code), FoundOn> _found = [];
        private Posting? _paid;
        private int _file;

        public void Row(ScenarioRow row)
        {
            _trial.Fund.Clock.Day = TheLaw.Day(row.Day);
            var before = _trial.Ledger.Last();
            var refused = false;
            try
            {
                new Phrases()
                    .Add("bills {month}", m => _trial.Fund.Admit($"{++_file}.csv", [.. Pairs(row.With).Select(p => new BilledLine(p[0], Tenge(p[1]).Tiyn) { Month = Month(m[0]), StartedOn = Month(m[0]).AddDays(4) })]))
                    .Add("monitors {month}", m => Monitor(Month(m[0]), row.With))
                    .Add("confirms", () => _trial.Case(_found[(row.With.Split(' ')[0], row.With.Split(' ')[1])], "reduce"))
                    .Add("drops", () => _trial.Case(_found[(row.With.Split(' ')[0], row.With.Split(' ')[1])], "pay_in_full"))
                    .Add("settles {month}", m => _trial.Settle(Month(m[0])))
                    .Add("pays", () => Pay(Tenge(row.With)))
                    .Add("returns", () => _trial.Ledger.Post([Bookings.Reversal(_paid!, new("bank", "return " + row.Day), TheLaw.Day(row.Day))], "user:1"))
                    .Add("charges a {kind}", k => Charge(Chart.KindOf(k[0]), row))
                    .Add("gives an advance", () => Advance(row))
                    .Do(row.Does);
            }
            catch (AdvanceRefusedException)
            {
                refused = true;
            }

            var entries = _trial.Ledger.Postings(new()).Where(p => p.Id > before).SelectMany(p => p.Legs).GroupBy(l => (l.Account.Kind, Debit: l.Amount > Money.Zero))
                .Select(g => $"{(g.Key.Debit ? "debit" : "credit")} {Chart.WordOf(g.Key.Kind)} {Math.Abs(g.Sum(l => l.Amount.Tiyn)) / 100m:0.##}").Order(StringComparer.Ordinal);
            var told = refused ? "refused" : string.Join("; ", entries) is { Length: > 0 } text ? text : "nothing";
            var expected = row.Then.Length == 0 ? "nothing" : string.Join("; ", row.Then.Split("; ").Order(StringComparer.Ordinal));
            Assert.Equal(expected, told);
        }

        public void Dispose() => _trial.Dispose();

        private void Monitor(DateOnly month, string with)
        {
            var found = with == "nothing" ? [] : Pairs(with).Select(p => new FoundOn(p[0], "rule " + p[1], Tenge(p[2]).Tiyn, p[1])).ToList();
            found.ForEach(f => _found[(f.LineId, f.Code)] = f);
            _trial.Monitor(month, found);
        }

        /// <summary>The bank carries out the last order of this sum.</summary>
        private void Pay(Money sum)
        {
            var order = _trial.Ledger.Postings(new()).Last(p => p.Kind is "settlement" or "advance" && p.Legs.Any(l => l.Account.Kind == AccountKind.Ordered && l.Amount == -sum));
            if (Bookings.Payment(_trial.Ledger.Balances(new()), order, new("bank", _trial.Fund.Clock.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), _trial.Fund.Clock.Day) is { } payment)
            {
                _paid = _trial.Ledger.Post([payment], "user:1").Single();
            }
        }

        private void Charge(AccountKind kind, ScenarioRow row)
        {
            var parts = Regex.Match(row.With, "^(?<sum>[0-9.]+) by (?<kind>[a-z]+) (?<id>[0-9]+)$");
            _trial.Ledger.Post([Bookings.Charge(kind, new(parts.Groups["kind"].Value, parts.Groups["id"].Value), TheLaw.Day(row.Day), TrialMonth.Clinic, TrialMonth.October, Tenge(parts.Groups["sum"].Value))], "user:1");
        }

        private void Advance(ScenarioRow row)
        {
            var parts = Regex.Match(row.With, "^(?<sum>[0-9]+) of a contract of (?<contract>[0-9]+) over (?<months>[0-9]+) months from (?<first>[A-Z][a-z]+) by agreement (?<id>[0-9]+)$").Groups;
            SettlementStore.Give(
                _trial.Ledger, "user:1", parts["id"].Value, TheLaw.Day(row.Day), TrialMonth.Clinic,
                new(Tenge(parts["sum"].Value), Month(parts["first"].Value), int.Parse(parts["months"].Value, CultureInfo.InvariantCulture)), Tenge(parts["contract"].Value), SettlementPolicy.On(TheLaw.Book, TheLaw.Day(row.Day)));
        }

        private static IEnumerable<string[]> Pairs(string with) => with.Split(", ").Select(p => p.Split(' '));

        private static Money Tenge(string text) => Money.OfTenge(decimal.Parse(text, CultureInfo.InvariantCulture));

        private static DateOnly Month(string name) => new(2026, DateTime.ParseExact(name, "MMMM", CultureInfo.InvariantCulture).Month, 1);
    }
}
