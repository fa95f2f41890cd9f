using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>On which days of a stretch a person is insured: the status of each day, asked only on days on which something can change.</summary>
public sealed class InsuredPeriods(InsuredStatus status)
{
    /// <summary>Days after a payment within which it takes effect: the next one, or the third working day.</summary>
    private const int Effect = 10;

    /// <summary>Whole stretches of insured days, the earliest first; both ends are insured.</summary>
    /// <exception cref="LawGapException">The first day lies before the insurance began.</exception>
    [Law("OSMS:5")]
    public IReadOnlyList<(DateOnly From, DateOnly To)> Of(Life life, DateOnly from, DateOnly to)
    {
        var days = Days(life, from, to);
        var periods = new List<(DateOnly From, DateOnly To)>();
        DateOnly? began = null;
        while (days.Count > 0)
        {
            var day = days.Min;
            days.Remove(day);
            var on = status.On(life, day);
            if (on.Until is { } until && until < to)
            {
                days.Add(until.AddDays(1));
            }

            if (on.Insured)
            {
                began ??= day;
            }
            else if (began is { } first)
            {
                periods.Add((first, day.AddDays(-1)));
                began = null;
            }
        }

        return began is { } last ? [.. periods, (last, to)] : periods;
    }

    private static SortedSet<DateOnly> Days(Life life, DateOnly from, DateOnly to)
    {
        var days = new SortedSet<DateOnly> { from };
        void Add(DateOnly day)
        {
            if (day > from && day <= to)
            {
                days.Add(day);
            }
        }

        void Around(DateOnly first, DateOnly? last)
        {
            Add(first);
            if (last is { } end && end < to)
            {
                Add(end.AddDays(1));
            }
        }

        for (var month = Month.Of(from); month <= Month.Of(to); month = month.Plus(1))
        {
            Add(month.First);
        }

        if (life.Lifetime is { } lifetime)
        {
            Around(lifetime.Born, lifetime.Died);
        }

        foreach (var standing in life.Standings)
        {
            Around(standing.From, standing.To);
        }

        foreach (var category in life.Categories)
        {
            Around(category.From, category.To);
        }

        foreach (var paid in life.Payments.Select(p => p.PaidOn).Concat(life.Prepayments.Select(p => p.PaidOn)).Concat(life.OpenPayments.Select(p => p.PaidOn)).Where(p => p <= to && p >= from.AddDays(-Effect)))
        {
            for (var i = 0; i <= Effect; i++)
            {
                Add(paid.AddDays(i));
            }
        }

        return days;
    }
}
