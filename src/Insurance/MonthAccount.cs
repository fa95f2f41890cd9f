using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>What the status of a day is made of, in so few numbers that millions of persons are judged in a minute: made by the pure function's own months, read by a query.</summary>
/// <param name="Standing">0: no register says; 1: takes no part; 2: takes part.</param>
/// <param name="Payer">0: nobody by a category; 1: exempt; 2: a budget pays.</param>
/// <param name="PayerUntil">Last day of the category; nothing while it lasts.</param>
/// <param name="AheadUntil">Last day of a year paid ahead that covers the day.</param>
/// <param name="Own">Bit i: the person or his work paid for the month i months before that of the day.</param>
/// <param name="Budget">Bit i: a budget paid, or the person was exempt.</param>
/// <param name="Asked">Bit i: the month asks for something.</param>
/// <param name="OwnBefore">Months in a row paid by the person or his work that end where the bits end.</param>
public sealed record MonthAccount(DateOnly? Born, DateOnly? Died, int Standing, int Payer, DateOnly? PayerUntil, DateOnly? AheadUntil, long Own, long Budget, long Asked, int OwnBefore)
{
    /// <summary>Months that have a bit: the window of twelve months, behind the longest care after payments.</summary>
    public const int Bits = 32;
}

/// <summary>One way to be insured by months: what a person's account must show, and what he is then.</summary>
/// <param name="Back">The months are counted back from the one so many months before that of the day.</param>
/// <param name="Full">Nothing may be missing in the window; else it is enough that a budget paid for the month.</param>
/// <param name="Run">Months in a row that must be the person's own; 0: none.</param>
/// <param name="Own">The month itself must be his own.</param>
public sealed record MonthWay(int Back, bool Full, int Run, bool Own, StatusGround Ground, DateOnly Until);
