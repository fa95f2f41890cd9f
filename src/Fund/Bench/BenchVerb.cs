using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kepil.Demo;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Findings;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Bench;

/// <summary>Measures intake and monitoring at several sizes and prints a table: <c>kepil bench</c></summary>
public static class BenchVerb
{
    /// <summary>Up to this size the registers are written and read as CSV; beyond it lines are staged straight.</summary>
    private const long CsvUpTo = 3_000_000;

    public static Command Command()
    {
        var lines = new Option<string>("--lines") { Description = "Sizes, separated by commas.", DefaultValueFactory = _ => "1000000,3000000,10000000,30000000" };
        var postgres = new Option<long>("--postgres") { Description = "Also run the rules on PostgreSQL up to this size; 0 leaves it out.", DefaultValueFactory = _ => 3_000_000 };
        var rows = new Option<int>("--row-at-a-time") { Description = "Lines for the row-at-a-time comparison; 0 leaves it out.", DefaultValueFactory = _ => 10_000 };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var times = new Option<int>("--times") { Description = "Oblasts of that size in the fund: the invented one is multiplied.", DefaultValueFactory = _ => 1 };
        var keep = new Option<bool>("--keep") { Description = "Leave the fund at the end." };
        var of = new Option<string?>("--of") { Description = "Measure only the monitoring of a fund that there is, in this folder." };
        var command = new Command("bench", "Measures intake and monitoring.") { lines, times, postgres, rows, folder, keep, of };
        command.Subcommands.Add(CaseBench.Command());
        command.Subcommands.Add(CheckBench.Command());
        command.Subcommands.Add(DeskBench.Command());
        command.Subcommands.Add(SettleBench.Command());
        command.Subcommands.Add(InsuredBench.Command());
        command.Subcommands.Add(PortraitBench.Command());
        command.SetAction(async (p, _) =>
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, DuckDB {EngineVersion()}"));
            if (p.GetValue(of) is { } there)
            {
                var fund = FundFolder.Open(there, "sqlite");
                using var context = fund.Accounts.Context();
                await MonthAsync(fund, LawBook.Open(), context.RecordFiles.Where(f => f.RetiredBy == null).Max(f => f.Month));
                return 0;
            }

            foreach (var size in p.GetValue(lines)!.Split(',').Select(l => long.Parse(l, CultureInfo.InvariantCulture)))
            {
                // Only what the benchmark made itself is ever removed, whatever folder was named.
                var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench");
                await SizeAsync(path, size, p.GetValue(times), size <= p.GetValue(postgres), size <= CsvUpTo ? p.GetValue(rows) : 0);
                if (!p.GetValue(keep))
                {
                    Directory.Delete(path, true);
                }
            }

            return 0;
        });
        return command;
    }

    private static async Task SizeAsync(string path, long size, int times, bool onPostgres, int rowAtATime)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, true);
        }

        var law = LawBook.Open();
        var made = Path.Combine(path, "country");
        var country = new DemoCountry(new DemoSize(size));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"== about {size:#,0} lines"));
        var count = size <= CsvUpTo ? Timed("invent the country (CSV)", () => country.Write(made)) : Timed("invent the country (Parquet)", () => country.WriteStaged(made));
        var folder = FundFolder.Open(Path.Combine(path, "fund"));
        var intake = new RegisterIntake(folder, law, TimeProvider.System);
        await LoadReferencesAsync(folder, intake, made);
        var all = size <= CsvUpTo ? await IntakeAsync(folder, law, intake, made) : AdmitStaged(folder, law, made);
        if (times > 1)
        {
            Print("oblasts in the fund", times, "");
            var watch = Stopwatch.StartNew();
            Oblasts.Multiply(folder, times, Path.Combine(path, "spill"));
            Print("multiplying them", watch.Elapsed.TotalSeconds, "s");
        }

        var month = new DemoSize(size).Month;
        var (pack, outcome) = await MonthAsync(folder, law, month);
        await DryRunAsync(folder, law, pack, month, path);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  records of all months: {all:#,0}; planted {count.Planted:#,0}"));
        if (onPostgres)
        {
            await PostgresAsync(folder, law, pack, month, outcome);
        }

        if (rowAtATime > 0)
        {
            RowAtATime.Measure(folder, month, rowAtATime, path);
        }
    }

    /// <summary>The working copies and the monitoring of one month.</summary>
    private static async Task<(RulePack Pack, MonthOutcome Outcome)> MonthAsync(FundFolder folder, LawBook law, DateOnly month)
    {
        var pack = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Pack;
        var copies = Timed("working copies of the months", () => Copies(folder));
        var bare = BareScan(folder, copies.First(c => c.Month == month));
        var outcome = await new MonthMonitoring(folder, law, TimeProvider.System).RunAsync(month, pack);
        Print("month", outcome.Run.Lines, "lines");
        Print("bare scan of all columns of the month and its persons", bare, "s");
        Print($"rules ({outcome.Rules.Count})", outcome.RulesMilliseconds / 1000.0, "s");
        Print("ratio of the rules to the bare scan, per 20 rules", outcome.RulesMilliseconds / 1000.0 / bare * 20 / outcome.Rules.Count, "x");
        Print("sums, findings, digest", outcome.SumsMilliseconds / 1000.0, "s");
        Print("findings", outcome.Run.PotentialFindings + outcome.Run.GeneralFindings, "");
        Print("peak of the rule worker", outcome.PeakKilobytes / 1024.0 / 1024, "GiB");
        Print("peak of this process", RuleWorker.PeakKilobytes() / 1024.0 / 1024, "GiB");
        foreach (var rule in outcome.Rules.OrderByDescending(r => r.Milliseconds).Take(8))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {rule.Milliseconds / 1000.0,8:0.00} s  {rule.RuleId} ({rule.Hits:#,0})"));
        }

        return (pack, outcome);
    }

    private static async Task LoadReferencesAsync(FundFolder folder, RegisterIntake intake, string made)
    {
        var files = Directory.GetFiles(Path.Combine(made, "reference")).Order(StringComparer.Ordinal).ToList();
        var watch = Stopwatch.StartNew();
        await intake.TakeAsync([.. files.Where(f => f.EndsWith(".csv", StringComparison.Ordinal))], intake.Options());
        foreach (var parquet in files.Where(f => f.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            new ReferenceLoading(folder, TimeProvider.System).Load(Path.GetFileNameWithoutExtension(parquet), [parquet]);
        }

        Print("reference registers", watch.Elapsed.TotalSeconds, "s");
    }

    private static async Task<long> IntakeAsync(FundFolder folder, LawBook law, RegisterIntake intake, string made)
    {
        var files = Directory.GetFiles(Path.Combine(made, "registers"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var watch = Stopwatch.StartNew();
        var stage = folder.Stage();
        var outcomes = await RegisterIntake.ReadAsync(files, stage, intake.Options());
        var rows = outcomes.Sum(o => o.Facts?.Rows ?? 0);
        Print($"CSV to checked Parquet, {files.Count} files", rows / watch.Elapsed.TotalSeconds / 1000, "thousand rows/s");
        watch.Restart();
        var admitted = new Admission(folder, law, TimeProvider.System).Admit([.. files.Zip(outcomes).Where(p => p.Second.Facts is not null).Select(p => RegisterIntake.Staged(p.First, p.Second.Facts!))]);
        Print("admission with facts, into shards", rows / watch.Elapsed.TotalSeconds / 1000, "thousand rows/s");
        Directory.Delete(stage, true);
        return admitted.Sum(a => a.Submission.Accepted);
    }

    private static long AdmitStaged(FundFolder folder, LawBook law, string made)
    {
        var watch = Stopwatch.StartNew();
        var rows = 0L;
        var admission = new Admission(folder, law, TimeProvider.System);
        foreach (var month in Directory.GetDirectories(Path.Combine(made, "staged")).Order(StringComparer.Ordinal))
        {
            foreach (var files in Directory.GetFiles(month, "*.parquet").Order(StringComparer.Ordinal).Chunk(16))
            {
                rows += admission.Admit([.. files.Select(f => new StagedRegister(
                    Path.GetFileName(f), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(f))), f, [f], null, 0, DateOnly.ParseExact(Path.GetFileName(month) + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture), Rows(f), Rows(f), 0))]).Sum(a => a.Submission.Accepted);
            }
        }

        Print("admission with facts, into shards", rows / watch.Elapsed.TotalSeconds / 1000, "thousand rows/s");
        return rows;
    }

    private static long Rows(string parquet)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128);
        using var connection = database.Connect();
        return Convert.ToInt64(connection.Scalar($"SELECT COUNT(*) FROM read_parquet('{RuleWorker.Quoted(parquet)}')"), CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<MonthRecords> Copies(FundFolder folder)
    {
        using var context = folder.Accounts.Context();
        var copies = new RecordCopies(folder);
        return [.. context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).ToList().GroupBy(f => f.Month).OrderBy(g => g.Key).Select(g => copies.Of(g.Key, [.. g]))];
    }

    /// <summary>Reads every column of the month's records, as rules read them, and of the register of persons once.</summary>
    private static double BareScan(FundFolder folder, MonthRecords month)
    {
        using var context = folder.Accounts.Context();
        var persons = context.ReferenceFiles.AsNoTracking().Where(r => r.ReplacedBy == null && r.Register == "person").Select(r => r.Path).ToList();
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2600);
        using var connection = database.Connect();
        var records = RecordCopy.Show(connection, month);
        var times = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            connection.Execute($"SELECT {Touch(LineColumns.All)} FROM {records}");
            connection.Execute($"SELECT {Touch(ReferenceTables.Named("person").Columns)} FROM read_parquet({RuleWorker.FileList(persons.Select(f => folder.At(f)))})");
            times.Add(watch.Elapsed.TotalSeconds);
        }

        return times.Order().ElementAt(1);
    }

    private static string Touch(IReadOnlyList<LineColumn> columns) => string.Join(", ", columns.Select(c => c.Type switch
    {
        DuckType.Integer or DuckType.BigInt => $"SUM({c.Name})",
        DuckType.Date => $"MAX({c.Name})",
        DuckType.Boolean => $"COUNT(CASE WHEN {c.Name} THEN 1 END)",
        _ => $"SUM(strlen({c.Name}))",
    }));

    /// <summary>One provider's month, checked with the history of its patients while he waits.</summary>
    private static async Task DryRunAsync(FundFolder folder, LawBook law, RulePack pack, DateOnly month, string path)
    {
        using var records = new FundRecords(folder);
        var provider = records.Query("SELECT provider_id, SUM(lines) FROM month_form WHERE month = $1 GROUP BY provider_id ORDER BY ABS(SUM(lines) - 10000), 1 LIMIT 1", r => (Id: r.Long(0), Lines: r.Long(1)), month)[0];
        var staged = Path.Combine(path, "one.parquet");
        using (var context = folder.Accounts.Context())
        using (var database = DuckDatabase.Open())
        using (var connection = database.Connect())
        {
            var files = context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null && f.Month == month).Select(f => f.Path).ToList();
            connection.Execute($"COPY (SELECT {string.Join(", ", LineColumns.Billed.Where(c => c.Name != "service_id").Select(c => c.Name))}, CAST(ROW_NUMBER() OVER () AS integer) AS row_number FROM read_parquet({RuleWorker.FileList(files.Select(f => folder.At(f)))}) WHERE provider_id = {provider.Id}) TO '{RuleWorker.Quoted(staged)}' (FORMAT parquet)");
        }

        using var standby = new RuleStandby(folder, again: true);
        await new DryRun(folder, law, TimeProvider.System, standby).RunAsync([staged], pack);
        await standby.ReadyAsync();
        var watch = Stopwatch.StartNew();
        var foreseen = (await new DryRun(folder, law, TimeProvider.System, standby).RunAsync([staged], pack)).Findings;
        Print(string.Create(CultureInfo.InvariantCulture, $"dry run of one provider's {provider.Lines:#,0} lines, {foreseen.Count} findings"), watch.Elapsed.TotalSeconds, "s");
    }

    private static async Task PostgresAsync(FundFolder folder, LawBook law, RulePack pack, DateOnly month, MonthOutcome duck)
    {
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());
        var watch = Stopwatch.StartNew();
        using (var context = folder.Accounts.Context())
        {
            postgres.Mirror(context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).ToDictionary(f => f.Id, f => folder.At(f.Path)));
        }

        Print("PostgreSQL: copy of the records", watch.Elapsed.TotalSeconds, "s");
        var outcome = await new MonthMonitoring(folder, law, TimeProvider.System, postgres).RunAsync(month, pack);
        Print("PostgreSQL: the same rules", outcome.Rules.Sum(r => r.Milliseconds) / 1000.0, "s");
        Print("PostgreSQL against DuckDB", outcome.Rules.Sum(r => r.Milliseconds) / (double)duck.Rules.Sum(r => r.Milliseconds), "x");
        Console.WriteLine(outcome.Run.Digest == duck.Run.Digest ? "  findings of both engines: equal, evidence included" : "  FINDINGS OF THE ENGINES DIFFER");
    }

    private static T Timed<T>(string what, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Print(what, watch.Elapsed.TotalSeconds, "s");
        return result;
    }

    internal static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-60} {value,14:#,0.00} {unit}"));

    private static string EngineVersion()
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 64);
        using var connection = database.Connect();
        return (string)(connection.Scalar("SELECT version()") ?? "");
    }
}
