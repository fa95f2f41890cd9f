using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>How people walk through the pages.</summary>
public sealed class JourneyTests(BrowserHost host)
{
    [Fact]
    public async Task From_the_month_to_a_provider_to_the_reason_of_a_sum()
    {
        await using var reader = await host.ReaderAsync("kk");
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/");

        await page.GetByRole(AriaRole.Table, new() { Name = "Өнім берушілер" }).GetByRole(AriaRole.Link, new() { Name = "«Шапағат» емханасы" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Сыныптама кодтары бойынша" }).GetByRole(AriaRole.Link, new() { Name = "5.1" }).ClickAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Анықталған ақаулар мен бұзушылықтар" }).GetByRole(AriaRole.Link).First.ClickAsync();

        await Assertions.Expect(page.Locator(".equation")).ToContainTextAsync(new Regex("300\\s%\\s×\\s"));
        await page.GetByText("Мониторинг қағидалары, 27-тармақ").ClickAsync();
        await Assertions.Expect(page.GetByText("27. Көрсетілген мерзімде")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_change_of_language_keeps_the_address_and_lasts()
    {
        await using var reader = await host.ReaderAsync("kk");
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/months/2026-10/providers/190140000018?code=5.1");

        await page.GetByRole(AriaRole.Link, new() { Name = "РУС" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ru");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("code=5[.]1"));
        await page.GotoAsync("/rules");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Правила мониторинга");
    }

    [Fact]
    public async Task A_filter_is_sent_when_it_is_chosen_and_empty_fields_stay_out_of_the_address()
    {
        await using var reader = await host.ReaderAsync("en");
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/months/2026-10/providers/190140000018");

        await page.GetByLabel("Code", new() { Exact = true }).SelectOptionAsync("4.0");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("code=4[.]0"));
        await page.WaitForLoadStateAsync();

        Assert.DoesNotContain("form=", page.Url, StringComparison.Ordinal);
        var codes = await page.GetByRole(AriaRole.Table, new() { Name = "Findings", Exact = true }).Locator("tbody th").AllInnerTextsAsync();
        Assert.All(codes, code => Assert.Equal("4.0", code));
    }

    [Fact]
    public async Task Filters_work_without_scripts()
    {
        await using var reader = await host.Browser.NewContextAsync(new() { BaseURL = host.Pages.Address.ToString(), JavaScriptEnabled = false });
        await BrowserHost.SignInAsync(reader, Role.BranchExpert);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/months/2026-10/providers/190140000018?lang=en");

        await page.GetByLabel("Code", new() { Exact = true }).SelectOptionAsync("4.0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("code=4[.]0"));
    }

    [Fact]
    public async Task A_provider_signs_in_with_one_press_sees_its_own_month_and_signs_out_without_scripts()
    {
        await using var reader = await host.Browser.NewContextAsync(new() { BaseURL = host.Pages.Address.ToString(), JavaScriptEnabled = false });
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/?lang=kk");
        await page.GetByRole(AriaRole.Link, new() { Name = "Демо: рөлді таңдап кіру" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Өнім берушінің басшысы" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/office$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Үзінді көшірме", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/months/2026-10/providers/190140000018$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Қағидалар" })).ToHaveCountAsync(0);
        await page.GotoAsync("/months/2026-10");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Бұл бет сізге ашық емес" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Өнім берушінің басшысы" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Шығу" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Жүйеге кіру" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_key_of_the_slash_leads_to_the_search()
    {
        await using var reader = await host.ReaderAsync("kk", theme: "dark");
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/law");

        await page.Keyboard.PressAsync("Slash");
        await page.Keyboard.TypeAsync("190140 000018");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/search"));
        await page.WaitForLoadStateAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Өнім берушінің үзінді көшірмесі" }).First).ToBeVisibleAsync();
    }
}
