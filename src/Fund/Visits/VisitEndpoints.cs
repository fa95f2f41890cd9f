using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Visits;

/// <summary>The pages of unscheduled monitoring for the Fund's employees: the list, the opening on one of the eight grounds, and what lies behind.</summary>
public static class VisitEndpoints
{
    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/monitorings", (string? view, string? region, int? page, Visitor visitor) => List(desk, view, region, page, visitor)).Needs(Right.SeeMonitorings, _ => Owner.OfRows, seen: "MonitoringsSeen");
        app.MapGet("/monitorings.xlsx", (string? view, string? region, Visitor visitor, PageLanguage language) => Sheet(desk, view, region, visitor, language)).Needs(Right.SeeMonitorings, _ => Owner.OfRows, seen: "MonitoringsTaken");
        app.MapGet("/monitorings/new", (string? q, Visitor visitor, PageLanguage language) => Choose(desk, q, visitor, language)).Needs(Right.LeadMonitoring, _ => Owner.OfRows);
        app.MapGet("/monitorings/new/{provider:long}", (long provider, string? ground) => Opening(desk, provider, ground, null, null)).Needs(Right.LeadMonitoring, desk.WhoseProvider);
        app.MapPost("/monitorings/new/{provider:long}", (long provider, HttpContext context, Visitor visitor, PageLanguage language) => OpenAsync(desk, provider, context, visitor, language)).Needs(Right.LeadMonitoring, desk.WhoseProvider);
        app.MapGet("/papers/{code}", (string code) => Paper(desk, code)).Needs(Right.SeeConclusions, desk.WhosePaper, seen: "PaperSeen");
        var search = app.Services.GetRequiredService<SearchPages>();
        search.Add((asked, visitor) => VisitSearch.OfCases(desk, asked, visitor));
        search.Add((asked, visitor) => VisitSearch.OfPapers(desk, asked, visitor));
        search.Add((asked, visitor) => VisitSearch.OfProvider(desk, asked, visitor));
        MonitoringActs.Map(app, desk);
        EditorEndpoints.Map(app, desk);
        ConclusionActs.Map(app, desk);
        ProviderPapers.Map(app, desk);
        OutagePages.Map(app, desk);
        NoticePages.Map(app, desk);
    }

    private static IResult List(VisitDesk desk, string? view, string? region, int? page, Visitor visitor)
    {
        var (user, all) = (visitor.User!, desk.Terms.Law.Regions);
        return VisitDesk.Page<MonitoringsPage>(null,
            (nameof(MonitoringsPage.List), VisitList.Of(desk, view, Own(desk, region, user), user.Id, page ?? 1)), (nameof(MonitoringsPage.Now), desk.Now), (nameof(MonitoringsPage.Terms), desk.Terms),
            (nameof(MonitoringsPage.Regions), user.IsOfBranch ? (IReadOnlyList<Region>)[] : [.. all.All.OrderBy(r => r.Code, StringComparer.Ordinal)]));
    }

    private static IResult Sheet(VisitDesk desk, string? view, string? region, Visitor visitor, PageLanguage language)
    {
        var list = VisitList.Of(desk, view, Own(desk, region, visitor.User!), visitor.User!.Id, 1, VisitList.Most);
        return Results.File(VisitSheet.Of(list, visitor, desk, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-monitorings-{list.View}.xlsx");
    }

    /// <summary>A branch sees its own region alone; the others choose.</summary>
    private static string? Own(VisitDesk desk, string? region, DeskUser user) => user.IsOfBranch ? user.Region : string.IsNullOrEmpty(region) || desk.Terms.Law.Regions.Find(region) is null ? null : region;

    /// <summary>Which provider: by its number or a part of its name.</summary>
    private static IResult Choose(VisitDesk desk, string? asked, Visitor visitor, PageLanguage language)
    {
        var region = visitor.User!.IsOfBranch ? visitor.User.Region : null;
        var (digits, name) = (SearchWords.Digits(asked ?? ""), asked?.Trim() ?? "");
        var compare = language.Culture.CompareInfo;
        var found = name.Length == 0 ? [] : desk.Records.Query("SELECT provider_id, name_kk, name_ru, region FROM provider ORDER BY provider_id", r => (Provider: new Provider(r.Long(0), r.TextOrNull(1), r.TextOrNull(2)), Region: r.TextOrNull(3)))
            .Where(p => (region is null || p.Region == region)
                && (digits.Length > 0 && PageLanguage.Identity(p.Provider.Id).Contains(digits, StringComparison.Ordinal)
                    || compare.IndexOf(p.Provider.NameKk ?? "", name, CompareOptions.IgnoreCase) >= 0 || compare.IndexOf(p.Provider.NameRu ?? "", name, CompareOptions.IgnoreCase) >= 0))
            .Select(p => p.Provider).Take(20).ToList();
        return VisitDesk.Page<ProviderChoicePage>(null, (nameof(ProviderChoicePage.Asked), name), (nameof(ProviderChoicePage.Found), found));
    }

    private static IResult Opening(VisitDesk desk, long provider, string? ground, string? doubt, IFormCollection? form)
    {
        var region = desk.Work.RegionOf(provider);
        return region is null ? MessageEndpoints.NotFound() : VisitDesk.Page<OpeningPage>(doubt,
            (nameof(OpeningPage.Provider), desk.ProviderOf(provider)), (nameof(OpeningPage.Ground), GroundOf(ground)), (nameof(OpeningPage.Team), desk.MayMonitor(region)), (nameof(OpeningPage.Classification), desk.Terms.Law.Classification.On(desk.Terms.Today)), (nameof(OpeningPage.Doubt), doubt),
            (nameof(OpeningPage.Form), form), (nameof(OpeningPage.Token), VisitDesk.NewToken()), (nameof(OpeningPage.Limit), desk.Terms.Of(Proceedings.TermName.UnscheduledLength, Proceedings.LocalDay.Of(desk.Now)).Last));
    }

    private static async Task<IResult> OpenAsync(VisitDesk desk, long provider, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        if (GroundOf(form["ground"]) is not { } ground)
        {
            return Opening(desk, provider, null, language["Opening.GroundMissing"], form);
        }

        var appeal = OpeningGrounds.IsAppeal(ground)
            ? new SentAppeal(form["number"], VisitDesk.DayOf(form["registered"]) ?? Proceedings.LocalDay.Of(desk.Now), FromOf(form["from"]), form["name"], form["contact"], form["organisation"], form["letter"], form["signed"] == "1", form["substance"])
            : null;
        if (appeal is not null && string.IsNullOrWhiteSpace(appeal.Number))
        {
            return Opening(desk, provider, form["ground"], language["Opening.NumberMissing"], form);
        }

        var team = form["team"].Select(t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).ToList();
        if (ground == OpeningGround.ContractBreached && (form["code"].ToString().Length > 0 || form["service"].ToString().Trim().Length > 0))
        {
            return OpenAdditional(desk, provider, team, context, form, visitor, language);
        }

        var word = VisitDesk.WordOf(context, "monitorings", form, desk.Now);
        var outcome = desk.Work.Open(word, visitor, provider, new(ground, appeal, form["facts"].ToString() is { Length: > 0 } facts ? facts : null, team, form["found-by-provider"] == "1", null), language.Code);
        return VisitDesk.DoubtOf(outcome, language) is { } doubt
            ? Opening(desk, provider, form["ground"], doubt, form)
            : Results.Redirect(FormattableString.Invariant($"/monitorings/{outcome.Receipt.CaseId}"));
    }

    /// <summary>What analysis of the provider's activity found before payment opens the monitoring together with its finding; both or neither.</summary>
    [Law("MON-321:14")]
    private static IResult OpenAdditional(VisitDesk desk, long provider, List<long> team, HttpContext context, IFormCollection form, Visitor visitor, PageLanguage language)
    {
        if (ConclusionDraft.Sum(form["sum"].ToString()) is not { } sum || sum < 0)
        {
            return Opening(desk, provider, form["ground"], language["Conclusion.SumWrong"], form);
        }

        var (service, code) = (form["service"].ToString().Trim(), form["code"].ToString().Trim());
        if (service.Length == 0 || code.Length == 0)
        {
            return Opening(desk, provider, form["ground"], language["Opening.FindingIncomplete"], form);
        }

        var word = VisitDesk.WordOf(context, "additional-findings", form, desk.Now);
        var outcome = desk.Work.NoteAdditional(word, visitor, provider, new(service, code, form["facts"].ToString(), sum, team), language.Code);
        return VisitDesk.DoubtOf(outcome, language) is { } doubt
            ? Opening(desk, provider, form["ground"], doubt, form)
            : Results.Redirect(FormattableString.Invariant($"/monitorings/{outcome.Receipt.CaseId}"));
    }

    private static IResult Paper(VisitDesk desk, string code)
    {
        if (!Documents.CheckCode.TryParse(code, out var asked) || desk.Work.Documents.Find(asked) is not { } paper)
        {
            return MessageEndpoints.NotFound();
        }

        var kind = Documents.DocumentKinds.Of(paper.Entry.Kind);
        return VisitDesk.Page<PaperPage>(null,
            (nameof(PaperPage.Title), Documents.DocumentKinds.Name(kind)), (nameof(PaperPage.Number), paper.Entry.Number.ToString()), (nameof(PaperPage.Code), asked.ToString()),
            (nameof(PaperPage.Html), System.Text.Encoding.UTF8.GetString(desk.Work.Documents.Files.Read(paper.Version.PrintHash))),
            (nameof(PaperPage.Back), paper.Entry.Subject.Split(':', '/') switch
            {
                ["register", var region, var month] => ("register", region + "/" + month),
                [var what, var number, ..] => (what, number),
                _ => ("", ""),
            }),
            (nameof(PaperPage.Signatures), desk.Work.Documents.Signatures(asked, (int)paper.Version.Version)));
    }

    private static OpeningGround? GroundOf(string? text) => Enum.TryParse<OpeningGround>(text, out var ground) && Enum.IsDefined(ground) ? ground : null;

    private static Appellant FromOf(string? text) => text switch { "organisation" => Appellant.Organisation, "state_body" => Appellant.StateBody, _ => Appellant.NaturalPerson };
}
