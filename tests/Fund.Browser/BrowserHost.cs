using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Reviews;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.BrowserHost))]

namespace Kepil.Tests.Browser;

/// <summary>The pages and a real browser in front of them, started once for all tests.</summary>
public sealed class BrowserHost : IAsyncLifetime
{
    private PagesHost? _pages;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public PagesHost Pages => _pages!;

    public IBrowser Browser => _browser!;

    /// <summary>The addresses of all kinds of pages.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _pages = await PagesHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("KEPIL_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        long Finding(string where) => Pages.Records.Query($"SELECT MIN(f.finding_id) FROM finding AS f WHERE f.month = DATE '2026-10-01' AND {where}", r => r.Long(0))[0];
        (Expert, OtherExpert) = (ReviewCases.AddExpert(Pages, "expert-10", "10"), ReviewCases.AddExpert(Pages, "expert-35", "35"));
        var central = ReviewCases.Open(Pages, 5);
        ReviewCases.ToCentral(Pages, central);
        ReviewCases.Object(Pages, ReviewCases.Open(Pages, 60, 5));
        Addresses =
        [
            "/desk",
            $"/desk/{central[0]}",
            $"/desk/bulk?case={central[0]}&case={central[1]}",
            "/months/2026-10",
            "/months/2026-10/providers/190140000018?as=expert&code=5.1&view=confirmed",
            $"/findings/{Finding("f.code = '5.1' AND f.counts AND f.care_form = 'specialist'")}?as=expert",
            $"/findings/{Finding("f.code = '3.1' AND NOT f.counts")}",
            $"/findings/{Finding("f.kind = 'general'")}",
            "/law",
            "/law/classification",
            "/law/MON-321/27",
            "/rules",
            "/search?q=190140000018",
            "/account",
            "/sign-in",
            "/demo-sign-in",
            "/months/1999-01",
        ];
    }

    /// <summary>Experts of two branches, among whom objections are distributed.</summary>
    public DeskUser Expert { get; private set; } = null!;

    public DeskUser OtherExpert { get; private set; } = null!;

    /// <summary>Decisions of a user that wait to be sent.</summary>
    public int Decided(DeskUser user) => ReviewCases.StoreOf(Pages).WaitingOf(user.Id).Count;

    /// <summary>Pages of the administrator.</summary>
    public static IReadOnlyList<string> OfTheAdministrator { get; } = ["/users", "/keys", "/account"];

    /// <summary>A fresh reader of a language and a theme, signed in as the invented user of a role.</summary>
    public async Task<IBrowserContext> ReaderAsync(string language, string theme, int width = 1366, int height = 768, Role role = Role.CentralExpert, long? user = null)
    {
        var context = await Browser.NewContextAsync(new() { BaseURL = Pages.Address.ToString(), ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        await context.AddCookiesAsync([
            new() { Name = "kepil-lang", Value = language, Url = Pages.Address.ToString() },
            new() { Name = "kepil-theme", Value = theme, Url = Pages.Address.ToString() },
        ]);
        await SignInAsync(context, user ?? (long)role + 1);
        return context;
    }

    /// <summary>Signs in beside the pages, so that nothing of them is in the browser's store yet.</summary>
    public static Task SignInAsync(IBrowserContext context, Role role) => SignInAsync(context, (long)role + 1);

    /// <summary>The same for one of several users of a role.</summary>
    public static async Task SignInAsync(IBrowserContext context, long user)
    {
        var page = await (await context.APIRequest.GetAsync("/demo-sign-in")).TextAsync();
        var form = context.APIRequest.CreateFormData();
        form.Set("user", user.ToString(CultureInfo.InvariantCulture));
        form.Set("to", "/account");
        form.Set("__RequestVerificationToken", Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value);
        var answer = await context.APIRequest.PostAsync("/demo-sign-in", new() { Form = form });
        if (!answer.Ok)
        {
            throw new InvalidOperationException($"user {user} could not sign in: {answer.Status}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_pages is not null)
        {
            await _pages.DisposeAsync();
        }
    }
}
