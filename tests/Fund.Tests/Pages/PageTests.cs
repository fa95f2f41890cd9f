using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>What the pages answer, without a browser.</summary>
public sealed class PageTests(PageTests.Opened pages) : IClassFixture<PageTests.Opened>
{
    private const string StatementPath = "/months/2026-10/providers/190140000018";

    private readonly PagesHost _host = pages.Host;
    private readonly HttpClient _client = pages.Client;

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Pages_hold_letters_and_no_entities_nor_anything_inline(string language)
    {
        foreach (var path in new[] { "/months/2026-10", StatementPath, Finding("f.code = '5.1'"), "/law", "/law/classification", "/law/MON-321/27", "/rules", "/search?q=x", "/none" })
        {
            var html = await Text(path, language);

            Assert.DoesNotContain("&#x", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_provider_never_sees_rule_names_queries_or_limits()
    {
        using var provider = await _host.ReaderAsync(Role.ProviderHead);
        var big = $"f.provider_id = {SampleRecords.BigProvider} AND ";
        foreach (var path in new[] { StatementPath, StatementPath + "?code=5.1&as=expert", Finding(big + "f.code = '5.1'") + "?as=expert", Finding(big + "f.kind = 'general'") })
        {
            var html = await Text(path, "kk", provider);
            Assert.Contains("190140000018", html, StringComparison.Ordinal);

            Assert.DoesNotContain("service-after-death", html, StringComparison.Ordinal);
            Assert.DoesNotContain("recorded-late", html, StringComparison.Ordinal);
            Assert.DoesNotContain("secret_limit", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Қайтыс болу фактісін тіркеу", html, StringComparison.Ordinal);
        }

        var file = Encoding.UTF8.GetString(await provider.GetByteArrayAsync(StatementPath + "/findings.csv", TestContext.Current.CancellationToken));
        Assert.DoesNotContain("service-after-death", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_expert_sees_the_rule_and_its_honest_reasons()
    {
        var html = await Text(Finding("f.code = '5.1'") + "?as=expert", "kk");

        Assert.Contains("5.1-service-after-death", html, StringComparison.Ordinal);
        Assert.Contains("Қайтыс болу фактісін тіркеу", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret_limit", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_in_the_address_that_is_none_is_told_in_words()
    {
        var answer = await _client.GetAsync("/months/2026-10?page=x&lang=en", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_list_shows_a_whole_number_of_a_person()
    {
        var html = await Text(StatementPath, "kk");
        var persons = _host.Records.Query("SELECT DISTINCT person_id FROM known_service", r => r.Long(0).ToString("D12", CultureInfo.InvariantCulture));

        Assert.DoesNotContain(persons, person => html.Contains(person, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sums_of_a_statement_add_up_in_every_table()
    {
        var store = new FindingStore(_host.Records);
        var statement = store.StatementOf(SampleRecords.Month, SampleRecords.BigProvider)!;
        var all = store.Totals(SampleRecords.Month, SampleRecords.BigProvider, new FindingFilter());
        var rows = store.Findings(SampleRecords.Month, SampleRecords.BigProvider, new FindingFilter(), 0, int.MaxValue);

        Assert.Equal((statement.Sums.AtRisk, statement.Sums.Debt), (statement.Codes.Sum(c => c.AtRisk), statement.Codes.Sum(c => c.Debt)));
        Assert.Equal((statement.Sums.AtRisk, statement.Sums.Debt), (statement.Forms.Sum(f => f.Sums.AtRisk), statement.Forms.Sum(f => f.Sums.Debt)));
        Assert.Equal((statement.Sums.AtRisk, statement.Sums.Debt), (all.AtRisk, all.Debt));
        Assert.Equal((all.Findings, all.AtRisk, all.Debt), (rows.Count, rows.Sum(r => r.AtRisk), rows.Sum(r => r.Debt)));
        Assert.Equal(statement.Sums.Billed, statement.Sums.Payable + statement.Sums.AtRisk);
    }

    [Fact]
    public void The_sums_of_a_month_are_those_of_its_providers_forms_packages_and_codes()
    {
        var month = new FindingStore(_host.Records).Overview(SampleRecords.Month);

        Assert.Equal(month.Sums, month.Providers.Aggregate(default(Sums), (sum, p) => sum + p.Sums));
        Assert.Equal(month.Sums, month.Forms.Aggregate(default(Sums), (sum, f) => sum + f.Sums));
        Assert.Equal(month.Sums, month.Packages.Aggregate(default(Sums), (sum, p) => sum + p.Sums));
        Assert.Equal(month.Sums.AtRisk + month.Sums.Debt, month.Heat.Sum(c => c.Sum));
        Assert.Equal(month.Sums.AtRisk + month.Sums.Debt, month.Codes.Sum(c => c.Sum));
    }

    [Fact]
    public async Task The_totals_on_a_statement_are_the_sums_of_the_rows_above_them()
    {
        var page = await new HtmlParser().ParseDocumentAsync(await Text(StatementPath + "?code=4.0", "kk"));
        var table = page.QuerySelector("section[aria-labelledby=findings] table")!;

        foreach (var column in new[] { 6, 7 })
        {
            var rows = table.QuerySelectorAll("tbody tr").Sum(row => Tiyn(row.Children[column].TextContent));
            var total = Tiyn(table.QuerySelector("tfoot tr:last-child")!.Children[column - 5].TextContent);
            Assert.Equal(total, rows);
        }
    }

    [Fact]
    public async Task A_csv_holds_no_formula()
    {
        var owner = _host.Records.Query("SELECT provider_id FROM known_service WHERE line_id = $1", r => r.Long(0), SampleRecords.FormulaLine)[0];

        var text = Encoding.UTF8.GetString(await _client.GetByteArrayAsync($"/months/2026-10/providers/{owner:D12}/findings.csv", TestContext.Current.CancellationToken));

        Assert.Contains(";\"'=1+2\";", text, StringComparison.Ordinal);
        Assert.Equal('\uFEFF', text[0]);
    }

    [Fact]
    public async Task An_xlsx_has_typed_cells_and_says_what_was_asked_for()
    {
        using var stream = new MemoryStream(await _client.GetByteArrayAsync(StatementPath + "/findings.xlsx?code=4.0&lang=en", TestContext.Current.CancellationToken));
        using var book = SpreadsheetDocument.Open(stream, false);
        var sheets = book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(s => ((WorksheetPart)book.WorkbookPart.GetPartById(s.Id!)).Worksheet.GetFirstChild<SheetData>()!.Elements<Row>().ToList()).ToList();

        var first = sheets[0][1].Elements<Cell>().ToList();
        Assert.Equal(CellValues.InlineString, first[1].DataType!.Value);
        Assert.Equal("4.0", first[1].InnerText);
        Assert.Equal(CellValues.Number, first[5].DataType!.Value);
        Assert.Equal(CellValues.Number, first[9].DataType!.Value);
        Assert.All(sheets.SelectMany(rows => rows).SelectMany(row => row.Elements<Cell>()), cell => Assert.Null(cell.CellFormula));
        Assert.Contains(sheets[1], row => row.InnerText == "Code4.0");
        Assert.Contains(sheets[1], row => row.InnerText.StartsWith("Made at", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kk", "Мұндай бет жоқ")]
    [InlineData("ru", "Такой страницы нет")]
    [InlineData("en", "There is no such page")]
    public async Task What_is_not_there_is_said_in_the_language_of_the_reader(string language, string title)
    {
        foreach (var path in new[] { "/none", "/months/1999-01", "/months/2026-10/providers/000000000001", "/findings/99999999", "/law/MON-321/999" })
        {
            using var answer = await _client.GetAsync($"{path}?lang={language}", TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains(title, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_fund_without_months_says_so()
    {
        await using var empty = await PagesHost.StartAsync(empty: true);
        using var client = await empty.ReaderAsync(Role.CentralExpert);

        var html = await client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("Әзірге ай жоқ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_keeps_the_page_to_its_own_host()
    {
        using var answer = await _client.GetAsync("/law", TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    /// <summary>Also one that failed half way, after which the framework takes away what stood in the answer, and one that leads nowhere.</summary>
    [Fact]
    public async Task Words_about_a_failure_bear_the_heads_of_every_page()
    {
        await using var host = await PagesHost.StartAsync();
        using var reader = await host.ReaderAsync(Role.CentralExpert);
        using var sound = await reader.GetAsync(new Uri("/law", UriKind.Relative), TestContext.Current.CancellationToken);
        host.Records.Query("DROP TABLE finding", r => 0);

        foreach (var (path, status) in new[] { ("/findings/1", HttpStatusCode.InternalServerError), ("/none", HttpStatusCode.NotFound), ("/journal", HttpStatusCode.Forbidden) })
        {
            using var answer = await reader.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((path, status), (path, answer.StatusCode));
            foreach (var head in new[] { "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy" })
            {
                Assert.Equal((path, head, sound.Headers.GetValues(head).Single()), (path, head, answer.Headers.TryGetValues(head, out var given) ? string.Join('|', given) : null));
            }

            Assert.Contains("no-cache", answer.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_several_findings_on_a_line_the_page_names_the_one_that_counts()
    {
        var html = await Text(Finding("NOT f.counts AND f.sum > 0"), "en");

        Assert.Contains("This sum does not count: on this line a code with a larger sum does", html, StringComparison.Ordinal);
    }

    private string Finding(string where) =>
        "/findings/" + _host.Records.Query($"SELECT MIN(f.finding_id) FROM finding AS f WHERE f.month = DATE '2026-10-01' AND {where}", r => r.Long(0))[0].ToString(CultureInfo.InvariantCulture);

    private async Task<string> Text(string path, string language, HttpClient? reader = null)
    {
        using var answer = await (reader ?? _client).GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + language, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static long Tiyn(string text) =>
        new string([.. text.Where(char.IsAsciiDigit)]) is { Length: > 0 } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;

    /// <summary>The pages, opened once for the class, and one who asks for them.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync();
            Client = await Host.ReaderAsync(Role.CentralExpert);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
        }
    }
}
