using System.Text;
using Kepil.DuckDb;

namespace Kepil.Fund.Registers;

/// <summary>The codes of the register of diagnoses; with none loaded, any code of the right form is known.</summary>
public sealed class DiagnosisCodes
{
    private static Loading _last = new([], new DiagnosisCodes());

    private readonly HashSet<ulong> _codes = [];

    public bool Loaded => _codes.Count > 0;

    /// <param name="files">Staged Parquet with a column "code", or a CSV whose first column is the code.</param>
    public static DiagnosisCodes Load(IReadOnlyList<string> files)
    {
        var codes = new DiagnosisCodes();
        foreach (var file in files)
        {
            if (file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
            {
                using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 64);
                using var connection = database.Connect();
                using var rows = connection.Query($"SELECT code FROM read_parquet('{file.Replace("'", "''", StringComparison.Ordinal)}')");
                while (rows.Read())
                {
                    codes.Add(Encoding.UTF8.GetBytes(rows.Text(0)));
                }
            }
            else
            {
                using var table = new CsvTable(file, TextBytes.Detect(file));
                var row = new TableRow();
                while (table.Read(row))
                {
                    codes.Add(CellText.Trim(row[0]));
                }
            }
        }

        return codes;
    }

    /// <summary>The codes as a text in a folder, so that who reads files need not open a database for them.</summary>
    public static IReadOnlyList<string> Kept(IReadOnlyList<string> files, string folder)
    {
        if (files.Count == 0)
        {
            return [];
        }

        var text = new StringBuilder("code\n");
        foreach (var packed in Of(files)._codes)
        {
            for (var shift = 56; shift >= 0; shift -= 8)
            {
                if ((packed >> shift & 0xFF) is > 0 and var sign)
                {
                    text.Append((char)sign);
                }
            }

            text.Append('\n');
        }

        var path = Path.Combine(folder, "diagnoses.csv");
        File.WriteAllText(path, text.ToString());
        return [path];
    }

    /// <summary>The codes of files, read again only when others are asked for.</summary>
    public static DiagnosisCodes Of(IReadOnlyList<string> files)
    {
        var last = _last;
        if (!last.Files.SequenceEqual(files))
        {
            _last = last = new Loading([.. files], Load(files));
        }

        return last.Codes;
    }

    public bool Knows(ReadOnlySpan<byte> code) => !Loaded || _codes.Contains(Packed(code));

    /// <summary>A code in its written form: I208 and i20,8 become I20.8.</summary>
    /// <param name="trimmed">The cell.</param>
    /// <param name="room">Room for the written form, 64 bytes.</param>
    /// <param name="code">The code, in the cell or in the room.</param>
    /// <returns>False when it has not the form of a code.</returns>
    public static bool TryRead(ReadOnlySpan<byte> trimmed, Span<byte> room, out ReadOnlySpan<byte> code)
    {
        var capitals = CellText.Code(trimmed, room[..48]);
        var buffer = room[48..];
        code = capitals;
        if (Fits(capitals))
        {
            return true;
        }

        if (capitals.Length is < 3 or > 8)
        {
            return false;
        }

        var length = 0;
        foreach (var sign in capitals)
        {
            // The dagger and the asterisk of double coding are not part of the code.
            if (sign is (byte)'*' or (byte)'+')
            {
                continue;
            }

            if (length == 3 && sign is not ((byte)'.' or (byte)','))
            {
                buffer[length++] = (byte)'.';
            }

            buffer[length++] = sign == ',' ? (byte)'.' : sign;
        }

        length -= length > 0 && buffer[length - 1] == '.' ? 1 : 0;
        code = buffer[..length];
        return Fits(code);
    }

    private static bool Fits(ReadOnlySpan<byte> code) =>
        code.Length is 3 or 5 or 6
        && code[0] is >= (byte)'A' and <= (byte)'Z'
        && code[1..3].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
        && (code.Length == 3 || (code[3] == '.' && code[4..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0));

    private static ulong Packed(ReadOnlySpan<byte> code)
    {
        var packed = 0UL;
        foreach (var sign in code)
        {
            packed = (packed << 8) | sign;
        }

        return packed;
    }

    private void Add(ReadOnlySpan<byte> code)
    {
        if (Fits(code))
        {
            _codes.Add(Packed(code));
        }
    }

    private sealed record Loading(IReadOnlyList<string> Files, DiagnosisCodes Codes);
}
