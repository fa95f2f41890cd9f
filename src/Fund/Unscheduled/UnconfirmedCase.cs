using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>A case of care that nothing confirms: a row of the register of annex 2, with what the limits need besides.</summary>
/// <param name="FindingId">Number of the proceeding that put it there; below zero for a row of a conclusion.</param>
/// <param name="ServedOn">Day of the service, of the discharge for a stay.</param>
/// <param name="Cost">What the service cost.</param>
/// <param name="Sanction">What the classification withholds for it.</param>
/// <param name="ConfirmedOn">Day on which the finding became final; nothing before.</param>
/// <param name="ConcludedOn">Day on which the conclusion was signed that holds it; nothing before.</param>
[Law("MON-321:A2")]
public sealed record UnconfirmedCase(
    long FindingId, string Code, string Region, long ProviderId, string ProviderName, string Contract, string Card, long PersonId,
    DateOnly ServedOn, Money Cost, Money Sanction, string Service, DateOnly DetectedOn, DateOnly? ConfirmedOn, DateOnly? ConcludedOn = null)
{
    /// <summary>The codes that say that a case is not confirmed.</summary>
    public static readonly IReadOnlySet<string> Codes = new HashSet<string> { "5.0", "5.1", "5.2" };

    /// <summary>Whether a code says that a case is not confirmed.</summary>
    public static bool IsUnconfirmed(string code) => Codes.Contains(code);

    /// <summary>The day that the last column shows, or nothing while the row does not stand in the register yet.</summary>
    [Law("MON-321:18.1")]
    public DateOnly? EnteredOn(PoliciesOnDay policies) => policies["register_when"] == "detection" ? DetectedOn : ConfirmedOn;

    /// <summary>The month to which the limit counts it; the day of signing stands for cases of a conclusion that is just signed.</summary>
    public DateOnly Month(PoliciesOnDay policies, DateOnly signedOn)
    {
        var day = policies["month_basis"] switch { "service" => ServedOn, "signing" => ConcludedOn ?? signedOn, _ => ConfirmedOn ?? DetectedOn };
        return new DateOnly(day.Year, day.Month, 1);
    }

    /// <summary>The sum that is compared with the limits.</summary>
    public Money Weighed(PoliciesOnDay policies) => policies["threshold_sum"] == "sanction" ? Sanction : Cost;

    /// <summary>The day whose monthly index is taken.</summary>
    public DateOnly IndexOn(PoliciesOnDay policies) => policies["mci_year"] == "service" ? ServedOn : ConfirmedOn ?? DetectedOn;
}

/// <summary>The register of unconfirmed cases: each finding once, in the order of days.</summary>
[Law("MON-321:18.1")]
public static class UnconfirmedRegister
{
    /// <summary>The rows that stand in it on a day; what the distribution of volumes takes into account.</summary>
    public static IReadOnlyList<UnconfirmedCase> On(DateOnly day, IEnumerable<UnconfirmedCase> cases, PoliciesOnDay policies) =>
        [.. cases
            .Where(c => UnconfirmedCase.IsUnconfirmed(c.Code) && c.EnteredOn(policies) <= day)
            .DistinctBy(c => c.FindingId)
            .OrderBy(c => c.EnteredOn(policies)).ThenBy(c => c.Region, StringComparer.Ordinal).ThenBy(c => c.ProviderId).ThenBy(c => c.FindingId)];
}
