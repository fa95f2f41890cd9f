using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Findings;

/// <summary>A finding of a register that was not handed in yet, as its provider may see it: code, line, sum and reason, without rules and limits.</summary>
public sealed record Foreseen(string Code, FindingKind Kind, string LineId, int Row, string? ServiceCode, DateOnly On, long Billed, long Sum, Wording Reason);

/// <summary>Checks sound rows of registers by all rules, with the history of their patients, and keeps nothing.</summary>
public sealed class DryRun(FundFolder folder, LawBook law, TimeProvider time)
{
    /// <param name="staged">Parquet of the sound rows.</param>
    /// <param name="pack">The rules.</param>
    [Law("MON-321:12")]
    [Law("MON-321:15")]
    public async Task<IReadOnlyList<Foreseen>> RunAsync(IReadOnlyList<string> staged, RulePack pack, CancellationToken cancel = default)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var stage = folder.Stage();
        try
        {
            using var context = folder.Accounts.Context();
            var line = Path.Combine(stage, "line.parquet");
            using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 800);
            using var connection = database.Connect();
            var months = Stage(connection, staged);
            DateOnly? month = months.Count > 0 ? months[^1] : null;
            var rules = months.SelectMany(pack.InForce).DistinctBy(r => r.Id).ToList();
            var monitoring = new MonthMonitoring(folder, law, time);
            var known = month is { } last ? monitoring.Known(MonthMonitoring.Files(context, last, rules)) : [];
            var (registers, lists) = monitoring.WriteTables(context, pack, stage, today);
            var job = new RuleJob(MonthRecords.Of(month ?? today, line), known, registers, lists, [.. rules.Select(r => new RuleTask(r.Id, r.HitQuery(), DateOnly.MinValue))], Path.Combine(stage, "hits"), 2, 800, true);
            // The worker starts and opens what it needs while the facts of the lines are looked up here.
            var outcome = await RuleProcess.RunAsync(job, TimeSpan.FromMinutes(2), null, () => FindFacts(connection, registers, line, today), cancel);
            return Price(connection, pack, outcome, stage, line, month ?? today, today);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static IReadOnlyList<DateOnly> Stage(DuckConnection connection, IReadOnlyList<string> staged)
    {
        var billed = string.Join(", ", LineColumns.Billed.Where(c => c.Name != "service_id").Select(c => "r." + c.Name));
        connection.Execute($"CREATE TEMP TABLE staged_line AS SELECT CAST(-ROW_NUMBER() OVER (ORDER BY r.provider_id, r.row_number DESC, r.line_id) AS bigint) AS service_id, r.row_number, {billed} FROM read_parquet({RuleWorker.FileList(staged)}) AS r");
        return connection.QueryAll("SELECT DISTINCT month FROM staged_line ORDER BY month", r => r.Day(0));
    }

    private void FindFacts(DuckConnection connection, IReadOnlyDictionary<string, string> registers, string line, DateOnly today)
    {
        foreach (var (register, path) in registers)
        {
            connection.Execute($"CREATE TEMP VIEW {register} AS SELECT * FROM read_parquet('{RuleWorker.Quoted(path)}')");
        }

        RuleTables.CreateLists(connection, [], LegalTables.Of(law, today));
        LineFacts.Find(connection, "faced_line", registers.Keys.ToHashSet(), today);
        connection.Execute($"COPY (SELECT {LineFacts.InOrder("f")} FROM faced_line AS f) TO '{RuleWorker.Quoted(line)}' (FORMAT parquet)");
    }

    private List<Foreseen> Price(DuckConnection connection, RulePack pack, RulesOutcome outcome, string stage, string line, DateOnly month, DateOnly today)
    {
        if (outcome.Rules.All(o => o.Hits == 0))
        {
            return [];
        }

        connection.Execute($"CREATE TEMP TABLE hit AS {HitFiles.Query(Path.Combine(stage, "hits"), outcome.Rules.Where(o => o.Failure is null).Select(o => (pack[o.RuleId], o.Hits)), "staged_line")}");
        connection.Execute($"CREATE TEMP TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM read_parquet('{RuleWorker.Quoted(line)}')");
        SanctionTable.Create(connection, SanctionTable.For(law, month, today));
        return [.. connection.QueryAll($"""
            SELECT f.code, f.kind, l.line_id, l.row_number, l.service_code, l.ended_on, l.amount, f.sum, f.rule_id, f.evidence
            FROM ({FindingSums.Findings(0)}) AS f JOIN staged_line AS l ON l.service_id = f.service_id
            ORDER BY f.kind DESC, l.row_number, f.code
            """, r => new Foreseen(
                r.Text(0), r.Text(1) == "potential" ? FindingKind.Potential : FindingKind.General, r.Text(2), r.Int(3), r.TextOrNull(4), r.Day(5), r.Long(6), r.Long(7), ReasonOf(pack[r.Text(8)], r.Text(9))))];
    }

    private static Wording ReasonOf(LoadedRule rule, string evidence) => new(
        EvidenceSentence.ForProvider(rule, evidence, "kk"), EvidenceSentence.ForProvider(rule, evidence, "ru"), EvidenceSentence.ForProvider(rule, evidence, "en"));
}
