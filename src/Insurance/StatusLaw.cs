using System.Collections.Concurrent;
using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>What the law and the readings say about payments and categories, as the status of a day asks for it.</summary>
internal sealed class StatusLaw(LawBook law)
{
    private readonly Dues dues = new(law);
    private readonly ConcurrentDictionary<(IncomeKind, Month), Money?> prices = new();
    private readonly Parameter prepaidMonths = law.Parameters["prepaid_months"];
    private readonly DateOnly prepaidFrom = law.Parameters["prepaid_months"].Values.Min(v => v.From);
    private readonly DateOnly termFrom = law.Parameters["status_term"].Values.Min(v => v.From);

    public LawBook Book => law;

    public string Reading(string policy, DateOnly day) => law.Policies[policy].On(day);

    /// <summary>The first day on which a payment counts.</summary>
    [Law("OSMS:5.3-2")]
    public DateOnly CountsFrom(DateOnly paidOn) => paidOn >= termFrom && Reading("status_start", paidOn) == "term_end"
        ? law.Calendar.AddWorkingDays(paidOn, (int)law.Parameters.Value("status_term", paidOn))
        : paidOn.AddDays(1);

    /// <summary>What must have come for a month to be paid; nothing when the kind pays for no status in that month.</summary>
    public Money? Price(IncomeKind kind, Month month) => prices.GetOrAdd((kind, month), _ => Priced(kind, month));

    /// <summary>The days that a payment for the year ahead covers; nothing when it is none: too early a day or too small a sum.</summary>
    [Law("OSMS:5.3-2")]
    public (DateOnly From, DateOnly To, int Months)? YearAhead(Prepayment paid)
    {
        if (paid.PaidOn < prepaidFrom || paid.Sum < PriceAhead(paid.PaidOn))
        {
            return null;
        }

        var months = (int)prepaidMonths.On(paid.PaidOn).Whole;
        var whole = Reading("prepaid_period", paid.PaidOn) == "from_next_month";
        var first = whole ? Month.Of(paid.PaidOn).Plus(1).First : paid.PaidOn.AddDays(1);
        var last = whole ? first.AddMonths(months).AddDays(-1) : paid.PaidOn.AddMonths(months);
        var counts = CountsFrom(paid.PaidOn);
        return (counts > first ? counts : first, last, months);
    }

    /// <summary>What the year ahead costs on a day, by the rate and the wage of that day; a later change asks for nothing more.</summary>
    [Law("OSMS:5.3-2")]
    public Money PriceAhead(DateOnly day) => dues.OfSelfPayer(Month.Of(day)) * prepaidMonths.On(day).Whole;

    public bool HasYearAhead(DateOnly day) => day >= prepaidFrom;

    /// <summary>Who pays for a category on a day, if it insures the person then.</summary>
    [Law("OSMS:26")]
    [Law("OSMS:26-1")]
    [Law("OSMS:28.7")]
    public CategoryPayer? PayerOn(Life life, CategoryTime time, DateOnly day, DateOnly asOf)
    {
        if (!time.Covers(day) || law.Categories[time.Category].On(day) is not { } span || !life.Standings.Any(s => s.Covers(day) && Dues.Pays(s.Standing)))
        {
            return null;
        }

        return span.Payer == CategoryPayer.LocalBudget && Reading("local_budget_status", day) == "payment"
            && !life.Payments.Any(p => p.Kind == IncomeKind.LocalBudget && p.For == Month.Of(day) && p.Sum > Money.Zero && CountsFrom(p.PaidOn) <= asOf)
            ? null
            : span.Payer;
    }

    /// <summary>Who paid for a month by a category, days after the one asked about left out.</summary>
    public CategoryPayer? BudgetPays(Life life, CategoryTime time, Month month, DateOnly asOf)
    {
        if (time.From > month.Last || time.To < month.First)
        {
            return null;
        }

        var whole = Reading("category_month", month.First) == "whole_month";
        var last = month.Last < asOf ? month.Last : asOf;
        CategoryPayer? payer = null;
        for (var day = month.First; day <= last; day = day.AddDays(1))
        {
            var found = PayerOn(life, time, day, asOf);
            if (whole && found is null)
            {
                return null;
            }

            payer = found ?? payer;
            if (!whole && found is not null)
            {
                return found;
            }
        }

        return payer;
    }

    private Money? Priced(IncomeKind kind, Month month)
    {
        try
        {
            switch (kind)
            {
                case IncomeKind.State or IncomeKind.LocalBudget or IncomeKind.ExemptService:
                    return null;
                case IncomeKind.Wages or IncomeKind.CivilContract or IncomeKind.Platform or IncomeKind.SinglePayment:
                    // The kind must exist in the month; then a tiyn is enough, or what the minimum wage costs.
                    var of = dues.Of(month, [new(kind, "", law.Parameters.Sum("minimum_wage", month.First))]);
                    return Reading("wage_month_paid", month.First) == "any_sum" ? new Money(1) : of.Contribution + of.Deduction;
                default:
                    return dues.Of(month, [new(kind, "", Money.Zero)]).Contribution;
            }
        }
        catch (LawGapException)
        {
            return null;
        }
    }
}
