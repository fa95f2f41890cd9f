using System.Data.Common;
using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Bench;

/// <summary>Fills a database with proceedings as a fund has them in the middle of a month: ten thousand go through all acts, the others are copies of them with numbers of their own.</summary>
/// <param name="cases">Proceedings that are stored in the end.</param>
/// <param name="ending">Of them, those whose term ends by the silence of the provider before <see cref="Today"/>.</param>
internal sealed class StoredCases(DeskSource source, ProceedingStore store, SetClock clock, TermsByDay terms, int cases, int ending)
{
    /// <summary>The moment at which the fund is looked at.</summary>
    public static readonly DateTimeOffset Today = LocalDay.At(new(2026, 11, 10), new(12, 0));

    private const int Rows = 10_000;

    private readonly int _block = Math.Min(Rows, cases);

    /// <summary>Of a block: terms that end.</summary>
    private int Ending => (int)((long)ending * _block / cases);

    /// <summary>Of a block: objections that lie with a reviewer, a fifth of them decided.</summary>
    private int Objected => _block / 20;

    /// <summary>Of a block: findings whose provider may still object.</summary>
    private int Open => _block / 10;

    private int Final => _block - Ending - Objected - Open;

    /// <summary>Proceedings whose provider may still object, from all over the table.</summary>
    public IReadOnlyList<long> Waiting(int count)
    {
        var blocks = cases / _block;
        return [.. Enumerable.Range(0, Math.Min(count, blocks * Open)).Select(i => ((i % blocks) + 1L) * _block - (i / blocks))];
    }

    public void Fill()
    {
        Template();
        using var connection = source.Open();
        if (!source.IsPostgres)
        {
            // Nothing of this is to survive a crash.
            Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA threads = 2");
        }

        var indexes = Indexes(connection);
        foreach (var (name, _) in indexes)
        {
            Run(connection, "DROP INDEX " + name);
        }

        for (long have = _block; have < cases;)
        {
            var more = Math.Min(have, cases - have);
            Copy(connection, "proceeding", [.. ProceedingRow.Columns.Select(c => c.Column)], have, $"id <= {more}");
            Copy(connection, "proceeding_event", ["proceeding_id", "number", "at", "kind", "body"], have, $"proceeding_id <= {more}");
            have += more;
        }

        foreach (var (_, definition) in indexes)
        {
            Run(connection, definition);
        }

        Run(connection, "DELETE FROM review_load");
        Run(connection, "INSERT INTO review_load (reviewer, open) SELECT reviewer, COUNT(*) FROM proceeding WHERE reviewer IS NOT NULL GROUP BY reviewer");
        if (source.IsPostgres)
        {
            // What follows is as safe as in real life: a commit is on the disk.
            Run(connection, "ALTER SYSTEM SET fsync = on");
            Run(connection, "SELECT pg_reload_conf()");
            Run(connection, "VACUUM (ANALYZE) proceeding");
            Run(connection, "VACUUM (ANALYZE) proceeding_event");
            Run(connection, "CHECKPOINT");
        }
        else
        {
            Run(connection, "PRAGMA journal_mode = WAL");
        }
    }

    /// <summary>The first block, act by act.</summary>
    private void Template()
    {
        OpenNext(1, Final, new(2026, 10, 5));
        clock.Now = LocalDay.At(new(2026, 10, 20), new(12, 0));
        new ProceedingWatch(store, clock, terms.At).Run();
        OpenNext(Final + 1, Ending + Objected, new(2026, 11, 2));
        clock.Now = LocalDay.At(new(2026, 11, 5), new(12, 0));
        var now = terms.At(clock.Now);
        for (var id = Final + Ending + 1; id <= Final + Ending + Objected; id++)
        {
            store.Act(id, new FileObjection(new(Party.Provider, 1, ""), clock.Now, clock.Now, "the record", []), now, "key:1");
            if (id % 5 == 0)
            {
                store.Act(id, Decision(store.Find(id)!, clock.Now), now, "user:1");
            }
        }

        OpenNext(Final + Ending + Objected + 1, Open, new(2026, 11, 9));
        clock.Now = Today;
    }

    /// <summary>What a reviewer decides; he agrees in one case of three.</summary>
    public static DecideCase Decision(Proceeding state, DateTimeOffset at) =>
        new(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), at, state.Stage, state.Id % 3 == 0, "by the protocol", []);

    private void OpenNext(int from, int count, DateOnly shown)
    {
        clock.Now = LocalDay.At(shown, new(12, 0));
        store.Open([.. Enumerable.Range(from, count).Select(i => Finding(i, clock.Now))], terms.At(clock.Now), "system");
    }

    private static OpenedFinding Finding(int number, DateTimeOffset at) => new(
        new(Actor.System, at, 0, number * 1024L, number, 1000 + (number % 500), "1.1", CareForm.Drg, Detection.Potential, FoundBy.Algorithm, Death.None, false, new(2026, 10, 5), 100_000_00, 12_345_00,
            Places.In((10 + (number % 20)).ToString(CultureInfo.InvariantCulture)), at, at, "a1b2", at),
        new(2026, 10, 1), "rule", """{"other_line":"12345","days":"3"}""", number);

    private static void Copy(DbConnection connection, string table, IReadOnlyList<string> columns, long by, string which) => Run(connection, FormattableString.Invariant($"""
        INSERT INTO {table} ({string.Join(", ", columns)})
        SELECT {string.Join(", ", columns.Select(c => c switch
        {
            "id" or "line_id" or "proceeding_id" => FormattableString.Invariant($"{c} + {by}"),
            "finding_id" => FormattableString.Invariant($"{c} + {by * 1024}"),
            _ => c,
        }))} FROM {table} WHERE {which} ORDER BY 1, 2
        """));

    /// <summary>The indexes beside the keys, to be made anew when the rows are there.</summary>
    private List<(string Name, string Definition)> Indexes(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = source.IsPostgres
            ? "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('proceeding', 'proceeding_event') AND indexname NOT LIKE '%_pkey'"
            : "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('proceeding', 'proceeding_event') AND sql IS NOT NULL";
        using var reader = command.ExecuteReader();
        var found = new List<(string, string)>();
        while (reader.Read())
        {
            found.Add((reader.GetString(0), reader.GetString(1)));
        }

        return found;
    }

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>A clock that stands where it was set.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
