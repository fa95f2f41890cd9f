using Kepil.Law;

namespace Kepil.Monitoring;

/// <summary>How a worked case of a rule went; no failure means that it holds.</summary>
public sealed record CaseResult(string RuleId, string Case, string? Failure);

/// <summary>Runs the worked cases that lie beside the rules.</summary>
public static class CaseResults
{
    /// <param name="pack">The rules.</param>
    /// <param name="law">The law whose values the rules join.</param>
    /// <param name="only">Ids to run; empty for all.</param>
    public static IEnumerable<CaseResult> Of(RulePack pack, LawBook law, IReadOnlyCollection<string> only)
    {
        using var ground = RuleCaseRun.Ground(pack.Lists, LegalTables.Of(law, DateOnly.MaxValue));
        foreach (var rule in pack.Rules.Where(r => only.Count == 0 || only.Contains(r.Id)))
        {
            var path = Path.ChangeExtension(rule.File.Path, null) + ".cases.md";
            if (!File.Exists(path))
            {
                yield return new CaseResult(rule.Id, "", "there is no file of cases beside it");
                continue;
            }

            CaseFile? cases = null;
            string? broken = null;
            try
            {
                cases = CaseFile.Read(path);
            }
            catch (RuleRefusedException e)
            {
                broken = e.Reason;
            }

            if (cases is null)
            {
                yield return new CaseResult(rule.Id, "", broken);
                continue;
            }

            foreach (var @case in cases.Cases)
            {
                string? failure;
                try
                {
                    using var run = RuleCaseRun.LayOut(path, @case, ground, rule.File.LookBack);
                    failure = run.Difference(@case, rule);
                }
                catch (Exception e) when (e is RuleRefusedException or DuckDb.DuckDbException or FormatException)
                {
                    failure = e.Message;
                }

                yield return new CaseResult(rule.Id, @case.Title, failure);
            }

            if (!cases.Cases.Any(c => c.Hits is null) || !cases.Cases.Any(c => c.Hits is not null))
            {
                yield return new CaseResult(rule.Id, "", "its cases need at least one hit and one near miss");
            }
        }
    }
}
