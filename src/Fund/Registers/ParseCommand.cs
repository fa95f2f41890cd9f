namespace Kepil.Fund.Registers;

/// <summary>The process that reads files: it takes a job, reads each file and may die without the server.</summary>
public static class ParseCommand
{
    /// <summary>Exit code when memory was not enough.</summary>
    public const int OutOfMemory = 12;

    /// <summary>Runs the job that the arguments name: <c>--job FILE</c>.</summary>
    public static int Run(string[] args)
    {
        if (args is ["--wait", var rehearsal])
        {
            return WaitingReader.Wait(rehearsal);
        }

        if (args is not ["--job", var path])
        {
            Console.Error.WriteLine("kepil parse --job FILE");
            return 2;
        }

        var (job, vocabulary) = JobFile.Read(path);
        Vocabulary.Use(vocabulary);
        using var outcomes = new FileStream(OutcomesOf(path), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 14);
        foreach (var file in job.Files)
        {
            ProcessorTime.Allow(Seconds(file.Path, job.SmallFileSeconds));
            try
            {
                var outcome = RegisterReading.ReadFile(file.Path, file.Name, file.Folder, job.Options);
                JobFile.Write(outcomes, outcome);
                outcomes.WriteByte((byte)'\n');
                outcomes.Flush();
            }
            catch (OutOfMemoryException)
            {
                return OutOfMemory;
            }
        }

        return 0;
    }

    /// <summary>Seconds of processor time for a file: a sheet of a megabyte inflates to twenty.</summary>
    internal static int Seconds(string path, int ofSmall) => ofSmall + (int)(new FileInfo(path).Length >> 20);

    /// <summary>Beside the job: an outcome a line, in the order of the files; one that has no end of line is not whole.</summary>
    internal static string OutcomesOf(string job) => Path.ChangeExtension(job, ".outcomes");
}
