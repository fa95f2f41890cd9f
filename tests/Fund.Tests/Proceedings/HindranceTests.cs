using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Absences and conflicts of interest as the desk stores them: such a reviewer never gets a case and does not keep one.</summary>
public sealed class HindranceTests
{
    private static readonly string[] Regions = ["19", "55", "61"];

    public static TheoryData<bool> Databases { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:28")]
    public void Neither_the_first_review_nor_a_second_look_nor_a_repeat_goes_to_one_who_is_away_or_in_conflict(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var (desk, store, experts) = Desk(trial);
        var away = experts[0];
        var biased = experts[1];
        desk.AddAbsence("user:99", away, new(2025, 9, 1), new(2025, 12, 31));
        desk.AddConflict("user:99", biased, TrialCase.Finding().ProviderId, "a brother works there");
        // Every agreement is looked at a second time.
        var terms = new TrialCase(sample: "100").TermsAt(trial.Now);
        store.Open([.. Enumerable.Range(1, 40).Select(i => trial.Finding(i))], terms, "system");

        for (var id = 1; id <= 40; id++)
        {
            Assert.False(store.Act(id, new FileObjection(TrialCase.Provider, trial.Now, trial.Now, "the record", []), terms, "key:1").IsRefused);
            var first = store.Find(id)!;
            store.Act(id, new DecideCase(new(Party.BranchReviewer, first.Reviewer, first.ReviewerRegion), trial.Now, first.Stage, id % 2 == 0, "by the record", []), terms, "user:1");
            if (store.Find(id)!.Stage == Stage.AwaitingRepeat)
            {
                store.Act(id, new FileObjection(TrialCase.Provider, trial.Now, trial.Now, "again", []), terms, "key:1");
            }

            Assert.False(store.Act(id, new TakeBackReview(new(Party.Fund, 98, ""), trial.Now, "too long", new(Party.Fund, 99, "")), terms, "user:98").IsRefused);
        }

        var named = Enumerable.Range(1, 40).SelectMany(i => store.History(i)).OfType<ReviewerAssigned>().ToList();
        Assert.Equal(120, named.Count);
        Assert.Equal([Route.OtherRegion, Route.SecondLook, Route.SecondPerson], named.Select(a => a.Route).Distinct().Order());
        Assert.DoesNotContain(named, a => a.Reviewer == away || a.Reviewer == biased);
        Assert.Equal(experts.Except([away, biased]).Order(), named.Where(a => a.Route != Route.Central).Select(a => a.Reviewer).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Who_comes_to_be_away_or_in_conflict_loses_what_lies_with_him_at_the_next_round(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var (desk, store, experts) = Desk(trial);
        store.Open([.. Enumerable.Range(1, 12).Select(i => trial.Finding(i))], trial.Terms, "system");
        for (var id = 1; id <= 12; id++)
        {
            store.Act(id, new FileObjection(TrialCase.Provider, trial.Now, trial.Now, "the record", []), trial.Terms, "key:1");
        }

        Assert.All(experts, e => Assert.Equal(2, store.QueueOf(e, 100).Count));
        var judged = store.QueueOf(experts[1], 1)[0];
        desk.AddConflict("user:99", experts[1], judged.ProviderId, "a share");
        Assert.Equal("conflict_of_interest", store.Act(judged.Id, new DecideCase(new(Party.BranchReviewer, experts[1], judged.ReviewerRegion), trial.Now, judged.Stage, true, "yes", []), trial.Terms, "user:1").Refusal!.Reason);
        desk.AddAbsence("user:99", experts[0], new(2025, 9, 15), new(2025, 9, 20));

        var watch = new ProceedingWatch(store, trial.Clock, trial.TermsAt);
        watch.Run();
        watch.Run();

        Assert.All(experts[..2], e => Assert.Empty(store.QueueOf(e, 100)));
        Assert.Equal(12, experts.Sum(e => store.QueueOf(e, 100).Count));
        Assert.Equal(["away", "away", "conflict", "conflict"], Enumerable.Range(1, 12).SelectMany(i => store.History(i)).OfType<ReviewTakenBack>().Select(t => t.Cause).Order(StringComparer.Ordinal));
        Assert.True(trial.Journal.Verify([]).IsSound);
    }

    /// <summary>A desk with two experts in each of three branches and two in the central office.</summary>
    private static (DeskStore Desk, ProceedingStore Store, long[] Experts) Desk(TrialStore trial)
    {
        var desk = new DeskStore(trial.Source, trial.Clock);
        long Add(int number, Role role, string? region) => desk.Add("system", new DeskUser { SignInName = $"u{number}", NormalName = $"U{number}", FullName = $"User {number}", Role = role, Region = region, Stamp = "s" }).Id;
        var experts = Enumerable.Range(0, 6).Select(i => Add(i, Role.BranchExpert, Regions[i % 3])).ToArray();
        Add(6, Role.CentralExpert, null);
        Add(7, Role.CentralExpert, null);
        return (desk, ProceedingStore.Of(desk), experts);
    }
}
