using Kepil.Fund.Pages;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Oversight;

/// <summary>The settings, the calendar and the lists of the pack as spreadsheets.</summary>
public static class LawSheets
{
    /// <param name="inside">With the settings that concern those alone who work with rules.</param>
    public static FindingSheet Policies(IEnumerable<Policy> policies, DateOnly today, bool inside, PageLanguage language)
    {
        List<object?[]> rows =
        [
            .. policies.Where(p => inside || !p.Inside).Select(p => new object?[]
            {
                language.Text(p.Question), Said(p, p.On(today), language), string.Join("; ", p.Alternatives.Prepend(p.Default).Where(a => a != p.On(today)).Select(a => Said(p, a, language))),
                string.Join(", ", p.Paragraphs),
            }),
        ];
        return new(
            [language["Policies.Question"], language["Policies.Value"], language["Policies.Others"], language["Policies.Paragraph"]], rows,
            [(language["Col.Day"], language.Day(today)), (language["Sheet.Rows"], language.Number(rows.Count))], [90, 40, 60, 24], language, language["Policies.Title"]);
    }

    /// <summary>Weekdays off and days of the weekend that are worked.</summary>
    public static FindingSheet Calendar(ProductionCalendar calendar, int year, PageLanguage language)
    {
        var first = new DateOnly(year, 1, 1);
        List<object?[]> rows =
        [
            .. Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => first.AddDays(n))
                .Where(d => calendar.IsWorkingDay(d) == d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                .Select(d => new object?[] { d, d.ToString("dddd", language.Culture), language[calendar.IsWorkingDay(d) ? "Days.Worked" : "Days.Off"], calendar.Off(d) is { } why ? language.Text(why) : null }),
        ];
        return new(
            [language["Col.Day"], language["Days.Weekday"], language["Col.State"], language["Days.Why"]], rows,
            [(language["Days.Title"], first.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)), (language["Sheet.Rows"], language.Number(rows.Count))], [14, 18, 40, 60], language, language["Days.Title"]);
    }

    /// <summary>A list of the pack, cell by cell as its rules read it.</summary>
    public static FindingSheet List(string name, Wording title, string text, PageLanguage language)
    {
        var rows = RuleList.Csv(text).ToList();
        var width = rows.Count == 0 ? 1 : rows.Max(r => r.Count);
        return new(
            [.. rows.Count == 0 ? [name] : rows[0], .. Enumerable.Repeat("", rows.Count == 0 ? 0 : width - rows[0].Count)],
            [.. rows.Skip(1).Select(r => (object?[])[.. r, .. Enumerable.Repeat((object?)null, width - r.Count)])],
            [(language["Lists.Title"], language.Text(title)), ("ID", name), (language["Sheet.Rows"], language.Number(Math.Max(0, rows.Count - 1)))], [.. Enumerable.Repeat(24.0, width)], language, language["Lists.Title"]);
    }

    /// <summary>A choice of a setting in the reader's words.</summary>
    public static string Said(Policy policy, string value, PageLanguage language) =>
        policy.Words.TryGetValue(value, out var words) ? language.Text(words)
        : value switch { "true" => language["Record.Yes"], "false" => language["Record.No"], _ => Counted(policy.Unit, long.Parse(value, System.Globalization.CultureInfo.InvariantCulture), language) };

    private static string Counted(Unit? unit, long number, PageLanguage language) => unit switch
    {
        Unit.Percent => language.Percent(language.Number(number)),
        Unit.Tenge => language.Money(number * 100),
        Unit.WorkingDay => language.Count("Count.WorkingDays", number),
        Unit.CalendarDay => language.Count("Count.CalendarDays", number),
        Unit.Month => language.Count("Count.Months", number),
        _ => language.Number(number),
    };
}
