using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Kepil.Fund.Registers;

/// <summary>What a cell was in its file.</summary>
public enum CellKind : byte
{
    Text,
    Number,
    Formula,
    Fault,
    TooLong,

    /// <summary>What should have been found in another file of the export was not there.</summary>
    Unjoined,
}

/// <summary>A register as rows of cells, whatever the format of its file.</summary>
public abstract class RegisterTable : IDisposable
{
    /// <summary>The longest text that a spreadsheet cell can hold.</summary>
    public const int LongestCell = 32_767;

    /// <summary>The most columns that a register may have.</summary>
    public const int MostColumns = 512;

    /// <summary>Heads, when the format itself tells them and no heading row has to be looked for.</summary>
    public virtual IReadOnlyList<string>? Heads => null;

    /// <summary>Days are counted from 1904 instead of 1900 in this file.</summary>
    public virtual bool From1904 => false;

    /// <summary>Reads the next row into the given one; its number is the one that a spreadsheet shows.</summary>
    public abstract bool Read(TableRow row);

    /// <summary>The cell of a column as a person finds it again in the file.</summary>
    public virtual (string Column, string Head) Place(int column, IReadOnlyList<string> heads) =>
        (ColumnLetters(column), column < heads.Count ? heads[column] : "");

    /// <summary>What the file holds at a column of the present row.</summary>
    public virtual string Shown(TableRow row, int column) => Encoding.UTF8.GetString(row[column]);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    public static string ColumnLetters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }
}

/// <summary>One row: its number and the UTF-8 bytes of its cells.</summary>
public sealed class TableRow
{
    private byte[] _bytes = [];
    private byte[] _own = new byte[1024];
    private int[] _starts = new int[64];
    private int[] _lengths = new int[64];
    private CellKind[] _kinds = new CellKind[64];
    private int _used;

    public int Number { get; set; }

    /// <summary>The cells stand in the file as they are: without quotes, signs that control, or lengths beyond measure.</summary>
    public bool Plain { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => unchecked((uint)column) < (uint)Count ? new ReadOnlySpan<byte>(_bytes, _starts[column], _lengths[column]) : default;
    }

    public CellKind Kind(int column) => !Plain && unchecked((uint)column) < (uint)Count ? _kinds[column] : CellKind.Text;

    /// <summary>Whether every cell is empty.</summary>
    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (!CellText.Trim(this[i]).IsEmpty || Kind(i) > CellKind.Number)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Begins a row whose cells lie in a buffer of the reader.</summary>
    public void Begin(int number, byte[] bytes)
    {
        Number = number;
        Count = 0;
        Plain = false;
        _bytes = bytes;
    }

    /// <summary>Begins a row whose cells are copied in.</summary>
    public void Begin(int number)
    {
        Begin(number, _own);
        _used = 0;
    }

    /// <summary>The next cell, within the reader's buffer.</summary>
    public void Add(int start, int length, CellKind kind = CellKind.Text)
    {
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
            Array.Resize(ref _kinds, Count * 2);
        }

        _starts[Count] = start;
        _lengths[Count] = length;
        _kinds[Count++] = kind;
    }

    /// <summary>Cuts a line that is plain; gives where the next line starts, or 0 when it is not plain or its end is not there.</summary>
    /// <remarks>Signs are looked at thirty-two at a time, so a line nearer to the end of the room is not cut here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Cut(byte[] bytes, int start, int end, byte separator, byte lineEnd)
    {
        Begin(0, bytes);
        Widen(RegisterTable.MostColumns);
        int[] starts = _starts, lengths = _lengths;
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        var (separators, lineEnds, quotes) = (Vector256.Create(separator), Vector256.Create(lineEnd), Vector256.Create((byte)'"'));
        var (controls, deleted) = (Vector256.Create((byte)31), Vector256.Create((byte)127));
        var cell = start;
        var count = 0;
        unchecked
        {
            for (var at = start; at < end && at - start <= RegisterTable.LongestCell && at + 32 <= bytes.Length; at += 32)
            {
                var signs = Vector256.LoadUnsafe(ref first, (nuint)at);
                var ends = Vector256.Equals(signs, lineEnds);
                var cuts = (Vector256.Equals(signs, separators) | ends).ExtractMostSignificantBits();
                var odd = (Vector256.Equals(signs, quotes) | Vector256.Equals(signs, deleted) | Vector256.Equals(Vector256.Min(signs, controls), signs)).ExtractMostSignificantBits() & ~cuts;
                if (end - at < 32)
                {
                    var whole = (1u << (end - at)) - 1;
                    cuts &= whole;
                    odd &= whole;
                }

                for (; cuts != 0; cuts &= cuts - 1)
                {
                    var bit = BitOperations.TrailingZeroCount(cuts);
                    var to = at + bit;
                    if (count == RegisterTable.MostColumns)
                    {
                        return 0;
                    }

                    starts[count] = cell;
                    if (bytes[to] != lineEnd)
                    {
                        lengths[count++] = to - cell;
                        cell = to + 1;
                        continue;
                    }

                    odd &= (1u << bit) - 1;
                    var last = to;
                    if (to > cell && lineEnd == '\n' && bytes[to - 1] == '\r')
                    {
                        last--;
                        odd &= bit > 0 ? ~(1u << (bit - 1)) : odd;
                    }

                    lengths[count++] = last - cell;
                    if (odd != 0 || to - start > RegisterTable.LongestCell)
                    {
                        return 0;
                    }

                    Count = count;
                    Plain = true;
                    return to + 1;
                }

                // The return before a line end may be the last sign here and the line end the first of the next.
                if (odd != 0 && (odd != 1u << 31 || bytes[at + 31] != '\r' || lineEnd != '\n' || at + 32 >= end || bytes[at + 32] != '\n'))
                {
                    return 0;
                }
            }
        }

        return 0;
    }

    /// <summary>Gives the cells of a plain row to who looks at many signs at once: as many as there are heads, and after them one that is empty.</summary>
    /// <returns>False when the row is not plain, is longer than its heads or lies too near to the end of its room.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Gives(int heads, out RowCells cells)
    {
        cells = default;
        if (!Plain || Count > heads || Count == 0)
        {
            return false;
        }

        if (_starts.Length <= heads)
        {
            Widen(heads);
        }

        int[] starts = _starts, lengths = _lengths;
        if (starts[Count - 1] + lengths[Count - 1] + RowCells.Beyond > _bytes.Length)
        {
            return false;
        }

        for (var i = Count; i <= heads; i++)
        {
            starts[i] = 0;
            lengths[i] = 0;
        }

        cells = new RowCells(_bytes, starts, lengths);
        return true;
    }

    /// <summary>Room for so many cells and one more.</summary>
    private void Widen(int columns)
    {
        if (_starts.Length <= columns)
        {
            Array.Resize(ref _starts, columns + 1);
            Array.Resize(ref _lengths, columns + 1);
            Array.Resize(ref _kinds, columns + 1);
        }
    }

    /// <summary>The cell of a column, copied in; columns passed over are empty.</summary>
    public void Set(int column, ReadOnlySpan<byte> value, CellKind kind)
    {
        while (Count <= column)
        {
            Add(0, 0);
        }

        if (_used + value.Length + RowCells.Beyond > _own.Length)
        {
            Array.Resize(ref _own, Math.Max(_own.Length * 2, _used + value.Length + RowCells.Beyond));
            _bytes = _own;
        }

        value.CopyTo(_own.AsSpan(_used));
        _starts[column] = _used;
        _lengths[column] = value.Length;
        _kinds[column] = kind;
        _used += value.Length;
    }

    public void Move(int column, int start, int length)
    {
        _starts[column] = start;
        _lengths[column] = length;
    }

    public void CopyTo(TableRow other)
    {
        other.Begin(Number);
        for (var i = 0; i < Count; i++)
        {
            other.Set(i, this[i], Kind(i));
        }

        other.Plain = Plain;
    }

    public string[] Texts()
    {
        var texts = new string[Count];
        for (var i = 0; i < Count; i++)
        {
            texts[i] = Encoding.UTF8.GetString(CellText.Trim(this[i]));
        }

        return texts;
    }
}
