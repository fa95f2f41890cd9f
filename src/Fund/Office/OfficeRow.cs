using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Office;

/// <summary>A case as a row of the inbox.</summary>
/// <param name="Stage">Word of the stage as the provider may know it.</param>
/// <param name="Mine">The next act is the provider's.</param>
/// <param name="Withheld">Tiyn of the line's bill that the finding would withhold.</param>
public sealed record OfficeRow(
    long Id, string Code, string Name, CaseLine? Line, string Form, string Stage, bool Mine, Due? Due, string Effect, string Track, long Billed, long Withheld, long Debt, DateOnly DetectedOn, string Month)
{
    /// <summary>What the provider's silence does at this stage: confirm, nothing or go_on.</summary>
    public string Silence => !Mine ? "none" : Stage switch
    {
        "awaiting_objection" or "awaiting_repeat" or "awaiting_disagreement" => "confirm",
        "awaiting_documents" => "go_on",
        _ => "nothing",
    };

    public static IReadOnlyList<OfficeRow> Of(IReadOnlyList<ProceedingRow> rows, ProviderOffice office, PageLanguage language)
    {
        var lines = office.LinesOf(rows);
        var (policies, classification) = (office.Terms.Policies, office.Law.Classification.On(office.Today));
        return [.. rows.Select(r => Of(r, lines.GetValueOrDefault(r.LineId), policies, classification, language))];
    }

    public static OfficeRow Of(ProceedingRow row, CaseLine? line, PoliciesOnDay policies, ClassificationEdition classification, PageLanguage language)
    {
        var found = row.ToProceeding();
        var view = found.For(Party.Provider, [], policies);
        return new(
            row.Id, row.Code, classification.Find(row.Code) is { } named ? language.Text(named.Name) : row.Code, line, row.Form, view.Stage, found.Owner == Party.Provider, view.Until is null ? null : found.Due,
            view.Effect, view.Track, row.Billed, Math.Min(row.AtRisk, row.Billed), Math.Max(0, row.AtRisk - row.Billed), view.DetectedOn, row.Month);
    }
}
