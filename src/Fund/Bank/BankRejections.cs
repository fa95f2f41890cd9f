using System.Globalization;
using Kepil.Fund.Ledger;
using Kepil.Law;

namespace Kepil.Fund.Bank;

/// <summary>Orders of a file that somebody says the bank rejected.</summary>
/// <param name="Outcome">confirmed or dropped; nothing while it waits for a second person.</param>
/// <param name="Orders">Numbers of the orders.</param>
public sealed record BankRejection(long Id, long File, string Reason, string ProposedBy, DateTimeOffset ProposedAt, string? Outcome, string? DecidedBy, IReadOnlyList<long> Orders);

/// <summary>Money of an order that the bank sent back.</summary>
public sealed record BankReturn(long Order, long ProviderId, Money Sum, DateOnly On, string Reason);

/// <summary>The way back of what the bank did not carry out: one person says so with the reason, another confirms, and the orders may go into another file, once.</summary>
public sealed class BankRejections(LedgerStore ledger)
{
    /// <summary>Signs of a reason at most.</summary>
    private const int MostSigns = 300;

    /// <summary>Says that the bank rejected a file or one of its orders.</summary>
    /// <param name="order">The order; nothing: all orders of the file that were not paid.</param>
    /// <exception cref="BankRefusedException">The file was not approved, nothing of it is left to reject, or no reason is given.</exception>
    public long Propose(string who, long file, long? order, string reason) => ledger.Write(who, "BankRejectionProposed", "payment-file:" + Text(file), work =>
    {
        if (reason.Trim() is not { Length: > 0 and <= MostSigns } why)
        {
            throw Refused("банктің себебін жазыңыз", "укажите причину банка", "give the bank's reason");
        }

        if (work.Query("SELECT file_id FROM payment_file_step WHERE file_id = @p0 AND step = 'approved'", r => r.GetInt64(0), file).Count == 0)
        {
            throw Refused($"№ {file} файл бекітілмеген", $"файл № {file} не утверждён", $"the file {file} was not approved");
        }

        var open = new OpenPayments(work);
        var orders = work.Query(
            """
            SELECT o.posting_id, p.key FROM payment_file_order AS o JOIN ledger_posting AS p ON p.id = o.posting_id
            WHERE o.file_id = @p0 AND NOT EXISTS (SELECT 1 FROM bank_rejection_order AS b LEFT JOIN bank_rejection_decided AS d ON d.rejection_id = b.rejection_id
              WHERE b.file_id = o.file_id AND b.posting_id = o.posting_id AND (d.outcome IS NULL OR d.outcome = 'confirmed')) ORDER BY o.posting_id
            """,
            r => (Id: r.GetInt64(0), Key: r.GetString(1)), file).Where(o => (order ?? o.Id) == o.Id && open.Of(o.Key) is null).Select(o => o.Id).ToList();
        if (orders.Count == 0)
        {
            throw Refused("файлда төленбеген және қайтарылмаған мұндай тапсырма жоқ", "такого неоплаченного и ещё не отклонённого поручения в файле нет", "the file has no such order that is unpaid and not rejected yet");
        }

        var id = work.Query("SELECT COALESCE(MAX(id), 0) + 1 FROM bank_rejection", r => r.GetInt64(0))[0];
        work.Insert("bank_rejection", ["id", "file_id", "reason", "proposed_by", "proposed_at"], [[id, file, why, who, work.At.ToUnixTimeMilliseconds()]]);
        work.Insert("bank_rejection_order", ["rejection_id", "file_id", "posting_id"], orders.Select(o => (object?[])[id, file, o]));
        work.Note(new { id, file, orders = orders.Count, reason = why });
        return id;
    });

    /// <summary>Another person confirms, and the orders are payable again; or somebody drops what was said, and nothing changes.</summary>
    /// <param name="confirmed">Else it is dropped.</param>
    /// <exception cref="BankRefusedException">The same person, a second decision, or an order that the bank paid meanwhile.</exception>
    public void Decide(string who, long rejection, bool confirmed) => ledger.Write(who, "BankRejectionDecided", "bank-rejection:" + Text(rejection), work =>
    {
        if (work.Query("SELECT proposed_by FROM bank_rejection WHERE id = @p0", r => r.GetString(0), rejection) is not [var by] || work.Query("SELECT rejection_id FROM bank_rejection_decided WHERE rejection_id = @p0", r => r.GetInt64(0), rejection).Count > 0)
        {
            throw Refused("мұндай ашық өтініш жоқ", "такого открытого сообщения нет", "there is no such open notice");
        }

        if (confirmed && by == who)
        {
            throw Refused("растайтын адам басқа болуы керек", "подтверждает другой человек", "another person confirms");
        }

        var open = new OpenPayments(work);
        if (confirmed && work.Query("SELECT p.id, p.key FROM bank_rejection_order AS b JOIN ledger_posting AS p ON p.id = b.posting_id WHERE b.rejection_id = @p0", r => (Id: r.GetInt64(0), Key: r.GetString(1)), rejection).FirstOrDefault(o => open.Of(o.Key) is not null) is { Key: not null } paid)
        {
            throw Refused($"P-{paid.Id} тапсырмасын банк төлеп қойған", $"поручение P-{paid.Id} банк уже исполнил", $"the bank paid the order P-{paid.Id}");
        }

        work.Insert("bank_rejection_decided", ["rejection_id", "outcome", "decided_by", "decided_at"], [[rejection, confirmed ? "confirmed" : "dropped", who, work.At.ToUnixTimeMilliseconds()]]);
        work.Note(new { rejection, confirmed });
        return true;
    });

    /// <summary>What was said of files, the newest first.</summary>
    public IReadOnlyList<BankRejection> Of(int most)
    {
        var rows = ledger.Query(
            "SELECT r.id, r.file_id, r.reason, r.proposed_by, r.proposed_at, d.outcome, d.decided_by FROM bank_rejection AS r LEFT JOIN bank_rejection_decided AS d ON d.rejection_id = r.id ORDER BY r.id DESC LIMIT @p0",
            r => new BankRejection(
                r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4)), r.IsDBNull(5) ? null : r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), []), (long)most);
        return [.. rows.Select(r => r with { Orders = ledger.Query("SELECT posting_id FROM bank_rejection_order WHERE rejection_id = @p0 ORDER BY posting_id", o => o.GetInt64(0), r.Id) })];
    }

    /// <summary>Money that came back, the newest first.</summary>
    public IReadOnlyList<BankReturn> Returns(int most) => ledger.Query(
        "SELECT b.order_id, l.provider_id, l.amount, p.day, b.reason FROM bank_return AS b JOIN ledger_posting AS p ON p.id = b.posting_id JOIN ledger_leg AS l ON l.posting_id = p.id AND l.account = 'bank' ORDER BY b.posting_id DESC LIMIT @p0",
        r => new BankReturn(r.GetInt64(0), r.GetInt64(1), new(r.GetInt64(2)), LedgerStore.Day(r.GetString(3)), r.GetString(4)), (long)most);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static BankRefusedException Refused(string kk, string ru, string en) => new(new($"Орындалмады: {kk}.", $"Не выполнено: {ru}.", $"Refused: {en}."));
}
