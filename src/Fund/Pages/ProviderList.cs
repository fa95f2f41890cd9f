using Kepil.Fund.Findings;

namespace Kepil.Fund.Pages;

/// <summary>A part of the providers of a month: those whose name or number was searched for, in the order asked for.</summary>
public sealed record ProviderList(IReadOnlyList<SumsByProvider> Rows, int Count, int Page, string Sort, bool Down, string? Name)
{
    /// <summary>Providers on a page.</summary>
    public const int Size = 25;

    /// <param name="size">Providers on a page; all of them for a file.</param>
    public static ProviderList Of(IReadOnlyList<SumsByProvider> all, PageLanguage language, string? name, string? sort, string? down, int page, int size = Size)
    {
        var compare = language.Culture.CompareInfo;
        var asked = name?.Trim();
        var digits = asked is null ? "" : SearchWords.Digits(asked);
        bool Fits(SumsByProvider p) =>
            string.IsNullOrEmpty(asked)
            || (digits.Length > 0 && PageLanguage.Identity(p.Provider.Id).Contains(digits, StringComparison.Ordinal))
            || compare.IndexOf(p.Provider.NameKk ?? "", asked, System.Globalization.CompareOptions.IgnoreCase) >= 0
            || compare.IndexOf(p.Provider.NameRu ?? "", asked, System.Globalization.CompareOptions.IgnoreCase) >= 0;
        var found = all.Where(Fits).ToList();
        var key = sort is "name" or "findings" or "billed" or "share" or "payable" or "debt" ? sort : "risk";
        var descending = down is null ? key != "name" : down == "1";
        found.Sort((a, b) =>
        {
            var order = key switch
            {
                "name" => compare.Compare(language.Name(a.Provider.NameKk, a.Provider.NameRu), language.Name(b.Provider.NameKk, b.Provider.NameRu)),
                "findings" => a.Findings.CompareTo(b.Findings),
                "billed" => a.Sums.Billed.CompareTo(b.Sums.Billed),
                "share" => ((Int128)a.Sums.AtRisk * b.Sums.Billed).CompareTo((Int128)b.Sums.AtRisk * a.Sums.Billed),
                "payable" => a.Sums.Payable.CompareTo(b.Sums.Payable),
                "debt" => a.Sums.Debt.CompareTo(b.Sums.Debt),
                _ => a.Sums.AtRisk.CompareTo(b.Sums.AtRisk),
            };
            return order != 0 ? (descending ? -order : order) : a.Provider.Id.CompareTo(b.Provider.Id);
        });
        var last = Math.Max(1, (found.Count + size - 1) / size);
        var shown = Math.Clamp(page, 1, last);
        return new ProviderList([.. found.Skip((shown - 1) * size).Take(size)], found.Count, shown, key, descending, asked);
    }
}
