using System.Globalization;
using System.Text;

namespace Kepil.Fund.Registers;

/// <summary>A table of another system's export, seen as a register: each row is rewritten as it is read.</summary>
public sealed class MappedTable : RegisterTable
{
    /// <summary>Numbers of foreign identifiers begin above the twelve digits of our own.</summary>
    private const long FirstForeign = 1_000_000_000_000;

    private const int MostJoined = 5_000_000;

    private static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    private readonly RegisterTable _inner;
    private readonly MappingFile _mapping;
    private readonly TableRow _source = new();
    private readonly Dictionary<string, int> _at = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (MappedJoin Join, Dictionary<string, string[]> Rows, List<string> Columns)> _joins = [];
    private readonly Dictionary<string, string> _set = [];
    private readonly string[] _heads;
    private readonly int[] _first;
    private bool _unjoined;

    public MappedTable(RegisterTable inner, MappingFile mapping, string fileName, string companions)
    {
        (_inner, _mapping) = (inner, mapping);
        var row = new TableRow();
        if (!inner.Read(row))
        {
            throw new RegisterRefusedException("file_empty");
        }

        SourceHeads = row.Texts();
        for (var i = 0; i < SourceHeads.Count; i++)
        {
            if (!_at.TryAdd(SourceHeads[i], i) && SourceHeads[i].Length > 0)
            {
                throw new RegisterRefusedException("head_repeated", ("row", "1"), ("columns", SourceHeads[i]));
            }
        }

        Source = mapping.Of(SourceHeads, fileName);
        _heads = [.. Source.Columns.Select(c => c.Column)];
        _first = [.. Source.Columns.Select(c => c.Value.AllFrom().Where(_at.ContainsKey).Select(f => _at[f]).DefaultIfEmpty(-1).First())];
        foreach (var join in Source.Joins)
        {
            _joins[join.Name] = Load(join, companions);
        }

        foreach (var kind in Source.Classes)
        {
            Classes[kind.Name] = 0;
        }
    }

    public MappedSource Source { get; }

    public IReadOnlyList<string> SourceHeads { get; }

    public override IReadOnlyList<string> Heads => _heads;

    public override bool From1904 => _inner.From1904;

    /// <summary>How many rows are of each class.</summary>
    public Dictionary<string, long> Classes { get; } = [];

    public override (string Column, string Head) Place(int column, IReadOnlyList<string> heads) =>
        column < _first.Length && _first[column] >= 0 ? _inner.Place(_first[column], SourceHeads) : ("", column < _heads.Length ? _heads[column] : "");

    public override string Shown(TableRow row, int column) =>
        column < _first.Length && _first[column] >= 0 ? Encoding.UTF8.GetString(_source[_first[column]]) : base.Shown(row, column);

    public override bool Read(TableRow row)
    {
        if (!_inner.Read(_source))
        {
            return false;
        }

        row.Begin(_source.Number);
        if (_source.IsBlank)
        {
            return true;
        }

        _set.Clear();
        foreach (var kind in Source.Classes)
        {
            if (Fits(kind))
            {
                Classes[kind.Name]++;
                foreach (var (column, value) in kind.Set)
                {
                    _set[column] = value;
                }

                break;
            }
        }

        for (var i = 0; i < _heads.Length; i++)
        {
            var kind = _first[i] >= 0 ? _source.Kind(_first[i]) : CellKind.Text;
            _unjoined = false;
            var value = _set.TryGetValue(_heads[i], out var set) ? set : Value(Source.Columns[i].Value);
            row.Set(i, Encoding.UTF8.GetBytes(value), kind > CellKind.Number ? kind : _unjoined ? CellKind.Unjoined : CellKind.Text);
        }

        // What the mapping does not read is still looked at: too many cells, formulas.
        for (var i = SourceHeads.Count; i < _source.Count; i++)
        {
            row.Set(_heads.Length + i - SourceHeads.Count, _source[i], _source.Kind(i));
        }

        return true;
    }

    public override void Dispose()
    {
        _inner.Dispose();
        base.Dispose();
    }

    /// <summary>A stable number for a foreign identifier: the same on every machine and in every file.</summary>
    public static long NumberOf(string identifier)
    {
        Span<byte> digest = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(identifier.Trim().ToLowerInvariant()), digest);
        return FirstForeign + (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(digest) % 900_000_000_000_000_000UL);
    }

    private string Value(MappedValue value)
    {
        if (value.First.Count > 0)
        {
            foreach (var choice in value.First)
            {
                if (Value(choice) is { Length: > 0 } said)
                {
                    return said;
                }
            }

            return "";
        }

        var text = value.Constant ?? (value.From.Count == 1 ? Text(value.From[0]) : string.Join(value.JoinedBy, value.From.Select(Text)));
        if (text.Length == 0)
        {
            return value.Otherwise ?? "";
        }

        if (value.Codes is { } codes)
        {
            text = codes.TryGetValue(text, out var code) ? code : value.Otherwise ?? text;
        }

        if (value.Number)
        {
            text = NumberOf(text).ToString(CultureInfo.InvariantCulture);
        }

        if (value.Time)
        {
            text = Local(text);
        }

        return value.Currency is null ? text : InTenge(text, value);
    }

    private string Text(string name)
    {
        if (_at.TryGetValue(name, out var column))
        {
            return Encoding.UTF8.GetString(CellText.Trim(_source[column]));
        }

        var point = name.IndexOf('.', StringComparison.Ordinal);
        if (point < 0 || !_joins.TryGetValue(name[..point], out var join))
        {
            return "";
        }

        if (join.Rows.TryGetValue(Text(join.Join.By), out var row))
        {
            return row[join.Columns.IndexOf(name[(point + 1)..])];
        }

        _unjoined = true;
        return "";
    }

    private bool Fits(MappedClass kind)
    {
        var text = Text(kind.Column);
        if (kind.Is is { } values && !values.Contains(text))
        {
            return false;
        }

        return kind.After is null || (Day(text) is { } day && Day(Text(kind.After)) is { } other && day > other);
    }

    private DateOnly? Day(string text) => CellDate.Read(Encoding.UTF8.GetBytes(Local(text)), From1904, out var day, out _) == DateTrouble.None ? day : null;

    /// <summary>A moment without a zone is of the mapping's zone; one with a zone and a bare day stay as they are.</summary>
    private string Local(string text)
    {
        if (text.Length is < 16 or > 23 || text.EndsWith('Z') || text.IndexOf('+', StringComparison.Ordinal) > 0
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) || _mapping.Zone.IsInvalidTime(DateTime.SpecifyKind(moment, DateTimeKind.Unspecified)))
        {
            return text;
        }

        return TimeZoneInfo.ConvertTime(DateTime.SpecifyKind(moment, DateTimeKind.Unspecified), _mapping.Zone, Almaty).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private string InTenge(string text, MappedValue value)
    {
        if (CellNumber.Money(Encoding.UTF8.GetBytes(text), out var hundredths) != NumberTrouble.None
            || (value.On is null ? null : Day(Text(value.On))) is not { } day || _mapping.Rate(value.Currency!, day) is not { } rate)
        {
            return text;
        }

        var tiyn = Math.Round((decimal)hundredths * rate / 100m, MidpointRounding.ToEven);
        return (tiyn / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private (MappedJoin, Dictionary<string, string[]>, List<string>) Load(MappedJoin join, string companions)
    {
        var path = Path.Combine(companions, join.File);
        if (!File.Exists(path))
        {
            throw new RegisterRefusedException("join_file_missing", ("name", join.File));
        }

        var prefix = join.Name + ".";
        var columns = Source.Columns.SelectMany(c => c.Value.AllFrom()).Concat(Source.Classes.SelectMany(c => new[] { c.Column, c.After ?? "" }))
            .Where(c => c.StartsWith(prefix, StringComparison.Ordinal)).Select(c => c[prefix.Length..]).Distinct().ToList();
        using var table = new CsvTable(path, TextBytes.Detect(path));
        var row = new TableRow();
        table.Read(row);
        var heads = row.Texts();
        var key = Array.IndexOf(heads, join.Key);
        var at = columns.Select(c => Array.IndexOf(heads, c)).ToArray();
        if (key < 0 || at.Contains(-1))
        {
            throw new RegisterRefusedException("join_file_unfit", ("name", join.File), ("columns", string.Join(", ", columns.Append(join.Key).Where(c => !heads.Contains(c)))));
        }

        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (table.Read(row) && rows.Count < MostJoined)
        {
            rows[Encoding.UTF8.GetString(CellText.Trim(row[key]))] = [.. at.Select(a => Encoding.UTF8.GetString(CellText.Trim(row[a])))];
        }

        return (join, rows, columns);
    }
}
