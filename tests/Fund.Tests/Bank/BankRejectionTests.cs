using System.Text;
using Kepil.Fund.Bank;
using Kepil.Law;
using Kepil.Tests.Settlements;
using Xunit;

namespace Kepil.Tests.Bank;

/// <summary>What the bank did not carry out comes back by two people, and each order is paid once whatever the bank does then.</summary>
public sealed class BankRejectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rejected_file_is_said_by_one_confirmed_by_another_and_paid_in_the_next_file_once(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var (bank, rejections) = (TrialBank.Of(trial), new BankRejections(trial.Ledger));
        var first = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        Assert.Throws<BankRefusedException>(() => rejections.Propose("user:4", first.Id, null, "AC01"));
        TrialBank.Approve(bank, first);

        Assert.Throws<BankRefusedException>(() => rejections.Propose("user:4", first.Id, null, " "));
        Assert.Throws<BankRefusedException>(() => rejections.Propose("user:4", first.Id, 999, "AC01"));
        var said = rejections.Propose("user:4", first.Id, null, "AC01 no such account");
        Assert.Throws<BankRefusedException>(() => rejections.Propose("user:5", first.Id, null, "again"));
        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
        Assert.Throws<BankRefusedException>(() => rejections.Decide("user:4", said, true));
        rejections.Decide("user:5", said, true);
        Assert.Throws<BankRefusedException>(() => rejections.Decide("user:6", said, true));

        var second = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        Assert.Equal((first.Sum, first.Orders), (second.Sum, second.Orders));
        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
        TrialBank.Approve(bank, second);
        Assert.Single(bank.TakeIn("user:4", Statement(trial, 5_000_000)));
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement(trial, 6_000_000)));
        Assert.Throws<BankRefusedException>(() => rejections.Propose("user:4", second.Id, null, "late"));
        Assert.Equal((new Money(-2_000_000), Money.Zero), (trial.Balance(AccountKind.Bank), trial.Balance(AccountKind.Ordered)));
        Assert.Equal("confirmed", rejections.Of(5).Single().Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_bank_paid_after_all_goes_into_no_other_file(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var (bank, rejections) = (TrialBank.Of(trial), new BankRejections(trial.Ledger));
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        var dropped = rejections.Propose("user:4", 1, OrderOf(trial), "mistake");
        rejections.Decide("user:4", dropped, false);
        var said = rejections.Propose("user:4", 1, OrderOf(trial), "AC01");
        rejections.Decide("user:5", said, true);
        bank.TakeIn("user:4", Statement(trial, 5_000_000));

        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
        Assert.Contains("what the ledger ordered, once", trial.Refusal(
            "INSERT INTO payment_file (id, path, hash, amount, order_count, made_by, made_at) SELECT 9, path, hash, amount, order_count, 'user:1', made_at FROM payment_file WHERE id = 1",
            "INSERT INTO payment_file_order (file_id, posting_id, amount, detail_id) SELECT 9, posting_id, amount, detail_id FROM payment_file_order WHERE file_id = 1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_database_itself_wants_two_people_and_an_order_of_an_approved_file(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var (bank, rejections) = (TrialBank.Of(trial), new BankRejections(trial.Ledger));
        var file = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        const string Say = "INSERT INTO bank_rejection (id, file_id, reason, proposed_by, proposed_at) VALUES (7, 1, 'x', 'user:4', 1)";
        var order = $"INSERT INTO bank_rejection_order (rejection_id, file_id, posting_id) VALUES (7, 1, {OrderOf(trial)})";
        Assert.Contains("an order of an approved file, once", trial.Refusal(Say, order));
        TrialBank.Approve(bank, file);

        Assert.Contains("did not propose it", trial.Refusal(Say, order, "INSERT INTO bank_rejection_decided VALUES (7, 'confirmed', 'user:4', 1)"));
        Assert.Contains("did not propose it", trial.Refusal(Say, order, "INSERT INTO bank_rejection_decided VALUES (7, 'paid', 'user:5', 1)"));
        Assert.Contains("an order of an approved file, once", trial.Refusal(Say, order, Say.Replace("(7,", "(8,", StringComparison.Ordinal), order.Replace("(7,", "(8,", StringComparison.Ordinal)));
        rejections.Decide("user:5", rejections.Propose("user:4", 1, null, "AC01"), true);
        foreach (var statement in new[] { "UPDATE bank_rejection SET reason = ''", "DELETE FROM bank_rejection_order", "UPDATE bank_rejection_decided SET outcome = 'dropped'" })
        {
            Assert.Contains("bank: nothing is ever", trial.Refusal(statement));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_return_tells_its_reason_and_one_that_belongs_to_no_order_stops_the_statement(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        bank.TakeIn("user:4", Statement(trial, 5_000_000));
        const string Back = "</Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>account closed</AddtlInf></RtrInf>";
        var returned = BankFileTests.Xml(7_000_000, BankFileTests.Entry("P-" + OrderOf(trial), 2_000_000, credit: true)).Replace("</Refs>", Back, StringComparison.Ordinal);

        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Encoding.UTF8.GetBytes(returned.Replace($">P-{OrderOf(trial)}<", ">NOTPROVIDED<", StringComparison.Ordinal))));
        Assert.Single(bank.TakeIn("user:4", Encoding.UTF8.GetBytes(returned)));
        Assert.Equal((OrderOf(trial), new Money(2_000_000), "AC04 account closed"), new BankRejections(trial.Ledger).Returns(5).Select(r => (r.Order, r.Sum, r.Reason)).Single());
        Assert.NotNull(bank.Make("user:1", TrialBank.PayOn, _ => true));
        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
    }

    private static long OrderOf(TrialMonth trial) => trial.Ledger.Postings(new(), "settlement").Single().Id;

    private static byte[] Statement(TrialMonth trial, long opened) =>
        Encoding.UTF8.GetBytes(BankFileTests.Xml(opened, BankFileTests.Entry("P-" + OrderOf(trial), 2_000_000)).Replace("<Id>S1</Id>", $"<Id>S{opened}</Id>", StringComparison.Ordinal));
}
