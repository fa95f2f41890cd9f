using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Proceedings;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

/// <summary>Where monitoring, its conclusion and a latent defect are led: in memory, or in the real store.</summary>
internal interface IUnscheduledStand
{
    UnscheduledMonitoring? Monitoring { get; }

    Conclusion? Paper { get; }

    LatentDefect? Latent { get; }

    bool Act(MonitoringCommand command, Terms terms);

    bool Act(ConclusionCommand command, Terms terms);

    bool Lead(Func<LatentDefect?, Decided<LatentEvent>> decide);
}

/// <summary>In memory.</summary>
internal sealed class LoneUnscheduled : IUnscheduledStand
{
    public UnscheduledMonitoring? Monitoring { get; private set; }

    public Conclusion? Paper { get; private set; }

    public LatentDefect? Latent { get; private set; }

    public bool Act(MonitoringCommand command, Terms terms)
    {
        var decided = Monitorings.Decide(Monitoring, command, terms);
        Monitoring = decided.Events.Aggregate(Monitoring, (s, e) => UnscheduledMonitoring.Apply(s, e));
        return decided.Refusal is null;
    }

    public bool Act(ConclusionCommand command, Terms terms)
    {
        var decided = Conclusions.Decide(Paper, command, terms);
        Paper = decided.Events.Aggregate(Paper, (s, e) => Conclusion.Apply(s, e));
        return decided.Refusal is null;
    }

    public bool Lead(Func<LatentDefect?, Decided<LatentEvent>> decide)
    {
        var decided = decide(Latent);
        Latent = decided.Events.Aggregate(Latent, (s, e) => LatentDefect.Apply(s, e));
        return decided.Refusal is null;
    }
}

/// <summary>In a database of its own; each history has cases of its own numbers, and what is asked is always read anew.</summary>
internal sealed class StoredUnscheduled : IUnscheduledStand, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-unscheduled-").FullName;
    private readonly UnscheduledStore _store;
    private readonly JournalStore _journal;
    private long _first;

    public StoredUnscheduled(string database)
    {
        using var accounts = AccountsStore.Open(database, _folder).Context();
        _journal = new(DeskSource.Of(accounts).Open, new MovedClock(At("2025-08-20")));
        _store = new(UnscheduledStore.On(accounts), _journal);
    }

    public UnscheduledMonitoring? Monitoring => _store.MonitoringOf(_first + 1);

    public Conclusion? Paper => _store.ConclusionOf(_first + 2);

    public LatentDefect? Latent => _store.LatentOf(_first + 3);

    public void Clear() => _first += 10;

    public bool Act(MonitoringCommand command, Terms terms) => _store.Act(_first + 1, Number("M"), command, terms).Refusal is null;

    public bool Act(ConclusionCommand command, Terms terms) => _store.Act(_first + 2, Number("C"), command, terms).Refusal is null;

    public bool Lead(Func<LatentDefect?, Decided<LatentEvent>> decide) => _store.Lead(_first + 3, Number("L"), Clerk, decide).Refusal is null;

    public void CheckJournal() => Assert.True(_journal.Verify([]).IsSound);

    public void Dispose() => Directory.Delete(_folder, true);

    private string Number(string kind) => kind + _first.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One history: acts drawn at random are done by the product and told to the models, and after each they must agree.</summary>
internal sealed class UnscheduledPlay
{
    private const long Sum = 1_000_00;

    /// <summary>What is known of the law on one late day holds for the whole history, so that no calendar changes in it.</summary>
    private static readonly Terms Terms = new(TheLaw.Book, new(2026, 6, 30));
    private static readonly NaiveDays Days = new(TheLaw.Book.Folder);

    private static readonly Dictionary<ConclusionStage, string> Places = new()
    {
        [ConclusionStage.Drafted] = "draft", [ConclusionStage.Signed] = "signed", [ConclusionStage.Sent] = "sent", [ConclusionStage.WithProvider] = "with provider", [ConclusionStage.ListAwaited] = "list awaited",
        [ConclusionStage.Objected] = "objected", [ConclusionStage.Considered] = "considered", [ConclusionStage.Replied] = "replied", [ConclusionStage.Appealed] = "appealed", [ConclusionStage.Accepted] = "accepted",
        [ConclusionStage.DeemedAccepted] = "deemed accepted", [ConclusionStage.Final] = "final", [ConclusionStage.Discarded] = "discarded",
    };

    private static readonly Dictionary<Party, string> Turns = new() { [Party.Fund] = "fund", [Party.BranchReviewer] = "branch", [Party.Provider] = "provider", [Party.System] = "system", [Party.StateBody] = "state body" };

    private readonly IUnscheduledStand _stand;
    private readonly Random _dice;
    private readonly NaiveMonitoring _monitoring;
    private readonly NaivePaper _paper;
    private readonly List<string> _told = [];
    private readonly DateOnly _monthEnds;
    private DateTimeOffset _now;
    private (bool Told, bool Monitored, bool Late, bool Ended) _latent;

    public UnscheduledPlay(IUnscheduledStand stand, int seed)
    {
        (_stand, _dice) = (stand, new(seed));
        _now = LocalDay.At(new DateOnly(2025, 8, 20).AddDays(_dice.Next(120)), new(10, 0));
        var appeal = _dice.Next(2) == 0;
        Did("opens", _stand.Act(new OpenMonitoring(
            _now, Clerk, ProviderId, Oblast, appeal ? OpeningGround.ConsumerAppeal : OpeningGround.RiskAnalysis,
            appeal ? new Appeal("A-1", Today, Appellant.NaturalPerson, "A person", "+7 700", Substance: "billed twice") : null, appeal ? null : "facts", [7, 8]), Terms), true);
        Did("drafts", _stand.Act(new DraftConclusion(_now, Clerk, Head() with { Monitoring = 5 }, [Line("S-1", Sum / 100)], []), Terms), true);
        Did("finds", _stand.Lead(_ => LatentDefects.Find(new(ProviderId, "C-1", "S-1", "6.1", Today.AddDays(-3), false, true, "no record", Oblast, "hash"), _now, Terms)), true);
        (_monitoring, _paper) = (new(Days, Terms.Today, Today, appeal), new(Days, Terms.Today, Today, Sum));
        _monthEnds = Days.LastOfMonths(Today, 1, Terms.Today);
    }

    /// <summary>What was done, for the one who reads a failure.</summary>
    public string Told => string.Join('\n', _told);

    private DateOnly Today => LocalDay.Of(_now);

    public void Run(int acts)
    {
        Compare();
        for (var i = 0; i < acts; i++)
        {
            Move();
            switch (_dice.Next(3))
            {
                case 0: Monitor(); break;
                case 1: Answer(); break;
                default: Lead(); break;
            }

            Compare();
        }
    }

    /// <summary>Mostly within a day or two; else to the end of some term, one millisecond before it, or a day past it.</summary>
    private void Move()
    {
        DateOnly?[] ends = [_monitoring.Next?.Last, _paper.Last, _latent.Told ? null : _monthEnds];
        var end = ends[_dice.Next(3)];
        var to = _dice.Next(6) switch
        {
            0 when end is { } last => NaiveDays.EndOf(last),
            1 when end is { } last => NaiveDays.EndOf(last).AddMilliseconds(-1),
            2 when end is { } last => NaiveDays.EndOf(last.AddDays(1)).AddHours(9),
            3 => _now.AddDays(_dice.Next(3)),
            _ => _now.AddHours(_dice.Next(9)),
        };
        _now = to > _now && LocalDay.Of(to) < new DateOnly(2026, 12, 1) ? to : _now;
    }

    private void Monitor()
    {
        var visit = Today.AddDays(_dice.Next(1, 7));
        var known = _stand.Monitoring!.Visits is { Count: > 0 } visits ? visits[_dice.Next(visits.Count)].On : visit;
        var number = _dice.Next(1, 3);
        var until = Today.AddDays(_dice.Next(0, 12));
        switch (_dice.Next(15))
        {
            case 0: Did("fixes", _stand.Act(new FixRecords(_now, Clerk, "hash"), Terms), _monitoring.Fix()); break;
            case 1 when _monitoring.Visits < 3: Did($"plans {visit:MM-dd}", _stand.Act(new PlanVisit(_now, Clerk, visit, "Base 1", [7]), Terms), _monitoring.Plan(visit, Today)); break;
            case 2 or 3: Did($"announces {known:MM-dd}", _stand.Act(new AnnounceVisit(_now, Clerk, known, "Base 1", Channel.Electronic), Terms), _monitoring.Announce(known, Today)); break;
            case 4: Did($"visits {known:MM-dd}", _stand.Act(new MakeVisit(_now, Clerk, known, "Base 1"), Terms), _monitoring.Make(known, Today)); break;
            case 5 when _monitoring.Requests < 2: Did("asks", _stand.Act(new AskForDocuments(_now, Clerk, "the cards", Channel.Electronic), Terms), _monitoring.Ask(Today)); break;
            case 6: Did($"hands {number}", _stand.Act(new HandDocuments(_now, Provider, number, [new("ff", "card.pdf")]), Terms), _monitoring.Hand(number)); break;
            case 7 when _monitoring.Breaks < 4: Did($"suspends until {until:MM-dd}", _stand.Act(new InterruptMonitoring(_now, Clerk, InterruptionCause.CourtDecision, "E-1", Today, until, true), Terms), _monitoring.Break(Today, until, true)); break;
            case 8 when _monitoring.Breaks < 4: Did($"prolongs until {until:MM-dd}", _stand.Act(new InterruptMonitoring(_now, Clerk, InterruptionCause.Emergency, "E-2", Today, until, false), Terms), _monitoring.Break(Today, until, false)); break;
            case 9: Did("tells of the break", _stand.Act(new AnnounceInterruption(_now, Clerk, Channel.Electronic), Terms), _monitoring.TellBreak()); break;
            case 10: Did("resumes", _stand.Act(new ResumeMonitoring(_now, Clerk), Terms), _monitoring.Resume(Today)); break;
            case 11 when _dice.Next(4) == 0: Did("withdraws", _stand.Act(new WithdrawAppeal(_now, Clerk, "W-1"), Terms), _monitoring.Withdraw(Today)); break;
            case 12: Did("tells of the end", _stand.Act(new AnnounceTermination(_now, Clerk, Channel.Electronic), Terms), _monitoring.Terminate()); break;
            case 13 when _dice.Next(4) == 0: Did("writes", _stand.Act(new WriteConclusion(_now, Clerk, "75/1"), Terms), _monitoring.Write(Today)); break;
            case 13: Did("concludes", _stand.Act(new CloseByConclusion(_now, Clerk), Terms), _monitoring.Conclude()); break;
            default: Did("closes what monitoring owes", _stand.Act(new CloseMonitoringTerm(_now, Actor.System), Terms), _monitoring.Pass(Today)); break;
        }
    }

    private void Answer()
    {
        var (by, on, correct) = (_dice.Next(2) == 0 ? Clerk : Branch, Today, _dice.Next(2) == 0);
        switch (_dice.Next(16))
        {
            case 0 or 1: Did($"{by.Id} signs", _stand.Act(new SignConclusion(_now, by), Terms), _paper.Sign(by.Id, on)); break;
            case 2 when _dice.Next(6) == 0: Did("gives up", _stand.Act(new DiscardConclusion(_now, correct ? Clerk : Provider), Terms), _paper.GiveUp(correct)); break;
            case 3: Did("sends in the system", _stand.Act(new SendConclusion(_now, Clerk, Channel.System), Terms), _paper.Send("system", on)); break;
            case 4: Did("sends by mail", _stand.Act(new SendConclusion(_now, Clerk, Channel.Electronic), Terms), _paper.Send("mail", on)); break;
            case 5: Did("sends by post", _stand.Act(new SendConclusion(_now, Clerk, Channel.Post), Terms), _paper.Send("post", on)); break;
            case 6: Did("notes receipt", _stand.Act(new NoteReceipt(_now, Clerk, on), Terms), _paper.NoteReceipt(on)); break;
            case 7 when _dice.Next(4) == 0: Did("accepts", _stand.Act(new AcceptConclusion(_now, Provider), Terms), _paper.Accept(on)); break;
            case 8: Did("objects", _stand.Act(new ObjectToConclusion(_now, Provider, Channel.System, ["no"]), Terms), _paper.Object(true, on)); break;
            case 9: Did("signs with objection", _stand.Act(new ObjectToConclusion(_now, Provider, Channel.System, []), Terms), _paper.Object(false, on)); break;
            case 10: Did("sends the list", _stand.Act(new ListObjections(_now, Provider, Channel.System, ["no"]), Terms), _paper.SendList(on)); break;
            case 11: Did("considers", _stand.Act(new ConsiderObjections(_now, Branch, "the card shows it", correct ? [Line("S-1", Sum / 200)] : null), Terms), _paper.Consider(correct)); break;
            case 12: Did("replies", _stand.Act(new SendReply(_now, Branch), Terms), _paper.Reply(on)); break;
            case 13: Did("appeals", _stand.Act(new AppealResults(_now, Provider, "A-1"), Terms), _paper.Appeal(on)); break;
            case 14: Did("the state body decides", _stand.Act(new DecideAppeal(_now, StateBody, correct ? AppealOutcome.Cancelled : AppealOutcome.Upheld, "D-1"), Terms), _paper.Judge(correct)); break;
            default: Did("closes what the conclusion owes", _stand.Act(new CloseConclusionTerm(_now, Actor.System), Terms), _paper.Pass(on)); break;
        }
    }

    /// <summary>53: told within a month, monitored by a ground of the Fund, measured by the conclusion of that monitoring; each once.</summary>
    private void Lead()
    {
        var paper = _stand.Paper!;
        switch (_dice.Next(6))
        {
            case 0:
                Did("tells of the latent defect", _stand.Lead(s => LatentDefects.Notify(s!, _now, Channel.Electronic, _now, Terms)), !_latent.Ended && !_latent.Told);
                _latent.Told |= !_latent.Ended;
                break;
            case 1:
                Did("monitors the latent defect", _stand.Lead(s => LatentDefects.Monitor(s!, _now, 5, OpeningGround.ContractBreached, Terms)), !_latent.Ended && !_latent.Monitored);
                _latent.Monitored = true;
                break;
            case 2:
                Did("monitors it on an appeal", _stand.Lead(s => LatentDefects.Monitor(s!, _now, 6, OpeningGround.ConsumerAppeal, Terms)), false);
                break;
            case 3 or 4:
                var measured = !_latent.Ended && _latent.Monitored && (_paper.IsFinal || _paper.Taken > 0);
                Did("measures the latent defect", _stand.Lead(s => LatentDefects.Measure(s!, _now, paper, Terms)), measured);
                if (measured)
                {
                    _latent.Ended = true;
                    Assert.Equal(_paper.Taken, _stand.Latent!.Measures!.Withheld.Tiyn);
                    Assert.Equal(_paper.Taken > 0 ? LatentStage.MeasuresApplied : LatentStage.WithoutMeasures, _stand.Latent.Stage);
                }

                break;
            default:
                var late = !_latent.Ended && !_latent.Told && !_latent.Late && Today > _monthEnds;
                Did("closes the month of the latent defect", _stand.Lead(s => LatentDefects.Close(s!, _now, Terms)), late);
                _latent.Late |= late;
                break;
        }
    }

    private void Did(string what, bool accepted, bool mine)
    {
        _told.Add($"{_now.ToOffset(TimeSpan.FromHours(5)):yyyy-MM-dd HH:mm:ss.fff} {what}: {(accepted ? "taken" : "refused")}");
        if (accepted != mine)
        {
            Assert.Fail($"{what}: the product says {(accepted ? "yes" : "no")}, the model {(mine ? "yes" : "no")}");
        }
    }

    private void Compare()
    {
        var monitoring = _stand.Monitoring!;
        Assert.Equal(_monitoring.At, monitoring.Stage.ToString().ToLowerInvariant());
        Assert.Equal((_monitoring.Next?.Last, _monitoring.IsLate), (monitoring.Next?.Term.Last, monitoring.IsOverdue));

        var paper = _stand.Paper!;
        Assert.Equal(_paper.At, Places[paper.Stage]);
        Assert.Equal((_paper.Last, _paper.IsLate, _paper.AwaitsPost), (paper.Next?.Term.Last, paper.IsOverdue, paper.AwaitsPost));
        Assert.Equal(_paper.Turn, paper.Next is { } next ? Turns[next.Owner] : "");
        Assert.Equal((_paper.Taken, _paper.Returned), (paper.Applied?.Withheld.Tiyn ?? 0, paper.Returned.Withheld.Tiyn));

        var latent = _stand.Latent!;
        Assert.Equal((_latent.Told, _latent.Monitored, _latent.Late, _latent.Ended), (latent.NotifiedOn is not null, latent.Monitoring is not null, latent.IsLate, latent.IsFinal));
        Assert.Equal(_monthEnds, latent.Notice.Last);
    }
}
