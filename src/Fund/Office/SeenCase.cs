using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Office;

/// <summary>A case with everything that its provider may see of it.</summary>
/// <param name="Explanation">The finding with its arithmetic and its line, where the last run still holds it.</param>
/// <param name="Term">The running term of the provider with the days that were passed over.</param>
/// <param name="Acts">What the provider may do now.</param>
/// <param name="Rivals">Cases on the same line by the numbers of their findings.</param>
public sealed record SeenCase(
    ProceedingRow Row, Proceeding State, ProceedingView View, CaseLine? Line, Explanation? Explanation, LoadedRule? Rule, ClassificationEdition Classification, IReadOnlyList<Provision> Provisions,
    Term? Term, string? TermParagraph, IReadOnlyList<string> Acts, IReadOnlyList<ProceedingReceipt> Receipts, IReadOnlyDictionary<long, long> Rivals, DateTimeOffset Now, Terms Terms, Provider Provider)
{
    public static SeenCase Of(ProviderOffice office, ProceedingRow row, FindingStore findings, RuleShelf rules)
    {
        var (state, terms) = (row.ToProceeding(), office.Terms);
        var history = office.Cases.History(row.Id);
        var view = state.For(Party.Provider, history, terms.Policies);
        var rule = office.TellsReason ? rules.Find(row.RuleId) : null;
        // A later run may number findings otherwise: what it holds counts only where it is the same finding.
        var explanation = findings.Explain(row.FindingId) is { } found && found.Finding.RuleId == row.RuleId && found.Finding.ServiceId == row.LineId && found.Evidence == row.Evidence ? found : null;
        var detected = LocalDay.Of(state.DetectedAt);
        return new(
            row, state, view, office.LinesOf([row]).Values.FirstOrDefault(), explanation, rule, office.Law.Classification.On(detected),
            LawPages.Of(office.Law.Provisions, rule?.File.Law ?? [], row.Code, state.Track == Track.General),
            view.Until is null || state.Due is not { } due ? null : history.LastOrDefault(e => e.To?.Due == due)?.To?.Term,
            state.Due is { } named && TermSource.All.TryGetValue(named.Name, out var source) ? source.Paragraph : null,
            ProviderActs.Open(state, terms.Policies), office.Cases.ReceiptsOf(row.Id),
            explanation is null ? new Dictionary<long, long>() : office.Cases.CasesOfFindings(row.ProviderId, [.. explanation.OnTheLine.Select(f => f.Id)]),
            office.Now, terms, findings.ProviderOf(row.ProviderId));
    }
}
