using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>Which form of the order a conclusion is written on.</summary>
public enum ConclusionForm
{
    /// <summary>Annex 3.</summary>
    UnconfirmedCases,

    /// <summary>Annex 4.</summary>
    ContractMonitoring,
}

/// <summary>The two kinds of monitoring of which a form underlines one.</summary>
[Law("MON-321:4")]
public enum MonitoringKind
{
    Current,
    Unscheduled,
}

/// <summary>One of the three ways in which papers go between the Fund and a provider.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WordConverter<Channel>))]
public enum Channel
{
    /// <summary>In the information system, with electronic signature.</summary>
    [Law("MON-321:55.1")]
    [Law("MON-321:56.1")]
    System,

    /// <summary>By electronic documents or e-mail, with confirmation of receipt.</summary>
    [Law("MON-321:55.2")]
    [Law("MON-321:56.2")]
    Electronic,

    /// <summary>On paper by registered mail with notification.</summary>
    Post,
}

/// <summary>What the forms of annexes 3 and 4 say besides the results: the provider, its contracts, the period.</summary>
/// <param name="ProviderHead">The provider's first head by name.</param>
/// <param name="Addresses">Postal addresses of the provider and its production bases.</param>
/// <param name="Contracts">Contracts with their additional agreements and sums.</param>
/// <param name="From">First day of the period that was monitored.</param>
public sealed record PaperFacts(
    string ProviderHead, IReadOnlyList<string> Addresses, IReadOnlyList<PaperContract> Contracts, string Care, DateOnly From, DateOnly To, DateOnly ConductedFrom, DateOnly ConductedTo, string Recommendations);

/// <summary>A contract as a conclusion names it.</summary>
public sealed record PaperContract(string Number, DateOnly ConcludedOn, IReadOnlyList<string> Supplements, Money Sum);

/// <summary>The number of a case, by which people and other cases name it.</summary>
public static class CaseNumber
{
    public static string Of(DateOnly day, string region, long id) => FormattableString.Invariant($"{day.Year}-{region}-{id}");

    /// <summary>The number of the paper of annex 3 beside that of annex 4.</summary>
    public static string OfUnconfirmed(string number) => number + "-3";
}

/// <summary>A row of the results: a service with its codes and the sum of the defect.</summary>
/// <param name="Number">Card, code of the tariff list or prescription.</param>
/// <param name="HappenedOn">Day of the service or of the discharge.</param>
/// <param name="IsCountedElsewhere">Whether another paper or a proceeding already carries this sum, so that it is withheld once.</param>
/// <param name="OnlySurvey">Whether nothing but a patient's word stands behind it.</param>
/// <param name="Cost">What the service cost, where the paper says it: the limits on unconfirmed cases count this and not the sum of the defect.</param>
public sealed record ConclusionLine(
    string Service, string Number, long PersonId, DateOnly HappenedOn, CareForm Form, IReadOnlyList<string> Codes, Money Sum,
    bool IsCountedElsewhere = false, bool OnlySurvey = false, Money? Cost = null);

/// <summary>A row of the unfulfilled clauses of the contract with the penalty that the contract lays down.</summary>
/// <param name="Service">The service for which the same fact also withholds; nothing where none does.</param>
/// <param name="ConfirmedBy">Who confirmed that one fact brings both.</param>
/// <param name="PayWithin">Working days in which the contract lets the penalty be paid; nothing where it gives none.</param>
public sealed record ConclusionClause(string Contract, string Clause, string What, Money Penalty, string? Service = null, long? ConfirmedBy = null, int? PayWithin = null);

/// <summary>The content of a conclusion as it was at one time; a correction makes a new one and the old stays.</summary>
public sealed record ConclusionVersion(IReadOnlyList<ConclusionLine> Lines, IReadOnlyList<ConclusionClause> Clauses, DateOnly On)
{
    /// <summary>What it withholds: each sum that no other paper carries.</summary>
    public Money Withheld => Lines.Where(l => !l.IsCountedElsewhere).Aggregate(Money.Zero, (sum, l) => sum + l.Sum);

    /// <summary>Penalties of the contract: an instrument of their own beside the withholding.</summary>
    public Money Penalties => Clauses.Aggregate(Money.Zero, (sum, c) => sum + c.Penalty);

    /// <summary>Whether another version only drops or lessens what stands here.</summary>
    public bool CanBecome(ConclusionVersion other) =>
        other.Lines.All(o => Lines.Any(l => l.Service == o.Service && l.PersonId == o.PersonId && l.HappenedOn == o.HappenedOn
            && o.Sum <= l.Sum && l.IsCountedElsewhere == o.IsCountedElsewhere && o.Codes.All(l.Codes.Contains)))
        && other.Lines.GroupBy(l => (l.Service, l.PersonId, l.HappenedOn)).All(g => g.Count() <= Lines.Count(l => (l.Service, l.PersonId, l.HappenedOn) == g.Key))
        && other.Clauses.All(o => Clauses.Any(c => (c.Contract, c.Clause) == (o.Contract, o.Clause) && o.Penalty <= c.Penalty));
}

/// <summary>What a conclusion takes, once: the withholding by the classification and the penalty by the contract.</summary>
public sealed record Measures(Money Withheld, Money Penalties)
{
    public static readonly Measures None = new(Money.Zero, Money.Zero);

    public static Measures Of(ConclusionVersion version) => new(version.Withheld, version.Penalties);
}

/// <summary>Splits what unscheduled monitoring found into the papers of annexes 4 and 3, each sum in one of them.</summary>
[Law("MON-321:54")]
public static class ConclusionPapers
{
    /// <summary>The rows of annex 4 and of annex 3; an empty list where that paper is not written.</summary>
    [Law("MON-321:19.1")]
    public static (IReadOnlyList<ConclusionLine> Contract, IReadOnlyList<ConclusionLine> Unconfirmed) Of(
        IReadOnlyList<ConclusionLine> found, PoliciesOnDay policies)
    {
        var unconfirmed = found.Where(l => l.Codes.Any(UnconfirmedCase.IsUnconfirmed)).ToList();
        return policies["c3_c4"] == "annex_3_only"
            ? ([.. found.Except(unconfirmed)], unconfirmed)
            : (found, [.. unconfirmed.Select(l => l with { IsCountedElsewhere = true })]);
    }
}
