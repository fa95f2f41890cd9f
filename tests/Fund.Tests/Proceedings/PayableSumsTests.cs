using Kepil.Fund.Proceedings;
using Xunit;
using static Kepil.Tests.Proceedings.TrialCase;

namespace Kepil.Tests.Proceedings;

public sealed class PayableSumsTests
{
    [Theory]
    [InlineData("max")]
    [InlineData("sum")]
    [InlineData("sum_capped")]
    public void Sums_of_random_histories_are_those_of_a_naive_count(string multiCode)
    {
        using var trial = new TrialStore(false);
        var dice = new Random(20260801);
        var findings = Enumerable.Range(1, 40).SelectMany(line => Enumerable.Range(0, dice.Next(1, 4)).Select(n => trial.Finding(line, dice.Next(5) == 0 ? "11.0" : "1.1", $$"""{"n":{{n}}}""", dice.Next(1, 9000)))).ToList();
        trial.Store.Open(findings, trial.Terms, "system");
        for (var day = new DateOnly(2025, 9, 16); day < new DateOnly(2025, 10, 6); day = day.AddDays(1))
        {
            trial.MoveTo($"{day:yyyy-MM-dd} 10:00");
            trial.Watch().Run("A. Person");
            for (var id = 1; id <= findings.Count; id++)
            {
                var state = trial.Store.Find(id)!;
                if (dice.Next(3) == 0 && state.Stage.IsWithProvider())
                {
                    trial.Object(id, trial.Now);
                }
                else if (dice.Next(3) == 0 && state.Stage.IsReview())
                {
                    trial.Store.Act(id, new DecideCase(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), trial.Now, state.Stage, dice.Next(2) == 0, "by the protocol", []), trial.Terms, "user:9");
                }
            }

            Check(trial, findings.Count, multiCode);
        }

        Assert.True(trial.Store.Stages(new(2025, 8, 1)).Count > 4);
    }

    /// <summary>Tenge by tenge from the histories: what a line pays if all that is open falls, and if all of it is confirmed.</summary>
    private static void Check(TrialStore trial, int count, string multiCode)
    {
        var (billed, withheld, mostWithheld) = (1_000_000L, 0L, 0L);
        var states = Enumerable.Range(1, count).Select(id => Proceeding.Replay(trial.Store.History(id))).ToList();
        foreach (var line in states.GroupBy(s => s.LineId))
        {
            long Taken(Func<Proceeding, bool> counts)
            {
                var sums = line.Where(counts).Select(s => s.AtRisk).ToList();
                return Math.Min(5000, sums.Count == 0 ? 0 : multiCode == "max" ? sums.Max() : sums.Sum());
            }

            withheld += Taken(s => s.IsFinal && s.Effect == Effect.Reduce);
            mostWithheld += Taken(s => !s.IsFinal || s.Effect == Effect.Reduce);
        }

        var sums = trial.Store.PayableOf(new(2025, 8, 1), 5, billed, multiCode);
        Assert.Equal((billed - mostWithheld, withheld, mostWithheld - withheld), (sums.Payable, sums.Withheld, sums.InDispute));
        Assert.Equal(billed, sums.Payable + sums.Withheld + sums.InDispute);
    }
}
