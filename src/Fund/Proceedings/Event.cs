using System.Text.Json.Serialization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Where a proceeding stands after an event: the stage, who owes the next act, until when, and what it does to money.</summary>
public sealed record Step(Stage Stage, Party Owner, Effect Effect, TermName? TermName, Term? Term)
{
    [JsonIgnore]
    public Due? Due => TermName is { } name && Term is { } term ? Proceedings.Due.Of(name, term) : null;

    public static Step Final(Stage stage, Effect effect) => new(stage, Party.System, effect, null, null);
}

/// <summary>Something that happened to a proceeding and is never changed.</summary>
/// <param name="At">The moment at which it was noted.</param>
/// <param name="To">Where the proceeding stands since; nothing if it did not move.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FindingShown), "finding_shown")]
[JsonDerivedType(typeof(ReviewerAssigned), "reviewer_assigned")]
[JsonDerivedType(typeof(NobodyWasFree), "nobody_was_free")]
[JsonDerivedType(typeof(ObjectionFiled), "objection_filed")]
[JsonDerivedType(typeof(ObjectionAdded), "objection_added")]
[JsonDerivedType(typeof(ObjectionWithdrawn), "objection_withdrawn")]
[JsonDerivedType(typeof(SilenceConfirmed), "silence_confirmed")]
[JsonDerivedType(typeof(SilenceLeftOpen), "silence_left_open")]
[JsonDerivedType(typeof(CaseDecided), "case_decided")]
[JsonDerivedType(typeof(SecondLookOrdered), "second_look_ordered")]
[JsonDerivedType(typeof(ReviewOverdue), "review_overdue")]
[JsonDerivedType(typeof(ReviewTakenBack), "review_taken_back")]
[JsonDerivedType(typeof(ReviewLapsed), "review_lapsed")]
[JsonDerivedType(typeof(CaseEscalated), "case_escalated")]
[JsonDerivedType(typeof(TermExtended), "term_extended")]
[JsonDerivedType(typeof(DocumentsRequested), "documents_requested")]
[JsonDerivedType(typeof(DocumentsSent), "documents_sent")]
[JsonDerivedType(typeof(DocumentsNotSent), "documents_not_sent")]
[JsonDerivedType(typeof(OpinionAttached), "opinion_attached")]
[JsonDerivedType(typeof(ConclusionAttached), "conclusion_attached")]
[JsonDerivedType(typeof(ConclusionOverdue), "conclusion_overdue")]
[JsonDerivedType(typeof(FindingExplained), "finding_explained")]
[JsonDerivedType(typeof(GeneralClosed), "general_closed")]
[JsonDerivedType(typeof(StateBodyResultRecorded), "state_body_result_recorded")]
public abstract record ProceedingEvent(DateTimeOffset At, Step? To);

/// <summary>The finding was shown, its evidence frozen and its track chosen.</summary>
/// <param name="Excluded">Regions whose employees do not review, with commas between.</param>
public sealed record FindingShown(
    DateTimeOffset At, Step To, Actor By, long Id, long FindingId, long LineId, long ProviderId, string Code, CareForm Form, Detection Detection, FoundBy FoundBy,
    Death Death, Track Track, string Territory, string Excluded, long Billed, long AtRisk, DateTimeOffset DetectedAt, DateTimeOffset ShownAt,
    string SnapshotHash, DateTimeOffset SnapshotAt, Ground Ground) : ProceedingEvent(At, To);

/// <summary>The distribution named a reviewer.</summary>
/// <param name="Candidates">How many could have been chosen.</param>
/// <param name="Drawn">How many of them were equal, so that the draw decided.</param>
public sealed record ReviewerAssigned(DateTimeOffset At, Step To, Route Route, long Reviewer, string Region, int Candidates, int Drawn, ulong Seed, Ground Ground) : ProceedingEvent(At, To);

/// <summary>Nobody could be named without breaking the route; a head has to act.</summary>
/// <param name="LeftOut">How many employees were left out, by the reason.</param>
public sealed record NobodyWasFree(DateTimeOffset At, Step To, Route Route, IReadOnlyDictionary<string, int> LeftOut, Ground Ground) : ProceedingEvent(At, To);

/// <summary>The provider objected in time.</summary>
public sealed record ObjectionFiled(
    DateTimeOffset At, Step To, Actor By, Stage Against, DateTimeOffset ReceivedAt, Due Due, string Reasons, IReadOnlyList<Paper> Papers, Ground Ground) : ProceedingEvent(At, To);

/// <summary>The provider added to its objection while the term still ran.</summary>
public sealed record ObjectionAdded(DateTimeOffset At, Actor By, DateTimeOffset ReceivedAt, string Reasons, IReadOnlyList<Paper> Papers) : ProceedingEvent(At, null);

/// <summary>The provider took its objection back, which then counts as not filed.</summary>
public sealed record ObjectionWithdrawn(DateTimeOffset At, Step To, Actor By, DateTimeOffset ReceivedAt, string Reasons, Ground Ground) : ProceedingEvent(At, To);

/// <summary>The provider's term ended without an objection, which confirms the finding.</summary>
public sealed record SilenceConfirmed(DateTimeOffset At, Step To, Due Due, Ground Ground) : ProceedingEvent(At, To);

/// <summary>The provider's term ended without a repeat objection, and the installation wants a decision of the head first.</summary>
public sealed record SilenceLeftOpen(DateTimeOffset At, Step To, Due Due, Ground Ground) : ProceedingEvent(At, To);

/// <summary>A reviewer or the head decided.</summary>
/// <param name="Stage">The stage at which it was decided.</param>
/// <param name="Due">The term within which it was due.</param>
/// <param name="Conclusion">The term of the conclusion on mortality, where one has to be drawn up.</param>
public sealed record CaseDecided(
    DateTimeOffset At, Step To, Stage Stage, Actor By, bool Agreed, string Reasons, IReadOnlyList<Paper> Papers, Due Due, Ground Ground,
    string? Code = null, long? AtRisk = null, Due? Conclusion = null) : ProceedingEvent(At, To);

/// <summary>An agreement of the first level goes to a blind second look before it is final.</summary>
/// <param name="Cause">sample, sum, or looked_before where an earlier agreement of the case was sent there.</param>
/// <param name="Draw">The number drawn, 0 to 99; below the percentage of the sample it is taken.</param>
public sealed record SecondLookOrdered(DateTimeOffset At, Step To, string Cause, int Draw, ulong Seed, Ground Ground) : ProceedingEvent(At, To);

/// <summary>A reviewer's term ended without a decision, which never withholds money.</summary>
/// <param name="Level">1 the head is told, 2 the central office too.</param>
public sealed record ReviewOverdue(DateTimeOffset At, Step To, long Reviewer, Due Due, int Level, Ground Ground) : ProceedingEvent(At, To);

/// <summary>A review was taken from its reviewer.</summary>
/// <param name="Cause">overdue, head, away or conflict.</param>
public sealed record ReviewTakenBack(DateTimeOffset At, Step To, long Reviewer, string Cause, Actor By, Actor? SecondPerson, string Reasons, Ground Ground) : ProceedingEvent(At, To);

/// <summary>A reviewer's term ended without a decision, and the installation chose that the finding falls.</summary>
public sealed record ReviewLapsed(DateTimeOffset At, Step To, long Reviewer, Due Due, Ground Ground) : ProceedingEvent(At, To);

/// <summary>A step that people owe was not taken in time; the next level is told.</summary>
public sealed record CaseEscalated(DateTimeOffset At, Step To, int Level, Due Due, Ground Ground) : ProceedingEvent(At, To);

/// <summary>A running term became longer.</summary>
/// <param name="From">The term as it was.</param>
public sealed record TermExtended(DateTimeOffset At, Step To, Due From, Ground Ground) : ProceedingEvent(At, To);

/// <summary>Documents were asked for in writing.</summary>
/// <param name="Reply">Until when they are expected.</param>
public sealed record DocumentsRequested(DateTimeOffset At, Step? To, Actor By, string Reasons, Due Reply, Ground Ground) : ProceedingEvent(At, To);

/// <summary>The provider sent documents that were asked for.</summary>
public sealed record DocumentsSent(DateTimeOffset At, Step? To, Actor By, DateTimeOffset ReceivedAt, IReadOnlyList<Paper> Papers) : ProceedingEvent(At, To);

/// <summary>The documents did not come in time; the review goes on with what there is.</summary>
public sealed record DocumentsNotSent(DateTimeOffset At, Step To, Due Due, Ground Ground) : ProceedingEvent(At, To);

/// <summary>An expert's opinion was put to the case.</summary>
public sealed record OpinionAttached(DateTimeOffset At, Actor By, string Expert, Paper Opinion, Ground Ground) : ProceedingEvent(At, null);

/// <summary>The conclusion on mortality was put to the case.</summary>
public sealed record ConclusionAttached(DateTimeOffset At, Actor By, Paper Conclusion, Ground Ground) : ProceedingEvent(At, null);

/// <summary>The conclusion on mortality was not there in time.</summary>
public sealed record ConclusionOverdue(DateTimeOffset At, Due Due) : ProceedingEvent(At, null);

/// <summary>The provider explained a general finding.</summary>
public sealed record FindingExplained(DateTimeOffset At, Step? To, Actor By, DateTimeOffset ReceivedAt, string Reasons, IReadOnlyList<Paper> Papers) : ProceedingEvent(At, To);

/// <summary>A general finding was closed: its explanation was used, or the period ended.</summary>
public sealed record GeneralClosed(DateTimeOffset At, Step To, Actor By, string Reasons) : ProceedingEvent(At, To);

/// <summary>The state body's result on a maternal death was noted.</summary>
public sealed record StateBodyResultRecorded(DateTimeOffset At, Step To, Actor By, bool GoesOn, string Reasons, Ground Ground) : ProceedingEvent(At, To);
