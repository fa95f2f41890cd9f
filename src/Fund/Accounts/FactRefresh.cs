using System.Globalization;
using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>What a refresh of a month's facts came to.</summary>
/// <param name="Changed">Records that have other facts now.</param>
/// <param name="KeptAsEvidence">Records that keep the facts on which a finding rests.</param>
/// <param name="ByRegister">Changed records by the register that now says something else; one record may stand under several.</param>
public sealed record RefreshedMonth(DateOnly Month, long Changed, long KeptAsEvidence, IReadOnlyDictionary<string, long> ByRegister);

/// <summary>Finds the facts of stored records anew after a register changed: a death registered late, a licence corrected.</summary>
/// <remarks>What was billed never changes, nor do facts that a finding rests on; files with the older facts stay as history.</remarks>
public sealed class FactRefresh(FundFolder folder, LawBook law, TimeProvider time)
{
    /// <summary>The facts that each register tells; ages and days after death follow from the birth and the death.</summary>
    private static readonly Dictionary<string, string[]> Told = new()
    {
        ["person_merge"] = ["person_id"],
        ["person"] = ["person_known", "birth_date", "sex", "sex_changed", "death_date", "death_minute"],
        ["insured_period"] = ["insured"],
        ["absence"] = ["abroad"],
        ["attachment"] = ["attached_to", "attached_on", "attached_by_application"],
        ["licence"] = ["licensed"],
        ["staff"] = ["doctor_known", "doctor_certified", "doctor_specialty"],
        ["contract_line"] = ["contracted", "contract_line_id"],
        ["tariff"] = ["tariff"],
        ["drg"] = ["tariff"],
        ["provider"] = ["provider_region", "provider_palliative"],
    };

    /// <summary>Months of which records are stored, the oldest first; none is paid yet, so all are open.</summary>
    public IReadOnlyList<DateOnly> OpenMonths()
    {
        using var context = folder.Accounts.Context();
        return [.. context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null).Select(f => f.Month).Distinct().ToList().Order()];
    }

    /// <summary>Refreshes one month: all of it or, when the process dies, nothing.</summary>
    [Law("MON-321:24")]
    public RefreshedMonth Refresh(DateOnly month)
    {
        using var held = folder.Hold();
        using var context = folder.Accounts.Context();
        var stage = folder.Stage();
        try
        {
            var id = (context.FactRefreshes.Max(r => (long?)r.Id) ?? 0) + 1;
            var last = context.Submissions.Max(s => (long?)s.Id) ?? 0;
            var next = (context.RecordFiles.Max(f => (long?)f.Id) ?? 0) + 1;
            var counts = Told.Keys.Prepend("changed").Prepend("kept").ToDictionary(n => n, _ => 0L);
            using var database = DuckDatabase.Open(Path.Combine(stage, "refresh.duckdb"), threads: 2, memoryMegabytes: 1800);
            using var connection = database.Connect();
            var admission = new Admission(folder, law, time);
            var references = admission.OpenReferences(connection, context);
            admission.CreateFrozen(connection, context, [month]);
            var days = AcceptanceDays(context);
            foreach (var file in context.RecordFiles.Where(f => f.RetiredBy == null && f.Month == month).OrderBy(f => f.Id).ToList())
            {
                if (!Compare(connection, folder.At(file.Path), references, days, counts))
                {
                    continue;
                }

                (file.RetiredBy, file.RetiredByRefresh) = (last, id);
                foreach (var written in Write(connection, stage, file))
                {
                    (written.Id, written.WrittenByRefresh) = (next++, id);
                    context.RecordFiles.Add(written);
                }
            }

            var (changed, kept) = (counts["changed"], counts["kept"]);
            var byRegister = Told.Keys.Where(r => counts[r] > 0).ToDictionary(r => r, r => counts[r]);
            if (changed > 0)
            {
                context.FactRefreshes.Add(new FactRefreshed
                {
                    Id = id,
                    Month = month,
                    RefreshedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    Changed = changed,
                    KeptAsEvidence = kept,
                    ByRegister = string.Join(", ", byRegister.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Key} {r.Value}"))),
                });
                context.SaveChanges();
            }

            return new RefreshedMonth(month, changed, kept, byRegister);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>The day on which each submission was accepted: a tariff announced later was not known to those who billed by the older one.</summary>
    private Dictionary<long, DateOnly> AcceptanceDays(AccountsContext context) =>
        context.Submissions.AsNoTracking().Select(s => new { s.Id, s.ReceivedAt }).ToDictionary(
            s => s.Id, s => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(s.ReceivedAt), time.LocalTimeZone).DateTime));

    /// <summary>Makes the table 'fresh' of a file's records with the facts of today, counts the differences, and says whether any record is to change.</summary>
    private bool Compare(DuckConnection connection, string path, HashSet<string> references, Dictionary<long, DateOnly> days, Dictionary<string, long> counts)
    {
        connection.Execute("DROP TABLE IF EXISTS changed; DROP TABLE IF EXISTS fresh");
        connection.Execute($"CREATE OR REPLACE TEMP VIEW stored AS SELECT * FROM read_parquet('{RuleWorker.Quoted(path)}')");
        var billed = string.Join(", ", LineColumns.Billed.Select(c => c.Name));
        var submissions = connection.QueryAll($"SELECT DISTINCT service_id // {Admission.RowsOfFile} FROM stored", r => r.Long(0));
        var made = false;
        foreach (var day in submissions.GroupBy(s => days[s]))
        {
            connection.Execute($"CREATE OR REPLACE TEMP VIEW staged_line AS SELECT {billed} FROM stored WHERE service_id // {Admission.RowsOfFile} IN ({string.Join(", ", day)})");
            connection.Execute("DROP TABLE IF EXISTS legal_value; DROP TABLE IF EXISTS calendar");
            RuleTables.CreateLists(connection, [], LegalTables.Of(law, day.Key));
            LineFacts.Find(connection, "faced_line", references, day.Key);
            connection.Execute((made ? "INSERT INTO fresh " : "CREATE TEMP TABLE fresh AS ") + $"SELECT {LineFacts.InOrder("f")} FROM faced_line AS f");
            connection.Execute("DROP TABLE faced_line");
            made = true;
        }

        string Differs(string column) => $"s.{column} IS DISTINCT FROM f.{column}";
        string Of(string register) => register switch { "tariff" => " AND s.drg_code IS NULL", "drg" => " AND s.drg_code IS NOT NULL", _ => "" };
        var columns = string.Join(", ", Told.Select(t => $"({string.Join(" OR ", t.Value.Select(Differs))}){Of(t.Key)} AS {t.Key}"));
        connection.Execute($"""
            CREATE TEMP TABLE changed AS
            SELECT s.service_id, z.service_id IS NOT NULL AS kept, {columns}
            FROM stored AS s JOIN fresh AS f ON f.service_id = s.service_id LEFT JOIN frozen AS z ON z.service_id = s.service_id
            WHERE {string.Join(" OR ", LineColumns.Facts.Select(c => Differs(c.Name)))}
            """);
        using var found = connection.Query($"""
            SELECT COUNT(*) FILTER (WHERE kept), COUNT(*) FILTER (WHERE NOT kept), {string.Join(", ", Told.Keys.Select(r => $"COUNT(*) FILTER (WHERE {r} AND NOT kept)"))} FROM changed
            """);
        found.Read();
        counts["kept"] += found.Long(0);
        counts["changed"] += found.Long(1);
        foreach (var (register, i) in Told.Keys.Select((r, i) => (r, i)))
        {
            counts[register] += found.Long(i + 2);
        }

        return found.Long(1) > 0;
    }

    /// <summary>Writes the records of a file with their fresh facts; a person whose number was replaced goes to the shard of the new one.</summary>
    private List<RecordFile> Write(DuckConnection connection, string stage, RecordFile old)
    {
        connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE refreshed AS
            SELECT * FROM fresh WHERE service_id IN (SELECT service_id FROM changed WHERE NOT kept)
            UNION ALL SELECT {LineFacts.InOrder("s")} FROM stored AS s WHERE service_id NOT IN (SELECT service_id FROM changed WHERE NOT kept)
            """);
        var shards = old.Shard == Admission.Unsharded ? [old.Shard] : connection.QueryAll($"SELECT DISTINCT {Admission.ShardOf} FROM refreshed ORDER BY 1", r => r.Int(0));
        var files = new List<RecordFile>();
        foreach (var shard in shards)
        {
            var part = Path.Combine(stage, "records.part");
            var lines = connection.Execute($"COPY (SELECT * FROM refreshed {(shard == Admission.Unsharded ? "" : $"WHERE {Admission.ShardOf} = {shard}")} ORDER BY service_id) TO '{RuleWorker.Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
            var path = folder.Keep(part, Path.GetDirectoryName(old.Path)!, shard == Admission.Unsharded ? "all-" : $"{shard}-", ".parquet", out var hash);
            files.Add(new RecordFile { Path = path, Hash = hash, Month = old.Month, Shard = shard, Lines = lines, AddedBy = old.AddedBy });
        }

        return files;
    }
}
