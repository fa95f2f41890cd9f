using System.Security.Cryptography;
using System.Text;
using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Law;

namespace Kepil.Tests.Monitoring;

/// <summary>A pack of rules in a folder of its own, laid out by a test.</summary>
internal sealed class TrialPack : IDisposable
{
    public const string Day = "2026-11-01";

    private readonly List<(string Id, string Sql)> _tried = [];

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
            _tried.Add((id, sql));
        }

        File.WriteAllText(Path.Combine(Folder, "trials.yaml"), string.Concat(_tried.Select(t =>
            $"- rule: {t.Id}\n  text_hash: {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(t.Sql.Trim())))}\n  months: 2026-09\n  lines: 1\n  hits: 0\n  tried_on: {Day}\n")));
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

    public (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) Load()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "lists"));
        return RuleCommands.Load(TheLaw.Book, TheLaw.Day(Day), Folder);
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
