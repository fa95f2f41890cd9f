namespace Kepil.Fund.Proceedings;

/// <summary>Where what providers send comes in: it takes the moment of arrival before anything else and knows what it is still at work on, so that silence never overtakes what came in time.</summary>
/// <remarks>Each process that receives has a door of its own, whose mark in the database says up to when everything is stored. A door that no longer says so is taken down, and whatever it still holds is refused openly, never lost in silence.</remarks>
public sealed class ReceiptDoor(ProceedingStore store, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, DateTimeOffset> _atWork = [];
    private DateTimeOffset _told;
    private string? _id;
    private long _last;

    /// <summary>Takes the moment of an arrival; until it is disposed of, no term that ends later than it is closed.</summary>
    public ReceiptArrival Enter()
    {
        lock (_gate)
        {
            // A clock that was put back must not bring arrivals before what was told already.
            var now = clock.GetUtcNow();
            var arrival = new ReceiptArrival(this, _id ?? throw new DoorClosedException(), ++_last, now > _told ? now : _told);
            _atWork[arrival.Number] = arrival.At;
            return arrival;
        }
    }

    /// <summary>Says in the database how far this door is: everything that arrived here before is stored.</summary>
    public void Tell()
    {
        DateTimeOffset now;
        DateTimeOffset handled;
        string? id;
        lock (_gate)
        {
            now = clock.GetUtcNow();
            handled = _atWork.Count == 0 ? now : _atWork.Values.Min();
            handled = handled > _told ? handled : _told;
            (_told, id) = (handled, _id);
        }

        if (id is not null && store.TellDoor(id, handled, now))
        {
            return;
        }

        // The first word, or the door was taken down: what it still holds is refused, and a new door is put up.
        id = Guid.NewGuid().ToString("n");
        store.PutDoorUp(id, handled, now);
        lock (_gate)
        {
            _atWork.Clear();
            _id = id;
        }
    }

    /// <summary>Takes the door down when the process ends.</summary>
    public void TakeDown()
    {
        if (_id is { } id)
        {
            store.TakeDoorDown(id);
        }
    }

    internal void Leave(long number)
    {
        lock (_gate)
        {
            _atWork.Remove(number);
        }
    }
}

/// <summary>Something that arrived and is at work.</summary>
/// <param name="Door">The door by which it came.</param>
/// <param name="DoorId">What the door was called then.</param>
/// <param name="At">When it reached the server.</param>
public sealed record ReceiptArrival(ReceiptDoor Door, string DoorId, long Number, DateTimeOffset At) : IDisposable
{
    public void Dispose() => Door.Leave(Number);
}
