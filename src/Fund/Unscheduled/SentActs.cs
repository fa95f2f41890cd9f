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
/// <param name="CostTiyn">What the service cost in tiyn; without it the record of the service says it.</param>
public sealed record SentLine(string Service, string Number, long Person, DateOnly On, string Form, IReadOnlyList<string> Codes, long SumTiyn, bool IsCountedElsewhere, bool OnlySurvey, long? CostTiyn = null);

/// <summary>A clause of the contract that was not fulfilled.</summary>
/// <param name="ConfirmedBy">Who confirmed that one fact brings a withholding and a penalty.</param>
/// <param name="PayWithin">Working days in which the contract lets the penalty be paid.</param>
public sealed record SentClause(string Contract, string Clause, string What, long PenaltyTiyn, string? Service, long? ConfirmedBy, int? PayWithin = null);

/// <summary>In which way monitoring was made, and what was looked at.</summary>
public sealed record SentWay(MonitoringWay Way, string? What);

/// <summary>A patient who was asked, how, and what he answered.</summary>
/// <param name="Denies">He says that the service was not given.</param>
public sealed record SentSurvey(long Person, SurveyWay Way, string? Contact, DateOnly On, IReadOnlyList<SurveyAnswer>? Answers, bool Denies);

/// <summary>What analysis of a provider's activity found before payment.</summary>
public sealed record SentAdditional(string? Service, string? Code, string? What, long SumTiyn, IReadOnlyList<long>? Team);

/// <summary>A penalty that the contract lays down and that is claimed.</summary>
/// <param name="Until">The last day to pay; nothing where the contract gives no term.</param>
public sealed record ClaimAnswer(long Conclusion, string Number, long Provider, string Contract, string Clause, long SumTiyn, DateOnly ClaimedOn, DateOnly? Until, bool IsOverdue);

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
/// <param name="PostedOn">Day of the postmark, where the branch notes a letter.</param>
/// <param name="ArrivedOn">Day on which a letter or mail came to the branch; the day of noting without it.</param>
public sealed record SentObjections(Channel Channel, IReadOnlyList<string>? Objections, DateOnly? PostedOn, SentSignature? Signature, DateOnly? ArrivedOn = null);

/// <summary>The list of objections that follows a signature with objection.</summary>
/// <param name="Papers">Files that go with the list.</param>
public sealed record SentObjectionList(Channel Channel, IReadOnlyList<string>? Objections, IReadOnlyList<SentFile>? Papers);

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

/// <summary>What the branch writes into the conclusion on mortality; what the system knows of the death it fills in itself.</summary>
/// <param name="From">First day of the monitoring of the death; the day of detection without it.</param>
/// <param name="Diagnosis">Besides the diagnoses of the line.</param>
/// <param name="DefectsAndViolations">Besides the findings of the proceedings.</param>
/// <param name="Experts">Independent experts and profile specialists who took part.</param>
public sealed record SentMortality(
    string? Department, DateOnly? From, DateOnly? To, string? Subject, string? Anamnesis, string? Examination, string? Investigations, string? Diagnosis, string? Plan, string? DefectsAndViolations,
    string? Conclusions, string? Recommendations, IReadOnlyList<SentExaminer>? Experts);

/// <summary>An independent expert or profile specialist with what makes him one.</summary>
public sealed record SentExaminer(string? Name, string? Position, string? Specialty, string? Category, string? Degree, string? AccreditationNumber);

/// <summary>What makes a conclusion on unconfirmed cases out of the register: of one contract, by employees of the branch.</summary>
public sealed record SentUnconfirmed(string? Contract, PaperFactsSent? Facts, IReadOnlyList<long>? Signers);

/// <summary>Reasons for an act.</summary>
public sealed record SentReasons(string? Reasons);

/// <summary>Why a provider is the only one of its kind in an administrative unit.</summary>
/// <param name="Entry">Number of the row in the register of sole providers.</param>
public sealed record SentSoleProvider(string? District, string? Care, string? Entry, DateOnly From, DateOnly? To);

/// <summary>The contract under which an organisation treats citizens abroad, and the document that says so.</summary>
public sealed record SentForeign(string? Contract, string? Document);

/// <summary>The register of unconfirmed cases of a branch's month.</summary>
/// <param name="Contracts">What stands in it by provider and contract.</param>
public sealed record RegisterAnswer(string Region, DateOnly Month, IReadOnlyList<UnconfirmedCase> Cases, IReadOnlyList<RegisterContract> Contracts, PaperAnswer? Paper);

/// <summary>A contract in the register.</summary>
public sealed record RegisterContract(long Provider, string Name, string Contract, int Cases, long CostTiyn);

/// <summary>A letter to law enforcement that is owed or went.</summary>
/// <param name="Grounds">Each ground with its own last day.</param>
public sealed record LetterAnswer(string Conclusion, DateOnly? Until, DateTimeOffset? SentAt, bool IsOverdue, IReadOnlyList<LetterGround> Grounds, PaperAnswer? Paper);

/// <summary>A ground of such a letter.</summary>
public sealed record LetterGround(string Paragraph, string Outcome, DateOnly? Month, long SumTiyn, long? LimitTiyn, DateOnly Until);

/// <summary>Where a provider stands against the limits on unconfirmed cases, with what followed.</summary>
public sealed record LimitsAnswer(long Provider, IReadOnlyList<LimitStanding> Limits, IReadOnlyList<LetterAnswer> Letters, IReadOnlyList<TerminationGround> Terminations);

/// <summary>A report of a branch.</summary>
public sealed record ReportAnswer(CaseAnswer Case, BranchReport State, long SumTiyn, IReadOnlyList<StepAnswer> Steps, PaperAnswer? Paper);

/// <summary>A latent defect that came to light after payment.</summary>
/// <param name="Service">Number of the service in the records.</param>
/// <param name="SumTiyn">What the classification withholds for it.</param>
public sealed record SentLatent(long Service, string? Contract, string? Code, DateOnly? PaidOn, bool ContractWasBroken, string? What, long SumTiyn);

/// <summary>A latent defect as employees see it.</summary>
public sealed record LatentAnswer(CaseAnswer Case, LatentDefect State, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<PaperAnswer> Papers);

/// <summary>A conclusion on HIV care that a branch owes for a period.</summary>
/// <param name="Conclusion">The conclusion, once it is written.</param>
public sealed record HivDutyAnswer(long Provider, string Region, DateOnly From, DateOnly To, DateOnly Until, bool IsLate, long? Conclusion);
