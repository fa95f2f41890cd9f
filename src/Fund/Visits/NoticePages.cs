using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;

namespace Kepil.Fund.Visits;

/// <summary>Two letters that pages give on paper: the notice of a finding to its provider, and the Fund's letter on an outage.</summary>
public static class NoticePages
{
    public static void Map(WebApplication app, VisitDesk desk)
    {
        var notices = desk.Work.NoticesBy(app.Services.GetRequiredService<JudgedBy>());
        StoredDocument? Notice(long proceeding, Visitor visitor) => notices.Issue(proceeding, visitor.User!.Id, desk.Now);
        app.MapGet("/office/{proceeding:long}/notice", (long proceeding, Visitor visitor) => Show(desk, Notice(proceeding, visitor), "finding", proceeding)).Needs(Right.WorkInOffice, Whose, seen: "NoticeSeen");
        app.MapGet("/office/{proceeding:long}/notice.docx", (long proceeding, Visitor visitor) => File(desk, Notice(proceeding, visitor))).Needs(Right.WorkInOffice, Whose, seen: "NoticeTaken");
        app.MapGet("/outages/{outage:long}/letter", (long outage) => Show(desk, Letter(desk, outage), "outage", outage)).Needs(Right.SeeOutages);
        app.MapGet("/outages/{outage:long}/letter.docx", (long outage) => File(desk, Letter(desk, outage))).Needs(Right.SeeOutages);

        Owner? Whose(HttpContext context) => desk.Proceedings.Find(context.Number("proceeding")) is { } found && found.IsShownToProvider(desk.Terms.Policies) ? new Owner(found.ProviderId, null, []) : null;
    }

    /// <summary>The letter; where a process broke off before it was made, it is made now.</summary>
    private static StoredDocument? Letter(VisitDesk desk, long outage)
    {
        if (desk.Work.Outages.PaperOf(outage) is { } there)
        {
            return there;
        }

        desk.Work.Outages.MakeAll();
        return desk.Work.Outages.PaperOf(outage);
    }

    private static IResult Show(VisitDesk desk, StoredDocument? paper, string what, long number) => paper is null ? MessageEndpoints.NotFound() : VisitDesk.Page<PaperPage>(null,
        (nameof(PaperPage.Title), DocumentKinds.Of(paper.Entry.Kind).Name()), (nameof(PaperPage.Number), paper.Entry.Number.ToString()), (nameof(PaperPage.Code), paper.Code.ToString()),
        (nameof(PaperPage.Html), System.Text.Encoding.UTF8.GetString(desk.Work.Documents.Files.Read(paper.Version.PrintHash))), (nameof(PaperPage.Back), (what, FormattableString.Invariant($"{number}"))),
        (nameof(PaperPage.Signatures), desk.Work.Documents.Signatures(paper.Code, (int)paper.Version.Version)));

    private static IResult File(VisitDesk desk, StoredDocument? paper) => paper is null ? MessageEndpoints.NotFound() : Results.File(
        desk.Work.Documents.Files.Read(paper.Version.DocxHash), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", paper.Entry.Number.ToString().Replace('/', '-') + ".docx");
}
