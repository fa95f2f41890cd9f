using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>The real store with its watch and its door, in a database of its own.</summary>
internal sealed class StoreStand(bool postgres) : HistoryStand
{
    private readonly TrialStore _trial = new(postgres, "2025-09-08 09:00");
    private ProceedingStore _store = null!;
    private ReceiptDoor _door = null!;
    private long _first;

    /// <summary>Each history has a month of its own, so that sums are its own too.</summary>
    private DateOnly _month = new(2000, 1, 1);
    private int _word;

    public override DateTimeOffset Now
    {
        get => _trial.Now;
        set => _trial.Clock.Move(value - _trial.Now);
    }

    /// <summary>Another history begins: what was there before has ended and stays.</summary>
    public void Clear()
    {
        Now = Start;
        Written = 0;
        _month = _month.AddMonths(1);
        _door?.TakeDown();
        using (var db = _trial.Store.Context())
        {
            _first = db.Proceedings.Max(p => (long?)p.Id) ?? 0;
            db.Marks.ExecuteDelete();
            db.Doors.ExecuteDelete();
        }

        Open();
    }

    public override Proceeding? Find(long id) => _store.Find(_first + id);

    public override IReadOnlyList<ProceedingEvent> History(long id) => _store.History(_first + id);

    public override bool Show(ShowFinding finding, long key) =>
        _store.Open([new(finding with { LineId = (_first * 10) + finding.LineId }, _month, "rule", "{}", key)], TermsAt(Now), "system").Opened == 1;

    public override bool Act(long id, ProceedingCommand command) => !_store.Act(_first + id, command, TermsAt(Now), "user:9").IsRefused;

    public override (object Arrival, DateTimeOffset At) Arrive()
    {
        var arrival = _door.Enter();
        return (arrival, arrival.At);
    }

    /// <summary>Sent twice with the same word of the sender, which must be one act, and once more with another content, which must be refused.</summary>
    public override bool Receive(long id, object arrival, Func<DateTimeOffset, ProceedingCommand> command)
    {
        using var came = (ReceiptArrival)arrival;
        var word = $"w{++_word}";
        ReceiptOutcome Send(string content) => _store.Receive(
            _first + id, new(came.DoorId, 5, word, "act", content, came.At), command(came.At), TermsAt(Now), "key:1", _ => null, (number, _, refusal) => $"{number} {refusal?.Reason}");
        var first = Send("a");
        var events = _store.Find(_first + id)!.Events;
        var (again, other) = (Send("a"), Send("b"));
        Assert.Equal((true, false, first.Receipt!.Answer), (again.Again, again.Differs, again.Receipt!.Answer));
        Assert.True(other.Differs);
        Assert.Equal(events, _store.Find(_first + id)!.Events);
        return first.Receipt.Refusal is null;
    }

    public override long Watch(DateTimeOffset handledUpTo, bool consent) => new ProceedingWatch(_store, _trial.Clock, at => TermsAt(at), _door).Run(consent ? "A. Person" : null).Held;

    public override void Recount()
    {
        using var db = _store.Context();
        foreach (var id in db.Proceedings.Where(p => p.Id > _first).Select(p => p.Id).ToList())
        {
            _store.Act(id, new RecountTerm(Kepil.Fund.Proceedings.Actor.System, Now), TermsAt(Now), "system");
        }
    }

    public override void Restart()
    {
        _door.TakeDown();
        Open();
    }

    public override PayableSums Sums(long billed) => _store.PayableOf(_month, 5, billed, "max");

    public void CheckJournal() => Assert.True(_trial.Journal.Verify([]).IsSound);

    public override void Dispose() => _trial.Dispose();

    private void Open()
    {
        _store = new(_trial.Source, _trial.Journal, (_, loads) => [.. People.Select(p => p with { Load = loads.GetValueOrDefault(p.Id) })]);
        _door = new(_store, _trial.Clock);
        _door.Tell();
    }
}
