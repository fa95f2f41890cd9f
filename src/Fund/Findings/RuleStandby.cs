using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>Keeps one confined worker of the rules started, and a database opened, for whoever checks a register next. Each worker does one check.</summary>
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
    private Task<DuckDatabase>? _database;
    private string? _shelf;
    private bool _over;

    /// <param name="folder">The folder of the fund.</param>
    /// <param name="again">Whether another takes the place of a worker that was used, as where many check.</param>
    public RuleStandby(FundFolder folder, bool again = false)
    {
        (_folder, _again) = (folder, again);
        _ready = Start();
        _database = again ? Task.Run(OpenDatabase) : null;
    }

    /// <summary>Ends when the worker has started and waits, as it does once a person has looked at what the check before told.</summary>
    public Task ReadyAsync() => _ready?.WaitsAsync() ?? Task.CompletedTask;

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

    /// <summary>An empty database in memory for one check, which ends it.</summary>
    internal DuckDatabase TakeDatabase()
    {
        Task<DuckDatabase>? opened;
        lock (_gate)
        {
            (opened, _database) = (_database, null);
        }

        return opened?.GetAwaiter().GetResult() ?? OpenDatabase();
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
                _database ??= Task.Run(OpenDatabase);
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
            _database?.GetAwaiter().GetResult().Dispose();
            _database = null;
            if (Directory.Exists(_shelf))
            {
                Directory.Delete(_shelf, true);
            }
        }
    }

    private static DuckDatabase OpenDatabase() => DuckDatabase.Open(threads: 2, memoryMegabytes: MemoryMegabytes);

    private WaitingWorker Start() => WaitingWorker.Start(_folder.Stage(), MemoryMegabytes, ProcessorSeconds, rehearse: _again);

    private static void End(WaitingWorker worker)
    {
        worker.Dispose();
        if (Directory.Exists(worker.Folder))
        {
            Directory.Delete(worker.Folder, true);
        }
    }
}
