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

        if (fresh.Count > 0)
        {
            var stage = folder.Stage();
            try
            {
                using var whole = context.Database.BeginTransaction();
                AdmitFresh(fresh, stage, context, results);
                whole.Commit();
            }
            finally
            {
                Directory.Delete(stage, true);
            }
        }

        return [.. registers.Select(r => results[r])];
    }

    private void AdmitFresh(List<(StagedRegister Register, Submission Submission)> fresh, string stage, AccountsContext context, Dictionary<StagedRegister, Admitted> results)
    {
        using var database = DuckDatabase.Open(Path.Combine(stage, "admission.duckdb"), threads: 2, memoryMegabytes: 1800);
        using var connection = database.Connect();
        Show(connection, fresh);
        var months = connection.QueryAll("SELECT DISTINCT month FROM incoming ORDER BY month", r => r.Day(0)).ToList();
        var files = context.RecordFiles.Where(f => f.RetiredBy == null && months.Contains(f.Month)).ToList();
        var frozen = Frozen(context, months);
        var met = LinesMet.Among(connection, [.. files.Select(f => folder.At(f.Path))], frozen);
        connection.Execute($"CREATE TEMP VIEW staged_line AS SELECT i.* FROM incoming AS i {(met.LeftOut ? "ANTI JOIN (SELECT service_id FROM met WHERE fate IN ('unchanged', 'frozen')) AS o ON o.service_id = i.service_id" : "")}");
        var facts = LineFacts.Query(OpenReferences(connection, context), DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        var added = Shard(connection, stage, facts, met);
        if (met.Replaced.Count > 0)
        {
            added.AddRange(WriteAnew(connection, stage, files, met));
        }

        var last = fresh[^1].Submission.Id;
        var next = (context.RecordFiles.Max(f => (long?)f.Id) ?? 0) + 1;
        foreach (var file in added)
        {
            (file.Id, file.AddedBy) = (next++, last);
        }

        foreach (var file in files.Where(f => met.Replaced.ContainsKey(folder.At(f.Path))).Concat(added.Where(f => f.RetiredBy is not null)))
        {
            file.RetiredBy = last;
        }

        Count(connection, fresh, met, results);
        foreach (var (register, submission) in fresh)
        {
            KeepFiles(register, submission);
            context.Submissions.Add(submission);
        }

        context.RecordFiles.AddRange(added);
        context.SaveChanges();
    }

    /// <summary>Shows the sound rows of a batch as the view 'incoming': the billed columns, the number of each line telling its register and row.</summary>
    private static void Show(DuckConnection connection, List<(StagedRegister Register, Submission Submission)> fresh)
    {
        var staged = fresh.SelectMany(f => f.Register.Staged.Select(path => (path, f.Submission.Id))).ToList();
        // The hash of a number depends on its width, so all lines are of the stored types.
        var columns = LineColumns.Billed.Where(c => c.Name != "service_id").Select(c => $"CAST({c.Name} AS {LineColumns.Sql(c.Type)}) AS {c.Name}");
        connection.Execute($"""
            CREATE TEMP VIEW incoming AS
            SELECT list_extract([{string.Join(", ", staged.Select(s => s.Id))}]::BIGINT[], CAST(file_index AS BIGINT) + 1) * {RowsOfFile} + row_number AS service_id, {string.Join(", ", columns)}
            FROM read_parquet({RuleWorker.FileList(staged.Select(s => s.path))})
            """);
    }

    /// <summary>Makes the table 'frozen': lines with a finding of the newest run of these months.</summary>
    [Law("MON-321:24")]
    internal void CreateFrozen(DuckConnection connection, AccountsContext context, IEnumerable<DateOnly> months) =>
        connection.Execute($"CREATE TEMP TABLE frozen AS {Frozen(context, months)}");

    /// <summary>The query that gives the numbers of those lines.</summary>
    [Law("MON-321:24")]
    private string Frozen(AccountsContext context, IEnumerable<DateOnly> months)
    {
        var runs = months.Select(m => context.Runs.Where(r => r.Month == m).OrderByDescending(r => r.Id).FirstOrDefault()).OfType<MonitoringRun>()
            .Select(r => folder.At(r.Path, "finding.parquet")).Where(File.Exists).ToList();
        return runs.Count == 0 ? "SELECT CAST(NULL AS bigint) AS service_id WHERE FALSE" : $"SELECT DISTINCT service_id FROM read_parquet({RuleWorker.FileList(runs)})";
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

    /// <summary>Writes the new records by month and shard, in one pass; versions of a line that a later file of the same batch corrects go into files of their own, retired at once.</summary>
    private List<RecordFile> Shard(DuckConnection connection, string stage, string facts, LinesMet met)
    {
        // A handful of lines is not cut into shards: a history of many years would become thousands of tiny files.
        var small = connection.QueryAll($"SELECT month FROM staged_line GROUP BY month HAVING COUNT(*) < {SmallMonth} ORDER BY month", r => $"DATE '{r.Day(0):yyyy-MM-dd}'");
        var shard = small.Count > 0 ? $"CASE WHEN f.month IN ({string.Join(", ", small)}) THEN {Unsharded} ELSE {ShardOf} END" : ShardOf;
        var old = met.Superseded ? "f.service_id IN (SELECT service_id FROM met WHERE superseded AND incoming)" : "FALSE";
        var cut = Path.Combine(stage, "cut");
        // Month, shard and whether it is retired, in one number.
        connection.Execute($"""
            COPY (SELECT {LineFacts.InOrder("f")}, CAST(((date_part('year', f.month) * 12 + date_part('month', f.month) - 1) * {Shards + 1} + {shard} + 1) * 2 + CAST({old} AS INTEGER) AS INTEGER) AS cut FROM ({facts}) AS f)
            TO '{RuleWorker.Quoted(cut)}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (cut))
            """);
        var parts = Directory.Exists(cut) ? Directory.GetFiles(cut, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList() : [];
        return [.. parts.Select(part =>
        {
            var number = int.Parse(Path.GetFileName(Path.GetDirectoryName(part)!)["cut=".Length..], CultureInfo.InvariantCulture);
            var (month, inMonth) = Math.DivRem(number / 2, Shards + 1);
            var file = Keep(connection, part, new DateOnly(month / 12, (month % 12) + 1, 1), inMonth - 1);
            file.RetiredBy = number % 2 == 1 ? 0 : null;
            return file;
        })];
    }

    /// <summary>Writes anew, without the corrected lines, the files that held them.</summary>
    private List<RecordFile> WriteAnew(DuckConnection connection, string stage, List<RecordFile> files, LinesMet met)
    {
        var added = new List<RecordFile>();
        foreach (var file in files)
        {
            var path = folder.At(file.Path);
            if (met.Replaced.TryGetValue(path, out var touched) && touched < file.Lines)
            {
                var part = Path.Combine(stage, "records.part");
                connection.Execute($"COPY (SELECT f.* FROM read_parquet('{RuleWorker.Quoted(path)}') AS f WHERE f.service_id NOT IN (SELECT service_id FROM met WHERE superseded)) TO '{RuleWorker.Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
                added.Add(Keep(connection, part, file.Month, file.Shard));
            }
        }

        return added;
    }

    private RecordFile Keep(DuckConnection connection, string part, DateOnly month, int shard)
    {
        var lines = Convert.ToInt64(connection.Scalar($"SELECT num_rows FROM parquet_file_metadata('{RuleWorker.Quoted(part)}')"), CultureInfo.InvariantCulture);
        var path = folder.Keep(part, Path.Combine("records", month.ToString("yyyy-MM", CultureInfo.InvariantCulture)), shard == Unsharded ? "all-" : $"{shard}-", ".parquet", out var hash);
        return new RecordFile { Path = path, Hash = hash, Month = month, Shard = shard, Lines = lines };
    }

    private static void Count(DuckConnection connection, List<(StagedRegister Register, Submission Submission)> fresh, LinesMet met, Dictionary<StagedRegister, Admitted> results)
    {
        var submissions = fresh.ToDictionary(f => f.Submission.Id, f => f.Submission);
        var frozen = submissions.Keys.ToDictionary(id => id, _ => new List<(int, string)>());
        foreach (var (id, billed) in connection.QueryAll($"SELECT service_id // {RowsOfFile}, CAST(SUM(amount) AS bigint) FROM incoming GROUP BY 1", r => (r.Long(0), r.Long(1))))
        {
            submissions[id].Billed = billed;
        }

        foreach (var line in met.Read(connection))
        {
            var (id, row) = Math.DivRem(line.Number, RowsOfFile);
            var submission = submissions[id];
            switch (line.Fate)
            {
                case "unchanged":
                    submission.Unchanged++;
                    break;
                case "corrected":
                    submission.Corrected++;
                    break;
                default:
                    submission.Frozen++;
                    submission.Accepted--;
                    submission.Rejected++;
                    submission.Billed -= line.Amount;
                    frozen[id].Add(((int)row, line.LineId));
                    break;
            }
        }

        foreach (var (register, submission) in fresh)
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
