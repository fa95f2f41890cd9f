using System.Data.Common;
using Kepil.Fund.Desk;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>Opens the accounts and brings their tables up to date.</summary>
public sealed class AccountsStore
{
    private readonly DeskSource _source;
    private readonly DbContextOptions<AccountsContext> _options;

    private AccountsStore(DeskSource source) => (_source, _options) = (source, source.Options<AccountsContext>());

    /// <param name="setting">"sqlite" (or empty) for accounts.db in the folder, or a PostgreSQL connection string: the setting KEPIL_ACCOUNTS.</param>
    /// <param name="folder">The folder of the fund.</param>
    public static AccountsStore Open(string? setting, string folder)
    {
        var store = new AccountsStore(string.IsNullOrEmpty(setting) || setting == "sqlite" ? new(false, $"Data Source={Path.Combine(folder, "accounts.db")}") : new(true, setting));
        store.Migrate();
        return store;
    }

    public AccountsContext Context() => new(_options);

    /// <summary>How a context of another room opens the same database.</summary>
    public DbContextOptions<T> Options<T>()
        where T : DbContext => _source.Options<T>();

    /// <summary>Runs the migrations of db/ that this database has not seen, each in its own transaction.</summary>
    private void Migrate()
    {
        using var context = Context();
        var connection = context.Database.GetDbConnection();
        connection.Open();
        if (context.Database.IsSqlite())
        {
            Run(connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        }

        Run(connection, null, "CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY)");
        var other = context.Database.IsSqlite() ? ".postgres.sql" : ".sqlite.sql";
        foreach (var file in Directory.GetFiles(Folder(), "*.sql").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (name.EndsWith(other, StringComparison.Ordinal))
            {
                continue;
            }

            using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.Serializable);
            if (Scalar(connection, transaction, name) == 0)
            {
                Run(connection, transaction, File.ReadAllText(file));
                using var insert = connection.CreateCommand();
                insert.Transaction = transaction;
                insert.CommandText = "INSERT INTO migration (name) VALUES (@name)";
                Parameter(insert, name);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var db = Path.Combine(folder.FullName, "db");
            if (File.Exists(Path.Combine(db, "0001-accounts.sql")))
            {
                return db;
            }
        }

        throw new DirectoryNotFoundException("The folder db/ with the migrations was not found above the executable.");
    }

    private static long Scalar(DbConnection connection, DbTransaction transaction, string name)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT COUNT(*) FROM migration WHERE name = @name";
        Parameter(command, name);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@name";
        parameter.Value = name;
        command.Parameters.Add(parameter);
    }

    private static void Run(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
