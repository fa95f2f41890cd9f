using System.Globalization;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>Random lives against the second model, and what must hold of every life. KEPIL_LIVES sets how many lives are made.</summary>
public sealed class StatusPropertyTests
{
    private const int Questions = 8;

    private static readonly InsuredStatus Status = new(TheLaw.Book);

    private static readonly int Lives = int.Parse(Environment.GetEnvironmentVariable("KEPIL_LIVES") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    [Proves("OSMS:5")]
    [Proves("OSMS:5.3-2")]
    public void Random_lives_have_the_status_of_the_second_model()
    {
        var seen = new Dictionary<string, int>();
        for (var seed = 0; seed < Lives; seed++)
        {
            var life = new RandomLife(seed);
            for (var i = 0; i < Questions; i++)
            {
                var (day, moment) = life.Question();
                var expected = NaiveStatus.Answer(life.Facts, day, moment);
                var found = Word(Status.On(life.Facts, day, moment).Ground);
                Assert.True(expected == found, $"Life {seed} on {day:yyyy-MM-dd}, as known at {moment:yyyy-MM-dd}: {found}, but the second model says {expected}.");
                seen[found] = seen.GetValueOrDefault(found) + 1;
            }
        }

        // Lives that never reach an answer would prove nothing about it.
        Assert.All(["exempt", "budget", "ahead", "months", "missing", "dead", "not born", "standing", "no part"], word => Assert.True(seen.GetValueOrDefault(word) > Lives / 100, $"{word}: {seen.GetValueOrDefault(word)} of {Lives * Questions}"));
    }

    public static TheoryData<string, string> Readings => new()
    {
        { "grace_from", "month" },
        { "grace_from", "due_day" },
        { "category_grace", "never" },
        { "category_grace", "full_year" },
        { "category_month", "whole_month" },
        { "local_budget_status", "payment" },
        { "wage_month_paid", "minimum_wage" },
        { "prepaid_period", "from_next_month" },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    [Proves("OSMS:5")]
    public void Paying_more_or_earlier_never_takes_status_away(string policy, string value)
    {
        var status = TheLaw.Book.Policies[policy].Default == value ? Status : new(TheLaw.WithChoice(policy, value, "2017-01-01"));
        var (insured, gained) = (0, 0);
        for (var seed = 0; seed < Lives / 4; seed++)
        {
            var life = new RandomLife(seed);
            var better = life.Better();
            for (var i = 0; i < Questions; i++)
            {
                var (day, moment) = life.Question();
                var before = status.On(life.Facts, day, moment);
                var after = status.On(better, day, moment);
                Assert.True(!before.Insured || after.Insured, $"Life {seed} on {day:yyyy-MM-dd}: {before.Ground} became {after.Ground} by paying more.");
                insured += before.Insured ? 1 : 0;
                gained += !before.Insured && after.Insured ? 1 : 0;
            }
        }

        Assert.True(insured > 100 && gained > 50, $"{insured} insured, {gained} gained: too few to prove anything.");
    }

    [Fact]
    public void A_year_paid_earlier_ends_earlier_and_this_alone_is_no_loss_of_what_was_paid()
    {
        Status On(string paid, string day) => Status.On(Person([], [new(Money.OfTenge(51_000), TheLaw.Day(paid))]), TheLaw.Day(day));

        Assert.Equal(StatusGround.YearAhead, On("2026-03-10", "2027-03-01").Ground);
        Assert.Equal(StatusGround.MonthsPaid, On("2026-02-10", "2027-03-01").Ground);
        Assert.False(On("2026-02-10", "2027-05-31").Insured);
        Assert.True(On("2026-03-10", "2027-05-31").Insured);
    }

    public static TheoryData<string> Categories => [.. TheLaw.Book.Categories.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Categories))]
    [Proves("OSMS:26")]
    [Proves("OSMS:26-1")]
    [Proves("OSMS:28.7")]
    public void Every_category_insures_on_the_days_on_which_it_is_listed_and_on_no_other(string name)
    {
        var category = TheLaw.Book.Categories[name];
        var life = Person([new(name, new(2017, 7, 1), null, "register")], []);
        foreach (var day in new[] { "2020-01-01", "2023-06-15", "2025-12-31", "2026-01-01", "2027-12-31" }.Select(TheLaw.Day))
        {
            var status = Status.On(life, day);
            var listed = category.On(day);

            Assert.Equal(listed is not null, status.Insured);
            Assert.Equal(listed?.Payer == CategoryPayer.Exempt ? StatusGround.Exempt : listed is null ? StatusGround.MonthsMissing : StatusGround.BudgetPays, status.Ground);
        }
    }

    [Fact]
    public void A_category_that_the_law_does_not_have_is_refused_with_the_list() =>
        Assert.Contains("pensioner", Assert.Throws<KeyNotFoundException>(() => Status.On(Person([new("rich", new(2020, 1, 1))], []), new(2026, 1, 1))).Message, StringComparison.Ordinal);

    internal static Life Person(IReadOnlyList<CategoryTime> categories, IReadOnlyList<Prepayment> prepayments, params PaidMonth[] payments) =>
        new(new(new(1990, 5, 5)), [new(Standing.Citizen, new(1990, 5, 5))], categories, payments, prepayments);

    private static string Word(StatusGround ground) => ground switch
    {
        StatusGround.Exempt => "exempt",
        StatusGround.BudgetPays => "budget",
        StatusGround.YearAhead => "ahead",
        StatusGround.MonthsPaid or StatusGround.Grace or StatusGround.LongGrace => "months",
        StatusGround.MonthsMissing => "missing",
        StatusGround.Dead => "dead",
        StatusGround.NotBorn => "not born",
        StatusGround.StandingUnknown => "standing",
        _ => "no part",
    };
}
