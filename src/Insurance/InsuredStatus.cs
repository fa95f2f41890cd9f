using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>Whether a person is insured on a day: a pure function of what is known about him and of the law.</summary>
public sealed class InsuredStatus(LawBook law)
{
    private static readonly string[] Readings =
        ["status_start", "prepaid_period", "category_month", "category_grace", "grace_from", "local_budget_status", "wage_month_paid"];

    private readonly StatusLaw rules = new(law);
    private readonly Month first = Month.Of(law.Parameters["paid_months_for_status"].Values.Min(v => v.From));
    private readonly DateOnly longFrom = law.Parameters["long_grace_months"].Values.Min(v => v.From);

    internal StatusLaw Rules => rules;

    /// <summary>How the months stand on a day.</summary>
    internal MonthMarks MarksOn(Life life, DateOnly day) => MonthMarks.Of(life, first, day, rules);

    /// <summary>As it is known at a moment, from all that was ever told.</summary>
    public Status On(LifeFacts facts, DateOnly day, DateTimeOffset knownAt) => On(facts.AsKnownAt(knownAt), day);

    /// <summary>By the facts that are held: payments after the day, and days after it, play no part.</summary>
    /// <exception cref="LawGapException">The day lies before the insurance began.</exception>
    [Law("OSMS:5")]
    public Status On(Life life, DateOnly day)
    {
        var window = (int)law.Parameters.Value("paid_months_for_status", day);
        if (life.Lifetime is null || day < life.Lifetime.Born)
        {
            return Without(day, StatusGround.NotBorn);
        }

        if (day > life.Lifetime.Died)
        {
            return Without(day, StatusGround.Dead);
        }

        // The best of several standings counts: a person who is entered twice loses nothing by it.
        var standings = life.Standings.Where(s => s.Covers(day)).Select(s => s.Standing).ToList();
        if (standings.Count == 0)
        {
            return Without(day, StatusGround.StandingUnknown);
        }

        if (standings.TrueForAll(s => s is Standing.Refugee or Standing.AsylumSeeker))
        {
            return Without(day, StatusGround.NoPart);
        }

        var account = MonthMarks.Of(life, first, day, rules);
        return ByCategory(life, day, account, window) ?? ByYearAhead(life, day, account, window) ?? ByMonths(day, account, window);
    }

    private Status? ByCategory(Life life, DateOnly day, MonthMarks account, int window)
    {
        var found = life.Categories
            .Select(time => (Time: time, Payer: rules.PayerOn(life, time, day, day)))
            .Where(f => f.Payer is not null)
            .OrderByDescending(f => f.Payer == CategoryPayer.Exempt)
            .ThenByDescending(f => f.Time.To ?? DateOnly.MaxValue)
            .FirstOrDefault();
        if (found.Time is null)
        {
            return null;
        }

        var span = law.Categories[found.Time.Category].On(day)!;
        var ground = found.Payer == CategoryPayer.Exempt ? StatusGround.Exempt : StatusGround.BudgetPays;
        return Of(day, ground, account, window, Month.Of(day), found.Time.To, found.Time, span.Law);
    }

    private Status? ByYearAhead(Life life, DateOnly day, MonthMarks account, int window)
    {
        var years = life.Prepayments.Select(rules.YearAhead).OfType<(DateOnly From, DateOnly To, int Months)>().Where(y => y.From <= day && day <= y.To).ToList();
        return years.Count == 0 ? null : Of(day, StatusGround.YearAhead, account, window, Month.Of(day), years.Max(y => y.To), null, new("OSMS", "5.3-2"));
    }

    private Status ByMonths(DateOnly day, MonthMarks account, int window)
    {
        var month = Month.Of(day);
        var grace = (int)law.Parameters.Value("grace_months", day);
        var (longGrace, longRun) = day < longFrom
            ? (grace, int.MaxValue)
            : ((int)law.Parameters.Value("long_grace_months", day), (int)law.Parameters.Value("long_grace_paid_months", day));
        var byCategory = rules.Reading("category_grace", day);
        Status? best = null;

        // Each month from which the days can be counted; none older than the longest grace can reach this day.
        for (var end = month; end >= first && end >= month.Plus(-longGrace - 3); end = end.Plus(-1))
        {
            var full = account.Full(end, window) && (byCategory != "never" || account.Own(end));
            if (!full && !(byCategory == "always" && account.Budget(end)))
            {
                continue;
            }

            var isLong = full && longRun != int.MaxValue && account.OwnRun(end, longRun);
            var until = GraceEnd(end, isLong ? longGrace : grace, day);
            if (day > until || (best is not null && until <= best.Until))
            {
                continue;
            }

            var ground = full && (end >= month.Plus(-1) || day <= DueDay(end.Plus(1))) ? StatusGround.MonthsPaid
                : isLong && day > GraceEnd(end, grace, day) ? StatusGround.LongGrace
                : StatusGround.Grace;
            best = Of(day, ground, account, window, end, until, null, new("OSMS", "5"));
        }

        return best ?? Of(day, StatusGround.MonthsMissing, account, window, null, null, null, new("OSMS", "5"));
    }

    /// <summary>The last day of care after the last month that counts.</summary>
    private DateOnly GraceEnd(Month end, int months, DateOnly day)
    {
        if (rules.Reading("grace_from", day) == "month")
        {
            return end.Plus(months).Last;
        }

        // The first month not paid falls due in the month after it; from that day on payments have stopped.
        return DueDay(end.Plus(1)).AddMonths(months);
    }

    /// <summary>The day by which wages of a month must be paid for.</summary>
    private DateOnly DueDay(Month month) => month.Plus(1).First.AddDays((int)law.Parameters.Value("contribution_due_day", month.First) - 1);

    private Status Of(DateOnly day, StatusGround ground, MonthMarks account, int window, Month? anchor, DateOnly? until, CategoryTime? category, Citation cited)
    {
        var month = Month.Of(day);
        var oldest = anchor is { } end && end < month ? end.Plus(1 - window) : month.Plus(-window);
        var months = new List<MonthState>();
        for (var each = oldest < first ? first : oldest; each <= month; each = each.Plus(1))
        {
            months.Add(new(each, account[each]));
        }

        return new(day, ground, months, category, anchor, until, [cited], [.. Readings.Select(r => law.Policies[r])]);
    }

    private static Status Without(DateOnly day, StatusGround ground) => new(day, ground, [], null, null, null, [new("OSMS", "5")], []);
}
