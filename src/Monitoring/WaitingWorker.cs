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

    /// <param name="folder">A folder of its own.</param>
    /// <param name="memoryMegabytes">DuckDB's memory.</param>
    /// <param name="processorSeconds">Processor time after which the kernel ends it.</param>
    public static WaitingWorker Start(string folder, int memoryMegabytes, int processorSeconds)
    {
        Directory.CreateDirectory(folder);
        return new WaitingWorker(ConfinedProcess.Start(["run-rules", folder], folder, memoryMegabytes + 6144, processorSeconds), folder);
    }

    /// <summary>Ends it, also when no job ever came.</summary>
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

        _over = true;
        Process.Dispose();
    }
}
