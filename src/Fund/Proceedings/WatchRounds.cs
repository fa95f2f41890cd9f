namespace Kepil.Fund.Proceedings;

/// <summary>Lets the watch go round again and again while the pages are open.</summary>
public sealed class WatchRounds : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ProceedingWatch _watch;
    private readonly ReceiptDoor _door;
    private readonly Action<string> _failed;
    private readonly Action[] _then;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private bool _over;

    /// <param name="failed">Told why a step broke off; it is tried again in the next round.</param>
    /// <param name="then">What other rooms watch in the same round; each has its turn whatever became of those before.</param>
    public WatchRounds(ProceedingWatch watch, ReceiptDoor door, TimeProvider clock, Action<string> failed, params Action[] then)
    {
        (_watch, _door, _failed, _then) = (watch, door, failed, then);
        door.Tell();
        lock (_gate)
        {
            // What became due while nobody watched is done at once.
            _timer = clock.CreateTimer(_ => Round(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The last round that went through; nothing before the first.</summary>
    public WatchRound? Last { get; private set; }

    /// <summary>Takes one step of a round; what hinders it is told and keeps no other step from its turn. Says whether it went through.</summary>
    public static bool Try(Action step, Action<string> failed)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or InvalidOperationException or Microsoft.EntityFrameworkCore.DbUpdateException or Kepil.DuckDb.DuckDbException or Kepil.Law.LawGapException)
        {
            failed(e.Message);
            return false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _timer.Dispose();
            _door.TakeDown();
        }
    }

    private void Round()
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            Try(() => Last = _watch.Run(), _failed);
            foreach (var step in _then)
            {
                Try(step, _failed);
            }

            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }
}
