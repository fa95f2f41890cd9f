using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>What a provider's system sent, as it is to be handled once.</summary>
/// <param name="Door">The door by which it came; nothing when somebody acts at a page of this process alone.</param>
public sealed record ReceivedAct(string? Door, long ProviderId, string SenderKey, string Act, string ContentHash, DateTimeOffset ReceivedAt);

/// <summary>What became of a receipt.</summary>
/// <param name="Again">It was handled before, and the answer is the first one.</param>
/// <param name="Differs">The same word of the sender came with another content.</param>
public sealed record ReceiptOutcome(ProceedingReceipt? Receipt, bool Again, bool Differs);

/// <summary>Receipts and the doors by which they come.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>How long a door may say nothing before it is taken down.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Handles what was received, once for each word of its sender: the act, its receipt and the journal in one transaction.</summary>
    /// <param name="guard">A refusal of its own, by the state that is met.</param>
    /// <param name="answer">The text that the sender gets, now and whenever it asks again.</param>
    /// <exception cref="DoorClosedException">The door was taken down; the sender has to send it again.</exception>
    public ReceiptOutcome Receive(long id, ReceivedAct received, ProceedingCommand command, Terms terms, string who, Func<Proceeding, Refusal?> guard, Func<long, Proceeding, Refusal?, string> answer) => Within(db =>
    {
        if (source.IsPostgres)
        {
            // As everybody does: first the case, then the end of the journal.
            db.Database.ExecuteSql($"SELECT 1 FROM proceeding WHERE id = {id} FOR UPDATE");
        }

        journal.Hold(db);
        if (db.Receipts.AsNoTracking().FirstOrDefault(r => r.ProviderId == received.ProviderId && r.SenderKey == received.SenderKey) is { } known)
        {
            return new ReceiptOutcome(known, true, known.ContentHash != received.ContentHash || known.ProceedingId != id);
        }

        if (received.Door is { } door && !db.Doors.AsNoTracking().Any(d => d.Id == door))
        {
            throw new DoorClosedException();
        }

        var number = (db.Receipts.Max(r => (long?)r.Id) ?? 0) + 1;
        var state = db.Proceedings.AsNoTracking().First(p => p.Id == id).ToProceeding();
        var refusal = guard(state);
        if (refusal is null)
        {
            refusal = Act(db, id, command, terms, who).Refusal;
            state = db.Proceedings.Find(id)!.ToProceeding();
        }

        var receipt = new ProceedingReceipt
        {
            Id = number,
            ProceedingId = id,
            ProviderId = received.ProviderId,
            SenderKey = received.SenderKey,
            Act = received.Act,
            ContentHash = received.ContentHash,
            ReceivedAt = received.ReceivedAt.ToUnixTimeMilliseconds(),
            Refusal = refusal?.Reason,
            Answer = answer(number, state, refusal),
        };
        db.Receipts.Add(receipt);
        db.SaveChanges();
        if (refusal is not null)
        {
            journal.Append(db, who, "ReceiptRefused", FormattableString.Invariant($"proceeding:{id}"), new { receipt = number, refusal.Reason });
        }

        return new ReceiptOutcome(receipt, false, false);
    });

    /// <summary>Everything that was received about a proceeding.</summary>
    public IReadOnlyList<ProceedingReceipt> ReceiptsOf(long id) => Read(db => db.Receipts.AsNoTracking().Where(r => r.ProceedingId == id).OrderBy(r => r.Id).ToList());

    /// <summary>Notes how far a door is; false when it was taken down.</summary>
    internal bool TellDoor(string id, DateTimeOffset handledUpTo, DateTimeOffset at) => Within(db =>
    {
        var (moment, told) = (handledUpTo.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds());
        return db.Doors.Where(d => d.Id == id).ExecuteUpdate(d => d.SetProperty(x => x.HandledUpTo, moment).SetProperty(x => x.ToldAt, told)) > 0;
    });

    internal void PutDoorUp(string id, DateTimeOffset handledUpTo, DateTimeOffset at) => Within(db =>
    {
        db.Doors.Add(new() { Id = id, HandledUpTo = handledUpTo.ToUnixTimeMilliseconds(), ToldAt = at.ToUnixTimeMilliseconds() });
        return db.SaveChanges();
    });

    internal void TakeDoorDown(string id) => Within(db => db.Doors.Where(d => d.Id == id).ExecuteDelete());

    /// <summary>Everything that reached any process before this moment is stored; doors that said nothing for long are taken down first.</summary>
    public DateTimeOffset HandledUpTo(DateTimeOffset at) => Within(db =>
    {
        var gone = at.Subtract(Patience).ToUnixTimeMilliseconds();
        if (db.Doors.Any(d => d.ToldAt < gone))
        {
            db.Doors.Where(d => d.ToldAt < gone).ExecuteDelete();
        }

        return db.Doors.Min(d => (long?)d.HandledUpTo) is { } least ? DateTimeOffset.FromUnixTimeMilliseconds(least) : at;
    });
}

/// <summary>Thrown when something came by a door that was taken down meanwhile.</summary>
public sealed class DoorClosedException() : InvalidOperationException("This process said nothing for too long; send it again.");
