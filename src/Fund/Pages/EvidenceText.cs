using System.Globalization;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Pages;

/// <summary>The sentence that tells what was found, in the language of the reader and without numbers of persons in full.</summary>
public static class EvidenceText
{
    /// <param name="expert">The expert reads the limits of the rule too; a provider never does.</param>
    [Law("MON-321:15")]
    public static string Of(LoadedRule rule, string evidence, PageLanguage language, bool expert) => EvidenceSentence.Filled(
        rule, expert ? rule.File.Evidence.In(language.Code) : EvidenceSentence.TextForProvider(rule, language.Code), evidence, (column, value) => Written(column, value, language));

    /// <summary>A value of evidence as a reader expects it: days, sums and numbers by the language, persons masked.</summary>
    public static string Written(EvidenceColumn column, string value, PageLanguage language)
    {
        if (value.Length == 0)
        {
            return "–";
        }

        long? number = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : null;
        return EvidenceSentence.MeaningOf(column) switch
        {
            EvidenceMeaning.Day when EvidenceSentence.DayOf(value) is { } day => language.Day(day),
            EvidenceMeaning.CareForm => language.WordOr("Form." + value, value),
            EvidenceMeaning.Package => language.WordOr("Package.Short." + value, value),
            EvidenceMeaning.Sum when number is { } tiyn => language.Money(tiyn),
            EvidenceMeaning.Person when number is { } person => PageLanguage.Masked(person),
            EvidenceMeaning.Organisation when number is { } organisation => PageLanguage.Identity(organisation),
            EvidenceMeaning.Count when number is { } count => language.Number(count),
            _ => value,
        };
    }
}
