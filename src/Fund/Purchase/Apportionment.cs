using System.Numerics;

namespace Kepil.Fund.Purchase;

/// <summary>One who takes part in sharing a whole number of units.</summary>
/// <param name="Id">Decides between equals: the smaller number comes first.</param>
/// <param name="Weight">In what proportion he takes part.</param>
/// <param name="Most">Units he can take at most.</param>
public sealed record Claim(long Id, BigInteger Weight, long Most);

/// <summary>Shares a whole number of units in proportion to weights, each up to what he can take.</summary>
/// <remarks>
/// The method of odd divisors (Webster): each unit goes to the one whose weight divided by twice what he has and one more is largest.
/// Largest remainders would do worse: they can give somebody less because another one left, and a unit more or less to those whose proportion did not change.
/// Here nobody loses when another leaves or loses weight, and the order in which they are named does not matter.
/// </remarks>
public static class Apportionment
{
    /// <param name="whole">Units to share: tiyn, or units of volume.</param>
    /// <returns>Units of each, by number. They add up to the whole unless all that can be taken is less.</returns>
    /// <exception cref="ArgumentException">A number is named twice, or something is below zero.</exception>
    public static IReadOnlyDictionary<long, long> Of(long whole, IReadOnlyCollection<Claim> claims)
    {
        if (whole < 0 || claims.Any(c => c.Weight < 0 || c.Most < 0))
        {
            throw new ArgumentException("Units, weights and limits are never below zero.", nameof(claims));
        }

        var given = claims.ToDictionary(c => c.Id, _ => 0L);
        var able = claims.Where(c => c.Weight > 0 && c.Most > 0).OrderBy(c => c.Id).ToList();
        var left = BigInteger.Min(whole, able.Aggregate(BigInteger.Zero, (s, c) => s + c.Most));
        if (left == 0)
        {
            return given;
        }

        // All at once what lies above a common divisor; the few units that are left go one by one.
        var scale = able.Max(c => c.Weight) * 2;
        BigInteger low = 0, high = scale;
        while (able.Aggregate(BigInteger.Zero, (s, c) => s + Above(c, high, scale)) < left)
        {
            (low, high) = (high, high * 2);
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = able.Aggregate(BigInteger.Zero, (s, c) => s + Above(c, middle, scale)) <= left ? (middle, high) : (low, middle);
        }

        // Where the upper limit fits exactly, it is the answer as well.
        var at = able.Aggregate(BigInteger.Zero, (s, c) => s + Above(c, high, scale)) <= left ? high : low;
        foreach (var claim in able)
        {
            given[claim.Id] = (long)Above(claim, at, scale);
            left -= given[claim.Id];
        }

        for (; left > 0; left--)
        {
            Claim? best = null;
            foreach (var claim in able.Where(c => given[c.Id] < c.Most))
            {
                best = best is null || claim.Weight * (2 * (BigInteger)given[best.Id] + 1) > best.Weight * (2 * (BigInteger)given[claim.Id] + 1) ? claim : best;
            }

            given[best!.Id]++;
        }

        return given;
    }

    /// <summary>Units of one whose weight divided by the unit's odd number is at least the divisor.</summary>
    private static BigInteger Above(Claim claim, BigInteger at, BigInteger scale) => BigInteger.Min(claim.Most, (claim.Weight * at / scale + 1) / 2);
}
