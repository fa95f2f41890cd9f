using System.Globalization;
using System.Text;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>What people and systems do with cases of this room: the one door for the interface and for pages.</summary>
public sealed partial class CaseWork
{
    private readonly FundFolder folder;
    private readonly IRecords records;
    private readonly DeskStore desk;
    private readonly UnscheduledStore store;
    private readonly DocumentStore documents;
    private readonly ISignatureVerifier verifier;
    private readonly TermsByDay terms;
    private readonly ProceedingStore proceedings;

    /// <param name="folder">Where papers and fixed records are kept.</param>
    /// <param name="verifier">Who verifies electronic signatures.</param>
    public CaseWork(FundFolder folder, IRecords records, DeskStore desk, UnscheduledStore store, DocumentStore documents, ISignatureVerifier verifier, TermsByDay terms)
    {
        (this.folder, this.records, this.desk, this.store, this.documents, this.verifier, this.terms) = (folder, records, desk, store, documents, verifier, terms);
        proceedings = ProceedingStore.Of(desk);
        Names = new(desk, records, () => terms.At(desk.Clock.GetUtcNow()).Law.Regions);
        Papers = new(store, documents, desk, Names, terms.At);
        Registers = new(store, proceedings, records, documents, desk, Names, terms.At);
        Limits = new(store, records, documents, desk, Names, terms.At);
        Reports = new(store, proceedings, records, desk, Names, terms.At);
        HivCare = new(store, records, desk, terms.At, proceedings.FirstShownAt);
        Outages = new(documents, desk, Names, terms.At);
        Deaths = new(proceedings, records, documents, desk, Names, terms.At);
    }

    public UnscheduledStore Store => store;

    public DocumentStore Documents => documents;

    /// <summary>Who verifies signatures.</summary>
    public ISignatureVerifier Verifier => verifier;

    public PaperNames Names { get; }

    public CasePapers Papers { get; }

    /// <summary>The register of unconfirmed cases.</summary>
    public RegisterWork Registers { get; }

    /// <summary>The limits of 200 and 800 monthly indices.</summary>
    public LimitWork Limits { get; }

    /// <summary>The reports of branches.</summary>
    public ReportWork Reports { get; }

    /// <summary>Conclusions on HIV care that are owed.</summary>
    public HivWork HivCare { get; }

    /// <summary>The Fund's letters on outages.</summary>
    public OutagePapers Outages { get; }

    /// <summary>The notices of findings on paper.</summary>
    /// <param name="judged">The rule and the edition by which a case was found.</param>
    public FindingPapers NoticesBy(JudgedBy judged) => new(proceedings, records, documents, desk, Names, terms.At, judged);

    /// <summary>Conclusions on mortality.</summary>
    public DeathWork Deaths { get; }

    /// <summary>Which lines the bank paid, as the ledger has it; without it no finding becomes a latent defect by itself.</summary>
    public PaidAmong? Paid { get; init; }

    public Terms Terms => terms.At(desk.Clock.GetUtcNow());

    public DateTimeOffset Now => desk.Clock.GetUtcNow();

    /// <summary>What follows by itself from decisions and from the clock: rows of the register, weighing, reports that fall due, papers. Says how much was done.</summary>
    /// <param name="failed">Told why a step broke off; those after it have their turn all the same, and it is tried again in the next round.</param>
    public int Run(Action<string> failed)
    {
        var done = 0;
        foreach (var step in new Func<int>[] { Registers.Enter, Limits.Run, Registers.IssueEnded, Reports.FallDue, TakeHidden, Outages.MakeAll, () => store.MeasureLatents(Now, Terms), Papers.MakeAll })
        {
            WatchRounds.Try(() => done += step(), failed);
        }

        return done;
    }

    /// <summary>In whose place a visitor acts: the provider by its number, an employee by his account.</summary>
    public static Actor ActorOf(Visitor visitor, bool reviews = false) => visitor switch
    {
        { Key: { } key } => new(Party.Provider, key.ProviderId, ""),
        { User: { IsOfProvider: true } user } => new(Party.Provider, user.ProviderId!.Value, ""),
        { User: { Role: Role.CentralExpert } user } => new(reviews ? Party.CentralReviewer : Party.Fund, user.Id, ""),
        { User: { } user } => new(reviews ? Party.BranchReviewer : Party.Fund, user.Id, user.Region ?? ""),
        _ => throw new InvalidOperationException("Nobody acts."),
    };

    public string? RegionOf(long provider) => Names.RegionOf(provider);

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
        var found = new FoundResults(monitoring, provider, region, sent.Contract!, central, team, facts, state is null ? WithoutDouble(LinesOf(sent.Lines) ?? []) : LinesOf(sent.Lines) ?? [], ClausesOf(sent.Clauses) ?? []);
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

    /// <summary>Keeps the files of an act.</summary>
    /// <exception cref="PaperRefusedException">One of them may not go with an act; none is kept then.</exception>
    public List<Paper> KeepAll(IReadOnlyList<SentFile>? files)
    {
        foreach (var (place, file) in (files ?? []).Index())
        {
            if (PaperKinds.FaultOf(file?.Name, file?.Content ?? [], place) is { } fault)
            {
                throw new PaperRefusedException(PaperKinds.TextOf(fault, file?.Name));
            }
        }

        return [.. (files ?? []).Select(f => new Paper(Keep(f.Content ?? []), PaperKinds.NameOf(f.Name), null, false))];
    }

    public static IReadOnlyList<ConclusionLine>? LinesOf(IReadOnlyList<SentLine>? lines) => lines is null ? null :
        [.. lines.Select(l => new ConclusionLine(l.Service, l.Number, l.Person, l.On, CareForms.Parse(l.Form), l.Codes, new Money(l.SumTiyn), l.IsCountedElsewhere, l.OnlySurvey, l.CostTiyn is { } cost ? new Money(cost) : null))];

    public static IReadOnlyList<ConclusionClause>? ClausesOf(IReadOnlyList<SentClause>? clauses) => clauses is null ? null :
        [.. clauses.Select(c => new ConclusionClause(c.Contract, c.Clause, c.What, new Money(c.PenaltyTiyn), c.Service, c.ConfirmedBy, c.PayWithin))];

    private static PaperFacts? FactsOf(PaperFactsSent? sent) =>
        sent is null || string.IsNullOrWhiteSpace(sent.ProviderHead) || sent.Addresses is not { Count: > 0 } || sent.Contracts is not { Count: > 0 } || string.IsNullOrWhiteSpace(sent.Care)
            || string.IsNullOrWhiteSpace(sent.Recommendations) || sent.To < sent.From || sent.ConductedTo < sent.ConductedFrom
            ? null
            : new(sent.ProviderHead.Trim(), sent.Addresses, [.. sent.Contracts.Select(c => new PaperContract(c.Number, c.ConcludedOn, c.Supplements ?? [], new Money(c.SumTiyn)))],
                sent.Care.Trim(), sent.From, sent.To, sent.ConductedFrom, sent.ConductedTo, sent.Recommendations.Trim());

    /// <summary>Why people may not monitor a provider: it treats abroad, or they are not of the branch or the central office, are away, or have a conflict of interest.</summary>
    [Law("MON-321:3")]
    private Refusal? NotFit(IReadOnlyList<long> team, long provider, string region)
    {
        if (store.ForeignOrganisations().Contains(provider))
        {
            return UnscheduledRefusals.ForeignTreatment;
        }

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

    /// <summary>Rows on HIV care that a proceeding of current monitoring carries already are not withheld twice.</summary>
    [Law("MON-321:39")]
    private IReadOnlyList<ConclusionLine> WithoutDouble(IReadOnlyList<ConclusionLine> lines) => HivDuty.WithoutDouble(
        lines, lines.Where(l => long.TryParse(l.Service, out _)).SelectMany(l => proceedings.OfLine(long.Parse(l.Service, CultureInfo.InvariantCulture)).Where(p => p.Effect != "pay_in_full").Select(p => (l.Service, p.Code))).ToHashSet());

    private Refusal? NotOfBranch(IReadOnlyList<long> team, string region) =>
        team.Count == 0 ? UnscheduledRefusals.NoTeam : team.Any(t => desk.Find(t)?.Region != region) ? Refusal.WrongPerson : null;

    private WordOutcome Refuse(ReceivedWord word, long id, Refusal? refusal, string? language) => store.Refuse(word, id, refusal, Answer(language));

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
