using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>A conclusion on medico-social care of persons with HIV that the branch at the provider's location owes for a period.</summary>
[Law("MON-321:39")]
public sealed record HivDuty(long ProviderId, string Region, DateOnly From, DateOnly To, Term Term)
{
    /// <summary>The period that ended last before a day: the month or the quarter, by the policy.</summary>
    public static (DateOnly From, DateOnly To) PeriodBefore(DateOnly day, PoliciesOnDay policies)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var to = policies["hiv_period"] == "quarter" ? month.AddMonths(-((month.Month - 1) % 3)) : month;
        return (policies["hiv_period"] == "quarter" ? to.AddMonths(-3) : to.AddMonths(-1), to.AddDays(-1));
    }

    /// <summary>One for each provider that gave such care in the period.</summary>
    /// <param name="served">Provider, its region and the day of each service.</param>
    public static IReadOnlyList<HivDuty> After(DateOnly from, DateOnly to, IEnumerable<(long ProviderId, string Region, CareForm Form, DateOnly On)> served, Terms terms) =>
        [.. served.Where(s => s.Form == CareForm.Hiv && from <= s.On && s.On <= to)
            .GroupBy(s => (s.ProviderId, s.Region)).OrderBy(g => g.Key.ProviderId)
            .Select(g => new HivDuty(g.Key.ProviderId, g.Key.Region, from, to, terms.Of(TermName.HivConclusion, to)))];

    /// <summary>The head of its conclusion, or why these people may not write it: they must be of the branch at the provider's location.</summary>
    public Decided<ConclusionHead> Head(string number, string contract, IReadOnlyList<Employee> signers) =>
        signers.Count == 0 || signers.Any(s => s.Central || s.Region != Region)
            ? Refusal.WrongPerson
            : new ConclusionHead(number, ConclusionForm.ContractMonitoring, MonitoringKind.Current, new("MON-321", "39"), ProviderId, contract, Region, false, [.. signers.Select(s => s.Id)]);

    /// <summary>The rows with those marked whose service and code a proceeding of current monitoring carries already.</summary>
    public static IReadOnlyList<ConclusionLine> WithoutDouble(IEnumerable<ConclusionLine> lines, IReadOnlySet<(string Service, string Code)> inProceedings) =>
        [.. lines.Select(l => l.Codes.Any(c => inProceedings.Contains((l.Service, c))) ? l with { IsCountedElsewhere = true } : l)];
}
