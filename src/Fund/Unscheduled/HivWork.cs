using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>Which providers gave HIV care in the periods that are over, and whether their conclusions are there.</summary>
/// <param name="since">When the first case was shown: what was due before that is not asked for.</param>
public sealed class HivWork(UnscheduledStore store, IRecords records, DeskStore desk, Func<DateTimeOffset, Terms> terms, Func<DateTimeOffset?> since)
{
    /// <summary>Periods that are looked back upon: what is older than that stands in the journal alone.</summary>
    private const int Periods = 12;

    private readonly Lock gate = new();
    private (DateOnly Day, IReadOnlyList<HivDuty> Duties) known;

    /// <summary>The conclusions owed for the period that ended last, each with the one that was written, and those of earlier periods that nobody wrote.</summary>
    [Law("MON-321:39")]
    public IReadOnlyList<(HivDuty Duty, long? Conclusion)> Of()
    {
        var duties = Duties();
        var last = duties.Count == 0 ? default : duties.Max(d => d.To);
        return [.. duties.Select(d => (Duty: d, Conclusion: Written(d))).Where(d => d.Duty.To == last || d.Conclusion is null)];
    }

    /// <summary>Those that are not written.</summary>
    public IReadOnlyList<OwedAct> Owed() => [.. Of().Where(d => d.Conclusion is null).Select(d => new OwedAct(
        "hiv", FormattableString.Invariant($"hiv:{d.Duty.ProviderId}:{d.Duty.To:yyyy-MM-dd}"), 0, d.Duty.ProviderId, d.Duty.Region, d.Duty.Term.EndsAt, ""))];

    /// <summary>The records are asked once a day.</summary>
    private IReadOnlyList<HivDuty> Duties()
    {
        var current = terms(desk.Clock.GetUtcNow());
        lock (gate)
        {
            if (known.Day != current.Today)
            {
                var periods = new List<(DateOnly From, DateOnly To)> { HivDuty.PeriodBefore(current.Today, current.Policies) };
                // The period that had ended last when the first case was shown is the first that anybody owed a conclusion for.
                var first = HivDuty.PeriodBefore(since() is { } shown ? LocalDay.Of(shown) : current.Today, current.Policies).To;
                while (periods.Count < Periods && HivDuty.PeriodBefore(periods[^1].From, current.Policies) is var before && before.To >= first)
                {
                    periods.Add(before);
                }

                var served = records.Query(
                    "SELECT DISTINCT k.provider_id, p.region, k.started_on FROM known_service AS k JOIN provider AS p ON p.provider_id = k.provider_id WHERE k.care_form = 'hiv' AND k.started_on >= $1 AND k.started_on <= $2 ORDER BY 1, 2, 3",
                    r => (r.Long(0), r.TextOrNull(1) ?? "", CareForm.Hiv, r.Day(2)), periods[^1].From, periods[0].To);
                known = (current.Today, [.. periods.AsEnumerable().Reverse().SelectMany(p => HivDuty.After(p.From, p.To, served, current))]);
            }

            return known.Duties;
        }
    }

    private long? Written(HivDuty duty) => store.CasesOf(duty.ProviderId, "conclusion").Where(c => c.Stage != "Discarded")
        .Select(c => (c.Id, Head: store.ConclusionOf(c.Id)!.Head))
        .Where(c => c.Head.Basis.Paragraph == "39" && c.Head.Facts is { } facts && facts.From <= duty.From && duty.To <= facts.To)
        .Select(c => (long?)c.Id).FirstOrDefault();
}
