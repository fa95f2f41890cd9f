using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Plays a scenario of the procedure: who does what in the words of the list, and what must hold then.</summary>
internal sealed class ProceedingScenario
{
    private readonly TrialCase trial;
    private readonly ScenarioFile file;
    private readonly Phrases acts = new();
    private readonly Phrases expectations = new();
    private readonly HashSet<string> travelled = [];
    private ScenarioRow row = new(0, "", "", "", "", "");
    private Ruling ruling = Ruling.Of();
    private IReadOnlyList<ProceedingEvent> lately = [];

    private ProceedingScenario(ScenarioFile file)
    {
        this.file = file;
        var policies = TheLaw.Book.Policies;
        foreach (var choice in file.All("Policy"))
        {
            var parts = choice.Split('=', StringSplitOptions.TrimEntries);
            policies = policies.With(parts[0], parts[1], new(2025, 8, 1));
        }

        trial = new(policies, sample: file.One("Sample") ?? "0");
        if (file.One("Staff") is { } staff)
        {
            trial.People = [.. staff.Split(';', StringSplitOptions.TrimEntries).Select(Person)];
        }

        KnowActs();
        KnowExpectations();
    }

    /// <summary>Plays a file and says which rows of the tables of states it travelled.</summary>
    public static IReadOnlySet<string> Play(ScenarioFile file)
    {
        Assert.NotEmpty(file.All("Law"));
        var scenario = new ProceedingScenario(file);
        file.Play(scenario.Play);
        return scenario.travelled;
    }

    private DateTimeOffset Moment => TrialCase.Moment(row.Day);

    private DateTimeOffset Received => With("received") is { } text ? TrialCase.Moment(text) : Moment;

    private string Reasons => With("reasons") ?? (With("no reasons") is null && !row.With.Contains("no reasons", StringComparison.Ordinal) ? "by the record of the case" : "");

    private IReadOnlyList<Paper> Papers => [.. Withs("paper").Select(p => new Paper("hash of " + p, p)),
        .. Withs("entry of the MIS").Select(p => new Paper("hash of " + p, p, TrialCase.Moment(p[..10]), FromMis: true))];

    private void Play(ScenarioRow next)
    {
        row = next;
        var before = trial.History.Count;
        acts.Do($"{row.Who} {row.Does}");
        lately = [.. trial.History.Skip(before)];
        Travel(before);
        foreach (var expected in row.Then.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            expectations.Do(expected);
        }

        if (ruling.IsRefused && !row.Then.Contains("refused", StringComparison.Ordinal))
        {
            throw new ScenarioException($"refused: {ruling.Refusal!.Reason} ({ruling.Refusal.Text})");
        }
    }

    private void Travel(int known)
    {
        var state = known == 0 ? null : Proceeding.Replay(trial.History.Take(known));
        foreach (var happened in lately)
        {
            travelled.UnionWith(ProceedingRows.Of(state, happened));
            state = Proceeding.Apply(state, happened);
        }
    }

    private void KnowActs()
    {
        acts.Add("system shows the finding", () => Do(Finding()))
            .Add("system counts the term anew", () => Do(new RecountTerm(Actor.System, Moment)))
            .Add("system looks for a reviewer", () => Do(new AssignReviewer(Actor.System, Moment, trial.People, 42)))
            .Add("watch closes the term", () => Do(new CloseTerm(Actor.System, Moment, With("receipts handled up to") is { } text ? TrialCase.Moment(text) : Moment)))
            .Add("provider objects", () => Do(new FileObjection(TrialCase.Provider, Moment, Received, Reasons, Papers)))
            .Add("provider withdraws the objection", () => Do(new WithdrawObjection(TrialCase.Provider, Moment, Received, Reasons)))
            .Add("provider sends the documents", () => Do(new SendDocuments(TrialCase.Provider, Moment, Received, Papers)))
            .Add("provider explains", () => Do(new ExplainFinding(TrialCase.Provider, Moment, Received, Reasons, Papers)))
            .Add("reviewer agrees", () => Decide(true, trial.Reviewer()))
            .Add("reviewer disagrees", () => Decide(false, trial.Reviewer()))
            .Add("head agrees", () => Decide(true, TrialCase.Head))
            .Add("head disagrees", () => Decide(false, TrialCase.Head))
            .Add("employee {id} agrees", w => Decide(true, new(trial.State.Stage.ReviewerOf(), Number(w[0]), Region(Number(w[0])))))
            .Add("employee {id} disagrees", w => Decide(false, new(trial.State.Stage.ReviewerOf(), Number(w[0]), Region(Number(w[0])))))
            .Add("reviewer asks for documents", () => Do(new RequestDocuments(trial.Reviewer(), Moment, Reasons, With("contract days") is { } days ? (int)Number(days) : null)))
            .Add("reviewer attaches an expert's opinion", () => Do(new AttachOpinion(trial.Reviewer(), Moment, With("expert") ?? "12", new("hash", "opinion"))))
            .Add("branch attaches the conclusion on mortality", () => Do(new AttachConclusion(new(Party.BranchReviewer, trial.State.BranchReviewer, trial.State.Territory), Moment, new("hash", "conclusion"))))
            .Add("head takes the review back", () => Do(new TakeBackReview(TrialCase.Head, Moment, Reasons, With("second person") == "nobody" ? null : TrialCase.Deputy)))
            .Add("fund uses the explanation", () => Do(new CloseGeneral(TrialCase.Head, Moment, Reasons)))
            .Add("state body lets the finding go on", () => Do(new RecordStateBodyResult(TrialCase.Head, Moment, true, Reasons)))
            .Add("state body drops the finding", () => Do(new RecordStateBodyResult(TrialCase.Head, Moment, false, Reasons)))
            .Add("employee {id} goes away", w => Away(Number(w[0]), true))
            .Add("employee {id} comes back", w => Away(Number(w[0]), false))
            .Add("employee {id} moves to region {region}", w => trial.People = [.. trial.People.Select(e => e.Id == Number(w[0]) ? e with { Region = w[1] } : e)])
            .Add("employee {id} gets {load} reviews", w => trial.People = [.. trial.People.Select(e => e.Id == Number(w[0]) ? e with { Load = (int)Number(w[1]) } : e)])
            .Add("employee {id} declares a conflict of interest", w => trial.People = [.. trial.People.Select(e => e.Id == Number(w[0]) ? e with { Conflicts = new HashSet<long> { 5 } } : e)])
            .Add("fund confirms an outage", Outage);
    }

    private void KnowExpectations()
    {
        expectations.Add("{stage} until {day}", w => Stands(w[0], w[1]))
            .Add("no effect on payment", () => Assert.Equal(Effect.None, trial.State.Effect))
            .Add("paid in full", () => Assert.Equal(Effect.PayInFull, trial.State.Effect))
            .Add("reduced by {sum} tenge", w => Assert.Equal((Effect.Reduce, 100 * Number(w[0])), (trial.State.Effect, trial.State.AtRisk)))
            .Add("refused: {reason}", w => Assert.Equal(w[0].Replace(' ', '_'), ruling.Refusal?.Reason))
            .Add("{party} owes the next act", w => Assert.Equal(w[0].Replace(' ', '_'), ProceedingJson.Word(trial.State.Owner)))
            .Add("reviewer {id}", w => Assert.Equal(Number(w[0]), trial.State.Reviewer))
            .Add("reviewer from another region", () => Assert.DoesNotContain(trial.State.ReviewerRegion, trial.State.ExcludedRegions))
            .Add("reviewer from the territory", () => Assert.Equal(trial.State.Territory, trial.State.ReviewerRegion))
            .Add("overdue", () => Assert.True(trial.State.IsOverdue))
            .Add("the head is told", () => Assert.Equal(1, trial.State.Escalation))
            .Add("the central office is told", () => Assert.Equal(2, trial.State.Escalation))
            .Add("nobody is free", () => Assert.Contains(trial.History, e => e is NobodyWasFree))
            .Add("nothing happens", () => Assert.Empty(lately))
            .Add("by {citation}", w => Assert.Contains(w[0], lately.Select(e => Ground(e)?.Paragraph.ToString())))
            .Add("track {track}", w => Assert.Equal(w[0].Replace(' ', '_'), ProceedingJson.Word(trial.State.Track)))
            .Add("not counted: {day}", w => Assert.Contains(TheLaw.Day(w[0]), lately.Select(e => e.To?.Term).OfType<Term>().SelectMany(t => t.Skipped).Select(s => s.Day)))
            .Add("the paper counts", () => Assert.All(Taken(), a => Assert.True(a.Counted)))
            .Add("the paper does not count", () => Assert.All(Taken(), a => Assert.False(a.Counted)))
            .Add("conclusion on mortality until {day}", w => Assert.Equal(TheLaw.Day(w[0]), trial.State.ConclusionDue?.Last))
            .Add("conclusion on mortality is late", () => Assert.True(trial.State.ConclusionMissed))
            .Add("conclusion on mortality is there", () => Assert.True(trial.State.HasConclusion))
            .Add("immaterial", () => Assert.Equal(Severity.Immaterial, TheLaw.Book.Classification.On(new(2025, 9, 1))[trial.State.Code].Severity))
            .Add("{party} sees '{text}'", w => Assert.Contains(w[1], View(w[0])))
            .Add("{party} does not see '{text}'", w => Assert.DoesNotContain(w[1], View(w[0])))
            .Add("final", () => Assert.True(trial.State.IsFinal))
            .Add("{stage}", w => Stands(w[0], null));
    }

    private string View(string party) => System.Text.Json.JsonSerializer.Serialize(
        trial.State.For(Enum.GetValues<Party>().First(p => ProceedingJson.Word(p) == party.Replace(' ', '_')), trial.History, trial.TermsAt(Moment).Policies), ProceedingJson.Options);

    private IEnumerable<Paper> Taken() => lately.SelectMany(e => e switch
    {
        ObjectionFiled o => o.Papers,
        DocumentsSent d => d.Papers,
        _ => [],
    });

    private static Ground? Ground(ProceedingEvent happened) => (Ground?)happened.GetType().GetProperty("Ground")?.GetValue(happened);

    private void Stands(string stage, string? last)
    {
        var known = Enum.GetValues<Stage>().Select(s => ProceedingJson.Word(s).Replace('_', ' ')).ToList();
        if (!known.Contains(stage))
        {
            throw new ScenarioException($"'{stage}' is not a stage and not a known phrase; the nearest stage is '{known.MinBy(k => Phrases.Distance(k, stage))}'");
        }

        Assert.Equal(stage, ProceedingJson.Word(trial.State.Stage).Replace('_', ' '));
        if (last is not null)
        {
            Assert.Equal(TheLaw.Day(last), trial.State.Due?.Last);
        }
    }

    private void Do(ProceedingCommand command) => ruling = trial.Do(command);

    private void Decide(bool agree, Actor by) => Do(new DecideCase(by, Moment, trial.State.Stage, agree, Reasons, [], 1, With("code"), With("code") is null ? null : 100_00));

    private void Outage()
    {
        var span = (With("from") ?? throw new ScenarioException("write 'from: … to …' and 'letter: …'")).Split(" to ");
        trial.Outages = [.. trial.Outages, new(TrialCase.Moment(span[0]), TrialCase.Moment(span[1]), With("letter") ?? "1", TheLaw.Day(row.Day[..10]))];
        Do(new RecountTerm(Actor.System, Moment));
    }

    private void Away(long id, bool away) => trial.People = [.. trial.People.Select(e => e.Id == id ? e with { Away = away } : e)];

    private string Region(long id) => trial.People.First(e => e.Id == id).Region;

    /// <summary>The finding that the lines above the table describe: "code 3.2, form phc, region 75".</summary>
    private ShowFinding Finding()
    {
        var finding = TrialCase.Finding(row.Day, shown: With("shown"));
        foreach (var fact in (With("finding") ?? file.One("Finding") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = fact.IndexOf(' ') is > 0 and var cut ? (fact[..cut], fact[(cut + 1)..]) : (fact, "");
            finding = name switch
            {
                "code" => finding with { Code = value == "none" ? "" : value },
                "form" => finding with { Form = CareForms.Parse(value) },
                "region" => finding with { Places = Places.In(value) },
                "bases" => finding with { Places = finding.Places with { Bases = value.Split(' ') } },
                "worth" => finding with { AtRisk = 100 * Number(value) },
                "detection" => finding with { Detection = Enum.Parse<Detection>(value, ignoreCase: true) },
                "found" => finding with { FoundBy = Enum.Parse<FoundBy>(value, ignoreCase: true) },
                "death" => finding with { Death = Enum.GetValues<Death>().First(d => ProceedingJson.Word(d).Replace('_', ' ') == value) },
                "paid" => finding with { Paid = true },
                "period" => finding with { PeriodEnd = TheLaw.Day(value) },
                "unfixed" => finding with { SnapshotAt = null },
                _ => throw new ScenarioException($"Finding: '{fact}' is not known; write code, form, region, bases, worth, detection, found, death, paid, period or unfixed"),
            };
        }

        return finding;
    }

    private string? With(string name) => Withs(name).FirstOrDefault();

    private IEnumerable<string> Withs(string name) => row.With.Split(';', StringSplitOptions.TrimEntries)
        .Where(w => w.StartsWith(name + ": ", StringComparison.Ordinal)).Select(w => w[(name.Length + 2)..]);

    /// <summary>"101 in 71", "901 central", "101 in 71 load 3".</summary>
    private static Employee Person(string text)
    {
        var words = text.Split(' ');
        var load = Array.IndexOf(words, "load") is > 0 and var at ? (int)Number(words[at + 1]) : 0;
        return TrialCase.Person(Number(words[0]), words[1] == "in" ? words[2] : "", central: words[1] == "central", load: load);
    }

    private static long Number(string text) => long.Parse(text.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
