using System.Globalization;
using System.Text;
using Kepil.Monitoring;

namespace Kepil.Fund.Pages;

/// <summary>The sentence that tells what was found, in the language of the reader and without numbers of persons in full.</summary>
public static class EvidenceText
{
    private static readonly string[] Sums = ["amount", "price", "tariff", "patient_paid", "billed", "paid", "cost"];

    private static readonly string[] Persons = ["person_id", "stated_id", "doctor_id"];

    public static string Of(LoadedRule rule, string evidence, PageLanguage language)
    {
        var template = rule.File.Evidence.In(language.Code);
        var values = evidence.Split(EvidenceSentence.Separator);
        var text = new StringBuilder(template);
        for (var i = 0; i < rule.Columns.Count; i++)
        {
            text.Replace("{" + rule.Columns[i].Name + "}", i < values.Length ? Written(rule.Columns[i].Name, values[i], language) : "–");
        }

        return text.ToString();
    }

    /// <summary>A value of evidence as a reader expects it: days, sums and numbers by the language, persons masked.</summary>
    public static string Written(string column, string value, PageLanguage language)
    {
        if (value.Length == 0)
        {
            return "–";
        }

        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return language.Day(day);
        }

        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return column is "care_form" or "other_care_form" ? language["Form." + value] : value;
        }

        return Persons.Any(p => column.EndsWith(p, StringComparison.Ordinal)) ? PageLanguage.Masked(number)
            : column.EndsWith("provider_id", StringComparison.Ordinal) ? PageLanguage.Identity(number)
            : Sums.Any(s => column == s || column.EndsWith("_" + s, StringComparison.Ordinal)) ? language.Money(number)
            : column.EndsWith("_minute", StringComparison.Ordinal) && number is >= 0 and < 1440 ? language.Minute((int)number)
            : column.EndsWith("code", StringComparison.Ordinal) || column.EndsWith("line_id", StringComparison.Ordinal) ? value
            : language.Number(number);
    }
}
