using System.Collections.Concurrent;

namespace Kepil.Fund.Desk;

/// <summary>
/// Lets writers of one SQLite database in one after the other, in the order in which they came. SQLite itself lets them try again and again with pauses between,
/// so that under many writers luck decides and most of the time nobody writes. Other processes are kept out by SQLite alone.
/// </summary>
public sealed class WriterQueue
{
    private static readonly ConcurrentDictionary<string, WriterQueue> Known = new(StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _taken;

    /// <summary>Writers that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The queue before a database file; all connections of this process stand in it.</summary>
    public static WriterQueue Of(string file) => Known.GetOrAdd(Path.GetFullPath(file), _ => new());

    /// <summary>Waits for the turn, which ends when what is given back is disposed of; nothing when it did not come in time.</summary>
    public IDisposable? Enter(TimeSpan patience, CancellationToken cancel = default)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return new Turn(this);
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            if (place.Value.Task.Wait(patience, cancel))
            {
                return new Turn(this);
            }
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }

        GiveUp(place);
        return null;
    }

    /// <summary>Goes out of the queue; a turn that came at this very moment is handed on.</summary>
    private void GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                return;
            }
        }

        Leave();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (_waiting.First is not { } next)
            {
                _taken = false;
                return;
            }

            _waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }

    private sealed class Turn(WriterQueue queue) : IDisposable
    {
        private WriterQueue? _queue = queue;

        public void Dispose() => Interlocked.Exchange(ref _queue, null)?.Leave();
    }
}
