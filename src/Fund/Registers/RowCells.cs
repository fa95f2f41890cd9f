using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kepil.Fund.Registers;

/// <summary>The cells of a plain row, for who looks at many signs at once; columns must be among those that the row was asked for.</summary>
internal readonly ref struct RowCells
{
    /// <summary>Bytes that may be looked at after the start of any cell, wherever it ends.</summary>
    public const int Beyond = CellKey.Longest;

    private readonly ref byte _first;
    private readonly ref int _starts;
    private readonly ref int _lengths;

    public RowCells(byte[] bytes, int[] starts, int[] lengths)
    {
        _first = ref MemoryMarshal.GetArrayDataReference(bytes);
        _starts = ref MemoryMarshal.GetArrayDataReference(starts);
        _lengths = ref MemoryMarshal.GetArrayDataReference(lengths);
    }

    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(ref Start(column), Length(column));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Length(int column) => Unsafe.Add(ref _lengths, column);

    /// <summary>The first sign of a cell, after which <see cref="Beyond"/> may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Start(int column) => ref Unsafe.Add(ref _first, Unsafe.Add(ref _starts, column));
}

/// <summary>The bytes of a short cell side by side, so that two cells are compared at once.</summary>
internal readonly struct CellKey
{
    /// <summary>The most bytes that a key holds.</summary>
    public const int Longest = 32;

    private readonly Vector128<byte> _low, _high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CellKey(ref byte start, int length)
    {
        ref var mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(Mask), Longest - length);
        _low = Vector128.LoadUnsafe(ref start) & Vector128.LoadUnsafe(ref mask);
        _high = Vector128.LoadUnsafe(ref start, 16) & Vector128.LoadUnsafe(ref mask, 16);
    }

    /// <summary>A number by which keys are spread over slots.</summary>
    public int Slot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            unchecked
            {
                var (low, high) = (_low.AsUInt64(), _high.AsUInt64());
                var hash = (low.GetElement(0) * 0x9E3779B97F4A7C15UL) + (low.GetElement(1) * 0xA0761D6478BD642FUL)
                    + (high.GetElement(0) * 0xE7037ED1A0B428DBUL) + (high.GetElement(1) * 0x8EBC6AF09C88C6E3UL);
                return (int)(((hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15UL) >> 40);
            }
        }
    }

    private static ReadOnlySpan<byte> Mask =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(in CellKey other) => ((_low ^ other._low) | (_high ^ other._high)) == Vector128<byte>.Zero;
}
