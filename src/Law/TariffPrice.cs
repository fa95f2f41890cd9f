using System.Globalization;
using System.Numerics;

namespace Kepil.Law;

/// <summary>A factor of a tariff.</summary>
/// <param name="Name">Its code word in law/tariffs/kinds.yaml.</param>
/// <param name="E4">In ten-thousandths: 1.15 is 11500.</param>
public sealed record TariffFactor(string Name, long E4);

/// <summary>What of a line its price is counted from.</summary>
/// <param name="Unit">Price of one unit; the base rate where it is by weight; nothing where it is by actual costs.</param>
/// <param name="Quantity">Services, cases, days, persons or patients.</param>
public sealed record TariffFacts(Money Unit, long Quantity = 1)
{
    /// <summary>Cost weight of the group in ten-thousandths.</summary>
    public long? WeightE4 { get; init; }

    public IReadOnlyList<TariffFactor> Factors { get; init; } = [];

    /// <summary>Persons, besides <see cref="Quantity"/>, for whom a share of the norm is paid.</summary>
    public long Partial { get; init; }

    /// <summary>That share in percent.</summary>
    public int PartialPercent { get; init; } = 100;

    /// <summary>Part of a course or of a month that was carried out, as a fraction.</summary>
    public (long Done, long Whole)? Part { get; init; }

    /// <summary>What the case cost, item by item.</summary>
    public IReadOnlyList<Money> Costs { get; init; } = [];
}

/// <summary>A step of the derivation: what was multiplied or added, and the exact amount after it.</summary>
/// <param name="What">Code word: unit, quantity, partial, weight, part, cost, or the name of a factor.</param>
/// <param name="By">As it is written: «× 1.15», «+ 12 × 90 %».</param>
/// <param name="Exact">The amount in tiyn before rounding, as a fraction.</param>
public sealed record PriceStep(string What, string By, (BigInteger Numerator, BigInteger Denominator) Exact);

/// <summary>The price of a line with its derivation: exact to the last step, and rounded once to the whole tiyn, half up.</summary>
public sealed record TariffPrice(Money Sum, IReadOnlyList<PriceStep> Steps, TariffKind Kind)
{
    private const int E4 = 10_000;

    private const int Percent = 100;

    /// <summary>Prices a line by the kind of its form of care.</summary>
    /// <exception cref="ArgumentException">The facts do not fit the kind: a factor it does not know, a weight that is missing or not asked for, nothing or less than nothing counted.</exception>
    [Law("MON-321:A1")]
    public static TariffPrice Of(TariffKind kind, TariffFacts facts)
    {
        Check(kind, facts);
        var steps = new List<PriceStep>();
        var (numerator, denominator) = (BigInteger.Zero, BigInteger.One);
        void Step(string what, string by, BigInteger times, BigInteger per)
        {
            (numerator, denominator) = (numerator * times, denominator * per);
            steps.Add(new(what, by, (numerator, denominator)));
        }

        if (kind.Method == TariffMethod.ActualCost)
        {
            foreach (var cost in facts.Costs)
            {
                numerator += cost.Tiyn;
                steps.Add(new("cost", "+ " + cost.Digits(), (numerator, denominator)));
            }
        }
        else
        {
            numerator = facts.Unit.Tiyn;
            steps.Add(new("unit", facts.Unit.Digits(), (numerator, denominator)));
            if (facts.Partial > 0)
            {
                Step("partial", string.Create(CultureInfo.InvariantCulture, $"× ({facts.Quantity} + {facts.Partial} × {facts.PartialPercent} %)"), ((BigInteger)facts.Quantity * Percent) + ((BigInteger)facts.Partial * facts.PartialPercent), Percent);
            }
            else
            {
                Step("quantity", string.Create(CultureInfo.InvariantCulture, $"× {facts.Quantity}"), facts.Quantity, 1);
            }
        }

        if (facts.WeightE4 is { } weight)
        {
            Step("weight", "× " + Written(weight), weight, E4);
        }

        foreach (var factor in facts.Factors)
        {
            Step(factor.Name, "× " + Written(factor.E4), factor.E4, E4);
        }

        if (facts.Part is { } part)
        {
            Step("part", string.Create(CultureInfo.InvariantCulture, $"× {part.Done}/{part.Whole}"), part.Done, part.Whole);
        }

        return new(new(checked((long)(((2 * numerator) + denominator) / (2 * denominator)))), steps, kind);
    }

    private static void Check(TariffKind kind, TariffFacts facts)
    {
        string Wrong(string what) => $"{kind.Form.Word()} ({kind.Law}): {what}.";
        if (facts.Factors.FirstOrDefault(f => !kind.Corrections.Contains(f.Name) || f.E4 < 0) is { } strange)
        {
            throw new ArgumentException(Wrong($"'{strange.Name}' is no correction of it or below zero; one of {string.Join(", ", kind.Corrections)}"));
        }

        if (facts.Factors.DistinctBy(f => f.Name).Count() < facts.Factors.Count)
        {
            throw new ArgumentException(Wrong("a correction stands there twice"));
        }

        if (facts.WeightE4 is null == (kind.Method == TariffMethod.CaseWeight) || facts.WeightE4 < 0)
        {
            throw new ArgumentException(Wrong(kind.Method == TariffMethod.CaseWeight ? "it needs the weight of the group" : "no weight belongs to it"));
        }

        if (kind.Method == TariffMethod.ActualCost ? facts.Costs.Count == 0 || facts.Costs.Any(c => c < Money.Zero) || facts.Unit != Money.Zero : facts.Costs.Count > 0 || facts.Unit < Money.Zero || facts.Quantity < 0 || facts.Partial < 0)
        {
            throw new ArgumentException(Wrong("actual costs come item by item and everything else as a price and a quantity, nothing below zero"));
        }

        if (facts.Partial > 0 && kind.Method != TariffMethod.PerCapita)
        {
            throw new ArgumentException(Wrong("persons with a share of the norm belong to norms per person"));
        }

        if (facts.Part is { } part && (part.Whole <= 0 || part.Done < 0 || part.Done > part.Whole || kind.Method is not (TariffMethod.Course or TariffMethod.Complex)))
        {
            throw new ArgumentException(Wrong("a part is a fraction from nothing to the whole, of a course or of a patient's month"));
        }
    }

    private static string Written(long e4) => (e4 / (decimal)E4).ToString("0.####", CultureInfo.InvariantCulture);
}
