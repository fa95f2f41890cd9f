using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;

namespace Kepil.Fund.Purchase;

/// <summary>The purchase in the provider's office: campaigns, its applications with what they lack, its shares and why they are what they are.</summary>
public static class ApplyEndpoints
{
    public static void Map(WebApplication app, PurchaseDesk desk)
    {
        app.MapGet("/office/purchase", (Visitor visitor) => PurchaseDesk.Page<OfficeCampaignsPage>(null, (nameof(OfficeCampaignsPage.Desk), desk),
            (nameof(OfficeCampaignsPage.Campaigns), desk.Store.Campaigns().Reverse().Select(c => desk.Seen(c, visitor)).Where(c => c.State != "draft").ToList()))).Needs(Right.WorkInOffice, _ => Owner.OfRows);
        app.MapGet("/office/purchase/{campaign:long}", (long campaign, Visitor visitor) => Show(desk, campaign, visitor, null, null)).Needs(Right.WorkInOffice, _ => Owner.OfRows);
        app.MapPost("/office/purchase/{campaign:long}", (long campaign, HttpContext context, Visitor visitor, PageLanguage language) => ApplyAsync(desk, campaign, context, visitor, language)).Needs(Right.ApplyForPurchase, _ => Owner.OfRows);
    }

    private static IResult Show(PurchaseDesk desk, long campaign, Visitor visitor, string? doubt, IFormCollection? form)
    {
        if (desk.Find(campaign, visitor) is not { State: not "draft" } seen)
        {
            return MessageEndpoints.NotFound();
        }

        var own = visitor.User!.ProviderId!.Value;
        return PurchaseDesk.Page<ApplyPage>(doubt, (nameof(ApplyPage.Desk), desk), (nameof(ApplyPage.Seen), seen), (nameof(ApplyPage.Provider), own), (nameof(ApplyPage.Doubt), doubt), (nameof(ApplyPage.Form), form),
            (nameof(ApplyPage.Own), desk.Check.OfAll([.. desk.Applications(seen).Where(a => a.ProviderId == own)], seen.Plan, seen.Of.Year)));
    }

    private static async Task<IResult> ApplyAsync(PurchaseDesk desk, long campaign, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        static long NumberOf(string? text) => long.TryParse(text?.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return PurchaseEndpoints.Do(language, () =>
        {
            desk.Store.Apply(visitor.Actor, campaign, (int)Math.Min(int.MaxValue, NumberOf(form["row"])), visitor.User!.ProviderId!.Value, form["kato"].ToString().Trim(), NumberOf(form["capacity"]), desk.Today);
            return Results.Redirect(FormattableString.Invariant($"/office/purchase/{campaign}"));
        }, doubt => Show(desk, campaign, visitor, doubt, form));
    }
}
