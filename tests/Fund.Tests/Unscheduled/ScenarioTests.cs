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

        Assert.Empty(StateRows.Claimed(scenario).Except(Play(scenario)));
    }

    [Fact]
    public void Every_vector_of_numbers_has_a_scenario()
    {
        var told = ScenarioFile.Of("Unscheduled").SelectMany(f => ScenarioFile.Read(f).All("Rows")).SelectMany(r => r.Split(", ")).ToHashSet();

        Assert.Superset(new HashSet<string> { "V5", "V6", "V7" }, told);
    }

    /// <summary>Plays a file and says which rows of the tables of states it travelled.</summary>
    internal static IReadOnlySet<string> Play(ScenarioFile scenario)
    {
        var policies = scenario.All("Policy").Select(p => p.Split(" = ")).Aggregate(TheLaw.Book.Policies, (all, p) => all.With(p[0], p[1], TheLaw.Day("2025-08-01")));
        var play = new RoomPlay(policies);
        scenario.Play(play.Row);
        return play.Travelled;
    }
}
