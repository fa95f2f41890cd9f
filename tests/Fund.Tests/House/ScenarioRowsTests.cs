using System.Text;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.House;

/// <summary>Which rows of the tables of states the courses of events under scenarios/ go through, found by playing them.</summary>
public sealed class ScenarioRowsTests
{
    private const string File = "docs/scenario-rows.md";

    [Fact]
    public void Each_row_is_travelled_by_a_scenario_or_says_why_none_can_and_the_committed_list_is_the_played_one()
    {
        var travelled = Played().SelectMany(p => p.Rows.Select(row => (Row: row, p.Name))).ToLookup(p => p.Row, p => p.Name);
        var text = Write(travelled);
        var path = Path.Combine(Repository.Root, File);
        if (Environment.GetEnvironmentVariable("KEPIL_WRITE_MATRIX") == "1")
        {
            System.IO.File.WriteAllText(path, text);
        }

        Assert.Empty(travelled.Select(t => t.Key).Except(StateRows.Each.Select(r => r.Name)));
        Assert.Empty(StateRows.Each.Where(r => r.Untravelled is null && !travelled[r.Name].Any()).Select(r => $"{r.Name} {r.What}"));
        Assert.Empty(StateRows.Each.Where(r => r.Untravelled is not null && travelled[r.Name].Any()).Select(r => $"{r.Name} {r.What} is travelled after all"));
        Assert.True(text == System.IO.File.ReadAllText(path), $"{File} is not what the scenarios travel; write it again with KEPIL_WRITE_MATRIX=1");
    }

    [Fact]
    public void A_file_that_shows_a_guard_names_a_row_and_is_refused_somewhere() =>
        Assert.Empty(new[] { "Proceedings", "Unscheduled" }.SelectMany(ScenarioFile.Of).Select(ScenarioFile.Read).Where(f => StateRows.Guarded(f).Any(g => StateRows.Each.All(r => r.Name != g))
            || StateRows.Guarded(f).Any() && !f.Rows.Any(r => r.Then.Contains("refused:", StringComparison.Ordinal))).Select(f => f.Name));

    private static IEnumerable<(string Name, IReadOnlySet<string> Rows)> Played() =>
        ScenarioFile.Of("Proceedings").Select(f => (Short(f), ProceedingScenario.Play(ScenarioFile.Read(f))))
            .Concat(ScenarioFile.Of("Unscheduled").Select(f => (Short(f), Unscheduled.ScenarioTests.Play(ScenarioFile.Read(f)))));

    private static string Short(string file) => file["scenarios/".Length..^".md".Length];

    private static string Write(ILookup<string, string> travelled)
    {
        var text = new StringBuilder("# Rows of the tables of states and the scenarios that travel them\n\n");
        text.Append("Written by `ScenarioRowsTests` from playing the files under scenarios/; not by what the files say of themselves.\n");
        foreach (var (table, rows) in StateRows.All)
        {
            text.Append(null, $"\n## {table}\n\n| row | what happens | scenarios |\n|---|---|---|\n");
            foreach (var row in rows)
            {
                var names = travelled[row.Name].Order(StringComparer.Ordinal).ToList();
                var more = names.Count > 4 ? $" and {names.Count - 4} more" : "";
                text.Append(null, $"| {row.Name} | {row.What} | {(names.Count == 0 ? "none: " + row.Untravelled : string.Join(", ", names.Take(4)) + more)} |\n");
            }
        }

        return text.ToString();
    }
}
