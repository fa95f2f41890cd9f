namespace Kepil.Fund.Pages;

/// <summary>Phrases to start a justification from.</summary>
public static class Phrases
{
    /// <summary>Letters of a justification at most.</summary>
    public const int MostLetters = 8000;

    /// <summary>The justification that a form says; without scripts a phrase is chosen apart and put before what was written.</summary>
    public static string Written(IFormCollection form)
    {
        var (text, phrase) = (form["reasons"].ToString().Trim(), form["phrase"].ToString());
        if (phrase.Length == 3 && phrase[2] is >= '1' and <= '6')
        {
            var chosen = PageLanguage.Of(phrase[..2])["Phrase." + phrase[2]];
            text = text.Contains(chosen, StringComparison.Ordinal) ? text : (chosen + " " + text).Trim();
        }

        return text[..Math.Min(text.Length, MostLetters)];
    }
}
