using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Oversight;

/// <summary>The journal in the hands of the auditor: search, who saw a person's data and why, and the check of the chain.</summary>
public static class JournalEndpoints
{
    private const int EventsOnAPage = 100;

    /// <summary>Events of a file.</summary>
    private const int MostRows = 100_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/journal", Journal).Needs(Right.ReadJournal, seen: "JournalSearched");
        routes.MapGet("/journal.xlsx", Sheet).Needs(Right.ReadJournal, seen: "JournalTaken");
        routes.MapPost("/journal/check", Check).Needs(Right.ReadJournal);
    }

    private static RazorComponentResult<JournalPage> Journal(
        string? who, string? act, string? what, string? person, string? from, string? to, long? before, DeskStore desk, ProceedingStore store, DataOpenings openings, IRecords records)
    {
        var search = Asked(who, act, what, from, to);
        if (SearchWords.Identity(person ?? "") is not { } id)
        {
            return Page(desk, search, desk.Journal.Find(search, EventsOnAPage, before ?? long.MaxValue), null, null, null, person is { Length: > 0 } ? "Access.Wrong" : null);
        }

        var looks = Looks(id, search, EventsOnAPage, before ?? long.MaxValue, desk, store, openings, records);
        return Page(desk, search, [.. looks.Select(l => l.Event)], id, looks.Where(l => l.Ground is not null).ToDictionary(l => l.Event.Seq, l => l.Ground!), null, null);
    }

    /// <summary>The same search as a file, with the grounds where a person was asked for; of his number the last digits stand in it.</summary>
    private static IResult Sheet(
        string? who, string? act, string? what, string? person, string? from, string? to, DeskStore desk, ProceedingStore store, DataOpenings openings, IRecords records, PageLanguage language, Visitor visitor)
    {
        var search = Asked(who, act, what, from, to);
        var id = SearchWords.Identity(person ?? "");
        if (id is null && person is { Length: > 0 })
        {
            return Page(desk, search, [], null, null, null, "Access.Wrong");
        }

        var names = desk.Users().ToDictionary(u => u.Actor, u => u.SignInName);
        var looks = id is { } whose
            ? Looks(whose, search, MostRows, long.MaxValue, desk, store, openings, records)
            : [.. desk.Journal.Find(search, MostRows).Select(e => new Look(e, null))];
        var rows = looks.Select(l => (object?[])[
            l.Event.Seq, language.Moment(l.Event.At), names.GetValueOrDefault(l.Event.Actor) ?? l.Event.Actor, JournalWords.Of(l.Event.Act, language), l.Event.Subject,
            .. id is null ? Array.Empty<object?>() : [l.Ground?.In(language)]]).ToList();
        List<(string, string)> about =
        [
            (language["Journal.Who"], search.Actor is { } actor ? names.GetValueOrDefault(actor) ?? actor : language["Journal.All"]),
            (language["Journal.Act"], search.Act is { } one ? JournalWords.Of(one, language) : language["Journal.All"]),
            (language["Journal.Subject"], search.Subject ?? language["Journal.All"]),
            .. id is { } of ? new[] { (language["Journal.Person"], PageLanguage.Masked(of)) } : [],
            (language["Journal.From"], from ?? "–"),
            (language["Journal.To"], to ?? "–"),
            (language["Sheet.Rows"], language.Number(rows.Count)),
            (language["Sheet.MadeAt"], language.Moment(desk.Clock.GetUtcNow()) + " (UTC+05:00)"),
            (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        List<string> heads = ["№", language["Journal.At"], language["Journal.Who"], language["Journal.Act"], language["Journal.Subject"]];
        return Results.File(
            new FindingSheet(id is null ? heads : [.. heads, language["Journal.Why"]], rows, about, id is null ? [10, 20, 30, 40, 40] : [10, 20, 30, 40, 40, 60], language, language["Journal.Title"]).ToXlsx(),
            FindingSheet.XlsxType, "kepil-journal.xlsx");
    }

    private static JournalSearch Asked(string? who, string? act, string? what, string? from, string? to) => new(
        Given(who), Given(act), Given(what), Day(from) is { } first ? LocalDay.At(first, TimeOnly.MinValue) : null, Day(to) is { } last ? LocalDay.At(last.AddDays(1), TimeOnly.MinValue) : null);

    /// <summary>An event on a person's data, and why its actor could do it; nothing where it was no user.</summary>
    private sealed record Look(JournalEvent Event, LookGround? Ground);

    private static List<Look> Looks(long person, JournalSearch search, int most, long before, DeskStore desk, ProceedingStore store, DataOpenings openings, IRecords records)
    {
        var opened = openings.OfPerson(person);
        var subjects = PersonSubjects.Of(person, records, store, desk, opened);
        var users = desk.Users().ToDictionary(u => u.Actor);
        var events = desk.Journal.Find(search with { Subjects = [.. subjects.Keys], Number = PageLanguage.Identity(person) }, most, before);
        return [.. events.Select(e => new Look(e, users.TryGetValue(e.Actor, out var user) ? LookGround.Of(e, user, opened, subjects) : null))];
    }

    private static RazorComponentResult<JournalPage> Check([FromForm] string? head, DeskStore desk, Visitor visitor)
    {
        var search = new JournalSearch(null, null, null, null, null);
        var known = new List<JournalHead>();
        if (!string.IsNullOrWhiteSpace(head))
        {
            if (!JournalHead.TryParse(head.Trim(), out var printed))
            {
                return Page(desk, search, desk.Journal.Newest(EventsOnAPage), null, null, null, "Journal.Check.Wrong");
            }

            known.Add(printed);
        }

        var verdict = desk.Journal.Verify(known);
        desk.Journal.Append(visitor.Actor, "JournalChecked", "journal", new { sound = verdict.IsSound, verdict.Events });
        return Page(desk, search, desk.Journal.Newest(EventsOnAPage), null, null, verdict, null);
    }

    private static RazorComponentResult<JournalPage> Page(
        DeskStore desk, JournalSearch search, IReadOnlyList<JournalEvent> events, long? person, IReadOnlyDictionary<long, LookGround>? grounds, JournalVerdict? verdict, string? wrong) => new(new Dictionary<string, object?>
    {
        [nameof(JournalPage.Events)] = events,
        [nameof(JournalPage.Head)] = desk.Journal.Head(),
        [nameof(JournalPage.Names)] = desk.Users().ToDictionary(u => u.Actor, u => u.SignInName),
        [nameof(JournalPage.Search)] = search,
        [nameof(JournalPage.Acts)] = desk.Journal.Acts(),
        [nameof(JournalPage.Person)] = person,
        [nameof(JournalPage.Grounds)] = grounds,
        [nameof(JournalPage.Verdict)] = verdict,
        [nameof(JournalPage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
