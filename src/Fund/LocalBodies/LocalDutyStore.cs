using System.Data;
using System.Data.Common;
using System.Globalization;
using Kepil.Fund.Desk;

namespace Kepil.Fund.LocalBodies;

/// <summary>Duties of local bodies in the database of the accounts: rows are only added, a correction names the row that it takes the place of.</summary>
public sealed class LocalDutyStore(DeskSource source, JournalStore journal, TimeProvider clock)
{
    /// <summary>Number of the lock that one writer at a time holds on PostgreSQL; it is taken before that of the journal.</summary>
    private const long Gate = 0x6B6570696C06;

    private const string Standing = "d.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM local_duty AS r WHERE r.replaces = d.id)";

    public static LocalDutyStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, desk.Clock);
    }

    /// <summary>Enters a duty with its event in the journal.</summary>
    public LocalDuty Enter(string who, SentDuty sent) => Write(who, "LocalDutyEntered", sent, null)!;

    /// <summary>Puts other words in the place of an entry; the persons stay.</summary>
    /// <returns>Nothing when the entry does not stand any more: somebody corrected or withdrew it.</returns>
    public LocalDuty? Correct(string who, long id, SentDuty sent) => Write(who, "LocalDutyCorrected", sent, id);

    /// <summary>Takes an entry back.</summary>
    /// <returns>Whether it stood.</returns>
    public bool Withdraw(string who, LocalDuty duty) =>
        Write(who, "LocalDutyWithdrawn", new(duty.Place, duty.Kind, duty.Day, duty.People, duty.OfKind, duty.WithFund, duty.Note, []), duty.Id, withdraw: true) is not null;

    /// <summary>Duties of a place that stand, the newest first.</summary>
    public IReadOnlyList<LocalDuty> Of(string place)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, $"SELECT {Columns} FROM local_duty AS d WHERE {Standing} AND d.place LIKE @p0 ORDER BY d.day DESC, d.id DESC", Read, place + "%");
    }

    /// <returns>Nothing when there is none, or it does not stand any more.</returns>
    public LocalDuty? Find(long id)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, $"SELECT {Columns} FROM local_duty AS d WHERE {Standing} AND d.id = @p0", Read, id) is [var found] ? found : null;
    }

    /// <summary>The first day on which each person was called or registered, wherever that was.</summary>
    public IReadOnlyList<(long Person, DateOnly Day)> Touched()
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, $"SELECT p.person_id, MIN(d.day) FROM local_duty AS d JOIN local_duty_person AS p ON p.duty_id = d.id WHERE {Standing} GROUP BY p.person_id ORDER BY p.person_id", r => (r.GetInt64(0), Day(r.GetString(1))));
    }

    /// <summary>The last call or registration of each of these persons.</summary>
    public IReadOnlyDictionary<long, (string Kind, DateOnly Day)> LastOf(IReadOnlyCollection<long> persons)
    {
        if (persons.Count == 0)
        {
            return new Dictionary<long, (string, DateOnly)>();
        }

        using var connection = source.Open();
        var found = new Dictionary<long, (string, DateOnly)>();
        foreach (var (person, kind, day) in DeskRows.Query(
            connection, null, $"SELECT p.person_id, d.kind, d.day FROM local_duty AS d JOIN local_duty_person AS p ON p.duty_id = d.id WHERE {Standing} AND p.person_id IN ({string.Join(", ", persons)}) ORDER BY d.day, d.id",
            r => (r.GetInt64(0), r.GetString(1), Day(r.GetString(2)))))
        {
            found[person] = (kind, day);
        }

        return found;
    }

    private LocalDuty? Write(string who, string act, SentDuty sent, long? replaces, bool withdraw = false)
    {
        using var connection = source.Open();
        using var transaction = connection.BeginTransaction(source.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
        if (source.IsPostgres)
        {
            DeskRows.Query(connection, transaction, "SELECT pg_advisory_xact_lock(@p0)", _ => 0, Gate);
        }

        if (replaces is { } old && DeskRows.Query(connection, transaction, $"SELECT d.id FROM local_duty AS d WHERE {Standing} AND d.id = @p0", r => r.GetInt64(0), old).Count == 0)
        {
            return null;
        }

        var id = DeskRows.Query(connection, transaction, "SELECT COALESCE(MAX(id), 0) + 1 FROM local_duty", r => r.GetInt64(0))[0];
        var persons = replaces is { } before && !withdraw ? DeskRows.Query(connection, transaction, "SELECT person_id FROM local_duty_person WHERE duty_id = @p0 ORDER BY person_id", r => r.GetInt64(0), before) : [.. sent.Persons.Distinct().Order()];
        var duty = new LocalDuty(id, sent.Place, sent.Kind, sent.Day, persons.Count > 0 ? persons.Count : sent.People, sent.OfKind, sent.WithFund, sent.Note, who, clock.GetUtcNow(), replaces);
        DeskRows.Write(connection, transaction, "local_duty", ["id", "place", "kind", "day", "people", "of_kind", "with_fund", "note", "who", "at", "replaces", "withdrawn"],
            [[id, duty.Place, duty.Kind, Word(duty.Day), duty.People, duty.OfKind, duty.WithFund ? 1 : 0, duty.Note, who, duty.At.ToUnixTimeMilliseconds(), replaces, withdraw ? 1 : 0]]);
        DeskRows.Write(connection, transaction, "local_duty_person", ["duty_id", "person_id"], persons.Select(p => (object?[])[id, p]));
        journal.Append(transaction, who, act, "local-duty:" + (replaces ?? id).ToString(CultureInfo.InvariantCulture), new { duty.Place, duty.Kind, duty.Day, duty.People, duty.Note });
        transaction.Commit();
        return duty;
    }

    private const string Columns = "d.id, d.place, d.kind, d.day, d.people, d.of_kind, d.with_fund, d.note, d.who, d.at, d.replaces";

    private static LocalDuty Read(DbDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), Day(r.GetString(3)), r.IsDBNull(4) ? null : r.GetInt64(4), r.IsDBNull(5) ? null : r.GetString(5), r.GetInt32(6) != 0, r.GetString(7), r.GetString(8),
        DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(9)), r.IsDBNull(10) ? null : r.GetInt64(10));

    private static string Word(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
