using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Kepil.Fund.Reviews;

/// <summary>Takes out of a file what tells who made it: the second review is blind, and a file of the first reviewer must not name him.</summary>
/// <remarks>What people see on the pages of a file stays as it is. A file in which the author cannot be reached is refused: one that is locked or signed, or a PDF that packs his name away.</remarks>
public static partial class PaperAuthors
{
    /// <summary>Bytes of an unpacked part at most; a longer one hides what it holds.</summary>
    private const int MostUnpacked = 64 << 20;

    /// <summary>The file without its author.</summary>
    /// <param name="name">Its name, by whose end the kind is known; the content was found to fit.</param>
    /// <returns>Nothing when the author cannot be taken out.</returns>
    public static byte[]? Without(string name, byte[] content) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".pdf" => Pdf(content),
        ".docx" or ".xlsx" => Office(content),
        ".jpg" or ".jpeg" => Jpeg(content),
        ".png" => Png(content),
        _ => null,
    };

    /// <summary>Blanks names in place, so that every offset of the file stays true.</summary>
    private static byte[]? Pdf(byte[] content)
    {
        // Each byte is one sign, so that places in the text are places in the file.
        var text = Encoding.Latin1.GetString(content);
        if (text.Contains("/Encrypt", StringComparison.Ordinal) || text.Contains("/ByteRange", StringComparison.Ordinal) || NamedElsewhere().IsMatch(text))
        {
            return null;
        }

        foreach (var (begin, dictionary) in Streams(text))
        {
            if (Unpacked(content.AsSpan(begin), dictionary) is not { } inside || NamesPacked().IsMatch(inside))
            {
                return null;
            }
        }

        var clean = (byte[])content.Clone();
        foreach (Match named in Names().Matches(text))
        {
            var start = named.Index + named.Length;
            var end = text[start - 1] == '<' ? text.IndexOf('>', start) : EndOfString(text, start);
            if (end < 0)
            {
                return null;
            }

            // Digits of a string in hexadecimal become spaces of the text too.
            for (var i = start; i < end; i++)
            {
                clean[i] = text[start - 1] == '<' ? (byte)((i - start) % 2 == 0 ? '2' : '0') : (byte)' ';
            }
        }

        foreach (Match told in Metadata().Matches(text))
        {
            clean.AsSpan(told.Index, told.Length).Fill((byte)' ');
        }

        return clean;
    }

    /// <summary>Where streams begin, with the dictionary before each.</summary>
    private static IEnumerable<(int Begin, string Dictionary)> Streams(string text)
    {
        const int longest = 4096;
        for (var at = text.IndexOf("stream", StringComparison.Ordinal); at >= 0; at = text.IndexOf("stream", at + 6, StringComparison.Ordinal))
        {
            var begin = at + 6 < text.Length && text[at + 6] == '\r' ? at + 8 : at + 7;
            if ((at >= 3 && text.AsSpan(at - 3, 3).SequenceEqual("end")) || begin >= text.Length || text[begin - 1] != '\n')
            {
                continue;
            }

            var from = text.LastIndexOf("obj", at, Math.Min(at, longest), StringComparison.Ordinal);
            yield return (begin, from < 0 ? "" : text[from..at]);
        }
    }

    /// <summary>Where a string in brackets ends: brackets inside are balanced or escaped.</summary>
    private static int EndOfString(string text, int start)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }

    /// <summary>The text of a packed stream that may hold objects or metadata; an empty text for pages and pictures.</summary>
    /// <returns>Nothing when it cannot be unpacked.</returns>
    private static string? Unpacked(ReadOnlySpan<byte> stream, string dictionary)
    {
        if (!dictionary.Contains("/ObjStm", StringComparison.Ordinal) && !dictionary.Contains("/Metadata", StringComparison.Ordinal))
        {
            return "";
        }

        if (!dictionary.Contains("/FlateDecode", StringComparison.Ordinal))
        {
            // What is not packed at all was read with the whole file.
            return dictionary.Contains("/Filter", StringComparison.Ordinal) ? null : "";
        }

        try
        {
            using var read = new ZLibStream(new MemoryStream(stream.ToArray()), CompressionMode.Decompress);
            using var whole = new MemoryStream();
            var part = new byte[81_920];
            for (int count; (count = read.Read(part, 0, part.Length)) > 0;)
            {
                whole.Write(part, 0, count);
                if (whole.Length > MostUnpacked)
                {
                    return null;
                }
            }

            return Encoding.Latin1.GetString(whole.GetBuffer(), 0, (int)whole.Length);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The package anew without properties, with remarks and tracked changes by nobody.</summary>
    private static byte[]? Office(byte[] content)
    {
        try
        {
            using var made = new MemoryStream();
            using (var from = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read))
            using (var to = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var part in from.Entries)
                {
                    if (part.FullName.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase) || part.Length > MostUnpacked)
                    {
                        return null;
                    }

                    using var read = part.Open();
                    using var bytes = new MemoryStream();
                    read.CopyTo(bytes);
                    // The time of a part would tell when its author worked.
                    var copy = to.CreateEntry(part.FullName);
                    copy.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                    using var written = copy.Open();
                    written.Write(PartOf(part.FullName, bytes.ToArray()));
                }
            }

            return made.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] PartOf(string name, byte[] bytes)
    {
        var low = name.ToLowerInvariant();
        if (low.EndsWith(".jpeg", StringComparison.Ordinal) || low.EndsWith(".jpg", StringComparison.Ordinal))
        {
            return Jpeg(bytes) ?? bytes;
        }

        if (low.EndsWith(".png", StringComparison.Ordinal))
        {
            return Png(bytes) ?? bytes;
        }

        if (low.EndsWith(".docx", StringComparison.Ordinal) || low.EndsWith(".xlsx", StringComparison.Ordinal))
        {
            return Office(bytes) ?? bytes;
        }

        var properties = low.StartsWith("docprops/", StringComparison.Ordinal) || low.EndsWith(".psmdcp", StringComparison.Ordinal);
        if (!properties && !low.EndsWith(".xml", StringComparison.Ordinal))
        {
            return bytes;
        }

        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd();
        var clean = properties ? Property().Replace(text, "$1$3")
            : low.Contains("persons/", StringComparison.Ordinal) || low.EndsWith("/people.xml", StringComparison.Ordinal) ? PersonInXml().Replace(NameInXml().Replace(text, "$1\"\""), "$1\"\"")
            : low.EndsWith("/sharedstrings.xml", StringComparison.Ordinal) ? text
            : NameInXml().Replace(text, "$1\"\"");
        clean = low.Contains("comments", StringComparison.Ordinal) ? AuthorElement().Replace(clean, "$1$2") : clean;
        return clean == text ? bytes : Encoding.UTF8.GetBytes(XmlEncoding().Replace(clean, "encoding=\"UTF-8\""));
    }

    /// <summary>The picture without the segments in which cameras and programs write names and places.</summary>
    private static byte[]? Jpeg(byte[] content)
    {
        using var made = new MemoryStream();
        made.Write(content, 0, 2);
        for (var at = 2; at + 4 <= content.Length && content[at] == 0xFF;)
        {
            var (mark, length) = (content[at + 1], BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(at + 2)) + 2);
            if (mark == 0xDA)
            {
                made.Write(content, at, content.Length - at);
                return made.ToArray();
            }

            if (length < 4 || at + length > content.Length)
            {
                return null;
            }

            // APP1 to APP13 but the colours of APP2, and remarks.
            if (mark is not ((>= 0xE1 and <= 0xED and not 0xE2) or 0xFE))
            {
                made.Write(content, at, length);
            }

            at += length;
        }

        return null;
    }

    /// <summary>The picture without its texts.</summary>
    private static byte[]? Png(byte[] content)
    {
        using var made = new MemoryStream();
        made.Write(content, 0, 8);
        for (var at = 8; at + 12 <= content.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(at));
            if (length > content.Length - at - 12)
            {
                return null;
            }

            var (kind, whole) = (Encoding.ASCII.GetString(content, at + 4, 4), (int)length + 12);
            if (kind is not ("tEXt" or "zTXt" or "iTXt" or "eXIf" or "tIME"))
            {
                made.Write(content, at, whole);
            }

            at += whole;
            if (kind == "IEND")
            {
                return made.ToArray();
            }
        }

        return null;
    }

    /// <summary>A name as a string: of the author, of the program that may bear him, of whoever wrote a remark.</summary>
    [GeneratedRegex(@"/(?:Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|SourceModified|LastModifiedBy|T)\s*[(<](?!<)", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    /// <summary>An author who stands in another object.</summary>
    [GeneratedRegex(@"/(?:Author|Creator|LastModifiedBy)\s+\d+\s+\d+\s+R", RegexOptions.CultureInvariant)]
    private static partial Regex NamedElsewhere();

    /// <summary>Metadata in the open.</summary>
    [GeneratedRegex(@"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Metadata();

    /// <summary>An author inside a packed part, which cannot be blanked in place.</summary>
    [GeneratedRegex(@"/(?:Author|LastModifiedBy|Company|Manager)\s*(?:[(<]|\d+\s+\d+\s+R)|<dc:creator|pdf:Author", RegexOptions.CultureInvariant)]
    private static partial Regex NamesPacked();

    [GeneratedRegex(@"(<(?:\w+:)?(?:creator|lastModifiedBy|title|subject|description|keywords|category|Company|Manager|HyperlinkBase|lpwstr|lpstr)(?:\s[^>]*)?(?<!/)>)([^<]*)(</)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@"(\b(?:w:author|w:initials|w15:author|w15:userId|userName|url(?==""(?:file:|[A-Za-z]:\\)))=)(?:""[^""]*""|'[^']*')", RegexOptions.CultureInvariant)]
    private static partial Regex NameInXml();

    /// <summary>Who takes part in a talk on the margin.</summary>
    [GeneratedRegex(@"(\b(?:displayName|userId|author)=)(?:""[^""]*""|'[^']*')", RegexOptions.CultureInvariant)]
    private static partial Regex PersonInXml();

    [GeneratedRegex("(<(?:x:)?author>)[^<]*(</(?:x:)?author>)", RegexOptions.CultureInvariant)]
    private static partial Regex AuthorElement();

    [GeneratedRegex("(?<=^<\\?xml[^>]*)encoding=[\"'][^\"']*[\"']", RegexOptions.CultureInvariant)]
    private static partial Regex XmlEncoding();
}
