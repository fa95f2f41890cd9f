using System.Text;
using Kepil.DuckDb;

namespace Kepil.Fund.Registers;

/// <summary>A Parquet file of one row group, uncompressed, with one page of values for each column.</summary>
/// <remarks>Staged rows are read once and removed, so they are not worth a database or compressing.</remarks>
internal static class ParquetFile
{
    private const byte Whole = 5, Long = 6, Bytes = 8, List = 9, Struct = 12;
    private const int Plain = 0, RunLength = 3, ByDictionary = 8;

    /// <summary>The longest page that is gathered with others; a longer one is written by itself, uncopied.</summary>
    private const int Copied = 1 << 16;

    /// <summary>Writes the first rows of columns into a file.</summary>
    public static void Write(string path, IReadOnlyList<StagedColumn> columns, int rows)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        using var room = new ByteRoom();
        using var page = new ByteRoom();
        using var dictionary = new ByteRoom();
        using var groups = new ByteRoom();
        room.Add("PAR1"u8);
        var written = 0L;
        var chunks = 0L;
        foreach (var column in columns)
        {
            if (rows == 0)
            {
                break;
            }

            var distinct = column.Encode(rows, page, dictionary);
            var start = written + room.Length;
            if (distinct > 0)
            {
                Header(room, dictionary.Length, distinct, ofDictionary: true, Plain);
                room.Add(dictionary.Written);
            }

            var values = written + room.Length;
            Header(room, page.Length, rows, ofDictionary: false, distinct > 0 ? ByDictionary : Plain);
            if (page.Length > Copied)
            {
                Out(room.Written);
                room.Clear();
                Out(page.Written);
            }
            else
            {
                room.Add(page.Written);
            }

            var length = written + room.Length - start;
            Chunk(groups, column, rows, start, values, length, distinct > 0);
            chunks += length;
        }

        Foot(room, columns, rows, groups.Written, chunks);
        Out(room.Written);

        void Out(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            written += bytes.Length;
        }
    }

    private static void Header(ByteRoom room, int length, int values, bool ofDictionary, int encoding)
    {
        Number(room, 1, Whole, ofDictionary ? 2 : 0);
        Number(room, 1, Whole, length);
        Number(room, 1, Whole, length);
        Field(room, ofDictionary ? 4 : 2, Struct);
        Number(room, 1, Whole, values);
        Number(room, 1, Whole, encoding);
        if (!ofDictionary)
        {
            Number(room, 1, Whole, RunLength);
            Number(room, 1, Whole, RunLength);
        }

        room.Add(0);
        room.Add(0);
    }

    private static void Chunk(ByteRoom room, StagedColumn column, int rows, long start, long values, long length, bool byDictionary)
    {
        Number(room, 2, Long, start);
        Field(room, 1, Struct);
        Number(room, 1, Whole, Stored(column.Type));
        Field(room, 1, List);
        room.Add((byte)((byDictionary ? 3 : 2) << 4 | Whole));
        Signed(room, Plain);
        Signed(room, RunLength);
        if (byDictionary)
        {
            Signed(room, ByDictionary);
        }

        Field(room, 1, List);
        room.Add(1 << 4 | Bytes);
        Text(room, column.Name);
        Number(room, 1, Whole, 0);
        Number(room, 1, Long, rows);
        Number(room, 1, Long, length);
        Number(room, 1, Long, length);
        Number(room, 2, Long, values);
        if (byDictionary)
        {
            Number(room, 2, Long, start);
        }

        room.Add(0);
        room.Add(0);
    }

    private static void Foot(ByteRoom room, IReadOnlyList<StagedColumn> columns, int rows, ReadOnlySpan<byte> chunks, long length)
    {
        var start = room.Length;
        Number(room, 1, Whole, 1);
        Field(room, 1, List);
        Count(room, columns.Count + 1, Struct);
        Field(room, 4, Bytes);
        Text(room, "rows");
        Number(room, 1, Whole, columns.Count);
        room.Add(0);
        foreach (var column in columns)
        {
            Number(room, 1, Whole, Stored(column.Type));
            Number(room, 2, Whole, 1);
            Field(room, 1, Bytes);
            Text(room, column.Name);
            if (column.Type is DuckType.Text or DuckType.Date)
            {
                Number(room, 2, Whole, column.Type == DuckType.Text ? 0 : 6);
            }

            room.Add(0);
        }

        Number(room, 1, Long, rows);
        Field(room, 1, List);
        Count(room, rows > 0 ? 1 : 0, Struct);
        if (rows > 0)
        {
            Field(room, 1, List);
            Count(room, columns.Count, Struct);
            room.Add(chunks);
            Number(room, 1, Long, length);
            Number(room, 1, Long, rows);
            room.Add(0);
        }

        Field(room, 2, Bytes);
        Text(room, "kepil");
        room.Add(0);
        var foot = room.Length - start;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(room.Take(4), foot);
        room.Add("PAR1"u8);
    }

    private static int Stored(DuckType type) => type switch
    {
        DuckType.Boolean => 0,
        DuckType.Integer or DuckType.Date => 1,
        DuckType.BigInt => 2,
        _ => 6,
    };

    /// <summary>Begins a field whose number is so many above the one before it.</summary>
    private static void Field(ByteRoom room, int step, byte kind) => room.Add((byte)((step << 4) | kind));

    private static void Number(ByteRoom room, int step, byte kind, long value)
    {
        Field(room, step, kind);
        Signed(room, value);
    }

    private static void Signed(ByteRoom room, long value) => room.AddNumber(unchecked((ulong)((value << 1) ^ (value >> 63))));

    private static void Count(ByteRoom room, int count, byte kind)
    {
        if (count < 15)
        {
            Field(room, count, kind);
            return;
        }

        Field(room, 15, kind);
        room.AddNumber((ulong)count);
    }

    private static void Text(ByteRoom room, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        room.AddNumber((ulong)bytes.Length);
        room.Add(bytes);
    }
}
