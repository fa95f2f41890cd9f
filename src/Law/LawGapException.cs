using System.Globalization;

namespace Kepil.Law;

/// <summary>A question about a day for which the law folder holds no answer.</summary>
public sealed class LawGapException : Exception
{
    public LawGapException(string name, DateOnly day, Wording reason)
        : base($"{name}, {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {reason.En}")
    {
        Name = name;
        Day = day;
        Reason = reason;
    }

    /// <summary>What was asked for: a parameter, a policy, the calendar or the classification.</summary>
    public string Name { get; }

    public DateOnly Day { get; }

    /// <summary>Why there is no answer and how to mend it.</summary>
    public Wording Reason { get; }
}
