using System.Text.RegularExpressions;

namespace Kepil.Tests.Proceedings;

/// <summary>Days counted one by one from the lines of law/calendar, by other code than the product's.</summary>
internal sealed class NaiveDays
{
    private static readonly TimeSpan Six = TimeSpan.FromHours(6);

    /// <summary>The clock of the former capital; a machine without it gets the same by the rule of 2024.</summary>
    private static readonly TimeZoneInfo? Almaty = TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Almaty", out var known) ? known : null;

    private static readonly Dictionary<DateOnly, DateTimeOffset> Ends = [];

    private readonly List<(DateOnly Day, bool Worked, DateOnly Known, DateOnly Until)> _lines = [];
    private readonly Dictionary<(DateOnly Day, DateOnly Today), bool> _worked = [];

    public NaiveDays(string folder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "calendar"), "*.yaml"))
        {
            var section = "";
            foreach (var line in File.ReadLines(file))
            {
                section = Regex.Match(line, @"^(\w+):") is { Success: true } head ? head.Groups[1].Value : section;
                if (Regex.Match(line, @"\bon: (\d{4}-\d\d-\d\d)") is { Success: true } on)
                {
                    DateOnly Said(string word, DateOnly other) => Regex.Match(line, $@"\b{word}: (\d{{4}}-\d\d-\d\d)") is { Success: true } said ? DateOnly.Parse(said.Groups[1].Value, null) : other;
                    var withdrawn = section == "withdrawn";
                    _lines.Add((DateOnly.Parse(on.Groups[1].Value, null), section == "worked",
                        Said(withdrawn ? "published" : "known", DateOnly.MinValue), withdrawn ? Said("known", DateOnly.MaxValue) : DateOnly.MaxValue));
                }
            }
        }
    }

    /// <summary>Which lines of the calendar count on a day: with others some term may have another end.</summary>
    public string KnownOn(DateOnly today) => string.Join(' ', _lines.Index().Where(l => l.Item.Known <= today && today < l.Item.Until).Select(l => l.Index));

    /// <summary>Whether a day is worked, as known on another.</summary>
    public bool IsWorked(DateOnly day, DateOnly today)
    {
        lock (_worked)
        {
            if (!_worked.TryGetValue((day, today), out var worked))
            {
                var said = _lines.Where(l => l.Day == day && l.Known <= today && today < l.Until).ToList();
                _worked[(day, today)] = worked = !said.Exists(l => !l.Worked) && (said.Count > 0 || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
            }

            return worked;
        }
    }

    /// <summary>The last of so many working days after a day; days on which the system was down do not count.</summary>
    public DateOnly Last(DateOnly start, int length, DateOnly today, ISet<DateOnly> down)
    {
        var day = start;
        var counted = 0;
        while (counted < length)
        {
            day = day.AddDays(1);
            if (IsWorked(day, today) && !down.Contains(day))
            {
                counted++;
            }
        }

        return day;
    }

    /// <summary>So many days of the calendar after a day; where the last is not worked, the next that is.</summary>
    public DateOnly LastOfDays(DateOnly start, int length, DateOnly today)
    {
        var day = start;
        for (var passed = 0; passed < length; passed++)
        {
            day = day.AddDays(1);
        }

        return NextWorked(day, today);
    }

    /// <summary>The same date after so many turns of the month, or the last day of a month that has no such date; where it is not worked, the next that is.</summary>
    public DateOnly LastOfMonths(DateOnly start, int length, DateOnly today)
    {
        var (day, turns) = (start, 0);
        while (turns < length)
        {
            day = day.AddDays(1);
            turns += day.Day == 1 ? 1 : 0;
        }

        while (day.Day < start.Day && day.AddDays(1).Day != 1)
        {
            day = day.AddDays(1);
        }

        return NextWorked(day, today);
    }

    /// <summary>The day from which so many working days lie before another, which does not count.</summary>
    public DateOnly Before(DateOnly day, int length, DateOnly today)
    {
        for (var counted = 0; counted < length;)
        {
            day = day.AddDays(-1);
            counted += IsWorked(day, today) ? 1 : 0;
        }

        return day;
    }

    public static DateOnly LastOfMonth(DateOnly day)
    {
        while (day.AddDays(1).Day != 1)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private DateOnly NextWorked(DateOnly day, DateOnly today)
    {
        while (!IsWorked(day, today))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>The day of the wall calendar of Almaty.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(
        (Almaty is not null ? TimeZoneInfo.ConvertTime(moment, Almaty) : moment.ToOffset(moment.UtcDateTime < new DateTime(2024, 2, 29, 18, 0, 0) ? Six : Six - TimeSpan.FromHours(1))).DateTime);

    /// <summary>The first moment at which the wall calendar shows a later day, searched for by halves.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        lock (Ends)
        {
            if (Ends.TryGetValue(day, out var end))
            {
                return end;
            }

            var (low, high) = (new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Six), new DateTimeOffset(day.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
            while (high - low > TimeSpan.FromMilliseconds(1))
            {
                var middle = low + TimeSpan.FromMilliseconds((long)(high - low).TotalMilliseconds / 2);
                (low, high) = DayOf(middle) > day ? (low, middle) : (middle, high);
            }

            return Ends[day] = high;
        }
    }
}
