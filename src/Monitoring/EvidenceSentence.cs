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

    /// <summary>The sentence in a language; days are written dd.MM.yyyy, columns that end in tariff, price, amount, paid, plan_sum or sum as money.</summary>
    public static string In(LoadedRule rule, string evidence, string language)
    {
        var values = evidence.Split(Separator);
        return Place().Replace(rule.File.Evidence.In(language), match =>
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

        if (IsMoney(column.Name) && long.TryParse(value, CultureInfo.InvariantCulture, out var tiyn))
        {
            return new Money(tiyn).ToString();
        }

        return value;
    }

    private static bool IsMoney(string name) =>
        name.Split('_') is var words && words.Any(w => w is "tariff" or "price" or "amount" or "paid" or "sum" or "money" or "billed");

    [GeneratedRegex(@"\{([a-z_0-9]+)\}")]
    private static partial Regex Place();
}
