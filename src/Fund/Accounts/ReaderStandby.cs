using Kepil.Fund.Registers;

namespace Kepil.Fund.Accounts;

/// <summary>Keeps one reading process started for whoever checks a register next. Each process reads one file.</summary>
public sealed class ReaderStandby(FundFolder folder) : IDisposable
{
    private readonly Lock _gate = new();
    private Task<WaitingReader>? _ready = Task.Run(() => WaitingReader.Start(folder.Stage()));
    private bool _over;

    /// <summary>Ends when the process has started and waits.</summary>
    public async Task ReadyAsync()
    {
        if (_ready is { } ready)
        {
            await (await ready).WaitsAsync();
        }
    }

    /// <summary>Reads a file without admitting anything.</summary>
    /// <returns>What was found, and the folder in which it lies, for the caller to delete.</returns>
    public async Task<(RegisterOutcome Outcome, string Stage)> ReadAsync(string file, RegisterOptions options, CancellationToken stop = default)
    {
        Task<WaitingReader>? taken;
        lock (_gate)
        {
            (taken, _ready) = (_ready, null);
        }

        var reader = taken is null ? WaitingReader.Start(folder.Stage()) : await taken;
        try
        {
            return ((await RegisterIntake.ReadAsync([file], reader.Folder, options, null, stop, reader))[0], reader.Folder);
        }
        catch
        {
            Directory.Delete(reader.Folder, true);
            throw;
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>Starts the next process if none waits: when a check is over, so that its start takes nothing from it.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            _ready ??= _over ? null : Task.Run(() => WaitingReader.Start(folder.Stage()));
        }
    }

    public void Dispose()
    {
        Task<WaitingReader>? ready;
        lock (_gate)
        {
            (_over, ready, _ready) = (true, _ready, null);
        }

        if (ready?.GetAwaiter().GetResult() is { } reader)
        {
            reader.Dispose();
            Directory.Delete(reader.Folder, true);
        }
    }
}
