using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Reviews;

/// <summary>A case in the queue of the one with whom it lies.</summary>
public sealed record QueuedCase(ProceedingRow Row, Proceeding State, Provider Provider)
{
    public long Id => State.Id;

    /// <summary>The day on which the time for the case ends, or ended; a new term of a late case does not make it less late.</summary>
    public DateOnly Ends => State.OverdueSince ?? State.Due?.Last ?? DateOnly.MaxValue;

    public bool IsOver(DateTimeOffset now) => State.IsOverdue || State.Due is { } due && !due.Includes(now);

    public bool EndsToday(DateTimeOffset now) => !IsOver(now) && State.Due?.Last == LocalDay.Of(now);
}

/// <summary>What of the queue is asked for; all of it stands in the address.</summary>
public sealed record ReviewFilter(string View, string? Code, long? Provider)
{
    /// <summary>Views in the order in which they are offered; a second look is told from a first review only to a head.</summary>
    private static readonly Dictionary<Role, string[]> Views = new()
    {
        [Role.BranchExpert] = ["all", "today", "overdue", "first", "second", "deaths", "contract"],
        [Role.CentralExpert] = ["all", "today", "overdue", "central", "deaths"],
        [Role.BranchHead] = ["all", "today", "overdue", "looks", "silence"],
    };

    public static ReviewFilter Of(Role role, string? view, string? code, string? provider) => new(
        view is not null && ViewsOf(role).Contains(view) ? view : "all",
        string.IsNullOrEmpty(code) ? null : code,
        long.TryParse(provider, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    public static IReadOnlyList<string> ViewsOf(Role role) => Views.GetValueOrDefault(role) ?? ["all"];

    public bool Holds(QueuedCase found, DateTimeOffset now) =>
        InView(View, found, now) && (Code is null || found.State.Code == Code) && (Provider is null || found.State.ProviderId == Provider);

    public static bool InView(string view, QueuedCase found, DateTimeOffset now) => view switch
    {
        "today" => found.EndsToday(now),
        "overdue" => found.IsOver(now),
        // A second look must not be told from a first review.
        "first" => found.State.Stage is Stage.FirstReview or Stage.SecondLook,
        "second" => found.State.Stage == Stage.SecondReview,
        "central" => found.State.Stage == Stage.CentralReview,
        "deaths" => found.State.Track == Track.Death,
        "contract" => found.State.Track == Track.NotInContract && found.State.Stage == Stage.BranchReview,
        "looks" => found.State.Stage == Stage.HeadDecision,
        "silence" => found.State.Stage == Stage.KeptOpen,
        _ => true,
    };
}

/// <summary>The cases that lie with somebody, those that end first at the top.</summary>
public sealed class ReviewQueue(ProceedingStore store, DeskStore desk, IRecords records)
{
    /// <summary>Cases that one person is shown; nobody has as many.</summary>
    private const int Most = 2000;

    public ProceedingStore Store => store;

    internal CaseVersions Versions { get; } = new(store);

    /// <summary>What lies with a user and has no decision of his waiting to be sent.</summary>
    public IReadOnlyList<QueuedCase> Of(DeskUser user)
    {
        // Asked first: what is sent between the two questions has left the queue, and must not come back for a moment.
        var waiting = store.WaitingOf(user.Id).Select(w => w.ProceedingId).ToHashSet();
        var rows = user.Role == Role.BranchHead
            ? store.RowsForHeads(Most).Where(r => MayDecide(user, r.ToProceeding())).ToList()
            : store.RowsOf(user.Id, Most).Where(r => r.Stage != "awaiting_documents").ToList();
        var providers = ProvidersOf([.. rows.Select(r => r.ProviderId).Distinct()]);
        return [.. rows.Where(r => !waiting.Contains(r.Id)).Select(r => new QueuedCase(r, r.ToProceeding(), providers.GetValueOrDefault(r.ProviderId) ?? new Provider(r.ProviderId, null, null))).OrderBy(c => c.Ends)];
    }

    /// <summary>Whose a case is: of its reviewer, of the heads who may decide, and of those with whom it lay before, who are told no more than that it left them.</summary>
    public Owner? OwnerOf(long proceeding)
    {
        if (store.Find(proceeding) is not { } state)
        {
            return null;
        }

        var heads = state.Stage is Stage.HeadDecision or Stage.KeptOpen ? desk.Users().Where(u => u.Role == Role.BranchHead && MayDecide(u, state)).Select(u => u.Id) : [];
        var before = store.History(proceeding).OfType<ReviewerAssigned>().Select(a => a.Reviewer);
        return new(null, null, [.. heads.Concat(before).Append(state.Reviewer).Append(state.Head).Where(id => id != 0).Distinct()]);
    }

    /// <summary>Whether the case lies with the user now.</summary>
    public static bool IsWith(DeskUser user, Proceeding state) => state.Reviewer == user.Id || MayDecide(user, state);

    /// <summary>In whose capacity the user decides on the case.</summary>
    public static Actor ActorOf(DeskUser user, Proceeding state) =>
        new(user.Role == Role.BranchHead ? Party.Fund : state.Stage.ReviewerOf(), user.Id, user.Region ?? "");

    /// <summary>A head decides where no reviewer does: he had no say before and heads no branch of the dispute.</summary>
    private static bool MayDecide(DeskUser user, Proceeding state) =>
        user.Role == Role.BranchHead && state.Stage is Stage.HeadDecision or Stage.KeptOpen && !state.HadSay.Contains(user.Id)
        && (state.Stage == Stage.KeptOpen && state.Track == Track.Death || !state.ExcludedRegions.Contains(user.Region ?? ""));

    private Dictionary<long, Provider> ProvidersOf(IReadOnlyList<long> ids) => ids.Count == 0 ? [] : records.Query(
        $"SELECT provider_id, name_kk, name_ru FROM provider WHERE provider_id IN ({string.Join(',', ids.Select(i => i.ToString(CultureInfo.InvariantCulture)))})",
        r => new Provider(r.Long(0), r.TextOrNull(1), r.TextOrNull(2))).DistinctBy(p => p.Id).ToDictionary(p => p.Id);
}
