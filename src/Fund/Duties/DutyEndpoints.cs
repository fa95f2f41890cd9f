using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;

namespace Kepil.Fund.Duties;

/// <summary>The pages of what a branch owes besides its monitorings: reports, letters, notices, conclusions.</summary>
public static class DutyEndpoints
{
    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/duties", (string? kind, string? region, int? page, Visitor visitor) => List(desk, kind, region, page, visitor)).Needs(Right.SeeMonitorings, _ => Owner.OfRows, seen: "DutiesSeen");
        app.MapGet("/duties.xlsx", (string? kind, string? region, Visitor visitor, PageLanguage language) => Sheet(desk, kind, region, visitor, language)).Needs(Right.SeeMonitorings, _ => Owner.OfRows, seen: "DutiesTaken");
        app.MapGet("/duties/measures/{proceeding:long}", (long proceeding) => Measures(desk, proceeding, null, null)).Needs(Right.LeadMonitoring, WhoseDeath);
        app.MapPost("/duties/measures/{proceeding:long}", (long proceeding, HttpContext context, Visitor visitor, PageLanguage language) => MarkAsync(desk, proceeding, context, visitor, language)).Needs(Right.LeadMonitoring, WhoseDeath);
        RegisterActs.Map(app, desk);
        ReportActs.Map(app, desk);
        LimitActs.Map(app, desk);
        DeathActs.Map(app, desk, WhoseDeath);
        LatentActs.Map(app, desk);
        PaperActs.Map(app, desk);
        // The head's board shows what waits for a person, whatever room holds it back.
        var services = app.Services;
        var watch = new UnscheduledWatch(desk.Store, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<TermsByDay>().At, desk.Proceedings.HandledUpTo);
        services.GetRequiredService<Brakes>().Conclusions = new(watch.Held, who => watch.Run(who));

        Owner? WhoseDeath(HttpContext context) => desk.Work.Deaths.OwnerOf(context.Number("proceeding"));
    }

    public static string LimitsPath(long provider) => $"/providers/{PageLanguage.Identity(provider)}/limits";

    public static string HivPath(long provider) => $"/providers/{PageLanguage.Identity(provider)}/hiv-conclusion";

    public static string UnconfirmedPath(long provider) => $"/providers/{PageLanguage.Identity(provider)}/unconfirmed-conclusion";

    public static string LatentPath(long provider) => $"/providers/{PageLanguage.Identity(provider)}/latent-defect";

    private static IResult List(VisitDesk desk, string? kind, string? region, int? page, Visitor visitor)
    {
        var list = DutyList.Of(desk, kind, Own(desk, region, visitor), page ?? 1);
        return VisitDesk.Page<DutiesPage>(null,
            (nameof(DutiesPage.List), list), (nameof(DutiesPage.Rows), DutyList.Shown(desk, list.Rows)), (nameof(DutiesPage.Now), desk.Now), (nameof(DutiesPage.Terms), desk.Terms),
            (nameof(DutiesPage.Regions), Regions(desk, visitor)));
    }

    private static IResult Sheet(VisitDesk desk, string? kind, string? region, Visitor visitor, PageLanguage language)
    {
        var list = DutyList.Of(desk, kind, Own(desk, region, visitor), 1);
        return Results.File(DutySheet.Of(list, DutyList.Shown(desk, list.All), visitor, desk, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-duties-{list.Kind}.xlsx");
    }

    /// <summary>A branch sees its own region alone; the others choose.</summary>
    internal static string? Own(VisitDesk desk, string? region, Visitor visitor) =>
        visitor.User!.IsOfBranch ? visitor.User.Region : string.IsNullOrEmpty(region) || desk.Terms.Law.Regions.Find(region) is null ? null : region;

    /// <summary>The branches among which a reader may choose.</summary>
    internal static IReadOnlyList<Region> Regions(VisitDesk desk, Visitor visitor) => visitor.User!.IsOfBranch ? [] : [.. desk.Terms.Law.Regions.All.OrderBy(r => r.Code, StringComparer.Ordinal)];

    private static IResult Measures(VisitDesk desk, long proceeding, string? doubt, IFormCollection? form) => desk.Proceedings.Row(proceeding) is not { } row ? MessageEndpoints.NotFound() : VisitDesk.Page<MeasuresPage>(doubt,
        (nameof(MeasuresPage.Case), row.ToProceeding()), (nameof(MeasuresPage.Finding), row.FindingId), (nameof(MeasuresPage.Provider), desk.ProviderOf(row.ProviderId)), (nameof(MeasuresPage.Classification), desk.Terms.Law.Classification.On(desk.Terms.Today)),
        (nameof(MeasuresPage.Last), desk.Terms.Of(TermName.StateBodyReport, LocalDay.Of(row.ToProceeding().DetectedAt)).Last), (nameof(MeasuresPage.Doubt), doubt), (nameof(MeasuresPage.Form), form), (nameof(MeasuresPage.Token), VisitDesk.NewToken()));

    private static async Task<IResult> MarkAsync(VisitDesk desk, long proceeding, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var outcome = desk.Work.MarkForMeasures(VisitDesk.WordOf(context, "measures", form, desk.Now), visitor, proceeding, new(form["reasons"].ToString()), language.Code);
        return VisitDesk.DoubtOf(outcome, language) is { } doubt ? Measures(desk, proceeding, doubt, form) : Results.Redirect(FormattableString.Invariant($"/reports/{outcome.Receipt.CaseId}"));
    }
}
