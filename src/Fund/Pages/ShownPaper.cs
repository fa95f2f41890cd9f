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

    private static readonly (string Type, byte[] Begin, string[] Extensions)[] Known =
    [
        (Pdf, "%PDF-"u8.ToArray(), [".pdf"]),
        ("image/jpeg", [0xFF, 0xD8, 0xFF], [".jpg", ".jpeg"]),
        ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [".png"]),
    ];

    /// <summary>Words of a PDF that does more than to be read.</summary>
    private static readonly byte[][] Acting =
        [.. new[] { "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/EmbeddedFile", "/JS ", "/JS(", "/JS<", "/XFA " }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>As what a browser shows a kept file; nothing for one that it only downloads.</summary>
    /// <param name="name">The name under which it came.</param>
    /// <param name="file">Where it is kept.</param>
    public static string? TypeOf(string name, string file)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        if (Known.FirstOrDefault(k => k.Extensions.Contains(extension)) is not { Type: { } type, Begin: { } begin } || !File.Exists(file))
        {
            return null;
        }

        if (type == Pdf)
        {
            var content = File.ReadAllBytes(file).AsSpan();
            return content.StartsWith(begin) && !Acts(content) ? type : null;
        }

        using var read = File.OpenRead(file);
        var first = new byte[begin.Length];
        return read.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.AsSpan().SequenceEqual(begin) ? type : null;
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
