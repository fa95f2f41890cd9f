using System.Data;
using System.Data.Common;
using Xunit;

namespace Kepil.Tests.Ledger;

/// <summary>Programs that write past the store.</summary>
public sealed class LedgerAttackTests
{
    private const string Leg = "INSERT INTO ledger_leg (posting_id, number, account, provider_id, contract, package, month, amount) VALUES (1, 9, 'payable', 990440000385, 'C-1', 'mams', '2026-10-01', -700)";

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public void A_leg_that_waits_in_another_session_for_its_posting_is_refused(IsolationLevel isolation)
    {
        using var trial = new TrialLedger(postgres: true);
        using var other = trial.Source.Open();
        using var transaction = other.BeginTransaction(isolation);
        using (var look = other.CreateCommand())
        {
            // The snapshot of the other session is older than the posting.
            (look.Transaction, look.CommandText) = (transaction, "SELECT COUNT(*) FROM ledger_posting");
            Assert.Equal(0L, look.ExecuteScalar());
        }

        trial.Store.Post([TrialLedger.Bill("1", 700)], "system");
        Assert.ThrowsAny<DbException>(() =>
        {
            using var command = other.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, Leg);
            command.ExecuteNonQuery();
            transaction.Commit();
        });
        Assert.Equal(0L, trial.Store.Query("SELECT CAST(SUM(amount) AS bigint) FROM ledger_leg", r => r.GetInt64(0))[0]);
    }

    [Fact]
    public async Task Whoever_writes_a_leg_holds_the_ledger_until_his_transaction_ends()
    {
        using var trial = new TrialLedger(postgres: true);
        using var other = trial.Source.Open();
        using var transaction = other.BeginTransaction();
        using (var command = other.CreateCommand())
        {
            (command.Transaction, command.CommandText) = (transaction, Leg);
            command.ExecuteNonQuery();
        }

        var posting = Task.Run(() => trial.Store.Post([TrialLedger.Bill("1", 700)], "system"), TestContext.Current.CancellationToken);
        Assert.Equal(1L, Waiting(trial));
        transaction.Rollback();
        Assert.Single(await posting);
    }

    /// <summary>Sessions that wait for the lock of the ledger; asked until there is one.</summary>
    private static long Waiting(TrialLedger trial)
    {
        for (var until = TimeProvider.System.GetUtcNow().AddSeconds(30); TimeProvider.System.GetUtcNow() < until;)
        {
            if (trial.Store.Query("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", r => r.GetInt64(0))[0] is > 0 and var waiting)
            {
                return waiting;
            }
        }

        return 0;
    }
}
