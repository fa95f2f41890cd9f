using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;

namespace Kepil.Fund.Duties;

/// <summary>The register of unconfirmed cases (annex 2): its months, the form of one month as it is printed, its files, its paper.</summary>
public static class RegisterActs
{
    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/registers", (string? region, int? page, Visitor visitor) => List(desk, region, page, visitor)).Needs(Right.SeeMonitorings, _ => Owner.OfRows, seen: "RegisterSeen");
        app.MapGet("/registers/{region}/{month}", (string region, string month) => Show(desk, region, month, null)).Needs(Right.SeeMonitorings, Branch, seen: "RegisterSeen");
        app.MapGet("/registers/{region}/{month}/register.{format}", (string region, string month, string format) => File(desk, region, month, format)).Needs(Right.SeeMonitorings, Branch, seen: "RegisterTaken");
        app.MapPost("/registers/{region}/{month}/paper", (string region, string month, HttpContext context, Visitor visitor, PageLanguage language) => IssueAsync(desk, region, month, context, visitor, language))
            .Needs(Right.LeadMonitoring, Branch);

        Owner? Branch(HttpContext context) => new(null, (string)context.Request.RouteValues["region"]!, []);
    }

    public static string PathOf(string region, DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"/registers/{region}/{month:yyyy-MM}");

    private static IResult List(VisitDesk desk, string? region, int? page, Visitor visitor)
    {
        desk.Work.Registers.Enter();
        var own = DutyEndpoints.Own(desk, region, visitor);
        var months = desk.Store.RegisterMonths(FirstOf(desk.Terms.Today).AddMonths(1)).Where(m => own is null || m.Region == own).OrderByDescending(m => m.Month).ThenBy(m => m.Region, StringComparer.Ordinal).ToList();
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (months.Count + RegistersPage.OnAPage - 1) / RegistersPage.OnAPage));
        var rows = months.Skip((shown - 1) * RegistersPage.OnAPage).Take(RegistersPage.OnAPage).Select(m => (Month: m, desk.Work.Registers.PaperOf(m.Region, m.Month)?.Entry)).ToList();
        return VisitDesk.Page<RegistersPage>(null,
            (nameof(RegistersPage.Rows), rows), (nameof(RegistersPage.Count), months.Count), (nameof(RegistersPage.Number), shown), (nameof(RegistersPage.Region), own), (nameof(RegistersPage.Law), desk.Terms.Law.Regions),
            (nameof(RegistersPage.Regions), DutyEndpoints.Regions(desk, visitor)));
    }

    private static IResult Show(VisitDesk desk, string region, string month, string? doubt)
    {
        if (MonthOf(desk, region, month) is not { } asked)
        {
            return MessageEndpoints.NotFound();
        }

        desk.Work.Registers.Enter();
        var (form, paper) = (desk.Work.Registers.FormOf(region, asked), desk.Work.Registers.PaperOf(region, asked));
        var isCurrent = paper is not null && desk.Work.Registers.IsCurrent(paper, region, asked);
        return VisitDesk.Page<RegisterPage>(doubt,
            (nameof(RegisterPage.Region), desk.Terms.Law.Regions.Find(region)), (nameof(RegisterPage.Month), asked), (nameof(RegisterPage.Cases), form.Cases.Count), (nameof(RegisterPage.Paper), paper), (nameof(RegisterPage.IsCurrent), isCurrent),
            // A register of many rows goes as a file; the page would be heavier than a page may be.
            (nameof(RegisterPage.Html), paper is not null && isCurrent && form.Cases.Count <= RegisterPage.Most
                ? System.Text.Encoding.UTF8.GetString(desk.Work.Documents.Files.Read(paper.Version.PrintHash)) : FormPrint.Html((form with { Cases = [.. form.Cases.Take(RegisterPage.Most)] }).ToForm(null))),
            (nameof(RegisterPage.Doubt), doubt), (nameof(RegisterPage.Token), VisitDesk.NewToken()));
    }

    /// <summary>The register as a file: its paper with number and check code where the paper is of today's rows, else the form without them.</summary>
    private static IResult File(VisitDesk desk, string region, string month, string format)
    {
        if (MonthOf(desk, region, month) is not { } asked || format is not ("docx" or "xlsx"))
        {
            return MessageEndpoints.NotFound();
        }

        desk.Work.Registers.Enter();
        var (name, type) = (string.Create(CultureInfo.InvariantCulture, $"kepil-register-{region}-{asked:yyyy-MM}.{format}"), format == "docx" ? DocxType : FindingSheet.XlsxType);
        if (desk.Work.Registers.PaperOf(region, asked) is { } paper && desk.Work.Registers.IsCurrent(paper, region, asked))
        {
            return Results.File(desk.Work.Documents.Files.Read(format == "docx" ? paper.Version.DocxHash : paper.Version.XlsxHash), type, name);
        }

        var form = desk.Work.Registers.FormOf(region, asked).ToForm(null);
        return Results.File(format == "docx" ? FormDocx.Bytes(form) : FormXlsx.Bytes(form), type, name);
    }

    private static async Task<IResult> IssueAsync(VisitDesk desk, string region, string month, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        return MonthOf(desk, region, month) is not { } asked ? MessageEndpoints.NotFound()
            : VisitDesk.DoubtOf(desk.Work.IssueRegister(VisitDesk.WordOf(context, "paper", form, desk.Now), visitor, region, asked, language.Code), language) is { } doubt ? Show(desk, region, month, doubt)
            : Results.Redirect(PathOf(region, asked));
    }

    /// <summary>The month of an address; nothing for one that is not written 2026-10, lies ahead, or names no region.</summary>
    private static DateOnly? MonthOf(VisitDesk desk, string region, string month) =>
        desk.Terms.Law.Regions.Find(region) is not null && VisitDesk.DayOf(month + "-01") is { } day && day <= desk.Terms.Today ? day : null;

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
