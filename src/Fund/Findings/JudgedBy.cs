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

/// <summary>Answers by what runs kept: by which rule and edition a finding was made, and what a case was shown with, whatever later runs found.</summary>
/// <param name="folder">The folder of the fund; null where there is none: then all is of today.</param>
/// <param name="law">The law of today, for runs that kept nothing.</param>
/// <param name="today">The rule of today by its name.</param>
public sealed class JudgedBy(FundFolder? folder, LawBook law, Func<string, LoadedRule?> today) : IDisposable
{
    private readonly ConcurrentDictionary<(string Pack, string Law), Lazy<(RulePack Pack, LawBook Law)>> _kept = [];
    private readonly ConcurrentDictionary<long, (MonitoringRun Run, RunInputs? Inputs)> _runs = [];
    private readonly Lazy<RunRecords> _records = new(() => new RunRecords());

    public Judgement Of(Explanation finding) => Of(finding.Run, finding.Finding.RuleId, finding.Finding.Month);

    /// <param name="run">The run that made the finding; 0 when none did.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="on">A day by which the edition of today is chosen where the run kept none.</param>
    public Judgement Of(long run, string rule, DateOnly on)
    {
        if (folder is null || RunOf(run) is not { } known || known.Inputs is not { } inputs)
        {
            return new(today(rule), law.Classification.On(on), folder is null ? null : RunOf(run)?.Run, false);
        }

        try
        {
            var (pack, then) = _kept.GetOrAdd((inputs.Pack, inputs.Law), _ => new(() =>
            {
                var kept = inputs.OpenLaw(folder);
                return (inputs.OpenPack(folder, kept), kept);
            })).Value;
            return new(pack.Rules.FirstOrDefault(r => r.Id == rule), then.Classification.On(known.Run.Month, inputs.Today), known.Run, true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // A later program reads more strictly, or the files are gone: the case is shown all the same, by the rules of today.
            return new(today(rule), law.Classification.On(on), known.Run, false);
        }
    }

    /// <summary>The finding of a case as the run that found it left it: its cell, its base, its sum, and what else stood on the line.</summary>
    /// <returns>Nothing when a person found it, or the run is not there.</returns>
    public Explanation? AsShown(FindingStore findings, long run, long finding)
    {
        if (folder is null || RunOf(run) is not { } known)
        {
            return null;
        }

        using var records = _records.Value.Of(run, folder.At(known.Run.Path));
        return records is null ? null : findings.Explain(finding, records);
    }

    public void Dispose()
    {
        if (_records.IsValueCreated)
        {
            _records.Value.Dispose();
        }
    }

    private (MonitoringRun Run, RunInputs? Inputs)? RunOf(long run)
    {
        if (_runs.TryGetValue(run, out var known))
        {
            return known;
        }

        using var context = folder!.Accounts.Context();
        // A run is never changed once it is stored.
        return context.Runs.AsNoTracking().SingleOrDefault(r => r.Id == run) is { } found ? _runs.GetOrAdd(run, _ => (found, RunInputs.Of(folder, found))) : null;
    }
}
