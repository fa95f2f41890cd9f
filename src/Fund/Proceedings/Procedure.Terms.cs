using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>What follows when a term ends, when it becomes longer, and when a review is taken from its reviewer.</summary>
public static partial class Procedure
{
    /// <summary>The watch closes a term that is over: the provider's silence confirms, a reviewer's never withholds.</summary>
    private static Ruling Close(Proceeding state, CloseTerm c, Terms terms)
    {
        ProceedingEvent? late = state is { ConclusionDue: { } conclusion, HasConclusion: false, ConclusionMissed: false } && !conclusion.Includes(c.At)
            ? new ConclusionOverdue(c.At, conclusion)
            : null;
        if (state.Due is not { } due)
        {
            return late is null ? Refusal.Closed : late;
        }

        if (due.Includes(c.At))
        {
            return late is null ? Refusal.NotYet(due) : late;
        }

        // An outage or a change of the calendar that nobody told this case of lengthens the term instead of ending it.
        if (Lengthen(state, c.At, terms) is { } extended)
        {
            return extended;
        }

        if (state.Stage.IsWithProvider() && c.ReceiptsHandledUpTo < due.EndsAt)
        {
            return Refusal.ReceiptsWaiting;
        }

        var ended = Ended(state, due, c, terms);
        return late is null ? ended : Ruling.Of(ended, late);
    }

    private static ProceedingEvent Ended(Proceeding state, Due due, CloseTerm c, Terms terms)
    {
        var today = LocalDay.Of(c.At);
        switch (state.Stage)
        {
            case var stage when stage.IsWithProvider():
                return Silence(state, c.At, terms);
            case Stage.Recorded or Stage.Explained:
                return new GeneralClosed(c.At, Step.Final(Stage.Closed, Effect.None), Actor.System, "");
            case Stage.AwaitingDocuments:
                return new DocumentsNotSent(
                    c.At, At(Stage.BranchReview, Party.BranchReviewer, TermName.DeathBranchReview, due.Last, terms) is var back && back.Due!.Includes(c.At) ? back
                        : At(Stage.BranchReview, Party.BranchReviewer, TermName.DeathBranchReview, today, terms),
                    due, Ground.Of("MON-321:42", terms, terms.Policies["doc_request_no_reply"]));
            case var stage when stage.IsReview():
                return Missed(state, due, c, terms);
            default:
                var name = state.Stage is Stage.HeadDecision or Stage.KeptOpen ? TermName.HeadDecision
                    : state.Stage == Stage.Held ? TermName.StateBodyResult : TermName.Reassignment;
                var owner = state.Stage == Stage.Held ? Party.StateBody : Party.Fund;
                var level = Math.Min(2, state.Escalation + 1);
                return new CaseEscalated(
                    c.At, At(state.Stage, owner, name, today, terms), level, due,
                    Ground.Of("MON-321:30", terms, "escalated", ("stage", Word(state.Stage)), ("level", level.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>A reviewer who is silent loses the case: the head is told, then another is named, then the central office is told.</summary>
    [Law("MON-321:30")]
    [Law("MON-321:34")]
    [Law("MON-321:37")]
    private static ProceedingEvent Missed(Proceeding state, Due due, CloseTerm c, Terms terms)
    {
        if (due.Name == TermName.Reassignment)
        {
            return new ReviewTakenBack(
                c.At, Queue(state.Stage.QueueOf()!.Value, c.At, Effect.None), state.Reviewer, "overdue", Actor.System, null, "",
                Ground.Of("MON-321:30", terms, "taken_back", ("overdue_since", state.OverdueSince?.ToString("yyyy-MM-dd", null) ?? "")));
        }

        var policy = terms.Policies["reviewer_timeout"];
        if (policy == "reject_finding")
        {
            return new ReviewLapsed(c.At, Step.Final(Stage.RejectedUnreviewed, Effect.PayInFull), state.Reviewer, due,
                Ground.Of("MON-321:30", terms, "rejected", ("reviewer_timeout", policy)));
        }

        var level = Math.Min(2, state.Escalation + 1);
        return new ReviewOverdue(
            c.At, At(state.Stage, Party.Fund, TermName.Reassignment, LocalDay.Of(c.At), terms), state.Reviewer, due, level,
            Ground.Of("MON-321:30", terms, "overdue", ("reviewer_timeout", policy), ("last_day", due.Last.ToString("yyyy-MM-dd", null))));
    }

    /// <summary>A head takes a review back; there is no choosing of the next one.</summary>
    [Law("MON-321:28")]
    private static Ruling TakeBack(Proceeding state, TakeBackReview c, Terms terms)
    {
        if (!state.Stage.IsReview())
        {
            return NotNow(state);
        }

        if (c.By.Party != Party.Fund)
        {
            return Refusal.WrongParty;
        }

        if (Empty(c.Reasons))
        {
            return Refusal.WithoutReasons;
        }

        return c.SecondPerson is not { Party: Party.Fund } second || second.Id == c.By.Id || second.Id == state.Reviewer || c.By.Id == state.Reviewer
            ? Refusal.SecondPersonMissing
            : new ReviewTakenBack(
                c.At, Queue(state.Stage.QueueOf()!.Value, c.At, Effect.None), state.Reviewer, "head", c.By, second, c.Reasons.Trim(),
                Ground.Of("MON-321:28", terms, "taken_back", ("second_person", second.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    /// <summary>A reviewer who is away or must not judge this provider does not keep the review, whenever that became known.</summary>
    [Law("MON-321:28")]
    private static Ruling Clear(Proceeding state, ClearReview c, Terms terms) =>
        !state.Stage.IsReview() || state.Reviewer == 0 ? NotNow(state)
        : c.By.Party != Party.System ? Refusal.WrongParty
        : new ReviewTakenBack(
            c.At, Queue(state.Stage.QueueOf()!.Value, c.At, Effect.None), state.Reviewer, c.Cause, Actor.System, null, "",
            Ground.Of("MON-321:28", terms, "taken_back", ("cause", c.Cause)));

    private static Ruling Recount(Proceeding state, RecountTerm c, Terms terms) =>
        Lengthen(state, c.At, terms) is { } extended ? extended : Ruling.Of();

    /// <summary>The running term counted anew: it can become longer, never shorter, and a final case stays final.</summary>
    [Law("MON-321:9.1")]
    private static TermExtended? Lengthen(Proceeding state, DateTimeOffset at, Terms terms)
    {
        if (state.Due is not { } due || !TermSource.All.TryGetValue(due.Name, out var source))
        {
            return null;
        }

        var anew = terms.Of(due.Name, due.Start, due.Length);
        var letters = string.Join(", ", terms.Outages.OrderBy(o => o.From).Select(o => o.LetterNumber).Distinct());
        return anew.Last <= due.Last ? null : new TermExtended(
            at, new Step(state.Stage, state.Owner, state.Effect, due.Name, anew), due,
            Ground.Of(MovedTerms.CauseOf(anew, terms) is var cause && cause == "outage" ? "MON-321:9.1" : source.Paragraph, terms, "extended",
                ("cause", cause), ("term", source.Paragraph), ("was", due.Last.ToString("yyyy-MM-dd", null)), ("now", anew.Last.ToString("yyyy-MM-dd", null)), ("letters", letters)));
    }
}
