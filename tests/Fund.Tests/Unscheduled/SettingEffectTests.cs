using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>What each value of a setting of the order changes in unscheduled monitoring, its papers and its limits.</summary>
public sealed class SettingEffectTests
{
    private static readonly DateOnly From = new(2025, 8, 1);

    private static readonly IReadOnlyDictionary<string, Func<Policies, string>> Probes = new Dictionary<string, Func<Policies, string>>
    {
        ["p56_start"] = p => Written(new LedConclusion(p).Signed("2025-09-12").Do(
            new SendConclusion(At("2025-09-15"), Clerk, Channel.Electronic), new NoteReceipt(At("2025-09-17"), Clerk, TheLaw.Day("2025-09-17"))).Now.ObjectionTerm!.Start),
        ["posted_objection"] = p => new LedConclusion(p).WithProvider("2025-09-12").Do(new CloseConclusionTerm(At("2025-09-18 00:00"), Actor.System))
            .Refuses(new ObjectToConclusion(At("2025-09-22"), Branch, Channel.Post, ["no"], TheLaw.Day("2025-09-17"), ArrivedOn: TheLaw.Day("2025-09-22"))) ?? "taken",
        ["silence_waits"] = p => string.Join(' ', AtEndOfTerm(p, Channel.System), AtEndOfTerm(p, Channel.Post)),
        ["central_conclusion_branch"] = p => new LedConclusion(p).WithProvider("2025-09-12", Head() with { OfCentralOffice = true })
            .Do(new ObjectToConclusion(At("2025-09-15"), Provider, Channel.System, ["no"])).Now.Next!.Owner.ToString(),
        ["annex3_path"] = p => new LedConclusion(p).WithProvider("2025-09-12", Head(ConclusionForm.UnconfirmedCases)).Now.Stage.ToString(),
        ["survey_corroboration"] = p => new LedConclusion(p).Refuses(new DraftConclusion(At("2025-09-12"), Clerk, Head(), [Line(survey: true)], [])) is null ? "enough" : "not enough",
        ["ground_reading"] = p => Monitorings.Decide(null, new OpenMonitoring(At("2025-09-12"), Clerk, ProviderId, Oblast, OpeningGround.HealthLawBreached, null, "a breach", [7]), TermsOn(At("2025-09-12"), p)).Refusal is null ? "opened" : "refused",
        ["notice_channel"] = Announced,
        ["latent_lookback"] = p => LatentDefects.Find(new(ProviderId, "C-1", "S-1", "6.1", TheLaw.Day("2024-12-20"), false, true, "no record"), At("2025-09-15"), TermsOn(At("2025-09-15"), p)).Refusal is null ? "found" : "too far back",
        ["quarter_report_due"] = p => Written(BranchReports.Quarter(Oblast, TheLaw.Day("2025-07-01"), At("2025-10-01"), TermsOn(At("2025-10-01"), p)).Term.Last),
        ["month_basis"] = p => Written(Case(1, 100).Month(p.On(TheLaw.Day("2025-10-01")), TheLaw.Day("2025-10-01"))),
        ["threshold_sum"] = p => Case(1, 100).Weighed(p.On(TheLaw.Day("2025-10-01"))).ToString(),
        ["k800"] = p => ContractGround(p, "C-1"),
        ["threshold_scope"] = p => ContractGround(p, "C-2"),
        ["sole_provider_register"] = p => Repeat(p).Termination is { Stands: true } ? "may be ended" : "barred",
    };

    [Theory]
    [InlineData("p56_start", "receipt", "2025-09-17")]
    [InlineData("p56_start", "fund_signing", "2025-09-12")]
    [InlineData("p56_start", "sending", "2025-09-15")]
    [InlineData("posted_objection", "posting_day", "taken")]
    [InlineData("posted_objection", "arrival_day", "too_late")]
    [InlineData("silence_waits", "every_conclusion", "waits waits")]
    [InlineData("silence_waits", "sent_by_post", "accepted waits")]
    [InlineData("silence_waits", "at_once", "accepted accepted")]
    [InlineData("central_conclusion_branch", "provider_branch", "BranchReviewer")]
    [InlineData("central_conclusion_branch", "central_office", "CentralReviewer")]
    [InlineData("annex3_path", "conclusion", "WithProvider")]
    [InlineData("annex3_path", "none", "Delivered")]
    [InlineData("survey_corroboration", "true", "not enough")]
    [InlineData("survey_corroboration", "false", "enough")]
    [InlineData("ground_reading", "by_meaning", "opened")]
    [InlineData("ground_reading", "by_letter", "refused")]
    [InlineData("notice_channel", "as_for_a_visit", "refused")]
    [InlineData("notice_channel", "any_of_paragraph_55", "sent")]
    [InlineData("latent_lookback", "three_years", "found")]
    [InlineData("latent_lookback", "contract_year", "too far back")]
    [InlineData("quarter_report_due", "tenth_working_day", "2025-10-14")]
    [InlineData("quarter_report_due", "fifteenth_calendar_day", "2025-10-15")]
    [InlineData("month_basis", "confirmation", "2025-09-01")]
    [InlineData("month_basis", "service", "2025-08-01")]
    [InlineData("month_basis", "signing", "2025-10-01")]
    [InlineData("threshold_sum", "service_cost", "100")]
    [InlineData("threshold_sum", "sanction", "300")]
    [InlineData("k800", "cumulative", "20.1")]
    [InlineData("k800", "single_conclusion", "none")]
    [InlineData("threshold_scope", "contract", "none")]
    [InlineData("threshold_scope", "provider", "20.1")]
    [InlineData("sole_provider_register", "register", "may be ended")]
    [InlineData("sole_provider_register", "declared", "barred")]
    public void A_value_of_a_setting_does_what_it_says(string policy, string value, string happens) => Assert.StartsWith(happens, Probes[policy](TheLaw.Book.Policies.With(policy, value, From)), StringComparison.Ordinal);

    [Fact]
    public void Every_value_of_the_settings_told_here_is_told() => Assert.Empty(ToldSettings.Untold(typeof(SettingEffectTests), nameof(A_value_of_a_setting_does_what_it_says), Probes.Keys));

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string AtEndOfTerm(Policies policies, Channel channel)
    {
        var led = new LedConclusion(policies).Signed("2025-09-12").Do(new SendConclusion(At("2025-09-12"), Clerk, channel));
        if (channel == Channel.Post)
        {
            led.Do(new NoteReceipt(At("2025-09-12"), Clerk, TheLaw.Day("2025-09-12")));
        }

        return led.Do(new CloseConclusionTerm(At("2025-09-18 00:00"), Actor.System)).Now.AwaitsPost ? "waits" : led.Now.Stage == ConclusionStage.DeemedAccepted ? "accepted" : led.Now.Stage.ToString();
    }

    /// <summary>An extension that is told by registered post.</summary>
    private static string Announced(Policies policies)
    {
        var terms = TermsOn(At("2025-09-15"), policies);
        UnscheduledMonitoring? state = null;
        foreach (var act in new MonitoringCommand[]
        {
            new OpenMonitoring(At("2025-09-12"), Clerk, ProviderId, Oblast, OpeningGround.ConsumerAppeal, new("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700", Substance: "billed twice"), null, [7]),
            new FixRecords(At("2025-09-12"), Clerk, "hash"),
            new PlanVisit(At("2025-09-12"), Clerk, TheLaw.Day("2025-10-01"), "Base 1", [7]),
            new InterruptMonitoring(At("2025-09-15"), Clerk, InterruptionCause.CourtDecision, "D-1", TheLaw.Day("2025-09-15"), TheLaw.Day("2025-12-30"), false),
        })
        {
            var step = Monitorings.Decide(state, act, terms);
            Assert.Null(step.Refusal);
            state = step.Events.Aggregate(state, UnscheduledMonitoring.Apply);
        }

        return Monitorings.Decide(state, new AnnounceInterruption(At("2025-09-15"), Clerk, Channel.Post), terms).Refusal is null ? "sent" : "refused";
    }

    /// <summary>Served in August, confirmed in September.</summary>
    private static UnconfirmedCase Case(long id, long tenge, string contract = "C-1", string confirmed = "2025-09-05") => new(
        id, "5.1", Oblast, ProviderId, "Hospital", contract, "K-1", 800101300016, TheLaw.Day("2025-08-20"), Money.OfTenge(tenge), Money.OfTenge(3 * tenge), "S-" + id, TheLaw.Day(confirmed), TheLaw.Day(confirmed));

    private static ThresholdOutcome Weigh(Policies policies, ContractTerm contract, IReadOnlyList<UnconfirmedCase> cases, IReadOnlyList<UnconfirmedCase> earlier) =>
        Thresholds.Weigh(new("75/1", ProviderId, TheLaw.Day("2025-10-10"), contract, cases, earlier), TermsOn(At("2025-10-10"), policies));

    /// <summary>Three million before, under a contract, and half a million now: together above the limit of a contract.</summary>
    private static string ContractGround(Policies policies, string earlier) =>
        Weigh(policies, new("C-1", new(2025, 1, 1), new(2025, 12, 31)), [Case(2, 500_000)], [Case(1, 3_000_000, earlier)]).Notice?.Grounds
            .Select(g => g.Ground.Paragraph.Paragraph).FirstOrDefault(p => p == "20.1") ?? "none";

    /// <summary>Above the limit of a month in two months, by a provider that is the only one by its own word.</summary>
    private static ThresholdOutcome Repeat(Policies policies) => Weigh(
        policies, new("C-1", new(2025, 1, 1), new(2025, 12, 31), null, new("751110000", "inpatient", null, new(2025, 1, 1), null)), [Case(2, 900_000, confirmed: "2025-10-05")], [Case(1, 900_000)]);
}
