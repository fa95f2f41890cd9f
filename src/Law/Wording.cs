namespace Kepil.Law;

/// <summary>One text in the three languages of the house: Kazakh, Russian, English.</summary>
public sealed record Wording(string Kk, string Ru, string En)
{
    /// <summary>The languages, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<string> Languages = ["kk", "ru", "en"];

    /// <summary>The text in the language of a two-letter word or culture name; Kazakh when the language is another.</summary>
    public string In(string language) =>
        language.StartsWith("ru", StringComparison.OrdinalIgnoreCase) ? Ru
        : language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En
        : Kk;

    public override string ToString() => En;
}
