using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>What must hold of every account of debts, with payments, refunds and days made by dice.</summary>
public sealed class DebtPropertyTests
{
    [Theory]
    [InlineData("unnamed")]
    [InlineData("all")]
    [Proves("OSMS:28")]
    public void No_tiyn_is_lost_and_a_payment_closes_no_month_beyond_its_reach(string reading)
    {
        var debts = new Debts(reading == "unnamed" ? TheLaw.Book : TheLaw.WithChoice("arrears_order", reading, "2017-01-01"));
        var (refunds, overs, closed) = (0, 0, 0);
        for (var seed = 0; seed < 1500; seed++)
        {
            var (owed, received, day) = Made(seed);
            var account = debts.Of(IncomeKind.Wages, owed, received, day);
            var came = received.Where(r => r.PaidOn <= day).Sum(r => r.Sum.Tiyn);

            Assert.Equal(came, account.Parts.Sum(p => p.Sum.Tiyn) + account.Over.Tiyn);
            Assert.All(account.Months, m => Assert.True(m.Left >= Money.Zero && m.Paid >= Money.Zero, $"Account {seed}: {m}"));
            Assert.All(account.Parts, p =>
            {
                var named = received.Single(r => r.Number == p.Of).For;
                var of = Month.Of(received.Single(r => r.Number == p.Of).PaidOn);
                Assert.True(reading == "unnamed" && named is not null ? p.Month == named : p.Month >= new Month(2020, 1) && p.Month >= of.Plus(-12) && p.Month <= of.Plus(12), $"Account {seed}: {p}");
            });

            // Whoever paid without naming a month has no older debt in reach and something on a younger month.
            foreach (var payment in received.Where(r => r.TakesBack is null && r.For is null && r.PaidOn <= day))
            {
                var then = debts.Of(IncomeKind.Wages, owed, [.. received.Where(r => r.PaidOn < payment.PaidOn), payment], payment.PaidOn);
                var youngest = then.Parts.Where(p => p.Number == payment.Number).Select(p => (Month?)p.Month).Max();
                Assert.DoesNotContain(then.Months, m => m.Left > Money.Zero && m.Month < youngest && m.Month >= new Month(2020, 1) && m.Month >= Month.Of(payment.PaidOn).Plus(-12));
            }

            refunds += account.Parts.Count(p => p.Sum < Money.Zero);
            overs += account.Over > Money.Zero ? 1 : 0;
            closed += account.Months.Count(m => m.Left == Money.Zero);
        }

        Assert.True(refunds > 100 && overs > 100 && closed > 1000, $"{refunds} refunds, {overs} over, {closed} closed: too few to prove anything.");
    }

    [Fact]
    [Proves("OSMS:31")]
    public void Interest_is_the_sum_of_its_days_and_never_falls()
    {
        var debts = new Debts(TheLaw.Book);
        var late = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var (owed, received, day) = Made(seed);
            var (today, tomorrow) = (debts.Of(IncomeKind.Wages, owed, received, day), debts.Of(IncomeKind.Wages, owed, received, day.AddDays(1)));
            foreach (var (now, next) in today.Months.Zip(tomorrow.Months))
            {
                // Day by day in exact fractions; each stretch of days is rounded once, by half a tiyn at most.
                var exact = 0m;
                for (var each = now.DueOn!.Value.AddDays(1); each <= day; each = each.AddDays(1))
                {
                    var balance = now.Due.Tiyn - today.Parts.Where(p => p.Month == now.Month && p.On < each).Sum(p => p.Sum.Tiyn);
                    exact += each.Year < 2020 ? 0 : balance * TheLaw.Book.Parameters.Exact("base_rate", each) * 1.25m / 100 / 365;
                }

                Assert.True(Math.Abs(exact - now.Interest.Tiyn) <= (now.Late.Count + 1) / 2m, $"Account {seed}, {now.Month}: {now.Interest} and {exact / 100}");
                Assert.True(next.Interest >= now.Interest - new Money(1), $"Account {seed}, {now.Month}: {now.Interest}, a day later {next.Interest}");
                late += now.Late.Count;
            }
        }

        Assert.True(late > 1000);
    }

    private static (List<OwedMonth> Owed, List<ReceivedPayment> Received, DateOnly Day) Made(int seed)
    {
        var dice = new Random(seed);
        var dues = new Dues(TheLaw.Book);
        var first = new Month(2019, 6).Plus(dice.Next(70));
        var owed = Enumerable.Range(0, 1 + dice.Next(20)).Select(i => first.Plus(i)).Where(_ => dice.Next(10) > 0)
            .Select(m => new OwedMonth(m, new(1 + dice.Next(2_000_000)), dues.DueOn(IncomeKind.Wages, m))).ToList();
        var received = new List<ReceivedPayment>();
        for (var i = dice.Next(8); i > 0; i--)
        {
            var paid = new ReceivedPayment($"P{i}", first.First.AddDays(31 + dice.Next(700)), new(1 + dice.Next(6_000_000)), dice.Next(2) == 0 ? first.Plus(dice.Next(20)) : null);
            paid = paid.PaidOn < new DateOnly(2020, 1, 1) ? paid with { PaidOn = new(2020, 1, 1) } : paid;
            received.Add(paid);
            if (dice.Next(3) == 0)
            {
                received.Add(new($"R{i}", paid.PaidOn.AddDays(dice.Next(100)), -new Money(1 + dice.NextInt64(paid.Sum.Tiyn)), null, paid.Number));
            }
        }

        return (owed, received, first.First.AddDays(dice.Next(900)) is var day && day < new DateOnly(2020, 2, 1) ? new(2020, 2, 1) : day);
    }
}
