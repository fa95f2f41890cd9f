using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>The reports of branches: they fall due by the clock or by a person's mark, and are filled from proceedings and conclusions as they stand.</summary>
public sealed class ReportWork(UnscheduledStore store, ProceedingStore proceedings, IRecords records, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms)
{
    private const int Part = 200;

    /// <summary>Reports on quarters that are over, for each branch one, as far back as there are cases. Says how many are new.</summary>
    [Law("MON-321:16")]
    public int FallDue()
    {
        var at = desk.Clock.GetUtcNow();
        if (proceedings.FirstShownAt() is not { } first)
        {
            return 0;
        }

        var known = terms(at);
        var (quarter, end, due) = (QuarterOf(LocalDay.Of(first)), QuarterOf(known.Today), 0);
        var missing = Enumerable.Range(0, int.MaxValue).Select(i => quarter.AddMonths(3 * i)).TakeWhile(q => q < end).ToList();
        if (missing.Count == 0 || store.Mark("quarters_fell_due") == Text(missing[^1]))
        {
            return 0;
        }

        var regions = records.Query("SELECT DISTINCT region FROM provider WHERE region IS NOT NULL ORDER BY region", r => r.Text(0));
        foreach (var from in missing)
        {
            due += regions.Count(region => store.FallDue(NumberOf(region, from), BranchReports.Quarter(region, from, at, known)));
        }

        store.SetMark("quarters_fell_due", Text(missing[^1]));
        return due;
    }

    /// <summary>What a report says now.</summary>
    public IReadOnlyList<ReportRow> RowsOf(BranchReport report)
    {
        var known = terms(desk.Clock.GetUtcNow());
        return BranchReports.Rows(report, report.Kind == ReportKind.Quarterly ? Confirmed(report.Region, report.To, known) : Marked(report), known);
    }

    /// <summary>Findings of a branch that were confirmed until a day: of proceedings and of conclusions that took effect, each with what it withholds beside those confirmed before it on its line.</summary>
    public IReadOnlyList<ReportedFinding> Confirmed(string region, DateOnly until, Terms known)
    {
        var end = LocalDay.At(until.AddDays(1), TimeOnly.MinValue);
        var multi = known.Policies.LinePricing;
        var rows = proceedings.ConfirmedBefore(end, region);
        var providers = new Dictionary<long, string>();
        string Named(long provider) => providers.TryGetValue(provider, out var name) ? name : providers[provider] = names.Provider(provider);
        var found = new List<ReportedFinding>();
        foreach (var line in rows.GroupBy(r => (r.ProviderId, r.LineId)))
        {
            var (sums, taken) = (new List<long>(), 0L);
            foreach (var r in line)
            {
                sums.Add(r.AtRisk);
                var price = PayableSums.Price(sums, r.Billed, multi);
                found.Add(new(r.Id, r.Territory, r.ProviderId, Named(r.ProviderId), r.Code, Day(r.DetectedAt), Day(r.Since), new(price - taken), false));
                taken = price;
            }
        }

        for (var after = 0L; store.Cases("conclusion", after, Part) is { Count: > 0 } part; after = part[^1].Id)
        {
            foreach (var one in part.Where(c => c.Region == region))
            {
                if (store.ConclusionOf(one.Id) is { Applied: not null } paper && store.ConclusionEvents(one.Id).OfType<MeasuresApplied>().First().At is var applied && applied < end)
                {
                    found.AddRange(paper.Current.Lines.Index().Where(l => !l.Item.IsCountedElsewhere).Select(l => new ReportedFinding(
                        LimitWork.EntryOf(one.Id, l.Index), region, one.ProviderId, Named(one.ProviderId), l.Item.Codes[0], paper.SignedOn!.Value, LocalDay.Of(applied), l.Item.Sum, false)));
                }
            }
        }

        return found;
    }

    /// <summary>The first day of a day's quarter.</summary>
    public static DateOnly QuarterOf(DateOnly day) => new(day.Year, day.Month - ((day.Month - 1) % 3), 1);

    internal static string NumberOf(string region, DateOnly from) => string.Create(CultureInfo.InvariantCulture, $"Q-{region}-{from.Year}-{((from.Month - 1) / 3) + 1}");

    internal static string NumberOf(string region, long proceeding) => FormattableString.Invariant($"S-{region}-{proceeding}");

    /// <summary>The finding for which a report to the state body fell due, disputed or not.</summary>
    private List<ReportedFinding> Marked(BranchReport report) =>
    [
        .. store.Marked(report.Region).Join(
            proceedings.Rows([.. store.Marked(report.Region).Select(m => m.ProceedingId)]), m => m.ProceedingId, p => p.Id, (m, p) => FindingOf(p, m.Reasons))
            .Where(f => report.Subject is null || f.FindingId == report.Subject),
    ];

    internal ReportedFinding FindingOf(ProceedingRow p, string reasons) => new(
        p.Id, p.Territory, p.ProviderId, names.Provider(p.ProviderId), p.Code, Day(p.DetectedAt), p.Effect == "reduce" ? Day(p.Since) : null, new(p.AtRisk), true, reasons);

    private static DateOnly Day(long milliseconds) => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
