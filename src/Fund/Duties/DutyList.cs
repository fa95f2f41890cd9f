using System.Globalization;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;

namespace Kepil.Fund.Duties;

/// <summary>Something that a branch owes, as far as a list must know it to put it in order.</summary>
/// <param name="Kind">One of <see cref="DutyList.Kinds"/>.</param>
/// <param name="Key">Tells it from others: the number of a letter, the place of a claim.</param>
/// <param name="Id">The case, the conclusion of a letter or a claim, the proceeding of a death; of HIV care nothing.</param>
/// <param name="EndsAt">When its term is over; nothing where the contract gives none.</param>
public sealed record DutyRow(string Kind, string Key, long Id, long ProviderId, string Region, DateTimeOffset? EndsAt)
{
    public bool IsOverdue(DateTimeOffset now) => EndsAt <= now;

    /// <summary>Whether its term runs still and is over with this day.</summary>
    public bool EndsToday(DateTimeOffset now) => EndsAt is { } end && end > now && LocalDay.Of(end.AddTicks(-1)) == LocalDay.Of(now);
}

/// <summary>A duty as its row of the page shows it.</summary>
/// <param name="Number">Of the paper or case; nothing where it has none yet.</param>
/// <param name="Path">Where it is fulfilled.</param>
/// <param name="Next">Its term with the derivation; nothing for a claim.</param>
/// <param name="By">The provision.</param>
public sealed record ShownDuty(DutyRow Row, string? Number, string Path, Provider? Provider, NextAct? Next, Citation By, DateOnly? Last, ClaimAnswer? Claim = null);

/// <summary>All that branches owe, what ends first on top.</summary>
/// <param name="Kind">What the reader asked for: one kind, all, what is overdue, or what ends today.</param>
/// <param name="Region">The branch; nothing for all.</param>
/// <param name="Counts">How many each kind has.</param>
public sealed record DutyList(string Kind, string? Region, IReadOnlyList<DutyRow> All, IReadOnlyDictionary<string, int> Counts, int Page)
{
    public static readonly IReadOnlyList<string> Kinds = ["report", "letter", "latent", "death", "hiv", "claim", "conclusion", "monitoring"];

    /// <summary>Rows on a page.</summary>
    public const int OnAPage = 50;

    /// <summary>Deaths that a list reads at most.</summary>
    private const int Most = 5000;

    public IReadOnlyList<DutyRow> Rows => [.. All.Skip((Page - 1) * OnAPage).Take(OnAPage)];

    /// <param name="region">The branch whose duties are read; nothing for all.</param>
    public static DutyList Of(VisitDesk desk, string? kind, string? region, int page)
    {
        var now = desk.Now;
        var all = Everything(desk, region).OrderBy(r => r.EndsAt ?? DateTimeOffset.MaxValue).ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Id).ThenBy(r => r.Key, StringComparer.Ordinal).ToList();
        var counts = Kinds.ToDictionary(k => k, k => all.Count(r => r.Kind == k));
        (counts["all"], counts["overdue"], counts["today"]) = (all.Count, all.Count(r => r.IsOverdue(now)), all.Count(r => r.EndsToday(now)));
        var chosen = counts.ContainsKey(kind ?? "") ? kind! : "all";
        IReadOnlyList<DutyRow> rows = chosen switch { "all" => all, "overdue" => [.. all.Where(r => r.IsOverdue(now))], "today" => [.. all.Where(r => r.EndsToday(now))], _ => [.. all.Where(r => r.Kind == chosen)] };
        return new(chosen, region, rows, counts, Math.Clamp(page, 1, Math.Max(1, (rows.Count + OnAPage - 1) / OnAPage)));
    }

    /// <summary>Rows with what their page shows; whoever is named twice is asked for once.</summary>
    public static IReadOnlyList<ShownDuty> Shown(VisitDesk desk, IReadOnlyList<DutyRow> rows)
    {
        var providers = rows.Select(r => r.ProviderId).Where(p => p > 0).Distinct().ToDictionary(p => p, desk.ProviderOf);
        var claims = rows.Any(r => r.Kind == "claim") ? desk.Work.ClaimsOf(null).ToLookup(KeyOf) : null;
        return [.. rows.Select(r => Shown(desk, r, providers.GetValueOrDefault(r.ProviderId), r.Kind == "claim" ? claims![r.Key].FirstOrDefault() : null))];
    }

    private static IEnumerable<DutyRow> Everything(VisitDesk desk, string? region)
    {
        var owed = desk.Work.Owed().Select(o => new DutyRow(o.Kind, o.Key, o.Id, o.ProviderId, o.Region, o.EndsAt));
        var deaths = desk.Proceedings.Deaths(region, true, 0, Most).Select(d => new DutyRow("death", "", d.Id, d.ProviderId, d.Territory, d.ToProceeding().ConclusionDue?.EndsAt));
        var claims = desk.Work.ClaimsOf(null).Select(c => new DutyRow(
            "claim", KeyOf(c), c.Conclusion, c.Provider, desk.Store.CaseOf(c.Conclusion)?.Region ?? "", c.Until is { } until ? LocalDay.At(until.AddDays(1), TimeOnly.MinValue) : null));
        return owed.Concat(deaths).Concat(claims).Where(r => region is null || r.Region == region);
    }

    private static ShownDuty Shown(VisitDesk desk, DutyRow row, Provider? provider, ClaimAnswer? claim)
    {
        var one = row.Kind is "death" or "hiv" ? null : desk.Store.CaseOf(row.Id);
        switch (row.Kind)
        {
            case "report" when desk.Store.ReportOf(row.Id) is { } report:
                return Of(FormattableString.Invariant($"/reports/{row.Id}"), report.Next, report.Kind == ReportKind.Quarterly ? "16" : "17");
            case "latent":
                return Of(FormattableString.Invariant($"/latent/{row.Id}"), desk.Store.LatentOf(row.Id)?.Next, "53");
            case "letter":
                var letter = desk.Store.OutcomeOf(row.Key["letter:".Length..])?.Notice;
                var paragraph = letter?.Grounds.MinBy(g => g.Term.EndsAt)!.Ground.Paragraph.Paragraph ?? "19.2";
                return Of(DutyEndpoints.LimitsPath(row.ProviderId) + "#letters", letter is null ? null : new(Party.Fund, paragraph.StartsWith("20", StringComparison.Ordinal) ? TermName.LawEnforcementByContract : TermName.LawEnforcementByMonth, letter.Latest), paragraph);
            case "hiv":
                var duty = desk.Work.HivCare.Of().Select(d => d.Duty).FirstOrDefault(d => d.ProviderId == row.ProviderId);
                return Of(DutyEndpoints.HivPath(row.ProviderId), duty is null ? null : new(Party.Fund, TermName.HivConclusion, duty.Term), "39");
            case "death":
                return Of(FormattableString.Invariant($"/deaths/{row.Id}"), TermOf(desk, row) is { } term ? new(Party.BranchReviewer, TermName.MortalityConclusion, term) : null, "49");
            case "claim":
                return Of(FormattableString.Invariant($"/conclusions/{row.Id}"), null, "10.2");
            case "conclusion":
                return Of(FormattableString.Invariant($"/conclusions/{row.Id}"), desk.Store.ConclusionOf(row.Id)?.Next, "54");
            default:
                return Of(FormattableString.Invariant($"/monitorings/{row.Id}"), desk.Store.MonitoringOf(row.Id)?.Next, "54");
        }

        ShownDuty Of(string path, NextAct? next, string paragraph) => new(
            row, one?.Number ?? (row.Kind == "death" ? row.Id.ToString(CultureInfo.InvariantCulture) : null), path, provider, next,
            next is not null && TermSource.All.TryGetValue(next.Name, out var source) ? Citation.Parse(source.Paragraph) : new("MON-321", paragraph),
            next?.Term.Last ?? (row.EndsAt is { } end ? LocalDay.Of(end.AddTicks(-1)) : null), claim);
    }

    /// <summary>The term of a conclusion on mortality, derived anew from its first day.</summary>
    private static Term? TermOf(VisitDesk desk, DutyRow row) => desk.Proceedings.Row(row.Id)?.ToProceeding().ConclusionDue is { } due ? desk.Terms.Of(due.Name, due.Start, due.Length) : null;

    private static string KeyOf(ClaimAnswer claim) => FormattableString.Invariant($"{claim.Conclusion}:{claim.Contract}:{claim.Clause}");
}
