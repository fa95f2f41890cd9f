using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Oversight;

/// <summary>Settings, calendar, tariffs, lists and notes leave the pages as files with every row that the page stands for.</summary>
public sealed class LawSheetTests
{
    [Fact]
    public async Task Each_page_of_rows_is_a_file_with_the_same_rows()
    {
        await using var host = await PagesHost.StartAsync();
        using var methodologist = await host.ReaderAsync(Role.Methodologist);
        using var anybody = host.Reader();
        var law = LawBook.Open();
        Task<IReadOnlyList<string>> RowsAsync(HttpClient reader, string path) => ReadAsync(reader, path);

        Assert.Equal(law.Policies.All.Count() + 1, (await RowsAsync(methodologist, "/law/policies.xlsx")).Count);
        Assert.Equal(law.Policies.All.Count(p => !p.Inside) + 1, (await RowsAsync(anybody, "/law/policies.xlsx")).Count);
        Assert.Equal(law.Tariffs.Published.Count + 1, (await RowsAsync(anybody, "/law/tariffs.xlsx?lang=ru")).Count);
        var days = await RowsAsync(anybody, "/law/calendar.xlsx?year=2026&lang=en");
        var unusual = Enumerable.Range(0, 365).Select(n => new DateOnly(2026, 1, 1).AddDays(n)).Count(d => law.Calendar.IsWorkingDay(d) == d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.True(unusual > 5);
        Assert.Equal(unusual + 1, days.Count);
        var list = RuleList.Csv(await File.ReadAllTextAsync(Directory.GetFiles(host.PackFolder, "rule_bounds.csv", SearchOption.AllDirectories)[0], TestContext.Current.CancellationToken)).ToList();
        var rows = await RowsAsync(methodologist, "/lists/rule_bounds.xlsx");
        Assert.Equal(list.Select(r => string.Join('|', r)), rows);
        Assert.NotEmpty(await RowsAsync(methodologist, "/inbox.xlsx"));
        using var provider = await host.ReaderAsync(Role.ProviderHead);
        Assert.NotEmpty(await RowsAsync(provider, $"/money/providers/{SampleRecords.BigProvider}/orders.xlsx"));
        using var foreign = await provider.GetAsync(new Uri("/money/providers/190140000026/orders.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    /// <summary>The rows of the first sheet, cells parted by a stroke.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(HttpClient reader, string path)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(await reader.GetByteArrayAsync(path, TestContext.Current.CancellationToken)), false);
        var part = (WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook!.Sheets!.Elements<Sheet>().First().Id!);
        return [.. part.Worksheet!.Descendants<Row>().Select(r => string.Join('|', r.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>().Select(c => c.InnerText)))];
    }
}
