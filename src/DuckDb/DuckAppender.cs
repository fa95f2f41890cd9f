using System.Text;

namespace Kepil.DuckDb;

/// <summary>Fills a table by columns, 2,048 rows at a time: the fast way in.</summary>
public sealed unsafe class DuckAppender : IDisposable
{
    private const int Capacity = 2048;

    private readonly nint[] _vectors;
    private readonly void*[] _data;
    private readonly ulong*[] _validity;
    private readonly int[] _sizes;
    private nint _appender;
    private nint _chunk;
    private int _row;
    private int _column;

    internal DuckAppender(DuckConnection connection, string table, ReadOnlySpan<DuckType> columns)
    {
        if (Native.duckdb_appender_create(connection.Handle, null, table, out _appender) != 0)
        {
            throw Failed();
        }

        var types = stackalloc nint[columns.Length];
        _sizes = new int[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            types[i] = Native.duckdb_create_logical_type((int)columns[i]);
            _sizes[i] = columns[i] switch { DuckType.Boolean => 1, DuckType.Integer or DuckType.Date => 4, DuckType.BigInt => 8, _ => 16 };
        }

        _chunk = Native.duckdb_create_data_chunk(types, (ulong)columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            Native.duckdb_destroy_logical_type(ref types[i]);
        }

        _vectors = new nint[columns.Length];
        _data = new void*[columns.Length];
        _validity = new ulong*[columns.Length];
        Bind();
    }

    public void Add(long value) => ((long*)_data[_column++])[_row] = value;

    public void Add(int value) => ((int*)_data[_column++])[_row] = value;

    public void Add(bool value) => ((byte*)_data[_column++])[_row] = value ? (byte)1 : (byte)0;

    public void Add(DateOnly value) => ((int*)_data[_column++])[_row] = value.DayNumber - DuckResult.Epoch;

    /// <remarks>DuckDB keeps up to twelve bytes within the vector itself, so short texts need no call. The bytes must be good UTF-8.</remarks>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= 12)
        {
            var slot = (byte*)_data[_column++] + ((long)_row * 16);
            *(int*)slot = utf8.Length;
            *(long*)(slot + 4) = 0;
            *(int*)(slot + 12) = 0;
            utf8.CopyTo(new Span<byte>(slot + 4, 12));
            return;
        }

        fixed (byte* text = utf8)
        {
            byte empty = 0;
            Native.duckdb_vector_assign_string_element_len(_vectors[_column++], (ulong)_row, text is null ? &empty : text, (ulong)utf8.Length);
        }
    }

    public void Add(ReadOnlySpan<char> text)
    {
        Span<byte> buffer = text.Length <= 256 ? stackalloc byte[768] : new byte[text.Length * 3];
        Add(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    public void Add(string? text)
    {
        if (text is null)
        {
            AddNull();
        }
        else
        {
            Add(text.AsSpan());
        }
    }

    public void Add(long? value)
    {
        if (value is { } number)
        {
            Add(number);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(int? value)
    {
        if (value is { } number)
        {
            Add(number);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(bool? value)
    {
        if (value is { } flag)
        {
            Add(flag);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(DateOnly? value)
    {
        if (value is { } day)
        {
            Add(day);
        }
        else
        {
            AddNull();
        }
    }

    public void AddNull()
    {
        _validity[_column][_row >> 6] &= ~(1UL << (_row & 63));
        _column++;
    }

    /// <summary>Closes the row; every column must have been given.</summary>
    public void EndRow()
    {
        if (_column != _vectors.Length)
        {
            throw new DuckDbException($"A row of {_column} values was given to a table of {_vectors.Length} columns.");
        }

        _column = 0;
        if (++_row == Capacity)
        {
            Flush();
        }
    }

    /// <summary>Writes what is left and makes it visible.</summary>
    public void Complete()
    {
        Flush();
        if (Native.duckdb_appender_flush(_appender) != 0)
        {
            throw Failed();
        }
    }

    public void Dispose()
    {
        if (_chunk != 0)
        {
            Native.duckdb_destroy_data_chunk(ref _chunk);
        }

        if (_appender != 0)
        {
            _ = Native.duckdb_appender_destroy(ref _appender);
        }
    }

    private void Flush()
    {
        if (_row == 0)
        {
            return;
        }

        Native.duckdb_data_chunk_set_size(_chunk, (ulong)_row);
        if (Native.duckdb_append_data_chunk(_appender, _chunk) != 0)
        {
            throw Failed();
        }

        Native.duckdb_data_chunk_reset(_chunk);
        _row = 0;
        Bind();
    }

    private void Bind()
    {
        for (var i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = Native.duckdb_data_chunk_get_vector(_chunk, (ulong)i);
            Native.duckdb_vector_ensure_validity_writable(_vectors[i]);
            _data[i] = Native.duckdb_vector_get_data(_vectors[i]);
            _validity[i] = Native.duckdb_vector_get_validity(_vectors[i]);
            new Span<ulong>(_validity[i], Capacity / 64).Fill(ulong.MaxValue);
            if (_sizes[i] < 16)
            {
                new Span<byte>(_data[i], Capacity * _sizes[i]).Clear();
            }
        }
    }

    private DuckDbException Failed()
    {
        var message = Native.Text(Native.duckdb_appender_error(_appender));
        return new DuckDbException(message.Length > 0 ? message : "DuckDB refused the rows.");
    }
}
