using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A check of one empty line that a waiting worker goes through before anybody asks it for one: what is loaded and compiled then, nobody waits for.</summary>
/// <remarks>It leaves nothing behind: its database is its own, and its folder is removed.</remarks>
internal static class RuleRehearsal
{
    /// <param name="folder">The folder that the worker may write.</param>
    public static void Run(string folder)
    {
        var stage = Directory.CreateDirectory(Path.Combine(folder, "rehearsal")).FullName;
        try
        {
            var line = Path.Combine(stage, "line.parquet");
            using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 64))
            using (var connection = database.Connect())
            {
                connection.Execute($"COPY (SELECT {string.Join(", ", LineColumns.All.Select(c => $"CAST(NULL AS {LineColumns.Sql(c.Type)}) AS {c.Name}"))}) TO '{RuleWorker.Quoted(line)}' (FORMAT parquet)");
            }

            var rules = new List<RuleTask> { new("lines", "SELECT s.service_id, s.person_id, 'x' AS evidence FROM monitored_service AS s WHERE s.service_id < 0", DateOnly.MinValue) };
            rules.AddRange(MonthView.All.Select(v => new RuleTask(v.Name, $"SELECT s.service_id, s.person_id, CAST(COUNT(*) AS varchar) AS evidence FROM monitored_service AS s JOIN {v.Name} AS v ON v.month = s.month GROUP BY s.service_id, s.person_id", DateOnly.MinValue)));
            var month = MonthRecords.Of(DateOnly.MinValue, line);
            new RuleJob(month, [month], new Dictionary<string, string> { ["register"] = line }, null, rules, stage, 1, 64, true, [line], 1).Write();
            RuleWorker.CheckNear(RuleJob.Read(stage), () => { }, _ => { });
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }
}
