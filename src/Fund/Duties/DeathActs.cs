using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;

namespace Kepil.Fund.Duties;

/// <summary>The page of a death: what the system fills into annex 5, what the branch writes, the form as it will be printed.</summary>
public static class DeathActs
{
    /// <summary>Experts who may be named.</summary>
    public const int Experts = 3;

    /// <summary>Signs of one field at most.</summary>
    private const int Most = 8000;

    public static void Map(WebApplication app, VisitDesk desk, Func<HttpContext, Owner?> whose)
    {
        app.MapGet("/deaths/{proceeding:long}", (long proceeding, Visitor visitor) => Show(desk, proceeding, visitor, null, null)).Needs(Right.SeeMonitorings, whose, seen: "DeathSeen");
        app.MapPost("/deaths/{proceeding:long}", (long proceeding, HttpContext context, Visitor visitor, PageLanguage language) => TakeAsync(desk, proceeding, context, visitor, language)).Needs(Right.LeadMonitoring, whose);
    }

    private static IResult Show(VisitDesk desk, long id, Visitor visitor, string? doubt, SentMortality? typed)
    {
        if (desk.Work.Deaths.Find(id) is not { } death || desk.Proceedings.Row(id) is not { } row)
        {
            return MessageEndpoints.NotFound();
        }

        var kept = desk.Answers.Draft<SentMortality>(0, SubjectOf(id));
        var sent = typed ?? kept?.Draft ?? Empty;
        var may = !death.HasConclusion && visitor.May(Right.LeadMonitoring, new Owner(null, death.Region, []));
        return VisitDesk.Page<DeathPage>(doubt,
            (nameof(DeathPage.Death), death), (nameof(DeathPage.Term), row.ToProceeding().ConclusionDue is { } due ? desk.Terms.Of(due.Name, due.Start, due.Length) : null),
            (nameof(DeathPage.Sent), sent), (nameof(DeathPage.Version), kept?.Version ?? 0), (nameof(DeathPage.At), kept?.At), (nameof(DeathPage.May), may),
            (nameof(DeathPage.Preview), may && desk.Work.Deaths.Preview(id, visitor, sent, desk.Now) is { } form ? FormPrint.Html(form) : null), (nameof(DeathPage.Paper), desk.Work.Deaths.PaperOf(id)),
            (nameof(DeathPage.Now), desk.Now), (nameof(DeathPage.Terms), desk.Terms), (nameof(DeathPage.Doubt), doubt), (nameof(DeathPage.Token), VisitDesk.NewToken()));
    }

    private static async Task<IResult> TakeAsync(VisitDesk desk, long id, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        var sent = Of(form);
        var version = DraftSaved.VersionOf(form);
        var saved = desk.Answers.Save(0, SubjectOf(id), sent, version, visitor.User!.Id);
        if (DraftSaved.IsByItself(form))
        {
            return saved.ToScript(language);
        }

        if (saved.Conflict)
        {
            return Show(desk, id, visitor, saved.Doubt(language), sent);
        }

        var path = FormattableString.Invariant($"/deaths/{id}");
        if (form["go"] != "conclude")
        {
            return Results.Redirect(path);
        }

        var outcome = desk.Work.ConcludeDeath(VisitDesk.WordOf(context, "conclusion", form, desk.Now), visitor, id, sent, language.Code);
        if (VisitDesk.DoubtOf(outcome, language) is { } doubt)
        {
            return Show(desk, id, visitor, doubt, sent);
        }

        desk.Answers.Discard(0, SubjectOf(id));
        return Results.Redirect(path);
    }

    private static readonly SentMortality Empty = new(null, null, null, null, null, null, null, null, null, null, null, null, null);

    private static SentMortality Of(IFormCollection form)
    {
        string? Text(string name) => form[name].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, Most)] : null;
        var experts = Enumerable.Range(0, Experts).Select(i => new SentExaminer(
            Text($"expert-{i}-name"), Text($"expert-{i}-position"), Text($"expert-{i}-specialty"), Text($"expert-{i}-category"), Text($"expert-{i}-degree"), Text($"expert-{i}-accreditation"))).Where(e => e != new SentExaminer(null, null, null, null, null, null)).ToList();
        return new(
            Text("department"), VisitDesk.DayOf(form["from"]), VisitDesk.DayOf(form["to"]), Text("subject"), Text("anamnesis"), Text("examination"), Text("investigations"), Text("diagnosis"), Text("plan"), Text("defects"),
            Text("conclusions"), Text("recommendations"), experts);
    }

    private static string SubjectOf(long id) => FormattableString.Invariant($"death:{id}");
}
