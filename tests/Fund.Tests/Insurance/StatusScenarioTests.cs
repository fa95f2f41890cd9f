using System.Text.RegularExpressions;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>Insured status by the scenarios under scenarios/Insurance/status-*.md. The day of a row is the day on which its fact became known, or on which somebody asks.</summary>
public sealed class StatusScenarioTests
{
    public static TheoryData<string> Files => [.. ScenarioFile.Of("Insurance").Where(f => f.Contains("/status-", StringComparison.Ordinal) || f.Contains("/ways-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    [Proves("OSMS:5")]
    [Proves("OSMS:5.3-2")]
    [Proves("OSMS:26")]
    [Proves("OSMS:26-1")]
    [Proves("OSMS:28")]
    [Proves("OSMS:28.7")]
    public void The_status_is_that_of_the_table(string name)
    {
        var file = ScenarioFile.Read(name);
        var play = new Play(file.Law("2017-01-01"));
        file.Play(play.Row);
    }

    [Fact]
    public void Every_ground_has_a_scenario()
    {
        var all = string.Join('\n', ScenarioFile.Of("Insurance").Select(f => File.ReadAllText(Path.Combine(Repository.Root, f))));

        Assert.All(Enum.GetValues<StatusGround>().Where(g => g != StatusGround.NotBorn), g => Assert.Contains(g.ToString(), all, StringComparison.Ordinal));
    }

    internal sealed class Play(LawBook law)
    {
        private readonly InsuredStatus status = new(law);
        private readonly List<Told<Lifetime>> lifetimes = [];
        private readonly List<Told<StandingTime>> standings = [];
        private readonly List<Told<CategoryTime>> categories = [];
        private readonly List<Told<PaidMonth>> payments = [];
        private readonly List<Told<Prepayment>> prepayments = [];
        private readonly List<Told<OpenPayment>> opens = [];
        private int number;

        public void Row(ScenarioRow row)
        {
            var day = TheLaw.Day(row.Day);
            new Phrases()
                .Add("knows birth", () => lifetimes.Add(new("life", At(day), new(TheLaw.Day(row.With)))))
                .Add("knows death", () => lifetimes.Add(new("life", At(day), lifetimes[^1].Fact! with { Died = TheLaw.Day(row.With) })))
                .Add("knows standing", () => standings.Add(new(Next(), At(day), StandingOf(row.With))))
                .Add("knows category", () => categories.Add(new(Regex.Match(row.With, @" as (\S+)") is { Success: true } m ? m.Groups[1].Value : Next(), At(day), CategoryOf(row.With))))
                .Add("takes back category", () => categories.Add(new(row.With, At(day), null)))
                .Add("pays the year ahead", () => prepayments.Add(new(Next(), At(day), new(Money.Parse(row.With), day))))
                .Add("pays without a month", () => opens.Add(new(Next(), At(day), new(Money.Parse(row.With), day))))
                .Add("owes", () => Assert.Equal(row.Then, Said(status.DebtsOn(Facts.AsKnownAt(At(day)), day))))
                .Add("pays himself", () => Pay(IncomeKind.SelfPayer, row))
                .Add("pays as entrepreneur", () => Pay(IncomeKind.Entrepreneur, row))
                .Add("pays in private practice", () => Pay(IncomeKind.PrivatePractice, row))
                .Add("pays wages", () => Pay(IncomeKind.Wages, row))
                .Add("pays in time wages", () => Pay(IncomeKind.Wages, row, inTime: true))
                .Add("pays by contract", () => Pay(IncomeKind.CivilContract, row))
                .Add("pays the aggregate payment in a city", () => Pay(IncomeKind.AggregateCity, row))
                .Add("pays the single payment", () => Pay(IncomeKind.SinglePayment, row))
                .Add("pays out", () => Pay(IncomeKind.Platform, row))
                .Add("pays for a person", () => Pay(IncomeKind.LocalBudget, row))
                .Add("asks", () => Ask(row, day))
                .Add("compares", () => Assert.Equal(row.Then, string.Join("; ", new WaysToInsurance(law).Of(Facts.AsKnownAt(At(day)), day).All.Select(Said))))
                .Do(row.Does);
        }

        private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(5));

        private LifeFacts Facts => new(lifetimes, standings, categories, payments, prepayments) { OpenPayments = opens };

        private static string Said(DebtAccount debts) => debts.Months.Count == 0 ? "nothing" : $"{DebtScenarioTests.Tenge(debts.Left)} for {string.Join(", ", debts.Months.Select(m => m.Month))}";

        private static string Said(Way way) =>
            $"{way.Kind} {way.PayToday.Digits().Replace("\u00a0", "", StringComparison.Ordinal).Replace(",00", "", StringComparison.Ordinal)} from {way.From:yyyy-MM-dd} until {(way.Until is { } until ? $"{until:yyyy-MM-dd}" : "open")}";

        private string Next() => $"{++number}";

        private void Ask(ScenarioRow row, DateOnly day)
        {
            var about = row.With.Length == 0 ? day : TheLaw.Day(row.With["about ".Length..]);
            if (row.Then.StartsWith("refused ", StringComparison.Ordinal))
            {
                Assert.Contains(row.Then["refused ".Length..], Assert.Throws<LawGapException>(() => status.On(Facts, about, At(day))).Message, StringComparison.Ordinal);
                return;
            }

            var found = status.On(Facts, about, At(day));
            var said = $"{(found.Insured ? "insured" : "not insured")} {found.Ground}";
            said += found.Until is { } until ? $" until {until:yyyy-MM-dd}" : "";
            said += !found.Insured && row.Then.Contains(':', StringComparison.Ordinal) ? $": {string.Join(", ", found.Missing)}" : "";
            Assert.Equal(row.Then, said);
        }

        private void Pay(IncomeKind kind, ScenarioRow row, bool inTime = false)
        {
            var m = Regex.Match(row.With, @"^(?<sum>[\d.]+) for (?<from>\d{4}-\d\d)(\.\.(?<to>\d{4}-\d\d))?(, known on (?<known>\S+))?$");
            Assert.True(m.Success, $"'{row.With}': write 'sum for 2025-01..2025-12'.");
            var to = Month.Parse(m.Groups["to"].Success ? m.Groups["to"].Value : m.Groups["from"].Value);
            for (var month = Month.Parse(m.Groups["from"].Value); month <= to; month = month.Plus(1))
            {
                var paidOn = inTime ? month.Plus(1).First.AddDays(24) : TheLaw.Day(row.Day);
                var known = m.Groups["known"].Success ? TheLaw.Day(m.Groups["known"].Value) : paidOn;
                payments.Add(new(Next(), At(known), new(kind, month, Money.Parse(m.Groups["sum"].Value), paidOn)));
            }
        }

        private static StandingTime StandingOf(string text)
        {
            var (name, from, to) = Time(text);
            return new(Enum.Parse<Standing>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), from, to);
        }

        private static CategoryTime CategoryOf(string text)
        {
            var (name, from, to) = Time(text);
            return new(name, from, to, "register");
        }

        private static (string Name, DateOnly From, DateOnly? To) Time(string text)
        {
            var m = Regex.Match(text, @"^(?<name>\w+) from (?<from>\S+)( to (?<to>\S+))?( as \S+)?$");
            Assert.True(m.Success, $"'{text}': write 'name from day to day'.");
            return (m.Groups["name"].Value, TheLaw.Day(m.Groups["from"].Value), m.Groups["to"].Success ? TheLaw.Day(m.Groups["to"].Value) : null);
        }
    }
}
