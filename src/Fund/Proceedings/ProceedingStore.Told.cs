using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>Cases of a provider's month that wait for its act until the same moment.</summary>
/// <param name="Id">The first of them.</param>
public sealed record AwaitedAnswer(long ProviderId, string Month, string Stage, long DueAt, long Count, long Id, long FindingId);

/// <summary>Final decisions of a day on a provider's month.</summary>
/// <param name="Day">Number of the local day.</param>
/// <param name="Reduced">Whether they reduce the sum, or pay in full.</param>
public sealed record DecidedCases(long ProviderId, string Month, long Day, bool Reduced, long Count, long Id, long FindingId);

/// <summary>What people have to be told of.</summary>
public sealed partial class ProceedingStore
{
    private const long DayLength = 86_400_000;

    /// <summary>Reviews that lie with somebody, the most pressing first.</summary>
    /// <param name="reviewer">Those of one employee alone.</param>
    /// <param name="region">Those of employees of one region alone.</param>
    public IReadOnlyList<OpenReview> OpenReviews(long? reviewer = null, string? region = null) => Read(db => OpenReviews(db, reviewer, region));

    /// <summary>What waits for acts of providers, by the moment at which silence speaks.</summary>
    public IReadOnlyList<AwaitedAnswer> AwaitedAnswers(long? provider = null) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.NextAt != null && p.Owner == "provider" && (provider == null || p.ProviderId == provider)).GroupBy(p => new { p.ProviderId, p.Month, p.Stage, p.NextAt })
        .Select(g => new { g.Key, Count = g.LongCount(), Id = g.Min(p => p.Id), FindingId = g.Min(p => p.FindingId) }).AsEnumerable()
        .Select(g => new AwaitedAnswer(g.Key.ProviderId, g.Key.Month, g.Key.Stage, g.Key.NextAt!.Value, g.Count, g.Id, g.FindingId)).OrderBy(a => a.DueAt).ThenBy(a => a.Id).ToList());

    /// <summary>Final decisions since the beginning of the day of a moment.</summary>
    public IReadOnlyList<DecidedCases> DecidedSince(DateTimeOffset moment) => Read(db =>
    {
        // Days begin at the country's midnight.
        var shift = (long)LocalDay.At(LocalDay.Of(moment), TimeOnly.MinValue).Offset.TotalMilliseconds;
        var from = LocalDay.At(LocalDay.Of(moment), TimeOnly.MinValue).ToUnixTimeMilliseconds();
        return db.Proceedings.AsNoTracking().Where(p => p.NextAt == null && p.Since >= from && (p.Effect == "reduce" || p.Effect == "pay_in_full"))
            .GroupBy(p => new { p.ProviderId, p.Month, p.Effect, Day = (p.Since + shift) / DayLength })
            .Select(g => new { g.Key, Count = g.LongCount(), Id = g.Min(p => p.Id), FindingId = g.Min(p => p.FindingId) }).AsEnumerable()
            .Select(g => new DecidedCases(g.Key.ProviderId, g.Key.Month, g.Key.Day, g.Key.Effect == "reduce", g.Count, g.Id, g.FindingId)).ToList();
    });

    /// <summary>Cases for which nobody could be named, with the region of the provider.</summary>
    public IReadOnlyList<(long Id, long Finding, string Region)> WithoutReviewer() => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.NextAt != null && p.Reviewer == null && p.Owner == "fund" && p.Stage.EndsWith("_queue")).Select(p => new { p.Id, p.FindingId, p.Territory }).AsEnumerable()
        .Select(p => (p.Id, p.FindingId, p.Territory)).ToList());

    private static List<OpenReview> OpenReviews(ProceedingContext db, long? reviewer, string? region) =>
    [
        .. db.Proceedings.AsNoTracking().Where(p => p.Reviewer != null && (reviewer == null || p.Reviewer == reviewer) && (region == null || p.ReviewerRegion == region)).OrderBy(p => p.NextAt).ThenBy(p => p.Id)
            .Select(p => new { p.Id, p.FindingId, p.ProviderId, p.Code, p.Stage, Reviewer = p.Reviewer!.Value, p.ReviewerRegion, p.Since, p.NextAt, p.OverdueSince }).AsEnumerable()
            .Select(p => new OpenReview(
                p.Id, p.FindingId, p.ProviderId, p.Code, StageOf(p.Stage), p.Reviewer, p.ReviewerRegion, DateTimeOffset.FromUnixTimeMilliseconds(p.Since),
                p.NextAt is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null, p.OverdueSince is not null)),
    ];
}
