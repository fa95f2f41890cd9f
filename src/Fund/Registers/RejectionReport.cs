using System.IO.Compression;
using System.Text;
using System.Xml;
using Kepil.Law;

namespace Kepil.Fund.Registers;

/// <summary>The rejections of a register as a file for the one who has to mend it, in his language.</summary>
public static class RejectionReport
{
    private static readonly Wording[] Heads =
    [
        new("Файл", "Файл", "File"),
        new("Жол", "Строка", "Row"),
        new("Ұяшық", "Ячейка", "Cell"),
        new("Баған", "Столбец", "Column"),
        new("Мәні", "Значение", "Value"),
        new("Не дұрыс емес", "Что неверно", "What is wrong"),
        new("Қалай түзету керек", "Как исправить", "How to mend it"),
    ];

    private static readonly Wording SheetName = new("Қайтарылған жолдар", "Отклонённые строки", "Rejected rows");

    /// <summary>CSV with a byte mark and semicolons, as a spreadsheet of this country opens it.</summary>
    public static void WriteCsv(Stream to, IEnumerable<Rejection> rejections, string language)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(true), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(string.Join(';', Heads.Select(h => Quoted(h.In(language)))));
        foreach (var rejection in rejections)
        {
            writer.WriteLine(string.Join(';', Cells(rejection, language).Select(Quoted)));
        }
    }

    /// <summary>A spreadsheet of one sheet in which every cell is plain text.</summary>
    public static void WriteXlsx(Stream to, IEnumerable<Rejection> rejections, string language)
    {
        using var archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Part(archive, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
        Part(archive, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part(archive, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
        Part(archive, "xl/workbook.xml", $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{SheetName.In(language)}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        using var sheet = archive.CreateEntry("xl/worksheets/sheet1.xml").Open();
        using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("worksheet", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="3" width="9" customWidth="1"/><col min="4" max="5" width="28" customWidth="1"/><col min="6" max="7" width="70" customWidth="1"/></cols>""");
        xml.WriteStartElement("sheetData");
        Row(xml, Heads.Select(h => h.In(language)));
        foreach (var rejection in rejections)
        {
            Row(xml, Cells(rejection, language));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static IEnumerable<string> Cells(Rejection rejection, string language)
    {
        var text = RejectionTexts.Of(rejection.Reason, rejection.Named);
        return [rejection.File, rejection.Row.ToString(System.Globalization.CultureInfo.InvariantCulture), rejection.Cell, rejection.Head, rejection.Value, text.Wrong.In(language), text.Mend.In(language)];
    }

    /// <summary>A quoted cell; what a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    private static string Quoted(string text)
    {
        var plain = Printable(text);
        return '"' + (plain.Length > 0 && plain[0] is '=' or '+' or '-' or '@' ? "'" : "") + plain.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    /// <summary>Without signs that neither a cell nor XML may hold.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF' || char.IsSurrogate(c) ? ' ' : c)).TrimStart();

    private static void Row(XmlWriter xml, IEnumerable<string> cells)
    {
        xml.WriteStartElement("row");
        foreach (var cell in cells)
        {
            xml.WriteStartElement("c");
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteElementString("t", Printable(cell));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Part(ZipArchive archive, string name, string text)
    {
        using var part = archive.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + text));
    }
}
