using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Ledger;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Settlements;

/// <summary>What one posting did to a line, and why.</summary>
/// <param name="Why">Grounds of the line's shares as they were then: register, cases with the number of their acts, findings.</param>
/// <param name="Settled">The settlement that the line's change went into; nothing while it is open.</param>
/// <param name="Paid">The payment of that settlement's order by the bank.</param>
public sealed record LineStep(Posting Register, LineShares Change, string Why, Posting? Settled, Posting? Paid);

/// <summary>A line's way through the ledger.</summary>
public sealed record LineTrail(long ServiceId, string LineId, DateOnly Month, IReadOnlyList<LineStep> Steps)
{
    /// <summary>The line as the ledger has it now.</summary>
    public LineShares Shares => Steps.Aggregate(default(LineShares), (s, step) => s + step.Change);
}

/// <summary>A line that a payment is made of.</summary>
public sealed record PaidLine(long ServiceId, LineShares Change);

/// <summary>What a settlement took from one month: the postings of its lines since the settlement before, and the heaviest of the lines.</summary>
/// <param name="Taken">What the settlement took of the month.</param>
/// <param name="FromLines">What the lines brought since the settlement before; it differs from what was taken where something was left open before or is left now.</param>
public sealed record PaidMonth(DateOnly Month, Money Taken, Money FromLines, long Lines, IReadOnlyList<PaidLine> Heaviest);

/// <summary>An order or payment down to its services.</summary>
public sealed record PaymentTrail(Posting Settlement, IReadOnlyList<PaidMonth> Months, IReadOnlyList<Posting> Payments);

/// <summary>Follows a line to the payment and a payment down to its lines, by the ledger and the files that its postings name.</summary>
public sealed class Trail(FundFolder folder, LedgerStore ledger)
{
    /// <summary>The way of a line; nothing when no settlement has met it.</summary>
    /// <param name="line">Its number in the fund.</param>
    /// <param name="lineId">The id that the provider gave it.</param>
    public LineTrail? OfLine(long line, string lineId, DateOnly month)
    {
        var steps = new List<LineStep>();
        foreach (var state in SettlementStore.Months(ledger).Where(s => s.Month == month && s.Detail is not null))
        {
            foreach (var (of, change, why) in Rows(state.Detail!, string.Create(CultureInfo.InvariantCulture, $"service_id = {line}"), 100, r => (Of: new ContractPackage(r.Long(1), r.Text(2), r.Text(3)), Change: SharesOf(r), Why: r.TextOrNull(8) ?? "")))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"register|{month:yyyy-MM}|{state.Number}|{of.ProviderId}|{of.Contract}|{of.Package}");
                // A posting whose lines cancel out moves nothing and is not there.
                if (ledger.Find(key) is { } register)
                {
                    var settled = Settlements(of).FirstOrDefault(s => s.Id > register.Id && s.Legs.Any(l => l.Account.Kind == AccountKind.Settled && l.Account.Month == month));
                    steps.Add(new(register, change, why, settled, settled is null ? null : PaymentsOf(settled).LastOrDefault()));
                }
            }
        }

        foreach (var register in Recalculations(month))
        {
            steps.AddRange(Rows(register.Detail!, string.Create(CultureInfo.InvariantCulture, $"service_id = {line}") + " AND " + Owner(register.Legs[0].Account.Of), 1, r => (Change: SharesOf(r), Why: r.TextOrNull(8) ?? "")).Select(r =>
                Settlements(register.Legs[0].Account.Of).FirstOrDefault(s => s.Id > register.Id && s.Legs.Any(l => l.Account.Kind == AccountKind.Settled && l.Account.Month == month)) is var settled
                    ? new LineStep(register, r.Change, r.Why, settled, settled is null ? null : PaymentsOf(settled).LastOrDefault()) : null!));
        }

        return steps.Count == 0 ? null : new(line, lineId, month, steps);
    }

    /// <summary>An order down to its lines; nothing when the number is of no settlement or payment.</summary>
    /// <param name="number">Number of the posting: of the settlement that ordered, or of the payment.</param>
    /// <param name="most">How many of the heaviest lines of each month are told.</param>
    public PaymentTrail? OfPayment(long number, int most)
    {
        var posting = ledger.Find(number);
        if (posting is { Kind: "payment" } && posting.Key.Split('|') is var parts)
        {
            // payment|settlement|run|provider|contract|package|ground
            posting = ledger.Find(string.Join('|', parts[1..6]));
        }

        if (posting is not { Kind: "settlement" })
        {
            return null;
        }

        var of = posting.Legs[0].Account.Of;
        var before = Settlements(of).Where(s => s.Id < posting.Id).ToList();
        var months = new List<PaidMonth>();
        foreach (var leg in posting.Legs.Where(l => l.Account.Kind == AccountKind.Settled))
        {
            var month = leg.Account.Month;
            var since = before.LastOrDefault(s => s.Legs.Any(l => l.Account.Kind == AccountKind.Settled && l.Account.Month == month))?.Id ?? 0;
            var registers = ledger.Postings(new(of.ProviderId, of.Contract, of.Package, month, UpTo: posting.Id), "register").Where(r => r.Id > since && r.Detail is not null).ToList();
            var lines = registers.SelectMany(r => Rows(r.Detail!, Owner(of) + " AND billed - withheld - in_dispute <> 0", most, d => new PaidLine(d.Long(0), SharesOf(d)))).ToList();
            months.Add(new(
                month, leg.Amount, new(registers.SelectMany(r => r.Legs).Where(l => l.Account.Kind == AccountKind.Payable).Sum(l => -l.Amount.Tiyn)), registers.Sum(r => r.Lines),
                [.. lines.OrderByDescending(l => l.Change.Payable.Tiyn).ThenBy(l => l.ServiceId).Take(most)]));
        }

        return new(posting, months, PaymentsOf(posting));
    }

    /// <summary>What acts that work backwards changed of a month.</summary>
    private IEnumerable<Posting> Recalculations(DateOnly month) => ledger.Query(
        "SELECT DISTINCT p.id FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE p.kind = 'register' AND substr(p.ground, 1, 4) = 'act:' AND l.month = @p0 ORDER BY p.id", r => r.GetInt64(0), LedgerStore.Text(month)).Select(id => ledger.Find(id)!);

    private IReadOnlyList<Posting> Settlements(ContractPackage of) => ledger.Postings(new(of.ProviderId, of.Contract, of.Package), "settlement");

    private List<Posting> PaymentsOf(Posting settlement) => settlement.Legs.FirstOrDefault(l => l.Account.Kind == AccountKind.Ordered) is { Amount.Tiyn: < 0 } order
        ? [.. ledger.Postings(new(order.Account.Of.ProviderId, order.Account.Of.Contract, order.Account.Of.Package), "payment").Where(p => p.Key.StartsWith("payment|" + settlement.Key + "|", StringComparison.Ordinal))]
        : [];

    private List<T> Rows<T>(LineDetail detail, string where, int most, Func<DuckRow, T> read)
    {
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 512);
        using var connection = database.Connect();
        return [.. connection.QueryAll(
            $"SELECT {string.Join(", ", LineQueries.Detail.Select(c => c.Name).Where(c => c != "care_form"))} FROM read_parquet('{RuleWorker.Quoted(folder.At(detail.Path))}') WHERE {where} ORDER BY billed - withheld - in_dispute DESC, service_id LIMIT {most}",
            r => read(new(r)))];
    }

    private static string Owner(ContractPackage of) =>
        string.Create(CultureInfo.InvariantCulture, $"provider_id = {of.ProviderId} AND contract = '{RuleWorker.Quoted(of.Contract)}' AND package = '{RuleWorker.Quoted(of.Package)}'");

    private static LineShares SharesOf(DuckRow r) => new(new(r.Long(4)), new(r.Long(5)), new(r.Long(6)), new(r.Long(7)));
}
