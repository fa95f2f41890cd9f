using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>The courses of events under scenarios/Unscheduled, each row of each table.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Files => [.. ScenarioFile.Of("Unscheduled")];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_goes_as_the_table_says(string name)
    {
        var scenario = ScenarioFile.Read(name);
        var policies = scenario.All("Policy").Select(p => p.Split(" = ")).Aggregate(TheLaw.Book.Policies, (all, p) => all.With(p[0], p[1], TheLaw.Day("2025-08-01")));
        var play = new RoomPlay(policies);
        scenario.Play(play.Row);
    }

    [Fact]
    public void Every_row_of_the_state_tables_has_a_scenario()
    {
        string[] rows = [.. Enumerable.Range(1, 16).Select(i => $"U{i}"), .. Enumerable.Range(1, 9).Select(i => $"X{i}"), "H1", "H2", "H3", "H4", .. Enumerable.Range(1, 6).Select(i => $"N{i}"),
            "R-Q", "R-10", .. Enumerable.Range(1, 5).Select(i => $"L{i}"), "V5", "V6", "V7"];
        var told = ScenarioFile.Of("Unscheduled").SelectMany(f => ScenarioFile.Read(f).All("Rows")).SelectMany(r => r.Split(", ")).ToHashSet();

        Assert.Empty(rows.Except(told));
    }
}
