using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Bench;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>A month view says the same wherever it lies: in the working copy, made by the worker, and on PostgreSQL.</summary>
public sealed class MonthViewTests : IDisposable
{
    private const int Lines = 6_000;

    private static readonly DateOnly Month = PricedMonth.Month;

    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-views-").FullName;

    public MonthViewTests()
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
        using var connection = database.Connect();
        for (var part = 0; part < 3; part++)
        {
            connection.Execute($"COPY (SELECT {string.Join(", ", LineColumns.All.Select(c => $"CAST({Value(c)} AS {LineColumns.Sql(c.Type)}) AS {c.Name}"))} FROM range({part * Lines / 3}, {(part + 1) * Lines / 3}) AS r(i)) TO '{At($"{part}.parquet")}' (FORMAT parquet)");
        }
    }

    private IReadOnlyList<string> Files => [At("0.parquet"), At("1.parquet"), At("2.parquet")];

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void The_copy_holds_every_line_once_and_in_its_views_what_postgresql_says_of_the_same_lines()
    {
        var month = Copied();
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
        using var connection = database.Connect();
        var records = RecordCopy.Show(connection, month);
        RecordCopy.ShowViews(connection, month);
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());
        postgres.CopyFrom(connection, "known_service", LineColumns.All, $"SELECT {string.Join(", ", LineColumns.All.Select(c => c.Name))} FROM {records}");
        postgres.Begin(Month);

        Assert.Equal((long)Lines, connection.Scalar($"SELECT COUNT(DISTINCT service_id) FROM {records}"));
        foreach (var view in MonthView.All)
        {
            var row = $"concat_ws('|', {string.Join(", ", Columns(connection, view).Select(c => $"COALESCE(CAST({c} AS text), '')"))})";
            var here = connection.QueryAll($"SELECT {row} FROM {view.Name}", r => r.Text(0)).Order(StringComparer.Ordinal).ToList();
            var there = postgres.Query($"SELECT {row} FROM {view.Name}", r => r.Text(0)).Order(StringComparer.Ordinal).ToList();

            Assert.NotEmpty(here);
            Assert.True(here.Count < Lines, $"{view.Name} names nearly every line");
            Assert.True(here.SequenceEqual(there), view.Name);
        }
    }

    [Fact]
    public async Task A_rule_finds_the_same_from_the_copy_and_where_the_worker_makes_the_views()
    {
        var copied = Copied();
        var tasks = MonthView.All.Select(v => new RuleTask("of-" + v.Name.Replace('_', '-'), $"SELECT CAST(ROW_NUMBER() OVER () AS bigint) AS service_id, CAST(1 AS bigint) AS person_id, CAST(COUNT(*) AS text) || ' ' || CAST(MIN(month) AS text) AS evidence FROM {v.Name}", Month)).ToList();
        var found = new List<string>();
        foreach (var (month, name) in new[]
        {
            (copied, "copy"), (MonthRecords.Of(Month, [.. Files]), "files"),
            (copied with { Copy = CopyOf(1), Files = [At("2.parquet"), At("1.parquet")], Withdrawn = [] }, "both"),
            (copied with { Withdrawn = [2], Files = [At("1.parquet")] }, "replaced"),
        })
        {
            var output = At("out-" + name);
            var outcome = await RuleProcess.RunAsync(new RuleJob(month, [month], new Dictionary<string, string>(), null, tasks, output, 1, 512, false), TimeSpan.FromSeconds(60), cancel: TestContext.Current.CancellationToken);

            Assert.All(outcome.Rules, o => Assert.Null(o.Failure));
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128);
            using var connection = database.Connect();
            found.Add(string.Join("; ", tasks.Select(t => (string?)connection.Scalar($"SELECT evidence FROM read_parquet('{Path.Combine(output, t.Id + ".parquet")}')"))));
        }

        Assert.Single(found.Distinct());
    }

    private MonthRecords Copied() => MonthRecords.Of(Month, []) with { Copy = CopyOf(3) };

    private string CopyOf(int files)
    {
        var path = At($"copy-{files}.duckdb");
        RecordCopy.Make(path, [.. Files.Take(files).Select((f, i) => new RecordPart(i + 1, f, i))], At("spill"), 1, 512);
        return path;
    }

    /// <summary>Few persons, services, doctors and days, so that lines meet; every third medicine, minute and doctor is missing.</summary>
    private static string Value(LineColumn column)
    {
        string Of(int many) => string.Create(CultureInfo.InvariantCulture, $"CAST(hash(i * 31 + {column.Name.Length * 7 + column.Name[0]}) % {many} AS bigint)");
        return column.Name switch
        {
            "service_id" => "i",
            "line_id" => "'L' || i",
            "month" => $"DATE '{Month:yyyy-MM-dd}'",
            "ended_on" => $"DATE '{Month.AddDays(-3):yyyy-MM-dd}' + CAST({Of(28)} AS integer)",
            "person_id" => Of(900),
            "provider_id" => Of(5),
            "service_code" => $"CASE WHEN i % 3 = 0 THEN '' ELSE 'A0' || {Of(40)} END",
            "medicine_code" => "CASE WHEN i % 3 = 0 THEN 'B01' END",
            "started_minute" => $"CASE WHEN i % 3 > 0 THEN {Of(600)} END",
            "doctor_id" => $"CASE WHEN i % 3 > 0 THEN {Of(30)} END",
            "contract_line_id" => $"CASE WHEN i % 7 > 0 THEN {Of(9)} END",
            "care_form" => $"CASE WHEN i % 50 = 0 THEN 'drg' WHEN i % 2 = 0 THEN 'phc' ELSE 'specialist' END",
            _ => column.Type switch
            {
                DuckType.Boolean => $"{Of(2)} = 1",
                DuckType.Date => $"DATE '{Month:yyyy-MM-dd}' + CAST({Of(28)} AS integer)",
                DuckType.Text => $"'T' || {Of(6)}",
                _ => Of(1000),
            },
        };
    }

    private static IReadOnlyList<string> Columns(DuckConnection connection, MonthView view)
    {
        using var shape = connection.Query($"SELECT * FROM {view.Name} LIMIT 0");
        return shape.Columns;
    }

    private string At(string name) => Path.Combine(_folder, name);
}
