namespace Kepil.Fund.Proceedings;

/// <summary>Where a proceeding stands.</summary>
public enum Stage
{
    /// <summary>Waits for an employee of the territorial branch.</summary>
    BranchQueue,
    BranchReview,
    AwaitingDocuments,

    /// <summary>A finding on a maternal death, until the state body has its result.</summary>
    Held,
    AwaitingObjection,

    /// <summary>An objection waits for its first reviewer.</summary>
    ReviewQueue,
    FirstReview,

    /// <summary>An agreement of the first level waits for a blind second look.</summary>
    LookQueue,
    SecondLook,

    /// <summary>Two views of an agreement differ; the head decides.</summary>
    HeadDecision,
    AwaitingRepeat,
    RepeatQueue,
    SecondReview,

    /// <summary>An objection on a death waits for the employee who first confirmed.</summary>
    ReReviewQueue,
    ReReview,
    AwaitingDisagreement,
    CentralQueue,
    CentralReview,

    /// <summary>Nobody objected again, and the installation chose not to deduct without a decision of the head.</summary>
    KeptOpen,
    Recorded,
    Explained,

    ConfirmedBySilence,
    RejectedByBranch,
    RejectedAtFirst,
    ConfirmedWithoutRepeat,
    ConfirmedAtSecond,
    RejectedOnObjection,
    ConfirmedWithoutEscalation,
    RejectedByCentral,
    ConfirmedByCentral,
    RejectedByHead,
    RejectedUnreviewed,
    Closed,
    PassedToUnscheduled,
    NotMonitored,
}

/// <summary>What a step does to the money of the line.</summary>
public enum Effect
{
    None,
    PayInFull,

    /// <summary>Reduced by the classification; by nothing where the cell says 0.</summary>
    Reduce,
}

/// <summary>What can be said of a stage by itself.</summary>
public static class Stages
{
    public static bool IsFinal(this Stage stage) => stage >= Stage.ConfirmedBySilence;

    /// <summary>Closed because nobody acted within a term.</summary>
    public static bool IsBySilence(this Stage stage) => stage is Stage.ConfirmedBySilence or Stage.ConfirmedWithoutRepeat or Stage.ConfirmedWithoutEscalation;

    /// <summary>Waits for the distribution to name a reviewer.</summary>
    public static bool IsQueue(this Stage stage) => RouteOf(stage) is not null;

    /// <summary>Lies with a reviewer.</summary>
    public static bool IsReview(this Stage stage) => QueueOf(stage) is not null;

    /// <summary>Waits for an act of the provider whose silence confirms.</summary>
    public static bool IsWithProvider(this Stage stage) => stage is Stage.AwaitingObjection or Stage.AwaitingRepeat or Stage.AwaitingDisagreement;

    public static Route? RouteOf(this Stage queue) => queue switch
    {
        Stage.BranchQueue => Route.Territory,
        Stage.ReviewQueue => Route.OtherRegion,
        Stage.LookQueue => Route.SecondLook,
        Stage.RepeatQueue => Route.SecondPerson,
        Stage.ReReviewQueue => Route.SameEmployee,
        Stage.CentralQueue => Route.Central,
        _ => null,
    };

    public static Stage ReviewAfter(this Stage queue) => queue switch
    {
        Stage.BranchQueue => Stage.BranchReview,
        Stage.ReviewQueue => Stage.FirstReview,
        Stage.LookQueue => Stage.SecondLook,
        Stage.RepeatQueue => Stage.SecondReview,
        Stage.ReReviewQueue => Stage.ReReview,
        Stage.CentralQueue => Stage.CentralReview,
        _ => throw new ArgumentException($"{queue} waits for no reviewer.", nameof(queue)),
    };

    public static Stage? QueueOf(this Stage review) => review switch
    {
        Stage.BranchReview => Stage.BranchQueue,
        Stage.FirstReview => Stage.ReviewQueue,
        Stage.SecondLook => Stage.LookQueue,
        Stage.SecondReview => Stage.RepeatQueue,
        Stage.ReReview => Stage.ReReviewQueue,
        Stage.CentralReview => Stage.CentralQueue,
        _ => null,
    };

    public static Party ReviewerOf(this Stage stage) => stage switch
    {
        Stage.SecondReview => Party.SecondReviewer,
        Stage.CentralReview => Party.CentralReviewer,
        _ => Party.BranchReviewer,
    };
}
