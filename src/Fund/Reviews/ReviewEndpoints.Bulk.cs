using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Reviews;

/// <summary>Several cases decided at once with one justification and exceptions.</summary>
public sealed partial class ReviewEndpoints
{
    private IResult Together(HttpContext context)
    {
        var chosen = Chosen(context);
        return chosen.Count == 0 ? Results.Redirect(Back(context, null, "none")) : TogetherPage(context, chosen, chosen.Select(c => c.Id).ToHashSet(), _kept.DraftOf(UserOf(context).Id, PlaceOf(chosen))?.Reasons ?? "", null, null, false);
    }

    private IResult DecideTogether(HttpContext context)
    {
        var (user, form) = (UserOf(context), context.Request.Form);
        var chosen = Chosen(context);
        var asked = Numbers(form["take"]);
        var taken = chosen.Where(c => asked.Contains(c.Id)).ToList();
        var (reasons, outcome) = (Phrases.Written(form), form["outcome"].ToString());
        HashSet<long> ids = [.. taken.Select(t => t.Id)];
        if (form["autosave"] == "1")
        {
            var (words, since) = (context.RequestServices.GetRequiredService<PageLanguage>(), SinceOf(form));
            var draft = _kept.Keep(user.Id, PlaceOf(chosen), reasons, _reader.Now, since);
            return Results.Json(new { version = draft?.SavedAt ?? since, saved = draft is null ? words["Said.elsewhere"] : words.With("Decision.Saved", DecisionForm.Minute(draft.SavedAt)), conflict = draft is null });
        }

        if (outcome is not ("confirm" or "reject"))
        {
            return TogetherPage(context, chosen, ids, reasons, null, null, false);
        }

        // A case that is gone from the queue was changed by somebody: then nothing is decided.
        if (asked.Count == 0 || taken.Count != asked.Count)
        {
            return TogetherPage(context, chosen, ids, reasons, asked.Count == 0 ? "None" : "Changed", null, false);
        }

        if (reasons.Length == 0)
        {
            return TogetherPage(context, chosen, ids, reasons, "Reasons", null, false);
        }

        var terms = _reader.Terms;
        if (taken.Sum(t => t.State.AtRisk) > LimitOf(terms) && form["confirmed"] != "1")
        {
            return TogetherPage(context, chosen, ids, reasons, "Large", null, true);
        }

        var (now, turns) = (_reader.Now, _queue.Store.TurnsOf(ids));
        var decided = _queue.Store.Prepare(
            [.. taken.Select(t => new PreparedDecision(t.Id, form["version" + t.Id.ToString(CultureInfo.InvariantCulture)] == _queue.Versions.Of(t.Id, turns[t.Id]) ? turns[t.Id] : 0,
                new DecideCase(ReviewQueue.ActorOf(user, t.State), now, t.State.Stage, outcome == "reject", reasons, [])))],
            now, terms, user.Actor);
        if (decided.Waiting.Count == 0)
        {
            return TogetherPage(context, chosen, ids, reasons, "Changed", decided.Refused, false);
        }

        _kept.Forget(user.Id, ids.Append(PlaceOf(chosen)));
        return Results.Redirect(Back(context, null, null));
    }

    private RazorComponentResult<BulkPage> TogetherPage(
        HttpContext context, IReadOnlyList<QueuedCase> chosen, IReadOnlySet<long> taken, string reasons, string? said, IReadOnlyDictionary<long, Refusal>? refused, bool again) => new(new Dictionary<string, object?>
    {
        [nameof(BulkPage.Cases)] = chosen,
        [nameof(BulkPage.Versions)] = _queue.Versions.Of([.. chosen.Select(c => c.Id)]),
        [nameof(BulkPage.Taken)] = taken,
        [nameof(BulkPage.Limit)] = LimitOf(_reader.Terms),
        [nameof(BulkPage.Refused)] = refused ?? new Dictionary<long, Refusal>(),
        [nameof(BulkPage.Reasons)] = reasons,
        [nameof(BulkPage.SavedAt)] = _kept.DraftOf(UserOf(context).Id, PlaceOf(chosen))?.SavedAt ?? 0,
        [nameof(BulkPage.AskAgain)] = again,
        [nameof(BulkPage.Said)] = said,
    })
    { StatusCode = said is null ? StatusCodes.Status200OK : said == "Changed" ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity };

    /// <summary>Under which number the justification for these cases together is kept: below zero, where no case stands.</summary>
    private static long PlaceOf(IReadOnlyList<QueuedCase> chosen)
    {
        var ids = string.Join(',', chosen.Select(c => c.Id).Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return -1 - (BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes(ids))) & (long.MaxValue >> 1));
    }

    private static long SinceOf(IFormCollection form) => long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : 0;

    private List<QueuedCase> Chosen(HttpContext context)
    {
        var asked = Numbers(context.Request.Query["case"]);
        return [.. _queue.Of(UserOf(context)).Where(c => asked.Contains(c.Id))];
    }
}
