using System.Diagnostics;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Reviews;
using Kepil.Fund.Proceedings;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>How a reviewer works through his queue.</summary>
public sealed partial class ReviewTests(BrowserHost host)
{
    [Fact]
    public async Task Twenty_cases_are_decided_by_keyboard_alone_in_two_minutes()
    {
        await using var reader = await host.ReaderAsync("kk", user: host.Expert.Id);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/desk");
        var before = await page.Locator("tr[data-case]").CountAsync();
        var started = Stopwatch.StartNew();

        for (var i = 0; i < 20; i++)
        {
            var id = await page.Locator("#panes").GetAttributeAsync("data-case");
            await page.Keyboard.PressAsync(i % 2 == 0 ? "Digit1" : "Digit4");
            await page.Keyboard.PressAsync(i % 2 == 0 ? "KeyA" : "KeyR");
            await DecidedAsync(page, id);
        }

        Assert.True(started.Elapsed < TimeSpan.FromMinutes(2), $"It took {started.Elapsed}.");
        await Assertions.Expect(page.Locator("tr[data-case]")).ToHaveCountAsync(before - 20);
        Assert.Equal(20, host.Decided(host.Expert));
    }

    [Fact]
    public async Task The_keys_move_select_write_undo_and_can_be_switched_off()
    {
        await using var reader = await host.ReaderAsync("kk", user: host.OtherExpert.Id);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/desk");
        var first = await page.Locator("#panes").GetAttributeAsync("data-case");

        await page.Keyboard.PressAsync("KeyJ");
        await Assertions.Expect(page.Locator("#panes")).Not.ToHaveAttributeAsync("data-case", first!);
        await page.Keyboard.PressAsync("KeyK");
        await Assertions.Expect(page.Locator("#panes")).ToHaveAttributeAsync("data-case", first!);
        await page.Keyboard.PressAsync("KeyX");
        await Assertions.Expect(page.Locator($"tr[data-case='{first}'] input[name=case]")).ToBeCheckedAsync();

        // Without reasons the key leads to the field, and there letters are letters.
        await page.Keyboard.PressAsync("KeyA");
        await page.Keyboard.TypeAsync("azrjk");
        await Assertions.Expect(page.Locator("#reasons")).ToHaveValueAsync("azrjk");
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("Жоба");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("KeyR");
        await DecidedAsync(page, first);
        await page.Keyboard.PressAsync("KeyZ");
        await Assertions.Expect(page.Locator("#panes")).ToHaveAttributeAsync("data-case", first!);
        await Assertions.Expect(page.Locator("#reasons")).ToHaveValueAsync("azrjk");

        await KeysAreReadAsync(page);
        await page.Keyboard.PressAsync("Shift+Slash");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Пернелер қосулы").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жабу" }).ClickAsync();
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("KeyA");
        await Assertions.Expect(page.Locator($"tr[data-case='{first}']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_draft_survives_the_end_of_the_browser()
    {
        string? id;
        await using (var reader = await host.ReaderAsync("kk", user: host.OtherExpert.Id))
        {
            var page = await reader.NewPageAsync();
            await page.GotoAsync("/desk");
            id = await page.Locator("tr[data-case]").Last.GetAttributeAsync("data-case");
            await page.Locator($"tr[data-case='{id}'] a").First.ClickAsync();
            await Assertions.Expect(page.Locator("#panes")).ToHaveAttributeAsync("data-case", id!);
            await page.Locator("#reasons").FillAsync("Жартылай жазылған негіздеме");
            await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("сақталды");
        }

        await using var again = await host.ReaderAsync("kk", user: host.OtherExpert.Id);
        var opened = await again.NewPageAsync();
        await opened.GotoAsync($"/desk/{id}");
        await Assertions.Expect(opened.Locator("#reasons")).ToHaveValueAsync("Жартылай жазылған негіздеме");
    }

    [Fact]
    public async Task Without_scripts_a_case_is_opened_decided_with_a_phrase_and_undone()
    {
        await using var reader = await host.Browser.NewContextAsync(new() { BaseURL = host.Pages.Address.ToString(), JavaScriptEnabled = false });
        await BrowserHost.SignInAsync(reader, host.OtherExpert.Id);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/desk?view=first&lang=kk");
        var id = await page.Locator("tr[data-case]").Nth(2).GetAttributeAsync("data-case");
        await page.Locator($"tr[data-case='{id}'] a").ClickAsync();

        await page.GetByLabel("Дайын сөйлем таңдау").SelectOptionAsync("kk2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Растау" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("view=first"));
        await Assertions.Expect(page.Locator($"tr[data-case='{id}']")).ToHaveCountAsync(0);
        await page.Locator(".waiting").GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(page.Locator("#reasons")).ToHaveValueAsync("Қарсылықта анықталған фактіні жоққа шығаратын дерек келтірілмеген.");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/desk/{id}[?]view=first&said=undone$"));
    }

    [Fact]
    public async Task Panes_stand_beside_each_other_as_the_window_allows_and_a_case_is_one_line()
    {
        await using var reader = await host.ReaderAsync("kk", user: host.OtherExpert.Id);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/desk");
        var shown = new List<int>();
        foreach (var width in new[] { 1600, 1366, 390 })
        {
            await page.SetViewportSizeAsync(width, 768);
            shown.Add(await page.EvaluateAsync<int>(
                "new Set([...document.querySelectorAll('.panes .list, .panes .calc, .panes .proof')].filter(e => e.offsetParent !== null).map(e => Math.round(e.getBoundingClientRect().left))).size"));
        }

        Assert.Equal([3, 2, 1], shown);
        await page.SetViewportSizeAsync(1366, 768);
        Assert.InRange(await page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('tr[data-case]')].map(r => Math.round(r.getBoundingClientRect().height)))"), 24, 33);
    }

    [Theory]
    [InlineData(1600, true)]
    [InlineData(390, false)]
    public async Task Files_of_the_objection_are_looked_at_beside_the_decision_and_on_a_phone_below_without_leaving_the_case(int width, bool scripts)
    {
        var (scan, letter) = await FilesAsync();
        var acts = new ProviderActs(host.Pages.Folder, ReviewCases.StoreOf(host.Pages));
        var id = ReviewCases.Open(host.Pages, 1, width == 390 ? 70 : 71)[0];
        ReviewCases.Object(host.Pages, [id], acts.Keep("карта.png", scan, null, false), acts.Keep("хат.pdf", letter, null, false));
        await using var reader = await host.ReaderAsync("kk", user: ReviewCases.StoreOf(host.Pages).Find(id)!.Reviewer, width: width, scripts: scripts);
        var page = await reader.NewPageAsync();
        var loud = new List<string>();
        page.Console += (_, message) => loud.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync($"/desk/{id}");
        await page.Locator(".proof details.picture summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".proof img[alt='карта.png']").First).ToHaveJSPropertyAsync("naturalWidth", 40);
        var frame = page.Locator(".proof iframe[title='хат.pdf']").First;
        async Task OpenAsync()
        {
            await page.Locator(".proof details.picture summary").Nth(1).ClickAsync();
            await frame.ScrollIntoViewIfNeededAsync();
        }

        if (scripts)
        {
            var answer = await page.RunAndWaitForResponseAsync(OpenAsync, r => r.Headers.GetValueOrDefault("content-type") == "application/pdf");
            Assert.Equal((200, "nosniff"), (answer.Status, answer.Headers["x-content-type-options"]));
        }
        else
        {
            await OpenAsync();
            // Many a phone shows no PDF in a page: the file is a link in the same place.
            var file = await page.RunAndWaitForDownloadAsync(() => page.Locator(".proof .papers li").Filter(new() { HasText = "хат.pdf" }).First.Locator("a").ClickAsync());
            Assert.Equal("хат.pdf", file.SuggestedFilename);
        }

        // Beside the decision where there is room, and never wider than the window.
        var (one, other) = ((await frame.BoundingBoxAsync())!, (await page.Locator("#reasons").BoundingBoxAsync())!);
        Assert.True(width == 390 || one.X > other.X);
        Assert.True(one.X + one.Width <= width);
        if (width == 390)
        {
            // On a phone it lies above or under the decision, over the column.
            Assert.True(one.Y > other.Y + other.Height || one.Y + one.Height < other.Y);
            Assert.InRange(one.Width, 280, 390);
        }

        Assert.EndsWith($"/desk/{id}", page.Url, StringComparison.Ordinal);
        Assert.Empty(loud);
    }

    /// <summary>A picture of 40 by 30 points and a printed page.</summary>
    private async Task<(byte[] Picture, byte[] Printed)> FilesAsync()
    {
        await using var reader = await host.ReaderAsync("kk");
        var page = await reader.NewPageAsync();
        return (await page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 40, Height = 30 } }), await page.PdfAsync());
    }

    /// <summary>Waits until the next page stands there after a decision, and listens.</summary>
    private static async Task DecidedAsync(IPage page, string? id)
    {
        await Assertions.Expect(page.Locator($"tr[data-case='{id}']")).ToHaveCountAsync(0);
        await KeysAreReadAsync(page);
    }

    /// <summary>The button that explains the keys is shown by the script which reads them.</summary>
    private static Task KeysAreReadAsync(IPage page) => Assertions.Expect(page.Locator(".keys-help")).ToBeVisibleAsync();
}
