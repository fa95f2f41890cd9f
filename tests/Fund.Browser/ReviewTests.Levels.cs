using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Reviews;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>The central office decides at the desk, and a decision without a mouse.</summary>
public sealed partial class ReviewTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_central_office_confirms_a_finding_which_the_second_review_released(bool scripts)
    {
        var id = ReviewCases.Open(host.Pages, 1, scripts ? 74 : 75)[0];
        ReviewCases.ToCentral(host.Pages, [id]);
        var state = ReviewCases.StoreOf(host.Pages).Find(id)!;
        Assert.Equal((Stage.CentralReview, Role.CentralExpert), (state.Stage, host.Pages.Desk.Find(state.Reviewer)!.Role));

        await DecideAtDeskAsync(id, state.Reviewer, "central", scripts);
    }

    [Fact]
    public async Task By_tab_alone_a_case_is_chosen_given_reasons_and_confirmed()
    {
        await using var reader = await host.ReaderAsync("kk", user: host.OtherExpert.Id);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/desk");
        var row = page.Locator("tr[data-case]").Nth(3);
        var id = await row.GetAttributeAsync("data-case");

        await page.TabToAsync(row.Locator("a").First);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#panes")).ToHaveAttributeAsync("data-case", id!);
        await page.TabToAsync(page.Locator("#phrase"));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.TabToAsync(page.Locator("#reasons"));
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" Карта қаралды.");
        await page.TabToAsync(page.Locator(".decision button[value=confirm]"));
        await page.Keyboard.PressAsync("Enter");

        await DecidedAsync(page, id);
        Assert.Contains(ReviewCases.StoreOf(host.Pages).WaitingOf(host.OtherExpert.Id), w => w.ProceedingId == long.Parse(id!, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The one with whom a case lies finds it in his view, confirms the finding with reasons and sees it go.</summary>
    private async Task DecideAtDeskAsync(long id, long reviewer, string view, bool scripts)
    {
        await using var reader = await host.ReaderAsync("kk", user: reviewer, scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"/desk?view={view}");
        await page.Locator($"tr[data-case='{id}'] a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#panes")).ToHaveAttributeAsync("data-case", $"{id}");
        await page.Locator("#reasons").FillAsync("Екі шешім мен құжаттар қаралды: қызмет расталмайды.");
        await page.Locator(".decision button[value=confirm]").ClickAsync();
        await Assertions.Expect(page.Locator($"tr[data-case='{id}']")).ToHaveCountAsync(0);
        Assert.Contains(ReviewCases.StoreOf(host.Pages).WaitingOf(reviewer), w => w.ProceedingId == id);
    }
}
