using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Settlements;

/// <summary>What a settlement of a month came to.</summary>
/// <param name="RunId">Number of the run; zero when nothing had changed.</param>
/// <param name="Lines">Lines whose sums moved.</param>
/// <param name="Left">Earlier months that are left for their lines came in after their monitoring.</param>
public sealed record SettlementOutcome(long RunId, DateOnly Month, long Lines, IReadOnlyList<Posting> Registers, IReadOnlyList<Posting> Orders, IReadOnlyList<DateOnly> Left, DateOnly DueOn);

/// <summary>A month that cannot be settled, with the reason.</summary>
public sealed class NotSettledException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}

/// <summary>Settles a month: shares out its lines, posts what changed since the last time, deducts, and orders the rest to be paid.</summary>
public sealed class MonthSettlement(FundFolder folder, DeskStore desk, LawBook law)
{
    /// <summary>Threads and megabytes that the lines take.</summary>
    private const int Threads = 2;

    private const int MemoryMegabytes = 2600;

    /// <summary>How often a run begins anew when another one was faster.</summary>
    private const int Attempts = 5;

    private readonly LedgerStore _ledger = LedgerStore.Of(desk);

    /// <param name="month">First day of the month; earlier months that were settled are brought up to date with it.</param>
    /// <param name="who">Who settles, as the journal calls him.</param>
    /// <param name="told">Called with the part that is done, from 0 to 1000.</param>
    /// <exception cref="NotSettledException">The month was not monitored, or lines came in since.</exception>
    [Law("MON-321:22")]
    [Law("MON-321:26")]
    [Law("MON-321:27")]
    public SettlementOutcome Run(DateOnly month, string who, Action<int>? told = null)
    {
        new ConclusionCharges(folder, desk).Post(who);
        // The folder is not held: files of records never change, and who was slower than another run looks anew.
        for (var attempt = 1; ; attempt++)
        {
            var known = SettlementStore.Months(_ledger).ToLookup(m => m.Month);
            var (found, left) = Look(month, known, told);
            if (Book(month, who, known, found, left) is { } outcome)
            {
                told?.Invoke(1000);
                return outcome;
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"{month:yyyy-MM}: other runs were faster {Attempts} times.");
            }
        }
    }

    private sealed record Change(ContractPackage Of, IReadOnlyList<(string CareForm, LineShares Shares, long Lines)> Forms)
    {
        public LineShares Shares { get; } = Forms.Aggregate(default(LineShares), (s, f) => s + f.Shares);

        public long Lines { get; } = Forms.Sum(f => f.Lines);
    }

    private sealed record Found(SettledMonth State, IReadOnlyList<Change> Changes);

    /// <summary>What changed in the month and in the settled ones before it; files are written, the ledger is not.</summary>
    private (IReadOnlyList<Found> Found, IReadOnlyList<DateOnly> Left) Look(DateOnly month, ILookup<DateOnly, SettledMonth> known, Action<int>? told)
    {
        using var context = folder.Accounts.Context();
        var found = new List<Found>();
        var left = new List<DateOnly>();
        var months = known.Select(k => k.Key).Where(m => m < month).Append(month).ToList();
        foreach (var each in months)
        {
            var files = context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null && f.RetiredByRefresh == null && f.Month == each).OrderBy(f => f.Id).ToList();
            var run = context.Runs.AsNoTracking().Where(r => r.Month == each).OrderByDescending(r => r.Id).FirstOrDefault();
            if (run is null || files.Count == 0 || files.Any(f => f.Id > run.LastFile))
            {
                if (each == month)
                {
                    throw NotMonitored(month, files.Count == 0);
                }

                left.Add(each);
                continue;
            }

            if (Month(each, run, files, [.. known[each]]) is { } state)
            {
                found.Add(state);
            }

            told?.Invoke(900 * (months.IndexOf(each) + 1) / months.Count);
        }

        return (found, left);
    }

    private Found? Month(DateOnly month, MonitoringRun run, IReadOnlyList<RecordFile> files, IReadOnlyList<SettledMonth> known)
    {
        var policy = SettlementPolicy.On(law, month);
        var records = string.Join(' ', files.Select(f => f.Id.ToString(CultureInfo.InvariantCulture)));
        using var desks = desk.Context();
        var source = DeskSource.Of(desks);
        if (known.Count > 0 && known[^1] is var last && (last.Records, last.Cases, last.Monitoring) == (records, CasesOf(ProceedingMoney.Mark(source, month), policy), run.Id))
        {
            return null;
        }

        var money = ProceedingMoney.Of(source, month);
        var cases = CasesOf((money.Count, money.Sum(c => (long)c.Events)), policy);

        var stage = folder.Stage();
        try
        {
            var detail = Path.Combine(stage, "detail.parquet");
            var before = known.Where(k => k.Detail is not null).Select(k => folder.At(k.Detail!.Path)).ToList();
            var same = known.Count > 0 && known[^1].Records == records;
            using var database = DuckDatabase.Open(threads: Threads, memoryMegabytes: MemoryMegabytes, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") });
            using var connection = database.Connect();
            RuleTables.Fill(connection, "case_now", LineQueries.Cases, money.Select(Row), temporary: true);
            connection.Execute(LineQueries.Touched(folder.At(run.Path, "finding.parquet"), policy.MultiCode));
            if (same)
            {
                connection.Execute(LineQueries.Candidates(before));
            }

            var changes = LineQueries.Changes(LineQueries.Now(files.Select(f => folder.At(f.Path)), policy, same), before, same);
            connection.Execute($"COPY ({changes} ORDER BY provider_id, service_id, contract, package) TO '{RuleWorker.Quoted(detail)}' (FORMAT parquet, COMPRESSION zstd)");
            using (var written = File.OpenHandle(detail, FileMode.Open, FileAccess.ReadWrite))
            {
                // The ledger names the file only when it is on the disk.
                RandomAccess.FlushToDisk(written);
            }

            var totals = connection.QueryAll(LineQueries.Totals(detail), r => new DuckRow(r) is var d
                ? (Of: new ContractPackage(d.Long(0), d.Text(1), d.Text(2)), Form: (CareForm: d.Text(8), Shares: new LineShares(new(d.Long(3)), new(d.Long(4)), new(d.Long(5)), new(d.Long(6))), Lines: d.Long(7))) : default)
                .GroupBy(t => t.Of, t => t.Form).Select(g => new Change(g.Key, [.. g])).ToList();
            var kept = totals.Count == 0 ? null : folder.Keep(detail, Path.Combine("ledger", LineQueries.Day(month)[..7]), "", ".parquet", out var hash) is var place ? new LineDetail(place, hash) : null;
            return new(new(month, known.Count + 1, 0, records, cases, run.Id, kept, totals.Sum(t => t.Lines)), totals);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Posts what was found, unless another run came first: then nothing is posted and the whole is looked at anew.</summary>
    private SettlementOutcome? Book(DateOnly month, string who, ILookup<DateOnly, SettledMonth> known, IReadOnlyList<Found> found, IReadOnlyList<DateOnly> left)
    {
        var day = LocalDay.Of(desk.Clock.GetUtcNow());
        var policy = SettlementPolicy.On(law, day);
        var contracts = new ContractRegister(folder).Terms();
        var dueOn = month.AddMonths(1).AddDays((int)law.Parameters.Value("payment_due_day", day) - 1);
        return _ledger.Write(who, "MonthSettled", "month:" + LineQueries.Day(month)[..7], work =>
        {
            if (SettlementStore.Months(work).ToLookup(m => m.Month) is var now && now.Sum(g => g.Count()) != known.Sum(g => g.Count()))
            {
                return null;
            }

            var (run, books, advances) = (SettlementStore.NextRun(work), work.Balances(new()), SettlementStore.Advances(work));
            var ground = new PostingGround("run", run.ToString(CultureInfo.InvariantCulture));
            var registers = new List<Posting>();
            foreach (var (state, change) in found.SelectMany(f => f.Changes.Select(c => (f.State, c))))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"register|{state.Month:yyyy-MM}|{state.Number}|{change.Of.ProviderId}|{change.Of.Contract}|{change.Of.Package}");
                if (Bookings.Register(books, key, ground, day, change.Of, state.Month, change.Shares) is { } posting)
                {
                    books.Add(posting);
                    registers.Add(posting with { Detail = state.Detail, Lines = change.Lines });
                }
            }

            var orders = new List<Posting>();
            // The Fund pays only for care under a contract: what names none stays open.
            foreach (var of in books.All.Where(o => o.Contract.Length > 0).OrderBy(o => o.ProviderId).ThenBy(o => o.Contract, StringComparer.Ordinal).ThenBy(o => o.Package, StringComparer.Ordinal).ToList())
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"settlement|{run}|{of.ProviderId}|{of.Contract}|{of.Package}");
                var due = advances[of].Aggregate(Money.Zero, (s, a) => s + a.DueBy(month));
                if (Bookings.Settlement(books, key, ground, day, of, month, policy, contracts is null ? ContractTerm.Believed : contracts.GetValueOrDefault(of, ContractTerm.Unknown), due) is { } posting)
                {
                    books.Add(posting);
                    orders.Add(posting);
                }
            }

            if (found.Count == 0 && orders.Count == 0)
            {
                return new(0, month, 0, [], [], left, dueOn);
            }

            var posted = work.Post([.. registers, .. orders]);
            SettlementStore.Add(work, run, month, who, [.. found.Select(f => f.State)], posted.Count, Digest(posted));
            SettlementStore.Add(work, run, found.SelectMany(f => f.Changes.SelectMany(c => c.Forms.Select(s => new FormShares(c.Of, s.CareForm, f.State.Month, s.Shares)))));
            work.Note(new { run, postings = posted.Count, digest = Digest(posted) });
            return new SettlementOutcome(run, month, found.Sum(f => f.State.Lines), [.. posted.Take(registers.Count)], [.. posted.Skip(registers.Count)], left, dueOn);
        });
    }

    private static string Digest(IReadOnlyList<Posting> postings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var posting in postings)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{posting.Key} {posting.Content()} {posting.Detail?.Hash}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A word that changes with every act on a case of the month, and with the readings that are followed.</summary>
    private static string CasesOf((long Count, long Events) mark, SettlementPolicy policy) =>
        string.Create(CultureInfo.InvariantCulture, $"{mark.Count}/{mark.Events} {policy.MultiCode}{(policy.SetsApart ? " apart" : "")}{(policy.HoldsLine ? " line" : "")}{(policy.CarriesDebt ? " debt" : "")}");

    private static IReadOnlyList<object?> Row(CaseMoney c)
    {
        Span<byte> key = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(key, c.FindingKey);
        return [c.LineId, c.Sum, c.Confirmed, c.Open, Convert.ToHexStringLower(key), string.Create(CultureInfo.InvariantCulture, $"case:{c.Id}/{c.Events}")];
    }

    private NotSettledException NotMonitored(DateOnly month, bool empty) => new(empty
        ? new(
            $"{folder.Path}: {month:yyyy-MM} айының жазбалары жоқ. Алдымен тізілімдерді қабылдаңыз: kepil intake ФАЙЛ.",
            $"{folder.Path}: записей за {month:yyyy-MM} нет. Сначала примите реестры: kepil intake ФАЙЛ.",
            $"{folder.Path}: there are no records of {month:yyyy-MM}. Take its registers in first: kepil intake FILE.")
        : new(
            $"{folder.Path}: {month:yyyy-MM} мониторингтен өтпеген немесе кейін жаңа жолдар түскен, ал ақы мониторингтен кейін ғана төленеді. Алдымен: kepil monitor {month:yyyy-MM}.",
            $"{folder.Path}: мониторинга за {month:yyyy-MM} не было или строки поступили после него, а оплата идёт только после мониторинга. Сначала: kepil monitor {month:yyyy-MM}.",
            $"{folder.Path}: {month:yyyy-MM} was not monitored, or lines came in since, and pay follows monitoring alone. First: kepil monitor {month:yyyy-MM}."));
}
