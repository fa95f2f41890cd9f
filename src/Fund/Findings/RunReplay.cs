using System.Security.Cryptography;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Findings;

/// <summary>A run made again from what it judged by.</summary>
/// <param name="Run">The run as it is stored.</param>
/// <param name="Digest">Identity of the findings made now.</param>
/// <param name="Damaged">Files of records or registers that are no longer what they were, by their place in the folder of the fund.</param>
/// <param name="Differences">Rows by table that only the stored run has, and that only this one has.</param>
/// <param name="Failed">Rules that could not be run, though they could then.</param>
public sealed record ReplayOutcome(MonitoringRun Run, string Digest, IReadOnlyList<string> Damaged, IReadOnlyList<(string Table, long Stored, long Now)> Differences, IReadOnlyList<string> Failed)
{
    /// <summary>Whether findings, evidence and sums are the same to the byte.</summary>
    public bool IsSame => Digest == Run.Digest && Damaged.Count == 0 && Differences.Count == 0 && Failed.Count == 0;
}

/// <summary>Makes a stored run again: its rules, lists, law, records and registers as they were, on DuckDB, beside what it left. Nothing of it is kept.</summary>
public sealed class RunReplay(FundFolder folder, TimeProvider time)
{
    private static readonly string[] Tables = ["finding", "line_sum", "month_form"];

    /// <exception cref="InvalidDataException">This program reads rules or law more strictly than the one that made the run.</exception>
    /// <returns>Nothing when there is no such run, or it kept nothing of what it judged by.</returns>
    /// <param name="told">Called with (rules finished, rules in all, id of the rule that began).</param>
    public async Task<ReplayOutcome?> RunAsync(long id, Action<int, int, string>? told = null, CancellationToken cancel = default)
    {
        using var context = folder.Accounts.Context();
        if (context.Runs.AsNoTracking().SingleOrDefault(r => r.Id == id) is not { } run || RunInputs.Of(folder, run) is not { } inputs)
        {
            return null;
        }

        var files = context.RecordFiles.AsNoTracking().Where(f => inputs.Records.Contains(f.Id)).OrderBy(f => f.Id).ToList();
        var registers = context.ReferenceFiles.AsNoTracking().Where(r => inputs.Registers.Contains(r.Id)).OrderBy(r => r.Id).ToList();
        var damaged = files.Select(f => (f.Path, f.Hash)).Concat(registers.Select(r => (r.Path, r.Hash))).Where(f => HashOf(folder.At(f.Path)) != f.Hash).Select(f => f.Path)
            .Concat(new[] { inputs.Pack, inputs.Law }.Where(k => !Directory.Exists(folder.At(k)) || RunInputs.HashOf(folder.At(k)) != Path.GetFileName(k))).ToList();
        if (damaged.Count > 0)
        {
            return new ReplayOutcome(run, "", damaged, [], []);
        }

        var law = inputs.OpenLaw(folder);
        var pack = inputs.OpenPack(folder, law);
        var stage = folder.Stage();
        try
        {
            var monitoring = new MonthMonitoring(folder, law, time);
            var rules = inputs.Rules.Select(r => pack[r]).ToList();
            var failedThen = context.RunRules.AsNoTracking().Where(r => r.RunId == id && r.Failure != null).Select(r => r.RuleId).ToHashSet();
            var outcome = await monitoring.HitsAsync(
                context, new(run.Month, files, monitoring.At(registers), AsTheyLie: true), pack, [.. rules.Where(r => !failedThen.Contains(r.Id))], stage, inputs.Today, told, cancel);
            var made = Path.Combine(stage, "made");
            var priced = monitoring.Price(id, run.Month, inputs.Today, pack, outcome, monitoring.Paths(files, run.Month), stage, made);
            return new ReplayOutcome(run, priced.Digest, [], Differences(folder.At(run.Path), made), [.. outcome.Rules.Where(r => r.Failure is not null).Select(r => r.RuleId)]);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static string? HashOf(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static List<(string Table, long Stored, long Now)> Differences(string stored, string made)
    {
        using var database = DuckDatabase.Open(threads: MonthMonitoring.Threads, memoryMegabytes: MonthMonitoring.MemoryMegabytes);
        using var connection = database.Connect();
        string Rows(string folder, string table) => $"(SELECT * FROM read_parquet('{RuleWorker.Quoted(Path.Combine(folder, table + ".parquet"))}'))";
        long Beyond(string one, string other, string table) => Convert.ToInt64(connection.Scalar($"SELECT COUNT(*) FROM ({Rows(one, table)} EXCEPT ALL {Rows(other, table)})"), System.Globalization.CultureInfo.InvariantCulture);
        return [.. Tables.Select(t => (t, Beyond(stored, made, t), Beyond(made, stored, t))).Where(d => d.Item2 + d.Item3 > 0)];
    }
}
