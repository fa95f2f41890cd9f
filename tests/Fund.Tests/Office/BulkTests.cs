using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>One objection to many cases: chosen in the inbox, or by a list that comes back with reasons.</summary>
public sealed class BulkTests : IAsyncLifetime
{
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
    [Proves("MON-321:26")]
    public async Task One_justification_goes_to_all_chosen_cases_but_to_those_with_their_own_and_each_has_its_receipt()
    {
        var ids = Waiting(4);
        var started = await _reader.SendAsync("/office?view=answer", "/office/bulk", [.. ids.Select(id => ("case", id.ToString(CultureInfo.InvariantCulture)))]);
        var address = started.Path;
        var lacking = await _reader.SendAsync(address, address, ("go", "check"), ("reasons", " "));
        var summary = await _reader.SendAsync(address, address, ("go", "check"), ("reasons", "All visits stand in the cards."), ($"reason-{ids[1]}", "A visit of another day."), ($"out-{ids[2]}", "1"));
        var sent = await _reader.PressTwiceAsync(address + "?step=check", address + "/send");

        Assert.Contains("Some cases have no justification", lacking.Html, StringComparison.Ordinal);
        Assert.Contains("3 cases", summary.Html, StringComparison.Ordinal);
        Assert.Contains("A visit of another day.", summary.Html, StringComparison.Ordinal);
        Assert.Equal(["Sent: 3 taken, 0 not taken", "Sent: 3 taken, 0 not taken"], sent.Select(a => Regex.Match(a.Html, "id=\"sent\">([^<]*)").Groups[1].Value));
        Assert.Equal(["All visits stand in the cards.", "A visit of another day.", "", "All visits stand in the cards."], ids.Select(id => _cases.Store.History(id).OfType<ObjectionFiled>().SingleOrDefault()?.Reasons ?? ""));
    }

    [Fact]
    public async Task A_list_that_comes_back_with_reasons_is_taken_row_by_row_and_its_errors_are_named_at_their_cells()
    {
        var ids = Waiting(2);
        using var answer = await _reader.AnswerAsync("/office/cases.xlsx?view=answer&lang=kk");
        var list = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var filled = Filled(list, ("L2", "Жазба бар."), ("L3", "Бұл жол да дұрыс."), ("A3", "12345678"));
        var wrong = await _reader.BringAsync("/office/bulk/file", "/office/bulk/file", "list", "list.xlsx", filled);
        var anyway = await _reader.BringAsync("/office/bulk/file", "/office/bulk/file", "list", "list.xlsx", filled, ("anyway", "1"));
        var broken = await _reader.BringAsync("/office/bulk/file", "/office/bulk/file", "list", "list.xlsx", "no spreadsheet"u8.ToArray());

        Assert.Contains("A3", wrong.Html, StringComparison.Ordinal);
        Assert.Contains("awaits no objection, or it is not yours", wrong.Html, StringComparison.Ordinal);
        Assert.Matches("^/office/bulk/[0-9a-f]{32}$", anyway.Path);
        Assert.Contains("Жазба бар.", anyway.Html, StringComparison.Ordinal);
        Assert.Contains("1 case ", anyway.Html, StringComparison.Ordinal);
        Assert.Contains("The file cannot be read", broken.Html, StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Empty(_cases.Store.History(id).OfType<ObjectionFiled>()));
    }

    /// <summary>Cases that wait for an objection.</summary>
    private List<long> Waiting(int count)
    {
        using var db = _cases.Store.Context();
        return [.. db.Proceedings.Where(p => p.ProviderId == SampleRecords.BigProvider && p.Stage == "awaiting_objection" && p.AtRisk > 0).OrderBy(p => p.Id).Take(count).Select(p => p.Id)];
    }

    /// <summary>The list with some cells written, as a spreadsheet program does.</summary>
    private static byte[] Filled(byte[] list, params (string Cell, string Text)[] written)
    {
        using var stream = new MemoryStream();
        stream.Write(list);
        using (var book = SpreadsheetDocument.Open(stream, true))
        {
            var sheet = (WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().First().Id!);
            var rows = sheet.Worksheet.GetFirstChild<SheetData>()!.Elements<Row>().ToList();
            foreach (var (cell, text) in written)
            {
                var row = rows[int.Parse(Regex.Match(cell, "[0-9]+").Value, CultureInfo.InvariantCulture) - 1];
                var old = row.Elements<Cell>().ElementAt(cell[0] - 'A');
                old.RemoveAllChildren();
                old.DataType = CellValues.InlineString;
                old.Append(new InlineString(new Text(text)));
            }
        }

        return stream.ToArray();
    }
}
