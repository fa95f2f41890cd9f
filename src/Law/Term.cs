namespace Kepil.Law;

/// <summary>How the length of a term is counted.</summary>
public enum TermUnit
{
    WorkingDay,
    CalendarDay,
    Month,
}

/// <summary>A term with its derivation: from which event, how many, which days were passed over and why, until when.</summary>
/// <param name="Start">Day of the event.</param>
/// <param name="Length">Number of days or months.</param>
/// <param name="CountsEventDay">Whether the day of the event was counted, by the policy.</param>
/// <param name="Last">The last day.</param>
/// <param name="Skipped">Days between that were not counted.</param>
public sealed record Term(DateOnly Start, int Length, TermUnit Unit, bool CountsEventDay, DateOnly Last, IReadOnlyList<DayOff> Skipped)
{
    /// <summary>The moment at which it is over: 24:00 of the last day in Kazakhstan.</summary>
    public DateTimeOffset EndsAt => new(Last.AddDays(1).ToDateTime(TimeOnly.MinValue), OffsetOn(Last.AddDays(1)));

    /// <summary>Whether an act at a moment still lies inside.</summary>
    public bool Includes(DateTimeOffset moment) => moment < EndsAt;

    /// <summary>So many working days after an event.</summary>
    /// <param name="notCounted">Further days that do not count, such as confirmed outages of the system.</param>
    public static Term OfWorkingDays(
        ProductionCalendar calendar, DateOnly start, int length, bool countEventDay = false, IReadOnlyDictionary<DateOnly, Wording>? notCounted = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var skipped = new List<DayOff>();
        var day = countEventDay ? start.AddDays(-1) : start;
        for (var left = length; left > 0;)
        {
            day = day.AddDays(1);
            if ((calendar.Off(day) ?? notCounted?.GetValueOrDefault(day)) is { } why)
            {
                skipped.Add(new(day, why));
            }
            else
            {
                left--;
            }
        }

        return new(start, length, TermUnit.WorkingDay, countEventDay, day, skipped);
    }

    /// <summary>So many calendar days after an event; a last day off gives way to the next working day.</summary>
    [Law("CIVIL")]
    public static Term OfCalendarDays(ProductionCalendar calendar, DateOnly start, int length, bool countEventDay = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return ToWorkingDay(calendar, start, length, TermUnit.CalendarDay, countEventDay, start.AddDays(countEventDay ? length - 1 : length));
    }

    /// <summary>So many months: the same date of the later month or its last day; a last day off gives way to the next working day.</summary>
    [Law("CIVIL")]
    public static Term OfMonths(ProductionCalendar calendar, DateOnly start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return ToWorkingDay(calendar, start, length, TermUnit.Month, false, start.AddMonths(length));
    }

    private static Term ToWorkingDay(ProductionCalendar calendar, DateOnly start, int length, TermUnit unit, bool countEventDay, DateOnly day)
    {
        var skipped = new List<DayOff>();
        while (calendar.Off(day) is { } why)
        {
            skipped.Add(new(day, why));
            day = day.AddDays(1);
        }

        return new(start, length, unit, countEventDay, day, skipped);
    }

    /// <summary>One time for the whole country since 1 March 2024; the capital and Almaty kept another before, and 29 February 2024 had one hour more.</summary>
    private static TimeSpan OffsetOn(DateOnly day) => TimeSpan.FromHours(day >= new DateOnly(2024, 3, 1) ? 5 : 6);
}
