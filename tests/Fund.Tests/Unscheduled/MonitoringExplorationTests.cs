using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>Every state that unscheduled monitoring can reach: visits, requests, suspensions, extensions, withdrawal, silence, restarts, in any order.</summary>
public sealed class MonitoringExplorationTests(ITestOutputHelper output)
{
    private const int Bound = 60_000;

    private static readonly Appeal Letter = new("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700", Substance: "billed twice");

    /// <param name="visits">At most so many visits; two show what a second one does.</param>
    /// <param name="requests">At most so many requests for documents.</param>
    /// <param name="interruptions">At most so many suspensions and extensions.</param>
    [Theory]
    [InlineData(OpeningGround.ConsumerAppeal, 1, 1, 1, "", "")]
    [InlineData(OpeningGround.ConsumerAppeal, 0, 0, 2, "suspend_scope", "all")]
    [InlineData(OpeningGround.StateBodyAppeal, 2, 1, 0, "notice_channel", "any_of_paragraph_55")]
    [InlineData(OpeningGround.ConsumerAppeal, 0, 1, 1, "unscheduled_max_days", "10")]
    [InlineData(OpeningGround.RiskAnalysis, 0, 2, 1, "", "")]
    [InlineData(OpeningGround.RiskAnalysis, 1, 0, 2, "", "")]
    [InlineData(OpeningGround.UnconfirmedCases, 2, 0, 1, "visit_notice_end", "full_day")]
    [Proves("MON-321:7.1")]
    [Proves("MON-321:7.2")]
    [Proves("MON-321:7.3")]
    [Proves("MON-321:54")]
    public void Monitoring_has_one_owner_and_one_term_until_it_is_over(OpeningGround ground, int visits, int requests, int interruptions, string policy, string value)
    {
        var policies = policy.Length == 0 ? TheLaw.Book.Policies : TheLaw.Book.Policies.With(policy, value, TheLaw.Day("2025-08-01"));
        var outage = new Outage(At("2025-09-22 09:00"), At("2025-09-23 18:00"), "12", TheLaw.Day("2025-09-24"));
        var onDay = new Dictionary<DateOnly, Terms>();
        Terms Known(DateTimeOffset at) => onDay.TryGetValue(LocalDay.Of(at), out var terms) ? terms
            : onDay[LocalDay.Of(at)] = TermsOn(at, policies, LocalDay.Of(at) >= outage.LetterOn ? [outage] : []);
        Decided<MonitoringEvent> Decide(UnscheduledMonitoring? state, MonitoringCommand act) => Monitorings.Decide(state, act, Known(act.At));
        var appeal = OpeningGrounds.IsAppeal(ground);
        var open = new OpenMonitoring(At("2025-09-12"), Clerk, ProviderId, Oblast, ground, appeal ? Letter : null, appeal ? null : "facts", [7]);

        var walked = new Explored<UnscheduledMonitoring, MonitoringCommand, MonitoringEvent>(Decide, UnscheduledMonitoring.Apply, act => act.At, Key, s => s.IsFinal)
            .From(Decide(null, open).Events, open.At, (state, now) => Acts(state, now, visits, requests, interruptions), Holds, Bound);
        output.WriteLine($"{ground} {visits} {requests} {interruptions} {policy}={value}: {walked.Places} places, {walked.Steps} steps");

        Assert.Equal(
            appeal ? [MonitoringStage.Concluded, MonitoringStage.Terminated] : [MonitoringStage.Concluded],
            walked.Ended.Select(m => m.Stage).Distinct().OrderBy(s => s.ToString(), StringComparer.Ordinal));
        Assert.True(walked.Places > 50, $"only {walked.Places} places");

        void Holds(UnscheduledMonitoring state, DateTimeOffset now, IReadOnlyList<MonitoringEvent> history)
        {
            Assert.Equal(state.IsFinal, state.Next is null);
            Assert.True(state.Stage != MonitoringStage.Terminated || history.Any(e => e is AppealWithdrawn) && state.IsFixedBefore(now), "ended without a withdrawal");
            Assert.True(history.Count(e => e is MonitoringConcluded or MonitoringTerminated) <= 1);
            Assert.Equal(state.Stage == MonitoringStage.Suspended, state.Interruptions.Any(i => i.Suspends && i.EndedOn is null) && state.Stage is not (MonitoringStage.Withdrawn or MonitoringStage.Terminated));
            Assert.All(new[] { now, state.Next?.Term.EndsAt ?? now }.SelectMany(ActsOfOthers), act => Assert.True(Decide(state, act).Refusal is not null, $"{act} was taken at {state.Stage}"));
            if (state.Next is not { } next)
            {
                return;
            }

            Assert.Equal(next.Name == TermName.DocumentReply ? Party.Provider : Party.Fund, next.Owner);
            Assert.Equal("term_runs", Decide(state, new CloseMonitoringTerm(next.Term.EndsAt.AddMilliseconds(-1), Actor.System)).Refusal?.Reason);

            // A watch that nobody helps comes to rest: each term is flagged or falls away once, and monitoring ends by no silence.
            var at = state;
            var turns = 0;
            while (Decide(at, new CloseMonitoringTerm(at.Next!.Term.EndsAt, Actor.System)) is { Refusal: null } step)
            {
                Assert.True(step.Events.Count > 0 && turns++ < 12, "silence goes on and on");
                at = step.Events.Aggregate(at, (s, e) => UnscheduledMonitoring.Apply(s, e));
            }

            Assert.Equal((state.Stage, true), (at.Stage, at.IsOverdue));
        }
    }

    [Theory]
    [InlineData(null, " ", null)]
    [InlineData("+7 700", " ... ", null)]
    public void What_is_refused_at_the_opening_has_ended_and_stays_so(string? contact, string substance, string? facts)
    {
        var open = new OpenMonitoring(At("2025-09-12"), Clerk, ProviderId, Oblast, OpeningGround.ConsumerAppeal, Letter with { Contact = contact, Substance = substance }, facts, [7]);
        var state = UnscheduledMonitoring.Apply(null, Assert.Single(Monitorings.Decide(null, open, TermsOn(open.At)).Events));

        Assert.Equal((MonitoringStage.NotConducted, true), (state.Stage, state.IsFinal && state.Next is null));
        Assert.All(Acts(state, open.At, 1, 1, 1).Concat(ActsOfOthers(open.At)), act => Assert.NotNull(Monitorings.Decide(state, act, TermsOn(act.At)).Refusal));
    }

    /// <summary>Each act now and after the running term is over, for days that are told from then.</summary>
    private static IEnumerable<MonitoringCommand> Acts(UnscheduledMonitoring state, DateTimeOffset now, int visits, int requests, int interruptions)
    {
        var over = state.Next?.Term.EndsAt is { } end && end > now ? end : now;
        foreach (var at in new[] { now, over })
        {
            var day = LocalDay.Of(at);
            yield return new FixRecords(at, Clerk, "hash");
            if (state.Visits.Count < visits)
            {
                yield return new PlanVisit(at, Clerk, day.AddDays(6), "Base 1", [7]);
            }

            foreach (var visit in state.Visits)
            {
                yield return new AnnounceVisit(at, Clerk, visit.On, visit.Place, Channel.Electronic);
                yield return new AnnounceVisit(at, Clerk, visit.On, visit.Place, Channel.Post);
                yield return new MakeVisit(LocalDay.At(visit.On, new(10, 0)) is var then && then > at ? then : at, Clerk, visit.On, visit.Place);
                yield return new DropVisit(at, Clerk, visit.On, visit.Place);
            }

            if (state.Requests.Count < requests)
            {
                yield return new AskForDocuments(at, Clerk, "the cards", Channel.Electronic);
            }

            foreach (var request in state.Requests)
            {
                yield return new HandDocuments(at, Provider, request.Number, [new("ff", "card.pdf")]);
            }

            if (state.Interruptions.Count < interruptions)
            {
                yield return new InterruptMonitoring(at, Clerk, InterruptionCause.Emergency, "E-1", day, day.AddDays(9), true);
                yield return new InterruptMonitoring(at, Clerk, InterruptionCause.CourtDecision, "E-2", day, day.AddDays(9), false);
            }

            yield return new AnnounceInterruption(at, Clerk, Channel.Electronic);
            yield return new AnnounceInterruption(at, Clerk, Channel.Post);
            yield return new ResumeMonitoring(at, Clerk);
            yield return new WithdrawAppeal(at, Clerk, "W-1");
            yield return new AnnounceTermination(at, Clerk, Channel.Electronic);
            yield return new WriteConclusion(at, Clerk, "75/1");
            yield return new CloseByConclusion(at, Clerk);
            yield return new CloseMonitoringTerm(at, Actor.System);
            yield return new CountMonitoringAgain(at, Actor.System);
        }

        yield return new NoteWay(now, Clerk, MonitoringWay.DataStudy, "the records of the month");
        yield return new AskPatient(now, Clerk, 5, SurveyWay.Phone, "+7 701", LocalDay.Of(now), [new("Were you there?", "No")], true);
        yield return new NoteAdditional(now, Clerk, new("S-9", "5.1", "no visit", Money.OfTenge(10)));
    }

    /// <summary>What the provider, another one and the state body might try: nothing of it is theirs.</summary>
    private static IEnumerable<MonitoringCommand> ActsOfOthers(DateTimeOffset at)
    {
        var day = LocalDay.Of(at);
        foreach (var by in new[] { Provider, new(Party.Provider, 50140000112, Oblast), StateBody })
        {
            yield return new FixRecords(at, by, "hash");
            yield return new PlanVisit(at, by, day.AddDays(6), "Base 2", [7]);
            yield return new AskForDocuments(at, by, "the cards", Channel.Electronic);
            yield return new InterruptMonitoring(at, by, InterruptionCause.Emergency, "E-1", day, day.AddDays(9), true);
            yield return new AnnounceInterruption(at, by, Channel.Electronic);
            yield return new ResumeMonitoring(at, by);
            yield return new WithdrawAppeal(at, by, "W-1");
            yield return new AnnounceTermination(at, by, Channel.Electronic);
            yield return new WriteConclusion(at, by, "75/1");
            yield return new CloseByConclusion(at, by);
            if (by != Provider)
            {
                yield return new HandDocuments(at, by, 1, [new("ff", "card.pdf")]);
            }
        }
    }

    /// <summary>A state without its days and notes: what was done, what is owed, and whether that is over.</summary>
    private static string Key(UnscheduledMonitoring s, DateTimeOffset now) => string.Join('|',
        s.Stage, s.Records.Count > 0, s.Conclusion,
        string.Join(',', s.Visits.Select(v => $"{v.AnnouncedAt is not null}{v.WasMade}{!v.Notice.Includes(now)}{v.On <= LocalDay.Of(now)}").Order(StringComparer.Ordinal)),
        string.Join(',', s.Requests.Select(r => $"{r.IsOpen}{r.IsUnanswered}{!r.Reply.Includes(now)}").Order(StringComparer.Ordinal)),
        string.Join(',', s.Interruptions.Select(i => $"{i.Suspends}{i.AnnouncedAt is not null}{i.EndedOn is not null}").Order(StringComparer.Ordinal)),
        string.Join(',', s.Missed.Order()), s.Next?.Name, s.Next?.IsOver(now));
}
