using System.Globalization;
using Kepil.Fund.Ledger;
using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>An invoice to a provider for what is left of its charges under a contract and package.</summary>
/// <param name="UpTo">Number of the last posting that it counts.</param>
public sealed record ChargeInvoice(long Id, ContractPackage Of, Money Sum, long UpTo, string MadeBy, DateTimeOffset MadeAt)
{
    /// <summary>What the provider writes as the reference of his payment.</summary>
    public string Reference => string.Create(CultureInfo.InvariantCulture, $"I-{Id}");
}

/// <summary>An invoice that may not be made, with the reason.</summary>
public sealed class ChargeInvoiceRefusedException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}

/// <summary>Invoices: first a charge is set off against the next payment of the same contract, and only what that leaves is invoiced.</summary>
[Law("MON-321:53")]
public static class ChargeInvoiceStore
{
    private const string Columns = "SELECT id, provider_id, contract, package, amount, up_to, made_by, made_at FROM charge_invoice";

    /// <summary>Makes an invoice of all debts and penalties that are open under a contract and package.</summary>
    /// <param name="offsets">Whether charges are set off first; else the provider returns money himself.</param>
    /// <exception cref="ChargeInvoiceRefusedException">Nothing is open, it was invoiced already, or no settlement has come since the charge.</exception>
    public static ChargeInvoice Make(LedgerStore ledger, string who, ContractPackage of, bool offsets) => ledger.Write(who, "ChargeInvoiced", "provider:" + of.ProviderId.ToString(CultureInfo.InvariantCulture), work =>
    {
        var books = work.Balances(new(of.ProviderId, of.Contract, of.Package));
        var open = new[] { AccountKind.Debt, AccountKind.Penalty }.SelectMany(k => books.Months(k, of)).Where(m => m.Balance > Money.Zero).Aggregate(Money.Zero, (s, m) => s + m.Balance);
        var last = work.Query(
            "SELECT p.id, p.at FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE l.provider_id = @p0 AND l.contract = @p1 AND l.package = @p2 AND l.account IN ('debt', 'penalty') AND l.amount > 0 AND p.kind <> 'settlement' ORDER BY p.id DESC LIMIT 1",
            r => (Id: r.GetInt64(0), At: r.GetInt64(1)), of.ProviderId, of.Contract, of.Package);
        if (open == Money.Zero || last is not [var charge])
        {
            throw Refused("ашық талап жоқ", "открытых требований нет", "no charge is open");
        }

        if (offsets && work.Query("SELECT id FROM settlement_run WHERE at >= @p0", r => r.GetInt64(0), charge.At).Count == 0)
        {
            throw Refused("талап алдымен осы шарттың келесі төлемінде есепке алынады", "сначала требование зачитывается в следующей оплате по этому договору", "first the charge is set off in the next payment of this contract");
        }

        if (Of(work.Query(Columns + " WHERE provider_id = @p0 AND contract = @p1 AND package = @p2 ORDER BY id DESC LIMIT 1", Read, of.ProviderId, of.Contract, of.Package)) is { } before && before.UpTo >= charge.Id)
        {
            throw Refused($"бұл талаптарға {before.Reference} шоты берілген", $"на эти требования уже выставлен счёт {before.Reference}", $"the invoice {before.Reference} stands for these charges");
        }

        var invoice = new ChargeInvoice(work.Query("SELECT COALESCE(MAX(id), 0) + 1 FROM charge_invoice", r => r.GetInt64(0))[0], of, open, charge.Id, who, work.At);
        work.Insert("charge_invoice", ["id", "provider_id", "contract", "package", "amount", "up_to", "made_by", "made_at"], [[invoice.Id, of.ProviderId, of.Contract, of.Package, open.Tiyn, invoice.UpTo, who, work.At.ToUnixTimeMilliseconds()]]);
        work.Note(new { invoice = invoice.Id, sum = open.Tiyn });
        return invoice;
    });

    public static ChargeInvoice? Find(LedgerStore ledger, long id) => Of(ledger.Query(Columns + " WHERE id = @p0", Read, id));

    /// <summary>The same within a transaction that posts.</summary>
    public static ChargeInvoice? Find(LedgerWork work, long id) => Of(work.Query(Columns + " WHERE id = @p0", Read, id));

    /// <summary>Invoices of a provider, or all.</summary>
    public static IReadOnlyList<ChargeInvoice> All(LedgerStore ledger, long? provider) =>
        provider is { } one ? ledger.Query(Columns + " WHERE provider_id = @p0 ORDER BY id", Read, one) : ledger.Query(Columns + " ORDER BY id", Read);

    private static ChargeInvoice? Of(IReadOnlyList<ChargeInvoice> found) => found.Count == 0 ? null : found[0];

    private static ChargeInvoice Read(System.Data.Common.DbDataReader r) =>
        new(r.GetInt64(0), new(r.GetInt64(1), r.GetString(2), r.GetString(3)), new(r.GetInt64(4)), r.GetInt64(5), r.GetString(6), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(7)));

    private static ChargeInvoiceRefusedException Refused(string kk, string ru, string en) => new(new($"Шот берілмейді: {kk}.", $"Счёт не выставляется: {ru}.", $"No invoice: {en}."));
}
