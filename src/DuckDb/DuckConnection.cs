namespace Kepil.DuckDb;

/// <summary>A connection to a DuckDB instance. Not for use by two threads at once, but for <see cref="Interrupt"/>.</summary>
public sealed class DuckConnection : IDisposable
{
    private nint _connection;

    internal DuckConnection(nint connection) => _connection = connection;

    internal nint Handle => _connection;

    /// <summary>Runs statements and drops what they return.</summary>
    /// <returns>Rows changed by the last statement.</returns>
    public long Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var result = Query(sql, values);
        return result.RowsChanged;
    }

    /// <summary>Runs a statement; parameters are written $1, $2 ... and may be string, long, int, bool, DateOnly or null.</summary>
    public DuckResult Query(string sql, params ReadOnlySpan<object?> values)
    {
        if (values.Length == 0)
        {
            if (Native.duckdb_query(_connection, sql, out var plain) != 0)
            {
                throw Failed(ref plain);
            }

            return new DuckResult(plain);
        }

        if (Native.duckdb_prepare(_connection, sql, out var statement) != 0)
        {
            var message = Native.Text(Native.duckdb_prepare_error(statement));
            Native.duckdb_destroy_prepare(ref statement);
            throw new DuckDbException(message);
        }

        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                Bind(statement, (ulong)i + 1, values[i]);
            }

            if (Native.duckdb_execute_prepared(statement, out var result) != 0)
            {
                throw Failed(ref result);
            }

            return new DuckResult(result);
        }
        finally
        {
            Native.duckdb_destroy_prepare(ref statement);
        }
    }

    /// <summary>All rows of a query, each made into a value.</summary>
    public IReadOnlyList<T> QueryAll<T>(string sql, Func<DuckResult, T> read, params ReadOnlySpan<object?> values)
    {
        using var result = Query(sql, values);
        var rows = new List<T>();
        while (result.Read())
        {
            rows.Add(read(result));
        }

        return rows;
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var result = Query(sql, values);
        return result.Read() ? result[0] : null;
    }

    /// <summary>Whether the text is one statement, by its grammar alone.</summary>
    /// <exception cref="DuckDbException">The text does not parse.</exception>
    public bool IsSingleStatement(string sql)
    {
        var count = Native.duckdb_extract_statements(_connection, sql, out var statements);
        var error = count == 0 ? Native.Text(Native.duckdb_extract_statements_error(statements)) : "";
        Native.duckdb_destroy_extracted(ref statements);
        return count == 0 ? throw new DuckDbException(error) : count == 1;
    }

    /// <summary>Whether the text is one statement, and one that only reads.</summary>
    /// <exception cref="DuckDbException">The text does not parse or names what does not exist.</exception>
    public bool IsSingleSelect(string sql)
    {
        if (!IsSingleStatement(sql))
        {
            return false;
        }

        const int select = 1;
        try
        {
            if (Native.duckdb_prepare(_connection, sql, out var statement) != 0)
            {
                var message = Native.Text(Native.duckdb_prepare_error(statement));
                Native.duckdb_destroy_prepare(ref statement);
                throw new DuckDbException(message);
            }

            var type = Native.duckdb_prepared_statement_type(statement);
            Native.duckdb_destroy_prepare(ref statement);
            return type == select;
        }
        finally
        {
            GC.KeepAlive(this);
        }
    }

    /// <summary>Names of the tables and views that a query reads.</summary>
    public IReadOnlyList<string> TablesOf(string sql)
    {
        var list = Native.duckdb_get_table_names(_connection, sql, false);
        if (list == 0)
        {
            return [];
        }

        var names = new List<string>();
        var count = Native.duckdb_get_list_size(list);
        for (ulong i = 0; i < count; i++)
        {
            var child = Native.duckdb_get_list_child(list, i);
            var text = Native.duckdb_get_varchar(child);
            names.Add(Native.Text(text));
            Native.duckdb_free(text);
            Native.duckdb_destroy_value(ref child);
        }

        Native.duckdb_destroy_value(ref list);
        return names;
    }

    /// <summary>Stops what this connection runs; may be called from another thread.</summary>
    public void Interrupt() => Native.duckdb_interrupt(_connection);

    /// <summary>Writes rows into a table of this database, 2,048 at a time.</summary>
    public DuckAppender Append(string table, params ReadOnlySpan<DuckType> columns) => new(this, table, columns);

    public void Dispose()
    {
        if (_connection != 0)
        {
            Native.duckdb_disconnect(ref _connection);
            _connection = 0;
        }
    }

    private static DuckDbException Failed(ref Native.Result result)
    {
        var message = Native.Text(Native.duckdb_result_error(ref result));
        Native.duckdb_destroy_result(ref result);
        return new DuckDbException(message);
    }

    private static void Bind(nint statement, ulong index, object? value)
    {
        var state = value switch
        {
            null => Native.duckdb_bind_null(statement, index),
            string text => Native.duckdb_bind_varchar(statement, index, text),
            long number => Native.duckdb_bind_int64(statement, index, number),
            int number => Native.duckdb_bind_int64(statement, index, number),
            bool flag => Native.duckdb_bind_boolean(statement, index, flag),
            DateOnly day => Native.duckdb_bind_date(statement, index, day.DayNumber - DuckResult.Epoch),
            _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be bound."),
        };
        if (state != 0)
        {
            throw new DuckDbException($"Parameter ${index} could not be bound.");
        }
    }
}
