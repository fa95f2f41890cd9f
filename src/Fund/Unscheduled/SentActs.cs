using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kepil.Fund.Unscheduled;

/// <summary>Writes the words of a choice in small letters: court_decision.</summary>
public sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;

/// <summary>What opens monitoring.</summary>
/// <param name="Ground">One of the eight grounds of paragraph 51.</param>
/// <param name="Team">Accounts of the employees who monitor; all of them sign.</param>
/// <param name="After">Number of the monitoring that was ended by a withdrawal before.</param>
public sealed record SentOpening(OpeningGround Ground, SentAppeal? Appeal, string? Facts, IReadOnlyList<long>? Team, bool FoundByProvider, long? After);

/// <summary>A registered appeal.</summary>
public sealed record SentAppeal(string? Number, DateOnly RegisteredOn, Appellant From, string? Name, string? Contact, string? OrganisationNumber, string? Letter, bool Signed, string? Substance);

/// <summary>The period whose lines are fixed with a hash before a notice goes out.</summary>
public sealed record SentRecords(DateOnly From, DateOnly To);

/// <summary>A written request for documents.</summary>
public sealed record SentRequest(string? What, Channel Channel, int? ContractDays);

/// <summary>Documents that were asked for.</summary>
public sealed record SentDocuments(int Request, IReadOnlyList<SentFile>? Papers);

/// <summary>A file in Base64.</summary>
public sealed record SentFile(string? Name, byte[]? Content);

/// <summary>A visit, and where a notice of it goes how.</summary>
public sealed record SentVisit(DateOnly On, string? Place, IReadOnlyList<long>? Persons, Channel? Channel);

/// <summary>A suspension or an extension with the act that caused it.</summary>
public sealed record SentInterruption(InterruptionCause Cause, string? Document, DateOnly InForceOn, DateOnly Until, bool Suspends);

/// <summary>By which channel a paper goes.</summary>
public sealed record SentChannel(Channel Channel);

/// <summary>The number of a document: a withdrawal, an appeal.</summary>
public sealed record SentNumber(string? Number);

/// <summary>Nothing besides the act itself.</summary>
public sealed record SentNothing;

/// <summary>What monitoring found, for annexes 4 and 3.</summary>
/// <param name="Signers">Who signs a paper on HIV care; elsewhere the team of the monitoring signs.</param>
public sealed record SentResults(string? Contract, PaperFactsSent? Facts, IReadOnlyList<SentLine>? Lines, IReadOnlyList<SentClause>? Clauses, IReadOnlyList<long>? Signers);

/// <summary>What the forms say besides the results.</summary>
public sealed record PaperFactsSent(
    string? ProviderHead, IReadOnlyList<string>? Addresses, IReadOnlyList<SentContract>? Contracts, string? Care, DateOnly From, DateOnly To, DateOnly ConductedFrom, DateOnly ConductedTo, string? Recommendations);

/// <summary>A contract with its additional agreements and its sum in tiyn.</summary>
public sealed record SentContract(string Number, DateOnly ConcludedOn, IReadOnlyList<string>? Supplements, long SumTiyn);

/// <summary>A row of the results.</summary>
/// <param name="Number">Card, code of the tariff list or prescription.</param>
/// <param name="Form">Form of care by its word.</param>
/// <param name="IsCountedElsewhere">Another paper or a proceeding carries this sum.</param>
public sealed record SentLine(string Service, string Number, long Person, DateOnly On, string Form, IReadOnlyList<string> Codes, long SumTiyn, bool IsCountedElsewhere, bool OnlySurvey);

/// <summary>A clause of the contract that was not fulfilled.</summary>
/// <param name="ConfirmedBy">Who confirmed that one fact brings a withholding and a penalty.</param>
public sealed record SentClause(string Contract, string Clause, string What, long PenaltyTiyn, string? Service, long? ConfirmedBy);

/// <summary>A signature: electronic over the bytes of the paper, or the scan of one on paper.</summary>
/// <param name="Iin">Number of the person or organisation that the certificate must name.</param>
/// <param name="Cms">The detached signature in Base64.</param>
/// <param name="Scan">The scan of a signature on paper in Base64.</param>
/// <param name="SignedOn">Day of the signature on paper.</param>
/// <param name="Name">Who signed on paper.</param>
public sealed record SentSignature(long? Iin, byte[]? Cms, byte[]? Scan, DateOnly? SignedOn, string? Name);

/// <summary>The day on which a paper was received.</summary>
public sealed record SentReceipt(DateOnly On);

/// <summary>Objections; none when the list follows later on the day.</summary>
public sealed record SentObjections(Channel Channel, IReadOnlyList<string>? Objections, DateOnly? PostedOn, SentSignature? Signature);

/// <summary>What the branch decided on objections: with new rows where it agreed.</summary>
public sealed record SentConsideration(string? Reasons, IReadOnlyList<SentLine>? Lines, IReadOnlyList<SentClause>? Clauses);

/// <summary>What the state body decided on an appeal.</summary>
public sealed record SentAppealDecision(AppealOutcome Outcome, string? Document, IReadOnlyList<SentLine>? Lines, IReadOnlyList<SentClause>? Clauses);

/// <summary>The receipt for an act.</summary>
/// <param name="Reason">Code word of the refusal; nothing when it was taken.</param>
/// <param name="Stage">Where the case stands after it.</param>
public sealed record WordAnswer(long Receipt, string Act, long Case, DateTimeOffset ReceivedAt, bool Taken, string? Reason, string? Text, string Stage);

/// <summary>A case in a list.</summary>
public sealed record CaseAnswer(long Id, string Kind, string Number, long Provider, string Region, string Stage, string? Owner, string? Term, DateOnly? Until, bool IsOverdue);

/// <summary>Something that happened, by which provision.</summary>
public sealed record StepAnswer(string What, DateTimeOffset At, string Paragraph, string Outcome, IReadOnlyDictionary<string, string> Inputs);

/// <summary>A paper of a case.</summary>
/// <param name="Code">The check code, by which it is asked for.</param>
public sealed record PaperAnswer(string Kind, string Number, string Code, int Version);

/// <summary>A monitoring as employees see it.</summary>
public sealed record MonitoringAnswer(CaseAnswer Case, UnscheduledMonitoring State, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<PaperAnswer> Papers);

/// <summary>A conclusion as its parties see it.</summary>
public sealed record ConclusionAnswer(CaseAnswer Case, Conclusion State, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<PaperAnswer> Papers);
