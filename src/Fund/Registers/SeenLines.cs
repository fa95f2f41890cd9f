using System.Runtime.CompilerServices;

namespace Kepil.Fund.Registers;

/// <summary>The line numbers that a file has used so far, and the row where each stood first.</summary>
public sealed class SeenLines
{
    private ulong[] _keys = new ulong[512];
    private int[] _rows = new int[512];
    private int _count;

    /// <summary>Notes a line number; gives the row where it stood before, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Note(ReadOnlySpan<byte> id, int row)
    {
        var key = CellText.Hash(id) | 1;
        if (_count * 3 > _keys.Length * 2)
        {
            Grow();
        }

        var slot = Slot(_keys, key);
        if (_keys[slot] == key)
        {
            return _rows[slot];
        }

        _keys[slot] = key;
        _rows[slot] = row;
        _count++;
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot(ulong[] keys, ulong key)
    {
        var mask = (ulong)keys.Length - 1;
        var slot = (key >> 20) & mask;
        while (keys[slot] != 0 && keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        return (int)slot;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length * 2];
        var rows = new int[keys.Length];
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0)
            {
                var slot = Slot(keys, _keys[i]);
                keys[slot] = _keys[i];
                rows[slot] = _rows[i];
            }
        }

        _keys = keys;
        _rows = rows;
    }
}
