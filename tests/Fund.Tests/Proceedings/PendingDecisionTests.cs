using Kepil.Fund.Proceedings;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Decisions that wait to be sent, on both databases.</summary>
public sealed class PendingDecisionTests
{
    public static TheoryData<bool> Databases { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    public void Many_watches_send_a_decision_once(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var prepared = Prepare(trial, 6);
        Assert.Equal(6, prepared.Waiting.Count);
        Assert.Equal(0, trial.Another().SendDue(trial.Now, trial.Terms));
        trial.Clock.Move(TimeSpan.FromSeconds(15));
        var (at, terms) = (trial.Now, trial.Terms);

        var sent = new int[4];
        Parallel.For(0, sent.Length, i => sent[i] = trial.Another().SendDue(at, terms));

        Assert.Equal(6, sent.Sum());
        Assert.All(Enumerable.Range(1, 6), id => Assert.Single(trial.Store.History(id).OfType<CaseDecided>()));
        Assert.True(trial.Journal.Verify([]).IsSound);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void What_was_taken_before_a_stop_is_sent_by_the_next_watch_before_the_term_is_closed(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(1);
        trial.MoveTo("2025-09-16");
        trial.Object(1, trial.Now);
        var end = trial.Store.Find(1)!.Due!.EndsAt;
        trial.Clock.Move(end.AddSeconds(-5) - trial.Now);
        Assert.Single(trial.Store.Prepare([Decision(trial, 1)], trial.Now, trial.Terms, "user:1").Waiting);

        trial.Clock.Move(TimeSpan.FromHours(3));
        trial.Watch().Run("Demo");

        Assert.Equal(Stage.AwaitingRepeat, trial.Store.Find(1)!.Stage);
        Assert.Empty(trial.Store.History(1).OfType<ReviewOverdue>());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void A_decision_is_undone_or_sent_but_never_both(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var prepared = Prepare(trial, 1);
        var (batch, user) = (prepared.Waiting[0].Batch, prepared.Waiting[0].UserId);

        Assert.Equal(0, trial.Store.Undo(batch, user + 1, trial.Now, "user:2"));
        Assert.Equal(1, trial.Store.Undo(batch, user, trial.Now, "user:1"));
        trial.Clock.Move(TimeSpan.FromSeconds(15));
        Assert.Equal(0, trial.Store.SendDue(trial.Now, trial.Terms));
        Assert.Single(trial.Store.Prepare([Decision(trial, 1)], trial.Now, trial.Terms, "user:1").Waiting);
        trial.Clock.Move(TimeSpan.FromSeconds(15));
        Assert.Equal(0, trial.Store.Undo(batch + 1, user, trial.Now, "user:1"));
        Assert.Equal(1, trial.Store.SendDue(trial.Now, trial.Terms));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void A_decision_on_a_case_that_changed_while_it_waited_is_dropped_and_its_author_is_told(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var user = Prepare(trial, 1).Waiting[0].UserId;
        Assert.False(trial.Store.Act(1, new WithdrawObjection(TrialCase.Provider, trial.Now, trial.Now, "a mistake"), trial.Terms, "key:1").IsRefused);
        trial.Clock.Move(TimeSpan.FromSeconds(15));

        Assert.Equal(0, trial.Store.SendDue(trial.Now, trial.Terms));

        Assert.Equal("changed", Assert.Single(trial.Store.DroppedOf(user, trial.Now.AddMinutes(-1))).Refusal);
        Assert.Empty(trial.Store.History(1).OfType<CaseDecided>());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:9.1")]
    public void A_decision_outlives_a_term_that_becomes_longer_while_it_waits(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var before = Prepare(trial, 2).Waiting.Count;
        var longer = new TrialCase { Outages = [new(TrialCase.Moment("2025-09-17 00:00"), TrialCase.Moment("2025-09-17 11:00"), "77", new(2025, 9, 17))] }.TermsAt(trial.Now);
        Assert.Equal(2, trial.Store.CountOutages(trial.Now, longer));
        Assert.All(new[] { 1L, 2L }, id => Assert.IsType<TermExtended>(trial.Store.History(id)[^1]));
        trial.Clock.Move(TimeSpan.FromSeconds(15));

        Assert.Equal((2, 2), (before, trial.Store.SendDue(trial.Now, longer)));

        Assert.All(new[] { 1L, 2L }, id => Assert.Equal(Stage.AwaitingRepeat, trial.Store.Find(id)!.Stage));
    }

    [Fact]
    public void Of_decisions_taken_together_none_is_taken_when_one_is_refused()
    {
        using var trial = new TrialStore(false);
        trial.Open(2);
        trial.MoveTo("2025-09-16");
        trial.Object(1, trial.Now);
        trial.Object(2, trial.Now);

        var outcome = trial.Store.Prepare([Decision(trial, 1), Decision(trial, 2) with { Turn = 1 }], trial.Now, trial.Terms, "user:1");

        Assert.Empty(outcome.Waiting);
        Assert.Equal("changed", outcome.Refused[2].Reason);
        Assert.Empty(trial.Store.WaitingOf(trial.Store.Find(1)!.Reviewer));
    }

    private static PreparedOutcome Prepare(TrialStore trial, int count)
    {
        trial.Open(count);
        trial.MoveTo("2025-09-16");
        foreach (var id in Enumerable.Range(1, count))
        {
            trial.Object(id, trial.Now);
        }

        return trial.Store.Prepare([.. Enumerable.Range(1, count).Select(id => Decision(trial, id))], trial.Now, trial.Terms, "user:1");
    }

    private static PreparedDecision Decision(TrialStore trial, long id)
    {
        var state = trial.Store.Find(id)!;
        return new(id, trial.Store.TurnOf(id), new(new(Party.BranchReviewer, state.Reviewer, state.ReviewerRegion), trial.Now, state.Stage, false, "by the protocol", []));
    }
}
