using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;

namespace Kepil.Fund.Payments;

/// <summary>How the plan of a contract burns down over a year.</summary>
/// <param name="Number">Its place in the list, from one.</param>
/// <param name="Months">All months of the year.</param>
public sealed record ContractUse(int Number, string Contract, int Year, IReadOnlyList<(DateOnly Month, Executed Sums)> Months)
{
    public Executed Total => Months.Aggregate(default(Executed), (s, m) => s + m.Sums);

    /// <summary>Contracts of a provider that plan something this year, or whose care of this year was settled.</summary>
    public static IReadOnlyList<ContractUse> Of(MoneyDesk desk, long provider)
    {
        var year = LocalDay.Of(desk.Desk.Clock.GetUtcNow()).Year;
        var plan = desk.Contracts.Plan(year).Where(p => p.Of.ProviderId == provider).ToLookup(p => p.Of.Contract);
        var fact = SettlementStore.Forms(desk.Ledger, year, DateTimeOffset.MaxValue).Where(f => f.Of.ProviderId == provider && f.Of.Contract.Length > 0).ToLookup(f => f.Of.Contract);
        return
        [
            .. plan.Select(p => p.Key).Union(fact.Select(f => f.Key)).Order(StringComparer.Ordinal).Select((contract, i) => new ContractUse(i + 1, contract, year,
                [.. Enumerable.Range(1, 12).Select(m => new DateOnly(year, m, 1)).Select(m => (m, plan[contract].Where(p => p.Month == m).Aggregate(default(Executed), (s, p) => s + new Executed(p.Sum, default, default, default, default, default))
                    + fact[contract].Where(f => f.Month == m).Aggregate(default(Executed), (s, f) => s + new Executed(default, f.Shares.Billed, f.Shares.Withheld, f.Shares.InDispute, f.Shares.Payable, default))))])),
        ];
    }
}
