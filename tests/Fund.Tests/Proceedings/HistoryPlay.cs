using Kepil.Fund.Proceedings;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>One history: commands drawn from numbers are done by the product and told to the model, and after each the two must agree.</summary>
internal sealed class HistoryPlay
{
    private const int Most = 6;
    private static readonly NaiveDays Days = new(HistoryStand.Law.Folder);
    private static readonly string[] Ways = ["potential", "potential", "potential", "potential", "not in contract", "not in contract", "death", "death", "infant", "unnamed", "general", "maternal"];

    private readonly HistoryStand _stand;
    private readonly NaiveProcedure _model;
    private readonly Dictionary<long, Proceeding> _before = [];
    private readonly List<(long Id, object Arrival, DateTimeOffset At)> _waiting = [];
    private DateTimeOffset? _seen;
    private ulong _again;
    private bool _inWatch;
    private readonly NaiveDays _days;
    private int _counted;
    private string? _calendar;

    /// <param name="days">The calendar of the model; that of the law without it.</param>
    public HistoryPlay(HistoryStand stand, NaiveDays? days = null)
    {
        (_stand, _days, _model) = (stand, days ?? Days, new(days ?? Days));
        foreach (var e in TrialCase.Staff)
        {
            _model.Staff[e.Id] = new(e.Id, e.Region, e.Central);
        }

        Tell();
    }

    private readonly List<(DateTimeOffset At, FormattableString What)> _told = [];

    /// <summary>What was done, for the one who reads a failure.</summary>
    public string Told => string.Join('\n', _told.Select(t => $"{t.At.ToOffset(TimeSpan.FromHours(5)):yyyy-MM-dd HH:mm:ss.fff} {t.What}"));

    /// <summary>The numbers of a history: the same seed, the same numbers.</summary>
    public static ulong[] Commands(ulong seed, int count) => [.. Enumerable.Range(1, count).Select(i => Assignment.Scatter(seed * 1_000_003 + (ulong)i))];

    /// <summary>Plays all commands, then lets everybody who owes an act do it until every case has ended.</summary>
    public void Run(IEnumerable<ulong> commands)
    {
        foreach (var command in commands)
        {
            Do(command);
            Check();
        }

        BringHome();
        foreach (var id in _model.Cases.Keys)
        {
            HistoryRules.Check(_stand.Find(id)!, _stand.History(id));
        }
    }

    private void Do(ulong command)
    {
        var (kind, a, b, c) = ((int)(command & 0xff) % 100, (int)(command >> 8 & 0xff), (int)(command >> 16 & 0xff), (int)(command >> 24 & 0xff));
        if (_model.Cases.Count == 0 || kind < 7 && _model.Cases.Count < Most)
        {
            Show(a, b, c);
            return;
        }

        var id = (long)(a % _model.Cases.Count) + 1;
        var of = _model.Cases[id];
        switch (kind)
        {
            case < 22: Object(id, of, b, c); break;
            case < 26: Same(id, of, "withdraws", _model.Withdraw(of), _stand.Receive(id, Came(), at => new WithdrawObjection(TrialCase.Provider, _stand.Now, at, ""))); break;
            case < 48: Decide(id, of, b, c); break;
            case < 51: Same(id, of, "asks", _model.Ask(of, of.Reviewer), _stand.Act(id, new RequestDocuments(Reviewer(id), _stand.Now, "send the chart"))); break;
            case < 53: Same(id, of, "sends", _model.Send(of), _stand.Act(id, new SendDocuments(TrialCase.Provider, _stand.Now, _stand.Now, [new("ff", "chart")]))); break;
            case < 55: Same(id, of, "is taken back", _model.TakeBack(of, b % 4 > 0), _stand.Act(id, new TakeBackReview(TrialCase.Head, _stand.Now, "ill", b % 4 > 0 ? TrialCase.Deputy : null))); break;
            case < 76: Clock(of, b, c); break;
            case < 84: Watch(); break;
            case < 86: Letter(b); break;
            case < 91: Move(b, c); break;
            case < 93: Correct(id, of); break;
            case < 94: Restart(); break;
            case < 95: Arrive(id); break;
            case < 97: Again(); return;
            case < 98: Same(id, of, "explains", _model.Explain(of, b % 4 > 0), _stand.Receive(id, Came(), at => new ExplainFinding(TrialCase.Provider, _stand.Now, at, b % 4 > 0 ? "because" : " ", []))); break;
            case < 99: Same(id, of, "is used", _model.CloseGeneral(of), _stand.Act(id, new CloseGeneral(TrialCase.Head, _stand.Now, "used"))); break;
            default: Same(id, of, "state body", _model.StateBody(of, b % 2 > 0), _stand.Act(id, new RecordStateBodyResult(TrialCase.Head, _stand.Now, b % 2 > 0, "examined"))); break;
        }

        _again = command;
    }

    private void Show(int a, int b, int c)
    {
        var id = (long)_model.Cases.Count + 1;
        var (way, line) = (Ways[a % Ways.Length], (b % 3) + 1);
        var bill = 1_000_000_00L * line;
        var risk = c % 6 == 0 ? 2_000_000_00L : 1_000_00L * (c + 1);
        var (code, form, death) = way switch
        {
            "not in contract" => ("11.0", CareForm.Drg, Death.None),
            "death" => ("9.0", CareForm.Drg, Death.Inpatient),
            "infant" => ("9.0", CareForm.Phc, Death.InfantOutpatient),
            "unnamed" => ("", CareForm.Drg, Death.InfantInpatient),
            "maternal" => ("1.1", CareForm.Drg, Death.Maternal),
            _ => ("1.1", CareForm.Drg, Death.None),
        };
        var now = _stand.Now;
        var finding = TrialCase.Finding(code: code, form: form, detection: way == "general" ? Detection.General : Detection.Potential, death: death, atRisk: code.Length == 0 ? 0 : risk) with
        {
            Id = id, At = now, LineId = line, FindingId = id, Billed = bill, DetectedAt = now.AddDays(-(b % 2)), ShownAt = now, SnapshotAt = now.AddDays(-(b % 2)),
        };
        Said($"{id} {way} is shown on line {line}, {finding.AtRisk} of {bill}");
        Assert.True(_stand.Show(finding, id));
        _model.Show(id, new NaiveCase { Way = way, Line = line, Bill = bill, Risk = finding.AtRisk, HasCode = code.Length > 0 });
    }

    private void Object(long id, NaiveCase of, int b, int c)
    {
        var reasons = b % 8 == 0 ? " " : "the record shows the visit";
        if (_waiting.FindIndex(w => w.Id == id) is >= 0 and var place)
        {
            var (_, arrival, at) = _waiting[place];
            _waiting.RemoveAt(place);
            Same(id, of, $"objects as of {at:O}", _model.Object(of, at, reasons.Length > 1), _stand.Receive(id, arrival, m => new FileObjection(TrialCase.Provider, _stand.Now, m, reasons, [new("ff", "chart")])));
            return;
        }

        var (came, now) = _stand.Arrive();
        Same(id, of, "objects", _model.Object(of, now, reasons.Length > 1), _stand.Receive(id, came, m => new FileObjection(TrialCase.Provider, _stand.Now, m, reasons, c % 2 == 0 ? [] : [new("ff", "chart")])));
    }

    private void Decide(long id, NaiveCase of, int b, int c)
    {
        var agree = b % 2 == 0;
        var by = (c % 10, of.At) switch
        {
            (0, _) => new Actor(_stand.Find(id)!.Stage.ReviewerOf(), 101, _model.Staff[101].Region),
            (1, _) => new Actor(_stand.Find(id)!.Stage.ReviewerOf(), 751, _model.Staff[751].Region),
            (_, "head") => b % 4 < 2 ? TrialCase.Head : TrialCase.Deputy,
            _ => Reviewer(id),
        };
        var reasons = c % 13 == 2 ? " " : "by the protocol";
        var code = c % 11 != 3;
        var (seed, number) = ((ulong)(b * 256 + c), _stand.Find(id)!.Id);
        var accepted = _stand.Act(id, new DecideCase(by, _stand.Now, _stand.Find(id)!.Stage, agree, reasons, [], seed, code ? "9.0" : null, code ? 500_000_00L : null));
        var mine = _model.Decide(of, by.Id, agree, reasons.Length > 1, code, percent => NaiveDraw.Falls(seed, number, percent));
        if (mine && of.Way == "unnamed" && of.Risk == 0 && of.HasCode)
        {
            of.Risk = 500_000_00;
        }

        Same(id, of, $"{by.Id} {(agree ? "agrees" : "disagrees")}", mine, accepted);
    }

    /// <summary>Mostly to the end of some term: the last millisecond, the end itself, the next day; else some hours or days on.</summary>
    private void Clock(NaiveCase of, int b, int c)
    {
        var now = _stand.Now;
        var to = of.Last is { } last && b % 3 > 0
            ? (b % 8) switch { 0 => NaiveProcedure.End(of).AddMilliseconds(-1), 1 => NaiveProcedure.End(of), 2 => NaiveProcedure.End(of).AddMilliseconds(1), 3 => NaiveProcedure.End(of).AddDays(1), 4 => NaiveDays.EndOf(last.AddDays(-1)), 5 => NaiveDays.EndOf(last.AddDays(-2)).AddMilliseconds(-1), _ => now.AddHours(c % 30) }
            : now.AddHours(c % 40 == 0 ? -1 : c % 50);
        var end = HistoryStand.Start.AddDays(120);
        if (to > now && to < end || to < now && to > now.AddHours(-2) && to > HistoryStand.Start)
        {
            _stand.Now = _model.Now = to;
        }

        Said($"the clock");
    }

    private void Watch(bool consent = false)
    {
        // What arrived and is not registered yet holds the terms that ended after it.
        var handled = _waiting.Count == 0 ? _stand.Now : _waiting.Min(w => w.At);
        var silent = _model.Cases.Values.Where(c => c.IsWithProvider).ToList();
        var held = _stand.Watch(handled, consent);
        _inWatch = true;
        if (_stand is LoneStand)
        {
            Assert.Equal(0, held);
        }
        else
        {
            // After a standstill of twelve hours silence over five in a hundred waits for a person.
            var over = silent.Count(c => _stand.Now >= NaiveProcedure.End(c));
            Assert.Equal(_seen is { } seen && (_stand.Now - seen).Duration() > TimeSpan.FromHours(12) && !consent && over * 100 > silent.Count * 5 ? over : 0, held);
            _seen = held == 0 ? _stand.Now : _seen;
        }

        if (_stand is not LoneStand)
        {
            // Another letter on an outage or another calendar than at the watch before: all that runs is counted anew.
            var (letters, calendar) = (System.Numerics.BitOperations.PopCount((uint)_stand.Written), _days.KnownOn(NaiveDays.DayOf(_stand.Now)));
            foreach (var of in letters != _counted || (_calendar is not null && _calendar != calendar) ? _model.Cases.Values.ToList() : [])
            {
                _model.Recount(of);
            }

            (_counted, _calendar) = (letters, calendar);
        }

        foreach (var (id, of) in _model.Cases)
        {
            // Who is away or in conflict keeps no review; the one who has it now has a term of his own.
            // So has whoever was found only now for a case that waited: that term may be over on the day it is given.
            var waited = of.IsReview && of.Reviewer == 0;
            if ((_model.Clear(of) || waited) && _stand.Find(id) is { Reviewer: not 0 } given)
            {
                StateRules.Given(_model, of, given, exact: false);
            }

            _model.Watch(of, handled, held > 0);
        }

        Said($"the watch, {held} held");
    }

    private void Letter(int b)
    {
        var letter = b % HistoryStand.Letters.Count;
        if (HistoryStand.Letters[letter].To <= _stand.Now)
        {
            _stand.Written |= 1 << letter;
            foreach (var outage in HistoryStand.Letters.Where((l, i) => (_stand.Written >> i & 1) == 1 && l.To - l.From > TimeSpan.FromHours(4)))
            {
                for (var day = NaiveDays.DayOf(outage.From); day <= NaiveDays.DayOf(outage.To.AddMilliseconds(-1)); day = day.AddDays(1))
                {
                    _model.Down.Add(day);
                }
            }
        }

        _stand.Recount();
        foreach (var of in _model.Cases.Values)
        {
            _model.Recount(of);
        }

        Said($"letters {_stand.Written}, terms counted anew");
    }

    private void Move(int b, int c)
    {
        var who = _model.Staff.Values.ElementAt(b % _model.Staff.Count);
        switch (c % 8)
        {
            case 0: who.HasLeft = !who.HasLeft; break;
            case 1: who.Region = who.IsCentral ? "" : ((string[])["71", "62", "35", "75"])[c / 8 % 4]; break;
            case 2: who.HasConflict = !who.HasConflict; break;
            default: who.IsAway = !who.IsAway; break;
        }

        Tell();
        Said($"{who.Id} in {who.Region} {(who.HasLeft ? "left" : who.IsAway ? "away" : "here")}");
    }

    /// <summary>The record is handed in again with another sum: the case stays as it was shown.</summary>
    private void Correct(long id, NaiveCase of)
    {
        Assert.False(_stand.Show(TrialCase.Finding() with { Id = id, At = _stand.Now, LineId = of.Line, FindingId = 900 + id, Billed = 1, AtRisk = 1, DetectedAt = _stand.Now, ShownAt = _stand.Now, SnapshotAt = _stand.Now }, id));
        Said($"{id} is corrected");
    }

    private void Restart()
    {
        _waiting.Clear();
        _stand.Restart();
        Said($"restart");
    }

    private void Arrive(long id)
    {
        if (_waiting.TrueForAll(w => w.Id != id))
        {
            var (arrival, at) = _stand.Arrive();
            _waiting.Add((id, arrival, at));
            Said($"something arrives for {id}");
        }
    }

    private void Again()
    {
        if (_again != 0)
        {
            Do(_again);
        }
    }

    /// <summary>Nothing is forgotten: with people who act and a provider who is silent every case ends.</summary>
    private void BringHome()
    {
        foreach (var who in _model.Staff.Values)
        {
            (who.HasLeft, who.IsAway, who.HasConflict, who.Region) = (false, false, false, TrialCase.Staff.First(e => e.Id == who.Id).Region);
        }

        Tell();
        if (_waiting.Count > 0 || _model.Cases.Count % 3 == 0)
        {
            Restart();
        }

        for (var round = 0; _model.Cases.Values.Any(c => !c.IsFinal); round++)
        {
            Assert.True(round < 40, "a case is stuck");
            Watch(consent: true);
            Check();
            foreach (var (id, of) in _model.Cases.Where(c => !c.Value.IsFinal))
            {
                if (of.At == "held")
                {
                    Same(id, of, "state body", _model.StateBody(of, true), _stand.Act(id, new RecordStateBodyResult(TrialCase.Head, _stand.Now, true, "examined")));
                }
                else if (of.At == "branch" && of.Way == "infant" && of.Asked == 0)
                {
                    Same(id, of, "asks", _model.Ask(of, of.Reviewer), _stand.Act(id, new RequestDocuments(Reviewer(id), _stand.Now, "send the chart")));
                }
                else if (of.IsReview || of.At == "head")
                {
                    Decide(id, of, 1 + (round / 3 % 2 * 2), 5);
                }

                Check();
            }

            _stand.Now = _model.Now = _stand.Now.AddDays(2);
        }
    }

    private Actor Reviewer(long id)
    {
        var state = _stand.Find(id)!;
        return new(state.Stage.ReviewerOf(), state.Reviewer, state.Reviewer == 0 ? "" : _model.Staff[state.Reviewer].Region);
    }

    private object Came() => _stand.Arrive().Arrival;

    private void Tell()
    {
        _model.Now = _stand.Now;
        _stand.People = [.. _model.Staff.Values.Where(e => !e.HasLeft).Select(e => TrialCase.Person(e.Id, e.Region, e.IsCentral, e.IsAway, 0, e.HasConflict ? [5] : []))];
    }

    private void Same(long id, NaiveCase of, string act, bool mine, bool products)
    {
        Said($"{id} {act}: {products}, now {of.At}");
        if (mine)
        {
            // Whoever acts before an outage was counted here has the longer term all the same.
            _model.Recount(of);
        }

        Assert.True(mine == products, mine == products ? "" : $"the model {(mine ? "takes" : "refuses")} what the product {(products ? "takes" : "refuses")}");
    }

    private void Said(FormattableString what) => _told.Add((_stand.Now, what));

    private void Check()
    {
        foreach (var (id, of) in _model.Cases)
        {
            var state = _stand.Find(id)!;
            if (!_before.TryGetValue(id, out var before) || before.Events != state.Events)
            {
                StateRules.Check(_model, of, before, state, exact: !_inWatch);
                _before[id] = state;
            }
            else
            {
                StateRules.Same(of, state);
            }
        }

        _inWatch = false;
        StateRules.Money(_model.Cases.Values, _stand.Sums(10_000_000_00));
    }
}
