using System.Globalization;
using System.Text.Json.Serialization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Where a latent defect stands.</summary>
public enum LatentStage
{
    Discovered,
    Notified,
    InMonitoring,
    MeasuresApplied,

    /// <summary>Its monitoring brought nothing.</summary>
    WithoutMeasures,

    /// <summary>By a policy that is not the default: not told in time, no measure.</summary>
    Lost,
}

/// <summary>What a latent defect is about.</summary>
/// <param name="PaidOn">Day on which the service was paid; nothing while it was not.</param>
/// <param name="WasFoundBefore">Whether monitoring had found it already.</param>
/// <param name="ContractWasBroken">Whether the contract was not or improperly performed.</param>
/// <param name="Snapshot">Hash of the record of the service, fixed when the defect was found.</param>
/// <param name="Sum">What the classification withholds for it.</param>
public sealed record LatentFacts(
    long ProviderId, string Contract, string Service, string Code, DateOnly? PaidOn, bool WasFoundBefore, bool ContractWasBroken, string What,
    string Region = "", string? Snapshot = null, DateOnly? ServedOn = null, Money? Sum = null);

/// <summary>A defect that monitoring had not found and that came to light after payment.</summary>
[Law("MON-321:53")]
public sealed record LatentDefect(LatentFacts Facts, LatentStage Stage, DateOnly FoundOn, Term Notice)
{
    public DateOnly? NotifiedOn { get; init; }

    public long? Monitoring { get; init; }

    /// <summary>The month went by before the provider was told.</summary>
    public bool IsLate { get; init; }

    public Measures? Measures { get; init; }

    /// <summary>How the money comes back, by the policy.</summary>
    public string? Recovery { get; init; }

    public bool IsFinal => Stage is LatentStage.MeasuresApplied or LatentStage.WithoutMeasures or LatentStage.Lost;

    /// <summary>The notice first, then the opening of monitoring on the same day; within monitoring its own terms run.</summary>
    public NextAct? Next =>
        IsFinal ? null
        : NotifiedOn is null ? new(Party.Fund, TermName.HiddenDefectNotice, Notice)
        : Stage == LatentStage.Notified ? new(Party.Fund, TermName.SameDay, Terms.OnDay(NotifiedOn.Value))
        : null;

    public static LatentDefect Apply(LatentDefect? state, LatentEvent happened) => happened switch
    {
        LatentFound e => new(e.Facts, LatentStage.Discovered, LocalDay.Of(e.At), e.Notice),
        LatentNotified e => state! with { NotifiedOn = LocalDay.Of(e.At), Stage = state.Stage == LatentStage.Discovered ? LatentStage.Notified : state.Stage },
        LatentMonitored e => state! with { Monitoring = e.Monitoring, Stage = LatentStage.InMonitoring },
        LatentNoticeMissed e => state! with { IsLate = true, Stage = e.IsLost ? LatentStage.Lost : state.Stage },
        LatentMeasured e => state! with { Measures = e.Measures, Recovery = e.Recovery, Stage = e.Measures == Measures.None ? LatentStage.WithoutMeasures : LatentStage.MeasuresApplied },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a latent defect."),
    };
}

/// <summary>Something that happened to a latent defect.</summary>
[JsonDerivedType(typeof(LatentFound), "found")]
[JsonDerivedType(typeof(LatentNotified), "notified")]
[JsonDerivedType(typeof(LatentMonitored), "monitored")]
[JsonDerivedType(typeof(LatentNoticeMissed), "notice_missed")]
[JsonDerivedType(typeof(LatentMeasured), "measured")]
public abstract record LatentEvent(DateTimeOffset At, Ground Ground);

/// <summary>It was found.</summary>
public sealed record LatentFound(DateTimeOffset At, Ground Ground, LatentFacts Facts, Term Notice) : LatentEvent(At, Ground);

/// <summary>The provider was told.</summary>
public sealed record LatentNotified(DateTimeOffset At, Ground Ground, Channel By) : LatentEvent(At, Ground);

/// <summary>Unscheduled monitoring was opened for it.</summary>
public sealed record LatentMonitored(DateTimeOffset At, Ground Ground, long Monitoring) : LatentEvent(At, Ground);

/// <summary>The month ran out before the provider was told.</summary>
public sealed record LatentNoticeMissed(DateTimeOffset At, Ground Ground, bool IsLost) : LatentEvent(At, Ground);

/// <summary>The conclusion of its monitoring took effect, or took nothing.</summary>
public sealed record LatentMeasured(DateTimeOffset At, Ground Ground, Measures Measures, string Recovery) : LatentEvent(At, Ground);

/// <summary>What may be done with a latent defect.</summary>
[Law("MON-321:53")]
public static class LatentDefects
{
    public static Decided<LatentEvent> Find(LatentFacts facts, DateTimeOffset at, Terms terms)
    {
        if (facts.PaidOn is not { } paid || facts.WasFoundBefore || !facts.ContractWasBroken || string.IsNullOrWhiteSpace(facts.What))
        {
            return UnscheduledRefusals.NotFromHere;
        }

        var found = LocalDay.Of(at);
        var within = terms.Policies["latent_lookback"] == "three_years" ? found <= paid.AddYears(3) : found.Year == paid.Year;
        return found < paid || !within
            ? UnscheduledRefusals.TooFarBack
            : new LatentFound(at, Ground.Of("MON-321:53", terms, "found", ("service", facts.Service), ("paid_on", Day(paid))), facts, terms.Of(TermName.HiddenDefectNotice, found));
    }

    /// <param name="fixedAt">When the data were fixed; nothing while they were not.</param>
    public static Decided<LatentEvent> Notify(LatentDefect state, DateTimeOffset at, Channel by, DateTimeOffset? fixedAt, Terms terms) =>
        state.IsFinal ? Refusal.Closed
        : state.NotifiedOn is not null ? Refusal.NotPossible(state.Stage.ToString())
        : fixedAt is null || fixedAt > at ? Refusal.NoSnapshot
        : new LatentNotified(at, Ground.Of("MON-321:53", terms, "notified", ("late", state.Notice.Includes(at) ? "no" : "yes")), by);

    public static Decided<LatentEvent> Monitor(LatentDefect state, DateTimeOffset at, long monitoring, OpeningGround opening, Terms terms) =>
        state.IsFinal ? Refusal.Closed
        : state.Monitoring is not null ? Refusal.NotPossible(state.Stage.ToString())
        : !OpeningGrounds.IsOfTheFund(opening) ? UnscheduledRefusals.NotReopened
        : new LatentMonitored(at, Ground.Of("MON-321:53", terms, "monitored", ("ground", OpeningGrounds.Citation(opening).ToString())), monitoring);

    /// <summary>What the conclusion of its monitoring came to; recovery goes the way of the policy.</summary>
    public static Decided<LatentEvent> Measure(LatentDefect state, DateTimeOffset at, Conclusion conclusion, Terms terms)
    {
        if (state.IsFinal || state.Stage != LatentStage.InMonitoring)
        {
            return state.IsFinal ? Refusal.Closed : Refusal.NotPossible(state.Stage.ToString());
        }

        if (conclusion.Head.Monitoring != state.Monitoring || conclusion.Applied is null && !conclusion.IsFinal)
        {
            return Refusal.NotPossible(conclusion.Stage.ToString());
        }

        var recovery = terms.Policies["recovery"];
        return new LatentMeasured(at, Ground.Of("MON-321:53", terms, "measured", ("conclusion", conclusion.Head.Number), ("recovery", recovery)), conclusion.Applied ?? Measures.None, recovery);
    }

    public static Decided<LatentEvent> Close(LatentDefect state, DateTimeOffset at, Terms terms)
    {
        if (state.IsFinal || state.NotifiedOn is not null || state.IsLate)
        {
            return Refusal.Closed;
        }

        var lost = terms.Policies["late_latent"] == "measure_lost";
        return state.Notice.Includes(at)
            ? Refusal.NotYet(Due.Of(TermName.HiddenDefectNotice, state.Notice))
            : new LatentNoticeMissed(at, Ground.Of("MON-321:53", terms, lost ? "measure_lost" : "late", ("last", Day(state.Notice.Last))), lost);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
