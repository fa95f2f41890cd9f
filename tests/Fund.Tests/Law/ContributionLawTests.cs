using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

/// <summary>Rates, bases, caps, days and categories of the insurance, day by day from 2017 to 2027.</summary>
public sealed class ContributionLawTests
{
    private static readonly DateOnly First = new(2017, 1, 1);

    private static readonly DateOnly Last = new(2027, 12, 31);

    /// <summary>First day of each parameter of contributions, by hand: a value that slips out of the file is missed here.</summary>
    private static readonly Dictionary<string, string> FirstDays = new()
    {
        ["employer_rate"] = "2017-07-01",
        ["employer_cap"] = "2017-07-01",
        ["employee_rate"] = "2017-07-01",
        ["employee_cap"] = "2020-01-01",
        ["civil_contract_rate"] = "2020-01-01",
        ["civil_contract_cap"] = "2020-01-01",
        ["entrepreneur_rate"] = "2017-07-01",
        ["entrepreneur_base"] = "2017-07-01",
        ["entrepreneur_declared_share"] = "2017-07-01",
        ["self_payer_rate"] = "2020-01-01",
        ["self_payer_base"] = "2020-01-01",
        ["platform_rate"] = "2026-01-01",
        ["platform_cap"] = "2026-01-01",
        ["aggregate_payment_city"] = "2019-01-01",
        ["aggregate_payment_elsewhere"] = "2019-01-01",
        ["aggregate_payment_insurance_share"] = "2019-01-01",
        ["single_payment_rate"] = "2023-01-01",
        ["single_payment_insurance_share"] = "2023-01-01",
        ["single_payment_cap"] = "2023-01-01",
        ["state_rate"] = "2020-01-01",
        ["local_budget_rate"] = "2026-01-01",
        ["local_budget_due_days"] = "2026-01-01",
        ["contribution_due_day"] = "2017-07-01",
        ["late_interest_share"] = "2020-01-01",
        ["paid_months_for_status"] = "2020-01-01",
        ["arrears_months"] = "2020-01-01",
        ["prepaid_months"] = "2022-09-05",
        ["status_term"] = "2022-09-05",
        ["grace_months"] = "2020-01-01",
        ["long_grace_months"] = "2026-01-01",
        ["long_grace_paid_months"] = "2026-01-01",
    };

    /// <summary>The only parameters that ended, with the first day without a value.</summary>
    private static readonly Dictionary<string, DateOnly> Ended = new()
    {
        ["aggregate_payment_city"] = new(2024, 1, 1),
        ["aggregate_payment_elsewhere"] = new(2024, 1, 1),
        ["aggregate_payment_insurance_share"] = new(2024, 1, 1),
    };

    public static TheoryData<string> Names => [.. TheLaw.Book.Parameters.All.Where(p => p.File.EndsWith("contributions.yaml", StringComparison.Ordinal)).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_day_of_2017_to_2027_has_exactly_one_value_and_a_day_before_the_first_is_an_error_that_says_so(string name)
    {
        var parameter = TheLaw.Book.Parameters[name];
        var first = TheLaw.Day(FirstDays[name]);
        var periods = parameter.Periods().ToList();

        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            var values = periods.Where(p => p.From <= day && day <= p.To).ToList();
            if (day < first)
            {
                Assert.Empty(values);
                Assert.Contains($"the first value holds from {first:yyyy-MM-dd}", Assert.Throws<LawGapException>(() => parameter.On(day)).Message, StringComparison.Ordinal);
            }
            else if (Ended.TryGetValue(name, out var end) && day >= end)
            {
                Assert.Empty(values);
                Assert.Contains($"ended on {end:yyyy-MM-dd}", Assert.Throws<LawGapException>(() => parameter.On(day)).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Same(Assert.Single(values).Value, parameter.On(day));
            }
        }
    }

    [Fact]
    public void No_parameter_of_contributions_is_missing() =>
        Assert.Equal(FirstDays.Keys.Order(StringComparer.Ordinal), Names.Select(n => n.Data).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("mci")]
    [InlineData("minimum_wage")]
    public void The_indices_have_a_value_on_every_day(string name)
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            Assert.Single(TheLaw.Book.Parameters[name].Periods(), p => p.From <= day && day <= p.To);
        }
    }

    [Fact]
    public void What_was_carried_on_into_2027_says_that_it_is_not_verified() =>
        Assert.Equal(Confidence.Low, TheLaw.Book.Parameters["minimum_wage"].On(new DateOnly(2027, 1, 1)).Confidence);

    [Theory]
    [InlineData("2017-07-01", 12, 3)]
    [InlineData("2019-12-31", 12, 3)]
    [InlineData("2020-01-01", 15, 3)]
    [InlineData("2025-12-31", 15, 3)]
    [InlineData("2026-01-01", 16, 3)]
    [InlineData("2027-12-31", 16, 3)]
    public void The_list_of_a_day_has_as_many_categories_as_were_announced(string day, int paid, int exempt)
    {
        var listed = TheLaw.Book.Categories.On(TheLaw.Day(day)).Select(c => c.On(TheLaw.Day(day))!.Payer).ToList();

        Assert.Equal((paid, exempt), (listed.Count(p => p != CategoryPayer.Exempt), listed.Count(p => p == CategoryPayer.Exempt)));
    }

    [Fact]
    public void The_list_agrees_with_its_edition_on_each_day_of_2017_to_2027()
    {
        var categories = TheLaw.Book.Categories;
        for (var day = categories.Editions[0].From; day <= Last; day = day.AddDays(1))
        {
            var edition = categories.Editions.Last(e => e.From <= day);
            var listed = categories.On(day);
            Assert.Equal(edition.Paid + edition.Exempt, listed.Count);
            Assert.All(listed, c => Assert.Single(c.Spans, s => s.From <= day && day <= s.To));
        }
    }

    [Fact]
    public void A_day_before_the_first_list_is_an_error_that_says_so() =>
        Assert.Contains("2017-07-01", Assert.Throws<LawGapException>(() => TheLaw.Book.Categories.On(new DateOnly(2017, 6, 30))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_unemployed_passed_from_the_State_to_the_local_budgets()
    {
        var unemployed = TheLaw.Book.Categories["unemployed"];

        Assert.Equal(CategoryPayer.State, unemployed.On(new DateOnly(2025, 12, 31))!.Payer);
        Assert.Equal(CategoryPayer.LocalBudget, unemployed.On(new DateOnly(2026, 1, 1))!.Payer);
    }

    [Fact]
    public void The_titles_of_categories_stand_in_three_languages() =>
        Assert.All(TheLaw.Book.Categories.All, c => Assert.All(Wording.Languages, l => Assert.False(string.IsNullOrWhiteSpace(c.Title.In(l)))));

    [Theory]
    [InlineData("entrepreneur_2017")]
    [InlineData("grace_from")]
    [InlineData("prepaid_period")]
    public void Readings_without_an_official_text_are_marked(string policy) => Assert.True(TheLaw.Book.Policies[policy].Unverified);

    [Fact]
    public void A_day_of_a_span_that_goes_back_is_refused_with_its_line()
    {
        var folder = TheLaw.Copy();
        var file = Path.Combine(folder, "categories.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("{ from: 2026-01-01, payer: local_budget, law: \"OSMS:26-1\", checked: 2026-11-27, confidence: high }", "{ from: 2016-01-01, payer: local_budget, law: \"OSMS:26-1\", checked: 2026-11-27, confidence: high }", StringComparison.Ordinal));

        Assert.Contains("unemployed", Assert.Throws<InvalidDataException>(() => LawBook.Open(folder).Categories).Message, StringComparison.Ordinal);
    }
}
