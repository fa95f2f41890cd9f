using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>What a provider looks for among its cases.</summary>
/// <param name="View">One of <see cref="OfficeFilter.Views"/>.</param>
/// <param name="Month">The month that was billed; all without it.</param>
/// <param name="Case">One case by its number.</param>
/// <param name="Lines">Cases of these lines alone.</param>
public sealed record OfficeFilter(string View, string? Code = null, DateOnly? Month = null, long? Case = null, IReadOnlyList<long>? Lines = null)
{
    /// <summary>The views in the order in which they are offered: what presses most first.</summary>
    public static readonly IReadOnlyList<string> Views = ["today", "answer", "review", "won", "lost", "general", "all"];

    /// <summary>How many lines of one search are looked at.</summary>
    public const int MostLines = 500;
}

/// <summary>The cases of one provider as its office lists them.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>A part of a provider's cases, what ends first on top.</summary>
    /// <param name="endOfDay">The end of today, for the view of what ends today.</param>
    /// <param name="hidden">Deaths and code 11.0 are left out until the branch has decided.</param>
    public IReadOnlyList<ProceedingRow> OfficeCases(long provider, OfficeFilter filter, DateTimeOffset endOfDay, bool hidden, int from, int most) => Read(db =>
    {
        var found = Found(db, provider, filter, hidden).Where(InView(filter.View, endOfDay.ToUnixTimeMilliseconds()));
        var ordered = filter.View is "won" or "lost" ? found.OrderByDescending(p => p.Since)
            : filter.View == "general" ? found.OrderBy(p => p.Owner == "provider" ? 0 : 1).ThenBy(p => p.NextAt)
            : found.OrderBy(p => p.NextAt == null ? 2 : p.Owner == "provider" && p.Track != "general" ? 0 : 1)
                // Terms of reviews are the Fund's own matter, and an order by them would tell of them.
                .ThenBy(p => p.Owner == "provider" ? p.NextAt : p.ObjectionReceivedAt);
        return ordered.ThenByDescending(p => p.AtRisk).ThenBy(p => p.Id).Skip(from).Take(most).ToList();
    });

    /// <summary>How many cases each view holds under the same filter.</summary>
    /// <remarks>The cases are gone through once, by an index that holds all that the views ask; each group stands for its cases in every view.</remarks>
    public IReadOnlyDictionary<string, long> OfficeCounts(long provider, OfficeFilter filter, DateTimeOffset endOfDay, bool hidden) => Read(db =>
    {
        var end = endOfDay.ToUnixTimeMilliseconds();
        var groups = Found(db, provider, filter, hidden)
            .GroupBy(p => new { p.Owner, p.Track, p.Effect, p.Stage, Ends = p.NextAt == null ? 2 : p.NextAt <= end ? 0 : 1 })
            .Select(g => new { g.Key, Count = g.LongCount() }).AsEnumerable()
            .Select(g => (Row: new ProceedingRow { Owner = g.Key.Owner, Track = g.Key.Track, Effect = g.Key.Effect, Stage = g.Key.Stage, NextAt = g.Key.Ends == 2 ? null : end + g.Key.Ends }, g.Count)).ToList();
        return OfficeFilter.Views.ToDictionary(view => view, view =>
        {
            var holds = InView(view, end).Compile(preferInterpretation: true);
            return groups.Where(g => holds(g.Row)).Sum(g => g.Count);
        });
    });

    /// <summary>Tiyn of the bills that the cases of a view would withhold: of several on one line the largest counts.</summary>
    public long OfficeSum(long provider, OfficeFilter filter, DateTimeOffset endOfDay, bool hidden) => Read(db =>
        Found(db, provider, filter, hidden).Where(InView(filter.View, endOfDay.ToUnixTimeMilliseconds()))
            .GroupBy(p => p.LineId).Select(g => g.Max(p => p.AtRisk < p.Billed ? p.AtRisk : p.Billed)).AsEnumerable().Sum());

    /// <summary>Codes and months that a provider's cases have.</summary>
    public (IReadOnlyList<string> Codes, IReadOnlyList<string> Months) OfficeChoices(long provider, bool hidden) => Read(db =>
    {
        var all = Found(db, provider, new("all"), hidden).Select(p => new { p.Code, p.Month }).Distinct().ToList();
        return ((IReadOnlyList<string>)[.. all.Select(p => p.Code).Where(c => c.Length > 0).Distinct()], (IReadOnlyList<string>)[.. all.Select(p => p.Month).Distinct().OrderDescending()]);
    });

    /// <summary>Some cases of a provider by their numbers; those of others are left out.</summary>
    public IReadOnlyList<ProceedingRow> CasesOf(long provider, IReadOnlyCollection<long> ids) => Read(db =>
        db.Proceedings.AsNoTracking().Where(p => p.ProviderId == provider && ids.Contains(p.Id)).OrderBy(p => p.NextAt).ThenBy(p => p.Id).ToList());

    /// <summary>The cases on findings of a line, by the number that each finding had when it was shown.</summary>
    public IReadOnlyDictionary<long, long> CasesOfFindings(long provider, IReadOnlyCollection<long> findings) => Read(db =>
        db.Proceedings.AsNoTracking().Where(p => p.ProviderId == provider && findings.Contains(p.FindingId)).Select(p => new { p.FindingId, p.Id }).AsEnumerable().DistinctBy(p => p.FindingId).ToDictionary(p => p.FindingId, p => p.Id));

    /// <summary>Everything that a provider handed in at pages or by its system, the newest first.</summary>
    public IReadOnlyList<ProceedingReceipt> ReceiptsOfProvider(long provider, string keysBegin) => Read(db =>
        db.Receipts.AsNoTracking().Where(r => r.ProviderId == provider && r.SenderKey.StartsWith(keysBegin)).OrderBy(r => r.Id).ToList());

    /// <summary>One receipt by its number.</summary>
    public ProceedingReceipt? Receipt(long number) => Read(db => db.Receipts.AsNoTracking().FirstOrDefault(r => r.Id == number));

    private static IQueryable<ProceedingRow> Found(ProceedingContext db, long provider, OfficeFilter filter, bool hidden)
    {
        var found = db.Proceedings.AsNoTracking().Where(p => p.ProviderId == provider && p.Stage != "not_monitored" && p.Stage != "passed_to_unscheduled");
        if (hidden)
        {
            found = found.Where(p => p.Track != "death" && p.Track != "not_in_contract" || p.BranchReviewer != 0);
        }

        if (filter.Month is { } month)
        {
            var name = MonthOf(month);
            found = found.Where(p => p.Month == name);
        }

        if (filter.Code is { } code)
        {
            found = found.Where(p => p.Code == code);
        }

        if (filter.Lines is { } lines && filter.Case is { } number)
        {
            return found.Where(p => p.Id == number || lines.Contains(p.LineId));
        }

        return filter.Lines is { } only ? found.Where(p => only.Contains(p.LineId)) : filter.Case is { } one ? found.Where(p => p.Id == one) : found;
    }

    private static Expression<Func<ProceedingRow, bool>> InView(string view, long endOfDay) => view switch
    {
        "today" => p => p.Owner == "provider" && p.Track != "general" && p.NextAt <= endOfDay,
        "answer" => p => p.Owner == "provider" && p.Track != "general",
        "review" => p => p.Owner != "provider" && p.Track != "general" && p.NextAt != null && p.Effect == "none",
        "won" => p => p.Effect == "pay_in_full",
        "lost" => p => p.Effect == "reduce",
        "general" => p => p.Track == "general" && p.Stage != "closed",
        _ => p => true,
    };
}
