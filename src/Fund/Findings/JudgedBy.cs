using System.Collections.Concurrent;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Findings;

/// <summary>The rule and the edition of the classification by which a finding was made and priced, as they were at that moment.</summary>
/// <param name="Rule">The rule; nothing when the run kept none of this name.</param>
/// <param name="FromPack">Whether it is the rule as kept with the run, and not the one of today.</param>
public sealed record Judgement(LoadedRule? Rule, ClassificationEdition Edition, MonitoringRun? Run, bool FromPack);

/// <summary>Opens what runs kept of the rules and the law by which they judged, each once.</summary>
/// <param name="folder">The folder of the fund; null where there is none: then all is of today.</param>
/// <param name="law">The law of today, for runs that kept nothing.</param>
/// <param name="today">The rule of today by its name.</param>
public sealed class JudgedBy(FundFolder? folder, LawBook law, Func<string, LoadedRule?> today)
{
    private readonly ConcurrentDictionary<(string Pack, string Law, DateOnly Today), Lazy<(RulePack Pack, LawBook Law)>> _kept = [];

    public Judgement Of(Explanation finding)
    {
        using var context = folder?.Accounts.Context();
        var run = context?.Runs.AsNoTracking().SingleOrDefault(r => r.Id == finding.Run);
        if (folder is null || run is null || RunInputs.Of(folder, run) is not { } inputs)
        {
            return new(today(finding.Finding.RuleId), law.Classification.On(finding.Finding.Month), run, false);
        }

        var (pack, then) = _kept.GetOrAdd((inputs.Pack, inputs.Law, inputs.Today), _ => new(() =>
        {
            var kept = inputs.OpenLaw(folder);
            return (inputs.OpenPack(folder, kept), kept);
        })).Value;
        return new(pack.Rules.FirstOrDefault(r => r.Id == finding.Finding.RuleId), then.Classification.On(finding.Finding.Month, inputs.Today), run, true);
    }
}
