using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Every state that a track can reach, in all orders of acts, silence, overdue reviews and restarts.</summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    /// <summary>Rounds of a thing that may be repeated without end.</summary>
    private const int Rounds = 2;

    /// <summary>A seed that draws the case for a second look, and one that does not.</summary>
    private static readonly ulong Drawn = Seeds().First(s => Assignment.Scatter(s ^ 7) % 100 < 10);
    private static readonly ulong NotDrawn = Seeds().First(s => Assignment.Scatter(s ^ 7) % 100 >= 10);

    /// <summary>Few enough to be explored, and as many as the routes need.</summary>
    private static readonly IReadOnlyList<Employee> Staff = [.. TrialCase.Staff.Where(e => e.Id is 101 or 102 or 201 or 751 or 752 or 901)];

    private static readonly Stage[] Silent = [Stage.ConfirmedBySilence, Stage.ConfirmedWithoutRepeat, Stage.ConfirmedWithoutEscalation];

    [Theory]
    [InlineData("potential", "", 300)]
    [InlineData("death", "", 200)]
    [InlineData("infant", "", 200)]
    [InlineData("unnamed death", "", 200)]
    [InlineData("not in contract", "", 300)]
    [InlineData("general", "", 3)]
    [InlineData("maternal", "", 300)]
    [InlineData("additional in a review", "", 300)]
    [InlineData("additional in monitoring", "", 1)]
    [InlineData("additional in analytics", "", 1)]
    [InlineData("additional after payment", "", 1)]
    [InlineData("additional in a review", "additional_effect=never", 3)]
    [InlineData("additional after payment", "additional_effect=always", 300)]
    [InlineData("additional in a review", "additional_in_review=unscheduled_monitoring", 1)]
    [InlineData("potential", "silence_after_confirm=keep_open", 300)]
    [InlineData("death", "silence_after_confirm=keep_open", 200)]
    [InlineData("potential", "reviewer_timeout=reject_finding", 100)]
    [InlineData("potential", "r2_branch=forbid_same", 300)]
    [Proves("MON-321:27")]
    [Proves("MON-321:31.1")]
    [Proves("MON-321:33")]
    [Proves("MON-321:35")]
    [Proves("MON-321:44.2")]
    public void Every_reachable_state_has_an_owner_and_a_term_and_leads_to_one_end(string track, string policy, int atLeast)
    {
        var policies = policy.Length == 0 ? TheLaw.Book.Policies : TheLaw.Book.Policies.With(policy.Split('=')[0], policy.Split('=')[1], new(2025, 8, 1));
        var start = new TrialCase(policies, sample: "10");
        Assert.False(start.Do(Opening(track)).IsRefused);

        var next = new Dictionary<string, List<string>>();
        var finals = new HashSet<string>();
        var waiting = new Queue<TrialCase>([start]);
        next[Key(start.State)] = [];
        while (waiting.TryDequeue(out var from))
        {
            Holds(from);
            var here = Key(from.State);
            foreach (var command in Acts(from.State))
            {
                var to = from.Copy();
                var ruling = to.Do(command, assign: false);
                if (ruling.IsRefused)
                {
                    Assert.Empty(ruling.Events);
                    continue;
                }

                Stepped(from.State, to.State, ruling.Events);
                if (from.State.IsFinal && to.State.Stage == from.State.Stage)
                {
                    continue;
                }

                var there = Key(to.State);
                next[here].Add(there);
                if (next.TryAdd(there, []))
                {
                    // A restart here: what the store holds of these events makes the same state.
                    Assert.Equal(to.State, ruling.Events.Aggregate(from.State, (s, e) => Proceeding.Apply(s, ProceedingJson.Read(ProceedingJson.Write(e)))));
                    waiting.Enqueue(to);
                }
            }

            if (from.State.IsFinal)
            {
                finals.Add(here);
            }
        }

        EveryoneGetsHome(next, finals);
        output.WriteLine($"{track} {policy}: {next.Count} states, {next.Sum(n => n.Value.Count)} steps, {finals.Count} final");
        Assert.InRange(next.Count, atLeast, 2_000_000);
    }

    private static ShowFinding Opening(string track) => track switch
    {
        "death" => TrialCase.Finding(code: "9.0", death: Death.Inpatient),
        "infant" => TrialCase.Finding(code: "9.0", form: CareForm.Phc, death: Death.InfantOutpatient),
        "unnamed death" => TrialCase.Finding(code: "", death: Death.InfantInpatient),
        "not in contract" => TrialCase.Finding(code: "11.0"),
        "general" => TrialCase.Finding(detection: Detection.General),
        "maternal" => TrialCase.Finding(death: Death.Maternal),
        "additional in a review" => TrialCase.Finding(detection: Detection.Additional, foundBy: FoundBy.Review),
        "additional in monitoring" => TrialCase.Finding(detection: Detection.Additional, foundBy: FoundBy.UnscheduledMonitoring),
        "additional in analytics" => TrialCase.Finding(detection: Detection.Additional, foundBy: FoundBy.Analytics),
        "additional after payment" => TrialCase.Finding(detection: Detection.Additional, foundBy: FoundBy.Review, paid: true),
        _ => TrialCase.Finding(),
    };

    /// <summary>All that anybody might try at a state: in time, at the last moment, late, twice, and by the wrong person.</summary>
    private static IEnumerable<ProceedingCommand> Acts(Proceeding state)
    {
        var soon = Later(state, TimeSpan.FromHours(1));
        var end = state.Due?.EndsAt ?? soon;
        var last = end > soon ? end.AddMilliseconds(-1) : soon;
        var over = end > soon ? end : soon;
        Paper paper = new("ff", "extract");
        foreach (var at in new[] { soon, last, over })
        {
            foreach (var received in new[] { at, last })
            {
                yield return new FileObjection(TrialCase.Provider, at, received, "reasons", [paper]);
                yield return new WithdrawObjection(TrialCase.Provider, at, received, "");
            }

            yield return new CloseTerm(Actor.System, at, at);
            yield return new CloseTerm(Actor.System, at, at.AddDays(-30));
            yield return new RecountTerm(Actor.System, at);
        }

        foreach (var staff in new[] { Staff, [], Staff.Where(e => e.Region is "71" or "75").ToList() })
        {
            yield return new AssignReviewer(Actor.System, soon, staff, 1);
            yield return new AssignReviewer(Actor.System, over, staff, 2);
        }

        foreach (var agree in new[] { true, false })
        {
            foreach (var by in new[] { new Actor(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), new(state.Stage.ReviewerOf(), 101, "71"), new(Party.BranchReviewer, 751, "75"), TrialCase.Head, TrialCase.Deputy })
            {
                yield return new DecideCase(by, soon, state.Stage, agree, "reasons", [], Drawn, "9.0", 100);
                yield return new DecideCase(by, over, state.Stage, agree, "reasons", [], NotDrawn, "9.0", 100);
            }

            yield return new DecideCase(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), soon, state.Stage, agree, " ", []);
            yield return new DecideCase(new(Party.CentralReviewer, 901, ""), soon, Stage.CentralReview, agree, "reasons", []);
        }

        yield return new TakeBackReview(TrialCase.Head, soon, "ill", TrialCase.Deputy);
        yield return new TakeBackReview(TrialCase.Head, soon, "ill", TrialCase.Head);
        if (state.DocumentRequests < Rounds)
        {
            yield return new RequestDocuments(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), soon, "send the chart");
        }

        yield return new SendDocuments(TrialCase.Provider, soon, soon, [paper]);
        yield return new AttachConclusion(new(Party.BranchReviewer, 751, "75"), soon, paper);
        foreach (var by in new[] { TrialCase.Head, new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), TrialCase.Provider })
        {
            yield return new AttachOpinion(by, soon, "E-17", paper);
        }

        foreach (var by in new[] { Actor.System, TrialCase.Head, TrialCase.Provider })
        {
            yield return new ClearReview(by, soon, "away");
            yield return new ClearReview(by, over, "conflict");
        }

        yield return new ExplainFinding(TrialCase.Provider, soon, soon, "because", []);
        yield return new CloseGeneral(TrialCase.Head, soon, "used");
        yield return new RecordStateBodyResult(TrialCase.Head, soon, true, "examined");
        yield return new RecordStateBodyResult(TrialCase.Head, soon, false, "examined");
    }

    private static IEnumerable<ulong> Seeds() => Enumerable.Range(0, 1000).Select(i => (ulong)i);

    private static DateTimeOffset Later(Proceeding state, TimeSpan by)
    {
        var since = state.Since;
        return state.Due is { } due && due.EndsAt.AddDays(-1) > since ? due.EndsAt.AddDays(-1) + by : since + by;
    }

    /// <summary>What holds at every state.</summary>
    private static void Holds(TrialCase trial)
    {
        var state = trial.State;
        Assert.Equal(state.IsFinal, state.Due is null);
        Assert.Equal(state.IsFinal, state.Owner == Party.System && !state.Stage.IsQueue());
        Assert.Equal(state.Stage.IsReview() || state.Stage == Stage.AwaitingDocuments, state.Reviewer != 0);
        Assert.Equal(state.IsFinal && state.Effect != Effect.None, trial.History.Any(e => e.To is { Effect: not Effect.None }));
        Assert.True(trial.History.Count(e => e.To is { Effect: not Effect.None }) <= 1);
        Assert.True(trial.History.Count(e => e is SilenceConfirmed) <= 1);
        Assert.Equal(Silent.Contains(state.Stage) && trial.History[^1] is not CaseDecided, trial.History.Any(e => e is SilenceConfirmed) && state.IsFinal);
        Assert.Equal(state, Proceeding.Replay(trial.History));

        var people = new[] { state.BranchReviewer, state.FirstReviewer, state.Looker, state.Head, state.SecondReviewer, state.CentralReviewer }.Where(p => p != 0).ToList();
        Assert.Equal(people.Count, people.Distinct().Count());
        foreach (var decided in trial.History.OfType<CaseDecided>())
        {
            Assert.False(string.IsNullOrWhiteSpace(decided.Reasons));
            var local = decided.Stage is Stage.BranchReview or Stage.ReReview;
            Assert.Equal(local, decided.By.Region == "75");
        }
    }

    /// <summary>What holds for every step.</summary>
    private static void Stepped(Proceeding before, Proceeding after, IReadOnlyList<ProceedingEvent> events)
    {
        Assert.True(!before.IsFinal || after.Stage == before.Stage && after.Effect == before.Effect, "a final state moved");
        Assert.Equal(before.Events + events.Count, after.Events);
        if (after.Effect == Effect.Reduce)
        {
            // A review that is open or overdue never reduces: somebody decided, or the provider was silent.
            Assert.True(events.Any(e => e is SilenceConfirmed or CaseDecided { Agreed: false }) || before.IsFinal);
            Assert.True(before.IsFinal || !events.OfType<SilenceConfirmed>().Any() || before.Stage.IsWithProvider());
        }

        // An opinion moves nothing, and the provider brings none; only the system clears a review, and then it lies with another or with nobody.
        Assert.True(!events.OfType<OpinionAttached>().Any() || after with { Events = before.Events } == before && before.Track == Track.Death && events.OfType<OpinionAttached>().All(e => e.By.Party != Party.Provider));
        Assert.True(!events.OfType<ReviewTakenBack>().Any(e => e.Cause is "away" or "conflict") || after.Reviewer == 0 && after.PassedOverPersons.Contains(before.Reviewer) && after.Effect == Effect.None);
        if (after.Stage is Stage.CentralQueue && before.Stage != Stage.CentralQueue && before.Stage != Stage.CentralReview)
        {
            Assert.Equal(after.Track == Track.Death ? Stage.AwaitingDisagreement : Stage.SecondReview, before.Stage);
        }
    }

    /// <summary>From every state some way leads to an end, and a watch that nobody helps gets as far as an act of a person.</summary>
    private static void EveryoneGetsHome(Dictionary<string, List<string>> next, HashSet<string> finals)
    {
        var home = new HashSet<string>(finals);
        var back = next.SelectMany(n => n.Value.Select(to => (n.Key, to))).ToLookup(s => s.to, s => s.Key);
        var queue = new Queue<string>(finals);
        while (queue.TryDequeue(out var at))
        {
            foreach (var from in back[at].Where(home.Add))
            {
                queue.Enqueue(from);
            }
        }

        Assert.Empty(next.Keys.Except(home));
    }

    /// <summary>A state without its days and with repeated things counted only up to the bound.</summary>
    private static string Key(Proceeding s) => string.Join('|',
        s.Stage, s.Owner, s.Due?.Name, s.Effect, s.Reviewer, s.BranchReviewer, s.FirstReviewer, s.Looker, s.Head, s.SecondReviewer, s.CentralReviewer,
        string.Join(',', s.PassedOverPersons.Order()), s.IsOverdue, s.Escalation, s.ObjectionReceivedAt is not null,
        Math.Min(s.DocumentRequests, Rounds), s.ConclusionDue is not null, s.HasConclusion, s.ConclusionMissed);
}
