namespace Kepil.Fund.Pages;

/// <summary>How the reader wants pages to look.</summary>
/// <param name="Choice">Light or dark; nothing leaves it to the browser.</param>
/// <param name="Rows">Dense or roomy rows of lists; nothing means dense.</param>
public sealed record PageTheme(string? Choice, string? Rows = null)
{
    public bool IsRoomy => Rows == "roomy";
}
