namespace Kepil.Fund.Desk;

/// <summary>A clock of a demo: it starts at a moment that was chosen, can be moved, and moves on from there.</summary>
public sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private readonly long _begun = System.GetTimestamp();

    private DateTimeOffset _start = start;

    public override DateTimeOffset GetUtcNow() => _start.ToUniversalTime() + System.GetElapsedTime(_begun);

    /// <summary>Moves the clock to a moment.</summary>
    public void Set(DateTimeOffset moment) => _start = moment - System.GetElapsedTime(_begun);
}
