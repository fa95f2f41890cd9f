using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Office;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Visits;

/// <summary>What a provider does about conclusions and requests in its office: reads them with their clocks, sends documents, signs with or without objections, follows the reply.</summary>
public static class ProviderPapers
{
    private const long MostBytes = 40L << 20;

    private const int Most = 500;

    private const string Today = "today";

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/office/conclusions", (string? view, Visitor visitor) => List(desk, view, visitor)).Needs(Right.WorkInOffice, _ => Owner.OfRows, seen: "ConclusionsSeen");
        app.MapGet("/office/conclusions.xlsx", (string? view, Visitor visitor, PageLanguage language) => Results.File(VisitSheet.Of(InView(Papers(desk, visitor).Papers, view, desk.Now), view, visitor, desk, language).ToXlsx(), FindingSheet.XlsxType, "kepil-conclusions.xlsx"))
            .Needs(Right.WorkInOffice, _ => Owner.OfRows, seen: "ConclusionsTaken");
        app.MapGet("/office/conclusions/{conclusion:long}", (long conclusion, Visitor visitor, PageLanguage language) => Show(desk, conclusion, null, null, visitor, language)).Needs(Right.WorkInOffice, desk.WhoseConclusion, seen: "ConclusionSeen");
        app.MapGet("/office/conclusions/{conclusion:long}/answer", (long conclusion, Visitor visitor, PageLanguage language) => Answer(desk, conclusion, visitor, null)).Needs(Right.WorkInOffice, desk.WhoseConclusion, seen: "DraftSeen");
        app.MapPost("/office/conclusions/{conclusion:long}/answer", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) => WriteAsync(desk, conclusion, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.WorkInOffice, desk.WhoseConclusion);
        app.MapGet("/office/conclusions/{conclusion:long}/signature", (long conclusion, HttpContext context, Visitor visitor) => Signing(desk, conclusion, context, visitor, null)).Needs(Right.AnswerConclusion, desk.WhoseConclusion, seen: "DraftSeen");
        app.MapPost("/office/conclusions/{conclusion:long}/scan", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) => ScanAsync(desk, conclusion, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.AnswerConclusion, desk.WhoseConclusion);
        app.MapPost("/office/conclusions/{conclusion:long}/send", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken stop) => SendAsync(desk, conclusion, context, visitor, language, stop))
            .Needs(Right.AnswerConclusion, desk.WhoseConclusion);
        app.MapPost("/office/conclusions/{conclusion:long}/objection-list", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) => ListAsync(desk, conclusion, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.AnswerConclusion, desk.WhoseConclusion);
        app.MapPost("/office/conclusions/{conclusion:long}/appeal", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language) => AppealAsync(desk, conclusion, context, visitor, language))
            .Needs(Right.AnswerConclusion, desk.WhoseConclusion);
        app.MapGet("/office/monitorings/{monitoring:long}", (long monitoring, Visitor visitor) => Requests(desk, monitoring, visitor, null, 0)).Needs(Right.WorkInOffice, desk.WhoseMonitoring, seen: "RequestsSeen");
        app.MapPost("/office/monitorings/{monitoring:long}/documents", (long monitoring, HttpContext context, Visitor visitor, PageLanguage language) => DocumentsAsync(desk, monitoring, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.AnswerConclusion, desk.WhoseMonitoring);
    }

    private static IResult List(VisitDesk desk, string? view, Visitor visitor)
    {
        var (cases, papers) = Papers(desk, visitor);
        var monitorings = desk.Store.MonitoringsOf([.. cases.Where(c => c.Kind == "monitoring").Select(c => c.Id), .. papers.Select(p => p.State.Head.Monitoring).OfType<long>()]);
        // The provider is told of a monitoring by what is sent to it.
        List<(long Id, UnscheduledMonitoring State)> told = [.. monitorings.Where(m => IsTold(m.Value)).Select(m => (m.Key, m.Value)).OrderBy(m => OpenRequest(m.Value)?.Reply.EndsAt ?? DateTimeOffset.MaxValue).ThenByDescending(m => m.Key)];
        List<(long Id, UnscheduledMonitoring State)> toldToday = [.. told.Where(m => OpenRequest(m.State)?.Reply is { } reply && EndsToday(reply, desk.Now))];
        return VisitDesk.Page<ReceivedPage>(null,
            (nameof(ReceivedPage.View), view == Today ? Today : "all"),
            (nameof(ReceivedPage.Counts), (papers.Count + told.Count, InView(papers, Today, desk.Now).Count + toldToday.Count)),
            (nameof(ReceivedPage.Papers), InView(papers, view, desk.Now)),
            (nameof(ReceivedPage.Monitorings), (IReadOnlyList<(long, UnscheduledMonitoring)>)(view == Today ? toldToday : told)),
            (nameof(ReceivedPage.Numbers), cases.Concat(monitorings.Keys.Except(cases.Select(c => c.Id)).Select(id => desk.Store.CaseOf(id)!)).ToDictionary(c => c.Id, c => c.Number)),
            (nameof(ReceivedPage.Now), desk.Now), (nameof(ReceivedPage.Terms), desk.Terms));
    }

    /// <summary>The cases of the visitor's provider, and those conclusions that came to it: what waits for it first.</summary>
    private static (IReadOnlyList<UnscheduledCase> Cases, IReadOnlyList<(long Id, Conclusion State)> Papers) Papers(VisitDesk desk, Visitor visitor)
    {
        var provider = ProviderOffice.ProviderOf(visitor);
        var cases = desk.Store.OpenCases(null, provider, Most).Concat(desk.Store.EndedCases(null, provider, 0, Most)).ToList();
        var papers = desk.Store.ConclusionsOf([.. cases.Where(c => c.Kind == "conclusion" && VisitDesk.IsShown(c, visitor)).Select(c => c.Id)]);
        return (cases, [.. papers.Select(p => (p.Key, p.Value)).OrderBy(p => p.Value.Next?.Owner == Party.Provider ? 0 : 1).ThenBy(p => p.Value.Next?.Term.EndsAt ?? DateTimeOffset.MaxValue).ThenByDescending(p => p.Key)]);
    }

    /// <summary>Those of a view: all, or those that wait for the provider and end today.</summary>
    private static IReadOnlyList<(long Id, Conclusion State)> InView(IReadOnlyList<(long Id, Conclusion State)> papers, string? view, DateTimeOffset now) =>
        view == Today ? [.. papers.Where(p => p.State.Next is { Owner: Party.Provider } next && EndsToday(next.Term, now))] : papers;

    private static bool EndsToday(Term term, DateTimeOffset now) => term.EndsAt > now && term.Last == LocalDay.Of(now);

    internal static DocumentRequest? OpenRequest(UnscheduledMonitoring state) => state.Requests.Where(r => r.IsOpen).MinBy(r => r.Reply.Last);

    internal static bool IsTold(UnscheduledMonitoring state) =>
        state.Requests.Count > 0 || state.Visits.Any(v => v.AnnouncedAt is not null) || state.Interruptions.Any(i => i.AnnouncedAt is not null) || state.Stage == MonitoringStage.Terminated;

    private static IResult Show(VisitDesk desk, long id, string? act, string? doubt, Visitor visitor, PageLanguage language, IFormCollection? form = null) =>
        desk.Store.ConclusionOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one ? MessageEndpoints.NotFound() : VisitDesk.Page<ReceivedConclusionPage>(doubt,
            (nameof(ReceivedConclusionPage.Case), one), (nameof(ReceivedConclusionPage.State), state), (nameof(ReceivedConclusionPage.Papers), desk.PapersOf(one)), (nameof(ReceivedConclusionPage.Signed), desk.SignedOf(id)),
            // The provider is told what went to and fro, not what was written before it was sent.
            (nameof(ReceivedConclusionPage.Steps), VisitStep.Of([.. desk.Store.ConclusionEvents(id).Where(e => e is not (ConclusionDrafted or ConclusionSigned or ObjectionsConsidered or ConclusionTermMissed))], language, null)),
            (nameof(ReceivedConclusionPage.HasDraft), desk.Answers.Draft<AnswerDraft>(ProviderOffice.ProviderOf(visitor), AnswerDraft.SubjectOf(id)) is not null),
            (nameof(ReceivedConclusionPage.Now), desk.Now), (nameof(ReceivedConclusionPage.Terms), desk.Terms), (nameof(ReceivedConclusionPage.Act), act), (nameof(ReceivedConclusionPage.Doubt), doubt), (nameof(ReceivedConclusionPage.Form), form), (nameof(ReceivedConclusionPage.Token), VisitDesk.NewToken()));

    private static IResult Answer(VisitDesk desk, long id, Visitor visitor, string? doubt)
    {
        if (desk.Store.ConclusionOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one)
        {
            return MessageEndpoints.NotFound();
        }

        var found = desk.Answers.Draft<AnswerDraft>(ProviderOffice.ProviderOf(visitor), AnswerDraft.SubjectOf(id));
        return !state.IsAnswerable ? Results.Redirect(Path(id)) : VisitDesk.Page<AnswerPage>(doubt,
            (nameof(AnswerPage.Case), one), (nameof(AnswerPage.State), state), (nameof(AnswerPage.Draft), found?.Draft ?? new AnswerDraft(VisitDesk.NewToken())), (nameof(AnswerPage.Version), found?.Version ?? 0), (nameof(AnswerPage.SavedAt), found?.At),
            (nameof(AnswerPage.Doubt), doubt), (nameof(AnswerPage.Now), desk.Now), (nameof(AnswerPage.Terms), desk.Terms));
    }

    private static async Task<IResult> WriteAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var (office, provider, subject, go) = (desk.Answers, ProviderOffice.ProviderOf(visitor), AnswerDraft.SubjectOf(id), form["go"].ToString());
        if (go == "discard")
        {
            office.Discard(provider, subject);
            return Results.Redirect(Path(id));
        }

        var stored = office.Draft<AnswerDraft>(provider, subject);
        var draft = (stored?.Draft ?? new AnswerDraft(VisitDesk.NewToken())) with
        {
            Objects = form["objects"].ToString() switch { "yes" or "later" => true, "no" => false, _ => stored?.Draft.Objects },
            ListLater = form["objects"].ToString() switch { "later" => true, "yes" or "no" => false, _ => stored?.Draft.ListLater ?? false },
            List = form["list"].ToString().ReplaceLineEndings("\n") is var text && text.Length > AnswerDraft.MostSigns ? text[..AnswerDraft.MostSigns] : text,
        };
        string? doubt = null;
        if (go.StartsWith("remove:", StringComparison.Ordinal))
        {
            draft = draft with { Papers = [.. draft.AllPapers.Where(p => p.Hash != go[7..])] };
        }
        else if (form.Files.Any(f => f.Name == "paper"))
        {
            (var papers, doubt) = desk.Keep(form, "paper", language);
            draft = draft with { Papers = [.. draft.AllPapers, .. papers.Where(p => draft.AllPapers.All(a => a.Hash != p.Hash)).Select(p => new DraftPaper(p.Hash, p.Name, form.Files.First(f => f.Name == "paper").Length, null, false))] };
        }

        var saved = office.Save(provider, subject, draft, DraftSaved.VersionOf(form), visitor.User!.Id);
        if (DraftSaved.IsByItself(form))
        {
            return saved.ToScript(language);
        }

        doubt ??= saved.Conflict ? saved.Doubt(language) : null;
        doubt ??= go == "next" && !draft.IsWhole ? language[draft.Objects is null ? "Answer.ChooseOne" : draft.ListLater ? "Answer.LaterNotEmpty" : "Answer.ListEmpty"] : null;
        return doubt is not null ? Answer(desk, id, visitor, doubt) : Results.Redirect(Path(id) + (go == "next" ? visitor.May(Right.AnswerConclusion) ? "/signature" : "" : "/answer"));
    }

    private static IResult Signing(VisitDesk desk, long id, HttpContext context, Visitor visitor, string? doubt)
    {
        // A hospital's system answers over the interface, it has no page.
        if (visitor.User is null || desk.Store.ConclusionOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one || desk.Work.Papers.ConclusionOf(id) is not { } paper)
        {
            return MessageEndpoints.NotFound();
        }

        var found = desk.Answers.Draft<AnswerDraft>(ProviderOffice.ProviderOf(visitor), AnswerDraft.SubjectOf(id));
        if (!state.IsAnswerable || found is not { Draft.IsWhole: true })
        {
            return Results.Redirect(Path(id) + (state.IsAnswerable ? "/answer" : ""));
        }

        ConclusionActs.AllowProgram(context, desk);
        return VisitDesk.Page<AnswerSignaturePage>(doubt,
            (nameof(AnswerSignaturePage.Case), one), (nameof(AnswerSignaturePage.State), state), (nameof(AnswerSignaturePage.Paper), paper), (nameof(AnswerSignaturePage.Draft), found.Value.Draft), (nameof(AnswerSignaturePage.Program), desk.Program),
            (nameof(AnswerSignaturePage.Doubt), doubt), (nameof(AnswerSignaturePage.Now), desk.Now), (nameof(AnswerSignaturePage.Terms), desk.Terms));
    }

    private static async Task<IResult> ScanAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var (office, provider, subject) = (desk.Answers, ProviderOffice.ProviderOf(visitor), AnswerDraft.SubjectOf(id));
        var (papers, doubt) = desk.Keep(form, "scan", language);
        if (doubt is not null || papers.Count == 0 || office.Draft<AnswerDraft>(provider, subject) is not { } stored)
        {
            return Signing(desk, id, context, visitor, doubt ?? language["Sign.NoScan"]);
        }

        office.Save(provider, subject, stored.Draft with { Scan = new(papers[0].Hash, papers[0].Name, form.Files[0].Length, null, false), SignedOn = VisitDesk.DayOf(form["signed-on"]), Name = form["name"].ToString().Trim() }, stored.Version, visitor.User!.Id);
        return Results.Redirect(Path(id) + "/signature");
    }

    /// <summary>The last word: short, so that the moment of its arrival is that of the press.</summary>
    [Law("MON-321:56")]
    [Law("MON-321:59")]
    private static async Task<IResult> SendAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken stop)
    {
        var form = await context.Request.ReadFormAsync(stop);
        var (office, provider, subject) = (desk.Answers, ProviderOffice.ProviderOf(visitor), AnswerDraft.SubjectOf(id));
        if (office.Draft<AnswerDraft>(provider, subject) is not { Draft: { IsWhole: true } draft } stored)
        {
            // Pressed twice: what was sent stands on its page already.
            return Results.Redirect(Path(id));
        }

        SentSignature? signature;
        if (form["way"] == "kept-scan")
        {
            signature = draft.Scan is { } scan ? new(null, null, await File.ReadAllBytesAsync(desk.Acts.PathOf(new(scan.Hash, scan.Name)), stop), draft.SignedOn, draft.Name) : null;
        }
        else if (ConclusionActs.SignatureOf(form, visitor, provider, language) is { Doubt: { } wrong })
        {
            return Signing(desk, id, context, visitor, wrong);
        }
        else
        {
            signature = ConclusionActs.SignatureOf(form, visitor, provider, language).Signature;
        }

        var word = VisitDesk.WordOf(context, "answer", form, desk.Now, [signature is null ? "" : ConclusionActs.HashOf(signature), .. draft.Objections, .. draft.AllPapers.Select(p => p.Hash)]) with { SenderKey = draft.Token };
        var by = CaseWork.ActorOf(visitor);
        ConclusionCommand command = draft.Objects == true ? new ObjectToConclusion(word.ReceivedAt, by, Channel.System, draft.Objections, null, draft.ToPapers()) : new AcceptConclusion(word.ReceivedAt, by);
        var acquainted = draft.Objects == true ? new Acquainted(Acquaintance.WithObjections, draft.Objections, draft.ListLater) : Acquainted.Without;
        var outcome = await desk.Work.SignAsync(word, visitor, id, SigningSide.Provider, signature, acquainted, command, language.Code, stop);
        if (VisitDesk.DoubtOf(outcome, language) is { } doubt)
        {
            office.Save(provider, subject, draft with { Token = VisitDesk.NewToken() }, stored.Version, visitor.User!.Id);
            return desk.Store.ConclusionOf(id)?.IsAnswerable == true ? Signing(desk, id, context, visitor, doubt) : Show(desk, id, null, doubt, visitor, language);
        }

        office.Discard(provider, subject);
        return Results.Redirect(Path(id));
    }

    /// <summary>The list that follows a signature with objection, with its files.</summary>
    [Law("MON-321:56")]
    private static async Task<IResult> ListAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var (papers, doubt) = desk.Keep(form, "paper", language);
        var word = VisitDesk.WordOf(context, "objection-list", form, desk.Now, [.. papers.Select(p => p.Hash)]);
        doubt ??= VisitDesk.DoubtOf(
            desk.Work.Act(word, id, new ListObjections(word.ReceivedAt, CaseWork.ActorOf(visitor), Channel.System, AnswerDraft.ListOf(form["list"].ToString()), null, papers), language.Code), language);
        return doubt is null ? Results.Redirect(Path(id)) : Show(desk, id, "objection-list", doubt, visitor, language, form);
    }

    [Law("MON-321:60")]
    private static async Task<IResult> AppealAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var word = VisitDesk.WordOf(context, "appeal", form, desk.Now);
        var outcome = desk.Work.Act(word, id, new AppealResults(word.ReceivedAt, CaseWork.ActorOf(visitor), form["number"].ToString().Trim()), language.Code);
        return VisitDesk.DoubtOf(outcome, language) is { } doubt ? Show(desk, id, "appeal", doubt, visitor, language) : Results.Redirect(Path(id));
    }

    private static IResult Requests(VisitDesk desk, long id, Visitor visitor, string? doubt, int request) =>
        desk.Store.MonitoringOf(id) is not { } state || !IsTold(state) || desk.Store.CaseOf(id) is not { } one ? MessageEndpoints.NotFound() : VisitDesk.Page<RequestsPage>(doubt,
            (nameof(RequestsPage.Case), one), (nameof(RequestsPage.State), state), (nameof(RequestsPage.Papers), desk.PapersOf(one)), (nameof(RequestsPage.Now), desk.Now), (nameof(RequestsPage.Terms), desk.Terms),
            (nameof(RequestsPage.Doubt), doubt), (nameof(RequestsPage.Request), request), (nameof(RequestsPage.Token), VisitDesk.NewToken()));

    [Law("MON-321:5")]
    private static async Task<IResult> DocumentsAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var at = desk.Now;
        var form = await context.Request.ReadFormAsync();
        var number = int.TryParse(form["request"], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var (papers, doubt) = desk.Keep(form, "paper", language);
        var word = VisitDesk.WordOf(context, "documents", form, at, [.. papers.Select(p => p.Hash)]);
        doubt ??= VisitDesk.DoubtOf(desk.Work.Act(word, id, new HandDocuments(word.ReceivedAt, CaseWork.ActorOf(visitor), number, papers), language.Code), language);
        return doubt is null ? Results.Redirect(FormattableString.Invariant($"/office/monitorings/{id}")) : Requests(desk, id, visitor, doubt, number);
    }

    private static string Path(long id) => FormattableString.Invariant($"/office/conclusions/{id}");
}
