using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Duties;

/// <summary>Conclusions within current monitoring in the editor that unscheduled ones have: on HIV care for the period that is owed, and on the unconfirmed cases of a contract out of the register.</summary>
public static class PaperActs
{
    private const long MostBytes = 4L << 20;

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/providers/{provider:long}/hiv-conclusion", (long provider, Visitor visitor, PageLanguage language) => Show(desk, provider, null, visitor, language, null, null)).Needs(Right.LeadMonitoring, desk.WhoseProvider, seen: "DraftSeen");
        app.MapPost("/providers/{provider:long}/hiv-conclusion", (long provider, HttpContext context, Visitor visitor, PageLanguage language) => TakeAsync(desk, provider, null, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.LeadMonitoring, desk.WhoseProvider);
        app.MapGet("/providers/{provider:long}/unconfirmed-conclusion", (long provider, string? contract, Visitor visitor, PageLanguage language) => Show(desk, provider, contract ?? "", visitor, language, null, null)).Needs(Right.LeadMonitoring, desk.WhoseProvider, seen: "DraftSeen");
        app.MapPost("/providers/{provider:long}/unconfirmed-conclusion", (long provider, string? contract, HttpContext context, Visitor visitor, PageLanguage language) => TakeAsync(desk, provider, contract ?? "", context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.LeadMonitoring, desk.WhoseProvider);
    }

    /// <param name="contract">Whose unconfirmed cases; nothing for HIV care.</param>
    private static IResult Show(VisitDesk desk, long provider, string? contract, Visitor visitor, PageLanguage language, PaperDraft? typed, string? doubt)
    {
        if (desk.Work.RegionOf(provider) is not { } region)
        {
            return MessageEndpoints.NotFound();
        }

        var duty = contract is null ? desk.Work.HivCare.Of().FirstOrDefault(d => d.Duty.ProviderId == provider).Duty : null;
        var kept = desk.Answers.Draft<PaperDraft>(0, SubjectOf(provider, contract));
        var draft = typed ?? kept?.Draft ?? NewOf(desk, provider, contract, duty, visitor);
        var problems = draft.Draft.Problems(language).ToList();
        if (draft.Signers.Count == 0)
        {
            problems.Add(new("signers", language["Paper.Missing.signers"]));
        }

        IReadOnlyList<Conclusion> papers = contract is null ? Drafted(desk, provider, region, draft, visitor) : [desk.Work.Unconfirmed(provider, contract, draft.Draft.Facts(LocalDay.Of(desk.Now)), draft.Signers)];
        return VisitDesk.Page<PaperEditorPage>(doubt,
            (nameof(PaperEditorPage.Provider), desk.ProviderOf(provider)), (nameof(PaperEditorPage.Contract), contract), (nameof(PaperEditorPage.Address), AddressOf(provider, contract)), (nameof(PaperEditorPage.Duty), duty),
            (nameof(PaperEditorPage.Cases), contract is null ? 0 : papers[0].Current.Lines.Count), (nameof(PaperEditorPage.Kept), new KeptDraft(draft.Draft, kept?.Version ?? 0, kept?.At ?? default, 0)), (nameof(PaperEditorPage.Signers), draft.Signers),
            (nameof(PaperEditorPage.Team), (IReadOnlyList<DeskUser>)[.. desk.MayMonitor(region).Where(u => u.Region == region)]), (nameof(PaperEditorPage.Problems), problems),
            (nameof(PaperEditorPage.Previews), (IReadOnlyList<string>)[.. papers.Select(p => FormPrint.Html(desk.Work.Papers.Preview(p, desk.Terms)))]),
            (nameof(PaperEditorPage.Findings), contract is null ? EditorEndpoints.FindingsOf(desk, provider, draft.Draft, "hiv") : []), (nameof(PaperEditorPage.Now), desk.Now), (nameof(PaperEditorPage.Terms), desk.Terms), (nameof(PaperEditorPage.Doubt), doubt));
    }

    private static async Task<IResult> TakeAsync(VisitDesk desk, long provider, string? contract, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var (subject, address, go) = (SubjectOf(provider, contract), AddressOf(provider, contract), form["go"].ToString());
        if (go == "discard")
        {
            desk.Answers.Discard(0, subject);
            return Results.Redirect(address);
        }

        var stored = desk.Answers.Draft<PaperDraft>(0, subject);
        var version = DraftSaved.VersionOf(form);
        var typed = ConclusionDraft.Of(form, stored?.Draft.Draft.Token ?? VisitDesk.NewToken());
        var draft = new PaperDraft(
            EditorEndpoints.Changed(desk, provider, typed, go, form, "hiv"), [.. form["signer"].Select(s => long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : 0).Where(u => u > 0)]);
        var saved = desk.Answers.Save(0, subject, draft, version, visitor.User!.Id);
        if (DraftSaved.IsByItself(form))
        {
            return saved.ToScript(language);
        }

        if (saved.Conflict)
        {
            return Show(desk, provider, contract, visitor, language, draft, saved.Doubt(language));
        }

        if (go != "write")
        {
            return Results.Redirect(address + EditorEndpoints.PlaceOf(go));
        }

        if (draft.Draft.Problems(language).Count > 0 || draft.Signers.Count == 0)
        {
            return Show(desk, provider, contract, visitor, language, null, language["Editor.NotWhole"]);
        }

        var word = VisitDesk.WordOf(context, contract is null ? "hiv-conclusions" : "unconfirmed-conclusions", form, desk.Now) with { SenderKey = draft.Draft.Token };
        var sent = draft.Draft.ToSent(LocalDay.Of(desk.Now), visitor.User.Id);
        var outcome = contract is null
            ? desk.Work.Conclude(word, visitor, null, provider, sent with { Signers = draft.Signers }, language.Code)
            : desk.Work.ConcludeUnconfirmed(word, visitor, provider, new(contract, sent.Facts, draft.Signers), language.Code);
        if (VisitDesk.DoubtOf(outcome, language) is { } doubt)
        {
            // The same content may be tried again once the cause is gone: it needs another word.
            desk.Answers.Save(0, subject, draft with { Draft = draft.Draft with { Token = VisitDesk.NewToken() } }, saved.Version, visitor.User.Id);
            return Show(desk, provider, contract, visitor, language, null, doubt);
        }

        desk.Answers.Discard(0, subject);
        return Results.Redirect(FormattableString.Invariant($"/conclusions/{outcome.Receipt.CaseId}"));
    }

    /// <summary>What is known before anybody writes: the contracts, and the period that is owed or in which the cases were confirmed.</summary>
    private static PaperDraft NewOf(VisitDesk desk, long provider, string? contract, HivDuty? duty, Visitor visitor)
    {
        var today = LocalDay.Of(desk.Now);
        var draft = EditorEndpoints.NewOf(desk, provider, [], duty?.To.AddDays(1) ?? today);
        if (duty is not null)
        {
            draft = draft with { From = Text(duty.From), To = Text(duty.To), Care = PageLanguage.Kazakh["Form.hiv"] };
        }

        if (contract is not null)
        {
            var cases = desk.Store.NotConcluded(provider, contract);
            var own = draft.Contracts.Where(c => c.Number == contract).ToList();
            draft = draft with { Contracts = own.Count > 0 ? own : [new(contract)] };
            if (cases.Count > 0)
            {
                draft = draft with { From = Text(cases.Min(c => c.ServedOn)), To = Text(cases.Max(c => c.ServedOn)), ConductedFrom = Text(cases.Min(c => c.DetectedOn)) };
            }
        }

        return new(draft, visitor.User!.IsOfBranch ? [visitor.User.Id] : []);
    }

    /// <summary>The papers that would come of a draft on HIV care.</summary>
    private static IReadOnlyList<Conclusion> Drafted(VisitDesk desk, long provider, string region, PaperDraft draft, Visitor visitor)
    {
        var today = LocalDay.Of(desk.Now);
        var facts = draft.Draft.Facts(today);
        return [.. UnscheduledStore.DraftsOf(
            new(null, provider, region, facts.Contracts is [var first, ..] ? first.Number : "", false, draft.Signers, facts, draft.Draft.PrintedLines(today), draft.Draft.PrintedClauses(visitor.User!.Id)),
            "–", desk.Now, CaseWork.ActorOf(visitor), desk.Terms).Select(d => new Conclusion(d.Head, ConclusionStage.Drafted, [new(d.Lines, d.Clauses, today)], new HashSet<long>(), null))];
    }

    private static string AddressOf(long provider, string? contract) =>
        contract is null ? DutyEndpoints.HivPath(provider) : DutyEndpoints.UnconfirmedPath(provider) + "?contract=" + Uri.EscapeDataString(contract);

    private static string SubjectOf(long provider, string? contract) => contract is null ? FormattableString.Invariant($"hiv:{provider}") : FormattableString.Invariant($"unconfirmed:{provider}:{contract}");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A conclusion within current monitoring as far as it is written, with those who will sign it.</summary>
public sealed record PaperDraft(ConclusionDraft Draft, IReadOnlyList<long> Signers);
