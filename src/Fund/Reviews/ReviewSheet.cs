using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.WebUtilities;

namespace Kepil.Fund.Reviews;

/// <summary>All that a reviewer needs before his eyes to decide on one case.</summary>
/// <param name="View">The case as his party may see it.</param>
/// <param name="Explanation">How the sum came about; nothing where the finding is of an older run.</param>
/// <param name="Mine">How the case came to him; nothing for a head.</param>
/// <param name="Version">What a decision on the case says that it refers to.</param>
/// <param name="Names">Names of accounts, for those who may see them.</param>
public sealed record CaseSheet(
    QueuedCase Case, ProceedingView View, Explanation? Explanation, ClassificationEdition Classification, IReadOnlyList<Provision> Provisions, LoadedRule? Rule, CaseRecord? Record,
    ReviewerAssigned? Mine, ReviewDraft? Draft, bool Opened, string Version, IReadOnlyDictionary<long, string> Names)
{
    /// <summary>The provider's own words: its objections and what it added.</summary>
    public IEnumerable<SeenStep> Objections => View.Steps.Where(s => s.What is "objection_filed" or "objection_added" or "documents_sent" or "finding_explained");

    /// <summary>A death that no algorithm pointed at needs a code before it can be confirmed.</summary>
    public bool NeedsCode => Case.State.Code.Length == 0;
}

/// <summary>The queue as it is shown, with the case that is open beside it.</summary>
/// <param name="All">Everything that lies with the reader.</param>
/// <param name="Rows">The part of the filter that is shown.</param>
/// <param name="Found">How many cases the filter holds.</param>
/// <param name="Chosen">The address names the case; else the first one is shown.</param>
/// <param name="Waiting">Decisions that can still be undone, the newest first.</param>
/// <param name="Dropped">Cases whose decision could not be sent a short while ago.</param>
public sealed record ReviewDesk(
    ReviewFilter Filter, IReadOnlyList<QueuedCase> All, IReadOnlyList<QueuedCase> Rows, int Found, int Page, CaseSheet? Sheet, bool Chosen,
    IReadOnlyList<PendingDecision> Waiting, IReadOnlyList<PendingDecision> Dropped, IReadOnlyList<ReviewView> Kept, DateTimeOffset Now, Terms Terms)
{
    /// <summary>As what the pane shows a file; nothing for one that is only downloaded.</summary>
    public Func<Paper, string?> ShownAs { get; init; } = _ => null;

    /// <summary>How many cases a kept view holds.</summary>
    public int CountOf(ReviewView kept, Role role)
    {
        var query = QueryHelpers.ParseQuery(kept.Query);
        var filter = ReviewFilter.Of(role, query.GetValueOrDefault("view"), query.GetValueOrDefault("code"), query.GetValueOrDefault("provider"));
        return All.Count(c => filter.Holds(c, Now));
    }

    /// <summary>Cases of a page of the queue.</summary>
    public const int OnAPage = 100;
}
