using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>What the settings of annex 1 change in the price of a finding: both values of each, by the queries of the product.</summary>
public sealed class PricingSettingsTests
{
    private static readonly PricedLine Rural = Line(1, "rural", 1_000_000);
    private static readonly PricedLine Visit = Line(2, "specialist", 1_000_000);

    [Theory]
    [InlineData("only_5x_uncapped", 3_000_000, 2_000_000)]
    [InlineData("at_line_cost", 1_000_000, 0)]
    [Proves("MON-321:A1.5.0")]
    public void The_withholding_exceeds_the_cost_or_stops_at_it(string value, long sum, long debt)
    {
        var priced = Priced("cap", value, [Visit], Hit(Visit, "5.1"));

        Assert.Equal((sum, debt), (Assert.Single(priced.Findings).Sum, Assert.Single(priced.Sums).Debt));
        var shown = Arithmetic.Of("300%", 1_000_000, sum)!;
        Assert.Equal(value == "at_line_cost", shown.StopsAtCost);
    }

    [Theory]
    [InlineData("only_5x_uncapped", 6_000_000)]
    [InlineData("at_line_cost", 1_000_000)]
    public void Where_findings_of_a_line_add_up_they_stop_at_its_cost_too(string value, long withheld)
    {
        var day = new DateOnly(2026, 10, 1);
        var policies = TheLaw.Book.Policies.With("multi_code", "sum", day).With("cap", value, day).On(day);
        var each = value == "at_line_cost" ? 1_000_000 : 3_000_000;

        var sums = PayableSums.Of(1_000_000, [new(1_000_000, [each, each], [])], policies.LinePricing);

        Assert.Equal(withheld, sums.Withheld + sums.Debt);
    }

    [Theory]
    [InlineData("root_only", 0)]
    [InlineData("subcodes", 1)]
    public void Codes_5_1_and_5_2_are_assigned_in_rural_care_or_not(string value, int findings)
    {
        var priced = Priced("rural_5x", value, [Rural], Hit(Rural, "5.1"));

        Assert.Equal((findings, 1 - findings), (priced.Findings.Count, priced.NotApplicable.Count));
        Assert.All(priced.Findings, f => Assert.Equal("100 КЖН", f.Cell));
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 1)]
    [Proves("MON-321:10.1")]
    public void A_root_with_subcodes_is_assigned_itself_or_only_they_are(string value, int findings)
    {
        var priced = Priced("root_assignable", value, [Visit], Hit(Visit, "5.0"), Hit(Visit, "5.1"));

        Assert.Equal(findings, priced.Findings.Count);
        Assert.Contains(priced.Findings, f => f.Code == "5.1" && f.Cell == "300%");
        var edition = TheLaw.Book.Classification.On(new(2026, 10, 1));
        Assert.Equal(value == "true", edition.Resolve("5.0", CareForm.Specialist, TheLaw.Book.Policies.With("root_assignable", value, new(2025, 8, 1)).On(new(2026, 10, 1))).IsApplicable);
    }

    [Theory]
    [InlineData("always_zero", 2)]
    [InlineData("only_2_and_7", 1)]
    [Proves("MON-321:12")]
    public void A_code_with_a_value_is_a_general_finding_that_costs_nothing_or_none(string value, int findings)
    {
        var priced = Priced("general_with_value", value, [Visit], Hit(Visit, "5.1", "general"), Hit(Visit, "2.0", "general"));

        Assert.Equal(findings, priced.Findings.Count);
        Assert.All(priced.Findings, f => Assert.Equal(0, f.Sum));
        Assert.Equal(2 - findings, priced.NotApplicable.Count);
    }

    private static (List<PricedFinding> Findings, List<PricedSum> Sums, List<string> Forms, List<string> NotApplicable) Priced(string policy, string value, PricedLine[] lines, params PricedHit[] hits)
    {
        var law = TheLaw.WithChoice(policy, value, "2025-08-01");
        try
        {
            return PricedMonth.OnDuckDb(lines, hits, law: law);
        }
        finally
        {
            Directory.Delete(law.Folder, true);
        }
    }

    private static PricedLine Line(long id, string form, long amount) => new(id, 100 + id, 990440000385, form, "mams", "A02.001.000", amount, "75");

    private static PricedHit Hit(PricedLine line, string code, string kind = "potential") => new(line.ServiceId, line.PersonId, code + "-rule", code, kind, "x");
}
