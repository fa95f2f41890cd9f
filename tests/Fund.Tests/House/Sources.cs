using System.Text.RegularExpressions;
using Xunit;

namespace Kepil.Tests.House;

/// <summary>A type as its file declares it.</summary>
internal sealed record DeclaredType(string Name, bool IsPublic, string Doc);

/// <summary>A source file of the repository.</summary>
/// <param name="Name">Its path from the root.</param>
/// <param name="Text">As it stands.</param>
internal sealed partial record SourceFile(string Name, string Text)
{
    /// <summary>The text without comments and without what stands in quotes.</summary>
    public string Code { get; } = Name.EndsWith(".razor", StringComparison.Ordinal) ? Text : Unspoken().Replace(Text, m => m.Value[0] == '/' ? " " : "\"\"");

    public IReadOnlyList<DeclaredType> Types { get; } = Name.EndsWith(".cs", StringComparison.Ordinal) ? [.. Declared(Text)] : [];

    private static IEnumerable<DeclaredType> Declared(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Declaration().Match(lines[i]) is not { Success: true } found)
            {
                continue;
            }

            var above = i - 1;
            while (above >= 0 && lines[above].TrimStart().StartsWith('['))
            {
                above--;
            }

            var doc = new List<string>();
            for (; above >= 0 && lines[above].TrimStart().StartsWith("///", StringComparison.Ordinal); above--)
            {
                doc.Insert(0, lines[above].Trim()[3..].Trim());
            }

            yield return new DeclaredType(found.Groups["name"].Value, found.Groups["public"].Success, string.Join(' ', doc));
        }
    }

    [GeneratedRegex(@"^\s*((?<public>public)|internal|private|file)\s+((sealed|static|abstract|readonly|partial|unsafe|ref)\s+)*(record\s+struct|record\s+class|record|class|struct|interface|enum)\s+(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\$*@?("{3,}).*?\1|[$@]*@[$@]*"([^"]|"")*"|\$?"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])+'""", RegexOptions.Singleline)]
    private static partial Regex Unspoken();
}

/// <summary>The sources that the tests of the house read.</summary>
internal static class Sources
{
    private static readonly string[] Kinds = [".cs", ".razor", ".sql"];

    /// <summary>C#, page and SQL files under a folder, without what builds leave there.</summary>
    public static IEnumerable<SourceFile> Under(params string[] folders) =>
        from folder in folders
        let path = Path.Combine(Repository.Root, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where Kinds.Contains(Path.GetExtension(file)) && !name.Split('/').Any(p => p is "bin" or "obj")
        select new SourceFile(name, File.ReadAllText(file));

    /// <summary>Fails with all complaints at once, one a line.</summary>
    public static void None(IEnumerable<string> complaints)
    {
        var all = complaints.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
