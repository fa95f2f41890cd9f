using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kepil.Fund.Registers;

/// <summary>What a cell of a column was found to mean, kept for the next cell with the same bytes.</summary>
internal sealed class KnownCell(CellKey key, byte[] meaning, bool marked)
{
    private int _part = -1;
    private int _place;

    public CellKey Key { get; } = key;

    public byte[] Meaning => meaning;

    /// <summary>The meaning is the one on which another column depends.</summary>
    public bool Marked => marked;

    /// <summary>Puts the meaning into a row of its column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(StagedColumn column, int part, int row)
    {
        if (_part != part)
        {
            Find(column, part);
        }

        column.Ints[row] = _place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Find(StagedColumn column, int part) => (_place, _part) = (column.Place(meaning), part);
}

/// <summary>Reads a cell; nothing when the row should be judged in full.</summary>
internal delegate byte[]? CellReading(ReadOnlySpan<byte> cell);

/// <summary>The different cells of a column and what they mean: codes and words are read once, not in every row.</summary>
internal sealed class CellMemo(CellReading read, string mark = "")
{
    private const int Most = 1 << 15;

    private readonly byte[] _mark = System.Text.Encoding.UTF8.GetBytes(mark);
    private readonly Dictionary<ulong, (byte[] Cell, KnownCell Known)> _long = [];
    private KnownCell?[] _slots = new KnownCell?[64];
    private KnownCell? _last;
    private int _count;

    /// <summary>No further cell would be kept.</summary>
    public bool Full => _count == Most;

    /// <summary>What a filled cell means, or nothing when that has to be judged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KnownCell? Find(ref byte start, int length)
    {
        if (length > CellKey.Longest)
        {
            return Long(ref start, length);
        }

        var key = new CellKey(ref start, length);
        return _last is { } last && last.Key.Is(key) ? last : Other(ref start, length, key);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private KnownCell? Other(ref byte start, int length, in CellKey key)
    {
        var slot = Slot(_slots, key);
        var known = _slots[slot] ?? Read(MemoryMarshal.CreateReadOnlySpan(ref start, length), key, slot);
        _last = known ?? _last;
        return known;
    }

    private KnownCell? Read(ReadOnlySpan<byte> cell, in CellKey key, int slot)
    {
        var known = Meant(cell, key);
        if (known is not null && _count < Most)
        {
            _slots[slot] = known;
            if (++_count * 2 > _slots.Length)
            {
                Grow();
            }
        }

        return known;
    }

    /// <summary>What a cell means that is longer than its key.</summary>
    private KnownCell? Long(ref byte start, int length)
    {
        var cell = MemoryMarshal.CreateReadOnlySpan(ref start, length);
        var hash = CellText.Hash(cell);
        if (_long.TryGetValue(hash, out var kept) && kept.Cell.AsSpan().SequenceEqual(cell))
        {
            return kept.Known;
        }

        var known = Meant(cell, default);
        if (known is not null && _long.Count < Most)
        {
            _long.TryAdd(hash, (cell.ToArray(), known));
        }

        return known;
    }

    private KnownCell? Meant(ReadOnlySpan<byte> cell, in CellKey key) =>
        PlainCells.Text(cell, 200) && read(cell) is { Length: > 0 } meaning
            ? new KnownCell(key, meaning, _mark.Length > 0 && meaning.AsSpan().StartsWith(_mark))
            : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot(KnownCell?[] slots, in CellKey key)
    {
        var mask = slots.Length - 1;
        var slot = key.Slot & mask;
        while (slots[slot] is { } other && !other.Key.Is(key))
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
                slots[Slot(slots, known.Key)] = known;
            }
        }

        _slots = slots;
    }
}

/// <summary>A column whose cells are words or codes, and what an empty cell means.</summary>
internal readonly record struct KnownField(int At, StagedColumn Column, CellMemo Memo, KnownCell? Otherwise);
