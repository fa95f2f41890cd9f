using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

public sealed class ParametersTests
{
    private static Parameters Parameters => TheLaw.Book.Parameters;

    [Fact]
    public void The_monthly_index_of_a_year_is_money_in_tiyn()
    {
        Assert.Equal(393_200, Parameters.Value("mci", new DateOnly(2025, 9, 12)));
        Assert.Equal(Money.OfTenge(4325), Parameters.Sum("mci", new DateOnly(2026, 10, 1)));
    }

    [Fact]
    public void A_value_begins_on_its_first_day_and_not_the_day_before()
    {
        Assert.Equal(Money.OfTenge(2651), Parameters.Sum("mci", new DateOnly(2020, 3, 31)));
        Assert.Equal(Money.OfTenge(2778), Parameters.Sum("mci", new DateOnly(2020, 4, 1)));
    }

    [Fact]
    public void A_day_before_the_first_value_is_an_error_that_names_it_and_never_zero()
    {
        var gap = Assert.Throws<LawGapException>(() => Parameters.Value("mci", new DateOnly(2016, 12, 31)));

        Assert.Equal("mci", gap.Name);
        Assert.Equal(new DateOnly(2016, 12, 31), gap.Day);
        Assert.Contains("2017-01-01", gap.Message, StringComparison.Ordinal);
        Assert.All(Wording.Languages, language => Assert.Contains("law/parameters/indices.yaml", gap.Reason.In(language), StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_works_backwards_is_seen_only_from_the_day_on_which_it_was_known()
    {
        var october = new DateOnly(2025, 10, 15);

        Assert.Equal(Money.Parse("1521,18"), Parameters.Sum("complex_per_capita_norm", october, knownOn: new DateOnly(2025, 11, 11), key: "00"));
        Assert.Equal(Money.Parse("1585,06"), Parameters.Sum("complex_per_capita_norm", october, knownOn: new DateOnly(2025, 11, 12), key: "00"));
        Assert.Equal(Money.Parse("1585,06"), Parameters.Sum("complex_per_capita_norm", october, key: "00"));
    }

    [Fact]
    public void What_was_not_known_yet_is_an_error_too() =>
        Assert.Throws<LawGapException>(() => Parameters.Value("mci", new DateOnly(2017, 1, 1), knownOn: new DateOnly(2016, 11, 28)));

    [Fact]
    public void A_parameter_that_ended_has_no_value_any_more()
    {
        Assert.Equal(0.5m, Parameters.Exact("aggregate_payment_elsewhere", new DateOnly(2023, 12, 31)));
        Assert.Throws<LawGapException>(() => Parameters.Exact("aggregate_payment_elsewhere", new DateOnly(2024, 1, 1)));
    }

    [Fact]
    public void A_fraction_is_exact_and_is_never_cut_to_a_whole_number()
    {
        Assert.Equal(1.5m, Parameters.Exact("employer_rate", new DateOnly(2018, 6, 1)));
        Assert.Throws<InvalidOperationException>(() => Parameters.Value("employer_rate", new DateOnly(2018, 6, 1)));
    }

    [Fact]
    public void A_region_without_a_norm_is_an_error() =>
        Assert.Throws<LawGapException>(() => Parameters.Value("rural_norm", new DateOnly(2026, 10, 1), key: "99"));

    [Fact]
    public void Every_parameter_has_just_one_value_on_every_day_since_its_first()
    {
        var end = new DateOnly(2027, 12, 31);
        foreach (var parameter in Parameters.All)
        {
            foreach (var key in parameter.Values.Select(v => v.Key).Distinct())
            {
                var periods = parameter.Periods().Where(p => p.Value.Key == key).OrderBy(p => p.From).ToList();
                for (var i = 1; i < periods.Count; i++)
                {
                    Assert.True(periods[i - 1].To < periods[i].From, $"{parameter.Name} ({parameter.File}) has two values on {periods[i].From}.");
                    Assert.True(
                        periods[i - 1].To.AddDays(1) == periods[i].From || parameter.Values.Any(v => v.Ends && v.From == periods[i - 1].To.AddDays(1)),
                        $"{parameter.Name} ({parameter.File}) has no value on {periods[i - 1].To.AddDays(1)}.");
                }

                foreach (var period in periods)
                {
                    Assert.Equal(period.Value, parameter.On(period.From, key: key));
                    Assert.Equal(period.Value, parameter.On(period.To < end ? period.To : end, key: key));
                }
            }
        }
    }

    [Fact]
    public void The_norms_of_every_sanction_have_a_value_for_every_region()
    {
        var day = new DateOnly(2026, 10, 1);
        var edition = TheLaw.Book.Classification.On(day);
        foreach (var (form, norm) in edition.Rows.SelectMany(r => CareForms.All.Select(f => (f, NormOf(r[f])))).Distinct())
        {
            if (norm is not { } known)
            {
                continue;
            }

            foreach (var region in TheLaw.Book.Regions.All)
            {
                Assert.True(Parameters.Value(known.Parameter(form), day, key: region.Code) > 0);
            }
        }

        Assert.True(Parameters.Value(Norm.ComplexPerCapita.Parameter(CareForm.Phc, paidByComplexNorm: false), day, key: "61") > 0);
    }

    [Fact]
    public void A_value_was_checked_after_it_was_known_and_its_title_is_in_three_languages() =>
        Assert.All(Parameters.All, parameter =>
        {
            Assert.All(Wording.Languages, language => Assert.False(string.IsNullOrWhiteSpace(parameter.Title.In(language))));
            Assert.All(parameter.Values, value => Assert.True(value.Invented || value.Checked >= value.Known, $"{parameter.Name} from {value.From}"));
        });

    [Fact]
    public void A_value_that_was_invented_names_no_act_and_every_other_does()
    {
        var values = Parameters.All.SelectMany(p => p.Values).ToList();
        Assert.All(values, value => Assert.Equal(value.Invented, value.Law is null && value.Checked is null));
        Assert.Contains(values, v => v.Invented);
        Assert.Contains(values, v => !v.Invented);
        // In whatever file of the law: a row that says it was invented says of no act that it stands there.
        var rows = Directory.GetFiles(Path.Combine(Repository.Root, "law"), "*.yaml", SearchOption.AllDirectories)
            .SelectMany(f => File.ReadLines(f).Where(l => l.Contains("invented", StringComparison.Ordinal) && l.TrimStart().StartsWith('-')).Select(l => (File: f, Row: l))).ToList();
        Assert.Equal(values.Count(v => v.Invented), rows.Count);
        Assert.All(rows, r => Assert.False(r.Row.Contains("law:", StringComparison.Ordinal) || r.Row.Contains("checked:", StringComparison.Ordinal), $"{r.File}: {r.Row}"));
    }

    [Fact]
    public void An_invented_value_that_cites_an_act_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("kepil-invented-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "norms.yaml"), """
                norm:
                  title: { kk: "а", ru: "а", en: "a" }
                  unit: tenge
                  picked_by: day_of_service
                  values:
                    - { from: 2025-01-01, known: 2025-01-01, value: 1, law: "TARIFF-170:A8", confidence: invented }
                """);

            var fault = Assert.ThrowsAny<Exception>(() => Kepil.Law.Parameters.Read(folder));

            Assert.Contains("an invented value has no act", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static Norm? NormOf(Cell cell) => cell switch
    {
        Cell.Multiple multiple => multiple.Norm,
        Cell.MultipleOrPercent either => either.Norm,
        _ => null,
    };
}
