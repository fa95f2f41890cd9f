using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Bench;

/// <summary>Makes many oblasts out of one: the records and registers of a fund so many times over, each time with persons, doctors, providers, contracts and lines of its own.</summary>
/// <remarks>Densities stay: as many lines a person, a doctor and a provider as before, and as many breaches. Lists, tariffs and the law are the same for all.</remarks>
internal static class Oblasts
{
    private static readonly HashSet<string> People = ["person_id", "stated_id", "doctor_id", "old_id", "parent_id", "payer_id"];

    private static readonly HashSet<string> Providers = ["provider_id", "referrer_id", "attached_to"];

    private static readonly HashSet<string> Lines = ["service_id", "contract_line_id"];

    private static readonly HashSet<string> Texts = ["line_id", "contract"];

    public static void Multiply(FundFolder folder, int times, string spill)
    {
        using var context = folder.Accounts.Context();
        var records = context.RecordFiles.Where(f => f.RetiredBy == null).ToList();
        var registers = context.ReferenceFiles.Where(r => r.ReplacedBy == null).ToList();
        using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2600, settings: new Dictionary<string, string> { ["temp_directory"] = spill });
        using var connection = database.Connect();
        Number(connection, folder, records, registers);
        connection.Execute($"CREATE TABLE oblast AS SELECT CAST(o.range AS bigint) AS k FROM range({times}) AS o");
        foreach (var file in records)
        {
            file.Lines = Write(connection, folder.At(file.Path), LineColumns.All, times);
        }

        foreach (var file in registers)
        {
            var columns = ReferenceTables.Named(file.Register).Columns;
            if (columns.Any(c => Shift(c.Name, times) is not null))
            {
                file.Rows = Write(connection, folder.At(file.Path), columns, times);
            }
        }

        context.SaveChanges();
    }

    /// <summary>Gives every person and every provider a place, from which the numbers of the further ones are counted.</summary>
    private static void Number(DuckConnection connection, FundFolder folder, IEnumerable<RecordFile> records, IEnumerable<ReferenceFile> registers)
    {
        string All(IReadOnlySet<string> names) => string.Join(" UNION ", records.Select(f => (f.Path, Columns: LineColumns.All)).Concat(registers.Select(f => (f.Path, ReferenceTables.Named(f.Register).Columns)))
            .SelectMany(f => f.Columns.Where(c => names.Contains(c.Name)).Select(c => $"SELECT DISTINCT {c.Name} AS id FROM read_parquet('{RuleWorker.Quoted(folder.At(f.Path))}')")));
        connection.Execute($"CREATE TABLE people AS SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM ({All(People)}) AS a WHERE id IS NOT NULL");
        connection.Execute($"CREATE TABLE providers AS SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM ({All(Providers)}) AS a WHERE id IS NOT NULL");
    }

    private static long Write(DuckConnection connection, string path, IReadOnlyList<LineColumn> columns, int times)
    {
        var joins = string.Join('\n', columns.Select(c => People.Contains(c.Name) ? $"LEFT JOIN people AS n_{c.Name} ON n_{c.Name}.id = r.{c.Name}"
            : Providers.Contains(c.Name) ? $"LEFT JOIN providers AS n_{c.Name} ON n_{c.Name}.id = r.{c.Name}" : "").Where(j => j.Length > 0));
        var select = string.Join(", ", columns.Select(c => Shift(c.Name, times) is { } shifted ? $"CAST({shifted} AS {LineColumns.Sql(c.Type)}) AS {c.Name}" : $"r.{c.Name}"));
        var part = path + ".part";
        var rows = connection.Execute($"COPY (SELECT {select} FROM read_parquet('{RuleWorker.Quoted(path)}') AS r\n{joins}\nCROSS JOIN oblast AS o) TO '{RuleWorker.Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
        File.Move(part, path, true);
        return rows;
    }

    /// <summary>The value of a column in oblast k; null where all oblasts have the same. Numbers lie as far apart as those of a country's people do, and foreign ones stay foreign.</summary>
    private static string? Shift(string column, int times) =>
        People.Contains(column) ? string.Create(CultureInfo.InvariantCulture, $"(n_{column}.place * {times} + o.k) * 9973 + CASE WHEN r.{column} >= 1000000000000 THEN 1000000000000 ELSE 0 END")
        : Providers.Contains(column) ? string.Create(CultureInfo.InvariantCulture, $"(n_{column}.place * {times} + o.k) * 997 + 100000000")
        : Lines.Contains(column) ? string.Create(CultureInfo.InvariantCulture, $"r.{column} * {times} + o.k")
        : Texts.Contains(column) ? $"r.{column} || '/' || o.k"
        : null;
}
