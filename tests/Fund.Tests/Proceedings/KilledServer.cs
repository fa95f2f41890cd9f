using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kepil.Tests.Verbs;

namespace Kepil.Tests.Proceedings;

/// <summary>One life of the server: from the moment at which its pages are open until it is killed.</summary>
internal sealed class ServerLife
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _enough = new();
    private int _answers;

    public required Uri Address { get; init; }

    /// <summary>Answers after which it may be killed.</summary>
    public int Goal { get; set; }

    /// <summary>The life that follows; nothing ever when this was the last.</summary>
    public TaskCompletionSource<ServerLife?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    /// <summary>A sender got an answer to an act.</summary>
    public void Answered()
    {
        if (Interlocked.Increment(ref _answers) >= Goal)
        {
            _enough.Set();
        }
    }

    /// <summary>Waits for the answers that it is to give, for so long at most.</summary>
    public void WaitForGoal(TimeSpan most) => _enough.Wait(Goal == 0 ? TimeSpan.Zero : most);

    public void End() => _ended.TrySetResult();
}

/// <summary>The real server with its pages, which is killed and started again on the same folder; its clock goes on a little with each start.</summary>
/// <param name="rules">The folder of the rules.</param>
internal sealed class KilledServer(string path, string rules, DateTimeOffset begins) : IDisposable
{
    /// <summary>Longer than a decision may be undone, so that each life sends what was decided in the one before.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    private readonly Uri _address = new(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}"));
    private readonly ConcurrentQueue<string> _said = [];
    private Process? _process;
    private Process? _monitoring;
    private int _starts;

    /// <summary>What all lives printed.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Milliseconds of each start until the pages were open.</summary>
    public List<double> Starts { get; } = [];

    /// <summary>Begins a start; the task ends when the pages are open.</summary>
    public Task<ServerLife> StartAsync()
    {
        var open = new TaskCompletionSource<ServerLife>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = Stopwatch.StartNew();
        _starts++;
        _process?.Dispose();
        _process = Executable.StartBy(rules, path, "sqlite", Clock, Tell, "serve", "--demo", "--lang", "en", "--urls", _address.ToString().TrimEnd('/'));
        var process = _process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => open.TrySetException(new InvalidOperationException("The server ended before its pages were open:\n" + Said));
        return open.Task;

        void Tell(string line)
        {
            _said.Enqueue(line);
            if (line.Contains(_address.Authority, StringComparison.Ordinal))
            {
                Starts.Add(watch.Elapsed.TotalMilliseconds);
                open.TrySetResult(new() { Address = _address });
            }
        }
    }

    /// <summary>The moment at which its present life began.</summary>
    public string Clock => (begins + (Between * Math.Max(0, _starts - 1))).ToOffset(TimeSpan.FromHours(5)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Runs of the rules that a kill cut off, and those that had ended before it.</summary>
    public (int CutOff, int Ended) Monitorings { get; private set; }

    /// <summary>Beside the pages the rules run over a month, as they are run by hand; they are killed with the server.</summary>
    public void Monitor(DateOnly month)
    {
        _monitoring?.Dispose();
        _monitoring = Executable.StartBy(rules, path, "sqlite", Clock, _said.Enqueue, "monitor", month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }

    /// <summary>Lets it live for so long, then kills it as a cut of the current would.</summary>
    /// <returns>Whether it was still alive.</returns>
    public bool KillAfter(int milliseconds)
    {
        var ended = _process!.WaitForExit(milliseconds);
        _process.Kill();
        if (_monitoring is { } monitoring)
        {
            Monitorings = monitoring.HasExited ? (Monitorings.CutOff, Monitorings.Ended + 1) : (Monitorings.CutOff + 1, Monitorings.Ended);
            monitoring.Kill();
            monitoring.WaitForExit();
            monitoring.Dispose();
            _monitoring = null;
        }

        _process.WaitForExit();
        return !ended;
    }

    public void Dispose()
    {
        foreach (var process in new[] { _process, _monitoring }.OfType<Process>())
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
