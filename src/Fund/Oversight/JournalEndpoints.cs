using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Oversight;

/// <summary>The journal in the hands of the auditor: search, who saw a person's data and why, and the check of the chain.</summary>
public static class JournalEndpoints
{
    private const int EventsOnAPage = 100;

    /// <summary>Events of a file.</summary>
    private const int MostRows = 100_000;

    /// <summary>Findings of one person that are looked for.</summary>
    private const int MostFindings = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/journal", Journal).Needs(Right.ReadJournal, seen: "JournalSearched");
        routes.MapGet("/journal.xlsx", Sheet).Needs(Right.ReadJournal, seen: "JournalTaken");
        routes.MapPost("/journal/check", Check).Needs(Right.ReadJournal);
    }

    private static RazorComponentResult<JournalPage> Journal(
        string? who, string? act, string? what, string? person, string? from, string? to, long? before, DeskStore desk, ProceedingStore store, DataOpenings openings, IRecords records)
    {
        var number = SearchWords.Identity(person ?? "");
        var search = new JournalSearch(
            Given(who), Given(act), Given(what), Day(from) is { } first ? LocalDay.At(first, TimeOnly.MinValue) : null, Day(to) is { } last ? LocalDay.At(last.AddDays(1), TimeOnly.MinValue) : null);
        if (number is not { } id)
        {
            return Page(desk, search, desk.Journal.Find(search, EventsOnAPage, before ?? long.MaxValue), null, null, null, person is { Length: > 0 } ? "Access.Wrong" : null);
        }

        var findings = records.Query(
            $"SELECT f.finding_id, f.service_id, f.provider_id, COALESCE(p.region, '') FROM finding AS f LEFT JOIN (SELECT provider_id, MAX(region) AS region FROM provider GROUP BY provider_id) AS p ON p.provider_id = f.provider_id WHERE f.person_id = $1 ORDER BY 1 LIMIT {MostFindings}",
            r => (Finding: r.Long(0), Line: r.Long(1), Provider: r.Long(2), Region: r.Text(3)), id);
        var opened = openings.OfPerson(id);
        var subjects = SubjectsOf(store, findings, opened);
        // What was looked at for him at the counter.
        subjects.TryAdd("person:" + PageLanguage.Identity(id), (0, ""));
        var events = desk.Journal.Find(search with { Subjects = [.. subjects.Keys], Number = PageLanguage.Identity(id) }, EventsOnAPage, before ?? long.MaxValue);
        var users = desk.Users().ToDictionary(u => u.Actor);
        return Page(desk, search, events, number, events.Where(e => users.ContainsKey(e.Actor)).Select(e => (e.Seq, Ground: GroundOf(e, users[e.Actor], opened, subjects))).ToDictionary(e => e.Seq, e => e.Ground), null, null);
    }

    /// <summary>The same search as a file; a person's number stays out of it, for it is on the page alone.</summary>
    private static IResult Sheet(string? who, string? act, string? what, string? from, string? to, DeskStore desk, PageLanguage language, Visitor visitor)
    {
        var search = new JournalSearch(
            Given(who), Given(act), Given(what), Day(from) is { } first ? LocalDay.At(first, TimeOnly.MinValue) : null, Day(to) is { } last ? LocalDay.At(last.AddDays(1), TimeOnly.MinValue) : null);
        var names = desk.Users().ToDictionary(u => u.Actor, u => u.SignInName);
        var rows = desk.Journal.Find(search, MostRows).Select(e => new object?[] { e.Seq, language.Moment(e.At), names.GetValueOrDefault(e.Actor) ?? e.Actor, JournalWords.Of(e.Act, language), e.Subject }).ToList();
        List<(string, string)> about =
        [
            (language["Journal.Who"], search.Actor is { } actor ? names.GetValueOrDefault(actor) ?? actor : language["Journal.All"]),
            (language["Journal.Act"], search.Act is { } one ? JournalWords.Of(one, language) : language["Journal.All"]),
            (language["Journal.Subject"], search.Subject ?? language["Journal.All"]),
            (language["Journal.From"], from ?? "–"),
            (language["Journal.To"], to ?? "–"),
            (language["Sheet.Rows"], language.Number(rows.Count)),
            (language["Sheet.MadeAt"], language.Moment(desk.Clock.GetUtcNow()) + " (UTC+05:00)"),
            (language["Sheet.MadeBy"], visitor.User!.FullName),
        ];
        return Results.File(
            new FindingSheet(["№", language["Journal.At"], language["Journal.Who"], language["Journal.Act"], language["Journal.Subject"]], rows, about, [10, 20, 30, 40, 40], language, language["Journal.Title"]).ToXlsx(),
            FindingSheet.XlsxType, "kepil-journal.xlsx");
    }

    /// <summary>What the journal calls the findings, the cases and the openings of a person, with the provider and its region.</summary>
    private static Dictionary<string, (long Provider, string Region)> SubjectsOf(ProceedingStore store, IReadOnlyList<(long Finding, long Line, long Provider, string Region)> findings, IReadOnlyList<DataOpening> opened)
    {
        var subjects = findings.ToDictionary(f => FormattableString.Invariant($"findings/{f.Finding}"), f => (f.Provider, f.Region));
        var ids = findings.Select(f => f.Finding).ToList();
        var lines = findings.Select(f => f.Line).Distinct().ToList();
        using var db = store.Context();
        foreach (var p in db.Proceedings.AsNoTracking().Where(p => lines.Contains(p.LineId) && ids.Contains(p.FindingId)).Select(p => new { p.Id, p.ProviderId, p.Territory }))
        {
            foreach (var prefix in new[] { "proceeding:", "desk/", "office/", "api/proceedings/" })
            {
                subjects.TryAdd(FormattableString.Invariant($"{prefix}{p.Id}"), (p.ProviderId, p.Territory));
            }
        }

        foreach (var opening in opened)
        {
            subjects.TryAdd(opening.Subject, (0, ""));
        }

        return subjects;
    }

    /// <summary>Why a user could look: an opening, his role, his organisation, his region, or a case that was assigned.</summary>
    private static (string Key, string Text) GroundOf(JournalEvent e, DeskUser user, IReadOnlyList<DataOpening> opened, Dictionary<string, (long Provider, string Region)> subjects)
    {
        var scope = Rights.Of(Right.SeeFinding, user.Role);
        var (provider, region) = subjects.GetValueOrDefault(e.Subject);
        return opened.FirstOrDefault(o => o.UserId == user.Id && (o.Subject == e.Subject || (o.OpenedAt <= e.At && e.At < o.EndsAt))) is { } opening && !scope.HasFlag(Scope.All) ? ("Journal.Why.Opened", opening.Reason)
            : scope.HasFlag(Scope.All) ? ("Journal.Why.Role", "")
            : user.ProviderId is { } own && own == provider ? ("Journal.Why.Own", "")
            : region is { Length: > 0 } && user.Region == region ? ("Journal.Why.Region", "")
            : provider != 0 ? ("Journal.Why.Case", "")
            : ("Journal.Why.Role", "");
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
        DeskStore desk, JournalSearch search, IReadOnlyList<JournalEvent> events, long? person, IReadOnlyDictionary<long, (string, string)>? grounds, JournalVerdict? verdict, string? wrong) => new(new Dictionary<string, object?>
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
