using System.Buffers;

namespace Kepil.Fund.Registers;

/// <summary>The bytes of a cell as text: its edges, its forbidden signs, codes written in look-alike letters.</summary>
public static class CellText
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);
    private static readonly SearchValues<byte> PhoneOrNumber = SearchValues.Create("0123456789 ().,-+%"u8);

    /// <summary>Cyrillic capitals that look like Latin ones, and the Latin ones.</summary>
    private const string LookAlikes = "АAВBЕEКKМMНHОOРPСCТTУYХXІIаAвBеEкKмMнHоOрPсCтTуYхXіI";

    /// <summary>Without spaces at both ends, the unbreakable ones included.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || (cell[0] is > 32 and < 0xC2 && cell[^1] is > 32 and < 0x80))
        {
            return cell;
        }

        while (true)
        {
            if (cell.IsEmpty)
            {
                return cell;
            }

            if (cell[0] is 32 or 9 or 10 or 13)
            {
                cell = cell[1..];
            }
            else if (cell[^1] is 32 or 9 or 10 or 13)
            {
                cell = cell[..^1];
            }
            else if (cell.StartsWith("\u00A0"u8))
            {
                cell = cell[2..];
            }
            else if (cell.EndsWith("\u00A0"u8))
            {
                cell = cell[..^2];
            }
            else if (cell.StartsWith("\u202F"u8) || cell.StartsWith("\uFEFF"u8))
            {
                cell = cell[3..];
            }
            else if (cell.EndsWith("\u202F"u8) || cell.EndsWith("\uFEFF"u8))
            {
                cell = cell[..^3];
            }
            else
            {
                return cell;
            }
        }
    }

    /// <summary>Whether a trimmed cell says nothing: empty, or a dash that stands for nothing.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> trimmed) =>
        trimmed.IsEmpty || (trimmed[0] is (byte)'-' or 0xE2 && (trimmed.SequenceEqual("-"u8) || trimmed.SequenceEqual("–"u8) || trimmed.SequenceEqual("—"u8)));

    public static bool HoldsControls(ReadOnlySpan<byte> cell) => cell.IndexOfAny(Controls) >= 0;

    /// <summary>Whether a spreadsheet would take the text for a formula when it opens the file.</summary>
    public static bool BeginsFormula(ReadOnlySpan<byte> cell) => cell[0] switch
    {
        (byte)'=' or (byte)'@' or (byte)'\t' or (byte)'\r' => true,
        (byte)'+' or (byte)'-' => cell.Length > 1 && cell.IndexOfAnyExcept(PhoneOrNumber) >= 0,
        _ => false,
    };

    /// <summary>A code in capitals, its Cyrillic look-alikes written as Latin letters; what is not a look-alike stays.</summary>
    /// <returns>The code, in the buffer unless it was plain already.</returns>
    public static ReadOnlySpan<byte> Code(ReadOnlySpan<byte> trimmed, Span<byte> buffer)
    {
        var plain = true;
        foreach (var sign in trimmed)
        {
            if (sign is >= (byte)'a' and <= (byte)'z' || sign >= 0x80 || sign == ' ')
            {
                plain = false;
                break;
            }
        }

        if (plain || trimmed.Length > buffer.Length)
        {
            return trimmed;
        }

        var length = 0;
        while (!trimmed.IsEmpty)
        {
            if (System.Text.Rune.DecodeFromUtf8(trimmed, out var rune, out var used) != OperationStatus.Done)
            {
                return default;
            }

            trimmed = trimmed[used..];
            var sign = rune.Value;
            if (sign is >= 'a' and <= 'z')
            {
                sign -= 32;
            }
            else if (sign is ' ' or 0xA0)
            {
                continue;
            }
            else if (sign is >= 0x400 and < 0x500)
            {
                for (var i = 0; i < LookAlikes.Length; i += 2)
                {
                    if (LookAlikes[i] == sign)
                    {
                        sign = LookAlikes[i + 1];
                        break;
                    }
                }
            }

            length += new System.Text.Rune(sign).EncodeToUtf8(buffer[length..]);
        }

        return buffer[..length];
    }

    /// <summary>A sixty-four bit fingerprint, the same on every machine.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var hash = 0x9E3779B97F4A7C15UL ^ ((ulong)bytes.Length * 0xA0761D6478BD642FUL);
            while (bytes.Length >= 8)
            {
                hash = Mix(hash ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes), 0xE7037ED1A0B428DBUL);
                bytes = bytes[8..];
            }

            var tail = 0UL;
            for (var i = 0; i < bytes.Length; i++)
            {
                tail |= (ulong)bytes[i] << (8 * i);
            }

            return Mix(hash ^ tail, 0x8EBC6AF09C88C6E3UL);
        }
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low ^ (a >> 32);
    }
}
