using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Scenarios;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>Plays the scenarios of this room: what its phrases do, and what they ask.</summary>
internal sealed class RoomPlay
{
    private readonly Policies policies;
    private readonly Phrases does;
    private readonly Phrases then;
    private readonly List<UnconfirmedCase> concluded = [];

    private ScenarioRow row = null!;
    private DateTimeOffset at;
    private Refusal? refusal;
    private Ground? ground;
    private Conclusion? paper;
    private UnscheduledMonitoring? monitoring;
    private LatentDefect? latent;
    private BranchReport? report;
    private ThresholdOutcome? limits;
    private ContractTerm contract = new("C-1", new(2025, 1, 1), new(2025, 12, 31));
    private NextAct? owed;
    private string stage = "";
    private string? late;
    private Measures taken = Measures.None;
    private int takings;

    public RoomPlay(Policies policies)
    {
        this.policies = policies;
        does = new Phrases()
            .Add("opens monitoring on ground {n}", a => Lead(new OpenMonitoring(at, Actor, ProviderId, Oblast, (OpeningGround)int.Parse(a[0], CultureInfo.InvariantCulture), AppealOf(row.With), row.With, [7, 8])))
            .Add("opens anew on ground {n}", a => { var after = monitoring; monitoring = null; Lead(new OpenMonitoring(at, Actor, ProviderId, Oblast, (OpeningGround)int.Parse(a[0], CultureInfo.InvariantCulture), AppealOf(row.With), row.With, [7], After: after)); })
            .Add("fixes the data", () => Lead(new FixRecords(at, Actor, "hash")))
            .Add("plans a visit on {day}", a => Lead(new PlanVisit(at, Actor, TheLaw.Day(a[0]), "Base 1", [7])))
            .Add("announces the visit of {day}", a => Lead(new AnnounceVisit(at, Actor, TheLaw.Day(a[0]), "Base 1", Channel.Electronic)))
            .Add("makes the visit of {day}", a => Lead(new MakeVisit(at, Actor, TheLaw.Day(a[0]), "Base 1")))
            .Add("suspends from {day} until {day}", a => Lead(new InterruptMonitoring(at, Actor, InterruptionCause.CourtDecision, row.With, TheLaw.Day(a[0]), TheLaw.Day(a[1]), true)))
            .Add("extends from {day} until {day}", a => Lead(new InterruptMonitoring(at, Actor, InterruptionCause.SanitaryDecree, row.With, TheLaw.Day(a[0]), TheLaw.Day(a[1]), false)))
            .Add("announces the interruption", () => Lead(new AnnounceInterruption(at, Actor, Channel.Electronic)))
            .Add("resumes", () => Lead(new ResumeMonitoring(at, Actor)))
            .Add("registers the withdrawal", () => Lead(new WithdrawAppeal(at, Actor, row.With)))
            .Add("announces the end", () => Lead(new AnnounceTermination(at, Actor, Channel.Electronic)))
            .Add("writes the conclusion", () => Lead(new WriteConclusion(at, Actor, "75/1")))
            .Add("notes the signatures", () => Lead(new CloseByConclusion(at, Actor)))
            .Add("closes the term of monitoring", () => Lead(new CloseMonitoringTerm(at, Actor)))
            .Add("drafts a conclusion", () => Do(new DraftConclusion(at, Actor, Head(), Lines(row.With), [])))
            .Add("drafts a conclusion on unconfirmed cases", () => Do(new DraftConclusion(at, Actor, Head(ConclusionForm.UnconfirmedCases), Lines(row.With), [])))
            .Add("drafts a conclusion on HIV care", () => Do(new DraftConclusion(at, Actor, Head(kind: MonitoringKind.Current), Lines(row.With), [])))
            .Add("signs", () => Do(new SignConclusion(at, Actor)))
            .Add("sends it in the system", () => Do(new SendConclusion(at, Actor, Channel.System)))
            .Add("sends it by mail with receipt", () => Do(new SendConclusion(at, Actor, Channel.Electronic)))
            .Add("sends it by registered post", () => Do(new SendConclusion(at, Actor, Channel.Post)))
            .Add("notes its receipt", () => Do(new NoteReceipt(at, Actor, LocalDay.Of(at))))
            .Add("notes its receipt of {day}", a => Do(new NoteReceipt(at, Actor, TheLaw.Day(a[0]))))
            .Add("signs without objection", () => Do(new AcceptConclusion(at, Actor)))
            .Add("objects", () => Do(new ObjectToConclusion(at, Actor, Channel.System, [row.With])))
            .Add("signs with objection", () => Do(new ObjectToConclusion(at, Actor, Channel.System, [])))
            .Add("sends the list", () => Do(new ListObjections(at, Actor, Channel.System, [row.With])))
            .Add("notes a list posted on {day}", a => Do(new ObjectToConclusion(at, Actor, Channel.Post, [row.With], TheLaw.Day(a[0]))))
            .Add("notes a list that came by mail on {day}", a => Do(new ObjectToConclusion(at, Actor, Channel.Electronic, [row.With], ArrivedOn: TheLaw.Day(a[0]))))
            .Add("upholds", () => Do(new ConsiderObjections(at, Actor, row.With)))
            .Add("corrects", () => Do(new ConsiderObjections(at, Actor, "accepted in part", Lines(row.With))))
            .Add("replies", () => Do(new SendReply(at, Actor)))
            .Add("appeals to the state body", () => Do(new AppealResults(at, Actor, row.With)))
            .Add("upholds the results", () => Do(new DecideAppeal(at, Actor, AppealOutcome.Upheld, row.With)))
            .Add("cancels the results", () => Do(new DecideAppeal(at, Actor, AppealOutcome.Cancelled, row.With)))
            .Add("closes the term", () => Do(new CloseConclusionTerm(at, Actor)))
            .Add("has a contract until {day}", a => contract = contract with { Until = TheLaw.Day(a[0]) })
            .Add("is the sole provider", () => contract = contract with { IsSole = new("751110000", "inpatient", row.With, new(2025, 1, 1), null) })
            .Add("signs a conclusion on cases", () => Weigh(null))
            .Add("signs a conclusion with signs of a crime", () => Weigh(new(5, "lawyer", LocalDay.Of(at), "forged signatures")))
            .Add("ends the contract", () => EndContract())
            .Add("closes the month for HIV care", CloseMonth)
            .Add("finds a latent defect paid on {day}", a => Find(TheLaw.Day(a[0])))
            .Add("tells the provider", () => Told(LatentDefects.Notify(latent!, at, Channel.System, at, Terms)))
            .Add("opens its monitoring on ground {n}", a => Told(LatentDefects.Monitor(latent!, at, 5, (OpeningGround)int.Parse(a[0], CultureInfo.InvariantCulture), Terms)))
            .Add("takes the measures of the conclusion", () => Told(LatentDefects.Measure(latent!, at, paper! with { Head = paper.Head with { Monitoring = 5 } }, Terms)))
            .Add("closes the month of the latent defect", () => Told(LatentDefects.Close(latent!, at, Terms)))
            .Add("owes the quarter from {day}", a => Reported(BranchReports.Quarter(Oblast, TheLaw.Day(a[0]), at, Terms)))
            .Add("marks a finding of {day}", a => Reported(BranchReports.OnFinding(new(1, Oblast, ProviderId, "Hospital", "6.1", TheLaw.Day(a[0]), null, Money.OfTenge(10), true), at, Terms)))
            .Add("prepares the report", () => Reported(BranchReports.Prepare(report!, at, [], Terms)))
            .Add("sends the report", () => Reported(BranchReports.Send(report!, at, Terms)))
            .Add("acknowledges the report", () => Reported(BranchReports.Acknowledge(report!, at, row.With, Terms)))
            .Add("closes the term of the report", () => Reported(BranchReports.Close(report!, at, Terms)))
            .Add("writes the letter on an outage until {day}", a => Show("N4", TermName.OutageLetter, OutagePapers.TermOf(new(At(a[0]).AddHours(-8), At(a[0]), "12", LocalDay.Of(at)), Terms)))
            .Add("shows a finding", () => Show("N5", TermName.SameDay, FindingPapers.TermOf(LocalDay.Of(at))));
        then = new Phrases()
            .Add("refused: {reason}", a => { Assert.Equal(a[0], refusal?.Reason); refusal = null; })
            .Add("stage {stage}", a => Assert.Equal(a[0], stage))
            .Add("{owner} owes {term} until {day}", a => Assert.Equal((a[0], a[1], TheLaw.Day(a[2])), (owed?.Owner.ToString(), owed?.Name.ToString(), owed?.Term.Last ?? default)))
            .Add("nothing is owed", () => Assert.Null(owed))
            .Add("overdue", () => Assert.Equal("yes", late))
            .Add("takes {sum} tenge", a => { Assert.Equal(Money.Parse(a[0]), taken.Withheld); Assert.Equal(1, takings); })
            .Add("takes nothing", () => Assert.Equal(0, takings))
            .Add("gives back {sum} tenge", a => Assert.Equal(Money.Parse(a[0]), paper!.Returned.Withheld))
            .Add("versions {n}", a => Assert.Equal(int.Parse(a[0], CultureInfo.InvariantCulture), paper!.Versions.Count))
            .Add("by {paragraph}", a => Assert.Equal(a[0], ground?.Paragraph.ToString()))
            .Add("no letter", () => Assert.Null(limits!.Notice))
            .Add("one letter until {day} by {paragraphs}", a => { Assert.Equal(TheLaw.Day(a[0]), limits!.Notice!.Latest.Last); Assert.Equal(a[1], string.Join(" and ", limits.Notice.Grounds.Select(g => g.Ground.Paragraph))); })
            .Add("a ground for termination", () => Assert.True(limits!.Termination!.Stands))
            .Add("no ground for termination", () => Assert.Null(limits!.Termination))
            .Add("termination is barred", () => Assert.False(limits!.Termination!.Stands))
            .Add("rows in the register {n}", a => Assert.Equal(int.Parse(a[0], CultureInfo.InvariantCulture), UnconfirmedRegister.On(LocalDay.Of(at), concluded, Terms.Policies).Count))
            .Add("recovered by {way}", a => Assert.Equal(a[0], latent!.Recovery));
    }

    /// <summary>The rows of the tables of states that were gone through so far.</summary>
    public HashSet<string> Travelled { get; } = [];

    private Terms Terms => TermsOn(at, policies);

    private Actor Actor => row.Who switch
    {
        "fund" => Clerk,
        "branch" => Branch,
        "provider" => Provider,
        "state body" => StateBody,
        "watch" => Kepil.Fund.Proceedings.Actor.System,
        _ => throw new ScenarioException($"'{row.Who}' is nobody of this room; write fund, branch, provider, state body or watch"),
    };

    public void Row(ScenarioRow next)
    {
        row = next;
        at = At(row.Day);
        _ = Actor;
        refusal = null;
        does.Do(row.Does);
        foreach (var phrase in row.Then.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            then.Do(phrase);
        }

        Assert.True(refusal is null, $"refused: {refusal?.Reason}");
    }

    private void Do(ConclusionCommand command)
    {
        var decided = Conclusions.Decide(paper, command, Terms);
        refusal = decided.Refusal;
        foreach (var happened in decided.Events)
        {
            paper = Conclusion.Apply(paper, happened);
            Travelled.UnionWith(RoomRows.Of(happened, paper));
            ground = happened.Ground;
            takings += happened is MeasuresApplied ? 1 : 0;
        }

        if (paper is not null)
        {
            (stage, owed, late, taken) = (paper.Stage.ToString(), paper.Next, paper.IsOverdue ? "yes" : "no", paper.Applied ?? Measures.None);
        }
    }

    private void Lead(MonitoringCommand command)
    {
        var decided = Monitorings.Decide(monitoring, command, Terms);
        refusal = decided.Refusal;
        monitoring = decided.Events.Aggregate(monitoring, UnscheduledMonitoring.Apply);
        Travelled.UnionWith(decided.Events.SelectMany(RoomRows.Of));
        ground = decided.Events.Count > 0 ? decided.Events[^1].Ground : ground;
        if (monitoring is not null)
        {
            (stage, owed, late) = (monitoring.Stage.ToString(), monitoring.Next, monitoring.IsOverdue ? "yes" : "no");
        }
    }

    private void Told(Decided<LatentEvent> decided)
    {
        refusal = decided.Refusal;
        latent = decided.Events.Aggregate(latent, LatentDefect.Apply);
        Travelled.UnionWith(decided.Events.SelectMany(RoomRows.Of));
        ground = decided.Events.Count > 0 ? decided.Events[^1].Ground : ground;
        if (latent is not null)
        {
            (stage, owed, late) = (latent.Stage.ToString(), latent.Next, latent.IsLate ? "yes" : "no");
        }
    }

    private void Find(DateOnly paid) => Told(LatentDefects.Find(new(ProviderId, "C-1", "S-1", "6.1", paid, false, true, row.With), at, Terms));

    private void Reported(Decided<ReportEvent> decided)
    {
        refusal = decided.Refusal;
        report = decided.Events.Aggregate(report, BranchReport.Apply);
        Travelled.UnionWith(decided.Events.SelectMany(e => RoomRows.Of(e, report!)));
        ground = decided.Events.Count > 0 ? decided.Events[^1].Ground : ground;
        (stage, owed, late) = (report!.Stage.ToString(), report.Next, report.IsOverdue ? "yes" : "no");
    }

    private void Show(string row, TermName name, Term latest)
    {
        Travelled.Add(row);
        owed = new(Party.Fund, name, latest);
    }

    /// <summary>The cell reads: 1: 786400 tenge on 2025-09-05; 2: …</summary>
    private void Weigh(CrimeSigns? crime)
    {
        var cases = row.With.Split("; ").Select(text => text.Split(' ')).Select(p => new UnconfirmedCase(
            long.Parse(p[0].TrimEnd(':'), CultureInfo.InvariantCulture), "5.1", Oblast, ProviderId, "Hospital", "C-1", "K-1", 800101300016, TheLaw.Day(p[4]), Money.Parse(p[1]), Money.Parse(p[1]) * 3,
            "S-" + p[0], TheLaw.Day(p[4]), TheLaw.Day(p[4]))).ToList();
        limits = Thresholds.Weigh(new("75/1", ProviderId, LocalDay.Of(at), contract, cases, concluded, crime), Terms);
        concluded.AddRange(cases);
        Travelled.UnionWith([.. RoomRows.Of(limits), "X2"]);
        if (UnconfirmedRegister.On(LocalDay.Of(at), concluded, Terms.Policies).Count > 0)
        {
            Travelled.Add("X1");
        }
    }

    private void EndContract()
    {
        refusal = ContractEndingDecided.Decide(limits?.Termination, at, Actor, row.With, Terms).Refusal;
        Travelled.UnionWith(refusal is null ? ["X9"] : []);
    }

    private void CloseMonth()
    {
        var (from, to) = HivDuty.PeriodBefore(LocalDay.Of(at), Terms.Policies);
        var duty = Assert.Single(HivDuty.After(from, to, [(ProviderId, Oblast, CareForm.Hiv, from)], Terms));
        (owed, stage) = (new(Party.Fund, TermName.HivConclusion, duty.Term), "Due");
        Travelled.Add("H1");
    }

    /// <summary>The cell reads: S-1 1000; S-2 500 counted elsewhere.</summary>
    private static List<ConclusionLine> Lines(string text) => [.. text.Split("; ").Select(part => part.Split(' ')).Select(p =>
        Line(p[0], long.Parse(p[1], CultureInfo.InvariantCulture), elsewhere: p.Length > 2 && string.Join(' ', p[2..]) == "counted elsewhere"))];

    private static Appeal? AppealOf(string text) => text switch
    {
        "an appeal" => new("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700", Substance: "billed twice"),
        "an appeal without a name" => new("A-1", new(2025, 9, 12), Appellant.NaturalPerson, Substance: "billed twice"),
        "an appeal without substance" => new("A-1", new(2025, 9, 12), Appellant.NaturalPerson, "A person", "+7 700"),
        _ => null,
    };
}
