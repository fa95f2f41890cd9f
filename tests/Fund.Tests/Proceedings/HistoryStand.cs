using System.Collections.Concurrent;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;

namespace Kepil.Tests.Proceedings;

/// <summary>Something that plays commands on the product: the pure procedure in memory, or the real store.</summary>
internal abstract class HistoryStand : IDisposable
{
    public static readonly DateTimeOffset Start = TrialCase.Moment("2025-09-08 09:00");

    /// <summary>Outages that letters may confirm; two of them meet on one day.</summary>
    public static readonly IReadOnlyList<Outage> Letters =
    [
        Down("2025-09-16 09:00", "2025-09-16 18:00", "1"), Down("2025-09-16 15:00", "2025-09-18 12:00", "2"),
        Down("2025-09-25 10:00", "2025-09-25 13:00", "3"), Down("2025-10-02 22:00", "2025-10-03 03:00", "4"), Down("2025-10-15 00:00", "2025-10-22 00:00", "5"),
    ];

    private static readonly Lazy<LawBook> Changing = new(ChangingCalendar);
    private static readonly ConcurrentDictionary<(DateOnly Day, int Letters), Terms> Made = [];

    /// <summary>The law folder with days that are moved and withdrawn while histories run.</summary>
    public static LawBook Law => Changing.Value;

    /// <summary>Bits of the letters that were written.</summary>
    public int Written { get; set; }

    public IReadOnlyList<Employee> People { get; set; } = [];

    public abstract DateTimeOffset Now { get; set; }

    public abstract Proceeding? Find(long id);

    public abstract IReadOnlyList<ProceedingEvent> History(long id);

    /// <summary>Shows a finding; false when it was shown before or refused.</summary>
    public abstract bool Show(ShowFinding finding, long key);

    public abstract bool Act(long id, ProceedingCommand command);

    /// <summary>What the provider sends: arrived before, handled now.</summary>
    public abstract bool Receive(long id, object arrival, Func<DateTimeOffset, ProceedingCommand> command);

    /// <summary>Something reaches the server; what comes back is handed in later.</summary>
    public abstract (object Arrival, DateTimeOffset At) Arrive();

    /// <summary>A round of the watch; says how many confirmations wait for a person.</summary>
    /// <param name="consent">Somebody takes it upon himself that silence confirms many.</param>
    public abstract long Watch(DateTimeOffset handledUpTo, bool consent);

    public abstract void Recount();

    public abstract void Restart();

    /// <summary>Payable, withheld, in dispute and debt of all lines.</summary>
    public abstract PayableSums Sums(long billed);

    public abstract void Dispose();

    public Terms TermsAt(DateTimeOffset at) => TermsAt(at, Written);

    protected static Terms TermsAt(DateTimeOffset at, int letters) => Made.GetOrAdd(
        (LocalDay.Of(at), letters), k => new(Law, k.Day, [.. Letters.Where((_, i) => (k.Letters >> i & 1) == 1)]));

    private static Outage Down(string from, string to, string letter) => new(TrialCase.Moment(from), TrialCase.Moment(to), letter, TheLaw.Day(to[..10]));

    private static LawBook ChangingCalendar()
    {
        var folder = TheLaw.Copy();
        var year = Path.Combine(folder, "calendar", "2025.yaml");
        File.WriteAllText(year, File.ReadAllText(year)
            .Replace("days_off:\n", "days_off:\n  - { on: 2025-09-26, because: 2025-09-27, known: 2025-09-18 }\n  - { on: 2025-10-09, because: 2025-10-11, known: 2025-10-02 }\n", StringComparison.Ordinal)
            .Replace("worked:\n", "worked:\n  - { on: 2025-10-11, instead_of: 2025-10-09, known: 2025-10-02 }\n", StringComparison.Ordinal)
            .Replace("withdrawn: []", "withdrawn:\n  - { on: 2025-09-23, published: 2025-06-01, known: 2025-09-15, because: \"moved back\" }\n", StringComparison.Ordinal));
        return LawBook.Open(folder);
    }
}

/// <summary>The pure procedure with states in a dictionary.</summary>
internal sealed class LoneStand : HistoryStand
{
    private readonly Dictionary<long, (Proceeding State, List<ProceedingEvent> Events)> _cases = [];
    private readonly SortedSet<(DateTimeOffset At, int Number)> _atWork = [];
    private int _number;

    public override DateTimeOffset Now { get; set; } = Start;

    public override Proceeding? Find(long id) => _cases.TryGetValue(id, out var found) ? found.State : null;

    public override IReadOnlyList<ProceedingEvent> History(long id) => _cases[id].Events;

    public override bool Show(ShowFinding finding, long key) => Do(finding.Id, finding);

    /// <summary>Who must not judge the provider is refused by the store before the procedure is asked.</summary>
    public override bool Act(long id, ProceedingCommand command) =>
        (command is not DecideCase { By: var judge } || People.All(e => e.Id != judge.Id || !e.Conflicts.Contains(5))) && Do(id, command);

    public override (object Arrival, DateTimeOffset At) Arrive()
    {
        _atWork.Add((Now, ++_number));
        return ((Now, _number), Now);
    }

    public override bool Receive(long id, object arrival, Func<DateTimeOffset, ProceedingCommand> command)
    {
        var (at, number) = ((DateTimeOffset, int))arrival;
        var taken = Do(id, command(at));
        _atWork.Remove((at, number));
        return taken;
    }

    public override long Watch(DateTimeOffset handledUpTo, bool consent)
    {
        foreach (var (id, (state, _)) in _cases.ToList())
        {
            if (state.Stage.IsReview() && People.FirstOrDefault(e => e.Id == state.Reviewer) is { } e && (e.Away || e.Conflicts.Contains(5)))
            {
                Do(id, new ClearReview(Actor.System, Now, e.Away ? "away" : "conflict"));
            }
        }

        foreach (var id in _cases.Keys.ToList())
        {
            int events;
            do
            {
                events = _cases[id].State.Events;
                while (_cases[id].State is { Due: { } due } state && !due.Includes(Now)
                    && Do(id, state.Stage.IsQueue() && state.Owner == Party.System ? new AssignReviewer(Actor.System, Now, Staff(), (ulong)id) : new CloseTerm(Actor.System, Now, handledUpTo))
                    && _cases[id].State.Events > state.Events)
                {
                }

                if (_cases[id].State.Stage.IsQueue())
                {
                    Do(id, new AssignReviewer(Actor.System, Now, Staff(), (ulong)id));
                }
            }
            while (_cases[id].State.Events > events);
        }

        return 0;
    }

    public override void Recount()
    {
        foreach (var id in _cases.Keys.ToList())
        {
            Do(id, new RecountTerm(Actor.System, Now));
        }
    }

    /// <summary>Everything is read back from what was written.</summary>
    public override void Restart()
    {
        _atWork.Clear();
        foreach (var (id, (_, events)) in _cases.ToList())
        {
            var read = events.ConvertAll(e => ProceedingJson.Read(ProceedingJson.Write(e)));
            _cases[id] = (Proceeding.Replay(read), read);
        }
    }

    public override PayableSums Sums(long billed) => PayableSums.Of(
        billed,
        _cases.Values.Select(c => c.State).GroupBy(s => s.LineId)
            .Select(l => new LineInDispute(l.First().Billed, [.. l.Where(s => s.Effect == Effect.Reduce).Select(s => s.AtRisk)], [.. l.Where(s => !s.IsFinal).Select(s => s.AtRisk)])),
        "max");

    public override void Dispose() => _cases.Clear();

    private IReadOnlyList<Employee> Staff()
    {
        var loads = _cases.Values.Select(c => c.State.Reviewer).Where(r => r != 0).CountBy(r => r).ToDictionary();
        return [.. People.Select(p => p with { Load = loads.GetValueOrDefault(p.Id) })];
    }

    private bool Do(long id, ProceedingCommand command)
    {
        var ruling = Procedure.Decide(Find(id), command, TermsAt(command.At));
        if (ruling.IsRefused)
        {
            return false;
        }

        foreach (var happened in ruling.Events)
        {
            var (state, events) = _cases.TryGetValue(id, out var found) ? (found.State, found.Events) : (null, []);
            state = Proceeding.Apply(state, happened);
            events.Add(happened);
            _cases[id] = (state, events);
        }

        return command is AssignReviewer || !_cases[id].State.Stage.IsQueue() || _cases[id].State.Owner != Party.System
            || Do(id, new AssignReviewer(Actor.System, command.At, Staff(), (ulong)(id * 31 + _cases[id].State.Events))) || true;
    }
}
