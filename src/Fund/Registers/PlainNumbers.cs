using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kepil.Fund.Registers;

/// <summary>Numbers of a plain row in their usual spelling, all digits of a cell at once where the processor can.</summary>
/// <remarks>They take just what <see cref="PlainCells"/> takes, with the same value; a test holds both together.</remarks>
internal static class PlainNumbers
{
    private static ReadOnlySpan<byte> Right =>
    [
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>The number of a person or of an organisation; the cell before it often held the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Twelve(ref byte start, int length, bool ofPerson, ref LastNumber last, out long number)
    {
        number = last.Number;
        if (length != 12)
        {
            return false;
        }

        var key = new CellKey(ref start, 12);
        if (key.Is(last.Key))
        {
            return true;
        }

        if (!(ofPerson ? Person(ref start, out number) : Organisation(ref start, out number)))
        {
            return false;
        }

        last = new LastNumber(key, number);
        return true;
    }

    /// <summary>A sum in tenge with at most two decimals, as tiyn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Money(ref byte start, int length, out long tiyn)
    {
        if (!Ssse3.IsSupported)
        {
            return PlainCells.Money(MemoryMarshal.CreateReadOnlySpan(ref start, length), out tiyn);
        }

        tiyn = 0;
        if (length is 0 or > 14)
        {
            return false;
        }

        unchecked
        {
            var digits = Vector128.LoadUnsafe(ref start) - Vector128.Create((byte)'0');
            var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits() | (1u << length);
            var whole = System.Numerics.BitOperations.TrailingZeroCount(others);
            if (whole is 0 or > 11)
            {
                return false;
            }

            var fours = Fours(Ssse3.Shuffle(digits, Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Right), (nuint)whole)));
            tiyn = ((((long)fours.GetElement(1) * 10_000) + fours.GetElement(2)) * 1_000_000) + ((long)fours.GetElement(3) * 100);
            if (whole == length)
            {
                return true;
            }

            var sign = Unsafe.Add(ref start, whole);
            var decimals = length - whole - 1;
            uint tens = Unsafe.Add(ref start, whole + 1) - (uint)'0', ones = Unsafe.Add(ref start, whole + 2) - (uint)'0';
            if ((sign != ',' && sign != '.') || decimals is not (1 or 2) || tens > 9 || (decimals == 2 && ones > 9))
            {
                return false;
            }

            tiyn += (tens * 10) + (decimals == 2 ? ones : 0);
            return true;
        }
    }

    /// <summary>Digits that make a number within limits; most are of one digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Whole(ref byte start, int length, int least, int most, out int number)
    {
        number = unchecked(start - '0');
        return length == 1 && unchecked((uint)number) <= 9 && number >= least && number <= most
            || PlainCells.Whole(MemoryMarshal.CreateReadOnlySpan(ref start, length), least, most, out number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Person(ref byte start, out long number)
    {
        if (!Ssse3.IsSupported)
        {
            return PlainCells.Person(MemoryMarshal.CreateReadOnlySpan(ref start, 12), out number);
        }

        return Checked(ref start, out var fours, out number) && PlainCells.Born(fours.GetElement(0), fours.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Organisation(ref byte start, out long number)
    {
        if (!Ssse3.IsSupported)
        {
            return PlainCells.Organisation(MemoryMarshal.CreateReadOnlySpan(ref start, 12), out number);
        }

        return Checked(ref start, out var fours, out number) && fours.GetElement(0) % 100 is >= 1 and <= 12;
    }

    /// <summary>Twelve digits, the last of which is the check of the others; four of them to a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Checked(ref byte start, out Vector128<int> fours, out long number)
    {
        unchecked
        {
            var digits = Vector128.LoadUnsafe(ref start) - Vector128.Create((byte)'0');
            var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits() & 0xFFF;
            fours = Fours(digits);
            number = (((long)fours.GetElement(0) * 10_000) + fours.GetElement(1)) * 10_000 + fours.GetElement(2);
            var first = Sum(digits, Vector128.Create(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0)) % 11;
            if (first == 10)
            {
                first = Sum(digits, Vector128.Create(3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2, 0, 0, 0, 0, 0)) % 11;
            }

            return others == 0 && number > 0 && first == Unsafe.Add(ref start, 11) - '0';
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Fours(Vector128<byte> digits) => Sse2.MultiplyAddAdjacent(
        Ssse3.MultiplyAddAdjacent(digits, Vector128.Create(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1)),
        Vector128.Create(100, 1, 100, 1, 100, 1, 100, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sum(Vector128<byte> digits, Vector128<sbyte> weights)
    {
        var sums = Sse2.MultiplyAddAdjacent(Ssse3.MultiplyAddAdjacent(digits, weights), Vector128<short>.One);
        return unchecked((uint)(sums.GetElement(0) + sums.GetElement(1) + sums.GetElement(2)));
    }
}

/// <summary>The number that a column held last, and how it was spelt.</summary>
internal readonly record struct LastNumber(CellKey Key, long Number);
