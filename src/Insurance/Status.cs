using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>Why a person is insured on a day, or why not.</summary>
public enum StatusGround
{
    /// <summary>Military, special state bodies, law enforcement.</summary>
    Exempt,

    /// <summary>The State or a local budget pays for his category.</summary>
    BudgetPays,

    /// <summary>The year ahead was paid.</summary>
    YearAhead,

    /// <summary>The months before are paid.</summary>
    MonthsPaid,

    /// <summary>Payments stopped, care goes on for some months.</summary>
    Grace,

    /// <summary>Payments stopped after many years without a break, care goes on for longer.</summary>
    LongGrace,

    /// <summary>Months are missing.</summary>
    MonthsMissing,

    /// <summary>The day lies before birth.</summary>
    NotBorn,

    /// <summary>The day lies after death.</summary>
    Dead,

    /// <summary>No register says who the person is to the country on this day.</summary>
    StandingUnknown,

    /// <summary>The insurance is not open to the person's standing.</summary>
    NoPart,
}

/// <summary>How a month stands in the account of a person.</summary>
public enum MonthMark
{
    /// <summary>Paid by the person or for his work.</summary>
    Paid,

    /// <summary>Part of a year that was paid ahead.</summary>
    PaidAhead,

    /// <summary>A budget paid for his category.</summary>
    Budget,

    /// <summary>He was exempt.</summary>
    Exempt,

    /// <summary>Money came, but less than the month costs.</summary>
    Short,

    /// <summary>Nothing came.</summary>
    Missing,

    /// <summary>The month asks for nothing: before the insurance began, or the person could not be a payer.</summary>
    NotAsked,
}

/// <summary>A month and how it stands.</summary>
public sealed record MonthState(Month Month, MonthMark Mark)
{
    /// <summary>Nothing is missing for it.</summary>
    public bool Holds => Mark is MonthMark.Paid or MonthMark.PaidAhead or MonthMark.Budget or MonthMark.Exempt;
}

/// <summary>Whether a person is insured on a day, with the derivation.</summary>
/// <param name="Months">The months that were looked at, the oldest first.</param>
/// <param name="Category">The category that decides, where one does.</param>
/// <param name="Anchor">The last month from which the days are counted, for months paid and for grace.</param>
/// <param name="Until">The last day on this ground if nothing more is paid; nothing when it is open or there is none.</param>
/// <param name="Law">The provisions that were applied.</param>
/// <param name="Policies">The readings that were followed where the law is silent.</param>
public sealed record Status(
    DateOnly Day,
    StatusGround Ground,
    IReadOnlyList<MonthState> Months,
    CategoryTime? Category,
    Month? Anchor,
    DateOnly? Until,
    IReadOnlyList<Citation> Law,
    IReadOnlyList<Policy> Policies)
{
    public bool Insured => Ground <= StatusGround.LongGrace;

    /// <summary>The months of the window for which nothing, or too little, came.</summary>
    public IEnumerable<Month> Missing => Months.Where(m => m.Mark is MonthMark.Missing or MonthMark.Short).Select(m => m.Month);
}
