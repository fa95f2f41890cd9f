using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Office;

/// <summary>A case with everything that its provider may see of it.</summary>
/// <param name="Explanation">The finding with its arithmetic and its line, as the run that found it left it.</param>
/// <param name="Term">The running term of the provider with the days that were passed over.</param>
/// <param name="Acts">What the provider may do now.</param>
/// <param name="Rivals">Cases on the same line by the numbers of their findings.</param>
public sealed record SeenCase(
    ProceedingRow Row, Proceeding State, ProceedingView View, CaseLine? Line, Explanation? Explanation, LoadedRule? Rule, ClassificationEdition Classification, IReadOnlyList<Provision> Provisions,
    Term? Term, string? TermParagraph, IReadOnlyList<string> Acts, IReadOnlyList<ProceedingReceipt> Receipts, IReadOnlyDictionary<long, long> Rivals, DateTimeOffset Now, Terms Terms, Provider Provider)
{
    public static SeenCase Of(ProviderOffice office, ProceedingRow row, FindingStore findings, JudgedBy judged)
    {
        var (state, terms) = (row.ToProceeding(), office.Terms);
        var history = office.Cases.History(row.Id);
        var view = state.For(Party.Provider, history, terms.Policies);
        var detected = LocalDay.Of(state.DetectedAt);
        var judgement = judged.Of(row.RunId, row.RuleId, detected);
        var rule = office.TellsReason ? judgement.Rule : null;
        // Of a case that was opened before its run was kept, the newest run tells where it holds the same finding.
        var explanation = judged.AsShown(findings, row.RunId, row.FindingId) is { } shown ? shown
            : findings.Explain(row.FindingId) is { } found && (row.RunId == 0 || row.RunId == found.Run) && found.Finding.RuleId == row.RuleId && found.Finding.ServiceId == row.LineId && found.Evidence == row.Evidence ? found : null;
        return new(
            row, state, view, office.LinesOf([row]).Values.FirstOrDefault(), explanation, rule, judgement.Edition,
            LawPages.Of(office.Law.Provisions, rule?.File.Law ?? [], row.Code, state.Track == Track.General),
            view.Until is null || state.Due is not { } due ? null : history.LastOrDefault(e => e.To?.Due == due)?.To?.Term,
            state.Due is { } named && TermSource.All.TryGetValue(named.Name, out var source) ? source.Paragraph : null,
            ProviderActs.Open(state, terms.Policies), office.Cases.ReceiptsOf(row.Id),
            explanation is null ? new Dictionary<long, long>() : office.Cases.CasesOfFindings(row.ProviderId, [.. explanation.OnTheLine.Select(f => f.Id)]),
            office.Now, terms, findings.ProviderOf(row.ProviderId));
    }
}
