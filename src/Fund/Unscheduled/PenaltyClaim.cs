using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>A penalty by a clause of the contract that is claimed since the conclusion took effect; it is open until it is paid.</summary>
/// <param name="ClaimedOn">Day on which the conclusion took effect.</param>
/// <param name="Term">The time that the contract gives for paying; nothing where it gives none.</param>
public sealed record PenaltyClaim(string Conclusion, long ProviderId, string Contract, string Clause, Money Sum, DateOnly ClaimedOn, Term? Term)
{
    /// <summary>What a conclusion claims as it stands now: nothing before it took effect, and nothing of what a correction or the state body took off.</summary>
    [Law("MON-321:10.2")]
    public static IReadOnlyList<PenaltyClaim> Of(Conclusion conclusion, DateOnly? effectiveOn, Terms terms) => effectiveOn is not { } on || conclusion.Applied is null || conclusion.IsStayed
        ? []
        : [.. conclusion.Current.Clauses.Where(c => c.Penalty > Money.Zero).Select(c => new PenaltyClaim(
            conclusion.Head.Number, conclusion.Head.ProviderId, c.Contract, c.Clause, c.Penalty, on, c.PayWithin is { } days and > 0 ? Term.OfWorkingDays(terms.Calendar, on, days) : null))];
}
