using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>How a person without insurance comes to it.</summary>
public enum WayKind
{
    /// <summary>Twelve months ahead as a self-payer; what is owed for the past is not counted.</summary>
    YearAhead,

    /// <summary>What is missing in the months before.</summary>
    Arrears,

    /// <summary>What is missing in the months before, and this month.</summary>
    ArrearsAndMonth,

    /// <summary>Registration as unemployed: a budget pays.</summary>
    Registration,
}

/// <summary>A lawful way to insurance: what it costs today and which days it brings.</summary>
/// <param name="PayToday">The exact sum to pay today.</param>
/// <param name="Months">The months that are paid, each with its sum; none for a year ahead.</param>
/// <param name="From">The first insured day.</param>
/// <param name="PaidUntil">The last day that is paid for; nothing when it stays open.</param>
/// <param name="Until">The last insured day if nothing more is paid, care after payments stop included; nothing when it stays open.</param>
public sealed record Way(
    WayKind Kind, Money PayToday, IReadOnlyList<(Month Month, Money Sum)> Months, DateOnly From, DateOnly? PaidUntil, DateOnly? Until, Citation Law)
{
    /// <summary>How many days of insurance it brings; nothing when it stays open.</summary>
    public int? Days => Until is { } until ? until.DayNumber - From.DayNumber + 1 : null;

    /// <summary>What thirty days of it cost.</summary>
    public Money ThirtyDays => Days is { } days ? PayToday.Share(30, days) : Money.Zero;
}

/// <summary>The ways of a person, those that cost least for their days first.</summary>
/// <param name="Now">The status without any of them.</param>
public sealed record Ways(Status Now, IReadOnlyList<Way> All)
{
    /// <summary>The way with the smallest sum today that is not nothing.</summary>
    public Way? LeastToday => All.Where(w => w.PayToday > Money.Zero).MinBy(w => w.PayToday);

    /// <summary>The paid way that brings the most days.</summary>
    public Way? Longest => All.Where(w => w.PayToday > Money.Zero).MaxBy(w => w.Until);
}
