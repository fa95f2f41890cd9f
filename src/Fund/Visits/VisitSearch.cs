using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;

namespace Kepil.Fund.Visits;

/// <summary>Where a search for a number leads in unscheduled monitoring: its cases by their own numbers, its papers by those that are printed on them.</summary>
internal static class VisitSearch
{
    public static IEnumerable<FoundPage> OfCases(VisitDesk desk, string asked, Visitor visitor)
    {
        foreach (var one in desk.Store.Numbered(asked.TrimStart('№').Trim()))
        {
            if (PathOf(desk, one, visitor) is { } path)
            {
                yield return new(path, w => NameOf(one, w) + one.Number);
            }
        }
    }

    /// <summary>How much of a provider is not confirmed, under its number, for those who see monitorings.</summary>
    public static IEnumerable<FoundPage> OfProvider(VisitDesk desk, string asked, Visitor visitor) =>
        SearchWords.Identity(asked) is { } number && visitor.May(Right.SeeMonitorings, new Owner(number, desk.Work.RegionOf(number), [])) && desk.ProviderOf(number).NameKk is not null
            ? [new($"/providers/{PageLanguage.Identity(number)}/limits", w => w["Limits.Title"] + " · " + PageLanguage.Identity(number))]
            : [];

    public static IEnumerable<FoundPage> OfPapers(VisitDesk desk, string asked, Visitor visitor)
    {
        if (DocumentNumber.Parse(asked, LocalDay.Of(desk.Now).Year) is not { } number)
        {
            yield break;
        }

        foreach (var paper in desk.Work.Documents.Numbered(number))
        {
            if (CheckCode.TryParse(paper.Entry.Code, out var code) && visitor.May(Right.SeeConclusions, UnscheduledEndpoints.OwnerOf(desk.Work, paper, visitor)))
            {
                yield return new($"/papers/{code}", w => w.Text(DocumentKinds.Name(DocumentKinds.Of(paper.Entry.Kind))) + " № " + paper.Entry.Number);
            }
        }
    }

    private static string? PathOf(VisitDesk desk, UnscheduledCase one, Visitor visitor)
    {
        var owner = new Owner(one.Kind == "report" ? null : one.ProviderId, one.Region, []);
        if (visitor.User is not { IsOfProvider: true })
        {
            var place = one.Kind switch { "monitoring" => "monitorings", "conclusion" => "conclusions", "latent" => "latent", _ => "reports" };
            return visitor.May(Right.SeeMonitorings, owner) ? FormattableString.Invariant($"/{place}/{one.Id}") : null;
        }

        // A provider is told of what was sent to it, and of nothing else.
        var told = one.Kind switch
        {
            "conclusion" => VisitDesk.IsShown(one, visitor),
            "monitoring" => desk.Store.MonitoringOf(one.Id) is { } state && ProviderPapers.IsTold(state),
            _ => false,
        };
        return told && visitor.May(Right.WorkInOffice, owner) ? FormattableString.Invariant($"/office/{one.Kind}s/{one.Id}") : null;
    }

    private static string NameOf(UnscheduledCase one, PageLanguage language) => one.Kind switch
    {
        "conclusion" => language["Visit.ConclusionNo"] + " ",
        "monitoring" => language["Visit.Monitoring"] + " № ",
        _ => language["Duties.Kind." + one.Kind] + " № ",
    };
}
