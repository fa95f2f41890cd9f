using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Documents;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>Unscheduled monitoring in a real browser: from the ground to the signed conclusion, from its receipt to the answered objection.</summary>
public sealed class VisitTests(VisitHost host)
{
    private static readonly FilePayload Scan = new() { Name = "скан.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 scan"u8.ToArray() };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_employee_goes_from_the_ground_to_the_signed_and_sent_conclusion_with_scripts_and_without(bool scripts)
    {
        await using var reader = await host.ReaderAsync("kk", Role.BranchExpert, scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/monitorings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Мониторинг ашу" }).ClickAsync();
        await page.GetByLabel("БСН немесе атауы").FillAsync("190140000018");
        await page.GetByRole(AriaRole.Button, new() { Name = "Іздеу" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "190140000018" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByText("Сатып алу шартының талаптарын бұзу фактілері анықталған").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        await page.GetByLabel("Негізді растайтын фактілер").FillAsync("4.2-тармақ орындалмаған.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Мониторингті ашу" }).ClickAsync();
        var monitoring = NumberOf(page);

        await page.GetByText("Деректерді тіркеу", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Тіркеу", Exact = true }).ClickAsync();
        await page.GetByText("Құжаттарды сұрату", new() { Exact = true }).First.ClickAsync();
        await page.GetByLabel("Қандай құжаттар керек").FillAsync("К-17/26 картасы");
        await page.GetByRole(AriaRole.Button, new() { Name = "Сұратуды жіберу" }).ClickAsync();
        await Assertions.Expect(page.GetByText("сұратуға жауап").First).ToBeVisibleAsync();
        Assert.Equal("К-17/26 картасы", Assert.Single(host.Pages.Work.Store.MonitoringOf(monitoring)!.Requests).What);

        await page.GetByRole(AriaRole.Link, new() { Name = "Қорытындыны жазу" }).ClickAsync();
        await page.GetByLabel("Өнім беруші басшысының ТАӘ").FillAsync("Басшыев Мұрат Үлгіұлы");
        await page.GetByLabel("Пошталық мекенжайлар").FillAsync("Түркістан қаласы, Үлгі көшесі, 1");
        await page.Locator("#contract-0-number").FillAsync("045/2026");
        await page.Locator("#contract-0-on").FillAsync("2025-12-28");
        await page.Locator("#contract-0-sum").FillAsync("2 500 000");
        await page.Locator("#care").FillAsync("мамандандырылған көмек");
        await page.Locator("#line-0-card").FillAsync("К-17/26");
        await page.Locator("#line-0-person").FillAsync(TrialAuthority.Twelve(TrialAuthority.Iin));
        await page.Locator("#line-0-on").FillAsync("2026-09-03");
        await page.Locator("#line-0-form").SelectOptionAsync("specialist");
        await page.Locator("#line-0-codes").FillAsync("6.2");
        await page.Locator("#line-0-sum").FillAsync("1 000,50");
        await page.Locator("#clause-0-contract").FillAsync("045/2026");
        await page.Locator("#clause-0-clause").FillAsync("4.2");
        await page.Locator("#clause-0-what").FillAsync("көлем орындалмаған");
        await page.Locator("#clause-0-penalty").FillAsync("200,00");
        if (scripts)
        {
            await Assertions.Expect(page.Locator("[data-total]")).ToHaveTextAsync("1\u00a0000,50\u00a0₸");
            await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("К-17/26");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Қол қоюға беру" }).ClickAsync();
        await Assertions.Expect(page.GetByText("11: қорытындылар мен ұсынымдар жазылмаған")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("К-17/26");
        await page.Locator("#recommendations").FillAsync("Ұстап қалу ұсынылады.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қол қоюға беру" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Қол қою", Exact = true }).ClickAsync();
        await page.GetByLabel("Скан (PDF, JPG, PNG)").SetInputFilesAsync(Scan);
        await page.GetByRole(AriaRole.Button, new() { Name = "Қағаздағы қолтаңбаны тіркеу" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Қорытындыны жіберу" }).ClickAsync();

        await Assertions.Expect(page.GetByText("өнім берушіде")).ToBeVisibleAsync();
        var paper = host.Pages.Work.Store.ConclusionOf(NumberOf(page))!;
        Assert.Equal((ConclusionStage.WithProvider, new Money(100_050), Money.OfTenge(200)), (paper.Stage, paper.Current.Withheld, paper.Current.Penalties));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_a_provider_objects_with_a_file_and_reads_the_reply_with_scripts_and_without(bool scripts)
    {
        var id = VisitCases.Received(host.Pages);
        var number = host.Pages.Work.Store.CaseOf(id)!.Number;
        await using var reader = await host.ReaderAsync("kk", Role.ProviderHead, width: 390, height: 844, scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/office/conclusions");
        await page.GetByRole(AriaRole.Link, new() { Name = number, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("24:00-ге дейін қарсылық білдірмесеңіз")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Танысып, қол қою" }).ClickAsync();
        await page.GetByText("Қарсылықтармен таныстым").ClickAsync();
        await page.GetByLabel("Қарсылықтардың тізбесі").FillAsync("К-18/26 бойынша келіспейміз\nАйыпақы негізсіз");
        await page.GetByLabel("Файлды таңдаңыз").SetInputFilesAsync(new FilePayload { Name = "карта.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 card"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Қол қоюға өту" }).ClickAsync();
        await page.GetByLabel("Скан (PDF, JPG, PNG)").SetInputFilesAsync(Scan);
        await page.GetByRole(AriaRole.Button, new() { Name = "Қағаздағы қолтаңбаны тіркеу" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Қағаздағы қолтаңбамен жіберу" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Қарсылықтарыңыз қаралуда")).ToBeVisibleAsync();
        var state = host.Pages.Work.Store.ConclusionOf(id)!;
        Assert.Equal(["К-18/26 бойынша келіспейміз", "Айыпақы негізсіз"], state.Objections);
        Assert.Equal("карта.pdf", Assert.Single(state.ObjectionPapers).Name);

        await using var branch = await host.ReaderAsync("kk", Role.BranchHead, scripts: scripts);
        var desk = await branch.NewPageAsync();
        await desk.GotoAsync($"/conclusions/{id}");
        await desk.GetByLabel("К-18/26 жолын қалдыру").UncheckAsync();
        await desk.GetByRole(AriaRole.Textbox, new() { Name = "негіздеме" }).FillAsync("К-18/26 картада бар.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Шешімді сақтау" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Дәлелді жауапты жіберу" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("жауап жіберілді").First).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Дәлелді жауап келді.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("К-18/26 картада бар.").First).ToBeVisibleAsync();
        Assert.Equal((2, Money.OfTenge(1_000)), (host.Pages.Work.Store.ConclusionOf(id)!.Versions.Count, host.Pages.Work.Store.ConclusionOf(id)!.Applied!.Withheld));
    }

    [Fact]
    public async Task The_reply_to_objections_keeps_itself_starts_from_a_phrase_and_is_gone_once_it_is_decided()
    {
        var id = VisitCases.Objected(host.Pages);
        await using var reader = await host.ReaderAsync("kk", Role.BranchHead);
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"/conclusions/{id}");
        var (reasons, kept) = (page.Locator("#reasons"), page.GetByLabel("К-18/26 жолын қалдыру"));
        await kept.UncheckAsync();
        await page.Locator("#phrase").SelectOptionAsync("kk4");
        await reasons.PressSequentiallyAsync(" К-18/26 бойынша.");
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("сақталды");
        await page.CloseAsync();

        var again = await reader.NewPageAsync();
        await again.GotoAsync($"/conclusions/{id}");
        await Assertions.Expect(again.Locator("#reasons")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^\\S.+\\. К-18/26 бойынша\\.$"));
        await Assertions.Expect(again.GetByLabel("К-18/26 жолын қалдыру")).Not.ToBeCheckedAsync();
        await again.GetByRole(AriaRole.Button, new() { Name = "Шешімді сақтау" }).ClickAsync();
        await Assertions.Expect(again.GetByRole(AriaRole.Button, new() { Name = "Дәлелді жауапты жіберу" })).ToBeVisibleAsync();
        Assert.Equal(ConclusionStage.Considered, host.Pages.Work.Store.ConclusionOf(id)!.Stage);
        Assert.EndsWith("К-18/26 бойынша.", host.Pages.Work.Store.ConclusionOf(id)!.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signing_program_signs_over_the_exact_bytes_and_each_of_its_failures_is_told()
    {
        var id = VisitCases.Conclude(host.Pages, VisitCases.Open(host.Pages));
        host.Pages.Work.Papers.MakeAll();
        await using var reader = await host.ReaderAsync("kk", Role.BranchExpert);
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"/conclusions/{id}/signature");
        var (press, iin) = (page.GetByRole(AriaRole.Button, new() { Name = "NCALayer арқылы қол қою" }), page.Locator("#iin"));
        await press.ClickAsync();
        await Assertions.Expect(page.GetByText("12 сан.")).ToBeVisibleAsync();
        await iin.FillAsync(TrialAuthority.Twelve(TrialAuthority.Iin));

        host.Program.Key = null;
        await press.ClickAsync();
        await Assertions.Expect(page.GetByText("Қол қоюдан бас тартылды.")).ToBeVisibleAsync();

        host.Program.IsStuck = true;
        await page.EvaluateAsync("document.querySelector('[data-sign]').dataset.patience = '0.3'");
        await press.ClickAsync();
        await Assertions.Expect(page.GetByText("NCALayer уақытында жауап бермеді.")).ToBeVisibleAsync();
        host.Program.IsStuck = false;

        // A port on which nothing listens; the page may ask there because its policy names the machine's program alone.
        await page.EvaluateAsync("document.querySelector('[data-sign]').dataset.sign = 'wss://127.0.0.1:9'");
        await press.ClickAsync();
        await Assertions.Expect(page.GetByText("NCALayer жауап бермейді.")).ToBeVisibleAsync();

        await page.ReloadAsync();
        using var wrong = host.Authority.Issue("Басқа Адам", iin: "IIN" + TrialAuthority.Twelve(Enumerable.Range(1, 50).Select(i => IdentityNumber.Make(new(1985, 5, 5), Sex.Female, i)).First(n => n is not null)!.Value.Value));
        host.Program.Key = wrong;
        await iin.FillAsync(TrialAuthority.Twelve(TrialAuthority.Iin));
        await press.ClickAsync();
        await Assertions.Expect(page.GetByText("тиіс ұйымның немесе адамның сертификатымен қойылмаған")).ToBeVisibleAsync();

        using var right = host.Authority.Issue();
        host.Program.Key = right;
        await iin.FillAsync(TrialAuthority.Twelve(TrialAuthority.Iin));
        await press.ClickAsync();
        await Assertions.Expect(page.GetByText("қол қойылды").First).ToBeVisibleAsync();
        Assert.Equal(TrialAuthority.Twelve(TrialAuthority.Iin), host.Program.Asked.GetProperty("args").GetProperty("signerParams").GetProperty("iin").GetString());
        var paper = host.Pages.Work.Papers.ConclusionOf(id)!;
        Assert.Equal(("cms", "Мысалова Әлия Үлгіқызы"), host.Pages.Work.Documents.Signatures(paper.Code, 1).Select(s => (s.Way, s.SignerName)).Single());
        Assert.Equal(ConclusionStage.Signed, host.Pages.Work.Store.ConclusionOf(id)!.Stage);
    }

    [Fact]
    public async Task By_keyboard_alone_a_request_is_answered_with_a_file_and_no_objection_is_signed()
    {
        var monitoring = VisitCases.Open(host.Pages);
        VisitCases.Do(host.Pages, monitoring, new AskForDocuments(host.Pages.Work.Now, VisitCases.Clerk(host.Pages), "Келісімшарт көшірмесі", Channel.System));
        var id = VisitCases.Received(host.Pages);
        await using var reader = await host.ReaderAsync("kk", Role.ProviderHead);
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"/office/monitorings/{monitoring}");
        await page.GetByLabel("Файлды таңдаңыз").SetInputFilesAsync(new FilePayload { Name = "шарт.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 contract"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Құжаттарды жіберу" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("жауап келді")).ToBeVisibleAsync();

        await page.GotoAsync($"/office/conclusions/{id}/answer");
        await page.GetByRole(AriaRole.Radio).First.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қол қоюға өту" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Скан (PDF, JPG, PNG)").SetInputFilesAsync(Scan);
        await page.GetByRole(AriaRole.Button, new() { Name = "Қағаздағы қолтаңбаны тіркеу" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Қағаздағы қолтаңбамен жіберу" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("Қорытынды қарсылықсыз қабылданды.")).ToBeVisibleAsync();
        Assert.Equal(ConclusionStage.Accepted, host.Pages.Work.Store.ConclusionOf(id)!.Stage);
    }

    [Fact]
    public async Task An_outage_counts_only_once_another_person_has_confirmed_it()
    {
        await using var head = await host.ReaderAsync("kk", Role.BranchHead);
        var page = await head.NewPageAsync();
        await page.GotoAsync("/outages");
        var day = Kepil.Fund.Proceedings.LocalDay.Of(host.Pages.Work.Now).AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await page.GetByLabel("Басталуы").FillAsync(day + "T09:00");
        await page.GetByLabel("Аяқталуы").FillAsync(day + "T13:00");
        await page.GetByLabel("Қор хатының нөмірі").FillAsync("17-02/77");
        await page.GetByLabel("Хаттың күні").FillAsync(day);
        await page.GetByLabel("Қай жүйе").FillAsync("Қордың ақпараттық жүйесі");
        await page.GetByLabel("Себебі").FillAsync("желінің ақауы");
        await page.GetByRole(AriaRole.Button, new() { Name = "Енгізу", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Мұны өзіңіз енгіздіңіз")).ToBeVisibleAsync();

        await using var central = await host.ReaderAsync("kk", Role.CentralExpert);
        var second = await central.NewPageAsync();
        await second.GotoAsync(page.Url);
        await second.GetByRole(AriaRole.Button, new() { Name = "Растау", Exact = true }).ClickAsync();

        await Assertions.Expect(second.Locator("tr.current").GetByText("расталды", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static long NumberOf(IPage page) => long.Parse(new Uri(page.Url).Segments[2].TrimEnd('/'), System.Globalization.CultureInfo.InvariantCulture);
}
