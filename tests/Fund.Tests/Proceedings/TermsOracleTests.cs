using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Terms of random starts, lengths, days of knowledge and outages against a count day by day.</summary>
public sealed class TermsOracleTests
{
    private const int Cases = 100_000;

    /// <summary>Those that are counted in working days.</summary>
    private static readonly IReadOnlyList<(TermName Name, int Days)> Worked = [.. NaiveTerms.All.Where(k => k.Unit == NaiveUnit.Worked).Select(k => (k.Name, k.Length))];

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
            foreach (var known in Enumerable.Range(0, 50).Select(_ => NaiveTerms.All[dice.Next(NaiveTerms.All.Count)]))
            {
                // Most starts lie near today, where knowledge and outages matter.
                var start = today.AddDays(dice.Next(-20, 21));
                if (start < new DateOnly(2025, 8, 1) || start > new DateOnly(2027, 8, 1))
                {
                    continue;
                }

                var term = terms.Of(known.Name, start);
                var last = _naive.Last(known, start, today, down);
                Assert.True(last == term.Last, $"{known.Name} from {start:yyyy-MM-dd}, known on {today:yyyy-MM-dd}, down {string.Join(' ', down.Order())}: {term.Last:yyyy-MM-dd} instead of {last:yyyy-MM-dd}");
                Assert.Equal(NaiveDays.EndOf(last), term.EndsAt);
                if (known.Unit == NaiveUnit.Worked)
                {
                    Assert.Equal(known.Length, Enumerable.Range(1, last.DayNumber - start.DayNumber).Count(n => term.Skipped.All(s => s.Day != start.AddDays(n))));
                }
            }
        }
    }

    /// <summary>No name is left out: those without a length of their own are counted below, all others above.</summary>
    [Fact]
    [Proves("MON-321:9.1")]
    public void Every_named_term_is_among_those_that_are_counted_apart()
    {
        TermName[] withoutLength = [TermName.SameDay, TermName.PeriodEnd, TermName.QuarterReport];
        Assert.Equal(Enum.GetValues<TermName>().Except(withoutLength), NaiveTerms.All.Select(k => k.Name).Order());
        Assert.Equal(NaiveTerms.All.Where(k => k.OfProvider).Select(k => k.Name).Order(), TermSource.All.Where(t => t.Value.OfProvider).Select(t => t.Key).Order());

        var dice = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var today = new DateOnly(2025, 8, 1).AddDays(dice.Next(700));
            var terms = new Terms(TheLaw.Book, today, [RandomOutage(dice, today)]);
            Assert.Equal((today, NaiveDays.EndOf(today)), (terms.Of(TermName.SameDay, today).Last, terms.Of(TermName.SameDay, today).EndsAt));

            // A general finding is explained until the last day of its month.
            var shown = LocalDay.At(today, new(9, 0));
            var general = new TrialCase();
            general.Do(TrialCase.Finding(detection: Detection.General) with { At = shown, DetectedAt = shown, ShownAt = shown, SnapshotAt = shown });
            Assert.Equal((TermName.PeriodEnd, NaiveDays.LastOfMonth(today)), (general.State.Due!.Name, general.State.Due.Last));

            // Before a visit, and after a quarter, by either reading.
            Assert.Equal(_naive.Before(today.AddDays(9), 1, today), terms.LastDayBefore(TermName.VisitNotice, today.AddDays(9)));
            var quarter = new DateOnly(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1);
            var end = NaiveDays.LastOfMonth(quarter.AddDays(80));
            foreach (var (rule, last) in new[] { ("tenth_working_day", _naive.Last(end, 10, today, new HashSet<DateOnly>())), ("fifteenth_calendar_day", _naive.LastOfDays(end, 15, today)) })
            {
                var by = new Terms(TheLaw.Book, today, [], TheLaw.Book.Policies.With("quarter_report_due", rule, new(2025, 8, 1)));
                Assert.Equal(last, BranchReports.Quarter("75", quarter, shown, by).Term.Last);
            }
        }
    }

    /// <summary>The other readings: other lengths, the day of the event counted, a month of thirty days, the provider's time without outages.</summary>
    [Theory]
    [InlineData("p43_days", "10")]
    [InlineData("p50_days", "10")]
    [InlineData("annex5_days", "10")]
    [InlineData("release_check_days", "3")]
    [InlineData("head_decision_days", "1")]
    [InlineData("reviewer_timeout_reassign_days", "2")]
    [InlineData("reviewer_timeout_central_days", "3")]
    [InlineData("maternal_result_days", "10")]
    [InlineData("receipt_resend_days", "5")]
    [InlineData("receipt_deemed_days", "15")]
    [InlineData("unscheduled_max_days", "10")]
    [InlineData("appeal_months", "1")]
    [InlineData("appeal_answer_days", "30")]
    [InlineData("hiv_days", "5")]
    [InlineData("outage_letter_days", "3")]
    [InlineData("doc_request_reply_days", "contract")]
    [InlineData("count_event_day", "true")]
    [InlineData("month_rule", "thirty_days")]
    [InlineData("outage_extends_provider_clock", "false")]
    [InlineData("outage_min_hours", "0")]
    [Proves("MON-321:9.1")]
    [Proves("MON-321:53")]
    public void Terms_by_the_other_readings_end_where_a_naive_count_ends(string policy, string value)
    {
        var dice = new Random(6);
        var policies = TheLaw.Book.Policies.With(policy, value, new(2025, 8, 1));
        for (var i = 0; i < 100; i++)
        {
            var today = new DateOnly(2025, 8, 25).AddDays(dice.Next(600));
            var outages = Enumerable.Range(0, dice.Next(4)).Select(_ => RandomOutage(dice, today)).ToList();
            var terms = new Terms(TheLaw.Book, today, outages, policies);
            var down = DownDays(outages, policy == "outage_min_hours" ? 0 : 4);
            foreach (var known in NaiveTerms.All.Select(k => NaiveTerms.By(k, policy, value, contractDays: 7)))
            {
                var start = today.AddDays(dice.Next(-20, 21));
                var noted = policy == "outage_extends_provider_clock" && known.OfProvider ? [] : down;
                var last = _naive.Last(known, policy == "count_event_day" && known.FromTheDay && known.Unit != NaiveUnit.Month ? start.AddDays(-1) : start, today, noted);
                var term = terms.Of(known.Name, start, 7);
                Assert.True(last == term.Last, $"{policy}={value}: {known.Name} from {start:yyyy-MM-dd}, known on {today:yyyy-MM-dd}: {term.Last:yyyy-MM-dd} instead of {last:yyyy-MM-dd}");
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
            var (name, days) = Worked[dice.Next(Worked.Count)];
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
            var (name, start) = (Worked[dice.Next(Worked.Count)].Name, new DateOnly(2025, 12, 15).AddDays(dice.Next(360)));
            Assert.InRange(more.Of(name, start).Last.DayNumber - less.Of(name, start).Last.DayNumber, 0, 40);
        }
    }

    private static Outage RandomOutage(Random dice, DateOnly near)
    {
        var from = LocalDay.At(near.AddDays(dice.Next(-10, 15)), new TimeOnly(dice.Next(24), dice.Next(60)));
        return new(from, from.AddMinutes(dice.Next(4) == 0 ? dice.Next(200, 300) : dice.Next(10, 8000)), $"{dice.Next(100)}", near);
    }

    private static HashSet<DateOnly> DownDays(IEnumerable<Outage> outages, int hours = 4)
    {
        var days = new HashSet<DateOnly>();
        foreach (var outage in outages.Where(o => o.To - o.From > TimeSpan.FromHours(hours)))
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
