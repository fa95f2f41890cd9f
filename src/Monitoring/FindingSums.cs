using Kepil.Law;

namespace Kepil.Monitoring;

/// <summary>The queries that turn hits into findings with sums and lines with what is at risk; the same text on DuckDB and PostgreSQL.</summary>
/// <remarks>They read hit(service_id, person_id, rule_id, code, kind, evidence), hit_line (the lines that were hit), sanction and sanction_region. Sums are whole tiyn; a share is rounded once, half up, as <see cref="Money.Share"/> does.</remarks>
public static class FindingSums
{
    /// <summary>The columns of a line that pricing needs.</summary>
    public const string LineColumnsNeeded = "service_id, provider_id, person_id, month, care_form, package, service_code, amount, COALESCE(provider_region, '00') AS region";

    /// <summary>Whether the multiple of the norm is taken; of a cell with two values by the way in which the service is paid, or the larger.</summary>
    private const string ByNorm = "(s.percent IS NULL OR CASE WHEN s.larger THEN s.norm_sum * s.tenths * 10 > l.amount * s.percent ELSE l.service_code IS NULL END)";

    /// <summary>A misspelt region would else make findings vanish as if their code did not apply.</summary>
    private const string KnownRegions = "sanction_region AS k ON k.region = l.region";

    /// <summary>How often one rule may point at one line.</summary>
    public const int HitsOfRule = 8;

    /// <summary>Findings that one line may have: its findings are numbered within this many.</summary>
    public const int FindingsOfLine = 1024;

    /// <summary>Findings: one for each hit whose code may be assigned in that form of care. General ones cost nothing (MON-321:12).</summary>
    [Law("MON-321:12")]
    [Law("MON-321:13")]
    public static string Findings(long runId) => $"""
        SELECT CAST(q.finding_id AS bigint) AS finding_id, CAST({runId} AS bigint) AS run_id, q.rule_id, q.code, q.kind, q.service_id, q.person_id, q.provider_id,
               q.month, q.care_form, q.evidence, q.cell, q.base, q.sum,
               (q.kind = 'potential' AND q.sum > 0 AND q.place = 1) AS counts
        FROM (
          SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.service_id ORDER BY x.sum DESC, x.code, x.rule_id) AS place
          FROM (
           SELECT y.*, CASE WHEN y.capped THEN LEAST(y.whole, y.cost) ELSE y.whole END AS sum
           FROM (
            SELECT h.service_id * {FindingsOfLine} + ROW_NUMBER() OVER (PARTITION BY h.service_id ORDER BY h.rule_id, h.evidence) - 1 AS finding_id,
                   h.rule_id, h.code, h.kind, h.service_id, l.person_id, l.provider_id, l.month, l.care_form, h.evidence,
                   CASE WHEN s.share_cell IS NOT NULL AND NOT {ByNorm} THEN s.share_cell ELSE s.cell END AS cell,
                   CASE WHEN s.norm_sum IS NOT NULL AND {ByNorm} THEN s.norm_sum ELSE l.amount END AS base,
                   CASE WHEN h.kind <> 'potential' THEN CAST(0 AS bigint)
                        WHEN s.norm_sum IS NOT NULL AND {ByNorm}
                          THEN CAST(ROUND(CAST(s.norm_sum * s.tenths AS DECIMAL(20, 0)) * CAST(0.1 AS DECIMAL(2, 1)), 0) AS bigint)
                        WHEN s.percent IS NOT NULL THEN CAST(ROUND(CAST(l.amount * s.percent AS DECIMAL(20, 0)) * CAST(0.01 AS DECIMAL(3, 2)), 0) AS bigint)
                        ELSE CAST(0 AS bigint) END AS whole,
                   s.capped, l.amount AS cost
            FROM hit AS h
            JOIN hit_line AS l ON l.service_id = h.service_id AND l.person_id = h.person_id
            LEFT JOIN {KnownRegions}
            JOIN sanction AS s ON s.code = h.code AND s.care_form = l.care_form AND s.region = COALESCE(k.region, '{SanctionTable.UnknownRegion}')
              AND (h.kind = 'potential' OR s.general)
           ) AS y
          ) AS x
        ) AS q
        """;

    /// <summary>Hits whose code is '-' for the form of care of the line, or may not be general by the policy: they are no findings, and the author of the rule is told how many.</summary>
    public const string NotApplicable = $"""
        SELECT h.rule_id, COUNT(*) AS hits
        FROM hit AS h
        JOIN hit_line AS l ON l.service_id = h.service_id AND l.person_id = h.person_id
        LEFT JOIN {KnownRegions}
        LEFT JOIN sanction AS s ON s.code = h.code AND s.care_form = l.care_form AND s.region = COALESCE(k.region, '{SanctionTable.UnknownRegion}')
          AND (h.kind = 'potential' OR s.general)
        WHERE s.code IS NULL
        GROUP BY h.rule_id
        ORDER BY h.rule_id
        """;

    /// <summary>For each line that has a finding with a sum: what is at risk within its bill and what exceeds it as a debt of the provider.</summary>
    /// <param name="multiCode">The policy multi_code: max (the largest finding counts), sum (all add up) or sum_capped (all add up to the bill at most).</param>
    public static string LineSums(string multiCode)
    {
        var total = multiCode switch
        {
            "max" => "MAX(f.sum)",
            "sum" => "CAST(SUM(f.sum) AS bigint)",
            "sum_capped" => "LEAST(CAST(SUM(f.sum) AS bigint), MAX(l.amount))",
            _ => throw new ArgumentException($"The policy multi_code is '{multiCode}', but may be max, sum or sum_capped."),
        };
        return $"""
            SELECT t.service_id, t.provider_id, t.month, t.care_form, t.package, t.code, t.billed,
                   LEAST(t.total, t.billed) AS at_risk, GREATEST(t.total - t.billed, CAST(0 AS bigint)) AS debt, t.billed - LEAST(t.total, t.billed) AS payable
            FROM (
              SELECT f.service_id, MIN(l.provider_id) AS provider_id, MIN(l.month) AS month, MIN(l.care_form) AS care_form, MIN(l.package) AS package,
                     MIN(CASE WHEN f.counts THEN f.code END) AS code, MIN(l.amount) AS billed, {total} AS total
              FROM finding AS f
              JOIN hit_line AS l ON l.service_id = f.service_id AND l.person_id = f.person_id
              WHERE f.kind = 'potential' AND f.sum > 0
              GROUP BY f.service_id
            ) AS t
            """;
    }

    /// <summary>The month by provider, form and package: all lines, and what of them is at risk.</summary>
    public const string MonthForms = """
        SELECT m.month, m.provider_id, m.care_form, m.package, CAST(m.lines AS bigint) AS lines, CAST(m.persons AS bigint) AS persons, CAST(m.billed AS bigint) AS billed,
               CAST(COALESCE(r.at_risk, 0) AS bigint) AS at_risk, CAST(COALESCE(r.debt, 0) AS bigint) AS debt
        FROM (SELECT month, provider_id, care_form, package, COUNT(*) AS lines, COUNT(DISTINCT person_id) AS persons, SUM(amount) AS billed
              FROM month_line GROUP BY month, provider_id, care_form, package) AS m
        LEFT JOIN (SELECT month, provider_id, care_form, package, SUM(at_risk) AS at_risk, SUM(debt) AS debt
                   FROM line_sum GROUP BY month, provider_id, care_form, package) AS r
          ON r.month = m.month AND r.provider_id = m.provider_id AND r.care_form = m.care_form AND r.package = m.package
        """;
}
