using Kepil.Fund.Desk;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>Tests that look at the clock run after all others, with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>How soon something is seen of a page over a slow connection.</summary>
[Collection(Alone.Name)]
public sealed class PaintTests(BrowserHost desk, OfficeHost office, WatchHost watch)
{
    [Theory]
    [InlineData(PageHostKind.Desk, Role.CentralExpert, "/desk")]
    [InlineData(PageHostKind.Desk, Role.CentralExpert, "/desk/CENTRAL")]
    [InlineData(PageHostKind.Desk, Role.CentralExpert, "/months/2026-10")]
    [InlineData(PageHostKind.Office, Role.ProviderHead, "/office?view=answer")]
    [InlineData(PageHostKind.Office, Role.ProviderHead, "/office/OPEN")]
    [InlineData(PageHostKind.Watch, Role.CentralExpert, "/board")]
    public async Task A_page_is_painted_within_a_second_and_a_fifth_at_two_megabits(PageHostKind on, Role role, string address)
    {
        PageHost host = on switch { PageHostKind.Office => office, PageHostKind.Watch => watch, _ => desk };
        await using var reader = await host.ReaderAsync("kk", role);
        var best = double.MaxValue;
        // Other work of the machine may stand in the way of one of the attempts; a slow page is slow in all.
        for (var i = 0; i < 6 && best > 1200; i++)
        {
            var page = await reader.NewPageAsync();
            var wire = await reader.NewCDPSessionAsync(page);
            await wire.SendAsync("Network.enable");
            await wire.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
            await wire.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 40, ["downloadThroughput"] = 2_000_000 / 8, ["uploadThroughput"] = 2_000_000 / 8 });
            await page.GotoAsync(host.Named(address));
            best = Math.Min(best, await page.EvaluateAsync<double>("new Promise(done => new PerformanceObserver(l => l.getEntriesByName('first-contentful-paint').forEach(e => done(e.startTime))).observe({ type: 'paint', buffered: true }))"));
            await page.CloseAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{address}: {best:0} ms"));
        Assert.True(best <= 1200, FormattableString.Invariant($"{address}: first paint after {best:0} ms"));
    }
}
