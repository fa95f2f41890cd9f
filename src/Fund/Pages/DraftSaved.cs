using System.Globalization;

namespace Kepil.Fund.Pages;

/// <summary>The outcome of saving a draft, and how pages tell of it.</summary>
/// <param name="Version">The version that is stored now.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Conflict">Somebody saved meanwhile: nothing was written.</param>
public sealed record DraftSaved(int Version, DateTimeOffset At, bool Conflict)
{
    /// <summary>Whether the page's script sent the form, not a person.</summary>
    public static bool IsByItself(IFormCollection form) => form["autosave"] == "1";

    /// <summary>The version that the sender of a form saw; 0 when there was none.</summary>
    public static int VersionOf(IFormCollection form) => int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>The answer to the page's script.</summary>
    public IResult ToScript(PageLanguage language) => Results.Json(new { version = Version, saved = Conflict ? Doubt(language) : language.With("Draft.Saved", PageLanguage.Time(At)), conflict = Conflict });

    /// <summary>What is told when somebody else saved meanwhile.</summary>
    public string Doubt(PageLanguage language) => language.With("Draft.Conflict", PageLanguage.Time(At));
}
