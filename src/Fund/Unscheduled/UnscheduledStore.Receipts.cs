using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>Something that was sent about a case, as it is to be handled once.</summary>
/// <param name="Door">The door by which it came; nothing when somebody acts at a page of this process alone.</param>
/// <param name="Sender">Who sent it, as the journal calls him.</param>
/// <param name="SenderKey">The word by which the sender knows it.</param>
public sealed record ReceivedWord(string? Door, string Sender, string SenderKey, string Act, string ContentHash, DateTimeOffset ReceivedAt);

/// <summary>What became of it.</summary>
/// <param name="Differs">The same word of the sender came with another content.</param>
public sealed record WordOutcome(UnscheduledReceipt Receipt, bool Again, bool Differs);

/// <summary>What was found in unscheduled monitoring, or at HIV care, with the people who sign.</summary>
/// <param name="Monitoring">The monitoring that the paper ends; nothing for HIV care.</param>
/// <param name="OfCentralOffice">Signed by employees of the central office.</param>
public sealed record FoundResults(
    long? Monitoring, long ProviderId, string Region, string Contract, bool OfCentralOffice, IReadOnlyList<long> Signers, PaperFacts Facts, IReadOnlyList<ConclusionLine> Lines, IReadOnlyList<ConclusionClause> Clauses);

/// <summary>Acts that are handled once for each word of their sender, with their receipt.</summary>
public sealed partial class UnscheduledStore
{
    /// <summary>Opens monitoring under the next number.</summary>
    public WordOutcome Open(ReceivedWord word, OpenMonitoring command, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var id = Next(db);
        return (id, Act(db, id, CaseNumber.Of(LocalDay.Of(command.At), command.Region, id), command, terms).Refusal);
    }, answer);

    public WordOutcome Receive(ReceivedWord word, long id, MonitoringCommand command, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) =>
        Handle(word, db => (id, Act(db, id, "", command, terms).Refusal), answer);

    public WordOutcome Receive(ReceivedWord word, long id, ConclusionCommand command, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) =>
        Handle(word, db => (id, Act(db, id, "", command, terms).Refusal), answer);

    /// <summary>Writes the papers of annexes 4 and 3 out of what was found, both or neither.</summary>
    [Law("MON-321:54")]
    [Law("MON-321:19.1")]
    public WordOutcome Conclude(ReceivedWord word, FoundResults found, DateTimeOffset at, Actor by, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var id = Next(db);
        var number = CaseNumber.Of(LocalDay.Of(at), found.Region, id);
        var drafts = DraftsOf(found, number, at, by, terms);
        if (drafts.Select(d => Conclusions.Decide(null, d, terms).Refusal).FirstOrDefault(r => r is not null) is { } refusal)
        {
            return (found.Monitoring ?? 0, refusal);
        }

        if (found.Monitoring is { } monitoring && Act(db, monitoring, "", new WriteConclusion(at, by, drafts[0].Head.Number), terms).Refusal is { } refused)
        {
            return (monitoring, refused);
        }

        foreach (var (place, draft) in drafts.Index())
        {
            Act(db, id + place, draft.Head.Number, draft, terms);
        }

        return (id, null);
    }, answer);

    /// <summary>Notes a refusal that came before the case was asked.</summary>
    public WordOutcome Refuse(ReceivedWord word, long id, Refusal refusal, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, _ => (id, refusal), answer);

    /// <summary>Cases in the order of their numbers.</summary>
    public IReadOnlyList<UnscheduledCase> Cases(string? kind, long after, int most) => Read(db => db.Cases.AsNoTracking()
        .Where(c => (kind == null || c.Kind == kind) && c.Id > after).OrderBy(c => c.Id).Take(most).ToList());

    /// <summary>Cases whose papers are not all made yet.</summary>
    public IReadOnlyList<UnscheduledCase> WithoutPapers(int most) => Read(db => db.Cases.AsNoTracking().Where(c => c.Papers < c.Events).OrderBy(c => c.Id).Take(most).ToList());

    /// <summary>Notes for how many events of a case its papers are made.</summary>
    public void PapersMade(long id, int events) => Within(db => db.Cases.Where(c => c.Id == id && c.Papers < events).ExecuteUpdate(c => c.SetProperty(x => x.Papers, events)));

    /// <summary>The events of a monitoring from the first on.</summary>
    public IReadOnlyList<MonitoringEvent> MonitoringEvents(long id) => Read(db => Events(db, Monitoring, id));

    public UnscheduledCase? CaseOf(string kind, string number) => Read(db => db.Cases.AsNoTracking().FirstOrDefault(c => c.Kind == kind && c.Number == number));

    /// <summary>The papers that are written: annex 4, or annex 3, or both.</summary>
    public static IReadOnlyList<DraftConclusion> DraftsOf(FoundResults found, string number, DateTimeOffset at, Actor by, Terms terms)
    {
        var (contract, unconfirmed) = ConclusionPapers.Of(found.Lines, terms.Policies);
        var unscheduled = found.Monitoring is not null;
        ConclusionHead Head(ConclusionForm form, string named, long? monitoring) => new(
            named, form, unscheduled ? MonitoringKind.Unscheduled : MonitoringKind.Current,
            new("MON-321", form == ConclusionForm.UnconfirmedCases ? "19.1" : unscheduled ? "54" : "39"),
            found.ProviderId, found.Contract, found.Region, found.OfCentralOffice, found.Signers, monitoring, found.Facts);
        var alone = unconfirmed.Count > 0 && contract.Count == 0 && found.Clauses.Count == 0;
        var drafts = new List<DraftConclusion>();
        if (!alone)
        {
            drafts.Add(new(at, by, Head(ConclusionForm.ContractMonitoring, number, found.Monitoring), contract, found.Clauses));
        }

        if (unconfirmed.Count > 0)
        {
            drafts.Add(new(at, by, Head(ConclusionForm.UnconfirmedCases, alone ? number : CaseNumber.OfUnconfirmed(number), alone ? found.Monitoring : null), unconfirmed, []));
        }

        return drafts;
    }

    private static long Next(UnscheduledContext db) => (db.Cases.Max(c => (long?)c.Id) ?? 0) + 1;

    /// <summary>The act, its receipt and the journal in one transaction.</summary>
    /// <exception cref="DoorClosedException">The door was taken down; the sender has to send it again.</exception>
    private WordOutcome Handle(ReceivedWord word, Func<UnscheduledContext, (long CaseId, Refusal? Refusal)> act, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Within<WordOutcome>(db =>
    {
        journal.Hold(db);
        if (db.Receipts.AsNoTracking().FirstOrDefault(r => r.Sender == word.Sender && r.SenderKey == word.SenderKey) is { } known)
        {
            return new(known, true, known.ContentHash != word.ContentHash || known.Act != word.Act);
        }

        if (word.Door is { } door && db.Database.SqlQuery<int>($"""SELECT 1 AS "Value" FROM proceeding_door WHERE id = {door}""").ToList().Count == 0)
        {
            throw new DoorClosedException();
        }

        var (id, refusal) = act(db);
        var receipt = new UnscheduledReceipt
        {
            Id = (db.Receipts.Max(r => (long?)r.Id) ?? 0) + 1, Sender = word.Sender, SenderKey = word.SenderKey, Act = word.Act, ContentHash = word.ContentHash,
            CaseId = id, ReceivedAt = word.ReceivedAt.ToUnixTimeMilliseconds(), Refusal = refusal?.Reason, Answer = "",
        };
        receipt.Answer = answer(receipt, db.Cases.AsNoTracking().FirstOrDefault(c => c.Id == id)?.Stage ?? "", refusal);
        db.Receipts.Add(receipt);
        db.SaveChanges();
        if (refusal is not null)
        {
            journal.Append(db, word.Sender, "ReceiptRefused", FormattableString.Invariant($"unscheduled:{id}"), new { receipt = receipt.Id, refusal.Reason });
        }

        return new(receipt, false, false);
    });
}
