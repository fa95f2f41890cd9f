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

    private static readonly Dictionary<string, string> NoRegisters = [];

    private readonly FundFolder _folder;
    private readonly bool _again;
    private readonly Lock _gate = new();
    private readonly Dictionary<(RulePack Pack, LawBook Law, DateOnly Day, string Loaded), string> _lists = [];
    private WaitingWorker? _ready;
    private Task<CheckDatabase>? _database;
    private readonly List<Task> _renewals = [];
    private RuleJob? _last;
    private string? _shelf;
    private bool _over;

    /// <param name="folder">The folder of the fund.</param>
    /// <param name="again">Whether another takes the place of a worker that was used, as where many check.</param>
    public RuleStandby(FundFolder folder, bool again = false)
    {
        (_folder, _again) = (folder, again);
        _ready = Start();
        _database = again ? Task.Run(() => new CheckDatabase(_last?.Registers ?? NoRegisters)) : null;
    }

    /// <summary>Ends when the worker has started and waits, as it does once a person has looked at what the check before told.</summary>
    public async Task ReadyAsync()
    {
        await Task.WhenAll(_renewals);
        await Task.WhenAll(_ready?.WaitsAsync() ?? Task.CompletedTask, _database ?? Task.CompletedTask);
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

    /// <summary>An empty database in memory for one check, which ends it.</summary>
    internal CheckDatabase TakeDatabase()
    {
        Task<CheckDatabase>? opened;
        lock (_gate)
        {
            (opened, _database) = (_database, null);
        }

        try
        {
            return opened?.GetAwaiter().GetResult() ?? new CheckDatabase(NoRegisters);
        }
        catch (Exception e) when (e is DuckDbException or IOException)
        {
            // A register was replaced meanwhile; this check reads the one that counts.
            return new CheckDatabase(NoRegisters);
        }
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

    /// <summary>Ends a worker whose check is over and starts another if none waits; nobody waits for that.</summary>
    /// <param name="job">What it was asked; the next check will need the same registers and records.</param>
    internal void Renew(WaitingWorker used, RuleJob? job)
    {
        lock (_gate)
        {
            _last = job ?? _last;
            _renewals.RemoveAll(r => r.IsCompletedSuccessfully);
            _renewals.Add(Task.Run(() =>
            {
                End(used);
                lock (_gate)
                {
                    if (_again && !_over)
                    {
                        _ready ??= Start();
                        _database ??= Task.Run(() => new CheckDatabase(_last?.Registers ?? NoRegisters));
                    }
                }
            }));
        }
    }

    public void Dispose()
    {
        Task[] renewals;
        lock (_gate)
        {
            _over = true;
            renewals = [.. _renewals];
        }

        Task.WaitAll(renewals);
        lock (_gate)
        {
            if (_ready is not null)
            {
                End(_ready);
            }

            _ready = null;
            if (_database is not null)
            {
                TakeDatabase().Dispose();
            }

            if (Directory.Exists(_shelf))
            {
                Directory.Delete(_shelf, true);
            }
        }
    }

    private WaitingWorker Start() => WaitingWorker.Start(_folder.Stage(), MemoryMegabytes, ProcessorSeconds, rehearse: _again, _last);

    private static void End(WaitingWorker worker)
    {
        worker.Dispose();
        if (Directory.Exists(worker.Folder))
        {
            Directory.Delete(worker.Folder, true);
        }
    }
}
