using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Accounts;

/// <summary>Small answers that were given before, kept as long as the same files count: a page that many read, or a case that is opened again, reads no file.</summary>
/// <param name="cells">Cells that are kept at most; what was not asked for the longest time goes first.</param>
internal sealed class KnownAnswers(int cells)
{
    /// <summary>Cells of an answer that is worth keeping.</summary>
    public const int MostOfOne = 4000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Answer>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Answer> _order = [];
    private string _version = "";
    private int _cells;

    public static string KeyOf(string sql, ReadOnlySpan<object?> values)
    {
        var key = new StringBuilder(sql);
        foreach (var value in values)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            key.Append('\0').Append(value?.GetType().Name).Append(text.Length).Append(':').Append(text);
        }

        return key.ToString();
    }

    /// <param name="version">Which files count now.</param>
    public IReadOnlyList<object?[]>? Find(string version, string key)
    {
        lock (_gate)
        {
            if (version != _version || !_known.TryGetValue(key, out var found))
            {
                return null;
            }

            _order.Remove(found);
            _order.AddLast(found);
            return found.Value.Rows;
        }
    }

    public void Keep(string version, string key, IReadOnlyList<object?[]> rows)
    {
        lock (_gate)
        {
            if (version != _version)
            {
                _known.Clear();
                _order.Clear();
                (_version, _cells) = (version, 0);
            }

            var answer = new Answer(key, rows);
            if (!_known.ContainsKey(key))
            {
                _known[key] = _order.AddLast(answer);
                _cells += answer.Cells;
            }

            while (_cells > cells && _order.First is { } oldest)
            {
                _order.RemoveFirst();
                _known.Remove(oldest.Value.Key);
                _cells -= oldest.Value.Cells;
            }
        }
    }

    private sealed record Answer(string Key, IReadOnlyList<object?[]> Rows)
    {
        // An empty answer takes its place too.
        public int Cells { get; } = 4 + Rows.Sum(r => r.Length);
    }
}

/// <summary>A row of an answer that was given before.</summary>
internal sealed class KnownRow : IRow
{
    public object?[] Cells { get; set; } = [];

    public long Long(int column) => DuckResult.Whole(Cells[column], $"column {column}");

    public long? LongOrNull(int column) => Cells[column] is null ? null : Long(column);

    public int Int(int column) => checked((int)Long(column));

    public string Text(int column) => (string)(Cells[column] ?? "");

    public string? TextOrNull(int column) => (string?)Cells[column];

    public DateOnly Day(int column) => (DateOnly)(Cells[column] ?? throw Empty(column));

    public DateOnly? DayOrNull(int column) => (DateOnly?)Cells[column];

    public bool Flag(int column) => Cells[column] is true;

    public bool? FlagOrNull(int column) => (bool?)Cells[column];

    private static DuckDbException Empty(int column) => new($"Column {column} is null.");
}
