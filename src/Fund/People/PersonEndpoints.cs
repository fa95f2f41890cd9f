using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.People;

/// <summary>The pages of the counter.</summary>
public static class PersonEndpoints
{
    /// <summary>Reasons for which a person is looked at.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["citizen", "provider", "line", "debt"];

    public static void Map(WebApplication app, PersonDesk desk)
    {
        var addresses = new PersonAddress(app.Services.GetRequiredService<IDataProtectionProvider>(), app.Services.GetRequiredService<TimeProvider>());
        app.MapGet("/people", (HttpContext context) => Page(desk, "", DayOf(context.Request.Query["day"], desk), null, null)).Needs(Right.SeeInsurance);
        app.MapPost("/people", ([FromForm] string? number, [FromForm] string? day, [FromForm] string? why, PageLanguage language) => Ask(desk, addresses, number, day, why, language)).Needs(Right.SeeInsurance);
        app.MapGet("/people/of/{token}", (string token, HttpContext context, Visitor visitor, PageLanguage language) => Show(desk, addresses.Find(token), context, visitor, language)).Needs(Right.SeeInsurance);
        app.MapGet("/people/of/{token}/months.xlsx", (string token, HttpContext context, Visitor visitor, PageLanguage language) =>
            File(desk, addresses.Find(token), context, visitor, answer => answer.Sheet(language), "months")).Needs(Right.SeeInsurance);
        app.MapGet("/people/of/{token}/payments.xlsx", (string token, HttpContext context, Visitor visitor, PageLanguage language) =>
            File(desk, addresses.Find(token), context, visitor, answer => desk.Payments(answer, language), "payments")).Needs(Right.SeeInsurance);
    }

    /// <summary>The question; one with a sound number leads to its page, whose address holds the day and the reason, and the number sealed.</summary>
    private static IResult Ask(PersonDesk desk, PersonAddress addresses, string? number, string? day, string? why, PageLanguage language)
    {
        // With spaces, or typed on the Kazakh layout, whose digit keys give letters.
        var asked = SearchWords.Digits(number ?? "") is { Length: > 0 } digits ? digits : (number ?? "").Replace(" ", "", StringComparison.Ordinal);
        return asked.Length == 0 ? Page(desk, "", DayOf(day, desk), null, null)
            : !IdentityNumber.TryParse(asked, out var sound, out var fault) ? Page(desk, asked, DayOf(day, desk), language.With("People.Wrong", language.Text(fault.Text())), null)
            : Results.Redirect(new Pages.PageAddress(addresses.Of(sound), []).With(("day", Word(DayOf(day, desk))), ("why", Reason(why))));
    }

    private static IResult Show(PersonDesk desk, IdentityNumber? person, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var day = DayOf(context.Request.Query["day"], desk);
        if (person is not { } number)
        {
            return Page(desk, "", day, language["People.Ended"], null);
        }

        if (day < desk.First)
        {
            return Page(desk, number.ToString(), day, language.With("People.Early", language.Day(day), language.Day(desk.First)), null);
        }

        if (Reason(context.Request.Query["why"]) is not { } why)
        {
            return Page(desk, number.ToString(), day, null, null);
        }

        if (!desk.Note(visitor, number, day, why))
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var answer = desk.Answer(number, day);
        return Page(desk, number.ToString(), day, answer is null ? language["People.Unknown"] : null, answer);
    }

    private static IResult File(PersonDesk desk, IdentityNumber? person, HttpContext context, Visitor visitor, Func<PersonAnswer, FindingSheet> sheet, string name)
    {
        var day = DayOf(context.Request.Query["day"], desk);
        if (person is not { } number || day < desk.First || Reason(context.Request.Query["why"]) is not { } why)
        {
            return MessageEndpoints.NotFound();
        }

        return !desk.Note(visitor, number, day, why) ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : desk.Answer(number, day) is { } answer ? Results.File(sheet(answer).ToXlsx(), FindingSheet.XlsxType, $"kepil-{name}-{day:yyyy-MM-dd}.xlsx")
            : MessageEndpoints.NotFound();
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

    private static string? Reason(string? why) => why is not null && Reasons.Contains(why) ? why : null;

    private static DateOnly DayOf(string? asked, PersonDesk desk) =>
        DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : desk.Today;
}
