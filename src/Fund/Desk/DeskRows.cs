using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Kepil.Fund.Desk;

/// <summary>Reads and writes rows of the desk's database by plain SQL, whose values stand as @p0, @p1 and so on: numbers, texts or nothing.</summary>
internal static class DeskRows
{
    public static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@p" + i.ToString(CultureInfo.InvariantCulture), values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static IReadOnlyList<T> Query<T>(DbConnection connection, DbTransaction? transaction, string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Command(connection, transaction, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Adds rows to a table: many at once on PostgreSQL, one after another on SQLite.</summary>
    public static void Write(DbConnection connection, DbTransaction? transaction, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var names = string.Join(", ", columns);
        if (connection is NpgsqlConnection postgres)
        {
            using var copy = postgres.BeginBinaryImport($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                copy.StartRow();
                foreach (var value in row)
                {
                    Write(copy, value);
                }
            }

            copy.Complete();
            return;
        }

        using var insert = Command(connection, transaction, $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => "@p" + i))})", new object?[columns.Count]);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }
    }

    private static void Write(NpgsqlBinaryImporter copy, object? value)
    {
        switch (value)
        {
            case null: copy.WriteNull(); break;
            case long number: copy.Write(number, NpgsqlDbType.Bigint); break;
            case int number: copy.Write(number, NpgsqlDbType.Integer); break;
            default: copy.Write((string)value, NpgsqlDbType.Text); break;
        }
    }
}
