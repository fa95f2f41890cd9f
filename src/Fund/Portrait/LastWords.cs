using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Monitoring;

namespace Kepil.Fund.Portrait;

/// <summary>The last payment for each person, and the last word of each source on his standing, in files beside the database: a night reads only what came since the night before.</summary>
internal sealed class LastWords(FundFolder folder, DeskStore desk)
{
    /// <summary>Columns person_id, month, id, kind of what a person or his work paid last.</summary>
    public string Payments(DuckConnection connection) => Grown(
        connection, "payments", "contribution", "AND refunds IS NULL AND amount > 0 AND kind NOT IN ('state', 'local_budget')",
        [("month", DuckType.Date), ("kind", DuckType.Text)], "person_id");

    /// <summary>Columns person_id, id, word, from_day, to_day, source, withdrawn; nothing while no source told any.</summary>
    public string? Standings(DuckConnection connection)
    {
        var file = Times(connection, "standings", "standing");
        return connection.QueryAll($"SELECT COUNT(*) FROM read_parquet('{RuleWorker.Quoted(file)}')", r => r.Long(0))[0] == 0 ? null : file;
    }

    /// <summary>The same columns of categories; without a row while no source told any.</summary>
    public string Categories(DuckConnection connection) => Times(connection, "categories", "category");

    private string Times(DuckConnection connection, string name, string kind) => Grown(
        connection, name, "person_time", $"AND kind = '{kind}'",
        [("word", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("source", DuckType.Text), ("withdrawn", DuckType.Integer)], "person_id, word, from_day, source");

    /// <summary>The file of the last rows by a key, grown by the rows that the database has got since; its name says up to which.</summary>
    private string Grown(DuckConnection connection, string name, string table, string only, (string Name, DuckType Type)[] columns, string key)
    {
        var place = Directory.CreateDirectory(folder.At("portrait")).FullName;
        var before = Directory.GetFiles(place, name + "-*.parquet").Select(f => (File: f, Mark: MarkOf(f))).OrderByDescending(f => f.Mark).ToList();
        using var context = desk.Context();
        using var source = DeskSource.Of(context).Open();
        var last = DeskRows.Query(source, null, $"SELECT COALESCE(MAX(id), 0) FROM {table}", r => r.GetInt64(0))[0];
        // The mark of a database that was restored from an older copy lies behind the file's: the file is made anew.
        var from = before is [var newest, ..] && newest.Mark <= last ? newest : (File: null, Mark: 0L);
        if (from.File is not null && from.Mark == last)
        {
            return from.File;
        }

        var fresh = "fresh_" + name;
        connection.Execute($"CREATE TEMP TABLE {fresh} (person_id bigint, id bigint, {string.Join(", ", columns.Select(c => $"{c.Name} {(c.Type == DuckType.Date ? "date" : c.Type == DuckType.Integer ? "integer" : "varchar")}"))})");
        using (var rows = connection.Append(fresh, [DuckType.BigInt, DuckType.BigInt, .. columns.Select(c => c.Type)]))
        using (var command = DeskRows.Command(source, null, $"SELECT person_id, id, {string.Join(", ", columns.Select(c => c.Name))} FROM {table} WHERE id > @p0 AND id <= @p1 {only}", from.Mark, last))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                rows.Add(reader.GetInt64(0));
                rows.Add(reader.GetInt64(1));
                for (var i = 0; i < columns.Length; i++)
                {
                    switch (columns[i].Type)
                    {
                        case DuckType.Date: rows.Add(reader.IsDBNull(i + 2) ? null : (DateOnly?)DateOnly.ParseExact(reader.GetString(i + 2), "yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
                        case DuckType.Integer: rows.Add(reader.GetInt32(i + 2)); break;
                        default: rows.Add(reader.GetString(i + 2)); break;
                    }
                }

                rows.EndRow();
            }

            rows.Complete();
        }

        var file = Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{name}-{last}.parquet"));
        var all = from.File is null ? fresh : $"(SELECT * FROM {fresh} UNION ALL BY NAME SELECT * FROM read_parquet('{RuleWorker.Quoted(from.File)}'))";
        var order = columns[0].Name == "month" ? "month DESC, id DESC" : "id DESC";
        connection.Execute($"COPY (SELECT * FROM {all} AS a QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order}) = 1) TO '{RuleWorker.Quoted(file + ".new")}' (FORMAT parquet)");
        File.Move(file + ".new", file, overwrite: true);
        foreach (var old in before.Where(b => b.File != file))
        {
            File.Delete(old.File);
        }

        return file;
    }

    private static long MarkOf(string file) => long.TryParse(Path.GetFileNameWithoutExtension(file).Split('-')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : -1;
}
