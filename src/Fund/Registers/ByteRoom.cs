using System.Buffers;
using System.Buffers.Binary;

namespace Kepil.Fund.Registers;

/// <summary>Bytes written one after another into room that grows.</summary>
internal sealed class ByteRoom : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>The next bytes, to be filled by the caller.</summary>
    public Span<byte> Take(int count)
    {
        if (count > _bytes.Length - Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }

    /// <summary>Four bytes that were taken before.</summary>
    public Span<byte> At(int start) => _bytes.AsSpan(start, 4);

    public void Add(byte value) => Take(1)[0] = value;

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Length as four bytes, then the bytes.</summary>
    public void AddText(ReadOnlySpan<byte> bytes)
    {
        var room = Take(bytes.Length + 4);
        BinaryPrimitives.WriteInt32LittleEndian(room, bytes.Length);
        bytes.CopyTo(room[4..]);
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void AddNumber(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Add((byte)((value & 0x7F) | 0x80));
        }

        Add((byte)value);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
