using System.Text.RegularExpressions;
using Kepil.Fund.Desk;

namespace Kepil.Tests.Browser;

/// <summary>A page that is walked: on which pages' host, as whom, and its address.</summary>
/// <param name="Role">Who looks at it; nobody: a reader who has not signed in.</param>
/// <param name="Address">Words in capitals stand for what the host has: <c>CASE</c>, <c>PERSON</c>.</param>
/// <param name="Status">The answer that is right.</param>
public sealed record PageRow(PageHostKind On, Role? Role, string Address, int Status = 200)
{
    public override string ToString() => $"{Role?.ToString() ?? "nobody"} {Address}";
}

/// <summary>Whose data a page is walked over.</summary>
public enum PageHostKind
{
    /// <summary>A month, findings and a reviewer's queue.</summary>
    Desk,

    /// <summary>A provider's cases at all stages.</summary>
    Office,

    /// <summary>The work of three branches, notes, openings and changes of lists.</summary>
    Watch,

    /// <summary>Unscheduled monitorings at all stages, their papers, an outage.</summary>
    Visits,

    /// <summary>The pages of Desk as one who signed in for the first time and has no second factor yet.</summary>
    FirstDay,

    /// <summary>An installation on its first day: no users, no months.</summary>
    Empty,
}

/// <summary>All pages that people see, each with the data that fill it. A GET endpoint that is in no row here is missing from the walk.</summary>
public static class PageTable
{
    /// <summary>Endpoints that give a file, an answer to a program, or lead to another page.</summary>
    public static readonly IReadOnlySet<string> NoPages = new HashSet<string>(StringComparer.Ordinal)
    {
        "/", "/months", "/office/statement", "/office/cases.xlsx", "/desk/queue.xlsx", "/journal.xlsx", "/office/{proceeding:long}/papers/{hash}", "/office/{proceeding:long}/notice.docx", "/outages/{outage:long}/letter.docx", "/office/registers/template.xlsx", "/office/registers/{upload:long}/progress",
        "/office/registers/{upload:long}/errors.xlsx", "/desk/{case:long}/papers/{hash}", "/board/{part}.xlsx", "/calendar/{secret}.ics", "/months/{month}/providers/{provider:long}/findings.{kind}",
        "/people/of/{token}/months.xlsx", "/people/of/{token}/payments.xlsx", "/money.xlsx", "/money/execution.xlsx", "/money/providers/{provider:long}/invoices/{invoice:long}.docx", "/office/payments", "/money/providers/{provider:long}/acts/{run:long}/{name}.{format}", "/money/files/{file:long}.{format}",
        "/people/files/brought/{hash}/progress", "/people/files/brought/{hash}/errors.xlsx", "/people/files/{file:long}/errors.xlsx", "/portrait.xlsx", "/purchase/plan.xlsx", "/purchase/{campaign:long}/plan.xlsx", "/purchase/{campaign:long}/applications.xlsx", "/purchase/{campaign:long}/shares.xlsx", "/portrait/own.xlsx", "/uninsured.xlsx", "/uninsured/changes.xlsx", "/outages.xlsx", "/access.xlsx", "/office/registers.xlsx", "/duties.xlsx", "/registers/{region}/{month}/register.{format}", "/monitorings.xlsx", "/office/conclusions.xlsx", "/months/{month}/providers.xlsx", "/rules.xlsx", "/monitorings/{monitoring:long}/files/{hash}", "/conclusions/{conclusion:long}/files/{hash}", "/inbox.xlsx", "/lists/{name}.xlsx", "/office/registers/{upload:long}/foreseen.xlsx", "/law/policies.xlsx", "/law/calendar.xlsx", "/law/tariffs.xlsx", "/money/providers/{provider:long}/orders.xlsx",
    };

    public static readonly IReadOnlyList<PageRow> Rows =
    [
        .. On(PageHostKind.Desk, Role.CentralExpert,
            "/desk", "/desk/CENTRAL", "/desk/bulk?case=CENTRAL&case=OTHER", "/months/2026-10", "/months/2026-10/providers/190140000018?as=expert&code=5.1&view=confirmed", "/findings/SPECIALIST?as=expert", "/findings/BESIDE",
            "/findings/GENERAL", "/law", "/law/MON-321/27", "/search?q=190140000018", "/account"),
        .. On(PageHostKind.Desk, Role.CentralExpert, "/entitle", "/entitle?service=hospital&diagnosis=K40.9", "/entitle?service=A02.005.000&diagnosis=I10&level=Third"),
        .. On(PageHostKind.Desk, Role.ProviderClerk, "/entitle?service=dental&diagnosis=K02.1&urgent=yes"),
        .. On(PageHostKind.Desk, Role.BranchHead, "/desk", "/money/providers/190140000018/acts/1"),
        .. On(PageHostKind.Desk, Role.CentralExpert,
            "/money", "/money?by=month", "/money?by=contract&package=mams", "/money/charges", "/money/execution", "/money/execution?by=form", "/money/execution?by=contract&provider=190140000018&contract=C-18", "/money/providers/190140000018", "/money/providers/190140000018/orders/2", "/money/providers/190140000018/lines/MONEY", "/money/files"),
        .. On(PageHostKind.Desk, Role.BranchExpert, "/people", "/people/of/INSURED?why=citizen", "/people/of/OWING?why=citizen&day=2026-09-15", "/people/of/OWING"),
        .. On(PageHostKind.Desk, Role.CentralExpert, "/people/files", "/people/files/2", "/people/files/brought/BROUGHT"),
        .. On(PageHostKind.Desk, Role.CentralExpert,
            "/purchase", "/purchase/1", "/purchase/1?region=61&package=mams", "/purchase/4", "/purchase/3/applications", "/purchase/1/shares", "/purchase/1/shares/1", "/purchase/1/shares/2", "/purchase/1/protocol", "/purchase/3/protocol", "/purchase/1/contracts", "/purchase/contracts/190140000018/BOUGHT"),
        .. On(PageHostKind.Desk, Role.BranchHead, "/purchase/1"),
        .. On(PageHostKind.Desk, Role.ProviderHead, "/office/purchase", "/office/purchase/1", "/office/purchase/2", "/purchase/contracts/190140000018/BOUGHT"),
        .. On(PageHostKind.Desk, null, "/portrait", "/portrait?place=61"),
        .. On(PageHostKind.Desk, Role.CentralExpert, "/portrait/own", "/portrait/own?place=61", "/portrait/own?place=6148"),
        .. On(PageHostKind.Desk, Role.LocalBody, "/uninsured", "/uninsured?place=6148&reason=never", "/uninsured/changes", "/uninsured/duties", "/portrait/own"),
        .. On(PageHostKind.Desk, Role.Auditor, "/money?by=region", "/money/files", "/months/2026-10/providers/190140000018?rows=roomy"),
        .. On(PageHostKind.Desk, Role.ProviderHead, "/money/providers/190140000018", "/money/providers/190140000018/acts/1", "/money/providers/190140000018/invoices/1"),
        .. On(PageHostKind.Desk, Role.Administrator, "/users", "/keys"),
        .. On(PageHostKind.Desk, null, "/law/classification", "/law/tariffs", "/packages", "/packages?package=Insurance&who=dental_planned&q=K02.1", "/packages?care=hospital", "/sign-in", "/sign-in/code", "/demo-sign-in", "/documents", "/documents/CODE"),
        new(PageHostKind.Desk, Role.CentralExpert, "/months/1999-01", 404),
        new(PageHostKind.Desk, Role.ProviderClerk, "/months/2026-10", 403),
        .. On(PageHostKind.Office, Role.ProviderHead,
            "/office", "/office?view=answer", "/office?view=all&q=L-000001", "/office?view=lost", "/office?view=general", "/office/OPEN", "/office/OPEN/notice", "/office/CONFIRMED", "/office/ACCEPTED", "/office/GENERAL", "/office/OPEN/objection?step=what",
            "/office/OPEN/objection?step=why", "/office/OPEN/objection?step=papers", "/office/OPEN/objection?step=check", "/office/GENERAL/explanation", "RECEIPT", "BULK", "/office/bulk/file", "/office/registers", "UPLOAD",
            "/months/2026-10/providers/190140000018"),
        .. On(PageHostKind.Watch, Role.CentralExpert, "/board", "/board?by=region", "/board?case=CASE", "/inbox", "/access", "/access/1"),
        .. On(PageHostKind.Watch, Role.BranchHead, "/board"),
        .. On(PageHostKind.Watch, null, "/demo-sign-in"),
        .. On(PageHostKind.Watch, Role.Methodologist,
            "/board?by=reviewer", "/board?by=pair", "/rules", "/rules/5.1-service-after-death", "/lists", "/lists/rule_bounds", "/lists/changes/1", "/editions", "/law/policies", "/law/calendar"),
        .. On(PageHostKind.Watch, Role.Auditor, "/journal", "/journal?person=PERSON", "/access"),
        .. On(PageHostKind.Watch, Role.ProviderHead, "/inbox"),
        .. On(PageHostKind.Visits, Role.BranchExpert,
            "/monitorings", "/monitorings?view=provider", "/monitorings?view=today", "/monitorings?view=ended", "/monitorings/new?q=190140000018", "/monitorings/new/190140000018", "/monitorings/new/190140000018?ground=ConsumerAppeal",
            "/monitorings/new/190140000018?ground=RiskAnalysis", "/monitorings/OPEN", "/monitorings/SUSPENDED", "/monitorings/OPEN/conclusion", "/conclusions/DRAFTED", "/conclusions/DRAFTED/signature", "/conclusions/RECEIVED",
            "/conclusions/OBJECTED", "/papers/PAPER", "/outages", "/outages?outage=OUTAGE", "/outages/LETTER/letter",
            "/duties", "/duties?kind=overdue", "/duties?kind=today", "/registers", "/registers/61/MONTH", "/duties/measures/UNMARKED", "/reports/QUARTER", "/reports/MEASURES", "/providers/190140000018/limits", "/providers/190140000018/unconfirmed-conclusion?contract=C-18",
            "/providers/190140000018/hiv-conclusion", "/deaths/DEATH", "/latent/LATENT", "/latent/TOLD", "/providers/190140000018/latent-defect?line=SERVICE"),
        .. On(PageHostKind.Visits, Role.CentralExpert, "/duties", "/duties?kind=report", "/providers/190140000018/limits"),
        .. On(PageHostKind.Visits, Role.Lawyer, "/providers/190140000018/limits", "/deaths/DEATH"),
        .. On(PageHostKind.Visits, Role.ProviderHead,
            "/office/conclusions", "/office/conclusions?view=today", "/office/conclusions/RECEIVED", "/office/conclusions/RECEIVED/answer", "/office/conclusions/ANSWERED/signature", "/office/conclusions/OBJECTED", "/office/conclusions/LISTED", "/office/monitorings/OPEN", "/papers/PAPER"),
        .. On(PageHostKind.Empty, null, "/first-start"),
        .. On(PageHostKind.FirstDay, Role.Administrator, "/account/second-factor"),
    ];

    /// <summary>GET endpoints of pages that no row reaches.</summary>
    /// <param name="patterns">Patterns of all GET endpoints.</param>
    public static IReadOnlyList<string> Missing(IEnumerable<string> patterns)
    {
        var pages = patterns.Where(p => !p.StartsWith("/api/", StringComparison.Ordinal) && !p.StartsWith("/openapi/", StringComparison.Ordinal) && !NoPages.Contains(p)).Distinct().ToList();
        // Places that a host fills with a whole address stand for the endpoints named here.
        var addresses = Rows.Select(r => r.Address switch { "RECEIPT" => "/office/1/receipts/1", "BULK" => "/office/bulk/one", "UPLOAD" => "/office/registers/1", var told => Regex.Replace(told.Split('?')[0], "/[A-Z]+(?=/|$)", "/1") }).ToList();
        // An address belongs to the pattern with the fewest places that fits it.
        var reached = addresses.Select(a => pages.Where(p => Fits(p, a)).MinBy(p => p.Count(c => c == '{'))).ToHashSet();
        return [.. pages.Where(p => !reached.Contains(p))];
    }

    private static bool Fits(string pattern, string address) =>
        Regex.IsMatch(address, "^" + Regex.Replace(Regex.Replace(pattern, @"\{\w+:long\}", @"\d+"), @"\{\w+\}", "[^/]+") + "$");

    private static IEnumerable<PageRow> On(PageHostKind host, Role? role, params string[] addresses) => addresses.Select(a => new PageRow(host, role, a));
}
