using System.Runtime.CompilerServices;

namespace Kepil.Fund.Registers;

/// <summary>The line numbers that a file has used so far, and the row where each stood first.</summary>
public sealed class SeenLines
{
    private Seen[] _seen = new Seen[512];
    private int _count;

    /// <summary>Notes a line number; gives the row where it stood before, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Note(ReadOnlySpan<byte> id, int row)
    {
        var key = CellText.Hash(id) | 1;
        if (_count * 3 > _seen.Length * 2)
        {
            Grow();
        }

        ref var seen = ref Slot(_seen, key);
        if (seen.Key == key)
        {
            return seen.Row;
        }

        seen = new Seen(key, row);
        _count++;
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Seen Slot(Seen[] all, ulong key)
    {
        var mask = (ulong)all.Length - 1;
        var slot = (key >> 20) & mask;
        while (all[slot].Key != 0 && all[slot].Key != key)
        {
            slot = (slot + 1) & mask;
        }

        return ref all[slot];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow()
    {
        var larger = new Seen[_seen.Length * 2];
        foreach (var seen in _seen)
        {
            if (seen.Key != 0)
            {
                Slot(larger, seen.Key) = seen;
            }
        }

        _seen = larger;
    }

    /// <summary>The fingerprint of a line number and its row; side by side, as they are asked for together.</summary>
    private readonly record struct Seen(ulong Key, int Row);
}
