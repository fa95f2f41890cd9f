using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>What the provider does: objections, their withdrawal, silence.</summary>
public static partial class Procedure
{
    /// <summary>An objection with reasons that was received within the term is taken, whenever it is handled.</summary>
    [Law("MON-321:26")]
    [Law("MON-321:32")]
    [Law("MON-321:36")]
    [Law("MON-321:44.1")]
    [Law("MON-321:46.1")]
    [Law("MON-321:50.3")]
    private static Ruling File(Proceeding state, FileObjection c, Terms terms)
    {
        if (c.By.Party != Party.Provider)
        {
            return Refusal.WrongParty;
        }

        if (!state.Stage.IsWithProvider())
        {
            return Unasked(state, c, terms);
        }

        if (Empty(c.Reasons) && terms.Policies["objection_reasons"] == "required")
        {
            return Refusal.WithoutReasons;
        }

        var extended = Lengthen(state, c.At, terms);
        var due = extended?.To!.Due ?? state.Due!;
        if (!due.Includes(c.ReceivedAt))
        {
            return Refusal.TooLate(due);
        }

        if (Refused(state, c.Papers, state.Stage == Stage.AwaitingObjection, terms) is { } refusal)
        {
            return refusal;
        }

        var (queue, paragraph) = state.Stage switch
        {
            Stage.AwaitingObjection when state.Track == Track.Death => (Stage.ReReviewQueue, "MON-321:44.1"),
            Stage.AwaitingObjection => (Stage.ReviewQueue, "MON-321:26"),
            Stage.AwaitingRepeat => (Stage.RepeatQueue, "MON-321:32"),
            _ => (Stage.CentralQueue, "MON-321:46.1"),
        };
        var filed = new ObjectionFiled(
            c.At, Queue(queue, c.At, Effect.None), c.By, state.Stage, c.ReceivedAt, due, c.Reasons.Trim(), Marked(state, c.Papers),
            Ground.Of(paragraph, terms, "filed", ("last_day", due.Last.ToString("yyyy-MM-dd", null)), ("from", due.Start.ToString("yyyy-MM-dd", null))));
        return extended is null ? filed : Ruling.Of(extended, filed);
    }

    /// <summary>An objection at a stage that waits for none.</summary>
    private static Ruling Unasked(Proceeding state, FileObjection c, Terms terms)
    {
        if (state.Stage.IsBySilence() && state.ObjectionDue is { } ended)
        {
            return Refusal.TooLate(ended);
        }

        if (state.IsFinal || Undecided(state) is null)
        {
            return NotNow(state);
        }

        if (terms.Policies["objections_per_stage"] != "several")
        {
            return Refusal.OncePerStage;
        }

        return Empty(c.Reasons) && terms.Policies["objection_reasons"] == "required" ? Refusal.WithoutReasons
            : !state.ObjectionDue!.Includes(c.ReceivedAt) ? Refusal.TooLate(state.ObjectionDue)
            : Refused(state, c.Papers, Undecided(state) == Stage.AwaitingObjection, terms) is { } refusal ? refusal
            : new ObjectionAdded(c.At, c.By, c.ReceivedAt, c.Reasons.Trim(), Marked(state, c.Papers));
    }

    /// <summary>An objection that was taken back counts as not filed: its term runs on, or is for the watch to close. Filed anew it goes to the reviewer with whom it lay.</summary>
    [Law("MON-321:26")]
    private static Ruling Withdraw(Proceeding state, WithdrawObjection c, Terms terms)
    {
        if (c.By.Party != Party.Provider)
        {
            return Refusal.WrongParty;
        }

        if (Undecided(state) is not { } awaiting || terms.Policies["objection_withdrawal"] != "until_decision" || state.ObjectionDue is not { } due)
        {
            return state.IsFinal ? Refusal.Closed : Refusal.NoWithdrawal;
        }

        var back = new Step(awaiting, Party.Provider, Effect.None, due.Name, terms.Of(due.Name, due.Start) is var term && term.Last > due.Last ? term : Kept(due));
        return new ObjectionWithdrawn(c.At, back, c.By, c.ReceivedAt, c.Reasons, Ground.Of("MON-321:26", terms, "withdrawn"));
    }

    /// <summary>The provider was silent: the finding is confirmed and the sum reduced.</summary>
    [Law("MON-321:27")]
    [Law("MON-321:44.2")]
    private static ProceedingEvent Silence(Proceeding state, DateTimeOffset at, Terms terms)
    {
        var due = state.Due!;
        var (stage, paragraph) = state.Stage switch
        {
            Stage.AwaitingObjection => (Stage.ConfirmedBySilence, state.Track == Track.Death ? "MON-321:44.2" : "MON-321:27"),
            Stage.AwaitingRepeat => (Stage.ConfirmedWithoutRepeat, "MON-321:32"),
            _ => (Stage.ConfirmedWithoutEscalation, "MON-321:46.1"),
        };
        var policy = state.Stage == Stage.AwaitingObjection ? "deduct" : terms.Policies["silence_after_confirm"];
        var ground = Ground.Of(paragraph, terms, policy == "deduct" ? "confirmed" : "left_open", ("last_day", due.Last.ToString("yyyy-MM-dd", null)), ("silence_after_confirm", policy));
        return policy == "deduct"
            ? new SilenceConfirmed(at, Step.Final(stage, Effect.Reduce), due, ground)
            : new SilenceLeftOpen(at, At(Stage.KeptOpen, Party.Fund, TermName.HeadDecision, LocalDay.Of(at), terms), due, ground);
    }

    /// <summary>The stage to which an objection belongs on which nobody has decided yet; an agreement that is looked at again is no decision.</summary>
    internal static Stage? Undecided(Proceeding state) => state.Stage switch
    {
        Stage.ReviewQueue or Stage.FirstReview => Stage.AwaitingObjection,
        Stage.ReReviewQueue or Stage.ReReview => Stage.AwaitingObjection,
        Stage.LookQueue or Stage.SecondLook or Stage.HeadDecision when state.Released != Stage.BranchReview => Stage.AwaitingObjection,
        Stage.RepeatQueue or Stage.SecondReview => Stage.AwaitingRepeat,
        Stage.CentralQueue or Stage.CentralReview when state.Track == Track.Death => Stage.AwaitingDisagreement,
        _ => null,
    };

    private static Refusal? Refused(Proceeding state, IReadOnlyList<Paper> papers, bool first, Terms terms) =>
        first && papers.Count > 0 && terms.Policies["attachments"] == "repeat_only" ? Refusal.NoPapers
        : terms.Policies["post_freeze"] == "reject" && papers.FirstOrDefault(a => a.MadeAt > state.FrozenAt) is { } late ? Refusal.AfterFreeze(late.Name)
        : null;

    /// <summary>Entries of a medical information system that are later than the freeze are kept and marked as not counted.</summary>
    [Law("MON-321:24")]
    private static IReadOnlyList<Paper> Marked(Proceeding state, IReadOnlyList<Paper> papers) =>
        [.. papers.Select(a => a with { Counted = !(a.FromMis && (a.MadeAt is null || a.MadeAt > state.FrozenAt)) })];

    /// <summary>A term as it was, without its derivation, which its first event holds.</summary>
    private static Term Kept(Due due) => new(due.Start, due.Length, TermUnit.WorkingDay, false, due.Last, []);
}
