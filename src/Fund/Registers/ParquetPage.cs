using System.Buffers.Binary;

namespace Kepil.Fund.Registers;

/// <summary>How a page of a Parquet file says which rows hold something and which place of the dictionary they hold.</summary>
internal static class ParquetPage
{
    /// <summary>Which rows say something, when all or none of them do: one run.</summary>
    public static void Levels(ByteRoom page, int rows, int nothing)
    {
        var start = page.Length;
        page.Take(4);
        page.AddNumber((ulong)rows << 1);
        page.Add(nothing == 0 ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteInt32LittleEndian(page.At(start), page.Length - start - 4);
    }

    /// <summary>Room for a bit of each row; none when no row says anything.</summary>
    public static Span<byte> Bits(ByteRoom page, int rows, int nothing)
    {
        if (nothing == rows)
        {
            Levels(page, rows, nothing);
            return default;
        }

        var start = page.Length;
        page.Take(4);
        var groups = (rows + 7) / 8;
        page.AddNumber(((ulong)groups << 1) | 1);
        var bits = page.Take(groups);
        bits.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(page.At(start), page.Length - start - 4);
        return bits;
    }

    /// <summary>All values are the first one of the dictionary.</summary>
    public static void One(ByteRoom page, int count)
    {
        page.Add(1);
        page.AddNumber((ulong)count << 1);
        page.Add(0);
    }

    /// <summary>Places in the dictionary, each in as many bits as the last place needs.</summary>
    public static void Pack(ReadOnlySpan<int> places, int distinct, ByteRoom page)
    {
        if (distinct == 1)
        {
            One(page, places.Length);
            return;
        }

        var width = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(distinct - 1));
        var groups = (places.Length + 7) / 8;
        page.Add((byte)width);
        page.AddNumber(((ulong)groups << 1) | 1);
        var packed = page.Take(groups * width);
        unchecked
        {
            var held = 0UL;
            var bits = 0;
            var to = 0;
            foreach (var place in places)
            {
                held |= (ulong)(uint)place << bits;
                bits += width;
                while (bits >= 8)
                {
                    packed[to++] = (byte)held;
                    held >>= 8;
                    bits -= 8;
                }
            }

            packed[to..].Clear();
            if (bits > 0)
            {
                packed[to] = (byte)held;
            }
        }
    }
}
