using System.Globalization;
using System.Text;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>What people and systems do with cases of this room: the one door for the interface and for pages.</summary>
/// <param name="folder">Where papers and fixed records are kept.</param>
/// <param name="verifier">Who verifies electronic signatures.</param>
public sealed class CaseWork(
    FundFolder folder, IRecords records, DeskStore desk, UnscheduledStore store, DocumentStore documents, ISignatureVerifier verifier, TermsByDay terms)
{
    public UnscheduledStore Store => store;

    public DocumentStore Documents => documents;

    public CasePapers Papers { get; } = new(store, documents, desk, records, terms.At);

    public Terms Terms => terms.At(desk.Clock.GetUtcNow());

    public DateTimeOffset Now => desk.Clock.GetUtcNow();

    /// <summary>In whose place a visitor acts: the provider by its number, an employee by his account.</summary>
    public static Actor ActorOf(Visitor visitor, bool reviews = false) => visitor switch
    {
        { Key: { } key } => new(Party.Provider, key.ProviderId, ""),
        { User: { IsOfProvider: true } user } => new(Party.Provider, user.ProviderId!.Value, ""),
        { User: { Role: Role.CentralExpert } user } => new(reviews ? Party.CentralReviewer : Party.Fund, user.Id, ""),
        { User: { } user } => new(reviews ? Party.BranchReviewer : Party.Fund, user.Id, user.Region ?? ""),
        _ => throw new InvalidOperationException("Nobody acts."),
    };

    public string? RegionOf(long provider) =>
        records.Query("SELECT region FROM provider WHERE provider_id = $1", r => r.TextOrNull(0), provider) is [{ } region, ..] ? region : null;

    /// <summary>Opens monitoring of a provider; nobody of the team may have a conflict of interest with it.</summary>
    [Law("MON-321:51.1")]
    public WordOutcome Open(ReceivedWord word, Visitor by, long provider, SentOpening sent, string? language)
    {
        var appeal = sent.Appeal is { } a ? new Appeal(a.Number ?? "", a.RegisteredOn, a.From, a.Name, a.Contact, a.OrganisationNumber, a.Letter, a.Signed, a.Substance) : null;
        var open = new OpenMonitoring(
            word.ReceivedAt, ActorOf(by), provider, RegionOf(provider) ?? "", sent.Ground, appeal, sent.Facts, sent.Team ?? [], sent.FoundByProvider, sent.After is { } before ? store.MonitoringOf(before) : null);
        return NotFit(open.Team, provider, open.Region) is { } refusal ? Refuse(word, 0, refusal, language) : Done(store.Open(word, open, Terms, Answer(language)));
    }

    /// <summary>An act in monitoring.</summary>
    public WordOutcome Act(ReceivedWord word, long id, MonitoringCommand command, string? language) => Done(store.Receive(word, id, command, Terms, Answer(language)));

    /// <summary>An act on a conclusion.</summary>
    public WordOutcome Act(ReceivedWord word, long id, ConclusionCommand command, string? language) => Done(store.Receive(word, id, command, Terms, Answer(language)));

    /// <summary>Fixes the provider's lines of a period: the file is kept, its hash stands in the case.</summary>
    [Law("MON-321:8")]
    public WordOutcome Fix(ReceivedWord word, Visitor by, long id, SentRecords sent, string? language)
    {
        var provider = store.MonitoringOf(id)!.ProviderId;
        var text = new StringBuilder("service_id;line_id;month;care_form;contract;person_id;service_code;started_on;ended_on;quantity;amount\n");
        foreach (var row in records.Query(
            "SELECT service_id, line_id, month, care_form, contract, person_id, service_code, started_on, ended_on, quantity, amount FROM known_service WHERE provider_id = $1 AND started_on >= $2 AND started_on <= $3 ORDER BY service_id",
            r => string.Create(CultureInfo.InvariantCulture, $"{r.Long(0)};{r.TextOrNull(1)};{r.Day(2):yyyy-MM-dd};{r.TextOrNull(3)};{r.TextOrNull(4)};{r.LongOrNull(5)};{r.TextOrNull(6)};{r.Day(7):yyyy-MM-dd};{r.DayOrNull(8):yyyy-MM-dd};{r.LongOrNull(9)};{r.LongOrNull(10)}"), provider, sent.From, sent.To))
        {
            text.Append(row).Append('\n');
        }

        return Act(word, id, new FixRecords(word.ReceivedAt, ActorOf(by), Keep(Encoding.UTF8.GetBytes(text.ToString()))), language);
    }

    /// <summary>Writes the conclusion of a monitoring, or with no monitoring that on HIV care.</summary>
    [Law("MON-321:54")]
    [Law("MON-321:39")]
    public WordOutcome Conclude(ReceivedWord word, Visitor by, long? monitoring, long provider, SentResults sent, string? language)
    {
        var region = RegionOf(provider) ?? "";
        var state = monitoring is { } id ? store.MonitoringOf(id) : null;
        var team = state?.Team ?? sent.Signers ?? [];
        if (FactsOf(sent.Facts) is not { } facts || string.IsNullOrWhiteSpace(sent.Contract))
        {
            return Refuse(word, monitoring ?? 0, UnscheduledRefusals.FactsMissing, language);
        }

        if (NotFit(team, provider, region) is { } refusal || state is null && NotOfBranch(team, region) is { } elsewhere && (refusal = elsewhere) is not null)
        {
            return Refuse(word, monitoring ?? 0, refusal, language);
        }

        var central = team.Any(t => desk.Find(t)?.Role == Role.CentralExpert);
        var found = new FoundResults(monitoring, provider, region, sent.Contract!, central, team, facts, LinesOf(sent.Lines) ?? [], ClausesOf(sent.Clauses) ?? []);
        return Done(store.Conclude(word, found, word.ReceivedAt, ActorOf(by), Terms, Answer(language)));
    }

    /// <summary>Takes a signature on the paper, then notes it in the case: for the Fund one of those who monitored, for the provider its head.</summary>
    public async Task<WordOutcome> SignAsync(ReceivedWord word, Visitor by, long id, SigningSide side, SentSignature? sent, Acquainted? acquainted, ConclusionCommand command, string? language, CancellationToken stop)
    {
        var state = store.ConclusionOf(id)!;
        // What the case does not take now must not leave a signature on the paper.
        if (Conclusions.Decide(state, command, Terms).Refusal is { } refusal)
        {
            return Refuse(word, id, refusal, language);
        }

        Papers.Make(store.CaseOf(id)!);
        if (Papers.ConclusionOf(id) is not { } paper || sent is null || sent.Cms is null && sent.Scan is null)
        {
            return Refuse(word, id, UnscheduledRefusals.SignatureMissing, language);
        }

        var version = (int)paper.Version.Version;
        var answer = sent.Cms is { } cms
            ? await documents.SignAsync(paper.Code, version, side, cms, sent.Iin ?? 0, acquainted, verifier, stop)
            : documents.RegisterPaper(paper.Code, version, side, new(sent.Scan!, sent.SignedOn ?? LocalDay.Of(word.ReceivedAt), sent.Name ?? by.User?.FullName ?? "", null, by.User?.Id ?? 0), acquainted);
        // A signature that is there already was left by a process that was broken off before it noted it in the case.
        return answer.Refusal is { Reason: not "already_signed" } wrong ? Refuse(word, id, new(wrong.Reason, wrong.Text), language) : Act(word, id, command, language);
    }

    public Paper Keep(SentFile file) => new(Keep(file.Content ?? []), Path.GetFileName(file.Name ?? "paper"), null, false);

    public static IReadOnlyList<ConclusionLine>? LinesOf(IReadOnlyList<SentLine>? lines) => lines is null ? null :
        [.. lines.Select(l => new ConclusionLine(l.Service, l.Number, l.Person, l.On, CareForms.Parse(l.Form), l.Codes, new Money(l.SumTiyn), l.IsCountedElsewhere, l.OnlySurvey))];

    public static IReadOnlyList<ConclusionClause>? ClausesOf(IReadOnlyList<SentClause>? clauses) => clauses is null ? null :
        [.. clauses.Select(c => new ConclusionClause(c.Contract, c.Clause, c.What, new Money(c.PenaltyTiyn), c.Service, c.ConfirmedBy))];

    private static PaperFacts? FactsOf(PaperFactsSent? sent) =>
        sent is null || string.IsNullOrWhiteSpace(sent.ProviderHead) || sent.Addresses is not { Count: > 0 } || sent.Contracts is not { Count: > 0 } || string.IsNullOrWhiteSpace(sent.Care)
            || string.IsNullOrWhiteSpace(sent.Recommendations) || sent.To < sent.From || sent.ConductedTo < sent.ConductedFrom
            ? null
            : new(sent.ProviderHead.Trim(), sent.Addresses, [.. sent.Contracts.Select(c => new PaperContract(c.Number, c.ConcludedOn, c.Supplements ?? [], new Money(c.SumTiyn)))],
                sent.Care.Trim(), sent.From, sent.To, sent.ConductedFrom, sent.ConductedTo, sent.Recommendations.Trim());

    /// <summary>Why people may not monitor a provider: they are not of the branch or the central office, are away, or have a conflict of interest.</summary>
    private Refusal? NotFit(IReadOnlyList<long> team, long provider, string region)
    {
        foreach (var member in team)
        {
            if (desk.Find(member) is not { OffAt: null } user || !(user.IsOfBranch && user.Region == region || user.Role == Role.CentralExpert))
            {
                return Refusal.WrongPerson;
            }

            if (desk.ConflictsOf(member).Any(c => c.ProviderId == provider))
            {
                return Refusal.Conflict;
            }
        }

        return null;
    }

    private Refusal? NotOfBranch(IReadOnlyList<long> team, string region) =>
        team.Count == 0 ? UnscheduledRefusals.NoTeam : team.Any(t => desk.Find(t)?.Region != region) ? Refusal.WrongPerson : null;

    private WordOutcome Refuse(ReceivedWord word, long id, Refusal refusal, string? language) => store.Refuse(word, id, refusal, Answer(language));

    private WordOutcome Done(WordOutcome outcome)
    {
        if (outcome is { Again: false, Receipt.Refusal: null })
        {
            Papers.MakeAll();
        }

        return outcome;
    }

    private string Keep(byte[] content)
    {
        var stage = folder.Stage();
        try
        {
            var file = Path.Combine(stage, "paper");
            File.WriteAllBytes(file, content);
            folder.Keep(file, "papers", "", "", out var hash);
            return hash;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static Func<UnscheduledReceipt, string, Refusal?, string> Answer(string? language) => (receipt, stage, refusal) => System.Text.Json.JsonSerializer.Serialize(
        new WordAnswer(receipt.Id, receipt.Act, receipt.CaseId, DateTimeOffset.FromUnixTimeMilliseconds(receipt.ReceivedAt), refusal is null, refusal?.Reason, refusal?.Text.In(language ?? "kk"), stage), UnscheduledEndpoints.Json);
}
