using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Kepil.Fund.Desk;

/// <summary>The journal in the database of the accounts, on SQLite or PostgreSQL.</summary>
/// <param name="open">Opens a connection to that database.</param>
/// <param name="clock">The time that events carry.</param>
public sealed class JournalStore(Func<DbConnection> open, TimeProvider clock)
{
    private const string Columns = "seq, at, actor, act, subject, detail_hash, detail, prev_hash, hash";

    /// <summary>Number of the lock that one writer of the journal holds on PostgreSQL until its transaction ends.</summary>
    private const long Gate = 0x6B6570696C01;

    private readonly Queue<Look> _looks = [];
    private bool _writing;

    /// <summary>Appends an event to the transaction in which the act itself is done: both stand or neither does.</summary>
    /// <remarks>Let it be the last that the transaction does: whoever appends holds the end of the chain until the transaction ends.</remarks>
    /// <exception cref="DbException">The journal cannot be written; the act must not be done.</exception>
    public JournalHead Append(DbTransaction transaction, string actor, string act, string subject, object? detail = null)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction is over.");
        Hold(connection, transaction);
        var next = JournalChain.Next(Last(connection, transaction), clock.GetUtcNow(), actor, act, subject, detail);
        using var insert = DeskRows.Command(connection, transaction, $"INSERT INTO journal ({Columns}) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)",
            next.Seq, next.At.ToUnixTimeMilliseconds(), next.Actor, next.Act, next.Subject, next.DetailHash, next.Detail, next.PrevHash, next.Hash);
        insert.ExecuteNonQuery();
        return next.Head;
    }

    /// <summary>Appends to the transaction that a context of a room has open.</summary>
    public JournalHead Append(DbContext context, string actor, string act, string subject, object? detail = null) =>
        Append(context.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("An event is appended inside the transaction of its act."), actor, act, subject, detail);

    /// <summary>Holds the end of the chain for the open transaction already now: no other act comes in between.</summary>
    public void Hold(DbContext context)
    {
        var transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        Hold(transaction.Connection!, transaction);
    }

    /// <summary>Appends an event that has no act beside it: somebody saw something.</summary>
    public JournalHead Append(string actor, string act, string subject, object? detail = null)
    {
        using var connection = open();
        using var transaction = connection.BeginTransaction();
        var head = Append(transaction, actor, act, subject, detail);
        transaction.Commit();
        return head;
    }

    /// <summary>Appends an event that has no act beside it; those that wait at the same moment go to the disk in one transaction, in the order in which they came.</summary>
    /// <returns>Done when the event stands in the journal for good, and not before.</returns>
    /// <exception cref="DbException">The journal cannot be written; what was to be seen must not be shown.</exception>
    public Task<JournalHead> AppendAsync(string actor, string act, string subject, object? detail = null)
    {
        var look = new Look(actor, act, subject, detail);
        lock (_looks)
        {
            _looks.Enqueue(look);
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(WriteLooks);
            }
        }

        return look.Written.Task;
    }

    /// <summary>The last event, as it is printed on documents.</summary>
    public JournalHead Head()
    {
        using var connection = open();
        return Last(connection, null);
    }

    /// <summary>Events in the order of their numbers, read as they are asked for.</summary>
    public IEnumerable<JournalEvent> Read(long from = 0)
    {
        using var connection = open();
        using var command = DeskRows.Command(connection, null, $"SELECT {Columns} FROM journal WHERE seq >= @p0 ORDER BY seq", from);
        using var reader = command.ExecuteReader(CommandBehavior.SequentialAccess);
        while (reader.Read())
        {
            yield return EventOf(reader);
        }
    }

    /// <summary>The newest events, the last one first.</summary>
    public IReadOnlyList<JournalEvent> Newest(int count, long before = long.MaxValue) => Events($"seq < @p0 ORDER BY seq DESC LIMIT {count}", [before]);

    /// <summary>The newest events of some acts, the last one first.</summary>
    public IReadOnlyList<JournalEvent> OfActs(IReadOnlyList<string> acts, int count) =>
        Events($"act IN ({string.Join(", ", acts.Select((_, i) => "@p" + i))}) ORDER BY seq DESC LIMIT {count}", [.. acts]);

    /// <summary>The newest events that are looked for, the last one first.</summary>
    public IReadOnlyList<JournalEvent> Find(JournalSearch search, int count, long before = long.MaxValue)
    {
        var (sql, values) = search.Condition(1);
        return Events($"seq < @p0 AND {sql} ORDER BY seq DESC LIMIT {count}", [before, .. values]);
    }

    /// <summary>All acts that stand in the journal.</summary>
    public IReadOnlyList<string> Acts()
    {
        using var connection = open();
        using var command = DeskRows.Command(connection, null, "SELECT DISTINCT act FROM journal ORDER BY act");
        using var reader = command.ExecuteReader();
        var acts = new List<string>();
        while (reader.Read())
        {
            acts.Add(reader.GetString(0));
        }

        return acts;
    }

    /// <summary>On what an act was done, each once.</summary>
    public IReadOnlyList<string> Subjects(string act)
    {
        using var connection = open();
        using var command = DeskRows.Command(connection, null, "SELECT DISTINCT subject FROM journal WHERE act = @p0", act);
        using var reader = command.ExecuteReader();
        var subjects = new List<string>();
        while (reader.Read())
        {
            subjects.Add(reader.GetString(0));
        }

        return subjects;
    }

    /// <summary>Drops the details of events before a moment; the chain goes on to verify, for it holds their hashes.</summary>
    public JournalHead DropDetails(DateTimeOffset before, string actor)
    {
        using var connection = open();
        using var transaction = connection.BeginTransaction();
        using var last = DeskRows.Command(connection, transaction, "SELECT COALESCE(MAX(seq), 0) FROM journal WHERE at < @p0", before.ToUnixTimeMilliseconds());
        var upTo = Convert.ToInt64(last.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        using var drop = DeskRows.Command(connection, transaction, "UPDATE journal SET detail = NULL WHERE seq <= @p0 AND detail IS NOT NULL", upTo);
        var count = drop.ExecuteNonQuery();
        var head = Append(transaction, actor, JournalChain.DetailsDropped, JournalChain.DroppedUpTo(upTo), new { count });
        transaction.Commit();
        return head;
    }

    public JournalVerdict Verify(IReadOnlyCollection<JournalHead> known) => JournalChain.Verify(Read(), known);

    /// <summary>Writes what waits until nothing waits any more; what comes meanwhile is the next part.</summary>
    private void WriteLooks()
    {
        while (true)
        {
            List<Look> part;
            lock (_looks)
            {
                if (_looks.Count == 0)
                {
                    _writing = false;
                    return;
                }

                part = [.. _looks];
                _looks.Clear();
            }

            Write(part);
        }
    }

    private void Write(IReadOnlyList<Look> part)
    {
        try
        {
            var heads = new List<JournalHead>(part.Count);
            using (var connection = open())
            using (var transaction = connection.BeginTransaction())
            {
                heads.AddRange(part.Select(l => Append(transaction, l.Actor, l.Act, l.Subject, l.Detail)));
                transaction.Commit();
            }

            for (var i = 0; i < part.Count; i++)
            {
                part[i].Written.SetResult(heads[i]);
            }
        }
        catch (Exception alone) when (part.Count == 1)
        {
            part[0].Written.SetException(alone);
        }
        catch (Exception)
        {
            // Nothing of this part stands; one that cannot be written takes no other with it.
            foreach (var look in part)
            {
                Write([look]);
            }
        }
    }

    private List<JournalEvent> Events(string condition, object?[] values)
    {
        using var connection = open();
        using var command = DeskRows.Command(connection, null, $"SELECT {Columns} FROM journal WHERE {condition}", values);
        using var reader = command.ExecuteReader();
        var events = new List<JournalEvent>();
        while (reader.Read())
        {
            events.Add(EventOf(reader));
        }

        return events;
    }

    private static void Hold(DbConnection connection, DbTransaction transaction)
    {
        // SQLite has one writer anyway; on PostgreSQL the end of the chain is held until the transaction ends.
        if (connection is NpgsqlConnection)
        {
            using var hold = DeskRows.Command(connection, transaction, "SELECT pg_advisory_xact_lock(@p0)", Gate);
            hold.ExecuteNonQuery();
        }
    }

    private static JournalHead Last(DbConnection connection, DbTransaction? transaction)
    {
        using var command = DeskRows.Command(connection, transaction, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() ? new JournalHead(reader.GetInt64(0), reader.GetString(1)) : JournalHead.None;
    }

    private static JournalEvent EventOf(DbDataReader r) => new(
        r.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1)), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), r.GetString(7), r.GetString(8));

    /// <summary>An event that waits to be written.</summary>
    private sealed record Look(string Actor, string Act, string Subject, object? Detail)
    {
        public TaskCompletionSource<JournalHead> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
