using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Monitoring;
using Kepil.Tests.Law;

namespace Kepil.Tests.Accounts;

/// <summary>A line as a provider bills it; what a test does not name is an ordinary visit.</summary>
internal sealed record BilledLine(string LineId, long Amount = 1_000_000, long ProviderId = 990440000385, long StatedId = 800101300016, string CareForm = "specialist", string Package = "mams")
{
    public DateOnly Month { get; init; } = new(2026, 10, 1);

    public DateOnly StartedOn { get; init; } = new(2026, 10, 15);

    public string? ServiceCode { get; init; } = "A02.001.000";

    public string? Outcome { get; init; }

    public string Diagnosis { get; init; } = "Z00.0";

    public int? BedDays { get; init; }

    public object? Column(string name) => name switch
    {
        "line_id" => LineId,
        "provider_id" => ProviderId,
        "month" => Month,
        "package" => Package,
        "care_form" => CareForm,
        "contract" => "C-1",
        "stated_id" => StatedId,
        "service_code" => ServiceCode,
        "started_on" or "ended_on" => StartedOn,
        "quantity" => 1,
        "price" or "amount" => Amount,
        "patient_paid" => 0L,
        "diagnosis" => Diagnosis,
        "outcome" => Outcome,
        "bed_days" => BedDays,
        "newborn" => false,
        _ => null,
    };
}

/// <summary>A fund in a folder of its own, with registers staged by a test.</summary>
internal sealed class TrialFund : IDisposable
{
    private readonly bool _own;

    /// <param name="path">The folder; null: a new one, which goes with this object.</param>
    /// <param name="accounts">Where the accounts lie; null: SQLite in the folder.</param>
    public TrialFund(string? path = null, string? accounts = null)
    {
        _own = path is null;
        Folder = FundFolder.Open(path ?? Directory.CreateTempSubdirectory("kepil-fund-").FullName, accounts ?? "sqlite");
    }

    public FundFolder Folder { get; }

    public DayClock Clock { get; } = new(new DateOnly(2026, 11, 5));

    public IReadOnlyList<Admitted> Admit(params StagedRegister[] registers) => new Admission(Folder, TheLaw.Book, Clock).Admit(registers);

    public Admitted Admit(string file, params BilledLine[] lines) => Admit(Staged(file, lines))[0];

    /// <summary>A register of sound lines and of so many rejected ones.</summary>
    public StagedRegister Staged(string file, IReadOnlyList<BilledLine> lines, int rejected = 0)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder.Path, "staged")).FullName;
        var path = Path.Combine(folder, file + ".parquet");
        var original = Path.Combine(folder, file);
        var text = file + "\n" + string.Join('\n', lines.Select(l => l.ToString()));
        File.WriteAllText(original, text);
        WriteParquet(path, [.. LineColumns.Billed.Where(c => c.Name != "service_id"), new LineColumn("row_number", DuckType.Integer)],
            lines.Select((l, i) => (IReadOnlyList<object?>)[.. LineColumns.Billed.Where(c => c.Name != "service_id").Select(c => l.Column(c.Name)), i + 1]));
        return new StagedRegister(
            file, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), original, [path], null,
            lines.Count > 0 ? lines[0].ProviderId : 0, lines.Count > 0 ? lines[0].Month : new DateOnly(2026, 10, 1), lines.Count + rejected, lines.Count, rejected);
    }

    /// <summary>Loads a reference register from rows of its columns.</summary>
    public ReferenceFile Load(string register, params object?[][] rows)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder.Path, "staged")).FullName, register + Guid.NewGuid().ToString("n") + ".parquet");
        WriteParquet(path, ReferenceTables.Named(register).Columns, rows);
        return new ReferenceLoading(Folder, Clock).Load(register, [path]);
    }

    /// <summary>Rows of the files that count, or of those that corrections retired, in the order of the query.</summary>
    public List<string> Lines(string columns = "line_id, amount", bool retired = false)
    {
        using var context = Folder.Accounts.Context();
        var files = context.RecordFiles.ToList().Where(f => f.RetiredBy is null != retired).Select(f => Folder.At(f.Path)).ToList();
        if (files.Count == 0)
        {
            return [];
        }

        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        using var rows = connection.Query($"SELECT {columns} FROM read_parquet({RuleWorker.FileList(files)}) ORDER BY ALL");
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(string.Join(' ', rows.Columns.Select((_, i) => rows[i] switch { null => "null", DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), bool flag => flag ? "true" : "false", var v => Convert.ToString(v, CultureInfo.InvariantCulture) })));
        }

        return lines;
    }

    public List<Submission> Submissions()
    {
        using var context = Folder.Accounts.Context();
        return [.. context.Submissions.OrderBy(s => s.Id)];
    }

    public List<RecordFile> RecordFiles()
    {
        using var context = Folder.Accounts.Context();
        return [.. context.RecordFiles.OrderBy(f => f.Id)];
    }

    /// <summary>Every record file lies where the accounts say, holds what its name says and as many lines as they say.</summary>
    public List<string> Faults()
    {
        var faults = new List<string>();
        foreach (var file in RecordFiles())
        {
            var path = Folder.At(file.Path);
            if (!File.Exists(path))
            {
                faults.Add($"{file.Path} is not there");
                continue;
            }

            var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
            using var connection = database.Connect();
            var lines = (long)connection.Scalar($"SELECT COUNT(*) FROM read_parquet('{path}')")!;
            if (hash != file.Hash || !file.Path.Contains(hash[..24], StringComparison.Ordinal) || lines != file.Lines)
            {
                faults.Add($"{file.Path} holds {lines} lines of {file.Lines} and has the hash {hash}");
            }
        }

        return faults;
    }

    public void Dispose()
    {
        if (_own)
        {
            Directory.Delete(Folder.Path, true);
        }
    }

    private static void WriteParquet(string path, IReadOnlyList<LineColumn> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        RuleTables.Fill(connection, "staged", columns, rows);
        connection.Execute($"COPY staged TO '{path}' (FORMAT parquet)");
    }
}

/// <summary>A clock that stands on a day until a test moves it.</summary>
internal sealed class DayClock(DateOnly day) : TimeProvider
{
    public DateOnly Day { get; set; } = day;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
}
