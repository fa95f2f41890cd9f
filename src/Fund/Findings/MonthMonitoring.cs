using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Findings;

/// <summary>What a monitoring of a month brought, with the time and memory it took.</summary>
public sealed record MonthOutcome(MonitoringRun Run, IReadOnlyList<RunRule> Rules, long RulesMilliseconds, long SumsMilliseconds, long PeakKilobytes);

/// <summary>Monitors a month: runs the rules over its records and prices what they find.</summary>
public sealed class MonthMonitoring(FundFolder folder, LawBook law, TimeProvider time)
{
    /// <param name="month">First day of the month.</param>
    /// <param name="pack">Its rules that are on and in force judge the month.</param>
    /// <param name="told">Called with (rules finished, rules in all, id of the rule that began).</param>
    [Law("MON-321:22")]
    public async Task<MonthOutcome> RunAsync(DateOnly month, RulePack pack, Action<int, int, string>? told = null, CancellationToken cancel = default)
    {
        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var rules = pack.On.Where(r => r.File.HoldsOn(month) || r.File.HoldsOn(month.AddMonths(1).AddDays(-1))).ToList();
        using var context = folder.Accounts.Context();
        var files = Files(context, month, rules.Count == 0 ? 0 : rules.Max(r => r.File.LookBack));
        if (files.Monitored.Count == 0)
        {
            throw new InvalidOperationException($"There are no records of {month:yyyy-MM}; take in its registers first.");
        }

        var stage = folder.Stage();
        try
        {
            var tables = WriteTables(context, pack, stage, today);
            var job = new RuleJob(files.Monitored, files.Known, tables, [.. rules.Select(r => new RuleTask(r.Id, r.HitQuery()))], Path.Combine(stage, "hits"), 2, 2600, false);
            var outcome = await RuleProcess.RunAsync(job, TimeSpan.FromMinutes(10), told, cancel);
            var ruled = time.GetElapsedTime(started);
            using var held = folder.Hold();
            var id = (context.Runs.Max(r => (long?)r.Id) ?? 0) + 1;
            var (run, notApplicable) = Price(id, month, today, startedAt, pack, rules, outcome, files.Monitored, stage);
            var ruleRows = outcome.Rules.Select(o => RuleRow(id, pack[o.RuleId], o, notApplicable.GetValueOrDefault(o.RuleId))).ToList();
            context.Runs.Add(run);
            context.RunRules.AddRange(ruleRows);
            await context.SaveChangesAsync(cancel);
            return new MonthOutcome(run, ruleRows, (long)ruled.TotalMilliseconds, (long)(time.GetElapsedTime(started) - ruled).TotalMilliseconds, outcome.PeakKilobytes);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>The files of the month, and of it with the months before that the longest look-back reaches.</summary>
    internal (IReadOnlyList<string> Monitored, IReadOnlyList<string> Known) Files(AccountsContext context, DateOnly month, int lookBackDays)
    {
        var first = month.AddDays(-lookBackDays);
        first = new DateOnly(first.Year, first.Month, 1);
        var files = context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).OrderBy(f => f.Id).ToList().Where(f => f.Month >= first && f.Month <= month).ToList();
        return ([.. files.Where(f => f.Month == month).Select(f => folder.At(f.Path))], [.. files.Select(f => folder.At(f.Path))]);
    }

    /// <summary>Registers where they lie, and lists and law written for the worker; a register that is not loaded is an empty table.</summary>
    internal Dictionary<string, string> WriteTables(AccountsContext context, RulePack pack, string stage, DateOnly knownOn)
    {
        var tables = context.ReferenceFiles.AsNoTracking().Where(r => r.ReplacedBy == null).ToDictionary(r => r.Register, r => folder.At(r.Path));
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        RuleTables.CreateLists(connection, pack.Lists, LegalTables.Of(law, knownOn));
        foreach (var table in ReferenceTables.All.Where(t => !tables.ContainsKey(t.Name)))
        {
            connection.Execute(RuleTables.Create(table.Name, table.Columns));
            Keep(table.Name);
        }

        foreach (var name in pack.Lists.Select(l => l.Name).Append("legal_value").Append("calendar"))
        {
            Keep(name);
        }

        return tables;

        void Keep(string name)
        {
            tables[name] = Path.Combine(stage, name + ".parquet");
            connection.Execute($"COPY {name} TO '{RuleWorker.Quoted(tables[name])}' (FORMAT parquet)");
        }
    }

    private (MonitoringRun Run, Dictionary<string, long> NotApplicable) Price(
        long id, DateOnly month, DateOnly today, long startedAt, RulePack pack, List<LoadedRule> rules, RulesOutcome outcome, IReadOnlyList<string> monitored, string stage)
    {
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2600, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") });
        using var connection = database.Connect();
        var hits = outcome.Rules.Where(o => o.Failure is null && o.Hits > 0).Select(o => pack[o.RuleId]).ToList();
        connection.Execute(hits.Count == 0
            ? "CREATE TEMP TABLE hit (service_id bigint, person_id bigint, rule_id text, code text, kind text, evidence text)"
            : "CREATE TEMP VIEW hit AS " + string.Join("\nUNION ALL\n", hits.Select(r =>
                $"SELECT service_id, person_id, '{r.Id}' AS rule_id, '{r.File.Code}' AS code, '{(r.File.Kind == FindingKind.Potential ? "potential" : "general")}' AS kind, evidence FROM read_parquet('{RuleWorker.Quoted(Path.Combine(stage, "hits", r.Id + ".parquet"))}')")));
        connection.Execute($"CREATE TEMP VIEW month_line AS SELECT * FROM read_parquet({RuleWorker.FileList(monitored)})");
        connection.Execute($"CREATE TEMP TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM month_line WHERE service_id IN (SELECT service_id FROM hit)");
        SanctionTable.Create(connection, SanctionTable.For(law, month, today));
        var path = Path.Combine("runs", id.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(folder.At(path)))
        {
            Directory.Delete(folder.At(path), true);
        }

        Directory.CreateDirectory(folder.At(path));
        var multiCode = law.Policies.On(month)["multi_code"];
        foreach (var (table, query, order) in new[]
        {
            ("finding", FindingSums.Findings(id), "finding_id"),
            ("line_sum", FindingSums.LineSums(multiCode), "service_id"),
            ("month_form", FindingSums.MonthForms, "provider_id, care_form, package"),
        })
        {
            connection.Execute($"CREATE TEMP TABLE {table} AS {query}");
            connection.Execute($"COPY (SELECT * FROM {table} ORDER BY {order}) TO '{RuleWorker.Quoted(folder.At(path, table + ".parquet"))}' (FORMAT parquet, COMPRESSION zstd)");
        }

        var notApplicable = new Dictionary<string, long>();
        using (var rows = connection.Query(FindingSums.NotApplicable))
        {
            while (rows.Read())
            {
                notApplicable[rows.Text(0)] = rows.Long(1);
            }
        }

        using var sums = connection.Query("""
            SELECT CAST(SUM(lines) AS bigint), CAST(SUM(billed) AS bigint), CAST(SUM(at_risk) AS bigint), CAST(SUM(debt) AS bigint),
                   (SELECT COUNT(*) FROM finding WHERE kind = 'potential'), (SELECT COUNT(*) FROM finding WHERE kind = 'general')
            FROM month_form
            """);
        sums.Read();
        return (new MonitoringRun
        {
            Id = id,
            Month = month,
            StartedAt = startedAt,
            FinishedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Engine = "duckdb",
            PackHash = HashOf(pack, rules),
            Edition = law.Classification.On(month, today).InForceFrom,
            Lines = sums.Long(0),
            Billed = sums.Long(1),
            AtRisk = sums.Long(2),
            Debt = sums.Long(3),
            PotentialFindings = sums.Long(4),
            GeneralFindings = sums.Long(5),
            Digest = Digest(connection),
            Path = path,
        }, notApplicable);
    }

    /// <summary>SHA-256 over all findings in the order of their numbers: the same month under the same rules and law gives the same one, byte for byte.</summary>
    private static string Digest(DuckConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = connection.Query("SELECT concat_ws('|', finding_id, rule_id, code, kind, service_id, person_id, provider_id, month, care_form, cell, base, sum, counts, evidence) FROM finding ORDER BY finding_id");
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.ChunkRows; i++)
            {
                hash.AppendData(rows.Bytes(0, i));
                hash.AppendData("\n"u8);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string HashOf(RulePack pack, IEnumerable<LoadedRule> rules)
    {
        var text = new StringBuilder();
        foreach (var rule in rules)
        {
            text.Append(rule.Id).Append(' ').Append(rule.File.TextHash).Append('\n');
        }

        foreach (var list in Directory.GetFiles(Path.Combine(pack.Folder, "lists"), "*.csv").Order(StringComparer.Ordinal))
        {
            text.Append(Path.GetFileName(list)).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(list)))).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static RunRule RuleRow(long run, LoadedRule rule, RuleOutcome outcome, long notApplicable) => new()
    {
        RunId = run,
        RuleId = rule.Id,
        TextHash = rule.File.TextHash,
        Code = rule.File.Code,
        Kind = rule.File.Kind == FindingKind.Potential ? "potential" : "general",
        Hits = outcome.Hits,
        NotApplicable = notApplicable,
        Milliseconds = outcome.Milliseconds,
        Failure = outcome.Failure,
    };
}
