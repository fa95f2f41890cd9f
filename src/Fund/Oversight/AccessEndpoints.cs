using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Oversight;

/// <summary>Opening a person's data outside one's cases, and the review of it by another.</summary>
public static class AccessEndpoints
{
    /// <summary>Openings in the list.</summary>
    private const int Most = 100;

    /// <summary>Openings of a file.</summary>
    private const int MostRows = 100_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access", (DataOpenings openings, DeskStore desk, Visitor visitor) => Page(openings, desk, visitor, null)).Needs(Right.SeeOpenings, _ => Owner.OfRows);
        routes.MapGet("/access.xlsx", Sheet).Needs(Right.SeeOpenings, _ => Owner.OfRows, seen: "OpeningsTaken");
        routes.MapPost("/access", Open).Needs(Right.OpenData);
        routes.MapGet("/access/{opening:long}", (long opening, DataOpenings openings, DeskStore desk, IRecords records, Visitor visitor) => One(opening, openings, desk, records, visitor, null)).Needs(Right.SeeOpenings, _ => Owner.OfRows, seen: "OpeningSeen");
        routes.MapPost("/access/{opening:long}", Review).Needs(Right.ReviewOpening, _ => Owner.OfRows);
    }

    /// <summary>The own openings, and those that one may review or see.</summary>
    public static bool Sees(Visitor visitor, DataOpening opening) =>
        visitor.User is { } user && (opening.UserId == user.Id || user.Role == Role.Auditor || OpeningNotes.MayReview(user, opening));

    private static RazorComponentResult<AccessPage> Page(DataOpenings openings, DeskStore desk, Visitor visitor, string? wrong) => new(new Dictionary<string, object?>
    {
        [nameof(AccessPage.Openings)] = openings.Newest(Most).Where(o => Sees(visitor, o)).ToList(),
        [nameof(AccessPage.Names)] = desk.Users().ToDictionary(u => u.Id, u => u.FullName),
        [nameof(AccessPage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    /// <summary>The openings that the page lists and those before them; numbers of persons are masked there too.</summary>
    private static IResult Sheet(DataOpenings openings, DeskStore desk, Visitor visitor, PageLanguage language)
    {
        var names = desk.Users().ToDictionary(u => u.Id, u => u.FullName);
        var rows = openings.Newest(MostRows).Where(o => Sees(visitor, o)).Select(o => new object?[]
        {
            o.Id, PageLanguage.Masked(o.PersonId), names.GetValueOrDefault(o.UserId) ?? "–", o.Reason, language.Moment(o.OpenedAt), language.Moment(o.EndsAt), LocalDay.Of(o.ReviewDue.AddTicks(-1)),
            o.Justified is { } justified ? language[justified ? "Access.Justified" : "Access.Unjustified"] : null, o.ReviewedBy is { } by ? names.GetValueOrDefault(by) : null, o.ReviewNote,
        }).ToList();
        List<(string, string)> about = [(language["Sheet.Rows"], language.Number(rows.Count)), (language["Sheet.MadeAt"], language.Moment(desk.Clock.GetUtcNow()) + " (UTC+05:00)"), (language["Sheet.MadeBy"], visitor.User!.FullName)];
        List<string> head =
        [
            "№", language["Access.Person.Short"], language["Access.Who"], language["Access.Reason"], language["Access.When"], language["Access.IsOver"], language["Access.ReviewUntil"], language["Access.Review.Answer"], language["Outages.DecidedBy"], language["Access.Review.Note"],
        ];
        return Results.File(new FindingSheet(head, rows, about, [8, 16, 36, 60, 20, 20, 14, 16, 36, 40], language, language["Access.Title"]).ToXlsx(), FindingSheet.XlsxType, "kepil-openings.xlsx");
    }

    private static IResult Open(
        [FromForm] string? person, [FromForm] string? reason, [FromForm] string? hours, DataOpenings openings, DeskStore desk, InboxStore inbox, LawBook law, Visitor visitor)
    {
        if (SearchWords.Identity(person ?? "") is not { } number || string.IsNullOrWhiteSpace(reason) || reason.Trim().Length < 10
            || !int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 1 or > DataOpenings.MostHours)
        {
            return Page(openings, desk, visitor, "Access.Wrong");
        }

        var now = desk.Clock.GetUtcNow();
        var today = LocalDay.Of(now);
        var due = LocalDay.At(law.Calendar.AsKnownOn(today).AddWorkingDays(today, DataOpenings.ReviewDays).AddDays(1), TimeOnly.MinValue);
        var opening = openings.Open(visitor.User!, number, reason, length, due);
        // Those who review it learn at once, not with the next round.
        inbox.Add([.. OpeningNotes.Of([opening], now, [.. desk.Users().Where(u => u.OffAt is null)])]);
        return Results.Redirect(FormattableString.Invariant($"/access/{opening.Id}"));
    }

    private static IResult One(long opening, DataOpenings openings, DeskStore desk, IRecords records, Visitor visitor, string? wrong)
    {
        if (openings.Find(opening) is not { } found || !Sees(visitor, found))
        {
            return MessageEndpoints.NotFound();
        }

        var own = found.UserId == visitor.User!.Id;
        return new RazorComponentResult<OpeningPage>(new Dictionary<string, object?>
        {
            [nameof(OpeningPage.Opening)] = found,
            [nameof(OpeningPage.IsOpen)] = openings.IsOpen(found),
            [nameof(OpeningPage.Lines)] = own && openings.IsOpen(found) ? PersonLine.Of(records, found.PersonId) : null,
            [nameof(OpeningPage.MayReview)] = found.ReviewedAt is null && OpeningNotes.MayReview(visitor.User, found),
            // What the one who opened did meanwhile is for those who review it.
            [nameof(OpeningPage.Events)] = own ? [] : desk.Journal.Find(new(FormattableString.Invariant($"user:{found.UserId}"), null, null, found.OpenedAt, found.EndsAt), 50),
            [nameof(OpeningPage.Names)] = desk.Users().ToDictionary(u => u.Id, u => u.FullName),
            [nameof(OpeningPage.Wrong)] = wrong,
        })
        { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static IResult Review(long opening, [FromForm] string? answer, [FromForm] string? note, DataOpenings openings, DeskStore desk, IRecords records, Visitor visitor)
    {
        if (openings.Find(opening) is not { } found || answer is not ("justified" or "unjustified"))
        {
            return MessageEndpoints.NotFound();
        }

        return !OpeningNotes.MayReview(visitor.User!, found) ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : openings.Review(opening, visitor.User!, answer == "justified", note ?? "") ? Results.Redirect("/access")
            : One(opening, openings, desk, records, visitor, "Access.Review.Wrong");
    }
}
