using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>The stretches of insured days against the status of each day.</summary>
public sealed class InsuredPeriodsTests
{
    private static readonly InsuredStatus Status = new(TheLaw.Book);

    [Fact]
    [Proves("OSMS:5")]
    public void A_day_lies_in_a_period_exactly_when_the_person_is_insured_on_it()
    {
        var (insured, cut) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var life = new RandomLife(seed).Facts.AsKnownAt(DateTimeOffset.MaxValue);
            var (from, to) = (new DateOnly(2020 + seed % 7, 1 + seed % 12, 1 + seed % 28), new DateOnly(2020 + seed % 7, 1 + seed % 12, 1 + seed % 28).AddDays(75));

            var periods = new InsuredPeriods(Status).Of(life, from, to);

            for (var day = from; day <= to; day = day.AddDays(1))
            {
                Assert.True(Status.On(life, day).Insured == periods.Any(p => p.From <= day && day <= p.To), $"Life {seed}, {day:yyyy-MM-dd}: {string.Join(", ", periods)}");
            }

            Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.True(pair.First.To.AddDays(1) < pair.Second.From, "Neighbouring days make one period."));
            insured += periods.Count > 0 ? 1 : 0;
            cut += periods.Any(p => p.From > from || p.To < to) ? 1 : 0;
        }

        Assert.True(insured > 60 && cut > 20, $"{insured} insured, {cut} with a change within the stretch");
    }
}
