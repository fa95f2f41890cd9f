using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Kepil.Fund.Registers;

/// <summary>How the letters of a text file are stored.</summary>
public enum TextCoding
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1251,
}

/// <summary>A text file as a stream of UTF-8 bytes, whatever its coding.</summary>
public sealed class TextBytes : IDisposable
{
    private static readonly byte[][] Letters = BuildLetters();

    private readonly FileStream _file;
    private readonly byte[] _raw;
    private readonly Decoder? _decoder;
    private readonly char[] _chars = [];
    private int _rawStart;
    private int _rawEnd;
    private bool _over;

    public TextBytes(string path, TextCoding coding)
    {
        Coding = coding;
        _raw = coding == TextCoding.Utf8 ? [] : new byte[1 << 18];
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        Span<byte> head = stackalloc byte[3];
        var length = _file.ReadAtLeast(head, 3, throwOnEndOfStream: false);
        _file.Position = coding switch
        {
            TextCoding.Utf8 when length == 3 && head.SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) => 3,
            TextCoding.Utf16LittleEndian when length >= 2 && head[0] == 0xFF && head[1] == 0xFE => 2,
            TextCoding.Utf16BigEndian when length >= 2 && head[0] == 0xFE && head[1] == 0xFF => 2,
            _ => 0,
        };
        if (coding is TextCoding.Utf16LittleEndian or TextCoding.Utf16BigEndian)
        {
            _decoder = new UnicodeEncoding(coding == TextCoding.Utf16BigEndian, false).GetDecoder();
            _chars = new char[_raw.Length];
        }
    }

    public TextCoding Coding { get; }

    /// <summary>Fills the start of the span; 0 at the end of the file. The span must have room for a thousand bytes.</summary>
    public int Read(Span<byte> utf8)
    {
        if (Coding == TextCoding.Utf8)
        {
            return _file.Read(utf8);
        }

        return _decoder is null ? ReadLetters(utf8) : ReadWide(utf8, _decoder);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The coding of a file, found by its mark, by zero bytes, or by whether all of it is good UTF-8.</summary>
    public static TextCoding Detect(string path) => Examine(path).Coding;

    /// <summary>The coding of a file and, from the same reading, its SHA-256 in small hexadecimal digits.</summary>
    public static (TextCoding Coding, string Sha256) Examine(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            TextCoding? coding = null;
            var held = 0;
            var at = 0L;
            for (var read = RandomAccess.Read(file, buffer, at); read > 0; read = RandomAccess.Read(file, buffer.AsSpan(held), at))
            {
                hash.AppendData(buffer, held, read);
                var length = held + read;
                held = 0;
                if (coding is null)
                {
                    coding = at == 0 ? Wide(buffer.AsSpan(0, length)) : null;
                    var whole = length - Unfinished(buffer.AsSpan(0, length));
                    coding ??= Utf8.IsValid(buffer.AsSpan(0, whole)) ? (TextCoding?)null : TextCoding.Windows1251;
                    held = coding is null ? length - whole : 0;
                    buffer.AsSpan(whole, held).CopyTo(buffer);
                }

                at += read;
            }

            return (coding ?? (held == 0 ? TextCoding.Utf8 : TextCoding.Windows1251), Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static TextCoding? Wide(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2)
        {
            return null;
        }

        if (start[0] == 0xFF && start[1] == 0xFE)
        {
            return TextCoding.Utf16LittleEndian;
        }

        if (start[0] == 0xFE && start[1] == 0xFF)
        {
            return TextCoding.Utf16BigEndian;
        }

        var sample = start[..Math.Min(start.Length, 4096)];
        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] is 0 or 4)
            {
                _ = i % 2 == 0 ? even++ : odd++;
            }
        }

        return odd > sample.Length * 2 / 5 ? TextCoding.Utf16LittleEndian : even > sample.Length * 2 / 5 ? TextCoding.Utf16BigEndian : null;
    }

    /// <summary>Bytes at the end that begin a letter and do not end it.</summary>
    private static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var sign = bytes[^back];
            if (sign >= 0xC0)
            {
                var need = sign >= 0xF0 ? 4 : sign >= 0xE0 ? 3 : 2;
                return need > back ? back : 0;
            }

            if (sign < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }

    private bool Refill()
    {
        if (_rawStart < _rawEnd)
        {
            return true;
        }

        _rawStart = 0;
        _rawEnd = _file.Read(_raw);
        return _rawEnd > 0;
    }

    private int ReadLetters(Span<byte> utf8)
    {
        if (!Refill())
        {
            return 0;
        }

        var written = 0;
        while (_rawStart < _rawEnd && written + 3 <= utf8.Length)
        {
            var rest = _raw.AsSpan(_rawStart, Math.Min(_rawEnd - _rawStart, utf8.Length - written));
            var plain = rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            plain = plain < 0 ? rest.Length : plain;
            rest[..plain].CopyTo(utf8[written..]);
            written += plain;
            _rawStart += plain;
            while (_rawStart < _rawEnd && _raw[_rawStart] >= 0x80 && written + 3 <= utf8.Length)
            {
                var letter = Letters[_raw[_rawStart++]];
                utf8[written] = letter[0];
                utf8[written + 1] = letter[1];
                if (letter.Length > 2)
                {
                    utf8[written + 2] = letter[2];
                }

                written += letter.Length;
            }
        }

        return written;
    }

    private int ReadWide(Span<byte> utf8, Decoder decoder)
    {
        var limit = Math.Min(_chars.Length, utf8.Length / 3);
        while (true)
        {
            var more = Refill();
            if (!more && _over)
            {
                return 0;
            }

            _over = !more;
            decoder.Convert(_raw.AsSpan(_rawStart, _rawEnd - _rawStart), _chars.AsSpan(0, limit), !more, out var used, out var made, out _);
            _rawStart += used;
            if (made > 0)
            {
                return Encoding.UTF8.GetBytes(_chars.AsSpan(0, made), utf8);
            }

            if (!more)
            {
                return 0;
            }
        }
    }

    /// <summary>Windows-1251, with the Kazakh letters of the national standard in the places of letters that neither language has.</summary>
    private static byte[][] BuildLetters()
    {
        const string high =
            "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\u0098™љ›њқһџ\u00A0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00AD®Ү°±Ііөµ¶·ё№ғ»әҢңү";
        var letters = new byte[256][];
        for (var i = 0; i < 256; i++)
        {
            var letter = i < 0x80 ? (char)i : i < 0xC0 ? high[i - 0x80] : (char)(0x410 + i - 0xC0);
            letters[i] = Encoding.UTF8.GetBytes([letter]);
        }

        return letters;
    }
}
