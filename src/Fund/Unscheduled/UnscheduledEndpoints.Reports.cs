using Kepil.Fund.Desk;

namespace Kepil.Fund.Unscheduled;

/// <summary>The reports of branches to health authorities and to the state body.</summary>
public static partial class UnscheduledEndpoints
{
    private static void MapReports(RouteGroupBuilder group, CaseWork work)
    {
        group.MapGet("/reports/{report:long}", (long report) => work.Store.ReportOf(report) is { } state && work.Store.CaseOf(report) is { } one
                ? Told(new ReportAnswer(
                    Short(one), state, state.Rows.Sum(r => r.Sum.Tiyn), [.. work.Store.ReportEvents(report).Select(e => Step(e.GetType().Name, e.At, e.Ground))],
                    work.Documents.Newest(CasePapers.SubjectOf("report", report)) is { } paper ? CaseWork.AnswerOf(paper) : null))
                : Results.NotFound())
            .WithName("SeeReport").WithSummary("A report of a branch: the quarter to the health authority, or a finding to the state body.").Produces<ReportAnswer>().Needs(Right.SeeMonitorings, Whose, seen: "ReportSeen");
        Act<SentNothing>(group, "/reports/{report:long}/preparation", "PrepareReport", "Puts the report together from what the proceedings and conclusions say now.", Right.LeadMonitoring, Whose,
            (word, _, context, lang) => work.PrepareReport(word, Gate.VisitorOf(context), context.Number("report"), lang));
        Act<SentNothing>(group, "/reports/{report:long}/sending", "SendReport", "Notes that the report went.", Right.LeadMonitoring, Whose,
            (word, _, context, lang) => work.SendReport(word, Gate.VisitorOf(context), context.Number("report"), lang));
        Act<SentNumber>(group, "/reports/{report:long}/acknowledgement", "AcknowledgeReport", "Notes under which number the addressee has the report.", Right.LeadMonitoring, Whose,
            (word, sent, context, lang) => work.AcknowledgeReport(word, Gate.VisitorOf(context), context.Number("report"), sent, lang));
        Act<SentReasons>(group, "/proceedings/{proceeding:long}/measures", "MarkForMeasures", "Marks a finding as asking for administrative measures: the report to the state body falls due.", Right.LeadMonitoring,
            context => work.Deaths.OwnerOf(context.Number("proceeding")), (word, sent, context, lang) => work.MarkForMeasures(word, Gate.VisitorOf(context), context.Number("proceeding"), sent, lang));

        Owner? Whose(HttpContext context) => work.Store.CaseOf(context.Number("report")) is { Kind: "report" } one ? new Owner(null, one.Region, []) : null;
    }
}
