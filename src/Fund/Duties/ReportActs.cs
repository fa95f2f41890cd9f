using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;

namespace Kepil.Fund.Duties;

/// <summary>The page of a report: its rows as they stand, preparing, sending, and the number under which the addressee has it.</summary>
public static class ReportActs
{
    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/reports/{report:long}", (long report, PageLanguage language) => Show(desk, report, null, null, null, language)).Needs(Right.SeeMonitorings, Whose, seen: "ReportSeen");
        app.MapPost("/reports/{report:long}/{act}", (long report, string act, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, report, act, context, visitor, language)).Needs(Right.LeadMonitoring, Whose);

        Owner? Whose(HttpContext context) => desk.Store.CaseOf(context.Number("report")) is { Kind: "report" } one ? new Owner(null, one.Region, []) : null;
    }

    private static IResult Show(VisitDesk desk, long id, string? act, string? doubt, IFormCollection? form, PageLanguage language)
    {
        if (desk.Store.ReportOf(id) is not { } state || desk.Store.CaseOf(id) is not { Kind: "report" } one)
        {
            return MessageEndpoints.NotFound();
        }

        // Before it goes the reader sees what the proceedings say today, and whether that differs from what was prepared.
        var current = state.Next is null ? state.Rows : desk.Work.Reports.RowsOf(state);
        return VisitDesk.Page<ReportPage>(doubt,
            (nameof(ReportPage.Case), one), (nameof(ReportPage.State), state), (nameof(ReportPage.Rows), ReportGroup.Of(state.Stage == ReportStage.Due ? current : state.Rows)), (nameof(ReportPage.Changed), state.Stage == ReportStage.Prepared && !current.SequenceEqual(state.Rows)),
            (nameof(ReportPage.Region), desk.Terms.Law.Regions.Find(one.Region) is { } region ? language.Text(region.Name) : one.Region), (nameof(ReportPage.Classification), desk.Terms.Law.Classification.On(desk.Terms.Today)),
            (nameof(ReportPage.Steps), DutyStep.Of(desk.Store.ReportEvents(id), language)), (nameof(ReportPage.Papers), desk.PapersOf(one)), (nameof(ReportPage.Now), desk.Now), (nameof(ReportPage.Terms), desk.Terms),
            (nameof(ReportPage.Act), act), (nameof(ReportPage.Doubt), doubt), (nameof(ReportPage.Form), form), (nameof(ReportPage.Token), VisitDesk.NewToken()));
    }

    private static async Task<IResult> DoAsync(VisitDesk desk, long id, string act, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var word = VisitDesk.WordOf(context, act, form, desk.Now);
        var outcome = act switch
        {
            "preparation" => desk.Work.PrepareReport(word, visitor, id, language.Code),
            "sending" => desk.Work.SendReport(word, visitor, id, language.Code),
            "acknowledgement" => desk.Work.AcknowledgeReport(word, visitor, id, new(form["number"].ToString()), language.Code),
            _ => null,
        };
        return outcome is null ? MessageEndpoints.NotFound()
            : VisitDesk.DoubtOf(outcome, language) is { } doubt ? Show(desk, id, act, doubt, form, language)
            : Results.Redirect(FormattableString.Invariant($"/reports/{id}"));
    }
}

/// <summary>Findings of one provider under one code, as a report tells them.</summary>
/// <param name="Disputed">How many of them are not final.</param>
/// <param name="What">Why a person marked them.</param>
public sealed record ReportGroup(long ProviderId, string Provider, string Code, int Findings, int Disputed, long Sum, string What)
{
    public static IReadOnlyList<ReportGroup> Of(IReadOnlyList<ReportRow> rows) => [.. rows.GroupBy(r => (r.ProviderId, r.Provider, r.Code)).OrderBy(g => g.Key.ProviderId).ThenBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new ReportGroup(
        g.Key.ProviderId, g.Key.Provider, g.Key.Code, g.Count(), g.Count(r => r.IsDisputed), g.Sum(r => r.Sum.Tiyn), string.Join("; ", g.Select(r => r.What).Where(t => !string.IsNullOrEmpty(t)).Distinct())))];
}
