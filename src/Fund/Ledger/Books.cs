using Kepil.Law;

namespace Kepil.Fund.Ledger;

/// <summary>Balances by account, on which the next posting is decided.</summary>
public sealed class Books
{
    private readonly Dictionary<ContractPackage, Dictionary<(AccountKind Kind, DateOnly Month), long>> balances = [];

    /// <summary>Whose accounts these are.</summary>
    public IEnumerable<ContractPackage> All => balances.Keys;

    /// <summary>Every account that was ever moved, with its balance.</summary>
    public IEnumerable<(Account Account, Money Balance)> Balances =>
        from owner in balances from b in owner.Value select (new Account(b.Key.Kind, owner.Key, b.Key.Month), new Money(b.Value));

    /// <summary>The balance of an account: debit above zero, credit below.</summary>
    public Money this[AccountKind kind, ContractPackage of, DateOnly month] =>
        new(balances.TryGetValue(of, out var own) ? own.GetValueOrDefault((kind, month)) : 0);

    /// <summary>The balance of a kind over all months.</summary>
    public Money this[AccountKind kind, ContractPackage of] => Months(kind, of).Aggregate(Money.Zero, (s, m) => s + m.Balance);

    /// <summary>Balances of a kind by month, the oldest first, without those that are empty.</summary>
    public IReadOnlyList<(DateOnly Month, Money Balance)> Months(AccountKind kind, ContractPackage of) => balances.TryGetValue(of, out var own)
        ? [.. own.Where(b => b.Key.Kind == kind && b.Value != 0).Select(b => (b.Key.Month, new Money(b.Value))).OrderBy(b => b.Month)]
        : [];

    /// <summary>What is due for a month and went into no settlement yet.</summary>
    public Money Open(ContractPackage of, DateOnly month) => -this[AccountKind.Payable, of, month] - this[AccountKind.Settled, of, month];

    public void Add(Account account, Money amount)
    {
        if (!balances.TryGetValue(account.Of, out var own))
        {
            balances.Add(account.Of, own = []);
        }

        own[(account.Kind, account.Month)] = checked(own.GetValueOrDefault((account.Kind, account.Month)) + amount.Tiyn);
    }

    public void Add(Posting posting)
    {
        foreach (var leg in posting.Legs)
        {
            Add(leg.Account, leg.Amount);
        }
    }
}
