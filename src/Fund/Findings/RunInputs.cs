using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Findings;

/// <summary>What a run judged by: kept beside its findings, so that the run can be made again as it was when rules, lists, registers and law are others.</summary>
/// <param name="Today">The day on which it was made: what was announced later was not known to it.</param>
/// <param name="Pack">Folder of its rules and lists under the folder of the fund.</param>
/// <param name="Law">Folder of the law as data that priced it.</param>
/// <param name="Rules">Rules that judged.</param>
/// <param name="Records">Numbers of the files of records that were judged or looked back on.</param>
/// <param name="Registers">Numbers of the registers that rules read.</param>
/// <param name="Program">Version of the program that judged.</param>
public sealed record RunInputs(DateOnly Today, string Pack, string Law, IReadOnlyList<string> Rules, IReadOnlyList<long> Records, IReadOnlyList<long> Registers, string? Program = null)
{
    private static readonly string? Version = typeof(RunInputs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private const string FileName = "inputs.json";

    /// <summary>Kinds of files that rules, lists and law are read from.</summary>
    private static readonly string[] Kinds = [".sql", ".csv", ".yaml", ".yml"];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Keeps rules, lists and law by their content: what an earlier run kept is not kept twice.</summary>
    /// <exception cref="InvalidOperationException">The rules on the disk are no longer those that were read.</exception>
    internal static RunInputs Keep(FundFolder folder, RulePack pack, IReadOnlyList<LoadedRule> rules, LawBook law, DateOnly today, IReadOnlyList<long> records, IReadOnlyList<long> registers)
    {
        var (kept, isNew) = KeepFolder(folder, pack.Folder, "packs");
        var inputs = new RunInputs(today, kept, KeepFolder(folder, law.Folder, "law").Place, [.. rules.Select(r => r.Id)], records, registers, Version);
        if (isNew)
        {
            var now = inputs.OpenPack(folder, inputs.OpenLaw(folder));
            if (rules.FirstOrDefault(r => now.Rules.FirstOrDefault(k => k.Id == r.Id)?.File.TextHash != r.File.TextHash) is { } changed)
            {
                Directory.Delete(folder.At(kept), true);
                throw new InvalidOperationException($"The rule {changed.Id} or one of its lists was changed while the month was monitored; monitor it again.");
            }
        }

        return inputs;
    }

    internal void Write(FundFolder folder, string run) => File.WriteAllText(folder.At(run, FileName), JsonSerializer.Serialize(this, Json));

    /// <summary>What a run judged by; nothing of a run that kept nothing.</summary>
    public static RunInputs? Of(FundFolder folder, MonitoringRun run) =>
        File.Exists(folder.At(run.Path, FileName)) ? JsonSerializer.Deserialize<RunInputs>(File.ReadAllText(folder.At(run.Path, FileName))) : null;

    public LawBook OpenLaw(FundFolder folder) => LawBook.Open(folder.At(Law));

    /// <summary>The rules as they judged.</summary>
    /// <param name="folder">The folder of the fund.</param>
    /// <param name="law">The law of the run.</param>
    public RulePack OpenPack(FundFolder folder, LawBook law) =>
        RulePack.TryLoad(folder.At(Pack), code => law.Classification.On(Today, Today).Find(code) is { } row ? row.Cells.Any(c => c is not Cell.NotApplicable) : null, trialNeeded: false).Pack;

    /// <summary>The content of a folder as one number: its files of data by name and content.</summary>
    internal static string HashOf(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in FilesOf(folder))
        {
            text.Append(file).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))))).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..24];
    }

    private static (string Place, bool IsNew) KeepFolder(FundFolder folder, string from, string place)
    {
        var stage = folder.Stage();
        try
        {
            // Read once: the number is of what was copied, whatever is written to the source meanwhile.
            foreach (var file in FilesOf(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(stage, file))!);
                File.Copy(Path.Combine(from, file), Path.Combine(stage, file));
            }

            var kept = Path.Combine(place, HashOf(stage));
            if (Directory.Exists(folder.At(kept)))
            {
                return (kept, false);
            }

            Directory.CreateDirectory(folder.At(place));
            Directory.Move(stage, folder.At(kept));
            return (kept, true);
        }
        finally
        {
            if (Directory.Exists(stage))
            {
                Directory.Delete(stage, true);
            }
        }
    }

    private static IEnumerable<string> FilesOf(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Kinds.Contains(Path.GetExtension(f))).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal);
}
