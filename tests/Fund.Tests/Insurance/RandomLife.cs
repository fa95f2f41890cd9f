using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;

namespace Kepil.Tests.Insurance;

/// <summary>A life made by dice: standings, categories, runs of payments in time, late, short and in parts, years ahead, words taken back.</summary>
internal sealed class RandomLife
{
    private static readonly string[] CategoryNames = [.. TheLaw.Book.Categories.All.Select(c => c.Name)];

    private static readonly IncomeKind[] Kinds =
    [
        IncomeKind.Wages, IncomeKind.Wages, IncomeKind.Wages, IncomeKind.SelfPayer, IncomeKind.SelfPayer, IncomeKind.CivilContract, IncomeKind.Entrepreneur,
        IncomeKind.PrivatePractice, IncomeKind.AggregateCity, IncomeKind.AggregateElsewhere, IncomeKind.SinglePayment, IncomeKind.Platform, IncomeKind.State, IncomeKind.LocalBudget, IncomeKind.ExemptService,
    ];

    private readonly Random dice;
    private readonly List<Told<Lifetime>> lifetimes = [];
    private readonly List<Told<StandingTime>> standings = [];
    private readonly List<Told<CategoryTime>> categories = [];
    private readonly List<Told<PaidMonth>> payments = [];
    private readonly List<Told<Prepayment>> prepayments = [];
    private readonly List<Told<OpenPayment>> opens = [];
    private int number;

    public RandomLife(int seed)
    {
        dice = new Random(seed);
        var born = Chance(10) ? Day(2020, 2027) : Day(1950, 2012);
        lifetimes.Add(new("life", At(born), new(born)));
        if (Chance(8))
        {
            var died = Day(2020, 2027);
            if (died >= born)
            {
                lifetimes.Add(new("life", Later(died), new(born, died)));
            }
        }

        Stand(born);
        for (var i = dice.Next(4); i > 0; i--)
        {
            Categorise();
        }

        for (var i = dice.Next(5); i > 0; i--)
        {
            Pay();
        }

        for (var i = Chance(30) ? 1 + dice.Next(2) : 0; i > 0; i--)
        {
            PayAhead();
        }

        for (var i = Chance(25) ? 1 + dice.Next(3) : 0; i > 0; i--)
        {
            PayArrears();
        }
    }

    public LifeFacts Facts => new(lifetimes, standings, categories, payments, prepayments) { OpenPayments = opens };

    public static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(5));

    /// <summary>A day of the insurance, and a moment on it or later.</summary>
    public (DateOnly Day, DateTimeOffset Moment) Question()
    {
        var day = Day(2020, 2027);
        return (day, Chance(50) ? At(day) : At(day.AddDays(dice.Next(900))));
    }

    /// <summary>The same life with more money or earlier money: nothing else changes.</summary>
    public LifeFacts Better()
    {
        var single = payments.GroupBy(p => p.Number).Where(g => g.Count() == 1).Select(g => g.Key).ToHashSet();
        var more = payments.Select(told =>
        {
            if (told.Fact is not { } payment || !single.Contains(told.Number) || Chance(50))
            {
                return told;
            }

            var earlier = dice.Next(200);
            return Chance(50)
                ? told with { Fact = payment with { Sum = payment.Sum + new Money(dice.Next(500_000)) } }
                : told with { KnownAt = told.KnownAt.AddDays(-earlier), Fact = payment with { PaidOn = payment.PaidOn.AddDays(-earlier) } };
        }).ToList();
        var other = new RandomLife(dice.Next());
        more.AddRange(other.payments.Where(p => p.Fact is not null).Select(p => p with { Number = "more " + p.Number }));
        var years = prepayments.Select(p => p.Fact is null ? p : p with { Fact = p.Fact with { Sum = p.Fact.Sum + new Money(dice.Next(100_000)) } }).ToList();
        years.AddRange(other.prepayments.Where(p => p.Fact is not null).Select(p => p with { Number = "more " + p.Number }));
        var open = opens.Select(p => p with { Fact = p.Fact! with { Sum = p.Fact.Sum + new Money(dice.Next(900_000)) } }).ToList();
        open.AddRange(other.opens.Select(p => p with { Number = "more " + p.Number }));
        return Facts with { Payments = more, Prepayments = years, OpenPayments = open };
    }

    private void Stand(DateOnly born)
    {
        if (Chance(80))
        {
            standings.Add(new(Next(), At(born), new(Standing.Citizen, born)));
            return;
        }

        for (var i = dice.Next(3); i > 0; i--)
        {
            var from = Day(2015, 2026);
            var standing = (Standing)dice.Next(Enum.GetValues<Standing>().Length);
            standings.Add(new(Next(), Later(from), new(standing, from, Chance(50) ? from.AddDays(dice.Next(1500)) : null)));
        }
    }

    private void Categorise()
    {
        var of = Next();
        var time = new CategoryTime(CategoryNames[dice.Next(CategoryNames.Length)], Day(2017, 2027), null, "register");
        time = Chance(80) ? time with { To = time.From.AddDays(dice.Next(1200)) } : time;
        var known = Later(time.From);
        categories.Add(new(of, known, time));
        if (Chance(20))
        {
            categories.Add(new(of, known.AddDays(dice.Next(200)), Chance(50) ? null : time with { To = time.From.AddDays(dice.Next(300)) }));
        }
    }

    private void Pay()
    {
        var kind = Kinds[dice.Next(Kinds.Length)];
        var month = new Month(2019, 10).Plus(dice.Next(95));
        var habit = dice.Next(4);
        for (var left = 1 + dice.Next(Chance(30) ? 85 : 20); left > 0; left--, month = month.Plus(1))
        {
            if (Chance(3))
            {
                continue;
            }

            var paidOn = habit switch
            {
                0 => month.First.AddDays(-dice.Next(40)),
                1 => month.Plus(1).First.AddDays(dice.Next(25)),
                2 => month.Plus(1).First.AddDays(dice.Next(400)),
                _ => month.Plus(1).First.AddDays(24),
            };
            var price = (long)((NaiveStatus.Price(kind, month.First) ?? 5000) * 100);
            var sum = Chance(85) ? price : Chance(50) ? price + dice.Next(1000) : price - 1 - dice.Next((int)Math.Min(price, 500));
            var of = Next();
            if (Chance(10) && sum > 1)
            {
                var part = 1 + dice.NextInt64(sum - 1);
                payments.Add(new(Next(), Later(paidOn), new(kind, month, new(part), paidOn)));
                sum -= part;
            }

            var known = Later(paidOn);
            payments.Add(new(of, known, new(kind, month, new(Math.Max(0, sum)), paidOn)));
            if (Chance(2))
            {
                payments.Add(new(of, known.AddDays(dice.Next(100)), Chance(50) ? null : new(kind, month.Plus(1), new(price), paidOn)));
            }
        }
    }

    private void PayAhead()
    {
        var paidOn = Day(2022, 2027);
        var price = (long)(NaiveStatus.Self(paidOn.Year) * 1200);
        prepayments.Add(new(Next(), Later(paidOn), new(new(Chance(80) ? price : price - 1 + dice.Next(3)), paidOn)));
    }

    private void PayArrears()
    {
        var paidOn = Day(2020, 2027);
        opens.Add(new(Next(), Later(paidOn), new(new((long)(NaiveStatus.Self(paidOn.Year) * 100) * (1 + dice.Next(18)) + (Chance(50) ? 0 : dice.Next(100_000))), paidOn)));
    }

    private bool Chance(int percent) => dice.Next(100) < percent;

    private DateOnly Day(int from, int to) => new DateOnly(from, 1, 1).AddDays(dice.Next(new DateOnly(to, 12, 31).DayNumber - new DateOnly(from, 1, 1).DayNumber + 1));

    private DateTimeOffset Later(DateOnly day) => At(day.AddDays(Chance(60) ? 0 : dice.Next(60)));

    private string Next() => $"{++number}";
}
