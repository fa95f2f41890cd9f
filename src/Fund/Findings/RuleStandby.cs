using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>Keeps one confined worker of the rules started for whoever checks a register next. Each worker does one check.</summary>
public sealed class RuleStandby : IDisposable
{
    /// <summary>DuckDB's memory for one check.</summary>
    internal const int MemoryMegabytes = 800;

    /// <summary>Processor time of one check, whatever its rules do.</summary>
    private const int ProcessorSeconds = 1200;

    private readonly FundFolder _folder;
    private readonly bool _again;
    private readonly Lock _gate = new();
    private readonly Dictionary<(RulePack Pack, LawBook Law, DateOnly Day, string Loaded), string> _lists = [];
    private WaitingWorker? _ready;
    private string? _shelf;
    private bool _over;

    /// <param name="folder">The folder of the fund.</param>
    /// <param name="again">Whether another takes the place of a worker that was used, as where many check.</param>
    public RuleStandby(FundFolder folder, bool again = false)
    {
        (_folder, _again) = (folder, again);
        _ready = Start();
    }

    /// <summary>The worker that waits, or a new one while that one is at work.</summary>
    internal WaitingWorker Take()
    {
        lock (_gate)
        {
            var ready = _ready;
            _ready = null;
            if (ready is { IsAlive: true })
            {
                return ready;
            }

            if (ready is not null)
            {
                End(ready);
            }
        }

        return Start();
    }

    /// <summary>The file of lists, law and registers that are not loaded; written once for all checks that need the same.</summary>
    internal string ListsOf(RulePack pack, LawBook law, DateOnly knownOn, IReadOnlySet<string> loaded)
    {
        lock (_gate)
        {
            var key = (pack, law, knownOn, string.Join(' ', loaded.Order(StringComparer.Ordinal)));
            if (!_lists.TryGetValue(key, out var path))
            {
                foreach (var (old, file) in _lists.Where(l => l.Key.Day < knownOn.AddDays(-1)).ToList())
                {
                    File.Delete(file);
                    _lists.Remove(old);
                }

                _shelf ??= _folder.Stage();
                path = Path.Combine(_shelf, Guid.NewGuid().ToString("n") + ".duckdb");
                RuleTables.Write(path, pack.Lists, LegalTables.Of(law, knownOn), loaded);
                _lists[key] = path;
            }

            return path;
        }
    }

    /// <summary>Ends a worker whose check is over and starts another if none waits.</summary>
    internal void Renew(WaitingWorker used)
    {
        End(used);
        lock (_gate)
        {
            if (_again && !_over)
            {
                _ready ??= Start();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            if (_ready is not null)
            {
                End(_ready);
            }

            _ready = null;
            if (Directory.Exists(_shelf))
            {
                Directory.Delete(_shelf, true);
            }
        }
    }

    private WaitingWorker Start() => WaitingWorker.Start(_folder.Stage(), MemoryMegabytes, ProcessorSeconds);

    private static void End(WaitingWorker worker)
    {
        worker.Dispose();
        if (Directory.Exists(worker.Folder))
        {
            Directory.Delete(worker.Folder, true);
        }
    }
}
