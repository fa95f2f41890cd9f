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

/// <summary>The working copy of a month's records: the same rows as in the Parquet files, in DuckDB's own form, sorted by form of care and service so that a rule passes over what does not concern it.</summary>
/// <remarks>The Parquet files remain what counts; a copy may be deleted at any time and is then made anew. Rules read it several times faster than Parquet: nothing to unpack, and services of one kind lie together.</remarks>
public static class RecordCopy
{
    /// <summary>How a copy is laid out; one of another form is not read.</summary>
    public static string Form { get; } = "form-3-" + MonthView.Form;

    /// <summary>Makes a copy.</summary>
    /// <param name="path">The file to write; it must not exist.</param>
    /// <param name="parts">The files whose rows it holds.</param>
    /// <param name="spill">Folder for what does not fit into memory.</param>
    public static void Make(string path, IReadOnlyList<RecordPart> parts, string spill, int threads, int memoryMegabytes)
    {
        using var database = DuckDatabase.Open(path, threads, memoryMegabytes, new Dictionary<string, string>
        {
            ["temp_directory"] = spill,
            // Nobody but this version reads it; its newest form keeps the words of a column once, and compares them once.
            ["storage_compatibility_version"] = "latest",
        });
        using var connection = database.Connect();
        connection.Execute($"""
            CREATE TABLE record AS
            SELECT r.*, CAST(([{string.Join(", ", parts.Select(p => p.Id))}])[CAST(r.file_index AS bigint) + 1] AS bigint) AS file_id
            FROM read_parquet({RuleWorker.FileList(parts.Select(p => p.Path))}) AS r
            ORDER BY r.care_form, r.service_code, r.provider_id
            """);
        connection.Execute("CREATE TEMP VIEW known_service AS SELECT * EXCLUDE (file_id) FROM record");
        foreach (var view in MonthView.All)
        {
            connection.Execute($"CREATE TABLE {view.Name} AS {view.Sql}");
        }

        connection.Execute("CHECKPOINT");
    }

    /// <summary>The table of a month's copy, once the copy is open.</summary>
    internal static string TableOf(MonthRecords month) => $"copy_{month.Month:yyyyMM}.record";

    /// <summary>The condition that leaves out rows that were replaced since; nothing where there are none.</summary>
    internal static string Standing(MonthRecords month, string before) => month.Withdrawn.Count == 0 ? "" : $"{before}file_id NOT IN ({string.Join(", ", month.Withdrawn)})";

    /// <summary>Shows the month views that the copy holds, where it holds the very records of the month.</summary>
    /// <param name="month">A month whose copy <see cref="Show"/> opened.</param>
    public static void ShowViews(DuckConnection connection, MonthRecords month)
    {
        if (month.Copy is null || month.Withdrawn.Count > 0 || month.Files.Count > 0)
        {
            return;
        }

        foreach (var view in MonthView.All)
        {
            connection.Execute($"CREATE VIEW {view.Name} AS SELECT * FROM copy_{month.Month:yyyyMM}.{view.Name}");
        }
    }

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
