using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;

namespace Kepil.Fund.Visits;

/// <summary>Something that happened in a case as a line of its page.</summary>
/// <param name="Detail">Day, channel, number: what belongs into the line.</param>
/// <param name="Text">What somebody wrote.</param>
public sealed record VisitStep(string What, DateTimeOffset At, string? Who, string Detail, string Text, IReadOnlyList<Paper> Papers, Citation Ground)
{
    private static readonly IReadOnlyList<Paper> None = [];

    /// <summary>The line of a monitoring for the Fund's employees.</summary>
    public static IReadOnlyList<VisitStep> Of(IReadOnlyList<MonitoringEvent> events, PageLanguage language) => [.. events.Select(e => Of(e, language))];

    /// <summary>The line of a conclusion; names of employees only where they are given.</summary>
    public static IReadOnlyList<VisitStep> Of(IReadOnlyList<ConclusionEvent> events, PageLanguage language, IReadOnlyDictionary<long, string>? names) => [.. events.Select(e => Of(e, language, names))];

    private static VisitStep Of(MonitoringEvent happened, PageLanguage w)
    {
        var (detail, text, papers) = happened switch
        {
            MonitoringOpened e => (e.Appeal is { } a ? w.With("Step.Appeal", a.Number, w.Day(a.RegisteredOn)) : "", e.Facts ?? e.Appeal?.Substance ?? "", None),
            MonitoringRefused e => (w.With("Step.Appeal", e.Appeal.Number, w.Day(e.Appeal.RegisteredOn)), e.Appeal.Substance ?? "", None),
            RecordsFixed e => ("SHA-256 " + e.Records.Hash[..Math.Min(16, e.Records.Hash.Length)] + "…", "", None),
            DocumentsAsked e => (w.With("Step.Request", e.Request.Number, w.Day(e.Request.Reply.Last)), e.Request.What, None),
            DocumentsReceived e => (w.With("Step.RequestNumber", e.Number), "", e.Papers),
            DocumentsNotReceived e => (w.With("Step.RequestNumber", e.Number), "", None),
            VisitPlanned e => ($"{w.Day(e.Visit.On)}, {e.Visit.Place}", "", None),
            VisitAnnounced e => ($"{w.Day(e.On)}, {e.Place}; {w["Channel." + e.By]}", "", None),
            VisitMade e => ($"{w.Day(e.On)}, {e.Place}", "", None),
            VisitDropped e => ($"{w.Day(e.On)}, {e.Place}", "", None),
            MonitoringSuspended e => (Said(e.Interruption, w), "", None),
            MonitoringExtended e => (Said(e.Interruption, w), "", None),
            InterruptionAnnounced e => (w["Channel." + e.By], "", None),
            MonitoringResumed e => (w.With("Step.NewLimit", w.Day(e.Limit.Last)), "", None),
            AppealWithdrawn e => ("№ " + e.Document, "", None),
            MonitoringTerminated e => (w["Channel." + e.By], "", None),
            ConclusionWritten e => ("№ " + e.Number, "", None),
            WayNoted e => (w["Way." + e.Way], e.What, None),
            // Whom it was that was asked stands in the list of surveys, for those alone who monitor.
            PatientAsked e => ($"{w.With("Survey.Title", e.Survey.Number)}, {w["SurveyWay." + e.Survey.Way]}", "", None),
            AdditionalFound e => ($"{e.Finding.Code}, {w.Money(e.Finding.Sum.Tiyn)}", e.Finding.What, None),
            MonitoringTermMissed e => ($"{w["Term.Name." + e.Name]}, {w.Day(e.Last)}", "", None),
            MonitoringCountedAgain e => (string.Join("; ", e.Moved.Select(m => Moved(m, w))), "", None),
            _ => ("", "", None),
        };
        return new(happened.GetType().Name, happened.At, null, detail, text, papers, happened.Ground.Paragraph);
    }

    private static VisitStep Of(ConclusionEvent happened, PageLanguage w, IReadOnlyDictionary<long, string>? names)
    {
        var (who, detail, text, papers) = happened switch
        {
            ConclusionDrafted e => ((long?)null, "№ " + e.Head.Number, "", None),
            ConclusionSigned e => (e.By, "", "", None),
            ConclusionSent e => (null, w["Channel." + e.By], "", None),
            ConclusionReceived e => (null, w.With("Step.Received", w.Day(e.On), w.Day(e.ObjectionTerm.Last)), "", None),
            ConclusionDelivered e => (null, w.Day(e.On), "", None),
            AnswerAskedAgain e => (null, w.Day(e.ObjectionTerm.Last), "", None),
            ObjectionsListed e => (null, w["Channel." + e.By] + (e.WasLate ? ", " + w["Step.Late"] : ""), string.Join('\n', e.Objections.Select((o, i) => $"{i + 1}. {o}")), e.Papers ?? None),
            ObjectionsConsidered e => (e.By, w[e.Corrected is null ? "Step.Upheld" : "Step.Corrected"], e.Reasons, None),
            ResultsAppealed e => (null, "№ " + e.Number, "", None),
            AppealDecided e => (null, w["Appeal.Outcome." + e.Outcome] + ", " + e.Document, "", None),
            MeasuresApplied e => (null, Sums(e.Measures, w), "", None),
            MeasuresReturned e => (null, Sums(e.Measures, w), "", None),
            ConclusionTermMissed e => (null, w["Term.Name." + e.Name], "", None),
            TermsMoved e => (null, e.Moved is { } moved ? Moved(moved, w) : "", "", None),
            _ => (null, "", "", None),
        };
        return new(happened.GetType().Name, happened.At, who is { } id ? names?.GetValueOrDefault(id) : null, detail, text, papers, happened.Ground.Paragraph);
    }

    private static string Said(Interruption one, PageLanguage w) => $"{w["Cause." + one.Cause]}, {one.Document}; {w.With("Step.Period", w.Day(one.From), w.Day(one.Until))}";

    private static string Moved(MovedTerm moved, PageLanguage w) => $"{w["Term.Name." + moved.Name]}: {w.Day(moved.Was.Last)} → {w.Day(moved.Now.Last)}";

    private static string Sums(Measures measures, PageLanguage w) => w.With("Step.Measures", w.Money(measures.Withheld.Tiyn), w.Money(measures.Penalties.Tiyn));
}
