using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Kepil.Tests.Accounts;

/// <summary>A process that takes registers in may be killed at any moment: nothing acknowledged is lost, nothing is doubled.</summary>
public sealed class AdmissionKillTests
{
    private const string FolderSetting = "KEPIL_KILLED_FUND";
    private const int Kills = 30;

    /// <summary>The work that is killed: batches of two registers, each correcting lines of the batch before; what was admitted is noted in a file.</summary>
    [Fact]
    public void Batches_are_admitted_one_after_the_other()
    {
        var path = Environment.GetEnvironmentVariable(FolderSetting);
        using var fund = new TrialFund(path);
        using var noted = new FileStream(fund.Folder.At("noted"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var first = File.ReadLines(fund.Folder.At("noted")).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).DefaultIfEmpty(1).Max();
        for (var n = first; n < first + (path is null ? 3 : 100_000); n++)
        {
            Take(fund, n);
            noted.Write(System.Text.Encoding.ASCII.GetBytes($"{n}\n"));
            noted.Flush(true);
        }

        Check(fund);
    }

    [Fact]
    public void Killed_at_thirty_moments_nothing_noted_is_lost_and_nothing_is_doubled()
    {
        var folder = Directory.CreateTempSubdirectory("kepil-killed-").FullName;
        var dice = new Random(20260801);
        try
        {
            var noted = Path.Combine(folder, "noted");
            for (var kill = 0; kill < Kills; kill++)
            {
                var before = Length(noted);
                using var child = Start(folder);
                var watch = Stopwatch.StartNew();
                while (Length(noted) == before)
                {
                    Assert.False(child.WaitForExit(5), "the child ended by itself");
                    Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "the child noted nothing");
                }

                child.WaitForExit(dice.Next(0, 400));
                child.Kill(true);
                child.WaitForExit();
                if (kill % 5 == 4)
                {
                    using var fund = new TrialFund(folder);
                    Check(fund);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Takes a batch in; once more if it was taken in and not noted.</summary>
    internal static void Take(TrialFund fund, int n)
    {
        var (a, b) = Batch(n);
        var admitted = fund.Admit(fund.Staged($"{n}-a.csv", a), fund.Staged($"{n}-b.csv", b));
        Assert.Equal(2, admitted.Count);
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Fund.Tests")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in new[] { "-noColor", "-noLogo", "-method", $"{typeof(AdmissionKillTests).FullName}.{nameof(Batches_are_admitted_one_after_the_other)}" })
        {
            start.ArgumentList.Add(word);
        }

        start.Environment[FolderSetting] = folder;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Two registers, the second of which corrects lines of the batch before.</summary>
    internal static (BilledLine[] A, BilledLine[] B) Batch(int n) => (
        [.. Enumerable.Range(0, 8).Select(i => new BilledLine($"{n}-{i}", n, 100, 800101300016 + i * 10))],
        [.. Enumerable.Range(0, 4).Select(i => new BilledLine($"{n - 1}-{i}", 1_000_000 + n, 100, 800101300016 + i * 10)), .. Enumerable.Range(4, 2).Select(i => new BilledLine($"{n}-{i}", 2_000_000 + n, 100, 800101300016 + i * 10))]);

    /// <summary>Every noted batch is there, each as a whole, and the lines are those of all batches in their order.</summary>
    internal static void Check(TrialFund fund)
    {
        var noted = File.ReadLines(fund.Folder.At("noted")).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).ToHashSet();
        var submissions = fund.Submissions();
        var batches = submissions.GroupBy(s => int.Parse(s.FileName.Split('-')[0], CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Count());
        var expected = new Dictionary<string, long>();
        foreach (var n in batches.Keys.Order())
        {
            var (a, b) = Batch(n);
            foreach (var line in a.Concat(b))
            {
                expected[line.LineId] = line.Amount;
            }
        }

        Assert.All(noted, n => Assert.True(batches.ContainsKey(n), $"batch {n} was noted and is lost"));
        Assert.All(batches, b => Assert.True(b.Value == 2, $"batch {b.Key} is there by half"));
        Assert.Equal(expected.Select(e => $"{e.Key} {e.Value}").Order(StringComparer.Ordinal), fund.Lines().Order(StringComparer.Ordinal));
        Assert.Empty(fund.Faults());
    }
}
