using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>Accepted rows on their way into Parquet: parts of at most a fixed length, each a file.</summary>
public sealed class StagedTable : IDisposable
{
    private const int PartRows = 122_880;

    private static int _parts;

    [ThreadStatic]
    private static (IReadOnlyList<LineColumn> Of, StagedColumn[] Columns)? _left;

    private readonly string _folder;
    private readonly string _name;
    private readonly IReadOnlyList<LineColumn> _of;
    private readonly StagedColumn[] _columns;
    private readonly List<string> _files = [];
    private int _room;
    private int _column;

    /// <param name="folder">Where the parts go.</param>
    /// <param name="name">How their files begin.</param>
    /// <param name="columns">What each row has.</param>
    /// <param name="unlike">The column in which no two rows are alike, if there is one.</param>
    /// <param name="expected">About how many rows will come; more may.</param>
    public StagedTable(string folder, string name, IReadOnlyList<LineColumn> columns, string? unlike = null, long expected = 0)
    {
        (_folder, _name, _of) = (folder, name, columns);
        // A batch has many files of one kind: the next takes over the room of the one before, for fresh memory costs as much as the reading.
        if (_left is { } left && left.Of == columns)
        {
            (_columns, _left) = (left.Columns, null);
        }
        else
        {
            _columns = [.. columns.Select(c => new StagedColumn(c, c.Name == unlike))];
        }

        Unlike = UnlikeNow();
        Reserve((int)Math.Clamp(expected, 1024, PartRows));
        _room = 1024;
    }

    /// <summary>The files written; complete after <see cref="Complete"/>.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Rows of the present part.</summary>
    internal int Rows { get; private set; }

    /// <summary>The number of the present part, which no other part of this process has.</summary>
    internal int Part { get; private set; } = Interlocked.Increment(ref _parts);

    /// <summary>Columns whose texts differ from row to row and so have no dictionary.</summary>
    internal int Unlike { get; private set; }

    internal StagedColumn Column(string name) => Array.Find(_columns, c => c.Name == name)!;

    public void Add(long value) => _columns[_column++].Set(Rows, value);

    public void Add(int value) => _columns[_column++].Set(Rows, value);

    public void Add(bool value) => _columns[_column++].Set(Rows, value ? 1 : 0);

    public void Add(DateOnly value) => _columns[_column++].Set(Rows, value.DayNumber - DuckResult.Epoch);

    /// <remarks>The bytes must be good UTF-8.</remarks>
    public void Add(ReadOnlySpan<byte> utf8) => _columns[_column++].Set(Rows, utf8);

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text).AsSpan());

    public void Add(long? value)
    {
        if (value is { } number)
        {
            Add(number);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(DateOnly? value)
    {
        if (value is { } day)
        {
            Add(day);
        }
        else
        {
            AddNull();
        }
    }

    public void AddNull() => _columns[_column++].SetNothing(Rows);

    /// <summary>Closes the row; every column must have been given.</summary>
    public void EndRow()
    {
        if (_column != _columns.Length)
        {
            throw new InvalidOperationException($"A row of {_column} values was given to a table of {_columns.Length} columns.");
        }

        _column = 0;
        CloseRow();
    }

    /// <summary>Closes a row whose values were put into the columns one by one.</summary>
    internal void CloseRow()
    {
        Rows++;
        if (Rows < _room)
        {
            return;
        }

        foreach (var column in _columns)
        {
            column.Judge(Rows);
        }

        Unlike = UnlikeNow();

        if (Rows == PartRows)
        {
            EndPart();
        }
        else
        {
            Reserve(Math.Min(_room * 2, PartRows));
        }
    }

    public void Complete()
    {
        if (Rows > 0 || _files.Count == 0)
        {
            EndPart();
        }
    }

    public void Dispose()
    {
        if (_left?.Columns == _columns)
        {
            return;
        }

        foreach (var column in _left?.Columns ?? [])
        {
            column.Dispose();
        }

        foreach (var column in _columns)
        {
            column.Clear();
        }

        _left = (_of, _columns);
    }

    private void Reserve(int rows)
    {
        _room = rows;
        foreach (var column in _columns)
        {
            column.Reserve(rows);
        }
    }

    private int UnlikeNow() => _columns.Count(c => !c.ByDictionary);

    private void EndPart()
    {
        var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{_files.Count + 1:D4}.parquet"));
        ParquetFile.Write(file, _columns, Rows);
        _files.Add(file);
        (Rows, Part) = (0, Interlocked.Increment(ref _parts));
        foreach (var column in _columns)
        {
            column.Clear();
        }

        Unlike = UnlikeNow();
    }
}
