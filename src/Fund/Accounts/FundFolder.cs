using System.Security.Cryptography;

namespace Kepil.Fund.Accounts;

/// <summary>Thrown when another process writes to the folder and does not let go of it.</summary>
public sealed class FolderHeldException(string folder) : IOException($"Another process writes to {folder}.")
{
    public string Folder { get; } = folder;
}

/// <summary>The folder in which a fund keeps its files, records, registers and runs.</summary>
public sealed class FundFolder
{
    private const string Alive = ".alive";

    private readonly Dictionary<string, FileStream> _stages = [];

    private FundFolder(string path, AccountsStore accounts)
    {
        Path = path;
        Accounts = accounts;
    }

    public string Path { get; }

    public AccountsStore Accounts { get; }

    /// <param name="path">The folder; made when it is not there. Null: the setting KEPIL_DATA, else data/ where the command was given.</param>
    /// <param name="accounts">Where the accounts lie, as the setting KEPIL_ACCOUNTS says; null: that setting.</param>
    public static FundFolder Open(string? path = null, string? accounts = null)
    {
        var full = System.IO.Path.GetFullPath(path ?? Environment.GetEnvironmentVariable("KEPIL_DATA") ?? "data");
        foreach (var name in new[] { "", "files", "records", "reference", "runs", "stage", "rejections" })
        {
            Directory.CreateDirectory(System.IO.Path.Combine(full, name));
        }

        return new FundFolder(full, AccountsStore.Open(accounts ?? Environment.GetEnvironmentVariable("KEPIL_ACCOUNTS"), full));
    }

    /// <summary>Full path of something that the accounts name by its place in the folder.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Holds the folder for one writer; another one waits for half a minute.</summary>
    /// <exception cref="FolderHeldException">It is held for longer than that.</exception>
    public FileStream Hold()
    {
        var file = At(".lock");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                SweepStage();
                return held;
            }
            catch (IOException) when (File.Exists(file))
            {
                if (attempt >= 300)
                {
                    throw new FolderHeldException(Path);
                }

                using var gate = new ManualResetEventSlim(false);
                gate.Wait(100);
            }
        }
    }

    /// <summary>A new empty folder for work in progress; what a killed process left behind there is removed when the folder is next held.</summary>
    public string Stage()
    {
        var path = At("stage", Guid.NewGuid().ToString("n"));
        lock (_stages)
        {
            foreach (var gone in _stages.Keys.Where(p => !Directory.Exists(p)).ToList())
            {
                _stages[gone].Dispose();
                _stages.Remove(gone);
                File.Delete(gone + Alive);
            }

            // The kernel lets go of the file when the process dies, however it dies.
            _stages[path] = new FileStream(path + Alive, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            Directory.CreateDirectory(path);
        }

        return path;
    }

    private void SweepStage()
    {
        foreach (var path in Directory.GetDirectories(At("stage")))
        {
            try
            {
                using (new FileStream(path + Alive, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
                {
                    Directory.Delete(path, true);
                    File.Delete(path + Alive);
                }
            }
            catch (IOException)
            {
                // It is at work, or goes away by itself at this moment.
            }
        }
    }

    /// <summary>Moves a finished file to a place named by its content and returns that place.</summary>
    public string Keep(string file, string folder, string prefix, string extension, out string hash)
    {
        using (var stream = File.OpenRead(file))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        }

        var name = $"{prefix}{hash[..24]}{extension}";
        Directory.CreateDirectory(At(folder));
        File.Move(file, At(folder, name), true);
        return System.IO.Path.Combine(folder, name);
    }
}
