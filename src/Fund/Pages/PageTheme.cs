namespace Kepil.Fund.Pages;

/// <summary>Whether the reader chose light or dark; nothing leaves it to the browser.</summary>
public sealed record PageTheme(string? Choice);
