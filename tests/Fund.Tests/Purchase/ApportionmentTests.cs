using System.Numerics;
using Kepil.Fund.Purchase;
using Xunit;

namespace Kepil.Tests.Purchase;

/// <summary>The share of each among random bidders: exact, as one unit after the other would give it, and fair when somebody leaves or loses weight.</summary>
public sealed class ApportionmentTests
{
    [Fact]
    public void Shares_are_those_of_one_unit_after_the_other_and_add_up()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var (whole, claims) = Some(random, 60);
            var shares = Apportionment.Of(whole, claims);

            Assert.Equal(Naive(whole, claims), shares);
            Assert.Equal(Math.Min(whole, claims.Where(c => c.Weight > 0).Sum(c => c.Most)), shares.Values.Sum());
        }
    }

    [Fact]
    public void Nobody_loses_when_another_leaves()
    {
        var random = new Random(6);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var (whole, claims) = Some(random, 1_000_000_000_000);
            var gone = claims[random.Next(claims.Count)];
            var (before, after) = (Apportionment.Of(whole, claims), Apportionment.Of(whole, [.. claims.Where(c => c != gone)]));

            Assert.All(after, a => Assert.True(a.Value >= before[a.Key], $"{a.Key} had {before[a.Key]} and has {a.Value}"));
        }
    }

    [Fact]
    public void Less_weight_never_gives_more_and_never_takes_from_others()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var (whole, claims) = Some(random, 1_000_000_000_000);
            var at = random.Next(claims.Count);
            var lighter = claims.ToList();
            lighter[at] = lighter[at] with { Weight = lighter[at].Weight * random.Next(100) / 100 };
            var (before, after) = (Apportionment.Of(whole, claims), Apportionment.Of(whole, lighter));

            Assert.All(claims, c => Assert.True(c.Id == claims[at].Id ? after[c.Id] <= before[c.Id] : after[c.Id] >= before[c.Id]));
        }
    }

    [Fact]
    public void The_order_in_which_bidders_are_named_does_not_matter()
    {
        var random = new Random(8);
        for (var trial = 0; trial < 1_000; trial++)
        {
            var (whole, claims) = Some(random, 1_000_000);
            var mixed = claims.ToArray();
            random.Shuffle(mixed);

            Assert.Equal(Apportionment.Of(whole, claims).OrderBy(s => s.Key), Apportionment.Of(whole, mixed).OrderBy(s => s.Key));
        }
    }

    [Fact]
    public void One_keeps_the_unit_that_largest_remainders_would_take_when_another_leaves()
    {
        // Largest remainders give the second a unit of five beside the fourth, and none without him.
        List<Claim> claims = [new(1, 2, 5), new(2, 1, 5), new(3, 8, 5), new(4, 1, 5)];
        var (before, after) = (Apportionment.Of(5, claims), Apportionment.Of(5, claims[..3]));

        Assert.All(after, a => Assert.True(a.Value >= before[a.Key]));
    }

    [Fact]
    public void Of_equals_the_smaller_number_gets_the_odd_unit() =>
        Assert.Equal([(1L, 2L), (2L, 2L), (3L, 1L)], Apportionment.Of(5, [new(3, 7, 9), new(1, 7, 9), new(2, 7, 9)]).OrderBy(s => s.Key).Select(s => (s.Key, s.Value)));

    private static (long Whole, List<Claim> Claims) Some(Random random, long most)
    {
        var claims = Enumerable.Range(1, random.Next(1, 8)).Select(i => new Claim(i, random.Next(4) == 0 ? random.Next(3) : random.NextInt64(1_000_000_000_000_000), random.Next(3) == 0 ? random.NextInt64(most / 3 + 1) : most)).ToList();
        return (random.NextInt64(most), claims);
    }

    private static Dictionary<long, long> Naive(long whole, List<Claim> claims)
    {
        var given = claims.ToDictionary(c => c.Id, _ => 0L);
        for (; whole > 0 && claims.Where(c => c.Weight > 0 && given[c.Id] < c.Most).ToList() is { Count: > 0 } able; whole--)
        {
            var best = able.OrderByDescending(c => c, Comparer<Claim>.Create((a, b) => (a.Weight * (2 * (BigInteger)given[b.Id] + 1)).CompareTo(b.Weight * (2 * (BigInteger)given[a.Id] + 1)))).ThenBy(c => c.Id).First();
            given[best.Id]++;
        }

        return given;
    }
}
