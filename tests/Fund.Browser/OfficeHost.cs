using System.Globalization;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.OfficeHost))]

namespace Kepil.Tests.Browser;

/// <summary>The provider's office with cases at all stages, and a real browser in front of it.</summary>
public sealed class OfficeHost : IPageHost, IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private PagesHost? _pages;
    private SampleCases? _cases;

    public SampleCases Cases => _cases!;

    private Dictionary<string, string> _named = [];

    public PagesHost Pages => _pages!;

    public string Named(string address) => _named.Aggregate(address, (a, n) => a.Replace(n.Key, n.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _pages = await PagesHost.StartAsync();
        _cases = SampleCases.Open(_pages);
        // A busy machine needs more than the five seconds that are usual; whoever is quick does not wait.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("KEPIL_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var (confirmed, accepted, open) = (_cases.Decided(false), _cases.Decided(true), _cases.Case(Stage.AwaitingObjection, p => p is { Code: "5.1", AtRisk: > 0 }));
        var general = _cases.Case(Stage.Recorded);
        using var reader = await OfficeReader.OfAsync(_pages);
        await reader.WriteAsync(open);
        var waiting = _cases.Case(Stage.AwaitingObjection, p => p.Id > open && p.AtRisk > 0);
        await reader.WriteAsync(waiting);
        var receipt = await reader.FinishAsync(waiting);
        var bulk = await reader.SendAsync("/office?view=answer", "/office/bulk", [.. Enumerable.Range(1, 3).Select(_ => (Name: "case", Value: open.ToString(CultureInfo.InvariantCulture)))]);
        var upload = await reader.BringAsync("/office/registers", "/office/registers", "register", "қазан.csv", Register(), ("month", Month(_pages)));
        using (await reader.AnswerAsync(upload.Path + "/progress"))
        {
            // The answer ends when the check has.
        }

        string Word(long number) => number.ToString(CultureInfo.InvariantCulture);
        _named = new(StringComparer.Ordinal)
        {
            ["OPEN"] = Word(open), ["CONFIRMED"] = Word(confirmed), ["ACCEPTED"] = Word(accepted), ["GENERAL"] = Word(general),
            ["RECEIPT"] = receipt.Path.Split('?')[0], ["BULK"] = bulk.Path.Split('?')[0], ["UPLOAD"] = upload.Path.Split('?')[0],
        };
    }

    /// <summary>A register of two sound rows and a wrong one.</summary>
    public static byte[] Register()
    {
        var text = new StringBuilder("Қызметтің ID;Пациенттің ЖСН-і;Көмек нысаны;Қаржыландыру көзі;Шарттың нөмірі;Қызмет коды;Қызмет көрсетілген күн;Саны;Тариф;Сомасы;Диагноз (АХЖ-10)\r\n");
        foreach (var (line, person) in new[] { ("A-1", "800101300016"), ("A-2", "800101300016"), ("A-3", "123") })
        {
            text.Append(CultureInfo.InvariantCulture, $"{line};{person};specialist;МӘМС;C-1;A02.001.000;05.{TimeProvider.System.GetUtcNow().AddMonths(-1):MM.yyyy};1;10 000,00;10 000,00;Z00.0\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A fresh reader of the provider.</summary>
    public async Task<IBrowserContext> ReaderAsync(string language, string theme = "light", int width = 1366, int height = 768, bool scripts = true, Role role = Role.ProviderHead)
    {
        var address = _pages!.Address.ToString();
        var context = await _browser!.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = scripts });
        await context.AddCookiesAsync([new() { Name = "kepil-lang", Value = language, Url = address }, new() { Name = "kepil-theme", Value = theme, Url = address }]);
        await BrowserHost.SignInAsync(context, role);
        return context;
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

    private static string Month(PagesHost pages) => pages.Desk.Clock.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
