using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Findings;
using Kepil.Law;

namespace Kepil.Fund.Pages;

/// <summary>The findings of a statement as a file of rows: text stays text, sums and days are numbers and days, and no cell is a formula.</summary>
public sealed class FindingSheet
{
    private readonly List<string> _head;
    private readonly List<object?[]> _rows;
    private readonly List<(string Name, string Value)> _about;
    private readonly PageLanguage _language;
    private readonly double[] _widths;
    private readonly string _title;

    /// <summary>What a browser is told of an XLSX file.</summary>
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="head">Heads of the columns.</param>
    /// <param name="rows">Text, long, <see cref="Money"/>, DateOnly or nothing in each cell.</param>
    /// <param name="about">What the second sheet tells: filter, time and user.</param>
    /// <param name="widths">Of the columns, in signs.</param>
    /// <param name="title">Name of the first sheet; that of findings without it.</param>
    public FindingSheet(List<string> head, List<object?[]> rows, List<(string Name, string Value)> about, double[] widths, PageLanguage language, string? title = null)
    {
        (_head, _rows, _about, _widths, _language, _title) = (head, rows, about, widths, language, title ?? language["Sheet.Findings"]);
    }

    public static FindingSheet Of(
        Statement statement, FindingFilter filter, bool confirmed, IReadOnlyList<FindingRow> rows, ClassificationEdition classification, PageLanguage language, DateTimeOffset at)
    {
        List<string> head =
        [
            language["Finding.Id"], language["Col.Code"], language["Col.Name"], language["Col.Kind"], language["Col.Line"], language["Col.Day"], language["Col.Service"], language["Col.Form"],
            language["Sum.Billed"] + ", ₸", language[confirmed ? "Sum.Withheld" : "Sum.AtRisk"] + ", ₸", language["Col.Debt"] + ", ₸",
        ];
        List<object?[]> cells =
        [
            .. rows.Select(r => new object?[]
            {
                r.Id, r.Code, classification.Find(r.Code) is { } row ? language.Text(row.Name) : r.Code, language["Kind." + r.Kind], r.Line?.LineId, r.Line?.StartedOn, r.Line?.ServiceCode,
                language["Form." + r.CareForm], r.Line is null ? null : new Money(r.Line.Amount), new Money(r.AtRisk), new Money(r.Debt),
            }),
        ];
        List<(string, string)> about =
        [
            (language["Col.Provider"], language.Name(statement.Provider.NameKk, statement.Provider.NameRu) ?? ""),
            (language["Col.Bin"], PageLanguage.Identity(statement.Provider.Id)),
            (language["Overview.Month"], language.Month(statement.Month)),
            (language["View.Label"], language[confirmed ? "View.Confirmed" : "View.AtRisk"]),
            (language["Col.Code"], filter.Code ?? language["Filter.AllCodes"]),
            (language["Col.Form"], filter.Form is null ? language["Filter.AllForms"] : language["Form." + filter.Form]),
            (language["Col.Kind"], filter.Kind is null ? language["Filter.AllKinds"] : language["Kind." + filter.Kind]),
            (language["Sheet.Rows"], language.Number(rows.Count)),
            (language["Sheet.MadeAt"], language.Moment(at) + " (UTC+05:00)"),
        ];
        return new FindingSheet(head, cells, about, [10, 8, 60, 12, 24, 12, 18, 40, 18, 18, 18], language);
    }

    /// <summary>UTF-8 with the mark that spreadsheets look for, semicolons between cells.</summary>
    public byte[] ToCsv()
    {
        var text = new StringBuilder();
        text.AppendJoin(';', _head.Select(Quoted)).Append("\r\n");
        foreach (var row in _rows)
        {
            text.AppendJoin(';', row.Select(Written)).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    public byte[] ToXlsx()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var styles = book.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = Styles();
            var findings = book.AddNewPart<WorksheetPart>();
            Write(findings, [_head, .. _rows], _widths);
            var about = book.AddNewPart<WorksheetPart>();
            Write(about, [.. _about.Select(a => new object?[] { a.Name, a.Value })], [28, 60]);
            book.Workbook = new Workbook(new Sheets(
                new Sheet { Id = book.GetIdOfPart(findings), SheetId = 1, Name = _title },
                new Sheet { Id = book.GetIdOfPart(about), SheetId = 2, Name = _language["Sheet.About"] }));
        }

        return stream.ToArray();
    }

    private static void Write(WorksheetPart part, IEnumerable<IReadOnlyList<object?>> rows, double[] widths)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
        foreach (var row in rows)
        {
            writer.WriteStartElement(new Row());
            foreach (var value in row)
            {
                writer.WriteElement(CellOf(value));
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Cell CellOf(object? value) => value switch
    {
        null => new(),
        long number => new() { CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)), DataType = CellValues.Number },
        Money money => new() { CellValue = new CellValue((money.Tiyn / 100m).ToString(CultureInfo.InvariantCulture)), DataType = CellValues.Number, StyleIndex = 1 },
        DateOnly day => new() { CellValue = new CellValue((day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture)), DataType = CellValues.Number, StyleIndex = 2 },
        _ => new(new InlineString(new Text(Clean(value.ToString() ?? "")) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString },
    };

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd\\.mm\\.yyyy" }),
        new Fonts(new Font()),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = 4, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }));

    /// <summary>Signs that XML cannot hold are left out.</summary>
    private static string Clean(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));

    private string Written(object? value) => value switch
    {
        null => "",
        long number => number.ToString(CultureInfo.InvariantCulture),
        Money money => (money.Tiyn / 100m).ToString("0.00", _language.Culture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    /// <summary>Text in quotes; what a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    private static string Quoted(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
