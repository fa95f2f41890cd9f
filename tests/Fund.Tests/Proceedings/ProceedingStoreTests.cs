using Kepil.Fund.Proceedings;
using Xunit;
using static Kepil.Tests.Proceedings.TrialCase;

namespace Kepil.Tests.Proceedings;

public sealed class ProceedingStoreTests
{
    public static TheoryData<bool> Databases { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    public void The_row_is_what_the_events_make_and_each_act_stands_in_the_journal(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(1);
        trial.MoveTo("2025-09-16");
        Assert.False(trial.Object(1, trial.Now).IsRefused);
        var state = trial.Store.Find(1)!;
        Assert.Equal(Stage.FirstReview, state.Stage);
        var decide = new DecideCase(new(Party.BranchReviewer, state.Reviewer, state.ReviewerRegion), trial.Now, Stage.FirstReview, false, "by the protocol", []);
        Assert.False(trial.Store.Act(1, decide, trial.Terms, "user:9").IsRefused);
        trial.MoveTo("2025-09-17");
        Assert.False(trial.Object(1, trial.Now).IsRefused);

        state = trial.Store.Find(1)!;
        Assert.Equal(Proceeding.Replay(trial.Store.History(1)) with { FrozenAt = state.FrozenAt }, state);
        Assert.Equal(Stage.SecondReview, state.Stage);
        Assert.Equal(4, trial.Journal.Read().Count());
        Assert.True(trial.Journal.Verify([]).IsSound);
        Assert.Equal([1L], trial.Store.QueueOf(state.Reviewer, 10).Select(p => p.Id));
        Assert.Empty(trial.Store.InboxOf(5, 10));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void A_finding_is_shown_once_however_often_its_month_is(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var findings = new[] { trial.Finding(1), trial.Finding(1, evidence: """{"a":1}"""), trial.Finding(2), trial.Finding(2) };

        Assert.Equal((3, 1), (trial.Store.Open(findings, trial.Terms, "system") is var first ? first.Opened : 0, first.Known));
        Assert.Equal((0, 4), (trial.Another().Open(findings, trial.Terms, "system") is var second ? second.Opened : 0, second.Known));
        Assert.Equal((1, 1), (trial.Store.Open([trial.Finding(2), trial.Finding(3)], trial.Terms, "system") is var third ? third.Opened : 0, third.Known));

        Assert.Equal(4, trial.Store.InboxOf(5, 10).Count);
        Assert.Equal(2, trial.Journal.Read().Count());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void An_act_that_is_refused_leaves_no_trace(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(1);
        trial.MoveTo("2025-10-15");

        Assert.Equal("too_late", trial.Object(1, trial.Now).Refusal!.Reason);

        Assert.Single(trial.Store.History(1));
        Assert.Single(trial.Journal.Read());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Of_two_who_act_at_once_on_the_same_state_one_is_refused(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(20);
        var outcomes = Enumerable.Range(1, 20).SelectMany(i => new[] { i, i }).AsParallel().WithDegreeOfParallelism(4)
            .Select(i => (Id: i, Ruling: trial.Another().Act(i, new FileObjection(Provider, trial.Now, trial.Now, "the record", []), trial.Terms, "key:1"))).ToList();

        Assert.All(outcomes.GroupBy(o => o.Id), o => Assert.Single(o, x => x.Ruling.Refusal?.Reason == "once_per_stage"));
        Assert.All(Enumerable.Range(1, 20), i => Assert.Equal(3, trial.Store.History(i).Count));
        Assert.True(trial.Journal.Verify([]).IsSound);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Reviews_are_spread_evenly_over_those_whom_the_route_allows(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(30);
        foreach (var id in Enumerable.Range(1, 30))
        {
            trial.Object(id, trial.Now);
        }

        Assert.All(Staff.Where(e => !e.Central && e.Region != "75"), e => Assert.Equal(6, trial.Store.QueueOf(e.Id, 100).Count));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void What_is_counted_for_each_reviewer_is_what_lies_with_him(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(20);
        trial.Open(6, "11.0", from: 21);
        Assert.Equal(6, Counted().Values.Sum());
        Enumerable.Range(1, 12).AsParallel().WithDegreeOfParallelism(4).ForAll(id => trial.Another().Act(id, new FileObjection(Provider, trial.Now, trial.Now, "the record", []), trial.Terms, "key:1"));
        Assert.Equal(18, Counted().Values.Sum());
        foreach (var id in Enumerable.Range(1, 4))
        {
            var state = trial.Store.Find(id)!;
            Assert.False(trial.Store.Act(id, new DecideCase(new(Party.BranchReviewer, state.Reviewer, state.ReviewerRegion), trial.Now, state.Stage, id % 2 == 0, "by the protocol", []), trial.Terms, "user:9").IsRefused);
        }

        Assert.False(trial.Store.Act(5, new TakeBackReview(Head, trial.Now, "he is ill", Deputy), trial.Terms, "user:800").IsRefused);
        Assert.Equal(14, Counted().Values.Sum());
        trial.MoveTo("2025-10-15");
        Assert.NotEqual(0, trial.Watch().Run().Closed);
        Assert.NotEmpty(Counted());

        Dictionary<long, long> Counted()
        {
            using var db = trial.Store.Context();
            var counted = db.Loads.Where(l => l.Open != 0).ToDictionary(l => l.Reviewer, l => l.Open);
            Assert.Equal(db.Proceedings.Where(p => p.Reviewer != null).GroupBy(p => p.Reviewer!.Value).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionary(g => g.Key, g => g.Count), counted);
            return counted;
        }
    }
}
