using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>Pages over data that fill them and a real browser in front, started once for all tests; each host brings its data.</summary>
public abstract class PageHost : IAsyncLifetime
{
    private IPlaywright? _playwright;

    public PagesHost Pages { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>What stands for words in capitals in addresses of <see cref="PageTable"/>.</summary>
    protected Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Who reads where a test names nobody.</summary>
    protected virtual Role Usual => Role.CentralExpert;

    /// <summary>Words for the browser besides those that it needs on a machine of tests.</summary>
    protected virtual IReadOnlyList<string> Words => [];

    /// <summary>The address with what the host has in the place of words in capitals.</summary>
    public string Named(string address) => Names.Aggregate(address, (a, n) => a.Replace(n.Key, n.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        Pages = await StartAsync();
        // A busy machine needs more than the five seconds that are usual; whoever is quick does not wait.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("KEPIL_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", .. Words],
        });
        await FillAsync();
    }

    /// <summary>A fresh reader: the invented user of a role, or a user by his number.</summary>
    public async Task<IBrowserContext> ReaderAsync(string language, Role? role = null, string theme = "light", int width = 1366, int height = 768, bool scripts = true, long? user = null)
    {
        var address = Pages.Address.ToString();
        var context = await Browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = scripts, IgnoreHTTPSErrors = true });
        await context.AddCookiesAsync([new() { Name = "kepil-lang", Value = language, Url = address }, new() { Name = "kepil-theme", Value = theme, Url = address }]);
        await SignInAsync(context, user ?? (long)(role ?? Usual) + 1);
        return context;
    }

    /// <summary>Signs in beside the pages, so that nothing of them is in the browser's store yet.</summary>
    public static Task SignInAsync(IBrowserContext context, Role role) => SignInAsync(context, (long)role + 1);

    /// <summary>The same for one of several users of a role.</summary>
    public static Task SignInAsync(IBrowserContext context, long user) => SendAsync(context, "/demo-sign-in", ("user", Word(user)), ("to", "/account"));

    public virtual async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Pages is not null)
        {
            await Pages.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the pages.</summary>
    protected virtual Task<PagesHost> StartAsync() => PagesHost.StartAsync();

    /// <summary>Brings the data, and the names of what is among them.</summary>
    protected abstract Task FillAsync();

    protected static string Word(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sends a form as a reader does who opened its page before.</summary>
    protected static async Task SendAsync(IBrowserContext context, string address, params (string Name, string Value)[] fields)
    {
        var page = await (await context.APIRequest.GetAsync(address)).TextAsync();
        var form = context.APIRequest.CreateFormData();
        foreach (var (name, value) in fields)
        {
            form.Set(name, value);
        }

        form.Set("__RequestVerificationToken", Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value);
        var answer = await context.APIRequest.PostAsync(address, new() { Form = form });
        if (!answer.Ok)
        {
            throw new InvalidOperationException($"{address} could not be sent: {answer.Status}");
        }
    }
}
