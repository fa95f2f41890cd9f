using Kepil.Law;

namespace Kepil.Fund.Pages;

/// <summary>How provisions are named and where they are shown.</summary>
public static class LawPages
{
    public static string PathOf(Citation citation) => $"/law/{citation.Act}/{citation.Paragraph}";

    /// <summary>The provision in words: paragraph, annex, or row of annex 1.</summary>
    public static string Named(Citation citation, PageLanguage language)
    {
        var paragraph = citation.Paragraph ?? "";
        if (paragraph.StartsWith('A'))
        {
            var dot = paragraph.IndexOf('.', StringComparison.Ordinal);
            return dot < 0
                ? language.With("Law.Annex", paragraph[1..])
                : language.With("Law.AnnexCode", paragraph[1..dot], paragraph[(dot + 1)..]);
        }

        return language.With("Law.ParagraphOf", paragraph, citation.Act == "MON-321" ? language["Law.Act.MON-321"] : citation.Act);
    }

    /// <summary>The provisions that a finding rests on: what its rule cites, the row of its code, and those on objections or on general findings.</summary>
    public static IReadOnlyList<Provision> Of(Provisions provisions, IEnumerable<string> cited, string code, bool general)
    {
        string[] all = [.. cited, "MON-321:A1." + code, .. general ? new[] { "MON-321:12" } : ["MON-321:13", "MON-321:26", "MON-321:27"]];
        return [.. all.Distinct().Select(c => Citation.TryParse(c, out var citation) ? provisions.Find(citation) : null).OfType<Provision>()];
    }
}
