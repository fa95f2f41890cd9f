using System.Runtime.CompilerServices;

namespace Kepil.Fund.Registers;

/// <summary>What a cell of a column was found to mean, kept for the next cell with the same bytes.</summary>
internal sealed class KnownCell(byte[] cell, byte[] meaning, bool marked)
{
    public byte[] Cell => cell;

    public byte[] Meaning => meaning;

    /// <summary>The meaning is the one on which another column depends.</summary>
    public bool Marked => marked;

    private int _part = -1;
    private int _place;

    /// <summary>Puts the meaning into a row of its column.</summary>
    public void Put(StagedColumn column, int part, int row)
    {
        if (_part != part)
        {
            _place = column.Place(meaning);
            _part = part;
        }

        column.Ints[row] = _place;
    }
}

/// <summary>Reads a cell; nothing when the row should be judged in full.</summary>
internal delegate byte[]? CellReading(ReadOnlySpan<byte> cell);

/// <summary>The different cells of a column and what they mean: codes and words are read once, not in every row.</summary>
internal sealed class CellMemo(CellReading read, string mark = "")
{
    private const int Most = 1 << 15;

    private readonly byte[] _mark = System.Text.Encoding.UTF8.GetBytes(mark);
    private KnownCell?[] _slots = new KnownCell?[64];
    private KnownCell? _last;
    private int _count;

    /// <summary>No further cell would be kept.</summary>
    public bool Full => _count == Most;

    /// <summary>What a cell means, or nothing when that has to be judged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public KnownCell? Find(ReadOnlySpan<byte> cell)
    {
        if (_last is { } last && last.Cell.AsSpan().SequenceEqual(cell))
        {
            return last;
        }

        var slot = Slot(_slots, cell);
        var known = _slots[slot] ?? Read(cell, slot);
        _last = known ?? _last;
        return known;
    }

    private KnownCell? Read(ReadOnlySpan<byte> cell, int slot)
    {
        if (!PlainCells.Text(cell, 200) || read(cell) is not { Length: > 0 } meaning)
        {
            return null;
        }

        var known = new KnownCell(cell.ToArray(), meaning, _mark.Length > 0 && meaning.AsSpan().StartsWith(_mark));
        if (_count < Most)
        {
            _slots[slot] = known;
            if (++_count * 2 > _slots.Length)
            {
                Grow();
            }
        }

        return known;
    }

    private static int Slot(KnownCell?[] slots, ReadOnlySpan<byte> cell)
    {
        var mask = slots.Length - 1;
        var slot = (int)(CellText.Hash(cell) >> 40) & mask;
        while (slots[slot] is { } other && !other.Cell.AsSpan().SequenceEqual(cell))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var slots = new KnownCell?[_slots.Length * 2];
        foreach (var known in _slots)
        {
            if (known is not null)
            {
                slots[Slot(slots, known.Cell)] = known;
            }
        }

        _slots = slots;
    }
}
