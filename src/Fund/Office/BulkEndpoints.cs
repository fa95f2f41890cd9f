using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Office;

/// <summary>Objections to many cases at once: chosen in the inbox, or by a list that comes back with reasons.</summary>
public static class BulkEndpoints
{
    public static void Map(WebApplication app, ProviderOffice office)
    {
        app.MapPost("/office/bulk", (HttpContext context, Visitor visitor) => StartAsync(office, context, visitor)).Needs(Right.AnswerFinding, _ => Owner.OfRows);
        app.MapGet("/office/bulk/file", () => FilePage([], 0, null)).Needs(Right.AnswerFinding, _ => Owner.OfRows);
        app.MapPost("/office/bulk/file", (HttpContext context, Visitor visitor) => FileAsync(office, context, visitor))
            .WithMetadata(new RequestSizeLimitAttribute(BulkFile.MostBytes + (1 << 16))).Needs(Right.AnswerFinding, _ => Owner.OfRows);
        app.MapGet("/office/bulk/{draft}", (string draft, string? step, Visitor visitor) => Show(office, draft, step, visitor, null)).Needs(Right.AnswerFinding, _ => Owner.OfRows, seen: "DraftSeen");
        app.MapPost("/office/bulk/{draft}", (string draft, HttpContext context, Visitor visitor, PageLanguage language) => SaveAsync(office, draft, context, visitor, language)).Needs(Right.AnswerFinding, _ => Owner.OfRows);
        app.MapPost("/office/bulk/{draft}/send", (string draft, HttpContext context, Visitor visitor, PageLanguage language) => SendAsync(office, draft, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(1 << 16)).Needs(Right.AnswerFinding, _ => Owner.OfRows);
    }

    private static async Task<IResult> StartAsync(ProviderOffice office, HttpContext context, Visitor visitor)
    {
        var form = await context.Request.ReadFormAsync();
        var ids = form["case"].Select(c => long.TryParse(c, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().Take(BulkDraft.Most).ToList();
        var act = ActsOf(office, ProviderOffice.ProviderOf(visitor), ids);
        return Begin(office, visitor, [.. ids.Where(act.ContainsKey).Select(id => new BulkCase(id, act[id]))]);
    }

    private static IResult Begin(ProviderOffice office, Visitor visitor, IReadOnlyList<BulkCase> cases)
    {
        if (cases.Count == 0)
        {
            return Results.Redirect("/office?view=answer");
        }

        var draft = Guid.NewGuid().ToString("n");
        office.Own.Save(ProviderOffice.ProviderOf(visitor), BulkDraft.SubjectOf(draft), new BulkDraft("", cases), 0, visitor.User!.Id);
        return Results.Redirect("/office/bulk/" + draft);
    }

    private static async Task<IResult> FileAsync(ProviderOffice office, HttpContext context, Visitor visitor)
    {
        var form = await context.Request.ReadFormAsync();
        if (form.Files["list"] is not { Length: > 0 } file)
        {
            return FilePage([], 0, "Bulk.Fault.NoFile");
        }

        var stage = office.Folder.Stage();
        try
        {
            var path = Path.Combine(stage, "list.xlsx");
            await using (var to = File.Create(path))
            {
                await file.CopyToAsync(to);
            }

            var provider = ProviderOffice.ProviderOf(visitor);
            var (cases, faults) = BulkFile.Read(path, ids => ActsOf(office, provider, ids));
            return faults.Count > 0 && form["anyway"] != "1" ? FilePage(faults, cases.Count, null)
                : cases.Count == 0 ? FilePage(faults, 0, faults.Count == 0 ? "Bulk.Fault.Empty" : null)
                : Begin(office, visitor, cases);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static IResult FilePage(IReadOnlyList<BulkFault> faults, int sound, string? doubt) => OfficePages.Of<BulkFilePage>(
        (nameof(BulkFilePage.Faults), faults), (nameof(BulkFilePage.Sound), sound), (nameof(BulkFilePage.Doubt), doubt));

    private static IResult Show(ProviderOffice office, string draft, string? step, Visitor visitor, string? doubt)
    {
        var provider = ProviderOffice.ProviderOf(visitor);
        var receipts = office.Cases.ReceiptsOfProvider(provider, BulkDraft.SubjectOf(draft) + ":");
        var found = office.Own.Draft<BulkDraft>(provider, BulkDraft.SubjectOf(draft));
        if (found is null && receipts.Count == 0)
        {
            return MessageEndpoints.NotFound();
        }

        var ids = found?.Draft.Cases.Select(c => c.Case).ToList() ?? [.. receipts.Select(r => r.ProceedingId)];
        return OfficePages.Of<BulkPage>(
            (nameof(BulkPage.Key), draft), (nameof(BulkPage.Draft), found?.Draft), (nameof(BulkPage.Version), found?.Version ?? 0), (nameof(BulkPage.SavedAt), found?.At),
            (nameof(BulkPage.Check), found is { Draft.LacksReason: false } && step == "check"), (nameof(BulkPage.Rows), (Func<PageLanguage, IReadOnlyList<OfficeRow>>)(language => OfficeRow.Of(office.Cases.CasesOf(provider, ids), office, language))),
            (nameof(BulkPage.Receipts), receipts), (nameof(BulkPage.Now), office.Now), (nameof(BulkPage.Terms), office.Terms), (nameof(BulkPage.Doubt), doubt));
    }

    private static async Task<IResult> SaveAsync(ProviderOffice office, string draft, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var (provider, subject, go) = (ProviderOffice.ProviderOf(visitor), BulkDraft.SubjectOf(draft), form["go"].ToString());
        if (office.Own.Draft<BulkDraft>(provider, subject) is not { } stored)
        {
            return MessageEndpoints.NotFound();
        }

        if (go == "discard")
        {
            office.Own.Discard(provider, subject);
            return Results.Redirect("/office?view=answer");
        }

        string Written(string name) => form[name].ToString().ReplaceLineEndings("\n") is var text && text.Length > ActDraft.MostSigns ? text[..ActDraft.MostSigns] : text;
        var changed = stored.Draft with
        {
            Reasons = Written("reasons"),
            Cases = [.. stored.Draft.Cases.Select(c => c with { Reason = Written(FormattableString.Invariant($"reason-{c.Case}")), Out = form[FormattableString.Invariant($"out-{c.Case}")] == "1" })],
        };
        var saved = office.Own.Save(provider, subject, changed, DraftSaved.VersionOf(form), visitor.User!.Id);
        if (DraftSaved.IsByItself(form))
        {
            return saved.ToScript(language);
        }

        return saved.Conflict ? Show(office, draft, null, visitor, saved.Doubt(language))
            : go == "check" && !changed.Taken.Any() ? Show(office, draft, null, visitor, language["Bulk.Nothing"])
            : go == "check" && changed.LacksReason ? Show(office, draft, null, visitor, language["Bulk.LacksReason"])
            : Results.Redirect("/office/bulk/" + draft + (go == "check" ? "?step=check" : ""));
    }

    /// <summary>Sends one objection after the other, each with its receipt; who sends again goes on where a dead process stopped.</summary>
    private static async Task<IResult> SendAsync(ProviderOffice office, string draft, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var (provider, subject) = (ProviderOffice.ProviderOf(visitor), BulkDraft.SubjectOf(draft));
        if (office.Own.Draft<BulkDraft>(provider, subject) is not { } stored)
        {
            return Results.Redirect("/office/bulk/" + draft);
        }

        if (form["version"] != stored.Version.ToString(CultureInfo.InvariantCulture) || stored.Draft.LacksReason)
        {
            return Show(office, draft, null, visitor, language.With("Draft.Changed", PageLanguage.Time(stored.At)));
        }

        var (terms, arrival, by) = (office.Terms, ProceedingEndpoints.ArrivalOf(context)!, ProviderOffice.ActorOf(visitor));
        var own = office.Cases.CasesOf(provider, [.. stored.Draft.Taken.Select(c => c.Case)]).Select(c => c.Id).ToHashSet();
        foreach (var one in stored.Draft.Taken.Where(c => own.Contains(c.Case)))
        {
            var text = stored.Draft.ReasonFor(one);
            office.Acts.Receive(
                one.Case, one.Act, BulkDraft.KeyOf(draft, one.Case), ActDraft.HashOf(text, []), text, [], arrival, provider, by, visitor.Actor, office.Now, terms, language.Code);
        }

        office.Own.Discard(provider, subject);
        return Results.Redirect("/office/bulk/" + draft);
    }

    /// <summary>What each of some cases of the provider waits for, where that is an objection.</summary>
    private static Dictionary<long, string> ActsOf(ProviderOffice office, long provider, IReadOnlyCollection<long> ids)
    {
        var policies = office.Terms.Policies;
        return office.Cases.CasesOf(provider, ids).Select(c => (c.Id, Act: ProviderActs.Open(c.ToProceeding(), policies).FirstOrDefault(a => a is "objection" or "repeat-objection")))
            .Where(c => c.Act is not null).ToDictionary(c => c.Id, c => c.Act!);
    }
}
