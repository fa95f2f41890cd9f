using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>The findings and sums of lines of one stored run, whatever later runs found: the views finding and line_sum.</summary>
public sealed class RunRecords : IRecords
{
    private readonly DuckDatabase _database;
    private readonly DuckConnection _connection;

    private RunRecords(string folder)
    {
        _database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        _connection = _database.Connect();
        foreach (var table in new[] { "finding", "line_sum" })
        {
            _connection.Execute($"CREATE VIEW {table} AS SELECT * FROM read_parquet('{RuleWorker.Quoted(Path.Combine(folder, table + ".parquet"))}')");
        }
    }

    /// <returns>Nothing when the files of the run are not there.</returns>
    /// <param name="folder">The folder of the run.</param>
    public static RunRecords? Open(string folder) => File.Exists(Path.Combine(folder, "finding.parquet")) && File.Exists(Path.Combine(folder, "line_sum.parquet")) ? new(folder) : null;

    public IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values)
    {
        var (plain, texts) = FundRecords.Plain(sql, values);
        using var result = _connection.Query(plain, texts);
        var (rows, row) = (new List<T>(), new DuckRow(result));
        while (result.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}
