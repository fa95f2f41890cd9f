using System.Globalization;
using System.Text;

namespace Kepil.Law;

/// <summary>A sum of money in whole tiyn, a hundred to the tenge.</summary>
public readonly record struct Money(long Tiyn) : IComparable<Money>
{
    /// <summary>No-break space, the separator of thousands in print.</summary>
    public const char GroupSeparator = '\u00A0';

    public static readonly Money Zero = new(0);

    public static Money OfTenge(long tenge) => new(checked(tenge * 100));

    /// <summary>The sum of an exact number of tenge; refuses parts of a tiyn.</summary>
    public static Money OfTenge(decimal tenge)
    {
        var tiyn = tenge * 100m;
        return decimal.IsInteger(tiyn)
            ? new Money((long)tiyn)
            : throw new ArgumentException($"{tenge.ToString(CultureInfo.InvariantCulture)} tenge is not a whole number of tiyn.", nameof(tenge));
    }

    /// <summary>So many hundredths of this sum, rounded half up to the tiyn.</summary>
    public Money Percent(int percent) => Share(percent, 100);

    /// <summary>A multiple given in tenths (0,3 is 3), rounded half up to the tiyn.</summary>
    public Money Times(int tenths) => Share(tenths, 10);

    /// <summary>The one rule of rounding: the exact product is rounded once, at the end, and half a tiyn counts as a whole one.</summary>
    /// <remarks>Below zero the rule is mirrored, so that a correction takes back exactly what was taken.</remarks>
    public Money Share(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)Tiyn * numerator;
        var twice = Int128.Abs(product) * 2 + denominator;
        var rounded = twice / ((Int128)denominator * 2);
        return new Money(checked((long)(product < 0 ? -rounded : rounded)));
    }

    public int CompareTo(Money other) => Tiyn.CompareTo(other.Tiyn);

    public static Money operator +(Money left, Money right) => new(checked(left.Tiyn + right.Tiyn));

    public static Money operator -(Money left, Money right) => new(checked(left.Tiyn - right.Tiyn));

    public static Money operator -(Money sum) => new(checked(-sum.Tiyn));

    public static Money operator *(Money sum, long count) => new(checked(sum.Tiyn * count));

    public static bool operator <(Money left, Money right) => left.Tiyn < right.Tiyn;

    public static bool operator >(Money left, Money right) => left.Tiyn > right.Tiyn;

    public static bool operator <=(Money left, Money right) => left.Tiyn <= right.Tiyn;

    public static bool operator >=(Money left, Money right) => left.Tiyn >= right.Tiyn;

    public static Money Larger(Money left, Money right) => left >= right ? left : right;

    public static Money Smaller(Money left, Money right) => left <= right ? left : right;

    /// <summary>As printed in all three languages: <c>12 345,67 ₸</c>.</summary>
    public override string ToString() => Digits() + GroupSeparator + "₸";

    /// <summary>As printed in a column whose head names the currency: <c>12 345,67</c>.</summary>
    public string Digits()
    {
        var negative = Tiyn < 0;
        var size = negative ? (ulong)-(Tiyn + 1) + 1 : (ulong)Tiyn;
        var tenge = (size / 100).ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder(tenge.Length + 12);
        if (negative)
        {
            text.Append('-');
        }

        for (var i = 0; i < tenge.Length; i++)
        {
            if (i > 0 && (tenge.Length - i) % 3 == 0)
            {
                text.Append(GroupSeparator);
            }

            text.Append(tenge[i]);
        }

        return text.Append(',').Append((size % 100).ToString("00", CultureInfo.InvariantCulture)).ToString();
    }

    public static Money Parse(string text) =>
        TryParse(text, out var sum) ? sum : throw new FormatException($"'{text}' is not a sum of money. Write 12 345,67 or 12345.67.");

    /// <summary>Reads what people write: spaces between thousands, a comma or a point before the tiyn, ₸ at the end or nothing.</summary>
    /// <remarks>A sum with more than two decimals is refused, so that <c>1,234</c> is never taken for a thousand or for one.</remarks>
    public static bool TryParse(string? text, out Money sum)
    {
        sum = Zero;
        var rest = (text ?? "").AsSpan().Trim();
        if (rest.EndsWith("₸", StringComparison.Ordinal))
        {
            rest = rest[..^1].TrimEnd();
        }

        var negative = rest.Length > 0 && rest[0] is '-' or '\u2212';
        if (negative)
        {
            rest = rest[1..].TrimStart();
        }

        if (rest.Length == 0 || !char.IsAsciiDigit(rest[0]))
        {
            return false;
        }

        Int128 tiyn = 0;
        var decimals = -1;
        foreach (var sign in rest)
        {
            if (char.IsAsciiDigit(sign))
            {
                tiyn = tiyn * 10 + (sign - '0');
                decimals = decimals < 0 ? decimals : decimals + 1;
            }
            else if (sign is ',' or '.' && decimals < 0)
            {
                decimals = 0;
            }
            else if (decimals >= 0 || sign is not (' ' or '\u00A0' or '\u202F' or '\u2009'))
            {
                return false;
            }

            if (decimals > 2 || tiyn > long.MaxValue)
            {
                return false;
            }
        }

        tiyn *= decimals switch { 2 => 1, 1 => 10, 0 => 0, _ => 100 };
        if (decimals == 0 || tiyn > long.MaxValue)
        {
            return false;
        }

        sum = new Money((long)(negative ? -tiyn : tiyn));
        return true;
    }
}
