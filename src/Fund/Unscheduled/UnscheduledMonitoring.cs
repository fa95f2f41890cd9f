using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Where unscheduled monitoring stands.</summary>
public enum MonitoringStage
{
    Opened,
    Suspended,

    /// <summary>The appeal was withdrawn, the provider is to be told.</summary>
    Withdrawn,

    /// <summary>The conclusion is written and waits for signatures.</summary>
    Concluding,

    /// <summary>Never begun: an appeal without a name or without substance.</summary>
    NotConducted,
    Terminated,
    Concluded,
}

/// <summary>What may suspend monitoring or prolong it.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WordConverter<InterruptionCause>))]
public enum InterruptionCause
{
    CourtDecision,
    SanitaryDecree,
    Emergency,
}

/// <summary>Data of the systems and on the person's seeking of care, fixed before a notice goes out.</summary>
[Law("MON-321:8")]
public sealed record FixedRecords(DateTimeOffset At, long By, string Hash);

/// <summary>A visit to a production base.</summary>
/// <param name="Notice">Until when the provider must be told.</param>
public sealed record Visit(DateOnly On, string Place, IReadOnlyList<long> Persons, Term Notice, DateTimeOffset? AnnouncedAt = null, bool WasMade = false);

/// <summary>A suspension or an extension with the act that caused it.</summary>
/// <param name="From">Day on which the act came into force.</param>
/// <param name="Until">Last day of the new period.</param>
/// <param name="Suspends">A suspension; otherwise an extension.</param>
/// <param name="Notice">Until when the provider must be told.</param>
public sealed record Interruption(
    InterruptionCause Cause, string Document, DateOnly From, DateOnly Until, bool Suspends, Term Notice, DateTimeOffset? AnnouncedAt = null, DateOnly? EndedOn = null);

/// <summary>A written request to the provider for documents that the systems do not hold.</summary>
/// <param name="Number">Its place among the requests of the monitoring.</param>
/// <param name="What">Which documents, primary accounting documents included.</param>
/// <param name="Reply">Until when they are expected.</param>
/// <param name="Papers">What the provider sent.</param>
/// <param name="IsUnanswered">The term went by without an answer: monitoring goes on with what there is.</param>
[Law("MON-321:5")]
[Law("MON-321:6.3")]
public sealed record DocumentRequest(int Number, string What, DateTimeOffset At, Channel By, Term Reply, IReadOnlyList<Paper> Papers, DateOnly? AnsweredOn = null, bool IsUnanswered = false)
{
    /// <summary>Whether the provider's answer is still awaited.</summary>
    public bool IsOpen => AnsweredOn is null && !IsUnanswered;
}

/// <summary>A way of monitoring that was noted.</summary>
public sealed record NotedWay(MonitoringWay Way, string What, DateOnly On);

/// <summary>Monitoring because of a fact or an appeal, from its ground to the signed conclusion.</summary>
/// <param name="Region">The branch in charge.</param>
/// <param name="Team">The employees who monitor; all of them sign.</param>
/// <param name="Limit">Until when it is to end.</param>
public sealed record UnscheduledMonitoring(
    long ProviderId, string Region, OpeningGround Opening, Appeal? Appeal, string? Facts, IReadOnlyList<long> Team, MonitoringStage Stage, DateOnly OpenedOn, Term? Limit)
{
    public IReadOnlyList<FixedRecords> Records { get; init; } = [];

    public IReadOnlyList<Visit> Visits { get; init; } = [];

    public IReadOnlyList<Interruption> Interruptions { get; init; } = [];

    public IReadOnlyList<DocumentRequest> Requests { get; init; } = [];

    /// <summary>Patients who were asked.</summary>
    public IReadOnlyList<PatientSurvey> Surveys { get; init; } = [];

    /// <summary>What analysis of the provider's activity found.</summary>
    public IReadOnlyList<AdditionalFinding> Additional { get; init; } = [];

    /// <summary>Ways that people noted, with what they looked at.</summary>
    public IReadOnlyList<NotedWay> NotedWays { get; init; } = [];

    /// <summary>The ways in which it was made: those that were noted, and those that follow from what was done.</summary>
    [Law("MON-321:6.1")]
    public IReadOnlyList<MonitoringWay> Ways =>
    [
        .. NotedWays.Select(w => w.Way)
            .Concat(Records.Count > 0 ? [MonitoringWay.FundSystem] : [])
            .Concat(Visits.Any(v => v.WasMade) ? [MonitoringWay.Visit] : [])
            .Concat(Requests.Count > 0 ? [MonitoringWay.WrittenRequest] : [])
            .Concat(Additional.Count > 0 ? [MonitoringWay.DataStudy] : [])
            .Concat(Surveys.Count > 0 ? [MonitoringWay.PatientSurvey] : [])
            .Distinct().Order(),
    ];

    /// <summary>What somebody sees who does not monitor: neither whom it was that was asked nor by which number.</summary>
    [Law("MON-321:6.5")]
    public UnscheduledMonitoring SeenBy(long user) =>
        Team.Contains(user) ? this : this with { Surveys = [.. Surveys.Select(s => s with { PersonId = null, Contact = null })] };

    public Term? Termination { get; init; }

    public string? Conclusion { get; init; }

    public NextAct? Drawing { get; init; }

    public IReadOnlyList<TermName> Missed { get; init; } = [];

    public bool IsFinal => Stage is MonitoringStage.NotConducted or MonitoringStage.Terminated or MonitoringStage.Concluded;

    /// <summary>The one act that is owed next: what ends first of the notices, the period and the whole.</summary>
    public NextAct? Next => Stage switch
    {
        MonitoringStage.Withdrawn => new(Party.Fund, TermName.TerminationNotice, Termination!),
        MonitoringStage.Concluding => Drawing,
        MonitoringStage.Opened or MonitoringStage.Suspended => Owed().MinBy(n => n.Term.Last),
        _ => null,
    };

    public bool IsOverdue => Next is not null && Missed.Contains(Next.Name);

    /// <summary>Whether the data were fixed before a moment.</summary>
    public bool IsFixedBefore(DateTimeOffset moment) => Records.Any(r => r.At <= moment);

    private IEnumerable<NextAct> Owed()
    {
        foreach (var visit in Visits.Where(v => v.AnnouncedAt is null))
        {
            yield return new(Party.Fund, TermName.VisitNotice, visit.Notice);
        }

        foreach (var request in Requests.Where(r => r.IsOpen))
        {
            yield return new(Party.Provider, TermName.DocumentReply, request.Reply);
        }

        foreach (var interruption in Interruptions.Where(i => i.AnnouncedAt is null))
        {
            yield return new(Party.Fund, TermName.SuspensionNotice, interruption.Notice);
        }

        yield return Stage == MonitoringStage.Suspended
            ? new(Party.Fund, TermName.PeriodEnd, Terms.OnDay(Interruptions.Last(i => i.Suspends).Until))
            : new(Party.Fund, TermName.UnscheduledLength, Limit!);
    }

    /// <summary>The monitoring after something happened.</summary>
    public static UnscheduledMonitoring Apply(UnscheduledMonitoring? state, MonitoringEvent happened)
    {
        switch (happened)
        {
            case MonitoringOpened e:
                return new(e.ProviderId, e.Region, e.Opening, e.Appeal, e.Facts, e.Team, MonitoringStage.Opened, LocalDay.Of(e.At), e.Limit);
            case MonitoringRefused e:
                return new(e.ProviderId, e.Region, e.Opening, e.Appeal, e.Facts, [], MonitoringStage.NotConducted, LocalDay.Of(e.At), null);
            default:
                break;
        }

        var was = state ?? throw new InvalidOperationException("The first event of monitoring is its opening or its refusal.");
        return happened switch
        {
            RecordsFixed e => was with { Records = [.. was.Records, e.Records] },
            VisitPlanned e => was with { Visits = [.. was.Visits, e.Visit] },
            VisitAnnounced e => was with { Visits = [.. was.Visits.Select(v => Is(v, e.On, e.Place) ? v with { AnnouncedAt = e.At } : v)] },
            VisitMade e => was with { Visits = [.. was.Visits.Select(v => Is(v, e.On, e.Place) ? v with { WasMade = true } : v)] },
            VisitDropped e => was with { Visits = [.. was.Visits.Where(v => !Is(v, e.On, e.Place) || v.WasMade)] },
            MonitoringSuspended e => was with { Stage = MonitoringStage.Suspended, Interruptions = [.. was.Interruptions, e.Interruption] },
            MonitoringExtended e => was with { Interruptions = [.. was.Interruptions, e.Interruption], Limit = e.Limit, Missed = Without(was.Missed, TermName.UnscheduledLength) },
            InterruptionAnnounced e => was with
            {
                Interruptions = [.. was.Interruptions.Select(i => i.AnnouncedAt is null ? i with { AnnouncedAt = e.At } : i)],
                Missed = Without(was.Missed, TermName.SuspensionNotice),
            },
            MonitoringResumed e => was with
            {
                Stage = MonitoringStage.Opened,
                Limit = e.Limit,
                Interruptions = [.. was.Interruptions.Select(i => i.Suspends && i.EndedOn is null ? i with { EndedOn = e.On } : i)],
                Missed = Without(was.Missed, TermName.PeriodEnd, TermName.UnscheduledLength),
            },
            AppealWithdrawn e => was with { Stage = MonitoringStage.Withdrawn, Termination = e.Notice, Missed = [] },
            MonitoringTerminated => was with { Stage = MonitoringStage.Terminated },
            ConclusionWritten e => was with { Stage = MonitoringStage.Concluding, Conclusion = e.Number, Drawing = e.Drawing, Missed = [] },
            MonitoringConcluded => was with { Stage = MonitoringStage.Concluded },
            MonitoringTermMissed e => was with { Missed = [.. was.Missed, e.Name] },
            WayNoted e => was with { NotedWays = [.. was.NotedWays, new(e.Way, e.What, LocalDay.Of(e.At))] },
            PatientAsked e => was with { Surveys = [.. was.Surveys, e.Survey] },
            AdditionalFound e => was with { Additional = [.. was.Additional, e.Finding] },
            DocumentsAsked e => was with { Requests = [.. was.Requests, e.Request] },
            DocumentsReceived e => was with { Requests = [.. was.Requests.Select(r => r.Number == e.Number ? r with { Papers = [.. r.Papers, .. e.Papers], AnsweredOn = r.AnsweredOn ?? e.On } : r)] },
            DocumentsNotReceived e => was with { Requests = [.. was.Requests.Select(r => r.Number == e.Number ? r with { IsUnanswered = true } : r)] },
            MonitoringCountedAgain e => was with
            {
                Limit = e.Of(TermName.UnscheduledLength, was.Limit),
                Requests = [.. was.Requests.Select(r => r.IsOpen ? r with { Reply = e.Of(TermName.DocumentReply, r.Reply)! } : r)],
                Interruptions = [.. was.Interruptions.Select(i => i.AnnouncedAt is null ? i with { Notice = e.Of(TermName.SuspensionNotice, i.Notice)! } : i)],
                Drawing = was.Drawing is { } drawing ? drawing with { Term = e.Of(TermName.ConclusionDrawing, drawing.Term)! } : null,
                Termination = e.Of(TermName.TerminationNotice, was.Termination),
                Missed = Without(was.Missed, [.. e.Moved.Select(m => m.Name)]),
            },
            _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of monitoring."),
        };
    }

    private static bool Is(Visit visit, DateOnly on, string place) => visit.On == on && visit.Place == place;

    private static List<TermName> Without(IReadOnlyList<TermName> missed, params TermName[] names) => [.. missed.Except(names)];
}
