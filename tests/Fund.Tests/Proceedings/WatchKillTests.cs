using System.Diagnostics;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Verbs;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>The executable that closes terms may be killed at any moment and two may run at once: each case has one outcome.</summary>
public sealed class WatchKillTests
{
    private const int Cases = 12_000;
    private const int Kills = 4;

    [Fact]
    [Proves("MON-321:27")]
    public void Killed_again_and_again_while_another_runs_the_watch_closes_each_case_once()
    {
        var path = Directory.CreateTempSubdirectory("kepil-watch-").FullName;
        try
        {
            var folder = FundFolder.Open(path, "sqlite");
            var clock = new MovedClock(TrialCase.Moment("2026-11-02"));
            DeskStore desk;
            using (var context = folder.Accounts.Context())
            {
                desk = new(DeskSource.Of(context), clock);
            }

            desk.MarkDemo();
            var store = ProceedingStore.Of(desk);
            var at = clock.GetUtcNow();
            store.Open(
                [.. Enumerable.Range(1, Cases).Select(i => new OpenedFinding(
                    TrialCase.Finding() with { At = at, LineId = i, DetectedAt = at, ShownAt = at, SnapshotAt = at }, new(2026, 10, 1), "rule", "{}", i))],
                new TermsByDay(TheLaw.Book).At(at), "system");
            var dice = new Random(20260801);
            for (var kill = 0; kill < Kills; kill++)
            {
                using var killed = Start(path);
                using var other = Start(path);
                var before = Closed(store);
                var watch = Stopwatch.StartNew();
                while (Closed(store) == before && !killed.HasExited)
                {
                    Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "the watch closed nothing");
                }

                killed.WaitForExit(dice.Next(0, 40));
                killed.Kill(true);
                other.Kill(true);
                killed.WaitForExit();
                other.WaitForExit();
                Check(store);
            }

            using var last = Start(path);
            Assert.True(last.WaitForExit(120_000));
            Assert.Equal(0, last.ExitCode);
            Assert.Equal(Cases, Closed(store));
            Check(store);
            Assert.True(desk.Journal.Verify([]).IsSound);
        }
        finally
        {
            Directory.Delete(path, true);
        }
    }

    private static Process Start(string path) => Executable.Start(path, "sqlite", "2026-11-10T10:00+05:00", "close-terms");

    private static int Closed(ProceedingStore store)
    {
        using var db = store.Context();
        return db.Proceedings.Count(p => p.Stage == "confirmed_by_silence");
    }

    private static void Check(ProceedingStore store)
    {
        using var db = store.Context();
        using var transaction = db.Database.BeginTransaction();
        var closed = db.Proceedings.Count(p => p.Stage == "confirmed_by_silence" && p.Effect == "reduce" && p.Events == 2);
        Assert.Equal(closed, db.Events.Count(e => e.Kind == "silence_confirmed"));
        Assert.Equal(Cases - closed, db.Proceedings.Count(p => p.Stage == "awaiting_objection" && p.Events == 1));
        Assert.Equal(Cases + closed, db.Events.Count());
    }
}
