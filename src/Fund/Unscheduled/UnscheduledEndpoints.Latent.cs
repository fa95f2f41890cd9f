using Kepil.Fund.Desk;

namespace Kepil.Fund.Unscheduled;

/// <summary>Latent defects and conclusions on HIV care that are owed.</summary>
public static partial class UnscheduledEndpoints
{
    private static void MapLatent(RouteGroupBuilder group, CaseWork work)
    {
        group.MapGet("/hiv-duties", (HttpContext context) => Told(work.HivCare.Of().Where(d => Gate.VisitorOf(context).May(Right.SeeMonitorings, new Owner(d.Duty.ProviderId, d.Duty.Region, [])))
                .Select(d => new HivDutyAnswer(d.Duty.ProviderId, d.Duty.Region, d.Duty.From, d.Duty.To, d.Duty.Term.Last, d.Conclusion is null && !d.Duty.Term.Includes(work.Now), d.Conclusion)).ToList()))
            .WithName("ListHivDuties").WithSummary("Conclusions on HIV care that branches owe for the period that ended last.").Produces<IReadOnlyList<HivDutyAnswer>>().Needs(Right.SeeMonitorings, _ => Owner.OfRows);
        Act<SentLatent>(group, "/providers/{provider:long}/latent-defects", "FindLatent", "Notes a defect that monitoring had not found and that came to light after payment; the record of the service is fixed.", Right.LeadMonitoring,
            context => new(context.Number("provider"), work.RegionOf(context.Number("provider")), []), (word, sent, context, lang) => work.FindLatent(word, Gate.VisitorOf(context), context.Number("provider"), sent, lang));
        group.MapGet("/latent/{latent:long}", (long latent) => work.Store.LatentOf(latent) is { } state && work.Store.CaseOf(latent) is { } one
                ? Told(new LatentAnswer(Short(one), state, [.. work.Store.LatentEvents(latent).Select(e => Step(e.GetType().Name, e.At, e.Ground))], PapersOf(work, one)))
                : Results.NotFound())
            .WithName("SeeLatent").WithSummary("A latent defect with its notice, its monitoring and how its money comes back.").Produces<LatentAnswer>().Needs(Right.SeeMonitorings, Whose, seen: "LatentSeen");
        Act<SentChannel>(group, "/latent/{latent:long}/notice", "TellLatent", "Tells the provider, within a month.", Right.LeadMonitoring, Whose,
            (word, sent, context, lang) => work.TellLatent(word, Gate.VisitorOf(context), context.Number("latent"), sent, lang));
        Act<SentOpening>(group, "/latent/{latent:long}/monitoring", "MonitorLatent", "Opens the unscheduled monitoring in which the measure is applied.", Right.LeadMonitoring, Whose,
            (word, sent, context, lang) => work.MonitorLatent(word, Gate.VisitorOf(context), context.Number("latent"), sent, lang));

        group.MapGet("/claims", (HttpContext context) => Told(work.ClaimsOf(null).Where(c => Gate.VisitorOf(context).May(Right.SeeMonitorings, new Owner(c.Provider, work.RegionOf(c.Provider), []))).ToList()))
            .WithName("ListClaims").WithSummary("Penalties by clauses of contracts that conclusions claim, with the last day to pay.").Produces<IReadOnlyList<ClaimAnswer>>().Needs(Right.SeeMonitorings, _ => Owner.OfRows);

        Owner? Whose(HttpContext context) => work.Store.CaseOf(context.Number("latent")) is { Kind: "latent" } one ? new Owner(one.ProviderId, one.Region, []) : null;
    }
}
