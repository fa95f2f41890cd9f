using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>Registers for the tests: kept ones, and ones made on the spot.</summary>
internal static class RegisterFiles
{
    public const string Head = "ID услуги;ИИН пациента;Код услуги;Дата оказания услуги;Количество;Тариф;Сумма;Диагноз;Источник финансирования";

    public static readonly RegisterOptions Options = new() { Today = new DateOnly(2026, 11, 5) };

    public static readonly RegisterOptions October = Options with { Month = new DateOnly(2026, 10, 1), ProviderId = 210440297469 };

    public static string Kept(string name) => Path.Combine(Here(), "files", name);

    public static string Folder() => Directory.CreateTempSubdirectory("kepil-registers-").FullName;

    public static string Row(string id, string person = "620106422885", string day = "30.10.2026", string quantity = "1", string price = "980,40", string amount = "980,40", string diagnosis = "I20.8") =>
        $"{id};{person};B03.335.002;{day};{quantity};{price};{amount};{diagnosis};ГОБМП";

    /// <summary>Reads bytes as a file of a name, in this process.</summary>
    public static (RegisterOutcome Outcome, List<Rejection> Rejections) Read(byte[] content, string name, RegisterOptions options)
    {
        var folder = Folder();
        try
        {
            var path = Path.Combine(folder, name);
            File.WriteAllBytes(path, content);
            var outcome = RegisterReading.ReadFile(path, name, Path.Combine(folder, "out"), options);
            return (outcome, outcome.Facts is { } facts ? [.. RejectionLog.Read(facts.Rejections)] : []);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    public static (RegisterOutcome Outcome, List<Rejection> Rejections) Read(string text, string name = "register.csv", RegisterOptions? options = null) =>
        Read(Encoding.UTF8.GetBytes(text), name, options ?? October);

    /// <summary>Reads a kept file and gives what a query over its staged rows says; "staged" is the table.</summary>
    public static (RegisterFacts Facts, List<Rejection> Rejections, List<object?[]> Rows) Staged(string path, RegisterOptions options, string query)
    {
        var folder = Folder();
        try
        {
            var outcome = RegisterReading.ReadFile(path, Path.GetFileName(path), folder, options);
            Assert.Null(outcome.Refusal);
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
            using var connection = database.Connect();
            connection.Execute($"CREATE VIEW staged AS SELECT * FROM read_parquet([{string.Join(", ", outcome.Facts!.Staged.Select(f => $"'{f}'"))}])");
            using var result = connection.Query(query);
            var rows = new List<object?[]>();
            while (result.Read())
            {
                rows.Add([.. Enumerable.Range(0, result.Columns.Count).Select(i => result[i])]);
            }

            return (outcome.Facts, [.. RejectionLog.Read(outcome.Facts.Rejections)], rows);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>A spreadsheet of one sheet whose rows are given as XML; other parts may be added or replaced.</summary>
    public static byte[] Workbook(string rows, string bookProperties = "", params (string Part, byte[] Content)[] parts)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            var all = new Dictionary<string, byte[]>
            {
                ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"u8.ToArray(),
                ["xl/workbook.xml"] = Encoding.UTF8.GetBytes($"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{bookProperties}<sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
                ["xl/_rels/workbook.xml.rels"] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"u8.ToArray(),
                ["xl/worksheets/sheet1.xml"] = Encoding.UTF8.GetBytes($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"),
            };
            foreach (var (part, content) in parts)
            {
                all[part] = content;
            }

            foreach (var (part, content) in all)
            {
                using var entry = archive.CreateEntry(part).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }

    /// <summary>A row of a sheet: texts, and numbers where the text begins with '#', formulas with '='.</summary>
    public static string SheetRow(int number, params string[] cells) =>
        $"<row r=\"{number}\">" + string.Concat(cells.Select((cell, i) => cell switch
        {
            "" => "",
            ['#', .. var figures] => $"<c r=\"{RegisterTable.ColumnLetters(i)}{number}\"><v>{figures}</v></c>",
            ['=', .. var formula] => $"<c r=\"{RegisterTable.ColumnLetters(i)}{number}\"><f>{formula}</f><v>1</v></c>",
            _ => $"<c r=\"{RegisterTable.ColumnLetters(i)}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>",
        })) + "</row>";

    public static string SheetHead(int number = 1) => SheetRow(number, Head.Split(';'));

    private static string Here([CallerFilePath] string path = "")
    {
        // Sources may have been mapped to another root by the build.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var own = Path.Combine(folder.FullName, "tests", "Fund.Tests", "Registers");
            if (Directory.Exists(own))
            {
                return own;
            }
        }

        return Path.GetDirectoryName(path)!;
    }
}
