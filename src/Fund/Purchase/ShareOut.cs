using System.Numerics;
using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>What the Fund plans to buy in a year: one row by region, form of care, package and group of services.</summary>
/// <param name="Number">Number of the row in its campaign.</param>
/// <param name="Region">Two digits of the KATO.</param>
/// <param name="Group">Group of services; nothing when the row is for the whole form of care.</param>
/// <param name="Volume">Units of the year.</param>
/// <param name="Sum">Funds of the year.</param>
public sealed record PlannedPurchase(int Number, string Region, CareForm Form, string Package, string? Group, long Volume, Money Sum);

/// <summary>What a campaign says of how it shares out. A value whose act is not named yet is nothing, and nothing is shared out until it is set.</summary>
/// <param name="UnconfirmedTimes">How many times the share of unconfirmed cases in what was billed is taken off, in hundredths.</param>
/// <param name="CountsExecution">Whether last year's execution of the contract lowers the share.</param>
/// <param name="Ground">The act and paragraph by which the values were set.</param>
public sealed record ShareTerms(int? UnconfirmedTimes, bool? CountsExecution, string? Ground);

/// <summary>What counts of one provider when a row is shared out.</summary>
/// <param name="Capacity">Units he applied for.</param>
/// <param name="Attached">People attached to him.</param>
/// <param name="Contracted">Plan of his contracts of the year before.</param>
/// <param name="Billed">What he billed for the year before.</param>
/// <param name="Unconfirmed">Cost of his unconfirmed cases of the year before.</param>
public sealed record Bidder(long ProviderId, long Capacity, long Attached, Money Contracted, Money Billed, Money Unconfirmed);

/// <summary>One step on the way to a share, kept for the page that explains it.</summary>
/// <param name="Name">base, execution or unconfirmed.</param>
/// <param name="Base">What the step starts from.</param>
/// <param name="Factor">Millionths by which it is multiplied.</param>
/// <param name="Paragraph">The provision it follows.</param>
/// <param name="Result">What it leaves; the base of the next step.</param>
public sealed record ShareStep(string Name, string Base, int Factor, string Paragraph, string Result);

/// <summary>The share of one provider in a row of the plan.</summary>
public sealed record Share(int Number, long ProviderId, long Volume, Money Sum, IReadOnlyList<ShareStep> Steps);

/// <summary>A row of the plan shared out; what no provider can take is named and stays with the Fund.</summary>
public sealed record SharedRow(PlannedPurchase Plan, IReadOnlyList<Share> Shares)
{
    public long LeftVolume => Plan.Volume - Shares.Sum(s => s.Volume);

    public Money LeftSum => Shares.Aggregate(Plan.Sum, (left, s) => left - s.Sum);
}

/// <summary>Shares out volumes and funds of a row among its bidders.</summary>
/// <remarks>The weight is the capacity applied for, or the attached people where the form of care is paid by head; last year's execution and unconfirmed cases lower it.</remarks>
public static class ShareOut
{
    public const int Whole = 1_000_000;

    /// <exception cref="PurchaseRefusedException">A value of the campaign is not set.</exception>
    [Law("MON-321:18.2")]
    public static SharedRow Of(PlannedPurchase plan, IReadOnlyCollection<Bidder> bidders, ShareTerms terms)
    {
        if (terms is not { UnconfirmedTimes: { } times, CountsExecution: { } execution, Ground.Length: > 0 })
        {
            throw new PurchaseRefusedException(new(
                "Бөлу шарттары толық белгіленбеген. Науқанның шарттарында расталмаған жағдайлар үшін азайту еселігін, өткен жылғы орындалуды есепке алуды және олардың актісін көрсетіңіз.",
                "Условия распределения заданы не полностью. Укажите в условиях кампании кратность снижения за неподтверждённые случаи, учёт исполнения прошлого года и их акт.",
                "The terms of the share-out are not all set. Set in the terms of the campaign how many times unconfirmed cases lower a share, whether last year's execution counts, and the act for both."));
        }

        var weighed = bidders.Select(b => (Bidder: b, Weighed: Weigh(plan, b, times, execution, terms.Ground))).ToList();
        var volumes = Apportionment.Of(plan.Volume, [.. weighed.Select(w => new Claim(w.Bidder.ProviderId, w.Weighed.Weight, w.Bidder.Capacity))]);
        // Funds are shared by the same weights, each up to what his capacity costs at the price of the plan, rounded up: else full capacities would leave some tiyn.
        var sums = Apportionment.Of(plan.Sum.Tiyn, [.. weighed.Select(w => new Claim(w.Bidder.ProviderId, w.Weighed.Weight, Cost(plan, w.Bidder.Capacity)))]);
        return new(plan, [.. weighed.OrderBy(w => w.Bidder.ProviderId).Select(w => new Share(plan.Number, w.Bidder.ProviderId, volumes[w.Bidder.ProviderId], new(sums[w.Bidder.ProviderId]), w.Weighed.Steps))]);
    }

    /// <summary>Whether a form of care is paid by head, so that attached people and not the capacity count.</summary>
    public static bool IsByHead(CareForm form) => form is CareForm.Phc or CareForm.Rural;

    private static (BigInteger Weight, IReadOnlyList<ShareStep> Steps) Weigh(PlannedPurchase plan, Bidder bidder, int times, bool execution, string ground)
    {
        var weight = (BigInteger)(IsByHead(plan.Form) ? bidder.Attached : bidder.Capacity) * Whole * Whole;
        var steps = new List<ShareStep> { new("base", Units(weight), Whole, ground, Units(weight)) };
        void Step(string name, int factor, string paragraph)
        {
            var before = weight;
            weight = before * factor / Whole;
            steps.Add(new(name, Units(before), factor, paragraph, Units(weight)));
        }

        // Who had no contract is not worse off than who fulfilled his.
        Step("execution", execution && bidder.Contracted.Tiyn > 0 ? Part(bidder.Billed.Tiyn, bidder.Contracted.Tiyn) : Whole, ground);
        var cut = bidder.Unconfirmed.Tiyn <= 0 ? 0 : bidder.Billed.Tiyn <= 0 ? Whole : (int)BigInteger.Min(Whole, (BigInteger)bidder.Unconfirmed.Tiyn * times * Whole / ((BigInteger)bidder.Billed.Tiyn * 100));
        Step("unconfirmed", Whole - cut, "MON-321:18.2");
        return (weight, steps);
    }

    private static int Part(long of, long whole) => (int)BigInteger.Min(Whole, BigInteger.Max(0, of) * Whole / whole);

    private static long Cost(PlannedPurchase plan, long capacity) => plan.Volume == 0 ? plan.Sum.Tiyn
        : (long)BigInteger.Min(plan.Sum.Tiyn, ((BigInteger)plan.Sum.Tiyn * capacity + plan.Volume - 1) / plan.Volume);

    /// <summary>A weight as people read it: units with six digits after the point.</summary>
    private static string Units(BigInteger weight)
    {
        var millionths = weight / Whole;
        return $"{millionths / Whole}.{(int)(millionths % Whole):000000}";
    }
}
