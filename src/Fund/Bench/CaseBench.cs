using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Bench;

/// <summary>Measures acts among many stored proceedings: <c>kepil bench cases</c></summary>
public static class CaseBench
{
    private const int Part = 20_000;
    private const int Acts = 500;

    public static Command Command()
    {
        var cases = new Option<int>("--cases") { Description = "Proceedings that are stored.", DefaultValueFactory = _ => 1_000_000 };
        var closed = new Option<int>("--closed") { Description = "Terms that end at once.", DefaultValueFactory = _ => 100_000 };
        var postgres = new Option<bool>("--postgres") { Description = "On a PostgreSQL of its own instead of SQLite." };
        var folder = new Option<string>("--folder") { Description = "Where the data go; removed at the end.", DefaultValueFactory = _ => "bench" };
        var command = new Command("cases", "Measures decisions, queues and the closing of terms.") { cases, closed, postgres, folder };
        command.SetAction(p =>
        {
            var path = Path.Combine(Path.GetFullPath(p.GetValue(folder)!), "kepil-bench");
            Measure(path, p.GetValue(cases), Math.Min(p.GetValue(closed), p.GetValue(cases)), p.GetValue(postgres));
            Directory.Delete(path, true);
            return 0;
        });
        return command;
    }

    private static void Measure(string path, int cases, int closed, bool postgres)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, true);
        }

        var folder = FundFolder.Open(path, postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        using var context = folder.Accounts.Context();
        var source = DeskSource.Of(context);
        var clock = new SetClock { Now = LocalDay.At(new(2026, 11, 2), new(12, 0)) };
        var staff = Enumerable.Range(1, 400).Select(i => new Employee(i, (10 + (i % 20)).ToString(CultureInfo.InvariantCulture), i % 20 == 0, false, new HashSet<long>(), 0)).ToList();
        var store = new ProceedingStore(source, new JournalStore(source.Open, clock), (_, loads) => [.. staff.Select(e => e with { Load = loads.GetValueOrDefault(e.Id) })]);
        var terms = new TermsByDay(LawBook.Open());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(postgres ? "PostgreSQL" : "SQLite")}, {Environment.ProcessorCount} cores, {cases:#,0} proceedings"));
        var watch = Stopwatch.StartNew();
        for (var from = 1; from <= cases; from += Part)
        {
            // The first ones are shown a week before the others, so that their terms end by themselves.
            clock.Now = LocalDay.At(from <= closed ? new(2026, 11, 2) : new(2026, 11, 9), new(12, 0));
            store.Open([.. Enumerable.Range(from, Math.Min(Part, cases - from + 1)).Select(i => Finding(i, clock.Now))], terms.At(clock.Now), "system");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  opening: {watch.Elapsed.TotalSeconds:0.0} s, {cases / watch.Elapsed.TotalSeconds:#,0} a second"));
        clock.Now = LocalDay.At(new(2026, 11, 10), new(12, 0));
        var now = terms.At(clock.Now);
        var last = Enumerable.Range(Math.Max(1, cases - Acts + 1), Math.Min(Acts, cases)).ToList();
        Print("objection with the naming of a reviewer", last.ConvertAll(id => Timed(() => store.Act(id, new FileObjection(new(Party.Provider, 1, ""), clock.Now, clock.Now, "the record", []), now, "key:1"))));
        Print("queue of a reviewer, 50 rows", staff.Take(200).Select(e => Timed(() => store.QueueOf(e.Id, 50))).ToList());
        Print("decision", last.Select(id => store.Find(id)!).ToList().ConvertAll(s => Timed(() => store.Act(
            s.Id, new DecideCase(new(s.Stage.ReviewerOf(), s.Reviewer, s.ReviewerRegion), clock.Now, s.Stage, s.Id % 3 == 0, "by the protocol", []), now, "user:1"))));
        watch.Restart();
        var round = new ProceedingWatch(store, clock, terms.At).Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  closing of {round.Closed:#,0} terms: {watch.Elapsed.TotalSeconds:0.0} s"));
        watch.Restart();
        new ProceedingWatch(store, clock, terms.At).Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a round with nothing to close: {watch.Elapsed.TotalMilliseconds:0.0} ms"));
    }

    private static OpenedFinding Finding(int number, DateTimeOffset at) => new(
        new(Actor.System, at, 0, number * 1024L, number, 1000 + (number % 500), "1.1", CareForm.Drg, Detection.Potential, FoundBy.Algorithm, Death.None, false, new(2026, 10, 5), 100_000_00, 12_345_00,
            Places.In((10 + (number % 20)).ToString(CultureInfo.InvariantCulture)), at, at, "a1b2", at),
        new(2026, 10, 1), "rule", """{"other_line":"12345","days":"3"}""", number);

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

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
