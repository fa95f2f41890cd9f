using Kepil.Fund.Ledger;
using Kepil.Law;

namespace Kepil.Fund.Settlements;

/// <summary>Which postings follow from what happened: pure, on the balances as they are.</summary>
public static class Bookings
{
    /// <summary>Kinds of postings that may be taken back by a posting of their own.</summary>
    private static readonly HashSet<string> Reversible = ["charge", "payment"];

    /// <summary>What a month's lines changed for a provider, contract and package. What was settled already and is due no more becomes a debt; pay is never negative.</summary>
    /// <returns>Nothing when nothing changed.</returns>
    [Law("MON-321:12")]
    [Law("MON-321:27")]
    [Law("MON-321:53")]
    public static Posting? Register(Books books, string key, PostingGround ground, DateOnly day, ContractPackage of, DateOnly month, LineShares change)
    {
        var excess = Money.Larger(Money.Zero, -(books.Open(of, month) + change.Payable));
        Account At(AccountKind kind) => new(kind, of, month);
        return Posting.Of(key, "register", day, ground,
        [
            new(At(AccountKind.Billed), change.Billed),
            new(At(AccountKind.Payable), -change.Payable),
            new(At(AccountKind.Withheld), -change.Withheld),
            new(At(AccountKind.InDispute), -change.InDispute),
            new(At(AccountKind.Debt), change.Debt),
            new(At(AccountKind.Charged), -change.Debt),
            new(At(AccountKind.Debt), excess),
            new(At(AccountKind.Settled), -excess),
        ]);
    }

    /// <summary>The settlement of all that is open up to a month: deductions in the order of the policy, and the rest is ordered to be paid.</summary>
    /// <param name="contract">What may be settled under the contract and package, and for which months.</param>
    /// <param name="advanceDue">What is to have been recovered of advances by this month.</param>
    /// <returns>Nothing when there is nothing to settle.</returns>
    [Law("MON-321:10.2")]
    [Law("MON-321:53")]
    public static Posting? Settlement(Books books, string key, PostingGround ground, DateOnly day, ContractPackage of, DateOnly month, SettlementPolicy policy, ContractTerm contract, Money advanceDue)
    {
        var legs = new List<Leg>();
        var room = policy.HoldsAtContract && contract.Sum is { } most ? Money.Larger(Money.Zero, most - books[AccountKind.Settled, of]) : new Money(long.MaxValue);
        var rest = Money.Zero;
        foreach (var due in books.Months(AccountKind.Payable, of).Where(m => m.Month <= month && contract.Covers(m.Month)).Select(m => m.Month))
        {
            var taken = Money.Smaller(Money.Larger(Money.Zero, books.Open(of, due)), room - rest);
            legs.Add(new(new(AccountKind.Settled, of, due), taken));
            rest += taken;
        }

        foreach (var kind in new[] { AccountKind.Scale, AccountKind.Debt, AccountKind.Penalty })
        {
            // Taken once too much, for a decision fell away afterwards: it is given back with this payment.
            foreach (var (owed, balance) in books.Months(kind, of).Where(m => m.Balance < Money.Zero))
            {
                legs.Add(new(new(kind, of, owed), -balance));
                rest -= balance;
            }
        }

        foreach (var kind in policy.Deducts)
        {
            if (kind == AccountKind.AdvanceRecovered)
            {
                var outstanding = books[AccountKind.AdvanceGiven, of] + books[AccountKind.AdvanceRecovered, of];
                var taken = Money.Larger(Money.Zero, Money.Smaller(rest, Money.Smaller(outstanding, advanceDue + books[AccountKind.AdvanceRecovered, of])));
                legs.Add(new(new(kind, of, month), -taken));
                rest -= taken;
                continue;
            }

            foreach (var (owed, balance) in books.Months(kind, of).Where(m => m.Balance > Money.Zero))
            {
                var taken = Money.Smaller(rest, balance);
                legs.Add(new(new(kind, of, owed), -taken));
                rest -= taken;
            }
        }

        legs.Add(new(new(AccountKind.Ordered, of, month), -rest));
        return Posting.Of(key, "settlement", day, ground, legs);
    }

    /// <summary>The bank carried an order out: the order is closed by money that left.</summary>
    /// <param name="ground">The bank's reference: the same one twice is one payment.</param>
    /// <returns>Nothing when the posting orders no payment, or what it ordered was paid already.</returns>
    public static Posting? Payment(Books books, Posting ordering, PostingGround ground, DateOnly day)
    {
        var orders = ordering.Legs.Where(l => l.Account.Kind == AccountKind.Ordered && l.Amount < Money.Zero).ToList();
        return orders.Any(l => books[AccountKind.Ordered, l.Account.Of, l.Account.Month] > l.Amount) ? null : Posting.Of(
            $"payment|{ordering.Key}|{ground}", "payment", day, ground, orders.SelectMany(l => new[] { l with { Amount = -l.Amount }, new Leg(l.Account with { Kind = AccountKind.Bank }, l.Amount) }));
    }

    /// <summary>The Fund charges a provider: a penalty of the contract, a reduction by the linear scale, or a latent defect after payment.</summary>
    [Law("MON-321:10.2")]
    [Law("MON-321:53")]
    public static Posting Charge(AccountKind kind, PostingGround ground, DateOnly day, ContractPackage of, DateOnly month, Money sum) =>
        kind is AccountKind.Penalty or AccountKind.Scale or AccountKind.Debt && sum > Money.Zero
            ? Posting.Of($"charge|{Chart.WordOf(kind)}|{ground}", "charge", day, ground, [new(new(kind, of, month), sum), new(new(AccountKind.Charged, of, month), -sum)])!
            : throw new ArgumentException($"A charge is a penalty, a scale reduction or a debt above zero, not {sum} of {kind}.");

    /// <summary>The same under a key of its own, where one ground charges several accounts or more than once.</summary>
    public static Posting Charge(string key, Account account, PostingGround ground, DateOnly day, Money sum) =>
        Posting.Of(key, "charge", day, ground, [new(account, sum), new(account with { Kind = AccountKind.Charged }, -sum)])!;

    /// <summary>A charge is lowered: a correction or the state body took off a part of it. What was set off already is given back with the next payment.</summary>
    public static Posting Lowered(string key, AccountKind kind, PostingGround ground, DateOnly day, ContractPackage of, DateOnly month, Money sum) =>
        Posting.Of(key, "lowered", day, ground, [new(new(kind, of, month), -sum), new(new(AccountKind.Charged, of, month), sum)])!;

    /// <summary>The provider paid an invoice: money came to the Fund's account, and charges are closed, the oldest first.</summary>
    /// <returns>Nothing when less is open than was paid.</returns>
    [Law("MON-321:53")]
    public static Posting? Repayment(Books books, string key, PostingGround ground, DateOnly day, ContractPackage of, Money sum)
    {
        var (legs, rest) = (new List<Leg> { new(new(AccountKind.Bank, of, new(day.Year, day.Month, 1)), sum) }, sum);
        foreach (var kind in new[] { AccountKind.Debt, AccountKind.Penalty })
        {
            foreach (var (month, balance) in books.Months(kind, of).Where(m => m.Balance > Money.Zero))
            {
                var taken = Money.Smaller(rest, balance);
                legs.Add(new(new(kind, of, month), -taken));
                rest -= taken;
            }
        }

        return rest > Money.Zero ? null : Posting.Of(key, "repayment", day, ground, legs);
    }

    /// <summary>An advance under an agreement, within the limit over the contract's life.</summary>
    /// <param name="contractSum">The sum of the contract and package.</param>
    /// <exception cref="AdvanceRefusedException">It would exceed the limit, or there is nothing to advance.</exception>
    public static Posting Advance(Books books, PostingGround ground, DateOnly day, ContractPackage of, Money sum, Money contractSum, SettlementPolicy policy)
    {
        var limit = new Money(checked((long)((Int128)contractSum.Tiyn * policy.AdvancePercent / 100)));
        var counted = books[AccountKind.AdvanceGiven, of] + (policy.CountsGiven ? Money.Zero : books[AccountKind.AdvanceRecovered, of]);
        if (sum <= Money.Zero || counted + sum > limit)
        {
            throw new AdvanceRefusedException(new(
                $"Аванс берілмейді: {sum} сұралды, {counted} есепте тұр, шек {limit} (шарт сомасының {policy.AdvancePercent} %-ы).",
                $"Аванс не выдаётся: запрошено {sum}, уже учтено {counted}, предел {limit} ({policy.AdvancePercent} % суммы договора).",
                $"No advance: {sum} was asked for, {counted} counts already, the limit is {limit} ({policy.AdvancePercent} % of the contract's sum)."));
        }

        var month = new DateOnly(day.Year, day.Month, 1);
        return Posting.Of("advance|" + ground, "advance", day, ground, [new(new(AccountKind.AdvanceGiven, of, month), sum), new(new(AccountKind.Ordered, of, month), -sum)])!;
    }

    /// <summary>Takes a charge or a payment back by a posting of its own: the bank returned the money, or the charge had no ground.</summary>
    /// <exception cref="ArgumentException">The posting is of a kind that later runs correct by themselves.</exception>
    public static Posting Reversal(Posting posting, PostingGround ground, DateOnly day) => Reversible.Contains(posting.Kind)
        ? Posting.Of("reversal|" + posting.Key, "reversal", day, ground, posting.Legs.Select(l => l with { Amount = -l.Amount }))!
        : throw new ArgumentException($"A posting of the kind {posting.Kind} is not taken back; what follows from decisions is posted by the next settlement.", nameof(posting));
}
