using System.Text;

namespace Kepil.Fund.Pages;

/// <summary>What people type into the search when they mean a number: with spaces, or with the row of digits of the Kazakh layout.</summary>
public static class SearchWords
{
    /// <summary>Signs that the digit keys give on the Kazakh layout, from 1 to 0.</summary>
    private const string KazakhKeys = "\"әіңғ,.үұқ";

    private const string Meant = "1234567890";

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

    /// <summary>The number of a person or an organisation that was meant, or nothing.</summary>
    public static long? Identity(string text) =>
        Digits(text) is { Length: 12 } digits ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null;
}
