using System.Globalization;

namespace Kepil.Law;

/// <summary>The number of an organisation (БСН, БИН): year and month of registration, kind, serial, check digit.</summary>
/// <remarks>Sole traders appear under their identity number, which has the month at the same place and the same check digit.</remarks>
public readonly record struct OrganisationNumber
{
    private OrganisationNumber(long value) => Value = value;

    /// <summary>The twelve digits as a number; leading zeros come back on display.</summary>
    public long Value { get; }

    public override string ToString() => Value.ToString("D12", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out OrganisationNumber number, out NumberFault fault)
    {
        number = default;
        fault = CheckDigit.Read(text, out var value);
        return fault == NumberFault.None && TryAccept(value, out number, out fault);
    }

    /// <summary>The number from a cell that a spreadsheet stored as a number and so lost its leading zeros.</summary>
    public static bool TryRestore(long value, out OrganisationNumber number, out NumberFault fault)
    {
        number = default;
        fault = NumberFault.Length;
        return value is > 0 and < CheckDigit.Limit && TryAccept(value, out number, out fault);
    }

    /// <summary>A number of a resident's head organisation registered in a month, or nothing when this serial is never issued.</summary>
    public static OrganisationNumber? Make(int year, int month, int serial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, 99_999);
        var eleven = ((long)(year % 100 * 100 + month) * 100 + 40) * 100_000 + serial;
        return CheckDigit.Of(eleven) is { } check ? new OrganisationNumber(eleven * 10 + check) : null;
    }

    private static bool TryAccept(long value, out OrganisationNumber number, out NumberFault fault)
    {
        fault = !CheckDigit.Agrees(value) ? NumberFault.CheckDigit
            : value / 100_000_000 % 100 is < 1 or > 12 ? NumberFault.ImpossibleDate
            : NumberFault.None;
        number = fault == NumberFault.None ? new OrganisationNumber(value) : default;
        return fault == NumberFault.None;
    }
}
