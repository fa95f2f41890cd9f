using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>What a head's board asks.</summary>
public sealed partial class ProceedingStore
{
    /// <param name="region">Reviews of employees of this region and findings on its providers; all without it.</param>
    /// <param name="month">Findings of this month; of all months without it.</param>
    public ReviewBoard Board(string? region, DateOnly? month) => Read(db =>
    {
        var name = month is { } m ? MonthOf(m) : null;
        var all = db.Proceedings.AsNoTracking();
        var reviews = OpenReviews(db, null, region);
        var waiting = all.LongCount(p => p.Reviewer == null && p.NextAt != null && p.Owner == "fund" && p.Stage.EndsWith("_queue") && (region == null || p.Territory == region));
        var shown = all.Where(p => p.Detection == "potential" && (name == null || p.Month == name));
        var findings = shown.Where(p => region == null || p.Territory == region).GroupBy(p => new { p.RuleId, p.Code, p.Territory, p.Stage }).Select(g => new { g.Key, Count = g.LongCount() }).AsEnumerable()
            .GroupBy(g => (g.Key.RuleId, g.Key.Code, g.Key.Territory)).Select(g => (g.Key.RuleId, g.Key.Code, g.Key.Territory, Outcomes.Of("", g.Select(s => OutcomeOf(StageOf(s.Key.Stage), s.Count))))).ToList();
        var decided = shown.Where(p => p.FirstReviewer != 0 || p.BranchReviewer != 0 || p.SecondReviewer != 0)
            .GroupBy(p => new { p.FirstReviewer, p.FirstRegion, p.BranchReviewer, p.Territory, p.SecondReviewer, p.Stage }).Select(g => new { g.Key, Count = g.LongCount() }).AsEnumerable()
            .SelectMany(g => Fared(g.Key.FirstReviewer, g.Key.BranchReviewer, g.Key.SecondReviewer, StageOf(g.Key.Stage), g.Count)
                .Where(f => region == null || (f.Reviewer == g.Key.FirstReviewer && g.Key.FirstRegion == region) || (f.Reviewer == g.Key.BranchReviewer && g.Key.Territory == region)));
        var pairs = shown.Where(p => p.FirstReviewer != 0 && p.Track != "death" && (region == null || p.FirstRegion == region))
            .GroupBy(p => new { p.FirstReviewer, p.ProviderId, p.Stage, Looked = p.Looker != 0 }).Select(g => new { g.Key, Count = g.LongCount() }).AsEnumerable()
            .GroupBy(g => (g.Key.FirstReviewer, g.Key.ProviderId)).Select(g => new ReviewPair(
                g.Key.FirstReviewer, g.Key.ProviderId, new(g.Sum(s => IsRelease(StageOf(s.Key.Stage), s.Key.Looked) ? s.Count : 0), g.Sum(s => s.Count))));
        return new ReviewBoard(reviews, waiting, findings, [.. decided.GroupBy(f => f.Reviewer).Select(g => new ReviewerOutcomes(
            g.Key, g.Sum(f => f.Decided), g.Aggregate(default(Rate), (rate, f) => rate + f.Overturned))).OrderBy(r => r.Reviewer)])
        {
            Pairs = [.. pairs.OrderByDescending(p => p.Released.Low).ThenBy(p => p.Reviewer).ThenBy(p => p.Provider)],
        };
    });

    /// <summary>Cases in which the Fund has the next word without a review: deaths of mothers that the state body examines, and general findings that were explained; those that end first on top.</summary>
    /// <param name="region">The branch; all without it.</param>
    public IReadOnlyList<ProceedingRow> OfFund(string? region, int most) => Read(db => db.Proceedings.AsNoTracking()
        .Where(p => p.NextAt != null && (p.Stage == "held" || p.Stage == "explained") && (region == null || p.Territory == region)).OrderBy(p => p.NextAt).ThenBy(p => p.Id).Take(most).ToList());

    /// <summary>What became of the findings of one rule.</summary>
    public Outcomes OutcomesOf(string rule) => Read(db => Outcomes.Of(rule, db.Proceedings.AsNoTracking().Where(p => p.Detection == "potential" && p.RuleId == rule)
        .GroupBy(p => p.Stage).Select(g => new { g.Key, Count = g.LongCount() }).AsEnumerable().Select(g => OutcomeOf(StageOf(g.Key), g.Count))));

    private static Stage StageOf(string word) => StageWords[word];

    private static readonly Dictionary<string, Stage> StageWords = Enum.GetValues<Stage>().ToDictionary(s => ProceedingRow.Word(s), StringComparer.Ordinal);

    /// <summary>What a stage says of a finding: whether people confirmed it, rejected it, or nobody spoke.</summary>
    private static Outcomes OutcomeOf(Stage stage, long count) => stage switch
    {
        Stage.ConfirmedBySilence => new("", count, count, 0, 0),
        Stage.ConfirmedWithoutRepeat or Stage.ConfirmedAtSecond or Stage.ConfirmedByCentral or Stage.ConfirmedWithoutEscalation => new("", count, 0, count, 0),
        Stage.RejectedByBranch or Stage.RejectedAtFirst or Stage.RejectedOnObjection or Stage.RejectedByCentral or Stage.RejectedByHead => new("", count, 0, 0, count),
        _ => new("", count, 0, 0, 0),
    };

    /// <summary>Whether the first reviewer agreed with the provider: only an agreement is looked at again or ends the case.</summary>
    private static bool IsRelease(Stage stage, bool looked) => looked || stage is Stage.RejectedAtFirst or Stage.LookQueue or Stage.SecondLook or Stage.HeadDecision;

    /// <summary>How the decisions of each who reviewed fared at the level after him.</summary>
    private static IEnumerable<ReviewerOutcomes> Fared(long first, long branch, long second, Stage stage, long count)
    {
        // A first confirmation stands or falls with the level above; a second agreement with the provider stands or falls in the central office.
        var confirmed = stage is Stage.ConfirmedAtSecond or Stage.ConfirmedByCentral;
        var rejected = stage is Stage.RejectedByCentral or Stage.RejectedOnObjection;
        if (first != 0)
        {
            yield return new(first, count, confirmed ? new(0, count) : rejected ? new(count, count) : default);
        }

        if (branch != 0)
        {
            yield return new(branch, count, confirmed || stage == Stage.ConfirmedWithoutRepeat ? new(0, count) : rejected || stage == Stage.RejectedAtFirst ? new(count, count) : default);
        }

        if (second != 0)
        {
            yield return new(second, count, stage == Stage.ConfirmedByCentral ? new(count, count) : stage == Stage.RejectedByCentral ? new(0, count) : default);
        }
    }
}
