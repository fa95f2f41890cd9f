using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>A file that somebody adds, by its hash.</summary>
/// <param name="MadeAt">When its content arose, where that is known.</param>
/// <param name="FromMis">An entry of a medical information system, which counts only if it is older than the freeze.</param>
/// <param name="Counted">Whether it counts; set when it is taken in.</param>
public sealed record Paper(string Hash, string Name, DateTimeOffset? MadeAt = null, bool FromMis = false, bool Counted = true);

/// <summary>What somebody asks a proceeding to do.</summary>
/// <param name="At">The moment at which it is handled.</param>
public abstract record ProceedingCommand(Actor By, DateTimeOffset At);

/// <summary>A finding is shown to the provider, which opens its proceeding.</summary>
/// <param name="Code">Code of the classification; empty for a death that no algorithm pointed at.</param>
/// <param name="Billed">Tiyn that the line was billed with.</param>
/// <param name="AtRisk">Tiyn that the finding would withhold.</param>
/// <param name="ShownAt">Publication in the provider's cabinet.</param>
/// <param name="SnapshotAt">When the data of the case were fixed; nothing if they were not.</param>
/// <param name="PeriodEnd">Last day of the period, for a general finding.</param>
public sealed record ShowFinding(
    Actor By, DateTimeOffset At, long Id, long FindingId, long LineId, long ProviderId, string Code, CareForm Form,
    Detection Detection, FoundBy FoundBy, Death Death, bool Paid, DateOnly ServiceOn, long Billed, long AtRisk, Places Places,
    DateTimeOffset DetectedAt, DateTimeOffset ShownAt, string SnapshotHash, DateTimeOffset? SnapshotAt, DateOnly? PeriodEnd = null) : ProceedingCommand(By, At);

/// <summary>The provider disagrees: the first objection, the repeat one, or the one for the central office, by the stage.</summary>
/// <param name="ReceivedAt">When it reached the server; this moment decides whether it came in time.</param>
public sealed record FileObjection(Actor By, DateTimeOffset At, DateTimeOffset ReceivedAt, string Reasons, IReadOnlyList<Paper> Papers) : ProceedingCommand(By, At);

/// <summary>The provider takes its objection back before it was decided on.</summary>
public sealed record WithdrawObjection(Actor By, DateTimeOffset At, DateTimeOffset ReceivedAt, string Reasons) : ProceedingCommand(By, At);

/// <summary>A reviewer or the head agrees with the provider, which rejects the finding, or disagrees, which confirms it.</summary>
/// <param name="Stage">The stage that the one who decides has before his eyes.</param>
/// <param name="Seed">Random number of the server by which agreements are drawn for a second look.</param>
/// <param name="Code">The code that is put on a death which no algorithm pointed at.</param>
/// <param name="AtRisk">Tiyn that this code withholds.</param>
public sealed record DecideCase(
    Actor By, DateTimeOffset At, Stage Stage, bool Agree, string Reasons, IReadOnlyList<Paper> Papers, ulong Seed = 0, string? Code = null, long? AtRisk = null) : ProceedingCommand(By, At);

/// <summary>The distribution names a reviewer.</summary>
/// <param name="Staff">All employees who might be chosen.</param>
/// <param name="Seed">Random number of the server that decides between equals.</param>
public sealed record AssignReviewer(Actor By, DateTimeOffset At, IReadOnlyList<Employee> Staff, ulong Seed) : ProceedingCommand(By, At);

/// <summary>A head takes a review from its reviewer, with a reason and a second person; the distribution names the next.</summary>
public sealed record TakeBackReview(Actor By, DateTimeOffset At, string Reasons, Actor? SecondPerson) : ProceedingCommand(By, At);

/// <summary>The watch found that the term of the stage is over.</summary>
/// <param name="ReceiptsHandledUpTo">Everything that was received before this moment is registered.</param>
public sealed record CloseTerm(Actor By, DateTimeOffset At, DateTimeOffset ReceiptsHandledUpTo) : ProceedingCommand(By, At);

/// <summary>The terms are counted anew because an outage was confirmed or the calendar changed.</summary>
public sealed record RecountTerm(Actor By, DateTimeOffset At) : ProceedingCommand(By, At);

/// <summary>The reviewer is away or has a conflict of interest: the review goes to another at once.</summary>
/// <param name="Cause">away or conflict.</param>
public sealed record ClearReview(Actor By, DateTimeOffset At, string Cause) : ProceedingCommand(By, At);

/// <summary>A reviewer asks the provider in writing for documents.</summary>
/// <param name="ContractDays">Working days for the reply, where the policy leaves them to the contract.</param>
public sealed record RequestDocuments(Actor By, DateTimeOffset At, string Reasons, int? ContractDays = null) : ProceedingCommand(By, At);

/// <summary>The provider sends the documents that it was asked for.</summary>
public sealed record SendDocuments(Actor By, DateTimeOffset At, DateTimeOffset ReceivedAt, IReadOnlyList<Paper> Papers) : ProceedingCommand(By, At);

/// <summary>The opinion of an independent expert or a profile specialist is put to the case.</summary>
/// <param name="Expert">Number of the expert in the register.</param>
public sealed record AttachOpinion(Actor By, DateTimeOffset At, string Expert, Paper Opinion) : ProceedingCommand(By, At);

/// <summary>The conclusion on mortality is put to the case.</summary>
public sealed record AttachConclusion(Actor By, DateTimeOffset At, Paper Conclusion) : ProceedingCommand(By, At);

/// <summary>The provider explains a general finding.</summary>
public sealed record ExplainFinding(Actor By, DateTimeOffset At, DateTimeOffset ReceivedAt, string Reasons, IReadOnlyList<Paper> Papers) : ProceedingCommand(By, At);

/// <summary>The Fund has used an explanation and closes the general finding.</summary>
public sealed record CloseGeneral(Actor By, DateTimeOffset At, string Reasons) : ProceedingCommand(By, At);

/// <summary>The state body has examined a maternal death: the finding on it goes on, or is dropped.</summary>
public sealed record RecordStateBodyResult(Actor By, DateTimeOffset At, bool GoesOn, string Reasons) : ProceedingCommand(By, At);
