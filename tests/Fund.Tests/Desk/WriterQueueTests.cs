using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Tests.Accounts;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>Writers of one SQLite database: each comes to his turn in the order of arrival, and who goes away hands it on.</summary>
public sealed class WriterQueueTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly WriterQueue _queue = WriterQueue.Of(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n")));

    [Fact]
    public async Task Writers_come_in_the_order_in_which_they_arrived()
    {
        var order = new List<int>();
        var first = _queue.Enter(Long, Stop);
        var writers = new List<Task>();
        for (var i = 0; i < 20; i++)
        {
            writers.Add(Writer(i, order));
            await Waits(i + 1);
        }

        first!.Dispose();
        await Task.WhenAll(writers);

        Assert.Equal(Enumerable.Range(0, 20), order);
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task Two_are_never_in_at_once()
    {
        var (inside, most, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    using var turn = _queue.Enter(Long, Stop);
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    done++;
                    Interlocked.Decrement(ref inside);
                }
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal((1, 4000), (most, done));
    }

    [Fact]
    public async Task Who_waits_no_longer_leaves_the_queue_to_the_next()
    {
        using var gone = new CancellationTokenSource();
        var order = new List<int>();
        var first = _queue.Enter(Long, Stop);
        var cancelled = Task.Factory.StartNew(() => _queue.Enter(Long, gone.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Waits(1);
        var next = Writer(2, order);
        await Waits(2);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Null(_queue.Enter(TimeSpan.Zero, Stop));
        Assert.Equal(1, _queue.Waiting);
        first!.Dispose();
        await next;

        Assert.Equal([2], order);
        using var free = _queue.Enter(TimeSpan.Zero, Stop);
        Assert.NotNull(free);
    }

    [Fact]
    public void A_turn_that_is_given_back_twice_lets_one_in()
    {
        var first = _queue.Enter(Long, Stop)!;
        first.Dispose();
        first.Dispose();

        using var second = _queue.Enter(TimeSpan.Zero, Stop);
        Assert.NotNull(second);
        Assert.Null(_queue.Enter(TimeSpan.Zero, Stop));
    }

    [Fact]
    public void However_a_transaction_ends_the_next_writer_comes()
    {
        using var fund = new TrialFund();
        using var context = fund.Folder.Accounts.Context();
        var source = DeskSource.Of(context);
        Action<System.Data.Common.DbTransaction>[] ends = [t => t.Commit(), t => t.Rollback(), t => t.Dispose(), t => t.Connection!.Close(), t => Fails(t)];
        foreach (var end in ends)
        {
            using (var connection = source.Open())
            {
                end(connection.BeginTransaction());
            }

            using var next = source.Open();
            using var transaction = next.BeginTransaction();
            using var command = next.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, "CREATE TABLE IF NOT EXISTS act (what text)");
            command.ExecuteNonQuery();
            transaction.Commit();
        }

        Assert.Equal(0, WriterQueue.Of(fund.Folder.At("accounts.db")).Waiting);
    }

    private static void Fails(System.Data.Common.DbTransaction transaction)
    {
        using (transaction)
        {
            using var command = transaction.Connection!.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, "INSERT INTO nowhere VALUES (1)");
            Assert.ThrowsAny<System.Data.Common.DbException>(() => command.ExecuteNonQuery());
        }
    }

    private Task Writer(int number, List<int> order) => Task.Factory.StartNew(
        () =>
        {
            using var turn = _queue.Enter(Long, Stop);
            order.Add(number);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task Waits(int writers)
    {
        while (_queue.Waiting < writers)
        {
            await Task.Yield();
        }
    }
}
