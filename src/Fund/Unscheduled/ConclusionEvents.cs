using System.Text.Json.Serialization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Something that happened to a conclusion.</summary>
/// <param name="At">The moment of the act.</param>
/// <param name="Ground">By which provision, with what inputs.</param>
/// <param name="Next">The act that is owed from then on.</param>
[JsonDerivedType(typeof(ConclusionDrafted), "drafted")]
[JsonDerivedType(typeof(ConclusionSigned), "signed")]
[JsonDerivedType(typeof(ConclusionSignedByAll), "signed_by_all")]
[JsonDerivedType(typeof(ConclusionSent), "sent")]
[JsonDerivedType(typeof(ConclusionReceived), "received")]
[JsonDerivedType(typeof(ConclusionDelivered), "delivered")]
[JsonDerivedType(typeof(AnswerAskedAgain), "asked_again")]
[JsonDerivedType(typeof(PostAwaited), "post_awaited")]
[JsonDerivedType(typeof(SignedWithoutObjection), "signed_without_objection")]
[JsonDerivedType(typeof(SignedWithObjection), "signed_with_objection")]
[JsonDerivedType(typeof(ObjectionsListed), "objections_listed")]
[JsonDerivedType(typeof(ConclusionDeemedAccepted), "deemed_accepted")]
[JsonDerivedType(typeof(ObjectionsConsidered), "objections_considered")]
[JsonDerivedType(typeof(ReplySent), "reply_sent")]
[JsonDerivedType(typeof(ResultsAppealed), "results_appealed")]
[JsonDerivedType(typeof(AppealDecided), "appeal_decided")]
[JsonDerivedType(typeof(AppealWindowClosed), "appeal_window_closed")]
[JsonDerivedType(typeof(MeasuresApplied), "measures_applied")]
[JsonDerivedType(typeof(MeasuresReturned), "measures_returned")]
[JsonDerivedType(typeof(ConclusionTermMissed), "term_missed")]
[JsonDerivedType(typeof(TermsMoved), "terms_moved")]
[JsonDerivedType(typeof(ConclusionDiscarded), "discarded")]
public abstract record ConclusionEvent(DateTimeOffset At, Ground Ground, NextAct? Next);

/// <summary>A conclusion was written.</summary>
public sealed record ConclusionDrafted(DateTimeOffset At, Ground Ground, NextAct? Next, ConclusionHead Head, ConclusionVersion Version) : ConclusionEvent(At, Ground, Next);

/// <summary>One of those who monitored signed.</summary>
public sealed record ConclusionSigned(DateTimeOffset At, Ground Ground, NextAct? Next, long By) : ConclusionEvent(At, Ground, Next);

/// <summary>The last of those who monitored signed.</summary>
public sealed record ConclusionSignedByAll(DateTimeOffset At, Ground Ground, NextAct? Next, DateOnly On) : ConclusionEvent(At, Ground, Next);

/// <summary>The conclusion left for the provider.</summary>
public sealed record ConclusionSent(DateTimeOffset At, Ground Ground, NextAct? Next, Channel By, DateOnly On) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider has it, or counts as having it.</summary>
public sealed record ConclusionReceived(DateTimeOffset At, Ground Ground, NextAct? Next, DateOnly On, Term ObjectionTerm) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider has a conclusion to which no objection is foreseen.</summary>
public sealed record ConclusionDelivered(DateTimeOffset At, Ground Ground, NextAct? Next, DateOnly On) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider was silent and is asked once more.</summary>
public sealed record AnswerAskedAgain(DateTimeOffset At, Ground Ground, NextAct? Next, Term ObjectionTerm) : ConclusionEvent(At, Ground, Next);

/// <summary>The term is over; a list that was posted within it may still be on its way.</summary>
public sealed record PostAwaited(DateTimeOffset At, Ground Ground, NextAct? Next) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider signed without objection.</summary>
public sealed record SignedWithoutObjection(DateTimeOffset At, Ground Ground, NextAct? Next) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider signed with objection and owes the list.</summary>
public sealed record SignedWithObjection(DateTimeOffset At, Ground Ground, NextAct? Next, DateOnly On) : ConclusionEvent(At, Ground, Next);

/// <summary>The list of objections came to the branch.</summary>
/// <param name="On">Day that counts for the term: of arrival, or of posting.</param>
/// <param name="Papers">Files that came with the list.</param>
public sealed record ObjectionsListed(
    DateTimeOffset At, Ground Ground, NextAct? Next, DateOnly On, Channel By, IReadOnlyList<string> Objections, bool WasLate, IReadOnlyList<Paper>? Papers = null) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider was silent until the end of the term.</summary>
public sealed record ConclusionDeemedAccepted(DateTimeOffset At, Ground Ground, NextAct? Next) : ConclusionEvent(At, Ground, Next);

/// <summary>The branch considered the objections, and corrected the conclusion where it agreed.</summary>
/// <param name="Corrected">The corrected version; nothing where the conclusion is upheld.</param>
public sealed record ObjectionsConsidered(DateTimeOffset At, Ground Ground, NextAct? Next, long By, string Reasons, ConclusionVersion? Corrected) : ConclusionEvent(At, Ground, Next);

/// <summary>The reasoned reply went to the provider.</summary>
public sealed record ReplySent(DateTimeOffset At, Ground Ground, NextAct? Next) : ConclusionEvent(At, Ground, Next);

/// <summary>The provider appealed to the state body and told the branch.</summary>
public sealed record ResultsAppealed(DateTimeOffset At, Ground Ground, NextAct? Next, string Number, bool Stays) : ConclusionEvent(At, Ground, Next);

/// <summary>The state body decided.</summary>
public sealed record AppealDecided(DateTimeOffset At, Ground Ground, NextAct? Next, AppealOutcome Outcome, string Document, ConclusionVersion? Changed) : ConclusionEvent(At, Ground, Next);

/// <summary>The time for an appeal went by.</summary>
public sealed record AppealWindowClosed(DateTimeOffset At, Ground Ground, NextAct? Next) : ConclusionEvent(At, Ground, Next);

/// <summary>The measures of the conclusion took effect, once.</summary>
public sealed record MeasuresApplied(DateTimeOffset At, Ground Ground, NextAct? Next, Measures Measures) : ConclusionEvent(At, Ground, Next);

/// <summary>What the state body took off was given back.</summary>
public sealed record MeasuresReturned(DateTimeOffset At, Ground Ground, NextAct? Next, Measures Measures) : ConclusionEvent(At, Ground, Next);

/// <summary>The Fund or the state body let a term run out; nothing else follows from it.</summary>
public sealed record ConclusionTermMissed(DateTimeOffset At, Ground Ground, NextAct? Next, TermName Name) : ConclusionEvent(At, Ground, Next);

/// <summary>A confirmed outage or a moved day off gave the running term another end.</summary>
public sealed record TermsMoved(DateTimeOffset At, Ground Ground, NextAct? Next, Term? ObjectionTerm, MovedTerm? Moved = null) : ConclusionEvent(At, Ground, Next);

/// <summary>The draft fell away with the monitoring that it was to end.</summary>
public sealed record ConclusionDiscarded(DateTimeOffset At, Ground Ground, NextAct? Next) : ConclusionEvent(At, Ground, Next);

/// <summary>What somebody wants to do with a conclusion.</summary>
/// <param name="At">When the act arrived, before any queue.</param>
public abstract record ConclusionCommand(DateTimeOffset At, Actor By);

/// <summary>Write a conclusion.</summary>
public sealed record DraftConclusion(DateTimeOffset At, Actor By, ConclusionHead Head, IReadOnlyList<ConclusionLine> Lines, IReadOnlyList<ConclusionClause> Clauses) : ConclusionCommand(At, By);

/// <summary>Sign it as one of those who monitored.</summary>
public sealed record SignConclusion(DateTimeOffset At, Actor By) : ConclusionCommand(At, By);

/// <summary>Send it, for the first time or again.</summary>
public sealed record SendConclusion(DateTimeOffset At, Actor By, Channel Channel) : ConclusionCommand(At, By);

/// <summary>Note the confirmation or the postal notification of its receipt.</summary>
public sealed record NoteReceipt(DateTimeOffset At, Actor By, DateOnly On) : ConclusionCommand(At, By);

/// <summary>Sign without objection.</summary>
public sealed record AcceptConclusion(DateTimeOffset At, Actor By) : ConclusionCommand(At, By);

/// <summary>Sign with objection, the list with it or later.</summary>
/// <param name="PostedOn">Day of the postmark, where it came by post.</param>
/// <param name="Papers">Files that go with the list.</param>
/// <param name="ArrivedOn">Day on which it came to the branch, where the branch notes it later; the day of noting without it.</param>
public sealed record ObjectToConclusion(
    DateTimeOffset At, Actor By, Channel Channel, IReadOnlyList<string> Objections, DateOnly? PostedOn = null, IReadOnlyList<Paper>? Papers = null, DateOnly? ArrivedOn = null) : ConclusionCommand(At, By);

/// <summary>Send the list of objections after signing.</summary>
/// <param name="PostedOn">Day of the postmark, where it came by post.</param>
/// <param name="Papers">Files that go with the list.</param>
/// <param name="ArrivedOn">Day on which it came to the branch, where the branch notes it later; the day of noting without it.</param>
public sealed record ListObjections(
    DateTimeOffset At, Actor By, Channel Channel, IReadOnlyList<string> Objections, DateOnly? PostedOn = null, IReadOnlyList<Paper>? Papers = null, DateOnly? ArrivedOn = null) : ConclusionCommand(At, By);

/// <summary>Consider the objections: with new rows where they are accepted, in whole or in part.</summary>
public sealed record ConsiderObjections(DateTimeOffset At, Actor By, string Reasons, IReadOnlyList<ConclusionLine>? Lines = null, IReadOnlyList<ConclusionClause>? Clauses = null) : ConclusionCommand(At, By);

/// <summary>Send the reasoned reply.</summary>
public sealed record SendReply(DateTimeOffset At, Actor By) : ConclusionCommand(At, By);

/// <summary>Note that the provider appealed to the state body.</summary>
public sealed record AppealResults(DateTimeOffset At, Actor By, string Number) : ConclusionCommand(At, By);

/// <summary>Note what the state body decided.</summary>
public sealed record DecideAppeal(DateTimeOffset At, Actor By, AppealOutcome Outcome, string Document, IReadOnlyList<ConclusionLine>? Lines = null, IReadOnlyList<ConclusionClause>? Clauses = null) : ConclusionCommand(At, By);

/// <summary>Drop the draft with its monitoring.</summary>
public sealed record DiscardConclusion(DateTimeOffset At, Actor By) : ConclusionCommand(At, By);

/// <summary>Close what the clock has closed.</summary>
public sealed record CloseConclusionTerm(DateTimeOffset At, Actor By) : ConclusionCommand(At, By);

/// <summary>Count the running term again, after an outage was confirmed or a day off moved.</summary>
public sealed record CountConclusionAgain(DateTimeOffset At, Actor By) : ConclusionCommand(At, By);
