using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Kepil.Fund.Registers;

/// <summary>Starts the process that reads files, holds it to its limits and takes what it found.</summary>
/// <remarks>The server itself never opens a file that somebody sent.</remarks>
public sealed class ParserProcess
{
    /// <summary>The most folders that are opened to the reading process one by one.</summary>
    private const int MostBound = 32;

    private static readonly Lazy<bool> Sandbox = new(SandboxWorks);
    private static readonly Lazy<bool> Limits = new(() => Found("prlimit") is not null);

    /// <summary>A process that waits for the first job; its folder holds what the files give.</summary>
    public WaitingReader? Ready { get; init; }

    /// <summary>The most megabytes that the process may hold.</summary>
    public int MostMegabytes { get; init; } = 512;

    /// <summary>Seconds of processor time that a small file may take.</summary>
    public int SmallFileSeconds { get; init; } = 2;

    /// <summary>Reads files of one batch, one after the other; a file that brings the process down is refused, the others are read.</summary>
    /// <param name="files">The files and where their results go.</param>
    /// <param name="options">What is said about all of them.</param>
    /// <param name="told">Called with the number of files that were read since the last call.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<IReadOnlyList<RegisterOutcome>> ReadAsync(IReadOnlyList<ParseFile> files, RegisterOptions options, Action<int>? told = null, CancellationToken stop = default)
    {
        var outcomes = new List<RegisterOutcome>();
        while (outcomes.Count < files.Count)
        {
            var failure = await RunAsync([.. files.Skip(outcomes.Count)], options, outcome =>
            {
                // Whoever took the process over may tell more than it was asked.
                if (outcomes.Count < files.Count)
                {
                    outcomes.Add(outcome);
                    told?.Invoke(1);
                }
            }, stop).ConfigureAwait(false);
            if (outcomes.Count < files.Count)
            {
                outcomes.Add(new RegisterOutcome(files[outcomes.Count].Name, null, failure ?? new RegisterRefusal("reader_died", new Dictionary<string, string>())));
                told?.Invoke(1);
            }
        }

        return outcomes;
    }

    /// <summary>Seconds of processor time for files of a size: a sheet of a megabyte inflates to twenty.</summary>
    public int Seconds(IEnumerable<ParseFile> files) =>
        files.Sum(f => ParseCommand.Seconds(f.Path, SmallFileSeconds));

    private async Task<RegisterRefusal?> RunAsync(List<ParseFile> files, RegisterOptions options, Action<RegisterOutcome> told, CancellationToken stop)
    {
        // Of a batch the reading process makes the folders itself, below the one that it may write to.
        foreach (var file in files.Count > MostBound ? files.Take(1) : files)
        {
            Directory.CreateDirectory(file.Folder);
        }

        var folder = Directory.CreateDirectory(Path.Combine(files[0].Folder, ".job")).FullName;
        try
        {
            var job = Path.Combine(folder, "job.json");
            options = options with { Diagnoses = DiagnosisCodes.Kept(options.Diagnoses ?? [], folder) };
            JobFile.Write(job, new ParseJob { Files = files, Options = options, SmallFileSeconds = SmallFileSeconds }, Vocabulary.Own);
            using var outcomes = new FileStream(ParseCommand.OutcomesOf(job), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            var failure = await WatchAsync(files, job, () => Take(outcomes, told), stop).ConfigureAwait(false);
            Take(outcomes, told);
            return failure;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<RegisterRefusal?> WatchAsync(List<ParseFile> files, string job, Func<int> looked, CancellationToken stop)
    {
        var seconds = Seconds(files);
        using var process = Ready?.Take(job) ?? Start(files, job, seconds);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(stop);
        var output = process.StandardOutput.ReadToEndAsync(stop);
        // A busy machine gives a process a part of its time only.
        var longest = TimeSpan.FromSeconds(10 + (files.Max(f => ParseCommand.Seconds(f.Path, SmallFileSeconds)) * 5));
        var watch = Stopwatch.StartNew();
        RegisterRefusal? failure = null;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var looks = 0;
        List<int> all = [];
        var ended = process.WaitForExitAsync(stop);
        try
        {
            while (!ended.IsCompleted)
            {
                await Task.WhenAny(ended, timer.WaitForNextTickAsync(stop).AsTask()).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                if (looked() > 0)
                {
                    watch.Restart();
                }

                if (ended.IsCompleted)
                {
                    break;
                }

                failure = Megabytes(process, all, looks++) > MostMegabytes ? Memory() : watch.Elapsed > longest ? Slow(seconds) : null;
                if (failure is not null)
                {
                    process.Kill(entireProcessTree: true);
                    await ended.ConfigureAwait(false);
                    return failure;
                }
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        await Task.WhenAll(errors, output).ConfigureAwait(false);
        // 152 and 137: the limit of processor time.
        return process.ExitCode switch
        {
            0 => null,
            ParseCommand.OutOfMemory => Memory(),
            152 or 137 => Slow(seconds),
            _ => (await errors.ConfigureAwait(false)).Contains("OutOfMemory", StringComparison.Ordinal) ? Memory() : new RegisterRefusal("reader_died", new Dictionary<string, string>()),
        };
    }

    private static Process Start(List<ParseFile> files, string job, int seconds)
    {
        // Bindings are looked through at every open, so a batch binds the folder above its results.
        var results = files.Select(f => Path.GetFullPath(f.Folder)).ToList();
        var folders = results.Count > MostBound ? results.Select(f => Path.GetDirectoryName(f)!).Distinct() : results.Append(Path.GetDirectoryName(job)!);
        return Begin(["--job", job], folders, seconds, Path.GetDirectoryName(job)!);
    }

    /// <summary>Starts a confined reading process.</summary>
    /// <param name="arguments">What it is told.</param>
    /// <param name="folders">The folders that it may write.</param>
    /// <param name="seconds">Processor time that it may take in all.</param>
    /// <param name="temporary">Its folder for what is not kept.</param>
    internal static Process Begin(IEnumerable<string> arguments, IEnumerable<string> folders, int seconds, string temporary)
    {
        var command = new List<string>();
        if (Sandbox.Value)
        {
            command.AddRange(["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]);
            foreach (var folder in folders)
            {
                command.AddRange(["--bind", folder, folder]);
            }

            command.AddRange(["--unshare-net", "--unshare-pid", "--unshare-ipc", "--die-with-parent", "--new-session"]);
        }

        if (Limits.Value)
        {
            command.AddRange(["prlimit", "--as=" + (8L << 30).ToString(CultureInfo.InvariantCulture), "--cpu=" + seconds.ToString(CultureInfo.InvariantCulture), "--core=0", "--nofile=256"]);
        }

        command.AddRange([.. Executable(), "parse", .. arguments]);
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var word in command.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = "0x12C00000";
        start.Environment["DOTNET_gcServer"] = "0";
        // Compiled beforehand or once: a process of a second or two gains nothing from compiling what it runs a second time.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // Mapping every compiled page twice takes a third of the start; nothing here is compiled from what a file says.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        // No word here is compared by a country's rules, so their library need not be loaded.
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["TMPDIR"] = temporary;
        start.Environment["KEPIL_MAPPINGS"] = Vocabulary.Folder();
        return Process.Start(start) ?? throw new InvalidOperationException("The reading process did not start.");
    }

    /// <summary>Takes the outcomes that were written since it looked last, and gives how many they are.</summary>
    private static int Take(FileStream outcomes, Action<RegisterOutcome> told)
    {
        var start = outcomes.Position;
        var written = new byte[outcomes.Length - start];
        var rest = written.AsSpan(0, outcomes.ReadAtLeast(written, written.Length, throwOnEndOfStream: false));
        var taken = 0;
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            told(JsonSerializer.Deserialize(rest[..end], RegisterJson.Default.RegisterOutcome)!);
            rest = rest[(end + 1)..];
            taken++;
        }

        outcomes.Position -= rest.Length;
        return taken;
    }

    private RegisterRefusal Memory() => new("reader_memory", new Dictionary<string, string> { ["megabytes"] = MostMegabytes.ToString(CultureInfo.InvariantCulture) });

    private static RegisterRefusal Slow(int seconds) => new("reader_slow", new Dictionary<string, string> { ["seconds"] = seconds.ToString(CultureInfo.InvariantCulture) });

    /// <summary>What the process and its children hold in memory.</summary>
    private static long Megabytes(Process process, List<int> all, int looks)
    {
        try
        {
            // Who belongs to the process is asked less often than what they hold.
            if (looks % 10 == 0 || all.Count < 3)
            {
                all.Clear();
                all.Add(process.Id);
                all.AddRange(Children(process.Id));
            }

            return all.Sum(Resident) >> 20;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static IEnumerable<int> Children(int id)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task/{id}/children");
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (var word in File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var child = int.Parse(word, CultureInfo.InvariantCulture);
            yield return child;
            foreach (var grandchild in Children(child))
            {
                yield return grandchild;
            }
        }
    }

    private static long Resident(int id)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/statm");
        return File.Exists(path) && File.ReadAllText(path).Split(' ') is [_, var pages, ..] ? long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;
    }

    /// <summary>The executable beside this library, or the library under the runtime's own host.</summary>
    private static string[] Executable()
    {
        var own = Path.Combine(AppContext.BaseDirectory, "kepil");
        return File.Exists(own) ? [own] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "kepil.dll")];
    }

    private static string? Found(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Containers may forbid what a sandbox needs; then the limits alone have to do.</summary>
    private static bool SandboxWorks()
    {
        if (Found("bwrap") is not { } program)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--ro-bind / / --dev /dev --proc /proc --unshare-net --unshare-pid --unshare-ipc true") { RedirectStandardError = true, UseShellExecute = false });
            return process is not null && process.WaitForExit(5000) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
