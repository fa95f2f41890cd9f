using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>The pages of those who watch over the work, before a real browser.</summary>
public sealed class OversightTests(OversightTests.Filled host) : IClassFixture<OversightTests.Filled>
{
    private static readonly (Role Role, string[] Addresses)[] Places =
    [
        (Role.CentralExpert, ["/board", "/board?by=region", "/board?case=CASE", "/inbox", "/access", "/access/1"]),
        (Role.BranchHead, ["/board", "/access/1"]),
        (Role.Methodologist, ["/board?by=reviewer", "/rules/5.1-service-after-death", "/lists", "/lists/rule_bounds", "/lists/changes/1", "/editions", "/law/policies", "/law/calendar"]),
        (Role.Auditor, ["/journal", "/journal?person=PERSON", "/access"]),
        (Role.ProviderHead, ["/inbox"]),
    ];

    public static readonly TheoryData<string, string> Readers = new() { { "kk", "light" }, { "kk", "dark" }, { "ru", "light" }, { "ru", "dark" }, { "en", "light" }, { "en", "dark" } };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_page_is_accessible_fits_and_is_light(string language, string theme)
    {
        var found = new List<string>();
        foreach (var (role, addresses) in Places)
        {
            await using var reader = await host.ReaderAsync(language, theme, role);
            var page = await reader.NewPageAsync();
            page.PageError += (_, error) => found.Add($"{page.Url}: {error}");
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning")
                {
                    found.Add($"{page.Url}: {message.Text}");
                }
            };
            foreach (var address in addresses.Select(host.Named))
            {
                await page.SetViewportSizeAsync(1366, 768);
                var answer = await page.GotoAsync(address);
                if (answer!.Status != 200)
                {
                    found.Add($"{role} {address}: {answer.Status}");
                    continue;
                }

                if ((await answer.BodyAsync()).Length > 1_000_000 || (await answer.Request.SizesAsync()).ResponseBodySize > 100 * 1024)
                {
                    found.Add($"{role} {address}: too heavy");
                }

                var axe = await page.RunAxe(theme == "light" ? new AxeRunOptions { ResultTypes = [ResultType.Violations] } : new AxeRunOptions { ResultTypes = [ResultType.Violations], RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } });
                found.AddRange(axe.Violations.Select(v => $"{role} {address}: {v.Id} {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html.Length > 160 ? n.Html[..160] : n.Html))}"));
                foreach (var width in theme == "light" ? [320, 390, 1366, 1600] : Array.Empty<int>())
                {
                    await page.SetViewportSizeAsync(width, 768);
                    var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                    if (over > 0)
                    {
                        found.Add($"{role} {address} at {width}: {over} px too wide");
                    }

                    if (language == "kk" && Environment.GetEnvironmentVariable("KEPIL_SHOTS") is { Length: > 0 } shots && width is 390 or 1366)
                    {
                        await page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"{role}{address.Replace('/', '_').Replace('?', '_')}-{width}.png"), FullPage = true });
                    }
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_head_hands_a_review_over_with_a_second_person_with_and_without_scripts(bool scripts)
    {
        var store = host.Pages.Services.GetRequiredService<ProceedingStore>();
        var review = store.OpenReviews().Where(r => r.Region == "62").Skip(scripts ? 1 : 2).First();
        await using var first = await host.ReaderAsync("kk", "light", Role.CentralExpert, scripts);
        var page = await first.NewPageAsync();
        await page.GotoAsync($"/board?case={review.Id}");
        await page.GetByLabel("Себебі").FillAsync("Қызметкер ауырып қалды");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қайта бөлуді сұрау" }).ClickAsync();
        await Assertions.Expect(page.GetByText("енді оны екінші адам растайды")).ToBeVisibleAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = $"Растау, № {review.Id}", Exact = true }).CountAsync());

        host.Round();
        var second = host.Second;
        Assert.Contains(host.Pages.Services.GetRequiredService<InboxStore>().Of(second, 100), n => n.Kind == NoteKind.HandoverWaits && n.CaseId == review.Id);
        await using var other = await host.ReaderAsync("kk", "light", second, scripts);
        var confirming = await other.NewPageAsync();
        await confirming.GotoAsync("/board");
        await confirming.GetByRole(AriaRole.Button, new() { Name = $"Растау, № {review.Id}", Exact = true }).ClickAsync();

        await Assertions.Expect(confirming.GetByText("Іс қайта бөлінді.")).ToBeVisibleAsync();
        Assert.NotEqual(review.Reviewer, store.Find(review.Id)!.Reviewer);
    }

    [Fact]
    public async Task Notes_are_read_and_the_number_in_the_head_of_the_page_goes_down_without_scripts()
    {
        host.Round();
        await using var reader = await host.ReaderAsync("kk", "light", host.Second, scripts: false);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/inbox");
        await page.GetByRole(AriaRole.Button, new() { Name = "Барлығын оқылды деп белгілеу" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Оқылмаған: 0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Мекенжай алу" }).ClickAsync();
        Assert.Matches(@"/calendar/[0-9a-f]{64}\.ics$", await page.Locator(".key-text").InnerTextAsync());
    }

    /// <summary>Pages of its own with cases at many stages, notes, an opening and a change of a list.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private IPlaywright? _playwright;
        private IBrowser? _browser;
        private long _case;
        private string _person = "";

        public PagesHost Pages { get; private set; } = null!;

        /// <summary>Another expert of the central office.</summary>
        public long Second { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Pages = await PagesHost.StartAsync();
            WatchedCases.Fill(Pages);
            Second = Pages.Desk.Users().Last(u => u.Role == Role.CentralExpert).Id;
            var store = Pages.Services.GetRequiredService<ProceedingStore>();
            _case = store.OpenReviews()[0].Id;
            store.AskHandover(store.OpenReviews().First(r => r.Region == "62").Id, Second, $"user:{Second}", "Қызметкер демалыста", Pages.Desk.Clock.GetUtcNow());
            var person = Pages.Records.Query("SELECT person_id FROM finding ORDER BY finding_id LIMIT 1", r => r.Long(0))[0];
            _person = person.ToString("D12", null);
            Pages.Services.GetRequiredService<DataOpenings>().Open(Pages.Desk.Find((long)Role.BranchExpert + 1)!, person, "Прокуратураның № 12 сұрауы бойынша", 4, Pages.Desk.Clock.GetUtcNow().AddDays(2));
            var changes = new Kepil.Fund.Rules.ListChanges(Pages.Desk, Pages.PackFolder);
            changes.Propose("rule_bounds", changes.Text("rule_bounds") + "trial_limit,5,2027-01-01,9999-12-31,a trial\n", "2027 жылға арналған бұйрық", Pages.Desk.Find((long)Role.Methodologist + 1)!, out _);
            Round();
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("KEPIL_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu"],
            });
        }

        public void Round() => new InboxRound(
            Pages.Services.GetRequiredService<InboxStore>(), Pages.Services.GetRequiredService<ProceedingStore>(), Pages.Desk, at => new Terms(LawBook.Open(), LocalDay.Of(at)),
            (now, users) => OpeningNotes.Of(Pages.Services.GetRequiredService<DataOpenings>().Unreviewed(), now, users)).Run();

        public string Named(string address) => address.Replace("CASE", _case.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("PERSON", _person, StringComparison.Ordinal);

        public Task<IBrowserContext> ReaderAsync(string language, string theme, Role role, bool scripts = true) => ReaderAsync(language, theme, (long)role + 1, scripts);

        public async Task<IBrowserContext> ReaderAsync(string language, string theme, long user, bool scripts = true)
        {
            var context = await _browser!.NewContextAsync(new() { BaseURL = Pages.Address.ToString(), ViewportSize = new() { Width = 1366, Height = 768 }, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = scripts });
            await context.AddCookiesAsync([
                new() { Name = "kepil-lang", Value = language, Url = Pages.Address.ToString() },
                new() { Name = "kepil-theme", Value = theme, Url = Pages.Address.ToString() },
            ]);
            await BrowserHost.SignInAsync(context, user);
            return context;
        }

        public async ValueTask DisposeAsync()
        {
            if (_browser is not null)
            {
                await _browser.DisposeAsync();
            }

            _playwright?.Dispose();
            await Pages.DisposeAsync();
        }
    }
}
