using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kepil.Fund.Registers;

/// <summary>The line numbers that a file has used so far, and the row where each stood first.</summary>
/// <remarks>Room is used again by the next file without being emptied: what has another age than the present one is as good as nothing.</remarks>
public sealed class SeenLines
{
    /// <summary>The most places that are kept for the next file.</summary>
    private const int MostKept = 1 << 20;

    private const int Least = 512;

    [ThreadStatic]
    private static SeenLines? _free;

    private Seen[] _seen = new Seen[Least];
    private Seen[] _spare = [];
    private int _room = Least;
    private int _count;
    private int _age = 1;

    /// <summary>Nothing seen yet, in the room that the file before left: fresh memory costs more than the looking up.</summary>
    /// <param name="lines">About how many lines are expected; more may come.</param>
    public static SeenLines ForNextFile(long lines)
    {
        var seen = _free ?? new SeenLines();
        _free = null;
        seen._age++;
        seen._count = 0;
        seen._room = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(lines * 3 / 2, Least, MostKept));
        if (seen._seen.Length < seen._room)
        {
            seen._seen = new Seen[seen._room];
        }

        return seen;
    }

    /// <summary>Leaves the room to the next file.</summary>
    public void Leave() => _free = _seen.Length <= MostKept && _spare.Length <= MostKept ? this : null;

    /// <summary>Notes a line number; gives the row where it stood before, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Note(ReadOnlySpan<byte> id, int row)
    {
        var key = CellText.Hash(id);
        if (_count * 3 > _room * 2)
        {
            Grow();
        }

        ref var seen = ref Slot(key);
        if (seen.Age == _age)
        {
            return seen.Row;
        }

        seen = new Seen(key, row, _age);
        _count++;
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Seen Slot(ulong key)
    {
        var (all, mask, age) = (_seen, (ulong)_room - 1, _age);
        var slot = (key >> 20) & mask;
        while (all[slot].Age == age && all[slot].Key != key)
        {
            slot = (slot + 1) & mask;
        }

        return ref all[slot];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow()
    {
        var (smaller, room, age) = (_seen, _room, _age);
        _room *= 2;
        (_seen, _spare) = (_spare.Length < _room ? new Seen[_room] : _spare, smaller);
        _age++;
        for (var i = 0; i < room; i++)
        {
            if (smaller[i].Age == age)
            {
                Slot(smaller[i].Key) = new Seen(smaller[i].Key, smaller[i].Row, _age);
            }
        }
    }

    /// <summary>The fingerprint of a line number, its row and its age; side by side, as they are asked for together.</summary>
    private readonly record struct Seen(ulong Key, int Row, int Age);
}
