using System.Text;
using System.Text.Encodings.Web;

namespace Kepil.Fund.Pages;

/// <summary>Writes text into HTML as it stands, but for the five signs that HTML itself uses.</summary>
/// <remarks>The encoder of the framework turns no-break spaces and pluses into entities even when all ranges are allowed.</remarks>
public sealed class PageEncoder : HtmlEncoder
{
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => Entity(unicodeScalar) is not null;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
        new ReadOnlySpan<char>(text, textLength).IndexOfAny("&<>\"'");

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        if (Entity(unicodeScalar) is { } entity)
        {
            numberOfCharactersWritten = entity.Length;
            return entity.TryCopyTo(target);
        }

        return new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten);
    }

    private static string? Entity(int scalar) => scalar switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => null,
    };
}
