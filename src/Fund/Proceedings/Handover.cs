namespace Kepil.Fund.Proceedings;

/// <summary>A head's wish to take a review from its reviewer, which a second person confirms or refuses.</summary>
public sealed class Handover
{
    public long Id { get; set; }

    public long ProceedingId { get; set; }

    /// <summary>With whom the review lies.</summary>
    public long Reviewer { get; set; }

    /// <summary>The branch of the reviewer; empty for the central office.</summary>
    public string Region { get; set; } = "";

    public long AskedBy { get; set; }

    public long AskedAt { get; set; }

    public required string Reasons { get; set; }

    public long? AnsweredBy { get; set; }

    public long? AnsweredAt { get; set; }

    /// <summary>confirmed, refused, or the code word why the procedure did not allow it; nothing while it waits.</summary>
    public string? Answer { get; set; }
}
