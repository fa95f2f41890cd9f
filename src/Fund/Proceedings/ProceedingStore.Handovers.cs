using System.Globalization;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>Reviews that change hands: one person asks with a reason, another confirms, the distribution names the next.</summary>
public sealed partial class ProceedingStore
{
    /// <summary>Those that wait for the second person, the oldest first.</summary>
    public IReadOnlyList<Handover> Handovers() => Read(db => db.Handovers.AsNoTracking().Where(h => h.Answer == null).OrderBy(h => h.Id).ToList());

    public Handover? Handover(long id) => Read(db => db.Handovers.AsNoTracking().FirstOrDefault(h => h.Id == id));

    /// <summary>Asks for a review to be taken from its reviewer; the second person is still missing.</summary>
    /// <param name="by">The head.</param>
    /// <param name="who">The same, as the journal calls him.</param>
    public Refusal? AskHandover(long proceeding, long by, string who, string reasons, DateTimeOffset at) => Within(db =>
    {
        journal.Hold(db);
        var row = db.Proceedings.AsNoTracking().FirstOrDefault(p => p.Id == proceeding);
        if (row?.Reviewer is not { } reviewer || row.ToProceeding() is not { } state || !state.Stage.IsReview())
        {
            return Refusal.NotPossible(row?.Stage ?? "");
        }

        if (reviewer == by)
        {
            return Refusal.WrongPerson;
        }

        if (string.IsNullOrWhiteSpace(reasons))
        {
            return Refusal.WithoutReasons;
        }

        if (db.Handovers.Any(h => h.ProceedingId == proceeding && h.Answer == null))
        {
            return Refusal.HandoverWaits;
        }

        var next = (db.Handovers.Max(h => (long?)h.Id) ?? 0) + 1;
        db.Handovers.Add(new() { Id = next, ProceedingId = proceeding, Reviewer = reviewer, Region = row.ReviewerRegion, AskedBy = by, AskedAt = at.ToUnixTimeMilliseconds(), Reasons = reasons.Trim() });
        db.SaveChanges();
        journal.Append(db, who, "HandoverAsked", FormattableString.Invariant($"proceeding:{proceeding}"), new { reviewer, handover = next });
        return (Refusal?)null;
    });

    /// <summary>The second person confirms or refuses; confirmed, the review goes back to the distribution at once. Of two who answer at the same moment one wins, and the other is told.</summary>
    /// <param name="by">Another than the one who asked, and not the reviewer.</param>
    [Law("MON-321:28")]
    public Refusal? AnswerHandover(long id, long by, string who, bool confirmed, Terms terms, DateTimeOffset at) => Within(db =>
    {
        var asked = db.Handovers.FirstOrDefault(h => h.Id == id);
        if (asked is not { Answer: null })
        {
            return asked is null ? Refusal.NotPossible("") : Refusal.HandoverAnswered;
        }

        if (asked.AskedBy == by || asked.Reviewer == by)
        {
            return Refusal.SecondPersonMissing;
        }

        Refusal? refusal = null;
        (asked.AnsweredBy, asked.AnsweredAt, asked.Answer) = (by, at.ToUnixTimeMilliseconds(), confirmed ? "confirmed" : "refused");
        if (confirmed)
        {
            var state = db.Proceedings.AsNoTracking().First(p => p.Id == asked.ProceedingId).ToProceeding();
            // A review that changed hands meanwhile is another's: the wish was about this reviewer.
            refusal = state.Reviewer != asked.Reviewer ? Refusal.NotPossible(ProceedingJson.Word(state.Stage))
                : Act(db, asked.ProceedingId, new TakeBackReview(new(Party.Fund, asked.AskedBy, ""), at, asked.Reasons, new(Party.Fund, by, "")), terms, who).Refusal;
            asked.Answer = refusal?.Reason ?? asked.Answer;
        }

        db.SaveChanges();
        journal.Append(db, who, asked.Answer == "confirmed" ? "HandoverConfirmed" : "HandoverClosed", FormattableString.Invariant($"proceeding:{asked.ProceedingId}"), new { handover = id, answer = asked.Answer });
        return refusal;
    });
}
