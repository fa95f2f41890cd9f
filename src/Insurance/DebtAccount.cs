using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>What was due for a month.</summary>
/// <param name="DueOn">The last day of paying in time; nothing where no day is named, and then no interest runs.</param>
public sealed record OwedMonth(Month Month, Money Sum, DateOnly? DueOn);

/// <summary>Money that came from a payer, or, below zero, a payment taken back.</summary>
/// <param name="For">The month that it names; nothing: arrears are closed first.</param>
/// <param name="TakesBack">Number of the payment that is taken back.</param>
public sealed record ReceivedPayment(string Number, DateOnly PaidOn, Money Sum, Month? For = null, string? TakesBack = null);

/// <summary>A part of a payment on a month; below zero where a part was taken back on that day.</summary>
/// <param name="Of">The payment whose part it is: for a refund the payment that it takes back.</param>
public sealed record PaidPart(string Number, string Of, DateOnly On, Month Month, Money Sum);

/// <summary>Interest of a stretch of days with one balance and one rate, both ends included.</summary>
/// <param name="Balance">What was unpaid when each of the days began.</param>
/// <param name="Rate">The central bank's base rate, per cent a year.</param>
/// <param name="Share">Per cent of the base rate.</param>
public sealed record LateDays(DateOnly From, DateOnly To, Money Balance, ParameterValue Rate, ParameterValue Share, Money Interest)
{
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>How a month stands with its payer on a day.</summary>
/// <param name="Paid">What is on the month, refunds taken off.</param>
/// <param name="Late">The days for which interest runs.</param>
public sealed record MonthDebt(Month Month, Money Due, Money Paid, DateOnly? DueOn, IReadOnlyList<LateDays> Late)
{
    public Money Left => Due - Paid;

    public Money Interest => Late.Aggregate(Money.Zero, (sum, l) => sum + l.Interest);
}

/// <summary>What a payer owes by months on a day, where each payment went, and what is on no month.</summary>
/// <param name="Over">Money that closed no month: it is to be given back, or waits for a month.</param>
public sealed record DebtAccount(DateOnly Day, IReadOnlyList<MonthDebt> Months, IReadOnlyList<PaidPart> Parts, Money Over)
{
    public Money Left => Months.Aggregate(Money.Zero, (sum, m) => sum + m.Left);

    public Money Interest => Months.Aggregate(Money.Zero, (sum, m) => sum + m.Interest);
}
