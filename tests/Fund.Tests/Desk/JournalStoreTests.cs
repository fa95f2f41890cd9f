using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Tests.Accounts;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>The journal in its databases: it only grows, with the act or not at all, whoever writes at once.</summary>
public sealed class JournalStoreTests
{
    public static readonly TheoryData<bool> Databases = [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    public void An_event_stands_with_its_act_or_not_at_all(bool postgres)
    {
        using var fund = Fund(postgres);
        var source = SourceOf(fund);
        var journal = new JournalStore(source.Open, TimeProvider.System);
        using (var connection = source.Open())
        {
            Do(connection, "CREATE TABLE act (what text)");
            using (var lost = connection.BeginTransaction())
            {
                Do(connection, "INSERT INTO act VALUES ('lost')", lost);
                journal.Append(lost, "user:1", "ActDone", "act:lost");
                lost.Rollback();
            }

            using var kept = connection.BeginTransaction();
            Do(connection, "INSERT INTO act VALUES ('kept')", kept);
            journal.Append(kept, "user:1", "ActDone", "act:kept", new { why = "себебі бар" });
            kept.Commit();
        }

        var only = Assert.Single(journal.Read());
        Assert.Equal((1, "act:kept"), (only.Seq, only.Subject));
        Assert.Contains("себебі бар", only.Detail, StringComparison.Ordinal);
        Assert.True(journal.Verify([only.Head]).IsSound);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Looks_at_the_same_moment_stand_each_for_itself_in_the_order_in_which_they_came(bool postgres)
    {
        using var fund = Fund(postgres);
        var journal = new JournalStore(SourceOf(fund).Open, TimeProvider.System);

        // A list is no detail with named fields: this look cannot be written.
        var looks = Enumerable.Range(0, 300).Select(i => (Number: i, Written: journal.AppendAsync("user:1", "CaseSeen", $"desk/{i}", i == 150 ? new[] { i } : new { i }))).ToList();

        await Assert.ThrowsAsync<ArgumentException>(() => looks[150].Written);
        looks.RemoveAt(150);
        var heads = await Task.WhenAll(looks.Select(l => l.Written));
        var events = journal.Read().ToList();
        Assert.Equal(looks.Select(l => $"desk/{l.Number}"), events.Select(e => e.Subject));
        Assert.Equal(heads, events.Select(e => e.Head));
        Assert.True(journal.Verify(heads).IsSound);
    }

    [Fact]
    public async Task A_look_that_could_not_be_written_is_told_and_the_next_one_stands()
    {
        using var fund = Fund(false);
        var (source, broken) = (SourceOf(fund), true);
        var journal = new JournalStore(() => broken ? throw new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 10) : source.Open(), TimeProvider.System);

        var lost = Enumerable.Range(0, 20).Select(i => journal.AppendAsync("user:1", "CaseSeen", $"desk/{i}")).ToList();
        foreach (var look in lost)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => look);
        }

        broken = false;
        var head = await journal.AppendAsync("user:1", "CaseSeen", "desk/20");

        Assert.Equal((head, "desk/20"), (Assert.Single(journal.Read()).Head, journal.Read().Single().Subject));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void The_database_itself_refuses_to_change_or_delete_an_event(bool postgres)
    {
        using var fund = Fund(postgres);
        var source = SourceOf(fund);
        var journal = new JournalStore(source.Open, TimeProvider.System);
        for (var i = 0; i < 5; i++)
        {
            journal.Append("user:1", "FindingSeen", $"finding:{i}", new { i });
        }

        var head = journal.Head();
        List<string> refused =
        [
            "UPDATE journal SET actor = 'user:2' WHERE seq = 3", "UPDATE journal SET detail = '{}' WHERE seq = 3", "UPDATE journal SET hash = '0', detail = NULL WHERE seq = 3", "UPDATE journal SET at = at + 1",
            "DELETE FROM journal WHERE seq = 5", "DELETE FROM journal", "INSERT INTO journal VALUES (7, 0, 'a', 'b', 'c', '', NULL, '', '')", "INSERT INTO journal VALUES (6, 0, 'a', 'b', 'c', '', NULL, 'x', '')",
            .. postgres ? new[] { "TRUNCATE journal" } : ["REPLACE INTO journal VALUES (3, 0, 'a', 'b', 'c', '', NULL, '', '')", "INSERT OR REPLACE INTO journal SELECT seq, at, 'user:2', act, subject, detail_hash, detail, prev_hash, hash FROM journal WHERE seq = 5"],
        ];
        using var connection = source.Open();
        foreach (var sql in refused)
        {
            var fault = Record.Exception(() => Do(connection, sql));
            Assert.True(fault is DbException && fault.Message.Contains("journal:", StringComparison.Ordinal), $"{sql}: {fault}");
        }

        Assert.True(journal.Verify([head]).IsSound);
        Assert.Equal(head, journal.Head());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void What_lies_below_an_address_is_found_with_it_and_what_only_begins_like_it_is_not(bool postgres)
    {
        using var fund = Fund(postgres);
        var journal = new JournalStore(SourceOf(fund).Open, TimeProvider.System);
        string[] seen = ["desk/12", "desk/12/papers/ab", "desk/12/sheet", "desk/123", "desk/123/sheet", "office/12", "proceeding:12", "desk", "api/proceedings/12", "api/proceedings/12/receipts/3"];
        Array.ForEach(seen, s => journal.Append("user:1", "CaseSeen", s));

        var found = journal.Find(new(null, null, null, null, null, ["desk/12", "proceeding:12", "api/proceedings/12"]), 100).Select(e => e.Subject);

        Assert.Equal(seen.Where(s => s is not ("desk/123" or "desk/123/sheet" or "office/12" or "desk")).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Details_may_be_dropped_and_the_chain_still_verifies(bool postgres)
    {
        using var fund = Fund(postgres);
        var clock = new MovedClock(new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero));
        var journal = new JournalStore(SourceOf(fund).Open, clock);
        for (var i = 0; i < 10; i++)
        {
            journal.Append("user:1", "FindingSeen", $"finding:{i}", new { i });
            clock.Move(TimeSpan.FromDays(1));
        }

        var before = journal.Head();
        journal.DropDetails(new(2026, 11, 7, 0, 0, 0, TimeSpan.Zero), "system");

        Assert.True(journal.Verify([before]).IsSound);
        Assert.Equal(5, journal.Read().Count(e => e.Detail is null));
        using (var connection = SourceOf(fund).Open())
        {
            Do(connection, "UPDATE journal SET detail = NULL WHERE seq = 8");
        }

        Assert.Equal((8, JournalFault.DetailGone), (journal.Verify([before]).BadSeq, journal.Verify([before]).Fault));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Many_who_write_at_once_make_one_chain(bool postgres)
    {
        using var fund = Fund(postgres);
        var source = SourceOf(fund);
        const int writers = 8, each = 25, processes = 3;
        var noted = Enumerable.Range(0, processes).Select(i => NoteAsync(fund, "word " + i)).ToList();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(() =>
        {
            var journal = new JournalStore(source.Open, TimeProvider.System);
            for (var i = 0; i < each; i++)
            {
                journal.Append($"user:{w}", "FindingSeen", $"finding:{i}", new { w, i });
            }
        })));
        foreach (var word in noted)
        {
            Assert.Equal(0, await word);
        }

        var journal = new JournalStore(source.Open, TimeProvider.System);
        var verdict = journal.Verify([]);
        Assert.True(verdict.IsSound, $"{verdict.BadSeq} {verdict.Fault}");
        Assert.Equal((writers * each) + processes, verdict.Events);
        Assert.Equal(processes, journal.Read().Count(e => e.Act == "NoteMade"));
    }

    [Fact]
    public void A_million_events_are_verified()
    {
        using var fund = Fund(postgres: false);
        var source = SourceOf(fund);
        const int count = 1_000_000;
        using (var connection = source.Open())
        {
            // The guards look up the last event at each insert; they are put back when the million stands.
            var guards = Scalars(connection, "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'");
            Assert.Equal(3, guards.Count);
            Do(connection, "DROP TRIGGER journal_follows");
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT INTO journal VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8)";
            var parameters = Enumerable.Range(0, 9).Select(i =>
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture);
                insert.Parameters.Add(parameter);
                return parameter;
            }).ToList();
            var last = JournalHead.None;
            for (var i = 0; i < count; i++)
            {
                var e = JournalChain.Next(last, new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero), $"user:{i % 50}", "FindingSeen", $"finding:{i}", i % 4 == 0 ? new { path = "/findings/" + i } : null);
                object?[] values = [e.Seq, e.At.ToUnixTimeMilliseconds(), e.Actor, e.Act, e.Subject, e.DetailHash, e.Detail, e.PrevHash, e.Hash];
                for (var p = 0; p < values.Length; p++)
                {
                    parameters[p].Value = values[p] ?? DBNull.Value;
                }

                insert.ExecuteNonQuery();
                last = e.Head;
            }

            Do(connection, guards.Single(g => g.Contains("journal_follows", StringComparison.Ordinal)), transaction);
            transaction.Commit();
        }

        var watch = Stopwatch.StartNew();
        var verdict = new JournalStore(source.Open, TimeProvider.System).Verify([]);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verdict.Events} events verified in {watch.Elapsed.TotalSeconds:0.0} s"));
        Assert.Equal((true, count), (verdict.IsSound, verdict.Events));
    }

    private static TrialFund Fund(bool postgres) => new(accounts: postgres ? PrivatePostgres.NewDatabase() : null);

    private static DeskSource SourceOf(TrialFund fund)
    {
        using var context = fund.Folder.Accounts.Context();
        return DeskSource.Of(context);
    }

    /// <summary>Another process that leaves a word in the same journal.</summary>
    private static async Task<int> NoteAsync(TrialFund fund, string word)
    {
        var source = SourceOf(fund);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kepil")) { RedirectStandardOutput = true };
        foreach (var part in new[] { "journal", "note", word, "--data", fund.Folder.Path })
        {
            start.ArgumentList.Add(part);
        }

        start.Environment["KEPIL_ACCOUNTS"] = source.IsPostgres ? source.Connection : "sqlite";
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void Do(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Scalars(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
