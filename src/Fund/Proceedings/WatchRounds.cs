namespace Kepil.Fund.Proceedings;

/// <summary>Lets the watch go round again and again while the pages are open.</summary>
public sealed class WatchRounds : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ProceedingWatch _watch;
    private readonly ReceiptDoor _door;
    private readonly Action<string> _failed;
    private readonly Action? _then;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private bool _over;

    /// <param name="failed">Told why a round broke off; the next one comes all the same.</param>
    /// <param name="then">What other rooms watch in the same round.</param>
    public WatchRounds(ProceedingWatch watch, ReceiptDoor door, TimeProvider clock, Action<string> failed, Action? then = null)
    {
        (_watch, _door, _failed, _then) = (watch, door, failed, then);
        door.Tell();
        _timer = clock.CreateTimer(_ => Round(), null, Pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The last round that went through; nothing before the first.</summary>
    public WatchRound? Last { get; private set; }

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

            try
            {
                Last = _watch.Run();
                _then?.Invoke();
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException or InvalidOperationException or Microsoft.EntityFrameworkCore.DbUpdateException or Kepil.DuckDb.DuckDbException or Kepil.Law.LawGapException)
            {
                _failed(e.Message);
            }

            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }
}
