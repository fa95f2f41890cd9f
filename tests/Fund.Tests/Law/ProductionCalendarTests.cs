using System.Text.RegularExpressions;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

public sealed class ProductionCalendarTests
{
    private static ProductionCalendar Calendar => TheLaw.Book.Calendar;

    [Theory]
    [InlineData(2023)]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void The_working_days_of_every_month_agree_with_the_check_sums_of_the_file(int year)
    {
        var line = File.ReadLines(Path.Combine(TheLaw.Book.Folder, "calendar", $"{year}.yaml")).Single(l => l.StartsWith("working_days:", StringComparison.Ordinal));
        var expected = Regex.Matches(line, @"\d+").Select(m => int.Parse(m.Value, null)).ToList();

        Assert.Equal(expected, Enumerable.Range(1, 12).Select(month =>
            Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Count(day => Calendar.IsWorkingDay(new DateOnly(year, month, day)))));
    }

    [Theory]
    [InlineData("2024-05-04", true, "a Saturday worked for a moved day")]
    [InlineData("2024-05-08", false, "the day off it was moved to")]
    [InlineData("2025-01-05", true, "a Sunday worked")]
    [InlineData("2025-10-27", false, "Republic Day fell on a Saturday")]
    [InlineData("2026-03-09", false, "8 March fell on a Sunday")]
    [InlineData("2026-08-31", true, "30 August is a holiday no more")]
    public void Moved_days_are_known(string day, bool working, string why) =>
        Assert.True(working == Calendar.IsWorkingDay(TheLaw.Day(day)), why);

    [Fact]
    public void A_day_off_that_was_withdrawn_was_one_as_long_as_nobody_knew_better()
    {
        var day = TheLaw.Day("2026-08-31");

        Assert.True(Calendar.AsKnownOn(TheLaw.Day("2025-10-31")).IsWorkingDay(day));
        Assert.False(Calendar.AsKnownOn(TheLaw.Day("2025-11-01")).IsWorkingDay(day));
        Assert.False(Calendar.AsKnownOn(TheLaw.Day("2026-03-14")).IsWorkingDay(day));
        Assert.True(Calendar.AsKnownOn(TheLaw.Day("2026-03-15")).IsWorkingDay(day));
    }

    [Fact]
    public void A_transfer_is_not_seen_before_it_was_decided()
    {
        Assert.True(Calendar.AsKnownOn(TheLaw.Day("2024-04-16")).IsWorkingDay(TheLaw.Day("2024-05-08")));
        Assert.False(Calendar.AsKnownOn(TheLaw.Day("2024-04-17")).IsWorkingDay(TheLaw.Day("2024-05-08")));
    }

    [Theory]
    [InlineData("2022-12-31")]
    [InlineData("2028-01-01")]
    public void A_year_that_is_not_there_is_an_error_that_names_the_day(string day)
    {
        var gap = Assert.Throws<LawGapException>(() => Calendar.IsWorkingDay(TheLaw.Day(day)));

        Assert.Equal(TheLaw.Day(day), gap.Day);
        Assert.Contains("law/calendar", gap.Reason.Kk, StringComparison.Ordinal);
    }
}
