using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>What each value of a setting of the watch, the brakes and the desk changes.</summary>
public sealed class WatchSettingTests
{
    private static readonly DateOnly From = new(2025, 8, 1);

    [Theory]
    [InlineData("0", 20)]
    [InlineData("1", 20)]
    [InlineData("5", 20)]
    [InlineData("10", 20)]
    [InlineData("25", 0)]
    [InlineData("100", 0)]
    [Proves("MON-321:27")]
    public void Of_so_many_at_once_a_person_takes_it_upon_himself(string percent, int held)
    {
        using var trial = new TrialStore(false);
        Watch(trial, "mass_confirm_percent", percent).Run();
        trial.Open(20);
        trial.MoveTo("2025-09-22");
        trial.Open(80, from: 1001);
        trial.MoveTo("2025-09-23");

        var round = Watch(trial, "mass_confirm_percent", percent).Run();

        Assert.Equal((held, 20 - held), (round.Held, round.Closed));
    }

    [Theory]
    [InlineData("1", 20)]
    [InlineData("4", 20)]
    [InlineData("12", 0)]
    [InlineData("24", 0)]
    [InlineData("48", 0)]
    [Proves("MON-321:27")]
    public void A_watch_that_stood_for_longer_asks_a_person(string hours, int held)
    {
        using var trial = new TrialStore(false);
        trial.Open(20);
        var ends = trial.Store.Find(1)!.Due!.EndsAt;
        trial.Clock.Move(ends.AddHours(-2) - trial.Now);
        Watch(trial, "watch_gap_hours", hours).Run();
        trial.Clock.Move(TimeSpan.FromHours(5));

        var round = Watch(trial, "watch_gap_hours", hours).Run();

        Assert.Equal((held, 20 - held), (round.Held, round.Closed));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("10")]
    [InlineData("15")]
    [InlineData("30")]
    [InlineData("60")]
    [Proves("MON-321:31")]
    public void A_decision_waits_to_be_undone_for_so_many_seconds(string seconds)
    {
        using var trial = new TrialStore(false);
        trial.Open(1);
        trial.MoveTo("2025-09-16");
        trial.Object(1, trial.Now);
        var state = trial.Store.Find(1)!;
        var decision = new PreparedDecision(1, trial.Store.TurnOf(1), new(new(Party.BranchReviewer, state.Reviewer, state.ReviewerRegion), trial.Now, state.Stage, false, "by the protocol", []));

        var waiting = Assert.Single(trial.Store.Prepare([decision], trial.Now, Terms(trial.Now, "decision_undo_seconds", seconds), "user:1").Waiting);

        Assert.Equal(int.Parse(seconds, null) * 1000L, waiting.DueAt - trial.Now.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("10", 1)]
    [InlineData("20", 1)]
    [InlineData("30", 0)]
    [InlineData("50", 0)]
    [Proves("MON-321:25")]
    public void Of_fewer_cases_nothing_is_proposed(string cases, int proposed)
    {
        var board = new ReviewBoard([], 0, [("poor", "1.1", "75", new("", 25, 0, 1, 24))], []);
        var policies = TheLaw.Book.Policies.With("rate_least_cases", cases, From).On(new(2026, 10, 1));

        Assert.Equal((proposed, int.Parse(cases, null)), (board.Proposals(policies).Count, ReviewBoard.Least(policies)));
    }

    private static ProceedingWatch Watch(TrialStore trial, string policy, string value) => new(trial.Another(), trial.Clock, at => Terms(at, policy, value));

    private static Terms Terms(DateTimeOffset at, string policy, string value) => new(TheLaw.Book, LocalDay.Of(at), null, TheLaw.Book.Policies.With(policy, value, From));
}
