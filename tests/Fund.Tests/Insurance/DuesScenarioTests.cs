using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>Contributions by the scenarios under scenarios/Insurance/dues-*.md, with figures made by hand. Sums are in tenge.</summary>
public sealed class DuesScenarioTests
{
    public static TheoryData<string> Files => [.. ScenarioFile.Of("Insurance").Where(f => f.Contains("/dues-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    [Proves("OSMS:26")]
    [Proves("OSMS:27.1")]
    [Proves("OSMS:28.1")]
    [Proves("CONTRIB-478:1")]
    public void The_sums_are_those_of_the_table(string name)
    {
        var file = ScenarioFile.Read(name);
        var law = file.Law("2017-01-01");
        var play = new Play(law);
        file.Play(play.Row);
    }

    private sealed class Play(LawBook law)
    {
        private readonly Dues dues = new(law);
        private readonly List<Income> incomes = [];
        private Month month;

        public void Row(ScenarioRow row)
        {
            var now = Month.Of(TheLaw.Day(row.Day));
            if (now != month)
            {
                month = now;
                incomes.Clear();
            }

            new Phrases()
                .Add("pays wages", () => Due(row, IncomeKind.Wages))
                .Add("pays wages to a pensioner", () => Due(row, IncomeKind.Wages, privileged: true))
                .Add("pays wages to a temporary foreigner", () => Due(row, IncomeKind.Wages, standing: Standing.TemporaryForeigner))
                .Add("pays wages to a treaty foreigner", () => Due(row, IncomeKind.Wages, standing: Standing.TreatyForeigner))
                .Add("pays by contract", () => Due(row, IncomeKind.CivilContract))
                .Add("works as entrepreneur", () => Due(row, IncomeKind.Entrepreneur))
                .Add("works in private practice", () => Due(row, IncomeKind.PrivatePractice))
                .Add("pays for himself", () => Due(row, IncomeKind.SelfPayer))
                .Add("pays the aggregate payment in a city", () => Due(row, IncomeKind.AggregateCity))
                .Add("pays the aggregate payment elsewhere", () => Due(row, IncomeKind.AggregateElsewhere))
                .Add("pays the single payment", () => Due(row, IncomeKind.SinglePayment))
                .Add("pays out", () => Due(row, IncomeKind.Platform))
                .Add("pays for a person", () => Due(row, IncomeKind.State))
                .Add("pays for a person at the region's wage", () => Due(row, IncomeKind.LocalBudget))
                .Add("pays a military servant", () => Due(row, IncomeKind.ExemptService))
                .Add("in all", () => Assert.Equal(row.Then, InAll()))
                .Do(row.Does);
        }

        private string InAll()
        {
            var all = dues.Of(month, incomes);
            return $"contribution {Tenge(all.Contribution)}; deduction {Tenge(all.Deduction)}";
        }

        private void Due(ScenarioRow row, IncomeKind kind, bool privileged = false, Standing standing = Standing.Citizen)
        {
            incomes.Add(new(kind, row.Who, row.With.Length == 0 ? Money.Zero : Money.Parse(row.With)));
            if (row.Then.StartsWith("refused ", StringComparison.Ordinal))
            {
                Assert.Contains(row.Then["refused ".Length..], Assert.Throws<LawGapException>(() => dues.Of(month, incomes)).Message, StringComparison.Ordinal);
                incomes.Clear();
                return;
            }

            var due = dues.Of(month, incomes, privileged, standing).Lines[^1];
            var steps = new[] { due.ContributionStep, due.DeductionStep };
            var said = new List<string> { $"contribution {Tenge(due.Contribution)}", $"deduction {Tenge(due.Deduction)}" };
            said.AddRange(steps.Any(s => s?.Capped == true) ? ["capped"] : []);

            // The readings of caps are all unverified; here only values are told.
            var unsure = steps.Any(s => s?.Values.Any(v => v.Confidence is not Confidence.High) == true);
            said.AddRange(unsure && row.Then.Contains("unverified", StringComparison.Ordinal) ? ["unverified"] : []);
            if (row.Then.Contains("; due ", StringComparison.Ordinal))
            {
                said.Add($"due {dues.DueOn(kind, month):yyyy-MM-dd}");
            }

            Assert.Equal(row.Then, string.Join("; ", said));
        }

        private static string Tenge(Money sum) => sum.Tiyn % 100 == 0 ? $"{sum.Tiyn / 100}" : $"{sum.Tiyn / 100}.{sum.Tiyn % 100:00}";
    }
}
