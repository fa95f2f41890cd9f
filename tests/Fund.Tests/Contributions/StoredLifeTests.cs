using Kepil.Fund.Contributions;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Contributions.TrialContributions;

namespace Kepil.Tests.Contributions;

/// <summary>The status of a person from stored facts, as known now and as known then; the verb as a person gives it.</summary>
public sealed class StoredLifeTests
{
    private const string Standings = "ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз\n";

    private static readonly DateOnly Today = new(2026, 11, 5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_year_ahead_insures_from_the_next_day_until_it_is_paid_back(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        Assert.Equal(StatusGround.StandingUnknown, On(trial, Today).Ground);
        trial.Take(Standings + $"{Adult};азамат;01.01.1992;;ІІМ\n");
        Assert.Equal(StatusGround.MonthsMissing, On(trial, Today).Ground);

        // By hand: 5 % of the minimum wage of 85 000 is 4 250 a month, twelve months are 51 000.
        trial.Pay($"Y-1;;{Adult};бір жыл бұрын алдын ала;;51000;02.11.2026;");
        Assert.Equal((StatusGround.MonthsMissing, StatusGround.YearAhead), (On(trial, new(2026, 11, 2)).Ground, On(trial, new(2026, 11, 3)).Ground));
        Assert.Equal(new DateOnly(2027, 11, 2), On(trial, Today).Until);
        var before = trial.Fund.Clock.GetUtcNow();

        trial.Fund.Clock.Day = new(2026, 11, 20);
        trial.Pay($"R-1;;{Adult};бір жыл бұрын алдын ала;;51000;20.11.2026;Y-1");
        Assert.Equal((StatusGround.MonthsMissing, StatusGround.YearAhead), (On(trial, Today).Ground, On(trial, Today, before).Ground));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_payment_without_a_month_closes_arrears_and_its_refund_in_a_later_month_opens_them(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        trial.Take(Standings + $"{Adult};азамат;01.01.1992;;ІІМ\n");
        Assert.Equal(0, trial.Pay($"A-1;;{Adult};дербес төлем;;51000;02.11.2026;").Refused);
        var before = trial.Fund.Clock.GetUtcNow();

        Assert.Equal((StatusGround.MonthsPaid, new DateOnly(2027, 1, 31)), On(trial, Today) is var s ? (s.Ground, s.Until) : default);

        trial.Fund.Clock.Day = new(2026, 12, 3);
        Assert.Equal(0, trial.Pay($"R-1;;{Adult};дербес төлем;;51000;02.12.2026;A-1").Refused);
        Assert.Equal((StatusGround.MonthsMissing, StatusGround.MonthsPaid), (On(trial, Today).Ground, On(trial, Today, before).Ground));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_death_is_known_from_the_register_that_first_told_it(bool postgres)
    {
        using var trial = new TrialContributions(postgres);
        trial.Fund.Load("person", [Long(Adult), new DateOnly(1980, 1, 1), "f", null, null, null, null, null]);
        trial.Take(Standings + $"{Adult};азамат;01.01.1992;;ІІМ\n");
        trial.Pay($"Y-1;;{Adult};бір жыл бұрын алдын ала;;51000;02.11.2026;");
        trial.Fund.Clock.Day = new(2026, 11, 15);
        var before = trial.Fund.Clock.GetUtcNow();

        trial.Fund.Clock.Day = new(2026, 11, 20);
        trial.Fund.Load("person", [Long(Adult), new DateOnly(1980, 1, 1), "f", null, new DateOnly(2026, 11, 10), null, null, null]);
        trial.Fund.Clock.Day = new(2026, 11, 21);

        var day = new DateOnly(2026, 11, 12);
        Assert.Equal((StatusGround.Dead, StatusGround.YearAhead), (On(trial, day).Ground, On(trial, day, before).Ground));
        // He lived on that day, whoever asks.
        Assert.Equal((StatusGround.YearAhead, StatusGround.YearAhead), (On(trial, Today).Ground, On(trial, Today, before).Ground));
    }

    [Fact]
    public void What_was_paid_under_an_older_number_is_his_from_the_day_the_numbers_were_merged()
    {
        using var trial = new TrialContributions(false);
        var old = Number(new(1980, 1, 1), 50);
        trial.Take(Standings + $"{Adult};азамат;01.01.1992;;ІІМ\n");
        trial.Pay($"A-1;;{old};дербес төлем;;51000;02.11.2026;");
        trial.Fund.Clock.Day = new(2026, 11, 15);
        var before = trial.Fund.Clock.GetUtcNow();
        Assert.Equal(StatusGround.MonthsMissing, On(trial, Today).Ground);

        trial.Fund.Clock.Day = new(2026, 11, 20);
        trial.Fund.Load("person_merge", [Long(old), Long(Adult)]);
        trial.Fund.Clock.Day = new(2026, 11, 21);

        Assert.Equal((StatusGround.MonthsPaid, StatusGround.MonthsMissing), (On(trial, Today).Ground, On(trial, Today, before).Ground));
        Assert.Equal(StatusGround.MonthsPaid, new InsuredStatus(TheLaw.Book).On(StoredLife.Of(trial.Fund.Folder, trial.Store, Long(old))!, Today, trial.Fund.Clock.GetUtcNow()).Ground);
    }

    [Fact]
    public void Twelve_months_of_wages_insure_and_a_refund_counts_from_its_day()
    {
        using var trial = new TrialContributions(false);
        trial.Take(Standings + $"{Adult};азамат;01.01.1992;;ІІМ\n");
        trial.Pay([.. Enumerable.Range(0, 12).Select(i => new DateOnly(2025, 11, 1).AddMonths(i)).SelectMany(m => new[]
        {
            $"W-{m:yyyy-MM};{Employer};{Adult};жалақы;{m:yyyy-MM};1700;{m.AddMonths(1).AddDays(3):dd.MM.yyyy};",
            $"W-{m:yyyy-MM};{Employer};{Adult};аударым;{m:yyyy-MM};2550;{m.AddMonths(1).AddDays(3):dd.MM.yyyy};",
        })]);

        Assert.Equal(StatusGround.MonthsPaid, On(trial, Today).Ground);
        Assert.All(On(trial, Today).Months.Where(m => m.Month < new Month(2026, 11)), m => Assert.Equal(MonthMark.Paid, m.Mark));
    }

    [Fact]
    public void A_category_taken_back_by_its_source_is_no_longer_known_but_was_then()
    {
        using var trial = new TrialContributions(false);
        const string heads = "ЖСН;Санаты;Басталған күні;Аяқталған күні;Дереккөз;Кері қайтарылды\n";
        trial.Take(Standings + $"{Adult};азамат;01.01.1992;;ІІМ\n");
        trial.Take(heads + $"{Adult};Зейнеткерлер;01.02.2026;;БЖЗҚ;\n");
        Assert.Equal((StatusGround.BudgetPays, "pensioner", "БЖЗҚ"), On(trial, Today) is var s ? (s.Ground, s.Category!.Category, s.Category.Source) : default);
        var before = trial.Fund.Clock.GetUtcNow();

        trial.Fund.Clock.Day = new(2026, 11, 20);
        trial.Take(heads + $"{Adult};Зейнеткерлер;01.02.2026;;БЖЗҚ;иә\n");
        Assert.Equal((StatusGround.MonthsMissing, StatusGround.BudgetPays), (On(trial, Today).Ground, On(trial, Today, before).Ground));
    }

    [Fact]
    public void Every_kind_of_payment_that_a_file_may_name_is_one_that_the_insurance_knows()
    {
        var paid = ContributionWords.Own.Words("kind").Allowed.Split(", ").Select((kind, i) => new Contribution(i, "P" + i, 0, 1, 1, kind, new(2026, 1, 1), new(100), new(2026, 1, 2), null)).ToList();

        var life = StoredLife.Of(new KnownPerson(1, new(1980, 1, 1), null), paid, []);

        Assert.Equal(paid.Count, life.Payments.Count + life.Prepayments.Count + life.OpenPayments.Count);
        Assert.Single(life.OpenPayments);
        Assert.Single(life.Prepayments);
    }

    [Fact]
    public void Grounds_months_and_ways_have_words() => Assert.All(
        Enum.GetValues<StatusGround>().Select(StatusWords.Of).Concat(Enum.GetValues<MonthMark>().Select(StatusWords.Of)).Concat(Enum.GetValues<WayKind>().Select(StatusWords.Of)),
        word => Assert.All(Wording.Languages, l => Assert.NotEmpty(word.In(l))));

    private static Status On(TrialContributions trial, DateOnly day, DateTimeOffset? knownAt = null) =>
        new InsuredStatus(TheLaw.Book).On(StoredLife.Of(trial.Fund.Folder, trial.Store, Long(Adult))!, day, knownAt ?? trial.Fund.Clock.GetUtcNow());
}
