using System.Globalization;

namespace Kepil.Monitoring;

/// <summary>The hits that a worker left in a folder, one Parquet file for each rule that found something, as the rows that pricing reads.</summary>
public static class HitFiles
{
    private const string None = "SELECT CAST(NULL AS bigint) AS service_id, CAST(NULL AS bigint) AS person_id, '' AS rule_id, '' AS code, '' AS kind, '' AS evidence WHERE 1 = 0";

    /// <summary>The query of hit(service_id, person_id, rule_id, code, kind, evidence).</summary>
    /// <param name="folder">Output of the job.</param>
    /// <param name="found">Rules that finished and how many hits each has.</param>
    /// <param name="lines">A table or view with service_id and ended_on of all lines: a rule that is in force on some days of a month only judges the lines of those days.</param>
    public static string Query(string folder, IEnumerable<(LoadedRule Rule, long Hits)> found, string lines)
    {
        var parts = found.Where(f => f.Hits > 0).Select(f => $"""
            SELECT service_id, person_id, '{f.Rule.Id}' AS rule_id, '{f.Rule.File.Code}' AS code, '{(f.Rule.File.Kind == FindingKind.Potential ? "potential" : "general")}' AS kind, evidence
            FROM read_parquet('{RuleWorker.Quoted(Path.Combine(folder, f.Rule.Id + ".parquet"))}'){OnDays(f.Rule.File, lines)}
            """).ToList();
        return parts.Count == 0 ? None : string.Join("\nUNION ALL\n", parts);
    }

    /// <summary>The condition that keeps a rule to the days on which it is in force; nothing where they have no end in sight.</summary>
    /// <param name="severalMonths">Whether the lines may be of other months than those that the rule holds in.</param>
    internal static string OnDays(RuleFile rule, string lines, bool severalMonths = false)
    {
        static string Day(DateOnly day) => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
        return !severalMonths && rule.InForceFrom.Day == 1 && rule.InForceTo == DateOnly.MaxValue
            ? ""
            : $"\nWHERE service_id IN (SELECT service_id FROM {lines} WHERE ended_on >= {Day(rule.InForceFrom)} AND ended_on <= {Day(rule.InForceTo)})";
    }
}
