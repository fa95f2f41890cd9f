using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>Pages over data that fill them and the browser in front, made once for all tests when the first of them asks; each host brings its data.</summary>
public abstract class PageHost : IAsyncDisposable
{
    /// <summary>Whoever fills the host may use what the others wait for.</summary>
    private readonly AsyncLocal<bool> _filling = new();
    private readonly Lazy<Task> _filled;
    private PagesHost? _pages;

    protected PageHost() => _filled = new(() => Task.Run(FilledAsync));

    public PagesHost Pages => Whole(() => _pages!);

    public IBrowser Browser => Chromium.Browser.Value.GetAwaiter().GetResult();

    /// <summary>What stands for words in capitals in addresses of <see cref="PageTable"/>.</summary>
    protected Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Who reads where a test names nobody.</summary>
    protected virtual Role Usual => Role.CentralExpert;

    /// <summary>The address with what the host has in the place of words in capitals.</summary>
    public string Named(string address) => Whole(() => Names).Aggregate(address, (a, n) => a.Replace(n.Key, n.Value, StringComparison.Ordinal));

    /// <summary>What the host has, as soon as it is whole.</summary>
    protected T Whole<T>(Func<T> has)
    {
        if (!_filling.Value)
        {
            _filled.Value.GetAwaiter().GetResult();
        }

        return has();
    }

    private async Task FilledAsync()
    {
        _filling.Value = true;
        _pages = await StartAsync();
        await FillAsync();
    }

    /// <summary>A fresh reader: the invented user of a role, or a user by his number.</summary>
    public async Task<IBrowserContext> ReaderAsync(string language, Role? role = null, string theme = "light", int width = 1366, int height = 768, bool scripts = true, long? user = null)
    {
        await _filled.Value;
        var address = Pages.Address.ToString();
        var context = await (await Chromium.Browser.Value).NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = scripts, IgnoreHTTPSErrors = true });
        await context.AddCookiesAsync([new() { Name = "kepil-lang", Value = language, Url = address }, new() { Name = "kepil-theme", Value = theme, Url = address }]);
        await SignInAsync(context, user ?? (long)(role ?? Usual) + 1);
        return context;
    }

    /// <summary>Signs in beside the pages, so that nothing of them is in the browser's store yet.</summary>
    public static Task SignInAsync(IBrowserContext context, Role role) => SignInAsync(context, (long)role + 1);

    /// <summary>The same for a window that is at home nowhere.</summary>
    public static Task SignInAsync(IBrowserContext context, Uri home, Role role) => SendAsync(context, new Uri(home, "/demo-sign-in").ToString(), ("user", Word((long)role + 1)), ("to", "/account"));

    /// <summary>The same for one of several users of a role.</summary>
    public static Task SignInAsync(IBrowserContext context, long user) => SendAsync(context, "/demo-sign-in", ("user", Word(user)), ("to", "/account"));

    public virtual async ValueTask DisposeAsync()
    {
        if (_pages is not null)
        {
            await _pages.DisposeAsync();
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
