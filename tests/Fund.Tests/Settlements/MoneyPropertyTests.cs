using System.Globalization;
using Kepil.Fund.Ledger;
using Kepil.Tests.Ledger;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>Random operations on money against a naive model, to the tiyn. KEPIL_MONEY_STEPS sets how many in memory and on SQLite; without it as many as a test run has time for.</summary>
public sealed class MoneyPropertyTests(ITestOutputHelper output)
{
    private static readonly long? Asked = long.TryParse(Environment.GetEnvironmentVariable("KEPIL_MONEY_STEPS"), NumberStyles.None, CultureInfo.InvariantCulture, out var steps) ? steps : null;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void In_memory_the_books_say_what_the_naive_model_says(ulong seed, bool pricedAsSum) => Played(new(seed, null, pricedAsSum), Asked ?? 100_000);

    [Fact]
    public void On_sqlite_the_ledger_says_what_the_naive_model_says() => OnEngine(false, Asked ?? 40_000);

    [Fact]
    public void On_postgresql_the_ledger_says_what_the_naive_model_says() => OnEngine(true, 10_000);

    private void OnEngine(bool postgres, long steps)
    {
        using var trial = new TrialLedger(postgres);
        var play = new MoneyPlay(3, trial.Store);
        Played(play, steps);

        var stored = trial.Store.Balances(new()).Balances.Where(b => b.Balance.Tiyn != 0).ToDictionary(b => b.Account, b => b.Balance);
        Assert.Equal(play.Books.Balances.Where(b => b.Balance.Tiyn != 0).ToDictionary(b => b.Account, b => b.Balance), stored);
        Assert.Equal(play.Postings, trial.Store.Last());
        Assert.Equal(0L, trial.Store.Query("SELECT CAST(COUNT(*) AS bigint) FROM (SELECT posting_id FROM ledger_leg GROUP BY posting_id HAVING SUM(amount) <> 0 OR COUNT(*) < 2) AS u", r => r.GetInt64(0))[0]);
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }

    private void Played(MoneyPlay play, long steps)
    {
        var started = TimeProvider.System.GetTimestamp();
        play.Run(steps);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps} operations, {play.Postings} postings, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s: {string.Join(", ", play.Done.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}"))}"));
        Assert.All(new[] { "advance", "bill", "charge", "correct", "decide", "find", "pay", "register", "retry", "return", "settle" }, word => Assert.True(play.Done.GetValueOrDefault(word) > 0, word));
    }
}
