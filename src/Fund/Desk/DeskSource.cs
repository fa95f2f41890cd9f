using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Kepil.Fund.Desk;

/// <summary>The database of the accounts, in which the desk keeps its tables.</summary>
/// <param name="IsPostgres">PostgreSQL, else SQLite.</param>
/// <param name="Connection">How it is reached.</param>
public sealed record DeskSource(bool IsPostgres, string Connection)
{
    /// <summary>The database that a context of another room is open on.</summary>
    public static DeskSource Of(DbContext context) => new(context.Database.IsNpgsql(), context.Database.GetConnectionString()!);

    public DbConnection Open()
    {
        DbConnection connection = IsPostgres ? new NpgsqlConnection(Connection) : new SqliteConnection(Connection);
        connection.Open();
        return connection;
    }
}
