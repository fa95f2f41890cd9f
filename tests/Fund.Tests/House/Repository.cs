namespace Kepil.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetDirectoryName(Kepil.Law.LawFolder.FindAbove(AppContext.BaseDirectory))!;
}
