using System.Text.Json;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>Every state that monitoring and its conclusion can reach when acts, silence and the clock come in any order.</summary>
public sealed class ExplorationTests
{
    private const int Bound = 60_000;

    [Theory]
    [InlineData("", "")]
    [InlineData("apply_on_reply", "after_appeal")]
    [InlineData("no_signature_no_answer", "ask_again")]
    [InlineData("appeal_suspends", "true")]
    [InlineData("p58_reply", "later")]
    [InlineData("list_same_day", "refuse")]
    [InlineData("receipt_rules", "contract")]
    [InlineData("reviewer_timeout", "reject_finding")]
    public void A_conclusion_has_one_owner_and_one_term_until_it_is_final_and_takes_money_once(string policy, string value)
    {
        var policies = policy.Length == 0 ? TheLaw.Book.Policies : TheLaw.Book.Policies.With(policy, value, TheLaw.Day("2025-08-01"));
        var onDay = new Dictionary<DateOnly, Terms>();
        Terms Known(DateTimeOffset at) => onDay.TryGetValue(LocalDay.Of(at), out var terms) ? terms : onDay[LocalDay.Of(at)] = TermsOn(at, policies);
        var draft = new DraftConclusion(At("2025-09-12"), Clerk, Head(), [Line("S-1", 1_000), Line("S-2", 500)], []);
        var start = Conclusion.Apply(null, Assert.Single(Conclusions.Decide(null, draft, TermsOn(draft.At, policies)).Events));
        var seen = new Dictionary<string, bool>();
        var queue = new Queue<(Conclusion State, DateTimeOffset Now, int Applied)>([(start, draft.At, 0)]);
        var finals = new HashSet<ConclusionStage>();

        while (queue.TryDequeue(out var one))
        {
            if (!seen.TryAdd(Key(one.State, one.Now), true))
            {
                continue;
            }

            Assert.True(seen.Count < Bound, "more states than a conclusion can have");
            Assert.True(one.Applied <= 1, "money changed twice");
            Assert.True(one.State.Returned.Withheld <= (one.State.Applied?.Withheld ?? Money.Zero), "more was given back than taken");
            Assert.Equal(one.State.IsFinal, one.State.Next is null);
            Assert.Equal(one.Applied == 1, one.State.Applied is not null);
            if (one.State.IsFinal)
            {
                finals.Add(one.State.Stage);
                Assert.All(Acts(one.State, one.Now), act => Assert.Equal("closed", Conclusions.Decide(one.State, act, Known(act.At)).Refusal?.Reason));
                Assert.Equal(one.State.Stage != ConclusionStage.Discarded, one.State.Applied is not null);
                continue;
            }

            var ways = 0;
            foreach (var act in Acts(one.State, one.Now))
            {
                // Sending may be repeated without end; a fortnight of it shows what it does.
                if (act is SendConclusion && LocalDay.Of(act.At) > TheLaw.Day("2025-09-26") && one.State.Stage == ConclusionStage.Sent)
                {
                    continue;
                }

                var step = Conclusions.Decide(one.State, act, Known(act.At));
                if (step.Refusal is null && step.Events.Count > 0)
                {
                    ways++;
                    var next = step.Events.Aggregate(one.State, (s, e) => Conclusion.Apply(s, e));
                    queue.Enqueue((next, act.At, one.Applied + step.Events.Count(e => e is MeasuresApplied)));
                }
            }

            Assert.True(ways > 0, $"{one.State.Stage} at {one.Now:yyyy-MM-dd} has no way on");
        }

        Assert.Superset(new HashSet<ConclusionStage> { ConclusionStage.Accepted, ConclusionStage.DeemedAccepted, ConclusionStage.Final, ConclusionStage.Discarded }, finals);
        Assert.DoesNotContain(ConclusionStage.Delivered, finals);
    }

    [Fact]
    public void Monitoring_has_one_owner_and_one_term_until_it_is_over()
    {
        var onDay = new Dictionary<DateOnly, Terms>();
        Terms Known(DateTimeOffset at) => onDay.TryGetValue(LocalDay.Of(at), out var terms) ? terms : onDay[LocalDay.Of(at)] = TermsOn(at);
        var appeal = new Appeal("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700", Substance: "billed twice");
        var open = new OpenMonitoring(At("2025-09-12"), Clerk, ProviderId, Oblast, OpeningGround.ConsumerAppeal, appeal, null, [7]);
        var start = UnscheduledMonitoring.Apply(null, Monitorings.Decide(null, open, TermsOn(open.At)).Events[0]);
        var seen = new HashSet<string>();
        var queue = new Queue<(UnscheduledMonitoring State, DateTimeOffset Now, int Depth)>([(start, open.At, 0)]);
        var finals = new HashSet<MonitoringStage>();
        while (queue.TryDequeue(out var one))
        {
            if (!seen.Add(JsonSerializer.Serialize(one.State with { Records = [.. one.State.Records.Take(1)] })))
            {
                continue;
            }

            Assert.True(seen.Count < Bound, "more states than monitoring can have");
            Assert.Equal(one.State.IsFinal, one.State.Next is null);
            if (one.State.IsFinal)
            {
                finals.Add(one.State.Stage);
                continue;
            }

            Assert.Equal(Party.Fund, one.State.Next!.Owner);
            var ways = 0;
            foreach (var act in Acts(one.Now, one.State))
            {
                var step = Monitorings.Decide(one.State, act, Known(act.At));
                ways += step.Refusal is null ? 1 : 0;
                if (step.Events.Count > 0 && one.Depth < 7)
                {
                    queue.Enqueue((step.Events.Aggregate(one.State, (s, e) => UnscheduledMonitoring.Apply(s, e)), act.At, one.Depth + 1));
                }
            }

            Assert.True(ways > 0, $"{one.State.Stage} at {one.Now:yyyy-MM-dd} has no way on");
        }

        Assert.Equal([MonitoringStage.Concluded, MonitoringStage.Terminated], finals.OrderBy(f => f.ToString(), StringComparer.Ordinal).Select(f => f));
    }

    /// <summary>Each act now and after the running term is over; with the clock by itself.</summary>
    private static IEnumerable<ConclusionCommand> Acts(Conclusion state, DateTimeOffset now)
    {
        var over = state.Next?.Term.EndsAt ?? now.AddDays(1);
        if (over < now)
        {
            over = now;
        }

        foreach (var at in new[] { now, over })
        {
            yield return new SignConclusion(at, Clerk);
            yield return new SignConclusion(at, Branch);
            yield return new DiscardConclusion(at, Clerk);
            yield return new SendConclusion(at, Clerk, Channel.System);
            yield return new SendConclusion(at, Clerk, Channel.Electronic);
            yield return new SendConclusion(at, Clerk, Channel.Post);
            yield return new NoteReceipt(at, Clerk, LocalDay.Of(at));
            yield return new AcceptConclusion(at, Provider);
            yield return new ObjectToConclusion(at, Provider, Channel.System, ["no"]);
            yield return new ObjectToConclusion(at, Provider, Channel.System, []);
            yield return new ListObjections(at, Provider, Channel.Electronic, ["no"]);
            yield return new ConsiderObjections(at, Branch, "upheld");
            yield return new ConsiderObjections(at, Branch, "partly", [Line("S-1", 1_000)]);
            yield return new SendReply(at, Branch);
            yield return new AppealResults(at, Provider, "A-1");
            yield return new DecideAppeal(at, StateBody, AppealOutcome.Upheld, "D-1");
            yield return new DecideAppeal(at, StateBody, AppealOutcome.Cancelled, "D-1");
            yield return new CloseConclusionTerm(at, Actor.System);
        }
    }

    private static IEnumerable<MonitoringCommand> Acts(DateTimeOffset now, UnscheduledMonitoring state)
    {
        var visit = TheLaw.Day("2025-10-01");
        var over = state.Next!.Term.EndsAt > now ? state.Next.Term.EndsAt : now;
        foreach (var at in new[] { now, over })
        {
            yield return new FixRecords(at, Clerk, "hash");
            yield return new PlanVisit(at, Clerk, visit, "Base 1", [7]);
            yield return new AnnounceVisit(at, Clerk, visit, "Base 1", Channel.Electronic);
            yield return new InterruptMonitoring(at, Clerk, InterruptionCause.Emergency, "E-1", LocalDay.Of(at), LocalDay.Of(at).AddDays(9), true);
            yield return new AnnounceInterruption(at, Clerk, Channel.Electronic);
            yield return new ResumeMonitoring(at, Clerk);
            yield return new WithdrawAppeal(at, Clerk, "W-1");
            yield return new AnnounceTermination(at, Clerk, Channel.Electronic);
            yield return new WriteConclusion(at, Clerk, "75/1");
            yield return new CloseByConclusion(at, Clerk);
            yield return new CloseMonitoringTerm(at, Actor.System);
        }
    }

    /// <summary>What tells two states apart: all but the moments at which they were reached.</summary>
    private static string Key(Conclusion state, DateTimeOffset now) => string.Join('|',
        state.Stage, string.Join(',', state.SignedBy.Order()), state.SignedOn, state.SentBy, state.SentOn, state.ReceivedOn, state.ObjectionTerm?.Last, state.AskedAgain, state.ObjectedOn,
        state.ListWasLate, state.Versions.Count, state.Current.Withheld, state.Applied?.Withheld, state.Returned.Withheld, state.IsStayed, state.Outcome, string.Join(',', state.Missed),
        state.Next?.Name, state.Next?.Owner, state.Next?.Term.Last, LocalDay.Of(now));
}
