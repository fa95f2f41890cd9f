using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Portrait;
using Kepil.Law;

namespace Kepil.Fund.LocalBodies;

/// <summary>What the page of the list shows: a place on a day, its people by kind and reason, and some of them by number.</summary>
/// <param name="Day">Day of the list; nothing when there is none of the day that was asked for.</param>
/// <param name="Called">The last call or registration of those shown.</param>
public sealed record UninsuredView(
    string Place, IReadOnlyList<DateOnly> Days, DateOnly? Day, string? Kind, string? Reason, int Page, IReadOnlyList<ListCount> Counts, IReadOnlyList<ListedPerson> People, IReadOnlyDictionary<long, (string Kind, DateOnly Day)> Called)
{
    /// <summary>People on a page.</summary>
    public const int Size = 50;

    /// <summary>People in a file.</summary>
    public const int Most = 1_000_000;

    public long Found => Counts.Where(c => (Kind is null || c.Kind == Kind) && (Reason is null || c.Reason == Reason)).Sum(c => c.People);

    public bool IsNewest => Days.Count > 0 && Day == Days[^1];

    /// <param name="most">People that are read.</param>
    public static UninsuredView Of(UninsuredLists lists, LocalDutyStore duties, HttpContext context, string place, int most)
    {
        var query = context.Request.Query;
        var days = lists.Days();
        DateOnly? day = query["day"].ToString() is { Length: > 0 } asked ? DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) && days.Contains(known) ? known : null : days.Count > 0 ? days[^1] : null;
        var kind = PortraitKinds.All.Contains(query["kind"].ToString()) ? query["kind"].ToString() : null;
        var reason = UninsuredReasons.All.Contains(query["reason"].ToString()) ? query["reason"].ToString() : null;
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        if (day is not { } on)
        {
            return new(place, days, null, kind, reason, 1, [], [], new Dictionary<long, (string, DateOnly)>());
        }

        var reading = new UninsuredReading(lists);
        var people = reading.People(on, place, kind, reason, most == Size ? (page - 1L) * Size : 0, most);
        return new(place, days, on, kind, reason, page, reading.Counts(on, place), people, most == Size ? duties.LastOf([.. people.Select(p => p.PersonId)]) : new Dictionary<long, (string, DateOnly)>());
    }

    /// <summary>The people as rows of a file.</summary>
    public FindingSheet Sheet(LawBook law, PageLanguage language) => new(
        [language["Uninsured.Number"], language["Uninsured.Kato"], language["Portrait.Place"], language["Portrait.Age"], language["Uninsured.Sex"], language["Uninsured.Kind"], language["Uninsured.Reason"]],
        [.. People.Select(p => new object?[] { PageLanguage.Identity(p.PersonId), p.Okrug + "000", PortraitView.NameOf(p.Okrug, law, language), (long)p.Age, language["Sex." + p.Sex], language.Text(PortraitKinds.Title(p.Kind)), language.Text(UninsuredReasons.Title(p.Reason)) })],
        [
            (language["Portrait.Place"], PortraitView.NameOf(Place, law, language)), (language["Portrait.Day"], Day is { } day ? language.Day(day) : "–"), (language["Sheet.Rows"], language.Number(People.Count)),
            (language["Uninsured.Title"], language["Uninsured.Hint"]),
        ],
        [16, 14, 34, 8, 12, 30, 34], language, language["Uninsured.Title"]);
}

/// <summary>What the page of changes shows: who entered a place's list since the list before, who left it and why.</summary>
public sealed record ChangesView(string Place, IReadOnlyList<DateOnly> Days, DateOnly? Day, DateOnly? Before, string? Change, int Page, IReadOnlyList<(string Change, string Why, long People)> Counts, IReadOnlyList<ListChange> Rows)
{
    public long Found => Counts.Where(c => Change is null || c.Change == Change).Sum(c => c.People);

    public static ChangesView Of(UninsuredLists lists, HttpContext context, string place, int most)
    {
        var query = context.Request.Query;
        // The first list has nothing before it.
        var days = lists.Days();
        DateOnly? day = query["day"].ToString() is { Length: > 0 } asked ? DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) && days.Contains(known) ? known : null : days.Count > 1 ? days[^1] : null;
        var change = UninsuredReasons.Changes.Contains(query["change"].ToString()) ? query["change"].ToString() : null;
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        if (day is not { } on || on == days[0])
        {
            return new(place, days, null, null, change, 1, [], []);
        }

        var reading = new UninsuredReading(lists);
        return new(place, days, on, days.Last(d => d < on), change, page, reading.ChangeCounts(on, place), reading.Changes(on, place, change, most == UninsuredView.Size ? (page - 1L) * most : 0, most));
    }

    /// <summary>The changes as rows of a file.</summary>
    public FindingSheet Sheet(LawBook law, PageLanguage language) => new(
        [language["Uninsured.Number"], language["Uninsured.Change"], language["Uninsured.Why"], language["Uninsured.Kind"], language["Uninsured.From"], language["Uninsured.To"]],
        [.. Rows.Select(r => new object?[] { PageLanguage.Identity(r.PersonId), language.Text(UninsuredReasons.Change(r.Change)), language.Text(UninsuredReasons.Title(r.Why)), language.Text(PortraitKinds.Title(r.Kind)), PlaceOf(r.From, law, language), PlaceOf(r.To, law, language) })],
        [(language["Portrait.Place"], PortraitView.NameOf(Place, law, language)), (language["Portrait.Day"], Day is { } day ? language.Day(day) : "–"), (language["Uninsured.Before"], Before is { } before ? language.Day(before) : "–"), (language["Sheet.Rows"], language.Number(Rows.Count))],
        [16, 14, 34, 30, 34, 34], language, language["Uninsured.Changes"]);

    public static string PlaceOf(string? okrug, LawBook law, PageLanguage language) => okrug is null ? "–" : PortraitView.NameOf(okrug, law, language);
}
