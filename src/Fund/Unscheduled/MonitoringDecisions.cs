using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>What may be done in unscheduled monitoring at each stage, and what comes of it.</summary>
public static class Monitorings
{
    /// <summary>The events that an act brings, or why it is not taken; the state is nothing before the opening.</summary>
    public static Decided<MonitoringEvent> Decide(UnscheduledMonitoring? state, MonitoringCommand command, Terms terms)
    {
        if (command is OpenMonitoring open)
        {
            return state is null ? Open(open, terms) : Refusal.NotPossible(state.Stage.ToString());
        }

        if (state is null)
        {
            return Refusal.NotPossible("-");
        }

        if (state.IsFinal)
        {
            return Refusal.Closed;
        }

        if (command.By.Party == Party.StateBody || command.By.Party == Party.Provider && (command is not HandDocuments || command.By.Id != state.ProviderId))
        {
            return Refusal.WrongParty;
        }

        return (state.Stage, command) switch
        {
            (_, CloseMonitoringTerm c) => MonitoringTerms.Close(state, c.At, terms),
            (_, CountMonitoringAgain c) => MonitoringTerms.CountAgain(state, c.At, terms),
            (_, FixRecords c) => Fix(c, terms),
            (MonitoringStage.Opened or MonitoringStage.Suspended, NoteWay c) => MonitoringNotes.Note(c, terms),
            (MonitoringStage.Opened, AskPatient c) => MonitoringNotes.Ask(state, c, terms),
            (MonitoringStage.Opened, NoteAdditional c) => MonitoringNotes.Found(c, terms),
            (MonitoringStage.Opened, AskForDocuments c) => Ask(state, c, terms),
            (MonitoringStage.Opened or MonitoringStage.Suspended or MonitoringStage.Concluding, HandDocuments c) => Hand(state, c, terms),
            (MonitoringStage.Opened, PlanVisit c) => Plan(state, c, terms),
            (MonitoringStage.Opened, AnnounceVisit c) => Announce(state, c, terms),
            (MonitoringStage.Opened, MakeVisit c) => Make(state, c, terms),
            (MonitoringStage.Opened or MonitoringStage.Suspended, DropVisit c) => Drop(state, c, terms),
            (MonitoringStage.Opened, InterruptMonitoring c) => Interrupt(state, c, terms),
            (MonitoringStage.Suspended, InterruptMonitoring { Suspends: false } c) => Interrupt(state, c, terms),
            (MonitoringStage.Opened or MonitoringStage.Suspended, AnnounceInterruption c) => AnnounceInterruption(state, c, terms),
            (MonitoringStage.Suspended, ResumeMonitoring c) => Resume(state, c, terms),
            (MonitoringStage.Opened or MonitoringStage.Suspended or MonitoringStage.Concluding, WithdrawAppeal c) => Withdraw(state, c, terms),
            (MonitoringStage.Withdrawn, AnnounceTermination c) => Terminate(state, c, terms),
            (MonitoringStage.Opened, WriteConclusion c) => Write(c, terms),
            (MonitoringStage.Concluding, CloseByConclusion c) => new MonitoringConcluded(c.At, Ground.Of("MON-321:54", terms, "concluded", ("conclusion", state.Conclusion!))),
            _ => Refusal.NotPossible(state.Stage.ToString()),
        };
    }

    [Law("MON-321:51.1")]
    [Law("MON-321:51.2")]
    [Law("MON-321:51.3")]
    [Law("MON-321:51.4")]
    [Law("MON-321:51.5")]
    [Law("MON-321:51.6")]
    [Law("MON-321:51.7")]
    [Law("MON-321:51.8")]
    [Law("MON-321:52.1")]
    [Law("MON-321:52.2")]
    private static Decided<MonitoringEvent> Open(OpenMonitoring command, Terms terms)
    {
        if (command.By.Party is Party.Provider or Party.StateBody)
        {
            return Refusal.WrongParty;
        }

        if (OpeningGrounds.IsAppeal(command.Opening))
        {
            if (command.Appeal is not { } appeal)
            {
                return UnscheduledRefusals.NoAppeal;
            }

            var (anonymous, empty) = (appeal.IsAnonymous(terms.Policies), !appeal.HasSubstance);
            if (anonymous || empty)
            {
                var why = Ground.Of(anonymous ? "MON-321:52.1" : "MON-321:52.2", terms, "not_conducted",
                    ("appeal", appeal.Number), ("anonymous", YesNo(anonymous)), ("without_substance", YesNo(empty)), ("anon_rule", terms.Policies["anon_rule"]));
                return new MonitoringRefused(command.At, why, command.ProviderId, command.Region, command.Opening, appeal, command.Facts);
            }
        }
        else if (string.IsNullOrWhiteSpace(command.Facts))
        {
            return UnscheduledRefusals.NoFacts;
        }

        if (command.Opening == OpeningGround.HealthLawBreached && terms.Policies["ground_reading"] == "by_letter" && !command.FoundByProvider)
        {
            return UnscheduledRefusals.GroundByLetter;
        }

        if (command.After is { Stage: MonitoringStage.Withdrawn or MonitoringStage.Terminated }
            && (terms.Policies["reopen_own_ground"] != "true" || !OpeningGrounds.IsOfTheFund(command.Opening)))
        {
            return UnscheduledRefusals.NotReopened;
        }

        if (command.Team.Count == 0)
        {
            return UnscheduledRefusals.NoTeam;
        }

        var ground = Ground.Of(OpeningGrounds.Citation(command.Opening).ToString(), terms, "opened",
            ("appeal", command.Appeal?.Number ?? ""), ("provider", command.ProviderId.ToString(CultureInfo.InvariantCulture)));
        return new MonitoringOpened(
            command.At, ground, command.ProviderId, command.Region, command.Opening, command.Appeal, command.Facts, command.Team,
            terms.Of(TermName.UnscheduledLength, LocalDay.Of(command.At)));
    }

    [Law("MON-321:8")]
    private static Decided<MonitoringEvent> Fix(FixRecords command, Terms terms) =>
        string.IsNullOrWhiteSpace(command.Hash)
            ? Refusal.NoSnapshot
            : new RecordsFixed(command.At, Ground.Of("MON-321:8", terms, "fixed", ("hash", command.Hash)), new(command.At, command.By.Id, command.Hash));

    /// <summary>What the systems do not hold is asked for in writing; the term of the reply is that of the policy.</summary>
    [Law("MON-321:5")]
    [Law("MON-321:6.3")]
    private static Decided<MonitoringEvent> Ask(UnscheduledMonitoring state, AskForDocuments command, Terms terms)
    {
        if (string.IsNullOrWhiteSpace(command.What))
        {
            return Refusal.WithoutReasons;
        }

        var number = state.Requests.Count + 1;
        var reply = terms.Of(TermName.DocumentReply, LocalDay.Of(command.At), command.ContractDays);
        var ground = Ground.Of("MON-321:5", terms, "documents_asked",
            ("request", number.ToString(CultureInfo.InvariantCulture)), ("until", Day(reply.Last)), ("doc_request_reply_days", terms.Policies["doc_request_reply_days"]));
        return new DocumentsAsked(command.At, ground, new(number, command.What.Trim(), command.At, command.Channel, reply, []));
    }

    /// <summary>Documents that come late are taken too, as long as monitoring goes on.</summary>
    [Law("MON-321:5")]
    private static Decided<MonitoringEvent> Hand(UnscheduledMonitoring state, HandDocuments command, Terms terms)
    {
        if (state.Requests.FirstOrDefault(r => r.Number == command.Number) is not { } request)
        {
            return UnscheduledRefusals.NoSuchRequest;
        }

        return command.Papers.Count == 0
            ? UnscheduledRefusals.NoPapers
            : new DocumentsReceived(
                command.At, Ground.Of("MON-321:5", terms, "documents_received", ("late", YesNo(!request.Reply.Includes(command.At)))), command.Number, LocalDay.Of(command.At), command.Papers);
    }

    [Law("MON-321:7.1")]
    private static Decided<MonitoringEvent> Plan(UnscheduledMonitoring state, PlanVisit command, Terms terms)
    {
        var notice = MonitoringTerms.VisitNotice(command.On, terms);
        if (!notice.Includes(command.At))
        {
            return UnscheduledRefusals.VisitTooSoon(notice.Last);
        }

        return state.Visits.Any(v => v.On == command.On && v.Place == command.Place)
            ? Refusal.NotPossible(state.Stage.ToString())
            : new VisitPlanned(command.At, Ground.Of("MON-321:7.1", terms, "visit_planned", ("visit", Day(command.On))), new(command.On, command.Place, command.Persons, notice));
    }

    /// <summary>The provider is told before the last moment, after the data were fixed, by a channel that confirms receipt.</summary>
    [Law("MON-321:7.1")]
    private static Decided<MonitoringEvent> Announce(UnscheduledMonitoring state, AnnounceVisit command, Terms terms)
    {
        if (state.Visits.FirstOrDefault(v => v.On == command.On && v.Place == command.Place && v.AnnouncedAt is null) is not { } visit)
        {
            return UnscheduledRefusals.NoSuchVisit;
        }

        if (command.Channel != Channel.Electronic)
        {
            return UnscheduledRefusals.ChannelNotAllowed;
        }

        if (!visit.Notice.Includes(command.At))
        {
            return UnscheduledRefusals.VisitTooSoon(visit.Notice.Last);
        }

        return state.IsFixedBefore(command.At)
            ? new VisitAnnounced(command.At, Ground.Of("MON-321:7.1", terms, "visit_announced", ("visit", Day(command.On)), ("latest", Day(visit.Notice.Last))), command.On, command.Place, command.Channel)
            : Refusal.NoSnapshot;
    }

    private static Decided<MonitoringEvent> Make(UnscheduledMonitoring state, MakeVisit command, Terms terms) =>
        state.Visits.Any(v => v.On == command.On && v.Place == command.Place && v.AnnouncedAt is not null && !v.WasMade) && command.On <= LocalDay.Of(command.At)
            ? new VisitMade(command.At, Ground.Of("MON-321:7.1", terms, "visit_made"), command.On, command.Place)
            : UnscheduledRefusals.NoSuchVisit;

    private static Decided<MonitoringEvent> Drop(UnscheduledMonitoring state, DropVisit command, Terms terms) =>
        state.Visits.Any(v => v.On == command.On && v.Place == command.Place && !v.WasMade)
            ? new VisitDropped(command.At, Ground.Of("MON-321:7.1", terms, "visit_given_up"), command.On, command.Place)
            : UnscheduledRefusals.NoSuchVisit;

    [Law("MON-321:7.2")]
    private static Decided<MonitoringEvent> Interrupt(UnscheduledMonitoring state, InterruptMonitoring command, Terms terms)
    {
        if (terms.Policies["suspend_scope"] == "visits" && state.Visits.Count == 0)
        {
            return UnscheduledRefusals.OnlyVisits;
        }

        if (string.IsNullOrWhiteSpace(command.Document) || command.Until < command.InForceOn)
        {
            return UnscheduledRefusals.PeriodMissing;
        }

        var notice = terms.Of(TermName.SuspensionNotice, command.InForceOn);
        var interruption = new Interruption(command.Cause, command.Document, command.InForceOn, command.Until, command.Suspends, notice);
        var ground = Ground.Of("MON-321:7.2", terms, command.Suspends ? "suspended" : "extended",
            ("cause", command.Cause.ToString()), ("document", command.Document), ("in_force_on", Day(command.InForceOn)), ("until", Day(command.Until)));
        return command.Suspends
            ? new MonitoringSuspended(command.At, ground, interruption)
            : new MonitoringExtended(command.At, ground, interruption, MonitoringTerms.Prolonged(state, command.Until));
    }

    [Law("MON-321:7.2")]
    private static Decided<MonitoringEvent> AnnounceInterruption(UnscheduledMonitoring state, AnnounceInterruption command, Terms terms)
    {
        if (state.Interruptions.FirstOrDefault(i => i.AnnouncedAt is null) is not { } interruption)
        {
            return UnscheduledRefusals.NothingToAnnounce;
        }

        if (!MonitoringTerms.MayCarry(command.Channel, terms))
        {
            return UnscheduledRefusals.ChannelNotAllowed;
        }

        return state.IsFixedBefore(command.At)
            ? new InterruptionAnnounced(command.At, Ground.Of("MON-321:7.2", terms, "announced", ("late", YesNo(!interruption.Notice.Includes(command.At)))), command.Channel)
            : Refusal.NoSnapshot;
    }

    private static Decided<MonitoringEvent> Resume(UnscheduledMonitoring state, ResumeMonitoring command, Terms terms)
    {
        var day = LocalDay.Of(command.At);
        var limit = MonitoringTerms.AfterSuspension(state, day, terms);
        return new MonitoringResumed(command.At, Ground.Of("MON-321:7.2", terms, "resumed", ("limit", Day(limit.Last))), day, limit);
    }

    [Law("MON-321:7.3")]
    private static Decided<MonitoringEvent> Withdraw(UnscheduledMonitoring state, WithdrawAppeal command, Terms terms)
    {
        if (!OpeningGrounds.IsAppeal(state.Opening))
        {
            return UnscheduledRefusals.NoAppeal;
        }

        var notice = terms.Of(TermName.TerminationNotice, LocalDay.Of(command.At));
        return new AppealWithdrawn(command.At, Ground.Of("MON-321:7.3", terms, "appeal_withdrawn", ("document", command.Document)), command.Document, notice);
    }

    [Law("MON-321:7.3")]
    private static Decided<MonitoringEvent> Terminate(UnscheduledMonitoring state, AnnounceTermination command, Terms terms)
    {
        if (!MonitoringTerms.MayCarry(command.Channel, terms))
        {
            return UnscheduledRefusals.ChannelNotAllowed;
        }

        return state.IsFixedBefore(command.At)
            ? new MonitoringTerminated(command.At, Ground.Of("MON-321:7.3", terms, "terminated", ("late", YesNo(!state.Termination!.Includes(command.At)))), command.Channel)
            : Refusal.NoSnapshot;
    }

    private static Decided<MonitoringEvent> Write(WriteConclusion command, Terms terms)
    {
        var drawing = new NextAct(Party.Fund, TermName.ConclusionDrawing, terms.Of(TermName.ConclusionDrawing, LocalDay.Of(command.At)));
        return new ConclusionWritten(command.At, Ground.Of("MON-321:54", terms, "conclusion_written", ("conclusion", command.Number)), command.Number, drawing);
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
