using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>What the proceedings of one line may do to its money.</summary>
/// <param name="Billed">Tiyn that the line was billed with.</param>
/// <param name="Confirmed">Sums of the findings that are finally confirmed.</param>
/// <param name="Open">Sums of those on which nothing final was decided yet.</param>
public sealed record LineInDispute(long Billed, IReadOnlyList<long> Confirmed, IReadOnlyList<long> Open);

/// <summary>A provider's bill of a month: what is payable, what is withheld, what is still in dispute; the three make up the bill.</summary>
/// <param name="Debt">What confirmed findings take beyond the bills of their lines.</param>
public sealed record PayableSums(long Billed, long Payable, long Withheld, long InDispute, long Debt)
{
    /// <summary>The bill of all lines, of which the lines with findings are given.</summary>
    /// <param name="multiCode">The policy multi_code, by which several findings of one line are priced: max, sum or sum_capped.</param>
    [Law("MON-321:12")]
    public static PayableSums Of(long billed, IEnumerable<LineInDispute> lines, string multiCode)
    {
        var (withheld, dispute, debt) = (0L, 0L, 0L);
        foreach (var line in lines)
        {
            var confirmed = Price(line.Confirmed, line.Billed, multiCode);
            var within = Math.Min(confirmed, line.Billed);
            withheld += within;
            debt += confirmed - within;
            dispute += Math.Min(Price([.. line.Confirmed, .. line.Open], line.Billed, multiCode), line.Billed) - within;
        }

        return new(billed, billed - withheld - dispute, withheld, dispute, debt);
    }

    internal static long Price(IReadOnlyList<long> sums, long billed, string multiCode) => sums.Count == 0 ? 0 : multiCode switch
    {
        "max" => sums.Max(),
        "sum" => sums.Sum(),
        "sum_capped" => Math.Min(sums.Sum(), billed),
        _ => throw new ArgumentException($"The policy multi_code is '{multiCode}', but may be max, sum or sum_capped.", nameof(multiCode)),
    };
}
