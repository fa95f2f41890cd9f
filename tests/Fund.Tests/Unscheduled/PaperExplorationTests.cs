using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Proceedings;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>Every state of what is led beside monitoring: latent defects, reports of a branch, the letter of the limits and the end of a contract.</summary>
public sealed class PaperExplorationTests(ITestOutputHelper output)
{
    /// <summary>What is done with a latent defect.</summary>
    private sealed record LatentAct(DateTimeOffset At, Func<LatentDefect, Terms, Decided<LatentEvent>> Does);

    /// <summary>What is done with a report.</summary>
    private sealed record ReportAct(DateTimeOffset At, Func<BranchReport, Terms, Decided<ReportEvent>> Does);

    [Theory]
    [InlineData("", "")]
    [InlineData("late_latent", "measure_lost")]
    [InlineData("month_rule", "thirty_days")]
    [Proves("MON-321:53")]
    public void A_latent_defect_is_told_once_monitored_once_and_measured_once(string policy, string value)
    {
        var policies = policy.Length == 0 ? TheLaw.Book.Policies : TheLaw.Book.Policies.With(policy, value, TheLaw.Day("2025-08-01"));
        var start = At("2025-09-12");
        var facts = new LatentFacts(ProviderId, "C-1", "S-1", "6.1", TheLaw.Day("2025-08-20"), false, true, "no record", Oblast, "hash");
        Terms Known(DateTimeOffset at) => TermsOn(at, policies);
        var walked = new Explored<LatentDefect, LatentAct, LatentEvent>((state, act) => act.Does(state!, Known(act.At)), LatentDefect.Apply, act => act.At, Key, s => s.IsFinal)
            .From(LatentDefects.Find(facts, start, Known(start)).Events, start, Acts, Holds, 2_000);
        output.WriteLine($"latent {policy}={value}: {walked.Places} places, {walked.Steps} steps");

        LatentStage[] ends = [LatentStage.MeasuresApplied, LatentStage.WithoutMeasures];
        Assert.Equal(policy == "late_latent" ? [.. ends, LatentStage.Lost] : ends, walked.Ended.Select(l => l.Stage).Distinct().Order());

        static string Key(LatentDefect s, DateTimeOffset now) => string.Join('|', s.Stage, s.NotifiedOn is not null, s.Monitoring, s.IsLate, s.Measures?.Withheld, s.Next?.Name, !s.Notice.Includes(now));

        void Holds(LatentDefect state, DateTimeOffset now, IReadOnlyList<LatentEvent> history)
        {
            Assert.Equal(state.Measures is not null, history.Count(e => e is LatentMeasured) == 1);
            Assert.True(history.Count(e => e is LatentNotified) <= 1 && history.Count(e => e is LatentMonitored) <= 1 && history.Count(e => e is LatentNoticeMissed) <= 1);
            // One owner and one term, until its monitoring has its own, or it has ended.
            Assert.Equal(state.IsFinal || state.NotifiedOn is not null && state.Monitoring is not null, state.Next is null);
            Assert.True(state.Next is null || state.Next.Owner == Party.Fund);
            // Lateness takes nothing by itself, but by the policy that says so.
            Assert.True(state.Stage != LatentStage.Lost || policy == "late_latent" && state.Measures is null);
            Assert.True(!state.IsLate || !state.Notice.Includes(now));
        }

        IEnumerable<LatentAct> Acts(LatentDefect state, DateTimeOffset now)
        {
            foreach (var at in new[] { now, state.Notice.EndsAt > now ? state.Notice.EndsAt : now })
            {
                yield return new(at, (s, t) => LatentDefects.Notify(s, at, Channel.Electronic, at, t));
                yield return new(at, (s, t) => LatentDefects.Notify(s, at, Channel.Electronic, null, t));
                yield return new(at, (s, t) => LatentDefects.Monitor(s, at, 5, OpeningGround.UnconfirmedCases, t));
                yield return new(at, (s, t) => LatentDefects.Monitor(s, at, 6, OpeningGround.ContractBreached, t));
                yield return new(at, (s, t) => LatentDefects.Monitor(s, at, 7, OpeningGround.ConsumerAppeal, t));
                foreach (var monitoring in new[] { 5L, 6L })
                {
                    yield return new(at, (s, t) => LatentDefects.Measure(s, at, Concluded(monitoring, true), t));
                    yield return new(at, (s, t) => LatentDefects.Measure(s, at, Concluded(monitoring, false), t));
                    yield return new(at, (s, t) => LatentDefects.Measure(s, at, Open(monitoring), t));
                }

                yield return new(at, (s, t) => LatentDefects.Close(s, at, t));
            }
        }
    }

    [Theory]
    [InlineData(ReportKind.Quarterly, "", "")]
    [InlineData(ReportKind.Quarterly, "quarter_report_due", "fifteenth_calendar_day")]
    [InlineData(ReportKind.StateBody, "", "")]
    [InlineData(ReportKind.StateBody, "admin_clock", "detection")]
    [Proves("MON-321:16")]
    [Proves("MON-321:17")]
    public void A_report_is_owed_until_it_was_sent_and_is_late_once(ReportKind kind, string policy, string value)
    {
        var policies = policy.Length == 0 ? TheLaw.Book.Policies : TheLaw.Book.Policies.With(policy, value, TheLaw.Day("2025-08-01"));
        var start = At("2025-10-01");
        Terms Known(DateTimeOffset at) => TermsOn(at, policies);
        var finding = new ReportedFinding(1, Oblast, ProviderId, "A clinic", "5.1", TheLaw.Day("2025-09-26"), TheLaw.Day("2025-09-29"), Money.OfTenge(1_000), true, "signs");
        IReadOnlyList<ReportEvent> due = kind == ReportKind.Quarterly ? [BranchReports.Quarter(Oblast, TheLaw.Day("2025-07-01"), start, Known(start))] : BranchReports.OnFinding(finding, start, Known(start)).Events;
        var walked = new Explored<BranchReport, ReportAct, ReportEvent>((state, act) => act.Does(state!, Known(act.At)), BranchReport.Apply, act => act.At, Key, s => s.Stage == ReportStage.Acknowledged)
            .From(due, start, Acts, Holds, 500);
        output.WriteLine($"{kind} {policy}={value}: {walked.Places} places, {walked.Steps} steps");

        Assert.Equal([false, true], walked.Ended.Select(r => r.IsOverdue).Distinct().Order());

        static string Key(BranchReport s, DateTimeOffset now) => string.Join('|', s.Stage, s.IsOverdue, s.Rows.Count, s.SentOn is not null, s.AcknowledgedBy, !s.Term.Includes(now));

        static void Holds(BranchReport state, DateTimeOffset now, IReadOnlyList<ReportEvent> history)
        {
            Assert.Equal(state.Stage is ReportStage.Due or ReportStage.Prepared, state.Next is { Owner: Party.Fund });
            Assert.True(history.Count(e => e is ReportSent) <= 1 && history.Count(e => e is ReportAcknowledged) <= 1 && history.Count(e => e is ReportOverdue) <= 1);
            // Late is what was sent after its last moment, or was not there at it; nothing else, and it stays late.
            Assert.Equal(history.Any(e => e is ReportOverdue || e is ReportSent && !state.Term.Includes(e.At)), state.IsOverdue);
            Assert.True(!state.IsOverdue || !state.Term.Includes(now));
        }

        IEnumerable<ReportAct> Acts(BranchReport state, DateTimeOffset now)
        {
            foreach (var at in new[] { now, state.Term.EndsAt > now ? state.Term.EndsAt : now })
            {
                yield return new(at, (s, t) => BranchReports.Prepare(s, at, [], t));
                yield return new(at, (s, t) => BranchReports.Prepare(s, at, BranchReports.Rows(s, [finding], t), t));
                yield return new(at, (s, t) => BranchReports.Send(s, at, t));
                yield return new(at, (s, t) => BranchReports.Acknowledge(s, at, "A-1", t));
                yield return new(at, (s, t) => BranchReports.Close(s, at, t));
            }
        }
    }

    /// <summary>All orders of three conclusions of two contracts, three months and three sums: the limit itself, one tiyn more, and half of it.</summary>
    [Fact]
    [Proves("MON-321:19.2")]
    [Proves("MON-321:20.1")]
    [Proves("MON-321:20.3")]
    public void Every_order_of_three_conclusions_brings_the_letters_and_the_ground_that_a_naive_count_brings()
    {
        // 200 and 800 monthly indices of 2025, 3 932 tenge each; written by hand.
        const long month = 200 * 3_932_00, contract = 800 * 3_932_00;
        long[] sums = [month / 2, month, month + 1, contract + 1];
        string[] contracts = ["C-1", "C-2"];
        int[] months = [9, 10, 11];
        var alphabet = (from c in contracts from m in months from s in sums select (Contract: c, Month: m, Sum: s)).ToList();
        var terms = TermsOn(At("2025-12-10"));
        var last = new NaiveDays(TheLaw.Book.Folder).Last(terms.Today, 10, terms.Today, new HashSet<DateOnly>());
        var (letters, grounds) = (0, 0);
        foreach (var order in from a in alphabet from b in alphabet from c in alphabet select new[] { a, b, c })
        {
            var earlier = new List<UnconfirmedCase>();
            foreach (var (place, one) in order.Index())
            {
                var on = new DateOnly(2025, one.Month, 15);
                var now = new UnconfirmedCase(place + 1, "5.1", Oblast, ProviderId, "A clinic", one.Contract, "K", 800101300016, on.AddDays(-9), new(one.Sum), new(one.Sum), "S-" + place, on, on, TheLaw.Day("2025-12-10"));
                var outcome = Thresholds.Weigh(new("N-" + place, ProviderId, TheLaw.Day("2025-12-10"), new(one.Contract, new(2025, 1, 1), new(2025, 12, 31)), [now], [.. earlier]), terms);
                earlier.Add(now);
                var before = order[..(place + 1)];
                List<string> naive = [];
                if (before.Where(o => o.Month == one.Month).Sum(o => o.Sum) > month)
                {
                    naive.Add("MON-321:19.2");
                }

                if (before.Where(o => o.Contract == one.Contract).Sum(o => o.Sum) > contract)
                {
                    naive.Add("MON-321:20.1");
                }

                // Two months of this contract above the limit, this one among them.
                var above = months.Where(m => before.Where(o => o.Contract == one.Contract && o.Month == m).Sum(o => o.Sum) > month).ToList();
                Assert.Equal(naive, outcome.Notice?.Grounds.Select(g => g.Ground.Paragraph.ToString()) ?? []);
                Assert.Equal(above.Contains(one.Month) && above.Count > 1, outcome.Termination is not null);
                Assert.True(outcome.Notice is null || outcome.Notice.Grounds.All(g => g.Term.Last == last));
                (letters, grounds) = (letters + (outcome.Notice is null ? 0 : 1), grounds + (outcome.Termination is null ? 0 : 1));

                // Nobody but the head's side of the Fund ends a contract, only on a ground, and never of itself.
                foreach (var by in new[] { Provider, StateBody, Branch, Actor.System })
                {
                    Assert.NotNull(ContractEndingDecided.Decide(outcome.Termination, terms.Today.At(), by, "repeated", terms).Refusal);
                }

                Assert.Equal(outcome.Termination is null, ContractEndingDecided.Decide(outcome.Termination, terms.Today.At(), Clerk, "repeated", terms).Refusal is not null);
            }
        }

        output.WriteLine($"{alphabet.Count * alphabet.Count * alphabet.Count} orders, {letters} letters, {grounds} grounds for ending a contract");
    }

    private static Conclusion Concluded(long monitoring, bool takes) => new LedConclusion()
        .Drafted("2025-10-20", Head() with { Monitoring = monitoring }, Line(tenge: takes ? 1_000 : 0))
        .Do(new SignConclusion(At("2025-10-20"), Clerk), new SignConclusion(At("2025-10-20"), Branch), new SendConclusion(At("2025-10-20"), Clerk, Channel.System), new AcceptConclusion(At("2025-10-20"), Provider)).Now;

    private static Conclusion Open(long monitoring) => new LedConclusion().Signed("2025-10-20", Head() with { Monitoring = monitoring }).Now;
}

/// <summary>A day as the moment at which offices work.</summary>
file static class Hours
{
    public static DateTimeOffset At(this DateOnly day) => LocalDay.At(day, new(10, 0));
}
