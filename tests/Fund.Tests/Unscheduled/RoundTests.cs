using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Law;
using Kepil.Tests.Verbs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>What one round of the watch does, in the pages and on the command line.</summary>
public sealed class RoundTests
{
    [Fact]
    public void A_step_that_fails_is_told_and_keeps_no_other_from_its_turn()
    {
        using var stand = new DutyStand(false);
        Send(stand, 501, "C-1");
        stand.Show(stand.Lines(1)[0], "1.1", 100);
        stand.MoveTo("2027-01-01 00:01");
        Execute(stand, "ALTER TABLE unconfirmed_case RENAME TO put_aside");
        var told = new List<string>();

        stand.Work.Run(told.Add);

        Assert.Contains(told, t => t.Contains("unconfirmed_case", StringComparison.Ordinal));
        Assert.Empty(stand.Store.WithoutPapers(10));
        Assert.NotEmpty(stand.Store.Cases("report", 0, 10));

        // As soon as the hindrance is gone, everything goes through.
        Execute(stand, "ALTER TABLE put_aside RENAME TO unconfirmed_case");
        stand.Work.Run(Assert.Fail);
    }

    [Fact]
    [Proves("MON-321:57")]
    public void After_a_standstill_mass_acceptance_waits_for_a_person()
    {
        using var stand = new DutyStand(false);
        UnscheduledWatch Watch() => new(stand.Store, stand.Clock, at => TermsOn(at));
        Watch().Run();
        for (var id = 1; id <= 20; id++)
        {
            Send(stand, id, "C-" + id);
        }

        stand.MoveTo("2026-11-10");

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal((0, (20L, 20L)), Watch().Run() is { Held: { } held } waits ? (waits.Closed, (held.Over, held.Open)) : default);
        }

        // Consent lets the terms end; before anything is accepted the post is awaited, and that many at once wait for a person again.
        Assert.Equal(20, Watch().Run("A. Person").Closed);
        Assert.All(stand.Store.Cases("conclusion", 0, 20), c => Assert.True(stand.Store.ConclusionOf(c.Id)!.AwaitsPost));
        stand.MoveTo("2026-11-20");
        Assert.Equal((20L, 20L), Watch().Run().Held is { } again ? (again.Over, again.Open) : default);
        Assert.Equal(20, Watch().Run("A. Person").Closed);
        Assert.All(stand.Store.Cases("conclusion", 0, 20), c => Assert.Equal("DeemedAccepted", c.Stage));
        Assert.Contains(stand.Desk.Journal.Read(), e => e is { Act: "MassAcceptanceConsented", Actor: "A. Person" });

        // A few need nobody, however large their share; and nobody is needed where no standstill was.
        Send(stand, 31, "C-31");
        stand.MoveTo("2026-11-30");
        Assert.Equal((1, null), Watch().Run() is var few ? (few.Closed, few.Held) : default);
        for (var id = 41; id <= 60; id++)
        {
            Send(stand, id, "C-" + id);
        }

        var closed = 0;
        for (var hour = 0; hour < 24 * 8; hour++)
        {
            stand.Clock.Move(TimeSpan.FromHours(1));
            closed += Watch().Run().Closed;
        }

        Assert.Equal(20, closed);
    }

    /// <summary>Of <paramref name="open"/> conclusions that wait, <paramref name="over"/> would be accepted by silence after a standstill.</summary>
    [Theory]
    [InlineData("mass_accept_percent", "0", 8, 20, true)]
    [InlineData("mass_accept_percent", "5", 8, 20, true)]
    [InlineData("mass_accept_percent", "10", 8, 20, true)]
    [InlineData("mass_accept_percent", "25", 8, 20, true)]
    [InlineData("mass_accept_percent", "50", 8, 20, false)]
    [InlineData("mass_accept_percent", "100", 8, 8, false)]
    [InlineData("mass_accept_least", "0", 1, 1, true)]
    [InlineData("mass_accept_least", "1", 1, 1, false)]
    [InlineData("mass_accept_least", "1", 2, 2, true)]
    [InlineData("mass_accept_least", "5", 5, 5, false)]
    [InlineData("mass_accept_least", "10", 8, 8, false)]
    [InlineData("mass_accept_least", "50", 20, 20, false)]
    [Proves("MON-321:57")]
    public void From_how_many_on_a_person_is_asked_is_a_setting(string policy, string value, int over, int open, bool held)
    {
        using var stand = new DutyStand(false);
        var policies = TheLaw.Book.Policies.With(policy, value, new(2025, 8, 1));
        UnscheduledWatch Watch() => new(stand.Store, stand.Clock, at => TermsOn(at, policies));
        Watch().Run();
        for (var id = 1; id <= open; id++)
        {
            if (id == over + 1)
            {
                stand.MoveTo("2026-11-09");
            }

            Send(stand, id, "C-" + id);
        }

        stand.MoveTo("2026-11-10");

        var round = Watch().Run();

        Assert.Equal((held ? 0 : over, held), (round.Closed, round.Held is not null));
    }

    [Fact]
    [Proves("MON-321:57")]
    public void The_verb_does_what_a_round_of_the_pages_does()
    {
        using var stand = new DutyStand(false);
        stand.Desk.MarkDemo();
        Send(stand, 501, "C-1");
        var over = stand.Store.ConclusionOf(501)!.Next!.Term.EndsAt;
        Assert.True(stand.Store.Close(501, "conclusion", over, TermsOn(over)));
        over = stand.Store.ConclusionOf(501)!.Next!.Term.EndsAt;
        using var process = Executable.Start(stand.Folder.Path, "sqlite", over.AddHours(9).ToString("yyyy-MM-dd'T'HH:mmzzz", System.Globalization.CultureInfo.InvariantCulture), "close-terms");
        Assert.True(process.WaitForExit(60_000));

        Assert.Equal(ConclusionStage.DeemedAccepted, stand.Store.ConclusionOf(501)!.Stage);
        Assert.Empty(stand.Store.WithoutPapers(10));
        Assert.NotNull(stand.Documents.Newest(CasePapers.SubjectOf("conclusion", 501)));
        Assert.Equal(0, process.ExitCode);
    }

    private static void Send(DutyStand stand, long id, string number)
    {
        foreach (var act in new ConclusionCommand[]
        {
            CaseSamples.Draft(stand.Now, DutyStand.Clerk, DutyStand.Provider, number), new SignConclusion(stand.Now, DutyStand.Clerk), new SendConclusion(stand.Now, DutyStand.Clerk, Channel.System),
        })
        {
            Assert.Null(stand.Store.Act(id, number, act, stand.Terms).Refusal);
        }
    }

    private static void Execute(DutyStand stand, string sql)
    {
        using var db = stand.Proceedings.Context();
        using var connection = new SqliteConnection(db.Database.GetDbConnection().ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
