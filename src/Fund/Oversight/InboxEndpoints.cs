using System.Globalization;
using System.Net.Mail;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Oversight;

/// <summary>Everybody's inbox, how he wants to be told, and the calendar that other programs subscribe to.</summary>
public static class InboxEndpoints
{
    /// <summary>Notes on the page.</summary>
    private const int Most = 100;

    /// <summary>Notes of a file.</summary>
    private const int MostRows = 10_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox", (string? said, InboxStore inbox, Visitor visitor) => Page(inbox, visitor, said == "saved" ? "Inbox.Saved" : null, null, null)).Needs(Right.ReadInbox);
        routes.MapGet("/inbox.xlsx", (InboxStore inbox, Visitor visitor, PageLanguage language) => Results.File(Sheet(inbox.Of(visitor.User!.Id, MostRows), language).ToXlsx(), FindingSheet.XlsxType, "kepil-inbox.xlsx")).Needs(Right.ReadInbox);
        routes.MapPost("/inbox/read", Read).Needs(Right.ReadInbox);
        routes.MapPost("/inbox/settings", Settings).Needs(Right.ReadInbox);
        routes.MapPost("/inbox/calendar", NewCalendar).Needs(Right.ReadInbox);
        // Programs that keep calendars cannot sign in: the secret of the address is the key.
        routes.MapGet("/calendar/{secret}.ics", Calendar).Needs(Right.Open);
    }

    private static FindingSheet Sheet(IReadOnlyList<InboxNote> notes, PageLanguage language) => new(
        [language["Inbox.What"], language["Inbox.When"], language["Col.State"]],
        [.. notes.Select(n => new object?[] { language.Text(NoteText.Of(n)), language.Moment(DateTimeOffset.FromUnixTimeMilliseconds(n.MadeAt)), n.ReadAt is null ? language["Inbox.New"] : null })],
        [(language["Sheet.Rows"], language.Number(notes.Count))], [110, 20, 14], language, language["Inbox.Title"]);

    private static IResult Read([FromForm] string? note, InboxStore inbox, Visitor visitor)
    {
        inbox.Read(visitor.User!.Id, long.TryParse(note, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
        return Results.Redirect("/inbox");
    }

    private static IResult Settings([FromForm] string? mail, [FromForm] string? language, [FromForm] string? digest, InboxStore inbox, DeskStore desk, Visitor visitor)
    {
        var address = string.IsNullOrWhiteSpace(mail) ? null : mail.Trim();
        if ((address is not null && (!MailAddress.TryCreate(address, out var read) || read.Address != address)) || (address is null && digest == "yes"))
        {
            return Page(inbox, visitor, null, "Inbox.Wrong.Mail", null);
        }

        inbox.Change(visitor.User!.Id, s => (s.Mail, s.Digest, s.Language) = (address, digest == "yes", PageLanguage.Of(language).Code));
        desk.Journal.Append(visitor.Actor, "InboxSet", visitor.Actor, new { digest = digest == "yes" });
        return Results.Redirect("/inbox?said=saved#settings");
    }

    private static RazorComponentResult<InboxPage> NewCalendar(InboxStore inbox, DeskStore desk, Visitor visitor, HttpRequest request)
    {
        var secret = inbox.NewCalendar(visitor.User!.Id);
        desk.Journal.Append(visitor.Actor, "CalendarMade", visitor.Actor);
        return Page(inbox, visitor, null, null, $"{request.Scheme}://{request.Host}/calendar/{secret}.ics");
    }

    private static IResult Calendar(string secret, InboxStore inbox, ProceedingStore store, TimeProvider clock, HttpRequest request) =>
        inbox.FindCalendar(secret) is not var (user, setting) ? MessageEndpoints.NotFound() : Results.Text(
            CalendarFile.Of(user, setting.Language, store, $"{request.Scheme}://{request.Host}", clock.GetUtcNow()), "text/calendar", Encoding.UTF8);

    private static RazorComponentResult<InboxPage> Page(InboxStore inbox, Visitor visitor, string? said, string? wrong, string? address)
    {
        var user = visitor.User!.Id;
        return new(new Dictionary<string, object?>
        {
            [nameof(InboxPage.Notes)] = inbox.Of(user, Most),
            [nameof(InboxPage.Unread)] = inbox.Unread(user),
            [nameof(InboxPage.Setting)] = inbox.Setting(user),
            [nameof(InboxPage.HasPost)] = Environment.GetEnvironmentVariable(MailPost.Setting) is { Length: > 0 },
            [nameof(InboxPage.Address)] = address,
            [nameof(InboxPage.Said)] = said,
            [nameof(InboxPage.Wrong)] = wrong,
        })
        { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }
}
