using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.DuckDb;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>The records, registers and findings of a fund's folder, read through DuckDB where they lie.</summary>
public sealed partial class FundRecords : IRecords
{
    /// <summary>Another answer than before: other files count now.</summary>
    private const string Newest =
        """
        SELECT (SELECT COUNT(*) || '/' || COALESCE(MAX(id), 0) FROM monitoring_run) || ';' || (SELECT COALESCE(MAX(id), 0) || '/' || COUNT(retired_by) FROM record_file)
            || ';' || (SELECT COALESCE(MAX(id), 0) || '/' || COUNT(replaced_by) FROM reference_file) AS "Value"
        """;

    /// <summary>Bytes of the files of a register or of findings up to which they are held in memory.</summary>
    private const long MostHeld = 8L << 20;

    private readonly FundFolder _folder;
    private readonly DuckDatabase _database;
    private readonly ConcurrentBag<DuckConnection> _free = [];
    private readonly KnownAnswers _known = new(1_000_000);
    private readonly Lock _gate = new();
    private string _version = "";
    private int _held;

    public FundRecords(FundFolder folder)
    {
        _folder = folder;
        _database = DuckDatabase.Open(threads: 2, memoryMegabytes: 1024);
        using var connection = _database.Connect();
        // Files of the fund are named by their content, so what stands at the end of one never changes.
        connection.Execute("SET GLOBAL parquet_metadata_cache = true");
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values)
    {
        var (version, key) = (Refresh(), KnownAnswers.KeyOf(sql, values));
        if (_known.Find(version, key) is { } known)
        {
            var given = new KnownRow();
            return [.. known.Select(cells =>
            {
                given.Cells = cells;
                return read(given);
            })];
        }

        // A connection that is opened once serves many questions; one that failed is not asked again.
        var connection = _free.TryTake(out var free) ? free : _database.Connect();
        try
        {
            var rows = new List<T>();
            List<object?[]>? kept = [];
            var (plain, texts) = Plain(sql, values);
            using (var result = connection.Query(plain, texts))
            {
                var row = new DuckRow(result);
                while (result.Read())
                {
                    rows.Add(read(row));
                    kept = (rows.Count * result.Columns.Count) > KnownAnswers.MostOfOne ? null : kept;
                    kept?.Add(CellsOf(result));
                }
            }

            _free.Add(connection);
            if (kept is not null)
            {
                _known.Keep(version, key, kept);
            }

            return rows;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_free.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _database.Dispose();
    }

    /// <summary>Numbers and days stand in the question itself: only of what it knows when it plans does DuckDB pass over files and parts of them that cannot hold it.</summary>
    internal static (string Sql, object?[] Texts) Plain(string sql, object?[] values)
    {
        var texts = new List<object?>();
        var places = new Dictionary<string, string>();
        var plain = Place().Replace(sql, place => places.TryGetValue(place.Value, out var known) ? known : places[place.Value] = values[int.Parse(place.ValueSpan[1..], CultureInfo.InvariantCulture) - 1] switch
        {
            long number => string.Create(CultureInfo.InvariantCulture, $"CAST({number} AS BIGINT)"),
            int number => string.Create(CultureInfo.InvariantCulture, $"CAST({number} AS BIGINT)"),
            DateOnly day => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'"),
            var other => Text(other),
        });
        return (plain, [.. texts]);

        string Text(object? value)
        {
            texts.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${texts.Count}");
        }
    }

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Place();

    private static object?[] CellsOf(DuckResult result)
    {
        var cells = new object?[result.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = result[i];
        }

        return cells;
    }

    /// <summary>Points the views at the files that the accounts name now, and says which these are.</summary>
    private string Refresh()
    {
        using var context = _folder.Accounts.Context();
        var version = context.Database.SqlQueryRaw<string>(Newest).AsEnumerable().Single();
        lock (_gate)
        {
            if (version == _version)
            {
                return version;
            }

            using var connection = _database.Connect();
            var runs = context.Runs.AsNoTracking().GroupBy(r => r.Month).Select(g => g.Max(r => r.Id)).ToList();
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
            return version;
        }
    }

    private void View(DuckConnection connection, string name, IReadOnlyList<string> paths, IReadOnlyList<LineColumn> columns)
    {
        var empty = "SELECT " + string.Join(", ", columns.Select(c => $"CAST(NULL AS {LineColumns.Sql(c.Type)}) AS {c.Name}")) + " WHERE FALSE";
        var files = paths.Select(p => _folder.At(p)).ToList();
        var rows = files.Count == 0 ? empty : $"SELECT * FROM read_parquet({RuleWorker.FileList(files)})";
        if (files.Sum(f => new FileInfo(f).Length) <= MostHeld)
        {
            // What is small lies in memory: a question costs its planning then, and not the opening of files.
            var held = string.Create(CultureInfo.InvariantCulture, $"held_{name}_{++_held}");
            connection.Execute($"CREATE TABLE {held} AS {rows}");
            rows = "SELECT * FROM " + held;
        }

        connection.Execute($"CREATE OR REPLACE VIEW {name} AS {rows}");
        foreach (var before in connection.QueryAll($"SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'held_{name}_%'", r => r.Text(0)).Where(t => !rows.EndsWith(" " + t, StringComparison.Ordinal)))
        {
            connection.Execute($"DROP TABLE {before}");
        }
    }
}
