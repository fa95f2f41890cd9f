using System.Globalization;
using Kepil.DuckDb;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>Takes in a register that lines are compared with; the newest one counts, the older ones stay as history.</summary>
public sealed class ReferenceLoading(FundFolder folder, TimeProvider time)
{
    /// <summary>Registers of periods that are merged when they overlap, so that a line meets one period at most.</summary>
    /// <remarks>Journeys are merged only where one begins before the other ends: who came back and left again was at home in between.</remarks>
    private static readonly Dictionary<string, (string Key, int Gap)> Merged = new() { ["insured_period"] = ("person_id", 1), ["absence"] = ("person_id", -1), ["licence"] = ("provider_id, care_form", 1) };

    /// <param name="register">Name of the register.</param>
    /// <param name="staged">Parquet files with its columns.</param>
    public ReferenceFile Load(string register, IReadOnlyList<string> staged)
    {
        using var held = folder.Hold();
        return LoadHeld(register, staged);
    }

    /// <summary>Makes the next version of a register out of the one in force; no other process changes it in between.</summary>
    /// <param name="make">From the file in force, nothing when there is none, and a name for the new file; says whether it wrote one.</param>
    /// <returns>The new version; nothing when nothing changed.</returns>
    public ReferenceFile? Change(string register, Func<string?, string, bool> make)
    {
        using var held = folder.Hold();
        var stage = folder.Stage();
        try
        {
            string? inForce;
            using (var context = folder.Accounts.Context())
            {
                inForce = context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is { } path ? folder.At(path) : null;
            }

            var made = Path.Combine(stage, "changed.parquet");
            return make(inForce, made) ? LoadHeld(register, [made]) : null;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Makes the edition that counts out of the newest one that came; an edition that was made this way is told by its name and is never the ground of the next.</summary>
    /// <param name="mark">What the name says: made from payments, for one.</param>
    /// <inheritdoc cref="Change"/>
    public ReferenceFile? PutTogether(string register, string mark, Func<string?, string, bool> make)
    {
        using var held = folder.Hold();
        var stage = folder.Stage();
        try
        {
            var own = $"{register}.{mark}-";
            string? came;
            using (var context = folder.Accounts.Context())
            {
                came = context.ReferenceFiles.Where(r => r.Register == register).OrderByDescending(r => r.Id).Select(r => r.Path).ToList().Find(p => !Path.GetFileName(p).StartsWith(own, StringComparison.Ordinal));
            }

            var made = Path.Combine(stage, "together.parquet");
            return make(came is null ? null : folder.At(came), made) ? LoadHeld(register, [made], own) : null;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private ReferenceFile LoadHeld(string register, IReadOnlyList<string> staged, string? prefix = null)
    {
        var table = ReferenceTables.Named(register);
        var stage = folder.Stage();
        try
        {
            using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2500, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") });
            using var connection = database.Connect();
            var columns = string.Join(", ", table.Columns.Select(c => c.Name));
            var source = $"(SELECT {columns} FROM read_parquet({RuleWorker.FileList(staged)}, union_by_name = true))";
            var query = Merged.TryGetValue(register, out var merged) ? Islands(source, merged.Key, merged.Gap)
                : register == "attachment" ? Cut(source)
                : table.Columns[0].Required && register is "person" or "provider" or "person_merge" or "diagnosis" ? First(source, table.Columns[0].Name, columns)
                : $"SELECT DISTINCT {columns} FROM {source} AS s";
            var part = Path.Combine(stage, "register.part");
            var casts = string.Join(", ", table.Columns.Select(c => $"CAST(q.{c.Name} AS {LineColumns.Sql(c.Type)}) AS {c.Name}"));
            var rows = connection.Execute($"COPY (SELECT {casts} FROM ({query}) AS q) TO '{RuleWorker.Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
            var path = folder.Keep(part, "reference", prefix ?? register + "-", ".parquet", out var hash);
            using var context = folder.Accounts.Context();
            var file = new ReferenceFile
            {
                Id = (context.ReferenceFiles.Max(r => (long?)r.Id) ?? 0) + 1,
                Register = register,
                Path = path,
                Hash = hash,
                Rows = rows,
                LoadedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            foreach (var older in context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null))
            {
                older.ReplacedBy = file.Id;
            }

            context.ReferenceFiles.Add(file);
            context.SaveChanges();
            return file;
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Periods of one key joined where the next begins at most so many days after the end.</summary>
    private static string Islands(string source, string key, int gap) => $"""
        SELECT {key}, MIN(from_day) AS from_day, MAX(to_day) AS to_day
        FROM (SELECT *, SUM(begins) OVER (PARTITION BY {key} ORDER BY from_day, to_day ROWS UNBOUNDED PRECEDING) AS island
              FROM (SELECT *, CASE WHEN from_day <= MAX(LEAST(to_day, DATE '9999-12-30')) OVER (PARTITION BY {key} ORDER BY from_day, to_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + {gap} THEN 0 ELSE 1 END AS begins
                    FROM {source} AS s) AS b) AS i
        GROUP BY {key}, island
        """;

    /// <summary>One row of each key, in their order. Ranked, for what is ranked goes to the disk where memory is short, and the first of a group does not.</summary>
    private static string First(string source, string key, string columns) => $"""
        SELECT {columns} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {columns}) AS place FROM {source} AS s) AS r
        WHERE place = 1 ORDER BY {columns}
        """;

    /// <summary>An attachment ends where the next one begins.</summary>
    private static string Cut(string source) => $"""
        SELECT person_id, provider_id, from_day, LEAST(to_day, COALESCE(next_day - 1, to_day)) AS to_day, by_application
        FROM (SELECT *, LEAD(from_day) OVER (PARTITION BY person_id ORDER BY from_day, provider_id) AS next_day FROM {source} AS s) AS n
        WHERE next_day IS NULL OR next_day > from_day
        """;
}
