using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Rules;

/// <summary>The pack of rules of this installation: read as the classification of a day allows it.</summary>
public static class RuleCommands
{
    /// <summary>Reads the pack as the classification of today allows it.</summary>
    public static (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) Load(LawBook law, DateOnly day, string? folder = null) =>
        RulePack.TryLoad(folder ?? RulePack.FindFolder(), code =>
            law.Classification.On(day).Find(code) is { } row ? row.Cells.Any(c => c is not Cell.NotApplicable) : null);

    /// <summary>Trials that are noted in a pack; none where nothing was tried.</summary>
    public static IReadOnlyList<TrialEntry> Trials(string folder) => RulePack.ReadTrials(folder);

    /// <summary>Reads the pack with rules that are marked on before their trial, so that they can be tried.</summary>
    public static (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) LoadForTrial(LawBook law, DateOnly day, string? folder = null) =>
        RulePack.TryLoad(folder ?? RulePack.FindFolder(), code => law.Classification.On(day).Find(code) is { } row ? row.Cells.Any(c => c is not Cell.NotApplicable) : null, trialNeeded: false);
}
