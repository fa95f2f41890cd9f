using System.Diagnostics;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>The executable that lengthens terms may be killed at any moment: each running term becomes longer once.</summary>
public sealed class OutageKillTests
{
    private const int Cases = 6_000;

    [Fact]
    [Proves("MON-321:9.1")]
    public void Killed_again_and_again_each_running_term_is_longer_once()
    {
        var path = Directory.CreateTempSubdirectory("kepil-outage-").FullName;
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
            var outages = OutageStore.Of(desk);
            var at = clock.GetUtcNow();
            store.Open(
                [.. Enumerable.Range(1, Cases).Select(i => new OpenedFinding(
                    TrialCase.Finding() with { At = at, LineId = i, DetectedAt = at, ShownAt = at, SnapshotAt = at }, new(2026, 10, 1), "rule", "{}", i))],
                new TermsByDay(TheLaw.Book).At(at), "system");
            var later = TrialCase.Moment("2026-11-05");
            outages.Enter(new(TrialCase.Moment("2026-11-04 08:00"), TrialCase.Moment("2026-11-04 20:00"), "77", new(2026, 11, 5)), "FIS", "power", 1, later);
            Assert.Null(outages.Decide(1, true, "", 2, later).Refusal);

            for (var kill = 0; kill < 3; kill++)
            {
                var before = outages.CountCases(1);
                using var killed = Start(path);
                var watch = Stopwatch.StartNew();
                while (outages.CountCases(1) == before && !killed.HasExited)
                {
                    Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "the watch lengthened nothing");
                }

                killed.Kill(true);
                killed.WaitForExit();
                Check(store, outages.CountCases(1));
            }

            using var last = Start(path);
            Assert.True(last.WaitForExit(120_000));
            Assert.Equal(0, last.ExitCode);
            Check(store, Cases);
            Assert.Equal(Cases, outages.CountCases(1));
            Assert.True(desk.Journal.Verify([]).IsSound);
        }
        finally
        {
            Directory.Delete(path, true);
        }
    }

    private static Process Start(string path)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kepil")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in new[] { "close-terms", "--data", path })
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["KEPIL_CLOCK"] = "2026-11-05T13:00+05:00";
        start.Environment["KEPIL_ACCOUNTS"] = "sqlite";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Check(ProceedingStore store, int longer)
    {
        using var db = store.Context();
        using var transaction = db.Database.BeginTransaction();
        Assert.Equal(longer, db.Events.Count(e => e.Kind == "term_extended"));
        Assert.Equal(longer, db.Proceedings.Count(p => p.Events == 2 && p.Due!.Contains(" 2026-11-10 ")));
        Assert.Equal(Cases - longer, db.Proceedings.Count(p => p.Events == 1));
    }
}
