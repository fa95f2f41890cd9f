using System.Text.Json;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

public sealed class ProceedingTests
{
    [Fact]
    public void Every_kind_of_event_comes_back_from_json_as_it_was()
    {
        var seen = new HashSet<string>();
        foreach (var happened in Histories().SelectMany(h => h))
        {
            var json = ProceedingJson.Write(happened);
            var back = ProceedingJson.Read(json);

            Assert.Equal(json, ProceedingJson.Write(back));
            Assert.Equal(happened.GetType(), back.GetType());
            Assert.StartsWith($"{{\"kind\":\"{ProceedingJson.KindOf(happened)}\"", json, StringComparison.Ordinal);
            seen.Add(ProceedingJson.KindOf(happened));
        }

        var known = typeof(ProceedingEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ProceedingEvent))).Select(t => JsonNamingPolicy.SnakeCaseLower.ConvertName(t.Name)).ToList();
        Assert.Equal(24, known.Count);
        Assert.Empty(known.Except(seen));
    }

    [Fact]
    public void A_history_read_back_makes_the_same_proceeding() =>
        Assert.All(Histories(), history =>
            Assert.Equal(Proceeding.Replay(history), Proceeding.Replay(history.Select(e => ProceedingJson.Read(ProceedingJson.Write(e))))));

    [Fact]
    [Proves("MON-321:33")]
    public void The_second_reviewer_sees_the_same_whoever_reviewed_first()
    {
        string Seen(long first)
        {
            var trial = new TrialCase { People = [TrialCase.Person(first, first == 101 ? "71" : "35"), TrialCase.Person(201, "62", load: 50)] };
            trial.Do(TrialCase.Finding());
            trial.Object("2025-09-16");
            trial.Do(new RequestDocuments(trial.Reviewer(), TrialCase.Moment("2025-09-16 15:00"), "send the chart"));
            trial.Decide("2025-09-17", agree: false);
            trial.Object("2025-09-18");
            Assert.Equal(201, trial.State.Reviewer);
            Assert.Equal(first, trial.State.FirstReviewer);
            return JsonSerializer.Serialize(trial.State.For(Party.SecondReviewer, trial.History, trial.TermsAt(TrialCase.Moment("2025-09-18")).Policies), ProceedingJson.Options);
        }

        Assert.Equal(Seen(101), Seen(333));
        Assert.DoesNotContain("101", Seen(101), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Party.Provider)]
    [InlineData(Party.CentralReviewer)]
    [InlineData(Party.SecondReviewer)]
    [Proves("MON-321:15")]
    public void No_reviewer_limit_or_draw_is_seen_outside_the_fund(Party party)
    {
        foreach (var history in Histories().Where(h => ((FindingShown)h[0]).Track == Track.Potential))
        {
            var state = Proceeding.Replay(history);
            var seen = JsonSerializer.Serialize(state.For(party, history, TheLaw.Book.Policies.On(new(2025, 9, 15))), ProceedingJson.Options);

            foreach (var secret in new[] { "\"person\":101", "\"person\":102", "\"person\":201", "\"person\":202", "\"person\":301", "\"person\":80", "sample", "release", "seed", "second_look", "overdue", "taken_back", "load" })
            {
                Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_second_look_does_not_show_that_it_is_one()
    {
        var trial = new TrialCase(sample: "100");
        trial.Do(TrialCase.Finding());
        trial.Object("2025-09-16");
        var policies = trial.TermsAt(TrialCase.Moment("2025-09-16")).Policies;
        var first = JsonSerializer.Serialize(trial.State.For(Party.BranchReviewer, trial.History, policies) with { Until = null }, ProceedingJson.Options);
        trial.Decide("2025-09-17", agree: true);

        Assert.Equal(Stage.SecondLook, trial.State.Stage);
        Assert.Equal(first, JsonSerializer.Serialize(trial.State.For(Party.BranchReviewer, trial.History, policies) with { Until = null, Owner = "branch_reviewer" }, ProceedingJson.Options));
    }

    [Fact]
    public void Every_decision_keeps_who_where_why_when_until_when_and_by_what_law()
    {
        foreach (var decided in Histories().SelectMany(h => h).OfType<CaseDecided>())
        {
            Assert.NotEqual(0, decided.By.Id);
            Assert.NotEmpty(decided.Reasons);
            Assert.True(decided.Due.Last > decided.Due.Start);
            Assert.Equal(new DateOnly(2025, 8, 1), decided.Ground.Edition);
            Assert.NotNull(TheLaw.Book.Provisions.Find(decided.Ground.Paragraph));
            Assert.NotEmpty(decided.Ground.Inputs);
        }
    }

    [Fact]
    [Proves("MON-321:9.1")]
    public void A_withdrawn_day_off_never_shortens_a_running_term()
    {
        // The calendar knows a day off until it is withdrawn; the provider may rely on what it was told.
        var trial = new TrialCase();
        trial.Do(TrialCase.Finding());
        var longer = new Terms(TheLaw.Book, new(2025, 9, 16), [new(TrialCase.Moment("2025-09-17 00:00"), TrialCase.Moment("2025-09-18 00:00"), "12", new(2025, 9, 16))]);
        var extended = Assert.Single(Procedure.Decide(trial.State, new RecountTerm(Actor.System, TrialCase.Moment("2025-09-16")), longer).Events);
        var after = Proceeding.Apply(trial.State, extended);

        Assert.Empty(Procedure.Decide(after, new RecountTerm(Actor.System, TrialCase.Moment("2025-09-16")), trial.TermsAt(TrialCase.Moment("2025-09-16"))).Events);
        Assert.Equal(new DateOnly(2025, 9, 23), after.Due!.Last);
    }

    [Theory]
    [InlineData("attachments", "repeat_only", "no_attachments")]
    [InlineData("post_freeze", "reject", "after_freeze")]
    public void Papers_are_refused_where_the_installation_chose_so(string policy, string value, string reason)
    {
        var trial = new TrialCase(TheLaw.Book.Policies.With(policy, value, new(2025, 8, 1)));
        trial.Do(TrialCase.Finding());

        Assert.Equal(reason, trial.Object("2025-09-16", "reasons", new Paper("ff", "new paper", TrialCase.Moment("2025-09-16"))).Refusal!.Reason);
    }

    [Fact]
    public void Every_refusal_speaks_three_languages()
    {
        var due = new Due(TermName.Objection, new(2025, 9, 15), 5, new(2025, 9, 22), TrialCase.Moment("2025-09-23 00:00"));
        var all = typeof(Refusal).GetFields().Where(f => f.FieldType == typeof(Refusal)).Select(f => (Refusal)f.GetValue(null)!)
            .Concat([Refusal.TooLate(due), Refusal.NotYet(due), Refusal.NotPossible("closed"), Refusal.AfterFreeze("x"), Refusal.CodeNotApplicable("5.2", "drg")]).ToList();

        Assert.Equal(all.Count, all.Select(r => r.Reason).Distinct().Count());
        Assert.All(all, r => Assert.All(Wording.Languages, l => Assert.NotEmpty(r.Text.In(l))));
    }

    /// <summary>Courses of events in which everything happens at least once.</summary>
    private static IEnumerable<IReadOnlyList<ProceedingEvent>> Histories()
    {
        TrialCase Start(ShowFinding finding, string sample = "0", string? policy = null, string value = "")
        {
            var trial = new TrialCase(policy is null ? null : TheLaw.Book.Policies.With(policy, value, new(2025, 8, 1)), sample);
            Assert.False(trial.Do(finding).IsRefused);
            return trial;
        }

        var silent = Start(TrialCase.Finding());
        silent.Object("2025-09-16");
        silent.Do(new WithdrawObjection(TrialCase.Provider, TrialCase.Moment("2025-09-17"), TrialCase.Moment("2025-09-17"), "settled"));
        silent.Close("2025-09-24");
        yield return silent.History;

        var looked = Start(TrialCase.Finding(), sample: "100", policy: "objections_per_stage", value: "several");
        looked.Object("2025-09-16", "reasons", new Paper("ff", "chart", TrialCase.Moment("2025-09-01"), FromMis: true));
        looked.Object("2025-09-17", "and more");
        looked.Decide("2025-09-18", agree: true);
        looked.Close("2025-09-30");
        looked.Close("2025-10-03");
        looked.Decide("2025-10-03 15:00", agree: false);
        looked.Decide("2025-10-06", agree: false);
        looked.Object("2025-10-07");
        looked.Decide("2025-10-08", agree: true);
        looked.Decide("2025-10-09", agree: false);
        Assert.Equal(Stage.ConfirmedByCentral, looked.State.Stage);
        yield return looked.History;

        var open = Start(TrialCase.Finding(), policy: "silence_after_confirm", value: "keep_open");
        open.Outages = [new(TrialCase.Moment("2025-09-17 00:00"), TrialCase.Moment("2025-09-18 00:00"), "12", new(2025, 9, 18))];
        open.Do(new RecountTerm(Actor.System, TrialCase.Moment("2025-09-18")));
        open.People = [];
        open.Object("2025-09-19");
        open.Close("2025-09-24");
        open.People = TrialCase.Staff;
        open.Do(new AssignReviewer(Actor.System, TrialCase.Moment("2025-09-24"), TrialCase.Staff, 1));
        open.Decide("2025-09-25", agree: false);
        open.Close("2025-10-01");
        open.Decide("2025-10-02", agree: true);
        Assert.Equal(Stage.RejectedByHead, open.State.Stage);
        yield return open.History;

        var lapsed = Start(TrialCase.Finding(), policy: "reviewer_timeout", value: "reject_finding");
        lapsed.Object("2025-09-16");
        lapsed.Close("2025-09-30");
        yield return lapsed.History;

        var infant = Start(TrialCase.Finding(code: "9.0", form: CareForm.Phc, death: Death.InfantOutpatient));
        infant.Do(new RequestDocuments(infant.Reviewer(), TrialCase.Moment("2025-09-16"), "the record"));
        infant.Close("2025-09-20");
        infant.Do(new SendDocuments(TrialCase.Provider, TrialCase.Moment("2025-09-22"), TrialCase.Moment("2025-09-22"), [new("aa", "record")]));
        infant.Do(new AttachOpinion(infant.Reviewer(), TrialCase.Moment("2025-09-22"), "118", new("bb", "opinion")));
        infant.Decide("2025-09-23", agree: true);
        infant.Close("2025-10-05");
        infant.Do(new AttachConclusion(new(Party.BranchReviewer, 751, "75"), TrialCase.Moment("2025-10-06"), new("cc", "conclusion")));
        yield return infant.History;

        var general = Start(TrialCase.Finding(detection: Detection.General));
        general.Do(new ExplainFinding(TrialCase.Provider, TrialCase.Moment("2025-09-16"), TrialCase.Moment("2025-09-16"), "because", []));
        general.Do(new CloseGeneral(TrialCase.Head, TrialCase.Moment("2025-09-17"), "used"));
        yield return general.History;

        var maternal = Start(TrialCase.Finding(death: Death.Maternal));
        maternal.Do(new RecordStateBodyResult(TrialCase.Head, TrialCase.Moment("2025-09-30"), true, "examined"));
        yield return maternal.History;
    }
}
