using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Purchase;
using Kepil.Law;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>How a central expert and the head of a provider walk through a campaign of the purchase, both without scripts.</summary>
public sealed class PurchaseTests(BrowserHost host)
{
    [Fact]
    public async Task A_central_expert_opens_a_campaign_from_a_file_and_sees_why_a_share_is_what_it_is()
    {
        await using var reader = await host.ReaderAsync("kk", Role.CentralExpert, scripts: false);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/purchase");

        await page.GetByLabel("Өтінімнің бірінші күні").FillAsync("2039-11-01");
        await page.GetByLabel("Өтінімнің соңғы күні").FillAsync("2039-11-20");
        await page.GetByLabel("Жыл", new() { Exact = true }).FillAsync("2040");
        await page.GetByLabel("Талаптар").FillAsync("лицензия");
        await page.GetByLabel("Жоспар файлы (XLSX)").SetInputFilesAsync(File(new PlannedPurchase(1, "61", CareForm.Drg, "mams", null, 10, new(1_000)), new(2, "99", CareForm.Drg, "mams", null, 10, new(1_000))));
        await page.GetByRole(AriaRole.Button, new() { Name = "Науқан ашу" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "A3" })).ToContainTextAsync("Мұндай өңір жоқ");

        await page.GetByLabel("Жоспар файлы (XLSX)").SetInputFilesAsync(File(new PlannedPurchase(1, "61", CareForm.Drg, "mams", null, 10, new(1_000))));
        await page.GetByRole(AriaRole.Button, new() { Name = "Науқан ашу" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("2040 жылдың науқаны");
        await Assertions.Expect(page.GetByText("ашылуы расталмаған")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Науқанның ашылуын растау" })).ToHaveCountAsync(0);

        await page.GotoAsync("/purchase/1/shares");
        await page.GetByRole(AriaRole.Table, new() { Name = "Бөлу" }).GetByRole(AriaRole.Link, new() { Name = "1", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Үлестің қадамдары" }).First).ToContainTextAsync("18-тармақ");
    }

    [Fact]
    public async Task The_head_of_a_provider_applies_and_is_told_what_is_missing()
    {
        await using var reader = await host.ReaderAsync("kk", Role.ProviderHead, scripts: false);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/office/purchase");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("№ 2$") }).ClickAsync();

        await page.GetByLabel("Жоспардың жолы").SelectOptionAsync("1");
        await page.GetByLabel("Базаның КАТО коды").FillAsync("711010000");
        await page.GetByLabel("Қуаты").FillAsync("250000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Өтінім беру" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("61 басталатын тоғыз цифр");

        await page.GetByLabel("Базаның КАТО коды").FillAsync("611010000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Өтінім беру" }).ClickAsync();
        var own = page.GetByRole(AriaRole.Table, new() { Name = "Өз өтінімдеріңіз" });
        await Assertions.Expect(own.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByText("2-жол: Лицензия")).ToBeVisibleAsync();

        await page.GotoAsync("/office/purchase/1");
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Үлестің қадамдары" }).First).ToContainTextAsync("Тіркелген халық");
    }

    private static FilePayload File(params PlannedPurchase[] plan) => new() { Name = "plan.xlsx", MimeType = FindingSheet.XlsxType, Buffer = PlanFile.Of(plan, LawBook.Open(), PageLanguage.Kazakh, []).ToXlsx() };
}
