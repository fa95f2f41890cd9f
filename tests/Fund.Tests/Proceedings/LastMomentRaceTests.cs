using Kepil.Fund.Proceedings;
using Xunit;
using static Kepil.Tests.Proceedings.TrialCase;

namespace Kepil.Tests.Proceedings;

/// <summary>An objection at the last millisecond against the watch that confirms by silence: a thousand races, each of a case, a door and a barrier of its own.</summary>
public sealed class LastMomentRaceTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset End = Moment("2025-09-23 00:00:00");

    /// <summary>How the objection meets midnight.</summary>
    private enum Way
    {
        /// <summary>It arrived in the last millisecond and is handled while the watch goes round after midnight.</summary>
        LastMillisecond,

        /// <summary>It arrived in the first millisecond of the next day.</summary>
        FirstMillisecond,

        /// <summary>It enters while the watch brings midnight: either moment may be its own.</summary>
        AcrossMidnight,

        /// <summary>It enters after midnight, while the watch goes round already.</summary>
        AfterMidnight,
    }

    [Theory]
    [InlineData(false, 900)]
    [InlineData(true, 100)]
    [Proves("MON-321:26")]
    [Proves("MON-321:27")]
    public void A_thousand_races_of_the_last_millisecond_each_end_by_the_moment_of_receipt(bool postgres, int races)
    {
        using var trial = new TrialStore(postgres);
        var (objected, silent, senderFirst) = (0, 0, 0);
        var dice = new Random(27);
        var other = trial.Another();
        // The terms of these days are made before two at once ask for them.
        Assert.All(["2025-09-15", "2025-09-22", "2025-09-23"], day => Assert.Equal(Kepil.Tests.Law.TheLaw.Day(day), trial.TermsAt(Moment(day)).Today));
        var lasted = TimeSpan.FromMilliseconds(1);
        for (var id = 1; id <= races; id++)
        {
            var way = (Way)(id % 4);
            trial.MoveTo("2025-09-15");
            trial.Open(1, from: id);
            Assert.Equal(End, trial.Store.Find(id)!.Due!.EndsAt);
            trial.MoveTo(way is Way.LastMillisecond or Way.AcrossMidnight ? "2025-09-22 23:59:59.999" : "2025-09-23 00:00:00.000");
            var door = new ReceiptDoor(trial.Store, trial.Clock);
            door.Tell();
            var watch = new ProceedingWatch(other, trial.Clock, trial.TermsAt, door);
            var held = way is Way.LastMillisecond or Way.FirstMillisecond ? door.Enter() : null;
            ReceiptOutcome? answer = null;
            var came = DateTimeOffset.MinValue;
            long answered = 0, round = 0;
            // Released together, the one or the other gets ahead: sender and midnight are spread over a whole round of the watch.
            var (senderAfter, midnightAfter) = way == Way.AcrossMidnight ? (TimeSpan.Zero, TimeSpan.FromMicroseconds(dice.Next(40))) : (lasted * dice.NextDouble(), TimeSpan.Zero);
            Together(
                () =>
                {
                    Spin(senderAfter);
                    using var arrival = held ?? door.Enter();
                    came = arrival.At;
                    answer = Receive(trial, id, arrival);
                    answered = TimeProvider.System.GetTimestamp();
                },
                () =>
                {
                    Spin(midnightAfter);
                    var since = TimeProvider.System.GetTimestamp();
                    trial.MoveTo("2025-09-23 00:00:00.000");
                    watch.Run();
                    round = TimeProvider.System.GetTimestamp();
                    lasted = TimeSpan.FromMilliseconds(Math.Min(5, TimeProvider.System.GetElapsedTime(since, round).TotalMilliseconds));
                });
            // The next round: silence comes for whom the last one passed over because the sender held the case, and for nobody else.
            if (came < End || !trial.Store.Find(id)!.IsFinal)
            {
                Assert.Equal(came < End ? 0 : 1, watch.Run().Closed);
            }

            if (way != Way.AcrossMidnight)
            {
                Assert.Equal(way == Way.LastMillisecond, came < End);
            }

            Assert.Equal(came < End, answer!.Receipt!.Refusal is null);
            Assert.True(came < End || answer.Receipt.Refusal == "too_late");
            var history = trial.Store.History(id);
            Assert.Equal(
                came < End ? ["finding_shown", "objection_filed", "reviewer_assigned"] : ["finding_shown", "silence_confirmed"],
                history.Select(ProceedingJson.KindOf));
            Assert.Equal(came < End ? 0 : 1, history.Count(e => e.To is { Effect: not Effect.None }));
            var state = trial.Store.Find(id)!;
            Assert.Equal(came < End ? (Stage.FirstReview, Effect.None) : (Stage.ConfirmedBySilence, Effect.Reduce), (state.Stage, state.Effect));
            door.TakeDown();
            (objected, silent, senderFirst) = (objected + (came < End ? 1 : 0), silent + (came < End ? 0 : 1), senderFirst + (answered < round ? 1 : 0));
        }

        // Nothing of one race was done in another: each case has its one ending still.
        Assert.Equal(
            [(Stage.FirstReview, (long)objected), (Stage.ConfirmedBySilence, (long)silent)],
            trial.Store.Stages(new(2025, 8, 1)).Select(s => (s.Stage, s.Count)));
        Assert.InRange(objected, races / 4, races / 2);
        Assert.True(trial.Journal.Verify([]).IsSound);
        output.WriteLine($"{races} races: {objected} objections, {silent} silences; the sender was done before the watch in {senderFirst}");
        Assert.InRange(senderFirst, 1, races - 1);
    }

    /// <summary>Lets two acts go at the same moment, and waits for both.</summary>
    private static void Together(Action first, Action second)
    {
        using var barrier = new Barrier(2);
        Task[] both = [.. new[] { first, second }.Select(act => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                act();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WaitAll(both, TestContext.Current.CancellationToken);
    }

    /// <summary>Passes a part of a millisecond or two without giving the processor away.</summary>
    private static void Spin(TimeSpan time)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < time)
        {
            Thread.SpinWait(20);
        }
    }

    private static ReceiptOutcome Receive(TrialStore trial, long id, ReceiptArrival arrival) => trial.Store.Receive(
        id, new(arrival.DoorId, 5, "k" + id, "objection", "hash", arrival.At),
        new FileObjection(Provider, trial.Now, arrival.At, "the record shows the visit", []), trial.Terms, "key:1", _ => null, (_, _, _) => "{}");
}
