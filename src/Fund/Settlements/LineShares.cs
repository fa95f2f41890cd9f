using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>How a bill is shared out, or by how much its shares changed: what is payable, withheld and in dispute make up the bill.</summary>
/// <param name="Debt">What confirmed findings take beyond the bill.</param>
public readonly record struct LineShares(Money Billed, Money Withheld, Money InDispute, Money Debt)
{
    [Law("MON-321:12")]
    public Money Payable => Billed - Withheld - InDispute;

    public static LineShares operator +(LineShares a, LineShares b) => new(a.Billed + b.Billed, a.Withheld + b.Withheld, a.InDispute + b.InDispute, a.Debt + b.Debt);

    public static LineShares operator -(LineShares a, LineShares b) => new(a.Billed - b.Billed, a.Withheld - b.Withheld, a.InDispute - b.InDispute, a.Debt - b.Debt);
}
