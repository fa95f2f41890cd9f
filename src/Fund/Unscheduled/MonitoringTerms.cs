using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The terms of unscheduled monitoring: its notices, its period and what suspensions add to it.</summary>
public static class MonitoringTerms
{
    /// <summary>The last day for the notice of a visit, counted back from the visit.</summary>
    [Law("MON-321:7.1")]
    public static Term VisitNotice(DateOnly visit, Terms terms)
    {
        var last = terms.LastDayBefore(TermName.VisitNotice, visit);
        var skipped = new List<DayOff>();
        for (var day = last.AddDays(1); day < visit; day = day.AddDays(1))
        {
            if (terms.Calendar.Off(day) is { } why)
            {
                skipped.Add(new(day, why));
            }
        }

        return new(visit, (int)terms.Law.Parameters.Value("visit_notice", visit), TermUnit.WorkingDay, false, last, skipped);
    }

    /// <summary>Whether a channel may carry the notices whose channel the order does not name.</summary>
    internal static bool MayCarry(Channel channel, Terms terms) => channel == Channel.Electronic || terms.Policies["notice_channel"] == "any_of_paragraph_55";

    /// <summary>The period after an extension: to the new last day, if that is later.</summary>
    internal static Term Prolonged(UnscheduledMonitoring state, DateOnly until) =>
        until > state.Limit!.Last ? Terms.OnDay(until) with { Start = state.Limit.Start } : state.Limit;

    /// <summary>The period after a suspension: each working day from the cause's force until the resumption is added, once.</summary>
    [Law("MON-321:7.2")]
    internal static Term AfterSuspension(UnscheduledMonitoring state, DateOnly resumedOn, Terms terms)
    {
        var suspension = state.Interruptions.Last(i => i.Suspends && i.EndedOn is null);
        return Limit(state, [.. state.Interruptions.Where(i => i.Suspends).Select(i => i == suspension ? i with { EndedOn = resumedOn } : i)], terms);
    }

    /// <summary>The period from the opening, without days of suspension and of confirmed outages.</summary>
    private static Term Limit(UnscheduledMonitoring state, IReadOnlyList<Interruption> suspensions, Terms terms)
    {
        var lost = new Dictionary<DateOnly, Wording>();
        foreach (var suspension in suspensions.Where(s => s.EndedOn is not null))
        {
            for (var day = suspension.From > state.OpenedOn ? suspension.From : state.OpenedOn; day < suspension.EndedOn; day = day.AddDays(1))
            {
                lost[day] = new($"мониторинг тоқтатыла тұрды: {suspension.Document}", $"мониторинг приостановлен: {suspension.Document}", $"monitoring was suspended: {suspension.Document}");
            }
        }

        var counted = terms.Of(TermName.UnscheduledLength, state.OpenedOn, alsoNotCounted: lost);
        var extended = state.Interruptions.Where(i => !i.Suspends).Select(i => i.Until).DefaultIfEmpty(DateOnly.MinValue).Max();
        return extended > counted.Last ? Terms.OnDay(extended) with { Start = state.OpenedOn } : counted;
    }

    /// <summary>A visit that was not announced in time falls away; any other term is flagged once and stays owed.</summary>
    internal static Decided<MonitoringEvent> Close(UnscheduledMonitoring state, DateTimeOffset at, Terms terms)
    {
        var next = state.Next!;
        if (!next.IsOver(at))
        {
            return Refusal.NotYet(Due.Of(next.Name, next.Term));
        }

        // An outage that nobody told this case of lengthens the term instead of ending it.
        if (CountAgain(state, at, terms) is { Events.Count: > 0 } longer)
        {
            return longer;
        }

        if (next.Name == TermName.DocumentReply)
        {
            return state.Requests.Where(r => r.IsOpen && !r.Reply.Includes(at)).Select(r => (MonitoringEvent)new DocumentsNotReceived(
                at, Ground.Of("MON-321:5", terms, terms.Policies["doc_request_no_reply"], ("request", r.Number.ToString(CultureInfo.InvariantCulture)), ("last", Day(r.Reply.Last))), r.Number)).ToArray();
        }

        if (next.Name == TermName.VisitNotice)
        {
            return state.Visits.Where(v => v.AnnouncedAt is null && !v.Notice.Includes(at))
                .Select(v => (MonitoringEvent)new VisitDropped(at, Ground.Of("MON-321:7.1", terms, "not_announced", ("latest", Day(v.Notice.Last))), v.On, v.Place)).ToArray();
        }

        return state.IsOverdue
            ? Refusal.Closed
            : new MonitoringTermMissed(at, Ground.Of(
                TermSource.All.TryGetValue(next.Name, out var source) ? source.Paragraph : "MON-321:7.2", terms, "term_missed", ("term", next.Name.ToString()), ("last", Day(next.Term.Last))), next.Name, next.Term.Last);
    }

    [Law("MON-321:9.1")]
    internal static Decided<MonitoringEvent> CountAgain(UnscheduledMonitoring state, DateTimeOffset at, Terms terms)
    {
        var moved = new List<MovedTerm>();
        void Again(TermName name, Term? stands, Func<Term> count)
        {
            if (stands is not null && count() is var now && now.Last > stands.Last)
            {
                moved.Add(new(name, stands, now));
            }
        }

        if (state.Stage is MonitoringStage.Opened or MonitoringStage.Suspended)
        {
            Again(TermName.UnscheduledLength, state.Limit, () => Limit(state, [.. state.Interruptions.Where(i => i.Suspends)], terms));
            foreach (var request in state.Requests.Where(r => r.IsOpen))
            {
                Again(TermName.DocumentReply, request.Reply, () => terms.Of(TermName.DocumentReply, request.Reply.Start, request.Reply.Length));
            }

            foreach (var told in state.Interruptions.Where(i => i.AnnouncedAt is null))
            {
                Again(TermName.SuspensionNotice, told.Notice, () => terms.Of(TermName.SuspensionNotice, told.Notice.Start));
            }
        }

        if (state.Stage == MonitoringStage.Concluding)
        {
            Again(TermName.ConclusionDrawing, state.Drawing?.Term, () => terms.Of(TermName.ConclusionDrawing, state.Drawing!.Term.Start));
        }

        if (state.Stage == MonitoringStage.Withdrawn)
        {
            Again(TermName.TerminationNotice, state.Termination, () => terms.Of(TermName.TerminationNotice, state.Termination!.Start));
        }

        return moved.Count == 0
            ? new Decided<MonitoringEvent>([], null)
            : new MonitoringCountedAgain(at, Ground.Of("MON-321:9.1", terms, "term_moved",
                ("terms", string.Join("; ", moved.Select(m => $"{m.Name} {Day(m.Was.Last)} > {Day(m.Now.Last)}"))),
                ("cause", moved.Any(m => MovedTerms.CauseOf(m.Now, terms) == "outage") ? "outage" : "calendar"),
                ("letters", string.Join(", ", terms.Outages.Select(o => o.LetterNumber).Distinct()))), moved);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
