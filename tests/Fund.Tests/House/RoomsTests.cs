using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Kepil.Tests.House;

/// <summary>docs/rooms.md against the code: who uses whom.</summary>
public sealed class RoomsTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "rooms.md"));

    private static readonly IReadOnlyList<(string Name, IReadOnlySet<string> MayUse)> Rooms = Rows("## Rooms of");

    private static readonly IReadOnlyList<(string Name, IReadOnlySet<string> MayUse)> Projects = Rows("## Projects");

    [Fact]
    public void Every_room_and_project_has_a_row_and_every_row_a_folder()
    {
        Assert.Equal(Folders("src/Fund").Where(f => f is not ("Resources" or "wwwroot" or "Properties")).Order(StringComparer.Ordinal), Rooms.Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Folders("src").Order(StringComparer.Ordinal), Projects.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_names_only_rows_above_it()
    {
        foreach (var rows in new[] { Rooms, Projects })
        {
            for (var i = 0; i < rows.Count; i++)
            {
                Assert.Empty(rows[i].MayUse.Except(rows.Take(i).Select(r => r.Name)));
            }
        }
    }

    [Fact]
    public void A_project_refers_only_to_projects_that_its_row_names() =>
        Sources.None(
            from project in Projects
            from reference in XDocument.Load(Path.Combine(Repository.Root, "src", project.Name, project.Name + ".csproj")).Descendants("ProjectReference")
            let named = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            where !project.MayUse.Contains(named)
            select $"src/{project.Name}: refers to {named}, which its row in docs/rooms.md does not name.");

    [Fact]
    public void A_room_uses_only_rooms_that_its_row_names() =>
        Sources.None(
            from room in Rooms
            from file in Sources.Under("src/Fund/" + room.Name)
            from used in RoomsIn(file.Code)
            where used != room.Name && !room.MayUse.Contains(used)
            select $"{file.Name}: uses the room {used}; docs/rooms.md lets {room.Name} use {(room.MayUse.Count == 0 ? "no room" : string.Join(", ", room.MayUse))}. Move the code, or change the row and say why.");

    [Fact]
    public void The_invented_country_is_known_to_verbs_and_bench_alone() =>
        Sources.None(
            from file in Sources.Under("src/Fund")
            where Regex.IsMatch(file.Code, @"\bKepil\.Demo\b") && !file.Name.StartsWith("src/Fund/Verbs/", StringComparison.Ordinal) && !file.Name.StartsWith("src/Fund/Bench/", StringComparison.Ordinal)
            select $"{file.Name}: uses Kepil.Demo; what the fund does for real must not know the invented country.");

    [Fact]
    public void No_room_is_open_to_the_whole_project() =>
        Sources.None(
            from file in Sources.Under("src/Fund")
            where Regex.IsMatch(file.Code, @"\bglobal\s+using\b.*\bFund\b")
            select $"{file.Name}: a global using hides who uses whom; write the using in each file.");

    [Theory]
    [InlineData("using Kepil.Fund.Findings;", "Findings")]
    [InlineData("@using Kepil.Fund.Accounts", "Accounts")]
    [InlineData("var x = Fund.Registers.RejectionTexts.Of(r);", "Registers")]
    [InlineData("var x = Registers.RejectionTexts.Of(r);", "Registers")]
    [InlineData("var x = pack.Rules.Count; var y = Rules.Count;", "")]
    public void A_reference_to_a_room_is_seen_however_it_is_written(string code, string room) =>
        Assert.Equal(room.Length == 0 ? [] : new[] { room }, RoomsIn(code));

    /// <summary>Rooms that a text names: in a using, by the full name, or before one of the room's types.</summary>
    private static IEnumerable<string> RoomsIn(string code) =>
        Rooms.Select(r => r.Name).Where(room =>
            Regex.IsMatch(code, $@"\bFund\.{room}\b")
            || Regex.Matches(code, $@"(?<![.\w]){room}\.(?<type>\w+)").Any(m => Types[room].Contains(m.Groups["type"].Value)));

    private static readonly Dictionary<string, HashSet<string>> Types = Rooms.ToDictionary(
        r => r.Name,
        r => Sources.Under("src/Fund/" + r.Name).SelectMany(f => f.Types.Select(t => t.Name).Append(Path.GetFileNameWithoutExtension(f.Name))).ToHashSet());

    private static IReadOnlyList<(string Name, IReadOnlySet<string> MayUse)> Rows(string heading)
    {
        var from = Document.IndexOf(heading, StringComparison.Ordinal);
        var to = Document.IndexOf("\n## ", from + 3, StringComparison.Ordinal);
        return [.. Regex.Matches(Document[from..(to < 0 ? Document.Length : to)], @"^\| (?<name>[A-Z]\w+) \| .+ \| (?<uses>[^|]+) \|$", RegexOptions.Multiline)
            .Where(m => m.Groups["name"].Value is not ("Room" or "Project"))
            .Select(m => (m.Groups["name"].Value, (IReadOnlySet<string>)m.Groups["uses"].Value.Split(',', StringSplitOptions.TrimEntries).Where(u => u != "–").ToHashSet()))];
    }

    private static IEnumerable<string> Folders(string under) =>
        Directory.GetDirectories(Path.Combine(Repository.Root, under)).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj"));
}
