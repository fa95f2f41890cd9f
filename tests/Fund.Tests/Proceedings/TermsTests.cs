using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

public sealed class TermsTests
{
    private static readonly DateOnly Monday = new(2025, 9, 15);

    private static Terms On(DateOnly day, params Outage[] outages) => new(TheLaw.Book, day, outages);

    private static Outage Down(string from, string to, string letter = "12") => new(TrialCase.Moment(from), TrialCase.Moment(to), letter, new(2025, 9, 20));

    [Theory]
    [InlineData(TermName.Objection, "2025-09-22")]
    [InlineData(TermName.Review, "2025-09-22")]
    [InlineData(TermName.RepeatObjection, "2025-09-18")]
    [InlineData(TermName.SecondReview, "2025-09-18")]
    [InlineData(TermName.CentralReview, "2025-09-18")]
    [InlineData(TermName.DeathObjection, "2025-09-22")]
    [InlineData(TermName.DeathReview, "2025-09-18")]
    [InlineData(TermName.DeathDisagreement, "2025-09-18")]
    [InlineData(TermName.DeathCentralReview, "2025-09-18")]
    [InlineData(TermName.ConclusionSending, "2025-09-17")]
    [InlineData(TermName.ConclusionObjection, "2025-09-18")]
    [InlineData(TermName.ConclusionReply, "2025-09-18")]
    [InlineData(TermName.LawEnforcementByMonth, "2025-09-29")]
    [InlineData(TermName.StateBodyReport, "2025-09-29")]
    [InlineData(TermName.HiddenDefectNotice, "2025-10-15")]
    [InlineData(TermName.Appeal, "2025-12-15")]
    [Proves("MON-321:26")]
    [Proves("MON-321:30")]
    [Proves("MON-321:32")]
    [Proves("MON-321:34")]
    [Proves("MON-321:37")]
    [Proves("MON-321:44.1")]
    [Proves("MON-321:45")]
    [Proves("MON-321:46.1")]
    [Proves("MON-321:47")]
    public void A_term_ends_as_the_order_says(TermName name, string last) => Assert.Equal(TheLaw.Day(last), On(Monday).Of(name, Monday).Last);

    [Fact]
    [Proves("MON-321:7.1")]
    public void A_visit_is_announced_by_the_end_of_the_working_day_before() =>
        Assert.Equal(new DateOnly(2025, 9, 30), On(Monday).LastDayBefore(TermName.VisitNotice, new(2025, 10, 1)));

    [Fact]
    public void Every_term_has_a_length_in_the_law_folder()
    {
        var terms = On(Monday);

        Assert.All(TermSource.All.Keys, name => Assert.True(terms.Of(name, Monday).Last >= Monday));
    }

    [Fact]
    [Proves("MON-321:9.1")]
    [Proves("MON-321:9.2")]
    public void A_day_that_two_outages_touch_is_left_out_once_with_the_letter_as_the_reason()
    {
        var term = On(Monday, Down("2025-09-17 09:00", "2025-09-17 18:00"), Down("2025-09-17 13:00", "2025-09-17 23:00", "13")).Of(TermName.Objection, Monday);

        Assert.Equal(new DateOnly(2025, 9, 23), term.Last);
        Assert.Contains("No. 12", Assert.Single(term.Skipped, s => s.Day == new DateOnly(2025, 9, 17)).Why.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-09-17 09:00", "2025-09-17 13:00", "2025-09-22")]
    [InlineData("2025-09-17 09:00", "2025-09-17 13:01", "2025-09-23")]
    [InlineData("2025-09-17 22:00", "2025-09-18 03:00", "2025-09-24")]
    [InlineData("2025-09-17 19:00", "2025-09-18 00:00", "2025-09-23")]
    [InlineData("2025-09-15 08:00", "2025-09-15 20:00", "2025-09-22")]
    [InlineData("2025-09-20 08:00", "2025-09-20 20:00", "2025-09-22")]
    [InlineData("2025-09-23 08:00", "2025-09-23 20:00", "2025-09-22")]
    [Proves("MON-321:9.1")]
    public void An_outage_counts_when_it_is_longer_than_four_hours_and_touches_a_working_day_of_the_term(string from, string to, string last) =>
        Assert.Equal(TheLaw.Day(last), On(Monday, Down(from, to)).Of(TermName.Objection, Monday).Last);

    [Fact]
    public void A_moment_in_another_zone_is_a_day_in_Kazakhstan()
    {
        Assert.Equal(new DateOnly(2025, 9, 23), LocalDay.Of(new DateTimeOffset(2025, 9, 22, 19, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2025, 9, 22), LocalDay.Of(new DateTimeOffset(2025, 9, 22, 18, 59, 59, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2024, 3, 1), LocalDay.Of(new DateTimeOffset(2024, 2, 29, 19, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2024, 2, 29), LocalDay.Of(new DateTimeOffset(2024, 2, 28, 18, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Where_the_day_of_the_event_counts_only_terms_from_the_day_are_shorter()
    {
        var terms = new Terms(TheLaw.Book, Monday, [], TheLaw.Book.Policies.With("count_event_day", "true", new(2025, 8, 1)));

        Assert.Equal(new DateOnly(2025, 9, 19), terms.Of(TermName.Objection, Monday).Last);
        Assert.Equal(new DateOnly(2025, 9, 18), terms.Of(TermName.RepeatObjection, Monday).Last);
    }

    [Fact]
    public void A_term_of_the_contract_needs_the_days_that_the_contract_gives()
    {
        var terms = new Terms(TheLaw.Book, Monday, [], TheLaw.Book.Policies.With("doc_request_reply_days", "contract", new(2025, 8, 1)));

        Assert.Equal(new DateOnly(2025, 9, 25), terms.Of(TermName.DocumentReply, Monday, contractDays: 8).Last);
        Assert.Throws<LawGapException>(() => terms.Of(TermName.DocumentReply, Monday));
    }

    [Theory]
    [InlineData("objection_received", "2025-09-16")]
    [InlineData("detection", "2025-09-15")]
    [InlineData("assignment", "2025-09-17")]
    public void The_first_review_runs_from_the_day_that_the_policy_names(string policy, string start)
    {
        var terms = new Terms(TheLaw.Book, Monday, [], TheLaw.Book.Policies.With("p30_start", policy == "objection_received" ? "objection_received" : policy, new(2025, 8, 1)));

        Assert.Equal(TheLaw.Day(start), terms.ReviewStart(TrialCase.Moment("2025-09-15"), TrialCase.Moment("2025-09-16"), TrialCase.Moment("2025-09-17")));
    }

    [Fact]
    [Proves("MON-321:33")]
    public void An_objection_of_the_night_is_handed_over_at_once_unless_the_installation_waits_for_the_morning()
    {
        var night = TrialCase.Moment("2025-09-19 23:00");

        Assert.Equal(new DateOnly(2025, 9, 19), On(Monday).RoutedOn(night));
        Assert.Equal(new DateOnly(2025, 9, 22), new Terms(TheLaw.Book, Monday, [], TheLaw.Book.Policies.With("same_day_routing", "next_morning", new(2025, 8, 1))).RoutedOn(night));
    }
}
