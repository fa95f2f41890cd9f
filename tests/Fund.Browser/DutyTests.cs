using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Duties;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>What a branch owes, in a real browser: an expert goes from the list through each page.</summary>
public sealed class DutyTests(VisitHost host)
{
    private const string Bin = "190140000018";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expert_reports_a_finding_sends_a_letter_and_tells_of_a_latent_defect_with_scripts_and_without(bool scripts)
    {
        var place = scripts ? 20 : 30;
        var proceeding = DutyCases.Show(host.Pages, place);
        var conclusion = DutyCases.Above(host.Pages);
        await using var reader = await host.ReaderAsync("kk", Role.BranchExpert, scripts: scripts);
        var page = await reader.NewPageAsync();

        await page.GotoAsync($"/duties/measures/{proceeding}");
        await page.GetByLabel("Неліктен шара қажет").FillAsync("лицензиясыз көмек");
        await page.GetByRole(AriaRole.Button, new() { Name = "Белгілеп, ақпаратты ашу" }).ClickAsync();
        var report = NumberOf(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ақпаратты дайындау" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жіберілгенін белгілеу" }).ClickAsync();
        await page.GetByLabel("Кіріс нөмірі").FillAsync("ДБ-17");
        await page.GetByRole(AriaRole.Button, new() { Name = "Белгілеу", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("алынғаны расталды").First).ToBeVisibleAsync();
        Assert.Equal((ReportStage.Acknowledged, "ДБ-17"), (host.Pages.Work.Store.ReportOf(report)!.Stage, host.Pages.Work.Store.ReportOf(report)!.AcknowledgedBy));

        var number = host.Pages.Work.Store.CaseOf(conclusion)!.Number;
        await page.GotoAsync("/duties?kind=letter");
        await page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        var letter = page.GetByRole(AriaRole.Article).Filter(new() { HasText = number });
        await letter.GetByText("Хаттың жіберілгенін белгілеу").ClickAsync();
        await letter.GetByRole(AriaRole.Button, new() { Name = "Белгілеу", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = number }).GetByText("жіберілді")).ToBeVisibleAsync();
        Assert.NotNull(host.Pages.Work.Store.LetterOf(number)!.SentAt);

        await page.GetByRole(AriaRole.Link, new() { Name = "Жасырын кемшілікті тіркеу" }).ClickAsync();
        await page.GetByLabel("Шот-тізілім жолының нөмірі").FillAsync(DutyCases.Line(host.Pages, place + 1).Line);
        await page.GetByRole(AriaRole.Button, new() { Name = "Қызметті табу" }).ClickAsync();
        await page.GetByLabel("Бірыңғай сыныптама коды").SelectOptionAsync("6.2");
        await page.GetByLabel("Ақы төленген күн").FillAsync(host.Pages.Work.Terms.Today.AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Сыныптама бойынша ұсталатын сома").FillAsync("1 000,50");
        await page.GetByLabel("Не анықталды").FillAsync("картада жазба жоқ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Тіркеу", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByText("Шарттың талаптары орындалмаған").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Тіркеу", Exact = true }).ClickAsync();
        var latent = NumberOf(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Өнім берушіге хабарлау" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Мониторинг ашу" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Шара мониторингте қолданылады:")).ToBeVisibleAsync();
        Assert.Equal(LatentStage.InMonitoring, host.Pages.Work.Store.LatentOf(latent)!.Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expert_writes_the_conclusions_of_annexes_5_and_3_beside_their_forms_with_scripts_and_without(bool scripts)
    {
        var (place, contract) = scripts ? (22, "C-22") : (32, "C-32");
        var death = DutyCases.DeathOf(host.Pages, place);
        DutyCases.Open(host.Pages, place + 1, contract);
        await using var reader = await host.ReaderAsync("kk", Role.BranchExpert, scripts: scripts);
        var page = await reader.NewPageAsync();

        await page.GotoAsync("/duties?kind=death");
        await page.Locator($"a[href='/deaths/{death}']").ClickAsync();
        await page.Locator("#department").FillAsync("реанимация бөлімшесі");
        if (scripts)
        {
            await page.Locator("#anamnesis").PressSequentiallyAsync("ауыр");
            await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("реанимация бөлімшесі");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Қорытындыны жасау" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("реанимация бөлімшесі");
        foreach (var field in new[] { "anamnesis", "examination", "investigations", "plan", "conclusions", "recommendations" })
        {
            await page.Locator("#" + field).FillAsync("жазба: " + field);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Қорытындыны жасау" }).ClickAsync();
        await Assertions.Expect(page.GetByText("5-қосымша бойынша қорытынды жасалды.")).ToBeVisibleAsync();
        Assert.NotNull(host.Pages.Work.Deaths.PaperOf(death));

        await page.GotoAsync($"/providers/{Bin}/limits");
        await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = contract }).GetByRole(AriaRole.Link, new() { Name = "Қорытынды жазу" }).ClickAsync();
        await page.Locator("#head").FillAsync("Басшыев Мұрат Үлгіұлы");
        await page.Locator("#addresses").FillAsync("Түркістан қаласы, Үлгі көшесі, 1");
        await page.Locator("#contract-0-on").FillAsync("2025-12-28");
        await page.Locator("#contract-0-sum").FillAsync("2 500 000");
        await page.Locator("#care").FillAsync("мамандандырылған көмек");
        await page.Locator("#recommendations").FillAsync("Ұстап қалу ұсынылады.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қол қоюға беру" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Қол қою", Exact = true })).ToBeVisibleAsync();
        Assert.Equal(ConclusionForm.UnconfirmedCases, host.Pages.Work.Store.ConclusionOf(NumberOf(page))!.Head.Form);
    }

    private static long NumberOf(IPage page) => long.Parse(new Uri(page.Url).Segments[^1].TrimEnd('/'), CultureInfo.InvariantCulture);
}
