using System.Globalization;
using System.Text.Json.Serialization;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>What the one who hands in a register says about it, beyond what stands in the file.</summary>
public sealed record RegisterOptions
{
    /// <summary>"line" for an account-register, the name of a reference register, or null to recognise it by its heads.</summary>
    public string? Table { get; init; }

    /// <summary>First day of the reporting month, when the file need not say it.</summary>
    public DateOnly? Month { get; init; }

    /// <summary>БСН of the provider, when the file need not say it.</summary>
    public long? ProviderId { get; init; }

    /// <summary>No line may be another provider's: the one who hands in speaks for this one alone.</summary>
    public bool OnlyProvider { get; init; }

    /// <summary>A reference register is whole although it holds far fewer rows than the one in force.</summary>
    public bool Shorter { get; init; }

    /// <summary>Months for which a forgotten line may be billed later than in its own.</summary>
    public int LateMonths { get; init; } = 3;

    /// <summary>Number of the contract, when the file does not say it.</summary>
    public string? Contract { get; init; }

    /// <summary>Form of care of all lines whose register has no such column.</summary>
    public string? CareForm { get; init; }

    /// <summary>Package of all lines whose register has no such column.</summary>
    public string? Package { get; init; }

    /// <summary>The day of intake: what lies after it is in the future.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Mapping of another system's export, a file of the folder of mappings or a path; null for registers of the usual form.</summary>
    public string? Mapping { get; init; }

    /// <summary>The register of diagnoses: staged Parquet or the CSV it came in; null when only the form of a code is checked.</summary>
    public IReadOnlyList<string>? Diagnoses { get; init; }

    /// <summary>Folder with the other files of an export, for mappings that join them; the file's own folder when null.</summary>
    public string? Companions { get; init; }

    /// <summary>What is wrong with the form of care, the package or the register that was said, and how to mend it; null when they are known.</summary>
    public Wording? Doubt() =>
        Unknown("form", CareForm, [.. CareForms.All.Select(f => f.Word())])
        ?? Unknown("package", Package, ["tmkkk", "mams"])
        ?? Unknown("register", Table, [Line, .. ReferenceTables.All.Select(t => t.Name)]);

    /// <summary>Reads a month as people give it: 2026-10.</summary>
    public static bool TryMonth(string text, out DateOnly month) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out month);

    /// <summary>The words for a month that cannot be read.</summary>
    public static Wording NoMonth(string text) => new(
        $"month: «{text}» ай емес. Жыл мен айды былай жазыңыз: 2026-10.",
        $"month: «{text}» – не месяц. Напишите год и месяц так: 2026-10.",
        $"month: '{text}' is no month. Write year and month like this: 2026-10.");

    private const string Line = "line";

    private static Wording? Unknown(string name, string? value, IReadOnlyList<string> known)
    {
        if (value is null || known.Contains(value))
        {
            return null;
        }

        var list = string.Join(", ", known);
        return new Wording(
            $"{name}: «{value}» мәні белгісіз. Мына сөздердің бірін жазыңыз: {list}.",
            $"{name}: значение «{value}» неизвестно. Напишите одно из слов: {list}.",
            $"{name}: the value '{value}' is not known. Write one of: {list}.");
    }
}

/// <summary>What came of reading a register: what the file was and how many rows were accepted and rejected.</summary>
public sealed record RegisterFacts
{
    /// <summary>Name of the file as it was sent.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file as it came, in small hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    /// <summary>csv, xlsx or json: what the content is, whatever the name says.</summary>
    public required string Format { get; init; }

    /// <summary>The name's extension promises another format.</summary>
    public bool ExtensionDiffers { get; init; }

    /// <summary>utf-8, utf-16le, utf-16be or windows-1251.</summary>
    public string? Encoding { get; init; }

    public string? Separator { get; init; }

    public string? Sheet { get; init; }

    /// <summary>"line" or the name of a reference register.</summary>
    public required string Table { get; init; }

    /// <summary>Row of the heads, 0 when the format itself names the columns.</summary>
    public required int HeadRow { get; init; }

    /// <summary>Heads that are not known; their columns were not read.</summary>
    public IReadOnlyList<string> UnknownHeads { get; init; } = [];

    public long? ProviderId { get; init; }

    public string? ProviderName { get; init; }

    public string? Contract { get; init; }

    public DateOnly? Month { get; init; }

    /// <summary>Form of care given to lines whose register has no such column.</summary>
    public string? CareForm { get; init; }

    /// <summary>Rows below the heads that claim to be lines; always accepted plus rejected.</summary>
    public required long Rows { get; init; }

    public required long Accepted { get; init; }

    public required long Rejected { get; init; }

    /// <summary>Rows that are no lines: title, head, blank, numbers, total, below.</summary>
    public required IReadOnlyDictionary<string, long> Skipped { get; init; }

    /// <summary>Tiyn billed by the accepted lines.</summary>
    public long Billed { get; init; }

    /// <summary>Tiyn that the total row of the file states, when it has one.</summary>
    public long? StatedTotal { get; init; }

    /// <summary>Identity numbers whose lost leading zeros were restored.</summary>
    public long NumbersRestored { get; init; }

    /// <summary>Lines whose package no column told and that were given one.</summary>
    public long PackagesInferred { get; init; }

    /// <summary>Rows of a mapping's classes: how many of each.</summary>
    public IReadOnlyDictionary<string, long> Classes { get; init; } = new Dictionary<string, long>();

    /// <summary>Parquet files with the accepted rows, in order.</summary>
    public required IReadOnlyList<string> Staged { get; init; }

    /// <summary>File of the rejections, one JSON object a line.</summary>
    public required string Rejections { get; init; }
}

/// <summary>What came of one file: facts of the register, or the reason why the whole file was refused.</summary>
/// <param name="File">Name of the file as it was sent.</param>
/// <param name="Facts">Set when the file was read.</param>
/// <param name="Refusal">Set when it was refused as a whole.</param>
public sealed record RegisterOutcome(string File, RegisterFacts? Facts, RegisterRefusal? Refusal);

/// <summary>What the reading process is to do: files, what is said about them and where the results go.</summary>
public sealed record ParseJob
{
    public required IReadOnlyList<ParseFile> Files { get; init; }

    public required RegisterOptions Options { get; init; }

    /// <summary>Seconds of processor time that a small file may take.</summary>
    public int SmallFileSeconds { get; init; } = 2;
}

/// <summary>One file of a job.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its name as it was sent.</param>
/// <param name="Folder">Folder for its staged rows and rejections.</param>
public sealed record ParseFile(string Path, string Name, string Folder);

[JsonSourceGenerationOptions(WriteIndented = false, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(RegisterOutcome))]
[JsonSerializable(typeof(RegisterOptions))]
internal sealed partial class RegisterJson : JsonSerializerContext;
