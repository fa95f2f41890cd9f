using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Papers beside the decisions: requested documents, expert opinions, the conclusion on mortality.</summary>
public static partial class Procedure
{
    /// <summary>Documents are asked for in writing; on a death the branch waits for them, elsewhere the reviewer's term runs on.</summary>
    [Law("MON-321:5")]
    [Law("MON-321:6.3")]
    [Law("MON-321:42")]
    private static Ruling Request(Proceeding state, RequestDocuments c, Terms terms)
    {
        if (!state.Stage.IsReview() || state.Stage == Stage.SecondLook)
        {
            return NotNow(state);
        }

        if (c.By.Id != state.Reviewer || c.By.Party != state.Stage.ReviewerOf())
        {
            return Refusal.WrongPerson;
        }

        if (Empty(c.Reasons))
        {
            return Refusal.WithoutReasons;
        }

        var waits = state.Track == Track.Death && state.Stage == Stage.BranchReview && state.OverdueSince is null;
        var reply = terms.Of(TermName.DocumentReply, LocalDay.Of(c.At), c.ContractDays);
        return new DocumentsRequested(
            c.At, waits ? new Step(Stage.AwaitingDocuments, Party.Provider, Effect.None, TermName.DocumentReply, reply) : null,
            c.By, c.Reasons.Trim(), Due.Of(TermName.DocumentReply, reply), Ground.Of(waits ? "MON-321:42" : "MON-321:5", terms, "requested"));
    }

    [Law("MON-321:42")]
    private static Ruling Send(Proceeding state, SendDocuments c, Terms terms)
    {
        if (c.By.Party != Party.Provider)
        {
            return Refusal.WrongParty;
        }

        if (state.IsFinal)
        {
            return Refusal.Closed;
        }

        return state.DocumentRequests == 0 ? Refusal.NothingAsked : new DocumentsSent(
            c.At,
            state.Stage == Stage.AwaitingDocuments ? At(Stage.BranchReview, Party.BranchReviewer, TermName.DeathBranchReview, LocalDay.Of(c.At), terms) : null,
            c.By, c.ReceivedAt, Marked(state, c.Papers));
    }

    /// <summary>Experts are engaged where the Fund needs them; the reviewer's term runs on.</summary>
    [Law("MON-321:48")]
    private static Ruling Attach(Proceeding state, AttachOpinion c, Terms terms) =>
        state.Track != Track.Death || !state.Stage.IsReview() && state.Stage != Stage.AwaitingDocuments ? NotNow(state)
        : c.By.Party is not (Party.Fund or Party.BranchReviewer or Party.CentralReviewer) ? Refusal.WrongParty
        : new OpinionAttached(c.At, c.By, c.Expert, c.Opinion, Ground.Of("MON-321:48", terms, "attached"));

    /// <summary>Every infant's death ends in a conclusion on mortality, also after the decision on the finding.</summary>
    [Law("MON-321:49")]
    private static Ruling Conclude(Proceeding state, AttachConclusion c, Terms terms) =>
        state.Track != Track.Death || state.HasConclusion || state.BranchReviewer == 0 ? NotNow(state)
        : c.By.Party is not (Party.BranchReviewer or Party.Fund) || c.By.Region != state.Territory ? Refusal.WrongParty
        : new ConclusionAttached(c.At, c.By, c.Conclusion, Ground.Of("MON-321:49", terms, "attached"));
}
