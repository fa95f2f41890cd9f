using System.IO.Compression;
using System.Text;

namespace Kepil.Fund.Documents;

/// <summary>A part of an office file: its name in the package, its content type, its XML.</summary>
internal sealed record OfficePart(string Name, string ContentType, string Xml);

/// <summary>An office file whose bytes depend on its content alone: no time, no drawn identifiers.</summary>
internal static class OfficePackage
{
    private const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="parts">The main part first; the others hang on it as rId1, rId2 and so on in their order.</param>
    /// <param name="kinds">What each of the others is to the main part: styles, worksheet.</param>
    public static byte[] Zip(IReadOnlyList<OfficePart> parts, IReadOnlyList<string> kinds)
    {
        var main = parts[0];
        var slash = main.Name.LastIndexOf('/');
        var (folder, name) = (main.Name[..(slash + 1)], main.Name[(slash + 1)..]);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + string.Concat(parts.Select(p => $"<Override PartName=\"/{p.Name}\" ContentType=\"{p.ContentType}\"/>")) + "</Types>");
            Add(archive, "_rels/.rels", Related([("officeDocument", main.Name)]));
            Add(archive, $"{folder}_rels/{name}.rels", Related(parts.Skip(1).Select((p, i) => (kinds[i], p.Name[folder.Length..]))));
            foreach (var part in parts)
            {
                Add(archive, part.Name, part.Xml);
            }
        }

        return stream.ToArray();
    }

    private static string Related(IEnumerable<(string Kind, string Target)> targets) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(targets.Select((t, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relationships}/{t.Kind}\" Target=\"{t.Target}\"/>")) + "</Relationships>";

    private static void Add(ZipArchive archive, string name, string xml)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Fixed;
        using var to = entry.Open();
        to.Write(Encoding.UTF8.GetBytes(Head + xml));
    }
}
