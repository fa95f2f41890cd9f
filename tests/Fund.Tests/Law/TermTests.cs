using FsCheck;
using FsCheck.Fluent;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

public sealed class TermTests
{
    private static ProductionCalendar Calendar => TheLaw.Book.Calendar;

    [Theory]
    [InlineData("2025-09-15", 5, false, "2025-09-22")]
    [InlineData("2025-09-15", 5, true, "2025-09-19")]
    [InlineData("2025-10-23", 5, false, "2025-10-31")]
    [InlineData("2025-12-12", 3, false, "2025-12-18")]
    [InlineData("2025-09-12", 10, false, "2025-09-26")]
    public void A_term_of_working_days_passes_over_weekends_holidays_and_moved_days(string start, int length, bool countEventDay, string last) =>
        Assert.Equal(TheLaw.Day(last), Term.OfWorkingDays(Calendar, TheLaw.Day(start), length, countEventDay).Last);

    [Fact]
    public void When_everybody_acts_on_the_last_day_the_five_stages_end_on_these_days()
    {
        var day = TheLaw.Day("2025-09-15");
        string[] expected = ["2025-09-22", "2025-09-29", "2025-10-02", "2025-10-07", "2025-10-10"];
        foreach (var (name, i) in new[] { "objection_term", "review_term", "repeat_objection_term", "second_review_term", "central_review_term" }.Select((n, i) => (n, i)))
        {
            day = Term.OfWorkingDays(Calendar, day, (int)TheLaw.Book.Parameters.Value(name, day)).Last;

            Assert.Equal(TheLaw.Day(expected[i]), day);
        }
    }

    [Fact]
    public void A_month_from_the_31st_ends_on_the_last_day_of_the_next_or_on_the_working_day_after_it()
    {
        var term = Term.OfMonths(Calendar, TheLaw.Day("2026-01-31"), 1);

        Assert.Equal(TheLaw.Day("2026-03-02"), term.Last);
        Assert.Equal([TheLaw.Day("2026-02-28"), TheLaw.Day("2026-03-01")], term.Skipped.Select(s => s.Day));
    }

    [Fact]
    public void A_visit_is_announced_at_the_latest_on_the_working_day_before() =>
        Assert.Equal(TheLaw.Day("2025-09-30"), Calendar.AddWorkingDays(TheLaw.Day("2025-10-01"), -1));

    [Fact]
    public void The_month_limit_of_unconfirmed_cases_is_200_indices_of_the_year()
    {
        var day = TheLaw.Day("2025-09-12");
        var limit = TheLaw.Book.Parameters.Sum("mci", day) * TheLaw.Book.Parameters.Value("unconfirmed_month_limit", day);

        Assert.Equal(Money.OfTenge(786_400), limit);
        Assert.False(Money.OfTenge(786_400) > limit);
        Assert.True(Money.OfTenge(786_401) > limit);
        Assert.Equal(TheLaw.Day("2025-09-26"), Term.OfWorkingDays(Calendar, day, (int)TheLaw.Book.Parameters.Value("unconfirmed_month_term", day)).Last);
    }

    [Fact]
    public void The_last_moment_is_midnight_in_Kazakhstan()
    {
        var term = Term.OfWorkingDays(Calendar, TheLaw.Day("2025-09-15"), 5);

        Assert.True(term.Includes(new DateTimeOffset(2025, 9, 22, 23, 59, 59, TimeSpan.FromHours(5))));
        Assert.True(term.Includes(new DateTimeOffset(2025, 9, 22, 18, 59, 59, TimeSpan.Zero)));
        Assert.False(term.Includes(new DateTimeOffset(2025, 9, 22, 19, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_term_says_which_days_it_passed_over_and_why()
    {
        var skipped = Term.OfWorkingDays(Calendar, TheLaw.Day("2025-10-23"), 5).Skipped;

        Assert.Equal(["2025-10-25", "2025-10-26", "2025-10-27"], skipped.Select(s => s.Day.ToString("yyyy-MM-dd", null)));
        Assert.Equal("Республика күні", skipped[0].Why.Kk);
        Assert.Equal("воскресенье", skipped[1].Why.Ru);
        Assert.Equal("day off for 2025-10-25", skipped[2].Why.En);
    }

    [Fact]
    public void A_confirmed_outage_does_not_count()
    {
        var outage = new Dictionary<DateOnly, Wording> { [TheLaw.Day("2025-09-17")] = new("іркіліс", "сбой", "outage") };
        var term = Term.OfWorkingDays(Calendar, TheLaw.Day("2025-09-15"), 5, notCounted: outage);

        Assert.Equal(TheLaw.Day("2025-09-23"), term.Last);
        Assert.Contains(term.Skipped, s => s.Why.En == "outage");
    }

    [Fact]
    public void A_term_of_calendar_days_that_ends_on_a_day_off_ends_on_the_next_working_day() =>
        Assert.Equal(TheLaw.Day("2025-10-28"), Term.OfCalendarDays(Calendar, TheLaw.Day("2025-10-15"), 10).Last);

    [Fact]
    public void A_term_agrees_with_counting_day_by_day_on_the_files() =>
        Always.Holds(Prop.ForAll(Days(), Gen.Choose(1, 40).ToArbitrary(), (start, length) =>
        {
            var naive = NaiveLast(start, length);
            return Term.OfWorkingDays(Calendar, start, length).Last == naive
                && Calendar.AddWorkingDays(start, length) == naive
                && Calendar.WorkingDaysBetween(start, naive) == length
                && Calendar.WorkingDaysBetween(naive, start) == -length;
        }));

    [Fact]
    public void A_term_never_ends_on_a_day_off_and_one_more_day_is_always_later() =>
        Always.Holds(Prop.ForAll(Days(), Gen.Choose(1, 40).ToArbitrary(), (start, length) =>
        {
            var last = Term.OfWorkingDays(Calendar, start, length).Last;
            return Calendar.IsWorkingDay(last) && Term.OfWorkingDays(Calendar, start, length + 1).Last > last
                && Calendar.IsWorkingDay(Term.OfMonths(Calendar, start, 1).Last);
        }));

    private static Arbitrary<DateOnly> Days() => Gen.Choose(0, 1700).Select(d => new DateOnly(2023, 1, 1).AddDays(d)).ToArbitrary();

    /// <summary>Counts on the lines of the calendar files themselves, without the calendar.</summary>
    private static DateOnly NaiveLast(DateOnly start, int length)
    {
        for (var day = start.AddDays(1); ; day = day.AddDays(1))
        {
            var written = Written.Value[day.Year];
            var text = $"on: {day:yyyy-MM-dd}";
            var off = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || written.Off.Any(l => l.Contains(text, StringComparison.Ordinal));
            if (written.Worked.Any(l => l.Contains(text, StringComparison.Ordinal)))
            {
                off = false;
            }

            length -= off ? 0 : 1;
            if (length == 0)
            {
                return day;
            }
        }
    }

    private static readonly Lazy<Dictionary<int, (List<string> Off, List<string> Worked)>> Written = new(() =>
        Enumerable.Range(2023, 5).ToDictionary(year => year, year =>
        {
            var section = "";
            List<string> off = [], worked = [];
            foreach (var line in File.ReadLines(Path.Combine(TheLaw.Book.Folder, "calendar", $"{year}.yaml")))
            {
                if (!line.StartsWith(' '))
                {
                    section = line.Split(':')[0];
                }
                else if (section is "holidays" or "days_off")
                {
                    off.Add(line);
                }
                else if (section == "worked")
                {
                    worked.Add(line);
                }
            }

            return (off, worked);
        }));
}
