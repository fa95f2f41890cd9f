using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Kepil.Fund.Desk;

/// <summary>The database of the accounts, in which the desk keeps its tables.</summary>
/// <param name="IsPostgres">PostgreSQL, else SQLite.</param>
/// <param name="Connection">How it is reached.</param>
public sealed record DeskSource(bool IsPostgres, string Connection)
{
    private static readonly Writers Turns = new();

    /// <summary>The database that a context of another room is open on.</summary>
    public static DeskSource Of(DbContext context) => new(context.Database.IsNpgsql(), context.Database.GetConnectionString()!);

    public DbConnection Open()
    {
        DbConnection connection = IsPostgres ? new NpgsqlConnection(Connection) : new WriterConnection(Connection);
        connection.Open();
        return connection;
    }

    /// <summary>How a context opens this database; on SQLite its writers come one after the other.</summary>
    public DbContextOptions<T> Options<T>()
        where T : DbContext
    {
        var builder = new DbContextOptionsBuilder<T>();
        return (IsPostgres ? builder.UseNpgsql(Connection) : builder.UseSqlite(Connection).AddInterceptors(Turns)).Options;
    }

    private sealed class Writers : DbConnectionInterceptor
    {
        public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
            InterceptionResult<DbConnection>.SuppressWithResult(new WriterConnection(eventData.ConnectionString!));
    }
}
