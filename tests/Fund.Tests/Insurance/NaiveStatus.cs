using Kepil.Insurance;

namespace Kepil.Tests.Insurance;

/// <summary>
/// A second, slow way to the status of a day, which shares nothing with the product but the facts: prices and lists are
/// written out by hand, and it walks from January 2020 month by month with three counters.
/// </summary>
internal static class NaiveStatus
{
    private static readonly HashSet<string> Always = ["children", "honoured_mother", "pensioner", "disabled", "student", "leave_to_three", "pregnant", "raising_to_three", "detained", "convicted", "unemployed"];

    private static readonly HashSet<string> FromTwenty = ["carer_of_child", "carer_of_group_one", "qandas", "social_assistance"];

    private static readonly HashSet<string> Exempt = ["military", "special_bodies", "law_enforcement"];

    public static string Answer(LifeFacts facts, DateOnly day, DateTimeOffset moment)
    {
        var life = Last(facts.Lifetimes, moment).FirstOrDefault();
        if (life is null || day < life.Born)
        {
            return "not born";
        }

        if (life.Died is { } died && day > died)
        {
            return "dead";
        }

        var standings = Last(facts.Standings, moment);
        var today = standings.FindAll(s => s.From <= day && (s.To ?? DateOnly.MaxValue) >= day);
        if (today.Count == 0)
        {
            return "standing";
        }

        if (today.TrueForAll(s => s.Standing.ToString() is "Refugee" or "AsylumSeeker"))
        {
            return "no part";
        }

        var categories = Last(facts.Categories, moment);
        if (categories.Exists(c => Exempt.Contains(c.Category) && In(c, day) && Payer(standings, day)))
        {
            return "exempt";
        }

        if (categories.Exists(c => In(c, day) && Listed(c.Category, day) && Payer(standings, day)))
        {
            return "budget";
        }

        var ahead = Last(facts.Prepayments, moment).FindAll(p => p.PaidOn >= new DateOnly(2022, 9, 5) && p.PaidOn < day && p.Sum.Tiyn >= 12 * 100 * Self(p.PaidOn.Year));
        if (ahead.Exists(p => day <= p.PaidOn.AddMonths(12)))
        {
            return "ahead";
        }

        var payments = Last(facts.Payments, moment);
        foreach (var open in Last(facts.OpenPayments, moment).OrderBy(p => p.PaidOn).ThenBy(p => p.Sum.Tiyn))
        {
            payments.AddRange(Spread(open, life, standings, categories, Last(facts.Prepayments, moment), payments));
        }

        return Walk(life, standings, categories, ahead, payments.FindAll(p => p.PaidOn < day), day) >= day ? "months" : "missing";
    }

    /// <summary>A payment without a month as payments with months: twelve months back from 2020 on, its own, twelve ahead.</summary>
    private static List<PaidMonth> Spread(OpenPayment open, Lifetime life, List<StandingTime> standings, List<CategoryTime> categories, List<Prepayment> prepayments, List<PaidMonth> payments)
    {
        var (spread, left) = (new List<PaidMonth>(), open.Sum.Tiyn);
        var before = payments.FindAll(p => p.PaidOn <= open.PaidOn);
        var years = prepayments.FindAll(p => p.PaidOn <= open.PaidOn && p.PaidOn >= new DateOnly(2022, 9, 5) && p.Sum.Tiyn >= 12 * 100 * Self(p.PaidOn.Year));
        var own = new DateOnly(open.PaidOn.Year, open.PaidOn.Month, 1);
        for (var first = own.AddMonths(-12); first <= own.AddMonths(12) && left > 0; first = first.AddMonths(1))
        {
            var last = first.AddMonths(1).AddDays(-1);
            var budget = false;
            for (var each = first; each <= last; each = each.AddDays(1))
            {
                budget |= Payer(standings, each) && categories.Exists(c => In(c, each) && (Exempt.Contains(c.Category) || Listed(c.Category, each)));
            }

            var asked = life.Born <= last && standings.Exists(s => Pays(s) && s.From <= last && (s.To ?? DateOnly.MaxValue) >= first);
            if (first.Year < 2020 || !asked || budget || Bought(before, first) || years.Exists(p => Since(p.PaidOn.AddDays(1), first) is >= 0 and < 12))
            {
                continue;
            }

            var part = Math.Min(left, (long)(Self(first.Year) * 100) - before.FindAll(p => p.Kind == IncomeKind.SelfPayer && p.For.First == first).Sum(p => p.Sum.Tiyn));
            spread.Add(new(IncomeKind.SelfPayer, Month.Of(first), new(part), open.PaidOn));
            left -= part;
        }

        return spread;
    }

    /// <summary>The last day on which some month before still carries care.</summary>
    private static DateOnly Walk(Lifetime life, List<StandingTime> standings, List<CategoryTime> categories, List<Prepayment> ahead, List<PaidMonth> payments, DateOnly day)
    {
        var lastDay = DateOnly.MinValue;
        var sinceMissing = 1000;
        var ownRun = 0;
        for (var first = new DateOnly(2020, 1, 1); first <= day; first = first.AddMonths(1))
        {
            var last = first.AddMonths(1).AddDays(-1);
            var own = Bought(payments, first) || ahead.Exists(p => Since(p.PaidOn.AddDays(1), first) is >= 0 and < 12);
            var budget = false;
            for (var each = first; each <= last && each <= day; each = each.AddDays(1))
            {
                budget |= Payer(standings, each) && categories.Exists(c => In(c, each) && (Exempt.Contains(c.Category) || Listed(c.Category, each)));
            }

            var asked = life.Born <= last && standings.Exists(s => Pays(s) && s.From <= last && (s.To ?? DateOnly.MaxValue) >= first);
            sinceMissing = asked && !own && !budget ? 0 : sinceMissing + 1;
            ownRun = own ? ownRun + 1 : 0;
            if (!own && !budget)
            {
                continue;
            }

            var full = sinceMissing >= 12;
            var months = full && ownRun >= 60 && day.Year >= 2026 ? 6 : full || budget ? 3 : -1;
            var end = first.AddMonths(months + 1).AddDays(-1);
            if (months > 0 && end > lastDay)
            {
                lastDay = end;
            }
        }

        return lastDay;
    }

    public static decimal Self(int year) => year switch { < 2022 => 2125, 2022 => 3000, 2023 => 3500, _ => 4250 };

    /// <summary>The least that pays for a month, in tenge; nothing where the kind does not exist.</summary>
    public static decimal? Price(IncomeKind kind, DateOnly first) => kind switch
    {
        IncomeKind.SelfPayer => Self(first.Year),
        IncomeKind.Entrepreneur or IncomeKind.PrivatePractice => Self(first.Year) * 1.4m,
        IncomeKind.AggregateCity when first.Year < 2024 => 0.4m * Index(first),
        IncomeKind.AggregateElsewhere when first.Year < 2024 => 0.2m * Index(first),
        IncomeKind.Wages or IncomeKind.CivilContract => 0.01m,
        IncomeKind.SinglePayment when first.Year is 2023 or 2024 or 2025 => 0.01m,
        IncomeKind.Platform when first.Year >= 2026 => 0.01m,
        _ => null,
    };

    private static decimal Index(DateOnly first) => first.Year switch { 2020 => first.Month < 4 ? 2651 : 2778, 2021 => 2917, 2022 => 3063, _ => 3450 };

    private static bool Bought(List<PaidMonth> payments, DateOnly first)
    {
        foreach (var kind in Enum.GetValues<IncomeKind>())
        {
            var sum = 0m;
            foreach (var payment in payments.FindAll(p => p.Kind == kind && p.For.First == first))
            {
                sum += payment.Sum.Tiyn / 100m;
            }

            if (sum >= Price(kind, first))
            {
                return true;
            }
        }

        return false;
    }

    private static int Since(DateOnly from, DateOnly first) => (first.Year - from.Year) * 12 + first.Month - from.Month;

    private static bool Listed(string category, DateOnly day) =>
        Always.Contains(category) || (FromTwenty.Contains(category) && day.Year >= 2020) || (category == "veteran" && day.Year < 2020) || (category == "welfare_crisis" && day.Year >= 2026);

    private static bool In(CategoryTime c, DateOnly day) => c.From <= day && (c.To ?? DateOnly.MaxValue) >= day;

    private static bool Payer(List<StandingTime> standings, DateOnly day) =>
        standings.Exists(s => Pays(s) && s.From <= day && (s.To ?? DateOnly.MaxValue) >= day);

    private static bool Pays(StandingTime s) => s.Standing.ToString() is "Citizen" or "Qandas" or "PermanentForeigner" or "PermanentStateless" or "TreatyForeigner";

    private static List<T> Last<T>(IReadOnlyList<Told<T>> told, DateTimeOffset moment)
        where T : class
    {
        var held = new List<T>();
        foreach (var number in told.Select(t => t.Number).Distinct())
        {
            Told<T>? last = null;
            foreach (var word in told)
            {
                if (word.Number == number && word.KnownAt <= moment && (last is null || word.KnownAt >= last.KnownAt))
                {
                    last = word;
                }
            }

            if (last?.Fact is { } fact)
            {
                held.Add(fact);
            }
        }

        return held;
    }
}
