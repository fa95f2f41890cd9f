using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>What every page keeps to, in all languages, themes and widths.</summary>
public sealed class PageQualityTests(BrowserHost desk, OfficeHost office, WatchHost watch, VisitHost visits)
{
    /// <summary>Pages that are looked at side by side.</summary>
    private const int AtOnce = 3;

    /// <summary>Rows that one reader walks before a window may change to another.</summary>
    private const int RowsOfAReader = 6;

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Every_page_is_accessible_fits_its_window_is_light_and_quiet(string language)
    {
        await using var empty = await PagesHost.StartAsync(empty: true, demo: false);
        var found = new ConcurrentBag<string>();
        var only = Environment.GetEnvironmentVariable("KEPIL_PAGES") is { Length: > 0 } pages ? new Regex(pages) : null;
        var shots = Environment.GetEnvironmentVariable("KEPIL_SHOTS") is { Length: > 0 } folder ? Directory.CreateDirectory(folder).FullName : null;
        (Uri Home, Func<string, string> Named) HostOf(PageHostKind on) => on switch
        {
            PageHostKind.Desk or PageHostKind.FirstDay => (desk.Pages.Address, desk.Named),
            PageHostKind.Office => (office.Pages.Address, office.Named),
            PageHostKind.Watch => (watch.Pages.Address, watch.Named),
            PageHostKind.Visits => (visits.Pages.Address, visits.Named),
            _ => (empty.Address, a => a),
        };

        // A window costs as much as a page: each stays open and changes its reader after a few rows.
        var turns = new ConcurrentQueue<PageRow[]>(PageTable.Rows.Where(r => only?.IsMatch(r.ToString()) ?? true).GroupBy(r => (r.On, r.Role)).SelectMany(g => g.Chunk(RowsOfAReader)));
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, turns.Count)).Select(async _ =>
        {
            await using var window = await desk.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1366, Height = 768 }, ReducedMotion = ReducedMotion.Reduce });
            await window.AddInitScriptAsync(PageWalk.Axe);
            var walk = new PageWalk(await window.NewPageAsync(), found, language == "kk" ? shots : null).Listen();
            while (turns.TryDequeue(out var rows))
            {
                var (home, named) = HostOf(rows[0].On);
                walk.Home = home;
                await ChangeReaderAsync(window, language, home, rows[0].On, rows[0].Role);
                foreach (var row in rows)
                {
                    await walk.LookAsync(row.ToString(), named(row.Address), row.Status);
                }
            }
        }));

        Assert.True(found.IsEmpty, string.Join('\n', found.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_endpoint_that_gives_a_page_is_in_the_table()
    {
        var patterns = desk.Pages.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).ToList();

        Assert.Empty(PageTable.Missing(patterns));
        Assert.Empty(PageTable.NoPages.Except(patterns));
        Assert.Equal(["/lists/nothing"], PageTable.Missing(["/lists/nothing", "/law", "/lists/{name}", "/rules/{rule}"]));
    }

    [Fact]
    public async Task The_theme_of_the_machine_and_the_chosen_one_are_the_same_colours()
    {
        const string Colours = "[...document.styleSheets[0].cssRules].length && Object.fromEntries(['--bg','--card','--ink','--mute','--line','--accent','--tint','--current','--risk-ink','--risk-bg','--loss-ink','--loss-bg','--good-ink','--good-bg','--head','--field','--h1','--h6'].map(n => [n, getComputedStyle(document.documentElement).getPropertyValue(n)]))";
        await using var chosen = await desk.ReaderAsync("kk", theme: "dark");
        await using var followed = await ReaderAsync("kk", desk.Pages.Address, PageHostKind.Desk, Role.CentralExpert);
        var (one, other) = (await chosen.NewPageAsync(), await followed.NewPageAsync());
        await other.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await one.GotoAsync("/law");
        await other.GotoAsync("/law");

        Assert.Equal((await one.EvaluateAsync(Colours))!.ToString(), (await other.EvaluateAsync(Colours))!.ToString());
        await other.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Assert.NotEqual((await one.EvaluateAsync(Colours))!.ToString(), (await other.EvaluateAsync(Colours))!.ToString());
    }

    /// <summary>A reader who chose a language but no theme.</summary>
    private async Task<IBrowserContext> ReaderAsync(string language, Uri home, PageHostKind on, Role? role)
    {
        var context = await desk.Browser.NewContextAsync(new() { BaseURL = home.ToString(), ViewportSize = new() { Width = 1366, Height = 768 }, ReducedMotion = ReducedMotion.Reduce });
        await ChangeReaderAsync(context, language, home, on, role);
        return context;
    }

    /// <summary>Another reader comes to the window; nothing is left of the one before.</summary>
    private static async Task ChangeReaderAsync(IBrowserContext context, string language, Uri home, PageHostKind on, Role? role)
    {
        await context.ClearCookiesAsync();
        await context.AddCookiesAsync([new() { Name = "kepil-lang", Value = language, Url = home.ToString() }]);
        if (on == PageHostKind.FirstDay || (on == PageHostKind.Desk && role is null))
        {
            await BrowserHost.PasswordAsync(context, home, second: role is null, language);
        }
        else if (role is { } known)
        {
            await BrowserHost.SignInAsync(context, home, known);
        }
    }
}
