using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Microsoft.Playwright;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>The provider's office in a real browser: with scripts and without, on a phone, by keyboard.</summary>
public sealed class OfficeTests(OfficeHost host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_a_provider_objects_from_the_inbox_to_the_receipt_with_scripts_and_without(bool scripts)
    {
        await using var reader = await host.ReaderAsync("kk", width: 390, height: 844, scripts: scripts);
        var page = await reader.NewPageAsync();
        var id = Open();
        await page.GotoAsync(FormattableString.Invariant($"/office?view=answer&q={id}"));
        await page.GetByRole(AriaRole.Link, new() { Name = FormattableString.Invariant($"№ {id} іс") }).ClickAsync();
        await Assertions.Expect(page.GetByText("24:00-ге дейін үнсіз қалсаңыз: расталады")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Қарсылық беру" }).ClickAsync();
        await page.GetByText("Қызмет көрсетілген, ол бастапқы").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        await page.GetByLabel("Дәлелді негіздемеңізді жазыңыз").FillAsync("Жазба 5 қазандағы картада, 3-бетте.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        // With scripts the field speaks the language of the page, whatever that of the browser.
        await Assertions.Expect(page.Locator(".file-field .told")).ToHaveTextAsync(scripts ? ["файл таңдалмаған"] : Array.Empty<string>());
        await page.GetByLabel("Файлды таңдаңыз").SetInputFilesAsync(new FilePayload { Name = "карта.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 card"u8.ToArray() });
        await Assertions.Expect(page.Locator(".file-field .told")).ToHaveTextAsync(scripts ? ["карта.pdf"] : Array.Empty<string>());
        await page.GetByRole(AriaRole.Button, new() { Name = "Файлды қосу" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        await Assertions.Expect(page.GetByText("карта.pdf")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жіберу", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByText("Қарсылық тіркелді.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Келген сәті")).ToBeVisibleAsync();
        Assert.Equal("карта.pdf", Assert.Single(host.Cases.Store.History(id).OfType<ObjectionFiled>()).Papers.Single().Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clerk_hands_in_a_register_reads_what_was_found_and_objects_with_a_file(bool scripts)
    {
        await using var reader = await host.ReaderAsync("kk", Role.ProviderClerk, scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/office");
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Шот-тізілім" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/office/registers$"));
        byte[] file = [.. OfficeHost.Register(), .. System.Text.Encoding.UTF8.GetBytes(scripts ? "\r\n\r\n\r\n" : "\r\n\r\n\r\n\r\n")];
        await page.GetByLabel("Файл (XLSX, CSV, JSON)").SetInputFilesAsync(new FilePayload { Name = scripts ? "c.csv" : "d.csv", MimeType = "text/csv", Buffer = file });
        await page.GetByText("Файлда жоқ мәліметтер").ClickAsync();
        await page.GetByLabel("Есепті ай").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Жібермес бұрын тексеру" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Шот-тізілімді тапсыру" }).ClickAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Қолхат" })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        var id = Open();
        await page.GotoAsync(FormattableString.Invariant($"/office?view=answer&q={id}"));
        await page.GetByRole(AriaRole.Link, new() { Name = FormattableString.Invariant($"№ {id} іс") }).ClickAsync();
        await Assertions.Expect(page.Locator(".equation").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Қарсылық беру" }).ClickAsync();
        await page.GetByText("Қызмет көрсетілген, ол бастапқы").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        await page.GetByLabel("Дәлелді негіздемеңізді жазыңыз").FillAsync("Жазба картада бар.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        await page.GetByLabel("Файлды таңдаңыз").SetInputFilesAsync(new FilePayload { Name = "көшірме.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 copy"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Файлды қосу" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жалғастыру" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Жіберу", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByText("Қарсылық тіркелді.")).ToBeVisibleAsync();
        var objection = Assert.Single(host.Cases.Store.History(id).OfType<ObjectionFiled>());
        Assert.Equal(("көшірме.pdf", (long)Role.ProviderClerk + 1), (objection.Papers.Single().Name, objection.By.Id));
    }

    [Fact]
    public async Task What_is_typed_saves_itself_and_survives_a_closed_window_and_a_second_window_is_warned()
    {
        await using var reader = await host.ReaderAsync("kk");
        var id = Open();
        var address = FormattableString.Invariant($"/office/{id}/objection?step=why");
        var page = await reader.NewPageAsync();
        await page.GotoAsync(address);
        var other = await reader.NewPageAsync();
        await other.GotoAsync(address);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Дәлелді негіздемеңізді жазыңыз" }).PressSequentiallyAsync("Жазба бар");
        await Assertions.Expect(page.GetByText("-де сақталды")).ToBeVisibleAsync();
        await page.CloseAsync();
        await other.GetByRole(AriaRole.Textbox, new() { Name = "Дәлелді негіздемеңізді жазыңыз" }).PressSequentiallyAsync("Басқа мәтін");
        await Assertions.Expect(other.GetByText("басқа терезеде")).ToBeVisibleAsync();

        await other.GotoAsync(address);
        await Assertions.Expect(other.GetByRole(AriaRole.Textbox, new() { Name = "Дәлелді негіздемеңізді жазыңыз" })).ToHaveValueAsync("Жазба бар");
    }

    [Fact]
    public async Task By_keyboard_alone_several_cases_are_objected_to_at_once()
    {
        await using var reader = await host.ReaderAsync("kk");
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/office?view=answer&code=6.2");
        var boxes = page.Locator("input[name=case]");
        await page.TabToAsync(boxes.Nth(0));
        await page.Keyboard.PressAsync("Space");
        await page.TabToAsync(boxes.Nth(1));
        await page.Keyboard.PressAsync("Space");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Таңдалғандарға қарсылық беру" }));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.GetByRole(AriaRole.Textbox, new() { Name = "Ортақ дәлелді негіздеме" }));
        await page.Keyboard.TypeAsync("Стандарт сақталған.");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Тексеруге өту" }));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Барлығын жіберу" }));
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("Жіберілді: тіркелді – 2")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_register_is_checked_before_it_is_handed_in_with_scripts_and_without(bool scripts)
    {
        await using var reader = await host.ReaderAsync("kk", scripts: scripts);
        var page = await reader.NewPageAsync();
        await page.GotoAsync("/office/registers");
        // Each of the two journeys brings a file of its own.
        byte[] file = [.. OfficeHost.Register(), .. System.Text.Encoding.UTF8.GetBytes(scripts ? "\r\n" : "\r\n\r\n")];
        await page.GetByLabel("Файл (XLSX, CSV, JSON)").SetInputFilesAsync(new FilePayload { Name = scripts ? "a.csv" : "b.csv", MimeType = "text/csv", Buffer = file });
        await page.GetByText("Файлда жоқ мәліметтер").ClickAsync();
        await page.GetByLabel("Есепті ай").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Жібермес бұрын тексеру" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Қабылданбаған жолдар" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "B4" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Шот-тізілімді тапсыру" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Қолхат" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    /// <summary>A case that waits for an objection and that no draft is about.</summary>
    private long Open()
    {
        using var db = host.Cases.Store.Context();
        return db.Proceedings.Where(p => p.ProviderId == Tests.Pages.SampleRecords.BigProvider && p.Stage == "awaiting_objection" && p.Code == "3.1" && p.AtRisk > 0).OrderBy(p => p.Id).AsEnumerable().Select(p => p.Id).First(id => Taken.TryAdd(id, true));
    }

    private static readonly ConcurrentDictionary<long, bool> Taken = new();
}
