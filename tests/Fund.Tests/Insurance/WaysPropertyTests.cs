using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

public sealed class WaysPropertyTests
{
    private static readonly WaysToInsurance Ways = new(TheLaw.Book);

    [Fact]
    [Proves("OSMS:5.3-2")]
    [Proves("OSMS:28")]
    public void Each_way_insures_from_its_first_day_to_its_last_by_the_second_model_too()
    {
        var tried = new Dictionary<WayKind, int>();
        for (var seed = 0; seed < 120; seed++)
        {
            var dice = new RandomLife(seed);
            var (today, moment) = dice.Question();
            var life = dice.Facts.AsKnownAt(moment);
            foreach (var way in Ways.Of(life, today).All)
            {
                var after = Told(WaysToInsurance.After(life, way, today));
                bool Insured(DateOnly day) => NaiveStatus.Answer(after, day, RandomLife.At(new(2040, 1, 1))) is "exempt" or "budget" or "ahead" or "months";

                Assert.True(Insured(way.From), $"Life {seed}, {way.Kind}: not insured on {way.From}.");
                if (way.Until is { } until)
                {
                    Assert.True(Insured(until), $"Life {seed}, {way.Kind}: not insured on the last day {until}.");
                    Assert.False(Insured(until.AddDays(1)), $"Life {seed}, {way.Kind}: still insured after {until}.");
                }

                Assert.Equal(way.Kind == WayKind.Registration, way.PayToday == Money.Zero);
                tried[way.Kind] = tried.GetValueOrDefault(way.Kind) + 1;
            }
        }

        Assert.All(Enum.GetValues<WayKind>(), kind => Assert.True(tried.GetValueOrDefault(kind) > 20, $"{kind}: {tried.GetValueOrDefault(kind)}"));
    }

    [Fact]
    public void Least_today_and_longest_are_told_apart()
    {
        var months = Enumerable.Range(0, 13).Select(i => new Month(2024, 12).Plus(i)).Select(m => new PaidMonth(IncomeKind.Wages, m, new(1_500_000), m.Plus(1).First.AddDays(24)));
        var ways = Ways.Of(StatusPropertyTests.Person([], [], [.. months]), new(2026, 4, 10));

        Assert.Equal(WayKind.Arrears, ways.LeastToday!.Kind);
        Assert.Equal(WayKind.YearAhead, ways.Longest!.Kind);
        Assert.Equal(new Month(2026, 1), ways.LeastToday.Months[0].Month);
        Assert.Equal(446, ways.Longest.Days);
        Assert.Equal(Money.Parse("3430,49"), ways.Longest.ThirtyDays);
    }

    private static LifeFacts Told(Life life)
    {
        var always = RandomLife.At(new(2000, 1, 1));
        var number = 0;
        List<Told<T>> All<T>(IEnumerable<T> facts)
            where T : class => [.. facts.Select(f => new Told<T>($"{++number}", always, f))];
        return new(All(new[] { life.Lifetime! }), All(life.Standings), All(life.Categories), All(life.Payments), All(life.Prepayments)) { OpenPayments = All(life.OpenPayments) };
    }
}
