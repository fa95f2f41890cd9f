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

    private readonly ArrearsFirst arrears = new(law);

    internal StatusLaw Rules => rules;

    /// <summary>How the months stand on a day.</summary>
    internal MonthMarks MarksOn(Life life, DateOnly day) => MonthMarks.Of(life.OpenPayments.Count > 0 ? Closed(life) : life, first, day, rules);

    /// <summary>The same life with each payment that names no month put on the months that it closes.</summary>
    [Law("OSMS:28")]
    internal Life Closed(Life life)
    {
        foreach (var open in life.OpenPayments.Where(p => p.Sum > Money.Zero && Month.Of(p.PaidOn) >= first).OrderBy(p => p.PaidOn).ThenBy(p => p.Sum))
        {
            // What came later, and the day on which a payment takes effect, play no part in what it closes.
            var then = life with { Payments = [.. life.Payments.Where(p => p.PaidOn <= open.PaidOn)], Prepayments = [.. life.Prepayments.Where(p => p.PaidOn <= open.PaidOn)] };
            var held = MonthMarks.Of(then, first, Month.Of(open.PaidOn).Plus(ArrearsFirst.MonthsAhead).Last, rules);
            var (parts, _) = arrears.Close(open.Sum, open.PaidOn, month => held[month] is MonthMark.Missing or MonthMark.Short ? rules.Price(IncomeKind.SelfPayer, month)!.Value - OfSelf(then, month) : Money.Zero);
            life = life with { Payments = [.. life.Payments, .. parts.Select(p => new PaidMonth(IncomeKind.SelfPayer, p.Month, p.Sum, open.PaidOn))] };
        }

        return life with { OpenPayments = [] };
    }

    /// <summary>What a person without insurance owes on a day by months, at the price of a self-payer: months for which arrears count and nothing, or too little, came.</summary>
    [Law("OSMS:28")]
    public DebtAccount DebtsOn(Life life, DateOnly day)
    {
        var closed = Closed(life);
        var (held, dues) = (MonthMarks.Of(closed, first, day, rules), new Dues(law));
        var months = arrears.Order(day).Where(m => m < Month.Of(day) && held[m] is MonthMark.Missing or MonthMark.Short).ToList();
        return new Debts(law).Of(
            IncomeKind.SelfPayer,
            [.. months.Select(m => new OwedMonth(m, rules.Price(IncomeKind.SelfPayer, m)!.Value, dues.DueOn(IncomeKind.SelfPayer, m)))],
            [.. months.SelectMany(m => closed.Payments.Where(p => p.Kind == IncomeKind.SelfPayer && p.For == m)).Select((p, i) => new ReceivedPayment($"{i}", p.PaidOn, p.Sum, p.For)).Where(p => p.Sum > Money.Zero)],
            day);
    }

    /// <summary>What came from a self-payer for a month.</summary>
    internal static Money OfSelf(Life life, Month month) =>
        life.Payments.Where(p => p.Kind == IncomeKind.SelfPayer && p.For == month).Aggregate(Money.Zero, (sum, p) => sum + p.Sum);

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

        if (life.OpenPayments.Count > 0)
        {
            life = Closed(life);
        }

        var account = MonthMarks.Of(life, first, day, rules);
        return ByCategory(life, day, account, window) ?? ByYearAhead(life, day, account, window) ?? ByMonths(day, account, window);
    }

    /// <summary>The account of a life on a day, from which <see cref="WaysOn"/> tell the status of many.</summary>
    public MonthAccount AccountOn(Life life, DateOnly day)
    {
        life = Closed(life);
        var standings = life.Standings.Where(s => s.Covers(day)).Select(s => s.Standing).ToList();
        var standing = standings.Count == 0 ? 0 : standings.TrueForAll(s => s is Standing.Refugee or Standing.AsylumSeeker) ? 1 : 2;
        if (life.Lifetime is null || day < life.Lifetime.Born || day > life.Lifetime.Died)
        {
            return new(life.Lifetime?.Born, life.Lifetime?.Died, standing, 0, null, null, 0, 0, 0, 0);
        }

        var window = (int)law.Parameters.Value("paid_months_for_status", day);
        var account = MonthMarks.Of(life, first, day, rules);
        var (category, ahead) = (ByCategory(life, day, account, window), ByYearAhead(life, day, account, window));
        var (own, budget, asked, before) = (0L, 0L, 0L, 0);
        var month = Month.Of(day);
        for (var i = 0; i < MonthAccount.Bits; i++)
        {
            var each = month.Plus(-i);
            own |= account.Own(each) ? 1L << i : 0;
            budget |= account.Budget(each) ? 1L << i : 0;
            asked |= account.Asked(each) ? 1L << i : 0;
        }

        for (var each = month.Plus(-MonthAccount.Bits); account.Own(each); each = each.Plus(-1))
        {
            before++;
        }

        return new(life.Lifetime.Born, life.Lifetime.Died, standing, category is null ? 0 : category.Ground == StatusGround.Exempt ? 1 : 2, category?.Until, ahead?.Until, own, budget, asked, before);
    }

    /// <summary>The ways to be insured by months on a day, the one that lasts longest first: whoever takes none of them is not.</summary>
    public IReadOnlyList<MonthWay> WaysOn(DateOnly day)
    {
        var month = Month.Of(day);
        var (grace, longGrace, longRun) = GracesOn(day);
        var byCategory = rules.Reading("category_grace", day);
        var ways = new List<MonthWay>();
        for (var end = month; end >= first && end >= month.Plus(-longGrace - 3); end = end.Plus(-1))
        {
            var paid = end >= month.Plus(-1) || day <= DueDay(end.Plus(1));
            var (shorter, longer) = (GraceEnd(end, grace, day), GraceEnd(end, longGrace, day));
            if (longRun != int.MaxValue)
            {
                ways.Add(new(month - end, true, longRun, byCategory == "never", paid ? StatusGround.MonthsPaid : day > shorter ? StatusGround.LongGrace : StatusGround.Grace, longer));
            }

            ways.Add(new(month - end, true, 0, byCategory == "never", paid ? StatusGround.MonthsPaid : StatusGround.Grace, shorter));
            if (byCategory == "always")
            {
                ways.Add(new(month - end, false, 0, false, StatusGround.Grace, shorter));
            }
        }

        return [.. ways.Where(w => day <= w.Until).OrderByDescending(w => w.Until).ThenBy(w => w.Back).ThenByDescending(w => w.Full)];
    }

    private (int Grace, int Long, int Run) GracesOn(DateOnly day)
    {
        var grace = (int)law.Parameters.Value("grace_months", day);
        return day < longFrom
            ? (grace, grace, int.MaxValue)
            : (grace, (int)law.Parameters.Value("long_grace_months", day), (int)law.Parameters.Value("long_grace_paid_months", day));
    }

    /// <summary>So many months that end with that of the day, and how each stands.</summary>
    public IReadOnlyList<MonthState> MonthsOn(Life life, DateOnly day, int months)
    {
        if (life.Lifetime is null)
        {
            return [];
        }

        var (account, month) = (MarksOn(life, day), Month.Of(day));
        return [.. Enumerable.Range(0, months).Select(i => month.Plus(i + 1 - months)).Where(m => m >= first).Select(m => new MonthState(m, account[m]))];
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
        var (grace, longGrace, longRun) = GracesOn(day);
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
