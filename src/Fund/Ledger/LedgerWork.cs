using System.Data.Common;
using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Law;
using Npgsql;

namespace Kepil.Fund.Ledger;

/// <summary>A transaction that posts to the ledger, while nobody else does.</summary>
public sealed class LedgerWork(DbConnection connection, DbTransaction transaction, DateTimeOffset at)
{
    /// <summary>Number of the lock that one writer of the ledger holds on PostgreSQL until its transaction ends; it is taken before that of the journal.</summary>
    private const long Gate = 0x6B6570696C02;

    /// <summary>Keys that are asked for at once.</summary>
    private const int Part = 500;

    private long _last = -1;

    /// <summary>What the journal is to be told; nothing while nothing was written.</summary>
    public object? Noted { get; private set; }

    public DateTimeOffset At => at;

    internal void Hold()
    {
        if (connection is NpgsqlConnection)
        {
            using var command = DeskRows.Command(connection, transaction, "SELECT pg_advisory_xact_lock(@p0)", Gate);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Balances as they are now.</summary>
    public Books Balances(LedgerFilter filter) => Balances(connection, transaction, filter);

    public Posting? Find(string key) => Find(connection, transaction, "p.key = @p0", key);

    /// <summary>Posts what is not there yet and says what that was, with numbers.</summary>
    /// <exception cref="PostingRefusedException">A key is there with another content.</exception>
    public IReadOnlyList<Posting> Post(IReadOnlyList<Posting> postings)
    {
        var known = Known(postings);
        var posted = new List<(Posting Posting, string Content)>();
        _last = _last < 0 ? Last(connection, transaction) : _last;
        foreach (var posting in postings)
        {
            var content = posting.Content();
            if (known.TryGetValue(posting.Key, out var there))
            {
                if (there != content)
                {
                    throw new PostingRefusedException(posting.Key);
                }

                continue;
            }

            known.Add(posting.Key, content);
            posted.Add((posting with { Id = ++_last }, content));
        }

        if (posted.Count > 0)
        {
            Insert("ledger_leg", ["posting_id", "number", "account", "provider_id", "contract", "package", "month", "amount"], posted.SelectMany(p => p.Posting.Legs.Select((l, i) => (object?[])
                [p.Posting.Id, i + 1, Chart.WordOf(l.Account.Kind), l.Account.Of.ProviderId, l.Account.Of.Contract, l.Account.Of.Package, LedgerStore.Text(l.Account.Month), l.Amount.Tiyn])));
            Insert("ledger_posting", ["id", "key", "kind", "day", "at", "ground", "content", "detail", "detail_hash", "line_count"], posted.Select(p => (object?[])
                [p.Posting.Id, p.Posting.Key, p.Posting.Kind, LedgerStore.Text(p.Posting.Day), at.ToUnixTimeMilliseconds(), p.Posting.Ground.ToString(), p.Content, p.Posting.Detail?.Path, p.Posting.Detail?.Hash, p.Posting.Lines]));
            Note(new { first = posted[0].Posting.Id, last = _last });
        }

        return [.. posted.Select(p => p.Posting)];
    }

    /// <summary>Says what the journal is told of this transaction.</summary>
    public void Note(object detail) => Noted = detail;

    /// <summary>Writes rows of a table of the ledger.</summary>
    public void Insert(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => DeskRows.Write(connection, transaction, table, columns, rows);

    /// <summary>Asks the tables of the ledger within the transaction.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values) => DeskRows.Query(connection, transaction, sql, read, values);

    internal static long Last(DbConnection connection, DbTransaction? transaction) =>
        DeskRows.Query(connection, transaction, "SELECT COALESCE(MAX(id), 0) FROM ledger_posting", r => r.GetInt64(0))[0];

    internal static Books Balances(DbConnection connection, DbTransaction? transaction, LedgerFilter filter)
    {
        var (where, values) = Where(filter);
        // Without a day or a number all legs count, and their postings need not be looked up.
        var from = filter.Until is null ? "ledger_leg AS l" : "ledger_leg AS l JOIN ledger_posting AS p ON p.id = l.posting_id";
        var books = new Books();
        foreach (var (account, amount) in DeskRows.Query(
            connection, transaction,
            $"SELECT l.account, l.provider_id, l.contract, l.package, l.month, CAST(SUM(l.amount) AS bigint) FROM {from} WHERE {where} GROUP BY l.provider_id, l.contract, l.package, l.month, l.account",
            r => (new Account(Chart.KindOf(r.GetString(0)), new(r.GetInt64(1), r.GetString(2), r.GetString(3)), LedgerStore.Day(r.GetString(4))), new Money(r.GetInt64(5))), values))
        {
            books.Add(account, amount);
        }

        return books;
    }

    internal static Posting? Find(DbConnection connection, DbTransaction? transaction, string where, object value) => Read(connection, transaction, where, [value]).FirstOrDefault();

    internal static IReadOnlyList<Posting> Postings(DbConnection connection, DbTransaction? transaction, LedgerFilter filter, string? kind)
    {
        var (where, values) = Where(filter);
        var all = $"p.id IN (SELECT l.posting_id FROM ledger_leg AS l JOIN ledger_posting AS p ON p.id = l.posting_id WHERE {where})";
        return kind is null ? Read(connection, transaction, all, values) : Read(connection, transaction, $"{all} AND p.kind = @p{values.Length}", [.. values, kind]);
    }

    private static IReadOnlyList<Posting> Read(DbConnection connection, DbTransaction? transaction, string where, object?[] values)
    {
        var rows = DeskRows.Query(
            connection, transaction,
            $"""
            SELECT p.id, p.key, p.kind, p.day, p.ground, p.detail, p.detail_hash, p.line_count, l.account, l.provider_id, l.contract, l.package, l.month, l.amount
            FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE {where} ORDER BY p.id, l.number
            """,
            r => (
                Id: r.GetInt64(0), Key: r.GetString(1), Kind: r.GetString(2), Day: LedgerStore.Day(r.GetString(3)), Ground: r.GetString(4),
                Detail: r.IsDBNull(5) ? null : new LineDetail(r.GetString(5), r.GetString(6)), Lines: r.GetInt64(7),
                Leg: new Leg(new(Chart.KindOf(r.GetString(8)), new(r.GetInt64(9), r.GetString(10), r.GetString(11)), LedgerStore.Day(r.GetString(12))), new(r.GetInt64(13)))), values);
        return [.. rows.GroupBy(r => r.Id).Select(g => g.First() is var f
            ? Posting.Of(f.Key, f.Kind, f.Day, PostingGround.Parse(f.Ground), g.Select(r => r.Leg))! with { Id = f.Id, Detail = f.Detail, Lines = f.Lines } : null!)];
    }

    private static (string Where, object?[] Values) Where(LedgerFilter filter)
    {
        var parts = new List<string> { "1 = 1" };
        var values = new List<object?>();
        void Add(string condition, object? value)
        {
            if (value is not null)
            {
                parts.Add(condition + " @p" + values.Count.ToString(CultureInfo.InvariantCulture));
                values.Add(value);
            }
        }

        Add("l.provider_id =", filter.ProviderId);
        Add("l.contract =", filter.Contract);
        Add("l.package =", filter.Package);
        Add("l.month =", filter.Month is { } month ? LedgerStore.Text(month) : null);
        Add("p.day <=", filter.Until is { } until ? LedgerStore.Text(until) : null);
        Add("l.posting_id <=", filter.UpTo);
        return (string.Join(" AND ", parts), [.. values]);
    }

    private Dictionary<string, string> Known(IReadOnlyList<Posting> postings)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in postings.Select(p => p.Key).Distinct().Chunk(Part))
        {
            foreach (var (key, content) in Query(
                $"SELECT key, content FROM ledger_posting WHERE key IN ({string.Join(", ", part.Select((_, i) => "@p" + i))})", r => (r.GetString(0), r.GetString(1)), [.. part]))
            {
                known.Add(key, content);
            }
        }

        return known;
    }
}
