using System.Collections.Concurrent;
using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>The findings and sums of lines of stored runs, whatever later runs found. One database shows all runs, each in a schema of its own, so that a look at a case opens nothing.</summary>
internal sealed class RunRecords : IDisposable
{
    private static readonly string[] Tables = ["finding", "line_sum"];

    private readonly DuckDatabase _database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
    private readonly ConcurrentBag<DuckConnection> _free = [];
    private readonly ConcurrentDictionary<long, bool> _shown = [];
    private readonly Lock _gate = new();

    public RunRecords()
    {
        using var connection = _database.Connect();
        // Files of a run are written once.
        connection.Execute("SET GLOBAL parquet_metadata_cache = true");
    }

    /// <summary>The views finding and line_sum of a run; nothing when its files are not there.</summary>
    /// <param name="run">Its number.</param>
    /// <param name="folder">Where its files lie.</param>
    public IRecords? Of(long run, string folder) => IsShown(run, folder) ? new OneRun(this, run) : null;

    public void Dispose()
    {
        while (_free.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _database.Dispose();
    }

    private static string SchemaOf(long run) => string.Create(CultureInfo.InvariantCulture, $"run_{run}");

    private bool IsShown(long run, string folder)
    {
        if (_shown.ContainsKey(run))
        {
            return true;
        }

        if (!Tables.All(t => File.Exists(Path.Combine(folder, t + ".parquet"))))
        {
            return false;
        }

        lock (_gate)
        {
            using var connection = _database.Connect();
            connection.Execute($"CREATE SCHEMA IF NOT EXISTS {SchemaOf(run)}");
            foreach (var table in Tables)
            {
                connection.Execute($"CREATE OR REPLACE VIEW {SchemaOf(run)}.{table} AS SELECT * FROM read_parquet('{RuleWorker.Quoted(Path.Combine(folder, table + ".parquet"))}')");
            }
        }

        return _shown[run] = true;
    }

    private List<T> Query<T>(long run, string sql, Func<IRow, T> read, object?[] values)
    {
        var connection = _free.TryTake(out var free) ? free : _database.Connect();
        try
        {
            connection.Execute($"USE {SchemaOf(run)}");
            var (plain, texts) = FundRecords.Plain(sql, values);
            var rows = new List<T>();
            using (var result = connection.Query(plain, texts))
            {
                var row = new DuckRow(result);
                while (result.Read())
                {
                    rows.Add(read(row));
                }
            }

            _free.Add(connection);
            return rows;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One run of those.</summary>
    private sealed class OneRun(RunRecords all, long run) : IRecords
    {
        public IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values) => all.Query(run, sql, read, values);

        public void Dispose()
        {
            // The database is that of all runs.
        }
    }
}
