using Kepil.DuckDb;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>The records, registers and findings of a fund's folder, read through DuckDB where they lie.</summary>
public sealed class FundRecords : IRecords
{
    private readonly FundFolder _folder;
    private readonly DuckDatabase _database;
    private readonly Lock _gate = new();
    private string _version = "";

    public FundRecords(FundFolder folder)
    {
        _folder = folder;
        _database = DuckDatabase.Open(threads: 2, memoryMegabytes: 1024);
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values)
    {
        Refresh();
        using var connection = _database.Connect();
        using var result = connection.Query(sql, values);
        var row = new DuckRow(result);
        var rows = new List<T>();
        while (result.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    public void Dispose() => _database.Dispose();

    /// <summary>Points the views at the files that the accounts name now.</summary>
    private void Refresh()
    {
        using var context = _folder.Accounts.Context();
        var runs = context.Runs.AsNoTracking().GroupBy(r => r.Month).Select(g => g.Max(r => r.Id)).ToList();
        var version = string.Join(',', runs.Order()) + ";" + context.RecordFiles.Max(f => (long?)f.Id) + ";" + context.RecordFiles.Count(f => f.RetiredBy != null) + ";" + context.ReferenceFiles.Max(f => (long?)f.Id);
        lock (_gate)
        {
            if (version == _version)
            {
                return;
            }

            using var connection = _database.Connect();
            var records = context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).Select(f => f.Path).ToList();
            View(connection, "known_service", records, LineColumns.All);
            foreach (var table in ReferenceTables.All)
            {
                View(connection, table.Name, [.. context.ReferenceFiles.AsNoTracking().Where(r => r.ReplacedBy == null && r.Register == table.Name).Select(r => r.Path)], table.Columns);
            }

            var paths = context.Runs.AsNoTracking().Where(r => runs.Contains(r.Id)).Select(r => r.Path).ToList();
            View(connection, "finding", [.. paths.Select(p => Path.Combine(p, "finding.parquet"))], RunTables.Finding);
            View(connection, "line_sum", [.. paths.Select(p => Path.Combine(p, "line_sum.parquet"))], RunTables.LineSum);
            View(connection, "month_form", [.. paths.Select(p => Path.Combine(p, "month_form.parquet"))], RunTables.MonthForm);
            _version = version;
        }
    }

    private void View(DuckConnection connection, string name, IReadOnlyList<string> paths, IReadOnlyList<LineColumn> columns)
    {
        var empty = "SELECT " + string.Join(", ", columns.Select(c => $"CAST(NULL AS {LineColumns.Sql(c.Type)}) AS {c.Name}")) + " WHERE FALSE";
        connection.Execute($"CREATE OR REPLACE VIEW {name} AS " + (paths.Count == 0 ? empty : $"SELECT * FROM read_parquet({RuleWorker.FileList(paths.Select(p => _folder.At(p)))})"));
    }
}
