using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Kepil.Fund.Reviews;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Registers;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>A file that a reviewer attaches loses his name before anybody else reads it, and keeps what stands on its pages.</summary>
public sealed class PaperAuthorsTests
{
    private const string Name = "Aigul Algashqy";

    /// <summary>As a printing program writes it: title, author in Kazakh letters, program, a remark, and the same as metadata.</summary>
    private static byte[] RealPdf => File.ReadAllBytes(RegisterFiles.Kept("../../Reviews/files/authored.pdf"));

    [Fact]
    public void A_printed_pdf_loses_author_program_and_remark_and_no_byte_moves()
    {
        var (before, clean) = (Latin(RealPdf), PaperAuthors.Without("қорытынды.pdf", RealPdf)!);
        var after = Latin(clean);

        // The author in Kazakh letters, as the file holds it.
        Assert.All([Name, "\\376\\377\\004\\020", "<dc:creator>", "Qorytyndy"], word => Assert.Contains(word, before, StringComparison.Ordinal));
        Assert.All([Name, "\\376\\377\\004\\020", "<dc:creator>", "Qorytyndy"], word => Assert.DoesNotContain(word, after, StringComparison.Ordinal));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(StreamOf(before), StreamOf(after));
        Assert.Equal(before[before.LastIndexOf("xref", StringComparison.Ordinal)..], after[after.LastIndexOf("xref", StringComparison.Ordinal)..]);
        Assert.Equal(clean, PaperAuthors.Without("қорытынды.pdf", clean));
    }

    [Fact]
    public void A_pdf_whose_author_cannot_be_reached_is_refused()
    {
        var pdf = Latin(RealPdf);
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(Encoding.ASCII.GetBytes("1 0 <</Author(Aigul)>>"));
        }

        string[] hostile =
        [
            pdf.Replace("trailer", "trailer /Encrypt 9 0 R", StringComparison.Ordinal), pdf + "/ByteRange [0 1 2 3]", pdf + "<</Author 12 0 R>>", pdf + "<</Author (open",
            pdf + "9 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n" + Latin(packed.ToArray()) + "\nendstream", pdf + "9 0 obj <</Type/ObjStm/Filter/FlateDecode>>stream\nno zip\nendstream",
        ];
        Assert.All(hostile, h => Assert.Null(PaperAuthors.Without("a.pdf", Encoding.Latin1.GetBytes(h))));
    }

    [Fact]
    public void A_document_loses_properties_remarks_and_tracked_changes_by_name_and_still_opens_with_its_text()
    {
        var clean = PaperAuthors.Without("негіздеме.docx", Docx())!;

        using (var zip = new ZipArchive(new MemoryStream(clean)))
        {
            foreach (var part in zip.Entries)
            {
                using var read = new StreamReader(part.Open());
                var text = read.ReadToEnd();
                Assert.DoesNotContain(Name, text, StringComparison.Ordinal);
                Assert.Equal(1980, part.LastWriteTime.Year);
            }
        }

        using var opened = WordprocessingDocument.Open(new MemoryStream(clean), false);
        Assert.Equal("Картада жазба жоқ.", opened.MainDocumentPart!.Document!.Body!.InnerText);
        Assert.Equal("", opened.PackageProperties.Creator ?? "");
        Assert.Null(PaperAuthors.Without("a.docx", "PK\u0003\u0004 no package"u8.ToArray()));
    }

    [Fact]
    public void Pictures_lose_what_a_camera_wrote()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xE1, 0, 8, .. "Aigul!"u8, 0xFF, 0xFE, 0, 7, .. "Aigul"u8, 0xFF, 0xDA, 0, 2, 9, 9, 0xFF, 0xD9];
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 5, .. "tEXtAigul"u8, 1, 2, 3, 4, 0, 0, 0, 1, .. "IDAT"u8, 7, 1, 2, 3, 4, 0, 0, 0, 0, .. "IEND"u8, 1, 2, 3, 4];

        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, 9, 9, 0xFF, 0xD9], PaperAuthors.Without("a.jpg", jpeg)!);
        Assert.Equal([.. png[..8], .. png[25..]], PaperAuthors.Without("a.png", png)!);
        Assert.Null(PaperAuthors.Without("a.png", png[..40]));
    }

    /// <summary>At the desk: what is kept bears no name, and what cannot lose it is refused with words while the justification stays.</summary>
    [Fact]
    public async Task The_desk_keeps_a_file_without_its_author_and_refuses_one_that_is_locked()
    {
        await using var host = await PagesHost.StartAsync(clock: new MovedClock(TrialCase.Moment("2026-11-02")));
        var store = ReviewCases.StoreOf(host);
        ReviewCases.AddExpert(host, "Қараушы", "10");
        var id = ReviewCases.Open(host, 1)[0];
        ReviewCases.Object(host, [id]);
        var reviewer = store.Find(id)!.Reviewer;
        using var reader = await host.ReaderAsync(reviewer);

        var locked = await SendAsync(reader, id, "a.pdf", [.. RealPdf, .. "/Encrypt"u8]);
        Assert.Contains("авторын көрсетеді", locked, StringComparison.Ordinal);
        Assert.Contains("Картада жазба жоқ.", locked, StringComparison.Ordinal);
        Assert.Empty(store.WaitingOf(reviewer));

        await SendAsync(reader, id, "a.pdf", RealPdf);
        var kept = Assert.Single(Assert.Single(store.WaitingOf(reviewer)).Files);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(PaperAuthors.Without("a.pdf", RealPdf)!)), kept.Hash);
    }

    private static async Task<string> SendAsync(HttpClient reader, long id, string name, byte[] content)
    {
        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await reader.GetStringAsync($"/desk/{id}", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        string Field(string field) => page.QuerySelector($"form.decision input[name={field}]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in new[] { ("__RequestVerificationToken", Field("__RequestVerificationToken")), ("version", Field("version")), ("reasons", "Картада жазба жоқ."), ("outcome", "confirm") })
        {
            form.Add(new StringContent(value), field);
        }

        using var file = new ByteArrayContent(content);
        form.Add(file, "files", name);
        using var answer = await reader.PostAsync(new Uri($"/desk/{id}/decision", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static byte[] Docx()
    {
        using var made = new MemoryStream();
        using (var document = WordprocessingDocument.Create(made, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Creator = document.PackageProperties.LastModifiedBy = Name;
            document.AddExtendedFilePropertiesPart().Properties = new(new DocumentFormat.OpenXml.ExtendedProperties.Company("Branch of " + Name));
            var main = document.AddMainDocumentPart();
            main.Document = new(new Body(new Paragraph(new InsertedRun(new Run(new Text("Картада жазба жоқ."))) { Author = Name, Id = "1" })));
            main.AddNewPart<WordprocessingCommentsPart>().Comments = new(new Comment(new Paragraph(new Run(new Text("қараңыз")))) { Author = Name, Initials = Name, Id = "1" });
        }

        return made.ToArray();
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The packed text of the page.</summary>
    private static string StreamOf(string pdf) => pdf[pdf.IndexOf("stream", StringComparison.Ordinal)..pdf.IndexOf("endstream", StringComparison.Ordinal)];
}
