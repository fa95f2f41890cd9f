using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;

namespace Kepil.Fund.Payments;

/// <summary>The paper of an invoice: made once, of the charges as they stood when the invoice was made.</summary>
public static class ChargePapers
{
    private const string FundAccountMissing = "–";

    /// <summary>What the paper is about, as documents keep it.</summary>
    public static string SubjectOf(long invoice) => FormattableString.Invariant($"invoice:{invoice}");

    public static StoredDocument? Of(MoneyDesk desk, long invoice) => desk.Documents.Newest(SubjectOf(invoice));

    /// <summary>Makes an invoice and its paper.</summary>
    /// <param name="by">The employee who issues them.</param>
    /// <exception cref="ChargeInvoiceRefusedException">No invoice may be made now.</exception>
    public static ChargeInvoice Make(MoneyDesk desk, string who, long by, Ledger.ContractPackage of)
    {
        var today = LocalDay.Of(desk.Desk.Clock.GetUtcNow());
        var invoice = ChargeInvoiceStore.Make(desk.Ledger, who, of, desk.Law.Policies["recovery"].On(today) == "offset_then_invoice");
        Issue(desk, invoice, by);
        return invoice;
    }

    /// <summary>The paper of an invoice; whoever comes second, or after a process that broke off, finds or makes the one.</summary>
    public static StoredDocument Issue(MoneyDesk desk, ChargeInvoice invoice, long by)
    {
        var region = desk.PaperNames.RegionOf(invoice.Of.ProviderId) ?? "00";
        var rows = ContractCharge.All(desk.Ledger, invoice.Of.ProviderId).Where(c => c.Of == invoice.Of && c.Posting <= invoice.UpTo && c.Kind != AccountKind.Scale && c.Open > Money.Zero).Reverse()
            .Select(c => new ChargeRow(GroundOf(c), c.Day, c.Sum, c.Lowered + c.SetOff + c.Paid, c.Open)).ToList();
        var package = invoice.Of.Package switch { "mams" => "МӘМС / ОСМС", "tmkkk" => "ТМККК / ГОБМП", var other => other };
        var account = desk.Bank.Details(int.MaxValue).FirstOrDefault(d => d.Account.Owner == 0 && d.Withdrawn is null && d.ServesFrom <= desk.Desk.Clock.GetUtcNow())?.Account is { } own ? $"{own.Iban}, {own.Bic}" : FundAccountMissing;
        var letter = new ChargeInvoiceLetter(
            desk.PaperNames.Letter(region, desk.PaperNames.Provider(invoice.Of.ProviderId), invoice.Of.ProviderId), invoice.Reference, invoice.Of.Contract, package, rows, invoice.Sum, account);
        return desk.Documents.IssueOnce(DocumentKind.ChargeInvoice, region, LocalDay.Of(invoice.MadeAt), SubjectOf(invoice.Id), invoice.Of.ProviderId, by, desk.Desk.Journal.Head().Hash, letter.ToForm);
    }

    private static string GroundOf(ContractCharge charge) => charge.Ground.Kind switch
    {
        "conclusion" => $"№ {charge.Ground.Id} қорытынды / заключение",
        "run" => $"№ {charge.Ground.Id} есеп айырысу / расчёт",
        _ => $"{charge.Ground.Id}",
    };
}
