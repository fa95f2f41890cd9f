using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>Files that mean harm, or look as if they did: each ends in a clear refusal or is read, in a process that may die.</summary>
public sealed class HostileFilesTests
{
    private static readonly string Good = RegisterFiles.Head + "\n" + RegisterFiles.Row("A-1") + "\n";

    private static readonly string[] Cells = ["A-1", "#620106422885", "B03.335.002", "#46325", "#1", "#980.4", "#980.40000000000009", "I20.8", "ГОБМП"];

    private static (string Name, string Expected, Func<byte[]> Content)[] Files =>
    [
        ("bomb.xlsx", "workbook_bomb", () => RegisterFiles.Workbook("", parts: ("xl/worksheets/sheet1.xml", Spaces(200 << 20)))),
        ("strings.xlsx", "workbook_bomb", () => RegisterFiles.Workbook("", parts: ("xl/sharedStrings.xml", [.. "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>"u8, .. Spaces(100 << 20), .. "</t></si></sst>"u8]))),
        ("far.xlsx", "accepted 1 of 2", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, Cells) + "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>")),
        ("wide.xlsx", "too_many_columns", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>")),
        ("large-cell.xlsx", "accepted 0 of 1", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, [.. Cells[..7], new string('x', 1 << 20), "ГОБМП"]))),
        ("large-cell.csv", "accepted 1 of 2", () => Encoding.UTF8.GetBytes(Good + RegisterFiles.Row("A-2", diagnosis: new string('x', 1 << 20)) + "\n")),
        ("quote.csv", "quote_not_closed", () => Encoding.UTF8.GetBytes(Good + RegisterFiles.Row("\"A-2") + "\n" + Good)),
        ("formula.xlsx", "accepted 0 of 1", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, [.. Cells[..6], "=F2*E2", .. Cells[7..]]))),
        ("macros.xlsm", "macros", () => RegisterFiles.Workbook(RegisterFiles.SheetHead(), parts: ("xl/vbaProject.bin", [1, 2, 3]))),
        ("encrypted.xlsx", "encrypted", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[600]]),
        ("old.xls", "old_workbook", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("Workbook")]),
        ("really-text.xlsx", "accepted 1 of 1", () => Encoding.UTF8.GetBytes(Good)),
        ("really-workbook.csv", "accepted 1 of 1", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, Cells))),
        ("lying.xlsx", "workbook_broken", () => Lying(RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, Cells)))),
        ("many-parts.xlsx", "workbook_entries", () => RegisterFiles.Workbook("", parts: [.. Enumerable.Range(0, 2100).Select(i => ($"xl/{i}", Array.Empty<byte>()))])),
        ("dtd.xlsx", "markup_dtd", () => RegisterFiles.Workbook("", parts: ("xl/worksheets/sheet1.xml", "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\">]><worksheet>&a;</worksheet>"u8.ToArray()))),
        ("page.xls", "markup", () => "<html><table><tr><td>1</td></tr></table></html>"u8.ToArray()),
        ("archive.xlsx", "not_workbook", () => Nested()),
        ("picture.csv", "not_register", () => [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]),
        ("empty.csv", "file_empty", () => []),
        ("zeros.csv", "head_not_found", () => new byte[100_000]),
        ("columns.csv", "too_many_columns", () => [.. Enumerable.Repeat((byte)';', 1_000_000)]),
        ("days-1904.xlsx", "accepted 1 of 1", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, [.. Cells[..3], "#44863", .. Cells[4..]]), "<workbookPr date1904=\"1\"/>")),
        ("huge-number.xlsx", "accepted 0 of 1", () => RegisterFiles.Workbook(RegisterFiles.SheetHead() + RegisterFiles.SheetRow(2, [.. Cells[..5], "#1e308", "#-1e308", .. Cells[7..]]))),
    ];

    [Fact]
    public async Task Each_hostile_file_ends_in_its_refusal_or_is_read_within_the_limits()
    {
        var folder = RegisterFiles.Folder();
        try
        {
            var files = new List<ParseFile>();
            foreach (var (name, _, content) in Files)
            {
                var path = Path.Combine(folder, name);
                File.WriteAllBytes(path, content());
                files.Add(new ParseFile(path, name, Path.Combine(folder, "out-" + name)));
            }

            // The limits of everyday: two seconds of processor time for a small file, 512 megabytes for the process.
            var reader = new ParserProcess();
            var outcomes = await reader.ReadAsync(files, RegisterFiles.October, stop: TestContext.Current.CancellationToken);

            Assert.Equal((2, 512), (reader.SmallFileSeconds, reader.MostMegabytes));
            Assert.Equal(
                Files.Select(f => $"{f.Name}: {f.Expected}"),
                outcomes.Select(o => $"{o.File}: {o.Refusal?.Reason ?? $"accepted {o.Facts!.Accepted} of {o.Facts.Rows}"}"));
            Assert.All(outcomes.Where(o => o.Facts is not null), o => Assert.Equal(o.Facts!.Rows, o.Facts.Accepted + o.Facts.Rejected));
            Assert.All(outcomes.Where(o => o.File.StartsWith("really", StringComparison.Ordinal)), o => Assert.True(o.Facts!.ExtensionDiffers));
            Assert.All(outcomes.Where(o => o.Refusal is not null), o => Assert.DoesNotContain('{', RejectionTexts.Of(o.Refusal!).Kk));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task A_file_that_brings_the_reader_down_is_refused_and_the_next_one_is_read()
    {
        var folder = RegisterFiles.Folder();
        try
        {
            var good = Path.Combine(folder, "good.csv");
            File.WriteAllText(good, Good);
            // A device without end: memory and time are all there is to stop it.
            var outcomes = await new ParserProcess { SmallFileSeconds = 1 }.ReadAsync(
                [new ParseFile("/dev/zero", "endless.csv", Path.Combine(folder, "1")), new ParseFile(good, "good.csv", Path.Combine(folder, "2"))], RegisterFiles.October, stop: TestContext.Current.CancellationToken);

            Assert.NotNull(outcomes[0].Refusal);
            Assert.Equal(1, outcomes[1].Facts!.Accepted);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task A_reader_over_its_memory_is_stopped()
    {
        var folder = RegisterFiles.Folder();
        try
        {
            // Long enough that the reader cannot be done before it is looked at.
            var good = Path.Combine(folder, "good.csv");
            var row = Good[(Good.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            File.WriteAllText(good, Good + string.Concat(Enumerable.Repeat(row, 300_000)));
            var outcomes = await new ParserProcess { MostMegabytes = 1 }.ReadAsync([new ParseFile(good, "good.csv", Path.Combine(folder, "1"))], RegisterFiles.October, stop: TestContext.Current.CancellationToken);
            Assert.Equal(("reader_memory", "1"), (outcomes[0].Refusal!.Reason, outcomes[0].Refusal!.Named["megabytes"]));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static byte[] Spaces(int count)
    {
        var spaces = new byte[count];
        Array.Fill(spaces, (byte)' ');
        return spaces;
    }

    /// <summary>The archive says that its first part is one byte long.</summary>
    private static byte[] Lying(byte[] archive)
    {
        var directory = archive.AsSpan().IndexOf("PK\u0001\u0002"u8);
        for (var at = directory; at >= 0 && at + 46 < archive.Length;)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(at + 24), 1);
            var next = archive.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        return archive;
    }

    private static byte[] Nested()
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            using var entry = archive.CreateEntry("../../hospital.xlsx").Open();
            entry.Write(RegisterFiles.Workbook(RegisterFiles.SheetHead()));
        }

        return memory.ToArray();
    }
}
