using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>Every state that a conclusion can reach when acts, silence, restarts and the clock come in any order.</summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    private const int Bound = 60_000;

    private static readonly Actor OtherProvider = new(Party.Provider, 50140000112, Oblast);
    private static readonly Actor OtherBranch = new(Party.BranchReviewer, 8, "62");
    private static readonly Actor NotOfTheTeam = new(Party.Fund, 99, Oblast);

    [Theory]
    [InlineData("monitoring", "", "")]
    [InlineData("monitoring", "outage", "")]
    [InlineData("monitoring", "apply_on_reply", "after_appeal")]
    [InlineData("monitoring", "no_signature_no_answer", "ask_again")]
    [InlineData("monitoring", "appeal_suspends", "true")]
    [InlineData("monitoring", "p58_reply", "later")]
    [InlineData("monitoring", "list_same_day", "refuse")]
    [InlineData("monitoring", "receipt_rules", "contract")]
    [InlineData("monitoring", "reviewer_timeout", "reject_finding")]
    [InlineData("monitoring", "silence_waits", "sent_by_post")]
    [InlineData("central", "central_conclusion_branch", "central_office")]
    [InlineData("unconfirmed", "", "")]
    [InlineData("unconfirmed", "annex3_path", "none")]
    [InlineData("hiv", "", "")]
    [InlineData("hiv", "hiv_path", "current_only")]
    [Proves("MON-321:39")]
    [Proves("MON-321:55")]
    [Proves("MON-321:57")]
    [Proves("MON-321:58")]
    public void A_conclusion_has_one_owner_and_one_term_until_it_is_final_and_takes_money_once(string kind, string policy, string value)
    {
        var policies = policy is "" or "outage" ? TheLaw.Book.Policies : TheLaw.Book.Policies.With(policy, value, TheLaw.Day("2025-08-01"));
        var letter = new Outage(At("2025-09-16 09:00"), At("2025-09-17 18:00"), "12", TheLaw.Day("2025-09-18"));
        var onDay = new Dictionary<DateOnly, Terms>();
        Terms Known(DateTimeOffset at) => onDay.TryGetValue(LocalDay.Of(at), out var terms) ? terms
            : onDay[LocalDay.Of(at)] = TermsOn(at, policies, policy == "outage" && LocalDay.Of(at) >= letter.LetterOn ? [letter] : []);
        var head = kind switch
        {
            "unconfirmed" => Head(ConclusionForm.UnconfirmedCases),
            "hiv" => Head(kind: MonitoringKind.Current),
            "central" => Head() with { OfCentralOffice = true },
            _ => Head(),
        };
        var draft = new DraftConclusion(At("2025-09-12"), Clerk, head, [Line("S-1", 1_000), Line("S-2", 500)], []);
        Decided<ConclusionEvent> Decide(Conclusion? state, ConclusionCommand act) => Conclusions.Decide(state, act, Known(act.At));

        var walked = new Explored<Conclusion, ConclusionCommand, ConclusionEvent>(Decide, Conclusion.Apply, act => act.At, Key, s => s.IsFinal)
            .From(Decide(null, draft).Events, draft.At, Acts, Holds, Bound);
        output.WriteLine($"{kind} {policy}={value}: {walked.Places} places, {walked.Steps} steps");

        var answered = value is not ("none" or "current_only");
        Assert.Equal(
            answered ? [ConclusionStage.Accepted, ConclusionStage.DeemedAccepted, ConclusionStage.Discarded, ConclusionStage.Final] : [ConclusionStage.Delivered, ConclusionStage.Discarded],
            walked.Ended.Select(c => c.Stage).Distinct().OrderBy(s => s.ToString(), StringComparer.Ordinal));
        Assert.All(walked.Ended, c => Assert.Equal(c.Stage is not (ConclusionStage.Discarded or ConclusionStage.Delivered), c.Applied is not null));

        void Holds(Conclusion state, DateTimeOffset now, IReadOnlyList<ConclusionEvent> history)
        {
            var applied = history.Count(e => e is MeasuresApplied);
            Assert.True(applied <= 1, "money changed twice");
            Assert.Equal(applied == 1, state.Applied is not null);
            Assert.True(history.Count(e => e is MeasuresReturned) <= 1 && state.Returned.Withheld <= (state.Applied?.Withheld ?? Money.Zero), "more was given back than taken");
            Assert.True(history.Count(e => e is ConclusionDeemedAccepted) <= 1);
            Assert.Equal(state.IsFinal, state.Next is null);
            Assert.All(new[] { now, state.Next?.Term.EndsAt ?? now }.SelectMany(ActsOfOthers), act => Assert.True(Decide(state, act).Refusal is not null, $"{act} was taken at {state.Stage}"));
            if (state.Next is not { } next)
            {
                return;
            }

            Assert.Equal("term_runs", Decide(state, new CloseConclusionTerm(next.Term.EndsAt.AddMilliseconds(-1), Actor.System)).Refusal?.Reason);
            Ends(state, Decide);
        }
    }

    /// <summary>Silence alone ends in one state: what lies with the provider is accepted and takes its sum, what was replied to is final; what the Fund owes stays owed and is flagged once.</summary>
    private static void Ends(Conclusion state, Func<Conclusion?, ConclusionCommand, Decided<ConclusionEvent>> decide)
    {
        var (at, applied) = (state, state.Applied is null ? 0 : 1);
        for (var turns = 0; at.Next is { } next; turns++)
        {
            Assert.True(turns < 12, $"silence goes on and on from {state.Stage}");
            var step = decide(at, new CloseConclusionTerm(next.Term.EndsAt, Actor.System));
            if (step.Refusal is not null)
            {
                Assert.Equal("closed", step.Refusal.Reason);
                Assert.True(at.IsOverdue && next.Owner is not Party.Provider, $"the provider's silence at {at.Stage} brings nothing");
                break;
            }

            applied += step.Events.Count(e => e is MeasuresApplied);
            at = step.Events.Aggregate(at, (s, e) => Conclusion.Apply(s, e));
        }

        Assert.True(applied <= 1, "silence took twice");
        if (state.Stage is ConclusionStage.WithProvider or ConclusionStage.ListAwaited or ConclusionStage.Replied)
        {
            Assert.Equal((state.Stage == ConclusionStage.Replied ? ConclusionStage.Final : ConclusionStage.DeemedAccepted, 1), (at.Stage, applied));
        }
    }

    /// <summary>Each act now and after the running term is over; with the clock by itself.</summary>
    private static IEnumerable<ConclusionCommand> Acts(Conclusion state, DateTimeOffset now)
    {
        var over = state.Next?.Term.EndsAt is { } end && end > now ? end : state.Next is null ? now.AddDays(1) : now;
        foreach (var at in new[] { now, over })
        {
            yield return new SignConclusion(at, Clerk);
            yield return new SignConclusion(at, Branch);
            yield return new DiscardConclusion(at, Clerk);
            // Sending may be repeated without end; a fortnight of it shows what it does.
            if (LocalDay.Of(at) <= TheLaw.Day("2025-09-26") || state.Stage != ConclusionStage.Sent)
            {
                yield return new SendConclusion(at, Clerk, Channel.System);
                yield return new SendConclusion(at, Clerk, Channel.Electronic);
                yield return new SendConclusion(at, Clerk, Channel.Post);
            }

            yield return new NoteReceipt(at, Clerk, LocalDay.Of(at));
            yield return new AcceptConclusion(at, Provider);
            yield return new ObjectToConclusion(at, Provider, Channel.System, ["no"]);
            yield return new ObjectToConclusion(at, Provider, Channel.System, []);
            yield return new ListObjections(at, Provider, Channel.Electronic, ["no"]);
            foreach (var by in new[] { Branch, new(Party.CentralReviewer, 9, "") })
            {
                yield return new ConsiderObjections(at, by, "upheld");
                yield return new ConsiderObjections(at, by, "partly", [Line("S-1", 1_000)]);
                yield return new SendReply(at, by);
            }

            yield return new AppealResults(at, Provider, "A-1");
            yield return new DecideAppeal(at, StateBody, AppealOutcome.Upheld, "D-1");
            yield return new DecideAppeal(at, StateBody, AppealOutcome.Cancelled, "D-1");
            yield return new CloseConclusionTerm(at, Actor.System);
            yield return new CountConclusionAgain(at, Actor.System);
        }
    }

    /// <summary>What those who have no say in it might try: it is refused at every place.</summary>
    private static IEnumerable<ConclusionCommand> ActsOfOthers(DateTimeOffset at)
    {
        foreach (var by in new[] { NotOfTheTeam, StateBody, Actor.System, Provider })
        {
            yield return new SignConclusion(at, by);
        }

        foreach (var by in new[] { Provider, OtherProvider, StateBody })
        {
            yield return new DiscardConclusion(at, by);
            yield return new SendConclusion(at, by, Channel.System);
        }

        foreach (var by in new[] { OtherProvider, Clerk, StateBody })
        {
            yield return new AcceptConclusion(at, by);
            yield return new ObjectToConclusion(at, by, Channel.System, ["no"]);
            yield return new ListObjections(at, by, Channel.System, ["no"]);
        }

        foreach (var by in new[] { OtherBranch, Provider, OtherProvider, StateBody })
        {
            yield return new ConsiderObjections(at, by, "upheld");
            yield return new SendReply(at, by);
        }

        yield return new AppealResults(at, OtherProvider, "A-1");
        yield return new AppealResults(at, StateBody, "A-1");
        yield return new DecideAppeal(at, Provider, AppealOutcome.Cancelled, "D-1");
        yield return new DecideAppeal(at, OtherProvider, AppealOutcome.Cancelled, "D-1");
    }

    /// <summary>What tells two states apart: all but the moments at which they were reached.</summary>
    private static string Key(Conclusion state, DateTimeOffset now) => string.Join('|',
        state.Stage, string.Join(',', state.SignedBy.Order()), state.SignedOn, state.SentBy, state.SentOn, state.ReceivedOn, state.ObjectionTerm?.Last, state.AskedAgain, state.ObjectedOn,
        state.ListWasLate, state.Versions.Count, state.Current.Withheld, state.Applied?.Withheld, state.Returned.Withheld, state.IsStayed, state.Outcome, string.Join(',', state.Missed),
        state.Next?.Name, state.Next?.Owner, state.Next?.Term.Last, LocalDay.Of(now));
}
