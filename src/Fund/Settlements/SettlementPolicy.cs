using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>The readings by which a month is settled.</summary>
/// <param name="MultiCode">How several findings of a line are priced: max, sum or sum_capped.</param>
/// <param name="SetsApart">What is in dispute waits; else it is paid and taken back later.</param>
/// <param name="HoldsLine">A dispute holds the whole line, not its sum alone.</param>
/// <param name="CarriesDebt">What exceeds the bill is a debt of the provider.</param>
/// <param name="Deducts">What is deducted from the payable sum, in this order.</param>
/// <param name="HoldsAtContract">No more is settled than the contract's sum.</param>
/// <param name="CountsGiven">The limit of the advance is compared with all that was given, not with what is outstanding.</param>
/// <param name="AdvancePercent">Limit of the advance in percent of the contract's sum.</param>
public sealed record SettlementPolicy(
    string MultiCode, bool SetsApart, bool HoldsLine, bool CarriesDebt, IReadOnlyList<AccountKind> Deducts, bool HoldsAtContract, bool CountsGiven, int AdvancePercent)
{
    /// <summary>What is in force on a day.</summary>
    public static SettlementPolicy On(LawBook law, DateOnly day)
    {
        var policies = law.Policies.On(day);
        // Where providers return money themselves nothing is set off against a payment.
        var offsets = policies["recovery"] == "offset_then_invoice";
        return new(
            policies.LinePricing,
            policies["disputed_at_close"] == "carry_line",
            policies["dispute_holds"] == "line",
            policies["negative_balance"] == "carry",
            [.. policies["deduction_order"].Split('_').Select(Deduction).Where(k => offsets || k != AccountKind.Debt)],
            policies["over_contract"] == "hold",
            policies["advance_counts"] == "given",
            (int)law.Parameters.Value("advance_limit", day));
    }

    private static AccountKind Deduction(string word) => word switch
    {
        "scale" => AccountKind.Scale,
        "debt" => AccountKind.Debt,
        "advance" => AccountKind.AdvanceRecovered,
        "penalty" => AccountKind.Penalty,
        _ => throw new ArgumentException($"'{word}' of the policy deduction_order is no deduction."),
    };
}
