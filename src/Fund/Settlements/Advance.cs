using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>An advance under a contract and the months over which it is recovered in equal parts.</summary>
/// <param name="First">First month from whose payment a part is taken.</param>
/// <param name="Months">Number of parts.</param>
public sealed record Advance(Money Sum, DateOnly First, int Months)
{
    /// <summary>What is to have been recovered with the payment of a month; whole with the last one.</summary>
    public Money DueBy(DateOnly month)
    {
        var passed = ((month.Year - First.Year) * 12) + month.Month - First.Month + 1;
        // Parts are rounded down, so that the last one closes the advance to the tiyn.
        return passed <= 0 ? Money.Zero : passed >= Months ? Sum : new(checked((long)((Int128)Sum.Tiyn * passed / Months)));
    }
}

/// <summary>An advance that may not be given, with the reason.</summary>
public sealed class AdvanceRefusedException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}
