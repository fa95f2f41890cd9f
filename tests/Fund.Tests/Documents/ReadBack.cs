using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Kepil.Fund.Documents;
using S = DocumentFormat.OpenXml.Spreadsheet;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Kepil.Tests.Documents;

/// <summary>Reads documents of all outputs back as lines of text.</summary>
internal static class ReadBack
{
    /// <summary>Paragraphs; cells of a row stand in one line with bars between them.</summary>
    public static List<string> Docx(byte[] bytes)
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        return
        [
            .. file.MainDocumentPart!.Document.Body!.ChildElements.SelectMany(e => e switch
            {
                W.Paragraph p => [p.InnerText],
                W.Table t => t.Elements<W.TableRow>().Select(r => string.Join(" | ", r.Elements<W.TableCell>().Select(c => string.Join(" / ", c.Elements<W.Paragraph>().Select(p => p.InnerText))))),
                _ => Enumerable.Empty<string>(),
            }).Where(t => t.Length > 0),
        ];
    }

    public static List<string> Html(string html) =>
        [.. Regex.Split(html, "</?(?:div|p|h1|td|th|tr|span|article|table|thead|tbody|tfoot)[^>]*>").Select(t => WebUtility.HtmlDecode(Regex.Replace(t, "</?u>", "")).Trim('\n')).Where(t => t.Length > 0)];

    /// <summary>Texts of all cells; a day and a sum as the numbers that they are.</summary>
    public static List<string> Xlsx(byte[] bytes)
    {
        using var file = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        return [.. file.WorkbookPart!.WorksheetParts.SelectMany(s => s.Worksheet.Descendants<S.Cell>()).Select(c => c.InnerText).Where(t => t.Length > 0)];
    }

    public static IReadOnlyList<string> Complaints(byte[] bytes, bool spreadsheet)
    {
        using OpenXmlPackage file = spreadsheet ? SpreadsheetDocument.Open(new MemoryStream(bytes), false) : WordprocessingDocument.Open(new MemoryStream(bytes), false);
        return [.. new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2016).Validate(file).Select(e => $"{e.Path?.XPath}: {e.Description}")];
    }

    /// <summary>Every Kazakh label of a form: lines, heads of columns, closing lines.</summary>
    public static IEnumerable<string> Labels(Form form) => form.Blocks.SelectMany(b => b switch
    {
        FormLine line => [line.KazakhText],
        FormTable table => [.. table.Columns.Select(c => c.Head.Kazakh), .. table.Total is { } total ? new[] { total.Label.Kazakh } : []],
        _ => Enumerable.Empty<string>(),
    }).Where(l => l.Length > 0);

    public static IEnumerable<string> Russian(Form form) => form.Blocks.SelectMany(b => b switch
    {
        FormLine line => [line.RussianText],
        FormTable table => [.. table.Columns.Select(c => c.Head.Russian), .. table.Total is { } total ? new[] { total.Label.Russian } : []],
        _ => Enumerable.Empty<string>(),
    }).Where(l => l.Length > 0);

    public static IEnumerable<FormValue> Values(Form form) => form.Lines.SelectMany(l => l.Values).Concat(form.Tables.SelectMany(t => t.Rows.SelectMany(r => r)));
}
