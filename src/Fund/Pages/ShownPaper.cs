using System.Collections.Concurrent;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Pages;

/// <summary>Files that somebody handed in and that a page may show beside the decision: PDF, JPEG and PNG. All others are only downloaded.</summary>
/// <remarks>
/// Name and content must agree, so HTML that calls itself PDF and a picture with script (SVG) are never opened by a browser on the Fund's address.
/// A PDF that carries script, starts programs or sends forms by plain words is only downloaded too. What is shown comes with its own type and with a policy of its own that allows nothing;
/// the frame has no attribute <c>sandbox</c> because browsers do not show a PDF in such a frame: the answer itself is put into the sandbox by its head.
/// </remarks>
public static class ShownPaper
{
    /// <summary>What goes with a file of another person: nothing is loaded by it, nothing runs in it, and only the Fund's own pages frame it.</summary>
    public const string Policy = "default-src 'none'; sandbox; frame-ancestors 'self'";

    public const string Pdf = "application/pdf";

    /// <summary>Answers on files that are remembered.</summary>
    private const int MostRemembered = 10_000;

    /// <summary>PDFs that were read whole, by their place: a kept file never changes, and a page asks of each at every look.</summary>
    private static readonly ConcurrentDictionary<string, bool> Harmless = [];

    /// <summary>Words of a PDF that does more than to be read.</summary>
    private static readonly byte[][] Acting =
        [.. new[] { "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/EmbeddedFile", "/JS ", "/JS(", "/JS<", "/XFA " }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>As what a browser shows a kept file; nothing for one that it only downloads.</summary>
    /// <param name="name">The name under which it came.</param>
    /// <param name="file">Where it is kept.</param>
    public static string? TypeOf(string name, string file)
    {
        if (PaperKinds.Of(name) is not { Type: Pdf or "image/jpeg" or "image/png" } kind || !File.Exists(file))
        {
            return null;
        }

        if (kind.Type == Pdf)
        {
            if (Harmless.Count > MostRemembered)
            {
                Harmless.Clear();
            }

            return Harmless.GetOrAdd(file, f => File.ReadAllBytes(f).AsSpan() is var content && content.StartsWith(kind.Begin) && !Acts(content)) ? Pdf : null;
        }

        using var read = File.OpenRead(file);
        var first = new byte[kind.Begin.Length];
        return read.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.AsSpan().SequenceEqual(kind.Begin) ? kind.Type : null;
    }

    /// <summary>The file as an answer that a page shows.</summary>
    public static IResult Answer(HttpContext context, string file, string type)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Stream(File.OpenRead(file), type);
    }

    private static bool Acts(ReadOnlySpan<byte> content)
    {
        foreach (var word in Acting)
        {
            if (content.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
