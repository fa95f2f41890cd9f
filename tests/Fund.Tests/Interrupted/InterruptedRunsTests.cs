using System.Diagnostics;
using System.Globalization;
using Kepil.Tests.Accounts;
using Kepil.Tests.Findings;
using Kepil.Tests.Monitoring;
using Xunit;

namespace Kepil.Tests.Interrupted;

/// <summary>Imports, monitorings, objections and decisions go on side by side in a process that is killed at any moment, each kind several times in folders of its own.</summary>
/// <remarks>A run counts as interrupted when it had begun and had not ended at the kill: each notes its beginning and its end. KEPIL_INTERRUPTED_RUNS asks for another number of them; kills go on until there were so many.</remarks>
public sealed class InterruptedRunsTests(ITestOutputHelper output)
{
    private const string FolderSetting = "KEPIL_INTERRUPTED_FOLDER";

    /// <summary>Folders, in each of which a run of each of the four kinds goes on.</summary>
    private const int Folders = 4;

    private const int Kinds = 4;

    /// <summary>What a run notes of itself, and what a kill notes of it.</summary>
    private const byte Begun = (byte)'b', Ended = (byte)'e', Counted = (byte)'c';

    /// <summary>The process that is killed.</summary>
    [Fact]
    public async Task Four_kinds_of_runs_go_on_side_by_side()
    {
        var asked = Environment.GetEnvironmentVariable(FolderSetting);
        var path = asked ?? Directory.CreateTempSubdirectory("kepil-runs-").FullName;
        try
        {
            if (asked is null)
            {
                await FillAsync(path, 1);
            }

            using var pack = MonthTests.Pack();
            var works = Directory.GetDirectories(path, "folder-*").Select(f => new Work(f)).ToList();
            File.AppendAllText(Path.Combine(path, "begun"), "begun\n");
            var turns = asked is null ? 2 : 100_000;
            await Task.WhenAll(works.SelectMany(w => w.Kinds(pack)).Select((turn, place) => Task.Run(async () =>
            {
                var name = Work.Names[place % Kinds].Split('/')[^1];
                using var marks = new FileStream(Path.Combine(path, FormattableString.Invariant($"turns-{place}-{name}")), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
                for (var i = 0; i < turns; i++)
                {
                    marks.Write([Begun]);
                    await turn();
                    marks.Write([Ended]);
                }
            })));
            Assert.All(works, w => w.Check());
        }
        finally
        {
            if (asked is null)
            {
                Directory.Delete(path, true);
            }
        }
    }

    [Fact]
    [Proves("MON-321:22")]
    [Proves("MON-321:26")]
    [Proves("MON-321:31")]
    public async Task Interrupted_at_any_moment_no_run_loses_or_doubles_what_it_acknowledged()
    {
        var runs = int.TryParse(Environment.GetEnvironmentVariable("KEPIL_INTERRUPTED_RUNS"), CultureInfo.InvariantCulture, out var number) ? number : 48;
        var path = Directory.CreateTempSubdirectory("kepil-interrupted-").FullName;
        try
        {
            await FillAsync(path, Folders);
            var (dice, watch, begun) = (new Random(20260804), Stopwatch.StartNew(), Path.Combine(path, "begun"));
            File.WriteAllText(begun, "");
            var interrupted = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var kill = 0;
            while (interrupted.Values.Sum() < runs)
            {
                kill++;
                using var child = Start(path);
                while (new FileInfo(begun).Length < kill * "begun\n".Length)
                {
                    Assert.False(child.WaitForExit(10), "the child ended by itself");
                    Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2 * kill), "the child did not begin");
                }

                Assert.False(child.WaitForExit(dice.Next(0, 4000)), "a run broke off by itself");
                child.Kill(true);
                await child.WaitForExitAsync(TestContext.Current.CancellationToken);
                foreach (var file in Directory.GetFiles(path, "turns-*"))
                {
                    var name = file.Split('-')[^1];
                    interrupted[name] = interrupted.GetValueOrDefault(name) + (CutOff(file) ? 1 : 0);
                }

                Assert.True(kill < 20 || interrupted.Values.Sum() > kill, "the kills interrupt nothing");
                if (interrupted.Values.Sum() >= runs || kill % 10 == 0)
                {
                    Assert.All(Directory.GetDirectories(path, "folder-*"), f => new Work(f).Check());
                }
            }

            // After all of this each kind goes on as if nothing had been.
            using var pack = MonthTests.Pack();
            var works = Directory.GetDirectories(path, "folder-*").Select(f => new Work(f)).ToList();
            foreach (var turn in works.SelectMany(w => w.Kinds(pack)))
            {
                await turn();
            }

            Assert.All(works, w => w.Check());
            Assert.Equal(Kinds, interrupted.Count(i => i.Value > 0));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{interrupted.Values.Sum()} interrupted runs ({string.Join(", ", interrupted.Select(i => $"{i.Value} {i.Key}"))}) by {kill} kills in {watch.Elapsed.TotalSeconds:0} s; acknowledged: {string.Join(", ", Work.Names.Select(n => $"{works.Sum(w => w.Acknowledged(n))} {n}"))}"));
        }
        finally
        {
            Directory.Delete(path, true);
        }
    }

    /// <summary>Whether the last run of a file had begun and not ended; it is marked, so that no later kill counts it again.</summary>
    private static bool CutOff(string file)
    {
        using var marks = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        marks.Seek(-1, SeekOrigin.End);
        if (marks.ReadByte() != Begun)
        {
            return false;
        }

        marks.WriteByte(Counted);
        return true;
    }

    private static async Task FillAsync(string path, int folders)
    {
        using var pack = MonthTests.Pack();
        for (var i = 0; i < folders; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(path, FormattableString.Invariant($"folder-{i}"))).FullName;
            using var month = MonthTests.Laid(path: Directory.CreateDirectory(Path.Combine(folder, "month")).FullName);
            File.WriteAllText(Path.Combine(folder, "digest"), (await MonthTests.Monitor(month, pack)).Run.Digest);
            new InterruptedCases(Directory.CreateDirectory(Path.Combine(folder, "cases")).FullName).Fill();
            Directory.CreateDirectory(Path.Combine(folder, "import"));
        }
    }

    private static Process Start(string path)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Fund.Tests")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in new[] { "-noColor", "-noLogo", "-method", $"{typeof(InterruptedRunsTests).FullName}.{nameof(Four_kinds_of_runs_go_on_side_by_side)}" })
        {
            start.ArgumentList.Add(word);
        }

        start.Environment[FolderSetting] = path;
        // What it leaves behind goes with the folder.
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(path, "tmp")).FullName;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>One folder with its four runs.</summary>
    private sealed class Work(string path)
    {
        public static readonly IReadOnlyList<string> Names = ["import", "month", "cases/answers", "cases/decided"];

        private readonly TrialFund _import = new(Path.Combine(path, "import"));
        private readonly TrialFund _month = new(Path.Combine(path, "month"));
        private readonly InterruptedCases _cases = new(Path.Combine(path, "cases"));
        private readonly RunNotes _taken = new(Path.Combine(path, "import", "noted"));
        private readonly RunNotes _monitored = new(Path.Combine(path, "month", "noted"));

        public IEnumerable<Func<Task>> Kinds(TrialPack pack)
        {
            yield return () =>
            {
                var n = _taken.Count + 1;
                AdmissionKillTests.Take(_import, n);
                _taken.Note(n.ToString(CultureInfo.InvariantCulture));
                return Task.CompletedTask;
            };
            yield return async () =>
            {
                var run = (await MonthTests.Monitor(_month, pack)).Run;
                _monitored.Note($"{run.Id} {run.Digest}");
            };
            yield return () =>
            {
                _cases.ObjectOnce();
                return Task.CompletedTask;
            };
            yield return () =>
            {
                _cases.DecideOnce();
                return Task.CompletedTask;
            };
        }

        public int Acknowledged(string name) => name switch
        {
            "import" => _taken.Count,
            "month" => _monitored.Count,
            _ => new RunNotes(Path.Combine(path, name)).Count,
        };

        public void Check()
        {
            if (_taken.Count > 0)
            {
                AdmissionKillTests.Check(_import);
            }

            MonthTests.CheckRuns(_month, _monitored.All, File.ReadAllText(Path.Combine(path, "digest")));
            _cases.Check();
        }
    }
}
