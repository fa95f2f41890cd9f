using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Documents;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>Values that try to break a document, or to show one thing and be another.</summary>
public sealed class HostileValuesTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("=HYPERLINK(\"http://x.example\",\"a\")")]
    public void A_text_that_looks_like_a_formula_stays_a_text(string text)
    {
        var bytes = FormXlsx.Bytes((SampleForms.Unconfirmed with { Basis = text, Results = [SampleForms.Unconfirmed.Results[0] with { CardNumber = text }] }).ToForm(SampleForms.Mark));
        using var file = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        var cells = file.WorkbookPart!.WorksheetParts.SelectMany(s => s.Worksheet.Descendants<Cell>()).ToList();
        var formats = file.WorkbookPart.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToList();
        var hostile = cells.Where(c => c.InnerText == text).ToList();

        Assert.Equal(2, hostile.Count);
        Assert.All(hostile, c => Assert.Equal(CellValues.InlineString, c.DataType!.Value));
        Assert.All(hostile, c => Assert.True(formats[(int)c.StyleIndex!.Value].QuotePrefix!.Value));
        Assert.Empty(cells.SelectMany(c => c.Descendants<CellFormula>()));
    }

    [Fact]
    public void A_text_of_a_megabyte_is_whole_in_every_output()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i:000000000} "));
        var form = (SampleForms.Contract with { ConclusionsAndRecommendations = text, Clauses = [SampleForms.Contract.Clauses[0] with { Description = text }] }).ToForm(SampleForms.Mark);
        var (docx, xlsx) = (FormDocx.Bytes(form), FormXlsx.Bytes(form));

        Assert.Contains(text, FormPrint.Html(form), StringComparison.Ordinal);
        Assert.Contains(ReadBack.Docx(docx), t => t == text);
        Assert.All(ReadBack.Xlsx(xlsx), t => Assert.InRange(t.Length, 0, 32_767));
        Assert.Equal(2, Occurrences(string.Concat(ReadBack.Xlsx(xlsx).Where(t => t.Contains("000000", StringComparison.Ordinal) || t.Length > 1000)), "000099999 "));
        Assert.Empty(ReadBack.Complaints(docx, spreadsheet: false));
        Assert.Empty(ReadBack.Complaints(xlsx, spreadsheet: true));
    }

    [Fact]
    public void Control_signs_halves_of_signs_and_marks_of_direction_break_nothing_and_hide_nothing()
    {
        const string hostile = "а\0б\u0007в\u001Bг\u202Eд\u2066е\u200Fё\uFEFFж\uD800з\uFFFFи</w:t><script>alert(1)</script>&amp;\"'\U0001F600";
        var form = (SampleForms.Unconfirmed with { Provider = hostile, ConclusionsAndRecommendations = hostile }).ToForm(SampleForms.Mark);
        var (html, docx, xlsx) = (FormPrint.Html(form), FormDocx.Bytes(form), FormXlsx.Bytes(form));
        const string shown = "а б в гдеёж\uFFFDз\uFFFDи</w:t><script>alert(1)</script>&amp;\"'\U0001F600";

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains(ReadBack.Html(html), t => t == shown);
        Assert.Contains(ReadBack.Docx(docx), t => t.EndsWith(shown, StringComparison.Ordinal));
        Assert.Contains(shown, ReadBack.Xlsx(xlsx));
        Assert.Empty(ReadBack.Complaints(docx, spreadsheet: false));
        Assert.Empty(ReadBack.Complaints(xlsx, spreadsheet: true));
    }

    [Theory]
    [InlineData("a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\ne")]
    [InlineData(null, "")]
    [InlineData("қазақша әңгіме", "қазақша әңгіме")]
    public void Lines_of_any_make_become_lines(string? written, string plain) => Assert.Equal(plain, PlainText.Of(written));

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
