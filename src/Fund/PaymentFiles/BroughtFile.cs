namespace Kepil.Fund.PaymentFiles;

/// <summary>A file that somebody brought to the pages and that is not taken in yet.</summary>
/// <param name="Hash">SHA-256 of its content, by which the same file is known again.</param>
/// <param name="State">reading, checked, refused (no row of it can be taken), taking, failed, or sent.</param>
public sealed record BroughtFile(string Hash, string Name, long Size, string Who, DateTimeOffset At, string State)
{
    /// <summary>What a check found: contribution, person_category or person_standing.</summary>
    public string Holds { get; init; } = "contribution";

    public int Rows { get; init; }

    /// <summary>Rows that would be taken in.</summary>
    public int New { get; init; }

    /// <summary>Rows that say again what is known.</summary>
    public int Known { get; init; }

    /// <summary>Rows with a fault.</summary>
    public int Refused { get; init; }

    /// <summary>Refunds among the new rows.</summary>
    public int Refunds { get; init; }

    /// <summary>Sum of the new rows in tiyn, refunds taken off.</summary>
    public long Sum { get; init; }

    /// <summary>Why no row can be taken, as JSON.</summary>
    public string? Refusal { get; init; }

    public bool IsAtWork => State is "reading" or "taking";
}
