using System.Runtime.CompilerServices;
using Kepil.DuckDb;

namespace Kepil.Fund.Registers;

/// <summary>Cells in their usual spelling, read without asking what else they might mean.</summary>
/// <remarks>What these readers take, the judgement of rows takes with the same value; what they do not take is its to judge.</remarks>
internal static class PlainCells
{
    private static ReadOnlySpan<byte> First => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    private static ReadOnlySpan<byte> Second => [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// <summary>Twelve digits that are the number of a person.</summary>
    public static bool Person(ReadOnlySpan<byte> cell, out long number)
    {
        if (!Twelve(cell, out number))
        {
            return false;
        }

        return Born((Two(cell, 0) * 100) + Two(cell, 2), (Two(cell, 4) * 100) + Two(cell, 6));
    }

    /// <summary>Whether the first eight digits of a number of a person tell a day: year and month, day and century.</summary>
    internal static bool Born(int yearAndMonth, int dayAndCentury)
    {
        var century = dayAndCentury / 10 % 10;
        return century is >= 1 and <= 6 && Fits(1800 + ((century - 1) / 2 * 100) + (yearAndMonth / 100), yearAndMonth % 100, dayAndCentury / 100);
    }

    /// <summary>Twelve digits that are the number of an organisation.</summary>
    public static bool Organisation(ReadOnlySpan<byte> cell, out long number) =>
        Twelve(cell, out number) && Two(cell, 2) is >= 1 and <= 12;

    /// <summary>A day as 15.10.2026 or 2026-10-15, counted from 1970.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Day(ReadOnlySpan<byte> cell, out int day)
    {
        day = 0;
        if (cell.Length != 10)
        {
            return false;
        }

        int year, month, ofMonth;
        if (cell[2] == '.' && cell[5] == '.')
        {
            (year, month, ofMonth) = (Pair(cell, 6, 8), Two(cell, 3), Two(cell, 0));
        }
        else if (cell[4] == '-' && cell[7] == '-')
        {
            (year, month, ofMonth) = (Pair(cell, 0, 2), Two(cell, 5), Two(cell, 8));
        }
        else
        {
            return false;
        }

        if (year < 1800 || !Fits(year, month, ofMonth))
        {
            return false;
        }

        day = new DateOnly(year, month, ofMonth).DayNumber - DuckResult.Epoch;
        return true;
    }

    /// <summary>A sum in tenge with at most two decimals, as tiyn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Money(ReadOnlySpan<byte> cell, out long tiyn)
    {
        tiyn = 0;
        unchecked
        {
            var i = 0;
            for (; i < cell.Length && (uint)(cell[i] - '0') <= 9; i++)
            {
                tiyn = (tiyn * 10) + (cell[i] - '0');
            }

            if (i is 0 or > 11)
            {
                return false;
            }

            tiyn *= 100;
            if (i == cell.Length)
            {
                return true;
            }

            if (cell[i] is not ((byte)',' or (byte)'.') || cell.Length - i is not (2 or 3) || (uint)(cell[i + 1] - '0') > 9)
            {
                return false;
            }

            tiyn += (cell[i + 1] - '0') * 10;
            if (cell.Length - i == 2)
            {
                return true;
            }

            tiyn += cell[i + 2] - '0';
            return (uint)(cell[i + 2] - '0') <= 9;
        }
    }

    /// <summary>Digits that make a number within limits.</summary>
    public static bool Whole(ReadOnlySpan<byte> cell, int least, int most, out int number)
    {
        number = 0;
        if (cell.Length is 0 or > 6)
        {
            return false;
        }

        unchecked
        {
            foreach (var sign in cell)
            {
                if ((uint)(sign - '0') > 9)
                {
                    return false;
                }

                number = (number * 10) + (sign - '0');
            }
        }

        return number >= least && number <= most;
    }

    /// <summary>A text that nothing has to be taken off and that no spreadsheet would run.</summary>
    public static bool Text(ReadOnlySpan<byte> cell, int longest) =>
        !cell.IsEmpty && cell.Length <= longest && !Special(cell[0]) && CellText.Trim(cell).Length == cell.Length && !CellText.IsNothing(cell);

    /// <summary>Whether a cell begins as a formula may.</summary>
    public static bool Special(byte first) => first is (byte)'=' or (byte)'@' or (byte)'+' or (byte)'-';

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Twelve(ReadOnlySpan<byte> cell, out long number)
    {
        number = 0;
        if (cell.Length != 12)
        {
            return false;
        }

        unchecked
        {
            int first = 0, second = 0;
            for (var i = 0; i < 11; i++)
            {
                var digit = cell[i] - '0';
                if ((uint)digit > 9)
                {
                    return false;
                }

                number = (number * 10) + digit;
                first += digit * First[i];
                second += digit * Second[i];
            }

            var last = cell[11] - '0';
            number = (number * 10) + last;
            first %= 11;
            return (uint)last <= 9 && number > 0 && (first == 10 ? second % 11 : first) == last;
        }
    }

    /// <summary>Two digits, or less than nothing.</summary>
    private static int Two(ReadOnlySpan<byte> cell, int at)
    {
        int tens = cell[at] - '0', ones = cell[at + 1] - '0';
        return unchecked((uint)tens) <= 9 && unchecked((uint)ones) <= 9 ? (tens * 10) + ones : -1;
    }

    private static int Pair(ReadOnlySpan<byte> cell, int high, int low)
    {
        int hundreds = Two(cell, high), rest = Two(cell, low);
        return hundreds < 0 || rest < 0 ? -1 : (hundreds * 100) + rest;
    }

    private static bool Fits(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && (day <= 28 || day <= DateTime.DaysInMonth(year, month));
}
