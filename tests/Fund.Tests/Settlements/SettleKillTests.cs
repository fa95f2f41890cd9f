using System.Globalization;
using System.Security.Cryptography;
using Kepil.DuckDb;
using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Verbs;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>The executable that settles may be killed at any moment while another settles too: each line is settled once. KEPIL_MONEY_KILLS sets how often.</summary>
public sealed class SettleKillTests
{
    private const int Lines = 300;

    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("KEPIL_MONEY_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 6;

    [Fact]
    [Proves("MON-321:27")]
    public void Killed_again_and_again_a_settlement_posts_each_line_once()
    {
        using var trial = new TrialMonth();
        trial.Desk.MarkDemo();
        trial.Fund.Admit("a.csv", [.. Enumerable.Range(1, Lines).Select(i => new BilledLine("L" + i, 1000 + i))]);
        var findings = Enumerable.Range(1, Lines).Select(i => new FoundOn("L" + i, "rule", 500)).ToList();
        trial.Monitor(findings);
        var dice = new Random(20260801);
        var path = trial.Fund.Folder.Path;
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var finding in findings.Skip(kill * 5 % Lines).Take(5))
            {
                trial.Case(finding, kill % 2 == 0 ? "reduce" : "pay_in_full");
            }

            using var killed = Start(path);
            using var other = Start(path);
            // From the start of the process to a little after its work.
            killed.WaitForExit(dice.Next(100, 2000));
            killed.Kill(true);
            other.Kill(true);
            killed.WaitForExit();
            other.WaitForExit();
            Check(trial);
        }

        using var last = Start(path);
        Assert.True(last.WaitForExit(120_000));
        Assert.Equal(0, last.ExitCode);
        Check(trial);
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
        using var again = Start(path);
        Assert.True(again.WaitForExit(120_000));
        var expected = Enumerable.Range(1, Lines).Sum(i => 1000L + i) - (500L * Lines) + (500L * trial.Ledger.Query("SELECT COUNT(*) FROM proceeding WHERE effect = 'pay_in_full'", r => r.GetInt64(0))[0]);
        Assert.Equal(expected, -trial.Balance(AccountKind.Ordered).Tiyn - trial.Balance(AccountKind.Debt).Tiyn);
        Assert.Equal(expected, -trial.Balance(AccountKind.Payable).Tiyn);
    }

    private static System.Diagnostics.Process Start(string path) => Executable.Start(path, "sqlite", "2026-11-10T10:00+05:00", "settle", "--month", "2026-10");

    /// <summary>What a settlement left is whole: runs with their postings, postings with their files, files with their sums.</summary>
    private static void Check(TrialMonth trial)
    {
        var months = SettlementStore.Months(trial.Ledger);
        Assert.Equal(Enumerable.Range(1, months.Count).Select(n => (long)n), months.Select(m => m.Number));
        var billed = 0L;
        foreach (var month in months.Where(m => m.Detail is not null))
        {
            var file = trial.Fund.Folder.At(month.Detail!.Path);
            Assert.Equal(month.Detail.Hash, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128);
            using var connection = database.Connect();
            billed += Convert.ToInt64(connection.Scalar($"SELECT COALESCE(CAST(SUM(billed) AS bigint), 0) FROM read_parquet('{file}')"), CultureInfo.InvariantCulture);
        }

        var books = trial.Ledger.Balances(new());
        Assert.Equal(billed, books[AccountKind.Billed, TrialMonth.Clinic].Tiyn);
        Assert.Equal(months.Count == 0 ? 0 : Enumerable.Range(1, Lines).Sum(i => 1000L + i), billed);
        Assert.Equal(0, books.Balances.Sum(b => b.Balance.Tiyn));
        Assert.True(books.Open(TrialMonth.Clinic, TrialMonth.October) >= Money.Zero);
        Assert.Equal(trial.Ledger.Query("SELECT COALESCE(CAST(SUM(posting_count) AS bigint), 0) FROM settlement_run", r => r.GetInt64(0))[0], trial.Ledger.Last());
    }
}
