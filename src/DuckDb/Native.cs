using System.Reflection;
using System.Runtime.InteropServices;

namespace Kepil.DuckDb;

/// <summary>The functions of DuckDB's C interface that Kepil calls, and where the library is found.</summary>
internal static unsafe partial class Native
{
    private const string Library = "duckdb";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (var candidate in Candidates())
        {
            if (File.Exists(candidate))
            {
                return NativeLibrary.Load(candidate);
            }
        }

        throw new DuckDbException("The DuckDB library libduckdb.so was not found. Run ./kepil build, which fetches it into .tools/duckdb, or name the file in KEPIL_DUCKDB.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("KEPIL_DUCKDB") is { Length: > 0 } named)
        {
            yield return named;
        }

        yield return Path.Combine(AppContext.BaseDirectory, "libduckdb.so");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var tools = Path.Combine(folder.FullName, ".tools", "duckdb");
            if (!Directory.Exists(tools))
            {
                continue;
            }

            foreach (var version in Directory.GetDirectories(tools).OrderDescending(StringComparer.Ordinal))
            {
                yield return Path.Combine(version, "libduckdb.so");
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Result
    {
        public ulong DeprecatedColumnCount;
        public ulong DeprecatedRowCount;
        public ulong DeprecatedRowsChanged;
        public nint DeprecatedColumns;
        public nint DeprecatedErrorMessage;
        public nint InternalData;
    }

    [LibraryImport(Library)] internal static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)] internal static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_open_ext(string? path, out nint database, nint config, out nint error);

    [LibraryImport(Library)] internal static partial void duckdb_close(ref nint database);
    [LibraryImport(Library)] internal static partial int duckdb_connect(nint database, out nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_disconnect(ref nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_interrupt(nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_free(nint pointer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_query(nint connection, string sql, out Result result);

    [LibraryImport(Library)] internal static partial void duckdb_destroy_result(ref Result result);
    [LibraryImport(Library)] internal static partial nint duckdb_result_error(ref Result result);
    [LibraryImport(Library)] internal static partial ulong duckdb_column_count(ref Result result);
    [LibraryImport(Library)] internal static partial nint duckdb_column_name(ref Result result, ulong column);
    [LibraryImport(Library)] internal static partial nint duckdb_column_logical_type(ref Result result, ulong column);
    [LibraryImport(Library)] internal static partial ulong duckdb_rows_changed(ref Result result);
    [LibraryImport(Library)] internal static partial nint duckdb_fetch_chunk(Result result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong duckdb_extract_statements(nint connection, string sql, out nint statements);

    [LibraryImport(Library)] internal static partial nint duckdb_extract_statements_error(nint statements);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_extracted(ref nint statements);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint duckdb_get_table_names(nint connection, string sql, [MarshalAs(UnmanagedType.I1)] bool qualified);

    [LibraryImport(Library)] internal static partial ulong duckdb_get_list_size(nint value);
    [LibraryImport(Library)] internal static partial nint duckdb_get_list_child(nint value, ulong index);
    [LibraryImport(Library)] internal static partial nint duckdb_get_varchar(nint value);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_value(ref nint value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_prepare(nint connection, string sql, out nint statement);

    [LibraryImport(Library)] internal static partial nint duckdb_prepare_error(nint statement);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_prepare(ref nint statement);
    [LibraryImport(Library)] internal static partial int duckdb_prepared_statement_type(nint statement);
    [LibraryImport(Library)] internal static partial int duckdb_bind_int64(nint statement, ulong index, long value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_boolean(nint statement, ulong index, [MarshalAs(UnmanagedType.I1)] bool value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_date(nint statement, ulong index, int days);
    [LibraryImport(Library)] internal static partial int duckdb_bind_null(nint statement, ulong index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_bind_varchar(nint statement, ulong index, string value);

    [LibraryImport(Library)] internal static partial int duckdb_execute_prepared(nint statement, out Result result);

    [LibraryImport(Library)] internal static partial nint duckdb_create_logical_type(int type);
    [LibraryImport(Library)] internal static partial int duckdb_get_type_id(nint type);
    [LibraryImport(Library)] internal static partial int duckdb_decimal_internal_type(nint type);
    [LibraryImport(Library)] internal static partial byte duckdb_decimal_scale(nint type);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_logical_type(ref nint type);
    [LibraryImport(Library)] internal static partial nint duckdb_create_data_chunk(nint* types, ulong count);
    [LibraryImport(Library)] internal static partial void duckdb_data_chunk_reset(nint chunk);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_data_chunk(ref nint chunk);
    [LibraryImport(Library)] internal static partial ulong duckdb_data_chunk_get_size(nint chunk);
    [LibraryImport(Library)] internal static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);
    [LibraryImport(Library)] internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
    [LibraryImport(Library)] internal static partial void* duckdb_vector_get_data(nint vector);
    [LibraryImport(Library)] internal static partial ulong* duckdb_vector_get_validity(nint vector);
    [LibraryImport(Library)] internal static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Library)]
    internal static partial void duckdb_vector_assign_string_element_len(nint vector, ulong index, byte* text, ulong length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_appender_create(nint connection, string? schema, string table, out nint appender);

    [LibraryImport(Library)] internal static partial int duckdb_append_data_chunk(nint appender, nint chunk);
    [LibraryImport(Library)] internal static partial nint duckdb_appender_error(nint appender);
    [LibraryImport(Library)] internal static partial int duckdb_appender_flush(nint appender);
    [LibraryImport(Library)] internal static partial int duckdb_appender_close(nint appender);
    [LibraryImport(Library)] internal static partial int duckdb_appender_destroy(ref nint appender);

    internal static string Text(nint pointer) => Marshal.PtrToStringUTF8(pointer) ?? "";
}
