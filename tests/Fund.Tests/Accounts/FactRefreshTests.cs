using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Xunit;

namespace Kepil.Tests.Accounts;

/// <summary>A register that changes after intake reaches the stored lines when their facts are refreshed, and nothing else changes.</summary>
[Proves("MON-321:24")]
public sealed class FactRefreshTests
{
    private const long Living = 800101300016;
    private const long Dead = 800101300026;

    private const string AfterDeath = "SELECT s.service_id, s.person_id, s.started_on, s.death_date FROM monitored_service AS s WHERE s.days_after_death > 0";
    private const string Dear = "SELECT s.service_id, s.person_id, s.amount FROM monitored_service AS s WHERE s.amount > 4000000";

    private static readonly DateOnly Month = new(2026, 10, 1);
    private static readonly DateOnly Died = new(2026, 10, 10);
    private static readonly DateOnly Always = new(9999, 12, 31);

    [Fact]
    public async Task A_death_that_arrives_a_week_later_makes_the_rule_find_the_service()
    {
        using var fund = new TrialFund();
        using var pack = Pack();
        Persons(fund, null);
        fund.Admit("october.csv", new BilledLine("A", StatedId: Living), new BilledLine("B", StatedId: Dead), new BilledLine("C", StatedId: Dead) { StartedOn = new DateOnly(2026, 10, 5) });
        var before = (await Monitor(fund, pack)).Run;
        var billed = fund.Lines("line_id, service_id, amount, person_id, started_on, birth_date");

        fund.Clock.Day = fund.Clock.Day.AddDays(7);
        Persons(fund, Died);
        Assert.Equal(before.Digest, (await Monitor(fund, pack)).Run.Digest);
        var refreshed = Refresh(fund);
        var after = (await Monitor(fund, pack)).Run;

        Assert.Equal((2L, 0L), (refreshed.Changed, refreshed.KeptAsEvidence));
        Assert.Equal([("person", 2L)], refreshed.ByRegister.Select(r => (r.Key, r.Value)));
        Assert.Equal((0L, 1L), (before.PotentialFindings, after.PotentialFindings));
        Assert.Equal(["A null null", "B 2026-10-10 5", "C 2026-10-10 -5"], fund.Lines("line_id, death_date, days_after_death"));
        Assert.Equal(billed, fund.Lines("line_id, service_id, amount, person_id, started_on, birth_date"));
        using var records = new FundRecords(fund.Folder);
        Assert.Equal(["B"], records.Query("SELECT k.line_id FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id", r => r.Text(0)));
    }

    [Fact]
    public async Task The_files_before_stay_as_they_were_and_the_accounts_tell_what_replaced_them()
    {
        using var fund = new TrialFund();
        Persons(fund, null);
        fund.Admit("october.csv", new BilledLine("A", StatedId: Living), new BilledLine("B", StatedId: Dead));
        var file = Assert.Single(fund.RecordFiles());
        var bytes = await File.ReadAllBytesAsync(fund.Folder.At(file.Path), TestContext.Current.CancellationToken);
        Persons(fund, Died);

        Refresh(fund);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(fund.Folder.At(file.Path), TestContext.Current.CancellationToken));
        Assert.Equal(["A null", "B null"], fund.Lines("line_id, death_date", retired: true));
        var files = fund.RecordFiles();
        Assert.Equal([(false, null, 1L), (true, (long?)1L, null)], files.Select(f => (f.RetiredBy is null, f.WrittenByRefresh, f.RetiredByRefresh)));
        using var context = fund.Folder.Accounts.Context();
        var noted = Assert.Single(context.FactRefreshes);
        Assert.Equal((Month, 1L, "person 1"), (noted.Month, noted.Changed, noted.ByRegister));
        Assert.Empty(fund.Faults());
    }

    [Fact]
    public async Task A_line_with_a_finding_keeps_its_facts_and_the_run_before_can_still_be_explained()
    {
        using var fund = new TrialFund();
        using var pack = Pack();
        Persons(fund, null);
        fund.Admit("october.csv", new BilledLine("A", 5_000_000, StatedId: Dead), new BilledLine("B", StatedId: Dead));
        var run = (await Monitor(fund, pack)).Run;
        using var records = new FundRecords(fund.Folder);
        var finding = Assert.Single(records.Query("SELECT finding_id FROM finding", r => r.Long(0)));
        var before = new FindingStore(records).Explain(finding)!;

        Persons(fund, Died);
        var refreshed = Refresh(fund);
        var after = new FindingStore(records).Explain(finding)!;

        Assert.Equal((1L, 1L), (refreshed.Changed, refreshed.KeptAsEvidence));
        Assert.Equal(["A null", "B 2026-10-10"], fund.Lines("line_id, death_date"));
        Assert.Equal((before.Finding, before.Evidence, before.Service, before.Line), (after.Finding, after.Evidence, after.Service, after.Line));
        Assert.Equal((1L, 2L), (run.PotentialFindings, (await Monitor(fund, pack)).Run.PotentialFindings));
    }

    [Fact]
    public void A_refresh_without_changes_writes_nothing()
    {
        using var fund = new TrialFund();
        Persons(fund, Died);
        fund.Load("tariff", ["A02.001.000", new DateOnly(2026, 1, 1), Always, null, 900_000L, null, null]);
        fund.Admit("october.csv", new BilledLine("A"), new BilledLine("B", StatedId: Dead));
        var files = fund.RecordFiles().Select(f => f.Path);

        var refreshed = Refresh(fund);

        Assert.Equal((0L, 0), (refreshed.Changed, refreshed.ByRegister.Count));
        Assert.Equal(files, fund.RecordFiles().Select(f => f.Path));
    }

    [Fact]
    public void A_corrected_tariff_counts_and_one_announced_after_the_acceptance_does_not()
    {
        using var fund = new TrialFund();
        fund.Admit("october.csv", new BilledLine("A"));
        fund.Clock.Day = new DateOnly(2026, 12, 1);
        fund.Load("tariff",
            ["A02.001.000", new DateOnly(2026, 1, 1), Always, null, 900_000L, null, null],
            ["A02.001.000", new DateOnly(2026, 9, 1), Always, new DateOnly(2026, 11, 20), 800_000L, null, null]);

        var refreshed = Refresh(fund);

        Assert.Equal([("tariff", 1L)], refreshed.ByRegister.Select(r => (r.Key, r.Value)));
        Assert.Equal(["A 900000"], fund.Lines("line_id, tariff"));
    }

    [Fact]
    public void A_person_whose_number_was_replaced_moves_to_the_shard_of_the_new_one()
    {
        using var fund = new TrialFund();
        fund.Admit("october.csv", [.. Enumerable.Range(0, 2_400).Select(i => new BilledLine($"L{i:0000}", StatedId: 800101300016 + i % 24 * 10))]);
        Assert.Equal(8, fund.RecordFiles().Count);
        fund.Load("person_merge", [800101300016L, 800101300036L]);

        var refreshed = Refresh(fund);

        Assert.Equal((100L, 100L), (refreshed.Changed, refreshed.ByRegister["person_merge"]));
        Assert.Empty(fund.Faults());
        Assert.Equal(2_400, fund.Lines().Count);
        using var context = fund.Folder.Accounts.Context();
        using var database = DuckDb.DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        foreach (var file in context.RecordFiles.Where(f => f.RetiredBy == null))
        {
            Assert.Equal([file.Shard], connection.QueryAll($"SELECT DISTINCT {Admission.ShardOf} FROM read_parquet('{fund.Folder.At(file.Path)}')", r => r.Int(0)));
        }
    }

    [Fact]
    public void A_correction_after_a_refresh_finds_the_line_and_is_a_correction()
    {
        using var fund = new TrialFund();
        Persons(fund, null);
        fund.Admit("october.csv", new BilledLine("A", StatedId: Dead));
        Persons(fund, Died);
        Refresh(fund);

        Assert.Equal(1, fund.Admit("same.csv", new BilledLine("A", StatedId: Dead), new BilledLine("B")).Submission.Unchanged);
        Assert.Equal(1, fund.Admit("other.csv", new BilledLine("A", 5, StatedId: Dead)).Submission.Corrected);
        Assert.Equal(["A 5 2026-10-10", "B 1000000 null"], fund.Lines("line_id, amount, death_date"));
        Assert.Equal([Month], new FactRefresh(fund.Folder, TheLaw.Book, fund.Clock).OpenMonths());
    }

    private static RefreshedMonth Refresh(TrialFund fund) => new FactRefresh(fund.Folder, TheLaw.Book, fund.Clock).Refresh(Month);

    private static void Persons(TrialFund fund, DateOnly? died) => fund.Load("person",
        [Living, new DateOnly(1980, 1, 1), "m", false, null, null, "61", null],
        [Dead, new DateOnly(1980, 1, 1), "m", false, died, null, "61", null]);

    private static TrialPack Pack() => new TrialPack().Rule("5.0-after-death", AfterDeath, evidence: "{started_on} {death_date}").Rule("6.2-dear", Dear, code: "6.2", evidence: "{amount}");

    private static async Task<MonthOutcome> Monitor(TrialFund fund, TrialPack pack) =>
        await new MonthMonitoring(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(Month, pack.Load().Pack, cancel: TestContext.Current.CancellationToken);
}
