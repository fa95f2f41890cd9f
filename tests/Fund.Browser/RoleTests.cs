using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Tests.Duties;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>The work of those who have neither queue nor office, in a real browser with scripts and without: methodologist, auditor, administrator, lawyer, and whoever opens data outside cases.</summary>
public sealed class RoleTests(WatchHost watch, VisitHost visits)
{
    private static readonly string Classification = Path.Combine(Kepil.Law.LawFolder.FindAbove(AppContext.BaseDirectory), "classification");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_methodologist_proposes_a_list_which_another_approves_and_compares_a_new_edition(bool scripts)
    {
        await using var reader = await watch.ReaderAsync("kk", Role.Methodologist, scripts: scripts);
        var page = await reader.NewPageAsync();
        // A list waits for one change at a time.
        var (list, row) = scripts ? ("data_limits", "journey_limit,5,2027-01-01,9999-12-31,a trial") : ("once_a_day", "Z99.999.001,2027-01-01,9999-12-31,a trial");
        await page.GotoAsync("/lists/" + list);
        var text = page.Locator("#text");
        await text.FillAsync((await text.InputValueAsync()).TrimEnd() + "\n" + row + "\n");
        await page.Locator("#reason").FillAsync("2027 жылға арналған № 7 бұйрық");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ұсыну", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Өзіңіз ұсынғансыз: басқа адам бекітеді.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("pre.come")).ToContainTextAsync(row);

        await using var other = await watch.ReaderAsync("kk", Role.CentralExpert, scripts: scripts);
        var second = await other.NewPageAsync();
        await second.GotoAsync(new Uri(page.Url).AbsolutePath);
        await second.GetByRole(AriaRole.Button, new() { Name = "Бекіту" }).ClickAsync();
        await Assertions.Expect(second.GetByText("бекітілді").First).ToBeVisibleAsync();
        Assert.Contains(row, await File.ReadAllTextAsync(Path.Combine(watch.Pages.PackFolder, "lists", list + ".csv"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // A new edition in which code 5.0 weighs less and 14.0 is gone.
        var table = (await File.ReadAllTextAsync(Path.Combine(Classification, "2025-08-01.csv"), TestContext.Current.CancellationToken)).Split('\n')
            .Where(l => !l.StartsWith("14.0,", StringComparison.Ordinal)).Select(l => l.StartsWith("5.0,", StringComparison.Ordinal) ? l.Replace("300%", "200%", StringComparison.Ordinal) : l);
        await page.GotoAsync("/editions");
        await page.Locator("#page").SetInputFilesAsync(Path.Combine(Classification, "2025-08-01.yaml"));
        await page.Locator("#table").SetInputFilesAsync(new FilePayload { Name = "table.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', table)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Салыстыру" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "14.0" }).First).ToContainTextAsync("код алынды");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "200%" }).First).ToContainTextAsync("300%");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Қозғалатын қағидалар мен мысалдар" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Data_opened_outside_cases_are_found_by_the_auditor_and_reviewed_and_the_chain_is_checked(bool scripts)
    {
        var (person, why) = (watch.Named("PERSON"), scripts ? "Соттың № 4 ұйғарымы бойынша" : "Соттың № 5 ұйғарымы бойынша");
        await using var expert = await watch.ReaderAsync("kk", Role.BranchExpert, scripts: scripts);
        var opening = await expert.NewPageAsync();
        await opening.GotoAsync("/access");
        await opening.Locator("#person").FillAsync(person);
        await opening.Locator("#reason").FillAsync(why);
        await opening.GetByRole(AriaRole.Button, new() { Name = "Ашу", Exact = true }).ClickAsync();
        await Assertions.Expect(opening.GetByRole(AriaRole.Heading, new() { Name = "Адамға ұсынылған қызметтер" })).ToBeVisibleAsync();

        await using var head = await watch.ReaderAsync("kk", Role.CentralExpert, scripts: scripts);
        var review = await head.NewPageAsync();
        await review.GotoAsync(new Uri(opening.Url).AbsolutePath);
        await review.GetByRole(AriaRole.Button, new() { Name = "Қорытындыны жазу" }).ClickAsync();
        await Assertions.Expect(review.GetByText("негізді").First).ToBeVisibleAsync();

        await using var reader = await watch.ReaderAsync("kk", Role.Auditor, scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/journal");
        await page.Locator("#person").FillAsync(person);
        await page.GetByRole(AriaRole.Button, new() { Name = "Іздеу", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.GetByText(why).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Тізбекті тексеру" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Тізбек бүтін")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lawyer_tells_signs_of_a_crime_and_the_central_office_ends_a_contract(bool scripts)
    {
        var (conclusion, contract) = (VisitCases.Received(visits.Pages), scripts ? "C-77" : "C-78");
        visits.Pages.Work.Limits.Run();
        var number = visits.Pages.Work.Store.CaseOf(conclusion)!.Number;
        await using var reader = await visits.ReaderAsync("kk", Role.Lawyer, scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/providers/190140000018/limits");
        var deed = page.Locator("details.deed").Filter(new() { Has = page.GetByText(new Regex($"Белгілер бар.*№ {number}$")) });
        await deed.Locator("summary").ClickAsync();
        await deed.GetByLabel("Негіздеме").FillAsync("Карталар қолдан жасалған.");
        await deed.GetByRole(AriaRole.Button, new() { Name = "Белгілерді тіркеу" }).ClickAsync();
        await Assertions.Expect(deed).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Article).Filter(new() { Has = page.Locator($"a[href='/conclusions/{conclusion}']") })).ToContainTextAsync("Қылмыстық құқық бұзушылық белгілері");

        await using var central = await visits.ReaderAsync("kk", Role.CentralExpert, scripts: scripts);
        var second = await central.NewPageAsync();
        await second.GotoAsync("/providers/190140000018/limits");
        var ending = second.Locator(".ending").Filter(new() { HasText = contract });
        await ending.Locator("summary").ClickAsync();
        await ending.Locator("textarea").FillAsync("Шек екі айда асты.");
        await ending.GetByRole(AriaRole.Button, new() { Name = "Шартты мерзімінен бұрын бұзу" }).ClickAsync();
        await Assertions.Expect(ending.GetByText("Шек екі айда асты.")).ToBeVisibleAsync();
        await Assertions.Expect(ending.Locator("details")).ToHaveCountAsync(0);
        Assert.Equal("Шек екі айда асты.", visits.Pages.Work.Store.EndingOf(DutyCases.Provider, contract)!.Reasons);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_administrator_comes_in_by_the_code_sets_a_second_factor_and_lets_others_in(bool scripts)
    {
        await using var pages = await PagesHost.StartAsync(empty: true, demo: false);
        await using var reader = await watch.Browser.NewContextAsync(new() { BaseURL = pages.Address.ToString(), JavaScriptEnabled = scripts });
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/first-start?lang=kk");
        await page.Locator("#code").FillAsync(pages.Desk.NewFirstCode());
        await page.Locator("#full").FillAsync("Алғашқы Әкімші");
        await page.Locator("#name").FillAsync("admin");
        await page.Locator("#password").FillAsync("Құпия-сөз-2026-ұзын");
        await page.GetByRole(AriaRole.Button, new() { Name = "Әкімшіні жасау" }).ClickAsync();
        var secret = (await page.Locator("strong.id").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#code").FillAsync(Totp.CodeOf(secret, Totp.StepAt(pages.Desk.Clock.GetUtcNow())));
        await page.GetByRole(AriaRole.Button, new() { Name = "Орнату" }).ClickAsync();

        await page.GotoAsync("/users");
        await page.Locator("#full").FillAsync("Заңгерова Айша");
        await page.Locator("#name").FillAsync("lawyer");
        await page.Locator("#role").SelectOptionAsync("Lawyer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Пайдаланушы қосу" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Бір реттік құпиясөз.")).ToBeVisibleAsync();
        var once = await page.Locator("[role=status] strong.id").InnerTextAsync();

        // The one who was let in must choose a password of his own before anything else opens.
        await using var second = await watch.Browser.NewContextAsync(new() { BaseURL = pages.Address.ToString(), JavaScriptEnabled = scripts });
        var own = await second.NewPageAsync();
        await own.GotoAsync("/sign-in?lang=kk");
        await own.GetByLabel("Кіру аты").FillAsync("lawyer");
        await own.GetByLabel("Құпиясөз").FillAsync(once);
        await own.GetByRole(AriaRole.Button, new() { Name = "Кіру", Exact = true }).ClickAsync();
        await own.GotoAsync("/monitorings");
        Assert.DoesNotContain("/monitorings", own.Url, StringComparison.Ordinal);

        await page.GotoAsync("/keys");
        await page.Locator("#provider").FillAsync("190140000018");
        await page.Locator("#name").FillAsync("МАЖ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Кілт жасау" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Кілтті қазір көшіріп алыңыз")).ToBeVisibleAsync();
    }
}
