using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Portrait;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.LocalBodies;

/// <summary>The pages of local bodies: the list of their place, who entered and left it, and what they did.</summary>
public static partial class LocalBodyEndpoints
{
    private const int LongestNote = 300;

    public static void Map(IEndpointRouteBuilder routes, FundFolder folder, LawBook law, DeskStore desk)
    {
        var (lists, duties) = (new UninsuredLists(folder, desk), LocalDutyStore.Of(desk));
        routes.MapGet("/uninsured", (HttpContext context, Visitor visitor) => ListOf(context, visitor, UninsuredView.Size) is { } view ? Listed(view) : Refused()).Needs(Right.SeeUninsured, _ => Owner.OfRows, seen: "UninsuredSeen");
        routes.MapGet("/uninsured.xlsx", (HttpContext context, Visitor visitor, PageLanguage language) => ListOf(context, visitor, UninsuredView.Most) is not { } view ? Refused()
            : view.Day is { } day && view.Found <= UninsuredView.Most ? Results.File(view.Sheet(law, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-uninsured-{view.Place}-{day:yyyy-MM-dd}.xlsx")
            : MessageEndpoints.NotFound()).Needs(Right.SeeUninsured, _ => Owner.OfRows, seen: "UninsuredTaken");
        routes.MapGet("/uninsured/changes", (HttpContext context, Visitor visitor) => ChangesOf(context, visitor, UninsuredView.Size) is { } view ? Changed(view) : Refused()).Needs(Right.SeeUninsured, _ => Owner.OfRows, seen: "UninsuredSeen");
        routes.MapGet("/uninsured/changes.xlsx", (HttpContext context, Visitor visitor, PageLanguage language) => ChangesOf(context, visitor, UninsuredView.Most) is not { } view ? Refused()
            : view.Day is { } day && view.Found <= UninsuredView.Most ? Results.File(view.Sheet(law, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-uninsured-changes-{view.Place}-{day:yyyy-MM-dd}.xlsx")
            : MessageEndpoints.NotFound()).Needs(Right.SeeUninsured, _ => Owner.OfRows, seen: "UninsuredTaken");
        routes.MapGet("/uninsured/duties", (HttpContext context, Visitor visitor) => Duties(context, visitor, null)).Needs(Right.SeeLocalDuties, _ => Owner.OfRows, seen: "LocalDutiesSeen");
        routes.MapPost("/uninsured/duties", Enter).Needs(Right.EnterLocalDuty, _ => Owner.OfRows);
        routes.MapPost("/uninsured/duties/{duty:long}/correct", Correct).Needs(Right.EnterLocalDuty, _ => Owner.OfRows);
        routes.MapPost("/uninsured/duties/{duty:long}/withdraw", Withdraw).Needs(Right.EnterLocalDuty, _ => Owner.OfRows);

        UninsuredView? ListOf(HttpContext context, Visitor visitor, int most) =>
            AskedPlace.Of(visitor, Right.SeeUninsured, context.Request.Query["place"], 6) is { } place ? UninsuredView.Of(lists, duties, context, place, most) : null;

        ChangesView? ChangesOf(HttpContext context, Visitor visitor, int most) =>
            AskedPlace.Of(visitor, Right.SeeUninsured, context.Request.Query["place"], 6) is { } place ? ChangesView.Of(lists, context, place, most) : null;

        IResult Listed(UninsuredView view) => new RazorComponentResult<UninsuredPage>(new Dictionary<string, object?> { [nameof(UninsuredPage.View)] = view, [nameof(UninsuredPage.Today)] = Today() })
        {
            StatusCode = view.Day is null && view.Days.Count > 0 ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
        };

        IResult Changed(ChangesView view) => new RazorComponentResult<ChangesPage>(new Dictionary<string, object?> { [nameof(ChangesPage.View)] = view });

        DateOnly Today() => LocalDay.Of(desk.Clock.GetUtcNow());

        IResult Duties(HttpContext context, Visitor visitor, string? wrong)
        {
            if (AskedPlace.Of(visitor, Right.SeeLocalDuties, context.Request.Query["place"], 6) is not { } place)
            {
                return Refused();
            }

            var months = int.TryParse(context.Request.Query["months"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && DutyEffect.Choices.Contains(asked) ? asked : DutyEffect.Choices[0];
            return new RazorComponentResult<LocalDutiesPage>(new Dictionary<string, object?>
            {
                [nameof(LocalDutiesPage.Place)] = place,
                [nameof(LocalDutiesPage.Duties)] = duties.Of(place),
                [nameof(LocalDutiesPage.Effect)] = DutyEffect.Of(lists, duties, place, months),
                [nameof(LocalDutiesPage.Today)] = Today(),
                [nameof(LocalDutiesPage.Wrong)] = wrong,
            })
            { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
        }

        IResult Enter(
            HttpContext context, [FromForm] string? kind, [FromForm] string? day, [FromForm] string? people, [FromForm] string? of, [FromForm] string? fund, [FromForm] string? note, [FromForm] string? place, Visitor visitor, PageLanguage language)
        {
            if (AskedPlace.Of(visitor, Right.EnterLocalDuty, place, 6) is not { } own)
            {
                return Refused();
            }

            var persons = context.Request.Form["person"].Select(p => SearchWords.Identity(p ?? "") ?? 0).ToHashSet();
            if (Sent(own, kind, day, people, of, fund, note, persons, language, out var sent) is { } wrong)
            {
                return Duties(context, visitor, wrong);
            }

            if (LocalDuties.OfPersons.Contains(sent!.Kind))
            {
                var newest = lists.Days();
                var known = newest.Count == 0 ? new HashSet<long>() : new UninsuredReading(lists).OnList(newest[^1], own, persons);
                if (persons.Count == 0 || known.Count != persons.Count)
                {
                    return Duties(context, visitor, persons.Count == 0 ? language["LocalDuty.NoPersons"] : language.With("LocalDuty.NotListed", persons.Count - known.Count));
                }
            }

            duties.Enter(visitor.Actor, sent);
            return Results.Redirect(PageOf(own, visitor));
        }

        IResult Correct(
            long duty, HttpContext context, [FromForm] string? day, [FromForm] string? people, [FromForm] string? of, [FromForm] string? fund, [FromForm] string? note, Visitor visitor, PageLanguage language)
        {
            if (Own(duty, visitor) is not { } found)
            {
                return MessageEndpoints.NotFound();
            }

            // What was entered of persons stays with those persons; only the others are counted by hand.
            return Sent(found.Place, found.Kind, day, people, of, fund, note, [], language, out var sent) is { } wrong ? Duties(context, visitor, wrong)
                : duties.Correct(visitor.Actor, duty, sent!) is null ? MessageEndpoints.NotFound()
                : Results.Redirect(PageOf(found.Place, visitor));
        }

        IResult Withdraw(long duty, Visitor visitor) =>
            Own(duty, visitor) is { } found && duties.Withdraw(visitor.Actor, found) ? Results.Redirect(PageOf(found.Place, visitor)) : MessageEndpoints.NotFound();

        LocalDuty? Own(long duty, Visitor visitor) => duties.Find(duty) is { } found && AskedPlace.Sees(visitor, Right.EnterLocalDuty, found.Place) ? found : null;

        string? Sent(string place, string? kind, string? day, string? people, string? of, string? fund, string? note, IReadOnlyCollection<long> persons, PageLanguage language, out SentDuty? sent)
        {
            sent = null;
            if (kind is null || !LocalDuties.All.Contains(kind) || (of is { Length: > 0 } && !PortraitKinds.All.Contains(of)))
            {
                return language["LocalDuty.WrongKind"];
            }

            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) || on > Today() || on < Today().AddYears(-1))
            {
                return language["LocalDuty.WrongDay"];
            }

            long? counted = null;
            if (people is { Length: > 0 } && !LocalDuties.OfPersons.Contains(kind))
            {
                if (!long.TryParse(people, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 30_000_000)
                {
                    return language["LocalDuty.WrongPeople"];
                }

                counted = number;
            }

            // A number of a person in free words would be seen by whoever sees the duties.
            if (note is { Length: > LongestNote } || TwelveDigits().IsMatch(note ?? ""))
            {
                return language.With("LocalDuty.WrongNote", LongestNote);
            }

            sent = new(place, kind, on, counted, of is { Length: > 0 } ? of : null, fund == "yes", (note ?? "").Trim(), persons);
            return null;
        }
    }

    private static string PageOf(string place, Visitor visitor) => place == visitor.User?.Region ? "/uninsured/duties" : "/uninsured/duties?place=" + place;

    private static IResult Refused() => Results.StatusCode(StatusCodes.Status403Forbidden);

    [GeneratedRegex(@"(\d[ -]?){12}")]
    private static partial Regex TwelveDigits();
}
