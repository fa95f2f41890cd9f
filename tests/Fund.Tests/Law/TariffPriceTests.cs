using System.Numerics;
using Kepil.Law;
using Kepil.Tests.House;
using Xunit;

namespace Kepil.Tests.Law;

/// <summary>The price of a line by the kind of its form of care: the published tariffs to the tiyn, and any other against a second calculation.</summary>
public sealed class TariffPriceTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly Tariffs Tariffs = TheLaw.Book.Tariffs;

    public static TheoryData<CareForm> Forms { get; } = [.. CareForms.All];

    [Fact]
    [Proves("MON-321:A1")]
    public void All_fifteen_forms_of_care_have_a_kind_with_its_source_and_none_has_it_before_the_first_day()
    {
        Assert.Equal(15, CareForms.All.Count(f => Tariffs[f, Day] is { Name.Kk.Length: > 0, Unit.Length: > 0 }));
        Assert.Throws<LawGapException>(() => Tariffs[CareForm.Phc, new(2017, 1, 1)]);
    }

    [Fact]
    public void The_six_published_tariffs_of_annex_3_come_out_to_the_tiyn()
    {
        var six = Tariffs.Published.Where(p => p.Form == CareForm.Drg).ToList();
        Assert.Equal(6, six.Count);
        foreach (var tariff in six)
        {
            var baseRate = TheLaw.Book.Parameters.Sum("drg_base_rate", tariff.From);
            Assert.Equal(tariff.Price, TariffPrice.Of(Tariffs[CareForm.Drg, tariff.From], new(baseRate) { WeightE4 = tariff.WeightE4 }).Sum);
        }
    }

    [Fact]
    public void A_day_hospital_is_four_tenths_of_the_inpatient_bed_day_as_published()
    {
        Money Of(string code) => Tariffs.Published.Single(p => p.Code == code).Price;

        Assert.Equal(Of("day_hospital"), Of("inpatient").Share(4, 10));
        Assert.Equal(Of("inpatient") * 14, TariffPrice.Of(Tariffs[CareForm.BedDay, Day], new(Of("inpatient"), 14)).Sum);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Any_price_is_that_of_a_second_calculation_and_its_derivation_leads_to_it(CareForm form)
    {
        var chance = new Random(20260300 + (int)form);
        var kind = Tariffs[form, Day];
        for (var i = 0; i < 2_000; i++)
        {
            var facts = Invented(kind, chance);
            var price = TariffPrice.Of(kind, facts);

            Assert.Equal(Naive(kind, facts), price.Sum.Tiyn);
            var (numerator, denominator) = price.Steps[^1].Exact;
            Assert.True(BigInteger.Abs((price.Sum.Tiyn * denominator) - numerator) * 2 <= denominator, "rounded once, by half a tiyn at most");
            Assert.Equal(price.Sum, TariffPrice.Of(kind, facts with { Factors = [.. facts.Factors.Reverse()], Costs = [.. facts.Costs.Reverse()] }).Sum);
        }
    }

    [Theory]
    [InlineData(CareForm.Specialist, "no weight belongs to it")]
    [InlineData(CareForm.Drg, "it needs the weight")]
    [InlineData(CareForm.Phc, "is no correction of it")]
    [InlineData(CareForm.Actual, "item by item")]
    [InlineData(CareForm.Blood, "a part is a fraction")]
    [InlineData(CareForm.Rural, "twice")]
    [InlineData(CareForm.Pathology, "persons with a share")]
    public void Facts_that_do_not_fit_the_kind_are_refused_with_the_reason(CareForm form, string reason)
    {
        var facts = form switch
        {
            CareForm.Specialist => new TariffFacts(new(100)) { WeightE4 = 10_000 },
            CareForm.Drg => new TariffFacts(new(100)),
            CareForm.Phc => new TariffFacts(new(100)) { Factors = [new("luck", 10_000)] },
            CareForm.Actual => new TariffFacts(new(100)),
            CareForm.Blood => new TariffFacts(new(100)) { Part = (1, 2) },
            CareForm.Rural => new TariffFacts(new(100)) { Factors = [new("season", 10_000), new("season", 10_000)] },
            _ => new TariffFacts(new(100)) { Partial = 1 },
        };

        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => TariffPrice.Of(Tariffs[form, Day], facts)).Message);
    }

    [Fact]
    public void An_uninsured_attached_person_counts_with_ninety_percent_of_the_norm()
    {
        var share = (int)TheLaw.Book.Parameters.Value("uninsured_norm_share", Day);
        var price = TariffPrice.Of(Tariffs[CareForm.Phc, Day], new(new(158_954), 1_000) { Partial = 10, PartialPercent = share });

        Assert.Equal(new Money((158_954L * 1_000) + (158_954L * 9)), price.Sum);
        Assert.Equal("× (1000 + 10 × 90 %)", price.Steps[1].By);
    }

    private static TariffFacts Invented(TariffKind kind, Random chance)
    {
        var facts = new TariffFacts(new(chance.NextInt64(1, 50_000_000)), chance.Next(1, 500)) { Factors = [.. kind.Corrections.Where(_ => chance.Next(3) == 0).Take(2).Select(c => new TariffFactor(c, chance.Next(5_000, 20_000)))] };
        return kind.Method switch
        {
            TariffMethod.CaseWeight => facts with { WeightE4 = chance.Next(1_000, 300_000) },
            TariffMethod.ActualCost => new(Money.Zero, 1) { Costs = [.. Enumerable.Range(0, chance.Next(1, 20)).Select(_ => new Money(chance.NextInt64(0, 10_000_000)))], Factors = facts.Factors },
            TariffMethod.PerCapita when chance.Next(2) == 0 => facts with { Partial = chance.Next(1, 100), PartialPercent = 90 },
            TariffMethod.Course or TariffMethod.Complex when chance.Next(2) == 0 && chance.Next(1, 31) is var whole => facts with { Part = (chance.Next(0, whole + 1), whole) },
            _ => facts,
        };
    }

    /// <summary>The same by decimal fractions, one factor after the other; where a part of something not decimal remains, by whole numbers.</summary>
    private static long Naive(TariffKind kind, TariffFacts facts)
    {
        var tiyn = kind.Method == TariffMethod.ActualCost ? facts.Costs.Sum(c => (decimal)c.Tiyn) : facts.Unit.Tiyn * (facts.Quantity + (facts.Partial * facts.PartialPercent / 100m));
        tiyn *= (facts.WeightE4 ?? 10_000) / 10_000m;
        foreach (var factor in facts.Factors)
        {
            tiyn *= factor.E4 / 10_000m;
        }

        if (facts.Part is not { } part)
        {
            return (long)Math.Round(tiyn, MidpointRounding.AwayFromZero);
        }

        // Twice the remainder against the divisor, so that a third stays a third.
        var (whole, rest) = (decimal.Floor(tiyn * part.Done / part.Whole), tiyn * part.Done);
        while (whole * part.Whole > rest)
        {
            whole--;
        }

        while ((whole + 1) * part.Whole <= rest)
        {
            whole++;
        }

        return (long)whole + ((rest - (whole * part.Whole)) * 2 >= part.Whole ? 1 : 0);
    }
}
