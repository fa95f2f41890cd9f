using Kepil.Fund.Verbs;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Rules;

/// <summary>The pack of rules of this installation: read as the classification of a day allows it, and its worked cases run.</summary>
public static class RuleCommands
{
    /// <summary>Reads the pack as the classification of today allows it.</summary>
    public static (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) Load(LawBook law, DateOnly day, string? folder = null) =>
        RulePack.TryLoad(folder ?? RulePack.FindFolder(), code =>
            law.Classification.On(day).Find(code) is { } row ? row.Cells.Any(c => c is not Cell.NotApplicable) : null);

    /// <summary>Reads the pack with rules that are marked on before their trial, so that they can be tried.</summary>
    public static (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) LoadForTrial(LawBook law, DateOnly day, string? folder = null) =>
        RulePack.TryLoad(folder ?? RulePack.FindFolder(), code => law.Classification.On(day).Find(code) is { } row ? row.Cells.Any(c => c is not Cell.NotApplicable) : null, trialNeeded: false);

    /// <summary>Tells which of the ids name no rule, and the ids that come nearest.</summary>
    public static bool AreUnknown(RulePack pack, IReadOnlyList<RuleRefusedException> refused, IReadOnlyCollection<string> ids, Told told)
    {
        var unknown = ids.Where(id => !pack.Rules.Any(r => r.Id == id) && !refused.Any(r => Path.GetFileNameWithoutExtension(r.File) == id)).ToList();
        foreach (var id in unknown)
        {
            var nearest = string.Join(", ", pack.Nearest(id));
            told.Line(
                $"{id}: жинақта мұндай қағида жоқ. Жазылуы жақындары: {nearest}",
                $"{id}: такого правила в наборе нет. Ближайшие по написанию: {nearest}",
                $"{id}: the pack has no such rule. Nearest in spelling: {nearest}");
        }

        return unknown.Count > 0;
    }

    /// <summary>Runs the worked cases and tells what differs.</summary>
    public static int Test(LawBook law, DateOnly day, IReadOnlyCollection<string> only, Told told)
    {
        var (pack, refused) = Load(law, day);
        if (AreUnknown(pack, refused, only, told))
        {
            return 2;
        }

        foreach (var refusal in refused)
        {
            Console.WriteLine($"refused  {refusal.Message}");
        }

        var (held, failed) = (0, refused.Count);
        foreach (var result in CaseResults.Of(pack, law, only))
        {
            if (result.Failure is null)
            {
                held++;
                continue;
            }

            failed++;
            Console.WriteLine($"differs  {result.RuleId}: {result.Case}: {result.Failure}");
        }

        Console.WriteLine($"{pack.Rules.Count} rules, {held} cases hold, {failed} do not");
        return failed == 0 ? 0 : 1;
    }
}
