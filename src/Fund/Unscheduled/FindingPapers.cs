using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>The notice of a finding as a paper. The provider is notified when the finding is shown in the system; who wants it on paper gets it with number, check code and the moment of that showing.</summary>
/// <param name="judged">The rule and the edition by which a case was found.</param>
public sealed class FindingPapers(ProceedingStore proceedings, IRecords records, DocumentStore documents, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms, JudgedBy judged)
{
    /// <summary>What the paper is about, as documents keep it.</summary>
    public static string SubjectOf(long proceeding) => FormattableString.Invariant($"finding:{proceeding}");

    /// <summary>The last day on which a finding is to be shown: that of its detection.</summary>
    [Law("MON-321:23")]
    public static Term TermOf(DateOnly detected) => Terms.OnDay(detected);

    /// <summary>Makes the notice of a case; where the term of the objection has become another since, a corrected version.</summary>
    /// <returns>Nothing when there is no such case, or its line is not in the records.</returns>
    [Law("MON-321:23")]
    public StoredDocument? Issue(long proceeding, long by, DateTimeOffset at)
    {
        if (proceedings.Row(proceeding) is not { } row || LineOf(row) is not { } line)
        {
            return null;
        }

        var (state, known) = (row.ToProceeding(), terms(at));
        var region = names.RegionOf(row.ProviderId) ?? state.Territory;
        var until = (state.ObjectionDue ?? (state.Due is { Name: TermName.Objection } running ? running : proceedings.History(proceeding).LastOrDefault(e => e.To?.Due?.Name == TermName.Objection)?.To!.Due))?.Last;
        var judgement = judged.Of(row.RunId, row.RuleId, LocalDay.Of(state.DetectedAt));
        var code = judgement.Edition.Find(row.Code);
        var notice = new FindingNotice(
            names.Letter(region, names.Provider(row.ProviderId), row.ProviderId), row.Id, row.Code, Both(code?.Name ?? new(row.Code, row.Code, row.Code)), state.Track == Track.General, LocalDay.Of(state.DetectedAt),
            line.LineId, line.Service, line.On, ReasonOf(row, known, judgement.Rule, code), new Money(row.AtRisk), until, LocalDay.Of(state.ShownAt).ToDateTime(LocalDay.TimeOf(state.ShownAt)));
        return documents.IssueCurrent(
            DocumentKind.FindingNotice, region, LocalDay.Of(at), SubjectOf(proceeding), row.ProviderId, by, desk.Journal.Head().Hash,
            until is { } last ? last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "–", notice.ToForm);
    }

    private static string Both(Wording text) => text.Kk == text.Ru ? text.Kk : text.Kk + " / " + text.Ru;

    /// <summary>The reason as a provider may read it; by the policy the name of the code alone.</summary>
    [Law("MON-321:15")]
    private static string ReasonOf(ProceedingRow row, Terms known, LoadedRule? rule, ClassificationRow? code) =>
        known.Policies["algo_visibility"] == "reason_only" && rule is not null ? Both(new(EvidenceSentence.ForProvider(rule, row.Evidence, "kk"), EvidenceSentence.ForProvider(rule, row.Evidence, "ru"), ""))
        : row.RuleId.Length == 0 && row.Evidence.Length > 0 ? row.Evidence : Both(code?.Name ?? new(row.Code, row.Code, row.Code));

    private (string LineId, string Service, DateOnly On)? LineOf(ProceedingRow row) =>
        records.Query(
            $"SELECT line_id, started_on, COALESCE(service_code, drg_code, medicine_code) FROM known_service WHERE month = $1 AND service_id = {row.LineId}",
            r => (r.Text(0), r.TextOrNull(2) ?? "–", r.Day(1)), DateOnly.ParseExact(row.Month, "yyyy-MM-dd", CultureInfo.InvariantCulture)) is [var found, ..] ? found : null;
}
