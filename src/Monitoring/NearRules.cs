using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>Runs rules over a register that was not handed in yet, beside the history of its patients: few lines, many rules, and somebody who waits.</summary>
/// <remarks>Several rules run at once. One that fails beside another is run again alone, so that none fails for the memory that another took.</remarks>
internal static partial class NearRules
{
    /// <summary>Lays what concerns the persons, providers and doctors of the lines into memory, without those lines themselves, while their facts are still looked up.</summary>
    public static void LayNear(DuckConnection connection, RuleJob job)
    {
        var staged = $"read_parquet({RuleWorker.FileList(job.Staged ?? job.Monitored.Files)})";
        var merged = job.Staged is not null && job.Registers.ContainsKey("person_merge");
        connection.Execute($"""
            CREATE TEMP TABLE near AS SELECT s.provider_id, s.line_id, s.month, s.doctor_id, {(job.Staged is null ? "s.person_id" : merged ? "COALESCE(m.person_id, s.stated_id)" : "s.stated_id")} AS person_id
            FROM {staged} AS s{(merged ? " LEFT JOIN person_merge AS m ON m.old_id = s.stated_id" : "")}
            """);
        var columns = Columns(job);
        var sources = new List<string>();
        foreach (var month in job.Known)
        {
            const string near = "k.person_id IN (SELECT person_id FROM near) OR k.provider_id IN (SELECT provider_id FROM near) OR k.doctor_id IN (SELECT doctor_id FROM near WHERE doctor_id IS NOT NULL)";
            if (month.Copy is not null)
            {
                sources.Add($"SELECT {columns ?? "* EXCLUDE (file_id)"} FROM {RecordCopy.TableOf(month)} AS k WHERE ({near}){RecordCopy.Standing(month, " AND k.")}");
            }

            if (month.Files.Count > 0)
            {
                sources.Add($"SELECT {columns ?? "*"} FROM read_parquet({RuleWorker.FileList(month.Files)}) AS k WHERE {near}");
            }
        }

        // The first register of a fund has no history to stand beside; of one that was handed in before, its new lines count.
        if (sources.Count > 0)
        {
            connection.Execute($"""
                CREATE TABLE known_service AS SELECT h.* FROM ({string.Join(" UNION ALL ", sources)}) AS h
                LEFT JOIN near AS o ON o.provider_id = h.provider_id AND o.line_id = h.line_id AND o.month = h.month
                WHERE o.line_id IS NULL
                """);
        }
    }

    /// <summary>Lays the lines under judgement.</summary>
    public static void Lay(DuckConnection connection, RuleJob job) =>
        connection.Execute($"CREATE TABLE monitored_service AS SELECT * FROM read_parquet({RuleWorker.FileList(job.Monitored.Files)})");

    /// <summary>Lays those lines beside what is near them, runs the rules of the job and tells each as <see cref="RuleWorker.Run"/> does.</summary>
    /// <param name="say">Takes what is told of each.</param>
    /// <remarks>Rules that read only the lines under judgement do not wait for their neighbours.</remarks>
    public static void Run(DuckDatabase database, RuleJob job, Action<string> say)
    {
        long most;
        using (var connection = database.Connect())
        {
            most = FindingSums.HitsOfRule * Convert.ToInt64(connection.Scalar("SELECT COUNT(*) FROM monitored_service"), CultureInfo.InvariantCulture);
        }

        // Of few lines a rule takes about as long as its text is; the long ones first, so that no lane ends late.
        var longest = job.Rules.OrderByDescending(r => r.HitQuery.Length).ToList();
        var early = new ConcurrentQueue<RuleTask>(longest.Where(r => !ReadsNear(r)));
        var rules = new ConcurrentQueue<RuleTask>(longest.Where(ReadsNear));
        var alone = new ConcurrentQueue<RuleTask>();
        using var laid = new ManualResetEventSlim();
        var there = false;
        var lanes = Enumerable.Range(0, job.Lanes - 1).Select(_ => new Thread(Lane)).ToList();
        lanes.ForEach(l => l.Start());
        try
        {
            using var connection = database.Connect();
            LayBeside(connection, job);
            there = true;
        }
        finally
        {
            laid.Set();
            if (!there)
            {
                lanes.ForEach(l => l.Join());
            }
        }

        Lane();
        lanes.ForEach(l => l.Join());
        while (alone.TryDequeue(out var rule))
        {
            if (Try(database, job, rule, most, say) is { } failure)
            {
                say($"failed {rule.Id} {failure}");
            }
        }

        void Lane()
        {
            Work(early);
            laid.Wait();
            if (Volatile.Read(ref there))
            {
                Work(rules);
            }
        }

        void Work(ConcurrentQueue<RuleTask> queue)
        {
            while (queue.TryDequeue(out var rule))
            {
                if (Try(database, job, rule, most, say) is not null)
                {
                    say($"later {rule.Id}");
                    alone.Enqueue(rule);
                }
            }
        }
    }

    private static void LayBeside(DuckConnection connection, RuleJob job)
    {
        connection.Execute(job.Known.Count > 0
            ? $"INSERT INTO known_service BY NAME SELECT {Columns(job) ?? "*"} FROM monitored_service"
            : "CREATE TABLE known_service AS SELECT * FROM monitored_service");
        RuleWorker.MakeViews(connection, job.Rules, "known_service");
    }

    private static bool ReadsNear(RuleTask rule) =>
        rule.HitQuery.Contains("known_service", StringComparison.OrdinalIgnoreCase) || MonthView.All.Any(v => v.IsReadBy(rule.HitQuery));

    /// <returns>Why the rule failed; null when its hits lie in their file.</returns>
    private static string? Try(DuckDatabase database, RuleJob job, RuleTask rule, long most, Action<string> say)
    {
        say($"start {rule.Id}");
        var watch = Stopwatch.StartNew();
        try
        {
            using var connection = database.Connect();
            if (!connection.IsSingleStatement(rule.HitQuery))
            {
                return "The rule is not one statement.";
            }

            // DuckDB itself writes nothing here: what a rule finds is out of reach of the rule beside it.
            using var found = connection.Query($"SELECT service_id, person_id, evidence FROM (\n{rule.HitQuery}\n) AS found LIMIT {most + 1}");
            var path = Path.Combine(job.Output, rule.Id + DryRunHits.Extension);
            var hits = DryRunHits.Write(path, found);
            if (hits.Greatest > FindingSums.HitsOfRule || hits.Count > most)
            {
                File.Delete(path);
                return $"The rule finds one line {hits.Greatest} times; {FindingSums.HitsOfRule} times are allowed.";
            }

            say(string.Create(CultureInfo.InvariantCulture, $"done {rule.Id} {hits.Count} {watch.ElapsedMilliseconds}"));
            return null;
        }
        catch (DuckDbException e)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>The columns of known lines that the rules of the job may read: those whose names stand in their texts; null for all.</summary>
    private static string? Columns(RuleJob job)
    {
        var views = MonthView.All.Where(v => job.Rules.Any(r => v.IsReadBy(r.HitQuery))).ToList();
        var texts = job.Rules.Where(ReadsNear).Select(r => r.HitQuery).ToList();
        // A view gives on the columns that are there; of its own it needs those that its text names.
        var words = texts.Concat(views.Select(v => v.Sql)).SelectMany(t => Word().Matches(t).Select(m => m.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return words.Contains("natural") || texts.Exists(t => Star().IsMatch(t))
            ? null
            : string.Join(", ", LineColumns.All.Select(c => c.Name).Where(n => words.Contains(n) || n is "service_id" or "person_id" or "provider_id" or "line_id" or "month"));
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();

    /// <summary>All columns, and not a product or a count.</summary>
    [GeneratedRegex(@"(\.|,|\bSELECT\b|\bDISTINCT\b|\bALL\b)\s*\*", RegexOptions.IgnoreCase)]
    private static partial Regex Star();
}
