using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Unscheduled;

/// <summary>Closes what the clock has closed: receipt by post, silence, the time for appeals; and flags what the Fund owes.</summary>
/// <param name="terms">The terms as known at a moment.</param>
/// <param name="receivedUpTo">Up to when everything that providers sent is dealt with; without it nobody sends anything.</param>
public sealed class UnscheduledWatch(UnscheduledStore store, TimeProvider clock, Func<DateTimeOffset, Terms> terms, Func<DateTimeOffset, DateTimeOffset>? receivedUpTo = null)
{
    private const int Batch = 500;

    /// <summary>Goes over all terms that are over; after a standstill one case may pass several of them. Says how many it closed.</summary>
    public int Run()
    {
        var at = clock.GetUtcNow();
        var known = terms(at);
        var received = receivedUpTo?.Invoke(at) ?? at;
        store.CountOutages(at, known);
        var closed = store.FlagLetters(at);
        while (store.Due(at, received, Batch) is { Count: > 0 } due)
        {
            var here = due.Count(one => store.Close(one.Id, one.Kind, at, known, received));
            closed += here;
            if (here == 0)
            {
                break;
            }
        }

        return closed;
    }
}
