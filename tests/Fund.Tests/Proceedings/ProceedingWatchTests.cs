using Kepil.Fund.Proceedings;
using Kepil.Law;
using Xunit;
using static Kepil.Tests.Proceedings.TrialCase;

namespace Kepil.Tests.Proceedings;

public sealed class ProceedingWatchTests
{
    public static TheoryData<bool> Databases { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:27")]
    public void Several_watches_at_once_confirm_by_silence_exactly_once(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(2500);
        trial.MoveTo("2025-09-23");

        var rounds = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ => trial.Watch().Run()).ToList();

        Assert.Equal(2500, rounds.Sum(r => r.Closed));
        Assert.Equal([(Stage.ConfirmedBySilence, 2500L, 2_500_000L)], trial.Store.Stages(new(2025, 8, 1)));
        using var db = trial.Store.Context();
        Assert.Equal(2500, db.Events.Count(e => e.Kind == "silence_confirmed"));
        Assert.Equal(5000, db.Events.Count());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:30")]
    public void A_reviewer_who_is_silent_loses_the_case_and_nothing_is_withheld(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Open(1);
        trial.Object(1, trial.Now);
        var first = trial.Store.Find(1)!.Reviewer;
        for (var day = new DateOnly(2025, 9, 16); day <= new DateOnly(2025, 10, 3); day = day.AddDays(1))
        {
            trial.MoveTo($"{day:yyyy-MM-dd} 09:00");
            trial.Watch().Run();
        }

        var kinds = trial.Store.History(1).Select(ProceedingJson.KindOf).ToList();
        Assert.Contains("review_overdue", kinds);
        Assert.Contains("review_taken_back", kinds);
        Assert.NotEqual(first, trial.Store.Find(1)!.Reviewer);
        Assert.Equal((Stage.FirstReview, Effect.None), (trial.Store.Find(1)!.Stage, trial.Store.Find(1)!.Effect));
    }

    [Fact]
    public void A_case_of_the_branch_is_given_to_an_employee_when_it_is_opened()
    {
        using var trial = new TrialStore(false);
        trial.Open(4, "11.0");

        Assert.All(Enumerable.Range(1, 4), id => Assert.Equal(Stage.BranchReview, trial.Store.Find(id)!.Stage));
        Assert.Equal([2, 2], new[] { 751L, 752L }.Select(e => trial.Store.QueueOf(e, 10).Count));
    }

    [Fact]
    [Proves("MON-321:27")]
    public void After_a_standstill_mass_confirmation_waits_for_a_person()
    {
        using var trial = new TrialStore(false);
        trial.Watch().Run();
        trial.Open(100);
        trial.MoveTo("2025-09-23");

        Assert.Equal((0, 100L), (trial.Watch().Run() is var round ? round.Closed : 0, round.Held));
        Assert.Equal((0, 100L), (trial.Watch().Run() is var again ? again.Closed : 0, again.Held));
        Assert.Equal((100, 0L), (trial.Watch().Run("A. Person") is var consented ? consented.Closed : 0, consented.Held));
        Assert.Contains(trial.Journal.Read(), e => e is { Act: "MassConfirmationConsented", Actor: "A. Person" });

        // A watch that goes round every hour needs nobody.
        trial.Open(100, from: 1001);
        for (var i = 0; i < 24 * 8; i++)
        {
            trial.Clock.Move(TimeSpan.FromHours(1));
            Assert.Equal(0, trial.Watch().Run().Held);
        }

        Assert.Equal(200, trial.Store.Stages(new(2025, 8, 1)).Single(s => s.Stage == Stage.ConfirmedBySilence).Count);
    }

    /// <summary>A branch where nobody was free for weeks: who comes back is named, and the round that names him sees that the term is over.</summary>
    /// <param name="told">Whether a round went by meanwhile that told the head once more, so that the head's own term runs again.</param>
    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:27")]
    public void A_clock_that_jumps_ten_years_on_or_back_confirms_nothing_by_itself(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        trial.Watch().Run();
        trial.Open(100);
        var terms = Enumerable.Range(1, 100).Select(id => trial.Store.Find(id)!.Due!).ToList();
        Assert.All(terms, t => Assert.True(t.Includes(trial.Now)));

        trial.MoveTo("2035-09-23");
        Assert.Equal((0, 100L), (trial.Watch().Run() is var on ? on.Closed : 0, on.Held));
        // Of a day before the order there is no law to go by.
        trial.MoveTo("2015-09-23");
        Assert.Throws<LawGapException>(() => trial.Watch().Run());
        trial.MoveTo("2025-09-01");
        Assert.Equal((0, 0L), (trial.Watch().Run() is var back ? back.Closed : 0, back.Held));
        trial.MoveTo("2025-09-09");
        Assert.Equal((0, 0L), (trial.Watch().Run() is var right ? right.Closed : 0, right.Held));

        Assert.All(Enumerable.Range(1, 100), id => Assert.Equal((Stage.AwaitingObjection, terms[id - 1]), (trial.Store.Find(id)!.Stage, trial.Store.Find(id)!.Due!)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [Proves("MON-321:30")]
    public void A_round_leaves_no_term_that_is_over(bool postgres, bool told)
    {
        using var trial = new TrialStore(postgres);
        IReadOnlyList<Employee> people = [];
        var store = new ProceedingStore(trial.Source, trial.Journal, (_, _) => people);
        var watch = new ProceedingWatch(store, trial.Clock, trial.TermsAt);
        store.Open([trial.Finding(1, "11.0")], trial.Terms, "system");
        Assert.Equal((Stage.BranchQueue, Party.Fund), (store.Find(1)!.Stage, store.Find(1)!.Owner));
        trial.MoveTo("2025-10-22 09:00");
        if (told)
        {
            watch.Run();
            Assert.True(store.Find(1)!.Due!.Includes(trial.Now));
        }

        people = Staff;
        var round = watch.Run();
        Assert.Equal(told ? (1, 1) : (2, 0), (round.Closed, round.Assigned));

        var state = store.Find(1)!;
        Assert.Equal((Stage.BranchReview, true, Effect.None), (state.Stage, state.IsOverdue, state.Effect));
        Assert.True(state.Due!.Includes(trial.Now));
        var again = watch.Run();
        Assert.Equal((0, 0), (again.Closed, again.Assigned));
        Assert.Equal(state.Events, store.Find(1)!.Events);
    }

    [Fact]
    [Proves("MON-321:26")]
    public void What_arrived_in_the_last_moment_is_never_overtaken_by_silence()
    {
        using var trial = new TrialStore(false);
        trial.Open(1);
        var door = new ReceiptDoor(trial.Store, trial.Clock);
        door.Tell();
        trial.MoveTo("2025-09-22 23:59:59.999");
        using (var arrival = door.Enter())
        {
            trial.MoveTo("2025-09-23 00:30");
            Assert.Equal(0, trial.Watch(door).Run().Closed);
            Assert.Null(Receive(trial, 1, arrival).Receipt!.Refusal);
        }

        Assert.Equal(0, trial.Watch(door).Run().Closed);
        Assert.Equal(Stage.FirstReview, trial.Store.Find(1)!.Stage);
    }

    [Fact]
    public void What_a_door_still_holds_when_it_is_taken_down_is_refused_openly()
    {
        using var trial = new TrialStore(false);
        trial.Open(1);
        var door = new ReceiptDoor(trial.Store, trial.Clock);
        door.Tell();
        trial.MoveTo("2025-09-22 23:59:59");
        var arrival = door.Enter();
        trial.MoveTo("2025-09-23 00:30");

        Assert.Equal(1, trial.Watch().Run().Closed);
        Assert.Throws<DoorClosedException>(() => Receive(trial, 1, arrival));
        door.Tell();
        Assert.Throws<DoorClosedException>(() => Receive(trial, 1, arrival));
        using var after = door.Enter();
        Assert.Equal("too_late", Receive(trial, 1, after).Receipt!.Refusal);
    }

    private static ReceiptOutcome Receive(TrialStore trial, long id, ReceiptArrival arrival) => trial.Store.Receive(
        id, new(arrival.DoorId, 5, "k" + id + arrival.Number, "objection", "hash", arrival.At),
        new FileObjection(Provider, trial.Now, arrival.At, "the record shows the visit", []), trial.Terms, "key:1", _ => null, (number, _, _) => "{}");
}
