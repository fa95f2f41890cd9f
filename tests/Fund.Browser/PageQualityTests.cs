using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Kepil.Fund.Desk;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>What every page keeps to, in all languages, themes and widths.</summary>
public sealed class PageQualityTests(BrowserHost host)
{
    public static readonly TheoryData<string, string> Readers = new() { { "kk", "light" }, { "kk", "dark" }, { "ru", "light" }, { "ru", "dark" }, { "en", "light" }, { "en", "dark" } };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_page_is_accessible_and_no_wider_than_its_window(string language, string theme)
    {
        await using var reader = await host.ReaderAsync(language, theme);
        var page = await reader.NewPageAsync();
        var found = new List<string>();
        var options = new AxeRunOptions { ResultTypes = [ResultType.Violations] };
        if (theme == "dark")
        {
            // The markup is that of the light page; only the colours differ.
            options.RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] };
        }

        foreach (var address in host.Addresses)
        {
            await page.SetViewportSizeAsync(1366, 768);
            await page.GotoAsync(address);
            var axe = await page.RunAxe(options);
            found.AddRange(axe.Violations.Select(v => $"{address}: {v.Id} {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(Spot))}"));
            if (theme == "light")
            {
                await MeasureAsync(page, address, [320, 390, 1366, 1600], found);
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Pages_of_the_administrator_are_accessible_and_fit()
    {
        var found = new List<string>();
        foreach (var (role, addresses) in new[] { (Role: Role.Administrator, Addresses: BrowserHost.OfTheAdministrator) })
        {
            await using var reader = await host.ReaderAsync("kk", "light", role: role);
            var page = await reader.NewPageAsync();
            foreach (var address in addresses)
            {
                await page.SetViewportSizeAsync(1366, 768);
                await page.GotoAsync(address);
                var axe = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
                found.AddRange(axe.Violations.Select(v => $"{address}: {v.Id} {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(Spot))}"));
                await MeasureAsync(page, address, [320, 390, 1366, 1600], found);
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Every_page_is_light_quiet_and_stays_at_home(string language)
    {
        var found = new List<string>();
        string session;
        await using (var signedIn = await host.ReaderAsync(language, "light"))
        {
            session = await signedIn.StorageStateAsync();
        }

        foreach (var address in host.Addresses)
        {
            // A store of its own for each page, so that all of it goes over the wire; the session is the same.
            await using var reader = await host.Browser.NewContextAsync(new() { BaseURL = host.Pages.Address.ToString(), ViewportSize = new() { Width = 1366, Height = 768 }, StorageState = session });
            var page = await reader.NewPageAsync();
            page.Console += (_, message) =>
            {
                // The browser itself reports the answer 404 of the page that is asked for in vain.
                if (message.Type is "error" or "warning" && !message.Text.Contains("404", StringComparison.Ordinal))
                {
                    found.Add($"{address}: {message.Text}");
                }
            };
            page.PageError += (_, error) => found.Add($"{address}: {error}");
            var finished = new ConcurrentQueue<IRequest>();
            page.RequestFinished += (_, request) => finished.Enqueue(request);
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(host.Pages.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                {
                    found.Add($"{address}: asks {request.Url}");
                }
            };
            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            var bytes = 0;
            foreach (var request in finished)
            {
                var sizes = await request.SizesAsync();
                bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
            }

            if (bytes > 130 * 1024 || bytes < 1024)
            {
                found.Add($"{address}: {bytes} bytes on the wire");
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task MeasureAsync(IPage page, string address, int[] widths, List<string> found)
    {
        foreach (var width in widths)
        {
            await page.SetViewportSizeAsync(width, 768);
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (over > 0)
            {
                found.Add($"{address} at {width}: {over} px too wide");
            }
        }
    }

    private static string Spot(AxeResultNode node) => node.Html.Length > 160 ? node.Html[..160] : node.Html;
}
