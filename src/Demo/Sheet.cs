using System.Buffers.Text;
using System.Text;

namespace Kepil.Demo;

/// <summary>A text file in the making: bytes that grow and go to disk at the end.</summary>
internal sealed class Sheet(int capacity = 1 << 16)
{
    private const int DayCount = 365 * 8;
    private static readonly int FirstDay = new DateOnly(2022, 1, 1).DayNumber;
    private static readonly byte[] Days = AllDays();

    private byte[] _bytes = new byte[capacity];
    private int _length;

    public void Save(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        file.Write(_bytes, 0, _length);
    }

    /// <summary>Adds what was gathered to an open file once it is much.</summary>
    public void Drain(Stream stream, bool all = false)
    {
        if (all || _length > 1 << 20)
        {
            stream.Write(_bytes, 0, _length);
            _length = 0;
        }
    }

    public void Clear() => _length = 0;

    public Sheet Mark()
    {
        Text("\uFEFF"u8);
        return this;
    }

    public Sheet Put(byte sign)
    {
        Room(1);
        _bytes[_length++] = sign;
        return this;
    }

    public Sheet Text(ReadOnlySpan<byte> utf8)
    {
        Room(utf8.Length);
        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
        return this;
    }

    public Sheet Text(string? text)
    {
        if (text is { Length: > 0 })
        {
            Room(text.Length * 3);
            _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        }

        return this;
    }

    /// <summary>A text in a comma-separated file, quoted when it must be.</summary>
    public Sheet Quoted(string text) =>
        text.AsSpan().IndexOfAny(',', '"') < 0 ? Text(text) : Put((byte)'"').Text(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Put((byte)'"');

    public Sheet Number(long number)
    {
        Room(20);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
        return this;
    }

    /// <summary>Exactly so many digits, with zeros in front.</summary>
    public Sheet Digits(long number, int digits)
    {
        Room(digits);
        for (var i = digits - 1; i >= 0; i--)
        {
            _bytes[_length + i] = (byte)('0' + number % 10);
            number /= 10;
        }

        _length += digits;
        return this;
    }

    /// <summary>Tenge with a decimal comma.</summary>
    public Sheet Money(long tiyn) => Number(tiyn / 100).Put((byte)',').Digits(tiyn % 100, 2);

    /// <summary>A day as accountants write it: 05.10.2026.</summary>
    public Sheet Day(int day)
    {
        var place = day - FirstDay;
        if ((uint)place >= DayCount)
        {
            return Dotted(day);
        }

        return Text(Days.AsSpan(place * 10, 10));
    }

    /// <summary>A day as registers write it: 2026-10-05.</summary>
    public Sheet Iso(int day)
    {
        DateOnly.FromDayNumber(day).Deconstruct(out var year, out var month, out var date);
        return Digits(year, 4).Put((byte)'-').Digits(month, 2).Put((byte)'-').Digits(date, 2);
    }

    /// <summary>The days of eight years, ten bytes each: dates are most of what is written.</summary>
    private static byte[] AllDays()
    {
        var sheet = new Sheet(DayCount * 10);
        for (var day = 0; day < DayCount; day++)
        {
            sheet.Dotted(FirstDay + day);
        }

        return sheet._bytes[..sheet._length];
    }

    private Sheet Dotted(int day)
    {
        DateOnly.FromDayNumber(day).Deconstruct(out var year, out var month, out var date);
        return Digits(date, 2).Put((byte)'.').Digits(month, 2).Put((byte)'.').Digits(year, 4);
    }

    private void Room(int length)
    {
        if (_length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }
    }
}
