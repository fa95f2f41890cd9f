namespace Kepil.Tests.Proceedings;

/// <summary>A case as somebody keeps it who has only the order and a calendar: where it is, whose turn it is, until when, what it does to money.</summary>
internal sealed class NaiveCase
{
    public required string Way { get; init; }

    public required int Line { get; init; }

    public required long Bill { get; init; }

    public long Risk { get; set; }

    public bool HasCode { get; set; }

    /// <summary>The word of the place, or of the end.</summary>
    public string At { get; set; } = "";

    public DateOnly From { get; set; }

    public int Length { get; set; }

    /// <summary>The last day of the running term; nothing at an end.</summary>
    public DateOnly? Last { get; set; }

    /// <summary>A reviewer missed his term.</summary>
    public bool IsLate { get; set; }

    /// <summary>With whom the review is; zero when with nobody.</summary>
    public long Reviewer { get; set; }

    /// <summary>open, full or reduced.</summary>
    public string Money { get; set; } = "open";

    public DateOnly Detected { get; init; }

    public long BranchSaid { get; set; }

    public long FirstSaid { get; set; }

    /// <summary>Region of the first reviewer, which the second one comes from only if nobody else is there.</summary>
    public string FirstRegion { get; set; } = "";

    public HashSet<long> HadSay { get; } = [];

    /// <summary>Who decided last at a place.</summary>
    public Dictionary<string, long> Said { get; } = [];

    /// <summary>With whom the case lay at a place when the provider took its objection back.</summary>
    public Dictionary<string, long> LayWith { get; } = [];

    public HashSet<long> TakenFrom { get; } = [];

    /// <summary>The head confirmed where the branch had released.</summary>
    public bool IsOverruled { get; set; }

    public bool WasLookedAt { get; set; }

    /// <summary>It was sent to a second look that the provider cut short.</summary>
    public bool WasToBeLookedAt { get; set; }

    /// <summary>What was agreed to and is looked at again: branch, first or again.</summary>
    public string Released { get; set; } = "";

    public (DateOnly From, int Length, DateOnly Last)? ObjectionTerm { get; set; }

    public DateTimeOffset ObjectedAt { get; set; }

    public int Asked { get; set; }

    public bool HasConclusion { get; set; }

    public bool IsDeath => Way is "death" or "infant" or "unnamed";

    public bool IsFinal => Last is null;

    public bool IsWithProvider => At is "await objection" or "await repeat" or "await disagreement";

    public bool IsReview => At is "branch" or "first" or "look" or "second" or "again" or "central";
}

/// <summary>An employee as the model knows him.</summary>
internal sealed class NaiveEmployee(long id, string region, bool central)
{
    public long Id => id;

    public bool IsCentral => central;

    public string Region { get; set; } = region;

    public bool IsAway { get; set; }

    public bool HasLeft { get; set; }

    public bool HasConflict { get; set; }
}
