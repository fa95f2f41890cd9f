using System.Globalization;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Visits;

/// <summary>The page of a conclusion for the Fund's employees: signatures, sending, receipt, objections and the reasoned reply, appeals.</summary>
public static class ConclusionActs
{
    private const long MostBytes = 40L << 20;

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/conclusions/{conclusion:long}", (long conclusion, HttpContext context, PageLanguage language) =>
        {
            context.Response.Headers.ContentSecurityPolicy = FundWeb.PolicyWithPapers;
            return Show(desk, conclusion, null, null, null, language);
        }).Needs(Right.SeeMonitorings, desk.WhoseConclusion, seen: "ConclusionSeen");
        app.MapGet("/conclusions/{conclusion:long}/signature", (long conclusion, HttpContext context, Visitor visitor) => Signing(desk, conclusion, context, null, null)).Needs(Right.LeadMonitoring, desk.WhoseConclusion, seen: "ConclusionSeen");
        app.MapPost("/conclusions/{conclusion:long}/signature", (long conclusion, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken stop) => SignAsync(desk, conclusion, context, visitor, language, stop))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.LeadMonitoring, desk.WhoseConclusion);
        app.MapPost("/conclusions/{conclusion:long}/{act}", (long conclusion, string act, HttpContext context, Visitor visitor, PageLanguage language) => DoAsync(desk, conclusion, act, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.LeadMonitoring, desk.WhoseConclusion);
        app.MapGet("/conclusions/{conclusion:long}/files/{hash}", (long conclusion, string hash, HttpContext context) => desk.Download(context, desk.Store.ConclusionOf(conclusion)?.ObjectionPapers.FirstOrDefault(p => p.Hash == hash)))
            .Needs(Right.SeeMonitorings, desk.WhoseConclusion, seen: "PaperTaken");
    }

    private static IResult Show(VisitDesk desk, long id, string? act, string? doubt, IFormCollection? form, PageLanguage language) =>
        desk.Store.ConclusionOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one ? MessageEndpoints.NotFound() : VisitDesk.Page<ConclusionPage>(doubt,
            (nameof(ConclusionPage.Case), one), (nameof(ConclusionPage.State), state), (nameof(ConclusionPage.Names), desk.Names()), (nameof(ConclusionPage.Steps), VisitStep.Of(desk.Store.ConclusionEvents(id), language, desk.Names())),
            (nameof(ConclusionPage.Papers), desk.PapersOf(one)), (nameof(ConclusionPage.ShownAs), desk.ShownAs), (nameof(ConclusionPage.Signed), desk.SignedOf(id)), (nameof(ConclusionPage.Provider), desk.ProviderOf(one.ProviderId)), (nameof(ConclusionPage.Now), desk.Now), (nameof(ConclusionPage.Terms), desk.Terms),
            (nameof(ConclusionPage.Act), act), (nameof(ConclusionPage.Doubt), doubt), (nameof(ConclusionPage.Form), form), (nameof(ConclusionPage.Draft), state.Stage == ConclusionStage.Objected ? ReplyDraft.Of(desk.Answers, id) : null), (nameof(ConclusionPage.Token), VisitDesk.NewToken()));

    private static async Task<IResult> DoAsync(VisitDesk desk, long id, string act, HttpContext context, Visitor visitor, PageLanguage language)
    {
        if (desk.Store.ConclusionOf(id) is not { } state)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync();
        if (act == "consideration" && (DraftSaved.IsByItself(form) || form["go"] == "save"))
        {
            var saved = ReplyDraft.Save(desk.Answers, id, state, form, visitor.User!.Id, desk.Now);
            return DraftSaved.IsByItself(form) ? saved.ToScript(language) : saved.Conflict ? Show(desk, id, act, saved.Doubt(language), form, language) : Results.Redirect(FormattableString.Invariant($"/conclusions/{id}"));
        }

        var (papers, doubt) = act == "posted-objections" ? desk.Keep(form, "paper", language) : ([], null);
        var word = VisitDesk.WordOf(context, act, form, desk.Now, [.. papers.Select(p => p.Hash)]);
        var (lines, clauses) = act is "consideration" or "appeal-decision" ? Kept(form, state.Current) : (state.Current.Lines, state.Current.Clauses);
        if (lines is null || clauses is null)
        {
            doubt = language["Conclusion.SumWrong"];
        }

        if (doubt is null)
        {
            if (Command(act, form, word.ReceivedAt, visitor, state.Current, lines!, clauses!, papers) is not { } command)
            {
                return MessageEndpoints.NotFound();
            }

            doubt = VisitDesk.DoubtOf(desk.Work.Act(word, id, command, language.Code), language);
        }

        if (doubt is null && act == "consideration")
        {
            ReplyDraft.Discard(desk.Answers, id);
        }

        return doubt is null ? Results.Redirect(FormattableString.Invariant($"/conclusions/{id}")) : Show(desk, id, act, doubt, form, language);
    }

    private static ConclusionCommand? Command(
        string act, IFormCollection form, DateTimeOffset at, Visitor visitor, ConclusionVersion now, IReadOnlyList<ConclusionLine> lines, IReadOnlyList<ConclusionClause> clauses, IReadOnlyList<Paper> papers)
    {
        var (by, reviewer) = (CaseWork.ActorOf(visitor), CaseWork.ActorOf(visitor, true));
        var changed = !lines.SequenceEqual(now.Lines) || !clauses.SequenceEqual(now.Clauses);
        return act switch
        {
            "sending" => new SendConclusion(at, by, VisitDesk.ChannelOf(form["channel"])),
            "receipt" => new NoteReceipt(at, by, VisitDesk.DayOf(form["on"]) ?? DateOnly.MinValue),
            "posted-objections" => new ObjectToConclusion(
                at, by, form["channel"] == "electronic" ? Channel.Electronic : Channel.Post, AnswerDraft.ListOf(form["objections"].ToString()), VisitDesk.DayOf(form["posted"]), papers, VisitDesk.DayOf(form["arrived"])),
            "consideration" => changed ? new ConsiderObjections(at, reviewer, Phrases.Written(form), lines, clauses) : new ConsiderObjections(at, reviewer, Phrases.Written(form)),
            "reply" => new SendReply(at, reviewer),
            "appeal" => new AppealResults(at, by, form["number"].ToString().Trim()),
            "appeal-decision" => new DecideAppeal(at, by, OutcomeOf(form["outcome"]), form["document"].ToString().Trim(), lines, clauses),
            _ => null,
        };
    }

    /// <summary>The rows that a form keeps, with their sums as typed; nothing where a sum cannot be read.</summary>
    private static (IReadOnlyList<ConclusionLine>? Lines, IReadOnlyList<ConclusionClause>? Clauses) Kept(IFormCollection form, ConclusionVersion now)
    {
        var (lines, clauses) = (new List<ConclusionLine>(), new List<ConclusionClause>());
        foreach (var (i, line) in now.Lines.Index().Where(l => form[$"keep-{l.Index}"] == "1"))
        {
            if (ConclusionDraft.Sum(form[$"sum-{i}"].ToString()) is not { } sum)
            {
                return (null, null);
            }

            lines.Add(sum == line.Sum.Tiyn ? line : line with { Sum = new(sum) });
        }

        foreach (var (i, clause) in now.Clauses.Index().Where(c => form[$"keep-clause-{c.Index}"] == "1"))
        {
            if (ConclusionDraft.Sum(form[$"penalty-{i}"].ToString()) is not { } penalty)
            {
                return (null, null);
            }

            clauses.Add(penalty == clause.Penalty.Tiyn ? clause : clause with { Penalty = new(penalty) });
        }

        return (lines, clauses);
    }

    private static IResult Signing(VisitDesk desk, long id, HttpContext context, string? doubt, IFormCollection? form)
    {
        if (desk.Store.ConclusionOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one)
        {
            return MessageEndpoints.NotFound();
        }

        desk.Work.Papers.Make(one);
        if (state.Stage != ConclusionStage.Drafted || desk.Work.Papers.ConclusionOf(id) is not { } paper)
        {
            return Results.Redirect(FormattableString.Invariant($"/conclusions/{id}"));
        }

        AllowProgram(context, desk);
        return VisitDesk.Page<SignaturePage>(doubt,
            (nameof(SignaturePage.Number), one.Number), (nameof(SignaturePage.Paper), paper), (nameof(SignaturePage.Path), FormattableString.Invariant($"/conclusions/{id}")), (nameof(SignaturePage.Program), desk.Program),
            (nameof(SignaturePage.Waiting), (IReadOnlyList<string>)[.. state.Head.Signers.Where(s => !state.SignedBy.Contains(s)).Select(s => desk.UserOf(s)?.FullName ?? "№ " + s.ToString(CultureInfo.InvariantCulture))]),
            (nameof(SignaturePage.Mine), state.Head.Signers.Contains(Gate.VisitorOf(context).User!.Id) && !state.SignedBy.Contains(Gate.VisitorOf(context).User!.Id)),
            (nameof(SignaturePage.Today), LocalDay.Of(desk.Now)), (nameof(SignaturePage.Token), VisitDesk.NewToken()), (nameof(SignaturePage.Doubt), doubt), (nameof(SignaturePage.Form), form));
    }

    /// <summary>The page of a signature alone may speak with the program on the reader's machine.</summary>
    internal static void AllowProgram(HttpContext context, VisitDesk desk) =>
        context.Response.Headers.ContentSecurityPolicy = FundWeb.PolicyWith(desk.Program);

    private static async Task<IResult> SignAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language, CancellationToken stop)
    {
        if (desk.Store.ConclusionOf(id) is null)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync(stop);
        var (signature, doubt) = SignatureOf(form, visitor, SearchWords.Identity(form["iin"].ToString()), language);
        if (doubt is not null)
        {
            return Signing(desk, id, context, doubt, form);
        }

        var word = VisitDesk.WordOf(context, "signature", form, desk.Now, [HashOf(signature!)]);
        var outcome = await desk.Work.SignAsync(word, visitor, id, SigningSide.Fund, signature, null, new SignConclusion(word.ReceivedAt, CaseWork.ActorOf(visitor)), language.Code, stop);
        return VisitDesk.DoubtOf(outcome, language) is { } refused ? Signing(desk, id, context, refused, form) : Results.Redirect(FormattableString.Invariant($"/conclusions/{id}"));
    }

    /// <summary>The signature that a form brings: made by the program of the browser, as a file made elsewhere, or as the scan of one on paper.</summary>
    internal static (SentSignature? Signature, string? Doubt) SignatureOf(IFormCollection form, Visitor visitor, long? expected, PageLanguage language)
    {
        if (form["way"] == "paper")
        {
            var scan = form.Files.GetFile("scan");
            if (scan is null || scan.Length == 0)
            {
                return (null, language["Sign.NoScan"]);
            }

            var bytes = VisitDesk.BytesOf(scan);
            return Office.PaperCheck.Doubt(Path.GetFileName(scan.FileName), bytes, 0, language) is { } doubt
                ? (null, doubt)
                : (new(null, null, bytes, VisitDesk.DayOf(form["signed-on"]), form["name"].ToString().Trim() is { Length: > 0 } name ? name : visitor.User!.FullName), null);
        }

        if (expected is not { } number)
        {
            return (null, language["Sign.NoIin"]);
        }

        var file = form.Files.GetFile("cms");
        var cms = form["cms-text"].ToString() is { Length: > 0 } text ? Encoding.ASCII.GetBytes(text) : file is { Length: > 0 and < (1 << 20) } ? VisitDesk.BytesOf(file) : null;
        return cms is null ? (null, language["Sign.NoCms"]) : (new(number, cms, null, null, null), null);
    }

    internal static string HashOf(SentSignature signature) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(signature.Cms ?? signature.Scan ?? []));

    private static AppealOutcome OutcomeOf(string? text) => text switch { "changed" => AppealOutcome.Changed, "cancelled" => AppealOutcome.Cancelled, _ => AppealOutcome.Upheld };
}
