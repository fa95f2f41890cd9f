using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Kepil.Fund.Proceedings;

/// <summary>A finding as its provider may see it: the code, the sum, where it stands and until when the provider may act.</summary>
/// <param name="Line">What the provider calls the line.</param>
/// <param name="AtRiskTiyn">What is withheld of the line's bill if the finding is confirmed.</param>
/// <param name="DebtTiyn">What exceeds the bill of the line.</param>
/// <param name="Until">Last day for an act of the provider.</param>
/// <param name="EndsAt">The moment at which that term is over.</param>
/// <param name="NotCounted">Days that this term leaves out.</param>
public sealed record FindingAnswer(
    long Id, string? Line, string Code, string Name, string Form, string Track, string Stage, string Owner, string Effect, DateOnly? Until, DateTimeOffset? EndsAt,
    long BilledTiyn, long AtRiskTiyn, long DebtTiyn, DateOnly DetectedOn, DateTimeOffset FrozenAt, string SnapshotHash, IReadOnlyList<SeenStep>? Steps, IReadOnlyList<DayNotCounted>? NotCounted);

/// <summary>A day that a running term leaves out, with the reason: a day off, or an outage with the Fund's letter.</summary>
public sealed record DayNotCounted(DateOnly Day, string Why);

/// <summary>What a hospital's system sends when it acts on a finding.</summary>
public sealed record SentAct(string? Reasons, IReadOnlyList<SentPaper>? Papers);

/// <summary>A file that goes with it.</summary>
/// <param name="Content">The file in Base64.</param>
/// <param name="MadeAt">When its content arose, where that is known.</param>
/// <param name="FromMis">An entry of a medical information system.</param>
public sealed record SentPaper(string Name, byte[] Content, DateTimeOffset? MadeAt, bool FromMis);

/// <summary>Findings, objections and decisions for hospital systems.</summary>
public static class ProceedingEndpoints
{
    private const string Arrived = "arrival";
    private const int Most = 200;

    /// <summary>Bytes of one act with its files at most.</summary>
    private const long MostBytes = 30L << 20;

    /// <summary>Bytes of the last word of an act at the pages at most.</summary>
    private const long MostOfLastWord = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Takes the moment of arrival of whatever a provider sends, before anything else is done with it.</summary>
    public static async Task ArriveAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        // At the pages only the short last word of an act arrives; its text and its files came before.
        var page = path.StartsWithSegments("/office") && !path.StartsWithSegments("/office/registers") && path.Value!.EndsWith("/send", StringComparison.Ordinal);
        var act = page || path.StartsWithSegments("/api/proceedings") || path.StartsWithSegments("/api/unscheduled");
        if (!HttpMethods.IsPost(context.Request.Method) || !act || context.RequestServices.GetService<ReceiptDoor>() is not { } door)
        {
            await next(context);
            return;
        }

        if (page)
        {
            // Silence confirms nothing while an arrival is open, so nobody may keep one open by sending slowly.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostOfLastWord;
            context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = new(bytesPerSecond: MostOfLastWord / 60, gracePeriod: TimeSpan.FromSeconds(5));
        }

        ReceiptArrival? arrival = null;
        try
        {
            context.Items[Arrived] = arrival = door.Enter();
            await next(context);
        }
        catch (DoorClosedException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        finally
        {
            arrival?.Dispose();
        }
    }

    public static void Map(WebApplication app, FundFolder folder, IRecords records, ProceedingStore store, TimeProvider clock)
    {
        var terms = app.Services.GetRequiredService<TermsByDay>();
        var acts = new ProviderActs(folder, store);
        var group = app.MapGroup("/api/proceedings");
        group.MapGet("/", (
                HttpContext context,
                [Description("Month that was billed, 2026-10.")] string month,
                [Description("The last number of the part before.")] long? after,
                [Description("Only findings that were shown on this day, 2026-11-02.")] DateOnly? shown,
                [Description("Language: kk, ru or en.")] string? lang) =>
                DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
                    ? Results.Ok(Part(store.OfProvider(OfKey(context)!.Value, first, after ?? 0, Most, shown), terms.At(clock.GetUtcNow()), records, lang))
                    : Results.BadRequest())
            .WithName("ListFindings").WithSummary("Findings of the own provider of a month or of one day, in the order of their numbers, 200 at a time: where each stands, until when, how much.")
            .Produces<IReadOnlyList<FindingAnswer>>()
            .Needs(Right.SeeProceedings, context => new Owner(Stated(context) ?? OfKey(context), null, []), seen: "ProceedingsSeen");
        group.MapGet("/{proceeding:long}", (HttpContext context, long proceeding, string? lang) => One(store, proceeding, terms.At(clock.GetUtcNow()), records, lang))
            .WithName("SeeFinding").WithSummary("One finding with all that was done about it so far.")
            .Produces<FindingAnswer>().Needs(Right.SeeProceedings, Whose, seen: "ProceedingSeen");
        group.MapGet("/{proceeding:long}/decisions", (HttpContext context, long proceeding, string? lang) =>
                Results.Ok(One(store, proceeding, terms.At(clock.GetUtcNow()), records, lang).Steps!.Where(s => s.What is "case_decided" or "silence_confirmed" or "review_lapsed" or "general_closed").ToList()))
            .WithName("SeeDecisions").WithSummary("The decisions on a finding with their reasons.")
            .Produces<IReadOnlyList<SeenStep>>().Needs(Right.SeeProceedings, Whose, seen: "DecisionsSeen");
        group.MapGet("/{proceeding:long}/receipts", (HttpContext context, long proceeding) => Results.Ok(store.ReceiptsOf(proceeding).Select(ProviderActs.AnswerOf).ToList()))
            .WithName("SeeReceipts").WithSummary("Everything that was received about a finding, with the moment at which it reached the server.")
            .Produces<IReadOnlyList<ReceiptAnswer>>().Needs(Right.SeeProceedings, Whose);
        foreach (var (act, name, summary) in new[]
        {
            ("objection", "Object", "Objects to a finding, with reasons."),
            ("repeat-objection", "ObjectAgain", "Objects again, or brings the dispute on a death before the central office."),
            ("withdrawal", "Withdraw", "Takes an objection back on which nobody decided yet."),
            ("explanation", "Explain", "Explains a general finding, which has no effect on payment."),
            ("documents", "SendDocuments", "Sends the documents that the branch or a reviewer asked for in writing: PDF, JPG, PNG, DOCX or XLSX, at most 10 files of 15 MB, 30 MB together."),
        })
        {
            group.MapPost("/{proceeding:long}/" + act, (
                    HttpContext context, long proceeding,
                    [FromHeader(Name = "Idempotency-Key")] [Description("A word of the sender for this act; sent again with the same content it gets the same answer.")] string? key,
                    [Description("Language of texts: kk, ru or en.")] string? lang, CancellationToken stop) =>
                    ReceiveAsync(context, acts, terms.At(clock.GetUtcNow()), clock, proceeding, act, key, lang, stop))
                .WithName(name).WithSummary(summary).Accepts<SentAct>("application/json").Produces<ReceiptAnswer>().Produces<ReceiptAnswer>(StatusCodes.Status409Conflict)
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .DisableAntiforgery()
                .Needs(Right.ObjectToFinding, Whose);
        }

        Owner? Whose(HttpContext context) => store.Find(context.Number("proceeding")) is { } found && found.IsShownToProvider(terms.At(clock.GetUtcNow()).Policies) ? new Owner(found.ProviderId, null, []) : null;
    }

    private static long? OfKey(HttpContext context) => Gate.VisitorOf(context).Key?.ProviderId;

    private static long? Stated(HttpContext context) => long.TryParse(context.Request.Query["provider"], CultureInfo.InvariantCulture, out var provider) ? provider : null;

    /// <summary>The arrival of what a request sent; nothing where none was taken.</summary>
    public static ReceiptArrival? ArrivalOf(HttpContext context) => context.Items[Arrived] as ReceiptArrival;

    private static List<FindingAnswer> Part(IReadOnlyList<Proceeding> found, Terms terms, IRecords records, string? lang)
    {
        var shown = found.Where(f => f.IsShownToProvider(terms.Policies)).ToList();
        var lines = shown.Count == 0 ? [] : records.Query(
            $"SELECT service_id, line_id FROM known_service WHERE service_id IN ({string.Join(',', shown.Select(f => f.LineId).Distinct())})", r => (r.Long(0), r.Text(1))).DistinctBy(l => l.Item1).ToDictionary(l => l.Item1, l => l.Item2);
        return shown.ConvertAll(f => Answer(f, f.For(Party.Provider, [], terms.Policies), lines.GetValueOrDefault(f.LineId), terms, lang, false));
    }

    private static FindingAnswer One(ProceedingStore store, long id, Terms terms, IRecords records, string? lang)
    {
        var found = store.Find(id)!;
        var line = records.Query("SELECT line_id FROM known_service WHERE service_id = $1", r => r.Text(0), found.LineId).FirstOrDefault();
        return Answer(found, found.For(Party.Provider, store.History(id), terms.Policies), line, terms, lang, true);
    }

    private static FindingAnswer Answer(Proceeding found, ProceedingView view, string? line, Terms terms, string? lang, bool steps) => new(
        found.Id, line, found.Code, found.Code.Length == 0 ? "" : terms.Law.Classification.On(LocalDay.Of(found.DetectedAt))[found.Code].Name.In(lang ?? "kk"), view.Form, view.Track, view.Stage, view.Owner, view.Effect,
        view.Until, view.Until is null ? null : found.Due?.EndsAt, found.Billed, Math.Min(found.AtRisk, found.Billed), Math.Max(0, found.AtRisk - found.Billed),
        view.DetectedOn, view.FrozenAt, view.SnapshotHash, steps ? view.Steps : null,
        steps && view.Until is not null ? DaysNotCounted(found.Due!, terms, lang) : null);

    /// <summary>How the running term came about: the days that it leaves out.</summary>
    private static IReadOnlyList<DayNotCounted>? DaysNotCounted(Due due, Terms terms, string? lang) =>
        TermSource.All.ContainsKey(due.Name) && terms.Of(due.Name, due.Start, due.Length) is var term && term.Last == due.Last
            ? [.. term.Skipped.Select(d => new DayNotCounted(d.Day, d.Why.In(lang ?? "kk")))]
            : null;

    /// <summary>What is wrong with the files of an act; an answer to a request for documents has at least one.</summary>
    private static Wording? Fault(string act, SentAct? sent)
    {
        var papers = sent?.Papers ?? [];
        if (act == "documents" && papers.Count == 0)
        {
            return PaperKinds.TextOf(PaperFault.Missing, null);
        }

        foreach (var (place, paper) in papers.Index())
        {
            if (PaperKinds.FaultOf(paper?.Name, paper?.Content ?? [], place) is { } fault)
            {
                return PaperKinds.TextOf(fault, paper?.Name);
            }
        }

        return null;
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, ProviderActs acts, Terms terms, TimeProvider clock, long id, string act, string? key, string? lang, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > 200)
        {
            return Results.Problem("Idempotency-Key", statusCode: StatusCodes.Status400BadRequest);
        }

        // Whoever sends slower than this does not hold up the terms of others.
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        SentAct? sent;
        string hash;
        try
        {
            using var body = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, either.Token)) > 0;)
            {
                body.Write(buffer, 0, read);
                if (body.Length > MostBytes)
                {
                    return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);
                }
            }

            hash = Convert.ToHexStringLower(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
            sent = JsonSerializer.Deserialize<SentAct>(body.GetBuffer().AsSpan(0, (int)body.Length), Json);
        }
        catch (JsonException wrong)
        {
            return Results.Problem(wrong.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Results.Problem(statusCode: StatusCodes.Status408RequestTimeout);
        }

        if (Fault(act, sent) is { } fault)
        {
            return Results.Problem(fault.In(lang ?? "kk"), statusCode: StatusCodes.Status400BadRequest);
        }

        var system = Gate.VisitorOf(context).Key!;
        var papers = (sent?.Papers ?? []).Select(p => acts.Keep(p.Name, p.Content, p.MadeAt, p.FromMis)).ToList();
        var outcome = acts.Receive(
            id, act, key, hash, sent?.Reasons ?? "", papers, ArrivalOf(context)!, system.ProviderId, new Actor(Party.Provider, system.Id, ""), system.Actor, clock.GetUtcNow(), terms, lang ?? "kk");
        return outcome.Differs
            ? Results.Problem("Idempotency-Key", statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.Text(outcome.Receipt!.Answer, "application/json", statusCode: outcome.Receipt.Refusal is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }
}
