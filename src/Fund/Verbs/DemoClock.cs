using System.Globalization;

namespace Kepil.Fund.Verbs;

/// <summary>A clock of a demo: it starts at a moment that was chosen and moves on from there.</summary>
public sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private const string Name = "KEPIL_CLOCK";

    private readonly long _begun = System.GetTimestamp();

    private DateTimeOffset _start = start;

    public override DateTimeOffset GetUtcNow() => _start.ToUniversalTime() + System.GetElapsedTime(_begun);

    /// <summary>Moves the clock to a moment.</summary>
    public void Set(DateTimeOffset moment) => _start = moment - System.GetElapsedTime(_begun);

    /// <summary>The start that the setting KEPIL_CLOCK names; nothing without it.</summary>
    public static DateTimeOffset? Setting() => Environment.GetEnvironmentVariable(Name) is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment) ? moment
        : throw new WrongQuestionException(new(
            $"{Name}: «{text}» – уақыт емес. Былай жазыңыз: 2026-11-20T10:00+05:00.",
            $"{Name}: «{text}» – не момент времени. Напишите так: 2026-11-20T10:00+05:00.",
            $"{Name}: '{text}' is no moment. Write it like this: 2026-11-20T10:00+05:00."));
}
