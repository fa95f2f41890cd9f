using Kepil.Fund.Desk;
using Kepil.Fund.Rules;
using Kepil.Tests.Inbox;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Rules;

/// <summary>Lists of the pack in the hands of two persons, and a new edition of the classification against the old one.</summary>
public sealed class ListChangesTests : IDisposable
{
    private const string Before = "name:text,value:bigint,from_day:date,to_day:date\nlimit,3,2025-08-01,9999-12-31\n";

    private const string After = "name:text,value:bigint,from_day:date,to_day:date\nlimit,3,2025-08-01,2026-12-31\nlimit,4,2027-01-01,9999-12-31\n";

    private readonly TrialInbox _trial = new();
    private readonly string _pack = Directory.CreateTempSubdirectory("kepil-pack-").FullName;

    public ListChangesTests()
    {
        Directory.CreateDirectory(Path.Combine(_pack, "lists"));
        File.WriteAllText(ListFile, Before);
        File.WriteAllText(Path.Combine(_pack, "1.0-reads.sql"), "SELECT 1 FROM list_bounds AS b");
        File.WriteAllText(Path.Combine(_pack, "1.0-other.sql"), "SELECT 1 FROM list_bounds_of_others AS b");
    }

    private string ListFile => Path.Combine(_pack, "lists", "bounds.csv");

    private ListChanges Changes => new(_trial.Desk, _pack);

    private DeskUser One => _trial.Desk.Find(_trial.Head)!;

    private DeskUser Other => _trial.Desk.Find(_trial.OtherHead)!;

    [Fact]
    public void The_file_changes_only_when_another_person_approves_and_both_texts_are_kept()
    {
        Assert.Null(Changes.Propose("bounds", After, "order No. 1", One, out var id));
        Assert.Equal(Before, File.ReadAllText(ListFile));
        Assert.NotNull(Changes.Answer(id, true, "", One));

        Assert.Null(Changes.Answer(id, true, "", Other));

        Assert.Equal(After, File.ReadAllText(ListFile));
        var kept = Changes.Newest(5, "bounds")[0];
        Assert.Equal((Before, After, "approved", Other.Id), (kept.Before, kept.After, kept.Answer, kept.AnsweredBy));
        var (removed, added) = ListChanges.Difference(Before, After);
        Assert.Equal(["limit,3,2025-08-01,9999-12-31"], removed);
        Assert.Equal(["limit,3,2025-08-01,2026-12-31", "limit,4,2027-01-01,9999-12-31"], added);
        Assert.Equal(["1.0-reads"], Changes.RulesOf("bounds"));
        Assert.Contains(_trial.Desk.Journal.Newest(3), e => e.Act == "ListChangeApproved" && e.Actor == Other.Actor);
        Assert.NotNull(Changes.Answer(id, false, "late", Other));
    }

    /// <summary>What a stop leaves behind between the approval and the file: the one stands in the database, the other is not written.</summary>
    [Fact]
    public void An_approval_that_a_stop_left_without_its_file_is_in_force_after_the_next_start()
    {
        Changes.Propose("bounds", After, "why", One, out var id);
        Assert.Null(Changes.Answer(id, true, "", Other));
        using (var db = Changes.Context())
        {
            db.Changes.Single().WrittenAt = null;
            db.SaveChanges();
        }

        File.WriteAllText(ListFile, Before);
        File.WriteAllText(ListFile + ".part", After[..40]);

        ListChanges.WriteApproved(_trial.Desk, _pack);

        Assert.Equal(After, File.ReadAllText(ListFile));
        Assert.False(File.Exists(ListFile + ".part"));
        Assert.NotNull(Changes.Find(id)!.WrittenAt);
        // Once it was written it is the people's again: a text that somebody put back by hand stays.
        File.WriteAllText(ListFile, Before);
        ListChanges.WriteApproved(_trial.Desk, _pack);
        Assert.Equal(Before, File.ReadAllText(ListFile));
    }

    /// <summary>A database that does not take the approval leaves the list as it was, and the change waits.</summary>
    [Fact]
    public void A_file_is_not_replaced_by_an_approval_that_does_not_stand()
    {
        Changes.Propose("bounds", After, "why", One, out var id);
        using (var db = Changes.Context())
        {
            // What is owed to a row that is not there is found only when the transaction ends.
            db.Database.ExecuteSqlRaw("CREATE TABLE creditor (id INTEGER PRIMARY KEY)");
            db.Database.ExecuteSqlRaw("CREATE TABLE owed (id INTEGER PRIMARY KEY REFERENCES creditor (id) DEFERRABLE INITIALLY DEFERRED)");
            db.Database.ExecuteSqlRaw("CREATE TRIGGER owes AFTER INSERT ON journal BEGIN INSERT INTO owed (id) VALUES (NEW.seq); END");
        }

        Assert.ThrowsAny<System.Data.Common.DbException>(() => Changes.Answer(id, true, "", Other));

        Assert.Equal(Before, File.ReadAllText(ListFile));
        Assert.Null(Changes.Find(id)!.Answer);
    }

    [Theory]
    [InlineData("name:text,value:bigint,from_day:date,to_day:date\nlimit,many,2025-08-01,9999-12-31\n")]
    [InlineData("name:text,from_day:date,to_day:date\nlimit,2025-08-01,9999-12-31\n")]
    [InlineData("")]
    [InlineData(Before)]
    public void What_is_no_such_list_is_refused_with_a_reason(string text) => Assert.NotNull(Changes.Propose("bounds", text, "why", One, out _));

    [Fact]
    public void A_list_that_changed_meanwhile_is_not_overwritten()
    {
        Changes.Propose("bounds", After, "why", One, out var id);
        File.AppendAllText(ListFile, "other,1,2025-08-01,9999-12-31\n");

        Assert.NotNull(Changes.Answer(id, true, "", Other));
        Assert.Null(Changes.Answer(id, false, "changed meanwhile", Other));

        Assert.Contains("other,1", File.ReadAllText(ListFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_outside_the_lists_can_be_named() => Assert.NotNull(Changes.Propose("../trials", After, "why", One, out _));

    [Fact]
    public void A_new_edition_is_compared_cell_by_cell()
    {
        var folder = Path.Combine(Repository.Root, "law", "classification");
        var (page, table) = (File.ReadAllText(Path.Combine(folder, "2025-08-01.yaml")), File.ReadAllText(Path.Combine(folder, "2025-08-01.csv")));
        var old = TheLaw.Book.Classification.On(new(2026, 1, 1));
        Assert.Empty(EditionDifference.Between(old, EditionDifference.Read(page, table)));

        var lines = table.Split('\n').Where(l => !l.StartsWith("14.0,", StringComparison.Ordinal)).Select(l => l.StartsWith("5.0,", StringComparison.Ordinal) ? l.Replace("300%", "200%", StringComparison.Ordinal) : l);
        var differences = EditionDifference.Between(old, EditionDifference.Read(page.Replace("table: 2025-08-01.csv", "table: ../../../etc/passwd", StringComparison.Ordinal), string.Join('\n', lines)));

        Assert.Contains(differences, d => d is { Code: "14.0", What: "removed" });
        Assert.Contains(differences, d => d is { Code: "5.0", What: "cell", Before: "300%", After: "200%" });
        Assert.All(differences, d => Assert.Contains(d.Code, (string[])["14.0", "5.0"]));
    }

    [Fact]
    public async Task One_person_proposes_on_the_page_and_another_approves()
    {
        await using var host = await PagesHost.StartAsync();
        using var one = await host.ReaderAsync(Role.Methodologist);
        using var other = await host.ReaderAsync(Role.CentralExpert);
        var file = Path.Combine(host.PackFolder, "lists", "rule_bounds.csv");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) + "trial_limit,5,2027-01-01,9999-12-31,a trial\n";

        using var proposed = await PagesHost.SendAsync(one, "/lists/rule_bounds", "/lists/rule_bounds", ("text", text), ("reason", "бұйрық № 1"));
        using var own = await PagesHost.SendAsync(one, "/lists/rule_bounds", "/lists/changes/1", ("answer", "approved"));
        Assert.DoesNotContain("trial_limit", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var approved = await PagesHost.SendAsync(other, "/lists/changes/1", "/lists/changes/1", ("answer", "approved"));

        Assert.Contains("trial_limit,5", await proposed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("trial_limit,5", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("бекітілді", await approved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _trial.Dispose();
        Directory.Delete(_pack, true);
    }

}
