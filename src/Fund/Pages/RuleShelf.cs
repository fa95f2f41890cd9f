using Kepil.Monitoring;

namespace Kepil.Fund.Pages;

/// <summary>The rules of the pack by their names.</summary>
public sealed class RuleShelf(IReadOnlyList<LoadedRule> rules)
{
    private readonly Dictionary<string, LoadedRule> _byId = rules.ToDictionary(r => r.Id);

    public IReadOnlyList<LoadedRule> All => rules;

    public LoadedRule? Find(string id) => _byId.GetValueOrDefault(id);
}
