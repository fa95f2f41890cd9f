using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>The scenarios that lawyers read, played.</summary>
[Proves("MON-321:11")]
[Proves("MON-321:12")]
[Proves("MON-321:13")]
[Proves("MON-321:14")]
[Proves("MON-321:22")]
[Proves("MON-321:23")]
[Proves("MON-321:24")]
[Proves("MON-321:25")]
[Proves("MON-321:26")]
[Proves("MON-321:28")]
[Proves("MON-321:29")]
[Proves("MON-321:30")]
[Proves("MON-321:31")]
[Proves("MON-321:31.2")]
[Proves("MON-321:32")]
[Proves("MON-321:34")]
[Proves("MON-321:34.1")]
[Proves("MON-321:34.2")]
[Proves("MON-321:36")]
[Proves("MON-321:37")]
[Proves("MON-321:37.1")]
[Proves("MON-321:37.2")]
[Proves("MON-321:38")]
[Proves("MON-321:35")]
[Proves("MON-321:5")]
[Proves("MON-321:6.3")]
[Proves("MON-321:40.1")]
[Proves("MON-321:40.2")]
[Proves("MON-321:41")]
[Proves("MON-321:42")]
[Proves("MON-321:43")]
[Proves("MON-321:43.1")]
[Proves("MON-321:43.2")]
[Proves("MON-321:44.1")]
[Proves("MON-321:45")]
[Proves("MON-321:45.1")]
[Proves("MON-321:45.2")]
[Proves("MON-321:46.1")]
[Proves("MON-321:46.2")]
[Proves("MON-321:47")]
[Proves("MON-321:47.1")]
[Proves("MON-321:47.2")]
[Proves("MON-321:47.3")]
[Proves("MON-321:48")]
[Proves("MON-321:49")]
[Proves("MON-321:50")]
[Proves("MON-321:50.1")]
[Proves("MON-321:50.2")]
[Proves("MON-321:50.3")]
public sealed class ScenarioTests
{
    private static readonly string[] Vectors = ["V1", "V2", "V3", "V4", "V12", "V13", "V14", "V15", "V16"];

    public static IEnumerable<TheoryDataRow<string>> Files => ScenarioFile.Of("Proceedings").Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_scenario_goes_as_it_is_written(string file) => Assert.Empty(StateRows.Claimed(ScenarioFile.Read(file)).Except(ProceedingScenario.Play(ScenarioFile.Read(file))));

    [Fact]
    public void Every_vector_of_numbers_has_a_scenario()
    {
        var told = ScenarioFile.Of("Proceedings").SelectMany(f => ScenarioFile.Read(f).All("Rows")).SelectMany(r => r.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(r => r[0] == 'V').Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Vectors.Order(StringComparer.Ordinal), told);
    }

    [Fact]
    public void An_unknown_phrase_fails_with_the_nearest_known_one()
    {
        var file = ScenarioFile.Parse("x.md", "# A\nLaw: MON-321:26\n| day | who | does | with | then |\n|--|--|--|--|--|\n| 2025-09-15 | provider | object | | |\n");

        var fault = Assert.Throws<ScenarioException>(() => ProceedingScenario.Play(file));

        Assert.Contains("x.md, line 5", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the nearest one is 'provider objects'", fault.Message, StringComparison.Ordinal);
    }
}
