using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net;
using Kepil.Demo;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Rules;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Microsoft.Data.Sqlite;

namespace Kepil.Fund.Bench;

/// <summary>Measures the desk under many experts who work at once: <c>kepil bench desk</c>. The pages run in a process of their own, as in real life.</summary>
internal static class DeskBench
{
    public static Command Command()
    {
        var experts = new Option<int>("--experts") { Description = "Experts who work at once.", DefaultValueFactory = _ => 300 };
        var cases = new Option<int>("--cases") { Description = "Cases that lie with each of them.", DefaultValueFactory = _ => 15 };
        var minutes = new Option<double>("--minutes") { Description = "How long they work.", DefaultValueFactory = _ => 3 };
        var think = new Option<double>("--think") { Description = "Seconds between two requests of a person, on average.", DefaultValueFactory = _ => 10 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds of their work that are not counted: a server that was just started still compiles its pages.", DefaultValueFactory = _ => 0 };
        var lines = new Option<long>("--lines") { Description = "Lines of the month in the fund.", DefaultValueFactory = _ => 100_000 };
        var fill = new Option<bool>("--fill") { Description = "Only fills; the next run measures what was filled." };
        var keep = new Option<bool>("--keep") { Description = "Works on a copy, so that the next run measures the same." };
        var postgres = new Option<bool>("--postgres") { Description = "With accounts in a PostgreSQL of its own instead of SQLite, every commit on the disk; fills and measures in one run." };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var command = new Command("desk", "Measures the pages of experts who work at once.") { experts, cases, minutes, think, warmUp, lines, fill, keep, postgres, folder };
        command.SetAction(async (p, cancel) =>
        {
            var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench-desk");
            var filled = Path.Combine(path, "filled");
            var accounts = "sqlite";
            if (p.GetValue(postgres))
            {
                if (p.GetValue(fill) || p.GetValue(keep))
                {
                    throw new ArgumentException("--postgres goes with neither --fill nor --keep: its database ends with the run.");
                }

                accounts = PrivatePostgres.NewDatabase();
                PrivatePostgres.KeepOnDisk(accounts);
                File.Delete(filled);
            }

            if (!File.Exists(filled))
            {
                await FillAsync(path, accounts, p.GetValue(lines), p.GetValue(experts), p.GetValue(cases));
                await File.WriteAllTextAsync(filled, "", cancel);
            }

            if (p.GetValue(fill))
            {
                return 0;
            }

            var worked = p.GetValue(keep) ? path + "-copy" : path;
            if (worked != path)
            {
                SqliteConnection.ClearAllPools();
                Copy(path, worked);
            }

            var wrong = await MeasureAsync(worked, accounts, p.GetValue(experts), TimeSpan.FromMinutes(p.GetValue(minutes)), TimeSpan.FromSeconds(p.GetValue(think)), TimeSpan.FromSeconds(p.GetValue(warmUp)));
            Directory.Delete(worked, true);
            return wrong == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>An invented month, monitored and shown; experts of twenty branches; and objections, which are distributed among them.</summary>
    private static async Task FillAsync(string path, string accounts, long lines, int experts, int cases)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, true);
        }

        var watch = Stopwatch.StartNew();
        var law = LawBook.Open();
        var made = Path.Combine(path, "country");
        new DemoCountry(new DemoSize(lines)).Write(made);
        var folder = FundFolder.Open(Path.Combine(path, "fund"), accounts);
        var intake = new RegisterIntake(folder, law, TimeProvider.System);
        await intake.TakeAsync([.. Directory.GetFiles(Path.Combine(made, "reference")).Order(StringComparer.Ordinal)], intake.Options());
        await intake.TakeAsync([.. Directory.GetFiles(Path.Combine(made, "registers"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)], intake.Options());
        var month = new DemoSize(lines).Month;
        await new MonthMonitoring(folder, law, TimeProvider.System).RunAsync(month, RuleCommands.Load(law, LocalDay.Of(TimeProvider.System.GetUtcNow())).Pack);
        using var records = new FundRecords(folder);
        var provider = records.Query("SELECT provider_id, SUM(billed) FROM month_form WHERE month = $1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1", r => r.Long(0), month)[0];
        var desk = DeskOf(folder);
        DemoUsers.Add(desk, provider, "61", law.Regions);
        for (var i = 0; i < experts; i++)
        {
            var name = FormattableString.Invariant($"bench-{i}");
            desk.Add("bench", new DeskUser { SignInName = name, NormalName = name.ToUpperInvariant(), FullName = $"Сарапшы {i}", Role = Role.BranchExpert, Region = (10 + (i % 20)).ToString(CultureInfo.InvariantCulture), Stamp = name, IsDemo = true });
        }

        var (store, terms) = (ProceedingStore.Of(desk), new TermsByDay(law));
        var now = TimeProvider.System.GetUtcNow();
        new MonthNotice(folder, records, store, TimeProvider.System, terms.At, new PaidLines(folder, LedgerStore.Of(desk)).Of).Show(month, "bench", "bench", now);
        List<long> open;
        using (var db = store.Context())
        {
            open = [.. db.Proceedings.Where(c => c.Stage == "awaiting_objection" && c.AtRisk > 0).OrderBy(c => c.Id).Select(c => c.Id).Take(experts * cases)];
        }

        foreach (var id in open)
        {
            store.Act(id, new FileObjection(new(Party.Provider, 1, ""), now, now, "Жазбалар қызметтің көрсетілгенін растайды, дәрігердің қолтаңбасы бар.", []), terms.At(now), "bench");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  filling: {watch.Elapsed.TotalSeconds:0.0} s, {open.Count:#,0} cases under review"));
    }

    private static async Task<int> MeasureAsync(string path, string accounts, int experts, TimeSpan length, TimeSpan think, TimeSpan warmUp)
    {
        var address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment["KEPIL_ACCOUNTS"] = accounts;
        foreach (var argument in new[] { "serve", "--demo", "--data", Path.Combine(path, "fund"), "--urls", address.ToString().TrimEnd('/') })
        {
            start.ArgumentList.Add(argument);
        }

        using var server = Process.Start(start)!;
        try
        {
            // It says so when the pages are open.
            while (await server.StandardOutput.ReadLineAsync() is { } line && !line.Contains(address.Authority, StringComparison.Ordinal))
            {
            }

            _ = server.StandardOutput.ReadToEndAsync();
            var desk = DeskOf(FundFolder.Open(Path.Combine(path, "fund"), accounts));
            var users = desk.Users().Where(u => u.SignInName.StartsWith("bench-", StringComparison.Ordinal)).Take(experts).ToList();
            var times = new RequestTimes();
            var work = users.Select((u, i) => new ExpertAtWork(address, u.Id, think, new Random(i), times)).ToList();
            var watch = Stopwatch.StartNew();
            await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (w, _) => await w.SignInAsync());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(accounts == "sqlite" ? "SQLite" : "PostgreSQL")}, {Environment.ProcessorCount} cores, {users.Count} experts signed in: {watch.Elapsed.TotalSeconds:0.0} s"));
            var until = TimeProvider.System.GetTimestamp() + (long)((warmUp + length).TotalSeconds * TimeProvider.System.TimestampFrequency);
            var all = work.Select(w => w.WorkAsync(until)).ToList();
            if (warmUp > TimeSpan.Zero)
            {
                using var timer = new PeriodicTimer(warmUp, TimeProvider.System);
                await timer.WaitForNextTickAsync();
                times.Begin();
            }

            server.Refresh();
            var before = server.TotalProcessorTime;
            watch.Restart();
            await Task.WhenAll(all);
            server.Refresh();
            var used = server.TotalProcessorTime - before;
            times.Print();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {times.Count / watch.Elapsed.TotalSeconds:0.0} requests/s during {watch.Elapsed.TotalSeconds:0} s; the server took {used.TotalSeconds / watch.Elapsed.TotalSeconds:0.00} of {Environment.ProcessorCount} cores, {used.TotalMilliseconds / Math.Max(1, times.Count):0.0} ms of processor time for a request, {server.WorkingSet64 / 1048576.0:0} MiB"));
            return times.Wrong;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, true);
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }

    private static DeskStore DeskOf(FundFolder folder)
    {
        using var context = folder.Accounts.Context();
        return new(DeskSource.Of(context), TimeProvider.System);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
