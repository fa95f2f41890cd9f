using Kepil.Fund.Findings;
using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Xunit;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Rules;

/// <summary>A trial over stored months: what the rule would find, against what is in force, and whether it may be on after that.</summary>
public sealed class RuleTrialTests : IDisposable
{
    private static readonly DateOnly October = new(2026, 10, 1);

    private readonly TrialFund _fund = new();
    private readonly TrialPack _pack = new();

    public void Dispose()
    {
        _pack.Dispose();
        _fund.Dispose();
    }

    [Fact]
    public async Task It_tells_hits_sums_the_top_overlaps_and_the_difference_from_what_is_in_force()
    {
        _pack.Rule("5.0-dear", Above(5_000_000), code: "5.0", evidence: "{amount}");
        _pack.Rule("5.0-other", Above(8_000_000), code: "5.0", evidence: "{amount}");
        Admit();
        await new MonthMonitoring(_fund.Folder, TheLaw.Book, _fund.Clock).RunAsync(October, _pack.Load().Pack, cancel: TestContext.Current.CancellationToken);

        // The code takes three times the cost. Of 5, 6, 7, 8 and 9 million the text in force finds four; the new one finds the two dearest and the cheapest.
        _pack.Rule("5.0-dear", Above(7_000_000) + " OR s.amount = 5000000", code: "5.0", evidence: "{amount}");
        var tried = await TrialAsync("5.0-dear");

        Assert.Equal((5, 3, 0, 66_000_000L), (tried.Lines, tried.Hits, tried.NotApplicable, tried.Sum));
        Assert.Equal([("990440000385", 3, 66_000_000L)], tried.TopProviders);
        Assert.Equal(["A02.001.000"], tried.TopServices.Select(s => s.Service));
        Assert.Equal([("5.0-other", 1L)], tried.Overlap);
        Assert.Equal((1, 2), (tried.Added, tried.Removed));
    }

    [Fact]
    public async Task A_rule_that_points_where_its_code_does_not_apply_or_that_saw_no_line_may_not_be_on()
    {
        _pack.Rule("9.0-visit", Above(5_000_000), code: "9.0", evidence: "{amount}");
        _pack.Rule("5.0-dear", Above(5_000_000), code: "5.0", evidence: "{amount}");
        Admit();

        var (visit, dear) = (await TrialAsync("9.0-visit"), await TrialAsync("5.0-dear"));

        Assert.Equal((4, 4, 0), (visit.Hits, visit.NotApplicable, visit.Sum));
        Assert.False(RuleTrial.Allows(_pack.Load().Pack["9.0-visit"], [visit]));
        Assert.True(RuleTrial.Allows(_pack.Load().Pack["5.0-dear"], [dear]));
        Assert.False(RuleTrial.Allows(_pack.Load().Pack["5.0-dear"], []));
        Assert.False(RuleTrial.Allows(_pack.Load().Pack["5.0-dear"], [dear with { Lines = 0, Hits = 0 }]));
        Assert.False(RuleTrial.Allows(_pack.Load().Pack["5.0-dear"], [dear, dear with { Failure = "time" }]));
    }

    private static string Above(long tiyn) => $"SELECT s.service_id, s.person_id, s.amount FROM monitored_service AS s WHERE s.amount > {tiyn}";

    private void Admit() => _fund.Admit("october.csv", [.. Enumerable.Range(5, 5).Select(i => new BilledLine($"L{i}", i * 1_000_000))]);

    private async Task<TrialMonth> TrialAsync(string id)
    {
        var pack = _pack.Load().Pack;
        return (await new RuleTrial(_fund.Folder, TheLaw.Book, _fund.Clock).RunAsync(October, pack, [pack[id]], cancel: TestContext.Current.CancellationToken))[id];
    }
}
