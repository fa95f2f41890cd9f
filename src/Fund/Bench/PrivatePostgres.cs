using System.Diagnostics;
using Npgsql;

namespace Kepil.Fund.Bench;

/// <summary>A PostgreSQL of this run's own, on a socket in a folder of its own; it ends with the process. For benchmarks and tests.</summary>
public sealed class PrivatePostgres : IDisposable
{
    private static readonly Lazy<PrivatePostgres> Started = new(() =>
    {
        var server = new PrivatePostgres();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private int _ended;

    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-pg-").FullName;
    private readonly string _programs;
    private int _databases;

    private PrivatePostgres()
    {
        _programs = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).Last(d => File.Exists(Path.Combine(d, "postgres")));
        var data = Path.Combine(_folder, "data");
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", _folder);
        }

        AsOwner(Path.Combine(_programs, "initdb"), "-D", data, "-U", "kepil", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync");
        // In the file and not on the command line, so that a benchmark may switch it on.
        File.AppendAllText(Path.Combine(data, "postgresql.conf"), "fsync = off\n");
        AsOwner(Path.Combine(_programs, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(_folder, "log"),
            "-o", $"-k {_folder} -c listen_addresses='' -c max_connections=500 -c shared_buffers=256MB -c max_wal_size=4GB", "start");
    }

    /// <summary>A new empty database on the server of this run.</summary>
    public static string NewDatabase()
    {
        var server = Started.Value;
        var name = "t" + Interlocked.Increment(ref server._databases);
        server.Run(Path.Combine(server._programs, "createdb"), "-h", server._folder, "-U", "kepil", name);
        return $"Host={server._folder};Username=kepil;Database={name}";
    }

    /// <summary>Ends the server of this run, if one was started, and removes what it wrote.</summary>
    /// <remarks>Tests end it before their run returns: what hundreds of databases leave takes longer to remove than a runner waits for a process that has returned.</remarks>
    public static void End()
    {
        if (Started.IsValueCreated)
        {
            Started.Value.Dispose();
        }
    }

    /// <summary>Lets every commit wait for the disk, as in real life; tests do without.</summary>
    public static void KeepOnDisk(string database)
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        foreach (var sql in new[] { "ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()" })
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        AsOwner(Path.Combine(_programs, "pg_ctl"), "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
        Directory.Delete(_folder, true);
    }

    private void AsOwner(string program, params string[] arguments)
    {
        if (Environment.UserName == "root")
        {
            Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        }
        else
        {
            Run(program, arguments);
        }
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = _folder, RedirectStandardOutput = false, RedirectStandardError = false };
        start.RedirectStandardInput = true;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
        }
    }
}
