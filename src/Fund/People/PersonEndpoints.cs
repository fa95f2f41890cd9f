using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.People;

/// <summary>The pages of the counter.</summary>
public static class PersonEndpoints
{
    /// <summary>Reasons for which a person is looked at.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["citizen", "provider", "line", "debt"];

    public static void Map(WebApplication app, PersonDesk desk)
    {
        app.MapGet("/people", (HttpContext context, PageLanguage language) => Ask(desk, context, language)).Needs(Right.SeeInsurance);
        app.MapGet("/people/{person:long}", (long person, HttpContext context, PageLanguage language) => Show(desk, person, context, language)).Needs(Right.SeeInsurance, seen: "InsuranceSeen");
        app.MapGet("/people/{person:long}.xlsx", (long person, HttpContext context, PageLanguage language) =>
            Reason(context) is not null && DayOf(context, desk) is var day && day >= desk.First && NumberOf(person) is { } number && desk.Answer(number, day) is { } answer
                ? Results.File(answer.Sheet(language).ToXlsx(), FindingSheet.XlsxType, $"kepil-{number}-{day:yyyy-MM-dd}.xlsx")
                : MessageEndpoints.NotFound()).Needs(Right.SeeInsurance, seen: "InsuranceSeen");
    }

    /// <summary>The question; one with a sound number leads to its page, so that the number and the day make an address.</summary>
    private static IResult Ask(PersonDesk desk, HttpContext context, PageLanguage language)
    {
        var asked = context.Request.Query["number"].ToString().Replace(" ", "", StringComparison.Ordinal);
        if (asked.Length == 0)
        {
            return Page(desk, "", DayOf(context, desk), null, null);
        }

        if (!IdentityNumber.TryParse(asked, out var number, out var fault))
        {
            return Page(desk, asked, DayOf(context, desk), language.With("People.Wrong", language.Text(fault.Text())), null);
        }

        return Results.Redirect(new PageAddress("/people/" + number, []).With(("day", Word(DayOf(context, desk))), ("why", Reason(context))));
    }

    private static IResult Show(PersonDesk desk, long person, HttpContext context, PageLanguage language)
    {
        if (NumberOf(person) is not { } number)
        {
            return MessageEndpoints.NotFound();
        }

        var day = DayOf(context, desk);
        if (day < desk.First)
        {
            return Page(desk, number.ToString(), day, language.With("People.Early", language.Day(day), language.Day(desk.First)), null);
        }

        if (Reason(context) is null)
        {
            return Page(desk, number.ToString(), day, null, null);
        }

        var answer = desk.Answer(number, day);
        return Page(desk, number.ToString(), day, answer is null ? language["People.Unknown"] : null, answer);
    }

    private static RazorComponentResult<PersonPage> Page(PersonDesk desk, string number, DateOnly day, string? doubt, PersonAnswer? answer) => new(new Dictionary<string, object?>
    {
        [nameof(PersonPage.Desk)] = desk,
        [nameof(PersonPage.Number)] = number,
        [nameof(PersonPage.Day)] = day,
        [nameof(PersonPage.Doubt)] = doubt,
        [nameof(PersonPage.Answer)] = answer,
    })
    {
        StatusCode = doubt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    internal static string Word(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Reason(HttpContext context) => context.Request.Query["why"].ToString() is var why && Reasons.Contains(why) ? why : null;

    private static DateOnly DayOf(HttpContext context, PersonDesk desk) =>
        DateOnly.TryParseExact(context.Request.Query["day"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : desk.Today;

    private static IdentityNumber? NumberOf(long person) => IdentityNumber.TryParse(PageLanguage.Identity(person), out var number, out _) ? number : null;
}
