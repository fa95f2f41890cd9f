namespace Kepil.Demo;

/// <summary>How big the invented country is, which month it bills and from which seed it grows.</summary>
/// <param name="Lines">About so many lines of the month; 10,000 at least.</param>
/// <param name="Seed">The same seed makes the same country.</param>
public sealed record DemoSize(long Lines, ulong Seed = 614)
{
    /// <summary>First day of the month that is billed.</summary>
    public DateOnly Month { get; init; } = new(2026, 10, 1);

    /// <summary>No breach is planted; honest look-alikes stay.</summary>
    public bool Clean { get; init; }

    /// <summary>Areas that are made at the same time; the country does not depend on it.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    public int Persons => (int)Math.Max(10_000, Lines * 2 / 3);

    public int Providers => (int)Math.Clamp(Lines / 9_000, 12, 1_500);

    /// <summary>Areas that refer patients among themselves only.</summary>
    internal int Areas => Math.Max(1, Providers / 18);

    /// <summary>Months that come with their registers: three of look-back and the month itself.</summary>
    internal const int Months = 4;

    internal DateOnly MonthAt(int index) => Month.AddMonths(index - (Months - 1));
}
