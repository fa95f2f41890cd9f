using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Office;

/// <summary>Acts on a case, one question a page: objections, explanations, documents, withdrawals; drafts keep what was written.</summary>
public static class ObjectionEndpoints
{
    /// <summary>Bytes of one request with files at most.</summary>
    private const long MostBytes = 40L << 20;

    public static void Map(WebApplication app, ProviderOffice office)
    {
        app.MapGet("/office/{proceeding:long}/{act}", (long proceeding, string act, string? step, Visitor visitor, PageLanguage language) => Ask(office, proceeding, act, step, visitor))
            .Needs(Right.AnswerFinding, office.WhoseCase, seen: "DraftSeen");
        app.MapPost("/office/{proceeding:long}/{act}", (long proceeding, string act, HttpContext context, Visitor visitor, PageLanguage language) => AnswerAsync(office, proceeding, act, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.AnswerFinding, office.WhoseCase);
        app.MapPost("/office/{proceeding:long}/{act}/send", (long proceeding, string act, HttpContext context, Visitor visitor, PageLanguage language) => SendAsync(office, proceeding, act, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(1 << 16)).Needs(Right.AnswerFinding, office.WhoseCase);
    }

    private static IResult Ask(ProviderOffice office, long id, string act, string? step, Visitor visitor)
    {
        if (!ProviderActs.Words.Contains(act) || office.Cases.Row(id) is not { } row)
        {
            return MessageEndpoints.NotFound();
        }

        var found = office.Own.Draft<ActDraft>(ProviderOffice.ProviderOf(visitor), ActDraft.SubjectOf(id, act));
        var draft = found?.Draft ?? ActDraft.New();
        var steps = ActDraft.StepsOf(act);
        var asked = steps.Contains(step ?? "") ? step! : steps[0];
        // The summary is shown only of what is whole.
        return Page(office, row, act, asked == "check" ? draft.Missing(act) ?? asked : asked, draft, found?.Version ?? 0, found?.At, null);
    }

    private static async Task<IResult> AnswerAsync(ProviderOffice office, long id, string act, HttpContext context, Visitor visitor, PageLanguage language)
    {
        if (!ProviderActs.Words.Contains(act) || office.Cases.Row(id) is not { } row)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync();
        var (provider, subject, steps) = (ProviderOffice.ProviderOf(visitor), ActDraft.SubjectOf(id, act), ActDraft.StepsOf(act));
        var (step, go) = (steps.Contains(form["step"].ToString()) ? form["step"].ToString() : steps[0], form["go"].ToString());
        if (go == "discard")
        {
            office.Own.Discard(provider, subject);
            return Results.Redirect("/office/" + id.ToString(CultureInfo.InvariantCulture));
        }

        var stored = office.Own.Draft<ActDraft>(provider, subject);
        var version = DraftSaved.VersionOf(form);
        var (draft, doubt) = Take(office, stored?.Draft ?? ActDraft.New(), step, form, go, language);
        var saved = office.Own.Save(provider, subject, draft, version, visitor.User!.Id);
        if (DraftSaved.IsByItself(form))
        {
            return saved.ToScript(language);
        }

        if (saved.Conflict)
        {
            return Page(office, row, act, step, draft, saved.Version, saved.At, saved.Doubt(language));
        }

        doubt ??= go is "next" && draft.Missing(act) == step ? language["Object.Missing." + step] : null;
        if (doubt is not null)
        {
            return Page(office, row, act, step, draft, saved.Version, saved.At, doubt);
        }

        var at = steps.ToList().IndexOf(step);
        var next = go == "back" ? steps[Math.Max(0, at - 1)] : go is "add" or "save" || go.StartsWith("remove:", StringComparison.Ordinal) ? step : steps[Math.Min(steps.Count - 1, at + 1)];
        return Results.Redirect(FormattableString.Invariant($"/office/{id}/{act}?step={next}"));
    }

    /// <summary>What one page said, put into the draft; and what was wrong with its files.</summary>
    private static (ActDraft Draft, string? Doubt) Take(ProviderOffice office, ActDraft draft, string step, IFormCollection form, string go, PageLanguage language)
    {
        if (step == "what")
        {
            return (draft with { Topic = ActDraft.Topics.Contains(form["topic"].ToString()) ? form["topic"].ToString() : draft.Topic }, null);
        }

        if (step == "why")
        {
            var text = form["reasons"].ToString().ReplaceLineEndings("\n");
            return (draft with { Reasons = text.Length > ActDraft.MostSigns ? text[..ActDraft.MostSigns] : text }, text.Length > ActDraft.MostSigns ? language.With("Object.TooLong", language.Number(ActDraft.MostSigns)) : null);
        }

        if (step != "papers")
        {
            return (draft, null);
        }

        if (go.StartsWith("remove:", StringComparison.Ordinal))
        {
            return (draft with { Papers = [.. draft.AllPapers.Where(p => p.Hash != go[7..])] }, null);
        }

        string? doubt = null;
        var papers = draft.AllPapers.ToList();
        DateOnly? made = DateOnly.TryParseExact(form["made"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        foreach (var file in form.Files.Where(f => f.Name == "paper" && f.FileName.Length > 0))
        {
            using var content = new MemoryStream();
            using (var stream = file.OpenReadStream())
            {
                stream.CopyTo(content);
            }

            var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
            var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
            if (PaperCheck.Doubt(name, bytes, papers.Count, language) is { } wrong)
            {
                doubt ??= wrong;
                continue;
            }

            var kept = office.Acts.Keep(name, bytes, null, false);
            if (papers.All(p => p.Hash != kept.Hash))
            {
                papers.Add(new(kept.Hash, kept.Name, bytes.Length, made, form["mis"] == "1"));
            }
        }

        return (draft with { Papers = papers }, doubt);
    }

    private static async Task<IResult> SendAsync(ProviderOffice office, long id, string act, HttpContext context, Visitor visitor, PageLanguage language)
    {
        if (!ProviderActs.Words.Contains(act) || office.Cases.Row(id) is not { } row)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync();
        var (provider, subject, token) = (ProviderOffice.ProviderOf(visitor), ActDraft.SubjectOf(id, act), form["token"].ToString());
        if (office.Own.Draft<ActDraft>(provider, subject) is not { } stored || stored.Draft.Token != token)
        {
            // Pressed twice: the first press has its receipt already.
            return office.Cases.ReceiptsOfProvider(provider, "page:").FirstOrDefault(r => r.SenderKey == token && r.ProceedingId == id) is { } done ? ToReceipt(done) : Results.Redirect(FormattableString.Invariant($"/office/{id}/{act}"));
        }

        var draft = stored.Draft;
        if (draft.Missing(act) is { } missing)
        {
            return Results.Redirect(FormattableString.Invariant($"/office/{id}/{act}?step={missing}"));
        }

        // What was shown as the summary is what is sent: a draft that changed in another window is shown again.
        if (form["version"] != stored.Version.ToString(CultureInfo.InvariantCulture))
        {
            return Page(office, row, act, "check", draft, stored.Version, stored.At, language.With("Draft.Changed", PageLanguage.Time(stored.At)));
        }

        var (text, papers) = (draft.Text(language), draft.ToPapers());
        var outcome = office.Acts.Receive(
            id, act, token, ActDraft.HashOf(text, papers), text, papers, ProceedingEndpoints.ArrivalOf(context)!, provider, ProviderOffice.ActorOf(visitor), visitor.Actor, office.Now, office.Terms, language.Code);
        if (outcome.Receipt!.Refusal is null)
        {
            office.Own.Discard(provider, subject);
        }
        else
        {
            office.Own.Save(provider, subject, draft with { Token = ActDraft.New().Token }, stored.Version, visitor.User!.Id);
        }

        return ToReceipt(outcome.Receipt);
    }

    internal static IResult ToReceipt(ProceedingReceipt receipt) => Results.Redirect(FormattableString.Invariant($"/office/{receipt.ProceedingId}/receipts/{receipt.Id}"));

    private static RazorComponentResult<ObjectionPage> Page(ProviderOffice office, ProceedingRow row, string act, string step, ActDraft draft, int version, DateTimeOffset? savedAt, string? doubt) => new(new Dictionary<string, object?>
    {
        [nameof(ObjectionPage.Row)] = OfficeRowOf(office, row),
        [nameof(ObjectionPage.Act)] = act,
        [nameof(ObjectionPage.Step)] = step,
        [nameof(ObjectionPage.Draft)] = draft,
        [nameof(ObjectionPage.Version)] = version,
        [nameof(ObjectionPage.SavedAt)] = savedAt,
        [nameof(ObjectionPage.Doubt)] = doubt,
        [nameof(ObjectionPage.Open)] = ProviderActs.Open(row.ToProceeding(), office.Terms.Policies).Contains(act),
        [nameof(ObjectionPage.Now)] = office.Now,
            [nameof(ObjectionPage.Terms)] = office.Terms,
    });

    private static Func<PageLanguage, OfficeRow> OfficeRowOf(ProviderOffice office, ProceedingRow row) =>
        language => OfficeRow.Of([row], office, language)[0];
}
