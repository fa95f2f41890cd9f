using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;
using Npgsql;
using NpgsqlTypes;

namespace Kepil.Monitoring;

/// <summary>The records, registers and findings in PostgreSQL: a copy of the immutable files on which the same rules run, for installations that outgrow one machine.</summary>
/// <remarks>All large tables carry person_id and may be distributed by it. A rule runs as one statement in a read-only transaction, under a time limit, by a role that owns nothing.</remarks>
public sealed class PostgresRecords : IRecords
{
    /// <summary>Gigabytes that one rule may spill to the disk.</summary>
    public const int SpillGigabytes = 64;

    /// <summary>How long a rule whose time is over may take to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;

    public PostgresRecords(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, IncludeErrorDetail = true };
        builder.Options = "-c jit=off -c parallel_tuple_cost=0 -c parallel_setup_cost=0 -c work_mem=256MB -c datestyle=ISO";
        _source = NpgsqlDataSource.Create(builder.ConnectionString);
        foreach (var statement in Schema())
        {
            Execute(statement);
        }
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values)
    {
        using var command = _source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        using var reader = command.ExecuteReader();
        var row = new Row(reader);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    public void Execute(string sql)
    {
        using var command = _source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Brings the records up to the files that count now: copies new ones, drops the lines of those that corrections retired.</summary>
    /// <param name="files">Number and full path of every file that counts.</param>
    public void Mirror(IReadOnlyDictionary<long, string> files)
    {
        var have = Query("SELECT file_id FROM mirrored_file", r => r.Long(0)).ToHashSet();
        foreach (var gone in have.Where(f => !files.ContainsKey(f)))
        {
            Execute($"DELETE FROM known_service WHERE file_id = {gone}; DELETE FROM mirrored_file WHERE file_id = {gone}");
        }

        foreach (var (id, path) in files.Where(f => !have.Contains(f.Key)).OrderBy(f => f.Key))
        {
            // A copy that was cut short left lines without its mark: they go before it is made again.
            Execute($"DELETE FROM known_service WHERE file_id = {id}");
            Copy("known_service", [.. LineColumns.All, new LineColumn("file_id", DuckType.BigInt)], $"SELECT {string.Join(", ", LineColumns.All.Select(c => c.Name))}, {id} FROM read_parquet('{RuleWorker.Quoted(path)}')");
            Execute($"INSERT INTO mirrored_file (file_id) VALUES ({id})");
        }

        if (files.Keys.Any(f => !have.Contains(f)))
        {
            Execute("ANALYZE known_service");
        }
    }

    /// <summary>Replaces a register or list by what follows FROM in DuckDB.</summary>
    public void Replace(string table, IReadOnlyList<LineColumn> columns, DuckConnection duck, string from)
    {
        Execute($"DROP TABLE IF EXISTS {table} CASCADE; {RuleTables.Create(table, columns)}");
        CopyFrom(duck, table, columns, $"SELECT {string.Join(", ", columns.Select(c => c.Name))} FROM {from}");
        Execute($"ANALYZE {table}; GRANT SELECT ON {table} TO kepil_rules");
    }

    /// <summary>Points monitored_service and the month views at a month and empties the hits.</summary>
    public void Begin(DateOnly month)
    {
        Execute($"""
            CREATE OR REPLACE VIEW monitored_service AS SELECT * FROM known_service WHERE month = DATE '{month:yyyy-MM-dd}';
            GRANT SELECT ON monitored_service TO kepil_rules;
            TRUNCATE hit
            """);
        // Of many mirrored months only this one is grouped: a rule reads in these views the lines of the month it judges.
        Execute($"CREATE OR REPLACE VIEW month_service AS SELECT * FROM known_service WHERE month = DATE '{month:yyyy-MM-dd}'");
        foreach (var view in MonthView.All)
        {
            Execute($"CREATE OR REPLACE VIEW {view.Name} AS {view.Over("month_service")}; GRANT SELECT ON {view.Name} TO kepil_rules");
        }
    }

    /// <summary>Runs one rule and keeps its hits.</summary>
    /// <param name="limit">Time after which PostgreSQL ends it; a little later its connection is cut, should it not heed that.</param>
    public RuleOutcome Run(LoadedRule rule, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var connection = _source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            Set(connection, string.Create(CultureInfo.InvariantCulture, $"SET LOCAL statement_timeout = {(long)limit.TotalMilliseconds}"));
            // A guess of one row makes the planner read a month again for each row that there is: what a rule joins is large, and hashed.
            Set(connection, "SET LOCAL enable_nestloop = off");
            LimitFiles(connection);
            // The rule itself runs with the rights of a role that may only read; its rows come out over the wire and back in as our own.
            Set(connection, "CREATE TEMP TABLE found (service_id bigint, person_id bigint, evidence text) ON COMMIT DROP");
            Set(connection, "GRANT INSERT ON found TO kepil_rules");
            Set(connection, "SET LOCAL ROLE kepil_rules");
            // A batch takes one statement per command and sends it as such, so that no second one can ride along.
            using (var batch = new NpgsqlBatch(connection) { Timeout = (int)(limit + Grace).TotalSeconds, BatchCommands = { new NpgsqlBatchCommand($"INSERT INTO found {rule.HitQuery()}") } })
            {
                batch.ExecuteNonQuery();
            }

            Set(connection, "RESET ROLE");
            using (var times = new NpgsqlCommand("SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM found GROUP BY service_id) AS of_line", connection))
            {
                if (times.ExecuteScalar() is long greatest and > FindingSums.HitsOfRule)
                {
                    return new RuleOutcome(rule.Id, 0, watch.ElapsedMilliseconds, $"The rule finds one line {greatest} times; {FindingSums.HitsOfRule} times are allowed.");
                }
            }

            using var keep = new NpgsqlCommand($"INSERT INTO hit SELECT service_id, person_id, $1, $2, $3, evidence FROM found{HitFiles.OnDays(rule.File, "monitored_service")}", connection);
            keep.Parameters.Add(new NpgsqlParameter { Value = rule.Id });
            keep.Parameters.Add(new NpgsqlParameter { Value = rule.File.Code });
            keep.Parameters.Add(new NpgsqlParameter { Value = rule.File.Kind == FindingKind.Potential ? "potential" : "general" });
            var hits = keep.ExecuteNonQuery();
            transaction.Commit();
            return new RuleOutcome(rule.Id, hits, watch.ElapsedMilliseconds, null);
        }
        catch (PostgresException e)
        {
            return new RuleOutcome(rule.Id, 0, watch.ElapsedMilliseconds, e.MessageText);
        }
        catch (NotSupportedException e)
        {
            return new RuleOutcome(rule.Id, 0, watch.ElapsedMilliseconds, e.Message);
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            return new RuleOutcome(rule.Id, 0, watch.ElapsedMilliseconds, $"The rule did not end within {limit.TotalSeconds:0} s and did not heed that it was told to; its connection was cut.");
        }
    }

    /// <summary>Keeps what a rule spills to the disk within bounds, where whoever runs the database lets us say so: GRANT SET ON PARAMETER temp_file_limit, from PostgreSQL 15.</summary>
    private static void LimitFiles(NpgsqlConnection connection)
    {
        Set(connection, "SAVEPOINT limits");
        try
        {
            Set(connection, $"SET LOCAL temp_file_limit = '{SpillGigabytes}GB'");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // The setting of the server counts.
            Set(connection, "ROLLBACK TO SAVEPOINT limits");
        }
    }

    /// <summary>Prices the hits of a month and makes them the findings of the run, in place of those of earlier runs of that month.</summary>
    /// <returns>Hits by rule whose code is '-' in the form of care of the line.</returns>
    public IReadOnlyList<(string Rule, long Hits)> Price(long run, DateOnly month, string multiCode, IEnumerable<SanctionRow> sanctions)
    {
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256))
        using (var duck = database.Connect())
        {
            SanctionTable.Create(duck, sanctions);
            Execute($"DROP TABLE IF EXISTS sanction; {RuleTables.Create("sanction", SanctionTable.Columns)}");
            CopyFrom(duck, "sanction", SanctionTable.Columns, "SELECT * FROM sanction");
            Execute($"DROP TABLE IF EXISTS sanction_region; {SanctionTable.Regions}");
        }

        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        var day = month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Set(connection, "ANALYZE hit");
        Set(connection, "CREATE TEMP VIEW month_line AS SELECT * FROM monitored_service");
        Set(connection, $"CREATE TEMP TABLE hit_line ON COMMIT DROP AS SELECT {FindingSums.LineColumnsNeeded} FROM month_line WHERE service_id IN (SELECT service_id FROM hit)");
        foreach (var (table, columns, query) in new[]
        {
            ("finding", RunTables.Finding, FindingSums.Findings(run)),
            ("line_sum", RunTables.LineSum, FindingSums.LineSums(multiCode)),
            ("month_form", RunTables.MonthForm, FindingSums.MonthForms),
        })
        {
            var names = string.Join(", ", columns.Select(c => c.Name));
            Set(connection, $"DELETE FROM stored_{table} WHERE month = DATE '{day}'");
            Set(connection, $"CREATE TEMP TABLE {table} ON COMMIT DROP AS {query}");
            Set(connection, $"INSERT INTO stored_{table} ({names}) SELECT {names} FROM {table}");
        }

        var notApplicable = new List<(string, long)>();
        using (var command = new NpgsqlCommand(FindingSums.NotApplicable, connection))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                notApplicable.Add((reader.GetString(0), reader.GetInt64(1)));
            }
        }

        Set(connection, "DROP VIEW month_line");
        transaction.Commit();
        return notApplicable;
    }

    public void Dispose() => _source.Dispose();

    private static void Set(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Takes from all but ourselves the functions that change settings or roles, run text as SQL, lock, wait or keep objects; an owner who may not do that is told by PostgreSQL's warning.</summary>
    private const string ShutFunctions = """
        DO $$
        DECLARE f regprocedure;
        BEGIN
          FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
            AND (proname IN ('set_config', 'pg_notify', 'pg_export_snapshot', 'pg_logical_emit_message', 'pg_current_logfile', 'lowrite', 'loread') OR proname ~ '^(lo_|pg_sleep|pg_(try_)?advisory)' OR proname ~ '_to_xml')
          LOOP
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO CURRENT_USER', f);
          END LOOP;
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END $$
        """;

    private static IEnumerable<string> Schema()
    {
        yield return "SELECT pg_advisory_lock(68321)";
        yield return """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kepil_rules') THEN CREATE ROLE kepil_rules NOLOGIN; END IF;
            END $$
            """;
        yield return RuleTables.Create("IF NOT EXISTS known_service", [.. LineColumns.All, new LineColumn("file_id", DuckType.BigInt)]);
        yield return "CREATE TABLE IF NOT EXISTS mirrored_file (file_id bigint PRIMARY KEY)";
        yield return "CREATE TABLE IF NOT EXISTS hit (service_id bigint, person_id bigint, rule_id text, code text, kind text, evidence text)";
        foreach (var table in ReferenceTables.All)
        {
            yield return RuleTables.Create("IF NOT EXISTS " + table.Name, table.Columns);
        }

        foreach (var (name, columns) in new[] { ("finding", RunTables.Finding), ("line_sum", RunTables.LineSum), ("month_form", RunTables.MonthForm) })
        {
            yield return RuleTables.Create("IF NOT EXISTS stored_" + name, columns);
            yield return $"CREATE OR REPLACE VIEW {name} AS SELECT * FROM stored_{name}";
        }

        yield return "GRANT USAGE ON SCHEMA public TO kepil_rules; GRANT SELECT ON ALL TABLES IN SCHEMA public TO kepil_rules; REVOKE ALL ON stored_finding, stored_line_sum, stored_month_form, mirrored_file, hit FROM kepil_rules";
        yield return ShutFunctions;
        yield return "SELECT pg_advisory_unlock_all()";
    }

    private void Copy(string table, IReadOnlyList<LineColumn> columns, string query)
    {
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 1024);
        using var duck = database.Connect();
        CopyFrom(duck, table, columns, query);
    }

    /// <summary>Writes columns of a table or view, with what follows FROM, into a Parquet file.</summary>
    public void Export(IReadOnlyList<LineColumn> columns, string from, string path)
    {
        var rows = Query<IReadOnlyList<object?>>($"SELECT {string.Join(", ", columns.Select(c => c.Name))} FROM {from}", r => [.. columns.Select((c, i) => c.Type switch
        {
            DuckType.Boolean => r.FlagOrNull(i),
            DuckType.Date => r.DayOrNull(i),
            DuckType.Text => r.TextOrNull(i),
            _ => (object?)r.LongOrNull(i),
        })]);
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 1024, settings: new Dictionary<string, string> { ["preserve_insertion_order"] = "true" });
        using var duck = database.Connect();
        RuleTables.Fill(duck, "exported", columns, rows);
        duck.Execute($"COPY exported TO '{RuleWorker.Quoted(path)}' (FORMAT parquet, COMPRESSION zstd)");
    }

    /// <summary>Copies rows in PostgreSQL's binary form.</summary>
    public void CopyFrom(DuckConnection duck, string table, IReadOnlyList<LineColumn> columns, string query)
    {
        using var connection = _source.OpenConnection();
        using var rows = duck.Query(query);
        using var writer = connection.BeginBinaryImport($"COPY {table} ({string.Join(", ", columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)");
        while (rows.Read())
        {
            writer.StartRow();
            for (var i = 0; i < columns.Count; i++)
            {
                if (rows.IsNull(i))
                {
                    writer.WriteNull();
                    continue;
                }

                switch (columns[i].Type)
                {
                    case DuckType.Boolean: writer.Write(rows.Flag(i), NpgsqlDbType.Boolean); break;
                    case DuckType.Integer: writer.Write(rows.Int(i), NpgsqlDbType.Integer); break;
                    case DuckType.BigInt: writer.Write(rows.Long(i), NpgsqlDbType.Bigint); break;
                    case DuckType.Date: writer.Write(rows.Day(i), NpgsqlDbType.Date); break;
                    default: writer.Write(rows.Text(i), NpgsqlDbType.Text); break;
                }
            }
        }

        writer.Complete();
    }

    private sealed class Row(NpgsqlDataReader reader) : IRow
    {
        public long Long(int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

        public long? LongOrNull(int column) => reader.IsDBNull(column) ? null : Long(column);

        public int Int(int column) => checked((int)Long(column));

        public string Text(int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);

        public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        public DateOnly Day(int column) => reader.GetFieldValue<DateOnly>(column);

        public DateOnly? DayOrNull(int column) => reader.IsDBNull(column) ? null : Day(column);

        public bool Flag(int column) => !reader.IsDBNull(column) && reader.GetBoolean(column);

        public bool? FlagOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetBoolean(column);
    }
}
