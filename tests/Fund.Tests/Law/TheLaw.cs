using Kepil.Law;

namespace Kepil.Tests.Law;

/// <summary>The law folder of this repository, read once for all tests.</summary>
internal static class TheLaw
{
    public static LawBook Book { get; } = LawBook.Open(LawFolder.FindAbove(AppContext.BaseDirectory));

    /// <summary>The same law in an installation that chose another reading.</summary>
    public static LawBook WithChoice(string policy, string value, string from)
    {
        var folder = Copy();
        var policies = Path.Combine(folder, "policies.yaml");
        File.WriteAllText(policies, File.ReadAllText(policies).Replace($"\n{policy}:\n", $"\n{policy}:\n  choices: [{{ from: {from}, value: \"{value}\" }}]\n", StringComparison.Ordinal));
        return LawBook.Open(folder);
    }

    /// <summary>A copy of the law folder, to be changed by a test.</summary>
    public static string Copy()
    {
        var folder = Directory.CreateTempSubdirectory("kepil-law-").FullName;
        foreach (var file in Directory.GetFiles(Book.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Book.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
