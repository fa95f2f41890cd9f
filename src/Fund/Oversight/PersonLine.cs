using Kepil.Monitoring;

namespace Kepil.Fund.Oversight;

/// <summary>A line that was billed for a person, with its findings.</summary>
public sealed record PersonLine(DateOnly Month, DateOnly Day, long ProviderId, string? Provider, string? Service, string CareForm, string? Diagnosis, long Amount, IReadOnlyList<(long Id, string Code)> Findings)
{
    /// <summary>Lines that are shown.</summary>
    private const int Most = 200;

    /// <summary>The newest lines of a person.</summary>
    public static IReadOnlyList<PersonLine> Of(IRecords records, long person)
    {
        var findings = records.Query("SELECT service_id, finding_id, code FROM finding WHERE person_id = $1 ORDER BY finding_id", r => (Line: r.Long(0), Finding: (r.Long(1), r.Text(2))), person).ToLookup(f => f.Line, f => f.Finding);
        return records.Query(
            $"""
            SELECT k.service_id, k.month, k.started_on, k.provider_id, p.name_kk, k.service_code, k.care_form, k.diagnosis, k.amount
            FROM known_service AS k LEFT JOIN (SELECT provider_id, MAX(name_kk) AS name_kk FROM provider GROUP BY provider_id) AS p ON p.provider_id = k.provider_id
            WHERE k.person_id = $1 ORDER BY k.started_on DESC, k.service_id LIMIT {Most}
            """,
            r => new PersonLine(r.Day(1), r.Day(2), r.Long(3), r.TextOrNull(4), r.TextOrNull(5), r.Text(6), r.TextOrNull(7), r.Long(8), [.. findings[r.Long(0)]]), person);
    }
}
