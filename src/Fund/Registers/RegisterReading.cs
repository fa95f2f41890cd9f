using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Kepil.Fund.Registers;

/// <summary>Reads one file: its bytes become rows, its heads are recognised, each row is accepted or rejected.</summary>
public static class RegisterReading
{
    /// <summary>Reads a file into a folder: Parquet of the accepted rows, rejections.jsonl. A file that cannot be taken at all gives a refusal.</summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="name">Its name as it was sent.</param>
    /// <param name="folder">Where the results go; made when it is not there.</param>
    /// <param name="options">What is said about the file.</param>
    public static RegisterOutcome ReadFile(string path, string name, string folder, RegisterOptions options)
    {
        try
        {
            return new RegisterOutcome(name, Read(path, name, folder, options), null);
        }
        catch (RegisterRefusedException refused)
        {
            return new RegisterOutcome(name, null, refused.Refusal);
        }
        catch (XmlException e)
        {
            return Refused(name, e.Message.Contains("DTD", StringComparison.Ordinal) ? "markup_dtd" : "workbook_broken");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            return Refused(name, "workbook_broken");
        }
        catch (System.Text.Json.JsonException e)
        {
            return new RegisterOutcome(name, null, new RegisterRefusal("json_broken", new Dictionary<string, string> { ["row"] = ((e.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture) }));
        }
    }

    private static RegisterOutcome Refused(string name, string reason) =>
        new(name, null, new RegisterRefusal(reason, new Dictionary<string, string>()));

    private static RegisterFacts Read(string path, string name, string folder, RegisterOptions options)
    {
        Directory.CreateDirectory(folder);
        var format = FileContent.Recognise(path);
        using var parts = format == "xlsx" ? new WorkbookParts(path) : null;
        parts?.ReadBook();
        var facts = new RegisterFacts
        {
            File = name,
            Sha256 = "",
            Size = new FileInfo(path).Length,
            Format = format,
            ExtensionDiffers = !FileContent.Promises(name, format),
            Table = "",
            HeadRow = 0,
            Rows = 0,
            Accepted = 0,
            Rejected = 0,
            Skipped = new Dictionary<string, long>(),
            Staged = [],
            Rejections = Path.Combine(folder, "rejections.jsonl"),
        };
        RegisterTable table;
        switch (format)
        {
            case "xlsx":
                var sheet = Sheet(parts!, name, options);
                table = new XlsxTable(parts!, sheet);
                facts = facts with { Sheet = parts!.Sheets[sheet].Name };
                break;
            case "json":
                table = new JsonTable(path);
                break;
            default:
                var (coding, sha256) = TextBytes.Examine(path);
                var csv = new CsvTable(path, coding);
                table = csv;
                facts = facts with
                {
                    Sha256 = sha256,
                    Encoding = coding switch { TextCoding.Utf8 => "utf-8", TextCoding.Windows1251 => "windows-1251", TextCoding.Utf16LittleEndian => "utf-16le", _ => "utf-16be" },
                    Separator = ((char)csv.Separator).ToString(),
                };
                break;
        }

        MappingFile? mapping = null;
        if (options.Mapping is { Length: > 0 } named)
        {
            mapping = MappingFile.Load(named);
            table = new MappedTable(table, mapping, name, options.Companions ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        using (table)
        {
            facts = new RegisterRows(table, mapping, options, Vocabulary.Own).Read(facts, folder);
        }

        return facts.Sha256.Length > 0 ? facts : facts with { Sha256 = Hash(path) };
    }

    /// <summary>The one visible sheet in which the heads of a register stand.</summary>
    private static int Sheet(WorkbookParts parts, string name, RegisterOptions options)
    {
        if (parts.Sheets.Count == 1 || options.Mapping is not null)
        {
            return 0;
        }

        var found = new List<int>();
        RegisterRefusedException? first = null;
        for (var i = 0; i < parts.Sheets.Count; i++)
        {
            using var table = new XlsxTable(parts, i);
            try
            {
                var rows = RegisterRows.First(table);
                new HeadRecognition(Vocabulary.Own).Find([.. rows.Select(r => r.Number)], [.. rows.Select(r => r.Texts())], options.Table, name);
                found.Add(i);
            }
            catch (RegisterRefusedException e) when (e.Refusal.Reason is "head_not_found" or "columns_missing" or "kind_unclear" or "head_repeated")
            {
                first = first is null || e.Refusal.Reason != "head_not_found" ? e : first;
            }
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw first!,
            _ => throw new RegisterRefusedException("sheets_many", ("sheets", string.Join(", ", found.Select(i => $"«{parts.Sheets[i].Name}»")))),
        };
    }

    private static string Hash(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
