using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Kepil.Tests.Browser;

/// <summary>Looks at one page in all that every page keeps to. A page is loaded once; widths and themes change on it.</summary>
/// <param name="page">A page of a reader who chose no theme, so that it follows that of his machine.</param>
/// <param name="found">What is wrong, in words.</param>
/// <param name="shots">A folder for pictures of the pages, for the eyes of people.</param>
internal sealed class PageWalk(IPage page, ConcurrentBag<string> found, string? shots)
{
    private const int Weight = 130 * 1024;

    /// <summary>Points that a row of one line has at most at 1366.</summary>
    private const int OneLine = 33;

    /// <summary>Pages whose tables are texts of the law to be read, not lists to be worked through.</summary>
    private static readonly string[] OfText = ["/packages", "/law/policies"];

    private const int ScriptWeight = 15 * 1024;

    /// <summary>The script of the checks. A context gives it to each of its pages by itself, which is much cheaper than to send it to every page.</summary>
    public static string Axe { get; } = new BundledAxeScriptProvider().GetScript();

    private static readonly HashSet<string> Groups = [.. Keys().Select(k => k.Split('.')[0])];

    /// <summary>The host whose pages are walked just now; nothing else may be asked.</summary>
    public Uri Home { get; set; } = new("about:blank");

    /// <summary>Tells from the start of a page what it says in the console and whom it asks.</summary>
    public PageWalk Listen()
    {
        page.Console += (_, message) =>
        {
            // The browser itself reports the answer of a page that is asked for in vain.
            if (message.Type is "error" or "warning" && !Regex.IsMatch(message.Text, "status of 40[34]"))
            {
                found.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => found.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Home.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                found.Add($"{page.Url}: asks {request.Url}");
            }
        };
        return this;
    }

    /// <param name="name">How the page is called where something is wrong with it.</param>
    public async Task LookAsync(string name, string address, int status)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(1366, 768);
        var answer = await page.GotoAsync(new Uri(Home, address).ToString());
        if (answer!.Status != status || !(answer.Headers.GetValueOrDefault("content-type") ?? "").StartsWith("text/html", StringComparison.Ordinal))
        {
            found.Add($"{name}: answered {answer.Status}");
            return;
        }

        var text = await answer.TextAsync();
        if (text.Contains("&#x", StringComparison.Ordinal))
        {
            found.Add($"{name}: entity {text.Substring(text.IndexOf("&#x", StringComparison.Ordinal), 9)}");
        }

        await WeighAsync(name);
        await MeasureRowsAsync(name);
        await ReadAsync(name);
        await ShootAsync(name, "1366");
        // What is folded away is looked at too.
        await page.EvaluateAsync("for (const one of document.querySelectorAll('details')) one.open = true");
        await AxeAsync(name, "light", "{ resultTypes: ['violations'] }");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        // The markup is that of the light page; only the colours differ.
        await ShootAsync(name, "dark");
        await AxeAsync(name, "dark", "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }");
        // The window has the first of these widths already.
        foreach (var width in new[] { 1366, 1600, 390, 320 })
        {
            if (width != 1366)
            {
                await page.SetViewportSizeAsync(width, 768);
            }

            var wide = await page.EvaluateAsync<string?>(
                """
                (() => {
                  const over = document.documentElement.scrollWidth - innerWidth;
                  if (over <= 0) return null;
                  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5);
                  return over + ' px too wide: ' + out.filter(e => !out.some(o => o !== e && e.contains(o))).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ');
                })()
                """);
            if (wide is not null)
            {
                found.Add($"{name} at {width}: {wide}");
            }

            await ShootAsync(name, width == 390 ? "390" : null);
        }
    }

    /// <summary>A row of a list is one line, so that many are seen at once; where a cell is meant to hold more it is told so by its class.</summary>
    private async Task MeasureRowsAsync(string name)
    {
        if (OfText.Any(t => name.Contains(t, StringComparison.Ordinal)))
        {
            return;
        }

        var high = await page.EvaluateAsync<string[]>(
            $$"""
            document.documentElement.dataset.rows ? [] : [...document.querySelectorAll('table.rows')].filter(t => t.offsetParent).flatMap(t => {
              const rows = [...t.tBodies].flatMap(b => [...b.rows]).filter(r => !r.querySelector('td.long, td.fill, .bars') && r.getBoundingClientRect().height > {{OneLine}});
              return rows.slice(0, 1).map(r => (t.caption?.innerText ?? '') + ': ' + Math.round(r.getBoundingClientRect().height) + ' px high: ' + r.innerText.replace(/\s+/g, ' ').slice(0, 120));
            })
            """);
        found.AddFrom(high.Select(h => $"{name}: {h}"));
    }

    private async Task ShootAsync(string name, string? kind)
    {
        if (shots is not null && kind is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(shots, Regex.Replace(name, "[^A-Za-z0-9.-]+", "_") + "-" + kind + ".png"), FullPage = kind == "390" });
        }
    }

    /// <summary>All that the page asked for, as it would come to a browser that holds nothing of it yet.</summary>
    private async Task WeighAsync(string name)
    {
        var weight = await page.EvaluateAsync<JsonElement>(
            """
            (async () => {
              await document.fonts.ready;
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
              const heads = 300;
              return { all: all.reduce((sum, e) => sum + e.encodedBodySize + heads, 0), scripts: all.filter(e => e.initiatorType === 'script').reduce((sum, e) => sum + e.decodedBodySize, 0) };
            })()
            """);
        var (all, scripts) = (weight.GetProperty("all").GetInt32(), weight.GetProperty("scripts").GetInt32());
        if (all is > Weight or < 1024 || scripts > ScriptWeight)
        {
            found.Add($"{name}: {all} bytes on the wire, {scripts} of scripts");
        }
    }

    /// <summary>Keys of texts have no place among the words of a page.</summary>
    private async Task ReadAsync(string name)
    {
        var words = await page.EvaluateAsync<string[]>("[...document.body.innerText.matchAll(/\\b([A-Z][A-Za-z]+)\\.[A-Z][A-Za-z.]+\\b/g)].map(m => m[0])");
        found.AddFrom(words.Where(w => Groups.Contains(w.Split('.')[0])).Distinct().Select(w => $"{name}: the key {w} is shown"));
    }

    private async Task AxeAsync(string name, string theme, string options)
    {
        var spots = await page.EvaluateAsync<string[]>($"axe.run(document, {options}).then(r => r.violations.map(v => v.id + ' ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))");
        found.AddFrom(spots.Select(s => $"{name} {theme}: {s}"));
    }

    private static IEnumerable<string> Keys()
    {
        using var texts = new System.Resources.ResourceReader(typeof(Kepil.Fund.FundWeb).Assembly.GetManifestResourceStream("Kepil.Fund.Resources.SharedUi.resources")!);
        return [.. texts.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)];
    }
}

file static class Bags
{
    public static void AddFrom(this ConcurrentBag<string> bag, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            bag.Add(word);
        }
    }
}
