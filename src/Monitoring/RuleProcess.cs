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
    /// <param name="cancel">Ends the worker.</param>
    public static async Task<RulesOutcome> RunAsync(RuleJob job, TimeSpan limit, Action<int, int, string>? told = null, Action? lay = null, CancellationToken cancel = default)
    {
        var outcomes = new List<RuleOutcome>();
        var waiting = job.Rules.ToList();
        var peak = 0L;
        Directory.CreateDirectory(job.Output);
        while (waiting.Count > 0)
        {
            var jobFile = Path.Combine(job.Output, "job.json");
            (job with { Rules = waiting }).Write(jobFile);
            var before = waiting.Count;
            peak = Math.Max(peak, await OneWorkerAsync(jobFile, job, limit, outcomes, waiting, told, lay, cancel));
            lay = null;
            if (waiting.Count == before)
            {
                throw new InvalidOperationException("The worker of the rules ended before it began a rule.");
            }
        }

        return new RulesOutcome([.. outcomes.OrderBy(o => o.RuleId, StringComparer.Ordinal)], peak);
    }

    private static async Task<long> OneWorkerAsync(
        string jobFile, RuleJob job, TimeSpan limit, List<RuleOutcome> outcomes, List<RuleTask> waiting, Action<int, int, string>? told, Action? lay, CancellationToken cancel)
    {
        using var process = ConfinedProcess.Start(["run-rules", jobFile], job.Output, job.MemoryMegabytes + 6144, (int)((limit.TotalSeconds * waiting.Count + Beginning.TotalSeconds) * job.Threads));
        var errors = process.StandardError.ReadToEndAsync(cancel);
        lay?.Invoke();
        try
        {
            await process.StandardInput.WriteLineAsync("go");
            await process.StandardInput.FlushAsync(cancel);
        }
        catch (IOException)
        {
            // It is dead already; what it said is read below.
        }

        var running = "";
        var peak = 0L;
        var overdue = false;
        while (true)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            wait.CancelAfter(running.Length > 0 || limit > Beginning ? limit : Beginning);
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
                    running = words[1];
                    told?.Invoke(outcomes.Count, outcomes.Count + waiting.Count, running);
                    break;
                case "done":
                    var figures = words[2].Split(' ');
                    End(new RuleOutcome(words[1], long.Parse(figures[0], CultureInfo.InvariantCulture), long.Parse(figures[1], CultureInfo.InvariantCulture), null));
                    break;
                case "failed":
                    End(new RuleOutcome(words[1], 0, 0, words.Length > 2 ? words[2] : "?"));
                    break;
                case "peak":
                    peak = long.Parse(words[1], CultureInfo.InvariantCulture);
                    break;
            }
        }

        await process.WaitForExitAsync(cancel);
        if (running.Length > 0)
        {
            End(new RuleOutcome(running, 0, 0, overdue ? $"stopped after {limit.TotalSeconds:0} s" : $"its worker ended with code {process.ExitCode}"));
        }
        else if (waiting.Count > 0)
        {
            throw new InvalidOperationException($"The worker of the rules ended with code {process.ExitCode}: {(await errors).Trim()}");
        }

        return peak;

        void End(RuleOutcome outcome)
        {
            outcomes.Add(outcome);
            waiting.RemoveAll(r => r.Id == outcome.RuleId);
            running = "";
        }
    }
}
