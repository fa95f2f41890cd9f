using System.Globalization;
using Kepil.Fund.Registers;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Accounts;

/// <summary>What became of one file that was handed in.</summary>
/// <param name="Outcome">What its reading gave: facts, or why the whole file was refused.</param>
/// <param name="Line">Set for an account-register that was admitted.</param>
/// <param name="Reference">Set for a register that lines are compared with.</param>
/// <param name="Rejections">The rejected rows, those refused as frozen included.</param>
public sealed record Taken(RegisterOutcome Outcome, Admitted? Line, ReferenceFile? Reference, IReadOnlyList<Rejection> Rejections);

/// <summary>Takes files in: read in a process apart, sound rows admitted, reference registers put in their place.</summary>
public sealed class RegisterIntake(FundFolder folder, LawBook law, TimeProvider time)
{
    /// <summary>Processes that read at the same time.</summary>
    public const int Readers = 2;

    /// <summary>What a file costs besides its bytes, in bytes.</summary>
    private const int FileCost = 100_000;

    /// <summary>What is known to the fund when a file is read: the day, and the register of diagnoses when one is loaded.</summary>
    public RegisterOptions Options()
    {
        using var context = folder.Accounts.Context();
        var diagnoses = context.ReferenceFiles.AsNoTracking().Where(r => r.ReplacedBy == null && r.Register == "diagnosis").Select(r => r.Path).ToList();
        return new RegisterOptions { Today = DateOnly.FromDateTime(time.GetLocalNow().DateTime), Diagnoses = [.. diagnoses.Select(p => folder.At(p))] };
    }

    /// <summary>Reads files without admitting anything.</summary>
    /// <param name="files">Paths of the files.</param>
    /// <param name="stage">Folder for what the reading finds.</param>
    /// <param name="options">What is said about all of them.</param>
    /// <param name="told">Called with files read.</param>
    /// <param name="ready">A process that waits to read a single file; the stage lies in its folder.</param>
    public static async Task<IReadOnlyList<RegisterOutcome>> ReadAsync(IReadOnlyList<string> files, string stage, RegisterOptions options, Action<int>? told = null, CancellationToken stop = default, WaitingReader? ready = null)
    {
        // Shares of equal size, the largest files first; each share has a folder of its own, which is all that its process may write to.
        var shares = Enumerable.Range(0, Math.Min(Readers, files.Count)).Select(_ => new List<ParseFile>()).ToList();
        var sizes = new long[shares.Count];
        var jobs = new ParseFile[files.Count];
        foreach (var (path, i) in files.Select((path, i) => (Path.GetFullPath(path), i)).OrderByDescending(f => new FileInfo(f.Item1).Length))
        {
            var share = Array.IndexOf(sizes, sizes.Min());
            jobs[i] = new ParseFile(path, Path.GetFileName(path), Path.Combine(stage, string.Create(CultureInfo.InvariantCulture, $"reader-{share}"), string.Create(CultureInfo.InvariantCulture, $"file-{i:D5}")));
            shares[share].Add(jobs[i]);
            sizes[share] += new FileInfo(path).Length + FileCost;
        }

        // Asked for once, before the shares ask for them at the same time.
        _ = DiagnosisCodes.Of(options.Diagnoses ?? []);
        var read = 0;
        Action<int>? tell = told is null ? null : more => told(Interlocked.Add(ref read, more));
        var results = await Task.WhenAll(shares.Select(share => Task.Run(() => new ParserProcess { Ready = ready }.ReadAsync(share, options, tell, stop), stop)));
        var byFile = shares.SelectMany(s => s).Zip(results.SelectMany(r => r)).ToDictionary(r => r.First.Folder, r => r.Second);
        return [.. jobs.Select(j => byFile[j.Folder])];
    }

    /// <summary>Reads files and takes in what is sound: reference registers first, then all account-registers as one batch.</summary>
    public async Task<IReadOnlyList<Taken>> TakeAsync(IReadOnlyList<string> files, RegisterOptions options, Action<int>? told = null, CancellationToken stop = default)
    {
        var stage = folder.Stage();
        try
        {
            var outcomes = Whole(await ReadAsync(files, stage, options, told, stop), options);
            var references = new Dictionary<string, ReferenceFile>();
            foreach (var group in outcomes.Where(o => o.Facts is { Table: not "line", Accepted: > 0 }).GroupBy(o => o.Facts!.Table))
            {
                references[group.Key] = new ReferenceLoading(folder, time).Load(group.Key, [.. group.SelectMany(o => o.Facts!.Staged)]);
            }

            var registers = new Dictionary<RegisterOutcome, StagedRegister>();
            for (var i = 0; i < files.Count; i++)
            {
                if (outcomes[i].Facts is { Table: "line" } facts)
                {
                    registers[outcomes[i]] = Staged(files[i], facts);
                }
            }

            var admitted = new Admission(folder, law, time).Admit([.. registers.Values]);
            var byRegister = registers.Keys.Zip(admitted).ToDictionary(p => p.First, p => p.Second);
            return [.. outcomes.Select(o => new Taken(
                o,
                byRegister.GetValueOrDefault(o),
                o.Facts is { } facts && references.TryGetValue(facts.Table, out var reference) ? reference : null,
                Rejections(o, byRegister.GetValueOrDefault(o))))];
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Refuses reference registers that lost more than a tenth of the rows in force: a cut file would make insured people uninsured and doctors strangers.</summary>
    private IReadOnlyList<RegisterOutcome> Whole(IReadOnlyList<RegisterOutcome> outcomes, RegisterOptions options)
    {
        if (options.Shorter)
        {
            return outcomes;
        }

        using var context = folder.Accounts.Context();
        var inForce = context.ReferenceFiles.AsNoTracking().Where(r => r.ReplacedBy == null).ToDictionary(r => r.Register, r => r.Rows);
        var refused = outcomes.Where(o => o.Facts is { Table: not "line", Accepted: > 0 }).GroupBy(o => o.Facts!.Table)
            .Select(g => (Register: g.Key, Rows: g.Sum(o => o.Facts!.Accepted), Before: inForce.GetValueOrDefault(g.Key)))
            .Where(g => g.Rows * 10 < g.Before * 9)
            .ToDictionary(g => g.Register, g => new RegisterRefusal("register_shorter", new Dictionary<string, string>
            {
                ["register"] = g.Register,
                ["rows"] = g.Rows.ToString(CultureInfo.InvariantCulture),
                ["before"] = g.Before.ToString(CultureInfo.InvariantCulture),
            }));
        return refused.Count == 0 ? outcomes : [.. outcomes.Select(o => o.Facts is { } facts && refused.TryGetValue(facts.Table, out var refusal) ? new RegisterOutcome(o.File, null, refusal) : o)];
    }

    internal static StagedRegister Staged(string file, RegisterFacts facts) => new(
        facts.File, facts.Sha256, Path.GetFullPath(file), facts.Staged, File.Exists(facts.Rejections) ? facts.Rejections : null,
        facts.ProviderId ?? 0, facts.Month ?? DateOnly.MinValue, facts.Rows, facts.Accepted, facts.Rejected);

    private static List<Rejection> Rejections(RegisterOutcome outcome, Admitted? admitted)
    {
        if (outcome.Facts is not { } facts)
        {
            return [];
        }

        var rejections = RejectionLog.Read(facts.Rejections).ToList();
        foreach (var (row, line) in admitted?.FrozenLines ?? [])
        {
            rejections.Add(new Rejection(facts.File, row, "", "", line, "line_frozen", new Dictionary<string, string>()));
        }

        return rejections;
    }
}
