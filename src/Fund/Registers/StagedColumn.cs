using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kepil.DuckDb;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>The values of one column of a part, and how Parquet stores them: plain, or by a dictionary.</summary>
internal sealed class StagedColumn : IDisposable
{
    /// <summary>Stands where a row says nothing.</summary>
    public const int Nothing = int.MinValue;

    private const long NothingLong = long.MinValue;
    private const int Tried = 2048;

    private readonly ByteRoom? _texts;
    private readonly bool _unlike;
    private int[] _ints = [];
    private long[] _longs = [];
    private int[] _slots = [];
    private int[] _places = [];
    private ulong[] _hashes = [];
    private int _distinct;

    /// <param name="column">Its name and type.</param>
    /// <param name="unlike">Each row has a text of its own, so that a dictionary would only repeat them.</param>
    public StagedColumn(LineColumn column, bool unlike = false)
    {
        (Name, Type, _unlike, ByDictionary) = (column.Name, column.Type, unlike, !unlike);
        if (Type == DuckType.Text)
        {
            _texts = new ByteRoom();
            (_slots, _places, _hashes) = (new int[256], new int[128], new ulong[128]);
        }
    }

    public string Name { get; }

    public DuckType Type { get; }

    /// <summary>Values of whole numbers, days, flags; of texts their places in the dictionary.</summary>
    public int[] Ints => _ints;

    public long[] Longs => _longs;

    /// <summary>Texts stand in the dictionary; else each stands in its row.</summary>
    public bool ByDictionary { get; private set; }

    /// <summary>Makes room for rows.</summary>
    public void Reserve(int rows)
    {
        if (Type == DuckType.BigInt)
        {
            Grow(ref _longs, rows);
        }
        else
        {
            Grow(ref _ints, rows);
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public void SetNothing(int row)
    {
        if (Type == DuckType.BigInt)
        {
            _longs[row] = NothingLong;
        }
        else
        {
            _ints[row] = Nothing;
        }
    }

    public void Set(int row, long value)
    {
        if (Type == DuckType.BigInt)
        {
            _longs[row] = value == NothingLong ? throw new OverflowException() : value;
        }
        else
        {
            _ints[row] = value <= Nothing ? throw new OverflowException() : checked((int)value);
        }
    }

    /// <summary>The bytes must be good UTF-8.</summary>
    public void Set(int row, ReadOnlySpan<byte> utf8) => _ints[row] = Place(utf8);

    /// <summary>The place of a text among the texts of this part; the text is added when it is new.</summary>
    public int Place(ReadOnlySpan<byte> utf8)
    {
        if (!ByDictionary)
        {
            _texts!.AddText(utf8);
            return 0;
        }

        var hash = CellText.Hash(utf8);
        var mask = _slots.Length - 1;
        var slot = (int)(hash >> 40) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var place = _slots[slot] - 1;
            if (_hashes[place] == hash && Text(place).SequenceEqual(utf8))
            {
                return place;
            }
        }

        return Added(utf8, hash, slot);
    }

    /// <summary>Begins a new part.</summary>
    public void Clear()
    {
        _texts?.Clear();
        _slots.AsSpan().Clear();
        _distinct = 0;
        ByDictionary = !_unlike;
    }

    /// <summary>Whether places in the dictionary mean anything after this many rows: where nearly every row has its own text, they do not.</summary>
    public void Judge(int rows)
    {
        if (_texts is null || rows != Tried || _distinct < Tried / 2 || !ByDictionary)
        {
            return;
        }

        using var plain = new ByteRoom();
        foreach (var place in _ints.AsSpan(0, rows))
        {
            if (place != Nothing)
            {
                plain.AddText(Text(place));
            }
        }

        _texts.Clear();
        _texts.Add(plain.Written);
        ByDictionary = false;
    }

    /// <summary>Writes the page of values, and into the other room the page of the dictionary when there is one.</summary>
    /// <returns>How many texts or numbers the dictionary has; 0 when values are plain.</returns>
    public int Encode(int rows, ByteRoom page, ByteRoom dictionary)
    {
        page.Clear();
        dictionary.Clear();
        return Type == DuckType.BigInt ? EncodeLongs(rows, page, dictionary) : EncodeInts(rows, page, dictionary);
    }

    public void Dispose()
    {
        _texts?.Dispose();
        Return(ref _ints);
        Return(ref _longs);
    }

    private ReadOnlySpan<byte> Text(int place)
    {
        var at = _places[place];
        var written = _texts!.Written;
        return written.Slice(at + 4, BinaryPrimitives.ReadInt32LittleEndian(written[at..]));
    }

    private int Added(ReadOnlySpan<byte> utf8, ulong hash, int slot)
    {
        if (_distinct == _places.Length)
        {
            Array.Resize(ref _places, _distinct * 2);
            Array.Resize(ref _hashes, _distinct * 2);
            _slots = new int[_distinct * 4];
            for (var place = 0; place < _distinct; place++)
            {
                var free = (int)(_hashes[place] >> 40) & (_slots.Length - 1);
                while (_slots[free] != 0)
                {
                    free = (free + 1) & (_slots.Length - 1);
                }

                _slots[free] = place + 1;
            }

            slot = (int)(hash >> 40) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }
        }

        _places[_distinct] = _texts!.Length;
        _hashes[_distinct] = hash;
        _texts.AddText(utf8);
        _slots[slot] = ++_distinct;
        return _distinct - 1;
    }

    private int EncodeLongs(int rows, ByteRoom page, ByteRoom dictionary)
    {
        ReadOnlySpan<long> values = _longs.AsSpan(0, rows);
        var nothing = values.Count(NothingLong);
        var compact = nothing is 0 ? null : ArrayPool<long>.Shared.Rent(rows);
        if (compact is null)
        {
            ParquetPage.Levels(page, rows, nothing);
        }
        else
        {
            var bits = ParquetPage.Bits(page, rows, nothing);
            var filled = 0;
            for (var i = 0; i < rows; i++)
            {
                compact[filled] = values[i];
                var there = values[i] == NothingLong ? 0 : 1;
                filled += there;
                if (!bits.IsEmpty)
                {
                    bits[i >> 3] |= (byte)(there << (i & 7));
                }
            }

            values = compact.AsSpan(0, filled);
        }

        var distinct = 0;
        if (values.Length > 1 && values.IndexOfAnyExcept(values[0]) < 0)
        {
            distinct = 1;
            dictionary.Add(MemoryMarshal.AsBytes(values[..1]));
            ParquetPage.One(page, values.Length);
        }
        else
        {
            page.Add(MemoryMarshal.AsBytes(values));
        }

        if (compact is not null)
        {
            ArrayPool<long>.Shared.Return(compact);
        }

        return distinct;
    }

    private int EncodeInts(int rows, ByteRoom page, ByteRoom dictionary)
    {
        ReadOnlySpan<int> values = _ints.AsSpan(0, rows);
        var nothing = values.Count(Nothing);
        var compact = nothing is 0 ? null : ArrayPool<int>.Shared.Rent(rows);
        if (compact is null)
        {
            ParquetPage.Levels(page, rows, nothing);
        }
        else
        {
            var bits = ParquetPage.Bits(page, rows, nothing);
            var filled = 0;
            for (var i = 0; i < rows; i++)
            {
                compact[filled] = values[i];
                var there = values[i] == Nothing ? 0 : 1;
                filled += there;
                if (!bits.IsEmpty)
                {
                    bits[i >> 3] |= (byte)(there << (i & 7));
                }
            }

            values = compact.AsSpan(0, filled);
        }

        var distinct = Values(values, page, dictionary);
        if (compact is not null)
        {
            ArrayPool<int>.Shared.Return(compact);
        }

        return distinct;
    }

    private int Values(ReadOnlySpan<int> values, ByteRoom page, ByteRoom dictionary)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        if (Type == DuckType.Text)
        {
            if (!ByDictionary)
            {
                page.Add(_texts!.Written);
                return 0;
            }

            dictionary.Add(_texts!.Written);
            ParquetPage.Pack(values, _distinct, page);
            return _distinct;
        }

        if (Type == DuckType.Boolean)
        {
            var bits = page.Take((values.Length + 7) / 8);
            bits.Clear();
            for (var i = 0; i < values.Length; i++)
            {
                bits[i >> 3] |= (byte)(values[i] << (i & 7));
            }

            return 0;
        }

        if (values.Length > 1 && values.IndexOfAnyExcept(values[0]) < 0)
        {
            dictionary.Add(MemoryMarshal.AsBytes(values[..1]));
            ParquetPage.One(page, values.Length);
            return 1;
        }

        page.Add(MemoryMarshal.AsBytes(values));
        return 0;
    }

    private static void Grow<T>(ref T[] values, int rows)
    {
        if (values.Length >= rows)
        {
            return;
        }

        var larger = ArrayPool<T>.Shared.Rent(rows);
        values.AsSpan().CopyTo(larger);
        Return(ref values);
        values = larger;
    }

    private static void Return<T>(ref T[] values)
    {
        if (values.Length > 0)
        {
            ArrayPool<T>.Shared.Return(values);
            values = [];
        }
    }
}
