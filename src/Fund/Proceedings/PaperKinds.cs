using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Why a file is not taken.</summary>
public enum PaperFault
{
    TooMany,
    TooLarge,

    /// <summary>Its content is not what its name says.</summary>
    OtherContent,

    /// <summary>No kind of file that is taken.</summary>
    Kind,

    /// <summary>Without a name, or empty.</summary>
    Missing,
}

/// <summary>A file of an act is not taken, and so the act is not.</summary>
public sealed class PaperRefusedException(Wording text) : FormatException(text.En)
{
    /// <summary>What the sender reads.</summary>
    public Wording Text { get; } = text;
}

/// <summary>A kind of file that may go with an act.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Begin">The bytes with which every such file begins.</param>
/// <param name="Extensions">Ends of its names, with the dot.</param>
public sealed record PaperKind(string Type, byte[] Begin, IReadOnlyList<string> Extensions);

/// <summary>Which files may go with an act, by whichever door they come: kinds, sizes, how many. Content decides, not the name.</summary>
public static class PaperKinds
{
    /// <summary>Bytes of one file at most.</summary>
    public const int MostBytes = 15 << 20;

    /// <summary>Files of one act at most.</summary>
    public const int Most = 10;

    /// <summary>Signs of a name at most.</summary>
    private const int MostSigns = 200;

    private static readonly IReadOnlyList<PaperKind> Known =
    [
        new("application/pdf", "%PDF-"u8.ToArray(), [".pdf"]),
        new("image/jpeg", [0xFF, 0xD8, 0xFF], [".jpg", ".jpeg"]),
        new("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [".png"]),
        new("application/octet-stream", [0x50, 0x4B, 0x03, 0x04], [".docx", ".xlsx"]),
    ];

    /// <summary>The kind that a name tells; nothing for one that is not taken.</summary>
    public static PaperKind? Of(string name) => Path.GetExtension(name).ToLowerInvariant() is var extension ? Known.FirstOrDefault(k => k.Extensions.Contains(extension)) : null;

    /// <summary>The name of a file without folders, whichever system wrote it.</summary>
    public static string NameOf(string? name) => Path.GetFileName((name ?? "").Replace('\\', '/')).Trim();

    /// <summary>What is wrong with a file; nothing where it is taken.</summary>
    /// <param name="already">Files of the act that were taken before it.</param>
    public static PaperFault? FaultOf(string? name, ReadOnlySpan<byte> content, int already)
    {
        if (already >= Most)
        {
            return PaperFault.TooMany;
        }

        var plain = NameOf(name);
        if (plain.Length is 0 or > MostSigns || plain.Any(char.IsControl) || content.IsEmpty)
        {
            return PaperFault.Missing;
        }

        if (content.Length > MostBytes)
        {
            return PaperFault.TooLarge;
        }

        return Of(plain) is not { Begin: var begin } ? PaperFault.Kind
            : content.Length > begin.Length && content.StartsWith(begin) ? null : PaperFault.OtherContent;
    }

    /// <summary>The fault as a sender reads it.</summary>
    public static Wording TextOf(PaperFault fault, string? name) => fault switch
    {
        PaperFault.TooMany => new($"{Most} файлдан артық қабылданбайды", $"не больше {Most} файлов", $"{Most} files at most"),
        PaperFault.TooLarge => new($"«{NameOf(name)}» тым үлкен: {MostBytes >> 20} МБ-тан аспауы керек", $"«{NameOf(name)}» слишком велик: не больше {MostBytes >> 20} МБ", $"'{NameOf(name)}' is too large: {MostBytes >> 20} MB at most"),
        PaperFault.OtherContent => new($"«{NameOf(name)}» мазмұны атауына сәйкес емес", $"содержание «{NameOf(name)}» не соответствует имени", $"the content of '{NameOf(name)}' is not what its name says"),
        PaperFault.Missing => new("файлдың атауы немесе мазмұны жоқ", "у файла нет имени или содержания", "a file has no name or no content"),
        _ => new($"«{NameOf(name)}» қабылданбайды: PDF, JPG, PNG, DOCX немесе XLSX керек", $"«{NameOf(name)}» не принимается: нужен PDF, JPG, PNG, DOCX или XLSX", $"'{NameOf(name)}' is not accepted: PDF, JPG, PNG, DOCX or XLSX"),
    };
}
