using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Where a conclusion stands.</summary>
public enum ConclusionStage
{
    /// <summary>Written, not signed by all who monitored.</summary>
    Drafted,
    Signed,

    /// <summary>On its way; nobody knows yet that it arrived.</summary>
    Sent,
    WithProvider,

    /// <summary>Signed with objection, the list is still to come.</summary>
    ListAwaited,
    Objected,

    /// <summary>Objections are considered, the reply is to be sent.</summary>
    Considered,
    Replied,
    Appealed,

    /// <summary>Signed without objection.</summary>
    Accepted,

    /// <summary>Accepted by silence.</summary>
    DeemedAccepted,

    /// <summary>Received, where the policy gives no path of objection.</summary>
    Delivered,

    /// <summary>Never signed, because its monitoring was ended.</summary>
    Discarded,
    Final,
}

/// <summary>What the state body decided on an appeal.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WordConverter<AppealOutcome>))]
public enum AppealOutcome
{
    Upheld,
    Changed,
    Cancelled,
}

/// <summary>What a conclusion is about and who answers for it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Basis">The provision by which it is written: paragraph 54, 39 or 19.1.</param>
/// <param name="Branch">Region of the branch at the provider's location.</param>
/// <param name="OfCentralOffice">Signed by employees of the central office.</param>
/// <param name="Signers">The employees who monitored.</param>
/// <param name="Monitoring">The unscheduled monitoring that it ends.</param>
/// <param name="Facts">What its form says besides the results.</param>
public sealed record ConclusionHead(
    string Number, ConclusionForm Form, MonitoringKind Kind, Citation Basis, long ProviderId, string Contract, string Branch,
    bool OfCentralOffice, IReadOnlyList<long> Signers, long? Monitoring = null, PaperFacts? Facts = null);

/// <summary>The Fund's signed paper on what monitoring found, on its way to being accepted or answered.</summary>
/// <param name="Versions">First what was signed, then what objections or the state body made of it.</param>
/// <param name="Next">The act that is owed next; nothing when nothing is.</param>
public sealed record Conclusion(
    ConclusionHead Head, ConclusionStage Stage, IReadOnlyList<ConclusionVersion> Versions, IReadOnlySet<long> SignedBy, NextAct? Next)
{
    public DateOnly? SignedOn { get; init; }

    public Channel? SentBy { get; init; }

    public DateOnly? SentOn { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    /// <summary>Until when the provider may object; nothing before receipt.</summary>
    public Term? ObjectionTerm { get; init; }

    public bool AskedAgain { get; init; }

    public DateOnly? ObjectedOn { get; init; }

    public IReadOnlyList<string> Objections { get; init; } = [];

    /// <summary>Files that came with the list.</summary>
    public IReadOnlyList<Paper> ObjectionPapers { get; init; } = [];

    /// <summary>The list came later than the day of signing.</summary>
    public bool ListWasLate { get; init; }

    public string? Reasons { get; init; }

    /// <summary>What it took, once it did.</summary>
    public Measures? Applied { get; init; }

    /// <summary>What was given back after the state body decided.</summary>
    public Measures Returned { get; init; } = Measures.None;

    /// <summary>Whether an appeal holds up the measures.</summary>
    public bool IsStayed { get; init; }

    public AppealOutcome? Outcome { get; init; }

    /// <summary>Terms of the Fund or the state body that ran out without the act.</summary>
    public IReadOnlyList<TermName> Missed { get; init; } = [];

    public ConclusionVersion Current => Versions[^1];

    public bool IsFinal => Stage is ConclusionStage.Accepted or ConclusionStage.DeemedAccepted or ConclusionStage.Delivered or ConclusionStage.Discarded or ConclusionStage.Final;

    /// <summary>Whether the provider may sign it now: within its term, or before the Fund noted that it arrived.</summary>
    public bool IsAnswerable => Stage == ConclusionStage.Sent || Stage == ConclusionStage.WithProvider && Next?.Owner == Party.Provider;

    /// <summary>The provider's term is over and a list that was posted within it may still arrive.</summary>
    public bool AwaitsPost => Stage is ConclusionStage.WithProvider or ConclusionStage.ListAwaited && Next?.Name == TermName.ReceiptDeemed;

    /// <summary>Whether the act that is owed is overdue and flagged.</summary>
    public bool IsOverdue => Next is not null && Missed.Contains(Next.Name);

    /// <summary>The conclusion after something happened.</summary>
    public static Conclusion Apply(Conclusion? state, ConclusionEvent happened)
    {
        if (happened is ConclusionDrafted drafted)
        {
            return new(drafted.Head, ConclusionStage.Drafted, [drafted.Version], new HashSet<long>(), drafted.Next);
        }

        var was = state ?? throw new InvalidOperationException("The first event of a conclusion is its draft.");
        var now = was with { Next = happened.Next, Missed = Equals(happened.Next?.Name, was.Next?.Name) && happened is not TermsMoved ? was.Missed : [] };
        return happened switch
        {
            ConclusionSigned e => now with { SignedBy = was.SignedBy.Append(e.By).ToHashSet() },
            ConclusionSignedByAll e => now with { Stage = ConclusionStage.Signed, SignedOn = e.On },
            // Sent again, its receipt is awaited anew: that the one before did not come is late no more.
            ConclusionSent e => now with { Stage = ConclusionStage.Sent, SentBy = e.By, SentOn = e.On, Missed = [] },
            ConclusionReceived e => now with { Stage = ConclusionStage.WithProvider, ReceivedOn = e.On, ObjectionTerm = e.ObjectionTerm },
            ConclusionDelivered e => now with { Stage = ConclusionStage.Delivered, ReceivedOn = e.On },
            AnswerAskedAgain e => now with { AskedAgain = true, ObjectionTerm = e.ObjectionTerm },
            PostAwaited => now,
            SignedWithoutObjection => now with { Stage = ConclusionStage.Accepted },
            SignedWithObjection e => now with { Stage = ConclusionStage.ListAwaited, ObjectedOn = e.On },
            ObjectionsListed e => now with { Stage = ConclusionStage.Objected, Objections = e.Objections, ObjectionPapers = e.Papers ?? [], ListWasLate = e.WasLate, ObjectedOn = was.ObjectedOn ?? e.On },
            ConclusionDeemedAccepted => now with { Stage = ConclusionStage.DeemedAccepted },
            ObjectionsConsidered e => now with { Stage = ConclusionStage.Considered, Reasons = e.Reasons, Versions = e.Corrected is { } v ? [.. was.Versions, v] : was.Versions },
            ReplySent => now with { Stage = ConclusionStage.Replied },
            ResultsAppealed e => now with { Stage = ConclusionStage.Appealed, IsStayed = e.Stays },
            AppealDecided e => now with { Stage = ConclusionStage.Final, Outcome = e.Outcome, IsStayed = false, Versions = e.Changed is { } v ? [.. was.Versions, v] : was.Versions },
            AppealWindowClosed => now with { Stage = ConclusionStage.Final },
            MeasuresApplied e => now with { Applied = e.Measures },
            MeasuresReturned e => now with { Returned = e.Measures },
            ConclusionTermMissed e => now with { Missed = [.. was.Missed, e.Name] },
            TermsMoved e => now with { ObjectionTerm = e.ObjectionTerm, Missed = was.Missed.Where(m => e.Next?.Name != m).ToList() },
            ConclusionDiscarded => now with { Stage = ConclusionStage.Discarded },
            _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a conclusion."),
        };
    }
}
