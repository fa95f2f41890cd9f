namespace Kepil.Law;

/// <summary>Why a day is no working day.</summary>
public sealed record DayOff(DateOnly Day, Wording Why);

/// <summary>Which days are worked in Kazakhstan: weekdays without the holidays and with the days moved by the law and the government.</summary>
[Law("HOLIDAY-267:3")]
[Law("LABOUR:84")]
public sealed class ProductionCalendar
{
    private static readonly Wording Saturday = new("сенбі", "суббота", "Saturday");
    private static readonly Wording Sunday = new("жексенбі", "воскресенье", "Sunday");

    private readonly IReadOnlyList<Entry> entries;
    private readonly Dictionary<DateOnly, Wording> off = [];
    private readonly HashSet<DateOnly> worked = [];
    private string? mark;

    private ProductionCalendar(DateOnly first, DateOnly last, IReadOnlyList<Entry> entries, DateOnly? knownOn)
    {
        First = first;
        Last = last;
        KnownOn = knownOn;
        this.entries = entries;
        foreach (var entry in entries.Where(e => e.Known <= (knownOn ?? DateOnly.MaxValue) && (e.Withdrawn is null || knownOn < e.Withdrawn)))
        {
            if (entry.Why is null)
            {
                worked.Add(entry.Day);
            }
            else
            {
                off.TryAdd(entry.Day, entry.Why);
            }
        }
    }

    /// <summary>First and last day of the years that are there.</summary>
    public DateOnly First { get; }

    public DateOnly Last { get; }

    /// <summary>The day whose knowledge it shows; nothing for all that is known.</summary>
    public DateOnly? KnownOn { get; }

    /// <summary>The calendar as it could be known on an earlier day: later transfers are missing, later withdrawals not yet made.</summary>
    public ProductionCalendar AsKnownOn(DateOnly day) => new(First, Last, entries, day);

    /// <summary>A short word for all days off and all worked days as known: with another word some term may end on another day.</summary>
    public string Mark => mark ??= Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
        string.Join(' ', off.Keys.Order().Select(Day)) + "/" + string.Join(' ', worked.Order().Select(Day)))))[..16];

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    public bool IsWorkingDay(DateOnly day) => Off(day) is null;

    /// <summary>Why a day is off, or nothing for a working day.</summary>
    public Wording? Off(DateOnly day)
    {
        if (day < First || day > Last)
        {
            throw new LawGapException("calendar", day, new(
                $"күнтізбе {First.Year}–{Last.Year} жылдарды қамтиды, law/calendar бумасына жыл қосыңыз",
                $"календарь охватывает {First.Year}–{Last.Year} годы, добавьте год в папку law/calendar",
                $"the calendar covers the years {First.Year} to {Last.Year}; add the year to law/calendar"));
        }

        return off.TryGetValue(day, out var why) ? why
            : worked.Contains(day) ? null
            : day.DayOfWeek switch { DayOfWeek.Saturday => Saturday, DayOfWeek.Sunday => Sunday, _ => null };
    }

    /// <summary>The n-th working day after a day, which is not counted itself; before it where n is negative.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>The working days after the first day up to the second, which is counted; negative where the second is earlier.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -WorkingDaysBetween(to, from);
        }

        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The day itself if it is worked, else the next one that is.</summary>
    public DateOnly ThisOrNextWorkingDay(DateOnly day) => IsWorkingDay(day) ? day : AddWorkingDays(day, 1);

    public static ProductionCalendar Read(string folder)
    {
        var entries = new List<Entry>();
        var years = new SortedSet<int>();
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var page = LawPage.Read(file);
            page.Only("year", "official", "checked", "law", "holidays", "days_off", "worked", "withdrawn", "working_days", "note");
            years.Add((int)page.Number("year"));
            ReadYear(page, entries);
        }

        return years.Count > 0 && years.Max - years.Min + 1 == years.Count
            ? new(new(years.Min, 1, 1), new(years.Max, 12, 31), entries, null)
            : throw new InvalidDataException($"law/calendar must hold years without a gap; it holds {string.Join(", ", years)}.");
    }

    private static void ReadYear(LawPage page, List<Entry> entries)
    {
        foreach (var holiday in page["holidays"].Items)
        {
            entries.Add(new(holiday.Day("on"), holiday.Wording("name"), holiday.DayOrNull("known") ?? DateOnly.MinValue, null));
        }

        foreach (var moved in page["days_off"].Items)
        {
            entries.Add(new(moved.Day("on"), InsteadOf(moved.Day("because")), moved.Day("known"), null));
        }

        foreach (var moved in page["worked"].Items)
        {
            entries.Add(new(moved.Day("on"), null, moved.Day("known"), null));
        }

        foreach (var withdrawn in page["withdrawn"].Items)
        {
            entries.Add(new(
                withdrawn.Day("on"),
                new("күшін жойған демалыс күні", "отменённый выходной день", "a day off that was withdrawn"),
                withdrawn.Day("published"), withdrawn.Day("known")));
        }
    }

    private static Wording InsteadOf(DateOnly day) => new(
        $"{day:dd.MM.yyyy} үшін демалыс күні", $"выходной день за {day:dd.MM.yyyy}", $"day off for {day:yyyy-MM-dd}");

    /// <summary>A day that the calendar names: off where it says why, worked otherwise.</summary>
    private sealed record Entry(DateOnly Day, Wording? Why, DateOnly Known, DateOnly? Withdrawn);
}
