using System.Buffers;
using System.Globalization;

namespace Kepil.Fund.Registers;

/// <summary>A register in a text file with separators: rows are spans of one buffer, nothing is copied.</summary>
public sealed class CsvTable : RegisterTable
{
    private const int LongestRecord = 4 << 20;

    private readonly TextBytes _source;
    private readonly byte _lineEnd;
    private readonly List<int> _quoted = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
    private int _start;
    private int _end;
    private int _number;
    private bool _over;

    public CsvTable(string path, TextCoding coding)
    {
        _source = new TextBytes(path, coding);
        Fill();
        var sample = _buffer.AsSpan(0, Math.Min(_end, 1 << 16));
        _lineEnd = sample.Contains((byte)'\n') || !sample.Contains((byte)'\r') ? (byte)'\n' : (byte)'\r';
        Separator = FindSeparator(sample, _lineEnd);
    }

    public byte Separator { get; }

    public override bool Read(TableRow row)
    {
        while (!TryRecord(row))
        {
            if (_over && _start == _end)
            {
                return false;
            }

            Fill();
        }

        _number++;
        row.Number = _number;
        return true;
    }

    public override void Dispose()
    {
        _source.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose();
    }

    private bool TryRecord(TableRow row)
    {
        if (_start == _end)
        {
            return false;
        }

        if (row.Cut(_buffer, _start, _end, Separator, _lineEnd) is > 0 and var next)
        {
            _start = next;
            return true;
        }

        row.Begin(0, _buffer);
        _quoted.Clear();
        var position = _start;
        while (true)
        {
            var cell = position;
            if (position < _end && _buffer[position] == '"')
            {
                _quoted.Add(row.Count);
                position = AfterQuotes(position);
                if (position < 0)
                {
                    return Incomplete("quote_not_closed");
                }
            }

            var found = _buffer.AsSpan(position, _end - position).IndexOfAny(Separator, _lineEnd);
            if (found < 0)
            {
                if (!_over)
                {
                    return Incomplete("record_too_long");
                }

                AddCell(row, cell, Trimmed(cell, _end));
                _start = _end;
                break;
            }

            position += found;
            if (_buffer[position] == _lineEnd)
            {
                AddCell(row, cell, Trimmed(cell, position));
                _start = position + 1;
                break;
            }

            AddCell(row, cell, position);
            position++;
        }

        foreach (var column in _quoted)
        {
            Unquote(row, column);
        }

        return true;
    }

    /// <summary>The position after the quote that closes a cell, or -1 when it is not in the buffer.</summary>
    private int AfterQuotes(int opening)
    {
        var position = opening + 1;
        while (true)
        {
            var found = _buffer.AsSpan(position, _end - position).IndexOf((byte)'"');
            if (found < 0)
            {
                return -1;
            }

            position += found + 1;
            if (position == _end && !_over)
            {
                return -1;
            }

            if (position == _end || _buffer[position] != '"')
            {
                return position;
            }

            position++;
        }
    }

    private bool Incomplete(string reason)
    {
        if (_over || _end - _start >= LongestRecord)
        {
            throw new RegisterRefusedException(reason, ("row", (_number + 1).ToString(CultureInfo.InvariantCulture)));
        }

        return false;
    }

    private void AddCell(TableRow row, int start, int end)
    {
        if (row.Count == MostColumns)
        {
            throw new RegisterRefusedException("too_many_columns", ("row", (_number + 1).ToString(CultureInfo.InvariantCulture)), ("limit", MostColumns.ToString(CultureInfo.InvariantCulture)));
        }

        row.Add(start, end - start, end - start > LongestCell ? CellKind.TooLong : CellKind.Text);
    }

    private int Trimmed(int start, int end) => end > start && _lineEnd == '\n' && _buffer[end - 1] == '\r' ? end - 1 : end;

    /// <summary>Takes the quotes off a cell, in place; a doubled quote becomes one.</summary>
    private void Unquote(TableRow row, int column)
    {
        var cell = row[column];
        var start = _buffer.AsSpan().Overlaps(cell, out var offset) ? offset : 0;
        var to = start;
        var inside = true;
        for (var from = start + 1; from < start + cell.Length; from++)
        {
            var sign = _buffer[from];
            if (inside && sign == '"')
            {
                if (from + 1 < start + cell.Length && _buffer[from + 1] == '"')
                {
                    from++;
                }
                else
                {
                    inside = false;
                    continue;
                }
            }

            _buffer[to++] = sign;
        }

        row.Move(column, start, to - start);
    }

    private void Fill()
    {
        var held = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
        }
        else if (held >= _buffer.Length - 4096)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _start = 0;
        _end = held;
        while (_end < _buffer.Length - 4096)
        {
            var read = _source.Read(_buffer.AsSpan(_end));
            if (read == 0)
            {
                _over = true;
                return;
            }

            _end += read;
        }
    }

    /// <summary>The sign that cuts most lines into the same number of cells.</summary>
    private static byte FindSeparator(ReadOnlySpan<byte> sample, byte lineEnd)
    {
        ReadOnlySpan<byte> candidates = ";,\t|"u8;
        var best = (byte)';';
        var bestScore = 0;
        foreach (var candidate in candidates)
        {
            var counts = new Dictionary<int, int>();
            var quoted = false;
            var count = 0;
            var lines = 0;
            foreach (var sign in sample)
            {
                if (sign == '"')
                {
                    quoted = !quoted;
                }
                else if (sign == lineEnd)
                {
                    counts[count] = counts.GetValueOrDefault(count) + 1;
                    (count, quoted) = (0, false);
                    if (++lines == 60)
                    {
                        break;
                    }
                }
                else if (sign == candidate && !quoted)
                {
                    count++;
                }
            }

            if (count > 0)
            {
                counts[count] = counts.GetValueOrDefault(count) + 1;
            }

            foreach (var (cuts, times) in counts)
            {
                if (cuts * times > bestScore)
                {
                    (best, bestScore) = (candidate, cuts * times);
                }
            }
        }

        return best;
    }
}
