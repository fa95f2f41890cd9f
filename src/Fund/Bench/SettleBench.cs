using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Bench;

/// <summary>Measures the settlement of an invented national month: <c>kepil bench settle</c></summary>
/// <remarks>The records hold the columns that a settlement reads; the others cost it nothing, for Parquet is read by columns.</remarks>
internal sealed class SettleBench
{
    private const int Shards = 16;

    private static readonly DateOnly Month = new(2026, 10, 1);

    private readonly FundFolder _folder;
    private readonly DeskStore _desk;
    private readonly DeskSource _source;
    private readonly long _lines;
    private readonly int _providers;

    private SettleBench(FundFolder folder, long lines, int providers)
    {
        (_folder, _lines, _providers) = (folder, lines, providers);
        using var context = folder.Accounts.Context();
        _source = DeskSource.Of(context);
        _desk = new(_source, TimeProvider.System);
    }

    public static Command Command()
    {
        var lines = new Option<long>("--lines") { Description = "Lines of the month.", DefaultValueFactory = _ => 30_000_000 };
        var providers = new Option<int>("--providers") { Description = "Providers, each with two packages under one contract.", DefaultValueFactory = _ => 1_500 };
        var postgres = new Option<bool>("--postgres") { Description = "The ledger in a PostgreSQL of this run's own instead of SQLite." };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var command = new Command("settle", "Measures the settlement of a national month.") { lines, providers, postgres, folder };
        command.SetAction(p =>
        {
            var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench-settle");
            if (Directory.Exists(path))
            {
                Directory.Delete(path, true);
            }

            var bench = new SettleBench(FundFolder.Open(path, p.GetValue(postgres) ? PrivatePostgres.NewDatabase() : "sqlite"), p.GetValue(lines), p.GetValue(providers));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(bench._source.IsPostgres ? "PostgreSQL" : "SQLite")}, {Environment.ProcessorCount} cores, {bench._lines:#,0} lines, {bench._providers:#,0} providers"));
            bench.Fill();
            bench.Measure();
            Directory.Delete(path, true);
            return 0;
        });
        return command;
    }

    private void Measure()
    {
        Settle("the month for the first time");
        Settle("again, with nothing changed");
        Run($"UPDATE proceeding SET effect = CASE WHEN id % 20 = 0 THEN 'reduce' ELSE 'pay_in_full' END, events = events + 1 WHERE effect = 'none' AND id % 10 = 0");
        Settle("after a tenth of the open cases was decided");
        var watch = Stopwatch.StartNew();
        var books = LedgerStore.Of(_desk).Balances(new());
        BenchVerb.Print("trial balance of the whole ledger", watch.Elapsed.TotalSeconds, "s");
        var sum = books.Balances.Aggregate((Int128)0, (s, b) => s + b.Balance.Tiyn);
        Console.WriteLine(sum == 0 ? "  the ledger adds up to nothing" : $"  THE LEDGER DOES NOT ADD UP: {sum}");
        watch.Restart();
        var trail = new Trail(_folder, LedgerStore.Of(_desk));
        var order = LedgerStore.Of(_desk).Postings(new(ProviderId: 100_000_000_007), "settlement")[0];
        var paid = trail.OfPayment(order.Id, 20)!;
        BenchVerb.Print(string.Create(CultureInfo.InvariantCulture, $"an order of {paid.Months[0].Lines:#,0} lines down to its services"), watch.Elapsed.TotalSeconds, "s");
        watch.Restart();
        _ = trail.OfLine(paid.Months[0].Heaviest[0].ServiceId, "", Month);
        BenchVerb.Print("a service up to its order", watch.Elapsed.TotalSeconds, "s");
        BenchVerb.Print("peak of this process", RuleWorker.PeakKilobytes() / 1024.0 / 1024, "GiB");
    }

    private void Settle(string what)
    {
        var watch = Stopwatch.StartNew();
        var outcome = new MonthSettlement(_folder, _desk, LawBook.Open()).Run(Month, "bench");
        BenchVerb.Print(what, watch.Elapsed.TotalSeconds, "s");
        var legs = outcome.Registers.Concat(outcome.Orders).Sum(p => p.Legs.Count);
        var files = outcome.Registers.Select(p => p.Detail!.Path).Distinct().Sum(f => new FileInfo(_folder.At(f)).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    lines {outcome.Lines:#,0}, postings {outcome.Registers.Count + outcome.Orders.Count:#,0}, legs {legs:#,0}, detail {files / 1048576.0:#,0} MiB"));
    }

    private void Fill()
    {
        var watch = Stopwatch.StartNew();
        using var context = _folder.Accounts.Context();
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2000);
        using var connection = database.Connect();
        for (var shard = 0; shard < Shards; shard++)
        {
            var path = Path.Combine("records", $"{shard}.parquet");
            var (from, to) = (_lines * shard / Shards, _lines * (shard + 1) / Shards);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                COPY (SELECT range AS service_id, 'L' || range AS line_id, DATE '2026-10-01' AS month, CAST(100000000000 + hash(range) % {_providers} AS bigint) AS provider_id,
                             'C-' || (hash(range) % {_providers}) AS contract, CASE WHEN range % 5 < 3 THEN 'tmkkk' ELSE 'mams' END AS package,
                             ['phc', 'specialist', 'drg', 'bed_day', 'met', 'ambulance'][1 + hash(range + 3) % 6] AS care_form, CAST(1000 + hash(range + 7) % 1000000 AS bigint) AS amount
                      FROM range({from}, {to})) TO '{RuleWorker.Quoted(_folder.At(path))}' (FORMAT parquet, COMPRESSION zstd)
                """));
            context.RecordFiles.Add(new() { Id = shard + 1, Path = path, Hash = "", Month = Month, Shard = shard, Lines = to - from });
        }

        var run = Directory.CreateDirectory(_folder.At("runs", "1")).FullName;
        // One line of a hundred has a finding; of ten findings one is a violation of three hundred per cent.
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $$"""
            COPY (SELECT range * 1024 AS finding_id, 'bench' AS rule_id, CASE WHEN range % 1000 = 0 THEN '5.0' ELSE '6.0' END AS code, 'potential' AS kind, range AS service_id, '{"n":"' || range || '"}' AS evidence,
                         CAST((1000 + hash(range + 7) % 1000000) * CASE WHEN range % 1000 = 0 THEN 3 ELSE 1 END AS bigint) AS sum
                  FROM range(0, {{_lines}}, 100)) TO '{{RuleWorker.Quoted(Path.Combine(run, "finding.parquet"))}}' (FORMAT parquet, COMPRESSION zstd)
            """));
        context.Runs.Add(new() { Id = 1, Month = Month, Engine = "duckdb", PackHash = "", Edition = Month, Digest = "", Path = Path.Combine("runs", "1"), LastFile = Shards });
        context.SaveChanges();
        FillCases();
        BenchVerb.Print("filling", watch.Elapsed.TotalSeconds, "s");
    }

    /// <summary>Nine findings of ten were shown: a third of their cases reduces, a third pays in full, a third is open.</summary>
    private void FillCases()
    {
        var cases = new List<ProceedingRow>();
        using (var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 512))
        using (var connection = database.Connect())
        {
            cases.AddRange(connection.QueryAll($"SELECT service_id, evidence, sum, code FROM read_parquet('{RuleWorker.Quoted(_folder.At("runs", "1", "finding.parquet"))}') WHERE service_id % 1000 <> 500 ORDER BY service_id", r => new DuckRow(r) is var d
                ? new ProceedingRow { LineId = d.Long(0), Evidence = d.Text(1), AtRisk = d.Long(2), Code = d.Text(3), RuleId = "bench" } : null!));
        }

        var effects = new[] { "reduce", "pay_in_full", "none" };
        for (var i = 0; i < cases.Count; i++)
        {
            var row = cases[i];
            (row.Id, row.FindingId, row.Month, row.Stage, row.Effect, row.Events) = (i + 1, row.LineId * 1024, "2026-10-01", "confirmed_by_silence", effects[i % 3], 1 + (i % 4));
            row.FindingKey = MonthNotice.KeyOf(row.RuleId, row.Evidence);
        }

        using var target = _source.Open();
        using var transaction = target.BeginTransaction();
        DeskRows.Write(target, transaction, "proceeding", [.. ProceedingRow.Columns.Select(c => c.Column)], cases.Select(r => ProceedingRow.Columns.Select(c => c.Value(r)).ToArray()));
        transaction.Commit();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  cases: {cases.Count:#,0}"));
    }

    private void Run(string sql)
    {
        using var connection = _source.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
