using System.Diagnostics;
using System.Globalization;

namespace Kepil.Monitoring;

/// <summary>A child of this program that may read the disk, write one folder, and reach no network; its memory and processor time have a limit.</summary>
/// <remarks>Bubblewrap and prlimit do the confining. Without bubblewrap the child still has its limits and DuckDB's shut doors; <see cref="IsWalled"/> tells.</remarks>
public static class ConfinedProcess
{
    private static readonly Lazy<bool> Walled = new(() => Works("bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"));

    private static readonly Lazy<bool> Limited = new(() => Works("prlimit", "--as=1000000000", "true"));

    /// <summary>Whether the child is cut off from network and disk on this machine.</summary>
    public static bool IsWalled => Walled.Value;

    /// <param name="arguments">Arguments of this very program.</param>
    /// <param name="writable">The folder that the child may write.</param>
    /// <param name="memoryMegabytes">Address space that the child may take in all.</param>
    /// <param name="processorSeconds">Processor time after which the kernel ends it.</param>
    /// <param name="heapMegabytes">Limit of the managed heap.</param>
    /// <param name="tiered">Whether what it runs often is compiled again while it works; a child that has rehearsed its one short work does not want that beside it.</param>
    public static Process Start(IReadOnlyList<string> arguments, string writable, int memoryMegabytes, int processorSeconds, int heapMegabytes = 256, bool tiered = true)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        var words = new List<string>();
        if (Limited.Value)
        {
            words.AddRange(["prlimit", Invariant($"--as={memoryMegabytes * 1024L * 1024L}"), Invariant($"--cpu={processorSeconds}"), "--core=0"]);
        }

        if (IsWalled)
        {
            words.AddRange(["bwrap", "--die-with-parent", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--bind", writable, writable]);
        }

        words.AddRange(Self());
        words.AddRange(arguments);
        start.FileName = words[0];
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var name in start.Environment.Keys.ToList().Where(n => n.StartsWith("KEPIL_", StringComparison.Ordinal) && n != "KEPIL_DUCKDB" && n != "KEPIL_LAW"))
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + (heapMegabytes * 1024L * 1024L).ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = tiered ? "1" : "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        if (!tiered)
        {
            // It lives for one short piece of work: memory that DuckDB frees is not given back to the system in the middle of it.
            start.Environment["DUCKDB_JE_MALLOC_CONF"] = "dirty_decay_ms:-1,muzzy_decay_ms:-1";
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
    }

    /// <summary>How this program is started anew: its own executable, also when a test host runs it.</summary>
    private static IEnumerable<string> Self()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "kepil");
        return File.Exists(beside) ? [beside] : [Environment.ProcessPath ?? "kepil"];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start);
            process!.WaitForExit(5000);
            return process.HasExited && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
