using System.Data.Common;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>A month that was monitored by itself and what was shown of it; what a rule found that waits for a person's consent is not shown.</summary>
public sealed record MonitoredMonth(DateOnly Month, bool Monitored, MonthShown? Shown);

/// <summary>Current monitoring as the Rules want it, permanently: what registers brought is judged and shown to the providers without anybody asking for it.</summary>
/// <param name="folder">The folder of the fund; one process monitors in it at a time.</param>
/// <param name="law">The law folder.</param>
/// <param name="records">Where records and findings are asked for.</param>
/// <param name="store">Where proceedings are kept.</param>
/// <param name="clock">Its day says which months are open.</param>
/// <param name="terms">The terms as known at a moment.</param>
/// <param name="pack">The rules as they stand now.</param>
/// <param name="postgres">As for <see cref="MonthMonitoring"/>.</param>
/// <param name="leftOut">Organisations that are not monitored, by paragraph 3.</param>
/// <param name="paid">As for <see cref="MonthNotice"/>; without it nothing was paid.</param>
public sealed class CurrentMonitoring(
    FundFolder folder, LawBook law, IRecords records, ProceedingStore store, TimeProvider clock, Func<DateTimeOffset, Terms> terms, Func<RulePack> pack, PostgresRecords? postgres = null, Func<IReadOnlySet<long>>? leftOut = null, PaidAmong? paid = null)
{
    /// <summary>Months before the present one of which lines still come (docs/decisions/0008).</summary>
    private const int LateMonths = 3;

    /// <summary>Registers that come one after the other without end are not waited for longer than so many pauses.</summary>
    private const int Pauses = 6;

    private const string Waits = "waits";

    private const string Shown = "shown";

    /// <summary>Monitors what came in and has rested, and shows what no person must consent to first. What a dead process left is taken up again.</summary>
    /// <param name="arrived">When a file of records was written, in UTC; without it, as the disk says.</param>
    [Law("MON-321:21")]
    public async Task<IReadOnlyList<MonitoredMonth>> RoundAsync(DateTimeOffset now, Func<RecordFile, DateTime>? arrived = null, CancellationToken cancel = default)
    {
        if (Alone() is not { } alone)
        {
            return [];
        }

        await using var one = alone;
        var at = clock.GetUtcNow();
        var pause = TimeSpan.FromMinutes(int.Parse(terms(at).Policies["monitoring_pause_minutes"], CultureInfo.InvariantCulture));
        var months = Open(LocalDay.Of(at));
        var due = Due(months).Where(m => Rested(m.Fresh, now, pause, arrived ?? (f => File.GetLastWriteTimeUtc(folder.At(f.Path))))).Select(m => m.Month).ToHashSet();
        foreach (var month in due.Order())
        {
            store.SetMark(NameOf(month), Waits);
            await new MonthMonitoring(folder, law, clock, postgres).RunAsync(month, pack(), cancel: cancel);
        }

        var notice = new MonthNotice(folder, records, store, clock, terms, paid ?? ((_, _) => new Dictionary<long, DateOnly>()));
        var (told, foreign) = (new List<MonitoredMonth>(), leftOut?.Invoke() ?? new HashSet<long>());
        foreach (var month in months.Where(m => store.Mark(NameOf(m)) is { } mark && mark != Shown && HasRun(m)))
        {
            // What the others found was shown already; a person has not consented meanwhile.
            var shown = notice.Held(month) is { Count: > 0 } held && store.Mark(NameOf(month)) == HeldBy(held)
                ? new MonthShown(0, 0, new Dictionary<string, int>(), held)
                : notice.Show(month, null, "system", only: foreign.Count == 0 ? null : f => !foreign.Contains(f.Show.ProviderId));
            store.SetMark(NameOf(month), HeldBy(shown.Large));
            told.Add(new(month, due.Contains(month), shown));
        }

        return told;
    }

    /// <summary>Months with records that no monitoring has seen, and these records.</summary>
    internal IReadOnlyList<(DateOnly Month, IReadOnlyList<RecordFile> Fresh)> Due(IReadOnlyList<DateOnly> months)
    {
        using var context = folder.Accounts.Context();
        var seen = context.Runs.AsNoTracking().GroupBy(r => r.Month).Select(g => new { Month = g.Key, Last = g.Max(r => r.LastFile) }).ToDictionary(r => r.Month, r => r.Last);
        // What was there when another month was monitored and was left alone is history to look back on.
        var left = seen.Count == 0 ? 0 : seen.Values.Max();
        return
        [
            .. context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).ToList().Where(f => months.Contains(f.Month) && f.Id > seen.GetValueOrDefault(f.Month, left))
                .GroupBy(f => f.Month).OrderBy(g => g.Key).Select(g => (g.Key, (IReadOnlyList<RecordFile>)[.. g])),
        ];
    }

    private static bool Rested(IReadOnlyList<RecordFile> fresh, DateTimeOffset now, TimeSpan pause, Func<RecordFile, DateTime> arrived)
    {
        var moments = fresh.Select(arrived).ToList();
        return now.UtcDateTime - moments.Max() >= pause || now.UtcDateTime - moments.Min() >= pause * Pauses;
    }

    private static IReadOnlyList<DateOnly> Open(DateOnly today)
    {
        var present = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(0, LateMonths + 1).Select(back => present.AddMonths(back - LateMonths))];
    }

    private bool HasRun(DateOnly month)
    {
        using var context = folder.Accounts.Context();
        return context.Runs.Any(r => r.Month == month);
    }

    /// <summary>Holds the folder's monitoring for this process; nothing while another has it.</summary>
    private FileStream? Alone()
    {
        try
        {
            return new FileStream(folder.At("monitoring.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The mark of a month that was shown but for the findings of rules that wait.</summary>
    private static string HeldBy(IReadOnlyList<LargeRule> large) => large.Count == 0 ? Shown : "held " + string.Join(' ', large.Select(r => r.RuleId).Order(StringComparer.Ordinal));

    private static string NameOf(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"current {month:yyyy-MM}");
}

/// <summary>Lets the current monitoring go round while the pages are open.</summary>
public sealed class MonitoringRounds : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _rounds;

    /// <param name="wall">The clock by which registers rest; that of a demo may stand elsewhere.</param>
    /// <param name="done">Told of every month that was monitored or shown.</param>
    /// <param name="failed">Told why a round broke off; the next one comes all the same.</param>
    public MonitoringRounds(CurrentMonitoring monitoring, TimeProvider wall, Action<MonitoredMonth> done, Action<string> failed) => _rounds = Task.Run(async () =>
    {
        using var timer = new PeriodicTimer(Pause, wall);
        while (await timer.WaitForNextTickAsync(_over.Token))
        {
            try
            {
                foreach (var month in await monitoring.RoundAsync(wall.GetUtcNow(), cancel: _over.Token))
                {
                    done(month);
                }
            }
            catch (Exception e) when (e is DbException or DbUpdateException or IOException or InvalidOperationException or InvalidDataException or LawGapException or DuckDb.DuckDbException or FolderHeldException)
            {
                failed(e.Message);
            }
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            await _rounds;
        }
        catch (OperationCanceledException)
        {
            // This is how the rounds end.
        }

        _over.Dispose();
    }
}
