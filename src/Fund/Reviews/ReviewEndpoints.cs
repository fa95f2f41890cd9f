using System.Data.Common;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Reviews;

/// <summary>The addresses of the reviewers' desk; every act is a form that is sent, and all of them work without scripts.</summary>
public sealed partial class ReviewEndpoints
{
    /// <summary>Letters of a justification at most.</summary>
    private const int MostLetters = Phrases.MostLetters;

    private const int MostFiles = 10;

    private readonly FundFolder _folder;
    private readonly ReviewQueue _queue;
    private readonly ReviewStore _kept;
    private readonly DeskStore _desk;
    private readonly ReviewDeskReader _reader;
    private readonly IRecords _records;

    private ReviewEndpoints(FundFolder folder, ReviewQueue queue, ReviewStore kept, DeskStore desk, ReviewDeskReader reader, IRecords records) =>
        (_folder, _queue, _kept, _desk, _reader, _records) = (folder, queue, kept, desk, reader, records);

    public static void Map(WebApplication app, FundFolder folder, LawBook law, IRecords records, DeskStore desk)
    {
        var store = app.Services.GetRequiredService<ProceedingStore>();
        var queue = new ReviewQueue(store, desk, records);
        var kept = new ReviewStore(desk);
        var pages = new ReviewEndpoints(folder, queue, kept, desk, new(queue, kept, desk, new(records), records, law, app.Services.GetRequiredService<JudgedBy>(), app.Services.GetRequiredService<TermsByDay>()), records);
        Owner? Whose(HttpContext context) => queue.OwnerOf(context.Number("case"));
        // Without the word Delegate its answer would be taken for that of a bare RequestDelegate, and dropped.
        app.MapGet("/desk", (Delegate)pages.Queue).Needs(Right.OpenDesk);
        app.MapGet("/desk/queue.xlsx", pages.Sheet).Needs(Right.OpenDesk, seen: "QueueTaken");
        app.MapPost("/desk/undo", pages.Undo).Needs(Right.OpenDesk);
        app.MapPost("/desk/views", pages.KeepView).Needs(Right.OpenDesk);
        app.MapPost("/desk/views/remove", pages.RemoveView).Needs(Right.OpenDesk);
        app.MapGet("/desk/bulk", pages.Together).Needs(Right.OpenDesk);
        app.MapPost("/desk/bulk", pages.DecideTogether).Needs(Right.OpenDesk);
        app.MapGet("/desk/{case:long}", (HttpContext context) => pages.Case(context, false)).Needs(Right.ReviewCase, Whose, seen: "CaseSeen");
        app.MapPost("/desk/{case:long}/decision", pages.Decide).Needs(Right.ReviewCase, Whose);
        app.MapPost("/desk/{case:long}/request", pages.RequestPapers).Needs(Right.ReviewCase, Whose);
        app.MapPost("/desk/{case:long}/additional", pages.NoteAdditional).Needs(Right.ReviewCase, Whose);
        app.MapPost("/desk/{case:long}/draft", pages.Draft).Needs(Right.ReviewCase, Whose);
        app.MapPost("/desk/{case:long}/person", pages.OpenPerson).Needs(Right.ReviewCase, Whose);
        DeathPapers.Map(app, folder, queue, () => pages._reader.Now, () => pages._reader.Terms);
        app.Services.GetRequiredService<SearchPages>().AddCases((id, visitor) =>
            visitor.User is { } user && store.Find(id) is { } state && ReviewQueue.IsWith(user, state) && visitor.May(Right.ReviewCase, queue.OwnerOf(id)) ? FormattableString.Invariant($"/desk/{id}") : null);
        app.MapGet("/desk/{case:long}/papers/{hash}", pages.Paper).Needs(Right.ReviewCase, Whose, seen: "PaperSeen");
    }

    private async Task<IResult> Queue(HttpContext context)
    {
        var page = PageOf(context, null, false);
        if (page.Sheet is { } sheet)
        {
            try
            {
                // The first case is open beside the queue: that is a look at it.
                await _desk.Journal.AppendAsync(UserOf(context).Actor, "CaseSeen", FormattableString.Invariant($"desk/{sheet.Case.Id}"));
            }
            catch (DbException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        }

        return Shown(page, context.Request.Query["said"]);
    }

    private IResult Sheet(HttpContext context)
    {
        var (user, now) = (UserOf(context), _reader.Now);
        var filter = FilterOf(context, user);
        var cases = _queue.Of(user).Where(c => filter.Holds(c, now)).ToList();
        return Results.File(QueueSheet.Of(cases, filter, user, now, context.RequestServices.GetRequiredService<PageLanguage>()).ToXlsx(), FindingSheet.XlsxType, "kepil-queue.xlsx");
    }

    private IResult Case(HttpContext context, bool opened)
    {
        var id = context.Number("case");
        var page = PageOf(context, id, opened);
        // It lay with him before, or waits to be sent: nothing of it is shown, the queue says what is next.
        return page.Sheet is null ? Results.Redirect(Back(context, null, page.Waiting.Any(w => w.ProceedingId == id) ? null : When(id, "gone"))) : Shown(page, context.Request.Query["said"]);
    }

    private IResult Decide(HttpContext context)
    {
        var (user, id, form) = (UserOf(context), context.Number("case"), context.Request.Form);
        var reasons = Phrases.Written(form);
        if (_queue.Store.Find(id) is not { } state || !ReviewQueue.IsWith(user, state))
        {
            return Results.Redirect(Back(context, null, When(id, "gone")));
        }

        var now = _reader.Now;
        var filter = FilterOf(context, user);
        var next = _reader.After(user, filter, id);
        var (turn, typed) = (_queue.Store.TurnOf(id), form["code"].ToString().Trim());
        if (PapersOf(form, user, id, out var unkept) is not { } papers)
        {
            _kept.Keep(user.Id, id, reasons, now, long.MaxValue, typed);
            return Results.Redirect(Back(context, id, unkept));
        }

        // What was written and handed over stays there whatever stops the decision.
        IResult Stopped(string why)
        {
            _kept.Keep(user.Id, id, reasons, now, long.MaxValue, typed, papers);
            return Results.Redirect(Back(context, id, why));
        }

        if (form["version"] != _queue.Versions.Of(id, turn))
        {
            return Stopped(When(id, "changed"));
        }

        if (form["outcome"].ToString() is not ("confirm" or "reject"))
        {
            // Money moves by a pressed button alone, never for want of one.
            return Stopped("outcome");
        }

        var agree = form["outcome"] == "reject";
        var code = state.Code.Length == 0 && !agree ? typed : null;
        var command = new DecideCase(ReviewQueue.ActorOf(user, state), now, state.Stage, agree, reasons, papers, 0, code, code is null ? null : _reader.AtRiskOf(state, code));
        var outcome = _queue.Store.Prepare([new(id, turn, command)], now, _reader.Terms, user.Actor);
        if (outcome.Refused.TryGetValue(id, out var refusal))
        {
            return Stopped(refusal.Reason);
        }

        _kept.Forget(user.Id, [id]);
        return Results.Redirect(Back(context, next, null));
    }

    /// <summary>Asks the provider in writing for the primary records.</summary>
    [Law("MON-321:5")]
    [Law("MON-321:42")]
    private IResult RequestPapers(HttpContext context)
    {
        var (user, id) = (UserOf(context), context.Number("case"));
        if (_queue.Store.Find(id) is not { } state || !ReviewQueue.IsWith(user, state))
        {
            return Results.Redirect(Back(context, null, When(id, "gone")));
        }

        // Neither a first review nor the second look at it asks, so that by it nobody learns which of the two he has.
        if (state.Stage is Stage.FirstReview or Stage.SecondLook)
        {
            return Results.Redirect(Back(context, id, "not_possible_now"));
        }

        var ruling = _queue.Store.Act(id, new RequestDocuments(ReviewQueue.ActorOf(user, state), _reader.Now, context.Request.Form["what"].ToString().Trim()), _reader.Terms, user.Actor);
        return Results.Redirect(Back(context, ruling.IsRefused || _queue.Store.Find(id)?.Stage != Stage.AwaitingDocuments ? id : null, ruling.Refusal?.Reason ?? "asked"));
    }

    private IResult Undo(HttpContext context)
    {
        var user = UserOf(context);
        if (!long.TryParse(context.Request.Form["batch"], CultureInfo.InvariantCulture, out var batch))
        {
            return MessageEndpoints.NotFound();
        }

        var waiting = _queue.Store.WaitingOf(user.Id).Where(w => w.Batch == batch).ToList();
        if (_queue.Store.Undo(batch, user.Id, _reader.Now, user.Actor) == 0)
        {
            return Results.Redirect(Back(context, null, "late"));
        }

        // What was written and handed over is there again.
        foreach (var undone in waiting)
        {
            _kept.Keep(user.Id, undone.ProceedingId, undone.Reasons, _reader.Now, long.MaxValue, undone.Code, undone.Files);
        }

        return Results.Redirect(Back(context, waiting[0].ProceedingId, "undone"));
    }

    private IResult Draft(HttpContext context)
    {
        var (user, id, form) = (UserOf(context), context.Number("case"), context.Request.Form);
        var quiet = context.Request.Headers.Accept == "text/plain";
        var since = long.TryParse(form["since"], CultureInfo.InvariantCulture, out var moment) ? moment : 0;
        var words = context.RequestServices.GetRequiredService<PageLanguage>();
        if (_queue.Store.Find(id) is not { } state || !ReviewQueue.IsWith(user, state))
        {
            return quiet ? Results.Text(SaidWords(words, When(id, "gone")), statusCode: StatusCodes.Status409Conflict) : Results.Redirect(Back(context, null, When(id, "gone")));
        }

        if (PapersOf(form, user, id, out var unkept) is not { } papers)
        {
            return Results.Redirect(Back(context, id, unkept));
        }

        // A page that keeps itself while it is written sends no files, and says nothing of those that are there.
        if (_kept.Keep(user.Id, id, Phrases.Written(form), _reader.Now, since, form.ContainsKey("code") ? form["code"].ToString().Trim() : null, quiet ? null : papers) is not { } draft)
        {
            return quiet ? Results.Text(words["Said.elsewhere"], statusCode: StatusCodes.Status409Conflict) : Results.Redirect(Back(context, id, "elsewhere"));
        }

        context.Response.Headers["X-Saved-At"] = draft.SavedAt.ToString(CultureInfo.InvariantCulture);
        var changed = form["version"].ToString() is { Length: > 0 } version && version != _queue.Versions.Of(id);
        return !quiet ? Results.Redirect(Back(context, id, changed ? When(id, "changed") : null))
            : Results.Text(changed ? SaidWords(words, When(id, "changed")) : words.With("Decision.Saved", DecisionForm.Minute(draft.SavedAt)), statusCode: changed ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    /// <summary>Shows the number of the person in full, once, to who says why; the reason stands in the journal before the page is made.</summary>
    private IResult OpenPerson(HttpContext context)
    {
        var why = context.Request.Form["why"].ToString().Trim();
        if (why.Length == 0)
        {
            return Results.Redirect(Back(context, context.Number("case"), "why"));
        }

        try
        {
            _desk.Journal.Append(UserOf(context).Actor, "PersonOpened", FormattableString.Invariant($"desk/{context.Number("case")}"), new { why = why[..Math.Min(why.Length, 300)] });
        }
        catch (DbException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return Case(context, true);
    }

    private IResult Paper(HttpContext context, string hash)
    {
        var (user, id) = (UserOf(context), context.Number("case"));
        if (_queue.Store.Find(id) is not { } state || !ReviewQueue.IsWith(user, state))
        {
            return MessageEndpoints.NotFound();
        }

        foreach (var step in _reader.ViewOf(user, state).Steps)
        {
            if (step.Papers.FirstOrDefault(p => p.Hash == hash) is { } paper && hash.Length >= 24 && hash.All(char.IsAsciiHexDigitLower) && _folder.At("papers", hash[..24]) is var file && File.Exists(file))
            {
                if (context.Request.Query["show"] == "1" && ShownPaper.TypeOf(paper.Name, file) is { } type)
                {
                    return ShownPaper.Answer(context, file, type);
                }

                context.Response.Headers.ContentSecurityPolicy = ShownPaper.Policy;

                // Of an employee who is hidden the file has no name of his.
                var name = step.Person is null && step.Who != "provider" ? hash[..8] + Path.GetExtension(paper.Name) : paper.Name;
                // Read as a stream: the moment at which somebody handed a file in is not told by a head of the answer.
                return Results.Stream(File.OpenRead(file), "application/octet-stream", name);
            }
        }

        return MessageEndpoints.NotFound();
    }

    private IResult KeepView(HttpContext context)
    {
        var name = context.Request.Form["name"].ToString().Trim();
        if (name.Length is > 0 and <= 40)
        {
            var here = context.RequestServices.GetRequiredService<PageAddress>();
            _kept.KeepView(UserOf(context).Id, name, here.To("", ("said", null), ("page", null), ("case", null)));
        }

        return Results.Redirect(Back(context, null, null));
    }

    private IResult RemoveView(HttpContext context)
    {
        _kept.RemoveView(UserOf(context).Id, context.Request.Form["name"].ToString());
        return Results.Redirect(Back(context, null, null));
    }

    private ReviewDesk PageOf(HttpContext context, long? chosen, bool opened)
    {
        var user = UserOf(context);
        var page = int.TryParse(context.Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        context.Response.Headers.ContentSecurityPolicy = FundWeb.PolicyWithPapers;
        return _reader.Of(user, FilterOf(context, user), chosen, page, opened, context.RequestServices.GetRequiredService<PageLanguage>()) with
        {
            ShownAs = paper => paper.Hash.Length >= 24 ? ShownPaper.TypeOf(paper.Name, _folder.At("papers", paper.Hash[..24])) : null,
        };
    }

    private static RazorComponentResult<ReviewPage> Shown(ReviewDesk desk, string? said) => new(new Dictionary<string, object?> { [nameof(ReviewPage.Desk)] = desk, [nameof(ReviewPage.Said)] = said })
    { StatusCode = said is "changed" or "elsewhere" ? StatusCodes.Status409Conflict : StatusCodes.Status200OK };

    private static ReviewFilter FilterOf(HttpContext context, DeskUser user)
    {
        var query = context.Request.Query;
        return ReviewFilter.Of(user.Role, query["view"], query["code"], query["provider"]);
    }

    /// <summary>Where the work goes on, with the same filter.</summary>
    private static string Back(HttpContext context, long? id, string? said) =>
        context.RequestServices.GetRequiredService<PageAddress>().To(id is { } number ? FormattableString.Invariant($"/desk/{number}") : "/desk", ("said", said), ("case", null));

    /// <summary>What is said of a case that is not as the reader saw it, with the moment at which it became so.</summary>
    private string When(long id, string said) => _queue.Store.History(id) is [.., var last] ? FormattableString.Invariant($"{said}-{last.At.ToUnixTimeMilliseconds()}") : said;

    /// <summary>The words for what is said, with its moment where it has one; nothing for a word that nobody knows.</summary>
    internal static string? SaidWords(PageLanguage language, string said)
    {
        var (key, moment) = said.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 ? (said[..dash], said[(dash + 1)..]) : (said, "");
        return language.WordOr("Said." + key, "") is not { Length: > 0 } text ? null
            : long.TryParse(moment, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? text + " " + language.With("Said.When", language.Moment(DateTimeOffset.FromUnixTimeMilliseconds(at))) : text;
    }

    private static HashSet<long> Numbers(IEnumerable<string?> texts) =>
        [.. texts.SelectMany(t => (t ?? "").Split(',')).Select(t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)];

    private static long LimitOf(Terms terms) => 100 * long.Parse(terms.Policies["bulk_sum_limit"], CultureInfo.InvariantCulture);

    private static DeskUser UserOf(HttpContext context) => Gate.VisitorOf(context).User!;

    /// <summary>The files that go with a decision: those of the draft that are still wanted, and new ones; nothing where there are too many.</summary>
    private List<Paper>? PapersOf(IFormCollection form, DeskUser user, long id, out string? why)
    {
        var papers = _kept.DraftOf(user.Id, id)?.Files.Where(p => form["kept"].Contains(p.Hash)).ToList() ?? [];
        var sent = form.Files.Where(f => f.Length > 0).ToList();
        why = papers.Count + sent.Count > MostFiles ? "files" : null;
        foreach (var file in why is null ? sent : [])
        {
            if (ReviewPapers.Keep(_folder, file, out why) is not { } paper)
            {
                return null;
            }

            papers.Add(paper);
        }

        return why is null ? papers : null;
    }
}
