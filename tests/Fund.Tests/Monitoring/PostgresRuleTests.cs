using Kepil.DuckDb;
using Kepil.Fund.Bench;
using Kepil.Law;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>Hostile queries handed to PostgreSQL as if no loader had read them.</summary>
public sealed class PostgresRuleTests(PostgresRuleTests.Records records) : IClassFixture<PostgresRuleTests.Records>
{
    private const string Canary = "canary-4711";

    public static TheoryData<string, string> Refused { get; } = Ways();

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_hostile_rule_gets_nothing_and_changes_nothing(string name, string sql)
    {
        var before = records.State();

        var outcome = records.Postgres.Run(Rule(sql, "way"), TimeSpan.FromSeconds(3));

        Assert.True(outcome.Failure is not null, $"{name} was carried out: {string.Join(", ", records.Postgres.Query("SELECT evidence FROM hit WHERE rule_id = 'way' LIMIT 3", r => r.Text(0)))}");
        Assert.Equal(before, records.State());
    }

    [Fact]
    public void The_list_names_at_least_sixty_ways() => Assert.True(Refused.Count >= 60, $"{Refused.Count}");

    [Fact]
    public void An_honest_rule_finds_its_lines()
    {
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());
        Records.Fill(postgres);

        var outcome = postgres.Run(Rule("SELECT s.service_id, s.person_id FROM monitored_service AS s WHERE s.amount > 50", "honest"), TimeSpan.FromSeconds(30));

        Assert.Equal((null, 50L), (outcome.Failure, outcome.Hits));
    }

    [Fact]
    public void A_rule_that_finds_a_line_too_often_or_does_not_end_finds_nothing_and_the_next_one_is_run()
    {
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());
        Records.Fill(postgres);

        var often = postgres.Run(Rule("SELECT s.service_id, s.person_id FROM monitored_service AS s JOIN known_service AS k ON k.service_id <= 9 WHERE s.service_id = 5", "often"), TimeSpan.FromSeconds(30));
        var endless = postgres.Run(Rule("SELECT a.service_id, a.person_id FROM known_service AS a, known_service AS b, known_service AS c, known_service AS d, known_service AS e WHERE a.amount + b.amount + c.amount + d.amount + e.amount < 0", "endless"), TimeSpan.FromSeconds(1));
        var limits = postgres.Run(Rule("SELECT s.service_id, s.person_id, current_setting('temp_file_limit') AS x FROM monitored_service AS s WHERE s.service_id = 5", "limits"), TimeSpan.FromSeconds(30));

        Assert.Equal("The rule finds one line 9 times; 8 times are allowed.", often.Failure);
        Assert.NotNull(endless.Failure);
        Assert.InRange(endless.Milliseconds, 900, 20_000);
        Assert.Equal((null, 1L), (limits.Failure, limits.Hits));
        Assert.Equal([$"limits {PostgresRecords.SpillGigabytes}GB"], postgres.Query("SELECT rule_id || ' ' || evidence FROM hit", r => r.Text(0)));
    }

    private static LoadedRule Rule(string sql, string id) => new(
        new RuleFile
        {
            Id = id, Path = "", Chapter = "", Code = "5.0", Kind = FindingKind.Potential, State = RuleState.On, Title = new Wording("К", "Р", "E"), Evidence = new Wording("К", "Р", "E"),
            HonestReasons = new Dictionary<string, IReadOnlyList<string>>(), Law = [], InForceFrom = DateOnly.MinValue, InForceTo = DateOnly.MaxValue, LookBack = 0, Reach = RuleReach.Line, Statistical = false, Sql = sql, TextHash = "",
        },
        sql.Contains(" AS x", StringComparison.Ordinal) ? [new EvidenceColumn("x", "text")] : []);

    private static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        void Value(string expression) => ways.Add("value: " + expression, $"SELECT s.service_id, s.person_id, CAST({expression} AS text) AS x FROM monitored_service AS s WHERE s.service_id = 100");
        void Source(string source, string value) => ways.Add("source: " + source, $"SELECT CAST(100 AS bigint) AS service_id, CAST(100 AS bigint) AS person_id, CAST({value} AS text) AS x FROM {source}");
        void Second(string statement)
        {
            ways.Add("second statement: " + statement, $"SELECT s.service_id, s.person_id FROM monitored_service AS s) AS r; {statement}; SELECT * FROM (SELECT CAST(1 AS bigint) AS service_id, CAST(1 AS bigint) AS person_id");
        }

        foreach (var table in new[] { "stored_finding", "stored_line_sum", "stored_month_form", "mirrored_file", "hit", "secret" })
        {
            Source(table + " AS f", "f");
        }

        foreach (var catalogue in new[] { "pg_authid", "pg_shadow", "pg_user_mapping", "pg_statistic", "pg_hba_file_rules", "pg_file_settings", "pg_largeobject", "pg_subscription" })
        {
            Source(catalogue + " AS f", "f");
        }

        foreach (var call in new[]
        {
            "pg_read_file('/etc/passwd')", "pg_read_binary_file('/etc/passwd')", "pg_ls_dir('/')", "pg_stat_file('/etc/passwd')", "pg_ls_logdir()", "pg_ls_waldir()", "lo_import('/etc/passwd')", "lo_export(1, '/tmp/x')", "lo_create(0)",
            "lo_from_bytea(0, 'x')", "set_config('role', 'none', FALSE)", "set_config('statement_timeout', '0', FALSE)", "set_config('work_mem', '20GB', FALSE)", "set_config('search_path', 'pg_temp', FALSE)",
            "query_to_xml('SELECT * FROM stored_finding', TRUE, TRUE, '')", "query_to_xml('SELECT set_config(''role'', ''none'', false)', TRUE, TRUE, '')", "table_to_xml('secret', TRUE, TRUE, '')", "schema_to_xml('public', TRUE, TRUE, '')",
            "database_to_xml(TRUE, TRUE, '')", "pg_reload_conf()", "pg_rotate_logfile()", "pg_switch_wal()", "pg_create_restore_point('x')", "pg_terminate_backend(pg_backend_pid() - 1)::text || secret FROM secret --",
            "pg_advisory_lock(68321)", "pg_advisory_xact_lock(68321)", "pg_try_advisory_lock(68321)", "pg_notify('a', 'b')", "pg_export_snapshot()", "pg_stat_reset()", "pg_promote()", "pg_logical_emit_message(TRUE, 'a', 'b')",
            "pg_sleep(100)", "pg_sleep_until('2100-01-01')", "repeat('x', 2000000000)", "(SELECT COUNT(*) FROM generate_series(1, 100000000000))", "(SELECT string_agg(repeat('x', 1000000), '') FROM generate_series(1, 2000))",
            "(SELECT COUNT(*) FROM known_service AS a, known_service AS b, known_service AS c, known_service AS d, known_service AS e, known_service AS g)",
            "(WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n FROM t) SELECT COUNT(*) FROM t)", "dblink('x', 'y')", "pg_ls_archive_statusdir()", "pg_current_logfile()", "nextval('x')",
        })
        {
            Value(call);
        }

        foreach (var statement in new[]
        {
            "RESET ROLE", "SET ROLE NONE", "SET statement_timeout = 0", "SET SESSION AUTHORIZATION DEFAULT", "DROP TABLE hit CASCADE", "DELETE FROM known_service", "UPDATE known_service SET amount = 0", "INSERT INTO hit SELECT 1, 1, 'x', '5.0', 'potential', ''",
            "CREATE TEMP TABLE known_service AS SELECT 1", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "COPY known_service TO '/tmp/kepil-escape.csv'", "COPY known_service TO PROGRAM 'cat'", "COMMIT", "ROLLBACK", "LISTEN x", "DO 'BEGIN END'",
            "ALTER ROLE kepil_rules SUPERUSER", "GRANT ALL ON ALL TABLES IN SCHEMA public TO kepil_rules", "VACUUM", "SELECT 1",
        })
        {
            Second(statement);
        }

        ways.Add("rows changed inside a WITH", "WITH d AS (DELETE FROM known_service RETURNING service_id, person_id) SELECT service_id, person_id FROM d");
        ways.Add("lock", "SELECT s.service_id, s.person_id FROM known_service AS s FOR UPDATE");
        return ways;
    }

    /// <summary>A database with a hundred lines and things that no rule may see.</summary>
    public sealed class Records : IDisposable
    {
        public Records() => Fill(Postgres);

        public PostgresRecords Postgres { get; } = new(PrivatePostgres.NewDatabase());

        public static void Fill(PostgresRecords postgres)
        {
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128);
            using var connection = database.Connect();
            RuleTables.Fill(connection, "line", LineColumns.All, Enumerable.Range(1, 100).Select(i => (IReadOnlyList<object?>)[.. LineColumns.All.Select(c => c.Name switch
            {
                "service_id" or "person_id" or "amount" => (long)i,
                "month" => PricedMonth.Month,
                _ => (object?)null,
            })]));
            postgres.CopyFrom(connection, "known_service", LineColumns.All, $"SELECT {string.Join(", ", LineColumns.All.Select(c => c.Name))} FROM line");
            postgres.Execute($"CREATE TABLE secret AS SELECT '{Canary}' AS secret; INSERT INTO stored_finding (finding_id, month, evidence) VALUES (1, '2026-10-01', '{Canary}')");
            postgres.Begin(PricedMonth.Month);
        }

        /// <summary>What an escape would change: rows, objects, settings, locks.</summary>
        public string State() => string.Join('\n', Postgres.Query("""
            SELECT 'lines ' || COUNT(*) || ' ' || SUM(amount) FROM known_service
            UNION ALL SELECT 'hits ' || COUNT(*) FROM hit
            UNION ALL SELECT 'findings ' || COUNT(*) FROM stored_finding
            UNION ALL SELECT 'relations ' || COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'functions ' || COUNT(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT 'superusers ' || COUNT(*) FROM pg_roles WHERE rolsuper
            UNION ALL SELECT 'objects ' || COUNT(*) FROM pg_largeobject_metadata
            UNION ALL SELECT 'locks ' || COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            UNION ALL SELECT 'timeout ' || current_setting('statement_timeout') || ' ' || current_setting('work_mem') || ' ' || current_user
            """, r => r.Text(0)).Order(StringComparer.Ordinal));

        public void Dispose() => Postgres.Dispose();
    }
}
