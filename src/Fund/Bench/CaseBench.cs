using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Bench;

/// <summary>Measures acts among many stored proceedings: <c>kepil bench cases</c></summary>
internal sealed class CaseBench
{
    private const int Acts = 500;

    private readonly SetClock _clock = new() { Now = StoredCases.Today };
    private readonly TermsByDay _terms = new(LawBook.Open());
    private readonly List<Employee> _staff = [.. Enumerable.Range(1, 400).Select(i => new Employee(i, (10 + (i % 20)).ToString(CultureInfo.InvariantCulture), i % 20 == 0, false, new HashSet<long>(), 0))];
    private readonly ProceedingStore _store;
    private readonly StoredCases _stored;

    private CaseBench(FundFolder folder, int cases, int closed)
    {
        using var context = folder.Accounts.Context();
        var source = DeskSource.Of(context);
        _store = new(source, new JournalStore(source.Open, _clock), (_, loads) => [.. _staff.Select(e => e with { Load = loads.GetValueOrDefault(e.Id) })]);
        _stored = new(source, _store, _clock, _terms, cases, closed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(source.IsPostgres ? "PostgreSQL" : "SQLite")}, {Environment.ProcessorCount} cores, {cases:#,0} proceedings"));
    }

    public static Command Command()
    {
        var cases = new Option<int>("--cases") { Description = "Proceedings that are stored.", DefaultValueFactory = _ => 5_000_000 };
        var closed = new Option<int>("--closed") { Description = "Terms that end at once.", DefaultValueFactory = _ => 100_000 };
        var postgres = new Option<bool>("--postgres") { Description = "On a PostgreSQL of its own instead of SQLite." };
        var at = new Option<string?>("--at") { Description = "An empty PostgreSQL database, by its connection." };
        var fill = new Option<bool>("--fill") { Description = "Only fills; the next run measures what was filled." };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var command = new Command("cases", "Measures decisions, queues and the closing of terms.") { cases, closed, postgres, at, fill, folder };
        command.SetAction(p =>
        {
            var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench");
            var accounts = p.GetValue(at) ?? (p.GetValue(postgres) ? PrivatePostgres.NewDatabase() : "sqlite");
            var filled = Path.Combine(path, "filled");
            // A server of this run's own is empty, whatever was filled before.
            var own = p.GetValue(postgres) && p.GetValue(at) is null;
            if (Directory.Exists(path) && (own || !File.Exists(filled)))
            {
                Directory.Delete(path, true);
            }

            var bench = new CaseBench(FundFolder.Open(path, accounts), p.GetValue(cases), Math.Min(p.GetValue(closed), p.GetValue(cases)));
            if (!File.Exists(filled))
            {
                bench.Fill();
                File.WriteAllText(filled, "");
            }

            if (!p.GetValue(fill))
            {
                bench.Measure();
                Directory.Delete(path, true);
            }

            return 0;
        });
        return command;
    }

    private void Fill()
    {
        var watch = Stopwatch.StartNew();
        _stored.Fill();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  filling: {watch.Elapsed.TotalSeconds:0.0} s"));
    }

    private void Measure()
    {
        var now = _terms.At(_clock.Now);
        var waiting = _stored.Waiting(Acts);
        Print("objection with its receipt and the naming of a reviewer", [.. waiting.Select(id => Timed(() => _store.Receive(
            id, new(null, 1, id.ToString(CultureInfo.InvariantCulture), "objection", "a1b2", _clock.Now), new FileObjection(new(Party.Provider, 1, ""), _clock.Now, _clock.Now, "the record", []), now, "key:1", _ => null, (_, _, _) => "{}")))]);
        Print("queue of a reviewer, 50 rows", [.. _staff.Take(200).Select(e => Timed(() => _store.QueueOf(e.Id, 50)))]);
        Print("inbox of a provider, 50 rows", [.. Enumerable.Range(1000, 200).Select(p => Timed(() => _store.InboxOf(p, 50)))]);
        Print("counts of the views of a provider's inbox", [.. Enumerable.Range(1000, 50).Select(p => Timed(() => _store.OfficeCounts(p, new("all"), _clock.Now.AddHours(12), true)))]);
        Print("decision", [.. waiting.Select(id => _store.Find(id)!).ToList().Select(s => Timed(() => _store.Act(s.Id, StoredCases.Decision(s, _clock.Now), now, "user:1")))]);
        var watch = Stopwatch.StartNew();
        // After the pause since October silence waits for a person's consent.
        var round = new ProceedingWatch(_store, _clock, _terms.At).Run("bench");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  closing of {round.Closed:#,0} terms: {watch.Elapsed.TotalSeconds:0.0} s"));
        Print("a round with nothing to close", [.. Enumerable.Range(0, 20).Select(_ => Timed(() => new ProceedingWatch(_store, _clock, _terms.At).Run()))]);
    }

    private static double Timed<T>(Func<T> act)
    {
        var started = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Print(string what, IReadOnlyList<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: median {sorted[sorted.Count / 2]:0.0} ms, 95th of a hundred {sorted[sorted.Count * 95 / 100]:0.0} ms ({sorted.Count})"));
    }
}
