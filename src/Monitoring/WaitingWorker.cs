using System.Diagnostics;

namespace Kepil.Monitoring;

/// <summary>A confined worker of the rules that has started and waits for its job, so that whoever checks a register does not wait for its start. It does one job.</summary>
public sealed class WaitingWorker : IDisposable
{
    private bool _over;

    private WaitingWorker(Process process, string folder) => (Process, Folder) = (process, folder);

    /// <summary>The one folder that it may write: the output of its job.</summary>
    public string Folder { get; }

    /// <summary>Whether it still waits, or works.</summary>
    public bool IsAlive => !_over && !Process.HasExited;

    internal Process Process { get; }

    /// <summary>Ends when it has nothing left to do but wait.</summary>
    public Task WaitsAsync(CancellationToken cancel = default) => Process.StandardOutput.ReadLineAsync(cancel).AsTask();

    /// <param name="folder">A folder of its own.</param>
    /// <param name="memoryMegabytes">DuckDB's memory.</param>
    /// <param name="processorSeconds">Processor time after which the kernel ends it.</param>
    /// <param name="rehearse">Whether its job may be long in coming, so that it goes through one before.</param>
    /// <param name="last">The job that its own will resemble.</param>
    public static WaitingWorker Start(string folder, int memoryMegabytes, int processorSeconds, bool rehearse = false, RuleJob? last = null)
    {
        Directory.CreateDirectory(folder);
        if (last is not null)
        {
            RuleRehearsal.Expect(last, folder);
        }

        return new WaitingWorker(ConfinedProcess.Start(rehearse ? ["run-rules", folder, "rehearse"] : ["run-rules", folder], folder, memoryMegabytes + 6144, processorSeconds, tiered: !rehearse), folder);
    }

    /// <summary>Ends it, also when no job ever came; nothing of it writes its folder afterwards.</summary>
    public void Dispose()
    {
        if (_over)
        {
            return;
        }

        if (!Process.HasExited)
        {
            Process.Kill(true);
        }

        // Its walls are a process of their own: what it wrote to is closed when the last of them is gone.
        Process.StandardError.BaseStream.CopyTo(Stream.Null);
        Process.WaitForExit();
        _over = true;
        Process.Dispose();
    }
}
