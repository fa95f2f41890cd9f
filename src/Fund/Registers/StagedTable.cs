using System.Globalization;
using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>Accepted rows on their way into Parquet: parts of a fixed length, each written while the next one is filled.</summary>
public sealed class StagedTable : IDisposable
{
    private const int PartRows = 122_880;

    private readonly string _folder;
    private readonly string _name;
    private readonly DuckType[] _types;
    private readonly string _definition;
    private readonly DuckDatabase _database;
    private readonly DuckConnection _filling;
    private readonly DuckConnection _writing;
    private readonly List<string> _files = [];
    private Task _written = Task.CompletedTask;
    private int _rows;
    private int _part;

    public StagedTable(string folder, string name, IReadOnlyList<LineColumn> columns)
    {
        (_folder, _name) = (folder, name);
        _types = [.. columns.Select(c => c.Type)];
        _definition = string.Join(", ", columns.Select(c => $"{c.Name} {LineColumns.Sql(c.Type)}"));
        _database = DuckDatabase.Open(threads: 1, memoryMegabytes: 280, settings: new Dictionary<string, string> { ["preserve_insertion_order"] = "true", ["temp_directory"] = "" });
        _filling = _database.Connect();
        _writing = _database.Connect();
        Rows = Begin();
    }

    /// <summary>Where the values of the next row go.</summary>
    public DuckAppender Rows { get; private set; }

    /// <summary>The files written; complete after <see cref="Complete"/>.</summary>
    public IReadOnlyList<string> Files => _files;

    public void EndRow()
    {
        Rows.EndRow();
        if (++_rows == PartRows)
        {
            EndPart();
            Rows = Begin();
        }
    }

    public void Complete()
    {
        if (_rows > 0 || _files.Count == 0)
        {
            EndPart();
        }

        _written.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Rows.Dispose();
        ((IAsyncResult)_written).AsyncWaitHandle.WaitOne();
        _filling.Dispose();
        _writing.Dispose();
        _database.Dispose();
    }

    private DuckAppender Begin()
    {
        _filling.Execute($"CREATE TABLE part{_part} ({_definition})");
        return _filling.Append($"part{_part}", _types);
    }

    private void EndPart()
    {
        Rows.Complete();
        Rows.Dispose();
        _written.GetAwaiter().GetResult();
        var table = $"part{_part++}";
        var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{_part:D4}.parquet"));
        _files.Add(file);
        _rows = 0;
        _written = Task.Run(() =>
        {
            _writing.Execute($"COPY {table} TO '{file.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)");
            _writing.Execute($"DROP TABLE {table}");
        });
    }
}
