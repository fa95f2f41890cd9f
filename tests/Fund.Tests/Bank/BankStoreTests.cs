using System.Text;
using Kepil.Fund.Bank;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Settlements;
using Xunit;

namespace Kepil.Tests.Bank;

/// <summary>From the ledger's order to the bank and back: three people, one file, no tiyn of difference.</summary>
public sealed class BankStoreTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_order_goes_to_the_bank_by_three_people_and_its_statement_closes_it(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        var file = bank.Make("user:1", TrialBank.PayOn, _ => true)!;

        Assert.Equal((new Money(2_000_000), 1), (file.Sum, file.Orders));
        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
        Assert.Throws<BankRefusedException>(() => bank.Sign("user:1", file.Id, "checked", file.Hash));
        Assert.Throws<BankRefusedException>(() => bank.Sign("user:2", file.Id, "approved", file.Hash));
        Assert.Throws<BankRefusedException>(() => bank.Sign("user:2", file.Id, "checked", file.Hash[1..] + "0"));
        bank.Sign("user:2", file.Id, "checked", file.Hash);
        Assert.Throws<BankRefusedException>(() => bank.Sign("user:2", file.Id, "approved", file.Hash));
        var statement = Statement(trial, 2_000_000);
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", statement));
        bank.Sign("user:3", file.Id, "approved", file.Hash);

        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement(trial, 2_000_001)));
        Assert.Equal(Money.Zero, trial.Balance(AccountKind.Bank));
        Assert.Single(bank.TakeIn("user:4", statement));
        Assert.Empty(bank.TakeIn("user:4", statement));
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement(trial, 2_000_000, opened: 9_000_000)));
        Assert.Equal((new Money(-2_000_000), Money.Zero), (trial.Balance(AccountKind.Bank), trial.Balance(AccountKind.Ordered)));
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_database_itself_wants_three_people_and_keeps_everything(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        var file = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        string Step(string step, string who, string hash) => $"INSERT INTO payment_file_step (file_id, step, who, at, hash) VALUES (1, '{step}', '{who}', 1, '{hash}')";

        foreach (var statement in new[] { Step("checked", "user:1", file.Hash), Step("approved", "user:2", file.Hash), Step("checked", "user:2", "other") })
        {
            Assert.Contains("maker, checker and approver differ", trial.Refusal(statement));
        }

        Assert.Contains("maker, checker and approver differ", trial.Refusal(Step("checked", "user:2", file.Hash), Step("approved", "user:2", file.Hash)));
        Assert.Contains("did not propose it", trial.Refusal("INSERT INTO bank_detail (id, owner, name, iban, bic, proposed_by, proposed_at) VALUES (9, 1, '', '', '', 'user:1', 1)", "INSERT INTO bank_detail_confirmed (detail_id, confirmed_by, confirmed_at, valid_at) VALUES (9, 'user:1', 1, 1)"));
        foreach (var statement in new[] { "UPDATE payment_file SET amount = 1", "DELETE FROM payment_file_order", "UPDATE bank_detail SET iban = ''", "DELETE FROM bank_detail_confirmed" })
        {
            Assert.Contains("bank: nothing is ever", trial.Refusal(statement));
        }

        Assert.Equal("", trial.Refusal(Step("checked", "user:2", file.Hash), Step("approved", "user:3", file.Hash)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Money_that_came_back_goes_into_another_file_and_is_paid_once_more(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement(trial, 2_000_000, returned: true)));
        bank.TakeIn("user:4", Statement(trial, 2_000_000));
        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
        bank.TakeIn("user:4", Statement(trial, 2_000_000, returned: true));
        Assert.Equal((Money.Zero, new Money(-2_000_000)), (trial.Balance(AccountKind.Bank), trial.Balance(AccountKind.Ordered)));

        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        Assert.Null(bank.Make("user:1", TrialBank.PayOn, _ => true));
        Assert.Single(bank.TakeIn("user:4", Statement(trial, 2_000_000, opened: 7_000_000)));
        Assert.Equal((new Money(-2_000_000), Money.Zero), (trial.Balance(AccountKind.Bank), trial.Balance(AccountKind.Ordered)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("5")]
    [InlineData("10")]
    [InlineData("15")]
    [InlineData("30")]
    public void For_how_long_new_details_wait_is_a_setting(string days)
    {
        using var trial = TrialBank.Settled();
        TrialBank.Of(trial);
        var bank = BankStore.Of(trial.Fund.Folder, trial.Desk, TheLaw.WithChoice("bank_cooling_days", days, "2026-01-01"));
        bank.Confirm("user:2", bank.Propose("user:1", BankFileTests.Clinic with { Iban = BankFileTests.Fund.Iban }));
        bool PaysTheOld()
        {
            var file = bank.Make("user:1", TrialBank.PayOn.AddDays(30), _ => true)!;
            bank.Sign("user:2", file.Id, "refused", file.Hash);
            return File.ReadAllText(trial.Fund.Folder.At(file.Path)).Contains(BankFileTests.Clinic.Iban, StringComparison.Ordinal);
        }

        if (days != "0")
        {
            trial.Fund.Clock.Day = trial.Fund.Clock.Day.AddDays(int.Parse(days, null) - 1);
            Assert.True(PaysTheOld());
            trial.Fund.Clock.Day = trial.Fund.Clock.Day.AddDays(1);
        }

        Assert.False(PaysTheOld());
    }

    [Fact]
    public void New_details_serve_after_the_cooling_period_and_the_old_ones_until_then()
    {
        using var trial = TrialBank.Settled();
        var bank = TrialBank.Of(trial);
        var other = BankFileTests.Clinic with { Iban = BankFileTests.Fund.Iban };
        var detail = bank.Propose("user:1", other);
        Assert.Throws<BankRefusedException>(() => bank.Confirm("user:1", detail));
        bank.Confirm("user:2", detail);

        var early = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        Assert.Contains(BankFileTests.Clinic.Iban, File.ReadAllText(trial.Fund.Folder.At(early.Path)));
        bank.Sign("user:2", early.Id, "refused", early.Hash);
        trial.Fund.Clock.Day = trial.Fund.Clock.Day.AddDays(10);
        var late = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        Assert.DoesNotContain(BankFileTests.Clinic.Iban, File.ReadAllText(trial.Fund.Folder.At(late.Path)));
    }

    [Fact]
    public void A_file_that_was_changed_on_the_disk_is_signed_by_nobody()
    {
        using var trial = TrialBank.Settled();
        var bank = TrialBank.Of(trial);
        var file = bank.Make("user:1", TrialBank.PayOn, _ => true)!;
        File.AppendAllText(trial.Fund.Folder.At(file.Path), " ");

        Assert.Throws<BankRefusedException>(() => bank.Sign("user:2", file.Id, "checked", file.Hash));
        Assert.Throws<BankRefusedException>(() => bank.Propose("user:1", BankFileTests.Clinic with { Iban = "KZ00" }));
    }

    /// <summary>A statement with the order of the month, as money that left or came back; the opening balance tells statements apart.</summary>
    private static byte[] Statement(TrialMonth trial, long tiyn, long opened = 5_000_000, bool returned = false)
    {
        var order = trial.Ledger.Postings(new(), "settlement").Single().Id;
        return Encoding.UTF8.GetBytes(BankFileTests.Xml(opened, BankFileTests.Entry("P-" + order, tiyn, returned)).Replace("<Id>S1</Id>", $"<Id>S{opened}{returned}</Id>", StringComparison.Ordinal));
    }
}
