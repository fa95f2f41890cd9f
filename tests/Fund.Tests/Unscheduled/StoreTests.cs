using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>The store on SQLite.</summary>
public sealed class StoreTests() : StoreCases("sqlite");

/// <summary>The same store on PostgreSQL.</summary>
public sealed class StorePostgresTests() : StoreCases(PrivatePostgres.NewDatabase());

/// <summary>What the store must do on either database.</summary>
public abstract class StoreCases : IDisposable
{
    private readonly string database;
    private readonly string folder = Directory.CreateTempSubdirectory("kepil-unscheduled-").FullName;
    private readonly SetClock clock = new();
    private readonly UnscheduledStore store;
    private readonly JournalStore journal;

    protected StoreCases(string database)
    {
        this.database = database;
        using var accounts = AccountsStore.Open(database, folder).Context();
        var source = DeskSource.Of(accounts);
        journal = new(source.Open, clock);
        store = new(UnscheduledStore.On(accounts), journal);
    }

    public void Dispose()
    {
        Directory.Delete(folder, true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_is_read_back_is_what_happened_and_each_act_stands_in_the_journal()
    {
        WithProvider(1, "75/1", "2025-09-12");
        Act(1, "75/1", new ObjectToConclusion(At("2025-09-16"), Provider, Channel.System, ["no"]));
        Act(1, "75/1", new ConsiderObjections(At("2025-09-17"), Branch, "partly", [Line(tenge: 400)]));
        Act(1, "75/1", new SendReply(At("2025-09-18"), Branch));

        var paper = store.ConclusionOf(1)!;

        Assert.Equal((ConclusionStage.Replied, Money.OfTenge(400), TermName.Appeal), (paper.Stage, paper.Applied!.Withheld, paper.Next!.Name));
        Assert.Equal("MON-321:58", store.ConclusionEvents(1)[^1].Ground.Paragraph.ToString());
        Assert.Equal(("Replied", "Provider", 0), (store.CaseOf(1)!.Stage, store.CaseOf(1)!.Owner, store.CaseOf(1)!.Overdue));
        Assert.Equal(7, journal.Read().Count());
    }

    [Fact]
    [Proves("MON-321:57")]
    public void Two_watches_after_a_standstill_accept_by_silence_exactly_once()
    {
        WithProvider(1, "75/1", "2025-09-12");
        int Together() => Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Sum(_ => Watch().Run().Closed);
        clock.Now = At("2025-12-01");

        Assert.Equal(1, Together());
        Assert.Empty(store.ConclusionEvents(1).OfType<MeasuresApplied>());
        clock.Now = At("2025-12-11");
        Assert.Equal(1, Together());
        Assert.Single(store.ConclusionEvents(1).OfType<ConclusionDeemedAccepted>());
        Assert.Single(store.ConclusionEvents(1).OfType<MeasuresApplied>());
        Assert.Null(store.CaseOf(1)!.DueAt);
    }

    [Fact]
    public void After_a_standstill_each_term_of_a_posted_letter_is_closed_with_its_own_day()
    {
        Signed(1, "75/1", "2025-09-12");
        Act(1, "75/1", new SendConclusion(At("2025-09-12"), Clerk, Channel.Post));
        clock.Now = At("2025-12-01");

        Assert.Equal(2, Watch().Run().Closed);
        Assert.True(store.ConclusionOf(1)!.AwaitsPost);
        clock.Now = At("2025-12-11");
        Assert.Equal(1, Watch().Run().Closed);

        var paper = store.ConclusionOf(1)!;
        Assert.Equal((ConclusionStage.DeemedAccepted, TheLaw.Day("2025-09-22"), TheLaw.Day("2025-09-25")), (paper.Stage, paper.ReceivedOn, paper.ObjectionTerm!.Last));
        Assert.Equal(0, Watch().Run().Closed);
    }

    [Fact]
    [Proves("MON-321:56")]
    public void What_arrived_before_midnight_counts_however_long_it_waited()
    {
        WithProvider(1, "75/1", "2025-09-12");
        var arrived = At("2025-09-17 23:59");
        clock.Now = At("2025-09-20");
        Assert.Equal(0, new UnscheduledWatch(store, clock, at => TermsOn(at), _ => arrived).Run().Closed);

        store.Act(1, "75/1", new ObjectToConclusion(arrived, Provider, Channel.System, ["no"]), TermsOn(arrived));

        Assert.Equal(ConclusionStage.Objected, store.ConclusionOf(1)!.Stage);
        Assert.Empty(store.ConclusionEvents(1).OfType<MeasuresApplied>());
    }

    [Fact]
    [Proves("MON-321:56.3")]
    [Proves("MON-321:57")]
    public void A_list_posted_in_time_is_no_silence_by_whatever_channel_the_paper_went_and_however_often_the_program_starts_anew()
    {
        WithProvider(1, "75/1", "2025-09-12");
        WithProvider(2, "75/2", "2025-09-12");
        Signed(3, "75/3", "2025-09-12");
        Act(3, "75/3", new SendConclusion(At("2025-09-12"), Clerk, Channel.Electronic));
        foreach (var night in new[] { "2025-09-18 00:00", "2025-09-22 00:00", "2025-09-25 12:00" })
        {
            clock.Now = At(night);
            Anew().Run();
        }

        // The mail arrived on the 15th; that was noted ten days later, when the term was over already.
        Act(3, "75/3", new NoteReceipt(At("2025-09-25 12:00"), Clerk, TheLaw.Day("2025-09-15")));
        Anew().Run();
        clock.Now = At("2025-09-26");
        Assert.Equal("too_late", store.Act(1, "75/1", new ObjectToConclusion(clock.Now, Branch, Channel.Post, ["late"], TheLaw.Day("2025-09-18")), TermsOn(clock.Now)).Refusal?.Reason);
        Act(1, "75/1", new ObjectToConclusion(clock.Now, Branch, Channel.Post, ["no"], TheLaw.Day("2025-09-17")));
        Act(3, "75/3", new ObjectToConclusion(clock.Now, Branch, Channel.Electronic, ["no"], ArrivedOn: TheLaw.Day("2025-09-18")));
        clock.Now = At("2025-09-30 00:00");
        Anew().Run();
        Anew().Run();

        Assert.Equal([ConclusionStage.Objected, ConclusionStage.DeemedAccepted, ConclusionStage.Objected], new long[] { 1, 2, 3 }.Select(id => store.ConclusionOf(id)!.Stage));
        Assert.Equal([0, 1, 0], new long[] { 1, 2, 3 }.Select(id => store.ConclusionEvents(id).OfType<MeasuresApplied>().Count()));
        Assert.Equal([1, 1, 1], new long[] { 1, 2, 3 }.Select(id => store.ConclusionEvents(id).OfType<PostAwaited>().Count()));
    }

    [Fact]
    [Proves("MON-321:56.3")]
    public void Silence_waits_until_what_came_before_the_end_of_the_wait_is_dealt_with()
    {
        WithProvider(1, "75/1", "2025-09-12");
        clock.Now = At("2025-09-18 00:00");
        Watch().Run();
        var noted = At("2025-09-29 23:59");
        clock.Now = At("2025-09-30 00:30");

        Assert.Equal(0, new UnscheduledWatch(store, clock, at => TermsOn(at), _ => noted).Run().Closed);
        Act(1, "75/1", new ObjectToConclusion(noted, Branch, Channel.Post, ["no"], TheLaw.Day("2025-09-16")));

        Assert.Equal(0, Watch().Run().Closed);
        Assert.Equal(ConclusionStage.Objected, store.ConclusionOf(1)!.Stage);
    }

    [Fact]
    public void The_last_signature_ends_the_monitoring_and_a_withdrawal_takes_the_draft_with_it()
    {
        var appeal = new Appeal("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700", Substance: "billed twice");
        foreach (var (monitoring, paper, number) in new[] { (1L, 2L, "75/1"), (3L, 4L, "75/2") })
        {
            var open = new OpenMonitoring(At("2025-09-10"), Clerk, ProviderId, Oblast, OpeningGround.ConsumerAppeal, appeal, null, [7, 8]);
            store.Act(monitoring, "M-" + number, open, TermsOn(open.At));
            store.Act(monitoring, "M-" + number, new WriteConclusion(At("2025-09-11"), Clerk, number), TermsOn(At("2025-09-11")));
            Act(paper, number, new DraftConclusion(At("2025-09-11"), Clerk, Head() with { Number = number, Monitoring = monitoring }, [Line()], []));
        }

        Act(2, "75/1", new SignConclusion(At("2025-09-12"), Clerk));
        Act(2, "75/1", new SignConclusion(At("2025-09-12"), Branch));
        store.Act(3, "M-75/2", new WithdrawAppeal(At("2025-09-12"), Clerk, "W-1"), TermsOn(At("2025-09-12")));

        Assert.Equal((MonitoringStage.Concluded, ConclusionStage.Signed), (store.MonitoringOf(1)!.Stage, store.ConclusionOf(2)!.Stage));
        Assert.Equal((MonitoringStage.Withdrawn, ConclusionStage.Discarded), (store.MonitoringOf(3)!.Stage, store.ConclusionOf(4)!.Stage));
        clock.Now = At("2025-09-16");
        Watch().Run();
        Assert.Equal(1, store.CaseOf(3)!.Overdue);
    }

    [Fact]
    [Proves("MON-321:18.1")]
    public void The_register_and_its_limits_are_kept_and_a_letter_that_is_late_is_flagged_once()
    {
        var terms = TermsOn(At("2025-09-12"));
        var contract = new ContractTerm("C-1", new(2025, 1, 1), new(2025, 12, 31));
        foreach (var id in new[] { 1L, 1L, 2L })
        {
            store.Enter(new(id, "5.1", Oblast, ProviderId, "Hospital", "C-1", "K-1", 800101300016, TheLaw.Day("2025-09-01"), new Money(39_320_001), new Money(1), "S-" + id, TheLaw.Day("2025-09-05"), TheLaw.Day("2025-09-05")), terms);
        }

        Assert.Equal(2, store.Register(ProviderId).Count);
        Assert.Null(store.SetOff("75/1", TheLaw.Day("2025-09-12"), contract, new HashSet<long> { 1 }, terms).Notice);
        var outcome = store.SetOff("75/2", TheLaw.Day("2025-09-12"), contract, new HashSet<long> { 2 }, terms);
        Assert.Equal(TheLaw.Day("2025-09-26"), outcome.Notice!.Latest.Last);
        Assert.Single(store.SetOff("75/2", TheLaw.Day("2025-09-12"), contract, new HashSet<long> { 2 }, terms).Notice!.Grounds);

        clock.Now = At("2025-09-27");
        Assert.Equal(1, Watch().Run().Closed);
        Assert.Equal(0, Watch().Run().Closed);
        Assert.Equal(1, store.LetterOf("75/2")!.Overdue);
        Assert.True(store.SendLetter("75/2", clock.Now, Clerk));
        Assert.False(store.SendLetter("75/2", clock.Now, Clerk));
    }

    [Fact]
    public void Latent_defects_and_reports_are_kept_and_flagged_once()
    {
        var found = At("2026-01-31");
        store.Lead(1, "L-1", Clerk, _ => LatentDefects.Find(new(ProviderId, "C-1", "S-1", "6.1", new(2025, 11, 20), false, true, "no record"), found, TermsOn(found)));
        store.Lead(2, "Q-1", Clerk, _ => BranchReports.Quarter("75", TheLaw.Day("2025-10-01"), found, TermsOn(found)));
        clock.Now = At("2026-03-03");

        Assert.Equal(2, Watch().Run().Closed);
        Assert.Equal(0, Watch().Run().Closed);

        Assert.True(store.LatentOf(1)!.IsLate);
        Assert.True(store.ReportOf(2)!.IsOverdue);
    }

    /// <summary>The watch of a program that was started anew on the same database.</summary>
    private UnscheduledWatch Anew()
    {
        using var accounts = AccountsStore.Open(database, folder).Context();
        return new(new(UnscheduledStore.On(accounts), journal), clock, at => TermsOn(at));
    }

    private UnscheduledWatch Watch() => new(store, clock, at => TermsOn(at));

    private void Act(long id, string number, ConclusionCommand command) =>
        Assert.Null(store.Act(id, number, command, TermsOn(command.At)).Refusal);

    private void Signed(long id, string number, string day)
    {
        Act(id, number, new DraftConclusion(At(day), Clerk, Head() with { Number = number }, [Line()], []));
        Act(id, number, new SignConclusion(At(day), Clerk));
        Act(id, number, new SignConclusion(At(day), Branch));
    }

    private void WithProvider(long id, string number, string day)
    {
        Signed(id, number, day);
        Act(id, number, new SendConclusion(At(day), Clerk, Channel.System));
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = At("2025-09-12");

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
