using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>What registers, reports and conclusions of the Fund ask of the proceedings.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>Cases with some codes that were confirmed for good since a moment, in the order of their numbers.</summary>
    public IReadOnlyList<ProceedingRow> ConfirmedSince(DateTimeOffset since, IReadOnlyCollection<string> codes, long after, int most) => Read(db =>
    {
        var from = since.ToUnixTimeMilliseconds();
        return db.Proceedings.AsNoTracking().Where(p => p.Effect == "reduce" && p.Since >= from && p.Id > after && codes.Contains(p.Code)).OrderBy(p => p.Id).Take(most).ToList();
    });

    /// <summary>Cases with some codes that nothing has rejected, whatever their stage, in the order of their numbers.</summary>
    public IReadOnlyList<ProceedingRow> NotRejected(IReadOnlyCollection<string> codes, long after, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.Effect != "pay_in_full" && p.Track != "general" && p.Stage != "passed_to_unscheduled" && p.Stage != "not_monitored" && p.Id > after && codes.Contains(p.Code)).OrderBy(p => p.Id).Take(most).ToList());

    /// <summary>All cases of a region that were confirmed for good before a moment and withhold money.</summary>
    public IReadOnlyList<ProceedingRow> ConfirmedBefore(DateTimeOffset moment, string region) => Read(db =>
    {
        var until = moment.ToUnixTimeMilliseconds();
        return db.Proceedings.AsNoTracking().Where(p => p.Effect == "reduce" && p.Territory == region && p.Since < until).OrderBy(p => p.Since).ThenBy(p => p.Id).ToList();
    });

    /// <summary>Deaths that current monitoring covers, in the order of their numbers.</summary>
    /// <param name="region">Those of one region alone.</param>
    /// <param name="owed">Those alone whose conclusion is owed and not there.</param>
    public IReadOnlyList<ProceedingRow> Deaths(string? region, bool owed, long after, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.Track == "death" && p.Id > after && (region == null || p.Territory == region) && (!owed || (p.ConclusionDue != null && p.HasConclusion == 0)))
        .OrderBy(p => p.Id).Take(most).ToList());

    /// <summary>All cases on one line.</summary>
    public IReadOnlyList<ProceedingRow> OfLine(long line) => Read(db => db.Proceedings.AsNoTracking().Where(p => p.LineId == line).OrderBy(p => p.Id).ToList());

    /// <summary>Cases by their numbers.</summary>
    public IReadOnlyList<ProceedingRow> Rows(IReadOnlyCollection<long> ids) => Read(db => db.Proceedings.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).ToList());

    /// <summary>When the first case was shown; nothing while there is none.</summary>
    public DateTimeOffset? FirstShownAt() => Read(db => db.Proceedings.AsNoTracking().OrderBy(p => p.Id).Select(p => (long?)p.ShownAt).FirstOrDefault() is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : (DateTimeOffset?)null);

    /// <summary>Findings on lines that were paid already, after a number, in the order of their numbers.</summary>
    [Law("MON-321:53")]
    public IReadOnlyList<ProceedingRow> Hidden(long after, int most) => Read(db => db.Proceedings.AsNoTracking().Where(p => p.Track == "hidden" && p.Id > after).OrderBy(p => p.Id).Take(most).ToList());
}
