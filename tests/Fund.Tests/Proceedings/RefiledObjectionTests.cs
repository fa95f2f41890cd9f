using Kepil.Fund.Proceedings;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>An objection that is taken back and filed again.</summary>
public sealed class RefiledObjectionTests
{
    private static readonly Actor Provider = TrialCase.Provider;

    /// <summary>With a draw for each seed another reviewer would come up sooner or later.</summary>
    private static readonly IEnumerable<ulong> Draws = Enumerable.Range(0, 40).Select(i => (ulong)i);

    [Fact]
    [Proves("MON-321:28")]
    [Proves("MON-321:29")]
    public void Taking_an_objection_back_draws_no_other_reviewer()
    {
        var trial = First();
        var reviewer = trial.State.Reviewer;

        Assert.Equal([reviewer], Draws.Select(seed => Again(trial, seed).State.Reviewer).Distinct());
        Assert.Equal([reviewer], Draws.Select(seed => Again(Again(trial, seed), seed + 7).State.Reviewer).Distinct());
    }

    [Fact]
    [Proves("MON-321:33")]
    public void Nor_does_taking_a_repeat_objection_back()
    {
        var trial = First();
        trial.Decide("2025-09-16 11:00", agree: false);
        trial.Object("2025-09-16 12:00");
        Assert.Equal(Stage.SecondReview, trial.State.Stage);

        Assert.Equal([trial.State.Reviewer], Draws.Select(seed => Again(trial, seed).State.Reviewer).Distinct());
    }

    [Theory]
    [InlineData("away")]
    [InlineData("conflict")]
    [InlineData("moved")]
    [InlineData("gone")]
    public void A_reviewer_who_must_not_review_any_more_is_replaced_as_usual(string why)
    {
        var trial = First();
        var reviewer = trial.State.Reviewer;
        trial.People = [.. TrialCase.Staff.Where(e => why != "gone" || e.Id != reviewer).Select(e => e.Id != reviewer ? e : why switch
        {
            "away" => e with { Away = true },
            "conflict" => e with { Conflicts = new HashSet<long> { 5 } },
            _ => e with { Region = "75" },
        })];

        var drawn = Draws.Select(seed => Again(trial, seed).State.Reviewer).Distinct().ToList();

        Assert.DoesNotContain(reviewer, drawn);
        Assert.True(drawn.Count > 1, "the draw names one alone");
    }

    /// <summary>Released after the second look was cut short: the release is looked at all the same, and by the same employee.</summary>
    [Fact]
    [Proves("MON-321:31.1")]
    public void A_second_look_is_not_got_rid_of_by_taking_the_objection_back()
    {
        var trial = First(sample: "100");
        var reviewer = trial.State.Reviewer;
        trial.Decide("2025-09-16 11:00", agree: true);
        Assert.Equal(Stage.SecondLook, trial.State.Stage);
        var looker = trial.State.Reviewer;

        var again = Draws.Select(seed =>
        {
            // From now on no agreement is drawn any more.
            var copy = Again(trial, seed, sample: "0");
            Assert.Equal((Stage.FirstReview, reviewer), (copy.State.Stage, copy.State.Reviewer));
            copy.Do(new DecideCase(copy.Reviewer(), TrialCase.Moment("2025-09-16 16:00"), Stage.FirstReview, true, "by the protocol", [], seed), assign: false);
            copy.Do(new AssignReviewer(Actor.System, TrialCase.Moment("2025-09-16 16:00"), copy.People, seed));
            return (copy.State.Stage, copy.State.Reviewer);
        });

        Assert.Equal([(Stage.SecondLook, looker)], again.Distinct());
    }

    [Fact]
    public void An_installation_may_have_it_drawn_anew()
    {
        var trial = First(policy: "drawn_anew");

        Assert.True(Draws.Select(seed => Again(trial, seed).State.Reviewer).Distinct().Count() > 1);
    }

    private static TrialCase First(string sample = "0", string policy = "same")
    {
        var trial = new TrialCase(TheLaw.Book.Policies.With("refiled_reviewer", policy, new(2025, 8, 1)), sample);
        trial.Do(TrialCase.Finding());
        trial.Object("2025-09-16 10:00");
        Assert.Equal(Stage.FirstReview, trial.State.Stage);
        return trial;
    }

    /// <summary>A copy of the case in which the objection is taken back and filed again.</summary>
    private static TrialCase Again(TrialCase trial, ulong seed, string? sample = null)
    {
        var (copy, at) = (sample is null ? trial.Copy() : trial.Copy(sample), TrialCase.Moment("2025-09-16 15:00"));
        Assert.False(copy.Do(new WithdrawObjection(Provider, at, at, "a mistake")).IsRefused);
        Assert.False(copy.Do(new FileObjection(Provider, at, at, "the record shows the visit", []), assign: false).IsRefused);
        copy.Do(new AssignReviewer(Actor.System, at, copy.People, seed));
        return copy;
    }
}
