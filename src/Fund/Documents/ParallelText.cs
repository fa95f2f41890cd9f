using System.Text;

namespace Kepil.Fund.Documents;

/// <summary>A text in Kazakh with its Russian parallel, as papers of the Fund carry them side by side.</summary>
public sealed record ParallelText(string Kazakh, string Russian)
{
    public static readonly ParallelText Empty = new("", "");
}

/// <summary>A text that paper, a spreadsheet and a page show alike: no signs that hide, turn round or break what stands beside them.</summary>
public static class PlainText
{
    /// <summary>Control signs become blanks, marks of direction go, halves of signs and signs that XML cannot hold become U+FFFD; line ends stay.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (char.IsHighSurrogate(sign) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                plain.Append(sign).Append(text[++i]);
            }
            else if (sign == '\r')
            {
                plain.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            }
            else if (sign is '\n' or '\u2028' or '\u2029')
            {
                plain.Append('\n');
            }
            else if (char.IsControl(sign))
            {
                plain.Append(' ');
            }
            else if (!TurnsOrHides(sign))
            {
                plain.Append(char.IsSurrogate(sign) || sign is '\uFFFE' or '\uFFFF' ? '\uFFFD' : sign);
            }
        }

        return plain.ToString();
    }

    /// <summary>Marks of direction, and signs of no width that make two different texts look the same.</summary>
    private static bool TurnsOrHides(char sign) =>
        sign is '\u061C' or '\u200B' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F');
}
