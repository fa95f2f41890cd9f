using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>A review that lies with somebody.</summary>
/// <param name="DueAt">When its term is over.</param>
public sealed record OpenReview(
    long Id, long FindingId, long ProviderId, string Code, Stage Stage, long Reviewer, string Region, DateTimeOffset Since, DateTimeOffset? DueAt, bool Overdue);

/// <summary>What lies with one reviewer.</summary>
public sealed record ReviewerLoad(long Reviewer, string Region, int Open, int Overdue, int EndsToday, int OldestDays);

/// <summary>What became of the findings of a rule, a code or a region once somebody looked at them.</summary>
/// <param name="Key">The rule, the code or the region.</param>
/// <param name="Raised">All that were shown.</param>
/// <param name="Silent">Confirmed because the provider said nothing.</param>
/// <param name="Confirmed">Confirmed after an objection or by the branch.</param>
/// <param name="Rejected">Rejected by a person.</param>
public sealed record Outcomes(string Key, long Raised, long Silent, long Confirmed, long Rejected)
{
    /// <summary>Without a final decision of a person.</summary>
    public long Others => Raised - Silent - Confirmed - Rejected;

    public Rate Overturned => new(Rejected, Confirmed + Rejected);

    public Rate Precision => new(Confirmed, Confirmed + Rejected);

    public static Outcomes Of(string key, IEnumerable<Outcomes> parts) => parts.Aggregate(
        new Outcomes(key, 0, 0, 0, 0), (all, o) => new(key, all.Raised + o.Raised, all.Silent + o.Silent, all.Confirmed + o.Confirmed, all.Rejected + o.Rejected));
}

/// <summary>How a reviewer's decisions fared where a later level looked at them.</summary>
/// <param name="Overturned">Of those that were looked at again, how many came out otherwise.</param>
public sealed record ReviewerOutcomes(long Reviewer, long Decided, Rate Overturned);

/// <summary>How one reviewer decided on the objections of one provider, with whom chance brought him together.</summary>
/// <param name="Released">Of his decisions, in how many he agreed with the provider.</param>
public sealed record ReviewPair(long Reviewer, long Provider, Rate Released);

/// <summary>A rule that people confirm too seldom.</summary>
/// <param name="Bar">Percent that it should reach.</param>
/// <param name="ToTrial">It should be tried again; else it should no longer withhold and become a general one.</param>
public sealed record RuleProposal(Outcomes Rule, int Bar, bool ToTrial);

/// <summary>What a head has to see: what lies with whom, what is late, and how fair the decisions are; never who withholds most.</summary>
/// <param name="Reviews">Reviews that lie with somebody, the most pressing first.</param>
/// <param name="Waiting">Cases for which nobody could be named.</param>
/// <param name="Findings">Outcomes by rule, code and region of the provider together.</param>
public sealed record ReviewBoard(
    IReadOnlyList<OpenReview> Reviews, long Waiting, IReadOnlyList<(string Rule, string Code, string Region, Outcomes Outcomes)> Findings, IReadOnlyList<ReviewerOutcomes> Reviewers)
{
    /// <summary>First decisions by reviewer and provider, those on top whose interval begins highest.</summary>
    public IReadOnlyList<ReviewPair> Pairs { get; init; } = [];

    /// <summary>Working days that cases may be old in each group of the picture; the last group holds all that are older.</summary>
    private static readonly int[] Steps = [1, 3, 5];

    public IReadOnlyList<ReviewerLoad> Loads(DateTimeOffset now, ProductionCalendar calendar)
    {
        var today = LocalDay.Of(now);
        return
        [
            .. Reviews.GroupBy(r => (r.Reviewer, r.Region)).Select(g => new ReviewerLoad(
                g.Key.Reviewer, g.Key.Region, g.Count(), g.Count(r => r.Overdue), g.Count(r => EndsOn(r, today)), g.Max(r => calendar.WorkingDaysBetween(LocalDay.Of(r.Since), today))))
                .OrderBy(l => l.Region, StringComparer.Ordinal).ThenBy(l => l.Reviewer),
        ];
    }

    /// <summary>How many reviews lie there for up to so many working days; the last group without an end.</summary>
    public IReadOnlyList<(int? UpTo, int Count)> Ages(DateTimeOffset now, ProductionCalendar calendar)
    {
        var days = Reviews.Select(r => calendar.WorkingDaysBetween(LocalDay.Of(r.Since), LocalDay.Of(now))).ToList();
        return [.. Steps.Select((step, i) => ((int?)step, days.Count(d => d <= step && (i == 0 || d > Steps[i - 1])))), (null, days.Count(d => d > Steps[^1]))];
    }

    public int EndToday(DateTimeOffset now) => Reviews.Count(r => EndsOn(r, LocalDay.Of(now)));

    public IReadOnlyList<Outcomes> ByRule() => By(f => f.Rule);

    public IReadOnlyList<Outcomes> ByCode() => By(f => f.Code);

    public IReadOnlyList<Outcomes> ByRegion() => By(f => f.Region);

    /// <summary>Rules whose precision is surely under the bar: the whole interval lies below it.</summary>
    [Law("MON-321:25")]
    public IReadOnlyList<RuleProposal> Proposals(PoliciesOnDay policies) => [.. ByRule().Select(o => ProposalOf(o, policies)).OfType<RuleProposal>()];

    /// <summary>What is proposed for a rule; nothing where its precision is not surely under the bar, or too few were decided to say so.</summary>
    [Law("MON-321:25")]
    public static RuleProposal? ProposalOf(Outcomes rule, PoliciesOnDay policies)
    {
        var (bar, least) = (Whole(policies["rule_precision_bar"]), Whole(policies["rate_least_cases"]));
        return rule.Precision.Whole >= least && rule.Precision.High * 100 < bar ? new RuleProposal(rule, bar, rule.Precision.High * 200 >= bar) : null;
    }

    /// <summary>Decisions below which a share says nothing.</summary>
    public static int Least(PoliciesOnDay policies) => Whole(policies["rate_least_cases"]);

    private static bool EndsOn(OpenReview review, DateOnly today) => review.DueAt is { } due && LocalDay.Of(due.AddTicks(-1)) == today;

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private List<Outcomes> By(Func<(string Rule, string Code, string Region, Outcomes Outcomes), string> key) =>
        [.. Findings.GroupBy(key).Select(g => Outcomes.Of(g.Key, g.Select(f => f.Outcomes))).OrderBy(o => o.Key, StringComparer.Ordinal)];
}
