using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Tests.Accounts;
using Kepil.Tests.Verbs;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>A hospital's system that hands in account-registers of a few lines; one that had no answer is handed in again as it was.</summary>
internal sealed class RegisteringSystem : Sender
{
    public const long Provider = 210440297469;

    private const int Lines = 4;
    private const int Most = 400;

    public RegisteringSystem(string key) => Client.DefaultRequestHeaders.Authorization = new("Bearer", key);

    /// <summary>The month that is billed: over by the clock of the demo and by that of the machine.</summary>
    public static DateOnly Month { get; } = Earlier(new(2026, 10, 1), TimeProvider.System.GetLocalNow());

    /// <summary>Registers that were acknowledged.</summary>
    public int Taken { get; private set; }

    /// <summary>Each acknowledged line is there once, at most one register more is, and a month that is monitored to the end finds every line once, each time the same.</summary>
    public void Check(string path, string rules, string clock)
    {
        using var fund = new TrialFund(path);
        var kept = fund.Lines().Order(StringComparer.Ordinal).ToList();
        var registers = kept.Count / Lines;
        Assert.InRange(registers, Taken, Taken + 1);
        Assert.Equal(Enumerable.Range(1, registers).SelectMany(n => Enumerable.Range(1, Lines).Select(i => $"{IdOf(n, i)} {AmountOf(n, i)}")).Order(StringComparer.Ordinal), kept);
        Assert.Empty(fund.Faults());
        string[] digests = [Monitored(), Monitored()];
        Assert.Equal(digests[0], digests[1]);

        string Monitored()
        {
            using (var run = Executable.StartBy(rules, path, "sqlite", clock, null, "monitor", Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)))
            {
                Assert.True(run.WaitForExit(60_000));
                Assert.Equal(0, run.ExitCode);
            }

            using var context = fund.Folder.Accounts.Context();
            var runs = context.Runs.ToList();
            Assert.All(runs, r => Assert.All(["finding", "line_sum", "month_form"], f => Assert.True(File.Exists(fund.Folder.At(r.Path, f + ".parquet")), $"{r.Path}/{f}")));
            var last = runs.MaxBy(r => r.Id)!;
            using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
            using var connection = database.Connect();
            var found = connection.QueryAll($"SELECT COUNT(*), COUNT(DISTINCT service_id) FROM read_parquet('{fund.Folder.At(last.Path, "finding.parquet")}')", r => (r.Long(0), r.Long(1)))[0];
            Assert.Equal(((long)kept.Count, (long)kept.Count), found);
            return last.Digest;
        }
    }

    protected override async Task<bool> StepAsync(ServerLife life)
    {
        if (Taken == Most)
        {
            return false;
        }

        var n = Taken + 1;
        using var body = new StringContent("[" + string.Join(',', Enumerable.Range(1, Lines).Select(i => Line(n, i))) + "]", Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync(new Uri(FormattableString.Invariant($"/api/registers?provider={Provider}&month={Month:yyyy-MM}&lang=en"), UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return true;
        }

        if (answer.StatusCode != HttpStatusCode.OK || JsonDocument.Parse(text).RootElement.GetProperty("accepted").GetInt32() != Lines)
        {
            Wrong.Enqueue($"register {n}: {(int)answer.StatusCode} {text}");
        }

        Taken = n;
        life.Answered();
        return true;
    }

    private static string IdOf(int n, int i) => FormattableString.Invariant($"R{n}-{i}");

    private static long AmountOf(int n, int i) => ((n * 10) + i) * 100L;

    private static string Line(int n, int i) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"line_id":"{{IdOf(n, i)}}","stated_id":"620106422885","service_code":"B03.335.002","started_on":"{{Month:yyyy-MM-dd}}","quantity":1,"price":{{(n * 10) + i}},"amount":{{(n * 10) + i}},"diagnosis":"I20.8","newborn":false}""");

    private static DateOnly Earlier(DateOnly demo, DateTimeOffset now)
    {
        var last = new DateOnly(now.Year, now.Month, 1).AddMonths(-1);
        return last < demo ? last : demo;
    }
}
