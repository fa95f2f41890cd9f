using System.Globalization;
using Kepil.Demo;
using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Tests.Demo;

/// <summary>An invented country whose lines went through every rule of the pack that is on.</summary>
public sealed class MonitoredCountry : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-country-").FullName;

    public MonitoredCountry(DemoSize size, string lawFolder, string rulesFolder, Action<DuckConnection>? laidOut = null)
    {
        Count = new DemoCountry(size).WriteStaged(_folder);
        using var database = DuckDatabase.Open(settings: new Dictionary<string, string> { ["preserve_insertion_order"] = "true" });
        using var connection = database.Connect();
        var lists = Directory.GetFiles(Path.Combine(rulesFolder, "lists"), "*.csv").Select(RuleList.Read).ToList();
        var accepted = size.Month.AddMonths(1).AddDays(4);
        RuleTables.CreateLists(connection, lists, LegalTables.Of(LawBook.Open(lawFolder), accepted));
        foreach (var table in ReferenceTables.All)
        {
            connection.Execute(RuleTables.Create(table.Name, table.Columns));
            var file = Path.Combine(_folder, "reference", table.Name);
            connection.Execute(File.Exists(file + ".parquet")
                ? $"INSERT INTO {table.Name} SELECT * FROM read_parquet('{file}.parquet')"
                : $"INSERT INTO {table.Name} SELECT * {InTiyn(table)} FROM read_csv('{file}.csv', header = true, all_varchar = true)");
        }

        // Text registers hold tenge, the fund counts tiyn.
        static string InTiyn(ReferenceTable table)
        {
            var money = table.Columns.Where(c => c.Name is "price" or "amount").Select(c => $"CAST(CAST({c.Name} AS DECIMAL(18, 2)) * 100 AS BIGINT) AS {c.Name}").ToList();
            return money.Count == 0 ? "" : $"REPLACE ({string.Join(", ", money)})";
        }

        connection.Execute($"""
            CREATE TABLE staged_line AS
            SELECT row_number() OVER (ORDER BY month, provider_id, line_id) AS service_id, *
            FROM read_parquet('{Path.Combine(_folder, "staged", "*", "*.parquet")}')
            """);
        LineFacts.Find(connection, "known", ReferenceTables.All.Select(t => t.Name).ToHashSet(), accepted);
        connection.Execute($"CREATE TABLE known_service AS SELECT {LineFacts.InOrder("k")} FROM known AS k");
        connection.Execute($"CREATE TABLE monitored_service AS SELECT * FROM known_service WHERE month = DATE '{size.Month:yyyy-MM-dd}'");
        MonthView.Create(connection);
        Lines = Convert.ToInt64(connection.Scalar("SELECT COUNT(*) FROM monitored_service"), CultureInfo.InvariantCulture);
        laidOut?.Invoke(connection);
        foreach (var path in Directory.GetFiles(rulesFolder, "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var rule = RuleFile.Read(path);
            if (rule.State != RuleState.On)
            {
                continue;
            }

            Rules.Add(rule);
            using var result = connection.Query($"SELECT s.line_id FROM (\n{rule.Sql}\n) AS r JOIN monitored_service AS s ON s.service_id = r.service_id");
            while (result.Read())
            {
                Hits.Add((rule.Id, (string)result[0]!));
            }
        }
    }

    public DemoCount Count { get; }

    /// <summary>Lines of the month that were monitored.</summary>
    public long Lines { get; }

    public List<RuleFile> Rules { get; } = [];

    public HashSet<(string Rule, string Line)> Hits { get; } = [];

    /// <summary>What was planted, by rule and line.</summary>
    public HashSet<(string Rule, string Line)> Key =>
        [.. File.ReadLines(Path.Combine(_folder, "key.csv")).Skip(1).Select(l => l.Split(',')).Select(c => (c[0], c[2]))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
