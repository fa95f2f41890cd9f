using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Settlements;

/// <summary>A sum that a conclusion in force takes for a service or by a clause of the contract.</summary>
/// <param name="Kind">Debt for what the classification withholds, penalty for what the contract lays down.</param>
/// <param name="Service">The service as the conclusion names it; empty for a clause.</param>
public sealed record ConcludedCharge(AccountKind Kind, string Contract, string Service, DateOnly On, Money Sum);

/// <summary>A conclusion that took effect, with what it takes now: nothing of what a correction or the state body took off, and nothing while an appeal holds it up.</summary>
public sealed record EffectiveConclusion(string Number, long ProviderId, IReadOnlyList<ConcludedCharge> Sums)
{
    /// <summary>All conclusions that took effect, also those that take nothing any more.</summary>
    [Law("MON-321:53")]
    public static IReadOnlyList<EffectiveConclusion> All(UnscheduledStore cases) =>
        [.. cases.WithMeasures(null).Select(id => (State: cases.ConclusionOf(id)!, On: cases.EffectiveOn(id))).Where(c => c.State.Applied is not null && c.On is not null).Select(c => Of(c.State, c.On!.Value))];

    /// <summary>What one conclusion takes.</summary>
    public static EffectiveConclusion Of(Conclusion conclusion, DateOnly on)
    {
        var (applied, returned, head) = (conclusion.Applied ?? Measures.None, conclusion.Returned, conclusion.Head);
        List<ConcludedCharge> Net(Money net, IEnumerable<ConcludedCharge> sums)
        {
            // The version in force says what is left of each row; where it does not come to what was applied less what was returned, the whole counts as one sum.
            var rows = sums.Where(s => s.Sum > Money.Zero).ToList();
            return conclusion.IsStayed || net <= Money.Zero || rows.Count == 0 ? [] : rows.Aggregate(Money.Zero, (t, r) => t + r.Sum) == net ? rows : [rows[0] with { Sum = net }];
        }

        return new(head.Number, head.ProviderId,
        [
            .. Net(applied.Withheld - returned.Withheld, conclusion.Current.Lines.Where(l => !l.IsCountedElsewhere).Select(l => new ConcludedCharge(AccountKind.Debt, head.Contract, l.Service, l.HappenedOn, l.Sum))),
            .. Net(applied.Penalties - returned.Penalties, conclusion.Current.Clauses.Select(c => new ConcludedCharge(AccountKind.Penalty, c.Contract.Length > 0 ? c.Contract : head.Contract, "", on, c.Penalty))),
        ]);
    }
}

/// <summary>Brings what conclusions of unscheduled monitoring take into the ledger: the difference to what stands there by their number, so that a second run posts nothing and what is taken off is lowered.</summary>
public sealed class ConclusionCharges(FundFolder folder, DeskStore desk)
{
    private const string Ground = "conclusion";

    private readonly LedgerStore _ledger = LedgerStore.Of(desk);

    /// <summary>Posts what all conclusions take now.</summary>
    public IReadOnlyList<Posting> Post(string who) => Post(who, EffectiveConclusion.All(UnscheduledStore.Of(desk)));

    /// <summary>Posts what these conclusions take now.</summary>
    [Law("MON-321:53")]
    [Law("MON-321:10.2")]
    public IReadOnlyList<Posting> Post(string who, IReadOnlyList<EffectiveConclusion> conclusions)
    {
        if (conclusions.Count == 0)
        {
            return [];
        }

        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var files = new Dictionary<DateOnly, string>();
        var packages = new Dictionary<(long, string, string, DateOnly), string>();
        string PackageOf(long provider, ConcludedCharge sum) => packages.TryGetValue((provider, sum.Contract, sum.Service, sum.On), out var known) ? known
            : packages[(provider, sum.Contract, sum.Service, sum.On)] = (sum.Service.Length > 0 ? BilledUnder(connection, FilesNear(files, sum.On), provider, sum.Service) : null) ?? MostBilled(provider, sum.Contract);
        var wanted = conclusions.SelectMany(c => c.Sums.Select(s => (c.Number, Account: new Account(s.Kind, new(c.ProviderId, s.Contract, PackageOf(c.ProviderId, s)), new DateOnly(s.On.Year, s.On.Month, 1)), s.Sum)))
            .GroupBy(s => (s.Number, s.Account)).ToDictionary(g => g.Key, g => g.Aggregate(Money.Zero, (t, s) => t + s.Sum));
        var numbers = conclusions.Select(c => c.Number).ToHashSet(StringComparer.Ordinal);
        return _ledger.Write(who, "ConclusionsCharged", "ledger", work =>
        {
            var day = LocalDay.Of(work.At);
            var there = work.Query(
                "SELECT p.ground, l.account, l.provider_id, l.contract, l.package, l.month, CAST(SUM(l.amount) AS bigint), COUNT(*) FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE p.kind IN ('charge', 'lowered', 'reversal') AND substr(p.ground, 1, 11) = 'conclusion:' AND l.account IN ('debt', 'penalty') GROUP BY p.ground, l.account, l.provider_id, l.contract, l.package, l.month",
                r => (Number: r.GetString(0)[(Ground.Length + 1)..], Account: new Account(Chart.KindOf(r.GetString(1)), new(r.GetInt64(2), r.GetString(3), r.GetString(4)), LedgerStore.Day(r.GetString(5))), Sum: new Money(r.GetInt64(6)), Count: r.GetInt64(7)))
                .Where(t => numbers.Contains(t.Number)).ToDictionary(t => (t.Number, t.Account), t => (t.Sum, t.Count));
            var postings = new List<Posting>();
            foreach (var key in wanted.Keys.Union(there.Keys).OrderBy(k => k.Number, StringComparer.Ordinal).ThenBy(k => k.Account.Kind).ThenBy(k => k.Account.Of.Contract, StringComparer.Ordinal).ThenBy(k => k.Account.Of.Package, StringComparer.Ordinal).ThenBy(k => k.Account.Month))
            {
                var (posted, count) = there.GetValueOrDefault(key);
                var difference = wanted.GetValueOrDefault(key) - posted;
                if (difference != Money.Zero)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"{Chart.WordOf(key.Account.Kind)}|{Ground}:{key.Number}|{key.Account.Of.Contract}|{key.Account.Of.Package}|{key.Account.Month:yyyy-MM}|{count + 1}");
                    postings.Add(difference > Money.Zero
                        ? Bookings.Charge("charge|" + name, key.Account, new(Ground, key.Number), day, difference)
                        : Bookings.Lowered("lowered|" + name, key.Account.Kind, new(Ground, key.Number), day, key.Account.Of, key.Account.Month, -difference));
                }
            }

            return postings.Count == 0 ? [] : work.Post(postings);
        });
    }

    /// <summary>The package under which a service was billed; nothing where no register of those months holds it.</summary>
    private static string? BilledUnder(DuckConnection connection, string files, long provider, string service) => files.Length == 0 ? null : connection.QueryAll(
        string.Create(CultureInfo.InvariantCulture, $"SELECT package FROM read_parquet({files}) WHERE provider_id = {provider} AND (line_id = '{RuleWorker.Quoted(service)}' OR CAST(service_id AS text) = '{RuleWorker.Quoted(service)}') ORDER BY service_id LIMIT 1"),
        r => new DuckRow(r).Text(0)).FirstOrDefault();

    /// <summary>The package under which most was billed by a contract; without any bill the insurance package.</summary>
    private string MostBilled(long provider, string contract) => _ledger.Balances(new(provider, contract)).Balances.Where(b => b.Account.Kind == AccountKind.Billed).GroupBy(b => b.Account.Of.Package)
        .OrderByDescending(g => g.Sum(b => b.Balance.Tiyn)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault() ?? "mams";

    /// <summary>Files of records in which a service of a day may stand: of its month and the two after it.</summary>
    private string FilesNear(Dictionary<DateOnly, string> known, DateOnly on)
    {
        var from = new DateOnly(on.Year, on.Month, 1);
        if (!known.TryGetValue(from, out var list))
        {
            var to = from.AddMonths(2);
            using var context = folder.Accounts.Context();
            var files = context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null && f.RetiredByRefresh == null && f.Month >= from && f.Month <= to).OrderBy(f => f.Id).Select(f => f.Path).ToList();
            known[from] = list = files.Count == 0 ? "" : RuleWorker.FileList(files.Select(f => folder.At(f)));
        }

        return list;
    }
}
