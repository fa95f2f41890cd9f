using System.Data;
using Microsoft.Data.Sqlite;

namespace Kepil.Fund.Desk;

/// <summary>A connection to SQLite whose transactions wait for their turn in the queue of writers, and leave it when they end, however they end.</summary>
internal sealed class WriterConnection(string connection) : SqliteConnection(connection)
{
    /// <summary>As long as SQLite itself would try.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IDisposable? _turn;
    private bool _roomy;

    protected override SqliteTransaction? Transaction
    {
        get => base.Transaction;
        set
        {
            base.Transaction = value;
            if (value is null)
            {
                Leave();
            }
        }
    }

    public override SqliteTransaction BeginTransaction(IsolationLevel isolationLevel, bool deferred)
    {
        if (deferred || State != ConnectionState.Open || Transaction is not null)
        {
            return base.BeginTransaction(isolationLevel, deferred);
        }

        _turn = WriterQueue.Of(DataSource).Enter(Patience) ?? throw new SqliteException("database is locked: another writer does not let go of it", 5);
        try
        {
            Roomy(true);
            return base.BeginTransaction(isolationLevel, deferred);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public override void Close()
    {
        if (_roomy && State == ConnectionState.Open && Transaction is null)
        {
            Roomy(false);
        }

        base.Close();
        Leave();
    }

    /// <summary>What one transaction changes is kept in memory until it ends, not written out page by page; who only reads needs less.</summary>
    private void Roomy(bool roomy)
    {
        if (_roomy != roomy)
        {
            using var command = CreateCommand();
            command.CommandText = roomy ? "PRAGMA cache_size = -65536" : "PRAGMA cache_size = -4096";
            command.ExecuteNonQuery();
            _roomy = roomy;
        }
    }

    private void Leave() => Interlocked.Exchange(ref _turn, null)?.Dispose();
}
