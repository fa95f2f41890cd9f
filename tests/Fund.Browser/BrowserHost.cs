using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Tests.Documents;
using Kepil.Tests.Pages;
using Kepil.Tests.Reviews;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.BrowserHost))]

namespace Kepil.Tests.Browser;

/// <summary>The pages and a real browser in front of them, started once for all tests.</summary>
public sealed class BrowserHost : IPageHost, IAsyncLifetime
{
    private PagesHost? _pages;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public PagesHost Pages => _pages!;

    public IBrowser Browser => _browser!;

    private Dictionary<string, string> _named = [];

    public string Named(string address) => _named.Aggregate(address, (a, n) => a.Replace(n.Key, n.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _pages = await PagesHost.StartAsync();
        // A busy machine needs more than the five seconds that are usual; whoever is quick does not wait.
        Assertions.SetDefaultExpectTimeout(30_000);
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
        _named = new(StringComparer.Ordinal)
        {
            ["CENTRAL"] = Word(central[0]),
            ["OTHER"] = Word(central[1]),
            ["SPECIALIST"] = Word(Finding("f.code = '5.1' AND f.counts AND f.care_form = 'specialist'")),
            ["BESIDE"] = Word(Finding("f.code = '3.1' AND NOT f.counts")),
            ["GENERAL"] = Word(Finding("f.kind = 'general'")),
            ["CODE"] = Pages.Work.Documents.Issue(DocumentKind.UnconfirmedCaseRegister, "19", SampleForms.On, "case:1", SampleForms.Bin, 1, "6f1e5c", mark => SampleForms.Register.ToForm(mark)).Code.ToString(),
        };
        AddStaff("half-in", second: true);
        AddStaff("first-day", second: false);
    }

    /// <summary>Experts of two branches, among whom objections are distributed.</summary>
    public DeskUser Expert { get; private set; } = null!;

    public DeskUser OtherExpert { get; private set; } = null!;

    /// <summary>Decisions of a user that wait to be sent.</summary>
    public int Decided(DeskUser user) => ReviewCases.StoreOf(Pages).WaitingOf(user.Id).Count;

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
    public static Task SignInAsync(IBrowserContext context, long user) => SendAsync(context, "/demo-sign-in", ("user", Word(user)), ("to", "/account"));

    /// <summary>Signs in by password, which leads a new employee to his second factor, and one who has it to the question for the code.</summary>
    public static Task PasswordAsync(IBrowserContext context, bool second) => SendAsync(context, "/sign-in", ("name", second ? "half-in" : "first-day"), ("password", Password));

    private static async Task SendAsync(IBrowserContext context, string address, params (string Name, string Value)[] fields)
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

    private static string Word(long number) => number.ToString(CultureInfo.InvariantCulture);

    private const string Password = "Құпия-сөз-2026-ұзын";

    private void AddStaff(string name, bool second)
    {
        var user = new DeskUser { SignInName = name, NormalName = name.ToUpperInvariant(), FullName = "Жаңа Қызметкер", Role = Role.Administrator, Stamp = name };
        user.PasswordHash = new PasswordHasher<DeskUser>().HashPassword(user, Password);
        var added = Pages.Desk.Add("system", user);
        if (second)
        {
            var kept = Pages.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Kepil.SecondFactor").Protect(Totp.NewSecret());
            Pages.Desk.Change("system", "SecondFactorSet", added.Id, u => (u.SecondFactor, u.SecondFactorOn) = (kept, true));
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
