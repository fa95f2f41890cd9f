using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Registers;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>What became of a file.</summary>
/// <param name="TakenBefore">The same file came before; nothing was done.</param>
public sealed record TakenContributions(string File, string Holds, int Rows, int Taken, int Known, int Refused, Money Sum, IReadOnlyList<Rejection> Rejections, bool TakenBefore);

/// <summary>Contributions, categories and standings of persons in the database of the accounts, on SQLite or PostgreSQL: they only grow.</summary>
public sealed class ContributionStore(DeskSource source, JournalStore journal, TimeProvider clock)
{
    /// <summary>Number of the lock that one file at a time holds on PostgreSQL; it is taken before that of the journal.</summary>
    private const long Gate = 0x6B6570696C03;

    /// <summary>Numbers that are asked for at once.</summary>
    private const int Part = 500;

    private const string Columns = "row_number, reference, payer_id, stated_id, person_id, kind, month, amount, paid_on, refunds, known_at";

    private const string TimeColumns = "row_number, stated_id, person_id, kind, word, from_day, to_day, source, withdrawn, known_at";

    public static ContributionStore Of(DeskStore desk)
    {
        using var context = desk.Context();
        return new(DeskSource.Of(context), desk.Journal, desk.Clock);
    }

    /// <summary>Judges the rows of a file beside what is stored and writes the new ones with all refusals, in one transaction with its event in the journal.</summary>
    public TakenContributions Take(string who, ReadContributions read, KnownPersons persons)
    {
        using var connection = source.Open();
        using var transaction = connection.BeginTransaction(source.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
        if (source.IsPostgres)
        {
            DeskRows.Query(connection, transaction, "SELECT pg_advisory_xact_lock(@p0)", _ => 0, Gate);
        }

        if (DeskRows.Query(connection, transaction, "SELECT row_count, refused_count FROM contribution_file WHERE hash = @p0", r => (Rows: r.GetInt64(0), Refused: r.GetInt64(1)), read.Hash) is [var before, ..])
        {
            return new(read.File, read.Holds, (int)before.Rows, 0, (int)(before.Rows - before.Refused), 0, Money.Zero, [], TakenBefore: true);
        }

        var judged = Judged(connection, transaction, read, persons);
        var refused = judged.Rejections.Select(r => r.Row).Distinct().Count();
        var sum = judged.Payments.Aggregate(Money.Zero, (s, p) => s + p.Sum);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var file = Next("contribution_file");
        Insert("contribution_file", ["id", "name", "hash", "holds", "at", "who", "row_count", "taken_count", "known_count", "refused_count", "amount"],
            [[file, read.File, read.Hash, read.Holds, at, who, (long)read.Rows, (long)(judged.Payments.Count + judged.Times.Count), (long)judged.Known, (long)refused, sum.Tiyn]]);
        var id = Next("contribution");
        Insert("contribution", ["id", "file_id", .. Columns.Split(", ")], judged.Payments.Select(p => (object?[])
            [id++, file, p.Row, p.Reference, p.PayerId, p.StatedId, p.PersonId, p.Kind, Text(p.Month), p.Sum.Tiyn, Text(p.PaidOn), p.Refunds, at]));
        id = Next("person_time");
        Insert("person_time", ["id", "file_id", .. TimeColumns.Split(", ")], judged.Times.Select(c => (object?[])
            [id++, file, c.Row, c.StatedId, c.PersonId, c.Kind, c.Word, Text(c.From), c.To is { } to ? Text(to) : null, c.Source, c.Withdrawn ? 1 : 0, at]));
        Insert("contribution_refused", ["file_id", "number", "row_number", "cell", "head", "value", "reason", "named"], judged.Rejections.Select((r, i) => (object?[])
            [file, i + 1, r.Row, r.Column, r.Head, r.Value, r.Reason, JsonSerializer.Serialize(r.Named)]));
        journal.Append(transaction, who, "ContributionsTaken", "contributions:" + file.ToString(CultureInfo.InvariantCulture), new { read.Hash, rows = read.Rows, refused, sum = sum.Tiyn });
        transaction.Commit();
        return new(read.File, read.Holds, read.Rows, judged.Payments.Count + judged.Times.Count, judged.Known, refused, sum, judged.Rejections, false);

        long Next(string table) => DeskRows.Query(connection, transaction, $"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}", r => r.GetInt64(0))[0];

        void Insert(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => DeskRows.Write(connection, transaction, table, columns, rows);
    }

    /// <summary>Judges the rows of a file as <see cref="Take"/> does, and writes nothing.</summary>
    public JudgedContributions Judge(ReadContributions read, KnownPersons persons)
    {
        using var connection = source.Open();
        return Judged(connection, null, read, persons);
    }

    /// <summary>Payments and refunds for a person, by all his numbers, each with the moment at which it became known.</summary>
    public IReadOnlyList<Contribution> PaidFor(IReadOnlyList<long> numbers)
    {
        using var connection = source.Open();
        return [.. Parts(numbers, (where, values) => DeskRows.Query(connection, null, $"SELECT {Columns} FROM contribution WHERE person_id IN ({where}) ORDER BY month, paid_on, id", ReadOne, values))];
    }

    /// <summary>All numbers under which anything is known of a person, in their order.</summary>
    public IReadOnlyList<long> Numbers()
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT person_id FROM contribution UNION SELECT person_id FROM person_time ORDER BY 1", r => r.GetInt64(0));
    }

    /// <summary>All that sources ever said of a person's categories and standings, the last word last.</summary>
    public IReadOnlyList<PersonTime> TimesOf(IReadOnlyList<long> numbers)
    {
        using var connection = source.Open();
        return [.. Parts(numbers, (where, values) => DeskRows.Query(connection, null, $"SELECT {TimeColumns} FROM person_time WHERE person_id IN ({where}) ORDER BY id", ReadTime, values))];
    }

    /// <summary>Rows that were refused of a file: its row, the reason and the value.</summary>
    public IReadOnlyList<(int Row, string Reason, string Value)> Refused(string hash)
    {
        using var connection = source.Open();
        return DeskRows.Query(connection, null, "SELECT r.row_number, r.reason, r.value FROM contribution_refused AS r JOIN contribution_file AS f ON f.id = r.file_id WHERE f.hash = @p0 ORDER BY r.number", r => (r.GetInt32(0), r.GetString(1), r.GetString(2)), hash);
    }

    private static JudgedContributions Judged(DbConnection connection, DbTransaction? transaction, ReadContributions read, KnownPersons persons)
    {
        var stored = Parts(
            read.Payments.SelectMany(p => p.Refunds is null ? (IEnumerable<string>)[p.Reference] : [p.Reference, p.Refunds]).Distinct(),
            // A refund stands under its own reference; what was refunded before is found by the payment that it names.
            (where, values) => DeskRows.Query(connection, transaction, $"SELECT {Columns} FROM contribution WHERE reference IN ({where}) OR refunds IN ({where})", ReadOne, values)).DistinctBy(c => c.Key).ToList();
        var known = Now(Parts(
            read.Times.Select(c => persons.Find(c.StatedId)?.PersonId ?? c.StatedId).Distinct(),
            (where, values) => DeskRows.Query(connection, transaction, $"SELECT {TimeColumns} FROM person_time WHERE person_id IN ({where}) ORDER BY id", ReadTime, values)));
        return JudgedContributions.Of(read, persons, stored, known);
    }

    /// <summary>Of what a source said of one first day, the last counts.</summary>
    private static List<PersonTime> Now(IEnumerable<PersonTime> said) => [.. said.GroupBy(s => s.Key).Select(g => g.Last())];

    private static IEnumerable<T> Parts<TKey, T>(IEnumerable<TKey> keys, Func<string, object?[], IReadOnlyList<T>> ask) =>
        keys.Chunk(Part).SelectMany(part => ask(string.Join(", ", part.Select((_, i) => "@p" + i.ToString(CultureInfo.InvariantCulture))), [.. part.Cast<object?>()]));

    private static Contribution ReadOne(DbDataReader r) => new(
        r.GetInt32(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetString(5), Day(r.GetString(6)), new(r.GetInt64(7)), Day(r.GetString(8)), r.IsDBNull(9) ? null : r.GetString(9))
    {
        KnownAt = DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(10)),
    };

    private static PersonTime ReadTime(DbDataReader r) => new(
        r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3), r.GetString(4), Day(r.GetString(5)), r.IsDBNull(6) ? null : Day(r.GetString(6)), r.GetString(7), r.GetInt32(8) != 0)
    {
        KnownAt = DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(9)),
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
