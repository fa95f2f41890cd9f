using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Xunit;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Proceedings;

/// <summary>Registers are judged and shown without anybody asking for it, once they have rested.</summary>
public sealed class CurrentMonitoringTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 7, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(int.Parse(TheLaw.Book.Policies.On(new(2026, 11, 5))["monitoring_pause_minutes"], null));

    private readonly TrialFund _fund = new();
    private readonly TrialPack _pack = new();
    private readonly FundRecords _records;
    private readonly ProceedingStore _store;
    private readonly JudgedBy _judged;
    private readonly Func<DateTimeOffset, Terms> _terms = new TermsByDay(TheLaw.Book, () => []).At;

    public CurrentMonitoringTests()
    {
        _records = new(_fund.Folder);
        using var context = _fund.Folder.Accounts.Context();
        _store = ProceedingStore.Of(new DeskStore(DeskSource.Of(context), _fund.Clock));
        _judged = new(_fund.Folder, TheLaw.Book, id => _pack.Load().Pack.Rules.FirstOrDefault(r => r.Id == id));
        _fund.Load("provider", [100L, "61", null, false, null, null]);
        _pack.Rule("5.0-dear", "SELECT s.service_id, s.person_id, s.amount FROM monitored_service AS s WHERE s.amount > 5000000", code: "5.0", evidence: "{amount}");
    }

    public void Dispose()
    {
        _judged.Dispose();
        _records.Dispose();
        _pack.Dispose();
        _fund.Dispose();
    }

    [Fact]
    [Proves("MON-321:21")]
    public async Task What_came_in_is_judged_and_shown_once_it_has_rested_and_each_finding_once()
    {
        Admit("june", 6, 1);
        Admit("september", 9, 2);
        Admit("october", 10, 3);

        Assert.Empty(await RoundAsync(Noon + Pause - TimeSpan.FromSeconds(1)));
        var first = await RoundAsync(Noon + Pause);
        Assert.Equal([(9, true, 2), (10, true, 3)], first.Select(m => (m.Month.Month, m.Monitored, m.Shown!.Opened)));
        Assert.Empty(await RoundAsync(Noon + 2 * Pause));

        Admit("more", 10, 4);
        var second = await RoundAsync(Noon + 2 * Pause);
        Assert.Equal([(10, true, 4, 3)], second.Select(m => (m.Month.Month, m.Monitored, m.Shown!.Opened, m.Shown.Known)));
        Assert.Empty(await RoundAsync(Noon + 3 * Pause));
    }

    [Fact]
    public async Task A_rule_that_withholds_too_much_waits_for_a_person_and_is_shown_by_the_round_that_follows()
    {
        Admit("october", 10, 30, cheap: 0);

        var held = Assert.Single(await RoundAsync(Noon + Pause));
        var still = Assert.Single(await RoundAsync(Noon + 2 * Pause));
        var brakes = new Brakes(_store, _records, TheLaw.Book, _fund.Clock, _terms);
        Assert.True(brakes.Release(held.Month, "5.0-dear", "Methodologist"));
        var released = Assert.Single(await RoundAsync(Noon + 3 * Pause));

        Assert.Equal((true, 0, 1), (held.Monitored, held.Shown!.Opened, held.Shown.Large.Count));
        Assert.Equal((false, 1), (still.Monitored, still.Shown!.Large.Count));
        Assert.Equal((false, 30), (released.Monitored, released.Shown!.Opened));
        Assert.Empty(await RoundAsync(Noon + 4 * Pause));
    }

    /// <summary>A later run finds another thing by another rule on other facts: what the case was shown with stays, to the byte.</summary>
    [Fact]
    [Proves("MON-321:24")]
    public async Task A_case_shows_what_it_was_shown_with_whatever_later_runs_find()
    {
        Admit("october", 10, 3);
        Assert.Equal(3, Assert.Single(await RoundAsync(Noon + Pause)).Shown!.Opened);
        using var db = _store.Context();
        var row = db.Proceedings.OrderBy(p => p.Id).First();
        var first = Shown(row)!;
        _pack.Rule("5.0-dear", "SELECT s.service_id, s.person_id, s.amount + 1 AS amount FROM monitored_service AS s WHERE s.amount > 5000000", code: "5.0", evidence: "{amount} басқа")
            .Rule("1.2-besides", "SELECT s.service_id, s.person_id FROM monitored_service AS s WHERE s.amount > 5000000", code: "1.2");
        Admit("more", 10, 4);
        await RoundAsync(Noon + 2 * Pause);

        var now = new FindingStore(_records).Explain(row.FindingId);
        var then = Shown(db.Proceedings.Single(p => p.Id == row.Id))!;
        var judged = _judged.Of(row.RunId, row.RuleId, new(2026, 10, 1));

        Assert.Equal((1L, row.Evidence), (row.RunId, first.Evidence));
        Assert.NotEqual((first.Run, first.OnTheLine.Count), (now!.Run, now.OnTheLine.Count));
        Assert.Equal((first.Run, first.Evidence, first.Cell, first.Base, first.Finding.Sum, first.Line), (then.Run, then.Evidence, then.Cell, then.Base, then.Finding.Sum, then.Line));
        Assert.Equal(first.OnTheLine, then.OnTheLine);
        Assert.Equal(first.Arithmetic, then.Arithmetic);
        Assert.Equal("{amount}", judged.Rule!.File.Evidence.Kk);
        // A case that no run found has nothing to show of one.
        Assert.Null(_judged.AsShown(new(_records), 0, row.FindingId));
        Assert.Null(_judged.AsShown(new(_records), 99, row.FindingId));
    }

    private Explanation? Shown(ProceedingRow row) => _judged.AsShown(new(_records), row.RunId, row.FindingId);

    /// <summary>One rule that waits keeps nobody from being told of what the others found, and it is not looked for again until somebody consented.</summary>
    [Fact]
    [Proves("MON-321:23")]
    public async Task The_findings_of_the_other_rules_are_shown_on_the_same_day()
    {
        _pack.Rule("5.0-first", "SELECT s.service_id, s.person_id, s.amount FROM monitored_service AS s WHERE s.line_id LIKE '%-200'", code: "5.0", evidence: "{amount}");
        Admit("october", 10, 50);

        var first = Assert.Single(await RoundAsync(Noon + Pause));
        var still = Assert.Single(await RoundAsync(Noon + 2 * Pause));
        Assert.True(new Brakes(_store, _records, TheLaw.Book, _fund.Clock, _terms).Release(first.Month, "5.0-dear", "Methodologist"));
        var released = Assert.Single(await RoundAsync(Noon + 3 * Pause));

        Assert.Equal((1, "5.0-dear"), (first.Shown!.Opened, Assert.Single(first.Shown.Large).RuleId));
        Assert.Equal((0, 0, 1), (still.Shown!.Opened, still.Shown.Known, still.Shown.Large.Count));
        Assert.Equal((50, 1, 0), (released.Shown!.Opened, released.Shown.Known, released.Shown.Large.Count));
        Assert.Empty(await RoundAsync(Noon + 4 * Pause));
    }

    /// <summary>Thirty dear lines among two hundred cheap ones: the rule would withhold between a tenth and a fifth of the bill.</summary>
    [Theory]
    [InlineData("1", true)]
    [InlineData("5", true)]
    [InlineData("10", true)]
    [InlineData("20", false)]
    [InlineData("100", false)]
    public async Task From_which_share_on_a_rule_waits_is_a_setting(string percent, bool waits)
    {
        Admit("october", 10, 30);
        await RoundAsync(Noon + Pause);

        var large = new Brakes(_store, _records, TheLaw.WithChoice("rule_share_percent", percent, "2025-08-01"), _fund.Clock, _terms).LargeRules();

        Assert.Equal(waits, large.Any(l => l.Rule.RuleId == "5.0-dear"));
    }

    [Fact]
    public async Task Registers_without_end_are_not_waited_for_and_two_processes_do_not_monitor_at_once()
    {
        Admit("october", 10, 3);
        var early = _fund.RecordFiles().Max(f => f.Id);
        Admit("more", 10, 4);
        Task<IReadOnlyList<MonitoredMonth>> RoundAt(DateTimeOffset now) =>
            Monitoring().RoundAsync(now, f => (f.Id <= early ? Noon : now).UtcDateTime, TestContext.Current.CancellationToken);

        Assert.Empty(await RoundAt(Noon + 5 * Pause));
        using (new FileStream(_fund.Folder.At("monitoring.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Empty(await RoundAt(Noon + 6 * Pause));
        }

        Assert.Equal(7, Assert.Single(await RoundAt(Noon + 6 * Pause)).Shown!.Opened);
    }

    /// <summary>Paragraph 3: they are judged like all, but nothing of theirs is shown and no term begins to run.</summary>
    [Fact]
    [Proves("MON-321:3")]
    public async Task What_an_organisation_abroad_billed_is_not_shown()
    {
        var foreign = new HashSet<long> { 100 };
        Admit("october", 10, 3);

        Assert.Equal(0, Assert.Single(await Monitoring(() => foreign).RoundAsync(Noon + Pause, _ => Noon.UtcDateTime, TestContext.Current.CancellationToken)).Shown!.Opened);
        Assert.Null(_store.Find(1));

        // The same lines of another provider are.
        foreign.Clear();
        Admit("more", 10, 1);
        Assert.Equal(4, Assert.Single(await RoundAsync(Noon + 2 * Pause)).Shown!.Opened);
    }

    private CurrentMonitoring Monitoring(Func<IReadOnlySet<long>>? leftOut = null) => new(_fund.Folder, TheLaw.Book, _records, _store, _fund.Clock, _terms, () => _pack.Load().Pack, leftOut: leftOut);

    private Task<IReadOnlyList<MonitoredMonth>> RoundAsync(DateTimeOffset now) => Monitoring().RoundAsync(now, _ => Noon.UtcDateTime, TestContext.Current.CancellationToken);

    /// <summary>A register with so many lines that the rule finds, beside cheap ones.</summary>
    private void Admit(string name, int month, int dear, int cheap = 200) => _fund.Admit(name + ".csv",
    [
        .. Enumerable.Range(1, dear + cheap).Select(i => new BilledLine($"{name}-{i}", i <= dear ? 6_000_000 : 4_900_000, 100)
        {
            Month = new(2026, month, 1), StartedOn = new(2026, month, 1 + i % 28), ServiceCode = $"A02.{i / 28:000}.000",
        }),
    ]);
}
