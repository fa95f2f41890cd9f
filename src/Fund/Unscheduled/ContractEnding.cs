using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The head of the Fund decided to end a contract early, on a ground that is recorded.</summary>
public sealed record ContractEndingDecided(DateTimeOffset At, Ground Ground, string Contract, long By, string Reasons, TerminationGround On)
{
    /// <summary>A person decides, never the limit by itself; a sole provider's contract is not ended on this ground.</summary>
    [Law("MON-321:20.3")]
    public static Decided<ContractEndingDecided> Decide(TerminationGround? ground, DateTimeOffset at, Actor by, string reasons, Terms terms)
    {
        if (by.Party is not (Party.Fund or Party.CentralReviewer))
        {
            return Refusal.WrongParty;
        }

        if (ground is not { Stands: true })
        {
            return UnscheduledRefusals.NoTerminationGround;
        }

        return string.IsNullOrWhiteSpace(reasons)
            ? Refusal.WithoutReasons
            : new ContractEndingDecided(
                at, Proceedings.Ground.Of("MON-321:20.3", terms, "contract_terminating", ("contract", ground.Contract), ("by", by.Id.ToString(CultureInfo.InvariantCulture))),
                ground.Contract, by.Id, reasons, ground);
    }
}
