using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Findings;

/// <summary>A finding of a register that was not handed in yet, as its provider may see it: code, line, sum and reason, without rules and limits.</summary>
/// <param name="Stranger">The patient's number (ЖСН), where the provider has nothing to do with him yet: the reason then says what the code says, and nothing of the patient.</param>
public sealed record Foreseen(string Code, FindingKind Kind, string LineId, int Row, string? ServiceCode, DateOnly On, long Billed, long Sum, long? Stranger = null)
{
    /// <summary>Makes the reason: of a thousand findings a page shows some, and nobody waits for the sentences of the others.</summary>
    internal Func<Wording>? Why { get; init; }

    /// <summary>The reason as the provider may read it.</summary>
    public Wording Reason { get => field ??= Why!(); init; } = null!;
}

/// <summary>What a check foresees.</summary>
/// <param name="FailedRules">Rules that could not be run; what they would find is not among the findings. Not for the provider: rules are restricted (p. 15).</param>
public sealed record CheckOutcome(IReadOnlyList<Foreseen> Findings, IReadOnlyList<string> FailedRules);

/// <summary>Checks sound rows of registers by all rules, with the history of their patients, and keeps nothing.</summary>
/// <remarks>Whoever writes a number into a register learns from a check what the fund knows of its bearer. So what a finding says of a patient is told only where he is attached to the provider or stands in its earlier lines; the others' is told once the register is handed in.</remarks>
/// <param name="standby">Has a worker of the rules ready; null: one is started when it is needed.</param>
public sealed class DryRun(FundFolder folder, LawBook law, TimeProvider time, RuleStandby? standby = null)
{
    /// <param name="staged">Parquet of the sound rows.</param>
    /// <param name="pack">The rules.</param>
    [Law("MON-321:12")]
    [Law("MON-321:15")]
    public async Task<CheckOutcome> RunAsync(IReadOnlyList<string> staged, RulePack pack, CancellationToken cancel = default)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        using var own = standby is null ? new RuleStandby(folder) : null;
        var workers = standby ?? own!;
        var worker = workers.Take();
        var stage = folder.Stage();
        RuleJob? job = null;
        try
        {
            using var context = folder.Accounts.Context();
            var line = Path.Combine(stage, "line.parquet");
            using var database = workers.TakeDatabase();
            using var connection = database.Connect();
            var months = connection.QueryAll($"SELECT DISTINCT month FROM read_parquet({RuleWorker.FileList(staged)}) ORDER BY month", r => r.Day(0));
            DateOnly? month = months.Count > 0 ? months[^1] : null;
            var rules = months.SelectMany(pack.InForce).DistinctBy(r => r.Id).ToList();
            var monitoring = new MonthMonitoring(folder, law, time);
            var known = month is { } last ? monitoring.Known(MonthMonitoring.Files(context, last, rules)) : [];
            var registers = monitoring.Registers(context);
            var lists = workers.ListsOf(pack, law, today, registers.Keys.ToHashSet());
            job = new RuleJob(MonthRecords.Of(month ?? today, line), known, registers, lists, [.. rules.Select(r => new RuleTask(r.Id, r.HitQuery(), DateOnly.MinValue))], worker.Folder, 2, RuleStandby.MemoryMegabytes, true, staged, 2);
            // The worker opens what it needs while the facts of the lines are looked up here, and judges while the prices are laid out.
            var prices = Task.CompletedTask;
            RulesOutcome outcome;
            try
            {
                outcome = await RuleProcess.RunAsync(job, TimeSpan.FromMinutes(2), null, () =>
                {
                    Stage(connection, staged);
                    FindFacts(database, connection, registers, lists, line, today);
                    prices = Task.Run(() => LayPrices(connection, known, month ?? today, today), cancel);
                }, worker, cancel);
            }
            finally
            {
                await prices;
            }

            return new CheckOutcome(Price(connection, pack, law.Classification.On(month ?? today), law.Policies.On(today)["algo_visibility"] == "reason_only", outcome, worker.Folder, months.Count > 1), [.. outcome.Rules.Where(o => o.Failure is not null).Select(o => o.RuleId)]);
        }
        finally
        {
            workers.Renew(worker, job);
            Directory.Delete(stage, true);
        }
    }

    private static void Stage(DuckConnection connection, IReadOnlyList<string> staged)
    {
        var billed = string.Join(", ", LineColumns.Billed.Where(c => c.Name != "service_id").Select(c => "r." + c.Name));
        connection.Execute($"CREATE TEMP TABLE staged_line AS SELECT CAST(-ROW_NUMBER() OVER (ORDER BY r.provider_id, r.row_number DESC, r.line_id) AS bigint) AS service_id, r.row_number, {billed} FROM read_parquet({RuleWorker.FileList(staged)}) AS r");
    }

    private static void FindFacts(CheckDatabase database, DuckConnection connection, IReadOnlyDictionary<string, string> registers, string lists, string line, DateOnly today)
    {
        var merged = registers.TryGetValue("person_merge", out var merges);
        connection.Execute($"""
            CREATE TEMP TABLE near_person AS SELECT DISTINCT {(merged ? "COALESCE(m.person_id, s.stated_id)" : "s.stated_id")} AS person_id
            FROM staged_line AS s{(merged ? $" LEFT JOIN read_parquet('{RuleWorker.Quoted(merges!)}') AS m ON m.old_id = s.stated_id" : "")}
            """);
        database.Show(connection, registers, "near_person");
        connection.Execute($"ATTACH '{RuleWorker.Quoted(lists)}' AS lists (READ_ONLY)");
        connection.Execute("CREATE TEMP VIEW legal_value AS SELECT * FROM lists.legal_value");
        LineFacts.Find(connection, "faced_line", registers.Keys.ToHashSet(), today);
        connection.Execute($"COPY (SELECT {LineFacts.InOrder("f")} FROM faced_line AS f) TO '{RuleWorker.Quoted(line)}' (FORMAT parquet, COMPRESSION uncompressed)");
    }

    private void LayPrices(DuckConnection connection, IReadOnlyList<MonthRecords> known, DateOnly month, DateOnly today)
    {
        var earlier = known.Select(m => $" UNION ALL SELECT k.person_id, k.provider_id FROM {RecordCopy.Show(connection, m)} AS k WHERE k.provider_id IN (SELECT s.provider_id FROM staged_line AS s)");
        connection.Execute($"CREATE TEMP TABLE patient AS SELECT DISTINCT p.person_id, p.provider_id FROM (SELECT f.person_id, f.provider_id FROM faced_line AS f WHERE f.attached_to = f.provider_id{string.Concat(earlier)}) AS p");
        // A register that is not loaded leaves columns without a type; in their stored order they have one.
        connection.Execute($"CREATE TEMP TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM (SELECT {LineFacts.InOrder("f")} FROM faced_line AS f)");
        SanctionTable.Create(connection, SanctionTable.For(law, month, today));
    }

    private static IReadOnlyList<Foreseen> Price(DuckConnection connection, RulePack pack, ClassificationEdition edition, bool reasons, RulesOutcome outcome, string hits, bool severalMonths)
    {
        if (outcome.Rules.All(o => o.Hits == 0))
        {
            return [];
        }

        DryRunHits.Create(connection, hits, outcome.Rules.Where(o => o.Failure is null).Select(o => (pack[o.RuleId], o.Hits)), "staged_line", severalMonths);
        return connection.QueryAll($"""
            SELECT f.code, f.kind, l.line_id, l.row_number, l.service_code, l.ended_on, l.amount, f.sum, f.rule_id, f.evidence,
                   CASE WHEN p.person_id IS NULL AND d.person_known THEN l.stated_id END AS stranger
            FROM ({FindingSums.Findings(0)}) AS f
            JOIN staged_line AS l ON l.service_id = f.service_id
            JOIN faced_line AS d ON d.service_id = f.service_id
            LEFT JOIN patient AS p ON p.person_id = f.person_id AND p.provider_id = f.provider_id
            ORDER BY f.kind DESC, l.row_number, f.code
            """, r =>
            {
                var (code, rule, evidence, stranger) = (r.Text(0), pack[r.Text(8)], r.Text(9), r.LongOrNull(10));
                var veiled = stranger is not null && rule.TellsOfPatient;
                return new Foreseen(
                    code, r.Text(1) == "potential" ? FindingKind.Potential : FindingKind.General, r.Text(2), r.Int(3), r.TextOrNull(4), r.Day(5), r.Long(6), r.Long(7),
                    veiled ? stranger : null)
                {
                    Why = veiled || !reasons ? () => edition[code].Name : () => ReasonOf(rule, evidence),
                };
            });
    }

    private static Wording ReasonOf(LoadedRule rule, string evidence) => new(
        EvidenceSentence.ForProvider(rule, evidence, "kk"), EvidenceSentence.ForProvider(rule, evidence, "ru"), EvidenceSentence.ForProvider(rule, evidence, "en"));
}
