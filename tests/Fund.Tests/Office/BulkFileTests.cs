using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Office;
using Kepil.Fund.Pages;
using Xunit;

namespace Kepil.Tests.Office;

/// <summary>A list of cases that comes back with reasons, by itself.</summary>
public sealed class BulkFileTests
{
    [Fact]
    public void A_long_list_asks_once_what_its_cases_wait_for()
    {
        var asked = new List<int>();
        IReadOnlyDictionary<long, string> ActsOf(IReadOnlyCollection<long> ids)
        {
            asked.Add(ids.Count);
            return ids.Where(id => id % 3 > 0).ToDictionary(id => id, _ => "objection");
        }

        var (cases, faults) = Read([.. Enumerable.Range(1, 300).Select(i => (i.ToString(CultureInfo.InvariantCulture), "the card has it"))], ActsOf);

        Assert.Equal([300], asked);
        Assert.Equal((200, 100), (cases.Count, faults.Count));
        Assert.All(faults, f => Assert.Equal("Bulk.Fault.Closed", f.Key));
        Assert.Equal(("A4", "3"), (faults[0].Cell, faults[0].Value));
    }

    [Fact]
    public void Faults_stand_in_the_order_of_their_rows()
    {
        var (cases, faults) = Read(
            [("1", "one"), ("many", "two"), ("1", "three"), ("9", "four"), ("2", new string('x', ActDraft.MostSigns + 1)), ("2", "five"), ("3", "")],
            ids => ids.Where(id => id < 9).ToDictionary(id => id, _ => "objection"));

        Assert.Equal([("A3", "Bulk.Fault.Number"), ("A4", "Bulk.Fault.Twice"), ("A5", "Bulk.Fault.Closed"), ("B6", "Bulk.Fault.Long")], faults.Select(f => (f.Cell, f.Key)));
        Assert.Equal([(1L, "one"), (2L, "five")], cases.Select(c => (c.Case, c.Reason)));
    }

    [Fact]
    public void No_more_cases_are_taken_than_one_objection_holds()
    {
        var (cases, faults) = Read([.. Enumerable.Range(1, BulkDraft.Most + 3).Select(i => (i.ToString(CultureInfo.InvariantCulture), "why"))], ids => ids.ToDictionary(id => id, _ => "objection"));

        Assert.Equal(BulkDraft.Most, cases.Count);
        Assert.Equal("Bulk.Fault.Most", Assert.Single(faults).Key);
    }

    private static (IReadOnlyList<BulkCase> Cases, IReadOnlyList<BulkFault> Faults) Read(IReadOnlyList<(string Number, string Reason)> rows, Func<IReadOnlyCollection<long>, IReadOnlyDictionary<long, string>> actsOf)
    {
        var folder = Directory.CreateTempSubdirectory("kepil-list-");
        try
        {
            var path = Path.Combine(folder.FullName, "list.xlsx");
            using (var book = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook))
            {
                var part = book.AddWorkbookPart();
                var sheet = part.AddNewPart<WorksheetPart>();
                sheet.Worksheet = new Worksheet(new SheetData(rows.Prepend((PageLanguage.Kazakh["Office.Case"], PageLanguage.Kazakh["Bulk.Reason"]))
                    .Select((r, i) => new Row(CellOf($"A{i + 1}", r.Item1), CellOf($"B{i + 1}", r.Item2)) { RowIndex = (uint)(i + 1) })));
                part.Workbook = new Workbook(new Sheets(new Sheet { Id = part.GetIdOfPart(sheet), SheetId = 1, Name = "1" }));
            }

            return BulkFile.Read(path, actsOf);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static Cell CellOf(string place, string text) => new(new InlineString(new Text(text))) { CellReference = place, DataType = CellValues.InlineString };
}
