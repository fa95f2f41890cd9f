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
/// <param name="postgres">Where the rules run when the setting says PostgreSQL; null: DuckDB over the files.</param>
public sealed class MonthMonitoring(FundFolder folder, LawBook law, TimeProvider time, PostgresRecords? postgres = null)
{
    /// <summary>Threads that the rules and sums take.</summary>
    public const int Threads = 2;

    /// <summary>DuckDB's memory for rules and sums, each in its own process.</summary>
    public const int MemoryMegabytes = 2600;

    private static readonly TimeSpan RuleLimit = TimeSpan.FromMinutes(10);

    /// <param name="month">First day of the month.</param>
    /// <param name="pack">Its rules that are on and in force judge the month.</param>
    /// <param name="told">Called with (rules finished, rules in all, id of the rule that began).</param>
    [Law("MON-321:22")]
    public async Task<MonthOutcome> RunAsync(DateOnly month, RulePack pack, Action<int, int, string>? told = null, CancellationToken cancel = default)
    {
        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var rules = pack.InForce(month).ToList();
        using var context = folder.Accounts.Context();
        var stage = folder.Stage();
        try
        {
            var files = Files(context, month, rules);
            var references = References(context);
            var outcome = await HitsAsync(context, Monitored(month, files, references), pack, rules, stage, today, told, cancel);
            if (rules.Count > 0 && outcome.Rules.All(r => r.Failure is not null))
            {
                throw new InvalidOperationException($"No rule could be run; the first said: {outcome.Rules[0].Failure}");
            }

            var ruled = time.GetElapsedTime(started);
            using var held = folder.Hold();
            if (!Files(context, month, rules).Select(f => f.Id).SequenceEqual(files.Select(f => f.Id)))
            {
                // Registers came in while the rules ran: what was found is not about the lines that count now.
                held.Dispose();
                return await RunAsync(month, pack, told, cancel);
            }

            var id = (context.Runs.Max(r => (long?)r.Id) ?? 0) + 1;
            var path = Path.Combine("runs", id.ToString(CultureInfo.InvariantCulture));
            var inputs = RunInputs.Keep(folder, pack, rules, law, today, [.. files.Select(f => f.Id)], [.. references.Select(r => r.Id)]);
            var priced = Price(id, month, today, pack, outcome, Paths(files, month), stage, path);
            inputs.Write(folder, path);
            var run = new MonitoringRun
            {
                Id = id,
                Month = month,
                StartedAt = startedAt,
                FinishedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Engine = postgres is null ? "duckdb" : "postgresql",
                PackHash = HashOf(pack, rules),
                Edition = law.Classification.On(month, today).InForceFrom,
                Lines = priced.Lines,
                Billed = priced.Billed,
                AtRisk = priced.AtRisk,
                Debt = priced.Debt,
                PotentialFindings = priced.Potential,
                GeneralFindings = priced.General,
                Digest = priced.Digest,
                Path = path,
                LastFile = files.Max(f => f.Id),
            };
            var ruleRows = outcome.Rules.Select(o => RuleRow(id, pack[o.RuleId], o, priced.NotApplicable.GetValueOrDefault(o.RuleId))).ToList();
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

    /// <summary>What rules are asked about: a month, the files of records that they see, and the registers.</summary>
    /// <param name="AsTheyLie">Whether the files themselves are read, without a working copy: of an earlier state nobody keeps one.</param>
    internal sealed record AskedMonth(DateOnly Month, IReadOnlyList<RecordFile> Files, IReadOnlyDictionary<string, string> Registers, bool AsTheyLie = false);

    /// <summary>A month with the files and registers that count.</summary>
    internal AskedMonth Monitored(DateOnly month, IReadOnlyList<RecordFile> files, IReadOnlyList<ReferenceFile> references) => new(month, files, At(references));

    /// <summary>Runs rules over a month; their hits lie as Parquet in the stage, or in PostgreSQL.</summary>
    internal async Task<RulesOutcome> HitsAsync(
        AccountsContext context, AskedMonth asked, RulePack pack, IReadOnlyList<LoadedRule> rules, string stage, DateOnly today, Action<int, int, string>? told, CancellationToken cancel)
    {
        var (month, files, registers, _) = asked;
        if (!files.Any(f => f.Month == month))
        {
            throw new InvalidOperationException($"There are no records of {month:yyyy-MM}; take in its registers first.");
        }

        var lists = Path.Combine(stage, "lists.duckdb");
        RuleTables.Write(lists, pack.Lists, LegalTables.Of(law, today), registers.Keys.ToHashSet());
        if (postgres is null)
        {
            var known = asked.AsTheyLie ? AsTheyLie(files) : Known(files);
            // What took longest the last time begins first, so that no lane waits long for the other at the end.
            var last = context.RunRules.Where(r => r.RunId == context.RunRules.Max(x => x.RunId)).ToDictionary(r => r.RuleId, r => r.Milliseconds);
            var tasks = rules.OrderByDescending(r => last.GetValueOrDefault(r.Id, long.MaxValue)).Select(r => new RuleTask(r.Id, r.HitQuery(), FirstKnown(month, r.File.LookBack)));
            var job = new RuleJob(known[^1], known, registers, lists, [.. tasks], Path.Combine(stage, "hits"), Threads, MemoryMegabytes, false, Lanes: Threads);
            return await RuleProcess.RunAsync(job, RuleLimit, told, cancel: cancel);
        }

        postgres.Mirror(context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).ToDictionary(f => f.Id, f => folder.At(f.Path)));
        using (var database = DuckDatabase.Open(lists, threads: Threads, memoryMegabytes: 1024))
        using (var duck = database.Connect())
        {
            foreach (var (name, columns) in RuleTables.All(pack.Lists))
            {
                postgres.Replace(name, columns, duck, registers.TryGetValue(name, out var file) ? $"read_parquet('{RuleWorker.Quoted(file)}')" : name);
            }
        }

        postgres.Begin(month);
        var outcomes = new List<RuleOutcome>();
        foreach (var rule in rules)
        {
            told?.Invoke(outcomes.Count, rules.Count, rule.Id);
            cancel.ThrowIfCancellationRequested();
            outcomes.Add(postgres.Run(rule, RuleLimit));
        }

        return new RulesOutcome(outcomes, 0);
    }

    /// <summary>The files that count of the month and of the months before that the longest look-back reaches.</summary>
    internal static IReadOnlyList<RecordFile> Files(AccountsContext context, DateOnly month, IReadOnlyList<LoadedRule> rules)
    {
        var first = FirstKnown(month, rules.Count == 0 ? 0 : rules.Max(r => r.File.LookBack));
        return [.. context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).OrderBy(f => f.Id).ToList().Where(f => f.Month >= first && f.Month <= month)];
    }

    /// <summary>Where the files of one month lie.</summary>
    internal IReadOnlyList<string> Paths(IReadOnlyList<RecordFile> files, DateOnly month) => [.. files.Where(f => f.Month == month).Select(f => folder.At(f.Path))];

    /// <summary>The records of each month, oldest first, as rules read them.</summary>
    internal IReadOnlyList<MonthRecords> Known(IReadOnlyList<RecordFile> files)
    {
        var copies = new RecordCopies(folder);
        return [.. files.GroupBy(f => f.Month).OrderBy(g => g.Key).Select(g => copies.Of(g.Key, [.. g]))];
    }

    /// <summary>The first month that a look-back of so many days reaches.</summary>
    internal static DateOnly FirstKnown(DateOnly month, int lookBackDays)
    {
        var first = month.AddDays(-lookBackDays);
        return new DateOnly(first.Year, first.Month, 1);
    }

    internal IReadOnlyDictionary<string, string> Registers(AccountsContext context) => At(References(context));

    /// <summary>The registers that count.</summary>
    internal static IReadOnlyList<ReferenceFile> References(AccountsContext context) => [.. context.ReferenceFiles.AsNoTracking().Where(r => r.ReplacedBy == null).OrderBy(r => r.Id)];

    /// <summary>Where registers lie, by their names.</summary>
    internal IReadOnlyDictionary<string, string> At(IReadOnlyList<ReferenceFile> references) => references.ToDictionary(r => r.Register, r => folder.At(r.Path));

    private IReadOnlyList<MonthRecords> AsTheyLie(IReadOnlyList<RecordFile> files) =>
        [.. files.GroupBy(f => f.Month).OrderBy(g => g.Key).Select(g => MonthRecords.Of(g.Key, [.. g.Select(f => folder.At(f.Path))]))];

    /// <summary>What a priced month comes to, with the identity of its findings.</summary>
    internal sealed record Priced(long Lines, long Billed, long AtRisk, long Debt, long Potential, long General, string Digest, Dictionary<string, long> NotApplicable);

    /// <summary>Prices hits and leaves findings, sums of lines and sums of forms of care as Parquet.</summary>
    /// <param name="path">A folder under that of the fund, or a full path; what lies there goes.</param>
    internal Priced Price(long id, DateOnly month, DateOnly today, RulePack pack, RulesOutcome outcome, IReadOnlyList<string> monitored, string stage, string path)
    {
        var multiCode = law.Policies.On(month).LinePricing;
        var sanctions = SanctionTable.For(law, month, today);
        if (postgres is not null)
        {
            var refused = postgres.Price(id, month, multiCode, sanctions);
            var where = $" WHERE month = DATE '{month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
            EmptyFolder(path);
            foreach (var (table, columns, order) in new[]
            {
                ("finding", RunTables.Finding, "finding_id"), ("line_sum", RunTables.LineSum, "service_id"), ("month_form", RunTables.MonthForm, "provider_id, care_form, package"),
            })
            {
                // The files tell which lines are frozen and what was found, whichever engine found it.
                postgres.Export(columns, $"{table}{where} ORDER BY {order}", folder.At(path, table + ".parquet"));
            }

            return Sum((sql, read) => postgres.Query(sql, read), where, refused);
        }

        using var database = DuckDatabase.Open(threads: Threads, memoryMegabytes: MemoryMegabytes, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") });
        using var connection = database.Connect();
        connection.Execute($"CREATE TEMP VIEW month_line AS SELECT * FROM read_parquet({RuleWorker.FileList(monitored)})");
        connection.Execute($"CREATE TEMP VIEW hit AS {HitFiles.Query(Path.Combine(stage, "hits"), outcome.Rules.Where(o => o.Failure is null).Select(o => (pack[o.RuleId], o.Hits)), "month_line")}");
        connection.Execute($"CREATE TEMP TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM month_line WHERE service_id IN (SELECT service_id FROM hit)");
        SanctionTable.Create(connection, sanctions);
        EmptyFolder(path);
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

        var notApplicable = connection.QueryAll(FindingSums.NotApplicable, r => (Rule: r.Text(0), Hits: r.Long(1)));
        return Sum((sql, read) => connection.QueryAll(sql, r => read(new DuckRow(r))), "", notApplicable);
    }

    /// <summary>What a killed run left under this number goes.</summary>
    private void EmptyFolder(string path)
    {
        if (Directory.Exists(folder.At(path)))
        {
            Directory.Delete(folder.At(path), true);
        }

        Directory.CreateDirectory(folder.At(path));
    }

    /// <summary>Totals and digest of the findings just made, by the same questions to either engine.</summary>
    private static Priced Sum(Func<string, Func<IRow, object>, IReadOnlyList<object>> ask, string where, IReadOnlyList<(string Rule, long Hits)> notApplicable)
    {
        var sums = (long[])ask($"""
            SELECT CAST(SUM(lines) AS bigint), CAST(SUM(billed) AS bigint), CAST(SUM(at_risk) AS bigint), CAST(SUM(debt) AS bigint) FROM month_form{where}
            """, r => new[] { r.Long(0), r.Long(1), r.Long(2), r.Long(3) })[0];
        var kinds = (long[])ask($"""
            SELECT COUNT(CASE WHEN kind = 'potential' THEN 1 END), COUNT(CASE WHEN kind = 'general' THEN 1 END) FROM finding{where}
            """, r => new[] { r.Long(0), r.Long(1) })[0];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ask($"""
            SELECT concat_ws('|', finding_id, rule_id, code, kind, service_id, person_id, provider_id, CAST(month AS text), care_form, cell, base, sum, CASE WHEN counts THEN 1 ELSE 0 END, evidence)
            FROM finding{where} ORDER BY finding_id
            """, r =>
        {
            hash.AppendData(Encoding.UTF8.GetBytes(r.Text(0)));
            hash.AppendData("\n"u8);
            return "";
        });
        return new Priced(sums[0], sums[1], sums[2], sums[3], kinds[0], kinds[1], Convert.ToHexStringLower(hash.GetHashAndReset()), notApplicable.ToDictionary(n => n.Rule, n => n.Hits));
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
