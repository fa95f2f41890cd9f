using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Kepil.Fund.Documents;

/// <summary>A form as a spreadsheet: its lines on the first sheet, each table on its own, text as text, sums and days as numbers and days, no formula anywhere.</summary>
public static class FormXlsx
{
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>Signs that one cell holds; a longer text goes on in the cell below.</summary>
    private const int Most = 32_000;

    private const uint Plain = 1, Quoted = 2, Sum = 3, Day = 4, Head = 5, Quiet = 6;

    public static byte[] Bytes(Form form)
    {
        List<(string Name, Worksheet Sheet)> sheets = [("Құжат", Lines(form)), .. form.Tables.Select(t => (t.Name.Kazakh, Table(t)))];
        var book = new Workbook(new Sheets(sheets.Select((s, i) => new Sheet { Name = s.Name, SheetId = (uint)i + 1, Id = $"rId{i + 1}" })));
        return OfficePackage.Zip(
            [
                new("xl/workbook.xml", Type + "sheet.main+xml", book.OuterXml),
                .. sheets.Select((s, i) => new OfficePart($"xl/worksheets/sheet{i + 1}.xml", Type + "worksheet+xml", s.Sheet.OuterXml)),
                new("xl/styles.xml", Type + "styles+xml", Styles().OuterXml),
            ],
            [.. sheets.Select(_ => "worksheet"), "styles"]);
    }

    private static Worksheet Lines(Form form)
    {
        var rows = new SheetData();
        foreach (var line in form.Lines)
        {
            var values = line.Values.SelectMany(Pieces).ToList();
            for (var i = 0; i < Math.Max(1, values.Count); i++)
            {
                rows.Append(new Row(
                    i == 0 ? Rich(line.Kazakh, line.Role == LineRole.Title ? Head : Plain) : new Cell(),
                    i < values.Count ? CellOf(values[i]) : new Cell(),
                    i == 0 ? Rich(line.Russian, Quiet) : new Cell()));
            }
        }

        return Sheet(rows, [60, 50, 50], frozen: 0);
    }

    private static Worksheet Table(FormTable table)
    {
        var rows = new SheetData(
            new Row(table.Columns.Select(c => Written(c.Head.Kazakh, Head))),
            new Row(table.Columns.Select(c => Written(c.Head.Russian, Quiet))));
        foreach (var row in table.Rows)
        {
            var pieces = row.Select(v => Pieces(v).ToList()).ToList();
            for (var i = 0; i < pieces.Max(p => p.Count); i++)
            {
                rows.Append(new Row(pieces.Select(p => i < p.Count ? CellOf(p[i]) : new Cell())));
            }
        }

        if (table.Total is { } total)
        {
            // The label, its count, and the sum under the last column.
            var cells = new List<Cell> { Written(total.Label.Kazakh, Head), CellOf(total.Count) };
            cells.AddRange(Enumerable.Range(0, Math.Max(0, table.Columns.Count - 3)).Select(_ => new Cell()));
            cells.Add(CellOf(total.Sum));
            rows.Append(new Row(cells), new Row(Written(total.Label.Russian, Quiet)));
        }

        return Sheet(rows, [.. table.Columns.Select(c => Math.Clamp(c.Share * 1.6, 8, 60))], frozen: 2);
    }

    private static Worksheet Sheet(SheetData rows, double[] widths, uint frozen)
    {
        var view = new SheetView { WorkbookViewId = 0 };
        if (frozen > 0)
        {
            view.Append(new Pane { VerticalSplit = frozen, TopLeftCell = $"A{frozen + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen });
        }

        return new Worksheet(
            new SheetViews(view),
            new Columns(widths.Select((w, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true })),
            rows);
    }

    private static IEnumerable<FormValue> Pieces(FormValue value)
    {
        var text = value.Printed;
        if (text.Length <= Most)
        {
            yield return value;
            yield break;
        }

        for (var from = 0; from < text.Length;)
        {
            var length = Math.Min(Most, text.Length - from);
            length -= from + length < text.Length && char.IsHighSurrogate(text[from + length - 1]) ? 1 : 0;
            yield return text.Substring(from, length);
            from += length;
        }
    }

    private static Cell CellOf(FormValue value) =>
        value.Sum is { } sum ? Number((sum.Tiyn / 100m).ToString(CultureInfo.InvariantCulture), Sum)
        : value.Day is { } day ? Number((day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture), Day)
        : value.Count is { } count ? Number(count.ToString(CultureInfo.InvariantCulture), Plain)
        : Written(value.Printed, Plain);

    private static Cell Number(string digits, uint style) => new() { CellValue = new CellValue(digits), DataType = CellValues.Number, StyleIndex = style };

    /// <summary>A typed text; one that would turn into a formula when the cell is edited keeps the spreadsheet's own mark of a text.</summary>
    private static Cell Written(string text, uint style) =>
        new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style == Plain && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? Quoted : style,
        };

    private static Cell Rich(IReadOnlyList<FormRun> runs, uint style) =>
        runs.All(r => !r.Underlined)
            ? Written(string.Concat(runs.Select(r => r.Text)), style)
            : new Cell(new InlineString(runs.Select(Rich))) { DataType = CellValues.InlineString, StyleIndex = style };

    private static Run Rich(FormRun run)
    {
        var text = new Text(run.Text) { Space = SpaceProcessingModeValues.Preserve };
        return run.Underlined ? new Run(new RunProperties(new Underline()), text) : new Run(text);
    }

    private static Stylesheet Styles()
    {
        static Alignment Wrapped() => new() { WrapText = true, Vertical = VerticalAlignmentValues.Top };
        return new Stylesheet(
            new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd\\.mm\\.yyyy" }),
            new Fonts(new Font(), new Font(new Bold()), new Font(new Italic(), new Color { Rgb = "FF595959" })),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat(Wrapped()) { ApplyAlignment = true },
                new CellFormat(Wrapped()) { ApplyAlignment = true, QuotePrefix = true },
                new CellFormat(Wrapped()) { ApplyAlignment = true, NumberFormatId = 4, ApplyNumberFormat = true },
                new CellFormat(Wrapped()) { ApplyAlignment = true, NumberFormatId = 164, ApplyNumberFormat = true },
                new CellFormat(Wrapped()) { ApplyAlignment = true, FontId = 1, ApplyFont = true },
                new CellFormat(Wrapped()) { ApplyAlignment = true, FontId = 2, ApplyFont = true }));
    }
}
