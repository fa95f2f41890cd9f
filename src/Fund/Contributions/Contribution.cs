using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>A sum paid for one person and month, or, below zero, a refund of one.</summary>
/// <param name="Row">Row of the file.</param>
/// <param name="Reference">Number of the payment; one payment may be for many persons and months.</param>
/// <param name="PayerId">Who paid; 0 for those who paid for themselves.</param>
/// <param name="StatedId">Number of the person as the file has it.</param>
/// <param name="PersonId">Number under which the person is known now.</param>
/// <param name="Kind">Code word of mappings/contributions.yaml.</param>
/// <param name="Month">First day of the month paid for; of a year ahead the month of payment.</param>
/// <param name="Refunds">The payment that is taken back.</param>
public sealed record Contribution(int Row, string Reference, long PayerId, long StatedId, long PersonId, string Kind, DateOnly Month, Money Sum, DateOnly PaidOn, string? Refunds)
{
    /// <summary>Pays for the twelve months after the day of payment.</summary>
    public const string YearAhead = "year_ahead";

    /// <summary>Of a self-payer, names no month: closes arrears first.</summary>
    public const string ArrearsFirst = "arrears_first";

    /// <summary>What the employer pays of his own.</summary>
    public const string Deduction = "deduction";

    /// <summary>When the fund learnt of it.</summary>
    public DateTimeOffset KnownAt { get; init; }

    /// <summary>It names no month: it is one payment, in whatever month its refund comes.</summary>
    internal bool NamesNoMonth => Kind is YearAhead or ArrearsFirst;

    internal (string, long, string, DateOnly) Key => (Reference, StatedId, Kind, NamesNoMonth ? default : Month);

    /// <summary>Whether another row says the same of the same payment.</summary>
    internal bool Says(Contribution other) => (PayerId, Sum, PaidOn, Refunds) == (other.PayerId, other.Sum, other.PaidOn, other.Refunds);
}

/// <summary>Days of a person in a category or with a standing, as one source has it.</summary>
/// <param name="Kind">category or standing.</param>
/// <param name="Word">Name of law/categories.yaml, or code word of a standing.</param>
/// <param name="To">Last day; nothing while it lasts.</param>
/// <param name="Withdrawn">The source takes back what it said of this first day.</param>
public sealed record PersonTime(int Row, long StatedId, long PersonId, string Kind, string Word, DateOnly From, DateOnly? To, string Source, bool Withdrawn)
{
    public const string Category = "category";

    public const string Standing = "standing";

    /// <summary>When the fund learnt of it.</summary>
    public DateTimeOffset KnownAt { get; init; }

    internal (long, string, string, DateOnly, string) Key => (PersonId, Kind, Word, From, Source);
}
