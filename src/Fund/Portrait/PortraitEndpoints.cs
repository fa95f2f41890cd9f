using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Portrait;

/// <summary>The pages of the portrait: for everybody, and with exact figures for those who work with it.</summary>
public static class PortraitEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, LawBook law, DeskStore desk)
    {
        var store = PortraitStore.Of(desk);
        routes.MapGet("/portrait", (HttpContext context) => Shown(Public(store, context))).Needs(Right.Open);
        routes.MapGet("/portrait.xlsx", (HttpContext context, PageLanguage language) => File(Public(store, context), law, language)).Needs(Right.Open);
        routes.MapGet("/portrait/own", (HttpContext context, Visitor visitor) => Exact(store, context, visitor) is { } view ? Shown(view) : Results.StatusCode(StatusCodes.Status403Forbidden))
            .Needs(Right.SeePortrait, _ => Owner.OfRows, seen: "PortraitSeen");
        routes.MapGet("/portrait/own.xlsx", (HttpContext context, Visitor visitor, PageLanguage language) => Exact(store, context, visitor) is { } view ? File(view, law, language) : Results.StatusCode(StatusCodes.Status403Forbidden))
            .Needs(Right.SeePortrait, _ => Owner.OfRows, seen: "PortraitSeen");
    }

    private static PortraitView Public(PortraitStore store, HttpContext context) => PortraitView.Public(store, DayOf(context), PlaceOf(context) is { Length: 2 } region ? region : "");

    /// <returns>Nothing when the place is another's.</returns>
    private static PortraitView? Exact(PortraitStore store, HttpContext context, Visitor visitor) =>
        AskedPlace.Of(visitor, Right.SeePortrait, context.Request.Query["place"], 4) is { } place ? PortraitView.Exact(store, DayOf(context), place) : null;

    private static IResult Shown(PortraitView view) => new RazorComponentResult<PortraitPage>(new Dictionary<string, object?> { [nameof(PortraitPage.View)] = view })
    {
        StatusCode = view.Portrait is null && view.Held.Count > 0 ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
    };

    private static IResult File(PortraitView view, LawBook law, PageLanguage language) => view.Portrait is { } portrait
        ? Results.File(view.Sheet(law, language).ToXlsx(), FindingSheet.XlsxType, $"kepil-portrait-{portrait.Day:yyyy-MM-dd}.xlsx")
        : MessageEndpoints.NotFound();

    private static DateOnly? DayOf(HttpContext context) => context.Request.Query["day"].ToString() is { Length: > 0 } asked
        ? DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MinValue
        : null;

    private static string PlaceOf(HttpContext context) => context.Request.Query["place"].ToString() is { Length: 2 or 4 } place && place.All(char.IsAsciiDigit) ? place : "";
}
