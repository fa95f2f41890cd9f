using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>Ways out of a rule, by name: each is refused before any engine runs it.</summary>
public sealed class RuleEscapeTests
{
    public static TheoryData<string, string> Escapes { get; } = All();

    [Theory]
    [MemberData(nameof(Escapes))]
    public void The_loader_refuses(string escape, string sql)
    {
        using var pack = new TrialPack().Rule("5.0-escape", sql);

        var (loaded, refused) = pack.Load();

        Assert.True(loaded.Rules.Count == 0, escape);
        Assert.NotEmpty(Assert.Single(refused).Reason);
    }

    [Fact]
    public void The_list_names_at_least_a_hundred_and_twenty_ways() =>
        Assert.True(Escapes.Select(e => e.Data.Item1).Distinct().Count() >= 120, $"{Escapes.Count}");

    [Theory]
    [InlineData("SELECT s.service_id, s.person_id FROM monitored_service AS s")]
    [InlineData("SELECT s.service_id, s.person_id, 'it''s; DROP TABLE -- \"x\" /* $1 ' AS x FROM monitored_service AS s -- why; \"so\"")]
    [InlineData("WITH t AS (SELECT k.person_id, COUNT(*) AS n FROM known_service AS k GROUP BY k.person_id)\nSELECT s.service_id, s.person_id, t.n FROM monitored_service AS s JOIN t ON t.person_id = s.person_id")]
    [InlineData("SELECT s.service_id, s.person_id, CAST(EXTRACT(YEAR FROM s.started_on) AS integer) AS y, 'қала – …' AS kk FROM monitored_service AS s WHERE s.amount * 100 <> s.price")]
    public void What_only_looks_like_a_way_out_is_allowed(string sql)
    {
        using var pack = new TrialPack().Rule("5.0-fine", sql);

        Assert.Empty(pack.Load().Refused.Select(r => r.Message));
    }

    private static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        void Whole(string name, string sql) => all.Add(name, sql);
        void Value(string name, string expression) => all.Add(name, $"SELECT s.service_id, s.person_id, {expression} AS x FROM monitored_service AS s");
        void Source(string name, string source) => all.Add(name, $"SELECT s.service_id, s.person_id FROM monitored_service AS s, {source}");
        const string tail = "\n; ";
        const string plain = "SELECT s.service_id, s.person_id FROM monitored_service AS s";

        // A second statement, or another kind of statement.
        foreach (var second in new[]
        {
            "DROP TABLE person", "DELETE FROM known_service", "SET memory_limit = '100GB'", "CREATE TEMP TABLE person AS SELECT 1", "CREATE TEMP MACRO sum(x) AS 0",
            "COPY person TO '/tmp/x.csv'", "ATTACH '/tmp/x.db' AS x", "INSTALL httpfs", "LOAD httpfs", "PRAGMA database_list", "RESET ROLE", "SELECT 1", "",
        })
        {
            Whole("second statement: " + (second.Length > 0 ? second : "an empty one"), plain + tail + second);
        }

        foreach (var only in new[]
        {
            "COPY person TO '/tmp/x.csv'", "COPY (SELECT 1) TO '/tmp/x.parquet' (FORMAT parquet)", "COPY person FROM '/etc/passwd'", "COPY person TO PROGRAM 'sh'", "ATTACH '/tmp/x.db'",
            "DETACH main", "INSTALL httpfs", "LOAD 'x.so'", "SET threads = 99", "SET ROLE kepil", "RESET ALL", "PRAGMA memory_limit='99GB'", "CALL pragma_version()", "EXPORT DATABASE '/tmp/x'",
            "IMPORT DATABASE '/tmp/x'", "CREATE TABLE x AS SELECT 1", "CREATE OR REPLACE VIEW person AS SELECT 1", "CREATE MACRO sum(x) AS 0", "CREATE FUNCTION f() RETURNS int AS 'x' LANGUAGE c",
            "INSERT INTO person SELECT * FROM person", "UPDATE person SET sex = 'm'", "DELETE FROM person", "TRUNCATE person", "DROP VIEW person", "ALTER TABLE person RENAME TO p", "VACUUM",
            "CHECKPOINT", "EXPLAIN ANALYZE SELECT 1", "DESCRIBE person", "SHOW TABLES", "SUMMARIZE person", "USE main", "BEGIN", "COMMIT", "PREPARE x AS SELECT 1", "EXECUTE x", "DO $$ BEGIN END $$",
            "LISTEN x", "NOTIFY x", "LOCK TABLE person", "GRANT ALL ON person TO PUBLIC", "FROM person SELECT person_id", "VALUES (1, 2)", "TABLE person", "WITH x AS (DELETE FROM person RETURNING 1) SELECT 1, 2",
            "WITH x AS (INSERT INTO person SELECT * FROM person RETURNING 1) SELECT 1, 2",
        })
        {
            Whole("statement: " + only, only);
        }

        // Files and network.
        Source("file as a table", "'/etc/passwd'");
        Whole("file as the first table", "SELECT service_id, person_id FROM '/etc/passwd.csv'");
        Whole("file as a joined table", plain + " JOIN '/tmp/x.parquet' AS p ON TRUE");
        Whole("file in a sub-query", "SELECT service_id, person_id FROM (SELECT * FROM 'x.parquet') AS s");
        Whole("file by a quoted name", "SELECT service_id, person_id FROM \"/etc/passwd.csv\"");
        foreach (var reader in new[]
        {
            "read_parquet('/tmp/x')", "read_csv('/etc/passwd')", "read_csv_auto('/etc/passwd')", "read_text('/etc/passwd')", "read_blob('/etc/passwd')", "read_json('/tmp/x')", "read_ndjson('/tmp/x')",
            "glob('/*')", "sniff_csv('/etc/passwd')", "parquet_metadata('/tmp/x')", "parquet_schema('/tmp/x')", "parquet_scan('/tmp/x')", "sqlite_scan('/tmp/x', 'y')", "postgres_scan('', '', '')",
            "read_parquet('https://example.org/x')", "query('SELECT 1')", "query_table('person')", "dblink('host=x', 'SELECT 1')",
        })
        {
            Source("reader: " + reader, reader + " AS f");
        }

        foreach (var reader in new[] { "pg_read_file('/etc/passwd')", "pg_read_binary_file('/etc/passwd')", "pg_ls_dir('/')", "pg_stat_file('/etc/passwd')", "lo_import('/etc/passwd')", "lo_export(1, '/tmp/x')", "getenv('HOME')", "inet_server_addr()" })
        {
            Value("function: " + reader, reader);
        }

        // The catalogue and others' rows.
        foreach (var view in new[]
        {
            "duckdb_settings() AS f", "duckdb_tables() AS f", "duckdb_secrets() AS f", "pragma_database_list AS f", "information_schema.tables AS f", "pg_catalog.pg_class AS f", "pg_class AS f", "pg_authid AS f",
            "pg_shadow AS f", "pg_settings AS f", "pg_stat_activity AS f", "sqlite_master AS f", "duckdb_views AS f", "stored_finding AS f", "finding AS f", "line_sum AS f", "hit AS f", "mirrored_file AS f",
            "public.stored_finding AS f", "submission AS f", "monitoring_run AS f", "PERSON_NAME AS f", "\"person\" AS f",
        })
        {
            Source("view: " + view, view);
        }

        Whole("undocumented view under a name that a sub-query gave", "SELECT d.service_id, d.person_id FROM (WITH hit AS (SELECT 1 AS a) SELECT a FROM hit) AS x JOIN hit AS d ON TRUE");
        Whole("table function under the name of a WITH", "WITH duckdb_settings AS (SELECT 1 AS a) SELECT s.service_id, s.person_id FROM monitored_service AS s, duckdb_settings() AS d");
        Whole("reader under the name of a WITH", "WITH read_text AS (SELECT 1 AS a) SELECT s.service_id, s.person_id FROM monitored_service AS s, read_text('/etc/passwd') AS d");
        foreach (var who in new[] { "CURRENT_USER", "session_user", "user", "current_role", "current_schema", "s.rowid", "s.ctid", "version()", "current_setting('data_directory')", "current_database()", "pg_backend_pid()" })
        {
            Value("who and where: " + who, who);
        }

        // Settings, locks, other processes.
        foreach (var call in new[]
        {
            "set_config('role', 'none', FALSE)", "setseed(1)", "pg_advisory_lock(1)", "pg_terminate_backend(1)", "pg_reload_conf()", "pg_notify('a', 'b')", "nextval('x')", "query_to_xml('SELECT 1', TRUE, TRUE, '')",
            "txid_current()", "write_log('x')", "getvariable('x')", "checkpoint()",
        })
        {
            Value("call: " + call, call);
        }

        // Time, memory, chance, and numbers that are not whole.
        foreach (var call in new[]
        {
            "pg_sleep(100)", "repeat('x', 2000000000)", "len(range(1, 2000000000))", "generate_series(1, 1000000000)", "list_value(1)", "array_agg(s.amount)", "string_agg(s.line_id, ',')", "random()", "gen_random_uuid()",
            "now()", "CURRENT_DATE", "current_timestamp", "today()", "regexp_matches(s.line_id, '(a+)+$')", "json_extract(s.line_id, '$')", "sqrt(s.amount)", "avg(s.amount)", "1.5", "1e3", ".5", "0x10", "2 ^ 3", "2 ** 3", "s.amount / 3", "s.amount // 3",
            "CAST(s.amount AS double)", "CAST(s.amount AS real)", "s.amount::text", "[1, 2]", "{'a': 1}", "$1", "?", "#1", "`x`", "@s.amount", "~ s.amount", "s.line_id ~ 'x'", "to_json(s)", "hash(s.line_id)", "md5(s.line_id)",
        })
        {
            Value("value: " + call, call);
        }

        Source("series without end", "generate_series(1, 1000000000000) AS g");
        Whole("recursion", "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT s.service_id, s.person_id FROM monitored_service AS s, t");
        Whole("sample", plain + " USING SAMPLE 10 ROWS");
        Whole("table sample", "SELECT s.service_id, s.person_id FROM monitored_service AS s TABLESAMPLE system (10)");
        Whole("positional join", plain + " POSITIONAL JOIN person AS p");
        Whole("pivot", "SELECT service_id, person_id FROM (PIVOT person ON sex USING COUNT(*)) AS s");

        // Texts that engines read differently from each other.
        Value("a comment in a comment hides a call", "1 /* /* */ ' */, duckdb_settings() -- '\n");
        Value("a call behind a comment", "read_text/**/('/etc/passwd')");
        Value("an escaped quote ends the text late", "E'\\' AS a, ', read_text('x') || '");
        Value("an escape without a prefix", "'\\' || s.line_id || '");
        Value("a text with a Unicode prefix", "U&'\\0041'");
        Value("a text in dollars", "$a$x$a$");
        Value("an invisible space before the bracket", "read_text\u200B('/etc/passwd')");
        Value("a no-break space", "read_text\u00A0('/etc/passwd')");
        Value("a letter of another alphabet", "s.аmount");
        Value("a quoted function", "\"read_text\"('/etc/passwd')");
        Value("a call by a dot", "s.line_id.read_text()");
        Value("a function of a schema", "main.read_text('/etc/passwd')");
        Value("a quoted alias", "s.amount AS \"x) UNION SELECT 1, 2 FROM (SELECT 1 AS y\"");
        Whole("an unclosed comment", plain + " /* and");
        Whole("an unclosed text", plain + " WHERE s.line_id = 'x");
        Whole("an unclosed bracket", "SELECT s.service_id, s.person_id FROM (SELECT * FROM monitored_service) AS s) AS r; DROP TABLE person; SELECT * FROM (SELECT 1");
        Whole("a bracket too many", plain + ") AS r UNION ALL SELECT (1");
        Whole("a statement in the header's place", "*/ DROP TABLE person; /*");

        // Not the columns that findings are made of.
        Whole("no person", "SELECT s.service_id, s.amount FROM monitored_service AS s");
        Whole("other columns first", "SELECT s.person_id, s.service_id FROM monitored_service AS s");
        Whole("one column", "SELECT s.service_id FROM monitored_service AS s");
        Whole("a column without a name", "SELECT s.service_id, s.person_id, MAX(s.line_id) FROM monitored_service AS s GROUP BY s.service_id, s.person_id");
        Whole("a column that there is not", "SELECT s.service_id, s.person_id, s.salary FROM monitored_service AS s");
        Whole("evidence that is a fraction", "SELECT s.service_id, s.person_id, CAST(s.amount AS decimal(10, 2)) AS x FROM monitored_service AS s");
        Whole("evidence that is an interval", "SELECT s.service_id, s.person_id, INTERVAL '1 month' AS x FROM monitored_service AS s");
        Whole("nothing", " ");
        return all;
    }
}
