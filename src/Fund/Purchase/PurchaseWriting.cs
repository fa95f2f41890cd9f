using System.Data;
using System.Data.Common;
using Kepil.Fund.Desk;

namespace Kepil.Fund.Purchase;

/// <summary>Writes of the purchase: each in one transaction with its event in the journal, one writer after the other.</summary>
/// <param name="table">The table in which numbers are given: two writers at once would take the same one.</param>
internal sealed class PurchaseWriting(DeskSource source, JournalStore journal, string table)
{
    /// <summary>Does a write and notes it. Says the number that it told; 0 when it wrote nothing.</summary>
    /// <param name="who">Who writes, as the journal calls him.</param>
    /// <param name="write">Tells its number, its subject in the journal and the detail; nothing when there is nothing to write.</param>
    public long Write(string who, string act, Func<DbConnection, DbTransaction, (long Id, string Subject, object Detail)?> write)
    {
        using var connection = source.Open();
        using var transaction = connection.BeginTransaction(source.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
        if (source.IsPostgres)
        {
            using var held = DeskRows.Command(connection, transaction, $"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE");
            held.ExecuteNonQuery();
        }

        if (write(connection, transaction) is not { } written)
        {
            return 0;
        }

        var (id, subject, detail) = written;
        journal.Append(transaction, who, act, subject, detail);
        transaction.Commit();
        return id;
    }

    /// <summary>Enters what a stop left, each apart: what cannot be entered keeps nothing else from it.</summary>
    /// <param name="failed">Told why something could not be entered; it is tried again in the next round.</param>
    /// <returns>How much was entered.</returns>
    public static int EnterEach<T>(IEnumerable<T> left, Action<T> enter, Action<string> failed)
    {
        var entered = 0;
        foreach (var one in left)
        {
            try
            {
                enter(one);
                entered++;
            }
            catch (Exception e) when (e is IOException or DbException or PurchaseRefusedException)
            {
                failed(e.Message);
            }
        }

        return entered;
    }
}
