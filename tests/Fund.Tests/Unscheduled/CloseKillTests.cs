using System.Diagnostics;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Verbs;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>The executable that accepts conclusions by silence may be killed at any moment and two may run at once; on SQLite and on PostgreSQL.</summary>
public sealed class CloseKillTests
{
    private const int Papers = 300;
    private const int Kills = 3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:57")]
    public void Killed_again_and_again_while_another_runs_each_conclusion_is_accepted_once(bool postgres)
    {
        var path = Directory.CreateTempSubdirectory("kepil-silence-").FullName;
        var database = postgres ? PrivatePostgres.NewDatabase() : "sqlite";
        try
        {
            var (desk, store) = Open(path, database, "2025-09-12");
            desk.MarkDemo();
            for (var id = 1; id <= Papers; id++)
            {
                WithProvider(store, id);
                Assert.True(store.Close(id, "conclusion", At("2025-09-18 00:00"), TermsOn(At("2025-09-18"))));
            }

            var dice = new Random(20250912);
            for (var kill = 0; kill < Kills; kill++)
            {
                using var killed = Start(path, database);
                using var other = Start(path, database);
                var (before, watch) = (Accepted(store), Stopwatch.StartNew());
                while (Accepted(store) == before && !killed.HasExited)
                {
                    Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "nothing was closed");
                }

                killed.WaitForExit(dice.Next(0, 60));
                killed.Kill(true);
                other.Kill(true);
                killed.WaitForExit();
                other.WaitForExit();
                Check(store);
            }

            using var last = Start(path, database);
            Assert.True(last.WaitForExit(120_000));
            Assert.Equal(0, last.ExitCode);
            Assert.Equal(Papers, Accepted(store));
            Check(store);
            Assert.True(desk.Journal.Verify([]).IsSound);
        }
        finally
        {
            Directory.Delete(path, true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:56")]
    public void An_objection_that_reached_the_server_before_midnight_counts_however_long_its_queue(bool postgres)
    {
        var path = Directory.CreateTempSubdirectory("kepil-queue-").FullName;
        try
        {
            var (desk, store) = Open(path, postgres ? PrivatePostgres.NewDatabase() : "sqlite", "2025-09-12");
            var (clock, proceedings) = ((MovedClock)desk.Clock, ProceedingStore.Of(desk));
            WithProvider(store, 1);
            WithProvider(store, 2);
            var door = new ReceiptDoor(proceedings, clock);
            door.Tell();
            clock.Move(At("2025-09-17 23:59") - clock.GetUtcNow());
            var arrival = door.Enter();
            clock.Move(TimeSpan.FromMinutes(30));
            door.Tell();
            var watch = new UnscheduledWatch(store, clock, at => TermsOn(at), proceedings.HandledUpTo);

            // The objection still waits in its queue: neither silence is closed, for nobody knows whose it is.
            Assert.Equal(0, watch.Run().Closed);
            store.Receive(new(arrival.DoorId, "provider", "k1", "objections", "h", arrival.At), 1, new ObjectToConclusion(arrival.At, Provider, Channel.System, ["no"]), TermsOn(arrival.At), (_, _, _) => "");
            arrival.Dispose();
            door.Tell();
            Assert.Equal(1, watch.Run().Closed);

            Assert.Equal((ConclusionStage.Objected, true), (store.ConclusionOf(1)!.Stage, store.ConclusionOf(2)!.AwaitsPost));
            clock.Move(At("2025-09-30 00:05") - clock.GetUtcNow());
            door.Tell();
            // The silent one is accepted now; the reply to the other is late meanwhile, which is flagged and changes nothing.
            Assert.Equal(2, watch.Run().Closed);
            Assert.Equal((ConclusionStage.Objected, ConclusionStage.DeemedAccepted), (store.ConclusionOf(1)!.Stage, store.ConclusionOf(2)!.Stage));
            Assert.Equal(0, watch.Run().Closed);
            door.TakeDown();
        }
        finally
        {
            Directory.Delete(path, true);
        }
    }

    private static (DeskStore Desk, UnscheduledStore Store) Open(string path, string database, string day)
    {
        var folder = FundFolder.Open(path, database);
        using var context = folder.Accounts.Context();
        var desk = new DeskStore(DeskSource.Of(context), new MovedClock(At(day)));
        return (desk, UnscheduledStore.Of(desk));
    }

    private static void WithProvider(UnscheduledStore store, int id)
    {
        var (at, number) = (At("2025-09-12"), "75/" + id);
        foreach (var act in new ConclusionCommand[]
        {
            new DraftConclusion(at, Clerk, Head() with { Number = number, Signers = [7], Facts = CaseSamples.Facts }, [Line()], []), new SignConclusion(at, Clerk), new SendConclusion(at, Clerk, Channel.System),
        })
        {
            Assert.Null(store.Act(id, number, act, TermsOn(at)).Refusal);
        }
    }

    private static int Accepted(UnscheduledStore store) => store.Cases("conclusion", 0, Papers).Count(c => c.Stage == "DeemedAccepted");

    private static void Check(UnscheduledStore store)
    {
        foreach (var one in store.Cases("conclusion", 0, Papers))
        {
            var (state, events) = (store.ConclusionOf(one.Id)!, store.ConclusionEvents(one.Id));
            Assert.Equal(one.Stage, state.Stage.ToString());
            Assert.Equal(one.Events, events.Count);
            Assert.Equal(one.Stage == "DeemedAccepted" ? 1 : 0, events.OfType<MeasuresApplied>().Count());
            Assert.Equal(one.Stage == "DeemedAccepted" ? 1 : 0, events.OfType<ConclusionDeemedAccepted>().Count());
        }
    }

    private static Process Start(string path, string database) => Executable.Start(path, database, "2025-09-30T10:00+05:00", "close-terms");
}
