using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Terms of random starts, lengths, days of knowledge and outages against a count day by day.</summary>
public sealed class TermsOracleTests
{
    private const int Cases = 100_000;

    private static readonly (TermName Name, int Days)[] Known =
    [
        (TermName.Objection, 5), (TermName.Review, 5), (TermName.RepeatObjection, 3), (TermName.SecondReview, 3), (TermName.CentralReview, 3), (TermName.DeathObjection, 5),
        (TermName.DeathReview, 3), (TermName.DeathDisagreement, 3), (TermName.DeathCentralReview, 3), (TermName.ConclusionSending, 2), (TermName.ConclusionObjection, 3),
        (TermName.ConclusionReply, 3), (TermName.StateBodyReport, 10), (TermName.LawEnforcementByMonth, 10), (TermName.LawEnforcementByContract, 10),
    ];

    private readonly NaiveDays _naive = new(TheLaw.Book.Folder);

    [Fact]
    [Proves("MON-321:9.1")]
    [Proves("MON-321:26")]
    [Proves("MON-321:30")]
    [Proves("MON-321:32")]
    [Proves("MON-321:44.1")]
    public void A_hundred_thousand_terms_end_where_a_naive_count_ends()
    {
        var dice = new Random(20260801);
        for (var i = 0; i < Cases / 50; i++)
        {
            var today = new DateOnly(2025, 8, 1).AddDays(dice.Next(800));
            var outages = Enumerable.Range(0, dice.Next(4)).Select(_ => RandomOutage(dice, today)).ToList();
            var terms = new Terms(TheLaw.Book, today, outages);
            var down = DownDays(outages);
            foreach (var (name, days) in Enumerable.Range(0, 50).Select(_ => Known[dice.Next(Known.Length)]))
            {
                // Most starts lie near today, where knowledge and outages matter.
                var start = today.AddDays(dice.Next(-20, 21));
                if (start < new DateOnly(2025, 8, 1) || start > new DateOnly(2027, 11, 1))
                {
                    continue;
                }

                var term = terms.Of(name, start);
                var last = _naive.Last(start, days, today, down);
                Assert.True(last == term.Last, $"{name} from {start:yyyy-MM-dd}, known on {today:yyyy-MM-dd}, down {string.Join(' ', down.Order())}: {term.Last:yyyy-MM-dd} instead of {last:yyyy-MM-dd}");
                Assert.Equal(NaiveDays.EndOf(last), term.EndsAt);
                Assert.Equal(days, Enumerable.Range(1, last.DayNumber - start.DayNumber).Count(n => term.Skipped.All(s => s.Day != start.AddDays(n))));
            }
        }
    }

    /// <summary>Years before the rules too: the count itself, and the hour that 29 February 2024 had more.</summary>
    [Fact]
    public void Working_days_and_the_end_of_a_day_are_those_of_the_wall_calendar()
    {
        var dice = new Random(1);
        var calendars = Enumerable.Range(0, 40).Select(_ => new DateOnly(2022, 6, 1).AddDays(dice.Next(1900))).ToDictionary(d => d, TheLaw.Book.Calendar.AsKnownOn);
        var known = calendars.Keys.ToList();
        for (var i = 0; i < Cases; i++)
        {
            var today = known[dice.Next(known.Count)];
            var start = new DateOnly(2023, 1, 1).AddDays(dice.Next(1700));
            var length = dice.Next(1, 31);
            var term = Term.OfWorkingDays(calendars[today], start, length);
            Assert.Equal((_naive.Last(start, length, today, new HashSet<DateOnly>()), NaiveDays.EndOf(term.Last)), (term.Last, term.EndsAt));
        }

        Assert.Equal(new DateTimeOffset(2024, 2, 29, 19, 0, 0, TimeSpan.Zero), Term.OfWorkingDays(TheLaw.Book.Calendar, new(2024, 2, 28), 1).EndsAt);
        for (var moment = new DateTimeOffset(2024, 2, 28, 0, 0, 0, TimeSpan.Zero); moment < new DateTimeOffset(2024, 3, 3, 0, 0, 0, TimeSpan.Zero); moment = moment.AddMinutes(7))
        {
            Assert.Equal(NaiveDays.DayOf(moment), LocalDay.Of(moment));
        }
    }

    /// <summary>D2, D3: an outage never shortens a term and adds just the working days that it touches, once however many meet on a day.</summary>
    [Fact]
    [Proves("MON-321:9.1")]
    public void An_outage_adds_what_it_touches_and_never_shortens()
    {
        var dice = new Random(2);
        for (var i = 0; i < Cases / 20; i++)
        {
            var today = new DateOnly(2025, 8, 15).AddDays(dice.Next(700));
            var few = Enumerable.Range(0, dice.Next(3)).Select(_ => RandomOutage(dice, today)).ToList();
            List<Outage> more = [.. few, RandomOutage(dice, today)];
            var (name, days) = Known[dice.Next(Known.Length)];
            var (before, after) = (new Terms(TheLaw.Book, today, few).Of(name, today), new Terms(TheLaw.Book, today, more).Of(name, today));
            Assert.True(after.Last >= before.Last);

            // Counted back from its end, the longer term holds its days and just the down days that would have been worked.
            var down = DownDays(more);
            var between = Enumerable.Range(1, after.Last.DayNumber - today.DayNumber).Select(today.AddDays).Where(d => _naive.IsWorked(d, today)).ToList();
            Assert.Equal(days, between.Count(d => !down.Contains(d)));
            Assert.Equal(between.Count - days, between.Count(down.Contains));
            Assert.Equal(after.Last, new Terms(TheLaw.Book, today, [.. more, .. more.Select(o => o with { LetterNumber = "again" })]).Of(name, today).Last);
        }
    }

    /// <summary>D2 for the calendar: one more day off never shortens a term.</summary>
    [Fact]
    public void A_day_off_more_never_shortens_a_term()
    {
        var dice = new Random(3);
        var folder = TheLaw.Copy();
        var year = Path.Combine(folder, "calendar", "2026.yaml");
        var off = Enumerable.Range(0, 12).Select(_ => new DateOnly(2026, 1, 1).AddDays(dice.Next(360))).Distinct().ToList();
        File.WriteAllText(year, File.ReadAllText(year).Replace("days_off:\n", "days_off:\n" + string.Concat(off.Select(d => $"  - {{ on: {d:yyyy-MM-dd}, because: {d:yyyy-MM-dd}, known: 2025-01-01 }}\n")), StringComparison.Ordinal));
        var more = new Terms(LawBook.Open(folder), new(2026, 2, 1));
        var less = new Terms(TheLaw.Book, new(2026, 2, 1));
        for (var i = 0; i < 5_000; i++)
        {
            var (name, start) = (Known[dice.Next(Known.Length)].Name, new DateOnly(2025, 12, 15).AddDays(dice.Next(360)));
            Assert.InRange(more.Of(name, start).Last.DayNumber - less.Of(name, start).Last.DayNumber, 0, 40);
        }
    }

    private static Outage RandomOutage(Random dice, DateOnly near)
    {
        var from = LocalDay.At(near.AddDays(dice.Next(-10, 15)), new TimeOnly(dice.Next(24), dice.Next(60)));
        return new(from, from.AddMinutes(dice.Next(4) == 0 ? dice.Next(200, 300) : dice.Next(10, 8000)), $"{dice.Next(100)}", near);
    }

    private static HashSet<DateOnly> DownDays(IEnumerable<Outage> outages)
    {
        var days = new HashSet<DateOnly>();
        foreach (var outage in outages.Where(o => o.To - o.From > TimeSpan.FromHours(4)))
        {
            for (var moment = outage.From; moment < outage.To; moment = moment.AddHours(1))
            {
                days.Add(NaiveDays.DayOf(moment));
            }

            days.Add(NaiveDays.DayOf(outage.To.AddMilliseconds(-1)));
        }

        return days;
    }
}
