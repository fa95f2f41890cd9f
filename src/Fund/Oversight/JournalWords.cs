using System.Text.Json;
using Kepil.Fund.Pages;

namespace Kepil.Fund.Oversight;

/// <summary>How an act of the journal is called in the reader's language.</summary>
public static class JournalWords
{
    /// <param name="act">The name that the journal holds, for instance CaseDecided, case_decided or ConclusionSigned.</param>
    /// <returns>Its word; the name itself where it is an act of an older edition that nothing writes any more.</returns>
    public static string Of(string act, PageLanguage language)
    {
        var joined = string.Concat(act.Split('_').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
        foreach (var key in new[] { "Act." + act, "Act." + joined, "Act." + JsonNamingPolicy.SnakeCaseLower.ConvertName(act), "Step." + act })
        {
            if (language.WordOr(key, "") is { Length: > 0 } word)
            {
                return word;
            }
        }

        return act;
    }
}
