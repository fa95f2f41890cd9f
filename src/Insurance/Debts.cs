using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>Debts by month and the interest on them: a pure function of what was due and of what came in.</summary>
public sealed class Debts(LawBook law)
{
    private readonly ArrearsFirst order = new(law);

    /// <summary>The account of a payer on a day: payments, refunds and corrections are played in the order of their days.</summary>
    /// <param name="kind">By which relation he pays: it decides whether interest runs.</param>
    /// <exception cref="ArgumentException">A refund names no payment, or takes back more than is there.</exception>
    [Law("OSMS:28")]
    [Law("OSMS:31")]
    public DebtAccount Of(IncomeKind kind, IReadOnlyList<OwedMonth> owed, IReadOnlyList<ReceivedPayment> received, DateOnly day)
    {
        var due = owed.ToDictionary(o => o.Month);
        var paid = due.Keys.ToDictionary(m => m, _ => Money.Zero);
        var over = new Dictionary<string, Money>();
        var parts = new List<PaidPart>();
        void Put(ReceivedPayment from, Month month, Money sum)
        {
            paid[month] += sum;
            parts.Add(new(from.Number, from.TakesBack ?? from.Number, from.PaidOn, month, sum));
        }

        // A payment and its refund on one day: the payment came first.
        foreach (var sum in received.Where(r => r.PaidOn <= day).OrderBy(r => r.PaidOn).ThenBy(r => r.TakesBack is not null))
        {
            if (sum.TakesBack is not null)
            {
                over[sum.TakesBack] = TakeBack(sum, parts, over, (month, part) => Put(sum, month, part));
                continue;
            }

            var rest = sum.Sum;
            if (sum.For is { } named && law.Policies["arrears_order"].On(sum.PaidOn) == "unnamed")
            {
                var part = due.TryGetValue(named, out var month) ? Money.Smaller(rest, Money.Larger(Money.Zero, month.Sum - paid[named])) : Money.Zero;
                if (part > Money.Zero)
                {
                    Put(sum, named, part);
                }

                rest -= part;
            }
            else
            {
                var (closed, left) = order.Close(rest, sum.PaidOn, m => due.TryGetValue(m, out var month) ? month.Sum - paid[m] : Money.Zero);
                foreach (var part in closed)
                {
                    Put(sum, part.Month, part.Sum);
                }

                rest = left;
            }

            over[sum.Number] = over.GetValueOrDefault(sum.Number) + rest;
        }

        var months = owed.OrderBy(o => o.Month).Select(o => new MonthDebt(o.Month, o.Sum, paid[o.Month], o.DueOn, Late(kind, o, [.. parts.Where(p => p.Month == o.Month)], day)));
        return new(day, [.. months], parts, over.Values.Aggregate(Money.Zero, (all, sum) => all + sum));
    }

    /// <summary>Takes a refund from the money that is on no month, then from the latest months that the payment closed.</summary>
    /// <returns>What of the payment is on no month afterwards.</returns>
    private static Money TakeBack(ReceivedPayment refund, List<PaidPart> parts, Dictionary<string, Money> over, Action<Month, Money> put)
    {
        if (!over.TryGetValue(refund.TakesBack!, out var free) || refund.Sum >= Money.Zero)
        {
            throw new ArgumentException($"{refund.Number} takes back {refund.TakesBack}, but there is no such payment before it, or its sum is not below nothing.");
        }

        var back = -refund.Sum;
        var held = parts.Where(p => p.Of == refund.TakesBack)
            .GroupBy(p => p.Month).Select(g => (Month: g.Key, Sum: g.Aggregate(Money.Zero, (sum, p) => sum + p.Sum))).ToList();
        if (refund.For is null)
        {
            var part = Money.Smaller(back, free);
            (free, back) = (free - part, back - part);
        }

        foreach (var (month, sum) in held.Where(h => refund.For is null || h.Month == refund.For).OrderByDescending(h => h.Month).ToList())
        {
            var part = Money.Smaller(back, sum);
            if (part > Money.Zero)
            {
                put(month, -part);
                back -= part;
            }
        }

        // A month named by the refund held less: the rest can only be what that payment left on no month.
        var rest = Money.Smaller(back, free);
        (free, back) = (free - rest, back - rest);
        return back == Money.Zero
            ? free
            : throw new ArgumentException($"{refund.Number} takes back {back} more than is left of {refund.TakesBack}.");
    }

    /// <summary>Interest runs from the day after the due day; the day of payment counts.</summary>
    private List<LateDays> Late(IncomeKind kind, OwedMonth owed, IReadOnlyList<PaidPart> parts, DateOnly day)
    {
        var late = new List<LateDays>();
        if (owed.DueOn is not { } dueOn || !BearsInterest(kind, owed.Month.First))
        {
            return late;
        }

        var (rates, shares) = (law.Parameters["base_rate"], law.Parameters["late_interest_share"]);
        var start = dueOn.AddDays(1);
        var begin = shares.Values.Min(v => v.From);
        start = start < begin ? begin : start;
        var starts = parts.Select(p => p.On.AddDays(1)).Concat(rates.Values.Select(v => v.From)).Concat(shares.Values.Select(v => v.From))
            .Concat(Enumerable.Range(start.Year, Math.Max(0, day.Year - start.Year + 1)).Select(y => new DateOnly(y, 1, 1)))
            .Append(start).Where(d => d >= start && d <= day).Distinct().Order().ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var (from, to) = (starts[i], i + 1 < starts.Count ? starts[i + 1].AddDays(-1) : day);
            var balance = owed.Sum - parts.Where(p => p.On < from).Aggregate(Money.Zero, (sum, p) => sum + p.Sum);
            if (balance <= Money.Zero)
            {
                continue;
            }

            var (rate, share) = (rates.On(from), shares.On(from));
            late.Add(new(from, to, balance, rate, share, Interest(balance, rate.Exact, share.Exact, to.DayNumber - from.DayNumber + 1, DaysOfYear(from))));
        }

        return late;
    }

    /// <summary>Balance times days times the share of the yearly rate, rounded once to the tiyn.</summary>
    private static Money Interest(Money balance, decimal rate, decimal share, int days, int year) =>
        balance.Share((long)(rate * 100 * share) * days, 100L * 100 * 100 * year);

    private int DaysOfYear(DateOnly day) => law.Policies["interest_year"].On(day) == "calendar" && DateTime.IsLeapYear(day.Year) ? 366 : 365;

    private bool BearsInterest(IncomeKind kind, DateOnly day) => kind switch
    {
        IncomeKind.State or IncomeKind.LocalBudget or IncomeKind.ExemptService => false,
        IncomeKind.Wages or IncomeKind.CivilContract or IncomeKind.Platform or IncomeKind.SinglePayment => true,
        IncomeKind.Entrepreneur or IncomeKind.PrivatePractice => law.Policies["interest_payers"].On(day) != "agents",
        _ => law.Policies["interest_payers"].On(day) == "all",
    };
}
