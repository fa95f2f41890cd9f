using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Kepil.DuckDb;

/// <summary>The rows of a query, read forward; also column by column for bulk work.</summary>
public sealed unsafe class DuckResult : IDisposable
{
    /// <summary>Day number of 1970-01-01, from which DuckDB counts days.</summary>
    public const int Epoch = 719162;

    private Native.Result _result;
    private readonly int[] _types;
    private readonly int[] _stored;
    private readonly int[] _scales;
    private readonly void*[] _columns;
    private readonly ulong*[] _validity;
    private nint _chunk;
    private int _row;

    internal DuckResult(Native.Result result)
    {
        _result = result;
        RowsChanged = (long)Native.duckdb_rows_changed(ref _result);
        var count = (int)Native.duckdb_column_count(ref _result);
        var names = new string[count];
        _types = new int[count];
        _stored = new int[count];
        _scales = new int[count];
        _columns = new void*[count];
        _validity = new ulong*[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = Native.Text(Native.duckdb_column_name(ref _result, (ulong)i));
            var type = Native.duckdb_column_logical_type(ref _result, (ulong)i);
            _types[i] = _stored[i] = Native.duckdb_get_type_id(type);
            if (_types[i] == 19)
            {
                _stored[i] = Native.duckdb_decimal_internal_type(type);
                _scales[i] = Native.duckdb_decimal_scale(type);
            }

            Native.duckdb_destroy_logical_type(ref type);
        }

        Columns = names;
    }

    public IReadOnlyList<string> Columns { get; }

    public long RowsChanged { get; }

    /// <summary>The kind of a column: integer, bigint, date, text or boolean; "unfit" and DuckDB's number for others.</summary>
    public string TypeName(int column) => _types[column] switch
    {
        1 => "boolean",
        2 or 3 or 4 or 6 or 7 => "integer",
        5 or 8 or 16 => "bigint",
        13 => "date",
        17 => "text",
        var other => "unfit " + other.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Rows in the chunk being read.</summary>
    public int ChunkRows { get; private set; }

    /// <summary>Goes to the next row.</summary>
    public bool Read()
    {
        _row++;
        return _row < ChunkRows || NextChunk();
    }

    /// <summary>Goes to the next chunk of up to 2,048 rows, for reading by <see cref="Column{T}"/>.</summary>
    public bool NextChunk()
    {
        if (_chunk != 0)
        {
            Native.duckdb_destroy_data_chunk(ref _chunk);
        }

        do
        {
            _chunk = Native.duckdb_fetch_chunk(_result);
            if (_chunk == 0)
            {
                ChunkRows = 0;
                return false;
            }

            ChunkRows = (int)Native.duckdb_data_chunk_get_size(_chunk);
            if (ChunkRows == 0)
            {
                Native.duckdb_destroy_data_chunk(ref _chunk);
            }
        }
        while (ChunkRows == 0);

        for (var i = 0; i < _columns.Length; i++)
        {
            var vector = Native.duckdb_data_chunk_get_vector(_chunk, (ulong)i);
            _columns[i] = Native.duckdb_vector_get_data(vector);
            _validity[i] = Native.duckdb_vector_get_validity(vector);
        }

        _row = 0;
        return true;
    }

    /// <summary>The raw values of a column in the present chunk; rows that are null hold anything.</summary>
    public ReadOnlySpan<T> Column<T>(int column)
        where T : unmanaged => new(_columns[column], ChunkRows);

    public bool IsNull(int column) => IsNull(column, _row);

    public bool IsNull(int column, int row) =>
        _validity[column] is not null && (_validity[column][row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>A value of the present row: null, bool, long, string, DateOnly, BigInteger or decimal; never a floating number, for none is exact.</summary>
    public object? this[int column] => IsNull(column, _row) ? null : Value(column, _row);

    public long Long(int column) => Whole(this[column], Columns[column]);

    /// <summary>A whole number as it stands in a cell; nothing is rounded on the way.</summary>
    /// <exception cref="DuckDbException">The cell is empty, no number, too great, or has a fraction.</exception>
    public static long Whole(object? value, string column) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        decimal number when decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        null => throw new DuckDbException($"{column} is null."),
        _ => throw new DuckDbException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column} is no whole number of 64 bits: {value}.")),
    };

    public int Int(int column) => checked((int)Long(column));

    public string Text(int column) => (string)(this[column] ?? "");

    public string? TextOrNull(int column) => (string?)this[column];

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public bool Flag(int column) => this[column] is true;

    public bool? FlagOrNull(int column) => (bool?)this[column];

    public DateOnly Day(int column) => (DateOnly)(this[column] ?? throw new DuckDbException($"{Columns[column]} is null."));

    public DateOnly? DayOrNull(int column) => (DateOnly?)this[column];

    /// <summary>The UTF-8 bytes of a text cell in the present chunk.</summary>
    public ReadOnlySpan<byte> Bytes(int column, int row)
    {
        var slot = (byte*)_columns[column] + (row * 16);
        var length = *(uint*)slot;
        return length <= 12 ? new ReadOnlySpan<byte>(slot + 4, (int)length) : new ReadOnlySpan<byte>(*(byte**)(slot + 8), (int)length);
    }

    public void Dispose()
    {
        if (_chunk != 0)
        {
            Native.duckdb_destroy_data_chunk(ref _chunk);
        }

        Native.duckdb_destroy_result(ref _result);
    }

    private object Value(int column, int row)
    {
        var data = _columns[column];
        object raw = _stored[column] switch
        {
            1 => ((byte*)data)[row] != 0,
            2 => (long)((sbyte*)data)[row],
            3 => (long)((short*)data)[row],
            4 => (long)((int*)data)[row],
            5 => ((long*)data)[row],
            6 => (long)((byte*)data)[row],
            7 => (long)((ushort*)data)[row],
            8 => (long)((uint*)data)[row],
            9 => (BigInteger)((ulong*)data)[row],
            12 => DateTime.UnixEpoch.AddTicks(((long*)data)[row] * 10),
            13 => DateOnly.FromDayNumber(((int*)data)[row] + Epoch),
            16 => Huge(((Int128*)data)[row]),
            17 => Encoding.UTF8.GetString(Bytes(column, row)),
            var type => throw new DuckDbException($"Column {Columns[column]} has a type ({type}) that Kepil does not read."),
        };
        return _types[column] == 19 ? Scaled(raw, _scales[column]) : raw;
    }

    private static object Huge(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : (BigInteger)value;

    private static object Scaled(object raw, int scale)
    {
        var number = raw is BigInteger big ? (decimal)big : Convert.ToDecimal(raw, System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < scale; i++)
        {
            number /= 10;
        }

        return number;
    }
}
