using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;

namespace Kepil.Fund.Bank;

/// <summary>Money that providers pay by an invoice: it is known by the invoice's reference in the payment.</summary>
internal static partial class Repayments
{
    /// <summary>The posting that closes charges by it; nothing where the entry names no invoice of ours.</summary>
    /// <exception cref="BankRefusedException">More was paid than is open: what it is for must be cleared first.</exception>
    public static Posting? Of(LedgerWork work, Books books, BankEntry line, PostingGround ground)
    {
        var named = Reference().Match(line.EndToEnd + " " + line.Purpose);
        if (line.Debit || !named.Success || ChargeInvoiceStore.Find(work, long.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture)) is not { } invoice)
        {
            return null;
        }

        var posting = Bookings.Repayment(books, $"repayment|{invoice.Reference}|{ground}", ground, line.BookedOn, invoice.Of, line.Sum) ?? throw new BankRefusedException(new(
            $"Орындалмады: {invoice.Reference} шоты бойынша {line.Sum} төленді, бұл ашық сомадан көп.", $"Не выполнено: по счёту {invoice.Reference} оплачено {line.Sum}, больше открытой суммы.",
            $"Refused: {line.Sum} was paid by the invoice {invoice.Reference}, more than is open."));
        books.Add(posting);
        return posting;
    }

    [GeneratedRegex(@"\bI-([0-9]{1,15})\b")]
    private static partial Regex Reference();
}
