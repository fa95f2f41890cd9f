using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>A person's months up to a day, as paid by that day.</summary>
internal sealed class MonthMarks
{
    private readonly MonthMark[] marks;
    private readonly bool[] own;
    private readonly bool[] asked;
    private readonly bool[] budget;

    private MonthMarks(Month first, int count)
    {
        First = first;
        marks = new MonthMark[count];
        own = new bool[count];
        asked = new bool[count];
        budget = new bool[count];
    }

    /// <summary>The first month of the insurance.</summary>
    public Month First { get; }

    public Month Last => First.Plus(marks.Length - 1);

    /// <summary>How a month stands; one outside the account is not asked for.</summary>
    public MonthMark this[Month month] => month < First || month > Last ? MonthMark.NotAsked : marks[month - First];

    /// <summary>Something counts for the month.</summary>
    public bool Holds(Month month) => new MonthState(month, this[month]).Holds;

    /// <summary>The person or his work paid, no budget did.</summary>
    public bool Own(Month month) => month >= First && month <= Last && own[month - First];

    /// <summary>The month asks for something.</summary>
    public bool Asked(Month month) => month >= First && month <= Last && asked[month - First];

    /// <summary>A budget paid for the month, or the person was exempt.</summary>
    public bool Budget(Month month) => month >= First && month <= Last && budget[month - First];

    /// <summary>Nothing is missing in so many months that end with this one.</summary>
    public bool Full(Month end, int months)
    {
        for (var month = end; month > end.Plus(-months) && month >= First; month = month.Plus(-1))
        {
            if (asked[month - First] && !Holds(month))
            {
                return false;
            }
        }

        return Holds(end);
    }

    /// <summary>So many months that end with this one were paid by the person or his work, without a break.</summary>
    public bool OwnRun(Month end, int months)
    {
        for (var month = end; month > end.Plus(-months); month = month.Plus(-1))
        {
            if (!Own(month))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The account of a life on a day.</summary>
    /// <param name="first">The first month of the insurance.</param>
    public static MonthMarks Of(Life life, Month first, DateOnly day, StatusLaw law)
    {
        var account = new MonthMarks(first, Month.Of(day) - first + 1);
        for (var i = 0; i < account.marks.Length; i++)
        {
            var month = first.Plus(i);
            account.asked[i] = life.Standings.Any(s => Dues.Pays(s.Standing) && s.Touches(month)) && life.Lifetime!.Born <= month.Last;
            account.marks[i] = account.asked[i] ? MonthMark.Missing : MonthMark.NotAsked;
        }

        account.Enter(life.Payments, day, law);
        account.EnterAhead(life.Prepayments, day, law);
        account.EnterBudget(life, day, law);
        return account;
    }

    private void Enter(IReadOnlyList<PaidMonth> payments, DateOnly day, StatusLaw law)
    {
        foreach (var of in payments.Where(p => p.For >= First && p.For <= Last && law.CountsFrom(p.PaidOn) <= day).GroupBy(p => (p.Kind, p.For)))
        {
            if (law.Price(of.Key.Kind, of.Key.For) is not { } price)
            {
                continue;
            }

            var paid = of.Aggregate(Money.Zero, (sum, p) => sum + p.Sum);
            var i = of.Key.For - First;
            if (paid >= price)
            {
                marks[i] = MonthMark.Paid;
                own[i] = true;
            }
            else if (paid > Money.Zero && !own[i])
            {
                marks[i] = MonthMark.Short;
            }
        }
    }

    private void EnterAhead(IReadOnlyList<Prepayment> prepayments, DateOnly day, StatusLaw law)
    {
        foreach (var year in prepayments.Select(law.YearAhead).OfType<(DateOnly From, DateOnly To, int Months)>().Where(y => y.From <= day))
        {
            var from = Month.Of(year.From);
            for (var month = from; month < from.Plus(year.Months); month = month.Plus(1))
            {
                if (month >= First && month <= Last && !own[month - First])
                {
                    marks[month - First] = MonthMark.PaidAhead;
                    own[month - First] = true;
                }
            }
        }
    }

    private void EnterBudget(Life life, DateOnly day, StatusLaw law)
    {
        foreach (var time in life.Categories)
        {
            for (var month = First; month <= Last; month = month.Plus(1))
            {
                if (law.BudgetPays(life, time, month, day) is { } payer)
                {
                    var i = month - First;
                    budget[i] = true;
                    if (!own[i])
                    {
                        marks[i] = payer == CategoryPayer.Exempt ? MonthMark.Exempt : MonthMark.Budget;
                    }
                }
            }
        }
    }
}
