using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Proceedings.TrialCase;

namespace Kepil.Tests.Proceedings;

/// <summary>What each value of a setting of the order changes in current monitoring: for every value one word of what then happens.</summary>
public sealed class SettingEffectTests
{
    private static readonly DateOnly From = new(2025, 8, 1);

    /// <summary>What happens under some policies, in a word.</summary>
    private static readonly IReadOnlyDictionary<string, Func<Policies, string>> Probes = new Dictionary<string, Func<Policies, string>>
    {
        ["receipt_resend_days"] = p => Last(TermName.ReceiptResending, p),
        ["receipt_deemed_days"] = p => Last(TermName.ReceiptDeemed, p),
        ["outage_letter_days"] = p => Last(TermName.OutageLetter, p),
        ["p43_days"] = p => Last(TermName.DeathBranchReview, p),
        ["p50_days"] = p => Last(TermName.NotInContractReview, p),
        ["annex5_days"] = p => Last(TermName.MortalityConclusion, p),
        ["reviewer_timeout_central_days"] = p => Last(TermName.EscalationToCentral, p),
        ["reviewer_timeout_reassign_days"] = p => Last(TermName.Reassignment, p),
        ["unscheduled_max_days"] = p => Last(TermName.UnscheduledLength, p),
        ["release_check_days"] = p => Last(TermName.SecondLook, p),
        ["head_decision_days"] = p => Last(TermName.HeadDecision, p),
        ["maternal_result_days"] = p => Last(TermName.StateBodyResult, p),
        ["hiv_days"] = p => Last(TermName.HivConclusion, p),
        ["appeal_months"] = p => Last(TermName.Appeal, p),
        ["appeal_answer_days"] = p => Last(TermName.AppealAnswer, p),
        ["month_rule"] = p => Last(TermName.HiddenDefectNotice, p, "2025-12-15"),
        ["outage_min_hours"] = p => string.Join(' ', new[] { 2, 5 }.Select(hours => Written(new Terms(
            TheLaw.Book, new(2025, 9, 3), [new(Moment("2025-09-02 09:00"), Moment("2025-09-02 09:00").AddHours(hours), "12", new(2025, 9, 3))], p).Of(TermName.Review, new(2025, 9, 1)).Last))),
        ["review_start"] = p => Written(On(p).UnstatedStart(Moment("2025-09-05"), Moment("2025-09-08"))),
        ["p44_start"] = p => DecidedAtNight(p, "1.1", Death.Inpatient),
        ["p50_objection_start"] = p => DecidedAtNight(p, "11.0", Death.None),
        ["objection_reasons"] = p => Of(p).Object("2025-09-16", "").Refusal?.Reason ?? "taken",
        ["objection_withdrawal"] = p =>
        {
            var trial = Of(p);
            trial.Object("2025-09-16");
            return trial.Do(new WithdrawObjection(Provider, Moment("2025-09-17"), Moment("2025-09-17"), "settled")).Refusal?.Reason ?? "taken";
        },
        ["p40_all"] = p => Of(p, Finding(code: "", death: Death.Inpatient)).State.Track.ToString(),
        ["death_beats_11"] = p => Of(p, Finding(code: "11.0", death: Death.Inpatient)).State.Track.ToString(),
        ["maternal_potential"] = p => Of(p, Finding(death: Death.Maternal)).State.Stage.ToString(),
        ["additional_effect"] = p => string.Join(' ', new[] { false, true }.Select(paid => Of(p, Finding(detection: Detection.Additional, foundBy: FoundBy.Review, paid: paid)).State.Track)),
        ["annex5_adults"] = p => ConclusionOwed(p, Death.Inpatient),
        ["infant_in_hospital"] = p => ConclusionOwed(p, Death.InfantInpatient),
        ["territory"] = p => Of(p, Finding(places: new("71", "62", "75", ["75"]))).State.Territory,
        ["edition_rule"] = p =>
        {
            try
            {
                return Of(p, Finding() with { ServiceOn = new(2025, 7, 20) }).State.Track.ToString();
            }
            catch (LawGapException)
            {
                return "no edition";
            }
        },
        ["mask_to_provider"] = p => Sees(Decided(p, false), Party.Provider, p),
        ["mask_central"] = p => Sees(AtCentral(p), Party.CentralReviewer, p),
        ["notify_34_1"] = p => AtCentral(p) is var trial ? trial.State.For(Party.Provider, trial.History, p.On(new(2025, 10, 1))).Stage : "",
        ["notify_prebranch"] = p => Of(p, Finding(code: "11.0")).State.IsShownToProvider(p.On(new(2025, 9, 15))) ? "told" : "not told",
        ["release_sum_limit"] = p => new[] { 400_000, 700_000, 2_000_000, 4_000_000 }.Count(tenge => Decided(p, true, tenge * 100L).State.Stage != Stage.RejectedAtFirst).ToString(CultureInfo.InvariantCulture),
    };

    [Theory]
    [InlineData("receipt_resend_days", "3", "2025-09-04")]
    [InlineData("receipt_resend_days", "5", "2025-09-08")]
    [InlineData("receipt_deemed_days", "10", "2025-09-11")]
    [InlineData("receipt_deemed_days", "15", "2025-09-16")]
    [InlineData("outage_letter_days", "1", "2025-09-02")]
    [InlineData("outage_letter_days", "3", "2025-09-04")]
    [InlineData("p43_days", "5", "2025-09-08")]
    [InlineData("p43_days", "10", "2025-09-15")]
    [InlineData("p50_days", "5", "2025-09-08")]
    [InlineData("p50_days", "10", "2025-09-15")]
    [InlineData("annex5_days", "5", "2025-09-08")]
    [InlineData("annex5_days", "10", "2025-09-15")]
    [InlineData("reviewer_timeout_central_days", "5", "2025-09-08")]
    [InlineData("reviewer_timeout_central_days", "3", "2025-09-04")]
    [InlineData("reviewer_timeout_reassign_days", "1", "2025-09-02")]
    [InlineData("reviewer_timeout_reassign_days", "2", "2025-09-03")]
    [InlineData("unscheduled_max_days", "30", "2025-10-13")]
    [InlineData("unscheduled_max_days", "10", "2025-09-15")]
    [InlineData("release_check_days", "2", "2025-09-03")]
    [InlineData("release_check_days", "1", "2025-09-02")]
    [InlineData("release_check_days", "3", "2025-09-04")]
    [InlineData("head_decision_days", "2", "2025-09-03")]
    [InlineData("head_decision_days", "1", "2025-09-02")]
    [InlineData("head_decision_days", "3", "2025-09-04")]
    [InlineData("maternal_result_days", "30", "2025-10-13")]
    [InlineData("maternal_result_days", "10", "2025-09-15")]
    [InlineData("hiv_days", "10", "2025-09-15")]
    [InlineData("hiv_days", "5", "2025-09-08")]
    [InlineData("appeal_months", "3", "2025-12-01")]
    [InlineData("appeal_months", "1", "2025-10-01")]
    [InlineData("appeal_answer_days", "20", "2025-09-29")]
    [InlineData("appeal_answer_days", "30", "2025-10-13")]
    [InlineData("month_rule", "calendar_month", "2026-01-15")]
    [InlineData("month_rule", "thirty_days", "2026-01-14")]
    [InlineData("outage_min_hours", "4", "2025-09-08 2025-09-09")]
    [InlineData("outage_min_hours", "0", "2025-09-09 2025-09-09")]
    [InlineData("outage_min_hours", "8", "2025-09-08 2025-09-08")]
    [InlineData("review_start", "received", "2025-09-08")]
    [InlineData("review_start", "filed", "2025-09-05")]
    [InlineData("p44_start", "decision_received", "2025-09-17")]
    [InlineData("p44_start", "decision_made", "2025-09-16")]
    [InlineData("p50_objection_start", "decision_received", "2025-09-17")]
    [InlineData("p50_objection_start", "decision_made", "2025-09-16")]
    [InlineData("objection_reasons", "required", "without_reasons")]
    [InlineData("objection_reasons", "optional", "taken")]
    [InlineData("objection_withdrawal", "until_decision", "taken")]
    [InlineData("objection_withdrawal", "not_allowed", "no_withdrawal")]
    [InlineData("p40_all", "true", "Death")]
    [InlineData("p40_all", "hits_only", "NotMonitored")]
    [InlineData("death_beats_11", "true", "Death")]
    [InlineData("death_beats_11", "false", "NotInContract")]
    [InlineData("maternal_potential", "hold", "Held")]
    [InlineData("maternal_potential", "ordinary", "AwaitingObjection")]
    [InlineData("additional_effect", "by_payment_state", "Additional Hidden")]
    [InlineData("additional_effect", "never", "General General")]
    [InlineData("additional_effect", "always", "Additional Additional")]
    [InlineData("annex5_adults", "optional", "none")]
    [InlineData("annex5_adults", "mandatory", "owed")]
    [InlineData("infant_in_hospital", "both_paths", "owed")]
    [InlineData("infant_in_hospital", "hospital_only", "none")]
    [InlineData("territory", "service_base", "75")]
    [InlineData("territory", "legal_address", "62")]
    [InlineData("edition_rule", "detection", "Potential")]
    [InlineData("edition_rule", "service", "no edition")]
    [InlineData("mask_to_provider", "true", "nobody")]
    [InlineData("mask_to_provider", "false", "the reviewer")]
    [InlineData("mask_central", "true", "nobody")]
    [InlineData("mask_central", "false", "the reviewer")]
    [InlineData("notify_34_1", "true", "central_review")]
    [InlineData("notify_34_1", "false", "second_review")]
    [InlineData("notify_prebranch", "true", "told")]
    [InlineData("notify_prebranch", "after_decision", "not told")]
    [InlineData("release_sum_limit", "300000", "4")]
    [InlineData("release_sum_limit", "500000", "3")]
    [InlineData("release_sum_limit", "1000000", "2")]
    [InlineData("release_sum_limit", "3000000", "1")]
    [InlineData("release_sum_limit", "5000000", "0")]
    public void A_value_of_a_setting_does_what_it_says(string policy, string value, string happens) => Assert.Equal(happens, Probes[policy](TheLaw.Book.Policies.With(policy, value, From)));

    [Fact]
    public void Every_value_of_the_settings_told_here_is_told() => Assert.Empty(ToldSettings.Untold(typeof(SettingEffectTests), nameof(A_value_of_a_setting_does_what_it_says), Probes.Keys));

    private static Terms On(Policies policies) => new(TheLaw.Book, new(2025, 9, 1), null, policies);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Last(TermName name, Policies policies, string start = "2025-09-01") =>
        Written(new Terms(TheLaw.Book, TheLaw.Day(start), null, policies).Of(name, TheLaw.Day(start)).Last);

    private static TrialCase Of(Policies policies, ShowFinding? finding = null)
    {
        var trial = new TrialCase(policies);
        Assert.Null(trial.Do(finding ?? Finding()).Refusal);
        return trial;
    }

    /// <summary>The day from which the provider's term runs after the branch confirmed at eight in the evening, where things are handed over in working hours.</summary>
    private static string DecidedAtNight(Policies policies, string code, Death death)
    {
        var trial = Of(policies.With("same_day_routing", "next_morning", From), Finding(code: code, death: death));
        trial.Decide("2025-09-16 20:00", false);
        return Written(trial.State.Due!.Start);
    }

    private static string ConclusionOwed(Policies policies, Death death)
    {
        var trial = Of(policies, Finding(death: death));
        trial.Decide("2025-09-16", false);
        return trial.State.ConclusionDue is null ? "none" : "owed";
    }

    private static TrialCase Decided(Policies policies, bool agree, long? tiyn = null)
    {
        var trial = Of(policies, Finding() with { AtRisk = tiyn ?? 12_345_00, Billed = 10_000_000_00 });
        trial.Object("2025-09-16");
        trial.Decide("2025-09-17", agree);
        return trial;
    }

    private static TrialCase AtCentral(Policies policies)
    {
        var trial = Decided(policies, false);
        trial.Object("2025-09-18");
        trial.Decide("2025-09-19", true);
        return trial;
    }

    private static string Sees(TrialCase trial, Party party, Policies policies) =>
        trial.State.For(party, trial.History, policies.On(new(2025, 10, 1))).Steps.Any(s => s.Person == trial.State.FirstReviewer) ? "the reviewer" : "nobody";
}
