using System.Data.Common;
using Kepil.DuckDb;
using Kepil.Fund.LocalBodies;
using Kepil.Tests.Contributions;
using Xunit;

namespace Kepil.Tests.LocalBodies;

/// <summary>The list of the uninsured keeps itself current: who entered, who left and why, by the registers and the payments; what was done is set beside who got insured.</summary>
public sealed class UninsuredListTests
{
    private static readonly DateOnly First = new(2026, 10, 1), Second = new(2026, 11, 1), Third = new(2026, 11, 5), Early = new(2026, 1, 1), Late = new(2026, 12, 31);

    private const string Here = "614832000", Near = "614836000", Away = "613600000";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_person_enters_and_leaves_for_the_reason_that_the_registers_tell(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        var numbers = Enumerable.Range(0, 12).Select(i => TrialContributions.Number(new(1980, 1, 1 + i))).ToArray();
        long Id(int i) => TrialContributions.Long(numbers[i]);
        object?[] Person(int i, string district, DateOnly? died = null) => [Id(i), new DateOnly(1980, 1, 1 + i), "f", null, died, null, "61", district];
        trial.Fund.Load("person", [.. Enumerable.Range(0, 12).Select(i => Person(i, i == 6 ? Near : Here))]);
        var lists = new UninsuredLists(trial.Fund.Folder, trial.Desk);
        Assert.Equal(["insured_period"], lists.Make("tester", First).Missing);
        trial.Fund.Load("insured_period", [Id(8), Early, new DateOnly(2026, 10, 15)], [Id(9), Early, new DateOnly(2026, 10, 15)]);
        string Standing(IEnumerable<int> people, string word) => string.Join('\n', people.Select(i => $"{numbers[i]};{word};01.01.1992;;ІІМ"));
        trial.Take($"ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз\n{Standing([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "азамат")}\n", "standings.csv");
        trial.Take($"ЖСН;Санаты;Басталған күні;Аяқталған күні;Дереккөз\n{numbers[8]};unemployed;01.01.2026;15.10.2026;Еңбек\n", "categories.csv");
        trial.Pay(
            $"W-1;{TrialContributions.Employer};{numbers[1]};жалақы;2026-05;1700;10.06.2026;", $"S-1;;{numbers[2]};дербес төлем;2025-04;4250;10.05.2025;", $"W-9;{TrialContributions.Employer};{numbers[9]};жалақы;2026-06;1700;10.07.2026;");

        var made = lists.Make("tester", First);
        Assert.Equal((10L, 0L), (made.Persons, made.Entered));
        var reading = new UninsuredReading(lists);
        Assert.Equal(
            ["0 nothing never", "1 hired irregular", "2 self_payer stopped", "3 nothing never", "4 nothing never", "5 nothing never", "6 nothing never", "7 nothing never", "10 unknown standing", "11 unknown standing"],
            reading.People(First, "61", null, null, 0, 99).OrderBy(p => Array.IndexOf(numbers, TrialContributions.Number(new(1980, 1, 1 + Enumerable.Range(0, 12).First(i => Id(i) == p.PersonId))))).Select(p => $"{Enumerable.Range(0, 12).First(i => Id(i) == p.PersonId)} {p.Kind} {p.Reason}"));

        // What a month brings: 1 paid, 2 became unemployed, 3 died, 4 is in the register of insured alone, 5 moved within the district and 6 out of it, 7 is gone, 10 seeks asylum, 11 has his number changed.
        var renewed = TrialContributions.Number(new(1980, 1, 12), 50);
        trial.Fund.Load("person", [.. new[] { 0, 1, 2, 4, 8, 9, 10, 11 }.Select(i => Person(i, Here)), Person(3, Here, new(2026, 10, 20)), Person(5, Near), Person(6, Away), [TrialContributions.Long(renewed), new DateOnly(1980, 1, 12), "f", null, null, null, "61", Here]]);
        trial.Fund.Load("person_merge", [Id(11), TrialContributions.Long(renewed)]);
        trial.Fund.Load("insured_period", [Id(1), Second, Late], [Id(2), Second, Late], [Id(4), Second, Late]);
        trial.Take($"ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз\n{Standing([10], "пана іздеген тұлға")}\n", "standings-2.csv");
        trial.Take($"ЖСН;Санаты;Басталған күні;Аяқталған күні;Дереккөз\n{numbers[2]};unemployed;25.10.2026;;Еңбек\n", "categories-2.csv");
        var next = lists.Make("tester", Second);
        Assert.Equal((6L, 2L, 6L, 2L), (next.Persons, next.Entered, next.Left, next.Moved));
        Assert.Equal(
            ["entered 8 category_ended", "entered 9 months_missing", "left 1 paid", "left 10 no_part", "left 2 category", "left 3 died", "left 4 register", "left 7 gone", "moved 5 moved", "moved 6 moved"],
            reading.Changes(Second, "61", null, 0, 99).Select(c => $"{c.Change} {Enumerable.Range(0, 12).First(i => Id(i) == c.PersonId)} {c.Why}").Order(StringComparer.Ordinal));
        Assert.Contains(reading.People(Second, "61", null, null, 0, 99), p => p.PersonId == TrialContributions.Long(renewed));
        Assert.Equal([Id(6)], reading.Changes(Second, "6136", null, 0, 99).Where(c => c is { Change: "entered", From: null }).Select(c => c.PersonId));
        Assert.Contains(reading.Changes(Second, "6148", "left", 0, 99), c => c.PersonId == Id(6) && c.To is null);

        // It stands; one who was stopped before the list appeared makes the same list and the same changes again.
        Assert.Null(lists.Make("tester", Second).Persons);
        Assert.Null(lists.Make("tester", First).Persons);
        var (people, changes) = (Rows(lists.ListOf(Second)), Rows(lists.ChangesOf(Second)));
        File.Delete(lists.ListOf(Second));
        Assert.Equal(6L, lists.Make("tester", Second).Persons);
        Assert.Equal((people, changes), (Rows(lists.ListOf(Second)), Rows(lists.ChangesOf(Second))));
        Assert.Equal("UninsuredListed", trial.Desk.Journal.Newest(1)[0].Act);
        Assert.Equal((0L, 0L, 0L), (lists.Make("tester", Third) is var third ? (third.Entered, third.Left, third.Moved) : default));
    }

    /// <summary>Of 400 people thrown by dice over three lists: whoever is on the next list was there before or entered, nobody twice; of those called and not called the effect is what counting by hand says.</summary>
    [Fact]
    public void Lists_add_up_and_the_effect_is_what_counting_by_hand_says()
    {
        using var trial = new TrialContributions(false);
        var random = new Random(20261128);
        var people = Enumerable.Range(0, 400).Select(i => TrialContributions.Long(TrialContributions.Number(new DateOnly(1960, 1, 1).AddDays(i * 40)))).Distinct().ToArray();
        DateOnly[] days = [new(2026, 8, 1), new(2026, 9, 1), new(2026, 11, 1)];
        var lists = new UninsuredLists(trial.Fund.Folder, trial.Desk);
        var (on, dead, gone, place) = (new HashSet<long>[3], new HashSet<long>(), new HashSet<long>(), people.ToDictionary(p => p, _ => Here));
        for (var round = 0; round < 3; round++)
        {
            foreach (var person in people)
            {
                place[person] = random.Next(10) == 0 ? random.Next(2) == 0 ? Near : Away : place[person];
                if (round > 0 && random.Next(25) == 0)
                {
                    dead.Add(person);
                }
            }

            on[round] = [.. people.Where(p => !dead.Contains(p) && random.Next(2) == 0)];
            trial.Fund.Load("person", [.. people.Select(p => (object?[])[p, new DateOnly(1950, 1, 1), "m", null, dead.Contains(p) ? days[round].AddDays(-1) : null, null, "61", place[p]])]);
            trial.Fund.Load("insured_period", [.. people.Except(on[round]).Select(p => (object?[])[p, Early, Late])]);
            Assert.Equal(on[round].Count, lists.Make("tester", days[round]).Persons);
            if (round > 0)
            {
                var changes = new UninsuredReading(lists).Changes(days[round], "61", null, 0, 9999);
                Assert.Equal(on[round].Order(), on[round - 1].Except(changes.Where(c => c.Change == "left").Select(c => c.PersonId)).Concat(changes.Where(c => c.Change == "entered").Select(c => c.PersonId)).Order());
                gone.UnionWith(dead.Intersect(on[round - 1]));
                Assert.Equal(dead.Intersect(on[round - 1]).Order(), changes.Where(c => c.Why == "died").Select(c => c.PersonId).Order());
                Assert.Equal(changes.Count, changes.Select(c => c.PersonId).Distinct().Count());
            }
        }

        // Of those of the first list every third is called, some of them once more later; some are called from the second list.
        var store = LocalDutyStore.Of(trial.Desk);
        var called = on[0].Order().Where((_, i) => i % 3 == 0).ToList();
        var later = on[1].Order().Except(called).Where((_, i) => i % 5 == 0).ToList();
        store.Enter("tester", new("61", LocalDuties.Call, days[0].AddDays(3), null, null, false, "", called));
        store.Enter("tester", new("61", LocalDuties.Registration, days[1].AddDays(3), null, null, false, "", [.. called.Take(9), .. later]));
        var taken = store.Enter("tester", new("61", LocalDuties.Call, days[0].AddDays(4), null, null, false, "", [.. on[0].Except(called)]));
        Assert.True(store.Withdraw("tester", taken));

        var effect = Assert.Single(DutyEffect.Of(lists, store, "61", 3).Kinds);
        Assert.Equal([days[0]], DutyEffect.Of(lists, store, "61", 3).Lists);
        bool Counts(long p) => !gone.Contains(p);
        var others = on[0].Except(called).Except(later).ToList();
        Assert.Equal((called.Count(Counts), called.Count(p => Counts(p) && !on[2].Contains(p))), ((int)effect.Called, (int)effect.Insured));
        Assert.Equal((others.Count(Counts), others.Count(p => Counts(p) && !on[2].Contains(p))), ((int)effect.Others, (int)effect.OthersInsured));
        Assert.Equal((effect.Called * effect.OthersInsured * 100 + effect.Others / 2) / effect.Others, effect.ExpectedHundredths);
        Assert.Empty(DutyEffect.Of(lists, store, "61", 12).Kinds);
        Assert.Empty(DutyEffect.Of(lists, store, "55", 1).Kinds);
    }

    [Theory]
    [InlineData(false, "UPDATE local_duty SET people = 1")]
    [InlineData(false, "DELETE FROM local_duty_person")]
    [InlineData(true, "UPDATE local_duty_person SET person_id = 1")]
    [InlineData(true, "DELETE FROM local_duty")]
    public void The_database_itself_keeps_what_was_entered(bool postgres, string change)
    {
        using var trial = new TrialContributions(postgres);
        var store = LocalDutyStore.Of(trial.Desk);
        var duty = store.Enter("tester", new("61", LocalDuties.Call, First, null, null, false, "", [TrialContributions.Long(TrialContributions.Adult)]));
        Assert.NotNull(store.Correct("tester", duty.Id, new("61", LocalDuties.Call, Second, null, null, true, "", [])));
        Assert.Equal((Second, 1L), (store.Of("61")[0].Day, store.Of("6")[0].People));

        using var connection = trial.Source.Open();
        using var command = connection.CreateCommand();
        command.CommandText = change;
        Assert.Contains("what was entered is", Assert.ThrowsAny<DbException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }

    private static string Rows(string file)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        return string.Join('\n', connection.QueryAll($"SELECT CAST(t AS varchar) FROM read_parquet('{file}') AS t", r => r.Text(0)));
    }
}
