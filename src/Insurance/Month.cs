using System.Globalization;

namespace Kepil.Insurance;

/// <summary>A calendar month.</summary>
/// <param name="Number">Months since the year 0, so that months are counted by subtraction.</param>
public readonly record struct Month(int Number) : IComparable<Month>
{
    public Month(int year, int month)
        : this(month is >= 1 and <= 12 ? year * 12 + month - 1 : throw new ArgumentOutOfRangeException(nameof(month), month, "A month is a number from 1 to 12."))
    {
    }

    public DateOnly First => new(Number / 12, Number % 12 + 1, 1);

    public DateOnly Last => Plus(1).First.AddDays(-1);

    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    public static Month Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? Of(first)
            : throw new FormatException($"'{text}' is not a month. Write yyyy-MM, for instance 2026-03.");

    public Month Plus(int months) => new(Number + months);

    public int CompareTo(Month other) => Number.CompareTo(other.Number);

    public static int operator -(Month left, Month right) => left.Number - right.Number;

    public static bool operator <(Month left, Month right) => left.Number < right.Number;

    public static bool operator >(Month left, Month right) => left.Number > right.Number;

    public static bool operator <=(Month left, Month right) => left.Number <= right.Number;

    public static bool operator >=(Month left, Month right) => left.Number >= right.Number;

    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
