using System.Globalization;

namespace Kepil.Law;

/// <summary>Sex as the seventh digit of an identity number tells it.</summary>
public enum Sex
{
    Male,
    Female,
}

/// <summary>The number of a person (ЖСН, ИИН): day of birth, century and sex, serial, check digit.</summary>
public readonly record struct IdentityNumber
{
    private IdentityNumber(long value) => Value = value;

    /// <summary>The twelve digits as a number; leading zeros come back on display.</summary>
    public long Value { get; }

    public DateOnly BirthDate => BirthDateOf(Value) ?? throw new InvalidOperationException("An empty identity number has no day of birth.");

    public Sex Sex => Value / 100_000 % 10 % 2 == 1 ? Sex.Male : Sex.Female;

    public override string ToString() => Value.ToString("D12", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out IdentityNumber number, out NumberFault fault)
    {
        number = default;
        fault = CheckDigit.Read(text, out var value);
        return fault == NumberFault.None && TryAccept(value, out number, out fault);
    }

    /// <summary>The number from a cell that a spreadsheet stored as a number and so lost its leading zeros.</summary>
    public static bool TryRestore(long value, out IdentityNumber number, out NumberFault fault)
    {
        number = default;
        fault = NumberFault.Length;
        return value is > 0 and < CheckDigit.Limit && TryAccept(value, out number, out fault);
    }

    /// <summary>A number of one born on a day, or nothing when this serial is never issued.</summary>
    public static IdentityNumber? Make(DateOnly birthDate, Sex sex, int serial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, 9999);
        var century = birthDate.Year switch
        {
            >= 1800 and < 1900 => 1,
            >= 1900 and < 2000 => 3,
            >= 2000 and < 2100 => 5,
            _ => throw new ArgumentOutOfRangeException(nameof(birthDate), birthDate, "Identity numbers know the years 1800 to 2099."),
        };
        var day = (long)(birthDate.Year % 100 * 10_000 + birthDate.Month * 100 + birthDate.Day);
        var eleven = (day * 10 + century + (sex == Sex.Male ? 0 : 1)) * 10_000 + serial;
        return CheckDigit.Of(eleven) is { } check ? new IdentityNumber(eleven * 10 + check) : null;
    }

    private static bool TryAccept(long value, out IdentityNumber number, out NumberFault fault)
    {
        fault = !CheckDigit.Agrees(value) ? NumberFault.CheckDigit
            : BirthDateOf(value) is null ? NumberFault.ImpossibleDate
            : NumberFault.None;
        number = fault == NumberFault.None ? new IdentityNumber(value) : default;
        return fault == NumberFault.None;
    }

    private static DateOnly? BirthDateOf(long value)
    {
        var century = (int)(value / 100_000 % 10);
        if (century is < 1 or > 6)
        {
            return null;
        }

        var year = 1800 + (century - 1) / 2 * 100 + (int)(value / 10_000_000_000);
        var month = (int)(value / 100_000_000 % 100);
        var day = (int)(value / 1_000_000 % 100);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }
}
