using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>The process in which rules run: it sees the files of its job, writes hits into one folder and can die without harm.</summary>
/// <remarks>The parent has taken its network and the right to write elsewhere; here DuckDB's own doors are shut too, and every rule gets a new connection, so that none can change what the next one sees.</remarks>
public static class RuleWorker
{
    /// <summary>Runs the rules of the job in a folder, once it is told that the job lies there, and tells each step on standard output: "start ID", "done ID hits milliseconds", "failed ID message", "later ID" for one that is run again, "peak kilobytes".</summary>
    public static int Run(string folder)
    {
        using (var first = DuckDatabase.Open(threads: 1, memoryMegabytes: 64))
        using (var connection = first.Connect())
        {
            // Whoever comes with a job finds the library loaded.
            connection.Execute("SELECT 1");
        }

        if (Console.In.ReadLine() is null)
        {
            return 0;
        }

        var job = RuleJob.Read(folder);
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
        if (job.NearOnly)
        {
            NearRules.Run(database, job);
        }

        foreach (var rule in job.NearOnly ? [] : job.Rules)
        {
            Say($"start {rule.Id}");
            var watch = Stopwatch.StartNew();
            try
            {
                using var connection = database.Connect();
                connection.Execute($"CREATE TEMP VIEW known_service AS {string.Join(" UNION ALL ", job.Known.Where(m => m.Month >= rule.KnownFrom).Select(m => $"SELECT * FROM records_{m.Month:yyyyMM}"))}");

                // Between brackets nothing but a query is taken; so it is enough that the text does not close them.
                if (!connection.IsSingleStatement(rule.HitQuery))
                {
                    throw new DuckDbException("The rule is not one statement.");
                }

                MakeViews(connection, [rule], "monitored_service");
                var part = Path.Combine(drawer, "hits.part");
                var hits = connection.Execute($"COPY (\n{rule.HitQuery}\n) TO '{Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
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

    /// <summary>Makes the month views that rules read and that neither the copy of the month nor an earlier rule brought.</summary>
    /// <param name="lines">The table or view over whose lines they are made.</param>
    internal static void MakeViews(DuckConnection connection, IReadOnlyList<RuleTask> rules, string lines)
    {
        var read = MonthView.All.Where(v => rules.Any(r => v.IsReadBy(r.HitQuery))).ToList();
        if (read.Count == 0)
        {
            return;
        }

        // An opened copy may hold views of the same names that say nothing about the lines that count now.
        var there = connection.QueryAll("SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = 'main'", r => r.Text(0)).ToHashSet(StringComparer.Ordinal);
        foreach (var view in read.Where(v => !there.Contains(v.Name)))
        {
            connection.Execute($"CREATE TABLE {view.Name} AS {view.Over(lines)}");
        }
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

        foreach (var month in job.Known)
        {
            RecordCopy.Show(connection, month);
        }

        if (job.NearOnly)
        {
            NearRules.LayNear(connection, job);
        }

        Console.In.ReadLine();
        if (job.NearOnly)
        {
            NearRules.Lay(connection, job);
        }
        else
        {
            connection.Execute($"CREATE VIEW monitored_service AS SELECT * FROM records_{job.Monitored.Month:yyyyMM}");
            RecordCopy.ShowViews(connection, job.Monitored);
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

    internal static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
