using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>A time in which somebody pays for a person of a demo; without an end it goes on.</summary>
internal sealed record PaidTime(long Payer, string Category, DateOnly From, DateOnly To, Money Income);

/// <summary>A person of a demo of whom the payers tell something.</summary>
/// <param name="Older">A number that he had before, 0 when none.</param>
internal sealed record PaidPerson(long Person, DateOnly Born, long Older)
{
    /// <summary>When somebody pays for him, the earliest first.</summary>
    public List<PaidTime> Times { get; } = [];

    /// <summary>Months that he pays for at once on a day, when he takes his insurance up again.</summary>
    public List<(Month From, Month To, DateOnly PaidOn)> Gaps { get; } = [];

    /// <summary>The register of periods tells until when he was insured; who pays stops earlier, by the months for which the insurance goes on, unless it is taken up again.</summary>
    public void Mend(int grace)
    {
        for (var i = 0; i < Times.Count; i++)
        {
            var time = Times[i];
            if (time.To == DateOnly.MaxValue || (i + 1 < Times.Count && Times[i + 1].From <= time.To.AddDays(1)))
            {
                continue;
            }

            if (i + 1 < Times.Count)
            {
                Gaps.Add((Month.Of(time.To), Month.Of(Times[i + 1].From), Times[i + 1].From.AddDays(-1)));
            }
            else
            {
                Times[i] = time with { To = Month.Of(time.To).Plus(-grace).Last };
            }
        }

        Times.RemoveAll(t => t.To < t.From);
    }
}
