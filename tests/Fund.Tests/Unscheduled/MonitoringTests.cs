using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

public sealed class MonitoringTests
{
    private static readonly Appeal Letter = new("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700", Substance: "was billed for a visit that did not happen");

    [Theory]
    [Proves("MON-321:51.1")]
    [Proves("MON-321:51.2")]
    [Proves("MON-321:51.3")]
    [Proves("MON-321:51.4")]
    [Proves("MON-321:51.5")]
    [Proves("MON-321:51.6")]
    [Proves("MON-321:51.7")]
    [Proves("MON-321:51.8")]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    public void Each_of_the_eight_grounds_opens_it_with_its_facts_or_its_appeal(int number, bool appeal)
    {
        var ground = (OpeningGround)number;
        var bare = Open(ground, null, null);
        var opened = Led(Open(ground, Letter, "facts"));

        Assert.Equal(appeal ? "no_appeal" : "no_facts", Monitorings.Decide(null, bare, TermsOn(bare.At)).Refusal!.Reason);
        Assert.Equal(MonitoringStage.Opened, opened.Stage);
        Assert.Equal((Party.Fund, TermName.UnscheduledLength), (opened.Next!.Owner, opened.Next.Name));
        Assert.Equal("MON-321:51." + number, OpeningGrounds.Citation(ground).ToString());
    }

    [Fact]
    [Proves("MON-321:52.1")]
    [Proves("MON-321:52.2")]
    public void An_appeal_without_a_name_or_without_substance_brings_none()
    {
        Assert.Equal(MonitoringStage.NotConducted, Led(Open(OpeningGround.ConsumerAppeal, Letter with { Contact = null }, null)).Stage);
        Assert.Equal(MonitoringStage.NotConducted, Led(Open(OpeningGround.ConsumerAppeal, Letter with { Substance = " ... " }, null)).Stage);
        Assert.Equal(MonitoringStage.NotConducted, Led(Open(OpeningGround.ConsumerAppeal, Letter with { From = Appellant.Organisation }, null)).Stage);
        Assert.Equal(MonitoringStage.Opened, Led(Open(OpeningGround.ConsumerAppeal, Letter with { Name = null, Contact = null, Signed = true }, null)).Stage);
        Assert.True(Letter.IsAnonymous(TheLaw.Book.Policies.With("anon_rule", "signature_only", TheLaw.Day("2025-08-01")).On(TheLaw.Day("2025-09-12"))));
    }

    [Fact]
    [Proves("MON-321:7.1")]
    [Proves("MON-321:8")]
    public void A_visit_is_announced_the_working_day_before_and_only_after_the_data_were_fixed()
    {
        var planned = Led(Open(), new PlanVisit(At("2025-09-25"), Clerk, TheLaw.Day("2025-10-01"), "Base 1", [7]));
        Assert.Equal((TermName.VisitNotice, TheLaw.Day("2025-09-30")), (planned.Next!.Name, planned.Next.Term.Last));
        AnnounceVisit Notice(string at, Channel by = Channel.Electronic) => new(At(at), Clerk, TheLaw.Day("2025-10-01"), "Base 1", by);

        Assert.Equal("no_snapshot", Refuses(planned, Notice("2025-09-30")));
        var fixedUp = On(planned, new FixRecords(At("2025-09-29"), Clerk, "hash"));
        Assert.Equal("channel_not_allowed", Refuses(fixedUp, Notice("2025-09-30", Channel.Post)));
        Assert.Equal("visit_too_soon", Refuses(fixedUp, Notice("2025-10-01 00:00")));
        Assert.Equal("no_such_visit", Refuses(fixedUp, new MakeVisit(At("2025-10-01"), Clerk, TheLaw.Day("2025-10-01"), "Base 1")));

        var made = On(On(fixedUp, Notice("2025-09-30 23:59")), new MakeVisit(At("2025-10-01"), Clerk, TheLaw.Day("2025-10-01"), "Base 1"));

        Assert.True(Assert.Single(made.Visits).WasMade);
        Assert.Equal(TermName.UnscheduledLength, made.Next!.Name);
    }

    [Fact]
    public void By_the_policy_a_full_working_day_lies_between_the_notice_and_the_visit()
    {
        var policies = TheLaw.Book.Policies.With("visit_notice_end", "full_day", TheLaw.Day("2025-08-01"));

        Assert.Equal(TheLaw.Day("2025-09-29"), MonitoringTerms.VisitNotice(TheLaw.Day("2025-10-01"), TermsOn(At("2025-09-25"), policies)).Last);
    }

    [Fact]
    public void A_visit_that_was_not_announced_in_time_falls_away()
    {
        var planned = Led(Open(), new PlanVisit(At("2025-09-25"), Clerk, TheLaw.Day("2025-10-01"), "Base 1", [7]));

        Assert.Empty(On(planned, new CloseMonitoringTerm(At("2025-10-01"), Actor.System)).Visits);
    }

    [Fact]
    [Proves("MON-321:7.2")]
    public void A_suspension_is_announced_within_three_working_days_and_prolongs_the_period_by_its_own_working_days()
    {
        var suspended = On(Visited(), new InterruptMonitoring(At("2025-09-22"), Clerk, InterruptionCause.CourtDecision, "2-123", TheLaw.Day("2025-09-19"), TheLaw.Day("2025-10-10"), true));
        Assert.Equal((MonitoringStage.Suspended, TermName.SuspensionNotice, TheLaw.Day("2025-09-24")), (suspended.Stage, suspended.Next!.Name, suspended.Next.Term.Last));
        var told = On(suspended, new AnnounceInterruption(At("2025-09-23"), Clerk, Channel.Electronic));
        Assert.Equal((TermName.PeriodEnd, TheLaw.Day("2025-10-10")), (told.Next!.Name, told.Next.Term.Last));

        var resumed = On(told, new ResumeMonitoring(At("2025-09-26"), Clerk));

        var lost = 5; // 19, 22, 23, 24 and 25 September
        Assert.Equal(TheLaw.Book.Calendar.AddWorkingDays(Visited().Limit!.Last, lost), resumed.Limit!.Last);
        Assert.Equal(lost, resumed.Limit.Skipped.Count(s => s.Why.En.Contains("2-123", StringComparison.Ordinal) && TheLaw.Book.Calendar.IsWorkingDay(s.Day)));
    }

    [Fact]
    [Proves("MON-321:7.2")]
    public void Without_visits_there_is_nothing_to_suspend_unless_the_policy_says_all()
    {
        var command = new InterruptMonitoring(At("2025-09-22"), Clerk, InterruptionCause.SanitaryDecree, "D-1", TheLaw.Day("2025-09-19"), TheLaw.Day("2025-10-10"), true);
        var all = TheLaw.Book.Policies.With("suspend_scope", "all", TheLaw.Day("2025-08-01"));

        Assert.Equal("only_visits", Refuses(Led(Open()), command));
        Assert.Null(Monitorings.Decide(Led(Open()), command, TermsOn(command.At, all)).Refusal);
    }

    [Fact]
    public void An_extension_moves_the_end_and_is_announced_too()
    {
        var extended = On(Visited(), new InterruptMonitoring(At("2025-09-22"), Clerk, InterruptionCause.Emergency, "E-1", TheLaw.Day("2025-09-22"), TheLaw.Day("2025-12-31"), false));

        Assert.Equal((MonitoringStage.Opened, TheLaw.Day("2025-12-31"), TermName.SuspensionNotice), (extended.Stage, extended.Limit!.Last, extended.Next!.Name));
    }

    [Fact]
    [Proves("MON-321:7.3")]
    public void A_withdrawn_appeal_ends_it_and_the_provider_is_told_by_the_next_working_day()
    {
        var withdrawn = Led(Open(OpeningGround.ConsumerAppeal, Letter, null), new WithdrawAppeal(At("2025-09-19"), Clerk, "W-1"));
        Assert.Equal((MonitoringStage.Withdrawn, TermName.TerminationNotice, TheLaw.Day("2025-09-22")), (withdrawn.Stage, withdrawn.Next!.Name, withdrawn.Next.Term.Last));
        Assert.Equal("no_snapshot", Refuses(withdrawn, new AnnounceTermination(At("2025-09-22"), Clerk, Channel.Electronic)));

        var ended = On(On(withdrawn, new FixRecords(At("2025-09-22"), Clerk, "hash")), new AnnounceTermination(At("2025-09-22 15:00"), Clerk, Channel.Electronic));

        Assert.Equal(MonitoringStage.Terminated, ended.Stage);
        Assert.Null(ended.Next);
        Assert.Equal("no_appeal", Refuses(Led(Open()), new WithdrawAppeal(At("2025-09-19"), Clerk, "W-1")));
    }

    [Fact]
    public void After_a_withdrawal_the_fund_opens_anew_only_on_a_ground_of_its_own()
    {
        var ended = Led(Open(OpeningGround.ConsumerAppeal, Letter, null), new WithdrawAppeal(At("2025-09-19"), Clerk, "W-1"));
        var never = TheLaw.Book.Policies.With("reopen_own_ground", "false", TheLaw.Day("2025-08-01"));
        OpenMonitoring Again(OpeningGround ground) => Open(ground, Letter, "facts") with { At = At("2025-09-23"), After = ended };

        Assert.Null(Monitorings.Decide(null, Again(OpeningGround.ContractBreached), TermsOn(At("2025-09-23"))).Refusal);
        Assert.Equal("not_reopened", Monitorings.Decide(null, Again(OpeningGround.AuthorisedBodyAppeal), TermsOn(At("2025-09-23"))).Refusal!.Reason);
        Assert.Equal("not_reopened", Monitorings.Decide(null, Again(OpeningGround.ContractBreached), TermsOn(At("2025-09-23"), never)).Refusal!.Reason);
    }

    [Fact]
    public void Longer_than_the_soft_limit_is_flagged_once_and_ends_with_the_conclusion()
    {
        var late = On(Led(Open()), new CloseMonitoringTerm(At("2025-12-01"), Actor.System));
        Assert.True(late.IsOverdue);
        Assert.Equal("closed", Refuses(late, new CloseMonitoringTerm(At("2025-12-02"), Actor.System)));

        var concluded = On(On(late, new WriteConclusion(At("2025-12-02"), Clerk, "75/1")), new CloseByConclusion(At("2025-12-03"), Clerk));

        Assert.Equal(MonitoringStage.Concluded, concluded.Stage);
    }

    [Fact]
    [Proves("MON-321:9.1")]
    public void A_confirmed_outage_prolongs_the_period_once()
    {
        var opened = Led(Open());
        Outage[] outages = [new(At("2025-09-16 08:00"), At("2025-09-16 18:00"), "1", TheLaw.Day("2025-09-17")), new(At("2025-09-16 08:00"), At("2025-09-16 20:00"), "2", TheLaw.Day("2025-09-17"))];
        var terms = TermsOn(At("2025-09-17"), null, outages);

        var again = Monitorings.Decide(opened, new CountMonitoringAgain(At("2025-09-17"), Actor.System), terms);
        var moved = UnscheduledMonitoring.Apply(opened, Assert.Single(again.Events));

        Assert.Equal(TheLaw.Book.Calendar.AddWorkingDays(opened.Limit!.Last, 1), moved.Limit!.Last);
        Assert.Empty(Monitorings.Decide(moved, new CountMonitoringAgain(At("2025-09-17"), Actor.System), terms).Events);
    }

    private static OpenMonitoring Open(OpeningGround ground = OpeningGround.ContractBreached, Appeal? appeal = null, string? facts = "facts") =>
        new(At("2025-09-12"), Clerk, ProviderId, Oblast, ground, appeal, facts, [7, 8]);

    private static UnscheduledMonitoring Visited() => Led(
        Open(), new FixRecords(At("2025-09-15"), Clerk, "hash"), new PlanVisit(At("2025-09-15"), Clerk, TheLaw.Day("2025-10-20"), "Base 1", [7]),
        new AnnounceVisit(At("2025-09-15 12:00"), Clerk, TheLaw.Day("2025-10-20"), "Base 1", Channel.Electronic));

    private static UnscheduledMonitoring Led(params MonitoringCommand[] commands) => commands.Aggregate((UnscheduledMonitoring?)null, On)!;

    private static UnscheduledMonitoring On(UnscheduledMonitoring? state, MonitoringCommand command)
    {
        var step = Monitorings.Decide(state, command, TermsOn(command.At));
        Assert.True(step.Refusal is null, $"{command.GetType().Name}: {step.Refusal?.Text.En}");
        return step.Events.Aggregate(state, UnscheduledMonitoring.Apply)!;
    }

    private static string Refuses(UnscheduledMonitoring state, MonitoringCommand command) => Monitorings.Decide(state, command, TermsOn(command.At)).Refusal?.Reason ?? "taken";
}
