using System.Globalization;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>Decisions that wait: taken, undone, or sent when their moment has come.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>Takes decisions together; they are sent after the time that decision_undo_seconds gives. Where one of them is refused none is taken.</summary>
    /// <param name="who">Who decides, as the journal calls him.</param>
    [Law("MON-321:31")]
    [Law("MON-321:34")]
    [Law("MON-321:37")]
    public PreparedOutcome Prepare(IReadOnlyList<PreparedDecision> decisions, DateTimeOffset at, Terms terms, string who) => Within(db =>
    {
        journal.Hold(db);
        var refused = new Dictionary<long, Refusal>();
        var waiting = new List<PendingDecision>();
        var next = db.Pending.Max(p => (long?)p.Id) ?? 0;
        var window = TimeSpan.FromSeconds(int.Parse(terms.Policies["decision_undo_seconds"], CultureInfo.InvariantCulture));
        foreach (var decision in decisions)
        {
            var state = db.Proceedings.AsNoTracking().FirstOrDefault(p => p.Id == decision.Id)?.ToProceeding();
            var refusal = state is null || TurnOf(db, decision.Id) != decision.Turn || db.Pending.Any(p => p.ProceedingId == decision.Id && p.State == PendingDecision.Waits)
                ? Refusal.Changed
                : IsInConflict(db, decision.Command, state.ProviderId) ? Refusal.Conflict
                : Procedure.Decide(state, decision.Command, terms).Refusal;
            if (refusal is not null)
            {
                refused[decision.Id] = refusal;
                continue;
            }

            // What was decided within the term is sent within it: the time to undo is cut where the term ends sooner.
            var due = at + window;
            var end = state!.Due?.EndsAt is { } ends && ends > at && ends <= due ? ends.AddMilliseconds(-1) : due;
            waiting.Add(PendingDecision.Of(++next, waiting.Count == 0 ? next : waiting[0].Id, decision, end));
        }

        if (refused.Count > 0 || waiting.Count == 0)
        {
            return new PreparedOutcome([], refused);
        }

        db.Pending.AddRange(waiting);
        db.SaveChanges();
        journal.Append(db, who, "DecisionsTaken", FormattableString.Invariant($"proceeding:{waiting[0].ProceedingId}"), new
        {
            batch = waiting[0].Batch,
            proceedings = waiting.ConvertAll(w => w.ProceedingId),
            agree = waiting[0].Agree == 1,
            sent_at = waiting[0].DueAt,
        });
        return new PreparedOutcome(waiting, refused);
    });

    /// <summary>Undoes what was decided together and still waits. Says how many; what was sent stays.</summary>
    public int Undo(long batch, long user, DateTimeOffset at, string who) => Within(db =>
    {
        var moment = at.ToUnixTimeMilliseconds();
        // Whose moment has come is being sent, however late the watch is.
        var waiting = db.Pending.AsNoTracking().Where(p => p.Batch == batch && p.UserId == user && p.State == PendingDecision.Waits && p.DueAt > moment).Select(p => new { p.Id, p.ProceedingId }).ToList();
        var undone = waiting.Where(w => Settle(db, w.Id, PendingDecision.WasUndone, at) == 1).ToList();
        if (undone.Count > 0)
        {
            journal.Append(db, who, "DecisionsUndone", FormattableString.Invariant($"proceeding:{undone[0].ProceedingId}"), new { batch, proceedings = undone.ConvertAll(u => u.ProceedingId) });
        }

        return undone.Count;
    });

    /// <summary>Sends the decisions whose moment has come, each once and in a transaction of its own. Says how many were sent.</summary>
    public int SendDue(DateTimeOffset at, Terms terms)
    {
        var moment = at.ToUnixTimeMilliseconds();
        var due = Read(db => db.Pending.AsNoTracking().Where(p => p.State == PendingDecision.Waits && p.DueAt <= moment).OrderBy(p => p.DueAt).ThenBy(p => p.Id).Select(p => p.Id).ToList());
        return due.Count(id => Within(db => Send(db, id, at, terms)));
    }

    /// <summary>What a user has decided and what still waits.</summary>
    public IReadOnlyList<PendingDecision> WaitingOf(long user) => Read(db =>
        db.Pending.AsNoTracking().Where(p => p.UserId == user && p.State == PendingDecision.Waits).OrderByDescending(p => p.Id).ToList());

    /// <summary>Decisions of a user that could not be sent, since a moment.</summary>
    public IReadOnlyList<PendingDecision> DroppedOf(long user, DateTimeOffset since) => Read(db =>
    {
        var from = since.ToUnixTimeMilliseconds();
        return db.Pending.AsNoTracking().Where(p => p.UserId == user && p.State == PendingDecision.WasDropped && p.SettledAt >= from).OrderByDescending(p => p.Id).ToList();
    });

    private bool Send(ProceedingContext db, long id, DateTimeOffset at, Terms terms)
    {
        // Whoever takes the row first sends it; another watch finds that it waits no more.
        if (Settle(db, id, PendingDecision.WasSent, at) == 0)
        {
            return false;
        }

        var pending = db.Pending.AsNoTracking().First(p => p.Id == id);
        var who = FormattableString.Invariant($"user:{pending.UserId}");
        // A term that an outage made longer is no reason to give up what was decided within it.
        var refusal = TurnOf(db, pending.ProceedingId) == pending.Events ? Act(db, pending.ProceedingId, pending.ToCommand(at, Seed()), terms, who).Refusal : Refusal.Changed;
        if (refusal is null)
        {
            return true;
        }

        var reason = refusal.Reason;
        db.Pending.Where(p => p.Id == id).ExecuteUpdate(p => p.SetProperty(x => x.State, PendingDecision.WasDropped).SetProperty(x => x.Refusal, reason));
        journal.Append(db, who, "DecisionDropped", FormattableString.Invariant($"proceeding:{pending.ProceedingId}"), new { decision = id, reason });
        return false;
    }

    private static int Settle(ProceedingContext db, long id, string state, DateTimeOffset at)
    {
        var moment = at.ToUnixTimeMilliseconds();
        return db.Pending.Where(p => p.Id == id && p.State == PendingDecision.Waits).ExecuteUpdate(p => p.SetProperty(x => x.State, state).SetProperty(x => x.SettledAt, moment));
    }
}
