using Kepil.Fund.Proceedings;
using Kepil.Tests.House;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Shares with their intervals, and which rules are proposed for correction.</summary>
public sealed class ReviewBoardTests
{
    [Theory]
    [InlineData(8, 10, "0.490", "0.943")]
    [InlineData(0, 10, "0.000", "0.278")]
    [InlineData(50, 100, "0.404", "0.596")]
    [InlineData(10, 10, "0.722", "1.000")]
    public void An_interval_is_that_of_Wilson(long part, long whole, string low, string high)
    {
        var rate = new Rate(part, whole);

        Assert.Equal((low, high), (rate.Low.ToString("0.000", null), rate.High.ToString("0.000", null)));
    }

    [Fact]
    public void Of_nothing_nothing_is_known() => Assert.Equal((0m, 1m), (new Rate(0, 0).Low, new Rate(0, 0).High));

    [Fact, Proves("MON-321:25")]
    public void A_rule_is_proposed_only_when_it_is_surely_under_its_bar()
    {
        var board = new ReviewBoard(
            [], 0,
            [
                ("poor", "1.1", "75", new("", 100, 0, 20, 60)), ("worst", "1.1", "75", new("", 100, 0, 2, 78)), ("doubtful", "1.1", "75", new("", 40, 0, 10, 11)), ("few", "1.1", "75", new("", 9, 0, 0, 9)),
                ("good", "1.1", "75", new("", 100, 20, 60, 5)),
            ],
            []);

        var proposals = board.Proposals(TheLaw.Book.Policies.On(new(2026, 10, 1)));

        Assert.Equal([("poor", true), ("worst", false)], proposals.Select(p => (p.Rule.Key, p.ToTrial)));
    }

    [Fact]
    public void The_outcomes_of_one_rule_are_those_of_the_board()
    {
        using var trial = new TrialStore(postgres: false, "2025-09-15");
        trial.Open(3);
        trial.Store.Open([trial.Finding(9) with { RuleId = "other" }], trial.Terms, "system");
        trial.MoveTo("2025-10-20");
        trial.Watch().Run("Demo");

        Assert.Equal(("rule", 3, 3), (trial.Store.OutcomesOf("rule").Key, trial.Store.OutcomesOf("rule").Raised, trial.Store.OutcomesOf("rule").Silent));
        Assert.All(trial.Store.Board(null, null).ByRule(), rule => Assert.Equal(rule, trial.Store.OutcomesOf(rule.Key)));
        Assert.Equal(0, trial.Store.OutcomesOf("none").Raised);
    }

    [Fact]
    public void Cases_are_grouped_by_the_working_days_for_which_they_stand()
    {
        using var trial = new TrialStore(postgres: false, "2025-09-15");
        trial.Open(3);
        trial.Object(1, trial.Now);
        trial.MoveTo("2025-09-18");
        trial.Object(2, trial.Now);

        var board = trial.Store.Board(null, null);
        var ages = board.Ages(trial.Now, trial.Terms.Calendar);

        Assert.Equal([(1, 1), (3, 1), (5, 0), (null, 0)], ages.Select(a => (a.UpTo, a.Count)));
        Assert.Equal(2, board.Loads(trial.Now, trial.Terms.Calendar).Sum(l => l.Open));
        Assert.Equal(3, Assert.Single(board.Findings).Outcomes.Others);
    }
}
