using System.Globalization;
using System.Text.RegularExpressions;

namespace Kepil.Law;

/// <summary>A place in an act, spelled the same in code, rules, data and tests: <c>MON-321:A1.4.0</c>.</summary>
/// <param name="Act">Alias of the act, as in law/acts.yaml.</param>
/// <param name="Paragraph">Paragraph, article or row of an annex; nothing when the whole act is meant.</param>
/// <param name="Edition">First day of an edition that is no longer in force; nothing for the one in force.</param>
public sealed partial record Citation(string Act, string? Paragraph = null, DateOnly? Edition = null)
{
    public static Citation Parse(string text) =>
        TryParse(text, out var citation)
            ? citation
            : throw new FormatException($"'{text}' is not a citation. Write act:paragraph, for instance MON-321:27 or MON-321:A1.4.0.");

    public static bool TryParse(string? text, out Citation citation)
    {
        citation = new Citation("");
        var match = Shape().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        DateOnly? edition = null;
        if (match.Groups["edition"].Success)
        {
            if (!DateOnly.TryParseExact(match.Groups["edition"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return false;
            }

            edition = day;
        }

        citation = new Citation(match.Groups["act"].Value, match.Groups["paragraph"].Success ? match.Groups["paragraph"].Value : null, edition);
        return true;
    }

    public override string ToString() =>
        Act
        + (Edition is { } day ? "@" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "")
        + (Paragraph is null ? "" : ":" + Paragraph);

    [GeneratedRegex(@"^(?<act>[A-Z][A-Z0-9]*(-[A-Z0-9]+)*)(@(?<edition>\d{4}-\d{2}-\d{2}))?(:(?<paragraph>A?\d+(-\d+)?(\.\d+(-\d+)?)*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
