using System.Diagnostics;
using Xunit;

namespace Kepil.Tests.Verbs;

/// <summary>The executable itself as a process of its own, which a test may kill.</summary>
internal static class Executable
{
    /// <summary>Gives a command and waits for its answer. A fund that is no demo lives by the clock of the machine.</summary>
    /// <param name="path">The folder of the fund.</param>
    /// <returns>The code of its end, and all that it printed; no-break spaces within numbers are spaces to whoever reads them.</returns>
    public static (int Code, string Told) Ask(string path, string language, params IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kepil")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Concat(["--lang", language, "--data", path]))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var told = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000));
        return (process.ExitCode, (told + errors.Result).Replace('\u00a0', ' '));
    }

    /// <param name="path">The folder of the fund, which is a demo.</param>
    /// <param name="clock">The moment that the process takes for now.</param>
    public static Process Start(string path, string database, string clock, params string[] words) => Start(path, database, clock, null, words);

    /// <param name="said">Told each line that the process prints.</param>
    public static Process Start(string path, string database, string clock, Action<string>? said, params string[] words) => StartBy(null, path, database, clock, said, words);

    /// <param name="rules">The folder of the rules; null: those of the project.</param>
    public static Process StartBy(string? rules, string path, string database, string clock, Action<string>? said, params string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kepil")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Concat(["--data", path]))
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["KEPIL_CLOCK"] = clock;
        start.Environment["KEPIL_ACCOUNTS"] = database;
        if (rules is not null)
        {
            start.Environment["KEPIL_RULES"] = rules;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Tell(e.Data);
        process.ErrorDataReceived += (_, e) => Tell(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Tell(string? line)
        {
            if (line is not null)
            {
                said?.Invoke(line);
            }
        }
    }
}
