using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Monitoring;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Findings.MonthTests;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Findings;

/// <summary>A stored monitoring made again, when all that it judged by has become other.</summary>
public sealed class RunReplayTests
{
    [Fact]
    public async Task A_month_is_made_again_to_the_byte_after_rules_registers_and_records_have_changed()
    {
        using var fund = Laid();
        using var pack = Pack().List("places", "code:text,name:text,from_day:date,to_day:date,why:text\n1,a,2025-08-01,9999-12-31,x\n");
        var first = (await Monitor(fund, pack)).Run;
        // Another text of one rule, another list, a register with another death, a line that was corrected.
        pack.Rule("2.0-round", "SELECT s.service_id, s.person_id, s.amount, 'басқа' AS place FROM monitored_service AS s WHERE s.amount > 1000000", code: "2.0", kind: "general", evidence: "{amount} {place}")
            .List("places", "code:text,name:text,from_day:date,to_day:date,why:text\n1,b,2025-08-01,9999-12-31,x\n");
        fund.Load("person", [.. Enumerable.Range(0, 20).Select(i => (object?[])[Person(i), new DateOnly(1980, 1, 1), "m", null, null, null, "61", null])]);
        var free = Enumerable.Range(1, Lines().Count).First(i => Expected().Findings.All(f => f.ServiceId != i));
        Assert.Equal(1, fund.Admit("correction.csv", Lines()[free - 1] with { Amount = 1 }).Submission.Corrected);
        var second = (await Monitor(fund, pack)).Run;

        var again = await Replay(fund, first.Id);
        var other = await Replay(fund, second.Id);

        Assert.NotEqual(first.Digest, second.Digest);
        Assert.True(again!.IsSame, string.Join(", ", again.Damaged.Concat(again.Failed).Concat(again.Differences.Select(d => d.ToString()))));
        Assert.True(other!.IsSame);
        Assert.Empty(Directory.GetDirectories(fund.Folder.At("stage")));
        Assert.Equal(2, fund.Folder.Accounts.Context().Runs.Count());
    }

    [Fact]
    public async Task Whoever_touched_a_file_of_the_run_is_told_on()
    {
        using var fund = Laid();
        using var pack = Pack();
        var run = (await Monitor(fund, pack)).Run;
        var records = fund.RecordFiles()[0];
        var bytes = File.ReadAllBytes(fund.Folder.At(records.Path));
        bytes[100] ^= 1;
        File.WriteAllBytes(fund.Folder.At(records.Path), bytes);

        var told = await Replay(fund, run.Id);

        Assert.Equal([records.Path], told!.Damaged);
        Assert.False(told.IsSame);
        Assert.Null(await Replay(fund, run.Id + 1));
    }

    [Fact]
    public async Task A_sum_that_somebody_changed_among_the_findings_is_a_difference()
    {
        using var fund = Laid();
        using var pack = Pack();
        var run = (await Monitor(fund, pack)).Run;
        var file = fund.Folder.At(run.Path, "line_sum.parquet");
        using (var database = Kepil.DuckDb.DuckDatabase.Open(threads: 1, memoryMegabytes: 256))
        using (var connection = database.Connect())
        {
            connection.Execute($"COPY (SELECT * REPLACE (CASE WHEN service_id = (SELECT MIN(service_id) FROM read_parquet('{file}')) THEN payable + 1 ELSE payable END AS payable) FROM read_parquet('{file}')) TO '{file}.new' (FORMAT parquet)");
        }

        File.Move(file + ".new", file, true);

        Assert.Equal([("line_sum", 1L, 1L)], (await Replay(fund, run.Id))!.Differences);
    }

    [Fact]
    public async Task A_finding_is_explained_by_the_rule_that_found_it_and_not_by_the_one_of_today()
    {
        using var fund = Laid();
        using var pack = Pack();
        await Monitor(fund, pack);
        var before = pack.Load().Pack["5.0-after-death"];
        pack.Rule("5.0-after-death", "SELECT s.service_id, s.person_id FROM monitored_service AS s WHERE 1 = 0", evidence: "x");
        var today = pack.Load().Pack["5.0-after-death"];
        using var records = new FundRecords(fund.Folder);
        var store = new FindingStore(records);
        var explained = store.Explain(records.Query("SELECT MIN(finding_id) FROM finding WHERE rule_id = '5.0-after-death'", r => r.Long(0))[0])!;

        using var kept = new JudgedBy(fund.Folder, TheLaw.Book, _ => today);
        using var none = new JudgedBy(null, TheLaw.Book, _ => today);
        var (judged, without) = (kept.Of(explained), none.Of(explained));

        Assert.True(judged.FromPack);
        Assert.Equal((before.File.TextHash, before.File.Sql), (judged.Rule!.File.TextHash, judged.Rule.File.Sql));
        Assert.Equal(judged.Run!.Edition, judged.Edition.InForceFrom);
        Assert.Equal((false, today.File.TextHash), (without.FromPack, without.Rule!.File.TextHash));
        // The record says why: the registers knew of the death when the line came.
        Assert.Equal(new DateOnly(2026, 10, 5), explained.Service!.Known.DeathDate);
        Assert.Contains(("Fact.Died", (object)new DateOnly(2026, 10, 5)), explained.Service.Known.Told());
    }

    [Fact]
    public async Task What_can_no_longer_be_read_is_explained_by_the_rule_of_today_and_told_by_the_replay()
    {
        using var fund = Laid();
        using var pack = Pack();
        var run = (await Monitor(fund, pack)).Run;
        var today = pack.Load().Pack["5.0-after-death"];
        using var records = new FundRecords(fund.Folder);
        var explained = new FindingStore(records).Explain(records.Query("SELECT MIN(finding_id) FROM finding WHERE rule_id = '5.0-after-death'", r => r.Long(0))[0])!;
        var law = fund.Folder.At(RunInputs.Of(fund.Folder, run)!.Law);
        foreach (var file in Directory.GetFiles(Path.Combine(law, "classification"), "*.yaml"))
        {
            File.WriteAllText(file, "no: map of ours\n");
        }

        using var kept = new JudgedBy(fund.Folder, TheLaw.Book, _ => today);
        var judged = kept.Of(explained);
        var told = await Replay(fund, run.Id);

        Assert.Equal((false, today, run.Id), (judged.FromPack, judged.Rule, judged.Run!.Id));
        Assert.Equal([RunInputs.Of(fund.Folder, run)!.Law], told!.Damaged);
        Assert.NotEmpty(RunInputs.Of(fund.Folder, run)!.Program!);
    }

    private static Task<ReplayOutcome?> Replay(TrialFund fund, long run) => new RunReplay(fund.Folder, fund.Clock).RunAsync(run, cancel: TestContext.Current.CancellationToken);
}
