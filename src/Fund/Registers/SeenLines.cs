using System.Runtime.CompilerServices;

namespace Kepil.Fund.Registers;

/// <summary>The line numbers that a file has used so far, and the row where each stood first.</summary>
public sealed class SeenLines
{
    /// <summary>The most places that are kept for the next file.</summary>
    private const int MostKept = 1 << 20;

    [ThreadStatic]
    private static SeenLines? _free;

    private Seen[] _seen = new Seen[512];
    private int _count;
    private int _file = 1;

    /// <summary>Nothing seen yet, in the room that the file before left: fresh memory costs more than the looking up.</summary>
    public static SeenLines ForNextFile()
    {
        var seen = _free ?? new SeenLines();
        _free = null;
        (seen._count, seen._file) = (0, seen._file + 1);
        return seen;
    }

    /// <summary>Leaves the room to the next file.</summary>
    public void Leave() => _free = _seen.Length <= MostKept ? this : null;

    /// <summary>Notes a line number; gives the row where it stood before, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Note(ReadOnlySpan<byte> id, int row)
    {
        var key = CellText.Hash(id);
        if (_count * 3 > _seen.Length * 2)
        {
            Grow();
        }

        ref var seen = ref Slot(_seen, key, _file);
        if (seen.File == _file)
        {
            return seen.Row;
        }

        seen = new Seen(key, row, _file);
        _count++;
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Seen Slot(Seen[] all, ulong key, int file)
    {
        var mask = (ulong)all.Length - 1;
        var slot = (key >> 20) & mask;
        while (all[slot].File == file && all[slot].Key != key)
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
            if (seen.File == _file)
            {
                Slot(larger, seen.Key, _file) = seen;
            }
        }

        _seen = larger;
    }

    /// <summary>The fingerprint of a line number, its row and the file that it is of; side by side, as they are asked for together. What another file left is as good as nothing.</summary>
    private readonly record struct Seen(ulong Key, int Row, int File);
}
