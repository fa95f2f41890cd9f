using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Proceedings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Interrupted;

/// <summary>Findings of a month in a folder, to which a system objects and on which a branch decides, in a process that may be killed.</summary>
internal sealed class InterruptedCases
{
    private const int Objected = 2000;
    private const int OfBranch = 2000;
    private const long Provider = 5;

    private static readonly DateOnly Month = new(2025, 9, 1);
    private static readonly DateTimeOffset Begins = TrialCase.Moment("2025-10-06 09:00");
    private static readonly TermsByDay Terms = new(TheLaw.Book);

    private readonly MovedClock _clock;
    private readonly DeskStore _desk;
    private readonly ProceedingStore _store;
    private readonly ReceiptDoor _door;
    private readonly RunNotes _answers;
    private readonly RunNotes _decided;

    public InterruptedCases(string path)
    {
        var folder = FundFolder.Open(path, "sqlite");
        (_answers, _decided) = (new(folder.At("answers")), new(folder.At("decided")));
        // Time goes on from one process to the next.
        _clock = new(Begins.AddSeconds(20 * (_decided.Count + 1)));
        using (var context = folder.Accounts.Context())
        {
            var source = DeskSource.Of(context);
            _desk = new(source, _clock);
            _store = new(source, _desk.Journal, (_, loads) => [.. TrialCase.Staff.Select(e => e with { Load = loads.GetValueOrDefault(e.Id) })]);
        }

        _door = new(_store, _clock);
        _door.Tell();
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    public void Fill() => _store.Open(
        [.. Enumerable.Range(1, Objected + OfBranch).Select(i => new OpenedFinding(
            TrialCase.Finding(code: i <= Objected ? "1.1" : "11.0") with { At = Begins, LineId = i, ProviderId = Provider, DetectedAt = Begins, ShownAt = Begins, SnapshotAt = Begins }, Month, "rule", "{}", i))],
        Terms.At(Begins), "system");

    /// <summary>Objects to the next finding and notes the answer; what was answered before is sent again now and then, and is answered alike.</summary>
    public void ObjectOnce()
    {
        var id = _answers.Count + 1L;
        Assert.True(id <= Objected, "there is nothing left to object to");
        var answer = Object(id);
        if (id % 5 == 0)
        {
            Assert.Equal(answer, Object(id));
        }

        _answers.Note($"{id} {answer}");
    }

    /// <summary>The branch takes the next decision; what may no longer be undone is sent.</summary>
    public void DecideOnce()
    {
        var id = Objected + _decided.Count + 1L;
        Assert.True(id <= Objected + OfBranch, "there is nothing left to decide on");
        _clock.Move(TimeSpan.FromSeconds(20));
        _door.Tell();
        var state = _store.Find(id)!;
        var command = new DecideCase(new(Party.BranchReviewer, state.Reviewer, "75"), Now, state.Stage, id % 3 == 0, "by the protocol", [], 0);
        var outcome = _store.Prepare([new(id, _store.TurnOf(id), command)], Now, Terms.At(Now), $"user:{state.Reviewer}");
        if (outcome.Waiting.Count == 0)
        {
            // The process before this one took it and was killed before it could note it.
            using var db = _store.Context();
            Assert.Single(db.Pending.AsNoTracking().Where(p => p.ProceedingId == id).ToList());
        }

        _decided.Note(id.ToString(CultureInfo.InvariantCulture));
        if (id % 2 == 0)
        {
            _store.SendDue(Now, Terms.At(Now));
        }
    }

    /// <summary>Nothing that was noted is lost, nothing is there twice, and the sums add up.</summary>
    public void Check()
    {
        _clock.Move(TimeSpan.FromMinutes(1));
        _store.SendDue(Now, Terms.At(Now));
        using var db = _store.Context();
        foreach (var note in _answers.All)
        {
            var (id, answer) = (long.Parse(note.Split(' ')[0], CultureInfo.InvariantCulture), note[(note.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            Assert.Equal(answer, Assert.Single(_store.ReceiptsOf(id)).Answer);
        }

        var pending = db.Pending.AsNoTracking().ToList();
        Assert.All(pending, p => Assert.Equal(PendingDecision.WasSent, p.State));
        Assert.Superset(_decided.All.Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToHashSet(), pending.Select(p => p.ProceedingId).ToHashSet());
        // At most one act of each kind was done and could not be noted any more.
        Assert.InRange(db.Receipts.Count(), _answers.Count, _answers.Count + 1);
        Assert.InRange(pending.Count, _decided.Count, _decided.Count + 1);
        StoreRules.Check(_store, Month, Provider, (Objected + OfBranch) * 100_000_00L);
        Assert.True(_desk.Journal.Verify([]).IsSound);
    }

    private string Object(long id)
    {
        using var arrival = _door.Enter();
        var outcome = _store.Receive(
            id, new(arrival.DoorId, Provider, $"k{id}", "objection", "hash", arrival.At), new FileObjection(TrialCase.Provider, Now, arrival.At, "the record shows the visit", []), Terms.At(Now), "key:1",
            _ => null, (number, _, refusal) => $"{number} {refusal?.Reason}");
        Assert.Null(outcome.Receipt!.Refusal);
        return outcome.Receipt.Answer;
    }
}
