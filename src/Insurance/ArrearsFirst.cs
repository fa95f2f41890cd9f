using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>A part of a sum that went to a month.</summary>
public sealed record ClosedMonth(Month Month, Money Sum);

/// <summary>Which months a sum closes that names none: arrears first, then the month itself, then months ahead.</summary>
public sealed class ArrearsFirst(LawBook law)
{
    /// <summary>Months that may be paid for in advance.</summary>
    public const int MonthsAhead = 12;

    private readonly Month first = Month.Of(law.Parameters["arrears_months"].Values.Min(v => v.From));

    /// <summary>The months that a sum paid on a day may close, in the order in which it does.</summary>
    [Law("OSMS:28")]
    public IEnumerable<Month> Order(DateOnly paidOn)
    {
        var month = Month.Of(paidOn);
        var oldest = month < first ? month : month.Plus(-(int)law.Parameters.Value("arrears_months", paidOn));
        for (var each = oldest < first && month >= first ? first : oldest; each <= month.Plus(MonthsAhead); each = each.Plus(1))
        {
            yield return each;
        }
    }

    /// <summary>Puts a sum on months.</summary>
    /// <param name="left">What a month still lacks; nothing where it lacks nothing.</param>
    /// <returns>The months with their parts, and what is left over.</returns>
    public (IReadOnlyList<ClosedMonth> Parts, Money Over) Close(Money sum, DateOnly paidOn, Func<Month, Money> left)
    {
        var parts = new List<ClosedMonth>();
        foreach (var month in Order(paidOn))
        {
            if (sum == Money.Zero)
            {
                break;
            }

            var part = Money.Smaller(sum, Money.Larger(Money.Zero, left(month)));
            if (part > Money.Zero)
            {
                parts.Add(new(month, part));
                sum -= part;
            }
        }

        return (parts, sum);
    }
}
