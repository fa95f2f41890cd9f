using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Pages;

/// <summary>The lists of a month and of the rules as files of rows.</summary>
public static class MonthSheet
{
    /// <summary>The providers of a month as they were searched for and ordered.</summary>
    public static FindingSheet OfProviders(MonthOverview month, ProviderList providers, bool confirmed, Visitor visitor, DateTimeOffset at, PageLanguage language)
    {
        List<string> head =
        [
            language["Col.Provider"], language["Col.Bin"], language["Col.Findings"], language["Sum.Billed"] + ", ₸", language[confirmed ? "Sum.Withheld" : "Sum.AtRisk"] + ", ₸",
            language[confirmed ? "Sum.Payable" : "Sum.Undisputed"] + ", ₸", language["Col.Debt"] + ", ₸",
        ];
        List<object?[]> cells =
        [
            .. providers.Rows.Select(p => new object?[]
            {
                language.Name(p.Provider.NameKk, p.Provider.NameRu), PageLanguage.Identity(p.Provider.Id), p.Findings, new Money(p.Sums.Billed), new Money(p.Sums.AtRisk), new Money(p.Sums.Payable), new Money(p.Sums.Debt),
            }),
        ];
        List<(string, string)> about =
        [
            (language["Overview.Month"], language.Month(month.Month)),
            (language["View.Label"], language[confirmed ? "View.Confirmed" : "View.AtRisk"]),
            (language["Providers.Search"], providers.Name ?? ""),
            .. Made(providers.Rows.Count, visitor, at, language),
        ];
        return new(head, cells, about, [44, 16, 12, 20, 20, 20, 20], language, language["Providers.Title"]);
    }

    /// <summary>The rules with how much each of them found.</summary>
    public static FindingSheet OfRules(IReadOnlyList<LoadedRule> rules, IReadOnlyDictionary<string, RuleWeight> weights, Visitor visitor, DateTimeOffset at, PageLanguage language)
    {
        List<string> head = [language["Col.Code"], language["Rules.What"], language["Finding.Id"], language["Col.Kind"], language["Col.State"], language["Col.Findings"], language["Rules.Sum"] + ", ₸"];
        List<object?[]> cells =
        [
            .. rules.Select(r => new object?[]
            {
                r.File.Code, r.File.Title.In(language.Code), r.Id, language["Kind." + (r.File.Kind == FindingKind.General ? "general" : "potential")], language["Rule." + r.File.State],
                weights.GetValueOrDefault(r.Id)?.Findings ?? 0, new Money(weights.GetValueOrDefault(r.Id)?.Sum ?? 0),
            }),
        ];
        return new(head, cells, [.. Made(rules.Count, visitor, at, language)], [8, 80, 36, 12, 14, 12, 20], language, language["Rules.Title"]);
    }

    private static IEnumerable<(string, string)> Made(int rows, Visitor visitor, DateTimeOffset at, PageLanguage language) =>
        [(language["Sheet.Rows"], language.Number(rows)), (language["Sheet.MadeAt"], language.Moment(at) + " (UTC+05:00)"), (language["Sheet.MadeBy"], visitor.User!.FullName)];
}
