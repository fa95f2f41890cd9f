using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>The answer to a command: what happened, or why nothing did.</summary>
public sealed record Ruling(IReadOnlyList<ProceedingEvent> Events, Refusal? Refusal)
{
    public bool IsRefused => Refusal is not null;

    public static Ruling Of(params IReadOnlyList<ProceedingEvent> events) => new(events, null);

    public static implicit operator Ruling(Refusal refusal) => new([], refusal);

    public static implicit operator Ruling(ProceedingEvent happened) => new([happened], null);
}

/// <summary>The procedure of order № 68 for current monitoring: what may happen to a proceeding, and what follows.</summary>
public static partial class Procedure
{
    /// <summary>The events that a command brings about, or the refusal; the caller applies the events.</summary>
    public static Ruling Decide(Proceeding? state, ProceedingCommand command, Terms terms)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(terms);
        if (command is ShowFinding show)
        {
            return state is null ? Show(show, terms) : Refusal.NotPossible(Word(state.Stage));
        }

        if (state is null)
        {
            return Refusal.NotPossible("—");
        }

        // Whoever acts before a confirmed outage was counted here has the longer term all the same.
        if (command is not (CloseTerm or RecountTerm) && Lengthen(state, command.At, terms) is { } longer)
        {
            var then = Decide(Proceeding.Apply(state, longer), command, terms);
            return then.IsRefused ? then : then with { Events = [longer, .. then.Events] };
        }

        return command switch
        {
            FileObjection c => File(state, c, terms),
            WithdrawObjection c => Withdraw(state, c, terms),
            AssignReviewer c => Assign(state, c, terms),
            DecideCase c => DecideOn(state, c, terms),
            TakeBackReview c => TakeBack(state, c, terms),
            CloseTerm c => Close(state, c, terms),
            RecountTerm c => Recount(state, c, terms),
            ClearReview c => Clear(state, c, terms),
            RequestDocuments c => Request(state, c, terms),
            SendDocuments c => Send(state, c, terms),
            AttachOpinion c => Attach(state, c, terms),
            AttachConclusion c => Conclude(state, c, terms),
            ExplainFinding c => Explain(state, c),
            CloseGeneral c => CloseGeneralFinding(state, c),
            RecordStateBodyResult c => Release(state, c, terms),
            _ => throw new ArgumentException($"The procedure does not know {command.GetType().Name}.", nameof(command)),
        };
    }

    /// <summary>A finding is shown on the day of detection; what is frozen then does not change any more, and a general one costs nothing whatever its code.</summary>
    [Law("MON-321:12")]
    [Law("MON-321:22")]
    [Law("MON-321:23")]
    [Law("MON-321:24")]
    private static Ruling Show(ShowFinding c, Terms terms)
    {
        var day = terms.Policies["edition_rule"] == "service" ? c.ServiceOn : LocalDay.Of(c.DetectedAt);
        if (c.Code.Length > 0 && !terms.Law.Classification.On(day).Resolve(c.Code, c.Form, terms.Policies).IsApplicable)
        {
            return Refusal.CodeNotApplicable(c.Code, c.Form.Word());
        }

        if (c.SnapshotAt is not { } fixedAt || fixedAt > c.ShownAt || c.SnapshotHash.Length == 0)
        {
            return Refusal.NoSnapshot;
        }

        var choice = TrackChoice.Of(c, terms);
        var to = choice switch
        {
            { Track: Track.General } => new Step(Stage.Recorded, Party.Provider, Effect.None, TermName.PeriodEnd, Terms.OnDay(c.PeriodEnd ?? EndOfMonth(c.ShownAt))),
            { Track: Track.Death or Track.NotInContract } => Queue(Stage.BranchQueue, c.At, Effect.None),
            { Track: Track.Hidden or Track.Unscheduled } => Step.Final(Stage.PassedToUnscheduled, Effect.None),
            { Track: Track.NotMonitored } => Step.Final(Stage.NotMonitored, Effect.None),
            { Held: true } => At(Stage.Held, Party.StateBody, TermName.StateBodyResult, LocalDay.Of(c.ShownAt), terms),
            _ => At(Stage.AwaitingObjection, Party.Provider, TermName.Objection, terms.ObjectionStart(c.DetectedAt, c.ShownAt), terms),
        };
        return new FindingShown(
            c.At, to, c.By, c.Id, c.FindingId, c.LineId, c.ProviderId, c.Code, c.Form, c.Detection, c.FoundBy, c.Death, choice.Track,
            c.Places.Territory(terms.Policies), Excluded(c, terms.Policies), c.Billed, choice.Track == Track.General ? 0 : c.AtRisk, c.DetectedAt, c.ShownAt, c.SnapshotHash, fixedAt, choice.Ground);
    }

    /// <summary>Regions whose employees do not review; of what a reviewer found himself, his own branch is one of them.</summary>
    private static string Excluded(ShowFinding c, PoliciesOnDay policies)
    {
        var dispute = c.Places.Excluded(policies);
        return c.FoundBy != FoundBy.Review || c.By.Region.Length == 0 ? dispute
            : string.Join(',', dispute.Split(',', StringSplitOptions.RemoveEmptyEntries).Append(c.By.Region).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>What the state body found on a maternal death lets an ordinary finding go on, or ends it.</summary>
    [Law("MON-321:40.1")]
    private static Ruling Release(Proceeding state, RecordStateBodyResult c, Terms terms)
    {
        if (state.Stage != Stage.Held)
        {
            return NotNow(state);
        }

        if (c.By.Party is not (Party.Fund or Party.StateBody))
        {
            return Refusal.WrongParty;
        }

        return Empty(c.Reasons) ? Refusal.WithoutReasons : new StateBodyResultRecorded(
            c.At,
            c.GoesOn
                ? At(Stage.AwaitingObjection, Party.Provider, TermName.Objection, terms.ObjectionStart(state.DetectedAt, c.At), terms)
                : Step.Final(Stage.NotMonitored, Effect.PayInFull),
            c.By, c.GoesOn, c.Reasons, Ground.Of("MON-321:40.1", terms, c.GoesOn ? "goes_on" : "dropped"));
    }

    /// <summary>Explanations to general findings have no term and no effect on payment.</summary>
    [Law("MON-321:25")]
    private static Ruling Explain(Proceeding state, ExplainFinding c)
    {
        if (state.Track != Track.General)
        {
            return NotNow(state);
        }

        if (c.By.Party != Party.Provider)
        {
            return Refusal.WrongParty;
        }

        var due = state.Due;
        return Empty(c.Reasons) ? Refusal.WithoutReasons : new FindingExplained(
            c.At,
            state.Stage == Stage.Recorded ? new Step(Stage.Explained, Party.Fund, Effect.None, due!.Name, Terms.OnDay(due.Last)) : null,
            c.By, c.ReceivedAt, c.Reasons, c.Papers);
    }

    [Law("MON-321:25")]
    private static Ruling CloseGeneralFinding(Proceeding state, CloseGeneral c) =>
        state.IsFinal ? Refusal.Closed
        : state.Stage != Stage.Explained ? NotNow(state)
        : c.By.Party != Party.Fund ? Refusal.WrongParty
        : new GeneralClosed(c.At, Step.Final(Stage.Closed, Effect.None), c.By, c.Reasons);

    private static DateOnly EndOfMonth(DateTimeOffset moment)
    {
        var day = LocalDay.Of(moment);
        return new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1);
    }

    /// <summary>A stage with the term that begins with it.</summary>
    private static Step At(Stage stage, Party owner, TermName name, DateOnly start, Terms terms) =>
        new(stage, owner, Effect.None, name, terms.Of(name, start));

    /// <summary>A stage that waits for the distribution, which acts on the same day.</summary>
    private static Step Queue(Stage queue, DateTimeOffset at, Effect effect) =>
        new(queue, Party.System, effect, TermName.SameDay, Terms.OnDay(LocalDay.Of(at)));

    /// <summary>The refusal of an act that the stage does not allow.</summary>
    private static Refusal NotNow(Proceeding state) => state.IsFinal ? Refusal.Closed : Refusal.NotPossible(Word(state.Stage));

    private static bool Empty(string reasons) => string.IsNullOrWhiteSpace(reasons);

    private static string Word(Stage stage) => ProceedingJson.Word(stage);
}
