using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>The process in which rules run: it sees the files of its job, writes hits into one folder and can die without harm.</summary>
/// <remarks>The parent has taken its network and the right to write elsewhere; here DuckDB's own doors are shut too, and every rule gets a new connection, so that none can change what the next one sees.</remarks>
public static class RuleWorker
{
    /// <summary>Runs the rules of a job file and tells each step on standard output: "start ID", "done ID hits milliseconds", "failed ID message", "peak kilobytes".</summary>
    public static int Run(string jobFile)
    {
        var job = RuleJob.Read(jobFile);
        var drawer = Drawer(job);
        using var database = DuckDatabase.Open(threads: job.Threads, memoryMegabytes: job.MemoryMegabytes, settings: new Dictionary<string, string>
        {
            ["temp_directory"] = Path.Combine(drawer, "spill"),
        });
        using (var door = database.Connect())
        {
            Prepare(door, job);
        }

        Say("ready");
        foreach (var rule in job.Rules)
        {
            Say($"start {rule.Id}");
            var watch = Stopwatch.StartNew();
            try
            {
                using var connection = database.Connect();
                if (!job.NearOnly)
                {
                    connection.Execute($"CREATE TEMP VIEW known_service AS {string.Join(" UNION ALL ", job.Known.Where(m => m.Month >= rule.KnownFrom).Select(m => $"SELECT * FROM records_{m.Month:yyyyMM}"))}");
                }

                // Between brackets nothing but a query is taken; so it is enough that the text does not close them.
                if (!connection.IsSingleStatement(rule.HitQuery))
                {
                    throw new DuckDbException("The rule is not one statement.");
                }

                var part = Path.Combine(drawer, "hits.part");
                var hits = Find(connection, rule, part, job.NearOnly);
                if (hits > 0 && connection.Scalar($"SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM read_parquet('{Quoted(part)}') GROUP BY service_id)") is long times and > FindingSums.HitsOfRule)
                {
                    throw new DuckDbException($"The rule finds one line {times} times; {FindingSums.HitsOfRule} times are allowed.");
                }

                if (hits > 0)
                {
                    File.Move(part, Path.Combine(job.Output, rule.Id + ".parquet"), true);
                }

                Say(string.Create(CultureInfo.InvariantCulture, $"done {rule.Id} {hits} {watch.ElapsedMilliseconds}"));
            }
            catch (DuckDbException e)
            {
                Say($"failed {rule.Id} {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        Say($"peak {PeakKilobytes()}");
        return 0;
    }

    /// <summary>Runs a rule and writes what it finds, if anything, as Parquet.</summary>
    private static long Find(DuckConnection connection, RuleTask rule, string path, bool few)
    {
        var to = $"TO '{Quoted(path)}' (FORMAT parquet, COMPRESSION zstd)";
        if (!few)
        {
            return connection.Execute($"COPY (\n{rule.HitQuery}\n) {to}");
        }

        // Of a single register most rules find nothing: then not even a file is begun.
        connection.Execute($"CREATE TEMP TABLE found AS (\n{rule.HitQuery}\n)");
        var hits = Convert.ToInt64(connection.Scalar("SELECT COUNT(*) FROM found"), CultureInfo.InvariantCulture);
        return hits == 0 ? 0 : connection.Execute($"COPY found {to}");
    }

    /// <summary>Makes the views, then shuts files, network and settings.</summary>
    public static void Prepare(DuckConnection connection, RuleJob job)
    {
        foreach (var (name, file) in job.Registers)
        {
            connection.Execute($"CREATE VIEW {name} AS SELECT * FROM read_parquet('{Quoted(file)}')");
        }

        if (job.Lists is not null)
        {
            connection.Execute($"ATTACH '{Quoted(job.Lists)}' AS lists (READ_ONLY)");
            foreach (var name in connection.QueryAll("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lists'", r => r.Text(0)))
            {
                connection.Execute($"CREATE VIEW {name} AS SELECT * FROM lists.{name}");
            }
        }

        var known = job.Known.Select(m => RecordCopy.Show(connection, m)).ToList();
        Console.In.ReadLine();
        if (job.NearOnly)
        {
            connection.Execute($"CREATE TABLE monitored_service AS SELECT * FROM read_parquet({FileList(job.Monitored.Files)})");
            // The first register of a fund has no history to stand beside.
            var history = known.Count == 0 ? "" : $"""
                UNION ALL BY NAME
                SELECT k.* FROM ({string.Join(" UNION ALL ", known.Select(n => $"SELECT * FROM {n}"))}) AS k
                LEFT JOIN (SELECT provider_id, line_id, month FROM monitored_service) AS o ON o.provider_id = k.provider_id AND o.line_id = k.line_id AND o.month = k.month
                WHERE o.line_id IS NULL AND (k.person_id IN (SELECT person_id FROM monitored_service) OR k.provider_id IN (SELECT provider_id FROM monitored_service)
                   OR k.doctor_id IN (SELECT doctor_id FROM monitored_service WHERE doctor_id IS NOT NULL))
                """;
            connection.Execute($"CREATE TABLE known_service AS SELECT * FROM monitored_service\n{history}");
        }
        else
        {
            connection.Execute($"CREATE VIEW monitored_service AS SELECT * FROM records_{job.Monitored.Month:yyyyMM}");
        }

        var readable = job.Monitored.Files.Concat(job.Known.SelectMany(m => m.Files)).Concat(job.Registers.Values).Distinct();
        connection.Execute($"SET allowed_paths = {FileList(readable)}");
        connection.Execute($"SET allowed_directories = ['{Quoted(Drawer(job))}']");
        ShutDoors(connection);
    }

    /// <summary>Files, network and settings are out of reach of what this database runs from now on.</summary>
    internal static void ShutDoors(DuckConnection connection)
    {
        connection.Execute("SET enable_external_access = false");
        connection.Execute("SET lock_configuration = true");
    }

    /// <summary>The one folder that DuckDB may still write: the hits of a rule leave it before the next rule begins, so that no rule reads another's.</summary>
    private static string Drawer(RuleJob job) => Directory.CreateDirectory(Path.Combine(job.Output, "drawer")).FullName;

    public static string FileList(IEnumerable<string> files) => "[" + string.Join(", ", files.Select(f => $"'{Quoted(f)}'")) + "]";

    public static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>The greatest resident size of this process so far, in KiB.</summary>
    public static long PeakKilobytes()
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status))
        {
            return Process.GetCurrentProcess().PeakWorkingSet64 / 1024;
        }

        var line = File.ReadLines(status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
