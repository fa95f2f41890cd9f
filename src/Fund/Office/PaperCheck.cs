using Kepil.Fund.Pages;

namespace Kepil.Fund.Office;

/// <summary>What may go with an act: which kinds of files, how large and how many. Content decides, not the name.</summary>
public static class PaperCheck
{
    /// <summary>Bytes of one file at most.</summary>
    public const int MostBytes = 15 << 20;

    /// <summary>Files of one act at most.</summary>
    public const int Most = 10;

    /// <summary>What a field for files offers.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx";

    private static readonly (string Kind, byte[] Begin, string[] Extensions)[] Known =
    [
        ("pdf", "%PDF-"u8.ToArray(), [".pdf"]),
        ("jpg", [0xFF, 0xD8, 0xFF], [".jpg", ".jpeg"]),
        ("png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [".png"]),
        ("office", [0x50, 0x4B, 0x03, 0x04], [".docx", ".xlsx"]),
    ];

    /// <summary>Why a file is not taken, in the reader's language; nothing when it is.</summary>
    public static string? Doubt(string name, ReadOnlySpan<byte> content, int already, PageLanguage language)
    {
        if (already >= Most)
        {
            return language.With("Paper.TooMany", Most);
        }

        if (content.Length > MostBytes)
        {
            return language.With("Paper.TooLarge", name, MostBytes >> 20);
        }

        var extension = Path.GetExtension(name).ToLowerInvariant();
        foreach (var (_, begin, extensions) in Known)
        {
            if (extensions.Contains(extension))
            {
                return content.Length > begin.Length && content[..begin.Length].SequenceEqual(begin) ? null : language.With("Paper.OtherContent", name, extension);
            }
        }

        return language.With("Paper.Kind", name);
    }
}
