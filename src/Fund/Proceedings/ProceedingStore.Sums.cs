using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>What the proceedings of a month do to money.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>The bill of a provider's month as it stands; only final decisions withhold.</summary>
    /// <param name="billed">Tiyn of all its lines.</param>
    public PayableSums PayableOf(DateOnly month, long provider, long billed, string multiCode) => Read(db =>
    {
        var name = MonthOf(month);
        return PayableSums.Of(billed, Lines(db.Proceedings.AsNoTracking().Where(p => p.Month == name && p.ProviderId == provider)).Select(l => l.Line), multiCode);
    });

    /// <summary>The same for every provider that has a finding in the month.</summary>
    /// <param name="billed">Tiyn billed by each provider.</param>
    public IReadOnlyDictionary<long, PayableSums> PayableOf(DateOnly month, IReadOnlyDictionary<long, long> billed, string multiCode) => Read(db =>
    {
        var name = MonthOf(month);
        var lines = Lines(db.Proceedings.AsNoTracking().Where(p => p.Month == name)).ToLookup(l => l.Provider, l => l.Line);
        return billed.ToDictionary(b => b.Key, b => PayableSums.Of(b.Value, lines[b.Key], multiCode));
    });

    private static IEnumerable<(long Provider, LineInDispute Line)> Lines(IQueryable<ProceedingRow> proceedings)
    {
        // A finding that is final and was not confirmed has no say any more; general ones cost nothing.
        var rows = proceedings.Where(p => p.AtRisk > 0 && (p.Effect == "reduce" || p.Effect == "none"))
            .Select(p => new { p.ProviderId, p.LineId, p.Billed, p.AtRisk, p.Effect, p.Stage }).AsEnumerable()
            .Where(p => p.Effect == "reduce" || p.Stage is not ("passed_to_unscheduled" or "not_monitored" or "closed"));
        return rows.GroupBy(p => (p.ProviderId, p.LineId)).Select(g => (g.Key.ProviderId, new LineInDispute(
            g.First().Billed, [.. g.Where(p => p.Effect == "reduce").Select(p => p.AtRisk)], [.. g.Where(p => p.Effect == "none").Select(p => p.AtRisk)])));
    }
}
