using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>Which providers gave HIV care in the period that ended last, and whether their conclusion is there.</summary>
public sealed class HivWork(UnscheduledStore store, IRecords records, DeskStore desk, Func<DateTimeOffset, Terms> terms)
{
    private readonly Lock gate = new();
    private (DateOnly Day, IReadOnlyList<HivDuty> Duties) known;

    /// <summary>The conclusions owed for the period that ended last, each with the one that was written.</summary>
    [Law("MON-321:39")]
    public IReadOnlyList<(HivDuty Duty, long? Conclusion)> Of() => [.. Duties().Select(d => (d, Written(d)))];

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
                var (from, to) = HivDuty.PeriodBefore(current.Today, current.Policies);
                var served = records.Query(
                    "SELECT k.provider_id, p.region, MIN(k.started_on) FROM known_service AS k JOIN provider AS p ON p.provider_id = k.provider_id WHERE k.care_form = 'hiv' AND k.started_on >= $1 AND k.started_on <= $2 GROUP BY k.provider_id, p.region ORDER BY 1",
                    r => (r.Long(0), r.TextOrNull(1) ?? "", CareForm.Hiv, r.Day(2)), from, to);
                known = (current.Today, HivDuty.After(from, to, served, current));
            }

            return known.Duties;
        }
    }

    private long? Written(HivDuty duty) => store.CasesOf(duty.ProviderId, "conclusion").Where(c => c.Stage != "Discarded")
        .Select(c => (c.Id, Head: store.ConclusionOf(c.Id)!.Head))
        .Where(c => c.Head.Basis.Paragraph == "39" && c.Head.Facts is { } facts && facts.From <= duty.From && duty.To <= facts.To)
        .Select(c => (long?)c.Id).FirstOrDefault();
}
