using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>Those who decide above the first review, and a decision without a mouse.</summary>
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_head_decides_where_two_looks_at_a_release_differ(bool scripts)
    {
        foreach (var region in new[] { "10", "35" })
        {
            if (host.Pages.Desk.Users().All(u => u.SignInName != "head-" + region))
            {
                host.Pages.Desk.Add("system", new DeskUser { SignInName = "head-" + region, NormalName = "HEAD-" + region, FullName = "Ғалым Басшы " + region, Role = Role.BranchHead, Region = region, Stamp = "head-" + region, IsDemo = true });
            }
        }

        var (id, store) = (ReviewCases.Open(host.Pages, 1, scripts ? 76 : 77)[0], ReviewCases.StoreOf(host.Pages));
        using (var db = store.Context())
        {
            // So large a release is always looked at again.
            await db.Proceedings.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.AtRisk, 200_000_000), TestContext.Current.CancellationToken);
        }

        ReviewCases.Object(host.Pages, [id]);
        ReviewCases.Decide(host.Pages, id, true, "Жазба қызметті растайды.");
        ReviewCases.Decide(host.Pages, id, false, "Жазба қызметті растамайды.");
        var state = store.Find(id)!;
        Assert.Equal((Stage.HeadDecision, Role.BranchHead), (state.Stage, host.Pages.Desk.Find(state.Reviewer)!.Role));

        await DecideAtDeskAsync(id, state.Reviewer, "looks", scripts);
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
        using var db = ReviewCases.StoreOf(host.Pages).Context();
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
        await page.Locator("#reasons").FillAsync("Екі пікір мен құжаттар қаралды: қызмет расталмайды.");
        await page.Locator(".decision button[value=confirm]").ClickAsync();
        await Assertions.Expect(page.Locator($"tr[data-case='{id}']")).ToHaveCountAsync(0);
        Assert.Contains(ReviewCases.StoreOf(host.Pages).WaitingOf(reviewer), w => w.ProceedingId == id);
    }
}
