using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>The lawful ways to insurance, each played through as if it were done today.</summary>
public sealed class WaysToInsurance(LawBook law)
{
    /// <summary>Days after which a way that still insures is called open.</summary>
    private const int Horizon = 1100;

    private readonly InsuredStatus status = new(law);
    private readonly Dues dues = new(law);

    /// <summary>The ways of a person on a day; none for one who cannot be a payer or is not alive.</summary>
    [Law("OSMS:5.3-2")]
    [Law("OSMS:28")]
    public Ways Of(Life life, DateOnly today)
    {
        var now = status.On(life, today);
        if (now.Ground is StatusGround.NotBorn or StatusGround.Dead or StatusGround.StandingUnknown or StatusGround.NoPart
            || !life.Standings.Any(s => s.Covers(today) && Dues.Pays(s.Standing)))
        {
            return new(now, []);
        }

        var ways = new List<Way?> { YearAhead(life, today), Arrears(life, today, false), Arrears(life, today, true), Registration(life, today) };
        return new(now, [.. ways.OfType<Way>().OrderBy(w => w.ThirtyDays).ThenBy(w => w.PayToday).ThenBy(w => w.Kind)]);
    }

    /// <summary>The life as it would be if a way were gone today.</summary>
    public static Life After(Life life, Way way, DateOnly today) => way.Kind switch
    {
        WayKind.YearAhead => life with { Prepayments = [.. life.Prepayments, new(way.PayToday, today)] },
        WayKind.Registration => life with { Categories = [.. life.Categories, new("unemployed", today)] },
        _ => life with { Payments = [.. life.Payments, .. way.Months.Select(m => new PaidMonth(IncomeKind.SelfPayer, m.Month, m.Sum, today))] },
    };

    private Way? YearAhead(Life life, DateOnly today)
    {
        if (!status.Rules.HasYearAhead(today))
        {
            return null;
        }

        var sum = status.Rules.PriceAhead(today);
        var covered = status.Rules.YearAhead(new(sum, today))!.Value;
        return Played(life, new(WayKind.YearAhead, sum, [], today, covered.To, null, new("OSMS", "5.3-2")), today);
    }

    private Way? Arrears(Life life, DateOnly today, bool andMonth)
    {
        var month = Month.Of(today);
        var back = (int)law.Parameters.Value("arrears_months", today);

        // Money paid today counts from the day it takes effect; what came before that day is already there.
        var closed = status.Closed(life);
        var held = status.MarksOn(closed, status.Rules.CountsFrom(today));
        var months = new List<(Month, Money)>();
        for (var each = month.Plus(-back); each <= (andMonth ? month : month.Plus(-1)); each = each.Plus(1))
        {
            if (held[each] is MonthMark.Missing or MonthMark.Short)
            {
                var paid = closed.Payments.Where(p => p.Kind == IncomeKind.SelfPayer && p.For == each && p.PaidOn <= today).Aggregate(Money.Zero, (sum, p) => sum + p.Sum);
                months.Add((each, dues.OfSelfPayer(each) - paid));
            }
        }

        // Where nothing is missing before, the month itself is the whole of it.
        if (months.Count == 0 || (andMonth && months.TrueForAll(m => m.Item1 != month)))
        {
            return null;
        }

        var sum = months.Aggregate(Money.Zero, (total, m) => total + m.Item2);
        return Played(life, new(andMonth ? WayKind.ArrearsAndMonth : WayKind.Arrears, sum, months, today, (andMonth ? month : month.Plus(-1)).Last, null, new("OSMS", "28")), today);
    }

    private Way? Registration(Life life, DateOnly today) =>
        law.Categories["unemployed"].On(today) is { } span
            ? Played(life, new(WayKind.Registration, Money.Zero, [], today, null, null, span.Law), today)
            : null;

    /// <summary>The way with its first and last day; nothing when it insures no day soon.</summary>
    private Way? Played(Life life, Way way, DateOnly today)
    {
        var after = After(life, way, today);
        var from = today;
        while (!status.On(after, from).Insured)
        {
            from = from.AddDays(1);
            if (from.DayNumber - today.DayNumber > 31)
            {
                return null;
            }
        }

        var until = from;
        while (until.DayNumber - from.DayNumber < Horizon && status.On(after, until.AddDays(1)).Insured)
        {
            until = until.AddDays(1);
        }

        return way with { From = from, Until = until.DayNumber - from.DayNumber < Horizon ? until : null };
    }
}
