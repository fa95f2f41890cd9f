using System.Data.Common;
using Kepil.Fund.Ledger;
using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>What a run found of a month: which records and cases it saw, and where it wrote what changed.</summary>
/// <param name="Number">States of a month are numbered from one.</param>
/// <param name="Records">Numbers of the files of records that counted.</param>
/// <param name="Cases">Number of cases and of their events.</param>
/// <param name="Monitoring">Number of the monitoring whose findings counted.</param>
public sealed record SettledMonth(DateOnly Month, long Number, long RunId, string Records, string Cases, long Monitoring, LineDetail? Detail, long Lines);

/// <summary>How much the bills of a form of care changed with a run, of a month and what is paid apart.</summary>
/// <param name="CareForm">Empty where a run of an older program did not tell it.</param>
public sealed record FormShares(ContractPackage Of, string CareForm, DateOnly Month, LineShares Shares);

/// <summary>Runs of settlement and advances of contracts, in the tables of the ledger.</summary>
public static class SettlementStore
{
    private const string AllMonths = "SELECT month, number, run_id, records, cases, monitoring, detail, detail_hash, line_count FROM settlement_month ORDER BY month, number";

    /// <summary>All states of all months, in their order.</summary>
    public static IReadOnlyList<SettledMonth> Months(LedgerStore ledger) => ledger.Query(AllMonths, MonthOf);

    /// <summary>The same within a transaction that posts.</summary>
    public static IReadOnlyList<SettledMonth> Months(LedgerWork work) => work.Query(AllMonths, MonthOf);

    /// <summary>What the act of services of a provider for a run is about, as documents keep it.</summary>
    public static string ActOf(long run, long provider) => FormattableString.Invariant($"act:r{run}:{provider}");

    /// <summary>What the act is about on which an order rests: a settlement's by its key; nothing for an advance, which rests on its agreement.</summary>
    public static string? ActOf(string orderKey) =>
        orderKey.Split('|') is ["settlement", var run, var provider, ..] ? ActOf(long.Parse(run, System.Globalization.CultureInfo.InvariantCulture), long.Parse(provider, System.Globalization.CultureInfo.InvariantCulture)) : null;

    /// <summary>The month that a run settled; nothing when there was no such run.</summary>
    public static DateOnly? MonthOf(LedgerStore ledger, long run) => ledger.Query("SELECT month FROM settlement_run WHERE id = @p0", r => LedgerStore.Day(r.GetString(0)), run) is [var month] ? month : null;

    public static long NextRun(LedgerWork work) => work.Query("SELECT COALESCE(MAX(id), 0) + 1 FROM settlement_run", r => r.GetInt64(0))[0];

    public static void Add(LedgerWork work, long run, DateOnly month, string who, IReadOnlyList<SettledMonth> months, int postings, string digest)
    {
        work.Insert("settlement_run", ["id", "month", "at", "who", "posting_count", "digest"], [[run, LedgerStore.Text(month), work.At.ToUnixTimeMilliseconds(), who, (long)postings, digest]]);
        work.Insert("settlement_month", ["month", "number", "run_id", "records", "cases", "monitoring", "detail", "detail_hash", "line_count"], months.Select(m => (object?[])
            [LedgerStore.Text(m.Month), m.Number, run, m.Records, m.Cases, m.Monitoring, m.Detail?.Path, m.Detail?.Hash, m.Lines]));
    }

    /// <summary>Keeps what a run changed by form of care: together with the postings of its registers it comes to the same sums.</summary>
    public static void Add(LedgerWork work, long run, IEnumerable<FormShares> forms) => work.Insert(
        "settlement_form", ["run_id", "month", "provider_id", "contract", "package", "care_form", "billed", "withheld", "in_dispute", "debt"], forms.Select(f => (object?[])
        [run, LedgerStore.Text(f.Month), f.Of.ProviderId, f.Of.Contract, f.Of.Package, f.CareForm, f.Shares.Billed.Tiyn, f.Shares.Withheld.Tiyn, f.Shares.InDispute.Tiyn, f.Shares.Debt.Tiyn]));

    /// <summary>Bills of the months of a year as they were shared out by a moment, by form of care.</summary>
    /// <param name="before">Runs of that moment and later do not count.</param>
    public static IReadOnlyList<FormShares> Forms(LedgerStore ledger, int year, DateTimeOffset before) => ledger.Query(
        """
        SELECT f.provider_id, f.contract, f.package, f.care_form, f.month, CAST(SUM(f.billed) AS bigint), CAST(SUM(f.withheld) AS bigint), CAST(SUM(f.in_dispute) AS bigint), CAST(SUM(f.debt) AS bigint)
        FROM settlement_form AS f JOIN settlement_run AS r ON r.id = f.run_id WHERE f.month >= @p0 AND f.month <= @p1 AND r.at < @p2
        GROUP BY f.provider_id, f.contract, f.package, f.care_form, f.month ORDER BY f.provider_id, f.contract, f.package, f.care_form, f.month
        """,
        r => new FormShares(new(r.GetInt64(0), r.GetString(1), r.GetString(2)), r.GetString(3), LedgerStore.Day(r.GetString(4)), new(new(r.GetInt64(5)), new(r.GetInt64(6)), new(r.GetInt64(7)), new(r.GetInt64(8)))),
        LedgerStore.Text(new(year, 1, 1)), LedgerStore.Text(new(year, 12, 1)), before.ToUnixTimeMilliseconds());

    /// <summary>Advances by whose they are.</summary>
    public static ILookup<ContractPackage, Advance> Advances(LedgerWork work) => work.Query(
        "SELECT provider_id, contract, package, amount, first_month, months FROM contract_advance ORDER BY id",
        r => (Of: new ContractPackage(r.GetInt64(0), r.GetString(1), r.GetString(2)), Advance: new Advance(new(r.GetInt64(3)), LedgerStore.Day(r.GetString(4)), r.GetInt32(5)))).ToLookup(a => a.Of, a => a.Advance);

    /// <summary>Gives an advance: its posting and its schedule of recovery stand together or not at all.</summary>
    /// <param name="agreement">The additional agreement or request that it rests on; the same one twice is one advance.</param>
    /// <exception cref="AdvanceRefusedException">It would exceed the limit.</exception>
    public static Posting Give(LedgerStore ledger, string who, string agreement, DateOnly day, ContractPackage of, Advance advance, Money contractSum, SettlementPolicy policy) =>
        ledger.Write(who, "AdvanceGiven", "agreement:" + agreement, work =>
        {
            var ground = new PostingGround("agreement", agreement);
            if (work.Find("advance|" + ground) is { } there)
            {
                // The same request again: a store that holds another sum under it refuses.
                var again = Bookings.Advance(new(), ground, there.Day, of, advance.Sum, new(long.MaxValue), policy with { AdvancePercent = 100 });
                work.Post([again]);
                return there;
            }

            var posting = Bookings.Advance(work.Balances(new(of.ProviderId, of.Contract, of.Package)), ground, day, of, advance.Sum, contractSum, policy);
            var posted = work.Post([posting])[0];
            work.Insert("contract_advance", ["id", "key", "provider_id", "contract", "package", "amount", "first_month", "months", "agreement"],
                [[posted.Id, posted.Key, of.ProviderId, of.Contract, of.Package, advance.Sum.Tiyn, LedgerStore.Text(advance.First), advance.Months, agreement]]);
            return posted;
        });

    private static SettledMonth MonthOf(DbDataReader r) => new(
        LedgerStore.Day(r.GetString(0)), r.GetInt64(1), r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.IsDBNull(6) ? null : new(r.GetString(6), r.GetString(7)), r.GetInt64(8));
}
