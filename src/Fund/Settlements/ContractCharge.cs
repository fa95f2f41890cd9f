using Kepil.Fund.Ledger;
using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>A charge with what became of it.</summary>
/// <param name="Posting">Number of the posting that charged.</param>
/// <param name="Lowered">What a correction or the state body took off.</param>
/// <param name="SetOff">What payments of the contract were lessened by.</param>
/// <param name="Paid">What the provider paid by an invoice.</param>
/// <param name="Invoice">Number of the invoice on which it stands.</param>
public sealed record ContractCharge(long Posting, DateOnly Day, PostingGround Ground, AccountKind Kind, ContractPackage Of, Money Sum, Money Lowered, Money SetOff, Money Paid, long? Invoice)
{
    private static readonly AccountKind[] Kinds = [AccountKind.Debt, AccountKind.Penalty, AccountKind.Scale];

    public Money Open => Sum - Lowered - SetOff - Paid;

    /// <summary>open, invoiced, paid, offset or lowered.</summary>
    public string State => Open > Money.Zero ? Invoice is null ? "open" : "invoiced" : Paid > Money.Zero ? "paid" : SetOff > Money.Zero ? "offset" : "lowered";

    /// <summary>Charges of a provider, or of all: each lowering goes to the charge of its ground, each set-off and repayment to the oldest that is open.</summary>
    public static IReadOnlyList<ContractCharge> All(LedgerStore ledger, long? provider = null)
    {
        var invoices = ChargeInvoiceStore.All(ledger, provider).ToLookup(i => i.Of);
        var rows = ledger.Query(
            $"SELECT p.id, p.kind, p.day, p.ground, l.account, l.provider_id, l.contract, l.package, CAST(SUM(l.amount) AS bigint) FROM ledger_leg AS l JOIN ledger_posting AS p ON p.id = l.posting_id WHERE l.account IN ('debt', 'penalty', 'scale') {(provider is null ? "" : "AND l.provider_id = @p0")} GROUP BY p.id, p.kind, p.day, p.ground, l.account, l.provider_id, l.contract, l.package ORDER BY p.id",
            r => (Id: r.GetInt64(0), Kind: r.GetString(1), Day: LedgerStore.Day(r.GetString(2)), Ground: PostingGround.Parse(r.GetString(3)), Account: Chart.KindOf(r.GetString(4)), Of: new ContractPackage(r.GetInt64(5), r.GetString(6), r.GetString(7)), Sum: new Money(r.GetInt64(8))),
            provider is { } one ? [one] : []);
        var charges = new List<ContractCharge>();
        foreach (var account in rows.GroupBy(r => (r.Account, r.Of)))
        {
            var own = new List<ContractCharge>();
            foreach (var row in account)
            {
                if (row.Sum > Money.Zero && row.Kind is not "settlement")
                {
                    own.Add(new(row.Id, row.Day, row.Ground, row.Account, row.Of, row.Sum, default, default, default, invoices[row.Of].FirstOrDefault(i => i.UpTo >= row.Id)?.Id));
                    continue;
                }

                var rest = -row.Sum;
                bool IsOfIt(ContractCharge c) => row.Kind is "lowered" or "reversal" && c.Ground == row.Ground;
                // What was lowered below what was set off is given back by a settlement: there the sum of the row is above zero.
                foreach (var place in Enumerable.Range(0, own.Count).OrderByDescending(i => IsOfIt(own[i])).ThenBy(i => i))
                {
                    var charge = own[place];
                    var part = IsOfIt(charge) ? Money.Smaller(rest, charge.Sum - charge.Lowered) : rest > Money.Zero ? Money.Smaller(rest, Money.Larger(Money.Zero, charge.Open)) : Money.Larger(rest, Money.Smaller(Money.Zero, charge.Open));
                    own[place] = row.Kind switch { "settlement" => charge with { SetOff = charge.SetOff + part }, "repayment" => charge with { Paid = charge.Paid + part }, _ => charge with { Lowered = charge.Lowered + part } };
                    rest -= part;
                }
            }

            charges.AddRange(own);
        }

        return [.. charges.Where(c => Kinds.Contains(c.Kind)).OrderByDescending(c => c.Posting)];
    }
}

/// <summary>An advance with what was taken back of it.</summary>
/// <param name="Recovered">Of all advances of the contract and package, the oldest first.</param>
public sealed record SeenAdvance(long Posting, string Agreement, ContractPackage Of, Advance Advance, Money Recovered)
{
    public Money Outstanding => Advance.Sum - Recovered;

    /// <summary>Advances of a provider, or of all, the newest first.</summary>
    public static IReadOnlyList<SeenAdvance> All(LedgerStore ledger, long? provider = null)
    {
        var given = ledger.Query(
            $"SELECT id, agreement, provider_id, contract, package, amount, first_month, months FROM contract_advance {(provider is null ? "" : "WHERE provider_id = @p0")} ORDER BY id",
            r => (Id: r.GetInt64(0), Agreement: r.GetString(1), Of: new ContractPackage(r.GetInt64(2), r.GetString(3), r.GetString(4)), Advance: new Advance(new(r.GetInt64(5)), LedgerStore.Day(r.GetString(6)), r.GetInt32(7))), provider is { } one ? [one] : []);
        var recovered = ledger.Query(
            $"SELECT provider_id, contract, package, CAST(-SUM(amount) AS bigint) FROM ledger_leg WHERE account = 'advance_recovered' {(provider is null ? "" : "AND provider_id = @p0")} GROUP BY provider_id, contract, package",
            r => (Of: new ContractPackage(r.GetInt64(0), r.GetString(1), r.GetString(2)), Sum: new Money(r.GetInt64(3))), provider is { } same ? [same] : []).ToDictionary(r => r.Of, r => r.Sum);
        var seen = new List<SeenAdvance>();
        foreach (var advance in given)
        {
            var part = Money.Smaller(advance.Advance.Sum, recovered.GetValueOrDefault(advance.Of));
            recovered[advance.Of] = recovered.GetValueOrDefault(advance.Of) - part;
            seen.Add(new(advance.Id, advance.Agreement, advance.Of, advance.Advance, part));
        }

        seen.Reverse();
        return seen;
    }
}
