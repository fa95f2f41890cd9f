using System.Data.Common;
using Kepil.Fund.Desk;
using Kepil.Fund.Portrait;
using Kepil.Law;
using Kepil.Tests.Contributions;
using Xunit;

namespace Kepil.Tests.Portrait;

/// <summary>The portrait counts each living person once, by what was last paid for him, and stands once it is counted.</summary>
public sealed class PortraitTakingTests
{
    private static readonly DateOnly On = new(2026, 11, 1), Early = new(2026, 1, 1), Late = new(2026, 12, 31);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everybody_is_counted_once_by_place_kind_age_and_sex(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        var numbers = Enumerable.Range(0, 9).Select(i => TrialContributions.Number(new(1980, 1, 1 + i))).ToArray();
        long Id(int i) => TrialContributions.Long(numbers[i]);
        object?[] Person(int i, string? district, DateOnly? died = null) => [Id(i), new DateOnly(1980, 1, 1 + i), i % 2 == 0 ? "f" : "m", null, died, null, "61", district];
        var persons = new[]
        {
            Person(0, "614832000"), Person(1, "614832000"), Person(2, "614836000"), Person(3, "614836000"), Person(4, null), Person(5, "614832000"), Person(6, "614832000", new(2026, 10, 31)), Person(7, "614832000"), Person(8, "614832000"),
        };
        trial.Fund.Load("person", persons);
        Assert.Equal(["insured_period"], new PortraitTaking(trial.Fund.Folder, trial.Desk).Take("tester", On).Missing);

        // The ninth is an asylum seeker, of the eighth nothing is told; the first is insured under his older number.
        var older = TrialContributions.Number(new(1979, 5, 5));
        trial.Fund.Load("person_merge", [TrialContributions.Long(older), Id(0)]);
        trial.Fund.Load("insured_period", [TrialContributions.Long(older), Early, Late], [Id(1), Early, new DateOnly(2026, 10, 31)]);
        trial.Take("ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз\n" + string.Join('\n', new[] { 0, 1, 2, 3, 4, 5 }.Select(i => $"{numbers[i]};азамат;01.01.1992;;ІІМ")) + $"\n{numbers[8]};пана іздеген тұлға;01.01.2026;;ІІМ\n", "standings.csv");
        trial.Pay(
            $"W-1;{TrialContributions.Employer};{numbers[1]};жалақы;2026-05;1700;10.06.2026;", $"S-1;;{numbers[1]};дербес төлем;2026-04;4250;10.07.2026;",
            $"S-2;;{numbers[2]};дербес төлем;2026-04;4250;10.05.2026;", $"G-1;{TrialContributions.Employer};{numbers[3]};ГПХ;2026-04;1700;10.05.2026;", $"I-1;;{numbers[4]};ИП;2026-03;5950;10.04.2026;");

        var taken = new PortraitTaking(trial.Fund.Folder, trial.Desk).Take("tester", On).Portrait;
        Assert.Equal((7, 6), (taken!.Persons, taken.Uninsured));
        var store = PortraitStore.Of(trial.Desk);
        Assert.Equal(
            ["610000 entrepreneur 1", "614832 hired 1", "614832 nothing 1", "614832 unknown 1", "614836 civil_contract 1", "614836 self_payer 1"],
            store.Uninsured(On, "okrug", "kind").Select(s => $"{s.Line} {s.Column} {s.People}"));
        Assert.Equal([new("45", "f", 2), new("45", "m", 4)], store.Uninsured(On, "age", "sex", "61").OrderBy(s => s.Column, StringComparer.Ordinal));
        Assert.Equal(6, store.People(On, "district", "61")["6148"]);

        // It stands, whatever is told later of its day; the next day is counted with what came since.
        trial.Pay($"W-2;{TrialContributions.Employer};{numbers[5]};жалақы;2026-05;1700;10.06.2026;");
        Assert.Null(new PortraitTaking(trial.Fund.Folder, trial.Desk).Take("tester", On).Portrait);
        Assert.Contains(store.Uninsured(On, "okrug", "kind"), s => s is { Line: "614832", Column: "nothing" });
        Assert.NotNull(new PortraitTaking(trial.Fund.Folder, trial.Desk).Take("tester", On.AddDays(1)).Portrait);
        Assert.Contains(store.Uninsured(On.AddDays(1), "okrug", "kind"), s => s is { Line: "614832", Column: "hired", People: 2 });
        Assert.Single(Directory.GetFiles(trial.Fund.Folder.At("portrait"), "payments-*.parquet"));
        Assert.Equal("PortraitTaken", trial.Desk.Journal.Newest(1)[0].Act);
    }

    [Theory]
    [InlineData(false, "UPDATE portrait SET uninsured = 1")]
    [InlineData(false, "DELETE FROM portrait_count")]
    [InlineData(true, "UPDATE portrait_count SET persons = 1")]
    [InlineData(true, "DELETE FROM portrait")]
    public void The_database_itself_keeps_a_portrait_as_it_is(bool postgres, string change)
    {
        using var trial = new TrialContributions(postgres);
        Assert.NotNull(PortraitStore.Of(trial.Desk).Add("tester", On, [new("614832", "hired", 35, "f", 12)]));

        using var connection = trial.Source.Open();
        using var command = connection.CreateCommand();
        command.CommandText = change;
        Assert.Contains("a portrait is never", Assert.ThrowsAny<DbException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }
}
