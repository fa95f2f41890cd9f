using Kepil.Fund.Ledger;
using Kepil.Fund.Settlements;
using Kepil.Tests.Accounts;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>Which lines the bank has paid.</summary>
public sealed class PaidLinesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_is_paid_when_the_bank_carried_out_the_order_that_it_went_into(bool postgres)
    {
        using var trial = new TrialMonth(postgres);
        var disputed = new FoundOn("L2", "rule", 1_000_000);
        trial.Fund.Admit("october.csv", new BilledLine("L1"), new BilledLine("L2"));
        trial.Monitor(disputed);
        trial.Case(disputed, "none");
        var lines = new[] { trial.Service("L1"), trial.Service("L2"), 999 };
        var paid = new PaidLines(trial.Fund.Folder, trial.Ledger);

        trial.Settle();
        Assert.Empty(paid.Of(TrialMonth.October, lines));
        var order = Pay(trial, "A", new(2026, 11, 18));
        Assert.Equal([new(lines[0], new(2026, 11, 18))], paid.Of(TrialMonth.October, lines));
        Assert.Empty(paid.Of(TrialMonth.October.AddMonths(-1), lines));

        // What came to be payable later was not paid with the first order.
        trial.Case(disputed, "pay_in_full");
        trial.Settle();
        Assert.Equal([lines[0]], paid.Of(TrialMonth.October, lines).Keys);
        Pay(trial, "B", new(2026, 12, 18));
        Assert.Equal([new(lines[0], new(2026, 11, 18)), new(lines[1], new DateOnly(2026, 12, 18))], paid.Of(TrialMonth.October, lines).OrderBy(p => p.Key));

        // The bank sent the first payment back.
        trial.Ledger.Post([Bookings.Reversal(order, new("bank", "back"), new(2026, 12, 21))], "user:1");
        Assert.Equal([lines[1]], paid.Of(TrialMonth.October, lines).Keys);
    }

    private static Posting Pay(TrialMonth trial, string reference, DateOnly day)
    {
        var order = trial.Ledger.Postings(new(TrialMonth.Clinic.ProviderId, TrialMonth.Clinic.Contract, TrialMonth.Clinic.Package), "settlement")[^1];
        return trial.Ledger.Post([Bookings.Payment(trial.Ledger.Balances(new()), order, new("bank", reference), day)!], "user:1")[0];
    }
}
