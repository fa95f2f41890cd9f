using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Law;
using Kepil.Tests.Ledger;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>Which postings follow: deductions in their order, advances within their limit, payments once, and nothing below zero.</summary>
public sealed class BookingsTests
{
    private static readonly DateOnly Day = new(2026, 11, 18);

    private static readonly SettlementPolicy Policy = SettlementPolicy.On(TheLaw.Book, Day);

    private readonly Books _books = new();

    [Fact]
    [Proves("MON-321:10.2")]
    public void Deductions_go_in_the_order_of_the_policy_and_stop_at_nothing()
    {
        Post(Bookings.Charge(AccountKind.Penalty, new("claim", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(400)));
        Post(Bookings.Charge(AccountKind.Debt, new("notice", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(300)));
        Post(Bookings.Charge(AccountKind.Scale, new("protocol", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(200)));

        var first = Settle(600);
        Assert.Equal([("Settled", 600L), ("Scale", -200), ("Debt", -300), ("Penalty", -100)], Legs(first));
        Assert.Equal([("Settled", 1000L), ("Penalty", -300), ("Ordered", -700)], Legs(Settle(1000)));
    }

    [Fact]
    public void Another_order_of_deductions_is_another_policy()
    {
        Post(Bookings.Charge(AccountKind.Debt, new("notice", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(300)));
        Post(Bookings.Charge(AccountKind.Scale, new("protocol", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(200)));
        var other = SettlementPolicy.On(TheLaw.WithChoice("deduction_order", "debt_scale_advance_penalty", "2026-01-01"), Day);

        Assert.Equal([("Settled", 400L), ("Debt", -300), ("Scale", -100)], Legs(Settle(400, other)));
    }

    [Fact]
    [Proves("MON-321:53")]
    public void A_latent_defect_is_set_off_or_left_to_the_provider_as_the_policy_says()
    {
        Post(Bookings.Charge(AccountKind.Debt, new("notice", "7"), Day, TrialLedger.Clinic, TrialMonth.October, new(300)));
        var alone = SettlementPolicy.On(TheLaw.WithChoice("recovery", "return_by_provider", "2026-01-01"), Day);

        Assert.Equal([("Settled", 500L), ("Ordered", -500)], Legs(Settle(500, alone)));
        Assert.Equal([("Settled", 500L), ("Debt", -300), ("Ordered", -200)], Legs(Settle(500)));
    }

    [Fact]
    public void An_advance_keeps_its_limit_over_the_life_of_the_contract_and_is_recovered_in_parts()
    {
        Post(Bookings.Advance(_books, new("agreement", "1"), Day, TrialLedger.Clinic, new(200), new(1000), Policy));
        Assert.Throws<AdvanceRefusedException>(() => Bookings.Advance(_books, new("agreement", "2"), Day, TrialLedger.Clinic, new(101), new(1000), Policy));
        var advance = new Advance(new(200), TrialMonth.October, 3);

        Assert.Equal([0L, 66, 133, 200, 200], [.. Enumerable.Range(-1, 5).Select(m => advance.DueBy(TrialMonth.October.AddMonths(m)).Tiyn)]);
        Assert.Equal([("Settled", 500L), ("AdvanceRecovered", -66), ("Ordered", -434)], Legs(Settle(500, due: advance.DueBy(TrialMonth.October))));
        // A payment that is too small leaves the rest to the next one.
        Assert.Equal([("Settled", 50L), ("AdvanceRecovered", -50)], Legs(Settle(50, due: advance.DueBy(TrialMonth.October.AddMonths(1)))));
        Assert.Equal([("Settled", 500L), ("AdvanceRecovered", -84), ("Ordered", -416)], Legs(Settle(500, due: advance.DueBy(TrialMonth.October.AddMonths(2)))));
        Assert.Throws<AdvanceRefusedException>(() => Bookings.Advance(_books, new("agreement", "2"), Day, TrialLedger.Clinic, new(101), new(1000), Policy));
        Post(Bookings.Advance(_books, new("agreement", "2"), Day, TrialLedger.Clinic, new(300), new(1000), Policy with { CountsGiven = false }));
    }

    [Theory]
    [InlineData("given", true)]
    [InlineData("outstanding", false)]
    public void The_limit_counts_what_was_given_or_what_is_outstanding(string value, bool given) =>
        Assert.Equal(given, SettlementPolicy.On(TheLaw.WithChoice("advance_counts", value, "2026-01-01"), Day).CountsGiven);

    [Fact]
    public void An_order_is_paid_once_and_again_only_when_the_bank_returned_the_money()
    {
        var order = Settle(500);
        var paid = Bookings.Payment(_books, order, new("bank", "A"), Day)!;
        Post(paid);
        Assert.Null(Bookings.Payment(_books, order, new("bank", "B"), Day));
        Post(Bookings.Reversal(paid, new("bank", "return A"), Day));
        Assert.Equal(Money.Zero, _books[AccountKind.Bank, TrialLedger.Clinic]);
        Post(Bookings.Payment(_books, order, new("bank", "B"), Day)!);
        Assert.Equal((new Money(-500), Money.Zero), (_books[AccountKind.Bank, TrialLedger.Clinic], _books[AccountKind.Ordered, TrialLedger.Clinic]));
    }

    [Fact]
    public void What_follows_from_decisions_is_not_taken_back_by_hand()
    {
        var order = Settle(500);

        Assert.Throws<ArgumentException>(() => Bookings.Reversal(order, new("word", "of mouth"), Day));
        Assert.Throws<ArgumentException>(() => Bookings.Charge(AccountKind.Bank, new("claim", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(1)));
        Assert.Throws<ArgumentException>(() => Bookings.Charge(AccountKind.Penalty, new("claim", "1"), Day, TrialLedger.Clinic, TrialMonth.October, new(-1)));
    }

    private int _settled;

    /// <summary>Bills a sum without findings and settles it.</summary>
    private Posting Settle(long billed, SettlementPolicy? policy = null, Money due = default)
    {
        var key = (++_settled).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Post(Bookings.Register(_books, "register|" + key, new("run", key), Day, TrialLedger.Clinic, TrialMonth.October, new(new(billed), default, default, default))!);
        var posting = Bookings.Settlement(_books, "settlement|" + key, new("run", key), Day, TrialLedger.Clinic, TrialMonth.October, policy ?? Policy, ContractTerm.Believed, due)!;
        Post(posting);
        return posting;
    }

    private void Post(Posting posting) => _books.Add(posting);

    private static List<(string, long)> Legs(Posting posting) => [.. posting.Legs.Select(l => (l.Account.Kind.ToString(), l.Amount.Tiyn))];
}
