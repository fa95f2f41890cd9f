using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Ledger;
using Kepil.Monitoring;

namespace Kepil.Fund.Settlements;

/// <summary>Which lines the bank has paid: by the ledger, and by the files that its postings of registers name.</summary>
public sealed class PaidLines(FundFolder folder, LedgerStore ledger)
{
    /// <summary>The lines among those asked for that were paid, with the day of the payment. One of which everything was withheld or in dispute was not paid.</summary>
    /// <param name="month">The month of the lines.</param>
    /// <param name="lines">Numbers of lines in the fund.</param>
    public IReadOnlyDictionary<long, DateOnly> Of(DateOnly month, IReadOnlyCollection<long> lines)
    {
        if (lines.Count == 0 || Paid(month) is not { Count: > 0 } paid)
        {
            return new Dictionary<long, DateOnly>();
        }

        var found = new Dictionary<long, DateOnly>();
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 512);
        using var connection = database.Connect();
        foreach (var state in SettlementStore.Months(ledger).Where(s => s.Month == month && s.Detail is not null))
        {
            var rows = connection.QueryAll(
                $"""
                SELECT service_id, provider_id, contract, package FROM read_parquet('{RuleWorker.Quoted(folder.At(state.Detail!.Path))}')
                WHERE service_id IN ({string.Join(", ", lines.Select(l => l.ToString(CultureInfo.InvariantCulture)))}) AND billed - withheld - in_dispute > 0
                """,
                r => (Line: r.Long(0), Of: new ContractPackage(r.Long(1), r.Text(2), r.Text(3))));
            foreach (var (line, of) in rows)
            {
                if (paid.TryGetValue((state.Number, of), out var day))
                {
                    found.TryAdd(line, day);
                }
            }
        }

        return found;
    }

    /// <summary>States of the month whose sums a payment covered, by whose they are: the first settlement after the posting of the register took them.</summary>
    private Dictionary<(long State, ContractPackage Of), DateOnly> Paid(DateOnly month)
    {
        var name = LedgerStore.Text(month);
        // payment|settlement|run|provider|contract|package|ground
        var payments = ledger.Query(
                "SELECT p.key, p.day FROM ledger_posting AS p WHERE p.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM ledger_posting AS r WHERE r.key = 'reversal|' || p.key) ORDER BY p.id",
                r => (Key: string.Join('|', r.GetString(0).Split('|')[1..6]), Day: LedgerStore.Day(r.GetString(1))))
            .GroupBy(p => p.Key).ToDictionary(p => p.Key, p => p.First().Day, StringComparer.Ordinal);
        if (payments.Count == 0)
        {
            return [];
        }

        var settled = ledger.Query(
                "SELECT DISTINCT p.id, p.key, l.provider_id, l.contract, l.package FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE p.kind = 'settlement' AND l.account = 'settled' AND l.month = @p0 ORDER BY p.id",
                r => (Id: r.GetInt64(0), Key: r.GetString(1), Of: new ContractPackage(r.GetInt64(2), r.GetString(3), r.GetString(4))), name)
            .ToLookup(s => s.Of);
        var registers = ledger.Query(
            "SELECT DISTINCT p.id, p.key, l.provider_id, l.contract, l.package FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE p.kind = 'register' AND l.month = @p0 ORDER BY p.id",
            r => (Id: r.GetInt64(0), Key: r.GetString(1), Of: new ContractPackage(r.GetInt64(2), r.GetString(3), r.GetString(4))), name);
        var paid = new Dictionary<(long, ContractPackage), DateOnly>();
        foreach (var register in registers)
        {
            // register|month|state|provider|contract|package; that of a late tariff has another form and moves no line's first payment.
            if (register.Key.Split('|') is ["register", _, var state, ..] && long.TryParse(state, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && settled[register.Of].FirstOrDefault(s => s.Id > register.Id) is { Key: not null } took && payments.TryGetValue(took.Key, out var day))
            {
                paid[(number, register.Of)] = day;
            }
        }

        return paid;
    }
}
