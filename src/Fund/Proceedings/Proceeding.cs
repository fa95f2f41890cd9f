using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>A finding on its way to a final decision: what it is about, where it stands, who owes the next act and until when; a row of columns.</summary>
/// <param name="Excluded">Regions whose employees do not review, with commas between.</param>
/// <param name="FrozenAt">Since when later corrections do not count.</param>
public sealed record Proceeding(
    long Id, long FindingId, long LineId, long ProviderId, string Code, CareForm Form, Detection Detection, Death Death, Track Track,
    string Territory, string Excluded, long Billed, long AtRisk, DateTimeOffset DetectedAt, DateTimeOffset ShownAt, DateTimeOffset FrozenAt, string SnapshotHash)
{
    public Stage Stage { get; init; }

    /// <summary>Who owes the next act; the system when nobody does any more.</summary>
    public Party Owner { get; init; }

    /// <summary>The next term; nothing when it is final.</summary>
    public Due? Due { get; init; }

    /// <summary>What the proceeding has done to the money of its line.</summary>
    public Effect Effect { get; init; }

    /// <summary>Since when it stands at its stage.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The employee with whom the review lies; zero when with nobody.</summary>
    public long Reviewer { get; init; }

    public string ReviewerRegion { get; init; } = "";

    /// <summary>The employee of the territorial branch who decided first on a death or on code 11.0.</summary>
    public long BranchReviewer { get; init; }

    public long FirstReviewer { get; init; }

    public string FirstRegion { get; init; } = "";

    /// <summary>The employee of the blind second look.</summary>
    public long Looker { get; init; }

    public long Head { get; init; }

    public long SecondReviewer { get; init; }

    public long CentralReviewer { get; init; }

    /// <summary>With whom the review lay of an objection that was taken back; zero when with nobody, or when that review was decided on since.</summary>
    public long EarlierReviewer { get; init; }

    /// <summary>With whom the second look lay when its objection was taken back: zero if nobody was named yet, nothing if there was none.</summary>
    public long? EarlierLooker { get; init; }

    /// <summary>Employees from whom the present review was taken, with commas between.</summary>
    public string PassedOver { get; init; } = "";

    /// <summary>Day of the first missed term of the present review.</summary>
    public DateOnly? OverdueSince { get; init; }

    /// <summary>0 nobody was told, 1 the head, 2 the central office too.</summary>
    public int Escalation { get; init; }

    /// <summary>When the objection of the present stage was received.</summary>
    public DateTimeOffset? ObjectionReceivedAt { get; init; }

    /// <summary>The provider's term within which the last objection was filed, or which ended in silence.</summary>
    public Due? ObjectionDue { get; init; }

    public int DocumentRequests { get; init; }

    /// <summary>The term of the conclusion on mortality, once there is one to draw up.</summary>
    public Due? ConclusionDue { get; init; }

    public bool HasConclusion { get; init; }

    public bool ConclusionMissed { get; init; }

    /// <summary>How many events made it: the version that a writer checks.</summary>
    public int Events { get; init; }

    public bool IsFinal => Stage.IsFinal();

    public bool IsOverdue => OverdueSince is not null;

    public IReadOnlySet<string> ExcludedRegions => Excluded.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    public IReadOnlySet<long> PassedOverPersons => PassedOver.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToHashSet();

    /// <summary>The stage whose agreement is looked at again, where one is.</summary>
    public Stage Released => Track switch
    {
        Track.Death => ObjectionReceivedAt is null ? Stage.BranchReview : Stage.ReReview,
        Track.NotInContract when FirstReviewer == 0 => Stage.BranchReview,
        _ => Stage.FirstReview,
    };

    /// <summary>Everybody who had a say and therefore must not review again.</summary>
    public IReadOnlySet<long> HadSay => new[] { BranchReviewer, FirstReviewer, Looker, Head, SecondReviewer }.Where(p => p != 0).ToHashSet();

    /// <summary>Before the branch has decided on a death or on code 11.0, its provider is told of the finding only where the installation chose so.</summary>
    public bool IsShownToProvider(PoliciesOnDay policies) =>
        Track is not (Track.Death or Track.NotInContract) || BranchReviewer != 0 || policies["notify_prebranch"] == "true";

    /// <summary>What a party may see of it.</summary>
    public ProceedingView For(Party party, IReadOnlyList<ProceedingEvent> history, PoliciesOnDay policies) => ProceedingView.Of(this, history, party, policies);

    /// <summary>What an event makes of a proceeding; nothing before its first one.</summary>
    public static Proceeding Apply(Proceeding? before, ProceedingEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var after = happened is FindingShown shown
            ? new Proceeding(
                shown.Id, shown.FindingId, shown.LineId, shown.ProviderId, shown.Code, shown.Form, shown.Detection, shown.Death, shown.Track,
                shown.Territory, shown.Excluded, shown.Billed, shown.AtRisk, shown.DetectedAt, shown.ShownAt, shown.ShownAt, shown.SnapshotHash)
            : Note(before ?? throw new InvalidOperationException($"A proceeding begins with FindingShown, not with {happened.GetType().Name}."), happened);
        return Move(after, happened) with { Events = (before?.Events ?? 0) + 1 };
    }

    /// <summary>The proceeding that a history makes.</summary>
    public static Proceeding Replay(IEnumerable<ProceedingEvent> history) =>
        history.Aggregate((Proceeding?)null, Apply) ?? throw new ArgumentException("The history is empty.", nameof(history));

    private static Proceeding Note(Proceeding before, ProceedingEvent happened) => happened switch
    {
        ReviewerAssigned e => before with { Reviewer = e.Reviewer, ReviewerRegion = e.Region },
        ObjectionFiled e => before with { ObjectionReceivedAt = e.ReceivedAt, ObjectionDue = e.Due },
        ObjectionWithdrawn e => Withdrawn(before, e.To!.Stage),
        SilenceConfirmed e => before with { ObjectionDue = e.Due },
        SilenceLeftOpen e => before with { ObjectionDue = e.Due },
        CaseDecided e => Decided(before, e),
        ReviewOverdue e => before with { OverdueSince = before.OverdueSince ?? e.Due.Last, Escalation = e.Level },
        ReviewTakenBack e => before with { PassedOver = before.PassedOver.Length == 0 ? $"{e.Reviewer}" : $"{before.PassedOver},{e.Reviewer}" },
        CaseEscalated e => before with { Escalation = e.Level },
        DocumentsRequested => before with { DocumentRequests = before.DocumentRequests + 1 },
        ConclusionAttached => before with { HasConclusion = true },
        ConclusionOverdue => before with { ConclusionMissed = true },
        _ => before,
    };

    /// <summary>An objection that was taken back counts as not filed, and so does an agreement with it that was not final yet; who had it is remembered.</summary>
    private static Proceeding Withdrawn(Proceeding before, Stage back)
    {
        var looked = before.Stage is Stage.LookQueue or Stage.SecondLook;
        var reviewer = looked || before.Stage == Stage.HeadDecision ? (before.FirstReviewer != 0 ? before.FirstReviewer : before.BranchReviewer) : before.Reviewer;
        var after = before with
        {
            ObjectionReceivedAt = null,
            EarlierReviewer = reviewer != 0 ? reviewer : before.EarlierReviewer,
            EarlierLooker = !looked ? before.EarlierLooker : before.Reviewer != 0 ? before.Reviewer : before.EarlierLooker ?? 0,
        };
        return back == Stage.AwaitingObjection ? after with { FirstReviewer = 0, FirstRegion = "" } : after;
    }

    private static Proceeding Decided(Proceeding before, CaseDecided e)
    {
        var after = e.Stage switch
        {
            Stage.BranchReview => before with { BranchReviewer = e.By.Id },
            // On a death this is the substitute of the one who first confirmed.
            Stage.FirstReview or Stage.ReReview when e.By.Id != before.BranchReviewer => before with { FirstReviewer = e.By.Id, FirstRegion = e.By.Region },
            Stage.SecondLook => before with { Looker = e.By.Id },
            Stage.HeadDecision or Stage.KeptOpen => before with { Head = e.By.Id },
            Stage.SecondReview => before with { SecondReviewer = e.By.Id },
            Stage.CentralReview => before with { CentralReviewer = e.By.Id },
            _ => before,
        };
        return after with
        {
            Code = e.Code ?? before.Code,
            EarlierReviewer = 0,
            AtRisk = e.AtRisk ?? before.AtRisk,
            ConclusionDue = e.Conclusion ?? before.ConclusionDue,
        };
    }

    private static Proceeding Move(Proceeding before, ProceedingEvent happened)
    {
        if (happened.To is not { } to)
        {
            return before;
        }

        var stays = to.Stage == before.Stage && happened is not FindingShown;
        var after = before with { Stage = to.Stage, Owner = to.Owner, Due = to.Due, Effect = to.Effect, Since = stays ? before.Since : happened.At };
        if (stays)
        {
            return after;
        }

        if (!to.Stage.IsReview())
        {
            after = after with { Reviewer = to.Stage == Stage.AwaitingDocuments ? before.Reviewer : 0, ReviewerRegion = to.Stage == Stage.AwaitingDocuments ? before.ReviewerRegion : "" };
        }

        // What was missed and who was passed over belongs to one review and is forgotten with it.
        return happened is CaseDecided or ObjectionWithdrawn or SilenceConfirmed or ReviewLapsed
            ? after with { PassedOver = "", OverdueSince = null, Escalation = 0 }
            : happened is ReviewerAssigned && before.OverdueSince is null ? after with { Escalation = 0 } : after;
    }
}
