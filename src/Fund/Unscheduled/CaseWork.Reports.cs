using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Unscheduled;

/// <summary>What people do with the reports of branches.</summary>
public sealed partial class CaseWork
{
    /// <summary>Marks a case as asking for administrative measures; the report to the state body falls due.</summary>
    public WordOutcome MarkForMeasures(ReceivedWord word, Visitor by, long proceeding, SentReasons sent, string? language) =>
        proceedings.Row(proceeding) is { Track: not "general" } row
            ? Done(store.Mark(word, Reports.FindingOf(row, sent.Reasons ?? ""), ActorOf(by), sent.Reasons ?? "", Terms, Answer(language)))
            : Refuse(word, 0, Refusal.NotPossible("-"), language);

    /// <summary>Puts a report together from what the proceedings and conclusions say now.</summary>
    public WordOutcome PrepareReport(ReceivedWord word, Visitor by, long report, string? language) =>
        ActOnReport(word, by, report, state => BranchReports.Prepare(state, word.ReceivedAt, Reports.RowsOf(state), Terms), language);

    /// <summary>Notes that a report went.</summary>
    public WordOutcome SendReport(ReceivedWord word, Visitor by, long report, string? language) =>
        ActOnReport(word, by, report, state => BranchReports.Send(state, word.ReceivedAt, Terms), language);

    /// <summary>Notes under which number the addressee has it.</summary>
    public WordOutcome AcknowledgeReport(ReceivedWord word, Visitor by, long report, SentNumber sent, string? language) =>
        string.IsNullOrWhiteSpace(sent.Number)
            ? Refuse(word, report, Refusal.WithoutReasons, language)
            : ActOnReport(word, by, report, state => BranchReports.Acknowledge(state, word.ReceivedAt, sent.Number.Trim(), Terms), language);

    private WordOutcome ActOnReport(ReceivedWord word, Visitor by, long report, Func<BranchReport, Decided<ReportEvent>> decide, string? language) =>
        Done(store.Receive(word, report, ActorOf(by), decide, Answer(language)));
}
