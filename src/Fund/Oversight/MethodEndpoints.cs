using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Oversight;

/// <summary>The methodologist's pages: a rule with its cases and trials, lists with four eyes, choices of reading, the calendar, a new edition of the classification.</summary>
public static class MethodEndpoints
{
    private const int Most = 50;

    /// <summary>Letters of a part of a name from which it is searched for.</summary>
    private const int LeastLetters = 3;

    /// <summary>Bytes of an edition's file.</summary>
    private const long MostBytes = 4_000_000;

    /// <param name="pack">The folder of the pack whose lists may be changed.</param>
    public static void Map(IEndpointRouteBuilder routes, FundFolder folder, LawBook law, string pack)
    {
        var services = routes.ServiceProvider;
        var changes = new ListChanges(services.GetRequiredService<DeskStore>(), pack);
        var rules = new RulePages(changes, RuleVersions.Of(services.GetRequiredService<DeskStore>()), services.GetRequiredService<RuleShelf>(), services.GetRequiredService<ProceedingStore>(), services.GetRequiredService<DeskStore>(), folder, law, pack);
        services.GetRequiredService<SearchPages>().Add((asked, visitor) => Found(asked, visitor, services.GetRequiredService<RuleShelf>(), changes));
        routes.MapGet("/rules/{rule}", (string rule) => rules.Show(rule)).Needs(Right.SeeRules);
        routes.MapPost("/rules/{rule}/trial", (string rule, Visitor visitor) => rules.TryAsync(rule, visitor)).Needs(Right.ChangeLists);
        routes.MapPost("/rules/{rule}/trials/{trial:long}", (string rule, long trial, [FromForm] string? answer, [FromForm] string? note, Visitor visitor) => rules.Answer(rule, trial, answer, note, visitor)).Needs(Right.ApproveLists);
        routes.MapGet("/lists", (DeskStore desk) => Lists(changes, desk)).Needs(Right.SeeRules);
        routes.MapGet("/lists/{name}", (string name, DeskStore desk) => List(name, changes, desk, null, null, null)).Needs(Right.SeeRules);
        routes.MapGet("/lists/{name}.xlsx", (string name, PageLanguage language) => changes.Text(name) is { } text
            ? Results.File(LawSheets.List(name, changes.Titles()[name], text, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-{name}.xlsx") : MessageEndpoints.NotFound()).Needs(Right.SeeRules);
        routes.MapPost("/lists/{name}", (string name, [FromForm] string? text, [FromForm] string? reason, DeskStore desk, Visitor visitor) => Propose(name, text, reason, changes, desk, visitor)).Needs(Right.ChangeLists);
        routes.MapGet("/lists/changes/{change:long}", (long change, DeskStore desk) => Change(change, changes, desk, null)).Needs(Right.SeeRules);
        routes.MapPost("/lists/changes/{change:long}", (long change, [FromForm] string? answer, [FromForm] string? note, DeskStore desk, Visitor visitor) => Answer(change, answer, note, changes, desk, visitor)).Needs(Right.ApproveLists);
        routes.MapGet("/law/policies", (TimeProvider clock) => new RazorComponentResult<PoliciesPage>(new Dictionary<string, object?>
        {
            [nameof(PoliciesPage.Policies)] = law.Policies.All.ToList(),
            [nameof(PoliciesPage.Today)] = LocalDay.Of(clock.GetUtcNow()),
        })).Needs(Right.Open);
        routes.MapGet("/law/calendar", (int? year, TimeProvider clock) => new RazorComponentResult<DaysPage>(new Dictionary<string, object?>
        {
            [nameof(DaysPage.Calendar)] = law.Calendar,
            [nameof(DaysPage.Year)] = Math.Clamp(year ?? LocalDay.Of(clock.GetUtcNow()).Year, law.Calendar.First.Year, law.Calendar.Last.Year),
        })).Needs(Right.Open);
        routes.MapGet("/law/policies.xlsx", (TimeProvider clock, Visitor visitor, PageLanguage language) =>
            Results.File(LawSheets.Policies(law.Policies.All, LocalDay.Of(clock.GetUtcNow()), visitor.May(Right.SeeRules), language).ToXlsx(), FindingSheet.XlsxType, "kepil-policies.xlsx")).Needs(Right.Open);
        routes.MapGet("/law/calendar.xlsx", (int? year, TimeProvider clock, PageLanguage language) => Results.File(
            LawSheets.Calendar(law.Calendar, Math.Clamp(year ?? LocalDay.Of(clock.GetUtcNow()).Year, law.Calendar.First.Year, law.Calendar.Last.Year), language).ToXlsx(), FindingSheet.XlsxType, "kepil-calendar.xlsx")).Needs(Right.Open);
        routes.MapGet("/editions", () => new RazorComponentResult<EditionPage>(new Dictionary<string, object?>())).Needs(Right.ChangeLists);
        routes.MapPost("/editions", (IFormFile? page, IFormFile? table, RuleShelf shelf, Visitor visitor, DeskStore desk) => CompareAsync(page, table, law, shelf, visitor, desk)).Needs(Right.ChangeLists);
    }

    /// <summary>Rules and lists under a code, a name or a part of it, for those who may open them.</summary>
    private static IEnumerable<FoundPage> Found(string asked, Visitor visitor, RuleShelf rules, ListChanges changes)
    {
        bool Named(string name, Wording title) => string.Equals(name, asked, StringComparison.OrdinalIgnoreCase)
            || (asked.Length >= LeastLetters && PageLanguage.All.Select(l => title.In(l.Code)).Append(name).Any(t => t.Contains(asked, StringComparison.CurrentCultureIgnoreCase)));
        return !visitor.May(Right.SeeRules) ? []
            : rules.All.Where(r => r.File.Code == asked || Named(r.Id, r.File.Title)).Select(r => new FoundPage("/rules/" + r.Id, w => w["Board.By.rule"] + ": " + r.File.Code + " " + r.File.Title.In(w.Code)))
                .Concat(changes.Titles().Where(t => Named(t.Key, t.Value)).Select(t => new FoundPage("/lists/" + t.Key, w => w["Lists.Name"] + ": " + w.Text(t.Value)))).Take(Most);
    }

    private static RazorComponentResult<ListsPage> Lists(ListChanges changes, DeskStore desk) => new(new Dictionary<string, object?>
    {
        [nameof(ListsPage.Lists)] = changes.Names.Select(l => (l, Math.Max(0, changes.Text(l)!.Count(c => c == '\n') - 1L), (long)changes.RulesOf(l).Count)).ToList(),
        [nameof(ListsPage.Titles)] = changes.Titles(),
        [nameof(ListsPage.Changes)] = changes.Newest(Most),
        [nameof(ListsPage.Names)] = Names(desk),
    });

    private static IResult List(string name, ListChanges changes, DeskStore desk, string? proposed, string? reason, Wording? wrong) => changes.Text(name) is not { } text ? MessageEndpoints.NotFound() : new RazorComponentResult<ListOfPackPage>(new Dictionary<string, object?>
    {
        [nameof(ListOfPackPage.Name)] = name,
        [nameof(ListOfPackPage.Titles)] = changes.Titles(),
        [nameof(ListOfPackPage.Text)] = text,
        [nameof(ListOfPackPage.Rules)] = changes.RulesOf(name),
        [nameof(ListOfPackPage.Changes)] = changes.Newest(Most, name),
        [nameof(ListOfPackPage.Names)] = Names(desk),
        [nameof(ListOfPackPage.Proposed)] = proposed,
        [nameof(ListOfPackPage.Reason)] = reason,
        [nameof(ListOfPackPage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static IResult Propose(string name, string? text, string? reason, ListChanges changes, DeskStore desk, Visitor visitor) =>
        changes.Propose(name, text ?? "", reason ?? "", visitor.User!, out var id) is { } wrong
            ? List(name, changes, desk, text, reason, wrong)
            : Results.Redirect(FormattableString.Invariant($"/lists/changes/{id}"));

    private static IResult Change(long id, ListChanges changes, DeskStore desk, Wording? wrong)
    {
        if (changes.Find(id) is not { } change)
        {
            return MessageEndpoints.NotFound();
        }

        var (removed, added) = ListChanges.Difference(change.Before, change.After);
        return new RazorComponentResult<ListChangePage>(new Dictionary<string, object?>
        {
            [nameof(ListChangePage.Change)] = change,
            [nameof(ListChangePage.Titles)] = changes.Titles(),
            [nameof(ListChangePage.Removed)] = removed,
            [nameof(ListChangePage.Added)] = added,
            [nameof(ListChangePage.Rules)] = changes.RulesOf(change.List),
            [nameof(ListChangePage.Names)] = Names(desk),
            [nameof(ListChangePage.Wrong)] = wrong,
        })
        { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static IResult Answer(long id, string? answer, string? note, ListChanges changes, DeskStore desk, Visitor visitor) =>
        answer is not ("approved" or "refused") ? MessageEndpoints.NotFound()
        : changes.Answer(id, answer == "approved", note ?? "", visitor.User!) is { } wrong ? Change(id, changes, desk, wrong)
        : Results.Redirect(FormattableString.Invariant($"/lists/changes/{id}"));

    private static async Task<IResult> CompareAsync(IFormFile? page, IFormFile? table, LawBook law, RuleShelf shelf, Visitor visitor, DeskStore desk)
    {
        RazorComponentResult<EditionPage> Wrong(string why) => new(new Dictionary<string, object?> { [nameof(EditionPage.Wrong)] = why }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        if (page is not { Length: > 0 and <= MostBytes } || table is not { Length: > 0 and <= MostBytes })
        {
            return Wrong(".yaml, .csv ≤ 4 MB");
        }

        ClassificationEdition fresh;
        try
        {
            fresh = EditionDifference.Read(await TextAsync(page), await TextAsync(table));
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or FormatException or KeyNotFoundException)
        {
            return Wrong(e.Message);
        }

        var old = law.Classification.On(LocalDay.Of(desk.Clock.GetUtcNow()));
        var differences = EditionDifference.Between(old, fresh);
        desk.Journal.Append(visitor.Actor, "EditionCompared", "classification", new { fresh.InForceFrom, differences = differences.Count });
        var codes = differences.Select(d => d.Code).ToHashSet();
        // A code under a root takes the cells of the root.
        codes.UnionWith([.. fresh.Rows.Where(r => r.Root is { } root && codes.Contains(root)).Select(r => r.Code)]);
        return new RazorComponentResult<EditionPage>(new Dictionary<string, object?>
        {
            [nameof(EditionPage.Old)] = old,
            [nameof(EditionPage.Fresh)] = fresh,
            [nameof(EditionPage.Differences)] = differences,
            [nameof(EditionPage.Touched)] = shelf.All.Where(r => codes.Contains(r.File.Code)).Select(r => (r, RulePages.CasesOf(r).Count)).ToList(),
        });
    }

    private static async Task<string> TextAsync(IFormFile file)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync();
    }

    private static Dictionary<long, string> Names(DeskStore desk) => desk.Users().ToDictionary(u => u.Id, u => u.FullName);
}
