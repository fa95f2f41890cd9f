using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>Many cases at once, as lists show them.</summary>
public sealed partial class UnscheduledStore
{
    /// <summary>Monitorings and conclusions in which something is owed: what ends first on top.</summary>
    /// <param name="region">The branch in charge; nothing for all.</param>
    /// <param name="provider">One provider; nothing for all.</param>
    public IReadOnlyList<UnscheduledCase> OpenCases(string? region, long? provider, int most) => Read(db => Shown(db, region, provider)
        .Where(c => c.Owner != null).OrderByDescending(c => c.Overdue).ThenBy(c => c.DueAt == null).ThenBy(c => c.DueAt).ThenBy(c => c.Id).Take(most).ToList());

    /// <summary>Monitorings and conclusions in which nothing is owed any more, the newest first; a monitoring that a conclusion ended stands there as its conclusion.</summary>
    public IReadOnlyList<UnscheduledCase> EndedCases(string? region, long? provider, int from, int most) => Read(db =>
        Ended(db, region, provider).OrderByDescending(c => c.Id).Skip(from).Take(most).ToList());

    public int CountEnded(string? region, long? provider) => Read(db => Ended(db, region, provider).Count());

    /// <summary>Several monitorings by their numbers.</summary>
    public IReadOnlyDictionary<long, UnscheduledMonitoring> MonitoringsOf(IReadOnlyCollection<long> ids) => Read(db => StatesOf(db, Monitoring, ids));

    /// <summary>Several conclusions by their numbers.</summary>
    public IReadOnlyDictionary<long, Conclusion> ConclusionsOf(IReadOnlyCollection<long> ids) => Read(db => StatesOf(db, Paper, ids));

    private static IQueryable<UnscheduledCase> Shown(UnscheduledContext db, string? region, long? provider) => db.Cases.AsNoTracking()
        .Where(c => (c.Kind == "monitoring" || c.Kind == "conclusion") && (region == null || c.Region == region) && (provider == null || c.ProviderId == provider));

    private static IQueryable<UnscheduledCase> Ended(UnscheduledContext db, string? region, long? provider) => Shown(db, region, provider)
        .Where(c => c.Owner == null && !(c.Kind == "monitoring" && c.Stage == nameof(MonitoringStage.Concluded)));

    private static Dictionary<long, TState> StatesOf<TState, TEvent>(UnscheduledContext db, CaseKind<TState, TEvent> kind, IReadOnlyCollection<long> ids)
        where TState : class =>
        db.Events.AsNoTracking().Where(e => ids.Contains(e.CaseId)).OrderBy(e => e.CaseId).ThenBy(e => e.Number).AsEnumerable()
            .GroupBy(e => e.CaseId).ToDictionary(g => g.Key, g => g.Select(e => Parse<TEvent>(e.Body)).Aggregate((TState?)null, kind.Apply)!);
}
