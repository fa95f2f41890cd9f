using System.Globalization;
using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>A register that was read and found sound row by row, waiting to be admitted.</summary>
/// <param name="Staged">Parquet files of the sound rows: the billed columns but service_id, and row_number.</param>
/// <param name="Rejections">File of the rejected rows, or null when there are none.</param>
public sealed record StagedRegister(
    string FileName, string FileHash, string Original, IReadOnlyList<string> Staged, string? Rejections, long ProviderId, DateOnly Month, long Rows, long Sound, long Rejected);

/// <summary>What became of a register.</summary>
/// <param name="Already">True when the very file was taken in before; then nothing was added.</param>
/// <param name="FrozenLines">Row numbers and line ids refused because a finding has frozen them (MON-321:24).</param>
public sealed record Admitted(Submission Submission, bool Already, IReadOnlyList<(int Row, string LineId)> FrozenLines);

/// <summary>Takes sound rows into the records of the fund: once, with the facts of the registers, corrections as history, frozen lines refused.</summary>
public sealed class Admission(FundFolder folder, LawBook law, TimeProvider time)
{
    /// <summary>Shards of a month; a record lies in the shard of its person.</summary>
    public const int Shards = 8;

    /// <summary>Stands for the shard of a file too small to be cut.</summary>
    public const int Unsharded = -1;

    /// <summary>Lines of a month in one batch below which they stay in one file.</summary>
    private const int SmallMonth = 2_000;

    /// <summary>Rows of one file that its lines' numbers can tell apart.</summary>
    public const int RowsOfFile = 1 << 24;

    /// <summary>The shard of a person: by the serial digits of the number, for its last digit is the check digit.</summary>
    public const string ShardOf = "CAST((person_id // 10) % 8 AS INTEGER)";

    /// <summary>Admits registers as one batch: all of them or, when the process dies, none.</summary>
    public IReadOnlyList<Admitted> Admit(IReadOnlyList<StagedRegister> registers)
    {
        using var held = folder.Hold();
        using var context = folder.Accounts.Context();
        var hashes = registers.Select(r => r.FileHash).ToHashSet();
        var before = context.Submissions.Where(s => hashes.Contains(s.FileHash)).ToDictionary(s => s.FileHash);
        var next = (context.Submissions.Max(s => (long?)s.Id) ?? 0) + 1;
        var results = new Dictionary<StagedRegister, Admitted>();
        var fresh = new List<(StagedRegister Register, Submission Submission)>();
        foreach (var register in registers)
        {
            if (register.Sound >= RowsOfFile || register.Rows >= RowsOfFile)
            {
                throw new ArgumentException($"{register.FileName} has {register.Rows} rows, but a register may have {RowsOfFile - 1}; hand it in as several files.");
            }

            if (before.TryGetValue(register.FileHash, out var known))
            {
                results[register] = new Admitted(known, true, []);
                continue;
            }

            var submission = new Submission
            {
                Id = next++,
                FileName = register.FileName,
                FileHash = register.FileHash,
                ProviderId = register.ProviderId,
                Month = register.Month,
                Rows = register.Rows,
                Accepted = register.Sound,
                Rejected = register.Rejected,
                ReceivedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Rejections = "",
            };
            before[register.FileHash] = submission;
            fresh.Add((register, submission));
        }

        // Two files of a batch may bill the same line: then the later corrects the earlier, and they are taken one by one.
        var stage = folder.Stage();
        try
        {
            using var whole = context.Database.BeginTransaction();
            foreach (var part in Parts(fresh))
            {
                AdmitPart(part, stage, context, results);
            }

            whole.Commit();
        }
        finally
        {
            Directory.Delete(stage, true);
        }

        return [.. registers.Select(r => results[r])];
    }

    /// <summary>Cuts a batch so that within a part no line is billed twice: a file comes after those whose lines it bills again.</summary>
    private static IEnumerable<List<(StagedRegister Register, Submission Submission)>> Parts(List<(StagedRegister Register, Submission Submission)> fresh)
    {
        var step = new int[fresh.Count];
        if (fresh.Count > 1)
        {
            using var database = DuckDatabase.Open();
            using var connection = database.Connect();
            connection.Execute("CREATE TEMP TABLE source (path text, place integer)");
            for (var i = 0; i < fresh.Count; i++)
            {
                foreach (var path in fresh[i].Register.Staged)
                {
                    connection.Execute("INSERT INTO source VALUES ($1, $2)", path, i);
                }
            }

            var pairs = connection.QueryAll($"""
                WITH twice AS (SELECT provider_id, line_id, month FROM read_parquet({RuleWorker.FileList(fresh.SelectMany(f => f.Register.Staged))}) GROUP BY provider_id, line_id, month HAVING COUNT(*) > 1),
                     place AS (SELECT DISTINCT r.provider_id, r.line_id, r.month, s.place FROM read_parquet({RuleWorker.FileList(fresh.SelectMany(f => f.Register.Staged))}, filename = true) AS r
                               JOIN twice AS t ON t.provider_id = r.provider_id AND t.line_id = r.line_id AND t.month = r.month JOIN source AS s ON s.path = r.filename)
                SELECT DISTINCT a.place, b.place FROM place AS a JOIN place AS b ON a.provider_id = b.provider_id AND a.line_id = b.line_id AND a.month = b.month AND a.place < b.place ORDER BY 2, 1
                """, r => (Earlier: r.Int(0), Later: r.Int(1)));
            foreach (var (earlier, later) in pairs)
            {
                step[later] = Math.Max(step[later], step[earlier] + 1);
            }
        }

        return fresh.Select((f, i) => (File: f, Step: step[i])).GroupBy(f => f.Step).OrderBy(g => g.Key).Select(g => g.Select(f => f.File).ToList());
    }

    private void AdmitPart(List<(StagedRegister Register, Submission Submission)> part, string stage, AccountsContext context, Dictionary<StagedRegister, Admitted> results)
    {
        using var database = DuckDatabase.Open(Path.Combine(stage, $"admission-{part[0].Submission.Id}.duckdb"), threads: 2, memoryMegabytes: 1800);
        using var connection = database.Connect();
        var billed = LineColumns.Billed.Where(c => c.Name != "service_id").ToList();
        connection.Execute($"CREATE TEMP TABLE source (path text, submission_id bigint)");
        foreach (var (register, submission) in part)
        {
            foreach (var path in register.Staged)
            {
                connection.Execute("INSERT INTO source VALUES ($1, $2)", path, submission.Id);
            }
        }

        connection.Execute($"""
            CREATE TEMP TABLE incoming AS
            SELECT s.submission_id, r.row_number, {string.Join(", ", billed.Select(c => $"{Typed(c)} AS {c.Name}"))},
                   CAST(NULL AS text) AS fate, CAST(NULL AS bigint) AS replaces
            FROM read_parquet({RuleWorker.FileList(part.SelectMany(p => p.Register.Staged))}, filename = true) AS r
            JOIN source AS s ON s.path = r.filename
            """);
        // The hash of a number depends on its width, so both sides are of the stored type.
        static string Typed(LineColumn column) => $"CAST(r.{column.Name} AS {LineColumns.Sql(column.Type)})";

        var months = new List<DateOnly>();
        using (var found = connection.Query("SELECT DISTINCT month FROM incoming ORDER BY month"))
        {
            while (found.Read())
            {
                months.Add(found.Day(0));
            }
        }

        var files = context.RecordFiles.Where(f => f.RetiredBy == null && months.Contains(f.Month)).ToList();
        MeetStored(connection, context, files, months);
        connection.Execute($"""
            CREATE TEMP VIEW staged_line AS
            SELECT submission_id * {RowsOfFile} + row_number AS service_id, {string.Join(", ", billed.Select(c => c.Name))}
            FROM incoming WHERE fate IS NULL OR fate = 'corrected'
            """);
        var references = OpenReferences(connection, context);
        LineFacts.Find(connection, "faced_line", references, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        var added = Shard(connection, stage, context, files, part[^1].Submission.Id);
        Count(connection, part, results);
        foreach (var (register, submission) in part)
        {
            KeepFiles(register, submission);
            context.Submissions.Add(submission);
        }

        context.RecordFiles.AddRange(added);
        context.SaveChanges();
    }

    /// <summary>Tells of each incoming line whether the fund holds it, by provider, month and the provider's own id, for many count their lines anew each month: the same content changes nothing, another content is a correction, and a line with a finding is refused.</summary>
    [Law("MON-321:24")]
    private void MeetStored(DuckConnection connection, AccountsContext context, List<RecordFile> files, List<DateOnly> months)
    {
        if (files.Count == 0)
        {
            return;
        }

        var billed = LineColumns.Billed.Where(c => c.Name != "service_id").ToList();
        connection.Execute($"""
            CREATE TEMP TABLE stored AS
            SELECT k.service_id, k.provider_id, k.line_id, k.month, hash({string.Join(", ", billed.Select(c => "k." + c.Name))}) AS content
            FROM read_parquet({RuleWorker.FileList(files.Select(f => folder.At(f.Path)))}) AS k
            WHERE k.provider_id IN (SELECT DISTINCT provider_id FROM incoming)
            """);
        CreateFrozen(connection, context, months);
        connection.Execute($"""
            UPDATE incoming SET replaces = s.service_id,
                   fate = CASE WHEN s.content = hash({string.Join(", ", billed.Select(c => "incoming." + c.Name))}) THEN 'unchanged' WHEN z.service_id IS NOT NULL THEN 'frozen' ELSE 'corrected' END
            FROM stored AS s LEFT JOIN frozen AS z ON z.service_id = s.service_id
            WHERE s.provider_id = incoming.provider_id AND s.line_id = incoming.line_id AND s.month = incoming.month
            """);
    }

    /// <summary>Makes the table 'frozen': lines with a finding of the newest run of these months.</summary>
    [Law("MON-321:24")]
    internal void CreateFrozen(DuckConnection connection, AccountsContext context, IEnumerable<DateOnly> months)
    {
        var runs = months.Select(m => context.Runs.Where(r => r.Month == m).OrderByDescending(r => r.Id).FirstOrDefault()).OfType<MonitoringRun>()
            .Select(r => folder.At(r.Path, "finding.parquet")).Where(File.Exists).ToList();
        connection.Execute(runs.Count == 0
            ? "CREATE TEMP TABLE frozen (service_id bigint)"
            : $"CREATE TEMP TABLE frozen AS SELECT DISTINCT service_id FROM read_parquet({RuleWorker.FileList(runs)})");
    }

    /// <summary>Opens the registers that count under their names, beside the values of law.</summary>
    internal HashSet<string> OpenReferences(DuckConnection connection, AccountsContext context)
    {
        var loaded = new HashSet<string>();
        foreach (var reference in context.ReferenceFiles.Where(r => r.ReplacedBy == null))
        {
            connection.Execute($"CREATE TEMP VIEW {reference.Register} AS SELECT * FROM read_parquet('{RuleWorker.Quoted(folder.At(reference.Path))}')");
            loaded.Add(reference.Register);
        }

        RuleTables.CreateLists(connection, [], LegalTables.Of(law, DateOnly.FromDateTime(time.GetLocalNow().DateTime)));
        return loaded;
    }

    /// <summary>Writes the new records by month and shard, and writes anew, without the corrected lines, the files that held them.</summary>
    private List<RecordFile> Shard(DuckConnection connection, string stage, AccountsContext context, List<RecordFile> files, long by)
    {
        var next = (context.RecordFiles.Max(f => (long?)f.Id) ?? 0) + 1;
        var added = new List<RecordFile>();
        var groups = new List<(DateOnly Month, int Shard)>();
        // A handful of lines is not cut into shards: a history of many years would become thousands of tiny files.
        using (var found = connection.Query($"""
            SELECT DISTINCT f.month, CASE WHEN m.lines < {SmallMonth} THEN {Unsharded} ELSE {ShardOf} END
            FROM faced_line AS f JOIN (SELECT month, COUNT(*) AS lines FROM faced_line GROUP BY month) AS m ON m.month = f.month ORDER BY 1, 2
            """))
        {
            while (found.Read())
            {
                groups.Add((found.Day(0), found.Int(1)));
            }
        }

        foreach (var (month, shard) in groups)
        {
            Write($"SELECT {LineFacts.InOrder("f")} FROM faced_line AS f WHERE f.month = DATE '{month:yyyy-MM-dd}' {(shard == Unsharded ? "" : $"AND {ShardOf} = {shard}")}", month, shard);
        }

        if ((long)(connection.Scalar("SELECT COUNT(*) FROM incoming WHERE fate = 'corrected'") ?? 0L) > 0)
        {
            foreach (var file in files)
            {
                var path = RuleWorker.Quoted(folder.At(file.Path));
                var touched = (long)(connection.Scalar($"SELECT COUNT(*) FROM read_parquet('{path}') WHERE service_id IN (SELECT replaces FROM incoming WHERE fate = 'corrected')") ?? 0L);
                if (touched == 0)
                {
                    continue;
                }

                file.RetiredBy = by;
                if (touched < file.Lines)
                {
                    Write($"SELECT f.* FROM read_parquet('{path}') AS f WHERE f.service_id NOT IN (SELECT replaces FROM incoming WHERE fate = 'corrected')", file.Month, file.Shard);
                }
            }
        }

        return added;

        void Write(string query, DateOnly month, int shard)
        {
            var part = Path.Combine(stage, "records.part");
            var lines = connection.Execute($"COPY ({query}) TO '{RuleWorker.Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
            var path = folder.Keep(part, Path.Combine("records", month.ToString("yyyy-MM", CultureInfo.InvariantCulture)), shard == Unsharded ? "all-" : $"{shard}-", ".parquet", out var hash);
            added.Add(new RecordFile { Id = next++, Path = path, Hash = hash, Month = month, Shard = shard, Lines = lines, AddedBy = by });
        }
    }

    private static void Count(DuckConnection connection, List<(StagedRegister Register, Submission Submission)> part, Dictionary<StagedRegister, Admitted> results)
    {
        var frozen = part.ToDictionary(p => p.Submission.Id, _ => new List<(int, string)>());
        using (var refused = connection.Query("SELECT submission_id, row_number, line_id FROM incoming WHERE fate = 'frozen' ORDER BY 1, 2"))
        {
            while (refused.Read())
            {
                frozen[refused.Long(0)].Add((refused.Int(1), refused.Text(2)));
            }
        }

        using (var counts = connection.Query("""
            SELECT submission_id, COUNT(*) FILTER (WHERE fate = 'unchanged'), COUNT(*) FILTER (WHERE fate = 'corrected'), COUNT(*) FILTER (WHERE fate = 'frozen'),
                   CAST(COALESCE(SUM(amount) FILTER (WHERE fate IS NULL OR fate <> 'frozen'), 0) AS bigint)
            FROM incoming GROUP BY submission_id
            """))
        {
            while (counts.Read())
            {
                var submission = part.First(p => p.Submission.Id == counts.Long(0)).Submission;
                (submission.Unchanged, submission.Corrected, submission.Frozen, submission.Billed) = (counts.Long(1), counts.Long(2), counts.Long(3), counts.Long(4));
                submission.Accepted -= submission.Frozen;
                submission.Rejected += submission.Frozen;
            }
        }

        foreach (var (register, submission) in part)
        {
            results[register] = new Admitted(submission, false, frozen[submission.Id]);
        }
    }

    private void KeepFiles(StagedRegister register, Submission submission)
    {
        var original = folder.At("files", register.FileHash);
        if (!File.Exists(original) && File.Exists(register.Original))
        {
            var part = original + ".part";
            File.Copy(register.Original, part, true);
            File.Move(part, original, true);
        }

        if (register.Rejections is { } rejections && File.Exists(rejections))
        {
            submission.Rejections = Path.Combine("rejections", submission.Id.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(rejections));
            File.Copy(rejections, folder.At(submission.Rejections), true);
        }
    }
}
