using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Office;

/// <summary>What may go with an act at the pages, in the words of the reader; what is taken is the same at every door.</summary>
public static class PaperCheck
{
    /// <summary>Bytes of one file at most.</summary>
    public const int MostBytes = PaperKinds.MostBytes;

    /// <summary>Files of one act at most.</summary>
    public const int Most = PaperKinds.Most;

    /// <summary>What a field for files offers.</summary>
    public const string Accept = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx";

    /// <summary>Why a file is not taken, in the reader's language; nothing when it is.</summary>
    public static string? Doubt(string name, ReadOnlySpan<byte> content, int already, PageLanguage language) => PaperKinds.FaultOf(name, content, already) switch
    {
        null => null,
        PaperFault.TooMany => language.With("Paper.TooMany", Most),
        PaperFault.TooLarge => language.With("Paper.TooLarge", name, MostBytes >> 20),
        PaperFault.OtherContent or PaperFault.Missing => language.With("Paper.OtherContent", name, Path.GetExtension(name).ToLowerInvariant()),
        _ => language.With("Paper.Kind", name),
    };
}
