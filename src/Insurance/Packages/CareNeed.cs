using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>The facts about a person on a day that bear on which package pays for his care.</summary>
/// <param name="Standing">What he is to the country; nothing when no register says it.</param>
/// <param name="Age">Full years.</param>
/// <param name="Insured">He is insured on the day.</param>
/// <param name="Categories">Code words of law/categories.yaml.</param>
public sealed record Patient(Standing? Standing, int Age, bool Insured, IReadOnlyCollection<string> Categories)
{
    /// <summary>The person as his life and his status on a day show him; nothing before birth and after death.</summary>
    public static Patient? Of(Life life, Status status)
    {
        if (life.Lifetime is not { } lifetime || status.Ground is StatusGround.NotBorn or StatusGround.Dead)
        {
            return null;
        }

        var day = status.Day;
        var born = lifetime.Born;
        var age = day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);
        // The best of several standings counts, as it does for the insured status.
        var standings = life.Standings.Where(s => s.Covers(day)).Select(s => (Standing?)s.Standing).ToList();
        return new(standings.Count == 0 ? null : standings.Min(), age, status.Insured, [.. life.Categories.Where(c => c.Covers(day)).Select(c => c.Category).Distinct()]);
    }
}

/// <summary>Care that a person asks for.</summary>
/// <param name="Care">Code word of a kind of care.</param>
/// <param name="Diagnosis">Code of ICD-10 with its dot.</param>
/// <param name="Level">The level of care; nothing: the usual level of the kind.</param>
/// <param name="Occasion">Code word of a circumstance, where one is told.</param>
public sealed record CareNeed(DateOnly Day, string Care, string Diagnosis, Urgency Urgency, CareLevel? Level = null, string? Occasion = null);
