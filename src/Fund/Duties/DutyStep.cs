using Kepil.Fund.Pages;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;

namespace Kepil.Fund.Duties;

/// <summary>What happened to a report or a latent defect, as lines of its page.</summary>
public static class DutyStep
{
    public static IReadOnlyList<VisitStep> Of(IReadOnlyList<ReportEvent> events, PageLanguage w) => [.. events.Select(e => new VisitStep(
        e.GetType().Name, e.At, null, e switch
        {
            ReportFellDue due => w.Day(due.Term.Last),
            ReportPrepared prepared => w.Count("Count.Findings", prepared.Rows.Count) + ", " + w.Money(prepared.Rows.Sum(r => r.Sum.Tiyn)),
            ReportAcknowledged known => "№ " + known.Number,
            _ => "",
        }, "", [], e.Ground.Paragraph))];

    public static IReadOnlyList<VisitStep> Of(IReadOnlyList<LatentEvent> events, PageLanguage w) => [.. events.Select(e => new VisitStep(
        e.GetType().Name, e.At, null, e switch
        {
            LatentFound found => w.Day(found.Notice.Last),
            LatentNotified told => w["Channel." + told.By],
            LatentMeasured measured => w.With("Step.Measures", w.Money(measured.Measures.Withheld.Tiyn), w.Money(measured.Measures.Penalties.Tiyn)),
            _ => "",
        }, e is LatentFound said ? said.Facts.What : "", [], e.Ground.Paragraph))];
}
