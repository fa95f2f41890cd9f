using System.Globalization;

namespace Kepil.Fund.Verbs;

/// <summary>The moment at which a demo begins, where KEPIL_CLOCK names one.</summary>
public static class ClockSetting
{
    private const string Name = "KEPIL_CLOCK";

    /// <summary>The start that the setting names; nothing without it.</summary>
    public static DateTimeOffset? Start() => Environment.GetEnvironmentVariable(Name) is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment) ? moment
        : throw new WrongQuestionException(new(
            $"{Name}: «{text}» – уақыт емес. Былай жазыңыз: 2026-11-20T10:00+05:00.",
            $"{Name}: «{text}» – не момент времени. Напишите так: 2026-11-20T10:00+05:00.",
            $"{Name}: '{text}' is no moment. Write it like this: 2026-11-20T10:00+05:00."));
}
