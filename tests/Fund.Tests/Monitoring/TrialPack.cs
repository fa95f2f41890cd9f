using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Law;

namespace Kepil.Tests.Monitoring;

/// <summary>A pack of rules in a folder of its own, laid out by a test.</summary>
internal sealed class TrialPack : IDisposable
{
    public const string Day = "2026-11-01";

    private readonly HashSet<string> _tried = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("kepil-pack-").FullName;

    /// <summary>Adds a rule; what is not named is as the loader wants it.</summary>
    public TrialPack Rule(
        string id, string sql, string code = "5.0", string kind = "potential", string state = "on", string evidence = "x", string? header = null, bool tried = true)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "trial"));
        header ??= Header(code, kind, state, evidence);
        File.WriteAllText(Path.Combine(Folder, "trial", id + ".sql"), $"/*---\n{header}\n---*/\n{sql}\n");
        if (tried)
        {
            _tried.Add(id);
        }

        return this;
    }

    public static string Header(string code = "5.0", string kind = "potential", string state = "on", string evidence = "x") => $$"""
        code: "{{code}}"
        kind: {{kind}}
        state: {{state}}
        title:
          kk: "К"
          ru: "Р"
          en: "E"
        in_force: 2025-08-01..
        law: [MON-321:13]
        reach: fund
        evidence:
          kk: "{{evidence}}"
          ru: "{{evidence}}"
          en: "{{evidence}}"
        """;

    public TrialPack List(string name, string csv)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "lists"));
        File.WriteAllText(Path.Combine(Folder, "lists", name + ".csv"), csv);
        return this;
    }

    /// <summary>Loads the pack after noting a trial of every rule that was laid out as tried.</summary>
    public (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) Load()
    {
        Note();
        return LoadAsNoted();
    }

    /// <summary>Loads the pack with the trials that were noted before.</summary>
    public (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) LoadAsNoted() => RuleCommands.Load(TheLaw.Book, TheLaw.Day(Day), Folder);

    private void Note()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "lists"));
        var (pack, _) = RuleCommands.LoadForTrial(TheLaw.Book, TheLaw.Day(Day), Folder);
        File.WriteAllText(Path.Combine(Folder, "trials.yaml"), string.Concat(pack.Rules.Where(r => _tried.Contains(r.Id)).Select(r =>
            $"- rule: {r.Id}\n  text_hash: {r.File.TextHash}\n  months: 2026-09\n  lines: 1\n  hits: 0\n  tried_on: {Day}\n")));
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
