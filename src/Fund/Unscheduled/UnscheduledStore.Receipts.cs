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

    /// <summary>Writes the paper of annex 3 alone, within current monitoring, out of cases of the register; no other paper takes them after that.</summary>
    /// <param name="cases">Their numbers in the register.</param>
    [Law("MON-321:19.1")]
    public WordOutcome ConcludeUnconfirmed(ReceivedWord word, FoundResults found, IReadOnlyCollection<long> cases, DateTimeOffset at, Actor by, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var id = Next(db);
        var number = CaseNumber.Of(LocalDay.Of(at), found.Region, id);
        var head = new ConclusionHead(
            number, ConclusionForm.UnconfirmedCases, MonitoringKind.Current, new("MON-321", "19.1"), found.ProviderId, found.Contract, found.Region, found.OfCentralOffice, found.Signers, null, found.Facts);
        var rows = db.Unconfirmed.Where(u => cases.Contains(u.FindingId) && u.Conclusion == null && u.StruckOn == null).ToList();
        if (rows.Count != cases.Count)
        {
            return (0, Refusal.Changed);
        }

        var refusal = Act(db, id, number, new DraftConclusion(at, by, head, found.Lines, []), terms).Refusal;
        if (refusal is null)
        {
            rows.ForEach(r => r.Conclusion = number);
            db.SaveChanges();
        }

        return (refusal is null ? id : 0, refusal);
    }, answer);

    /// <summary>Opens monitoring for what analysis found; both or neither.</summary>
    [Law("MON-321:14")]
    public WordOutcome OpenAdditional(ReceivedWord word, OpenMonitoring open, NoteAdditional note, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        if ((MonitoringNotes.Found(note, terms).Refusal ?? Monitorings.Decide(null, open, terms).Refusal) is { } refusal)
        {
            return (0, refusal);
        }

        var id = Next(db);
        Act(db, id, CaseNumber.Of(LocalDay.Of(open.At), open.Region, id), open, terms);
        return (id, Act(db, id, "", note, terms).Refusal);
    }, answer);

    /// <summary>Notes that an organisation treats citizens abroad under a contract with the Fund.</summary>
    [Law("MON-321:3")]
    public WordOutcome NoteForeign(ReceivedWord word, long provider, string contract, string document, Actor by, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        if (string.IsNullOrWhiteSpace(contract) || string.IsNullOrWhiteSpace(document))
        {
            return (0, Refusal.WithoutReasons);
        }

        if (db.Foreign.Find(provider) is not null)
        {
            return (0, Refusal.Closed);
        }

        db.Foreign.Add(new() { ProviderId = provider, Contract = contract.Trim(), Document = document.Trim(), NotedBy = by.Id, At = word.ReceivedAt.ToUnixTimeMilliseconds() });
        db.SaveChanges();
        journal.Append(db, word.Sender, "ForeignOrganisationNoted", FormattableString.Invariant($"provider:{provider}"), new { contract, document });
        return (0, null);
    }, answer);

    /// <summary>Organisations that treat abroad and are not monitored.</summary>
    [Law("MON-321:3")]
    public IReadOnlySet<long> ForeignOrganisations() => Read(db => db.Foreign.AsNoTracking().Select(f => f.ProviderId).ToHashSet());

    /// <summary>Conclusions that took effect.</summary>
    public IReadOnlyList<long> WithMeasures(long? provider) => Read(db => db.Cases.AsNoTracking()
        .Where(c => c.Kind == "conclusion" && (provider == null || c.ProviderId == provider) && (c.Stage == "Accepted" || c.Stage == "DeemedAccepted" || c.Stage == "Replied" || c.Stage == "Appealed" || c.Stage == "Final"))
        .OrderBy(c => c.Id).Select(c => c.Id).ToList());

    /// <summary>Day on which a conclusion took effect; nothing before.</summary>
    public DateOnly? EffectiveOn(long conclusion) => ConclusionEvents(conclusion).OfType<MeasuresApplied>().FirstOrDefault() is { } applied ? LocalDay.Of(applied.At) : null;

    /// <summary>Notes a latent defect under the next number.</summary>
    [Law("MON-321:53")]
    public WordOutcome FindLatent(ReceivedWord word, LatentFacts facts, Actor by, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var id = Next(db);
        var refusal = Lead(db, Latent, id, CaseNumber.Of(LocalDay.Of(word.ReceivedAt), facts.Region, id), by, _ => LatentDefects.Find(facts, word.ReceivedAt, terms)).Refusal;
        return (refusal is null ? id : 0, refusal);
    }, answer);

    /// <summary>Notes that the provider was told of a latent defect; its record was fixed when it was found.</summary>
    public WordOutcome TellLatent(ReceivedWord word, long id, Channel channel, Actor by, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var found = Events(db, Latent, id).OfType<LatentFound>().First();
        return (id, Lead(db, Latent, id, "", by, s => LatentDefects.Notify(s!, word.ReceivedAt, channel, found.Facts.Snapshot is null ? null : found.At, terms)).Refusal);
    }, answer);

    /// <summary>Opens unscheduled monitoring for a latent defect; both or neither. The answer names the monitoring.</summary>
    public WordOutcome MonitorLatent(ReceivedWord word, long id, OpenMonitoring open, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var monitoring = Next(db);
        var state = State(db, Latent, id)!;
        if (LatentDefects.Monitor(state, word.ReceivedAt, monitoring, open.Opening, terms).Refusal is { } refusal)
        {
            return (id, refusal);
        }

        if (Act(db, monitoring, CaseNumber.Of(LocalDay.Of(open.At), open.Region, monitoring), open, terms).Refusal is { } refused)
        {
            return (id, refused);
        }

        Lead(db, Latent, id, "", open.By, s => LatentDefects.Monitor(s!, word.ReceivedAt, monitoring, open.Opening, terms));
        return (monitoring, null);
    }, answer);

    /// <summary>Notes what the conclusions of monitorings came to for the latent defects for which they were opened. Says for how many.</summary>
    public int MeasureLatents(DateTimeOffset at, Terms terms) =>
        Read(db => db.Cases.AsNoTracking().Where(c => c.Kind == "latent" && c.Stage == "InMonitoring").OrderBy(c => c.Id).Select(c => c.Id).ToList()).Count(id => Within(db =>
        {
            var monitoring = State(db, Latent, id)!.Monitoring!.Value;
            return State(db, Monitoring, monitoring)?.Conclusion is { } number && Find(db, Paper, number) is { } paper && State(db, Paper, paper.Id) is { } conclusion
                && Lead(db, Latent, id, "", Actor.System, s => LatentDefects.Measure(s!, at, conclusion, terms)).Events.Count > 0;
        }));

    public IReadOnlyList<LatentEvent> LatentEvents(long id) => Read(db => Events(db, Latent, id));

    /// <summary>Cases of a provider of one kind, in the order of their numbers.</summary>
    public IReadOnlyList<UnscheduledCase> CasesOf(long provider, string kind) => Read(db => db.Cases.AsNoTracking().Where(c => c.ProviderId == provider && c.Kind == kind).OrderBy(c => c.Id).ToList());

    /// <summary>Notes a refusal that came before the case was asked, or with none that another room took the act.</summary>
    public WordOutcome Refuse(ReceivedWord word, long id, Refusal? refusal, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, _ => (id, refusal), answer);

    /// <summary>What became of a word of a sender; nothing while it did not come.</summary>
    public WordOutcome? KnownWord(ReceivedWord word) => Read(db => db.Receipts.AsNoTracking().FirstOrDefault(r => r.Sender == word.Sender && r.SenderKey == word.SenderKey) is { } known
        ? new WordOutcome(known, true, known.ContentHash != word.ContentHash || known.Act != word.Act)
        : null);

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

    /// <summary>Cases of all kinds that bear a number.</summary>
    public IReadOnlyList<UnscheduledCase> Numbered(string number) => Read(db => db.Cases.AsNoTracking().Where(c => c.Number == number).OrderBy(c => c.Id).ToList());

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
