using Kepil.Fund.Unscheduled;

namespace Kepil.Tests.Unscheduled;

/// <summary>Which rows of the tables SM-6 to SM-11 an event travels, by what happened and not by what a file says.</summary>
internal static class RoomRows
{
    public static IEnumerable<string> Of(MonitoringEvent happened) => happened switch
    {
        MonitoringOpened => ["U1"],
        MonitoringRefused => ["U2"],
        VisitPlanned => ["U3"],
        VisitAnnounced => ["N1"],
        MonitoringSuspended or MonitoringExtended => ["U4"],
        InterruptionAnnounced => ["N2"],
        MonitoringResumed => ["U5"],
        MonitoringTerminated => ["U6", "N3"],
        MonitoringConcluded => ["U7"],
        AdditionalFound => ["A2"],
        _ => [],
    };

    /// <param name="after">The conclusion after the event.</param>
    public static IEnumerable<string> Of(ConclusionEvent happened, Conclusion after)
    {
        var answer = after.Head.Kind == MonitoringKind.Current;
        return happened switch
        {
            ConclusionSignedByAll when after.Head.Form == ConclusionForm.UnconfirmedCases => ["X2"],
            ConclusionSignedByAll => ["U7"],
            ConclusionSent => answer ? ["U8", "H2"] : ["U8"],
            SignedWithoutObjection => answer ? ["U9", "H3"] : ["U9"],
            ConclusionDeemedAccepted => answer ? ["U10", "H3"] : ["U10"],
            ObjectionsListed => answer ? ["U11", "H3"] : ["U11"],
            ReplySent => [after.Versions.Count > 1 ? "U12" : "U13"],
            ResultsAppealed => ["U14"],
            AppealWindowClosed => ["U15"],
            AppealDecided => ["U16"],
            MeasuresApplied e when answer && after.Current.Lines.Any(l => l.IsCountedElsewhere) && e.Measures.Withheld.Tiyn < after.Current.Lines.Sum(l => l.Sum.Tiyn) => ["H4"],
            _ => [],
        };
    }

    public static IEnumerable<string> Of(LatentEvent happened) => happened switch
    {
        LatentFound => ["L1"],
        LatentNotified => ["L2", "N6"],
        LatentMonitored => ["L3"],
        LatentMeasured => ["L4"],
        LatentNoticeMissed => ["L5"],
        _ => [],
    };

    public static IEnumerable<string> Of(ReportEvent happened, BranchReport after) => happened is ReportSent ? [after.Kind == ReportKind.Quarterly ? "R-Q" : "R-10"] : [];

    /// <summary>What a signed conclusion on cases set off.</summary>
    public static IEnumerable<string> Of(ThresholdOutcome outcome)
    {
        foreach (var ground in outcome.Notice?.Grounds ?? [])
        {
            yield return ground.Ground.Outcome == Thresholds.CrimeOutcome ? "X6" : ground.Ground.Paragraph.Paragraph switch { "20.1" => "X4", "20.2" => "X5", _ => "X3" };
        }

        if (outcome.Termination is { } termination)
        {
            yield return termination.Stands ? "X7" : "X8";
        }
    }
}
