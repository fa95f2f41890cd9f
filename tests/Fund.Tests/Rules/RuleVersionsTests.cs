using Kepil.Fund.Desk;
using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Inbox;
using Kepil.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Rules;

/// <summary>How a rule came to be as it is: its texts one after another, and trials that one person makes and another notes.</summary>
public sealed class RuleVersionsTests : IDisposable
{
    private const string Before = "/*---\ncode: \"5.1\"\nstate: trial\n---*/\nSELECT s.service_id\nFROM monitored_service AS s\nWHERE s.quantity > 1\n";

    private readonly TrialInbox _trial = new();
    private readonly string _pack = Directory.CreateTempSubdirectory("kepil-pack-").FullName;
    private readonly RuleVersions _versions;

    public RuleVersionsTests()
    {
        _versions = RuleVersions.Of(_trial.Desk);
        Directory.CreateDirectory(Path.Combine(_pack, "lists"));
        File.WriteAllText(Path.Combine(_pack, "lists", "bounds.csv"), "name:text,from_day:date,to_day:date\na,2025-08-01,9999-12-31\n");
        File.WriteAllText(RulePath, Before);
    }

    private string RulePath => Path.Combine(_pack, "5.1-of-a-test.sql");

    private DeskUser One => _trial.Desk.Find(_trial.Head)!;

    private DeskUser Other => _trial.Desk.Find(_trial.OtherHead)!;

    [Fact]
    public void Each_text_is_kept_from_the_moment_it_was_first_read_and_none_twice()
    {
        Assert.Equal(1, _versions.See([Rule("h1")], "system"));
        Assert.Equal(0, _versions.See([Rule("h1")], "system"));
        Assert.DoesNotContain(_trial.Desk.Journal.Newest(20), e => e.Act == "RuleChanged");

        File.WriteAllText(RulePath, Before.Replace("> 1", "> 2", StringComparison.Ordinal));
        File.WriteAllText(Path.ChangeExtension(RulePath, ".cases.md"), "## Two are enough\n");
        Assert.Equal(1, _versions.See([Rule("h2")], "system"));
        File.WriteAllText(Path.Combine(_pack, "lists", "bounds.csv"), "name:text,from_day:date,to_day:date\nb,2025-08-01,9999-12-31\n");
        Assert.Equal(1, _versions.See([Rule("h3", "SELECT 1 FROM list_bounds")], "user:7"));

        var kept = _versions.Of("5.1-of-a-test");
        Assert.Equal(["h3", "h2", "h1"], kept.Select(v => v.TextHash));
        Assert.Equal(Before, kept[2].Text);
        Assert.Equal(("## Two are enough\n", "user:7"), (kept[1].Cases, kept[0].SeenBy));
        Assert.Equal(["bounds"], kept[0].ListHashes.Keys);
        Assert.Equal(2, _trial.Desk.Journal.Newest(20).Count(e => e.Act == "RuleChanged"));
    }

    [Fact]
    public void A_trial_is_noted_in_the_pack_by_a_second_person_alone()
    {
        var id = _versions.Keep(Rule("h1"), [Month(hits: 12)], One.Actor);

        Assert.NotNull(_versions.Answer(id, true, "", One, Rule("h1"), _pack));
        Assert.NotNull(_versions.Answer(id, true, "", Other, Rule("h2"), _pack));
        Assert.NotNull(_versions.Answer(id, false, " ", Other, Rule("h1"), _pack));
        Assert.Empty(RulePack.ReadTrials(_pack));

        Assert.Null(_versions.Answer(id, true, "", Other, Rule("h1"), _pack));
        var noted = Assert.Single(RulePack.ReadTrials(_pack));
        Assert.Equal(("5.1-of-a-test", "h1", 12L, "2026-10"), (noted.Rule, noted.TextHash, noted.Hits, noted.Months));
        var (trial, answer) = Assert.Single(_versions.TrialsOf("5.1-of-a-test"));
        Assert.Equal((One.Actor, Other.Actor, "noted"), (trial.TriedBy, answer!.AnsweredBy, answer.Answer));
        Assert.Equal([("190140000018", 12L, 5L)], trial.Months[0].TopProviders);
        Assert.NotNull(_versions.Answer(id, false, "late", Other, Rule("h1"), _pack));
        Assert.Contains(_trial.Desk.Journal.Newest(5), e => e.Act == "RuleTrialNoted" && e.Actor == Other.Actor);
    }

    [Fact]
    public void What_was_kept_cannot_be_changed_nor_deleted()
    {
        _versions.See([Rule("h1")], "system");
        _versions.KeepNoted(Rule("h1"), [Month(hits: 1)], "shell:kepil");
        using var db = _versions.Context();

        foreach (var act in new[] { "UPDATE rule_version SET text = ''", "DELETE FROM rule_version", "UPDATE rule_trial SET report = ''", "DELETE FROM rule_trial_answer" })
        {
            Assert.ThrowsAny<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRaw(act));
        }

        Assert.Equal("noted", _versions.TrialsOf("5.1-of-a-test")[0].Answer!.Answer);
    }

    [Fact]
    public void A_difference_shows_what_changed_with_what_stands_around_it()
    {
        var before = string.Join('\n', Enumerable.Range(1, 12).Select(i => $"line {i}"));
        var after = before.Replace("line 6\n", "line six\nline 6½\n", StringComparison.Ordinal);

        var shown = TextDifference.Between(before, after);

        Assert.Empty(TextDifference.Between(before, before + "\n"));
        Assert.Equal(
            [LineState.Skipped, LineState.Kept, LineState.Kept, LineState.Removed, LineState.Added, LineState.Added, LineState.Kept, LineState.Kept, LineState.Skipped], shown.Select(l => l.State));
        Assert.Equal(["line 6", "line six", "line 6½"], shown.Where(l => l.State is LineState.Removed or LineState.Added).Select(l => l.Line));
    }

    public void Dispose()
    {
        _trial.Dispose();
        Directory.Delete(_pack, true);
    }

    private static TrialMonth Month(long hits) => new(new(2026, 10, 1), 1000, hits, 0, 5, [("190140000018", hits, 5)], [], [("other", 2)], 3, 1, null);

    private LoadedRule Rule(string hash, string sql = "SELECT 1") => new(SampleRecords.Rules[0].File with { Id = "5.1-of-a-test", Path = RulePath, TextHash = hash, Sql = sql }, []);
}
