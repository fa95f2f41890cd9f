using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Portrait;
using Kepil.Monitoring;

namespace Kepil.Fund.Bench;

/// <summary>Measures the counting of the portrait over many invented persons: <c>kepil bench portrait</c></summary>
internal static class PortraitBench
{
    public static Command Command()
    {
        var persons = new Option<long>("--persons") { Description = "Invented persons.", DefaultValueFactory = _ => 20_000_000 };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var command = new Command("portrait", "Measures the portrait of the uninsured.") { persons, folder };
        command.SetAction((p, _) =>
        {
            // Only what the benchmark made itself is ever removed, whatever folder was named.
            var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench-portrait");
            Directory.CreateDirectory(path);
            try
            {
                Measure(path, p.GetValue(persons));
            }
            finally
            {
                Directory.Delete(path, true);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>Persons of 2 500 okrugs, four of five insured, each with one last payment and one standing.</summary>
    private static void Measure(string path, long persons)
    {
        var day = new DateOnly(2026, 11, 1);
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 3000);
        using var connection = database.Connect();
        string Made(string name, string columns, string where = "TRUE")
        {
            var file = Path.Combine(path, name + ".parquet");
            connection.Execute($"COPY (SELECT i AS person_id, {columns} FROM range({persons.ToString(CultureInfo.InvariantCulture)}) AS r(i) WHERE {where}) TO '{RuleWorker.Quoted(file)}' (FORMAT parquet)");
            return file;
        }

        var watch = Stopwatch.StartNew();
        var people = Made("person", "DATE '1935-01-01' + CAST(hash(i, 1) % 33000 AS integer) AS birth_date, CASE WHEN hash(i, 2) % 2 = 0 THEN 'f' ELSE 'm' END AS sex, NULL::date AS death_date, '61' AS region, CAST(100000000 + 1000 * (hash(i, 3) % 2500) AS varchar) AS district");
        var insured = Made("insured", "DATE '2026-01-01' AS from_day, DATE '2026-12-31' AS to_day", "hash(i, 4) % 5 > 0");
        var paid = Made("paid", "DATE '2026-01-01' AS month, i AS id, CASE hash(i, 5) % 4 WHEN 0 THEN 'wages' WHEN 1 THEN 'self_payer' WHEN 2 THEN 'entrepreneur' ELSE 'civil_contract' END AS kind", "hash(i, 6) % 10 > 0");
        var standings = Made("standings", "'citizen' AS word, DATE '1992-01-01' AS from_day, NULL::date AS to_day, 0 AS withdrawn", "hash(i, 7) % 100 > 0");
        BenchVerb.Print("invent the registers", watch.Elapsed.TotalSeconds, "s");
        watch.Restart();
        var counts = PortraitTaking.Counts(connection, people, insured, null, paid, standings, day);
        BenchVerb.Print(string.Create(CultureInfo.InvariantCulture, $"portrait of {counts.Sum(c => c.People):#,0} persons, {counts.Count:#,0} counts"), watch.Elapsed.TotalSeconds, "s");
        BenchVerb.Print("peak of this process", RuleWorker.PeakKilobytes() / 1024.0 / 1024, "GiB");
    }
}
