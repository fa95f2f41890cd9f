using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Oversight;

/// <summary>The head's board: load, deadlines and fairness, handovers, and what waits for a person.</summary>
public static class BoardEndpoints
{
    /// <summary>Cases that wait for the Fund's word and are shown together at most.</summary>
    private const int OfFundAtMost = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/board", Board).Needs(Right.SeeBoard, _ => Owner.OfRows);
        routes.MapGet("/board/{part}.xlsx", Download).Needs(Right.SeeBoard, _ => Owner.OfRows);
        routes.MapPost("/board/handovers", Ask).Needs(Right.HandOver, _ => Owner.OfRows);
        routes.MapPost("/board/handovers/{handover:long}", Answer).Needs(Right.HandOver, _ => Owner.OfRows);
        routes.MapPost("/board/findings/{proceeding:long}", Record).Needs(Right.RecordResult, _ => Owner.OfRows);
        routes.MapPost("/board/silence", ReleaseSilence).Needs(Right.ReleaseSilence);
        routes.MapPost("/board/conclusions", ReleaseConclusions).Needs(Right.ReleaseSilence);
        routes.MapPost("/board/rules", ReleaseRule).Needs(Right.ReleaseRule);
    }

    /// <summary>Reads the policies, the calendar and the people once for a request.</summary>
    private static BoardView View(HttpContext context, string? by, string? month)
    {
        var services = context.RequestServices;
        var (desk, law, store) = (services.GetRequiredService<DeskStore>(), services.GetRequiredService<LawBook>(), services.GetRequiredService<ProceedingStore>());
        var (now, region) = (desk.Clock.GetUtcNow(), RegionOf(Gate.VisitorOf(context)));
        var today = LocalDay.Of(now);
        var asked = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var m) ? m : (DateOnly?)null;
        return new(
            store.Board(region, asked), region, asked, BoardView.Ways.Contains(by) ? by! : "rule", now, law.Policies.On(today), law.Calendar.AsKnownOn(today), law,
            services.GetRequiredService<RuleShelf>(), desk.Users().ToDictionary(u => u.Id, u => u.FullName));
    }

    private static RazorComponentResult<BoardPage> Board(string? by, string? month, long? @case, string? said, FindingStore findings, ProceedingStore store, Brakes brakes, Visitor visitor, HttpContext context) =>
        Page(context, by, month, @case, said, null, findings, store, brakes, visitor);

    private static RazorComponentResult<BoardPage> Page(
        HttpContext context, string? by, string? month, long? @case, string? said, Wording? wrong, FindingStore findings, ProceedingStore store, Brakes brakes, Visitor visitor)
    {
        var view = View(context, by, month);
        return new(new Dictionary<string, object?>
        {
            [nameof(BoardPage.View)] = view,
            [nameof(BoardPage.Months)] = findings.Months(),
            [nameof(BoardPage.Handovers)] = store.Handovers().Where(h => view.Region is null || h.Region == view.Region).ToList(),
            [nameof(BoardPage.Silence)] = brakes.Silence(),
            [nameof(BoardPage.Conclusions)] = brakes.Conclusions?.Held(),
            [nameof(BoardPage.Large)] = brakes.LargeRules(),
            [nameof(BoardPage.Released)] = brakes.Released(),
            [nameof(BoardPage.OfFund)] = store.OfFund(view.Region, OfFundAtMost).Select(r => (r, store.History(r.Id).OfType<FindingExplained>().LastOrDefault()?.Reasons)).ToList(),
            [nameof(BoardPage.Chosen)] = @case is { } id && visitor.May(Right.HandOver) ? view.Board.Reviews.FirstOrDefault(r => r.Id == id) : null,
            [nameof(BoardPage.Said)] = said is "asked" or "confirmed" or "refused" or "released" or "recorded" ? "Board.Said." + said : null,
            [nameof(BoardPage.Wrong)] = wrong,
        })
        { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static IResult Download(string part, string? by, string? month, Visitor visitor, PageLanguage language, HttpContext context) =>
        View(context, by, month).Sheet(part, language, visitor.User!) is { } sheet
            ? Results.File(sheet.ToXlsx(), FindingSheet.XlsxType, $"kepil-{part}.xlsx")
            : MessageEndpoints.NotFound();

    private static IResult Ask([FromForm] string? proceeding, [FromForm] string? reason, ProceedingStore store, FindingStore findings, Brakes brakes, TimeProvider clock, Visitor visitor, HttpContext context)
    {
        if (!long.TryParse(proceeding, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || store.Row(id) is not { Reviewer: not null } row)
        {
            return MessageEndpoints.NotFound();
        }

        // The branch decides on reviews of its own employees alone.
        if (RegionOf(visitor) is { } region && row.ReviewerRegion != region)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        return store.AskHandover(id, visitor.User!.Id, visitor.Actor, reason ?? "", clock.GetUtcNow()) is { } refusal
            ? Page(context, null, null, id, null, refusal.Text, findings, store, brakes, visitor)
            : Results.Redirect("/board?said=asked#handovers");
    }

    private static IResult Answer(long handover, [FromForm] string? answer, ProceedingStore store, FindingStore findings, Brakes brakes, TermsByDay terms, TimeProvider clock, Visitor visitor, HttpContext context)
    {
        if (store.Handover(handover) is not { } asked || answer is not ("confirmed" or "refused"))
        {
            return MessageEndpoints.NotFound();
        }

        if (RegionOf(visitor) is { } region && asked.Region != region)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var now = clock.GetUtcNow();
        return store.AnswerHandover(handover, visitor.User!.Id, visitor.Actor, answer == "confirmed", terms.At(now), now) is { } refusal
            ? Page(context, null, null, null, null, refusal.Text, findings, store, brakes, visitor)
            : Results.Redirect($"/board?said={answer}#handovers");
    }

    /// <summary>What the state body found on a mother's death, or that an explanation of a general finding was used.</summary>
    [Law("MON-321:40.1")]
    [Law("MON-321:25")]
    private static IResult Record(
        long proceeding, [FromForm] string? answer, [FromForm] string? reason, ProceedingStore store, FindingStore findings, Brakes brakes, TermsByDay terms, TimeProvider clock, Visitor visitor, HttpContext context)
    {
        if (store.Row(proceeding) is not { } row || answer is not ("goes_on" or "dropped" or "used"))
        {
            return MessageEndpoints.NotFound();
        }

        if (RegionOf(visitor) is { } region && row.Territory != region)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var (now, by) = (clock.GetUtcNow(), new Actor(Party.Fund, visitor.User!.Id, visitor.User.Region ?? ""));
        ProceedingCommand command = answer == "used" ? new CloseGeneral(by, now, reason ?? "") : new RecordStateBodyResult(by, now, answer == "goes_on", reason ?? "");
        return store.Act(proceeding, command, terms.At(now), visitor.Actor).Refusal is { } refusal
            ? Page(context, null, null, null, null, refusal.Text, findings, store, brakes, visitor)
            : Results.Redirect("/board?said=recorded");
    }

    private static IResult ReleaseSilence(Brakes brakes, ReceiptDoor door, Visitor visitor)
    {
        if (brakes.Silence() is not null)
        {
            brakes.ReleaseSilence(visitor.Actor, door);
        }

        return Results.Redirect("/board?said=released#brakes");
    }

    private static IResult ReleaseConclusions(Brakes brakes, Visitor visitor)
    {
        if (brakes.Conclusions is { } conclusions && conclusions.Held() is not null)
        {
            conclusions.Release(visitor.Actor);
        }

        return Results.Redirect("/board?said=released#brakes");
    }

    private static IResult ReleaseRule([FromForm] string? month, [FromForm] string? rule, Brakes brakes, Visitor visitor) =>
        DateOnly.TryParseExact(month, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && brakes.Release(asked, rule ?? "", visitor.Actor)
            ? Results.Redirect("/board?said=released#brakes")
            : MessageEndpoints.NotFound();

    /// <summary>The branch whose affairs alone one may see; null when all.</summary>
    private static string? RegionOf(Visitor visitor) => Rights.Of(Right.SeeBoard, visitor.Holder).HasFlag(Scope.All) ? null : visitor.User?.Region ?? "";
}
