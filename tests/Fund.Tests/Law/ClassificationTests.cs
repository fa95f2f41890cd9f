using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

[Proves("MON-321:A1")]
public sealed class ClassificationTests
{
    private static readonly DateOnly Day = new(2025, 9, 1);

    private static ClassificationEdition Edition => TheLaw.Book.Classification.On(Day);

    private static Policies Policies => TheLaw.Book.Policies;

    [Fact]
    public void There_are_13_roots_and_15_subcodes_and_no_code_13()
    {
        Assert.Equal(13, Edition.Rows.Count(r => r.Root is null));
        Assert.Equal(15, Edition.Rows.Count(r => r.Root is not null));
        Assert.DoesNotContain(Edition.Rows, r => r.Code.StartsWith("13.", StringComparison.Ordinal));
        Assert.Equal(15, CareForms.All.Count);
        Assert.All(Edition.Rows, r => Assert.Equal(15, r.Cells.Count));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [Proves("MON-321:A1")]
    public void A_plus_takes_the_value_of_its_root_or_has_none(string value)
    {
        var policies = Policies.With("plus_inherits_root", value, new(2025, 8, 1)).On(Day);
        var pluses = Edition.Rows.Where(r => r.Root is not null).SelectMany(r => CareForms.All.Where(f => r[f] is Cell.Applicable).Select(f => (Row: r, Form: f))).ToList();

        Assert.NotEmpty(pluses);
        Assert.All(pluses, p => Assert.Equal(value == "true" ? Edition[p.Row.Root!][p.Form] : new Cell.Applicable(), Edition.Resolve(p.Row.Code, p.Form, policies).Value));
    }

    [Fact]
    [Proves("MON-321:2.17")]
    [Proves("MON-321:2.18")]
    public void Only_2_0_and_7_0_are_immaterial() =>
        Assert.Equal(["2.0", "7.0"], Edition.Rows.Where(r => r.Severity == Severity.Immaterial).Select(r => r.Code));

    [Fact]
    [Proves("MON-321:2.12")]
    [Proves("MON-321:2.13")]
    public void The_six_codes_of_the_asterisk_are_violations_and_3_3_is_a_defect_unless_the_policy_says_otherwise()
    {
        var listed = Policies.On(Day);
        var withChild = Policies.With("violation_codes", "with_3_3", Day).On(Day);

        Assert.Equal(["3.0", "3.1", "3.2", "5.0", "5.1", "5.2"], Edition.Rows.Where(r => Edition.IsViolation(r.Code, listed)).Select(r => r.Code));
        Assert.True(Edition.IsViolation("3.3", withChild));
        Assert.False(Edition.IsViolation("1.0", withChild));
    }

    [Fact]
    public void Every_cell_agrees_with_the_second_transcription()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests/Fund.Tests/Law/second-transcription.csv"));
        var heads = lines[0].Split(',');
        var compared = 0;
        foreach (var line in lines.Skip(1))
        {
            var cells = Cells(line);
            var row = Edition[cells[0]];
            foreach (var form in CareForms.All)
            {
                Assert.True(
                    cells[Array.IndexOf(heads, form.Word())] == row[form].ToString(),
                    $"{row.Code} {form.Word()}: the table prints '{row[form]}', the second transcription '{cells[Array.IndexOf(heads, form.Word())]}'. Read the order again.");
                compared++;
            }

            Assert.Equal(cells[Array.IndexOf(heads, "severity")], Edition.SeverityNames[row.Severity].Kk);
        }

        Assert.Equal(28 * 15, compared);
    }

    [Theory]
    [InlineData("3.1", CareForm.Specialist, "100%", "3.0")]
    [InlineData("3.1", CareForm.Train, "50%", "3.0")]
    [InlineData("3.1", CareForm.Phc, "10 КЖН/ЖБН", "3.0")]
    [InlineData("12.3", CareForm.Drg, "100%", "12.3")]
    [InlineData("12.3", CareForm.Specialist, "100%", "12.0")]
    [InlineData("12.3", CareForm.Phc, "50 КЖН/ЖБН", "12.0")]
    [InlineData("12.3", CareForm.Pathology, "100%", "12.3")]
    [InlineData("12.0", CareForm.Pathology, "50%", "12.0")]
    [InlineData("5.1", CareForm.Rural, "-", "5.1")]
    [InlineData("5.0", CareForm.Rural, "100 КЖН", "5.0")]
    [InlineData("7.0", CareForm.Pathology, "0", "7.0")]
    [InlineData("7.0", CareForm.Blood, "-", "7.0")]
    [InlineData("1.2", CareForm.Hiv, "1 КТ / 100%", "1.0")]
    [InlineData("6.1", CareForm.Tuberculosis, "0,3 КТ", "6.0")]
    public void A_plus_takes_the_value_of_the_root_and_an_own_value_beats_it(string code, CareForm form, string value, string from)
    {
        var sanction = Edition.Resolve(code, form, Policies.On(Day));

        Assert.Equal(value, sanction.Value.ToString());
        Assert.Equal(from, sanction.TakenFrom);
    }

    [Fact]
    public void Services_outside_the_contract_cannot_be_charged_to_the_ambulance_or_to_medico_social_care() =>
        Assert.Equal(
            [CareForm.Ambulance, CareForm.Psychiatry, CareForm.Tuberculosis, CareForm.Hiv],
            CareForms.All.Where(f => !Edition.Resolve("11.0", f, Policies.On(Day)).IsApplicable));

    [Fact]
    public void Attachment_without_consent_concerns_primary_care_only() =>
        Assert.Equal([CareForm.Phc], CareForms.All.Where(f => Edition.Resolve("5.2", f, Policies.On(Day)).IsApplicable));

    [Fact]
    public void Immaterial_codes_are_recorded_and_cost_nothing() =>
        Assert.DoesNotContain(CareForms.All, f => Edition.Resolve("2.0", f, Policies.On(Day)).CostsMoney || Edition.Resolve("7.0", f, Policies.On(Day)).CostsMoney);

    [Fact]
    public void A_cell_that_was_not_printed_is_decided_by_its_policy()
    {
        var otherwise = Policies.With("code_6_3_col6", "applicable", Day).With("code_14_0_cols8_11", "same_100", Day).On(Day);

        Assert.False(Edition.Resolve("6.3", CareForm.Train, Policies.On(Day)).IsApplicable);
        Assert.Equal("30%", Edition.Resolve("6.3", CareForm.Train, otherwise).Value.ToString());
        Assert.False(Edition.Resolve("14.0", CareForm.Actual, Policies.On(Day)).IsApplicable);
        Assert.Equal("100%", Edition.Resolve("14.0", CareForm.Met, otherwise).Value.ToString());
        Assert.Contains("code_14_0_cols8_11", Edition.Resolve("14.0", CareForm.Met, otherwise).Policies);
    }

    [Fact]
    public void A_table_saved_without_its_last_end_of_line_keeps_its_last_code()
    {
        var folder = TheLaw.Copy();
        var table = Path.Combine(folder, "classification", "2025-08-01.csv");
        File.WriteAllText(table, File.ReadAllText(table).TrimEnd());

        Assert.Equal(Edition.Rows.Select(r => r.Code), LawBook.Open(folder).Classification.Editions[^1].Rows.Select(r => r.Code));
    }

    [Fact]
    public void The_doubtful_cells_name_policies_that_exist_with_the_same_values()
    {
        foreach (var place in Edition.Doubtful.Where(d => d.Policy != "none"))
        {
            var policy = Policies[place.Policy];
            Assert.Equal(place.Values, policy.Alternatives.Prepend(policy.Default));
        }
    }

    [Fact]
    public void No_subcode_applies_where_its_root_does_not() =>
        Assert.All(Edition.Rows.Where(r => r.Root is not null), row =>
            Assert.All(CareForms.All.Where(f => row[f] is Cell.Applicable), f => Assert.IsNotType<Cell.NotApplicable>(Edition[row.Root!][f])));

    [Fact]
    public void Every_code_resolves_to_a_number_or_to_not_applicable_in_every_form() =>
        Assert.All(Edition.Rows, row => Assert.All(CareForms.All, form =>
            Assert.False(Edition.Resolve(row.Code, form, Policies.On(Day)).Value is Cell.Applicable or Cell.Unprinted)));

    [Fact]
    public void A_printed_value_is_read_back_as_the_same_value() =>
        Assert.All(Edition.Rows.SelectMany(r => r.Cells), cell => Assert.Equal(cell, Cell.Parse(cell.ToString())));

    [Theory]
    [InlineData("100 %")]
    [InlineData("КТ")]
    [InlineData("0,35 КТ")]
    [InlineData("20 МРП")]
    [InlineData("++")]
    public void What_the_annex_does_not_print_is_no_value(string text) => Assert.False(Cell.TryParse(text, out _));

    [Fact]
    public void Names_of_codes_and_forms_are_in_three_languages()
    {
        Assert.All(Edition.Rows.Select(r => r.Name).Concat(Edition.FormNames.Values), name =>
            Assert.All(Wording.Languages, language => Assert.False(string.IsNullOrWhiteSpace(name.In(language)))));
        Assert.Equal(CareForms.All.Order(), Edition.FormNames.Keys.Order());
    }

    [Fact]
    public void A_day_before_the_first_edition_has_no_classification()
    {
        Assert.Throws<LawGapException>(() => TheLaw.Book.Classification.On(new DateOnly(2025, 7, 31)));
        Assert.Throws<LawGapException>(() => TheLaw.Book.Classification.On(Day, knownOn: new DateOnly(2025, 7, 17)));
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        foreach (var (part, i) in line.Split('"').Select((p, i) => (p, i)))
        {
            var pieces = i % 2 == 1 ? [part] : part.Split(',');
            if (cells.Count > 0)
            {
                cells[^1] += pieces[0];
                pieces = pieces[1..];
            }

            cells.AddRange(pieces);
        }

        return cells;
    }
}
