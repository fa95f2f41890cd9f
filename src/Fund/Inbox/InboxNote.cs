namespace Kepil.Fund.Inbox;

/// <summary>What somebody is told of.</summary>
public enum NoteKind
{
    /// <summary>A review came to the reader.</summary>
    ReviewArrived,

    /// <summary>Findings or decisions wait for an act of the reader's provider.</summary>
    AnswerAwaited,

    /// <summary>Two working days are left.</summary>
    TwoDaysLeft,

    /// <summary>One working day is left.</summary>
    OneDayLeft,

    /// <summary>The term ends today.</summary>
    LastDay,

    /// <summary>A review was not finished in time.</summary>
    ReviewOverdue,

    /// <summary>Nobody could be named for a case.</summary>
    NobodyFree,

    /// <summary>A handover waits for a second person.</summary>
    HandoverWaits,

    /// <summary>Final decisions that confirm findings on the reader's provider.</summary>
    Confirmed,

    /// <summary>Final decisions that reject findings on the reader's provider.</summary>
    Rejected,

    /// <summary>Somebody opened a person's data outside his cases.</summary>
    DataOpened,

    /// <summary>Such an opening was not reviewed in time.</summary>
    OpeningUnreviewed,

    /// <summary>A report of the reader's branch fell due.</summary>
    ReportOwed,

    /// <summary>The reader's branch owes a conclusion on HIV care.</summary>
    HivConclusionOwed,

    /// <summary>A letter to law enforcement is to be sent.</summary>
    LetterOwed,

    /// <summary>An act of the reader's branch is owed in unscheduled monitoring, on a conclusion or a latent defect.</summary>
    FundActOwed,

    /// <summary>The term of such an act is over.</summary>
    FundActOverdue,

    /// <summary>A conclusion of unscheduled monitoring waits for the reader's provider to accept it or to object.</summary>
    ConclusionWaits,

    /// <summary>The reply to the objections came; the reader's provider may complain to the state body.</summary>
    ReplyCame,

    /// <summary>The reader's provider was asked for documents.</summary>
    DocumentsAsked,

    /// <summary>The bank details of the reader's provider are to change.</summary>
    BankDetailsChange,

    /// <summary>A running term of the reader got another last day.</summary>
    TermMoved,
}

/// <summary>Something that a user is told once.</summary>
public sealed class InboxNote
{
    public long Id { get; set; }

    public long UserId { get; set; }

    /// <summary>By which the same thing is known again.</summary>
    public required string Key { get; set; }

    public NoteKind Kind { get; set; }

    /// <summary>The case, the handover or the opening; the first one where there are several.</summary>
    public long CaseId { get; set; }

    public long FindingId { get; set; }

    public long ProviderId { get; set; }

    /// <summary>First day of the month that was billed.</summary>
    public string Month { get; set; } = "";

    /// <summary>The number under which people know what the note is about; empty where that is the number of the case.</summary>
    public string Subject { get; set; } = "";

    /// <summary>How many cases the note is about.</summary>
    public long Count { get; set; } = 1;

    /// <summary>When the term is over.</summary>
    public long? DueAt { get; set; }

    public long MadeAt { get; set; }

    public long? ReadAt { get; set; }
}

/// <summary>How a user wants to be told.</summary>
public sealed class InboxSetting
{
    public long UserId { get; set; }

    public string? Mail { get; set; }

    /// <summary>Whether he gets a letter each day.</summary>
    public bool Digest { get; set; }

    /// <summary>kk, ru or en.</summary>
    public string Language { get; set; } = "kk";

    /// <summary>Hash of the secret in the address of his calendar.</summary>
    public string? CalendarHash { get; set; }
}

/// <summary>An address of letters that a user had before he changed it.</summary>
public sealed class MailBefore
{
    public long UserId { get; set; }

    /// <summary>Empty where he had none.</summary>
    public required string Mail { get; set; }

    public long Until { get; set; }
}

/// <summary>A letter to an address of a provider that its bank details change.</summary>
public sealed class BankLetter
{
    public long DetailId { get; set; }

    public required string Mail { get; set; }

    public long UserId { get; set; }

    public long BegunAt { get; set; }

    public long? SentAt { get; set; }
}

/// <summary>The letter of a day to a user.</summary>
public sealed class InboxLetter
{
    public long UserId { get; set; }

    public required string Day { get; set; }

    public long BegunAt { get; set; }

    public long? SentAt { get; set; }
}
