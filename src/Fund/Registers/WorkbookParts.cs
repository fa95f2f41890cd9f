using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Kepil.Fund.Registers;

/// <summary>The parts of a spreadsheet file, opened with a limit on everything that a hostile file could make large.</summary>
public sealed class WorkbookParts : IDisposable
{
    private const int MostEntries = 2_000;
    private const int MostSharedBytes = 64 << 20;
    private const int MostShared = 2_000_000;

    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private long _left;

    public WorkbookParts(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            CheckEntries(_file);
            _archive = new ZipArchive(_file, ZipArchiveMode.Read);
            // Real sheets shrink to a tenth or a thirtieth; a bomb to a thousandth.
            _left = Math.Min(2L << 30, Math.Max(32L << 20, _file.Length * 100));
            if (_archive.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || e.FullName.Contains("macrosheets", StringComparison.OrdinalIgnoreCase)))
            {
                throw new RegisterRefusedException("macros");
            }

            if (_archive.Entries.GroupBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1))
            {
                throw new RegisterRefusedException("workbook_broken");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Visible sheets: their names and parts.</summary>
    public IReadOnlyList<(string Name, string Part)> Sheets { get; private set; } = [];

    public bool From1904 { get; private set; }

    /// <summary>Texts that cells name by number, one after the other, and where each ends.</summary>
    public byte[] Shared { get; private set; } = [];

    public List<int> SharedEnds { get; } = [];

    public static XmlReaderSettings Xml { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = false,
        CloseInput = true,
    };

    public void ReadBook()
    {
        var targets = Targets();
        var sheets = new List<(string, string)>();
        using (var xml = Open("xl/workbook.xml"))
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (xml.LocalName == "workbookPr")
                {
                    From1904 = xml.GetAttribute("date1904") is "1" or "true";
                }
                else if (xml.LocalName == "sheet" && xml.GetAttribute("state") is null or "visible"
                    && xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") is { } id
                    && targets.TryGetValue(id, out var part) && sheets.Count < 100)
                {
                    sheets.Add((xml.GetAttribute("name") ?? "", part));
                }
            }
        }

        Sheets = sheets;
        if (Sheets.Count == 0)
        {
            throw new RegisterRefusedException("workbook_broken");
        }

        if (_archive.GetEntry("xl/sharedStrings.xml") is not null)
        {
            ReadShared();
        }
    }

    public XmlReader Open(string part)
    {
        var entry = _archive.GetEntry(part) ?? throw new RegisterRefusedException("workbook_broken");
        return XmlReader.Create(new Limited(entry.Open(), this), Xml);
    }

    public bool Has(string part) => _archive.GetEntry(part) is not null;

    public void Dispose()
    {
        _archive?.Dispose();
        _file.Dispose();
    }

    private Dictionary<string, string> Targets()
    {
        var targets = new Dictionary<string, string>();
        if (!Has("xl/workbook.xml") || !Has("xl/_rels/workbook.xml.rels"))
        {
            throw new RegisterRefusedException("not_workbook");
        }

        using var xml = Open("xl/_rels/workbook.xml.rels");
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("TargetMode") != "External"
                && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                var part = target.StartsWith('/') ? target[1..] : "xl/" + target;
                if (Has(part))
                {
                    targets[id] = part;
                }
            }
        }

        return targets;
    }

    private void ReadShared()
    {
        using var xml = Open("xl/sharedStrings.xml");
        var bytes = new byte[1 << 16];
        var used = 0;
        var chars = new char[4096];
        var utf8 = new byte[chars.Length * 3];
        int depth = 0, phonetic = 0;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh" && !xml.IsEmptyElement)
            {
                phonetic++;
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "rPh")
            {
                phonetic--;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t" && !xml.IsEmptyElement)
            {
                depth++;
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "t")
            {
                depth--;
            }
            else if (depth > 0 && phonetic == 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA && depth > 0)
            {
                int read;
                while ((read = xml.ReadValueChunk(chars, 0, chars.Length)) > 0)
                {
                    var length = Encoding.UTF8.GetBytes(chars.AsSpan(0, read), utf8);
                    if (used + length > bytes.Length)
                    {
                        Array.Resize(ref bytes, Math.Max(used + length, bytes.Length * 2));
                    }

                    utf8.AsSpan(0, length).CopyTo(bytes.AsSpan(used));
                    used += length;
                    if (used > MostSharedBytes)
                    {
                        throw new RegisterRefusedException("workbook_large");
                    }
                }
            }
            else if ((xml.NodeType == XmlNodeType.EndElement || (xml.NodeType == XmlNodeType.Element && xml.IsEmptyElement)) && xml.LocalName == "si")
            {
                SharedEnds.Add(used);
                if (SharedEnds.Count > MostShared)
                {
                    throw new RegisterRefusedException("workbook_large");
                }
            }
        }

        Shared = bytes;
    }

    /// <summary>Looks at the number of entries before the archive is opened, which would list them all.</summary>
    private static void CheckEntries(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, 65_557)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + 12 > tail.Length)
        {
            throw new RegisterRefusedException("workbook_broken");
        }

        var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        if (entries > MostEntries)
        {
            throw new RegisterRefusedException("workbook_entries", ("limit", MostEntries.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Counts what is really inflated: the sizes that an archive states can lie.</summary>
    private sealed class Limited(Stream inner, WorkbookParts parts) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            parts._left -= read;
            return parts._left >= 0 ? read : throw new RegisterRefusedException("workbook_bomb");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
