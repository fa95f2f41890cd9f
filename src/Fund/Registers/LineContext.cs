namespace Kepil.Fund.Registers;

/// <summary>What holds for all lines of a register: from the file's title, its heads or the one who handed it in.</summary>
public sealed record LineContext
{
    public static readonly byte[] Guaranteed = "tmkkk"u8.ToArray();
    public static readonly byte[] Insurance = "mams"u8.ToArray();

    public required DateOnly Today { get; init; }

    public long? ProviderId { get; init; }

    /// <summary>No line may be another provider's.</summary>
    public bool OnlyProvider { get; init; }

    public DateOnly? Month { get; init; }

    /// <summary>Months for which a forgotten line may be billed later than in its own.</summary>
    public int LateMonths { get; init; }

    /// <summary>Each line belongs to the month in which it ended: histories of many years.</summary>
    public bool MonthOfEachLine { get; init; }

    public byte[]? Contract { get; init; }

    public required byte[] CareForm { get; init; }

    public byte[]? Package { get; init; }

    /// <summary>Numbers above a billion of thousands are another system's own and have no check digit.</summary>
    public bool Foreign { get; init; }

    public bool From1904 { get; init; }

    public required IReadOnlyDictionary<string, string> Months { get; init; }
}
