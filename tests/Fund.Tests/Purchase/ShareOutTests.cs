using Kepil.Fund.Purchase;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Purchase;

/// <summary>A row of the plan shared out by capacity or attached people, execution and unconfirmed cases.</summary>
public sealed class ShareOutTests
{
    private static readonly ShareTerms Terms = new(100, true, "order 1 of 05.11.2026");

    [Fact]
    [Proves("MON-321:18.2")]
    public void Unconfirmed_cases_lower_the_share_and_each_step_is_kept()
    {
        var plan = new PlannedPurchase(1, "61", CareForm.Drg, "mams", null, 1_000, Money.OfTenge(50_000_000L));
        Bidder Clinic(long id, long unconfirmed) => new(id, 1_000, 0, Money.OfTenge(10_000_000L), Money.OfTenge(8_000_000L), Money.OfTenge(unconfirmed));

        var row = ShareOut.Of(plan, [Clinic(1, 0), Clinic(2, 2_000_000)], Terms);

        // The same capacity and execution; a quarter of what the second billed was not confirmed: 4 to 3.
        Assert.Equal([(571L, 2_857_142_857L), (429L, 2_142_857_143L)], row.Shares.Select(s => (s.Volume, s.Sum.Tiyn)));
        Assert.Equal(
            ["base 1000.000000 1000000 1000.000000", "execution 1000.000000 800000 800.000000", "unconfirmed 800.000000 750000 600.000000"],
            row.Shares[1].Steps.Select(s => $"{s.Name} {s.Base} {s.Factor} {s.Result}"));
        Assert.Equal("MON-321:18.2", row.Shares[1].Steps[2].Paragraph);
    }

    [Fact]
    public void A_form_paid_by_head_goes_by_attached_people() =>
        Assert.Equal([300L, 100L], ShareOut.Of(new(1, "61", CareForm.Phc, "tmkkk", null, 400, Money.OfTenge(400L)),
            [new(1, 400, 30_000, default, default, default), new(2, 400, 10_000, default, default, default)], Terms).Shares.Select(s => s.Volume));

    [Fact]
    [Proves("MON-321:18.2")]
    public void Sums_are_exact_and_more_unconfirmed_cases_never_raise_a_share()
    {
        var random = new Random(9);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var plan = new PlannedPurchase(1, "61", CareForm.Specialist, "mams", null, random.NextInt64(1, 100_000), new(random.NextInt64(1, 1_000_000_000_000)));
            var bidders = Enumerable.Range(1, random.Next(1, 7)).Select(i => new Bidder(i, random.NextInt64(1, 100_000), 0, new(random.NextInt64(1_000_000)), new(random.NextInt64(1_000_000)), new(random.NextInt64(300_000)))).ToList();
            var worse = bidders.ToList();
            worse[0] = worse[0] with { Unconfirmed = worse[0].Unconfirmed + new Money(random.NextInt64(300_000)) };
            var (row, then) = (ShareOut.Of(plan, bidders, Terms), ShareOut.Of(plan, worse, Terms));

            Assert.True(then.Shares[0].Volume <= row.Shares[0].Volume && then.Shares[0].Sum <= row.Shares[0].Sum);
            Assert.All(row.Shares, s => Assert.True(s.Volume <= bidders.Single(b => b.ProviderId == s.ProviderId).Capacity));
            Assert.True(row is { LeftVolume: >= 0, LeftSum.Tiyn: >= 0 });
            if (bidders.Where(b => row.Shares.Single(s => s.ProviderId == b.ProviderId).Steps[^1].Result != "0.000000" ).Sum(b => b.Capacity) >= plan.Volume)
            {
                Assert.Equal((0, 0), (row.LeftVolume, row.LeftSum.Tiyn));
            }
        }
    }

    [Theory]
    [InlineData(null, true, "act")]
    [InlineData(100, null, "act")]
    [InlineData(100, true, null)]
    public void Nothing_is_shared_out_while_a_value_is_not_set(int? times, bool? execution, string? ground) =>
        Assert.Contains("Set in the terms", Assert.Throws<PurchaseRefusedException>(() => ShareOut.Of(new(1, "61", CareForm.Drg, "mams", null, 1, new(1)), [], new(times, execution, ground))).Message, StringComparison.Ordinal);
}
