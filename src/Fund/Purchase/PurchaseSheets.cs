using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>Applications and shares as spreadsheets that anybody can add up again.</summary>
public static class PurchaseSheets
{
    public static FindingSheet Applications(PurchaseDesk desk, SeenCampaign campaign, Visitor visitor, PageLanguage language)
    {
        var (names, rows) = (desk.Names(), campaign.Plan.ToDictionary(p => p.Number));
        return new(
            [language["Purchase.Row"], .. Row(language), language["Col.Bin"], language["Col.Provider"], language["Purchase.Kato"], language["Purchase.Capacity"], language["Purchase.Gaps"]],
            [
                .. desk.Check.OfAll(desk.Applications(campaign), campaign.Plan, campaign.Of.Year).Select(a => (object?[])
                [
                    (long)a.Of.Number, .. Row(rows[a.Of.Number], desk, language), PageLanguage.Identity(a.Of.ProviderId), NameOf(names, a.Of.ProviderId, language), a.Of.Kato, a.Of.Capacity,
                    a.Gaps.Count == 0 ? language["Purchase.NoGaps"] : string.Join(" ", a.Gaps.Select(g => language.Text(g.Says))),
                ]),
            ],
            [.. desk.About(campaign, visitor, language)], [8, 24, 40, 12, 20, 16, 40, 14, 14, 60], language, language["Purchase.Applications"]);
    }

    public static FindingSheet Shares(PurchaseDesk desk, SeenCampaign campaign, Visitor visitor, PageLanguage language)
    {
        var names = desk.Names();
        return new(
            [language["Purchase.Row"], .. Row(language), language["Col.Bin"], language["Col.Provider"], language["Share.base"], language["Share.execution"], language["Share.unconfirmed"], language["Share.Weight"], language["Purchase.Volume"], language["Purchase.Sum"]],
            [
                .. from row in desk.Shared(campaign)
                   from s in row.Shares
                   select (object?[])
                   [
                       (long)row.Plan.Number, .. Row(row.Plan, desk, language), PageLanguage.Identity(s.ProviderId), NameOf(names, s.ProviderId, language),
                       s.Steps[0].Result, Factor(s, "execution"), Factor(s, "unconfirmed"), s.Steps[^1].Result, s.Volume, s.Sum,
                   ],
            ],
            [.. desk.About(campaign, visitor, language)], [8, 24, 40, 12, 20, 16, 40, 18, 16, 16, 18, 14, 22], language, language["Purchase.Shares"]);
    }

    public static string NameOf(IReadOnlyDictionary<long, Findings.Provider> names, long provider, PageLanguage language) =>
        names.TryGetValue(provider, out var named) && language.Name(named.NameKk, named.NameRu) is { } name ? name : PageLanguage.Identity(provider);

    private static string? Factor(Share share, string step) => share.Steps.FirstOrDefault(s => s.Name == step) is { } found ? (found.Factor / 1_000_000m).ToString(CultureInfo.InvariantCulture) : null;

    private static string[] Row(PageLanguage language) => [language["Visits.Region"], language["Col.Form"], language["Col.Package"], language["Purchase.Group"]];

    private static object?[] Row(PlannedPurchase p, PurchaseDesk desk, PageLanguage language) => [desk.RegionName(p.Region, language), language["Form." + p.Form.Word()], language["Package.Short." + p.Package], p.Group];
}
