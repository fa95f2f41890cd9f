using Kepil.DuckDb;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>Hostile queries handed to the worker as if no loader had read them: it loses nothing, changes nothing and goes on.</summary>
public sealed class RuleWorkerTests : IDisposable
{
    private const string Canary = "canary-4711";
    private const string Honest = "SELECT s.service_id, s.person_id, CAST((SELECT COUNT(*) FROM person) AS text) || ' ' || CAST((SELECT SUM(amount) FROM known_service) AS text) AS evidence FROM monitored_service AS s WHERE s.amount > 200";

    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-worker-").FullName;

    public RuleWorkerTests()
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        RuleTables.Fill(connection, "line", [new("service_id", DuckType.BigInt), new("person_id", DuckType.BigInt), new("provider_id", DuckType.BigInt), new("line_id", DuckType.Text), new("month", DuckType.Date), new("doctor_id", DuckType.BigInt), new("amount", DuckType.BigInt)],
            Enumerable.Range(1, 400).Select(i => (IReadOnlyList<object?>)[(long)i, (long)i % 50, 1L, "L" + i, PricedMonth.Month, 1L, (long)i]));
        connection.Execute($"COPY (SELECT * FROM line WHERE service_id > 200) TO '{At("monitored.parquet")}' (FORMAT parquet)");
        connection.Execute($"COPY (SELECT * FROM line WHERE service_id <= 200) TO '{At("known.parquet")}' (FORMAT parquet)");
        connection.Execute($"COPY (SELECT DISTINCT person_id, 'f' AS sex FROM line) TO '{At("person.parquet")}' (FORMAT parquet)");
        connection.Execute($"COPY (SELECT '{Canary}' AS secret, CAST(1 AS bigint) AS service_id, CAST(1 AS bigint) AS person_id) TO '{At("secret.parquet")}' (FORMAT parquet)");
        File.WriteAllText(At("secret.csv"), $"secret\n{Canary}\n");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    public static TheoryData<string, string> Bombs { get; } = new()
    {
        { "a join that never ends", "SELECT a.service_id, a.person_id, '' AS evidence FROM known_service AS a, known_service AS b, known_service AS c, known_service AS d, known_service AS e WHERE a.amount + b.amount + c.amount + d.amount + e.amount < 0" },
        { "a long text", "SELECT service_id, person_id, repeat(repeat('x', 2000000000), 100) AS evidence FROM monitored_service" },
        { "a long list", "SELECT service_id, person_id, CAST(len(range(1, 100000000000)) AS text) AS evidence FROM monitored_service" },
        { "recursion without end", "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT n AS service_id, n AS person_id, '' AS evidence FROM t" },
        { "a sort of everything", "SELECT a.service_id, a.person_id, repeat('y', 1000) AS evidence FROM known_service AS a, known_service AS b, known_service AS c, known_service AS d ORDER BY hash(a.service_id + b.service_id * c.service_id * d.service_id)" },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_query_reads_writes_or_changes_what_is_not_its_own(bool near)
    {
        var hostile = Hostile().Select((q, i) => (q.Name, q.Sql, Id: $"h{i:00}")).ToList();
        Assert.True(hostile.Count >= 60, $"{hostile.Count} ways");
        var tasks = new List<RuleTask> { Work("honest-first", Honest) };
        foreach (var (name, sql, id) in hostile)
        {
            tasks.Add(Work(id, sql));
            tasks.Add(Work("honest-" + id, Honest));
        }

        var before = Picture();
        var outcome = await RuleProcess.RunAsync(near ? Near(Job(tasks)) : Job(tasks), TimeSpan.FromSeconds(60), cancel: TestContext.Current.CancellationToken);

        var byId = outcome.Rules.ToDictionary(o => o.RuleId);
        Assert.Equal(before, Picture());
        Assert.Null(byId["honest-first"].Failure);
        var expected = Hits("honest-first", near);
        Assert.Equal(200, expected.Count);
        foreach (var (name, sql, id) in hostile)
        {
            var hits = byId[id].Failure is null ? Hits(id, near) : [];
            Assert.True(hits.All(h => !h.Contains(Canary, StringComparison.Ordinal)), $"{name} read what is not its own: {hits.FirstOrDefault()}");
            Assert.True(byId[id].Failure is not null || name.StartsWith("harmless", StringComparison.Ordinal), $"{name} was carried out: {hits.FirstOrDefault()}");
            Assert.True(byId["honest-" + id].Failure is null, $"after {name}: {byId["honest-" + id].Failure}");
            Assert.True(expected.SequenceEqual(Hits("honest-" + id, near)), $"after {name} the same rule finds something else");
        }

        Assert.All(Directory.GetFiles(At("out")).Select(Path.GetFileName), f => Assert.True(f == "job.json" || tasks.Any(t => f == t.Id + (near ? ".hits" : ".parquet")), f));
        Assert.False(File.Exists("/tmp/kepil-escape.csv"));
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_costs_itself_and_the_next_rule_still_runs(string bomb, string sql)
    {
        var outcome = await RuleProcess.RunAsync(Job([Work("a-bomb", sql), Work("honest", Honest)], 128), TimeSpan.FromSeconds(6), cancel: TestContext.Current.CancellationToken);

        Assert.Equal(["a-bomb", "honest"], outcome.Rules.Select(o => o.RuleId));
        Assert.True(outcome.Rules[0].Failure is not null, bomb);
        Assert.Null(outcome.Rules[1].Failure);
        Assert.Equal(200, outcome.Rules[1].Hits);
        Assert.False(File.Exists(At("out/a-bomb.parquet")));
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_beside_others_costs_itself_alone(string bomb, string sql)
    {
        var others = Enumerable.Range(0, 12).Select(i => Work($"honest-{i:00}", Honest));
        var outcome = await RuleProcess.RunAsync(Near(Job([Work("a-bomb", sql), .. others], 128)), TimeSpan.FromSeconds(6), cancel: TestContext.Current.CancellationToken);

        Assert.Equal(13, outcome.Rules.Count);
        Assert.True(outcome.Rules[0].Failure is not null, bomb);
        Assert.All(outcome.Rules.Skip(1), o => Assert.Null(o.Failure));
        Assert.All(outcome.Rules.Skip(1), o => Assert.Equal(200, o.Hits));
    }

    [Fact]
    public async Task A_worker_that_waits_does_the_job_that_is_laid_into_its_folder()
    {
        using var ready = WaitingWorker.Start(At("out"), 256, 60);
        Assert.True(ready.IsAlive);

        var outcome = await RuleProcess.RunAsync(Near(Job([Work("honest", Honest)])), TimeSpan.FromSeconds(60), ready: ready, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(200, Assert.Single(outcome.Rules).Hits);
        Assert.Equal(200, Hits("honest", true).Count);
    }

    [Fact]
    public async Task The_worker_of_a_dry_run_holds_the_same_doors_shut()
    {
        var job = Job([Work("reads", $"SELECT service_id, person_id, secret AS evidence FROM read_parquet('{At("secret.parquet")}')"), Work("honest", Honest)]) with { NearOnly = true };

        var outcome = await RuleProcess.RunAsync(job, TimeSpan.FromSeconds(60), cancel: TestContext.Current.CancellationToken);

        Assert.Null(outcome.Rules[0].Failure);
        Assert.Equal("reads", outcome.Rules[1].RuleId);
        Assert.NotNull(outcome.Rules[1].Failure);
    }

    [Fact]
    public void On_this_machine_the_worker_is_walled_off_by_the_kernel_too() => Assert.True(ConfinedProcess.IsWalled);

    private IEnumerable<(string Name, string Sql)> Hostile()
    {
        string From(string source, string value = "secret") => $"SELECT CAST(1 AS bigint) AS service_id, CAST(1 AS bigint) AS person_id, CAST({value} AS text) AS evidence FROM {source}";
        string Value(string value) => $"SELECT service_id, person_id, CAST({value} AS text) AS evidence FROM monitored_service";
        string Ends(string statement) => $"SELECT service_id, person_id, '' AS evidence FROM monitored_service; {statement}";
        string Breaks(string statement) => $"SELECT 1) TO '{At("out/drawer-1/x.parquet")}' (FORMAT parquet); {statement}; COPY (SELECT 1";

        yield return ("read a foreign Parquet file", From($"read_parquet('{At("secret.parquet")}')"));
        yield return ("read a foreign file by its name", From($"'{At("secret.parquet")}'"));
        yield return ("read a foreign CSV", From($"read_csv('{At("secret.csv")}')"));
        yield return ("read a foreign CSV by its name", From($"'{At("secret.csv")}'"));
        yield return ("read a foreign text", From($"read_text('{At("secret.csv")}')", "content"));
        yield return ("read a foreign blob", From($"read_blob('{At("secret.csv")}')", "content"));
        yield return ("read by a way around", From($"read_csv('{At("out/../secret.csv")}')"));
        yield return ("read by a drawer and around", From($"read_text('{At("out/drawer-1/../../secret.csv")}')", "content"));
        yield return ("read a pattern", From($"read_parquet('{At("*.parquet")}', union_by_name = true)"));
        yield return ("list a folder", From($"glob('{At("*")}')", "file"));
        yield return ("list the root", From("glob('/*')", "file"));
        yield return ("read the users of the machine", From("read_text('/etc/passwd')", "content"));
        yield return ("read the environment", From("read_text('/proc/self/environ')", "content"));
        yield return ("read the memory map", From("read_text('/proc/self/maps')", "content"));
        yield return ("read the job", From($"read_text('{At("out/job.json")}')", "content"));
        yield return ("read another rule's hits", From($"read_parquet('{At("out/honest-first.parquet")}')", "evidence"));
        yield return ("sniff a foreign CSV", From($"sniff_csv('{At("secret.csv")}')", "Columns"));
        yield return ("schema of a foreign file", From($"parquet_schema('{At("secret.parquet")}')", "name"));
        yield return ("metadata of a foreign file", From($"parquet_metadata('{At("secret.parquet")}')", "stats_min"));
        yield return ("read over the network", From("read_csv('http://127.0.0.1:9/x.csv')", "1"));
        yield return ("read over the network securely", From("read_parquet('https://127.0.0.1:9/x.parquet')", "1"));
        yield return ("read from a store", From("read_parquet('s3://bucket/x.parquet')", "1"));
        yield return ("read a database file", From($"sqlite_scan('{At("x.db")}', 'x')", "1"));
        yield return ("query given as text", From($"query('SELECT secret FROM read_parquet(''{At("secret.parquet")}'')')"));
        foreach (var (name, statement) in new (string, string)[]
        {
            ("copy out", $"COPY person TO '{At("stolen.csv")}'"),
            ("copy out to the temporary folder", "COPY person TO '/tmp/kepil-escape.csv'"),
            ("copy over the records", $"COPY (SELECT * FROM person) TO '{At("known.parquet")}' (FORMAT parquet)"),
            ("copy over another rule's hits", $"COPY (SELECT * FROM person) TO '{At("out/honest-first.parquet")}' (FORMAT parquet)"),
            ("copy in", $"CREATE TABLE stolen AS SELECT 1 AS a; COPY stolen FROM '{At("secret.csv")}'"),
            ("export", $"EXPORT DATABASE '{At("stolen")}'"),
            ("attach", $"ATTACH '{At("stolen.duckdb")}' AS stolen"),
            ("attach in memory", "ATTACH ':memory:' AS stolen"),
            ("install", "INSTALL httpfs"),
            ("load", "LOAD httpfs"),
            ("load a library", $"LOAD '{At("x.duckdb_extension")}'"),
            ("open the doors", "SET enable_external_access = true"),
            ("allow a path", $"SET allowed_directories = ['{_folder}']"),
            ("unlock", "SET lock_configuration = false"),
            ("raise the memory", "SET memory_limit = '100GB'"),
            ("raise the threads", "SET threads = 64"),
            ("global setting", "SET GLOBAL default_null_order = 'nulls_first'"),
            ("reset a setting", "RESET memory_limit"),
            ("pragma", "PRAGMA enable_profiling"),
            ("log", "CALL enable_logging()"),
            ("secret", "CREATE SECRET s (TYPE http, BEARER_TOKEN 'x')"),
            ("drop a view", "DROP VIEW person"),
            ("replace a view", "CREATE OR REPLACE VIEW person AS SELECT 1 AS person_id"),
            ("replace the records", "CREATE OR REPLACE VIEW known_service AS SELECT 1 AS amount"),
            ("shadow a view by a table", "CREATE TEMP TABLE person AS SELECT 1 AS person_id"),
            ("shadow a view by a view", "CREATE TEMP VIEW known_service AS SELECT 1 AS amount"),
            ("shadow a function", "CREATE TEMP MACRO sum(x) AS 0"),
            ("shadow a function for all", "CREATE MACRO count(x) AS 0"),
            ("new schema first", "CREATE SCHEMA s; SET search_path = 's'"),
            ("variable", "SET VARIABLE x = 1"),
            ("checkpoint", "CHECKPOINT"),
            ("begin", "BEGIN TRANSACTION"),
        })
        {
            yield return ("second statement: " + name, Ends(statement));
            yield return ("bracket and statement: " + name, Breaks(statement));
            yield return ("bracket of a dry run and statement: " + name, $"SELECT 1) AS found; {statement}; SELECT * FROM (SELECT 1");
            yield return ("statement alone: " + name, statement);
        }

        yield return ("comment that swallows the rest", $"SELECT service_id, person_id, '' AS evidence FROM monitored_service) TO '{At("stolen.csv")}' --");
        yield return ("harmless: comment at the end", "SELECT service_id, person_id, '' AS evidence FROM monitored_service -- the end");
        yield return ("open comment", "SELECT service_id, person_id, '' AS evidence FROM monitored_service /* the end");
        yield return ("nothing", "");
        yield return ("no query", "hello");
        yield return ("harmless: settings are read", From("duckdb_settings()", "name"));
        yield return ("harmless: catalogue is read", From("duckdb_views()", "view_name"));
        yield return ("harmless: own seed", Value("setseed(0.5)"));
        yield return ("environment", Value("getenv('HOME')"));
        yield return ("message that looks like the protocol", Value("error(chr(10) || 'done honest-first 0 0' || chr(10))"));
    }

    private static RuleTask Work(string id, string sql) => new(id, sql, PricedMonth.Month.AddMonths(-1));

    private RuleJob Job(IReadOnlyList<RuleTask> rules, int memory = 256) =>
        new(MonthRecords.Of(PricedMonth.Month, At("monitored.parquet")), [MonthRecords.Of(PricedMonth.Month.AddMonths(-1), At("known.parquet")), MonthRecords.Of(PricedMonth.Month, At("monitored.parquet"))], new Dictionary<string, string> { ["person"] = At("person.parquet") }, null, rules, At("out"), 1, memory, false);

    /// <summary>The same job as a dry run, two rules at once.</summary>
    private static RuleJob Near(RuleJob job) => job with { NearOnly = true, Lanes = 2 };

    private List<string> Hits(string rule, bool near)
    {
        if (near)
        {
            var found = new List<string>();
            if (File.Exists(At("out", rule + ".hits")))
            {
                using var file = new BinaryReader(File.OpenRead(At("out", rule + ".hits")));
                while (file.BaseStream.Position < file.BaseStream.Length)
                {
                    found.Add($"{file.ReadInt64()}|{file.ReadInt64()}|{file.ReadString()}");
                }
            }

            return [.. found.Order(StringComparer.Ordinal)];
        }

        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128);
        using var connection = database.Connect();
        using var rows = connection.Query($"SELECT concat_ws('|', service_id, person_id, evidence) FROM read_parquet('{At("out", rule + ".parquet")}') ORDER BY ALL");
        var hits = new List<string>();
        while (rows.Read())
        {
            hits.Add(rows.Text(0));
        }

        return hits;
    }

    /// <summary>All files outside the output folder with their content.</summary>
    private List<string> Picture() =>
        [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Where(f => !f.StartsWith(At("out") + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => f + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))];

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);
}
