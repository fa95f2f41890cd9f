using Kepil.Fund.Bench;
using Kepil.Monitoring;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>Sums of findings against a second calculation, to the tiyn, on both engines.</summary>
[Proves("MON-321:10.1")]
public sealed class FindingSumsTests
{
    private static readonly NaiveSums Naive = new();

    [Fact]
    [Proves("MON-321:22")]
    public void Every_code_in_every_form_of_care_and_region_costs_what_annex_1_says()
    {
        var amounts = new long[] { 1, 49, 50, 51, 99, 150, 333, 1_000_001, 123_456_789, 999_999_999_999 };
        var lines = new List<PricedLine>();
        var hits = new List<PricedHit>();
        foreach (var code in Naive.Codes)
        {
            foreach (var form in NaiveSums.Forms)
            {
                foreach (var region in Naive.Regions)
                {
                    foreach (var service in new[] { "A02.001.000", null })
                    {
                        var id = lines.Count + 1;
                        lines.Add(new(id, id % 97, id % 7, form, id % 2 == 0 ? "mams" : "tmkkk", service, amounts[id % amounts.Length], region == "00" ? null : region));
                        hits.Add(new(id, id % 97, code + "-rule", code, "potential", ""));
                    }
                }
            }
        }

        Assert.Equal(28, Naive.Codes.Count);
        Same(lines, hits, "max");
    }

    [Theory]
    [InlineData(1, "max")]
    [InlineData(2, "max")]
    [InlineData(3, "sum")]
    [InlineData(4, "sum_capped")]
    public void Thousands_of_random_hits_cost_what_the_second_calculation_says(int seed, string multiCode)
    {
        var (lines, hits) = Drawn(seed, 3000);

        Same(lines, hits, multiCode);
    }

    [Fact]
    [Proves("MON-321:12")]
    public void A_general_finding_changes_no_sum_whatever_its_code()
    {
        var (lines, hits) = Drawn(11, 2000);
        hits = [.. hits.Where(h => h.Kind == "potential")];
        var general = hits.Select(h => h with { RuleId = "general-" + h.RuleId, Kind = "general" }).ToList();

        var without = PricedMonth.OnDuckDb(lines, hits);
        var with = PricedMonth.OnDuckDb(lines, [.. hits, .. general]);
        var alone = PricedMonth.OnDuckDb(lines, general);

        Assert.Equal(without.Sums, with.Sums);
        Assert.Equal(without.Forms, with.Forms);
        Assert.Equal(without.Findings, with.Findings.Where(f => f.Kind == "potential"));
        Assert.NotEmpty(alone.Findings);
        Assert.Empty(alone.Sums);
        Assert.All(alone.Findings, f => Assert.True(f.Sum == 0 && !f.Counts));
        Assert.All(alone.Forms, f => Assert.EndsWith(" 0 0", f, StringComparison.Ordinal));
    }

    [Fact]
    [Proves("MON-321:11")]
    [Proves("MON-321:13")]
    public void A_finding_is_general_or_potential_as_its_rule_says_and_only_a_potential_one_has_a_sum()
    {
        var line = Line(1, "specialist", 1_000_000);

        var found = PricedMonth.OnDuckDb([line], [Hit(line, "3.1", "a"), Hit(line, "3.1", "b", "general")]).Findings;

        Assert.Equal([("potential", 1_000_000L, true), ("general", 0L, false)], found.Select(f => (f.Kind, f.Sum, f.Counts)));
    }

    [Fact]
    public void A_code_of_0_is_recorded_and_costs_nothing()
    {
        var line = Line(1, "drg", 1_000_000);

        var priced = PricedMonth.OnDuckDb([line], [Hit(line, "7.0", "a")]);

        Assert.Equal([("0", 0L, false)], priced.Findings.Select(f => (f.Cell, f.Sum, f.Counts)));
        Assert.Empty(priced.Sums);
    }

    [Fact]
    public void A_hit_on_a_dash_is_no_finding_and_is_counted_for_the_author_of_the_rule()
    {
        PricedLine[] lines = [Line(1, "rural", 1_000_000), Line(2, "rural", 1_000_000), Line(3, "specialist", 1_000_000)];

        var priced = PricedMonth.OnDuckDb(lines, [.. lines.Select(l => Hit(l, "5.1", "5.1-twice"))]);

        Assert.Equal([3L], priced.Findings.Select(f => f.ServiceId));
        Assert.Equal(["5.1-twice 2"], priced.NotApplicable);
    }

    [Fact]
    public void More_than_the_bill_is_a_debt_beside_it_and_no_negative_payment()
    {
        var line = Line(1, "specialist", 1_000_000);

        var sum = Assert.Single(PricedMonth.OnDuckDb([line], [Hit(line, "5.1", "a")]).Sums);

        Assert.Equal(new PricedSum(1, "5.1", 1_000_000, 1_000_000, 2_000_000, 0), sum);
    }

    [Fact]
    public void A_plus_takes_the_value_of_its_root_and_a_value_of_its_own_beats_it()
    {
        var line = Line(1, "drg", 1_000_000);

        var found = PricedMonth.OnDuckDb([line], [Hit(line, "12.2", "a"), Hit(line, "12.3", "b"), Hit(line, "12.0", "c")]).Findings;

        Assert.Equal([("12.2", "50%", 500_000L, false), ("12.3", "100%", 1_000_000L, true), ("12.0", "50%", 500_000L, false)], found.Select(f => (f.Code, f.Cell, f.Sum, f.Counts)));
    }

    [Fact]
    public void Care_of_hiv_is_priced_by_the_tariff_or_by_the_service_as_it_is_paid()
    {
        PricedLine[] lines = [Line(1, "hiv", 1_000_000), Line(2, "hiv", 1_000_000) with { ServiceCode = null }];
        var tariff = TheLaw.Book.Parameters.Value("complex_tariff_hiv", PricedMonth.Month, PricedMonth.KnownOn, "61");

        var found = PricedMonth.OnDuckDb(lines, [.. lines.Select(l => Hit(l, "5.0", "a"))]).Findings;

        Assert.Equal([(1_000_000L, 3_000_000L), (tariff, 3 * tariff)], found.Select(f => (f.Base, f.Sum)));
    }

    [Fact]
    public void An_installation_may_take_the_larger_of_the_tariff_and_the_share()
    {
        var law = TheLaw.WithChoice("hiv_basis", "larger", "2026-01-01");
        var tariff = TheLaw.Book.Parameters.Value("complex_tariff_hiv", PricedMonth.Month, PricedMonth.KnownOn, "61");
        PricedLine[] lines =
        [
            Line(1, "hiv", tariff - 1), Line(2, "hiv", tariff + 1), Line(3, "hiv", tariff - 1) with { ServiceCode = null }, Line(4, "hiv", tariff + 1) with { ServiceCode = null },
        ];

        var found = PricedMonth.OnDuckDb(lines, [.. lines.Select(l => Hit(l, "5.0", "a"))], law: law).Findings;

        Assert.Equal(
            [("3 КТ", tariff, 3 * tariff), ("300%", tariff + 1, 3 * (tariff + 1)), ("3 КТ", tariff, 3 * tariff), ("300%", tariff + 1, 3 * (tariff + 1))],
            found.Select(f => (f.Cell, f.Base, f.Sum)));
    }

    [Fact]
    public void An_installation_whose_primary_care_is_paid_by_the_plain_norm_takes_that_norm()
    {
        var line = Line(1, "phc", 100);
        long Norm(string name) => TheLaw.Book.Parameters.Value(name, PricedMonth.Month, PricedMonth.KnownOn, "61");

        Assert.Equal(Norm("complex_per_capita_norm"), Assert.Single(PricedMonth.OnDuckDb([line], [Hit(line, "5.2", "a")]).Findings).Base);
        Assert.Equal(Norm("per_capita_norm"), Assert.Single(PricedMonth.OnDuckDb([line], [Hit(line, "5.2", "a")], law: TheLaw.WithChoice("normative_basis", "per_capita", "2026-01-01")).Findings).Base);
    }

    [Fact]
    public void A_provider_of_an_unknown_region_keeps_its_findings_with_the_norm_of_the_country_or_the_largest()
    {
        PricedLine[] lines = [Line(1, "phc", 100) with { Region = "6l" }, Line(2, "specialist", 100) with { Region = "6l" }];
        PricedHit[] hits = [.. lines.Select(l => Hit(l, "1.2", "a"))];
        long Norm(string region) => TheLaw.Book.Parameters.Value("complex_per_capita_norm", PricedMonth.Month, PricedMonth.KnownOn, region);

        var country = PricedMonth.OnDuckDb(lines, hits);
        var largest = PricedMonth.OnDuckDb(lines, hits, law: TheLaw.WithChoice("unknown_region", "largest", "2026-01-01"));

        Assert.Empty(country.NotApplicable);
        Assert.Equal([(Norm("00"), 20 * Norm("00")), (100L, 100L)], country.Findings.Select(f => (f.Base, f.Sum)));
        Assert.Equal(TheLaw.Book.Regions.All.Max(r => Norm(r.Code)), largest.Findings[0].Base);
        Assert.True(Norm("00") < largest.Findings[0].Base);
    }

    [Theory]
    [InlineData(1, 50, 1)]
    [InlineData(99, 50, 50)]
    [InlineData(101, 50, 51)]
    [InlineData(3, 30, 1)]
    [InlineData(5, 30, 2)]
    [InlineData(1, 30, 0)]
    public void Half_a_tiyn_counts_as_a_whole_one(long amount, int percent, long sum)
    {
        var line = Line(1, percent == 50 ? "drg" : "specialist", amount);

        Assert.Equal(sum, Assert.Single(PricedMonth.OnDuckDb([line], [Hit(line, percent == 50 ? "8.0" : "6.2", "a")]).Findings).Sum);
    }

    [Fact]
    public void Of_several_codes_the_largest_counts_or_all_do_as_the_policy_says()
    {
        var line = Line(1, "specialist", 1_000_000);
        PricedHit[] hits = [Hit(line, "6.2", "a"), Hit(line, "1.3", "b"), Hit(line, "3.1", "c")];

        Assert.Equal((1_000_000L, 0L), At(PricedMonth.OnDuckDb([line], hits, "max")));
        Assert.Equal((1_000_000L, 1_300_000L), At(PricedMonth.OnDuckDb([line], hits, "sum")));
        Assert.Equal((1_000_000L, 0L), At(PricedMonth.OnDuckDb([line], hits, "sum_capped")));
        Assert.Throws<ArgumentException>(() => FindingSums.LineSums("least"));

        static (long, long) At((List<PricedFinding>, List<PricedSum> Sums, List<string>, List<string>) priced) => (priced.Sums[0].AtRisk, priced.Sums[0].Debt);
    }

    [Theory]
    [InlineData("max")]
    [InlineData("sum")]
    [InlineData("sum_capped")]
    public void Billed_is_payable_and_at_risk_and_the_parts_make_the_month(string multiCode)
    {
        var (lines, hits) = Drawn(21, 3000);

        var priced = PricedMonth.OnDuckDb(lines, hits, multiCode);

        Assert.All(priced.Sums, s => Assert.True(s.Billed == s.Payable + s.AtRisk && s.Payable >= 0 && s.AtRisk >= 0 && s.Debt >= 0 && (s.Debt == 0 || s.Payable == 0)));
        var forms = priced.Forms.Select(f => f.Split(' ').Select(p => long.TryParse(p, out var n) ? n : 0).ToArray()).ToList();
        Assert.Equal(lines.Count, forms.Sum(f => f[3]));
        Assert.Equal(lines.Sum(l => l.Amount), forms.Sum(f => f[5]));
        Assert.Equal(priced.Sums.Sum(s => s.AtRisk), forms.Sum(f => f[6]));
        Assert.Equal(priced.Sums.Sum(s => s.Debt), forms.Sum(f => f[7]));
        Assert.Equal(hits.Count, priced.Findings.Count + priced.NotApplicable.Sum(n => long.Parse(n.Split(' ')[1], null)));
    }

    [Fact]
    public void Order_of_rows_files_and_threads_change_nothing()
    {
        var (lines, hits) = Drawn(31, 4000);
        var dice = new Random(5);
        var first = PricedMonth.OnDuckDb(lines, hits);

        foreach (var (files, threads) in new[] { (1, 1), (2, 4), (7, 2), (13, 4) })
        {
            var shuffledLines = lines.ToArray();
            var shuffledHits = hits.ToArray();
            dice.Shuffle(shuffledLines);
            dice.Shuffle(shuffledHits);
            var again = PricedMonth.OnDuckDb(shuffledLines, shuffledHits, "max", files, threads);
            Assert.Equal(first.Findings, again.Findings);
            Assert.Equal(first.Sums, again.Sums);
            Assert.Equal(first.Forms, again.Forms);
        }
    }

    [Fact]
    public void One_finding_more_never_raises_what_is_payable()
    {
        var (lines, hits) = Drawn(41, 1500);
        var before = PricedMonth.OnDuckDb(lines, [.. hits.Skip(700)]).Sums.ToDictionary(s => s.ServiceId);

        foreach (var sum in PricedMonth.OnDuckDb(lines, hits).Sums)
        {
            Assert.True(!before.TryGetValue(sum.ServiceId, out var less) || sum.Payable <= less.Payable && sum.Debt >= less.Debt);
        }
    }

    [Fact]
    public void Other_numbers_of_providers_change_only_the_numbers()
    {
        var (lines, hits) = Drawn(51, 1500);

        var one = PricedMonth.OnDuckDb(lines, hits);
        var other = PricedMonth.OnDuckDb([.. lines.Select(l => l with { ProviderId = l.ProviderId + 9_000_000 })], hits);

        Assert.Equal(one.Sums, other.Sums);
        Assert.Equal(one.Forms.Select(f => f[f.IndexOf(' ', StringComparison.Ordinal)..]).Order(), other.Forms.Select(f => f[f.IndexOf(' ', StringComparison.Ordinal)..]).Order());
    }

    private static void Same(List<PricedLine> lines, List<PricedHit> hits, string multiCode)
    {
        var naive = new NaiveSums(multiCode);
        var findings = naive.Findings(lines, hits, "2026-10-01", "2026-11-05");
        var sums = naive.Sums(lines, findings);
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());

        var duck = PricedMonth.OnDuckDb(lines, hits, multiCode);
        var other = PricedMonth.OnPostgres(postgres, lines, hits, multiCode);

        Assert.NotEmpty(sums);
        Assert.Equal(findings, duck.Findings);
        Assert.Equal(sums, duck.Sums);
        Assert.Equal(findings, other.Findings);
        Assert.Equal(sums, other.Sums);
        Assert.Equal(duck.Forms, other.Forms);
        Assert.Equal(duck.NotApplicable, other.NotApplicable);
    }

    /// <summary>Lines and hits drawn from a seed: several codes and kinds on one line, no rule twice on one.</summary>
    private static (List<PricedLine> Lines, List<PricedHit> Hits) Drawn(int seed, int count)
    {
        var dice = new Random(seed);
        var regions = Naive.Regions.ToArray();
        var lines = new List<PricedLine>();
        var hits = new List<PricedHit>();
        for (var i = 1; i <= count; i++)
        {
            var line = new PricedLine(
                i, dice.Next(1, 500), dice.Next(1, 9), NaiveSums.Forms[dice.Next(15)], dice.Next(2) == 0 ? "mams" : "tmkkk", dice.Next(3) == 0 ? null : "A02.001.000",
                dice.NextInt64(dice.Next(2) == 0 ? 200 : 90_000_000_000), dice.Next(10) == 0 ? null : regions[dice.Next(regions.Length)]);
            lines.Add(line);
            foreach (var code in Naive.Codes.OrderBy(_ => dice.Next()).Take(dice.Next(4)))
            {
                hits.Add(Hit(line, code, $"{code}-{dice.Next(3)}", dice.Next(5) == 0 ? "general" : "potential"));
            }
        }

        return (lines, hits);
    }

    private static PricedLine Line(long id, string form, long amount) => new(id, 100 + id, 1, form, "mams", "A02.001.000", amount, "61");

    private static PricedHit Hit(PricedLine line, string code, string rule, string kind = "potential") => new(line.ServiceId, line.PersonId, rule, code, kind, "x");
}
