namespace Kepil.Fund.Proceedings;

/// <summary>A time in which the information system of the Fund could not be used, confirmed by a letter of the Fund.</summary>
[Kepil.Law.Law("MON-321:9.2")]
public sealed record Outage(DateTimeOffset From, DateTimeOffset To, string LetterNumber, DateOnly LetterOn)
{
    /// <summary>The days in Kazakhstan that it touches.</summary>
    public IEnumerable<DateOnly> Days()
    {
        var last = LocalDay.Of(To > From ? To.AddTicks(-1) : From);
        for (var day = LocalDay.Of(From); day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}

/// <summary>The day that the calendar shows in Kazakhstan at a moment.</summary>
public static class LocalDay
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(5);
    private static readonly TimeSpan Before = TimeSpan.FromHours(6);

    /// <summary>One time for the whole country since 1 March 2024, when midnight became 23:00 of the day before.</summary>
    private static readonly DateTimeOffset OneTime = new(2024, 3, 1, 0, 0, 0, Before);

    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    public static TimeOnly TimeOf(DateTimeOffset moment) => TimeOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>A time of a day in Kazakhstan as a moment.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), day >= new DateOnly(2024, 3, 1) ? Now : Before);

    private static DateTimeOffset Local(DateTimeOffset moment) => moment.ToOffset(moment >= OneTime ? Now : Before);
}
