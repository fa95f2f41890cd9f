using System.Runtime.InteropServices;

namespace Kepil.Fund.Registers;

/// <summary>The processor time that this process has left: when it is used up, the kernel ends the process.</summary>
internal static partial class ProcessorTime
{
    private const int Processor = 0;

    /// <summary>Gives this process so many seconds more than it has used; never more than it was started with.</summary>
    public static void Allow(int seconds)
    {
        if (!OperatingSystem.IsLinux() || GetLimit(Processor, out var limit) != 0)
        {
            return;
        }

        var used = (ulong)Math.Ceiling(Environment.CpuUsage.TotalTime.TotalSeconds);
        limit.Soft = Math.Min(used + (ulong)seconds, limit.Hard);
        _ = SetLimit(Processor, limit);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
