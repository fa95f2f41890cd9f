using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Visits;

/// <summary>A monitoring or a conclusion as a list shows it.</summary>
/// <param name="Ground">On what ground its monitoring was opened, by its word; Annex3 for a conclusion on unconfirmed cases alone, Hiv for one on HIV care.</param>
/// <param name="People">Who monitors, or signs.</param>
public sealed record VisitRow(UnscheduledCase Case, Provider Provider, string Ground, string Stage, NextAct? Next, IReadOnlyList<long> People)
{
    public bool IsConclusion => Case.Kind == "conclusion";

    public string Path => FormattableString.Invariant($"/{(IsConclusion ? "conclusions" : "monitorings")}/{Case.Id}");

    public Due? Due => Next is { } next ? Proceedings.Due.Of(next.Name, next.Term) : null;

    public bool IsOverdue(DateTimeOffset now) => Case.Overdue == 1 || Next?.IsOver(now) == true;

    public bool AwaitsProvider => Next?.Owner == Party.Provider;

    /// <summary>The rows of some cases, in their order; a monitoring whose conclusion waits for signatures stands there as that conclusion.</summary>
    public static IReadOnlyList<VisitRow> Of(IReadOnlyList<UnscheduledCase> cases, VisitDesk desk)
    {
        var papers = desk.Store.ConclusionsOf([.. cases.Where(c => c.Kind == "conclusion").Select(c => c.Id)]);
        var monitorings = desk.Store.MonitoringsOf([.. cases.Where(c => c.Kind == "monitoring").Select(c => c.Id), .. papers.Values.Select(p => p.Head.Monitoring).OfType<long>()]);
        var providers = cases.Select(c => c.ProviderId).Distinct().ToDictionary(id => id, desk.ProviderOf);
        var rows = new List<VisitRow>();
        foreach (var one in cases)
        {
            if (one.Kind == "conclusion" && papers.TryGetValue(one.Id, out var paper))
            {
                var ground = paper.Head.Monitoring is { } of && monitorings.TryGetValue(of, out var behind) ? behind.Opening.ToString() : paper.Head.Form == ConclusionForm.UnconfirmedCases ? "Annex3" : "Hiv";
                rows.Add(new(one, providers[one.ProviderId], ground, paper.Stage.ToString(), paper.Next, paper.Head.Signers));
            }
            else if (monitorings.TryGetValue(one.Id, out var state) && state.Stage != MonitoringStage.Concluding)
            {
                rows.Add(new(one, providers[one.ProviderId], state.Opening.ToString(), state.Stage.ToString(), state.Next, state.Team));
            }
        }

        return rows;
    }
}

/// <summary>The list of unscheduled monitorings as a reader asked for it.</summary>
/// <param name="View">One of <see cref="Views"/>.</param>
/// <param name="Region">The branch that was chosen; nothing for all that the reader may see.</param>
/// <param name="Counts">How many rows each view holds.</param>
public sealed record VisitList(string View, string? Region, IReadOnlyList<VisitRow> Rows, IReadOnlyDictionary<string, int> Counts, int Page)
{
    public static readonly IReadOnlyList<string> Views = ["mine", "open", "overdue", "today", "provider", "ended"];

    /// <summary>Rows on a page.</summary>
    public const int OnAPage = 50;

    /// <summary>Open cases that a list reads at most.</summary>
    public const int Most = 5000;

    /// <param name="region">The branch whose cases are read; nothing for all.</param>
    /// <param name="size">Rows on a page; all that a list reads for a file.</param>
    public static VisitList Of(VisitDesk desk, string? view, string? region, long user, int page, int size = OnAPage)
    {
        var (now, open) = (desk.Now, VisitRow.Of(desk.Store.OpenCases(region, null, Most), desk).OrderBy(r => r.Next?.Term.EndsAt ?? DateTimeOffset.MaxValue).ThenBy(r => r.Case.Id).ToList());
        var views = new Dictionary<string, List<VisitRow>>
        {
            ["mine"] = [.. open.Where(r => r.People.Contains(user))],
            ["open"] = open,
            ["overdue"] = [.. open.Where(r => r.IsOverdue(now))],
            ["today"] = [.. open.Where(r => r.Next is { } next && !r.IsOverdue(now) && next.Term.Last == LocalDay.Of(now))],
            ["provider"] = [.. open.Where(r => r.AwaitsProvider)],
        };
        var counts = views.ToDictionary(v => v.Key, v => v.Value.Count);
        counts["ended"] = desk.Store.CountEnded(region, null);
        // The first view that has something to do; all that is open when nothing is one's own.
        var chosen = Views.Contains(view ?? "") ? view! : counts["mine"] > 0 ? "mine" : "open";
        var shown = Math.Clamp(page, 1, Math.Max(1, (counts[chosen] + size - 1) / size));
        var rows = chosen == "ended"
            ? VisitRow.Of(desk.Store.EndedCases(region, null, (shown - 1) * size, size), desk)
            : [.. views[chosen].Skip((shown - 1) * size).Take(size)];
        return new(chosen, region, rows, counts, shown);
    }
}
