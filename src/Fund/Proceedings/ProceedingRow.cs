using System.Globalization;
using System.Text.Json;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>A proceeding as the database keeps it: one row with its present state, the finding that it is about, and when the clock must look at it.</summary>
public sealed class ProceedingRow
{
    public long Id { get; set; }

    public long FindingId { get; set; }

    public long LineId { get; set; }

    public long ProviderId { get; set; }

    /// <summary>First day of the month that was billed.</summary>
    public string Month { get; set; } = "";

    public string RuleId { get; set; } = "";

    public string Evidence { get; set; } = "";

    /// <summary>Hash of rule and evidence, by which a later run's finding is known again.</summary>
    public long FindingKey { get; set; }

    /// <summary>The monitoring that found it, whose files tell cell, base and sum as they were shown; 0 when a person found it.</summary>
    public long RunId { get; set; }

    public string Code { get; set; } = "";

    public string Form { get; set; } = "";

    public string Detection { get; set; } = "";

    public string Death { get; set; } = "";

    public string Track { get; set; } = "";

    public string Territory { get; set; } = "";

    public string Excluded { get; set; } = "";

    public long Billed { get; set; }

    public long AtRisk { get; set; }

    public long DetectedAt { get; set; }

    public long ShownAt { get; set; }

    public long FrozenAt { get; set; }

    public string SnapshotHash { get; set; } = "";

    public string Stage { get; set; } = "";

    public string Owner { get; set; } = "";

    public string Effect { get; set; } = "";

    public long Since { get; set; }

    /// <summary>Nobody, unless a review lies with somebody.</summary>
    public long? Reviewer { get; set; }

    public string ReviewerRegion { get; set; } = "";

    public long BranchReviewer { get; set; }

    public long FirstReviewer { get; set; }

    public string FirstRegion { get; set; } = "";

    public long Looker { get; set; }

    public long Head { get; set; }

    public long SecondReviewer { get; set; }

    public long CentralReviewer { get; set; }

    public long EarlierReviewer { get; set; }

    public long? EarlierLooker { get; set; }

    public string PassedOver { get; set; } = "";

    public string? OverdueSince { get; set; }

    public int Escalation { get; set; }

    public long? ObjectionReceivedAt { get; set; }

    public string? Due { get; set; }

    public string? ObjectionDue { get; set; }

    public string? ConclusionDue { get; set; }

    public int DocumentRequests { get; set; }

    public int HasConclusion { get; set; }

    public int ConclusionMissed { get; set; }

    /// <summary>When the running term is over, in milliseconds; nothing when no clock runs.</summary>
    public long? NextAt { get; set; }

    public int Events { get; set; }

    /// <summary>Columns in the order of the table, as whoever writes many rows at once needs them.</summary>
    internal static readonly IReadOnlyList<(string Column, Func<ProceedingRow, object?> Value)> Columns =
    [
        (Named("Id"), r => r.Id),
        (Named("FindingId"), r => r.FindingId),
        (Named("LineId"), r => r.LineId),
        (Named("ProviderId"), r => r.ProviderId),
        (Named("Month"), r => r.Month),
        (Named("RuleId"), r => r.RuleId),
        (Named("Evidence"), r => r.Evidence),
        (Named("FindingKey"), r => r.FindingKey),
        (Named("RunId"), r => r.RunId),
        (Named("Code"), r => r.Code),
        (Named("Form"), r => r.Form),
        (Named("Detection"), r => r.Detection),
        (Named("Death"), r => r.Death),
        (Named("Track"), r => r.Track),
        (Named("Territory"), r => r.Territory),
        (Named("Excluded"), r => r.Excluded),
        (Named("Billed"), r => r.Billed),
        (Named("AtRisk"), r => r.AtRisk),
        (Named("DetectedAt"), r => r.DetectedAt),
        (Named("ShownAt"), r => r.ShownAt),
        (Named("FrozenAt"), r => r.FrozenAt),
        (Named("SnapshotHash"), r => r.SnapshotHash),
        (Named("Stage"), r => r.Stage),
        (Named("Owner"), r => r.Owner),
        (Named("Effect"), r => r.Effect),
        (Named("Since"), r => r.Since),
        (Named("Reviewer"), r => r.Reviewer),
        (Named("ReviewerRegion"), r => r.ReviewerRegion),
        (Named("BranchReviewer"), r => r.BranchReviewer),
        (Named("FirstReviewer"), r => r.FirstReviewer),
        (Named("FirstRegion"), r => r.FirstRegion),
        (Named("Looker"), r => r.Looker),
        (Named("Head"), r => r.Head),
        (Named("SecondReviewer"), r => r.SecondReviewer),
        (Named("CentralReviewer"), r => r.CentralReviewer),
        (Named("EarlierReviewer"), r => r.EarlierReviewer),
        (Named("EarlierLooker"), r => r.EarlierLooker),
        (Named("PassedOver"), r => r.PassedOver),
        (Named("OverdueSince"), r => r.OverdueSince),
        (Named("Escalation"), r => r.Escalation),
        (Named("ObjectionReceivedAt"), r => r.ObjectionReceivedAt),
        (Named("Due"), r => r.Due),
        (Named("ObjectionDue"), r => r.ObjectionDue),
        (Named("ConclusionDue"), r => r.ConclusionDue),
        (Named("DocumentRequests"), r => r.DocumentRequests),
        (Named("HasConclusion"), r => r.HasConclusion),
        (Named("ConclusionMissed"), r => r.ConclusionMissed),
        (Named("NextAt"), r => r.NextAt),
        (Named("Events"), r => r.Events),
    ];

    private static readonly HashSet<string> Fixed = new(
        ["Id", "FindingId", "LineId", "ProviderId", "Month", "RuleId", "Evidence", "FindingKey", "RunId", "Form", "Detection", "Death", "Track", "Territory", "Excluded", "Billed", "DetectedAt", "ShownAt", "FrozenAt", "SnapshotHash"],
        StringComparer.Ordinal);

    /// <summary>Columns that acts change.</summary>
    internal static readonly IReadOnlyList<(string Column, Func<ProceedingRow, object?> Value)> Moving =
        [.. Columns.Where(c => !Fixed.Select(ProceedingContext.Column).Contains(c.Column))];

    private static string Named(string property) => ProceedingContext.Column(property);

    public Proceeding ToProceeding() => new(
        Id, FindingId, LineId, ProviderId, Code, CareForms.Parse(Form), Read<Detection>(Detection), Read<Death>(Death), Read<Track>(Track),
        Territory, Excluded, Billed, AtRisk, Moment(DetectedAt), Moment(ShownAt), Moment(FrozenAt), SnapshotHash)
    {
        Stage = Read<Stage>(Stage),
        Owner = Read<Party>(Owner),
        Due = DueOf(Due),
        Effect = Read<Effect>(Effect),
        Since = Moment(Since),
        Reviewer = Reviewer ?? 0,
        ReviewerRegion = ReviewerRegion,
        BranchReviewer = BranchReviewer,
        FirstReviewer = FirstReviewer,
        FirstRegion = FirstRegion,
        Looker = Looker,
        Head = Head,
        SecondReviewer = SecondReviewer,
        CentralReviewer = CentralReviewer,
        EarlierReviewer = EarlierReviewer,
        EarlierLooker = EarlierLooker,
        PassedOver = PassedOver,
        OverdueSince = OverdueSince is null ? null : DateOnly.ParseExact(OverdueSince, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Escalation = Escalation,
        ObjectionReceivedAt = ObjectionReceivedAt is { } received ? Moment(received) : null,
        ObjectionDue = DueOf(ObjectionDue),
        DocumentRequests = DocumentRequests,
        ConclusionDue = DueOf(ConclusionDue),
        HasConclusion = HasConclusion == 1,
        ConclusionMissed = ConclusionMissed == 1,
        Events = Events,
    };

    /// <summary>Takes the state of a proceeding over; what it is about was set when it was opened.</summary>
    public ProceedingRow With(Proceeding p)
    {
        (Id, FindingId, LineId, ProviderId, Code, Form) = (p.Id, p.FindingId, p.LineId, p.ProviderId, p.Code, p.Form.Word());
        (Detection, Death, Track) = (Word(p.Detection), Word(p.Death), Word(p.Track));
        (Territory, Excluded, Billed, AtRisk, SnapshotHash) = (p.Territory, p.Excluded, p.Billed, p.AtRisk, p.SnapshotHash);
        (DetectedAt, ShownAt, FrozenAt) = (Milliseconds(p.DetectedAt), Milliseconds(p.ShownAt), Milliseconds(p.FrozenAt));
        (Stage, Owner, Effect, Since) = (Word(p.Stage), Word(p.Owner), Word(p.Effect), Milliseconds(p.Since));
        (Reviewer, ReviewerRegion) = (p.Reviewer == 0 ? null : p.Reviewer, p.ReviewerRegion);
        (BranchReviewer, FirstReviewer, FirstRegion, Looker, Head) = (p.BranchReviewer, p.FirstReviewer, p.FirstRegion, p.Looker, p.Head);
        (SecondReviewer, CentralReviewer, PassedOver) = (p.SecondReviewer, p.CentralReviewer, p.PassedOver);
        (EarlierReviewer, EarlierLooker) = (p.EarlierReviewer, p.EarlierLooker);
        OverdueSince = p.OverdueSince?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (Escalation, ObjectionReceivedAt) = (p.Escalation, p.ObjectionReceivedAt is { } received ? Milliseconds(received) : null);
        (Due, ObjectionDue, ConclusionDue) = (TextOf(p.Due), TextOf(p.ObjectionDue), TextOf(p.ConclusionDue));
        (DocumentRequests, HasConclusion, ConclusionMissed) = (p.DocumentRequests, p.HasConclusion ? 1 : 0, p.ConclusionMissed ? 1 : 0);
        var conclusion = p is { ConclusionDue: { } owed, HasConclusion: false, ConclusionMissed: false } ? Milliseconds(owed.EndsAt) : (long?)null;
        NextAt = p.Due is { } due && !(conclusion < Milliseconds(due.EndsAt)) ? Milliseconds(due.EndsAt) : conclusion;
        Events = p.Events;
        return this;
    }

    internal static string Word<T>(T value)
        where T : struct, Enum => Spelt<T>.Words[value];

    internal static T Read<T>(string word)
        where T : struct, Enum => Spelt<T>.Values[word];

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private static string? TextOf(Due? due) => due is null ? null : string.Create(
        CultureInfo.InvariantCulture, $"{Word(due.Name)} {due.Start:yyyy-MM-dd} {due.Length} {due.Last:yyyy-MM-dd} {Milliseconds(due.EndsAt)}");

    private static Due? DueOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split(' ');
        return new(
            Read<TermName>(parts[0]), Day(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture), Day(parts[3]), Moment(long.Parse(parts[4], CultureInfo.InvariantCulture)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static class Spelt<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(v => v, v => ProceedingJson.Word(v));

        public static readonly Dictionary<string, T> Values = Words.ToDictionary(w => w.Value, w => w.Key, StringComparer.Ordinal);
    }
}
