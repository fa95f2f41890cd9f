using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>Something about the purchase cannot be done as it was asked: what is wrong and how to mend it.</summary>
public sealed class PurchaseRefusedException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}
