using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>The process in which rules run: it sees the files of its job, writes hits into one folder and can die without harm.</summary>
/// <remarks>The parent has taken its network and the right to write elsewhere; here DuckDB's own doors are shut too, and every rule gets a new connection, so that none can change what the next one sees.</remarks>
public static class RuleWorker
{
    /// <summary>Runs the rules of the job in a folder, once it is told that the job lies there, and tells each step on standard output: "waits", "start ID", "done ID hits milliseconds", "failed ID message", "later ID" for one that is run again, "peak kilobytes", which is the last.</summary>
    /// <param name="rehearse">Whether the job may be long in coming, so that there is time to go through one that finds nothing.</param>
    public static int Run(string folder, bool rehearse = false)
    {
        using var rehearsed = rehearse ? RuleRehearsal.Run(folder) : null;
        Say("waits");
        if (Console.In.ReadLine() is null)
        {
            return 0;
        }

        var job = RuleJob.Read(folder);
        if (job.NearOnly)
        {
            CheckNear(job, rehearsed?.TakeFor(job));
        }
        else
        {
            Console.In.ReadLine();
            MonthRules.Run(job);
            Say(string.Create(CultureInfo.InvariantCulture, $"peak {PeakKilobytes()}"));
        }

        return 0;
    }

    /// <summary>Runs the rules over a register that was not handed in yet.</summary>
    /// <param name="opened">A database that shows the tables of this job already; it is disposed here.</param>
    private static void CheckNear(RuleJob job, DuckDatabase? opened)
    {
        using var database = opened ?? Open(job, Drawer(job, 1), job.Threads, job.MemoryMegabytes);
        using (var door = database.Connect())
        {
            if (opened is null)
            {
                ShowTables(door, job);
            }

            NearRules.LayNear(door, job);
            Console.In.ReadLine();
            NearRules.Lay(door, job);
            ShutDoors(door, job, Drawer(job, 1));
        }

        NearRules.Run(database, job, Say);
        Say(string.Create(CultureInfo.InvariantCulture, $"peak {PeakKilobytes()}"));
    }

    /// <summary>A database in memory that spills into a drawer.</summary>
    internal static DuckDatabase Open(RuleJob job, string drawer, int threads, int memoryMegabytes) =>
        DuckDatabase.Open(threads: threads, memoryMegabytes: memoryMegabytes, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(drawer, "spill") });

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

    /// <summary>Shows registers, lists and the records of all known months under the names that rules use.</summary>
    internal static void ShowTables(DuckConnection connection, RuleJob job)
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
    }

    /// <summary>From now on what this database runs may read the files of the job and write one drawer; other files, network and settings are out of its reach.</summary>
    internal static void ShutDoors(DuckConnection connection, RuleJob job, string drawer)
    {
        var readable = job.Monitored.Files.Concat(job.Known.SelectMany(m => m.Files)).Concat(job.Registers.Values).Distinct();
        connection.Execute($"SET allowed_paths = {FileList(readable)}");
        connection.Execute($"SET allowed_directories = ['{Quoted(drawer)}']");
        ShutDoors(connection);
    }

    /// <summary>Files, network and settings are out of reach of what this database runs from now on.</summary>
    internal static void ShutDoors(DuckConnection connection)
    {
        connection.Execute("SET enable_external_access = false");
        connection.Execute("SET lock_configuration = true");
    }

    /// <summary>The one folder that a database may still write: the hits of a rule leave it before the next rule begins, so that no rule reads another's.</summary>
    internal static string Drawer(RuleJob job, int lane) => Directory.CreateDirectory(Path.Combine(job.Output, $"drawer-{lane}")).FullName;

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
