using System.Text.RegularExpressions;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>Debts, interest, refunds and corrections by the scenarios under scenarios/Insurance/debts-*.md, with figures made by hand. Sums are in tenge.</summary>
public sealed class DebtScenarioTests
{
    public static TheoryData<string> Files => [.. ScenarioFile.Of("Insurance").Where(f => f.Contains("/debts-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    [Proves("OSMS:28")]
    [Proves("OSMS:31")]
    public void The_debts_are_those_of_the_table(string name)
    {
        var file = ScenarioFile.Read(name);
        var law = file.Law("2017-01-01");
        var play = new Play(law, Enum.Parse<IncomeKind>(file.One("Kind") ?? throw new ScenarioException($"{name}: write 'Kind: Wages'.")));
        file.Play(play.Row);
    }

    internal static string Tenge(Money sum) => sum.Tiyn % 100 == 0 ? $"{sum.Tiyn / 100}" : $"{sum.Tiyn / 100}.{sum.Tiyn % 100:00}";

    private sealed class Play(LawBook law, IncomeKind kind)
    {
        private readonly Dues dues = new(law);
        private readonly List<OwedMonth> owed = [];
        private readonly List<ReceivedPayment> received = [];

        public void Row(ScenarioRow row)
        {
            var day = TheLaw.Day(row.Day);
            new Phrases()
                .Add("owes", () => Owes(row.With))
                .Add("pays", () => received.Add(Payment(row.With, day)))
                .Add("takes back", () => TakesBack(row, day))
                .Add("asks", () => Assert.Equal(row.Then, Said(day)))
                .Do(row.Does);
        }

        private void Owes(string text)
        {
            var m = Regex.Match(text, @"^(?<sum>[\d.]+) for (?<from>\d{4}-\d\d)(\.\.(?<to>\d{4}-\d\d))?$");
            Assert.True(m.Success, $"'{text}': write 'sum for 2025-01..2025-12'.");
            var to = Month.Parse(m.Groups["to"].Success ? m.Groups["to"].Value : m.Groups["from"].Value);
            for (var month = Month.Parse(m.Groups["from"].Value); month <= to; month = month.Plus(1))
            {
                owed.Add(new(month, Money.Parse(m.Groups["sum"].Value), dues.DueOn(kind, month)));
            }
        }

        private static ReceivedPayment Payment(string text, DateOnly day)
        {
            var m = Regex.Match(text, @"^(?<number>\S+) (?<sum>[\d.]+)( for (?<for>\S+))?( of (?<of>\S+))?$");
            Assert.True(m.Success, $"'{text}': write 'P-1 sum for 2025-01', a refund with 'of P-1'.");
            var (sum, back) = (Money.Parse(m.Groups["sum"].Value), m.Groups["of"].Success);
            return new(m.Groups["number"].Value, day, back ? -sum : sum, m.Groups["for"].Success ? Month.Parse(m.Groups["for"].Value) : null, back ? m.Groups["of"].Value : null);
        }

        private void TakesBack(ScenarioRow row, DateOnly day)
        {
            received.Add(Payment(row.With, day));
            if (row.Then.StartsWith("refused ", StringComparison.Ordinal))
            {
                Assert.Contains(row.Then["refused ".Length..], Assert.Throws<ArgumentException>(() => Said(day)).Message, StringComparison.Ordinal);
                received.RemoveAt(received.Count - 1);
            }
        }

        private string Said(DateOnly day)
        {
            var account = new Debts(law).Of(kind, owed, received, day);
            var open = account.Months.Where(m => m.Left > Money.Zero).Select(m => $"{m.Month} {Tenge(m.Left)}").ToList();
            return $"owes {(open.Count == 0 ? "nothing" : string.Join(", ", open))}; interest {Tenge(account.Interest)}; over {Tenge(account.Over)}";
        }
    }
}
