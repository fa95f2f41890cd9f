using System.Text.Json.Serialization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Something that happened to unscheduled monitoring.</summary>
[JsonDerivedType(typeof(MonitoringOpened), "opened")]
[JsonDerivedType(typeof(MonitoringRefused), "refused")]
[JsonDerivedType(typeof(RecordsFixed), "records_fixed")]
[JsonDerivedType(typeof(DocumentsAsked), "documents_asked")]
[JsonDerivedType(typeof(DocumentsReceived), "documents_received")]
[JsonDerivedType(typeof(DocumentsNotReceived), "documents_not_received")]
[JsonDerivedType(typeof(VisitPlanned), "visit_planned")]
[JsonDerivedType(typeof(VisitAnnounced), "visit_announced")]
[JsonDerivedType(typeof(VisitMade), "visit_made")]
[JsonDerivedType(typeof(VisitDropped), "visit_dropped")]
[JsonDerivedType(typeof(MonitoringSuspended), "suspended")]
[JsonDerivedType(typeof(MonitoringExtended), "extended")]
[JsonDerivedType(typeof(InterruptionAnnounced), "interruption_announced")]
[JsonDerivedType(typeof(MonitoringResumed), "resumed")]
[JsonDerivedType(typeof(AppealWithdrawn), "appeal_withdrawn")]
[JsonDerivedType(typeof(MonitoringTerminated), "terminated")]
[JsonDerivedType(typeof(ConclusionWritten), "conclusion_written")]
[JsonDerivedType(typeof(MonitoringConcluded), "concluded")]
[JsonDerivedType(typeof(MonitoringTermMissed), "term_missed")]
[JsonDerivedType(typeof(MonitoringCountedAgain), "counted_again")]
[JsonDerivedType(typeof(WayNoted), "way_noted")]
[JsonDerivedType(typeof(PatientAsked), "patient_asked")]
[JsonDerivedType(typeof(AdditionalFound), "additional_found")]
public abstract record MonitoringEvent(DateTimeOffset At, Ground Ground);

/// <summary>Monitoring was opened on one of the eight grounds.</summary>
public sealed record MonitoringOpened(
    DateTimeOffset At, Ground Ground, long ProviderId, string Region, OpeningGround Opening, Appeal? Appeal, string? Facts, IReadOnlyList<long> Team, Term Limit) : MonitoringEvent(At, Ground);

/// <summary>An appeal brought no monitoring: it has no name or no substance.</summary>
public sealed record MonitoringRefused(
    DateTimeOffset At, Ground Ground, long ProviderId, string Region, OpeningGround Opening, Appeal Appeal, string? Facts) : MonitoringEvent(At, Ground);

/// <summary>Data were fixed with a hash.</summary>
public sealed record RecordsFixed(DateTimeOffset At, Ground Ground, FixedRecords Records) : MonitoringEvent(At, Ground);

/// <summary>Documents were asked for in writing.</summary>
public sealed record DocumentsAsked(DateTimeOffset At, Ground Ground, DocumentRequest Request) : MonitoringEvent(At, Ground);

/// <summary>The provider sent documents that it was asked for.</summary>
/// <param name="On">Day of their arrival.</param>
public sealed record DocumentsReceived(DateTimeOffset At, Ground Ground, int Number, DateOnly On, IReadOnlyList<Paper> Papers) : MonitoringEvent(At, Ground);

/// <summary>The term went by and no document came; monitoring goes on with what there is.</summary>
public sealed record DocumentsNotReceived(DateTimeOffset At, Ground Ground, int Number) : MonitoringEvent(At, Ground);

/// <summary>A visit was planned.</summary>
public sealed record VisitPlanned(DateTimeOffset At, Ground Ground, Visit Visit) : MonitoringEvent(At, Ground);

/// <summary>The provider was told of a visit in time.</summary>
public sealed record VisitAnnounced(DateTimeOffset At, Ground Ground, DateOnly On, string Place, Channel By) : MonitoringEvent(At, Ground);

/// <summary>A visit was made.</summary>
public sealed record VisitMade(DateTimeOffset At, Ground Ground, DateOnly On, string Place) : MonitoringEvent(At, Ground);

/// <summary>A visit fell away, because it was given up or was not announced in time.</summary>
public sealed record VisitDropped(DateTimeOffset At, Ground Ground, DateOnly On, string Place) : MonitoringEvent(At, Ground);

/// <summary>Monitoring was suspended.</summary>
public sealed record MonitoringSuspended(DateTimeOffset At, Ground Ground, Interruption Interruption) : MonitoringEvent(At, Ground);

/// <summary>Monitoring was prolonged.</summary>
public sealed record MonitoringExtended(DateTimeOffset At, Ground Ground, Interruption Interruption, Term Limit) : MonitoringEvent(At, Ground);

/// <summary>The provider was told of a suspension or an extension.</summary>
public sealed record InterruptionAnnounced(DateTimeOffset At, Ground Ground, Channel By) : MonitoringEvent(At, Ground);

/// <summary>The cause ended; the period is longer by the working days that were lost.</summary>
public sealed record MonitoringResumed(DateTimeOffset At, Ground Ground, DateOnly On, Term Limit) : MonitoringEvent(At, Ground);

/// <summary>The withdrawal of the appeal was registered.</summary>
public sealed record AppealWithdrawn(DateTimeOffset At, Ground Ground, string Document, Term Notice) : MonitoringEvent(At, Ground);

/// <summary>The provider was told that monitoring is ended.</summary>
public sealed record MonitoringTerminated(DateTimeOffset At, Ground Ground, Channel By) : MonitoringEvent(At, Ground);

/// <summary>The conclusion was written and waits for signatures.</summary>
public sealed record ConclusionWritten(DateTimeOffset At, Ground Ground, string Number, NextAct Drawing) : MonitoringEvent(At, Ground);

/// <summary>All who monitored signed the conclusion.</summary>
public sealed record MonitoringConcluded(DateTimeOffset At, Ground Ground) : MonitoringEvent(At, Ground);

/// <summary>The Fund let a term run out.</summary>
public sealed record MonitoringTermMissed(DateTimeOffset At, Ground Ground, TermName Name, DateOnly Last) : MonitoringEvent(At, Ground);

/// <summary>A confirmed outage or a moved day off gave the period another end.</summary>
/// <param name="Moved">The terms that became longer.</param>
public sealed record MonitoringCountedAgain(DateTimeOffset At, Ground Ground, IReadOnlyList<MovedTerm> Moved) : MonitoringEvent(At, Ground)
{
    /// <summary>The term after it, or the one that stood where it did not move.</summary>
    public Term? Of(TermName name, Term? stood) => stood is null ? null : Moved.FirstOrDefault(m => m.Name == name && m.Now.Start == stood.Start)?.Now ?? stood;
}

/// <summary>A term that became longer.</summary>
public sealed record MovedTerm(TermName Name, Term Was, Term Now);

/// <summary>What somebody wants to do in unscheduled monitoring.</summary>
public abstract record MonitoringCommand(DateTimeOffset At, Actor By);

/// <summary>Open monitoring on a ground.</summary>
/// <param name="FoundByProvider">Whether the provider itself found the breach.</param>
/// <param name="After">The monitoring that was ended by a withdrawal before, where this one follows it.</param>
public sealed record OpenMonitoring(
    DateTimeOffset At, Actor By, long ProviderId, string Region, OpeningGround Opening, Appeal? Appeal, string? Facts, IReadOnlyList<long> Team,
    bool FoundByProvider = false, UnscheduledMonitoring? After = null) : MonitoringCommand(At, By);

/// <summary>Fix the data before a notice.</summary>
public sealed record FixRecords(DateTimeOffset At, Actor By, string Hash) : MonitoringCommand(At, By);

/// <summary>Ask the provider for documents in writing.</summary>
/// <param name="ContractDays">Working days for the reply, where the policy leaves them to the contract.</param>
public sealed record AskForDocuments(DateTimeOffset At, Actor By, string What, Channel Channel, int? ContractDays = null) : MonitoringCommand(At, By);

/// <summary>Send the documents that were asked for, or note that they came.</summary>
public sealed record HandDocuments(DateTimeOffset At, Actor By, int Number, IReadOnlyList<Paper> Papers) : MonitoringCommand(At, By);

/// <summary>Plan a visit.</summary>
public sealed record PlanVisit(DateTimeOffset At, Actor By, DateOnly On, string Place, IReadOnlyList<long> Persons) : MonitoringCommand(At, By);

/// <summary>Send the notice of a visit.</summary>
public sealed record AnnounceVisit(DateTimeOffset At, Actor By, DateOnly On, string Place, Channel Channel) : MonitoringCommand(At, By);

/// <summary>Note that a visit was made.</summary>
public sealed record MakeVisit(DateTimeOffset At, Actor By, DateOnly On, string Place) : MonitoringCommand(At, By);

/// <summary>Give a visit up.</summary>
public sealed record DropVisit(DateTimeOffset At, Actor By, DateOnly On, string Place) : MonitoringCommand(At, By);

/// <summary>Suspend monitoring, or prolong it.</summary>
/// <param name="InForceOn">Day on which the act came into force.</param>
/// <param name="Until">Last day of the new period.</param>
public sealed record InterruptMonitoring(DateTimeOffset At, Actor By, InterruptionCause Cause, string Document, DateOnly InForceOn, DateOnly Until, bool Suspends) : MonitoringCommand(At, By);

/// <summary>Send the notice of a suspension or an extension.</summary>
public sealed record AnnounceInterruption(DateTimeOffset At, Actor By, Channel Channel) : MonitoringCommand(At, By);

/// <summary>Go on after a suspension.</summary>
public sealed record ResumeMonitoring(DateTimeOffset At, Actor By) : MonitoringCommand(At, By);

/// <summary>Register that the appeal was withdrawn.</summary>
public sealed record WithdrawAppeal(DateTimeOffset At, Actor By, string Document) : MonitoringCommand(At, By);

/// <summary>Send the notice that monitoring is ended.</summary>
public sealed record AnnounceTermination(DateTimeOffset At, Actor By, Channel Channel) : MonitoringCommand(At, By);

/// <summary>Write the conclusion.</summary>
public sealed record WriteConclusion(DateTimeOffset At, Actor By, string Number) : MonitoringCommand(At, By);

/// <summary>Note that the conclusion bears all signatures.</summary>
public sealed record CloseByConclusion(DateTimeOffset At, Actor By) : MonitoringCommand(At, By);

/// <summary>Flag what the clock has closed.</summary>
public sealed record CloseMonitoringTerm(DateTimeOffset At, Actor By) : MonitoringCommand(At, By);

/// <summary>Count the period again, after an outage was confirmed or a day off moved.</summary>
public sealed record CountMonitoringAgain(DateTimeOffset At, Actor By) : MonitoringCommand(At, By);

/// <summary>It was noted in which way monitoring was made.</summary>
/// <param name="What">What was looked at, in words.</param>
public sealed record WayNoted(DateTimeOffset At, Ground Ground, MonitoringWay Way, string What) : MonitoringEvent(At, Ground);

/// <summary>A patient was asked.</summary>
public sealed record PatientAsked(DateTimeOffset At, Ground Ground, PatientSurvey Survey) : MonitoringEvent(At, Ground);

/// <summary>Analysis of the provider's activity found something more, for which monitoring was opened.</summary>
public sealed record AdditionalFound(DateTimeOffset At, Ground Ground, AdditionalFinding Finding) : MonitoringEvent(At, Ground);

/// <summary>Note in which way monitoring was made.</summary>
public sealed record NoteWay(DateTimeOffset At, Actor By, MonitoringWay Way, string What) : MonitoringCommand(At, By);

/// <summary>Note that a patient was asked, with questions and answers.</summary>
/// <param name="Denies">The patient says that the service was not given.</param>
public sealed record AskPatient(DateTimeOffset At, Actor By, long PersonId, SurveyWay Way, string? Contact, DateOnly On, IReadOnlyList<SurveyAnswer> Answers, bool Denies) : MonitoringCommand(At, By);

/// <summary>Note what analysis of the provider's activity found.</summary>
public sealed record NoteAdditional(DateTimeOffset At, Actor By, AdditionalFinding Finding) : MonitoringCommand(At, By);
