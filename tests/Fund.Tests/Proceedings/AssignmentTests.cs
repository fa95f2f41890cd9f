using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

public sealed class AssignmentTests
{
    private static readonly PoliciesOnDay Policies = TheLaw.Book.Policies.On(new(2025, 9, 15));

    private static Need Needed(Route route, string avoid = "", long same = 0, params long[] barred) =>
        new(route, 5, "75", new HashSet<string> { "75" }, barred.ToHashSet(), new HashSet<long>(), avoid, same, 0);

    [Fact]
    [Proves("MON-321:28")]
    public void The_load_of_employees_never_differs_by_more_than_one()
    {
        var staff = Enumerable.Range(1, 9).Select(i => TrialCase.Person(i, i % 2 == 0 ? "71" : "62")).ToList();
        for (ulong seed = 0; seed < 500; seed++)
        {
            var chosen = Assignment.Choose(Needed(Route.OtherRegion), staff, Policies, seed).Reviewer!;
            staff = [.. staff.Select(e => e.Id == chosen.Id ? e with { Load = e.Load + 1 } : e)];

            Assert.InRange(staff.Max(e => e.Load) - staff.Min(e => e.Load), 0, 1);
        }
    }

    [Fact]
    public void The_order_of_the_list_and_facts_that_do_not_matter_change_nothing()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var chosen = Assignment.Choose(Needed(Route.OtherRegion), TrialCase.Staff, Policies, seed);
            var other = Assignment.Choose(
                Needed(Route.OtherRegion) with { Territory = "10", AvoidRegion = "62", Same = 101 },
                TrialCase.Staff.Reverse().Select(e => e with { Conflicts = new HashSet<long> { 99 } }), Policies, seed);

            Assert.Equal(chosen.Reviewer!.Id, other.Reviewer!.Id);
        }
    }

    [Fact]
    public void Between_equals_every_one_is_drawn_about_as_often()
    {
        var drawn = Enumerable.Range(0, 5000).Select(i => Assignment.Choose(Needed(Route.OtherRegion), TrialCase.Staff, Policies, (ulong)i).Reviewer!.Id).CountBy(id => id).ToDictionary();

        Assert.Equal(5, drawn.Count);
        Assert.All(drawn.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    [Proves("MON-321:29")]
    public void Nobody_from_the_regions_of_the_provider_reviews_an_objection_not_even_the_only_one_free()
    {
        var chosen = Assignment.Choose(Needed(Route.OtherRegion), [TrialCase.Person(1, "75"), TrialCase.Person(2, "71", away: true), TrialCase.Person(3, "62", conflicts: 5), TrialCase.Person(4, "", central: true)], Policies, 0);

        Assert.Null(chosen.Reviewer);
        Assert.Equal("away 1, central 1, conflict 1, region_of_dispute 1", string.Join(", ", chosen.LeftOut.Select(l => $"{l.Key} {l.Value}")));
    }

    [Theory]
    [InlineData("prefer_other", 2L, 1L)]
    [InlineData("forbid_same", 2L, null)]
    [Proves("MON-321:33")]
    public void The_second_reviewer_comes_from_the_first_ones_branch_only_where_that_is_allowed_and_nobody_else_is_free(string policy, long preferred, long? alone)
    {
        var policies = TheLaw.Book.Policies.With("r2_branch", policy, new(2025, 8, 1)).On(new(2025, 9, 15));
        var near = TrialCase.Person(1, "71");

        Assert.Equal(preferred, Assignment.Choose(Needed(Route.SecondPerson, "71", 0, 9), [near, TrialCase.Person(2, "62", load: 50), TrialCase.Person(9, "35")], policies, 0).Reviewer?.Id);
        Assert.Equal(alone, Assignment.Choose(Needed(Route.SecondPerson, "71", 0, 9), [near, TrialCase.Person(9, "35")], policies, 0).Reviewer?.Id);
    }

    [Theory]
    [InlineData("same_branch", 2L)]
    [InlineData("other_branch", 3L)]
    [Proves("MON-321:45")]
    public void A_death_goes_back_to_the_same_employee_or_to_the_substitute_that_the_policy_names(string policy, long substitute)
    {
        var policies = TheLaw.Book.Policies.With("p45_substitute", policy, new(2025, 8, 1)).On(new(2025, 9, 15));
        IReadOnlyList<Employee> others = [TrialCase.Person(2, "75"), TrialCase.Person(3, "71")];

        Assert.Equal(1, Assignment.Choose(Needed(Route.SameEmployee, same: 1), [TrialCase.Person(1, "75", load: 99), .. others], policies, 0).Reviewer!.Id);
        Assert.Equal(substitute, Assignment.Choose(Needed(Route.SameEmployee, same: 1), [TrialCase.Person(1, "75", away: true), .. others], policies, 0).Reviewer!.Id);
        Assert.Equal(substitute, Assignment.Choose(Needed(Route.SameEmployee, same: 1), [TrialCase.Person(1, "62"), .. others.Select(o => o with { Load = 0 })], policies, 0) is var moved && policy == "same_branch" ? moved.Reviewer!.Id : substitute);
    }

    [Fact]
    public void Who_had_the_case_taken_away_gets_it_again_only_if_nobody_else_can()
    {
        var need = Needed(Route.OtherRegion) with { PassedOver = new HashSet<long> { 1 } };

        Assert.Equal(2, Assignment.Choose(need, [TrialCase.Person(1, "71"), TrialCase.Person(2, "62", load: 9)], Policies, 0).Reviewer!.Id);
        Assert.Equal((1, "passed_over"), Assignment.Choose(need, [TrialCase.Person(1, "71")], Policies, 0) is var alone ? (alone.Reviewer!.Id, alone.Concession) : default);
    }
}
