using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Purchase;

/// <summary>The pages of the purchase for the Fund: campaigns, plan, applications, share-out, protocol, contracts.</summary>
public static class PurchaseEndpoints
{
    /// <summary>Rows on a page.</summary>
    public const int OnAPage = 50;

    public static void Map(WebApplication app, PurchaseDesk desk)
    {
        app.WhileOpen(desk.RunAsync);
        Owner? Rows(HttpContext _) => Owner.OfRows;
        app.MapGet("/purchase", (Visitor visitor) => List(desk, visitor, null, null)).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/plan.xlsx", (PageLanguage language) => Sheet(PlanFile.Of([], desk.Law, language, []), "kepil-plan.xlsx")).Needs(Right.LeadPurchase);
        app.MapPost("/purchase", (HttpContext context, Visitor visitor, PageLanguage language) => OpenAsync(desk, context, visitor, language))
            .WithMetadata(new RequestSizeLimitAttribute(PlanFile.MostBytes + (1 << 16))).Needs(Right.LeadPurchase);
        app.MapGet("/purchase/{campaign:long}", (long campaign, Visitor visitor) => Campaign(desk, campaign, visitor, null)).Needs(Right.SeePurchase, Rows);
        app.MapPost("/purchase/{campaign:long}/opening", (long campaign, Visitor visitor, PageLanguage language) => Do(language, () =>
        {
            desk.Store.ConfirmOpening(visitor.Actor, campaign);
            return Results.Redirect($"/purchase/{campaign}");
        }, doubt => Campaign(desk, campaign, visitor, doubt))).Needs(Right.ConfirmPurchase);
        app.MapGet("/purchase/{campaign:long}/plan.xlsx", (long campaign, Visitor visitor, PageLanguage language) => desk.Find(campaign, visitor) is { } seen
            ? Sheet(PlanFile.Of(seen.Plan, desk.Law, language, desk.About(seen, visitor, language)), $"kepil-plan-{seen.Of.Year}.xlsx") : MessageEndpoints.NotFound()).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/{campaign:long}/applications", (long campaign, int? page, Visitor visitor) => Applications(desk, campaign, page ?? 1, visitor)).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/{campaign:long}/applications.xlsx", (long campaign, Visitor visitor, PageLanguage language) => desk.Find(campaign, visitor) is { } seen
            ? Sheet(PurchaseSheets.Applications(desk, seen, visitor, language), $"kepil-applications-{seen.Of.Year}.xlsx") : MessageEndpoints.NotFound()).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/{campaign:long}/shares", (long campaign, int? page, Visitor visitor) => Shares(desk, campaign, page ?? 1, visitor)).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/{campaign:long}/shares.xlsx", (long campaign, Visitor visitor, PageLanguage language) => desk.Find(campaign, visitor) is { } seen
            ? Sheet(PurchaseSheets.Shares(desk, seen, visitor, language), $"kepil-shares-{seen.Of.Year}.xlsx") : MessageEndpoints.NotFound()).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/{campaign:long}/shares/{row:long}", (long campaign, long row, Visitor visitor) => desk.Find(campaign, visitor) is { } seen && desk.Shared(seen).FirstOrDefault(r => r.Plan.Number == row) is { } shared
            ? PurchaseDesk.Page<SharePage>(null, (nameof(SharePage.Desk), desk), (nameof(SharePage.Seen), seen), (nameof(SharePage.Row), shared)) : MessageEndpoints.NotFound()).Needs(Right.SeePurchase, Rows);
        app.MapGet("/purchase/{campaign:long}/protocol", (long campaign, Visitor visitor) => Protocol(desk, campaign, visitor, null, null)).Needs(Right.SeePurchase, Rows);
        app.MapPost("/purchase/{campaign:long}/protocol", (long campaign, HttpContext context, Visitor visitor, PageLanguage language) => DraftAsync(desk, campaign, context, visitor, language))
            .WithMetadata(new RequestFormLimitsAttribute { ValueCountLimit = 40_000 }).Needs(Right.LeadPurchase);
        app.MapPost("/purchase/{campaign:long}/protocol/{protocol:long}", (long campaign, long protocol, Visitor visitor, PageLanguage language) => Do(language, () =>
        {
            if (desk.Store.Protocol(protocol)?.CampaignId != campaign)
            {
                return MessageEndpoints.NotFound();
            }

            desk.Commission.Confirm(visitor.User!.Id, protocol);
            return Results.Redirect($"/purchase/{campaign}/contracts");
        }, doubt => Protocol(desk, campaign, visitor, doubt, null))).Needs(Right.ConfirmPurchase);
        app.MapGet("/purchase/{campaign:long}/contracts", (long campaign, int? page, Visitor visitor) => Contracts(desk, campaign, page ?? 1, visitor)).Needs(Right.SeePurchase, Rows);
        ApplyEndpoints.Map(app, desk);
        ContractEndpoints.Map(app, desk);
    }

    /// <summary>Does an act; what is refused is told on the page, and nothing was done.</summary>
    internal static IResult Do(PageLanguage language, Func<IResult> act, Func<string, IResult> refused)
    {
        try
        {
            return act();
        }
        catch (PurchaseRefusedException e)
        {
            return refused(language.Text(e.Reason));
        }
    }

    private static IResult List(PurchaseDesk desk, Visitor visitor, string? doubt, IReadOnlyList<PlanFault>? faults, IFormCollection? form = null) => PurchaseDesk.Page<CampaignsPage>(
        doubt, (nameof(CampaignsPage.Desk), desk), (nameof(CampaignsPage.Campaigns), desk.Store.Campaigns().Reverse().Select(c => desk.Seen(c, visitor)).ToList()),
        (nameof(CampaignsPage.Doubt), doubt), (nameof(CampaignsPage.Faults), faults ?? []), (nameof(CampaignsPage.Form), form));

    private static async Task<IResult> OpenAsync(PurchaseDesk desk, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        IResult Again(string doubt, IReadOnlyList<PlanFault>? faults = null) => List(desk, visitor, doubt, faults, form);
        if (form.Files["plan"] is not { Length: > 0 } file)
        {
            return Again(language["Purchase.NoFile"]);
        }

        if (DayOf(form["opens"]) is not { } opens || DayOf(form["closes"]) is not { } closes || !int.TryParse(form["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2018 or > 2100)
        {
            return Again(language["Purchase.NoTerm"]);
        }

        var times = form["times"].ToString().Trim() is { Length: > 0 } text ? Money.TryParse(text, out var hundredths) && hundredths.Tiyn is >= 0 and <= 100_000 ? (int?)hundredths.Tiyn : -1 : null;
        if (times == -1)
        {
            return Again(language["Purchase.WrongTimes"]);
        }

        var stage = desk.Folder.Stage();
        try
        {
            var path = Path.Combine(stage, "plan.xlsx");
            await using (var to = File.Create(path))
            {
                await file.CopyToAsync(to);
            }

            var (plan, faults) = PlanFile.Read(path, desk.Law.Regions);
            return faults.Count > 0 ? Again(language["Purchase.Faulty"], faults) : Do(language, () =>
            {
                var terms = new ShareTerms(times, form["execution"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["ground"].ToString().Trim() is { Length: > 0 } ground ? ground : null);
                var id = desk.Store.Open(visitor.Actor, new(0, year, opens, closes, form["requirements"].ToString().Trim(), terms, ""), plan);
                return Results.Redirect(FormattableString.Invariant($"/purchase/{id}"));
            }, doubt => Again(doubt));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static IResult Campaign(PurchaseDesk desk, long campaign, Visitor visitor, string? doubt) => desk.Find(campaign, visitor) is { } seen
        ? PurchaseDesk.Page<CampaignPage>(doubt, (nameof(CampaignPage.Desk), desk), (nameof(CampaignPage.Seen), seen), (nameof(CampaignPage.Doubt), doubt)) : MessageEndpoints.NotFound();

    private static IResult Applications(PurchaseDesk desk, long campaign, int page, Visitor visitor)
    {
        if (desk.Find(campaign, visitor) is not { } seen)
        {
            return MessageEndpoints.NotFound();
        }

        var all = desk.Applications(seen);
        var shown = PageOf(all.Count, page);
        return PurchaseDesk.Page<ApplicationsPage>(null, (nameof(ApplicationsPage.Desk), desk), (nameof(ApplicationsPage.Seen), seen), (nameof(ApplicationsPage.Count), all.Count), (nameof(ApplicationsPage.Page), shown),
            (nameof(ApplicationsPage.Rows), desk.Check.OfAll([.. all.Skip((shown - 1) * OnAPage).Take(OnAPage)], seen.Plan, seen.Of.Year)));
    }

    private static IResult Shares(PurchaseDesk desk, long campaign, int page, Visitor visitor)
    {
        if (desk.Find(campaign, visitor) is not { } seen)
        {
            return MessageEndpoints.NotFound();
        }

        var all = desk.Shared(seen);
        return PurchaseDesk.Page<SharesPage>(null, (nameof(SharesPage.Desk), desk), (nameof(SharesPage.Seen), seen), (nameof(SharesPage.Rows), all), (nameof(SharesPage.Page), PageOf(all.Count, page)));
    }

    private static IResult Contracts(PurchaseDesk desk, long campaign, int page, Visitor visitor)
    {
        if (desk.Find(campaign, visitor) is not { } seen)
        {
            return MessageEndpoints.NotFound();
        }

        // Of a branch only contracts with something in its region.
        var providers = desk.Shared(seen).SelectMany(r => r.Shares).Select(s => s.ProviderId).ToHashSet();
        List<MadeContract> all = desk.Store.Confirmed(campaign) is { } protocol
            ? [.. desk.Commission.Months(campaign, protocol).Where(m => providers.Contains(m.ProviderId)).GroupBy(m => (m.ProviderId, m.Contract)).Select(g => new MadeContract(g.Key.ProviderId, g.Key.Contract, [.. g.Select(m => m.Form).Distinct()], g.Aggregate(Money.Zero, (s, m) => s + m.Sum)))] : [];
        return PurchaseDesk.Page<MadeContractsPage>(null, (nameof(MadeContractsPage.Desk), desk), (nameof(MadeContractsPage.Seen), seen), (nameof(MadeContractsPage.Contracts), all), (nameof(MadeContractsPage.Page), PageOf(all.Count, page)));
    }

    private static IResult Protocol(PurchaseDesk desk, long campaign, Visitor visitor, string? doubt, IFormCollection? form)
    {
        if (desk.Find(campaign, visitor) is not { } seen)
        {
            return MessageEndpoints.NotFound();
        }

        return PurchaseDesk.Page<ProtocolPage>(doubt, (nameof(ProtocolPage.Desk), desk), (nameof(ProtocolPage.Seen), seen), (nameof(ProtocolPage.Doubt), doubt), (nameof(ProtocolPage.Form), form),
            (nameof(ProtocolPage.Applications), seen.State is "closed" or "drafted" && visitor.May(Right.LeadPurchase) ? desk.Check.OfAll(desk.Applications(seen), seen.Plan, seen.Of.Year) : []));
    }

    private static async Task<IResult> DraftAsync(PurchaseDesk desk, long campaign, HttpContext context, Visitor visitor, PageLanguage language)
    {
        var form = await context.Request.ReadFormAsync();
        if (desk.Find(campaign, visitor) is not { } seen)
        {
            return MessageEndpoints.NotFound();
        }

        var decisions = new List<CommissionDecision>();
        foreach (var a in desk.Store.Applications(campaign))
        {
            var key = FormattableString.Invariant($"{a.Number}-{a.ProviderId}");
            decisions.Add(new(a.Number, a.ProviderId, form["decision-" + key] == "admitted", form["reason-" + key].ToString().Trim()));
        }

        return Do(language, () =>
        {
            desk.Commission.Draft(visitor.User!.Id, campaign, [.. form["member"].Select(m => long.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)], decisions, desk.Today);
            return Results.Redirect(seen.Path + "/protocol");
        }, doubt => Protocol(desk, campaign, visitor, doubt, form));
    }

    private static int PageOf(int count, int page) => Math.Clamp(page, 1, Math.Max(1, (count + OnAPage - 1) / OnAPage));

    private static IResult Sheet(FindingSheet sheet, string name) => Results.File(sheet.ToXlsx(), FindingSheet.XlsxType, name);

    internal static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A contract that a campaign made.</summary>
public sealed record MadeContract(long ProviderId, string Contract, IReadOnlyList<CareForm> Forms, Money Sum);
