using System.Diagnostics;

namespace Kepil.Fund.Registers;

/// <summary>A confined reading process that has started and gone through an invented register, and waits for the file of whoever checks one next. It does one job.</summary>
public sealed class WaitingReader : IDisposable
{
    /// <summary>Seconds of processor time that it can be given in all; of its job it gets what the size of the file allows.</summary>
    private const int MostSeconds = 900;

    private readonly Process _process;
    private bool _taken;

    private WaitingReader(Process process, string folder) => (_process, Folder) = (process, folder);

    /// <summary>The one folder that it may write; what it finds goes below it.</summary>
    public string Folder { get; }

    /// <param name="folder">A folder of its own, which is there.</param>
    public static WaitingReader Start(string folder)
    {
        folder = Path.GetFullPath(folder);
        var rehearsal = Directory.CreateDirectory(Path.Combine(folder, "rehearsal")).FullName;
        var file = Path.Combine(rehearsal, "register.csv");
        File.WriteAllText(file, """
            Реестр счетов
            line_id;stated_id;provider_id;service_code;started_on;ended_on;quantity;price;amount;diagnosis;doctor_id;urgency;package
            1;620106422885;210440297469;A02.014.000;12.10.2026;12.10.2026;1;980,40;980,40;I20.8;700928300031;жоспарлы;ОСМС
            2;620106422885;210440297469;A02.014.000;2026-10-12;;2;980.4;;нет;;экстренно;ГОБМП

            """);
        JobFile.Write(JobOf(folder), new ParseJob { Files = [new ParseFile(file, "register.csv", rehearsal)], Options = new RegisterOptions { Today = new DateOnly(2026, 11, 5), Month = new DateOnly(2026, 10, 1) }, SmallFileSeconds = 2 }, Vocabulary.Own);
        return new WaitingReader(ParserProcess.Begin(["--wait", JobOf(folder)], [folder], MostSeconds, folder), folder);
    }

    /// <summary>Ends when it has nothing left to do but wait.</summary>
    public Task WaitsAsync(CancellationToken cancel = default) => _process.StandardOutput.ReadLineAsync(cancel).AsTask();

    public void Dispose()
    {
        if (!_taken)
        {
            Kill();
            _process.Dispose();
        }
    }

    /// <summary>Ends the process before it was told a job.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
            _process.WaitForExit();
        }
    }

    /// <summary>What the process does: the job that its folder holds, then the one whose path it is told.</summary>
    internal static int Wait(string rehearsal)
    {
        var (job, vocabulary) = JobFile.Read(rehearsal);
        Vocabulary.Use(vocabulary);
        foreach (var file in job.Files)
        {
            using var outcome = new MemoryStream();
            JobFile.Write(outcome, RegisterReading.ReadFile(file.Path, file.Name, file.Folder, job.Options));
        }

        Console.Out.WriteLine("waits");
        return Console.In.ReadLine() is { Length: > 0 } path ? ParseCommand.Run(["--job", path]) : 0;
    }

    /// <summary>The process, told its job; null when it has ended meanwhile.</summary>
    internal Process? Take(string job)
    {
        if (_taken || _process.HasExited)
        {
            return null;
        }

        try
        {
            _process.StandardInput.WriteLine(job);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return null;
        }

        _taken = true;
        return _process;
    }

    private static string JobOf(string folder) => Path.Combine(folder, "rehearsal", "job.json");
}
