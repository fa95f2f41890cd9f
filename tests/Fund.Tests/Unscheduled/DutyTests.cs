using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>HIV conclusions, latent defects, reports and notices.</summary>
public sealed class DutyTests
{
    private static readonly LatentFacts Facts = new(ProviderId, "C-1", "S-1", "6.1", new(2025, 11, 20), false, true, "no record of the service");

    [Fact]
    [Proves("MON-321:4")]
    [Proves("MON-321:39")]
    public void A_provider_of_HIV_care_is_owed_a_conclusion_for_each_month_by_its_own_branch()
    {
        var terms = TermsOn(At("2025-10-01"));
        var (from, to) = HivDuty.PeriodBefore(TheLaw.Day("2025-10-01"), terms.Policies);
        (long, string, CareForm, DateOnly)[] served = [(1, "75", CareForm.Hiv, to), (1, "75", CareForm.Hiv, from), (2, "75", CareForm.Specialist, from), (3, "10", CareForm.Hiv, from.AddDays(-1))];

        var duty = Assert.Single(HivDuty.After(from, to, served, terms));

        Assert.Equal((1L, TheLaw.Day("2025-10-14")), (duty.ProviderId, duty.Term.Last));
        Assert.Equal("wrong_person", duty.Head("75/2", "C-1", [Worker("10")]).Refusal!.Reason);
        var head = Assert.Single(duty.Head("75/2", "C-1", [Worker("75")]).Events);
        Assert.Equal((MonitoringKind.Current, "MON-321:39", ConclusionForm.ContractMonitoring), (head.Kind, head.Basis.ToString(), head.Form));
        Assert.Equal((TheLaw.Day("2025-07-01"), TheLaw.Day("2025-09-30")), HivDuty.PeriodBefore(TheLaw.Day("2025-11-15"), TheLaw.Book.Policies.With("hiv_period", "quarter", TheLaw.Day("2025-08-01")).On(TheLaw.Day("2025-11-15"))));
    }

    [Fact]
    public void What_current_monitoring_withholds_an_HIV_conclusion_does_not_withhold_again()
    {
        var lines = HivDuty.WithoutDouble([Line("S-1"), Line("S-2")], new HashSet<(string, string)> { ("S-1", "5.1"), ("S-2", "6.1") });

        Assert.Equal(Money.OfTenge(1_000), new ConclusionVersion(lines, [], default).Withheld);
        Assert.True(lines[0].IsCountedElsewhere);
    }

    [Fact]
    public void By_the_policy_an_HIV_conclusion_has_no_path_of_its_own_and_takes_nothing()
    {
        var head = Head(kind: MonitoringKind.Current);

        Assert.Equal(ConclusionStage.WithProvider, new LedConclusion().WithProvider("2025-09-12", head).Now.Stage);
        var current = new LedConclusion(TheLaw.Book.Policies.With("hiv_path", "current_only", TheLaw.Day("2025-08-01"))).WithProvider("2025-09-12", head);
        Assert.Equal(ConclusionStage.Delivered, current.Now.Stage);
        Assert.Empty(current.Applied);
    }

    [Fact]
    [Proves("MON-321:53")]
    public void A_latent_defect_found_on_the_31st_is_told_until_the_working_day_after_the_end_of_the_next_month()
    {
        var defect = Found("2026-01-31");
        Assert.Equal((Party.Fund, TheLaw.Day("2026-03-02")), (defect.Next!.Owner, defect.Next.Term.Last));

        Assert.Equal("no_snapshot", LatentDefects.Notify(defect, At("2026-03-02"), Channel.System, null, TermsOn(At("2026-03-02"))).Refusal!.Reason);
        var told = On(defect, LatentDefects.Notify(defect, At("2026-03-02 23:59"), Channel.System, At("2026-03-01"), TermsOn(At("2026-03-02"))));
        Assert.Equal((LatentStage.Notified, TermName.SameDay), (told.Stage, told.Next!.Name));
        Assert.Equal("not_reopened", LatentDefects.Monitor(told, At("2026-03-02"), 5, OpeningGround.RiskAnalysis, TermsOn(At("2026-03-02"))).Refusal!.Reason);

        var monitored = On(told, LatentDefects.Monitor(told, At("2026-03-02"), 5, OpeningGround.ContractBreached, TermsOn(At("2026-03-02"))));
        var paper = new LedConclusion().WithProvider("2026-03-12", Head() with { Monitoring = 5 }).Do(new AcceptConclusion(At("2026-03-13"), Provider)).Now;
        var measured = On(monitored, LatentDefects.Measure(monitored, At("2026-03-13"), paper, TermsOn(At("2026-03-13"))));

        Assert.Equal((LatentStage.MeasuresApplied, "offset_then_invoice", Money.OfTenge(1_000)), (measured.Stage, measured.Recovery, measured.Measures!.Withheld));
        Assert.Equal("closed", LatentDefects.Measure(measured, At("2026-03-13"), paper, TermsOn(At("2026-03-13"))).Refusal!.Reason);
    }

    [Fact]
    [Proves("MON-321:53")]
    public void A_month_that_ran_out_is_flagged_and_by_the_policy_costs_the_measure()
    {
        var defect = Found("2026-01-31");
        var lost = TheLaw.Book.Policies.With("late_latent", "measure_lost", TheLaw.Day("2025-08-01"));
        Assert.Equal("term_runs", LatentDefects.Close(defect, At("2026-03-02 23:59"), TermsOn(At("2026-03-02"))).Refusal!.Reason);

        var late = On(defect, LatentDefects.Close(defect, At("2026-03-03"), TermsOn(At("2026-03-03"))));

        Assert.True(late.IsLate && !late.IsFinal);
        Assert.Equal("closed", LatentDefects.Close(late, At("2026-03-04"), TermsOn(At("2026-03-04"))).Refusal!.Reason);
        Assert.Equal(LatentStage.Lost, On(defect, LatentDefects.Close(defect, At("2026-03-03"), TermsOn(At("2026-03-03"), lost))).Stage);
    }

    [Fact]
    [Proves("MON-321:53")]
    public void Only_what_was_paid_was_not_found_before_and_breaks_the_contract_is_latent()
    {
        string? Why(LatentFacts facts, string on = "2026-01-31") => LatentDefects.Find(facts, At(on), TermsOn(At(on))).Refusal?.Reason;

        Assert.Equal("not_latent", Why(Facts with { PaidOn = null }));
        Assert.Equal("not_latent", Why(Facts with { WasFoundBefore = true }));
        Assert.Equal("not_latent", Why(Facts with { ContractWasBroken = false }));
        Assert.Equal("too_far_back", Why(Facts with { PaidOn = new(2023, 1, 30) }));
        Assert.Null(Why(Facts with { PaidOn = new(2023, 1, 31) }));
    }

    [Fact]
    [Proves("MON-321:16")]
    public void The_quarterly_report_holds_what_became_final_in_the_quarter_and_is_flagged_when_late()
    {
        var terms = TermsOn(At("2025-10-01"));
        var due = BranchReport.Apply(null, BranchReports.Quarter("75", TheLaw.Day("2025-07-01"), At("2025-10-01"), terms));
        ReportedFinding[] findings = [Finding(1, "6.1", "2025-09-30"), Finding(2, "5.1", "2025-10-01"), Finding(3, "5.1", "2025-07-01"), Finding(4, "5.1", null), Finding(5, "5.1", "2025-08-01") with { Region = "10" }];
        var violations = TheLaw.Book.Policies.With("report_scope", "violations_only", TheLaw.Day("2025-08-01"));

        Assert.Equal(TheLaw.Day("2025-10-14"), due.Term.Last);
        Assert.Equal([1L, 3L], BranchReports.Rows(due, findings, terms).Select(r => r.FindingId));
        Assert.Equal([3L], BranchReports.Rows(due, findings, TermsOn(At("2025-10-01"), violations)).Select(r => r.FindingId));

        var late = Report(due, BranchReports.Close(due, At("2025-10-15"), terms));
        Assert.True(late.IsOverdue);
        Assert.Equal("closed", BranchReports.Close(late, At("2025-10-16"), terms).Refusal!.Reason);
        var sent = Report(Report(late, BranchReports.Prepare(late, At("2025-10-15"), BranchReports.Rows(late, findings, terms), terms)), null);
        sent = Report(sent, BranchReports.Send(sent, At("2025-10-15"), terms));
        Assert.Equal(ReportStage.Acknowledged, Report(sent, BranchReports.Acknowledge(sent, At("2025-10-16"), "77", terms)).Stage);
    }

    [Fact]
    [Proves("MON-321:17")]
    public void A_marked_finding_goes_to_the_state_body_within_ten_working_days_of_its_detection_disputed_or_not()
    {
        var finding = Finding(1, "6.1", null) with { NeedsMeasures = true };
        var confirmed = TheLaw.Book.Policies.With("admin_clock", "final_confirmation", TheLaw.Day("2025-08-01"));

        var due = BranchReport.Apply(null, Assert.Single(BranchReports.OnFinding(finding, At("2025-09-12"), TermsOn(At("2025-09-12"))).Events));

        Assert.Equal(TheLaw.Day("2025-09-26"), due.Term.Last);
        Assert.True(Assert.Single(BranchReports.Rows(due, [finding], TermsOn(At("2025-09-12")))).IsDisputed);
        Assert.NotNull(BranchReports.OnFinding(finding, At("2025-09-12"), TermsOn(At("2025-09-12"), confirmed)).Refusal);
        Assert.NotNull(BranchReports.OnFinding(finding with { NeedsMeasures = false }, At("2025-09-12"), TermsOn(At("2025-09-12"))).Refusal);
    }

    [Theory]
    [InlineData("1", "2025-09-22")]
    [InlineData("3", "2025-09-24")]
    [Proves("MON-321:9.2")]
    public void The_letter_on_an_outage_is_due_so_many_working_days_after_the_system_is_back(string days, string due)
    {
        var outage = new Outage(At("2025-09-18 09:00"), At("2025-09-19 20:00"), "12", TheLaw.Day("2025-09-22"));

        Assert.Equal(TheLaw.Day(due), OutagePapers.TermOf(outage, TermsOn(At("2025-09-19"), TheLaw.Book.Policies.With("outage_letter_days", days, TheLaw.Day("2025-08-01")))).Last);
    }

    private static LatentDefect Found(string on) => On(null, LatentDefects.Find(Facts, At(on), TermsOn(At(on))));

    private static LatentDefect On(LatentDefect? state, Decided<LatentEvent> step)
    {
        Assert.Null(step.Refusal);
        return step.Events.Aggregate(state, LatentDefect.Apply)!;
    }

    private static BranchReport Report(BranchReport state, Decided<ReportEvent>? step) => (step?.Events ?? []).Aggregate(state, BranchReport.Apply);

    private static ReportedFinding Finding(long id, string code, string? confirmed) =>
        new(id, "75", ProviderId, "Hospital", code, TheLaw.Day("2025-09-12"), confirmed is null ? null : TheLaw.Day(confirmed), Money.OfTenge(10), false);

    private static Employee Worker(string region) => new(7, region, false, false, new HashSet<long>(), 0);
}
