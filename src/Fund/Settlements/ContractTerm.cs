using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>What a contract lets the Fund pay for a package.</summary>
/// <param name="Sum">What may be settled in all; nothing when the contract names no sum.</param>
/// <param name="First">Care of earlier months is not under it.</param>
/// <param name="Last">Nor is care of later ones.</param>
public sealed record ContractTerm(Money? Sum, DateOnly First, DateOnly Last)
{
    /// <summary>Where no register of contracts was loaded the number that a line names is believed.</summary>
    public static readonly ContractTerm Believed = new(null, DateOnly.MinValue, DateOnly.MaxValue);

    /// <summary>A contract that the register does not know: nothing is paid under it.</summary>
    public static readonly ContractTerm Unknown = new(Money.Zero, DateOnly.MaxValue, DateOnly.MinValue);

    /// <summary>Whether care of a month is under the contract.</summary>
    /// <param name="month">Its first day; the term counts by months, as the plan does.</param>
    public bool Covers(DateOnly month) => month <= Last && (month >= First || (month.Year, month.Month) == (First.Year, First.Month));
}
