using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Law;

namespace Kepil.Monitoring;

/// <summary>The sentence that tells what was found on a line, made from the rule's text and the values of its columns.</summary>
public static partial class EvidenceSentence
{
    /// <summary>Between the values of evidence as it is stored.</summary>
    public const char Separator = '\u001f';

    public static IEnumerable<string> Placeholders(string text) => Place().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>Beginnings of the names of columns that hold a limit; a provider is never shown one (MON-321:15).</summary>
    private static readonly string[] Limits = ["capacity", "limit", "max", "most", "term", "window", "ages", "bound", "allowed"];

    /// <summary>Whether a text names a limit of the rule.</summary>
    [Law("MON-321:15")]
    public static bool NamesLimit(string text) => Placeholders(text).Any(name => Limits.Any(l => name.StartsWith(l, StringComparison.Ordinal)));

    /// <summary>The sentence that the provider reads: the reason without limits, or the evidence where it names none.</summary>
    [Law("MON-321:15")]
    public static string ForProvider(LoadedRule rule, string evidence, string language) =>
        Fill(rule, (rule.File.Reason ?? rule.File.Evidence).In(language), evidence);

    /// <summary>The sentence in a language; days are written dd.MM.yyyy, sums as money, identity and organisation numbers with twelve digits.</summary>
    public static string In(LoadedRule rule, string evidence, string language) => Fill(rule, rule.File.Evidence.In(language), evidence);

    private static string Fill(LoadedRule rule, string text, string evidence)
    {
        var values = evidence.Split(Separator);
        return Place().Replace(text, match =>
        {
            for (var i = 0; i < rule.Columns.Count && i < values.Length; i++)
            {
                if (rule.Columns[i].Name == match.Groups[1].Value)
                {
                    return Written(rule.Columns[i], values[i]);
                }
            }

            return match.Value;
        });
    }

    /// <summary>A value as people read it.</summary>
    public static string Written(EvidenceColumn column, string value)
    {
        if (value.Length == 0)
        {
            return "–";
        }

        if (column.Type == "date" && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
        }

        if (IsNumberOfSomebody(column) && long.TryParse(value, CultureInfo.InvariantCulture, out var bearer))
        {
            return bearer.ToString("D12", CultureInfo.InvariantCulture);
        }

        if (IsMoney(column) && long.TryParse(value, CultureInfo.InvariantCulture, out var tiyn))
        {
            return new Money(tiyn).ToString();
        }

        return value;
    }

    /// <summary>Words of the names of columns that count something, whatever else the name says.</summary>
    private static readonly string[] Counts = ["days", "minutes", "line", "lines", "units", "cases", "contacts", "persons", "providers", "doctors", "count", "quantity", "place", "percent"];

    /// <summary>Sums are whole tiyn.</summary>
    private static bool IsMoney(EvidenceColumn column) =>
        IsNamed(column, "tariff", "price", "amount", "paid", "sum", "money", "billed");

    /// <summary>Identity and organisation numbers have twelve digits, leading zeros included.</summary>
    private static bool IsNumberOfSomebody(EvidenceColumn column) =>
        IsNamed(column, "number", "provider", "hospital", "doctor", "by");

    private static bool IsNamed(EvidenceColumn column, params ReadOnlySpan<string> words)
    {
        if (column.Type != "bigint")
        {
            return false;
        }

        var named = false;
        foreach (var word in column.Name.Split('_'))
        {
            if (Counts.Contains(word))
            {
                return false;
            }

            named |= words.Contains(word);
        }

        return named;
    }

    [GeneratedRegex(@"\{([a-z_0-9]+)\}")]
    private static partial Regex Place();
}
