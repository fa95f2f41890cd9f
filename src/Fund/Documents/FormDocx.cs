using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Kepil.Fund.Documents;

/// <summary>A form as a text document: the same form gives the same bytes, so that what is signed can be made again and compared.</summary>
public static class FormDocx
{
    private const string Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    /// <summary>Twentieths of a point between the margins of A4, upright and on its side.</summary>
    private const int Upright = 9638, Sideways = 14570;

    public static byte[] Bytes(Form form)
    {
        var body = new Body();
        foreach (var (place, block) in form.Blocks.Index())
        {
            switch (block)
            {
                case FormLine line:
                    body.Append(Paragraphs(line, form.Blocks.ElementAtOrDefault(place + 1) is FormTable));
                    break;
                case FormTable table:
                    body.Append(Table(table, form.Wide ? Sideways : Upright), new Paragraph());
                    break;
            }
        }

        body.Append(new SectionProperties(
            form.Wide
                ? new PageSize { Width = 16838, Height = 11906, Orient = PageOrientationValues.Landscape }
                : new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567, Gutter = 0 }));
        return OfficePackage.Zip(
            [
                new("word/document.xml", Type + "document.main+xml", new Document(body).OuterXml),
                new("word/styles.xml", Type + "styles+xml", Styles().OuterXml),
            ],
            ["styles"]);
    }

    /// <summary>The Kazakh line, the Russian one below it, and what stands below both; a page never ends between them.</summary>
    /// <param name="headsTable">The line names the table that follows, and stays on its page.</param>
    private static IEnumerable<Paragraph> Paragraphs(FormLine line, bool headsTable)
    {
        if (line.KazakhText.Length > 0 || line.Beside is not null)
        {
            var paragraph = new Paragraph(Properties(line.Role.ToString(), headsTable || line.RussianText.Length > 0 || line.Below.Any()));
            paragraph.Append(line.Kazakh.Where(r => r.Text.Length > 0).Select(r => Run(r.Text, r.Underlined ? new RunProperties(new Underline { Val = UnderlineValues.Single }) : null)));
            if (line.Beside is { } value)
            {
                paragraph.Append(Run((line.KazakhText.Length > 0 ? " " : "") + value, Filled()));
            }

            yield return paragraph;
        }

        if (line.RussianText.Length > 0)
        {
            var properties = Properties("Russian", headsTable || line.Below.Any());
            if (IndentOf(line.Role) is { } indent)
            {
                properties.Append(new Indentation { Left = indent });
            }

            properties.Append(new Justification { Val = SideOf(line.Role) });
            var paragraph = new Paragraph(properties);
            paragraph.Append(line.Russian.Select(r => Run(r.Text, r.Underlined ? new RunProperties(new Underline { Val = UnderlineValues.Single }) : null)));
            yield return paragraph;
        }

        foreach (var below in line.Below)
        {
            yield return new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Under" }), Run(below, Filled()));
        }
    }

    private static ParagraphProperties Properties(string style, bool keepsNext)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        if (keepsNext)
        {
            properties.Append(new KeepNext());
        }

        return properties;
    }

    /// <summary>How far from the left margin lines of a role begin, in both languages.</summary>
    private static string? IndentOf(LineRole role) => role switch { LineRole.Annex => "4800", LineRole.Under or LineRole.Objection => "340", _ => null };

    private static JustificationValues SideOf(LineRole role) =>
        role switch { LineRole.Title => JustificationValues.Center, LineRole.Annex => JustificationValues.Right, _ => JustificationValues.Left };

    private static RunProperties Filled() => new(new Bold());

    private static Run Run(string text, RunProperties? properties = null)
    {
        var run = new Run();
        if (properties is not null)
        {
            run.Append(properties);
        }

        run.Append(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
        return run;
    }

    private static Table Table(FormTable table, int width)
    {
        var whole = table.Columns.Sum(c => c.Share);
        var widths = table.Columns.Select(c => width * c.Share / whole).ToList();
        var result = new Table(
            new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 4 }, new LeftBorder { Val = BorderValues.Single, Size = 4 }, new BottomBorder { Val = BorderValues.Single, Size = 4 },
                    new RightBorder { Val = BorderValues.Single, Size = 4 }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));
        var head = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
        head.Append(table.Columns.Select((c, i) => Cell(widths[i], 1, Styled("Cell", c.Head.Kazakh, JustificationValues.Center), Styled("Russian", c.Head.Russian, JustificationValues.Center))));
        result.Append(head);
        foreach (var values in table.Rows)
        {
            var row = new TableRow();
            row.Append(values.Select((v, i) => Cell(widths[i], 1, [.. v.Printed.Split('\n').Select(t => Styled("Cell", t, table.Columns[i].Number ? JustificationValues.Right : JustificationValues.Left))])));
            result.Append(row);
        }

        if (table.Total is { } total)
        {
            result.Append(new TableRow(
                Cell(widths.SkipLast(1).Sum(), widths.Count - 1, Styled("Cell", total.Printed, JustificationValues.Left), Styled("Russian", total.Label.Russian, JustificationValues.Left)),
                Cell(widths[^1], 1, Styled("Cell", FormValue.Of(total.Sum).Printed, JustificationValues.Right))));
        }

        return result;
    }

    private static TableCell Cell(int width, int columns, params IEnumerable<Paragraph> paragraphs)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = width.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa });
        if (columns > 1)
        {
            properties.Append(new GridSpan { Val = columns });
        }

        var cell = new TableCell(properties);
        cell.Append(paragraphs);
        return cell;
    }

    private static Paragraph Styled(string style, string text, JustificationValues side) =>
        new(new ParagraphProperties(new ParagraphStyleId { Val = style }, new Justification { Val = side }), Run(text));

    private static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = "Times New Roman", ComplexScript = "Times New Roman" },
                new FontSize { Val = "24" },
                new Languages { Val = "kk-KZ" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "60" }))),
        Style("Normal", null, null, isDefault: true),
        Style(nameof(LineRole.Annex), new ParagraphProperties(new Indentation { Left = IndentOf(LineRole.Annex) }, new Justification { Val = JustificationValues.Right }), new StyleRunProperties(new FontSize { Val = "20" })),
        Style(nameof(LineRole.Title), new ParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "60" }, new Justification { Val = JustificationValues.Center }), new StyleRunProperties(new Bold(), new FontSize { Val = "26" })),
        Style(nameof(LineRole.Numbered), new ParagraphProperties(new SpacingBetweenLines { Before = "120", After = "20" }), null),
        Style(nameof(LineRole.Under), new ParagraphProperties(new SpacingBetweenLines { After = "20" }, new Indentation { Left = IndentOf(LineRole.Under) }), null),
        Style(nameof(LineRole.Paragraph), new ParagraphProperties(new SpacingBetweenLines { Before = "120", After = "60" }), null),
        Style(nameof(LineRole.Signature), new ParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "60" }), null),
        Style(nameof(LineRole.Objection), new ParagraphProperties(new Indentation { Left = IndentOf(LineRole.Objection) }), null),
        Style(nameof(LineRole.Note), new ParagraphProperties(new SpacingBetweenLines { Before = "180" }), new StyleRunProperties(new FontSize { Val = "22" })),
        Style(nameof(LineRole.Mark), null, new StyleRunProperties(new FontSize { Val = "18" })),
        Style("Cell", new ParagraphProperties(new SpacingBetweenLines { After = "0" }), new StyleRunProperties(new FontSize { Val = "20" })),
        Style("Russian", new ParagraphProperties(new SpacingBetweenLines { After = "40" }), new StyleRunProperties(new Italic(), new Color { Val = "595959" }, new FontSize { Val = "18" }, new Languages { Val = "ru-RU" })));

    private static Style Style(string name, ParagraphProperties? paragraph, StyleRunProperties? run, bool isDefault = false)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = name, CustomStyle = !isDefault };
        style.Append(new StyleName { Val = name });
        if (isDefault)
        {
            style.Default = true;
            style.CustomStyle = null;
        }
        else
        {
            style.Append(new BasedOn { Val = "Normal" });
        }

        if (paragraph is not null)
        {
            style.Append(new StyleParagraphProperties(paragraph.ChildElements.Select(e => e.CloneNode(true))));
        }

        if (run is not null)
        {
            style.Append(run);
        }

        return style;
    }
}
