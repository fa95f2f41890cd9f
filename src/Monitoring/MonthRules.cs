using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>Runs the rules of a job over a whole month, several at once.</summary>
/// <remarks>Each lane is a database of its own with its share of processors and memory: two rules on one processor each end sooner than one after the other on two, as not all of a query runs in parallel. What fails in a lane runs again alone with all there is, so that none fails for the memory that another took.</remarks>
internal static class MonthRules
{
    /// <summary>Tells each rule as <see cref="RuleWorker.Run"/> does.</summary>
    public static void Run(RuleJob job)
    {
        var rules = new ConcurrentQueue<RuleTask>(job.Rules);
        var again = new ConcurrentQueue<RuleTask>();
        var lanes = Math.Max(1, Math.Min(job.Lanes, Math.Min(job.Threads, job.Rules.Count)));
        var others = Enumerable.Range(2, lanes - 1).Select(n => new Thread(() => Lane(n))).ToList();
        others.ForEach(t => t.Start());
        Lane(1);
        others.ForEach(t => t.Join());
        if (!again.IsEmpty)
        {
            Each(1, job.Threads, job.MemoryMegabytes, again, (rule, failure) => RuleWorker.Say($"failed {rule.Id} {failure}"));
        }

        void Lane(int lane) => Each(lane, job.Threads / lanes, job.MemoryMegabytes / lanes, rules, (rule, failure) =>
        {
            if (lanes == 1)
            {
                RuleWorker.Say($"failed {rule.Id} {failure}");
                return;
            }

            RuleWorker.Say($"later {rule.Id}");
            again.Enqueue(rule);
        });

        void Each(int lane, int threads, int memoryMegabytes, ConcurrentQueue<RuleTask> queue, Action<RuleTask, string> failed)
        {
            var drawer = RuleWorker.Drawer(job, lane);
            using var database = RuleWorker.Open(job, drawer, threads, memoryMegabytes);
            using (var door = database.Connect())
            {
                RuleWorker.ShowTables(door, job);
                door.Execute($"CREATE VIEW monitored_service AS SELECT * FROM records_{job.Monitored.Month:yyyyMM}");
                RecordCopy.ShowViews(door, job.Monitored);
                RuleWorker.ShutDoors(door, job, drawer);
            }

            while (queue.TryDequeue(out var rule))
            {
                if (Try(database, job, rule, drawer) is { } failure)
                {
                    failed(rule, failure);
                }
            }
        }
    }

    /// <returns>Why the rule failed; null when its hits lie in their file.</returns>
    private static string? Try(DuckDatabase database, RuleJob job, RuleTask rule, string drawer)
    {
        RuleWorker.Say($"start {rule.Id}");
        var watch = Stopwatch.StartNew();
        try
        {
            // A new connection for each, so that none can change what the next one sees.
            using var connection = database.Connect();
            connection.Execute($"CREATE TEMP VIEW known_service AS {string.Join(" UNION ALL ", job.Known.Where(m => m.Month >= rule.KnownFrom).Select(m => $"SELECT * FROM records_{m.Month:yyyyMM}"))}");

            // Between brackets nothing but a query is taken; so it is enough that the text does not close them.
            if (!connection.IsSingleStatement(rule.HitQuery))
            {
                return "The rule is not one statement.";
            }

            RuleWorker.MakeViews(connection, [rule], "monitored_service");
            var part = Path.Combine(drawer, "hits.part");
            var hits = connection.Execute($"COPY (\n{rule.HitQuery}\n) TO '{RuleWorker.Quoted(part)}' (FORMAT parquet, COMPRESSION zstd)");
            if (hits > 0 && connection.Scalar($"SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM read_parquet('{RuleWorker.Quoted(part)}') GROUP BY service_id)") is long times and > FindingSums.HitsOfRule)
            {
                return $"The rule finds one line {times} times; {FindingSums.HitsOfRule} times are allowed.";
            }

            if (hits > 0)
            {
                File.Move(part, Path.Combine(job.Output, rule.Id + ".parquet"), true);
            }

            RuleWorker.Say(string.Create(CultureInfo.InvariantCulture, $"done {rule.Id} {hits} {watch.ElapsedMilliseconds}"));
            return null;
        }
        catch (DuckDbException e)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }
}
