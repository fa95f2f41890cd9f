using System.Globalization;
using System.Text.Json.Serialization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The two reports of a branch.</summary>
public enum ReportKind
{
    /// <summary>To the local health authority, for a quarter.</summary>
    [Law("MON-321:16")]
    Quarterly,

    /// <summary>To the state body, on a finding that needs administrative measures.</summary>
    [Law("MON-321:17")]
    StateBody,
}

/// <summary>Where a report stands.</summary>
public enum ReportStage
{
    Due,
    Prepared,
    Sent,
    Acknowledged,
}

/// <summary>A finding as reports see it.</summary>
/// <param name="ConfirmedOn">Day on which it became final; nothing while it is disputed.</param>
/// <param name="NeedsMeasures">A person marked it as needing administrative measures.</param>
/// <param name="What">Why he marked it.</param>
public sealed record ReportedFinding(
    long FindingId, string Region, long ProviderId, string Provider, string Code, DateOnly DetectedOn, DateOnly? ConfirmedOn, Money Sum, bool NeedsMeasures, string? What = null);

/// <summary>A row of a report.</summary>
public sealed record ReportRow(long FindingId, long ProviderId, string Provider, string Code, bool IsViolation, DateOnly DetectedOn, bool IsDisputed, Money Sum, string? What = null);

/// <summary>A report that a branch owes, from the day on which it falls due to its acknowledgement.</summary>
/// <param name="From">First day of the quarter, or the day of detection.</param>
public sealed record BranchReport(ReportKind Kind, string Region, DateOnly From, DateOnly To, Term Term, ReportStage Stage, IReadOnlyList<ReportRow> Rows)
{
    public bool IsOverdue { get; init; }

    /// <summary>The case for which a report to the state body fell due.</summary>
    public long? Subject { get; init; }

    public DateOnly? SentOn { get; init; }

    public string? AcknowledgedBy { get; init; }

    public NextAct? Next => Stage switch
    {
        ReportStage.Due or ReportStage.Prepared => new(Party.Fund, Kind == ReportKind.Quarterly ? TermName.QuarterReport : TermName.StateBodyReport, Term),
        _ => null,
    };

    public static BranchReport Apply(BranchReport? state, ReportEvent happened) => happened switch
    {
        ReportFellDue e => new(e.Kind, e.Region, e.From, e.To, e.Term, ReportStage.Due, []) { Subject = e.Subject },
        ReportPrepared e => state! with { Stage = ReportStage.Prepared, Rows = e.Rows },
        ReportSent e => state! with { Stage = ReportStage.Sent, SentOn = LocalDay.Of(e.At), IsOverdue = state.IsOverdue || !state.Term.Includes(e.At) },
        ReportAcknowledged e => state! with { Stage = ReportStage.Acknowledged, AcknowledgedBy = e.Number },
        ReportOverdue => state! with { IsOverdue = true },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a report."),
    };
}

/// <summary>Something that happened to a report.</summary>
[JsonDerivedType(typeof(ReportFellDue), "due")]
[JsonDerivedType(typeof(ReportPrepared), "prepared")]
[JsonDerivedType(typeof(ReportSent), "sent")]
[JsonDerivedType(typeof(ReportAcknowledged), "acknowledged")]
[JsonDerivedType(typeof(ReportOverdue), "overdue")]
public abstract record ReportEvent(DateTimeOffset At, Ground Ground);

/// <summary>A report is owed.</summary>
public sealed record ReportFellDue(DateTimeOffset At, Ground Ground, ReportKind Kind, string Region, DateOnly From, DateOnly To, Term Term, long? Subject = null) : ReportEvent(At, Ground);

/// <summary>Its rows were put together.</summary>
public sealed record ReportPrepared(DateTimeOffset At, Ground Ground, IReadOnlyList<ReportRow> Rows) : ReportEvent(At, Ground);

/// <summary>It was sent.</summary>
public sealed record ReportSent(DateTimeOffset At, Ground Ground) : ReportEvent(At, Ground);

/// <summary>The one to whom it went has it, under a number.</summary>
public sealed record ReportAcknowledged(DateTimeOffset At, Ground Ground, string Number) : ReportEvent(At, Ground);

/// <summary>Its term ran out before it was sent.</summary>
public sealed record ReportOverdue(DateTimeOffset At, Ground Ground) : ReportEvent(At, Ground);

/// <summary>What branches report and by when.</summary>
public static class BranchReports
{
    /// <summary>The report on a quarter falls due with its end.</summary>
    [Law("MON-321:16")]
    public static ReportFellDue Quarter(string region, DateOnly firstDay, DateTimeOffset at, Terms terms)
    {
        var last = firstDay.AddMonths(3).AddDays(-1);
        // The two values of the policy are words; they say the number themselves.
        var term = terms.Policies["quarter_report_due"] == "tenth_working_day"
            ? Term.OfWorkingDays(terms.Calendar, last, 10)
            : Term.OfCalendarDays(terms.Calendar, last, 15);
        return new(at, Ground.Of("MON-321:16", terms, "due", ("region", region), ("quarter", Day(firstDay))), ReportKind.Quarterly, region, firstDay, last, term);
    }

    /// <summary>The report on a finding that a person marked; by the policy its ten days run from detection or from confirmation.</summary>
    [Law("MON-321:17")]
    public static Decided<ReportEvent> OnFinding(ReportedFinding finding, DateTimeOffset at, Terms terms)
    {
        var start = terms.Policies["admin_clock"] == "detection" ? finding.DetectedOn : finding.ConfirmedOn;
        return !finding.NeedsMeasures || start is not { } from
            ? Refusal.NotPossible(ReportKind.StateBody.ToString())
            : new ReportFellDue(
                at, Ground.Of("MON-321:17", terms, "due", ("finding", finding.FindingId.ToString(CultureInfo.InvariantCulture)), ("admin_clock", terms.Policies["admin_clock"])),
                ReportKind.StateBody, finding.Region, from, from, terms.Of(TermName.StateBodyReport, from), finding.FindingId);
    }

    /// <summary>Quarterly: what became final in the quarter in the region; to the state body: the marked finding, disputed or not.</summary>
    public static IReadOnlyList<ReportRow> Rows(BranchReport report, IEnumerable<ReportedFinding> findings, Terms terms)
    {
        var edition = terms.Law.Classification.On(terms.Today);
        return [.. from finding in findings
                   where finding.Region == report.Region
                   where report.Kind == ReportKind.StateBody
                       ? finding.NeedsMeasures
                       : finding.ConfirmedOn >= report.From && finding.ConfirmedOn <= report.To
                   let violation = edition.IsViolation(finding.Code, terms.Policies)
                   where violation || terms.Policies["report_scope"] == "all"
                   orderby finding.ProviderId, finding.DetectedOn, finding.FindingId
                   select new ReportRow(finding.FindingId, finding.ProviderId, finding.Provider, finding.Code, violation, finding.DetectedOn, finding.ConfirmedOn is null, finding.Sum, finding.What)];
    }

    public static Decided<ReportEvent> Prepare(BranchReport state, DateTimeOffset at, IReadOnlyList<ReportRow> rows, Terms terms) =>
        state.Stage is ReportStage.Due or ReportStage.Prepared
            ? new ReportPrepared(at, Ground.Of(Paragraph(state), terms, "prepared", ("rows", rows.Count.ToString(CultureInfo.InvariantCulture))), rows)
            : Refusal.NotPossible(state.Stage.ToString());

    public static Decided<ReportEvent> Send(BranchReport state, DateTimeOffset at, Terms terms) =>
        state.Stage == ReportStage.Prepared
            ? new ReportSent(at, Ground.Of(Paragraph(state), terms, "sent", ("late", state.Term.Includes(at) ? "no" : "yes")))
            : Refusal.NotPossible(state.Stage.ToString());

    public static Decided<ReportEvent> Acknowledge(BranchReport state, DateTimeOffset at, string number, Terms terms) =>
        state.Stage == ReportStage.Sent
            ? new ReportAcknowledged(at, Ground.Of(Paragraph(state), terms, "acknowledged", ("number", number)), number)
            : Refusal.NotPossible(state.Stage.ToString());

    public static Decided<ReportEvent> Close(BranchReport state, DateTimeOffset at, Terms terms) =>
        state.Next is not { } next || state.IsOverdue ? Refusal.Closed
        : !next.IsOver(at) ? Refusal.NotYet(Due.Of(next.Name, next.Term))
        : new ReportOverdue(at, Ground.Of(Paragraph(state), terms, "overdue", ("last", Day(next.Term.Last))));

    private static string Paragraph(BranchReport state) => state.Kind == ReportKind.Quarterly ? "MON-321:16" : "MON-321:17";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
