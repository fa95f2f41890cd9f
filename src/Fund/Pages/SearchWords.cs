using System.Text;

namespace Kepil.Fund.Pages;

/// <summary>What people type into the search when they mean a number: with spaces, or with the row of digits of the Kazakh layout.</summary>
public static class SearchWords
{
    /// <summary>Signs that the digit keys give on the Kazakh layout, from 1 to 0.</summary>
    private const string KazakhKeys = "\"әіңғ,.үұқ";

    private const string Meant = "1234567890";

    /// <summary>What people write around the number of a case.</summary>
    private static readonly string[] Nouns = [" іс", "іс ", "дело ", "case "];

    /// <summary>The digits that were meant; empty when the text is no number.</summary>
    public static string Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var sign = char.ToLowerInvariant(letter);
            var key = KazakhKeys.IndexOf(sign, StringComparison.Ordinal);
            if (char.IsAsciiDigit(sign))
            {
                digits.Append(sign);
            }
            else if (key >= 0)
            {
                digits.Append(Meant[key]);
            }
            else if (!char.IsWhiteSpace(sign) && sign is not ('-' or '\u2013'))
            {
                return "";
            }
        }

        return digits.ToString();
    }

    /// <summary>The number of a case that was meant, with or without its sign and its noun: "6041", "№ 6041 іс".</summary>
    public static long? CaseNumber(string text)
    {
        var bare = text.Replace("№", "", StringComparison.Ordinal).Trim();
        foreach (var noun in Nouns)
        {
            bare = bare.StartsWith(noun, StringComparison.OrdinalIgnoreCase) ? bare[noun.Length..] : bare.EndsWith(noun, StringComparison.OrdinalIgnoreCase) ? bare[..^noun.Length] : bare;
        }

        return Digits(bare.Trim()) is { Length: > 0 and < 12 } digits ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The number of a person or an organisation that was meant, or nothing.</summary>
    public static long? Identity(string text) =>
        Digits(text) is { Length: 12 } digits ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null;
}
