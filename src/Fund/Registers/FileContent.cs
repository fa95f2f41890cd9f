using System.Text;

namespace Kepil.Fund.Registers;

/// <summary>What a file is by its content; its name decides nothing.</summary>
public static class FileContent
{
    /// <summary>csv, xlsx or json; anything else is refused with its own reason.</summary>
    public static string Recognise(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var head = new byte[(int)Math.Min(file.Length, 8192)];
        file.ReadExactly(head);
        var start = head.AsSpan();
        if (start.IsEmpty)
        {
            throw new RegisterRefusedException("file_empty");
        }

        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
        {
            return "xlsx";
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            throw new RegisterRefusedException(Holds(file, "EncryptedPackage") ? "encrypted" : "old_workbook");
        }

        if (start.StartsWith("%PDF"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            || start.StartsWith("Rar!"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) || start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
            || start.StartsWith("PAR1"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x7F, 0x45, 0x4C, 0x46]) || start.StartsWith("MZ"u8) && start.Length > 2 && start[2..].Contains((byte)0))
        {
            throw new RegisterRefusedException("not_register");
        }

        var text = CellText.Trim(start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start);
        if (text.StartsWith("<"u8))
        {
            throw new RegisterRefusedException("markup");
        }

        return text.StartsWith("{"u8) || text.StartsWith("[{"u8) || text.StartsWith("[\n"u8) || text.StartsWith("[\r"u8) || text.StartsWith("[ "u8) || text.SequenceEqual("[]"u8) ? "json" : "csv";
    }

    /// <summary>Whether a name promises what the content is.</summary>
    public static bool Promises(string fileName, string format) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".csv" or ".txt" or ".tsv" => format == "csv",
        ".xlsx" => format == "xlsx",
        ".json" or ".jsonl" or ".ndjson" => format == "json",
        _ => false,
    };

    /// <summary>Whether the directory of a compound file has an entry of that name.</summary>
    private static bool Holds(FileStream file, string name)
    {
        var sought = Encoding.Unicode.GetBytes(name);
        var buffer = new byte[1 << 20];
        file.Position = 0;
        var held = 0;
        for (var read = file.Read(buffer, held, buffer.Length - held); read > 0; read = file.Read(buffer, held, buffer.Length - held))
        {
            var length = held + read;
            if (buffer.AsSpan(0, length).IndexOf(sought) >= 0)
            {
                return true;
            }

            held = Math.Min(length, sought.Length);
            buffer.AsSpan(length - held, held).CopyTo(buffer);
        }

        return false;
    }
}
