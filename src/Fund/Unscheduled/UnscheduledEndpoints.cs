using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Unscheduled;

/// <summary>Unscheduled monitoring and conclusions for employees of the Fund and for providers.</summary>
public static partial class UnscheduledEndpoints
{
    private const int Most = 200;

    /// <summary>Bytes of one act with its files at most.</summary>
    private const long MostBytes = 30L << 20;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new CitationText() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Map(WebApplication app, CaseWork work)
    {
        var group = app.MapGroup("/api/unscheduled");
        group.MapGet("/", (
                HttpContext context, [Description("monitoring, conclusion, latent or report.")] string? kind, [Description("The last number of the part before.")] long? after) =>
                Told(work.Store.Cases(kind, after ?? 0, Most).Where(c => Gate.VisitorOf(context).May(Right.SeeMonitorings, new Owner(c.ProviderId, c.Region, []))).Select(Short).ToList()))
            .WithName("ListCases").WithSummary("Monitorings, conclusions, latent defects and reports in the order of their numbers, 200 at a time.")
            .Produces<IReadOnlyList<CaseAnswer>>().Needs(Right.SeeMonitorings, _ => Owner.OfRows);
        group.MapGet("/monitorings/{monitoring:long}", (HttpContext context, long monitoring) => work.Store.MonitoringOf(monitoring) is { } state && work.Store.CaseOf(monitoring) is { } one
                ? Told(new MonitoringAnswer(Short(one), state.SeenBy(Gate.VisitorOf(context).User?.Id ?? 0), [.. work.Store.MonitoringEvents(monitoring).Select(e => Step(e.GetType().Name, e.At, e.Ground))], PapersOf(work, one)))
                : Results.NotFound())
            .WithName("SeeMonitoring").WithSummary("One monitoring with all that was done in it.").Produces<MonitoringAnswer>()
            .Needs(Right.SeeMonitorings, WhoseMonitoring, seen: "MonitoringSeen");
        group.MapGet("/conclusions/{conclusion:long}", (long conclusion) => work.Store.ConclusionOf(conclusion) is { } state && work.Store.CaseOf(conclusion) is { } one
                ? Told(new ConclusionAnswer(Short(one), state, [.. work.Store.ConclusionEvents(conclusion).Select(e => Step(e.GetType().Name, e.At, e.Ground))], PapersOf(work, one)))
                : Results.NotFound())
            .WithName("SeeConclusion").WithSummary("One conclusion with all that was done about it; its provider sees it once it was sent.").Produces<ConclusionAnswer>()
            .Needs(Right.SeeConclusions, WhoseConclusion, seen: "ConclusionSeen");
        group.MapGet("/papers/{code}.{format}", (string code, string format) => Paper(work, code, format))
            .WithName("ReadPaper").WithSummary("A paper of a case: docx (these bytes are signed), xlsx, or html as it is printed.")
            .Needs(Right.SeeConclusions, WhosePaper, seen: "PaperSeen");
        MapOpening(group, work);
        MapMonitoring(group, work);
        MapConclusions(group, work);
        MapRegisters(group, work);
        MapDeaths(group, work);
        MapReports(group, work);
        MapLatent(group, work);

        Owner? WhoseMonitoring(HttpContext context) => work.Store.CaseOf(context.Number("monitoring")) is { Kind: "monitoring" } one ? new Owner(one.ProviderId, one.Region, []) : null;

        Owner? WhoseConclusion(HttpContext context) => work.Store.CaseOf(context.Number("conclusion")) is { Kind: "conclusion" } one && IsShown(one, Gate.VisitorOf(context)) ? new Owner(one.ProviderId, one.Region, []) : null;

        Owner? WhosePaper(HttpContext context) =>
            CheckCode.TryParse((string?)context.Request.RouteValues["code"], out var code) && work.Documents.Find(code) is { } paper ? OwnerOf(work, paper, Gate.VisitorOf(context)) : null;
    }

    /// <summary>Whose a paper is: a case's, or, where it is none that a provider gets, the branch's alone.</summary>
    public static Owner? OwnerOf(CaseWork work, StoredDocument paper, Visitor visitor)
    {
        if (paper.Entry.Subject.Split(':', '/') is not [var kind, var number, ..])
        {
            return null;
        }

        if (kind is "register" or "limits" or "death" or "report")
        {
            return new(null, paper.Entry.Branch, []);
        }

        return long.TryParse(number, out var id) && work.Store.CaseOf(id) is { } one && (one.Kind != "conclusion" || IsShown(one, visitor)) ? new Owner(one.ProviderId, one.Region, []) : null;
    }

    /// <summary>A provider is not told of a conclusion before it is sent to it.</summary>
    private static bool IsShown(UnscheduledCase one, Visitor visitor) => visitor is { Key: null, User.IsOfProvider: false } || one.Stage is not ("Drafted" or "Signed" or "Discarded");

    private static void MapOpening(RouteGroupBuilder group, CaseWork work)
    {
        Act<SentOpening>(group, "/providers/{provider:long}/monitorings", "OpenMonitoring", "Opens unscheduled monitoring on one of the eight grounds; an anonymous or empty appeal is noted as not conducted.", Right.LeadMonitoring, WhoseProvider,
            (word, sent, context, lang) => work.Open(word, Gate.VisitorOf(context), context.Number("provider"), sent, lang));
        Act<SentAdditional>(group, "/providers/{provider:long}/additional-findings", "NoteAdditional", "What analysis of a provider's activity found before payment: unscheduled monitoring is opened for it.", Right.LeadMonitoring, WhoseProvider,
            (word, sent, context, lang) => work.NoteAdditional(word, Gate.VisitorOf(context), context.Number("provider"), sent, lang));
        Act<SentResults>(group, "/providers/{provider:long}/hiv-conclusions", "ConcludeHivCare", "Writes the conclusion on HIV care within current monitoring.", Right.LeadMonitoring, WhoseProvider,
            (word, sent, context, lang) => work.Conclude(word, Gate.VisitorOf(context), null, context.Number("provider"), sent, lang));

        Owner? WhoseProvider(HttpContext context) => new(context.Number("provider"), work.RegionOf(context.Number("provider")), []);
    }

    private static void MapMonitoring(RouteGroupBuilder group, CaseWork work)
    {
        void Map<T>(string act, string name, string summary, Func<DateTimeOffset, Actor, T, MonitoringCommand> command, Right right = Right.LeadMonitoring)
            where T : notnull =>
            Act<T>(group, "/monitorings/{monitoring:long}/" + act, name, summary, right, Whose,
                (word, sent, context, lang) => work.Act(word, context.Number("monitoring"), command(word.ReceivedAt, CaseWork.ActorOf(Gate.VisitorOf(context)), sent), lang));

        Owner? Whose(HttpContext context) => work.Store.CaseOf(context.Number("monitoring")) is { Kind: "monitoring" } one ? new Owner(one.ProviderId, one.Region, []) : null;

        Act<SentRecords>(group, "/monitorings/{monitoring:long}/records", "FixRecords", "Fixes the provider's lines of a period with a hash, before any notice goes out.", Right.LeadMonitoring, Whose,
            (word, sent, context, lang) => work.Fix(word, Gate.VisitorOf(context), context.Number("monitoring"), sent, lang));
        Map<SentRequest>("requests", "AskForDocuments", "Asks the provider in writing for documents that the systems do not hold.", (at, by, s) => new AskForDocuments(at, by, s.What ?? "", s.Channel, s.ContractDays));
        Map<SentDocuments>("received-documents", "NoteDocuments", "Notes documents that came otherwise than through the system.", (at, by, s) => new HandDocuments(at, by, s.Request, Files(s)));
        Map<SentDocuments>("documents", "HandDocuments", "The provider sends the documents that it was asked for: PDF, JPG, PNG, DOCX or XLSX, at most 10 files of 15 MB, 30 MB together.", (at, by, s) => new HandDocuments(at, by, s.Request, Files(s)), Right.AnswerConclusion);
        Map<SentVisit>("visits", "PlanVisit", "Plans a visit to a production base.", (at, by, s) => new PlanVisit(at, by, s.On, s.Place ?? "", s.Persons ?? []));
        Map<SentVisit>("visit-notice", "AnnounceVisit", "Sends the notice of a visit, not later than the working day before.", (at, by, s) => new AnnounceVisit(at, by, s.On, s.Place ?? "", s.Channel ?? Channel.Electronic));
        Map<SentVisit>("made-visits", "MakeVisit", "Notes that a visit was made.", (at, by, s) => new MakeVisit(at, by, s.On, s.Place ?? ""));
        Map<SentVisit>("dropped-visits", "DropVisit", "Gives a visit up.", (at, by, s) => new DropVisit(at, by, s.On, s.Place ?? ""));
        Map<SentInterruption>("interruptions", "Interrupt", "Suspends or prolongs monitoring because of an act of another body.", (at, by, s) => new InterruptMonitoring(at, by, s.Cause, s.Document ?? "", s.InForceOn, s.Until, s.Suspends));
        Map<SentChannel>("interruption-notice", "AnnounceInterruption", "Sends the notice of a suspension or an extension.", (at, by, s) => new AnnounceInterruption(at, by, s.Channel));
        Map<SentWay>("ways", "NoteWay", "Notes in which way monitoring was made; visits, requests and surveys are noted by themselves.", (at, by, s) => new NoteWay(at, by, s.Way, s.What ?? ""));
        Map<SentSurvey>("surveys", "AskPatient", "Notes that a patient was asked, how, and what he answered; who it was is shown to those alone who monitor.", (at, by, s) => new AskPatient(at, by, s.Person, s.Way, s.Contact, s.On, s.Answers ?? [], s.Denies));
        Map<SentNothing>("resumption", "Resume", "Goes on after a suspension; the period is longer by the working days that were lost.", (at, by, _) => new ResumeMonitoring(at, by));
        Map<SentNumber>("withdrawal", "WithdrawAppeal", "Registers that the appeal was withdrawn.", (at, by, s) => new WithdrawAppeal(at, by, s.Number ?? ""));
        Map<SentChannel>("termination-notice", "AnnounceTermination", "Sends the notice that monitoring is ended.", (at, by, s) => new AnnounceTermination(at, by, s.Channel));
        Act<SentResults>(group, "/monitorings/{monitoring:long}/conclusion", "Conclude", "Writes the conclusion: annex 4, annex 3, or both.", Right.LeadMonitoring, Whose,
            (word, sent, context, lang) => work.Conclude(word, Gate.VisitorOf(context), context.Number("monitoring"), work.Store.MonitoringOf(context.Number("monitoring"))!.ProviderId, sent, lang));

        List<Paper> Files(SentDocuments sent) => work.KeepAll(sent.Papers);
    }

    private static void MapConclusions(RouteGroupBuilder group, CaseWork work)
    {
        Owner? Whose(HttpContext context) => work.Store.CaseOf(context.Number("conclusion")) is { Kind: "conclusion" } one && IsShown(one, Gate.VisitorOf(context)) ? new Owner(one.ProviderId, one.Region, []) : null;

        void Map<T>(string act, string name, string summary, Func<DateTimeOffset, Actor, T, ConclusionCommand> command, bool reviews = false)
            where T : notnull =>
            Act<T>(group, "/conclusions/{conclusion:long}/" + act, name, summary, Right.LeadMonitoring, Whose,
                (word, sent, context, lang) => work.Act(word, context.Number("conclusion"), command(word.ReceivedAt, CaseWork.ActorOf(Gate.VisitorOf(context), reviews), sent), lang));

        void Sign<T>(string act, string name, string summary, Right right, SigningSide side, Func<T, SentSignature?> signature, Func<T, Acquainted?> acquainted, Func<DateTimeOffset, Actor, T, ConclusionCommand> command)
            where T : notnull =>
            ActAsync<T>(group, "/conclusions/{conclusion:long}/" + act, name, summary, right, Whose,
                (word, sent, context, lang, stop) => work.SignAsync(
                    word, Gate.VisitorOf(context), context.Number("conclusion"), side, signature(sent), acquainted(sent), command(word.ReceivedAt, CaseWork.ActorOf(Gate.VisitorOf(context)), sent), lang, stop));

        Sign<SentSignature>("signature", "SignConclusion", "One of those who monitored signs the paper; the last signature ends the monitoring.", Right.LeadMonitoring, SigningSide.Fund,
            s => s, _ => null, (at, by, _) => new SignConclusion(at, by));
        Map<SentChannel>("sending", "SendConclusion", "Sends the conclusion by one of the three channels, or sends it again by post.", (at, by, s) => new SendConclusion(at, by, s.Channel));
        Map<SentReceipt>("receipt", "NoteReceipt", "Notes the confirmation or the postal notification of its receipt.", (at, by, s) => new NoteReceipt(at, by, s.On));
        Map<SentObjections>("posted-objections", "NoteObjections", "Notes objections that came by post or, with the channel electronic, by mail: by the day of posting or of arrival as the policy says.",
            (at, by, s) => new ObjectToConclusion(at, by, s.Channel == Channel.Electronic ? Channel.Electronic : Channel.Post, s.Objections ?? [], s.PostedOn, null, s.ArrivedOn));
        Sign<SentSignature>("acceptance", "AcceptConclusion", "The provider signs without objection.", Right.AnswerConclusion, SigningSide.Provider,
            s => s, _ => Acquainted.Without, (at, by, _) => new AcceptConclusion(at, by));
        Sign<SentObjections>("objections", "ObjectToConclusion", "The provider signs with objections, each listed; with none listed, the list follows on the day of signing.", Right.AnswerConclusion, SigningSide.Provider,
            s => s.Signature, s => new(Acquaintance.WithObjections, s.Objections ?? [], s.Objections is not { Count: > 0 }), (at, by, s) => new ObjectToConclusion(at, by, s.Channel, s.Objections ?? []));
        Act<SentObjectionList>(group, "/conclusions/{conclusion:long}/objection-list", "ListObjections", "The provider sends the list of objections after it signed with objection: on the day of signing, or until the end of the term as the policy says.",
            Right.AnswerConclusion, Whose, (word, sent, context, lang) => work.Act(
                word, context.Number("conclusion"), new ListObjections(word.ReceivedAt, CaseWork.ActorOf(Gate.VisitorOf(context)), sent.Channel, sent.Objections ?? [], null, work.KeepAll(sent.Papers)), lang));
        Map<SentConsideration>("consideration", "ConsiderObjections", "The branch considers the objections: with new rows where it agrees, with reasons in any case.",
            (at, by, s) => new ConsiderObjections(at, by, s.Reasons ?? "", CaseWork.LinesOf(s.Lines), CaseWork.ClausesOf(s.Clauses)), reviews: true);
        Map<SentNothing>("reply", "SendReply", "Sends the reasoned reply.", (at, by, _) => new SendReply(at, by), reviews: true);
        Map<SentNumber>("appeal", "NoteAppeal", "Notes that the provider complained to the state body.", (at, by, s) => new AppealResults(at, by, s.Number ?? ""));
        Map<SentAppealDecision>("appeal-decision", "DecideAppeal", "Notes what the state body decided; what it takes off is given back.",
            (at, by, s) => new DecideAppeal(at, by, s.Outcome, s.Document ?? "", CaseWork.LinesOf(s.Lines), CaseWork.ClausesOf(s.Clauses)));
    }

    private static void Act<T>(RouteGroupBuilder group, string path, string name, string summary, Right right, Func<HttpContext, Owner?> whose, Func<ReceivedWord, T, HttpContext, string?, WordOutcome> act)
        where T : notnull =>
        ActAsync<T>(group, path, name, summary, right, whose, (word, sent, context, lang, _) => Task.FromResult(act(word, sent, context, lang)));

    private static void ActAsync<T>(
        RouteGroupBuilder group, string path, string name, string summary, Right right, Func<HttpContext, Owner?> whose, Func<ReceivedWord, T, HttpContext, string?, CancellationToken, Task<WordOutcome>> act)
        where T : notnull =>
        group.MapPost(path, async (
                HttpContext context,
                [FromHeader(Name = "Idempotency-Key")] [Description("A word of the sender for this act; sent again with the same content it gets the same answer.")] string? key,
                [Description("Language of texts: kk, ru or en.")] string? lang, CancellationToken stop) => await ReceiveAsync(context, path, key, lang, act, stop))
            .WithName("Unscheduled" + name).WithSummary(summary).Accepts<T>("application/json").Produces<WordAnswer>().Produces<WordAnswer>(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .DisableAntiforgery().Needs(right, whose);

    private static async Task<IResult> ReceiveAsync<T>(
        HttpContext context, string path, string? key, string? lang, Func<ReceivedWord, T, HttpContext, string?, CancellationToken, Task<WordOutcome>> act, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > 200)
        {
            return Results.Problem("Idempotency-Key", statusCode: StatusCodes.Status400BadRequest);
        }

        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, stop)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);
            }
        }

        try
        {
            var content = body.GetBuffer().AsSpan(0, (int)body.Length);
            var sent = content.IsEmpty && typeof(T) == typeof(SentNothing) ? JsonSerializer.Deserialize<T>("{}", Json) : JsonSerializer.Deserialize<T>(content, Json) ?? throw new JsonException("null");
            var hash = context.Request.Path + ":" + Convert.ToHexStringLower(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
            var arrival = ProceedingEndpoints.ArrivalOf(context)!;
            var word = new ReceivedWord(arrival.DoorId, Gate.VisitorOf(context).Actor, key, path, hash, arrival.At);
            var outcome = await act(word, sent!, context, lang, stop);
            return outcome.Differs
                ? Results.Problem("Idempotency-Key", statusCode: StatusCodes.Status422UnprocessableEntity)
                : Results.Text(outcome.Receipt.Answer, "application/json", statusCode: outcome.Receipt.Refusal is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            return Results.Problem(wrong is PaperRefusedException refused ? refused.Text.In(lang ?? "kk") : wrong.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static IResult Paper(CaseWork work, string code, string format)
    {
        if (!CheckCode.TryParse(code, out var asked) || work.Documents.Find(asked) is not { } paper)
        {
            return Results.NotFound();
        }

        var name = paper.Entry.Number.ToString().Replace('/', '-');
        return format switch
        {
            "docx" => Results.File(work.Documents.Files.Read(paper.Version.DocxHash), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx"),
            "xlsx" => Results.File(work.Documents.Files.Read(paper.Version.XlsxHash), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx"),
            "html" => Results.File(work.Documents.Files.Read(paper.Version.PrintHash), "text/html; charset=utf-8"),
            _ => Results.NotFound(),
        };
    }

    private static IResult Told<T>(T value) => Results.Json(value, Json);

    private static CaseAnswer Short(UnscheduledCase one) => new(
        one.Id, one.Kind, one.Number, one.ProviderId, one.Region, one.Stage, one.Owner, one.Term,
        one.DueAt is { } due ? LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(due - 1)) : null, one.Overdue == 1);

    private static StepAnswer Step(string what, DateTimeOffset at, Ground ground) =>
        new(JsonNamingPolicy.SnakeCaseLower.ConvertName(what), at, ground.Paragraph.ToString(), ground.Outcome, ground.Inputs.ToDictionary());

    private static List<PaperAnswer> PapersOf(CaseWork work, UnscheduledCase one) => [.. work.Papers.Of(one.Kind, one.Id).Select(d =>
        new PaperAnswer(d.Kind, d.Number.ToString(), CheckCode.TryParse(d.Code, out var code) ? code.ToString() : d.Code, (int)work.Documents.Find(code)!.Version.Version))];

    private sealed class CitationText : JsonConverter<Kepil.Law.Citation>
    {
        public override Kepil.Law.Citation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Kepil.Law.Citation.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Kepil.Law.Citation value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
