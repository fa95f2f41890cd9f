using System.Globalization;
using System.Buffers.Text;

namespace Kepil.Fund.Registers;

/// <summary>What is wrong with a number in a cell.</summary>
public enum NumberTrouble
{
    None,
    NotNumber,
    Fraction,
    TooLarge,
}

/// <summary>Numbers as people and programs write them: decimal comma or point, groups by spaces, points or commas.</summary>
public static class CellNumber
{
    /// <summary>The largest sum of one line in tiyn: a hundred milliard tenge.</summary>
    public const long LargestSum = 10_000_000_000_000;

    /// <summary>A sum in tenge, as tiyn.</summary>
    public static NumberTrouble Money(ReadOnlySpan<byte> trimmed, out long tiyn) => Scaled(trimmed, 2, LargestSum, out tiyn);

    /// <summary>A whole number; "2,00" is whole.</summary>
    public static NumberTrouble Whole(ReadOnlySpan<byte> trimmed, long largest, out long number) => Scaled(trimmed, 0, largest, out number);

    /// <summary>A decimal number times a power of ten, which must then be whole.</summary>
    /// <remarks>
    /// Spreadsheets keep 76511.04 as 76511.03999999999: what lies within a ten-thousandth of a whole unit is that unit.
    /// A single comma or point is the decimal mark, never a group: "1,234" is not guessed to be a thousand.
    /// </remarks>
    public static NumberTrouble Scaled(ReadOnlySpan<byte> trimmed, int decimals, long largest, out long number)
    {
        number = 0;
        if (trimmed.IsEmpty)
        {
            return NumberTrouble.NotNumber;
        }

        var mark = DecimalMark(trimmed);
        if (mark == -2)
        {
            return NumberTrouble.NotNumber;
        }

        if (trimmed.IndexOfAny((byte)'e', (byte)'E') > 0)
        {
            return Exponent(trimmed, decimals, largest, out number);
        }

        var negative = trimmed[0] == '-';
        var signed = negative || trimmed[0] == '+';
        long whole = 0, rest = 0;
        var digits = 0;
        var after = 0;
        var past = false;
        for (var i = signed ? 1 : 0; i < trimmed.Length; i++)
        {
            var sign = trimmed[i];
            if (sign is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
                if (!past || after < decimals)
                {
                    whole = (whole * 10) + (sign - '0');
                    if (whole > 100_000_000_000_000_000)
                    {
                        return NumberTrouble.TooLarge;
                    }

                    after += past ? 1 : 0;
                }
                else if (after < decimals + 6)
                {
                    rest = (rest * 10) + (sign - '0');
                    after++;
                }
            }
            else if (i == mark)
            {
                past = true;
            }
            else if (!IsGroup(trimmed, ref i, past))
            {
                return NumberTrouble.NotNumber;
            }
        }

        if (digits == 0)
        {
            return NumberTrouble.NotNumber;
        }

        for (; after < decimals; after++)
        {
            whole *= 10;
            if (whole > 100_000_000_000_000_000)
            {
                return NumberTrouble.TooLarge;
            }
        }

        var unit = 1L;
        for (var i = decimals; i < after; i++)
        {
            unit *= 10;
        }

        if (rest > 0)
        {
            var longTail = after == decimals + 6;
            if (longTail && rest >= unit - (unit / 10_000))
            {
                whole++;
            }
            else if (!longTail || rest > unit / 10_000)
            {
                return NumberTrouble.Fraction;
            }
        }

        number = negative ? -whole : whole;
        return whole > largest ? NumberTrouble.TooLarge : NumberTrouble.None;
    }

    /// <summary>Position of the decimal mark, -1 when there is none, -2 when the marks make no number.</summary>
    private static int DecimalMark(ReadOnlySpan<byte> text)
    {
        var comma = text.LastIndexOf((byte)',');
        var point = text.LastIndexOf((byte)'.');
        if (comma < 0 && point < 0)
        {
            return -1;
        }

        var (mark, sign) = comma > point ? (comma, (byte)',') : (point, (byte)'.');
        if (text[..mark].Contains(sign))
        {
            return comma >= 0 && point >= 0 ? -2 : -1;
        }

        return mark;
    }

    private static bool IsGroup(ReadOnlySpan<byte> text, ref int i, bool past)
    {
        if (past)
        {
            return false;
        }

        var rest = text[i..];
        if (rest[0] is (byte)' ' or (byte)'\'' or (byte)',' or (byte)'.')
        {
            return i > 0;
        }

        if (rest.StartsWith("\u00A0"u8))
        {
            i++;
            return true;
        }

        if (rest.StartsWith("\u202F"u8) || rest.StartsWith("\u2009"u8))
        {
            i += 2;
            return true;
        }

        return false;
    }

    private static NumberTrouble Exponent(ReadOnlySpan<byte> trimmed, int decimals, long largest, out long number)
    {
        number = 0;
        if (!decimal.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            // 1e308 is a number, only none that a decimal holds.
            return Utf8Parser.TryParse(trimmed, out double beyond, out var used) && used == trimmed.Length && double.IsFinite(beyond) ? NumberTrouble.TooLarge : NumberTrouble.NotNumber;
        }

        if (Math.Abs(value) > largest)
        {
            return NumberTrouble.TooLarge;
        }

        var scaled = value;
        for (var i = 0; i < decimals; i++)
        {
            scaled *= 10;
        }

        if (Math.Abs(scaled) > largest)
        {
            return NumberTrouble.TooLarge;
        }

        // A workbook keeps 980.4 as the nearest binary fraction, which differs from it far beyond the tiyn.
        var rounded = Math.Round(scaled);
        if (Math.Abs(scaled - rounded) > 0.0001m)
        {
            return NumberTrouble.Fraction;
        }

        number = (long)rounded;
        return NumberTrouble.None;
    }
}
