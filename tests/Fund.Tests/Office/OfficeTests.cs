using System.Globalization;
using System.Net;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>The provider's inbox, its cases and what it does about them, at the pages and without scripts.</summary>
public sealed class OfficeTests : IAsyncLifetime
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 the card of the patient");

    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-11"));
    private PagesHost _host = null!;
    private SampleCases _cases = null!;
    private OfficeReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        _cases = SampleCases.Open(_host);
        _reader = await OfficeReader.OfAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    [Proves("MON-321:23")]
    [Proves("MON-321:27")]
    public async Task The_inbox_opens_with_what_ends_today_and_says_what_silence_does()
    {
        var html = await _reader.GetAsync("/office");

        Assert.Contains("End today", html, StringComparison.Ordinal);
        Assert.Contains("Ends today", html, StringComparison.Ordinal);
        Assert.Contains("If you stay silent until 24:00 on 11", html, StringComparison.Ordinal);
        Assert.Contains("••••••", html, StringComparison.Ordinal);
        Assert.DoesNotContain("5 days left", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_number_beside_a_view_is_that_of_the_cases_in_it(bool hidden)
    {
        _cases.Decided(true);
        _cases.Objected();
        var end = LocalDay.At(LocalDay.Of(_clock.GetUtcNow()).AddDays(1), TimeOnly.MinValue);
        var some = _cases.Store.OfficeCases(SampleRecords.BigProvider, new("all"), end, hidden, 0, 3);
        OfficeFilter[] filters =
        [
            new("all"), new("all", Code: some[0].Code), new("all", Month: SampleRecords.Month), new("all", Month: SampleRecords.Month.AddMonths(5)), new("all", Case: some[0].Id),
            new("all", Lines: [.. some.Select(c => c.LineId)]), new("all", Case: some[0].Id, Lines: [some[^1].LineId]),
        ];

        Assert.All(filters, filter =>
        {
            var counts = _cases.Store.OfficeCounts(SampleRecords.BigProvider, filter, end, hidden);
            Assert.Equal(OfficeFilter.Views.Select(view => (view, (long)_cases.Store.OfficeCases(SampleRecords.BigProvider, filter with { View = view }, end, hidden, 0, int.MaxValue).Count)), OfficeFilter.Views.Select(view => (view, counts[view])));
        });
        Assert.All(_cases.Store.OfficeCounts(SampleRecords.BigProvider, new("all"), end, hidden), count => Assert.True(count.Value > 0 || count.Key == "lost", count.Key));
    }

    [Fact]
    public async Task A_case_is_found_by_its_number_its_line_and_the_number_of_the_person()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0);
        var (line, person) = _host.Records.Query("SELECT line_id, person_id FROM known_service WHERE service_id = $1", r => (r.Text(0), r.Long(1)), _cases.Store.Find(id)!.LineId)[0];

        foreach (var asked in new[] { id.ToString(CultureInfo.InvariantCulture), line, person.ToString("D12", CultureInfo.InvariantCulture), person.ToString("D12", CultureInfo.InvariantCulture)[..6] + "••••••" })
        {
            Assert.Contains($"href=\"/office/{id}\"", await _reader.GetAsync("/office?view=all&q=" + Uri.EscapeDataString(asked)), StringComparison.Ordinal);
        }

        Assert.Contains("No case fits this filter", await _reader.GetAsync("/office?view=all&q=L-999999"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_spreadsheet_has_the_rows_of_the_filter_and_names_filter_time_and_user()
    {
        using var answer = await _reader.AnswerAsync("/office/cases.xlsx?view=answer&code=5.1&lang=en");
        using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), false);
        var sheets = book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(s => ((WorksheetPart)book.WorkbookPart.GetPartById(s.Id!)).Worksheet.GetFirstChild<SheetData>()!.Elements<Row>().Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToList()).ToList()).ToList();

        Assert.True(sheets[0].Count > 2);
        Assert.All(sheets[0].Skip(1), row => Assert.Equal("5.1", row[1]));
        Assert.Contains(sheets[1], row => row[1] == "Өнім берушінің басшысы");
        Assert.Contains(sheets[1], row => row[1] == "Await my answer");
        Assert.Contains(sheets[1], row => row[0] == "Made at");
    }

    [Fact]
    [Proves("MON-321:15")]
    [Proves("MON-321:24")]
    public async Task A_case_explains_its_sum_and_its_clock_and_never_names_a_rule()
    {
        var html = await _reader.GetAsync("/office/" + _cases.Case(Stage.AwaitingObjection, p => p is { Code: "5.1", Form: "specialist" }));

        Assert.Contains("300% ×", html.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("Length: 5 working days", html, StringComparison.Ordinal);
        Assert.Contains("What would change it", html, StringComparison.Ordinal);
        Assert.Contains("Later corrections do not count", html, StringComparison.Ordinal);
        Assert.Contains("/law/MON-321/26", html, StringComparison.Ordinal);
        Assert.DoesNotContain("service-after-death", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret_limit", html, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:26")]
    public async Task An_objection_goes_from_question_to_question_to_its_receipt_and_pressing_twice_is_one_act()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0);
        await _reader.WriteAsync(id);
        await _reader.BringAsync($"/office/{id}/objection?step=papers", $"/office/{id}/objection", "paper", "card.pdf", Pdf, ("go", "add"), ("mis", "1"), ("made", "2026-11-11"));
        var summary = await _reader.GetAsync($"/office/{id}/objection?step=check");
        var first = await _reader.FinishAsync(id);
        var token = System.Text.RegularExpressions.Regex.Match(summary, "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;
        var again = await _reader.SendAsync($"/office/{id}/objection?step=what", $"/office/{id}/objection/send", ("token", token));

        Assert.Contains("card.pdf", summary, StringComparison.Ordinal);
        Assert.Contains("/receipts/", first.Path, StringComparison.Ordinal);
        Assert.Equal(first.Path, again.Path);
        Assert.Contains("Your objection was received", first.Html, StringComparison.Ordinal);
        Assert.Contains("11 Nov 2026 12:00:00", first.Html.Replace('\u00A0', ' '), StringComparison.Ordinal);
        var filed = Assert.Single(_cases.Store.History(id).OfType<ObjectionFiled>());
        Assert.Equal("The service was rendered; the primary records show it.\nThe visit stands in the card of 5 October, page 3.", filed.Reasons);
        Assert.Equal(("card.pdf", true, false), (filed.Papers[0].Name, filed.Papers[0].FromMis, filed.Papers[0].Counted));
    }

    [Fact]
    public async Task A_paper_comes_back_as_a_download_that_no_browser_opens_and_other_files_are_refused()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0);
        await _reader.WriteAsync(id);
        var address = $"/office/{id}/objection";
        Assert.Contains("is not accepted", (await _reader.BringAsync(address + "?step=papers", address, "paper", "a.exe", Pdf, ("go", "add"))).Html, StringComparison.Ordinal);
        Assert.Contains("is no .pdf", (await _reader.BringAsync(address + "?step=papers", address, "paper", "a.pdf", "<script>alert(1)</script>"u8.ToArray(), ("go", "add"))).Html, StringComparison.Ordinal);
        await _reader.BringAsync(address + "?step=papers", address, "paper", "card.pdf", Pdf, ("go", "add"));
        await _reader.FinishAsync(id);
        var hash = _cases.Store.History(id).OfType<ObjectionFiled>().Single().Papers.Single().Hash;

        using var paper = await _reader.AnswerAsync($"/office/{id}/papers/{hash}");
        using var none = await _reader.AnswerAsync($"/office/{id}/papers/{new string('0', 64)}");

        Assert.Equal("application/octet-stream", paper.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", paper.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", paper.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(Pdf, await paper.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_draft_is_kept_with_its_time_and_a_second_window_is_warned()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0);
        var address = $"/office/{id}/objection";
        var saved = await _reader.SendAsync(address + "?step=why", address, ("reasons", "first words"), ("autosave", "1"));
        var late = await _reader.SendAsync(address + "?step=why", address, ("reasons", "from an old window"), ("version", "0"), ("go", "next"));
        using var clerk = await OfficeReader.OfAsync(_host, Role.ProviderClerk);

        Assert.Contains("Draft saved at 12:00", saved.Html, StringComparison.Ordinal);
        Assert.Contains("changed in another window at 12:00", late.Html, StringComparison.Ordinal);
        Assert.Contains("from an old window", late.Html, StringComparison.Ordinal);
        Assert.Contains("first words", await clerk.GetAsync(address + "?step=why"), StringComparison.Ordinal);
        Assert.Contains("draft not sent yet", await clerk.GetAsync("/office"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:26")]
    public async Task What_is_sent_after_the_term_gets_a_receipt_that_says_so_and_keeps_the_draft()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0);
        await _reader.WriteAsync(id);
        _clock.Move(TimeSpan.FromDays(9));
        using var later = await OfficeReader.OfAsync(_host, Role.ProviderClerk);
        var (_, html) = await later.FinishAsync(id);

        Assert.Contains("Not taken:", html, StringComparison.Ordinal);
        Assert.Contains("what comes later is not accepted", html, StringComparison.Ordinal);
        Assert.Empty(_cases.Store.History(id).OfType<ObjectionFiled>());
        Assert.Contains("page 3", await later.GetAsync($"/office/{id}/objection?step=why"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:32")]
    public async Task After_a_confirmation_the_provider_objects_again_and_takes_it_back()
    {
        var id = _cases.Decided(agreed: false);
        Assert.Contains("Object again", await _reader.GetAsync($"/office/{id}"), StringComparison.Ordinal);
        await _reader.WriteAsync(id, "repeat-objection");
        Assert.Contains("Your repeat objection was received", (await _reader.FinishAsync(id, "repeat-objection")).Html, StringComparison.Ordinal);
        await _reader.WriteAsync(id, "withdrawal", "filed by mistake");
        Assert.Contains("Your objection was withdrawn", (await _reader.FinishAsync(id, "withdrawal")).Html, StringComparison.Ordinal);

        Assert.Equal(Stage.AwaitingRepeat, _cases.Store.Find(id)!.Stage);
        var history = await _reader.GetAsync($"/office/{id}");
        Assert.Contains("A repeat objection was filed", history, StringComparison.Ordinal);
        Assert.Contains("Бастапқы құжаттамада", history, StringComparison.Ordinal);
        Assert.DoesNotContain("Other Expert", history, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:25")]
    public async Task A_general_finding_is_explained_and_costs_nothing()
    {
        var id = _cases.Case(Stage.Recorded);
        Assert.Contains("no effect on payment", await _reader.GetAsync($"/office/{id}"), StringComparison.Ordinal);
        await _reader.WriteAsync(id, "explanation", "The line was entered late because the connection failed.");
        var (_, html) = await _reader.FinishAsync(id, "explanation");

        Assert.Contains("Your explanation was received", html, StringComparison.Ordinal);
        Assert.Equal((Stage.Explained, Effect.None), (_cases.Store.Find(id)!.Stage, _cases.Store.Find(id)!.Effect));
    }

    [Fact]
    [Proves("MON-321:42")]
    [Proves("MON-321:44.1")]
    [Proves("MON-321:46.1")]
    public async Task On_a_death_the_provider_sends_documents_objects_and_goes_to_the_central_office()
    {
        var id = _cases.OpenDeath();
        _cases.Do(id, new RequestDocuments(_cases.ReviewerOf(id), _cases.Now, "The record of the ward, please."));
        Assert.Contains("Send the requested documents until", await _reader.GetAsync($"/office/{id}"), StringComparison.Ordinal);
        await _reader.BringAsync($"/office/{id}/documents?step=papers", $"/office/{id}/documents", "paper", "ward.pdf", Pdf, ("go", "add"));
        Assert.Contains("Your documents were received", (await _reader.FinishAsync(id, "documents")).Html, StringComparison.Ordinal);
        _cases.Decide(id, agreed: false);
        await _reader.WriteAsync(id);
        Assert.Contains("Your objection was received", (await _reader.FinishAsync(id)).Html, StringComparison.Ordinal);
        _cases.Decide(id, agreed: false);
        Assert.Contains("you may go to the central office", await _reader.GetAsync($"/office/{id}"), StringComparison.Ordinal);
        await _reader.WriteAsync(id, "repeat-objection");
        await _reader.FinishAsync(id, "repeat-objection");

        Assert.Equal(Stage.CentralReview, _cases.Store.Find(id)!.Stage);
        Assert.DoesNotContain("Филиал сарапшысы", await _reader.GetAsync($"/office/{id}"), StringComparison.Ordinal);
    }
}
