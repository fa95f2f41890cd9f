using System.Diagnostics;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Findings;
using Kepil.Monitoring;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Xunit;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Findings;

/// <summary>A month from billed lines to findings and sums, through admission and the workers of the rules.</summary>
public sealed class MonthTests
{
    private const string FolderSetting = "KEPIL_KILLED_MONTH";
    private const string AfterDeath = "SELECT s.service_id, s.person_id, s.started_on, s.death_date FROM monitored_service AS s WHERE s.days_after_death > 0";
    private const string Twice = """
        SELECT s.service_id, s.person_id, s.started_on, CAST(COUNT(*) OVER (PARTITION BY s.person_id, s.service_code, s.started_on) AS bigint) AS times
        FROM monitored_service AS s
        WHERE EXISTS (SELECT k.service_id FROM known_service AS k WHERE k.person_id = s.person_id AND k.service_code = s.service_code AND k.started_on = s.started_on AND k.service_id <> s.service_id)
        """;

    private const string Round = "SELECT s.service_id, s.person_id, s.amount, COALESCE(s.provider_region, '') || ' қала' AS place FROM monitored_service AS s WHERE s.amount > 2900000";
    internal const string Fails = "SELECT s.service_id, s.person_id, CAST(s.line_id AS integer) AS number FROM monitored_service AS s";

    private static readonly string[] Questions =
    [
        "SELECT concat_ws(' ', service_id, rule_id, evidence, base, sum) FROM finding", "SELECT concat_ws(' ', service_id, code, billed, at_risk, debt, payable) FROM line_sum",
        "SELECT concat_ws(' ', provider_id, care_form, package, lines, persons, billed, at_risk, debt) FROM month_form",
    ];

    internal static readonly DateOnly Month = new(2026, 10, 1);

    [Fact]
    [Proves("MON-321:22")]
    public async Task What_the_rules_find_is_priced_and_adds_up()
    {
        using var fund = Laid();
        using var pack = Pack();

        var outcome = await Monitor(fund, pack);

        var expected = Expected();
        using var records = new FundRecords(fund.Folder);
        var lines = records.Query("SELECT service_id, line_id FROM known_service WHERE month = DATE '2026-10-01'", r => (r.Long(0), r.Text(1))).ToDictionary(r => r.Item1, r => r.Item2);
        var found = records.Query("SELECT service_id, rule_id, code, kind, cell, base, sum, counts FROM finding", r => new PricedFinding(r.Long(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Long(5), r.Long(6), r.Flag(7)));
        Assert.Equal(
            expected.Findings.Select(f => $"L{f.ServiceId} {f.RuleId} {f.Cell} {f.Base} {f.Sum} {f.Counts}").Order(StringComparer.Ordinal),
            found.Select(f => $"{lines[f.ServiceId]} {f.RuleId} {f.Cell} {f.Base} {f.Sum} {f.Counts}").Order(StringComparer.Ordinal));
        var run = outcome.Run;
        Assert.Equal(expected.Findings.Count(f => f.Kind == "potential"), run.PotentialFindings);
        Assert.Equal(expected.Findings.Count(f => f.Kind == "general"), run.GeneralFindings);
        Assert.Equal((expected.Lines.Count, expected.Lines.Sum(l => l.Amount)), ((int)run.Lines, run.Billed));
        Assert.Equal((expected.Sums.Sum(s => s.AtRisk), expected.Sums.Sum(s => s.Debt)), (run.AtRisk, run.Debt));
        Assert.Equal(expected.Sums.Count, records.Query("SELECT COUNT(*) FROM line_sum WHERE payable + at_risk = billed", r => r.Int(0))[0]);
        Assert.Equal((run.Billed, run.AtRisk, run.Debt), records.Query("SELECT CAST(SUM(billed) AS bigint), CAST(SUM(at_risk) AS bigint), CAST(SUM(debt) AS bigint) FROM month_form", r => (r.Long(0), r.Long(1), r.Long(2)))[0]);
    }

    [Fact]
    public async Task A_rule_that_fails_is_told_and_the_others_count()
    {
        using var fund = Laid();
        using var pack = Pack();
        using var with = Pack().Rule("6.2-fails", Fails, code: "6.2");

        var without = await Monitor(fund, pack);
        var outcome = await Monitor(fund, with);

        var failed = Assert.Single(outcome.Rules, r => r.Failure is not null);
        Assert.Equal(("6.2-fails", 0L), (failed.RuleId, failed.Hits));
        Assert.Equal(without.Run.Digest, outcome.Run.Digest);
        Assert.NotEqual(without.Run.PackHash, outcome.Run.PackHash);
        using var context = fund.Folder.Accounts.Context();
        Assert.Equal(failed.Failure, context.RunRules.Single(r => r.RunId == outcome.Run.Id && r.RuleId == "6.2-fails").Failure);
    }

    [Fact]
    public async Task Hits_on_a_dash_are_told_to_the_author_and_are_no_findings()
    {
        using var fund = Laid();
        using var pack = Pack();

        var outcome = await Monitor(fund, pack);

        var rule = outcome.Rules.Single(r => r.RuleId == "5.1-twice");
        using var records = new FundRecords(fund.Folder);
        Assert.True(rule.NotApplicable > 0);
        Assert.Equal(rule.Hits - rule.NotApplicable, records.Query("SELECT COUNT(*) FROM finding WHERE rule_id = '5.1-twice'", r => r.Long(0))[0]);
        Assert.Equal(0, records.Query("SELECT COUNT(*) FROM finding WHERE rule_id = '5.1-twice' AND care_form = 'rural'", r => r.Long(0))[0]);
    }

    [Fact]
    public async Task The_same_month_again_and_on_the_other_engine_gives_the_same_findings_to_the_byte()
    {
        using var fund = Laid();
        using var pack = Pack();
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());

        var first = await Monitor(fund, pack);
        var again = await Monitor(fund, pack);
        var duck = Answers();
        var other = await new MonthMonitoring(fund.Folder, TheLaw.Book, fund.Clock, postgres).RunAsync(Month, pack.Load().Pack, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(first.Run.Digest, again.Run.Digest);
        Assert.Equal(first.Run.PackHash, again.Run.PackHash);
        Assert.Equal(first.Run.Digest, other.Run.Digest);
        Assert.Equal((first.Run.Lines, first.Run.Billed, first.Run.AtRisk, first.Run.Debt), (other.Run.Lines, other.Run.Billed, other.Run.AtRisk, other.Run.Debt));
        Assert.Equal(first.Rules.Select(r => (r.RuleId, r.Hits, r.NotApplicable)), other.Rules.Select(r => (r.RuleId, r.Hits, r.NotApplicable)).OrderBy(r => r.RuleId, StringComparer.Ordinal));
        Assert.Equal(3, duck.Distinct().Count());
        Assert.Equal(duck, Questions.Select(q => string.Join('\n', postgres.Query(q, r => r.Text(0)).Order(StringComparer.Ordinal))));
        Assert.Equal(duck, Answers());

        List<string> Answers()
        {
            using var records = new FundRecords(fund.Folder);
            return [.. Questions.Select(q => string.Join('\n', records.Query(q, r => r.Text(0)).Order(StringComparer.Ordinal)))];
        }
    }

    [Fact]
    public async Task Accounts_on_sqlite_and_on_postgresql_and_other_cuts_of_the_registers_give_the_same_sums()
    {
        using var one = Laid();
        using var other = Laid(accounts: PrivatePostgres.NewDatabase(), files: 5);
        using var pack = Pack();

        var first = await Monitor(one, pack);
        var second = await Monitor(other, pack);

        Assert.Equal((first.Run.Lines, first.Run.Billed, first.Run.AtRisk, first.Run.Debt), (second.Run.Lines, second.Run.Billed, second.Run.AtRisk, second.Run.Debt));
        Assert.Equal(Sums(one), Sums(other));

        static List<string> Sums(TrialFund fund)
        {
            using var records = new FundRecords(fund.Folder);
            return [.. records.Query("SELECT k.line_id || ' ' || s.code || ' ' || CAST(s.at_risk AS text) || ' ' || CAST(s.debt AS text) FROM line_sum AS s JOIN known_service AS k ON k.service_id = s.service_id", r => r.Text(0)).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    [Proves("MON-321:12")]
    public async Task General_findings_alone_leave_the_whole_bill_payable()
    {
        using var fund = Laid();
        using var pack = new TrialPack().Rule("2.0-round", Round, code: "2.0", kind: "general").Rule("5.0-general", AfterDeath, kind: "general");

        var run = (await Monitor(fund, pack)).Run;

        Assert.True(run.GeneralFindings > 0);
        Assert.Equal((0L, 0L, 0L), (run.PotentialFindings, run.AtRisk, run.Debt));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_finding_holds_may_not_be_corrected_after_the_monitoring(bool onPostgres)
    {
        using var fund = Laid();
        using var pack = Pack();
        using var postgres = onPostgres ? new PostgresRecords(PrivatePostgres.NewDatabase()) : null;
        await new MonthMonitoring(fund.Folder, TheLaw.Book, fund.Clock, postgres).RunAsync(Month, pack.Load().Pack, cancel: TestContext.Current.CancellationToken);
        var held = Expected().Findings[0].ServiceId;
        var free = Enumerable.Range(1, Lines().Count).First(i => Expected().Findings.All(f => f.ServiceId != i));

        var admitted = fund.Admit("corrections.csv", Lines()[(int)held - 1] with { Amount = 1 }, Lines()[free - 1] with { Amount = 1 });

        Assert.Equal([(1, "L" + held)], admitted.FrozenLines);
        Assert.Equal(1, admitted.Submission.Corrected);
    }

    [Fact]
    public async Task A_rule_judges_only_lines_of_months_in_which_it_is_in_force()
    {
        using var fund = Laid(files: 0);
        using var pack = new TrialPack();
        foreach (var (id, period) in new[] { ("2.0-september", "2025-08-01..2026-09-30"), ("2.0-october", "2026-10-05..") })
        {
            pack.Rule(id, Round, header: TrialPack.Header("2.0", "general", evidence: id).Replace("2025-08-01..", period, StringComparison.Ordinal));
        }

        var october = fund.Staged("october.csv", [new BilledLine("L1", 5_000_000)]);
        var september = fund.Staged("september.csv", [new BilledLine("L2", 5_000_000) { Month = new DateOnly(2026, 9, 1), StartedOn = new DateOnly(2026, 9, 15) }]);
        var foreseen = (await new DryRun(fund.Folder, TheLaw.Book, fund.Clock).RunAsync([.. october.Staged, .. september.Staged], pack.Load().Pack, TestContext.Current.CancellationToken)).Findings;

        Assert.Equal(["L1 2.0-october", "L2 2.0-september"], foreseen.Select(f => $"{f.LineId} {f.Reason.En}").Order(StringComparer.Ordinal));
        fund.Admit(october);
        Assert.Equal(["2.0-october"], (await Monitor(fund, pack)).Rules.Select(r => r.RuleId));
    }

    /// <summary>The work that is killed: the month is monitored again and again, and each finished run is noted.</summary>
    [Fact]
    public async Task A_month_is_monitored_once_more()
    {
        var path = Environment.GetEnvironmentVariable(FolderSetting);
        using var fund = path is null ? Laid() : new TrialFund(path);
        using var pack = Pack();
        for (var n = 0; n < (path is null ? 1 : 100_000); n++)
        {
            var outcome = await Monitor(fund, pack);
            File.AppendAllText(fund.Folder.At("noted"), $"{outcome.Run.Id} {outcome.Run.Digest}\n");
        }

        Assert.NotEmpty(File.ReadAllLines(fund.Folder.At("noted")));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_monitoring_the_finished_ones_stay_whole()
    {
        using var fund = Laid();
        using var pack = Pack();
        var digest = (await Monitor(fund, pack)).Run.Digest;
        var noted = fund.Folder.At("noted");
        File.WriteAllText(noted, "");
        var dice = new Random(7);
        for (var kill = 0; kill < 8; kill++)
        {
            var before = new FileInfo(noted).Length;
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Fund.Tests")) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var word in new[] { "-noColor", "-noLogo", "-method", $"{typeof(MonthTests).FullName}.{nameof(A_month_is_monitored_once_more)}" })
            {
                start.ArgumentList.Add(word);
            }

            start.Environment[FolderSetting] = fund.Folder.Path;
            using var child = Process.Start(start)!;
            child.BeginOutputReadLine();
            child.BeginErrorReadLine();
            var watch = Stopwatch.StartNew();
            while (new FileInfo(noted).Length == before)
            {
                Assert.False(child.WaitForExit(20), "the child ended by itself");
                Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "the child noted nothing");
            }

            child.WaitForExit(dice.Next(0, 2500));
            child.Kill(true);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        CheckRuns(fund, File.ReadAllLines(noted), digest);
        Assert.Equal(digest, (await Monitor(fund, pack)).Run.Digest);
        Assert.True(Directory.GetDirectories(fund.Folder.At("stage")).Length == 0, "what the killed ones left is swept away");
    }

    /// <summary>Every noted run is stored, each as a whole, and all of them found the same.</summary>
    internal static void CheckRuns(TrialFund fund, IReadOnlyCollection<string> noted, string digest)
    {
        using var context = fund.Folder.Accounts.Context();
        var runs = context.Runs.ToList();
        Assert.Equal(runs.Count, runs.Select(r => r.Id).Distinct().Count());
        Assert.All(noted, line => Assert.Contains(runs, r => $"{r.Id} {r.Digest}" == line));
        Assert.All(runs, r =>
        {
            Assert.Equal(digest, r.Digest);
            Assert.All(new[] { "finding", "line_sum", "month_form" }, f => Assert.True(File.Exists(fund.Folder.At(r.Path, f + ".parquet")), $"{r.Path}/{f}"));
        });
    }

    internal static async Task<MonthOutcome> Monitor(TrialFund fund, TrialPack pack)
    {
        var (loaded, refused) = pack.Load();
        Assert.Empty(refused.Select(r => r.Message));
        return await new MonthMonitoring(fund.Folder, TheLaw.Book, fund.Clock).RunAsync(Month, loaded, cancel: TestContext.Current.CancellationToken);
    }

    internal static TrialPack Pack() => new TrialPack()
        .Rule("5.0-after-death", AfterDeath, evidence: "{started_on} {death_date}").Rule("5.1-twice", Twice, code: "5.1", evidence: "{times}").Rule("2.0-round", Round, code: "2.0", kind: "general", evidence: "{amount} {place}");

    /// <summary>Three hundred lines of October and a hundred of September, of twenty persons in all forms of care.</summary>
    internal static List<BilledLine> Lines() => [.. Enumerable.Range(1, 300).Select(i => new BilledLine($"L{i}", i * 10_000L, 100 + i % 3, Person(i % 20), NaiveSums.Forms[i * 7 % 15], i % 2 == 0 ? "mams" : "tmkkk")
    {
        StartedOn = new DateOnly(2026, 10, 1 + i % 10),
        ServiceCode = i % 4 == 0 ? null : $"A02.00{i % 3}.000",
    })];

    internal static long Person(int i) => 800101300016 + i * 10;

    internal static TrialFund Laid(string? accounts = null, int files = 1, string? path = null)
    {
        var fund = new TrialFund(path, accounts);
        fund.Load("person", [.. Enumerable.Range(0, 20).Select(i => (object?[])[Person(i), new DateOnly(1980, 1, 1), "m", null, i % 4 == 1 ? new DateOnly(2026, 10, 5) : null, null, "61", null])]);
        fund.Load("provider", [.. Enumerable.Range(0, 3).Select(i => (object?[])[100L + i, i == 0 ? null : i == 1 ? "61" : "79", null, false, null, null])]);
        var lines = Lines();
        for (var file = files - 1; file >= 0; file--)
        {
            fund.Admit($"october-{file}.csv", [.. lines.Where((_, i) => i % files == file)]);
        }

        fund.Admit("september.csv", [.. lines.Take(100).Select(l => l with { LineId = "S" + l.LineId, Month = new DateOnly(2026, 9, 1), StartedOn = l.StartedOn.AddMonths(-1) })]);
        return fund;
    }

    /// <summary>What the three rules find and what it costs, worked out a second time; a line's number is that of its id.</summary>
    internal static (List<PricedLine> Lines, List<PricedFinding> Findings, List<PricedSum> Sums) Expected()
    {
        var naive = new NaiveSums();
        var lines = Lines().Select((l, i) => new PricedLine(i + 1, l.StatedId, l.ProviderId, l.CareForm, l.Package, l.ServiceCode, l.Amount, (l.ProviderId - 100) switch { 0 => null, 1 => "61", _ => "79" })).ToList();
        var hits = new List<PricedHit>();
        foreach (var (line, i) in Lines().Select((l, i) => (l, i + 1)))
        {
            var person = (int)((line.StatedId - 800101300016) / 10);
            void Hit(string rule, string code, string kind) => hits.Add(new(i, line.StatedId, rule, code, kind, ""));
            if (person % 4 == 1 && line.StartedOn > new DateOnly(2026, 10, 5))
            {
                Hit("5.0-after-death", "5.0", "potential");
            }

            if (line.ServiceCode is not null && Lines().Any(o => o.LineId != line.LineId && o.StatedId == line.StatedId && o.ServiceCode == line.ServiceCode && o.StartedOn == line.StartedOn))
            {
                Hit("5.1-twice", "5.1", "potential");
            }

            if (line.Amount > 2_900_000)
            {
                Hit("2.0-round", "2.0", "general");
            }
        }

        var findings = naive.Findings(lines, hits, "2026-10-01", "2026-11-05");
        return (lines, findings, naive.Sums(lines, findings));
    }
}
