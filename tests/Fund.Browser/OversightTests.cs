using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>The pages of those who watch over the work, before a real browser.</summary>
public sealed class OversightTests(WatchHost host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_head_hands_a_review_over_with_a_second_person_with_and_without_scripts(bool scripts)
    {
        var store = host.Pages.Services.GetRequiredService<ProceedingStore>();
        var review = store.OpenReviews().Where(r => r.Region == "62").Skip(scripts ? 1 : 2).First();
        await using var first = await host.ReaderAsync("kk", Role.CentralExpert, scripts: scripts);
        var page = await first.NewPageAsync();
        await page.GotoAsync($"/board?case={review.Id}");
        await page.GetByLabel("Себебі", new() { Exact = true }).FillAsync("Қызметкер ауырып қалды");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қайта бөлуді сұрау" }).ClickAsync();
        await Assertions.Expect(page.GetByText("енді оны екінші адам растайды")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Растау, № {review.Id}", Exact = true })).ToHaveCountAsync(0);

        host.Round();
        var second = host.Second;
        Assert.Contains(host.Pages.Services.GetRequiredService<InboxStore>().Of(second, 100), n => n.Kind == NoteKind.HandoverWaits && n.CaseId == review.Id);
        await using var other = await host.ReaderAsync("kk", user: second, scripts: scripts);
        var confirming = await other.NewPageAsync();
        await confirming.GotoAsync("/board");
        await confirming.GetByRole(AriaRole.Button, new() { Name = $"Растау, № {review.Id}", Exact = true }).ClickAsync();

        await Assertions.Expect(confirming.GetByText("Іс қайта бөлінді.")).ToBeVisibleAsync();
        Assert.NotEqual(review.Reviewer, store.Find(review.Id)!.Reviewer);
    }

    [Fact]
    public async Task Silence_about_conclusions_that_is_held_back_stands_on_the_board_of_a_branch_and_is_let_go_on_by_the_central_office()
    {
        await using var branch = await host.ReaderAsync("kk", Role.BranchHead);
        var own = await branch.NewPageAsync();
        await own.GotoAsync("/board");
        await Assertions.Expect(own.GetByText("Үнсіздік 6 қорытындының 6 бірден қабылдатар еді.")).ToBeVisibleAsync();
        await Assertions.Expect(own.GetByRole(AriaRole.Button, new() { Name = "Қабылдауды жалғастыру" })).ToHaveCountAsync(0);

        await using var central = await host.ReaderAsync("kk", Role.CentralExpert);
        var page = await central.NewPageAsync();
        await page.GotoAsync("/board");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қабылдауды жалғастыру" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Үнсіздікпен қабылдау жалғастырылды")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("бірден қабылдатар еді")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_head_of_a_branch_records_what_the_state_body_found_on_a_mothers_death_without_scripts()
    {
        await using var reader = await host.ReaderAsync("kk", Role.BranchHead, scripts: false);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/board");
        var form = page.Locator("form", new() { Has = page.GetByRole(AriaRole.Button, new() { Name = "мониторинг жүргізілмейді" }) });
        await form.GetByLabel("Себебі").FillAsync("Мемлекеттік орган қарап бітті");
        await form.GetByRole(AriaRole.Button, new() { Name = "мониторинг жүргізілмейді" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Нәтиже енгізілді.")).ToBeVisibleAsync();
        Assert.DoesNotContain(host.Pages.Services.GetRequiredService<ProceedingStore>().OfFund(null, 10), r => r.Stage == "held");
    }

    [Fact]
    public async Task Notes_are_read_and_the_number_in_the_head_of_the_page_goes_down_without_scripts()
    {
        host.Round();
        await using var reader = await host.ReaderAsync("kk", user: host.Second, scripts: false);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/inbox");
        await page.GetByRole(AriaRole.Button, new() { Name = "Барлығын оқылды деп белгілеу" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Оқылмаған: 0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Мекенжай алу" }).ClickAsync();
        await Assertions.Expect(page.Locator(".key-text")).ToHaveTextAsync(new Regex(@"/calendar/[0-9a-f]{64}\.ics\s*$"));
    }
}
