using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Purchase;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Purchase;

/// <summary>The courses of events under scenarios/Purchase, on both databases: what the register of contracts plans is told by provider and month.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string, bool> Files
    {
        get
        {
            var files = new TheoryData<string, bool>();
            foreach (var file in ScenarioFile.Of("Purchase"))
            {
                files.Add(file, false);
                files.Add(file, true);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    [Proves("MON-321:18.2")]
    [Proves("MON-321:20.3")]
    public void What_follows_is_what_the_table_says(string name, bool postgres)
    {
        using var play = new Play(postgres);
        ScenarioFile.Read(name).Play(play.Row);
    }

    private sealed class Play : IDisposable
    {
        private static readonly Dictionary<string, long> Clinics = new() { ["A"] = 990440000385, ["B"] = 990440000484, ["C"] = 990440000583 };

        private static readonly Dictionary<string, long> People = new() { ["Aigul"] = 101, ["Berik"] = 102 };

        private readonly TrialFund _fund;
        private readonly DeskStore _desk;
        private readonly PurchaseStore _store;
        private readonly Commission _commission;
        private readonly ContractChanges _changes;
        private long _protocol;
        private long _change;
        private int _run;

        public Play(bool postgres)
        {
            _fund = new(accounts: postgres ? PrivatePostgres.NewDatabase() : "sqlite");
            using var context = _fund.Folder.Accounts.Context();
            _desk = new(DeskSource.Of(context), _fund.Clock);
            (_store, _commission, _changes) = (PurchaseStore.Of(_desk), new(_fund.Folder, _desk), new(_fund.Folder, _desk));
            var (from, to) = (new DateOnly(2020, 1, 1), new DateOnly(2030, 12, 31));
            _fund.Load("provider", [.. Clinics.Select(c => (object?[])[c.Value, "61", "611010000", false, c.Key, c.Key])]);
            _fund.Load("licence", [Clinics["A"], "drg", from, to], [Clinics["B"], "drg", from, new DateOnly(2026, 12, 30)]);
            _fund.Load("staff", [1L, Clinics["A"], null, from, to], [2L, Clinics["B"], null, from, to]);
        }

        public void Row(ScenarioRow row)
        {
            _fund.Clock.Day = TheLaw.Day(row.Day);
            string? refused = null;
            try
            {
                Do(row);
            }
            catch (PurchaseRefusedException e)
            {
                refused = e.Message;
            }

            if (row.Then.StartsWith("refused: ", StringComparison.Ordinal))
            {
                Assert.Contains(row.Then["refused: ".Length..], refused ?? "nothing was refused", StringComparison.Ordinal);
                return;
            }

            Assert.Null(refused);
            foreach (var claim in row.Then.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Holds(claim, row);
            }
        }

        private void Do(ScenarioRow row)
        {
            var who = People.GetValueOrDefault(row.Who);
            var actor = $"user:{who}";
            new Phrases()
                .Add("opens the campaign of {year}", y => _store.Open(actor, new(0, int.Parse(y[0], CultureInfo.InvariantCulture), new(2026, 11, 1), new(2026, 11, 20), "licence, staff", new(100, true, "order 1"), ""),
                    [new(1, "61", CareForm.Drg, "mams", null, 1_200, Money.OfTenge(120_000_000L))]))
                .Add("confirms the opening", () => _store.ConfirmOpening(actor, 1))
                .Add("applies for row 1", () => _store.Apply("user:1", 1, 1, Clinics[row.Who.Split(' ')[1]], "611010000", long.Parse(row.With, CultureInfo.InvariantCulture), _fund.Clock.Day))
                .Add("makes the protocol with Berik", () => _protocol = _commission.Draft(who, 1, [People["Berik"]],
                    [.. row.With.Split(", ").Select(d => d.Split(' ')).Select(d => new CommissionDecision(1, Clinics[d[0]], d[1] == "admitted", d[1]))], _fund.Clock.Day))
                .Add("confirms the protocol", () => _commission.Confirm(who, _protocol))
                .Add("proposes an agreement with {clinic}", c => _change = _changes.Propose(actor, "agreement", "agreement 1", [Month(c[0], row.With.Split(": ")[0], Amount(row.With), 1)]))
                .Add("proposes a move from {from} to {to}", m => _change = _changes.Propose(actor, "reallocation", "agreement 2", [Month(m[0][..1], m[0][2..], Amount(row.With), -1), Month(m[1][..1], m[1][2..], Amount(row.With), 1)]))
                .Add("proposes to end the contract of {clinic} on {day}", c => _change = _changes.Terminate(actor, Clinics[c[0]], ContractOf(c[0]), TheLaw.Day(c[1]), row.With == "by paragraph 20", row.With))
                .Add("confirms the change", () => _changes.Decide(actor, _change, true, ""))
                .Add("settles", () => Settle(row.With))
                .Do(row.Does);
        }

        private void Holds(string claim, ScenarioRow row)
        {
            if (claim.StartsWith("lacks ", StringComparison.Ordinal))
            {
                var gaps = new ApplicationCheck(_fund.Folder).Of(_store.Plan(1)[0], Clinics[row.Who.Split(' ')[1]], 2027).Select(g => g.Register).Distinct().ToList();
                Assert.Equal(claim, "lacks " + (gaps.Count == 0 ? "nothing" : string.Join(", ", gaps)));
            }
            else if (claim.EndsWith(" none", StringComparison.Ordinal))
            {
                Assert.Empty(Lines(claim[..1]));
            }
            else if (Regex.Match(claim, @"^(\w) (\d{4}-\d\d): (\d+ cases \d+ tenge)$") is { Success: true } month)
            {
                var plan = ChangedLines.Of(Lines(month.Groups[1].Value), Clinics[month.Groups[1].Value], ContractOf(month.Groups[1].Value), "mams", "drg", TheLaw.Day(month.Groups[2].Value + "-01"));
                Assert.Equal(month.Groups[3].Value, $"{plan.Volume} cases {plan.Sum / 100} tenge");
                // The register that settlement reads says the same.
                Assert.Equal(plan.Sum, new ContractRegister(_fund.Folder).Plan(2027).Where(p => p.Of.ProviderId == Clinics[month.Groups[1].Value] && p.Month == TheLaw.Day(month.Groups[2].Value + "-01")).Sum(p => p.Sum.Tiyn));
            }
            else
            {
                var share = _store.Shares(_protocol).Single(s => s.ProviderId == Clinics[claim[..1]]);
                Assert.Equal(claim[2..], $"{share.Volume} cases {share.Sum.Tiyn / 100} tenge");
            }
        }

        /// <summary>Posts what was settled of a month: <c>A 2027-03: 4000000 tenge</c>.</summary>
        private void Settle(string with)
        {
            var told = Regex.Match(with, @"^(\w) (\d{4}-\d\d): (\d+) tenge$");
            var of = new ContractPackage(Clinics[told.Groups[1].Value], ContractOf(told.Groups[1].Value), "mams");
            var month = TheLaw.Day(told.Groups[2].Value + "-01");
            LedgerStore.Of(_desk).Write("system", "MonthSettled", "month:2027-03", work =>
            {
                SettlementStore.Add(work, ++_run, month, "system", [], 0, "");
                SettlementStore.Add(work, _run, [new FormShares(of, "drg", month, new(Money.OfTenge(long.Parse(told.Groups[3].Value, CultureInfo.InvariantCulture)), default, default, default))]);
                work.Note(new { run = _run });
                return true;
            });
        }

        private IReadOnlyList<RegisterLine> Lines(string clinic) => new PurchaseContracts(_fund.Folder, _fund.Clock).Lines([(Clinics[clinic], ContractOf(clinic))]);

        private static string ContractOf(string clinic) => PurchaseContracts.NumberOf(2027, 1, Clinics[clinic]);

        private static MonthChange Month(string clinic, string month, (long Cases, long Tenge) amount, int sign) =>
            new(Clinics[clinic], ContractOf(clinic), "mams", "drg", TheLaw.Day(month + "-01"), sign * amount.Cases, Money.OfTenge(sign * amount.Tenge));

        private static (long Cases, long Tenge) Amount(string with) => Regex.Match(with, @"(\d+) cases (\d+) tenge") is var told
            ? (long.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture)) : default;

        public void Dispose() => _fund.Dispose();
    }
}
