using System.Text.RegularExpressions;

namespace Kepil.Law;

/// <summary>Codes of a list of diseases on a stretch of days, both ends included.</summary>
/// <param name="Codes">Groups by three characters (A15-A19, N18) and single codes with their dot (B18.0).</param>
public sealed record DiseaseSpan(DateOnly From, DateOnly To, IReadOnlyList<string> Codes, Confidence Confidence, string? Note)
{
    private readonly IReadOnlyList<(string First, string Last)> groups = [.. Codes.Where(c => !c.Contains('.', StringComparison.Ordinal)).Select(c => (c[..3], c[^3..]))];
    private readonly HashSet<string> single = [.. Codes.Where(c => c.Contains('.', StringComparison.Ordinal))];

    /// <summary>Whether a diagnosis stands on the list.</summary>
    public bool Holds(string diagnosis)
    {
        var group = diagnosis[..3];
        // A single code holds what ICD-10 divides further: B18.01 is a B18.0.
        return single.Contains(diagnosis.Length > 5 ? diagnosis[..5] : diagnosis) || groups.Any(g => string.CompareOrdinal(g.First, group) <= 0 && string.CompareOrdinal(group, g.Last) <= 0);
    }
}

/// <summary>A list of diseases on which lines depend.</summary>
/// <param name="Name">Code word.</param>
/// <param name="Spans">What stood on it; none: the sources name the list, and its content is not held.</param>
public sealed partial record DiseaseList(string Name, Wording Title, IReadOnlyList<Citation> Law, IReadOnlyList<DiseaseSpan> Spans)
{
    /// <summary>What is on the list is known.</summary>
    public bool IsHeld => Spans.Count > 0;

    public DiseaseSpan? On(DateOnly day) => Spans.FirstOrDefault(s => s.From <= day && day <= s.To);

    /// <summary>A diagnosis as the lists spell it: capitals, with a dot. Files sometimes drop the dot.</summary>
    /// <returns>Nothing when it is no code of ICD-10.</returns>
    public static string? Spelled(string text)
    {
        var match = Shape().Match(text.Trim().ToUpperInvariant());
        return !match.Success ? null : match.Groups["part"].Length == 0 ? match.Groups["group"].Value : match.Groups["group"].Value + "." + match.Groups["part"].Value;
    }

    [GeneratedRegex(@"^(?<group>[A-Z]\d\d)(\.?(?<part>\d{1,2}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
