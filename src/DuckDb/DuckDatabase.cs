namespace Kepil.DuckDb;

/// <summary>One DuckDB instance: a file, or memory when no path is given. Extensions are never fetched or loaded.</summary>
public sealed class DuckDatabase : IDisposable
{
    private const string Optimizers = "disabled_optimizers";

    /// <summary>Of a window of which the first row alone is kept, DuckDB 1.5 now and then makes an internal error, by what it believes of the table at that moment.</summary>
    private const string FailingOptimizer = "top_n_window_elimination";

    private nint _database;

    private DuckDatabase(nint database) => _database = database;

    /// <param name="path">File of the database; null for memory.</param>
    /// <param name="threads">Threads of this instance.</param>
    /// <param name="memoryMegabytes">DuckDB's own memory limit; allocations outside its buffer pool are not counted.</param>
    /// <param name="settings">Further settings by DuckDB's names; optimizers that are to be left out besides those that are never asked are named alone.</param>
    public static DuckDatabase Open(string? path = null, int threads = 2, int memoryMegabytes = 2048, IReadOnlyDictionary<string, string>? settings = null)
    {
        Native.duckdb_create_config(out var config);
        try
        {
            var all = new Dictionary<string, string>
            {
                ["threads"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["memory_limit"] = memoryMegabytes.ToString(System.Globalization.CultureInfo.InvariantCulture) + "MB",
                ["autoinstall_known_extensions"] = "false",
                ["autoload_known_extensions"] = "false",
                ["preserve_insertion_order"] = "false",
                [Optimizers] = FailingOptimizer,
            };
            foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            {
                all[name] = name == Optimizers ? $"{FailingOptimizer},{value}" : value;
            }

            foreach (var (name, value) in all)
            {
                if (Native.duckdb_set_config(config, name, value) != 0)
                {
                    throw new DuckDbException($"DuckDB does not take the setting {name} = {value}.");
                }
            }

            if (Native.duckdb_open_ext(path, out var database, config, out var error) != 0)
            {
                var message = Native.Text(error);
                Native.duckdb_free(error);
                throw new DuckDbException(message);
            }

            return new DuckDatabase(database);
        }
        finally
        {
            Native.duckdb_destroy_config(ref config);
        }
    }

    /// <summary>A new connection; what one connection makes temporarily, another does not see.</summary>
    public DuckConnection Connect()
    {
        if (Native.duckdb_connect(_database, out var connection) != 0)
        {
            throw new DuckDbException("DuckDB gave no connection.");
        }

        return new DuckConnection(connection);
    }

    public void Dispose()
    {
        if (_database != 0)
        {
            Native.duckdb_close(ref _database);
            _database = 0;
        }
    }
}
