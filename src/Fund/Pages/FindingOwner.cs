using Kepil.Fund.Desk;
using Kepil.Monitoring;

namespace Kepil.Fund.Pages;

/// <summary>Whose affairs a statement or a finding is: the provider, its region and those to whom the case was assigned or the person's data are open.</summary>
public sealed class FindingOwner(IRecords records, Assignments assignments, DataOpenings openings)
{
    public static Owner? OfProviderIn(HttpContext context) => context.RequestServices.GetRequiredService<FindingOwner>().OfProvider(context.Number("provider"));

    public static Owner? OfFindingIn(HttpContext context) => context.RequestServices.GetRequiredService<FindingOwner>().OfFinding(context.Number("finding"));

    public Owner OfProvider(long provider) => new(provider, RegionOf(provider), []);

    public Owner? OfFinding(long finding) =>
        records.Query("SELECT provider_id, person_id FROM finding WHERE finding_id = $1", r => (Provider: r.Long(0), Person: r.Long(1)), finding) is [var found, ..]
            ? new Owner(found.Provider, RegionOf(found.Provider), [.. assignments.OfFinding(finding), .. openings.Of(found.Person)])
            : null;

    private string? RegionOf(long provider) =>
        records.Query("SELECT region FROM provider WHERE provider_id = $1", r => r.TextOrNull(0), provider) is [var region, ..] ? region : null;
}
