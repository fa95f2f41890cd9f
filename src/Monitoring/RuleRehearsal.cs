using System.Text.Json;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A check that a waiting worker goes through before anybody asks it for one: what is loaded, compiled and opened then, nobody waits for.</summary>
/// <remarks>
/// Of the check that is expected it opens registers and records, and looks for what is near one line, so that the columns that its rules read are in memory.
/// No rule runs in it, only queries of its own: rules run behind shut doors, and these are shut when the job has come.
/// </remarks>
internal sealed class RuleRehearsal : IDisposable
{
    /// <summary>Bytes of working copies that are worth being read ahead of every check.</summary>
    private const long MostBytes = 256L << 20;

    private DuckDatabase? _database;
    private readonly string _opened;

    private RuleRehearsal(DuckDatabase database, RuleJob expected) => (_database, _opened) = (database, Needs(expected));

    /// <summary>Notes for a worker what its check will probably need: what the check before needed.</summary>
    /// <param name="folder">The folder of the worker.</param>
    public static void Expect(RuleJob last, string folder)
    {
        if (last.NearOnly && last.Known.Count > 0 && last.Known.Sum(m => m.Copy is not null && File.Exists(m.Copy) ? new FileInfo(m.Copy).Length : 0) <= MostBytes)
        {
            (last with { Output = Directory.CreateDirectory(Stage(folder)).FullName }).Write();
        }
    }

    /// <param name="folder">The folder that the worker may write.</param>
    /// <returns>What is open for the check that is expected; null when none is, or when what it needs was replaced meanwhile.</returns>
    public static RuleRehearsal? Run(string folder)
    {
        var stage = Stage(folder);
        var expected = Directory.Exists(stage) ? RuleJob.Read(stage) : null;
        Directory.CreateDirectory(stage);
        try
        {
            return Run(expected ?? Nothing(stage), folder, stage) is { } database && expected is not null ? new RuleRehearsal(database, expected) : null;
        }
        catch (DuckDbException)
        {
            // A copy that was made anew: the job will name it.
            return null;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>The opened database for a job that needs just what was expected; null for another.</summary>
    public DuckDatabase? TakeFor(RuleJob job)
    {
        var database = Needs(job) == _opened ? _database : null;
        _database = database is null ? _database : null;
        return database;
    }

    public void Dispose() => _database?.Dispose();

    private static string Stage(string folder) => Path.Combine(folder, "rehearsal");

    private static string Needs(RuleJob job) => JsonSerializer.Serialize(job with { Monitored = MonthRecords.Of(DateOnly.MinValue), Rules = [], Output = "", Staged = null }, RuleJson.Default.RuleJob);

    private static RuleJob Nothing(string stage)
    {
        var month = MonthRecords.Of(DateOnly.MinValue, Path.Combine(stage, "line.parquet"));
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 64);
        using var connection = database.Connect();
        connection.Execute($"COPY (SELECT {string.Join(", ", LineColumns.All.Select(c => $"CAST(NULL AS {LineColumns.Sql(c.Type)}) AS {c.Name}"))}) TO '{RuleWorker.Quoted(month.Files[0])}' (FORMAT parquet)");
        return new RuleJob(month, [month], new Dictionary<string, string> { ["register"] = month.Files[0] }, null, [], stage, 1, 64, true, null, 1);
    }

    private static DuckDatabase Run(RuleJob expected, string folder, string stage)
    {
        var database = RuleWorker.Open(expected, RuleWorker.Drawer(expected with { Output = folder }, 1), expected.Threads, expected.MemoryMegabytes);
        try
        {
            using var connection = database.Connect();
            RuleWorker.ShowTables(connection, expected);
            var line = Path.Combine(stage, "one.parquet");
            var columns = string.Join(", ", LineColumns.All.Select(c => c.Name));
            connection.Execute($"COPY (SELECT {columns} FROM records_{expected.Known[^1].Month:yyyyMM} LIMIT 1) TO '{RuleWorker.Quoted(line)}' (FORMAT parquet)");
            var job = expected with { Monitored = MonthRecords.Of(expected.Monitored.Month, line), Staged = null, Output = stage };
            NearRules.LayNear(connection, job);
            NearRules.Lay(connection, job);
            NearRules.Run(database, job with { Rules = [.. Queries()] }, _ => { });
            foreach (var table in connection.QueryAll("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary", r => r.Text(0)))
            {
                connection.Execute($"DROP TABLE {table}");
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static IEnumerable<RuleTask> Queries() =>
        new[] { "monitored_service", "known_service" }.Select(name => new RuleTask(name, $"""
            SELECT s.service_id, s.person_id, 'x' || CAST(COUNT(*) AS varchar) AS evidence
            FROM {name} AS s JOIN monitored_service AS m ON m.person_id = s.person_id
            WHERE s.service_id < 0
            GROUP BY s.service_id, s.person_id
            """, DateOnly.MinValue));
}
