using System.Security.Cryptography;
using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Kepil.Fund.Proceedings;

/// <summary>A finding that is to be shown, with what a later run is known by.</summary>
/// <param name="Show">The command that opens its proceeding; its number is given by the store.</param>
/// <param name="Run">The monitoring that found it; 0 when none did.</param>
public sealed record OpenedFinding(ShowFinding Show, DateOnly Month, string RuleId, string Evidence, long Key, long Run = 0);

/// <summary>Where the watch stands on its way through the terms that are over.</summary>
/// <param name="NextAt">The end of the term that it looked at last.</param>
/// <param name="Closed">Cases in which something happened.</param>
/// <param name="More">Whether there may be more.</param>
public sealed record ClosedPart(long NextAt, long Id, int Closed, bool More);

/// <summary>What is done to many proceedings at once: opening a month's, closing terms, emptying queues.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>Opens proceedings for findings that have none yet, all of this call in one transaction. Says how many, and which were refused.</summary>
    /// <param name="findings">Ordered by line.</param>
    public (int Opened, int Known, IReadOnlyList<Refusal> Refused) Open(IReadOnlyList<OpenedFinding> findings, Terms terms, string who) => findings.Count == 0 ? (0, 0, []) : Within(db =>
    {
        journal.Hold(db);
        var (first, last) = (findings[0].Show.LineId, findings[^1].Show.LineId);
        var known = db.Proceedings.AsNoTracking().Where(p => p.LineId >= first && p.LineId <= last).Select(p => new { p.LineId, p.FindingKey }).AsEnumerable().Select(p => (p.LineId, p.FindingKey)).ToHashSet();
        var next = db.Proceedings.Max(p => (long?)p.Id) ?? 0;
        var rows = new List<ProceedingRow>();
        var events = new List<ProceedingEventRow>();
        var refused = new List<Refusal>();
        var people = new StaffAtWork(() => staff(LocalDay.Of(findings[0].Show.At), Loads(db)));
        foreach (var finding in findings.Where(f => !known.Contains((f.Show.LineId, f.Key))))
        {
            known.Add((finding.Show.LineId, finding.Key));
            var ruling = Procedure.Decide(null, finding.Show with { Id = next + 1 }, terms);
            if (ruling.Refusal is { } refusal)
            {
                refused.Add(refusal);
                continue;
            }

            next++;
            var (state, happened) = Follow(null, ruling.Events, finding.Show.At, terms, () => people.Now);
            people.Note(state);
            rows.Add(new ProceedingRow { Month = MonthOf(finding.Month), RuleId = finding.RuleId, Evidence = finding.Evidence, FindingKey = finding.Key, RunId = finding.Run }.With(state));
            events.AddRange(happened.Select((e, i) => ProceedingEventRow.Of(next, i + 1, e)));
        }

        if (rows.Count > 0)
        {
            Insert(db, "proceeding", ProceedingRow.Columns, rows);
            Insert(db, "proceeding_event", EventColumns, events);
            journal.Append(db, who, "FindingsShown", FormattableString.Invariant($"proceeding:{rows[0].Id}-{next}"), new { count = rows.Count, month = rows[0].Month });
            NoteLoads(db, rows.ConvertAll(r => ((long?)null, r.Reviewer)));
        }

        return (rows.Count, findings.Count - rows.Count - refused.Count, (IReadOnlyList<Refusal>)refused);
    });

    /// <summary>Looks at the next cases whose term is over and does what follows, all of this call in one transaction.</summary>
    /// <param name="after">Where the last call stopped.</param>
    /// <param name="receiptsHandledUpTo">Everything that was received before this moment is registered.</param>
    /// <param name="silence">Whether the provider's silence may confirm.</param>
    public ClosedPart CloseNext(ClosedPart? after, DateTimeOffset at, DateTimeOffset receiptsHandledUpTo, Terms terms, bool silence, int most) => Within(db =>
    {
        var (nextAt, id, until) = (after?.NextAt ?? long.MinValue, after?.Id ?? 0, at.ToUnixTimeMilliseconds());
        // Another watch on PostgreSQL takes what this one does not hold.
        var found = source.IsPostgres
            ? db.Proceedings.FromSql($"SELECT * FROM proceeding WHERE next_at <= {until} AND (next_at, id) > ({nextAt}, {id}) ORDER BY next_at, id LIMIT {most} FOR UPDATE SKIP LOCKED").AsNoTracking().ToList()
            : db.Proceedings.FromSql($"SELECT * FROM proceeding WHERE next_at <= {until} AND (next_at, id) > ({nextAt}, {id}) ORDER BY next_at, id LIMIT {most}").AsNoTracking().ToList();
        if (found.Count == 0)
        {
            return new(nextAt, id, 0, false);
        }

        var (lastAt, lastId) = (found[^1].NextAt!.Value, found[^1].Id);
        var closed = Lead(db, found, at, terms, "TermsClosed", (state, people) =>
            !silence && state.Stage.IsWithProvider() ? null
            // A queue that waits has no term to close: it is emptied as soon as somebody can be named, or the head is told.
            : state.Stage.IsQueue() && state.Owner == Party.System ? new AssignReviewer(Actor.System, at, people(), Seed())
            : new CloseTerm(Actor.System, at, receiptsHandledUpTo));
        return new ClosedPart(lastAt, lastId, closed, found.Count == most);
    });

    /// <summary>Names reviewers for queues that wait, also for those of which a head was told that nobody was free.</summary>
    public int AssignWaiting(DateTimeOffset at, Terms terms, int most)
    {
        return Within(db =>
        {
            var waiting = db.Proceedings.FromSql($"SELECT * FROM proceeding WHERE reviewer IS NULL AND stage IN ('branch_queue', 'review_queue', 'look_queue', 'repeat_queue', 're_review_queue', 'central_queue') ORDER BY next_at, id LIMIT {most}").AsNoTracking().ToList();
            return Lead(db, waiting, at, terms, "ReviewersAssigned", (_, people) => new AssignReviewer(Actor.System, at, people(), Seed()));
        });
    }

    /// <summary>Proceedings that wait for an act of a provider whose silence confirms: all of them, and those whose term is over.</summary>
    public (long Open, long Over) Silent(DateTimeOffset at) => Read(db =>
    {
        var until = at.ToUnixTimeMilliseconds();
        var awaiting = db.Proceedings.AsNoTracking().Where(p => p.NextAt != null && (p.Stage == "awaiting_objection" || p.Stage == "awaiting_repeat" || p.Stage == "awaiting_disagreement"));
        return (awaiting.LongCount(), awaiting.LongCount(p => p.NextAt <= until));
    });

    /// <summary>Whether a term of a provider is over that silence would close.</summary>
    public bool HasSilent(DateTimeOffset at) => Read(db =>
    {
        var until = at.ToUnixTimeMilliseconds();
        return db.Proceedings.AsNoTracking().Any(p => p.NextAt <= until && p.Owner == "provider");
    });

    private int Lead(
        ProceedingContext db, List<ProceedingRow> found, DateTimeOffset at, Terms terms, string act, Func<Proceeding, Func<IReadOnlyList<Employee>>, ProceedingCommand?> commandOf)
    {
        var rows = new List<ProceedingRow>();
        var events = new List<ProceedingEventRow>();
        var extended = new List<(long Id, TermExtended Event)>();
        var loads = new List<(long? Before, long? After)>();
        var people = new StaffAtWork(() => staff(LocalDay.Of(at), Loads(db)));
        foreach (var row in found)
        {
            var before = row.Reviewer;
            var state = row.ToProceeding();
            if (commandOf(state, () => people.Now) is not { } command || Procedure.Decide(state, command, terms) is not { Events.Count: > 0 } ruling)
            {
                continue;
            }

            var (then, happened) = Follow(state, ruling.Events, at, terms, () => people.Now);
            people.Note(then);
            events.AddRange(happened.Select((e, i) => ProceedingEventRow.Of(row.Id, row.Events + i + 1, e)));
            extended.AddRange(happened.OfType<TermExtended>().Select(e => (row.Id, e)));
            rows.Add(row.With(then));
            loads.Add((before, row.Reviewer));
        }

        if (rows.Count > 0)
        {
            Update(db, rows, events);
            Insert(db, "proceeding_event", EventColumns, events);
            var byId = extended.Count == 0 ? [] : rows.ToDictionary(r => r.Id);
            foreach (var (id, longer) in extended)
            {
                NoteOutages(db, byId[id], [longer]);
            }

            var (moment, proceedings) = (at.ToUnixTimeMilliseconds(), rows.ConvertAll(r => r.Id));
            journal.Append(db, "system", act, FormattableString.Invariant($"proceeding:{rows[0].Id}"), Moved(extended) is { } moved ? new { at = moment, proceedings, moved } : new { at = moment, proceedings } as object);
            NoteLoads(db, loads);
        }

        return rows.Count;
    }

    private static ulong Seed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    private static readonly IReadOnlyList<(string Column, Func<ProceedingEventRow, object?> Value)> EventColumns =
        [("proceeding_id", e => e.ProceedingId), ("number", e => e.Number), ("at", e => e.At), ("kind", e => e.Kind), ("body", e => e.Body)];

    private static void Insert<T>(ProceedingContext db, string table, IReadOnlyList<(string Column, Func<T, object?> Value)> columns, IReadOnlyList<T> rows) => DeskRows.Write(
        db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), table, [.. columns.Select(c => c.Column)], rows.Select(r => columns.Select(c => c.Value(r)).ToArray()));

    /// <summary>Writes the present state of rows that this transaction holds; whoever finds another number of events gives the whole transaction up.</summary>
    private static void Update(ProceedingContext db, IReadOnlyList<ProceedingRow> rows, IReadOnlyList<ProceedingEventRow> events)
    {
        var added = events.GroupBy(e => e.ProceedingId).ToDictionary(g => g.Key, g => g.Count());
        var columns = ProceedingRow.Moving;
        var sql = $"UPDATE proceeding SET {string.Join(", ", columns.Select((c, i) => $"{c.Column} = @p{i}"))} WHERE id = @p{columns.Count} AND events = @p{columns.Count + 1}";
        var written = 0;
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            written = UpdateAtOnce(postgres, rows, added);
        }
        else
        {
            using var update = DeskRows.Command(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), sql, new object?[columns.Count + 2]);
            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    update.Parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
                }

                update.Parameters[columns.Count].Value = row.Id;
                update.Parameters[columns.Count + 1].Value = row.Events - added[row.Id];

                written += update.ExecuteNonQuery();
            }
        }

        if (written != rows.Count)
        {
            throw new DbUpdateConcurrencyException("A proceeding was changed by somebody else at the same moment.");
        }
    }

    /// <summary>One statement for all rows: each column comes as an array.</summary>
    private static int UpdateAtOnce(NpgsqlConnection connection, IReadOnlyList<ProceedingRow> rows, Dictionary<long, int> added)
    {
        var columns = ProceedingRow.Moving;
        var given = columns.Select((c, i) => $"${i + 1}").Append($"${columns.Count + 1}").Append($"${columns.Count + 2}");
        var names = columns.Select(c => c.Column).Append("key").Append("was");
        using var command = new NpgsqlCommand($"""
            UPDATE proceeding AS p SET {string.Join(", ", columns.Select(c => $"{c.Column} = v.{c.Column}"))}
            FROM unnest({string.Join(", ", given)}) AS v({string.Join(", ", names)}) WHERE p.id = v.key AND p.events = v.was
            """, connection);
        foreach (var (column, value) in columns)
        {
            var values = rows.Select(value).ToList();
            command.Parameters.Add(new NpgsqlParameter
            {
                // Of columns that may be empty only these hold numbers.
                Value = values[0] is int ? values.ConvertAll(v => (int)v!).ToArray()
                    : values[0] is long || column is "reviewer" or "earlier_looker" or "next_at" or "objection_received_at" ? values.ConvertAll(v => (long?)v).ToArray()
                    : values.ConvertAll(v => (string?)v).ToArray(),
            });
        }

        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(r => r.Id).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(r => r.Events - added[r.Id]).ToArray() });
        return command.ExecuteNonQuery();
    }

    /// <summary>Employees with what lies with them, kept up while many cases are distributed in one go; asked for only where one has to be named.</summary>
    private sealed class StaffAtWork(Func<IReadOnlyList<Employee>> ask)
    {
        private readonly Lazy<Employee[]> _people = new(() => [.. ask()]);

        public IReadOnlyList<Employee> Now => _people.Value;

        public void Note(Proceeding state)
        {
            if (state.Reviewer != 0 && _people.IsValueCreated && Array.FindIndex(_people.Value, e => e.Id == state.Reviewer) is >= 0 and var place)
            {
                _people.Value[place] = _people.Value[place] with { Load = _people.Value[place].Load + 1 };
            }
        }
    }
}
