using System.ComponentModel;
using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Proceedings;

/// <summary>What is said of an outage when it is entered.</summary>
/// <param name="From">The moment from which the system was not available.</param>
/// <param name="To">The moment of its return.</param>
/// <param name="LetterNumber">Number of the Fund's letter that confirms it.</param>
/// <param name="LetterOn">Day of that letter.</param>
/// <param name="Systems">Which systems.</param>
/// <param name="Reason">Why they were not available.</param>
public sealed record SentOutage(DateTimeOffset From, DateTimeOffset To, string? LetterNumber, DateOnly LetterOn, string? Systems, string? Reason);

/// <summary>The word of the second person.</summary>
/// <param name="Confirmed">Whether the outage counts; otherwise its entry was a mistake.</param>
/// <param name="Reasons">Why it does not count.</param>
public sealed record SentOutageDecision(bool Confirmed, string? Reasons);

/// <summary>An outage as employees see it.</summary>
/// <param name="State">entered, confirmed or refused.</param>
/// <param name="WorkingDays">Working days that it takes out of running terms.</param>
/// <param name="Cases">Terms that became longer by it.</param>
public sealed record OutageAnswer(
    long Id, DateTimeOffset From, DateTimeOffset To, string LetterNumber, DateOnly LetterOn, string Systems, string Reason, string State, long EnteredBy, long? DecidedBy, IReadOnlyList<DateOnly> WorkingDays, int Cases);

/// <summary>Outages of the Fund's system: entered by one person, confirmed by another.</summary>
public static class OutageEndpoints
{
    private const int Most = 500;

    public static void Map(WebApplication app, ProceedingStore store, TimeProvider clock)
    {
        var (outages, terms) = (app.Services.GetRequiredService<OutageStore>(), app.Services.GetRequiredService<TermsByDay>());
        var group = app.MapGroup("/api/outages");
        group.MapGet("/", () => Results.Ok(outages.All().Select(o => Answer(o.Entry, o.Decision, outages, terms.At(clock.GetUtcNow()))).ToList()))
            .WithName("ListOutages").WithSummary("Outages that were entered, the newest first.").Produces<IReadOnlyList<OutageAnswer>>()
            .Needs(Right.SeeOutages);
        group.MapPost("/", (
                SentOutage sent, [FromHeader(Name = "Idempotency-Key")] [Description("A word of the sender for this act; the same letter with the same hours is one entry anyhow.")] string? key, string? lang, HttpContext context) =>
            {
                if (string.IsNullOrWhiteSpace(key))
                {
                    return Results.Problem("Idempotency-Key", statusCode: StatusCodes.Status400BadRequest);
                }

                var (entry, refusal) = outages.Enter(new(sent.From, sent.To, sent.LetterNumber ?? "", sent.LetterOn), sent.Systems ?? "", sent.Reason ?? "", Gate.VisitorOf(context).User!.Id, clock.GetUtcNow());
                return entry is null ? Refused(refusal!, lang) : Results.Ok(Answer(entry, null, outages, terms.At(clock.GetUtcNow())));
            })
            .WithName("EnterOutage").WithSummary("Enters an outage with the Fund's letter; it counts only after another person has confirmed it.")
            .Produces<OutageAnswer>().ProducesProblem(StatusCodes.Status409Conflict).DisableAntiforgery().Needs(Right.EnterOutage);
        group.MapGet("/{outage:long}/effect", (long outage, long? after) => Effect(outages, store, terms, clock.GetUtcNow(), outage, after ?? 0))
            .WithName("OutageEffect").WithSummary("Cases whose running term becomes longer: foreseen while the outage waits for its confirmation, touched afterwards.")
            .Produces<IReadOnlyList<OutageEffect>>().Needs(Right.SeeOutages);
        group.MapPost("/{outage:long}/decision", (
                long outage, SentOutageDecision sent, [FromHeader(Name = "Idempotency-Key")] string? key, string? lang, HttpContext context) =>
            {
                if (string.IsNullOrWhiteSpace(key))
                {
                    return Results.Problem("Idempotency-Key", statusCode: StatusCodes.Status400BadRequest);
                }

                var at = clock.GetUtcNow();
                var (decision, refusal) = outages.Decide(outage, sent.Confirmed, sent.Reasons ?? "", Gate.VisitorOf(context).User!.Id, at);
                if (decision is null)
                {
                    return Refused(refusal!, lang);
                }

                // The watch makes the same pass again if this one is broken off.
                store.CountOutages(at, terms.At(at));
                var entry = outages.All().First(o => o.Entry.Id == outage).Entry;
                return Results.Ok(Answer(entry, decision, outages, terms.At(at)));
            })
            .WithName("DecideOutage").WithSummary("Confirms an outage that somebody else entered, or says that its entry was a mistake.")
            .Produces<OutageAnswer>().ProducesProblem(StatusCodes.Status409Conflict).DisableAntiforgery().Needs(Right.ConfirmOutage);
    }

    private static IResult Effect(OutageStore outages, ProceedingStore store, TermsByDay terms, DateTimeOffset at, long id, long after)
    {
        var (entry, decision) = outages.All().FirstOrDefault(o => o.Entry.Id == id);
        if (entry is null)
        {
            return Results.NotFound();
        }

        if (decision is not null)
        {
            return Results.Ok(outages.Cases(id, (int)Math.Min(after, int.MaxValue), Most).Select(c => new OutageEffect(c.Kind, c.CaseId, c.Term, Day(c.Was), Day(c.Now))).ToList());
        }

        var known = terms.At(at);
        return Results.Ok(store.Foresee(new Terms(known.Law, known.Today, [.. known.Outages, entry.ToOutage()]), after, Most));
    }

    private static OutageAnswer Answer(OutageEntry entry, OutageDecision? decision, OutageStore outages, Terms terms)
    {
        var outage = entry.ToOutage();
        var days = new Terms(terms.Law, terms.Today, [outage]).OutageDays.Where(terms.Calendar.IsWorkingDay).ToList();
        return new(
            entry.Id, outage.From, outage.To, entry.LetterNumber, outage.LetterOn, entry.Systems, entry.Reason,
            decision is null ? "entered" : decision.Confirmed == 1 ? "confirmed" : "refused", entry.EnteredBy, decision?.DecidedBy, days, decision is null ? 0 : outages.CountCases(entry.Id));
    }

    private static IResult Refused(Refusal refusal, string? lang) => refusal.Reason == "no_such_outage"
        ? Results.Problem(refusal.Text.In(lang ?? "kk"), statusCode: StatusCodes.Status404NotFound, title: refusal.Reason)
        : Results.Problem(refusal.Text.In(lang ?? "kk"), statusCode: StatusCodes.Status409Conflict, title: refusal.Reason);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
