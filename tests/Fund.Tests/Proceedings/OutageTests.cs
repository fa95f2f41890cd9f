using Kepil.Fund.Proceedings;
using Kepil.Tests.Law;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Outages by the Fund's letter: two people, running terms longer exactly once, the cases touched.</summary>
public sealed class OutageTests
{
    public static TheoryData<bool> Databases { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:9.1")]
    [Proves("MON-321:9.2")]
    public void An_outage_lengthens_running_terms_once_and_only_after_a_second_person_confirmed_it(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var (outages, terms) = Outages(trial);
        trial.Open(3);
        trial.MoveTo("2025-09-19");
        var id = Enter(outages, trial, "2025-09-17 09:00", "2025-09-17 18:00", "12");
        var watch = new ProceedingWatch(trial.Another(), trial.Clock, terms.At);
        watch.Run();
        Assert.Equal(TheLaw.Day("2025-09-22"), trial.Store.Find(1)!.Due!.Last);
        Assert.Equal(3, trial.Store.Foresee(new(TheLaw.Book, TheLaw.Day("2025-09-19"), [outages.All()[0].Entry.ToOutage()]), 0, 10).Count);

        Assert.Equal("second_person_missing", outages.Decide(id, true, "", 1, trial.Now).Refusal!.Reason);
        Assert.Null(outages.Decide(id, true, "", 2, trial.Now).Refusal);
        watch.Run();
        watch.Run();

        Assert.Equal(TheLaw.Day("2025-09-23"), trial.Store.Find(1)!.Due!.Last);
        var longer = Assert.Single(trial.Store.History(1).OfType<TermExtended>());
        Assert.Contains(longer.To!.Term!.Skipped, d => d.Day == TheLaw.Day("2025-09-17") && d.Why.Ru.Contains("№ 12", StringComparison.Ordinal));
        Assert.Equal([(1L, "2025-09-22", "2025-09-23"), (2L, "2025-09-22", "2025-09-23"), (3L, "2025-09-22", "2025-09-23")], outages.Cases(id, 0, 10).Select(c => (c.CaseId, c.Was, c.Now)));
        Assert.True(trial.Journal.Verify([]).IsSound);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    [Proves("MON-321:9.1")]
    public void Days_on_which_two_outages_meet_count_once(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var (outages, terms) = Outages(trial);
        trial.Open(1);
        trial.MoveTo("2025-09-19");
        foreach (var (from, to, letter) in new[] { ("2025-09-16 09:00", "2025-09-17 18:00", "12"), ("2025-09-17 08:00", "2025-09-18 17:00", "13") })
        {
            Assert.Null(outages.Decide(Enter(outages, trial, from, to, letter), true, "", 2, trial.Now).Refusal);
            new ProceedingWatch(trial.Another(), trial.Clock, terms.At).Run();
        }

        // Monday the 15th and three days out: the fifth working day is the 25th.
        Assert.Equal(TheLaw.Day("2025-09-25"), trial.Store.Find(1)!.Due!.Last);
        Assert.Equal(2, trial.Store.History(1).OfType<TermExtended>().Count());
        Assert.Equal(["2025-09-24", "2025-09-25"], new[] { 1L, 2L }.Select(o => outages.Cases(o, 0, 10).Single().Now));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Whoever_acts_or_is_closed_before_the_watch_came_has_the_longer_term(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var (outages, terms) = Outages(trial);
        trial.Open(2);
        trial.MoveTo("2025-09-23");
        Assert.Null(outages.Decide(Enter(outages, trial, "2025-09-17 09:00", "2025-09-17 18:00", "12"), true, "", 2, trial.Now).Refusal);

        Assert.Null(trial.Store.Act(1, new FileObjection(TrialCase.Provider, trial.Now, trial.Now, "the record", []), terms.At(trial.Now), "key:1").Refusal);
        Assert.Equal("term_runs", trial.Store.Act(2, new CloseTerm(Actor.System, trial.Now, trial.Now), terms.At(trial.Now), "system") is { Events: [TermExtended] } ? "term_runs" : "");

        Assert.Equal(Stage.FirstReview, trial.Store.Find(1)!.Stage);
        Assert.Equal([1L, 2L], outages.Cases(1, 0, 10).Select(c => c.CaseId));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void What_is_wrong_is_refused_a_mistake_counts_for_nothing_and_no_entry_is_ever_changed(bool postgres)
    {
        using var trial = new TrialStore(postgres);
        var (outages, terms) = Outages(trial);
        trial.Open(1);
        trial.MoveTo("2025-09-19");
        Assert.Equal("outage_not_over", outages.Enter(Down("2025-09-18 09:00", "2025-09-20 18:00", "12"), "FIS", "power", 1, trial.Now).Refusal!.Reason);
        Assert.Equal("no_letter", outages.Enter(Down("2025-09-17 09:00", "2025-09-17 18:00", " "), "FIS", "power", 1, trial.Now).Refusal!.Reason);
        Assert.Equal("nothing_said", outages.Enter(Down("2025-09-17 09:00", "2025-09-17 18:00", "12"), "FIS", "", 1, trial.Now).Refusal!.Reason);
        var id = Enter(outages, trial, "2025-09-17 09:00", "2025-09-17 18:00", "12");
        Assert.Equal(id, Enter(outages, trial, "2025-09-17 09:00", "2025-09-17 18:00", "12"));

        Assert.Equal("without_reasons", outages.Decide(id, false, "", 2, trial.Now).Refusal!.Reason);
        Assert.Null(outages.Decide(id, false, "entered twice", 2, trial.Now).Refusal);
        Assert.Equal("closed", outages.Decide(id, true, "", 3, trial.Now).Refusal!.Reason);
        new ProceedingWatch(trial.Another(), trial.Clock, terms.At).Run();
        Assert.Equal(TheLaw.Day("2025-09-22"), trial.Store.Find(1)!.Due!.Last);

        using var connection = trial.Source.Open();
        foreach (var sql in new[] { "UPDATE outage SET reason = 'x'", "DELETE FROM outage_decision" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.True(Record.Exception(() => command.ExecuteNonQuery()) is SqliteException or PostgresException, sql);
        }
    }

    private static (OutageStore Outages, TermsByDay Terms) Outages(TrialStore trial)
    {
        var outages = new OutageStore(trial.Source, trial.Journal);
        return (outages, new TermsByDay(TheLaw.Book, outages.Confirmed));
    }

    private static long Enter(OutageStore outages, TrialStore trial, string from, string to, string letter) =>
        outages.Enter(Down(from, to, letter), "FIS", "power", 1, trial.Now) is { Entry: { } entry } ? entry.Id : throw new InvalidOperationException(letter);

    private static Outage Down(string from, string to, string letter) => new(TrialCase.Moment(from), TrialCase.Moment(to), letter, new(2025, 9, 19));
}
