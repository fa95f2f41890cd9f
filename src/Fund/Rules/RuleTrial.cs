using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Rules;

/// <summary>What a rule would have found in one stored month, against what is in force.</summary>
/// <param name="Sum">Tiyn that its findings would put at risk or in debt, each priced alone.</param>
/// <param name="Overlap">Other rules that point at the same lines, with the number of shared lines.</param>
/// <param name="Added">Lines it finds and the last run did not find by it.</param>
/// <param name="Removed">Lines that the last run found by it and it does not find.</param>
public sealed record TrialMonth(
    DateOnly Month, long Lines, long Hits, long NotApplicable, long Sum, IReadOnlyList<(string Provider, long Hits, long Sum)> TopProviders,
    IReadOnlyList<(string Service, long Hits, long Sum)> TopServices, IReadOnlyList<(string Rule, long Lines)> Overlap, long Added, long Removed, string? Failure);

/// <summary>Tries rules over past months without making findings; a rule may be switched on only after it was tried just as it is, lists included.</summary>
public sealed class RuleTrial(FundFolder folder, LawBook law, TimeProvider time)
{
    /// <summary>The newest stored months, oldest first.</summary>
    public IReadOnlyList<DateOnly> Months(int count)
    {
        using var context = folder.Accounts.Context();
        return [.. context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).Select(f => f.Month).Distinct().ToList().OrderDescending().Take(count).Order()];
    }

    /// <summary>Runs the rules over a month and prices each by itself.</summary>
    public async Task<IReadOnlyDictionary<string, TrialMonth>> RunAsync(DateOnly month, RulePack pack, IReadOnlyList<LoadedRule> rules, Action<int, int, string>? told = null, CancellationToken cancel = default)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        using var context = folder.Accounts.Context();
        var monitoring = new MonthMonitoring(folder, law, time);
        var stage = folder.Stage();
        try
        {
            var files = MonthMonitoring.Files(context, month, rules);
            var outcome = await monitoring.HitsAsync(context, monitoring.Monitored(month, files, MonthMonitoring.References(context)), pack, rules, stage, today, told, cancel);
            using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2000);
            using var connection = database.Connect();
            connection.Execute($"CREATE TEMP VIEW month_line AS SELECT * FROM read_parquet({RuleWorker.FileList(monitoring.Paths(files, month))})");
            var lines = Convert.ToInt64(connection.Scalar("SELECT COUNT(*) FROM month_line"), CultureInfo.InvariantCulture);
            SanctionTable.Create(connection, SanctionTable.For(law, month, today));
            var last = context.Runs.AsNoTracking().Where(r => r.Month == month).OrderByDescending(r => r.Id).FirstOrDefault();
            var findings = last is null ? null : folder.At(last.Path, "finding.parquet");
            connection.Execute(findings is null || !File.Exists(findings)
                ? "CREATE TEMP TABLE before (service_id bigint, rule_id text)"
                : $"CREATE TEMP TABLE before AS SELECT service_id, rule_id FROM read_parquet('{RuleWorker.Quoted(findings)}')");
            return outcome.Rules.ToDictionary(o => o.RuleId, o => Weigh(connection, pack[o.RuleId], o, stage, month, lines));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Whether a trial allows the rule to be on: it saw lines, did not fail, and points with money at no form of care in which its code may not be assigned.</summary>
    public static bool Allows(LoadedRule rule, IReadOnlyList<TrialMonth> months) =>
        months.Any(m => m.Lines > 0) && months.All(m => m.Failure is null) && (rule.File.Kind != FindingKind.Potential || months.All(m => m.NotApplicable == 0));

    /// <summary>Writes down that these texts were tried, in trials.yaml of the pack, those alone whose trial allows it; what was tried before stays in the history of the rule.</summary>
    /// <param name="pack">The folder of the pack.</param>
    public static void Note(string pack, IReadOnlyList<(LoadedRule Rule, IReadOnlyList<TrialMonth> Months)> tried, DateOnly on)
    {
        var entries = RulePack.ReadTrials(pack).Where(t => !tried.Any(r => r.Rule.Id == t.Rule && Allows(r.Rule, r.Months))).Concat(tried.Where(t => Allows(t.Rule, t.Months)).Select(t => new TrialEntry
        {
            Rule = t.Rule.Id,
            TextHash = t.Rule.File.TextHash,
            Months = string.Join(' ', t.Months.Select(m => m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture))),
            Lines = t.Months.Sum(m => m.Lines),
            Hits = t.Months.Sum(m => m.Hits),
            TriedOn = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        })).OrderBy(t => t.Rule, StringComparer.Ordinal);
        var text = new StringBuilder("# Trials that allow a rule to be on: header, query and lists of this hash were run over these months. Written by kepil rules trial --note.\n");
        foreach (var entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {{ rule: {entry.Rule}, text_hash: {entry.TextHash}, months: \"{entry.Months}\", lines: {entry.Lines}, hits: {entry.Hits}, tried_on: \"{entry.TriedOn}\" }}\n");
        }

        var file = Path.Combine(pack, "trials.yaml");
        File.WriteAllText(file + ".part", text.ToString());
        File.Move(file + ".part", file, true);
    }

    private static TrialMonth Weigh(DuckConnection connection, LoadedRule rule, RuleOutcome outcome, string stage, DateOnly month, long lines)
    {
        if (outcome.Failure is not null)
        {
            return new TrialMonth(month, lines, 0, 0, 0, [], [], [], 0, 0, outcome.Failure);
        }

        connection.Execute("DROP TABLE IF EXISTS hit; DROP TABLE IF EXISTS hit_line; DROP TABLE IF EXISTS finding");
        connection.Execute($"CREATE TEMP TABLE hit AS {HitFiles.Query(Path.Combine(stage, "hits"), [(rule, outcome.Hits)], "month_line")}");
        connection.Execute($"CREATE TEMP TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM month_line WHERE service_id IN (SELECT service_id FROM hit)");
        connection.Execute($"CREATE TEMP TABLE finding AS {FindingSums.Findings(0)}");
        long Number(string sql) => Convert.ToInt64(connection.Scalar(sql) ?? 0L, CultureInfo.InvariantCulture);
        IReadOnlyList<(string, long, long)> Top(string column) => connection.QueryAll($"""
            SELECT COALESCE(CAST(l.{column} AS text), '–'), COUNT(*), CAST(SUM(f.sum) AS bigint) FROM finding AS f JOIN hit_line AS l ON l.service_id = f.service_id
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5
            """, r => (r.Text(0), r.Long(1), r.Long(2)));
        return new TrialMonth(
            month, lines, outcome.Hits, outcome.Hits - Number("SELECT COUNT(*) FROM finding"), Number("SELECT CAST(SUM(sum) AS bigint) FROM finding"),
            Top("provider_id"), Top("service_code"),
            connection.QueryAll($"SELECT b.rule_id, COUNT(DISTINCT b.service_id) FROM before AS b JOIN finding AS f ON f.service_id = b.service_id WHERE b.rule_id <> '{rule.Id}' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5", r => (r.Text(0), r.Long(1))),
            Number($"SELECT COUNT(*) FROM finding WHERE service_id NOT IN (SELECT service_id FROM before WHERE rule_id = '{rule.Id}')"),
            Number($"SELECT COUNT(*) FROM before WHERE rule_id = '{rule.Id}' AND service_id NOT IN (SELECT service_id FROM finding)"),
            null);
    }
}
