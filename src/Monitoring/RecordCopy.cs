using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A file of records with the number that the accounts give it.</summary>
public sealed record RecordPart(long Id, string Path, int Shard);

/// <summary>Where the records of one month lie for the rules: a working copy of most of them, and the files that came since.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Copy">A DuckDB file made by <see cref="RecordCopy"/>, or null when the month is small.</param>
/// <param name="Withdrawn">Numbers of files that the copy still holds and that were replaced since.</param>
/// <param name="Files">Parquet files that the copy does not hold.</param>
public sealed record MonthRecords(DateOnly Month, string? Copy, IReadOnlyList<long> Withdrawn, IReadOnlyList<string> Files)
{
    /// <summary>A month that lies in Parquet files only.</summary>
    public static MonthRecords Of(DateOnly month, params IReadOnlyList<string> files) => new(month, null, [], files);
}

/// <summary>The working copy of a month's records: the same rows as in the Parquet files, in DuckDB's own form, sorted so that a rule passes over what does not concern it.</summary>
/// <remarks>The Parquet files remain what counts; a copy may be deleted at any time and is then made anew. Rules read it several times faster than Parquet: nothing to unpack, and services of one kind lie together.</remarks>
public static class RecordCopy
{
    /// <summary>Makes a copy.</summary>
    /// <param name="path">The file to write; it must not exist.</param>
    /// <param name="parts">The files whose rows it holds.</param>
    /// <param name="spill">Folder for what does not fit into memory.</param>
    public static void Make(string path, IReadOnlyList<RecordPart> parts, string spill, int threads, int memoryMegabytes)
    {
        using var database = DuckDatabase.Open(path, threads, memoryMegabytes, new Dictionary<string, string> { ["temp_directory"] = spill });
        using var connection = database.Connect();
        RuleTables.Fill(connection, "source", [new("path", DuckType.Text), new("file_id", DuckType.BigInt)], parts.Select(p => (IReadOnlyList<object?>)[p.Path, p.Id]), temporary: true);
        var made = false;
        foreach (var shard in parts.GroupBy(p => p.Shard).OrderBy(g => g.Key))
        {
            // A shard at a time, so that the sort fits into memory whatever the size of the month.
            var rows = $"""
                SELECT r.* EXCLUDE (filename), s.file_id
                FROM read_parquet({RuleWorker.FileList(shard.Select(p => p.Path))}, filename = true) AS r JOIN source AS s ON s.path = r.filename
                ORDER BY r.care_form, r.service_code, r.started_on
                """;
            connection.Execute(made ? $"INSERT INTO record {rows}" : $"CREATE TABLE record AS {rows}");
            made = true;
        }

        connection.Execute("CHECKPOINT");
    }

    /// <summary>The table of a month's copy, once the copy is open.</summary>
    internal static string TableOf(MonthRecords month) => $"copy_{month.Month:yyyyMM}.record";

    /// <summary>The condition that leaves out rows that were replaced since; nothing where there are none.</summary>
    internal static string Standing(MonthRecords month, string before) => month.Withdrawn.Count == 0 ? "" : $"{before}file_id NOT IN ({string.Join(", ", month.Withdrawn)})";

    /// <summary>Opens the copy of a month, if it has one, and makes the view of all its records.</summary>
    /// <returns>The name of the view.</returns>
    public static string Show(DuckConnection connection, MonthRecords month)
    {
        var name = $"records_{month.Month:yyyyMM}";
        var sources = new List<string>();
        if (month.Copy is { } copy)
        {
            connection.Execute($"ATTACH '{RuleWorker.Quoted(copy)}' AS copy_{month.Month:yyyyMM} (READ_ONLY)");
            sources.Add($"SELECT * EXCLUDE (file_id) FROM {TableOf(month)}{Standing(month, " WHERE ")}");
        }

        if (month.Files.Count > 0)
        {
            sources.Add($"SELECT * FROM read_parquet({RuleWorker.FileList(month.Files)})");
        }

        connection.Execute($"CREATE VIEW {name} AS {string.Join(" UNION ALL ", sources)}");
        return name;
    }
}
