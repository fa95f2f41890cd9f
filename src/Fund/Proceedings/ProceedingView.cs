using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>What a party may see of one step of a proceeding.</summary>
/// <param name="Who">The capacity in which somebody acted; a name only where names may be seen.</param>
/// <param name="Person">The account of the one who acted; nothing where it is hidden.</param>
public sealed record SeenStep(
    string What, DateTimeOffset At, string Who, long? Person, string? Region, string? Outcome, string Reasons, IReadOnlyList<Paper> Papers, DateOnly? Until);

/// <summary>What a party may see of a proceeding: never rules, weights or limits, and of reviewers only what their route allows.</summary>
/// <param name="Stage">Word of the stage as the party sees it.</param>
/// <param name="Until">Last day of the term that concerns the party.</param>
public sealed record ProceedingView(
    long Id, long LineId, long ProviderId, string Code, string Form, string Track, string Stage, string Owner, string Effect, DateOnly? Until,
    DateOnly DetectedOn, DateTimeOffset FrozenAt, string SnapshotHash, IReadOnlyList<SeenStep> Steps)
{
    /// <summary>The proceeding as a party sees it; the same for the second reviewer whoever reviewed first.</summary>
    [Law("MON-321:15")]
    [Law("MON-321:33")]
    public static ProceedingView Of(Proceeding proceeding, IReadOnlyList<ProceedingEvent> history, Party party, PoliciesOnDay policies)
    {
        ArgumentNullException.ThrowIfNull(proceeding);
        var shown = Shown(proceeding, party, policies);
        var (stage, isMasked) = (ProceedingJson.Word(shown), shown != proceeding.Stage);
        var steps = history.Where(e => Sees(proceeding, e, party, policies)).Select(e => Step(e, NamesFor(proceeding, party, policies))).ToList();
        return new(
            proceeding.Id, proceeding.LineId, proceeding.ProviderId, proceeding.Code, proceeding.Form.Word(), ProceedingJson.Word(proceeding.Track),
            stage, ProceedingJson.Word(OwnerFor(proceeding, party, shown)), ProceedingJson.Word(proceeding.Effect),
            (!isMasked || party == Party.BranchReviewer) && SeesTerm(proceeding, party) ? proceeding.Due?.Last : null,
            LocalDay.Of(proceeding.DetectedAt), proceeding.FrozenAt, proceeding.SnapshotHash, steps);
    }

    /// <summary>The stage in words that tell a party no more than it may know: a second look must not be told from a first review.</summary>
    private static Stage Shown(Proceeding proceeding, Party party, PoliciesOnDay policies)
    {
        if (party is Party.Fund or Party.System)
        {
            return proceeding.Stage;
        }

        var stage = proceeding.Stage switch
        {
            Proceedings.Stage.ReviewQueue => Proceedings.Stage.FirstReview,
            Proceedings.Stage.LookQueue or Proceedings.Stage.SecondLook or Proceedings.Stage.HeadDecision => proceeding.Released,
            Proceedings.Stage.BranchQueue => Proceedings.Stage.BranchReview,
            Proceedings.Stage.RepeatQueue => Proceedings.Stage.SecondReview,
            Proceedings.Stage.ReReviewQueue => Proceedings.Stage.ReReview,
            Proceedings.Stage.CentralQueue => Proceedings.Stage.CentralReview,
            var other => other,
        };
        return party == Party.Provider && stage == Proceedings.Stage.CentralReview && proceeding.Track != Proceedings.Track.Death && policies["notify_34_1"] != "true"
            ? Proceedings.Stage.SecondReview
            : stage;
    }

    /// <summary>Outside the Fund a review is with its reviewer, whether nobody was named yet, its term was missed or it is looked at again.</summary>
    private static Party OwnerFor(Proceeding proceeding, Party party, Stage shown) =>
        party is Party.Fund or Party.System || !shown.IsReview() ? proceeding.Owner : shown.ReviewerOf();

    /// <summary>Terms of reviews are the Fund's own matter; the provider sees its own, reviewers theirs.</summary>
    private static bool SeesTerm(Proceeding proceeding, Party party) => party switch
    {
        Party.Fund or Party.System => true,
        Party.Provider => proceeding.Owner == Party.Provider,
        _ => proceeding.OverdueSince is null && (proceeding.Owner == party || proceeding.Owner == Party.Provider),
    };

    private static bool Sees(Proceeding proceeding, ProceedingEvent happened, Party party, PoliciesOnDay policies)
    {
        if (party is Party.Fund or Party.System)
        {
            return true;
        }

        return happened switch
        {
            FindingShown => party != Party.Provider || policies["notify_prebranch"] == "true" || proceeding.Track is not (Proceedings.Track.Death or Proceedings.Track.NotInContract) || proceeding.BranchReviewer != 0,
            ObjectionFiled e => party != Party.BranchReviewer || e.Against != Proceedings.Stage.AwaitingRepeat,
            ObjectionAdded or ObjectionWithdrawn or SilenceConfirmed or TermExtended or DocumentsRequested or DocumentsSent or DocumentsNotSent
                or FindingExplained or GeneralClosed or StateBodyResultRecorded or OpinionAttached => true,
            ConclusionAttached => party != Party.Provider,
            CaseDecided e => SeesDecision(proceeding, e, party, policies),
            _ => false,
        };
    }

    private static bool SeesDecision(Proceeding proceeding, CaseDecided decided, Party party, PoliciesOnDay policies)
    {
        // An agreement that awaits its second look is no decision yet, one on which the head decided otherwise never was; the look itself is the Fund's own matter.
        var stands = decided.Stage switch
        {
            Proceedings.Stage.SecondLook => false,
            Proceedings.Stage.HeadDecision => !decided.Agreed,
            Proceedings.Stage.BranchReview => !decided.Agreed || proceeding.Stage == Proceedings.Stage.RejectedByBranch,
            Proceedings.Stage.FirstReview => !decided.Agreed || proceeding.Stage == Proceedings.Stage.RejectedAtFirst,
            Proceedings.Stage.ReReview => !decided.Agreed || proceeding.Stage == Proceedings.Stage.RejectedOnObjection,
            _ => true,
        };
        return stands && party switch
        {
            Party.Provider => decided.Stage != Proceedings.Stage.SecondReview || !decided.Agreed || policies["notify_34_1"] == "true",
            // Who reviews an objection sees the confirmation against which it was filed, and nothing of his own review.
            Party.BranchReviewer => decided.Stage is Proceedings.Stage.BranchReview or Proceedings.Stage.ReReview
                || decided.Stage == Proceedings.Stage.HeadDecision && decided.To!.Stage == Proceedings.Stage.AwaitingObjection,
            Party.SecondReviewer or Party.CentralReviewer => true,
            _ => proceeding.IsFinal && decided.To!.Stage.IsFinal(),
        };
    }

    /// <summary>Whose names a party may see: the Fund sees all, on a death there is nothing to mask, elsewhere nobody sees reviewers.</summary>
    private static bool NamesFor(Proceeding proceeding, Party party, PoliciesOnDay policies) => party switch
    {
        Party.Fund or Party.System => true,
        Party.Provider => policies["mask_to_provider"] == "false",
        Party.CentralReviewer => policies["mask_central"] == "false",
        Party.BranchReviewer => proceeding.Track == Proceedings.Track.Death,
        _ => false,
    };

    private static SeenStep Step(ProceedingEvent happened, bool names)
    {
        SeenStep Seen(Actor by, string? outcome, string reasons, IReadOnlyList<Paper> papers, string? who = null)
        {
            var known = names || by.Party == Party.Provider;
            return new(ProceedingJson.KindOf(happened), happened.At, who ?? ProceedingJson.Word(by.Party), known && by.Id != 0 ? by.Id : null, known && by.Region.Length > 0 ? by.Region : null,
                outcome, reasons, papers, happened.To?.Owner == Party.Provider ? happened.To.Due?.Last : null);
        }

        return happened switch
        {
            FindingShown e => Seen(Actor.System, e.Code, "", []),
            ObjectionFiled e => Seen(e.By, ProceedingJson.Word(e.Against), e.Reasons, e.Papers),
            ObjectionAdded e => Seen(e.By, null, e.Reasons, e.Papers),
            ObjectionWithdrawn e => Seen(e.By, null, e.Reasons, []),
            // What the head decided in place of the first reviewer looks like the first reviewer's decision.
            CaseDecided e => Seen(e.By, e.Agreed ? "rejected" : "confirmed", e.Reasons, e.Papers,
                names ? null : ProceedingJson.Word(e.Stage is Proceedings.Stage.HeadDecision or Proceedings.Stage.SecondLook ? Party.BranchReviewer : e.Stage == Proceedings.Stage.KeptOpen ? Party.Fund : e.Stage.ReviewerOf())),
            DocumentsRequested e => Seen(e.By, null, e.Reasons, []) with { Until = e.Reply.Last },
            DocumentsSent e => Seen(e.By, null, "", e.Papers),
            FindingExplained e => Seen(e.By, null, e.Reasons, e.Papers),
            GeneralClosed e => Seen(e.By, null, e.Reasons, []),
            StateBodyResultRecorded e => Seen(e.By, e.GoesOn ? "goes_on" : "dropped", e.Reasons, []),
            OpinionAttached e => Seen(e.By, e.Expert, "", [e.Opinion]),
            ConclusionAttached e => Seen(e.By, null, "", [e.Conclusion]),
            ReviewTakenBack e => Seen(e.By, e.Cause, e.Reasons, []),
            ReviewerAssigned e => Seen(new(Party.System, e.Reviewer, e.Region), ProceedingJson.Word(e.Route), "", []),
            _ => Seen(Actor.System, null, "", []),
        };
    }
}
