using System.Diagnostics;
using System.Globalization;

namespace Kepil.Monitoring;

/// <summary>How a rule fared in a run.</summary>
/// <param name="Failure">Null when it finished; else why it has no hits.</param>
public sealed record RuleOutcome(string RuleId, long Hits, long Milliseconds, string? Failure);

/// <summary>What a worker did: an outcome for every rule and the greatest memory it held.</summary>
public sealed record RulesOutcome(IReadOnlyList<RuleOutcome> Rules, long PeakKilobytes);

/// <summary>Runs a job in worker processes; a rule that kills its worker or runs too long costs itself, not the others.</summary>
public static class RuleProcess
{
    /// <summary>What the worker may take to start and to lay out its views.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromMinutes(2);

    /// <param name="job">The rules and the files they may read.</param>
    /// <param name="limit">Time that one rule may take.</param>
    /// <param name="told">Called with (rules finished, rules in all, id of the rule that began).</param>
    /// <param name="lay">Lays out the monitored file while the worker starts; null when it lies there.</param>
    /// <param name="ready">A worker that waits in the folder of the job's output, for the caller to end; null: one is started.</param>
    /// <param name="cancel">Ends the worker.</param>
    public static async Task<RulesOutcome> RunAsync(RuleJob job, TimeSpan limit, Action<int, int, string>? told = null, Action? lay = null, WaitingWorker? ready = null, CancellationToken cancel = default)
    {
        var outcomes = new List<RuleOutcome>();
        var waiting = job.Rules.ToList();
        var peak = 0L;
        while (waiting.Count > 0)
        {
            var before = (waiting.Count, job.Lanes);
            var seconds = (int)((limit.TotalSeconds * waiting.Count + Beginning.TotalSeconds) * job.Threads);
            using var own = ready is null ? WaitingWorker.Start(job.Output, job.MemoryMegabytes, seconds) : null;
            (job with { Rules = waiting }).Write();
            peak = Math.Max(peak, await OneWorkerAsync((ready ?? own!).Process, limit, outcomes, waiting, told, lay, () => job = job with { Lanes = 1 }, cancel));
            (lay, ready) = (null, null);
            if ((waiting.Count, job.Lanes) == before)
            {
                throw new InvalidOperationException("The worker of the rules ended before it began a rule.");
            }
        }

        return new RulesOutcome([.. outcomes.OrderBy(o => o.RuleId, StringComparer.Ordinal)], peak);
    }

    private static async Task<long> OneWorkerAsync(
        Process process, TimeSpan limit, List<RuleOutcome> outcomes, List<RuleTask> waiting, Action<int, int, string>? told, Action? lay, Action alone, CancellationToken cancel)
    {
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await TellAsync(process, "job", cancel);
        lay?.Invoke();
        await TellAsync(process, "go", cancel);
        var running = new Dictionary<string, long>();
        var overdue = false;
        while (true)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var oldest = running.Count > 0 ? Stopwatch.GetElapsedTime(running.Values.Min()) : TimeSpan.Zero;
            wait.CancelAfter(running.Count == 0 && limit < Beginning ? Beginning : oldest < limit ? limit - oldest : TimeSpan.Zero);
            string? line;
            try
            {
                line = await process.StandardOutput.ReadLineAsync(wait.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(true);
                cancel.ThrowIfCancellationRequested();
                overdue = true;
                break;
            }

            if (line is null)
            {
                break;
            }

            var words = line.Split(' ', 3);
            switch (words[0])
            {
                case "start":
                    running[words[1]] = Stopwatch.GetTimestamp();
                    told?.Invoke(outcomes.Count, outcomes.Count + waiting.Count, words[1]);
                    break;
                case "done":
                    var figures = words[2].Split(' ');
                    End(new RuleOutcome(words[1], long.Parse(figures[0], CultureInfo.InvariantCulture), long.Parse(figures[1], CultureInfo.InvariantCulture), null));
                    break;
                case "failed":
                    End(new RuleOutcome(words[1], 0, 0, words.Length > 2 ? words[2] : "?"));
                    break;
                case "later":
                    running.Remove(words[1]);
                    break;
                case "peak":
                    // The last word: what was found lies in its files, and nobody waits until the worker has tidied its memory.
                    return long.Parse(words[1], CultureInfo.InvariantCulture);
            }
        }

        await process.WaitForExitAsync(cancel);
        if (overdue && running.Count > 0)
        {
            End(new RuleOutcome(running.MinBy(r => r.Value).Key, 0, 0, $"stopped after {limit.TotalSeconds:0} s"));
        }
        else if (running.Count == 1)
        {
            End(new RuleOutcome(running.Keys.Single(), 0, 0, $"its worker ended with code {process.ExitCode}"));
        }
        else if (running.Count > 1)
        {
            // Which of them it was shows when each runs alone.
            alone();
        }
        else if (waiting.Count > 0)
        {
            throw new InvalidOperationException($"The worker of the rules ended with code {process.ExitCode}: {(await errors).Trim()}");
        }

        return 0;

        void End(RuleOutcome outcome)
        {
            outcomes.Add(outcome);
            waiting.RemoveAll(r => r.Id == outcome.RuleId);
            running.Remove(outcome.RuleId);
        }
    }

    private static async Task TellAsync(Process process, string word, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(word.AsMemory(), cancel);
            await process.StandardInput.FlushAsync(cancel);
        }
        catch (IOException)
        {
            // It is dead already; what it said is read from its outputs.
        }
    }
}
