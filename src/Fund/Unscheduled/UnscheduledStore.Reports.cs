using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>Something that the Fund owes by a day.</summary>
/// <param name="Kind">report, latent, letter, conclusion or hiv.</param>
/// <param name="Id">The case; of a letter its conclusion, of HIV care nothing.</param>
/// <param name="EndsAt">When its term is over.</param>
/// <param name="Number">The number under which people know it; empty where it has none yet.</param>
public sealed record OwedAct(string Kind, string Key, long Id, long ProviderId, string Region, DateTimeOffset EndsAt, string Number);

/// <summary>Reports of branches, and what the Fund owes.</summary>
public sealed partial class UnscheduledStore
{
    /// <summary>A report falls due once under its number; says whether it did now.</summary>
    public bool FallDue(string number, ReportFellDue happened) => Within(db => FallDue(db, number, happened) is not null);

    /// <summary>A person marks a case as asking for administrative measures: the report on it falls due.</summary>
    [Law("MON-321:17")]
    public WordOutcome Mark(ReceivedWord word, ReportedFinding finding, Actor by, string reasons, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        if (string.IsNullOrWhiteSpace(reasons))
        {
            return (0, Refusal.WithoutReasons);
        }

        if (db.Measures.Find(finding.FindingId) is not null)
        {
            return (0, Refusal.Closed);
        }

        var decided = BranchReports.OnFinding(finding, word.ReceivedAt, terms);
        if (decided.Refusal is { } refusal)
        {
            return (0, refusal);
        }

        db.Measures.Add(new() { ProceedingId = finding.FindingId, Region = finding.Region, MarkedBy = by.Id, At = word.ReceivedAt.ToUnixTimeMilliseconds(), Reasons = reasons.Trim() });
        db.SaveChanges();
        journal.Append(db, word.Sender, "MeasuresAskedFor", FormattableString.Invariant($"proceeding:{finding.FindingId}"));
        return (FallDue(db, ReportWork.NumberOf(finding.Region, finding.FindingId), (ReportFellDue)decided.Events[0]) ?? 0, null);
    }, answer);

    /// <summary>An act on a report.</summary>
    public WordOutcome Receive(ReceivedWord word, long id, Actor by, Func<BranchReport, Decided<ReportEvent>> decide, Func<UnscheduledReceipt, string, Refusal?, string> answer) =>
        Handle(word, db => (id, Lead(db, Report, id, "", by, s => decide(s!)).Refusal), answer);

    /// <summary>Cases of a branch that a person marked.</summary>
    public IReadOnlyList<MeasureMark> Marked(string region) => Read(db => db.Measures.AsNoTracking().Where(m => m.Region == region).OrderBy(m => m.ProceedingId).ToList());

    public IReadOnlyList<ReportEvent> ReportEvents(long id) => Read(db => Events(db, Report, id));

    /// <summary>What the Fund owes by a term that runs or is over: reports, notices of latent defects, conclusions, letters to law enforcement.</summary>
    public IReadOnlyList<OwedAct> Owed() => Read<IReadOnlyList<OwedAct>>(db =>
    {
        var cases = db.Cases.AsNoTracking().Where(c => c.Owner == "Fund" && (c.DueAt != null || c.Overdue == 1)).OrderBy(c => c.Id).ToList()
            .Select(c => new OwedAct(c.Kind, FormattableString.Invariant($"{c.Kind}:{c.Id}:{c.Term}"), c.Id, c.ProviderId, c.Region, EndOf(db, c), c.Number));
        var letters = db.Letters.AsNoTracking().Where(l => l.DueAt != null && l.SentAt == null).OrderBy(l => l.Conclusion).ToList().Select(l =>
        {
            var number = l.Conclusion.EndsWith(SecondLetter(""), StringComparison.Ordinal) ? l.Conclusion[..^SecondLetter("").Length] : l.Conclusion;
            var one = Find(db, Paper, number);
            return new OwedAct("letter", "letter:" + l.Conclusion, one?.Id ?? 0, l.ProviderId, one?.Region ?? "", DateTimeOffset.FromUnixTimeMilliseconds(l.DueAt!.Value), number);
        });
        return [.. cases, .. letters];
    });

    /// <summary>When a term ends or ended; one that was flagged no longer stands in its row.</summary>
    private static DateTimeOffset EndOf(UnscheduledContext db, UnscheduledCase one) => one.DueAt is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : (one.Kind switch
    {
        "monitoring" => State(db, Monitoring, one.Id)?.Next,
        "conclusion" => State(db, Paper, one.Id)?.Next,
        "latent" => State(db, Latent, one.Id)?.Next,
        _ => State(db, Report, one.Id)?.Next,
    })?.Term.EndsAt ?? DateTimeOffset.UnixEpoch;

    private long? FallDue(UnscheduledContext db, string number, ReportFellDue happened)
    {
        if (Find(db, Report, number) is not null)
        {
            return null;
        }

        var id = Next(db);
        Lead(db, Report, id, number, Actor.System, _ => happened);
        return id;
    }
}
