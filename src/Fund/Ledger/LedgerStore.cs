using System.Data;
using System.Data.Common;
using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kepil.Fund.Ledger;

/// <summary>A posting whose key is in the ledger with another content.</summary>
public sealed class PostingRefusedException(string key) : Exception($"The ledger holds another posting under the key {key}; nothing was posted.");

/// <summary>How a part of the ledger is looked at.</summary>
/// <param name="Until">Last day of postings that count; all without it.</param>
/// <param name="UpTo">Number of the last posting that counts: the ledger as it stood then.</param>
public sealed record LedgerFilter(long? ProviderId = null, string? Contract = null, string? Package = null, DateOnly? Month = null, DateOnly? Until = null, long? UpTo = null);

/// <summary>The ledger in the database of the accounts, on SQLite or PostgreSQL: it only grows.</summary>
/// <param name="journal">Where every act of the ledger is noted with it.</param>
public sealed class LedgerStore(DeskSource source, JournalStore journal, TimeProvider clock)
{
    /// <summary>How often an act that lost a race is done anew.</summary>
    private const int Attempts = 20;

    public static LedgerStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, desk.Clock);
    }

    /// <summary>Decides on the balances as they are and posts what was decided, in one transaction with its event in the journal; nobody else posts meanwhile.</summary>
    /// <param name="who">Who does it, as the journal calls him.</param>
    /// <param name="act">Word of the act in the journal; it is noted when something was written.</param>
    /// <param name="decide">May be called again when somebody else was faster.</param>
    public T Write<T>(string who, string act, string subject, Func<LedgerWork, T> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var connection = source.Open();
            using var transaction = connection.BeginTransaction(source.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
            try
            {
                var work = new LedgerWork(connection, transaction, clock.GetUtcNow());
                work.Hold();
                var result = decide(work);
                if (work.Noted is { } detail)
                {
                    journal.Append(transaction, who, act, subject, detail);
                }

                transaction.Commit();
                return result;
            }
            catch (DbException lost) when (attempt < Attempts && lost is PostgresException { SqlState: "40001" or "40P01" or "23505" } or SqliteException { SqliteErrorCode: 5 })
            {
                // Somebody else was faster; what was to be done is done anew on what he left.
                transaction.Rollback();
            }
        }
    }

    /// <summary>Posts what is not there yet. Says what it posted; what was there with the same content is left as it is.</summary>
    /// <exception cref="PostingRefusedException">A key is there with another content.</exception>
    public IReadOnlyList<Posting> Post(IReadOnlyList<Posting> postings, string who) =>
        Write(who, "LedgerPosted", postings.Count == 0 ? "ledger" : "ledger:" + postings[0].Ground, work => work.Post(postings));

    /// <summary>Asks the tables of the ledger.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, sql, read, values);
    }

    /// <summary>Balances of the accounts of a filter.</summary>
    public Books Balances(LedgerFilter filter)
    {
        using var connection = source.Open();
        return LedgerWork.Balances(connection, null, filter);
    }

    /// <summary>The last posting's number: the ledger up to it never changes.</summary>
    public long Last()
    {
        using var connection = source.Open();
        return LedgerWork.Last(connection, null);
    }

    /// <summary>Postings of a filter in the order of their numbers, with their legs.</summary>
    public IReadOnlyList<Posting> Postings(LedgerFilter filter, string? kind = null)
    {
        using var connection = source.Open();
        return LedgerWork.Postings(connection, null, filter, kind);
    }

    public Posting? Find(long id)
    {
        using var connection = source.Open();
        return LedgerWork.Find(connection, null, "p.id = @p0", id);
    }

    public Posting? Find(string key)
    {
        using var connection = source.Open();
        return LedgerWork.Find(connection, null, "p.key = @p0", key);
    }

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
