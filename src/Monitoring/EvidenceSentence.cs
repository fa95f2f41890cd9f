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

    /// <summary>The sentence that the provider reads: the reason without limits, or the evidence where it names none; codes by their names.</summary>
    [Law("MON-321:15")]
    public static string ForProvider(LoadedRule rule, string evidence, string language) =>
        Filled(rule, TextForProvider(rule, language), evidence, (column, value) => rule.Words.Of(column.Name, value)?.In(language) ?? Written(column, value));

    /// <summary>What the provider reads, its places still empty.</summary>
    [Law("MON-321:15")]
    public static string TextForProvider(LoadedRule rule, string language) => (rule.File.Reason ?? rule.File.Evidence).In(language);

    /// <summary>A text with the values of evidence in its places, each written as the reader expects it.</summary>
    public static string Filled(LoadedRule rule, string text, string evidence, Func<EvidenceColumn, string, string> written)
    {
        var values = evidence.Split(Separator);
        return Place().Replace(text, match =>
        {
            for (var i = 0; i < rule.Columns.Count && i < values.Length; i++)
            {
                if (rule.Columns[i].Name == match.Groups[1].Value)
                {
                    return written(rule.Columns[i], values[i]);
                }
            }

            return match.Value;
        });
    }

    /// <summary>A value as people read it.</summary>
    public static string Written(EvidenceColumn column, string value) => value.Length == 0 ? "–" : MeaningOf(column) switch
    {
        EvidenceMeaning.Day when DayOf(value) is { } day => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
        EvidenceMeaning.Person or EvidenceMeaning.Organisation when long.TryParse(value, CultureInfo.InvariantCulture, out var bearer) => bearer.ToString("D12", CultureInfo.InvariantCulture),
        EvidenceMeaning.Sum when long.TryParse(value, CultureInfo.InvariantCulture, out var tiyn) => new Money(tiyn).ToString(),
        _ => value,
    };

    /// <summary>What the values of a column are, told from its type and the words of its name.</summary>
    public static EvidenceMeaning MeaningOf(EvidenceColumn column)
    {
        var words = column.Name.Split('_');
        bool Named(params ReadOnlySpan<string> any)
        {
            foreach (var word in any)
            {
                if (words.Contains(word))
                {
                    return true;
                }
            }

            return false;
        }

        return column.Type switch
        {
            "date" => EvidenceMeaning.Day,
            "text" when words[^1] == "form" => EvidenceMeaning.CareForm,
            "text" when words[^1] == "package" => EvidenceMeaning.Package,
            "text" => EvidenceMeaning.Text,
            "bigint" when words.Any(Counts.Contains) => EvidenceMeaning.Count,
            "bigint" when Named("tariff", "price", "amount", "paid", "sum", "money", "billed") => EvidenceMeaning.Sum,
            "bigint" when Named("provider", "hospital", "by") => EvidenceMeaning.Organisation,
            "bigint" when Named("number", "person", "doctor", "stated", "referrer") => EvidenceMeaning.Person,
            _ => EvidenceMeaning.Count,
        };
    }

    /// <summary>The day that a value of evidence holds.</summary>
    public static DateOnly? DayOf(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Words of the names of columns that count something, whatever else the name says.</summary>
    private static readonly string[] Counts = ["days", "minutes", "line", "lines", "units", "cases", "contacts", "persons", "providers", "doctors", "count", "quantity", "place", "percent"];

    [GeneratedRegex(@"\{([a-z_0-9]+)\}")]
    private static partial Regex Place();
}

/// <summary>What a value of evidence is, and therefore how people expect to see it.</summary>
public enum EvidenceMeaning
{
    Text,
    Count,
    Day,
    Sum,
    Person,
    Organisation,
    CareForm,
    Package,
}
