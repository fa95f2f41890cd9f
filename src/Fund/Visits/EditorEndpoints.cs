using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Visits;

/// <summary>The editor of a conclusion on the forms of annexes 4 and 3: the draft saves itself, the forms stand beside it as they will be printed.</summary>
public static class EditorEndpoints
{
    private const long MostBytes = 4L << 20;

    /// <summary>Findings of the period that are offered at most, the heaviest first.</summary>
    private const int MostFindings = 40;

    public static void Map(WebApplication app, VisitDesk desk)
    {
        app.MapGet("/monitorings/{monitoring:long}/conclusion", (long monitoring, Visitor visitor, PageLanguage language) => Show(desk, monitoring, visitor, language, null, null)).Needs(Right.LeadMonitoring, desk.WhoseMonitoring, seen: "DraftSeen");
        app.MapPost("/monitorings/{monitoring:long}/conclusion", (long monitoring, HttpContext context, Visitor visitor, PageLanguage language) => TakeAsync(desk, monitoring, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).Needs(Right.LeadMonitoring, desk.WhoseMonitoring);
    }

    private static IResult Show(VisitDesk desk, long id, Visitor visitor, PageLanguage language, KeptDraft? typed, string? doubt)
    {
        if (desk.Store.MonitoringOf(id) is not { } state || desk.Store.CaseOf(id) is not { } one)
        {
            return MessageEndpoints.NotFound();
        }

        if (state.Stage != MonitoringStage.Opened)
        {
            return Results.Redirect(FormattableString.Invariant($"/monitorings/{id}"));
        }

        var kept = typed ?? desk.Drafts.Find(id) ?? new KeptDraft(NewOf(desk, state.ProviderId, state.Visits.Select(v => v.Place).Distinct(), state.OpenedOn), 0, default, 0);
        var drafts = DraftsOf(desk, id, state, kept.Draft, visitor);
        var problems = kept.Draft.Problems(language).ToList();
        if (problems.Count == 0 && drafts.Select(d => Conclusions.Decide(null, d, desk.Terms).Refusal).FirstOrDefault(r => r is not null) is { } refusal)
        {
            problems.Add(new("lines", language.Text(refusal.Text)));
        }

        return VisitDesk.Page<EditorPage>(doubt,
            (nameof(EditorPage.Case), one), (nameof(EditorPage.State), state), (nameof(EditorPage.Provider), desk.ProviderOf(state.ProviderId)), (nameof(EditorPage.Kept), kept), (nameof(EditorPage.Problems), problems),
            (nameof(EditorPage.Previews), (IReadOnlyList<string>)[.. drafts.Select(d => FormPrint.Html(desk.Work.Papers.Preview(new(d.Head, ConclusionStage.Drafted, [new(d.Lines, d.Clauses, LocalDay.Of(desk.Now))], new HashSet<long>(), null), desk.Terms)))]),
            (nameof(EditorPage.Findings), FindingsOf(desk, state.ProviderId, kept.Draft)), (nameof(EditorPage.Names), desk.Names()), (nameof(EditorPage.Doubt), doubt));
    }

    private static async Task<IResult> TakeAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        if (desk.Store.MonitoringOf(id) is not { } state)
        {
            return MessageEndpoints.NotFound();
        }

        var form = await context.Request.ReadFormAsync();
        var (path, go) = (FormattableString.Invariant($"/monitorings/{id}/conclusion"), form["go"].ToString());
        if (go == "discard")
        {
            desk.Drafts.Discard(id);
            return Results.Redirect(FormattableString.Invariant($"/monitorings/{id}"));
        }

        var stored = desk.Drafts.Find(id);
        var version = DraftSaved.VersionOf(form);
        var draft = Changed(desk, state.ProviderId, ConclusionDraft.Of(form, stored?.Draft.Token ?? VisitDesk.NewToken()), go, form);
        var saved = desk.Drafts.Save(id, draft, version, visitor.User!.Id);
        if (DraftSaved.IsByItself(form))
        {
            return saved.ToScript(language);
        }

        if (saved.Conflict)
        {
            return Show(desk, id, visitor, language, new(draft, version, saved.At, visitor.User.Id), saved.Doubt(language));
        }

        if (go != "write")
        {
            return Results.Redirect(path + PlaceOf(go));
        }

        if (draft.Problems(language).Count > 0)
        {
            return Show(desk, id, visitor, language, null, language["Editor.NotWhole"]);
        }

        var word = VisitDesk.WordOf(context, "conclusion", form, desk.Now) with { SenderKey = draft.Token };
        var outcome = desk.Work.Conclude(word, visitor, id, state.ProviderId, draft.ToSent(LocalDay.Of(desk.Now), visitor.User.Id), language.Code);
        if (VisitDesk.DoubtOf(outcome, language) is { } doubt)
        {
            // The same content may be tried again once the cause is gone: it needs another word.
            desk.Drafts.Save(id, draft with { Token = VisitDesk.NewToken() }, saved.Version, visitor.User.Id);
            return Show(desk, id, visitor, language, null, doubt);
        }

        desk.Drafts.Discard(id);
        return Results.Redirect(FormattableString.Invariant($"/conclusions/{outcome.Receipt.CaseId}"));
    }

    /// <summary>The part of the page at which a button was pressed.</summary>
    public static string PlaceOf(string go) =>
        go.StartsWith("pick", StringComparison.Ordinal) || go.StartsWith("drop-line", StringComparison.Ordinal) ? "#lines" : go.StartsWith("drop-clause", StringComparison.Ordinal) ? "#clauses" : go.StartsWith("phrase", StringComparison.Ordinal) ? "#recommendations" : "";

    /// <summary>The draft after a button: rows dropped, findings chosen, a phrase put before what was written.</summary>
    public static ConclusionDraft Changed(VisitDesk desk, long provider, ConclusionDraft draft, string go, IFormCollection form, string? only = null)
    {
        int place = go.Split(':') is [_, var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1;
        return go.Split(':')[0] switch
        {
            "drop-line" => draft with { Lines = Without(draft.Lines, place) },
            "drop-clause" => draft with { Clauses = Without(draft.Clauses, place) },
            "drop-contract" => draft with { Contracts = Without(draft.Contracts, place) },
            "pick" => draft with { Lines = [.. draft.Lines, .. FindingsOf(desk, provider, draft, only).Where(f => form["pick"].Contains(f.Id.ToString(CultureInfo.InvariantCulture))).Select(f => f.ToLine())] },
            "phrase" when form["phrase"].ToString() is [.., >= '1' and <= '5'] and { Length: 3 } phrase => draft with { Recommendations = (draft.Recommendations + " " + PageLanguage.Of(phrase[..2])["Editor.Phrase." + phrase[2]]).Trim() },
            _ => draft,
        };
    }

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> rows, int place) => [.. rows.Where((_, i) => i != place)];

    /// <summary>The papers that would come of a draft.</summary>
    private static IReadOnlyList<DraftConclusion> DraftsOf(VisitDesk desk, long id, UnscheduledMonitoring state, ConclusionDraft draft, Visitor visitor)
    {
        var today = LocalDay.Of(desk.Now);
        var facts = draft.Facts(today);
        return UnscheduledStore.DraftsOf(
            new(id, state.ProviderId, state.Region, facts.Contracts is [var first, ..] ? first.Number : "", false, state.Team, facts, draft.PrintedLines(today), draft.PrintedClauses(visitor.User!.Id)),
            "–", desk.Now, CaseWork.ActorOf(visitor), desk.Terms);
    }

    /// <summary>What is known before anybody writes: contracts of the provider, the period that was fixed, the days of monitoring, the places of visits.</summary>
    public static ConclusionDraft NewOf(VisitDesk desk, long provider, IEnumerable<string> places, DateOnly begun)
    {
        var contracts = desk.Records.Query(
            "SELECT contract, MIN(from_day), CAST(SUM(amount) AS BIGINT) FROM contract_line WHERE provider_id = $1 AND contract IS NOT NULL GROUP BY contract ORDER BY contract LIMIT 6",
            r => (Number: r.Text(0), From: r.Day(1), Sum: r.LongOrNull(2)), provider);
        var months = desk.Records.Query("SELECT MIN(month), MAX(month) FROM finding WHERE provider_id = $1 HAVING COUNT(*) > 0", r => (First: r.Day(0), Last: r.Day(1)), provider);
        var care = desk.Records.Query("SELECT DISTINCT care_form FROM finding WHERE provider_id = $1 ORDER BY care_form LIMIT 4", r => r.Text(0), provider);
        return new(
            VisitDesk.NewToken(), "", string.Join('\n', places), string.Join(", ", care.Select(c => PageLanguage.Kazakh.WordOr("Form." + c, c))),
            months is [var m, ..] ? Text(m.Last) : "", months is [var n, ..] ? Text(n.Last.AddMonths(1).AddDays(-1)) : "", Text(begun), Text(LocalDay.Of(desk.Now)), "",
            [.. contracts.Select(c => new DraftContract(c.Number, "", "", c.Sum is { } sum ? PageLanguage.Kazakh.Sum(sum) : ""))], [], []);
    }

    /// <summary>Findings of the provider in the period of the draft that are not in it yet; a sum that a proceeding carries is withheld there.</summary>
    /// <param name="only">Of one form of care by its word; nothing for all.</param>
    public static IReadOnlyList<OfferedFinding> FindingsOf(VisitDesk desk, long provider, ConclusionDraft draft, string? only = null)
    {
        if (VisitDesk.DayOf(draft.From) is not { } from || VisitDesk.DayOf(draft.To) is not { } to || to < from)
        {
            return [];
        }

        var found = desk.Records.Query(
            $"""
            SELECT f.finding_id, f.code, f.care_form, f.person_id, k.line_id, k.ended_on, COALESCE(l.at_risk, 0)
            FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id AND k.month = f.month LEFT JOIN line_sum AS l ON l.service_id = f.service_id AND l.month = f.month
            WHERE f.provider_id = $1 AND f.counts AND f.month >= $2 AND f.month <= $3 AND ($4 = '' OR f.care_form = $4) ORDER BY COALESCE(l.at_risk, 0) DESC, f.finding_id LIMIT {MostFindings}
            """,
            r => new OfferedFinding(r.Long(0), r.Text(1), r.Text(2), r.Long(3), r.Text(4), r.Day(5), r.Long(6), false), provider, new DateOnly(from.Year, from.Month, 1), to, only ?? "");
        var inside = draft.Lines.Select(l => (l.Service, l.Codes)).ToHashSet();
        var elsewhere = desk.Proceedings.CasesOfFindings(provider, [.. found.Select(f => f.Id)]);
        return [.. found.Where(f => !inside.Contains((f.LineId, f.Code))).Select(f => f with { Elsewhere = elsewhere.ContainsKey(f.Id) })];
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A finding of the period that may be chosen into a conclusion.</summary>
/// <param name="Sum">Tiyn that it withholds.</param>
/// <param name="Elsewhere">A proceeding carries its sum already.</param>
public sealed record OfferedFinding(long Id, string Code, string Form, long Person, string LineId, DateOnly On, long Sum, bool Elsewhere)
{
    public DraftLine ToLine() => new(LineId, LineId, PageLanguage.Identity(Person), On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Form, Code, PageLanguage.Kazakh.Sum(Sum), false, Elsewhere);
}
