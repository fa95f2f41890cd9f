using System.Text;
using Kepil.Fund.Bank;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Settlements;
using Xunit;

namespace Kepil.Tests.Bank;

/// <summary>Ways to make the bank pay twice, pay the wrong account or forget a payment; each of them ends with a refusal.</summary>
public sealed class BankAttackTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_order_is_not_paid_twice_out_of_another_order_of_the_month(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        trial.Fund.Admit("b.csv", new BilledLine("L3", 300_000));
        trial.Monitor();
        trial.Settle();
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        var orders = trial.Ledger.Postings(new(), "settlement").Select(o => o.Id).ToList();

        bank.TakeIn("user:4", Statement("A", 9_000_000, BankFileTests.Entry("P-" + orders[1], 300_000)));
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement("B", 8_700_000, BankFileTests.Entry("P-" + orders[1], 300_000))));
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement("C", 8_700_000, BankFileTests.Entry("P-" + orders[0], 2_000_000), BankFileTests.Entry("P-" + orders[0], 2_000_000))));
        bank.TakeIn("user:4", Statement("D", 8_700_000, BankFileTests.Entry("P-" + orders[0], 2_000_000)));
        Assert.Equal((new Money(-2_300_000), Money.Zero), (trial.Balance(AccountKind.Bank), trial.Balance(AccountKind.Ordered)));
    }

    [Fact]
    public void A_bank_that_numbers_its_statements_badly_loses_no_payment()
    {
        using var trial = TrialBank.Settled();
        var bank = TrialBank.Of(trial);
        var order = "P-" + trial.Ledger.Postings(new(), "settlement").Single().Id;
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        bank.TakeIn("user:4", Statement("1", 9_000_000, Bare(order, false), Bare(order, true)));
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);

        Assert.Single(bank.TakeIn("user:4", Statement("1", 8_000_000, Bare(order, false))));
        Assert.Equal((new Money(-2_000_000), Money.Zero), (trial.Balance(AccountKind.Bank), trial.Balance(AccountKind.Ordered)));

        static string Bare(string order, bool credit) => BankFileTests.Entry(order, 2_000_000, credit).Replace("<AcctSvcrRef>B" + order + "</AcctSvcrRef>", "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Details_that_were_withdrawn_while_they_cooled_never_serve(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        var detail = bank.Propose("user:1", BankFileTests.Clinic with { Iban = BankFileTests.Fund.Iban });
        bank.Confirm("user:2", detail);
        Assert.Throws<BankRefusedException>(() => bank.Confirm("user:2", detail));
        bank.Withdraw("user:5", detail, "letter of the provider");
        Assert.Throws<BankRefusedException>(() => bank.Withdraw("user:5", detail, "again"));

        trial.Fund.Clock.Day = trial.Fund.Clock.Day.AddDays(11);
        Assert.Contains(BankFileTests.Clinic.Iban, File.ReadAllText(trial.Fund.Folder.At(bank.Make("user:1", TrialBank.PayOn, _ => true)!.Path)));
        // What serves already is changed by two people, not taken away by one.
        Assert.Throws<BankRefusedException>(() => bank.Withdraw("user:5", 2, "a whim"));
        Assert.Contains("bank: nothing is ever", trial.Refusal("DELETE FROM bank_detail_withdrawn"));
        Assert.Contains("cooling", trial.Refusal("INSERT INTO bank_detail_withdrawn (detail_id, who, at, reason) VALUES (2, 'user:5', 9999999999999, 'late')"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_database_lets_no_order_into_a_file_that_the_ledger_did_not_give(bool postgres)
    {
        using var trial = TrialBank.Settled(postgres);
        var bank = TrialBank.Of(trial);
        var order = trial.Ledger.Postings(new(), "settlement").Single().Id;
        var made = trial.Desk.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        string File(long sum) => $"INSERT INTO payment_file (id, path, hash, amount, order_count, made_by, made_at) VALUES (9, 'x', 'h', {sum}, 1, 'user:1', {made})";
        string Row(long sum, long detail) => $"INSERT INTO payment_file_order (file_id, posting_id, amount, detail_id) VALUES (9, {order}, {sum}, {detail})";
        const string Check = "INSERT INTO payment_file_step (file_id, step, who, at, hash) VALUES (9, 'checked', 'user:2', 1, 'h')";

        Assert.Contains("what the ledger ordered", trial.Refusal(File(2_000_001), Row(2_000_001, 2)));
        Assert.Contains("what the ledger ordered", trial.Refusal(File(2_000_000), Row(2_000_000, 1)));
        Assert.Contains("adds up to its orders", trial.Refusal(File(2_000_001), Row(2_000_000, 2), Check));
        Assert.Contains("adds up to its orders", trial.Refusal(File(0), Check));
        bank.Confirm("user:2", bank.Propose("user:1", BankFileTests.Clinic));
        Assert.Contains("what the ledger ordered", trial.Refusal(File(2_000_000), Row(2_000_000, 3)));
        Assert.Equal("", trial.Refusal(File(2_000_000), Row(2_000_000, 2), Check));
        Assert.Contains("what the ledger ordered", trial.Refusal(
            $"INSERT INTO payment_file (id, path, hash, amount, order_count, made_by, made_at) VALUES (10, 'x', 'h', 2000000, 1, 'user:1', {made})",
            $"INSERT INTO payment_file_order (file_id, posting_id, amount, detail_id) VALUES (10, {order}, 2000000, 2)"));
    }

    [Fact]
    public void Replacing_a_row_is_a_deletion_that_the_database_refuses_too()
    {
        using var trial = TrialBank.Settled();
        var bank = TrialBank.Of(trial);
        TrialBank.Approve(bank, bank.Make("user:1", TrialBank.PayOn, _ => true)!);
        var order = trial.Ledger.Postings(new(), "settlement").Single().Id;
        bank.TakeIn("user:4", Statement("A", 9_000_000, BankFileTests.Entry("P-" + order, 2_000_000)));
        using var context = trial.Desk.Context();
        using var connection = DeskSource.Of(context).Open();

        foreach (var table in new[]
        {
            "ledger_posting", "ledger_leg", "settlement_run", "settlement_month", "settlement_form", "bank_detail", "bank_detail_confirmed", "payment_file", "payment_file_order", "payment_file_step", "bank_statement",
        })
        {
            using var count = connection.CreateCommand();
            count.CommandText = $"SELECT COUNT(*) FROM {table}";
            Assert.True((long)count.ExecuteScalar()! > 0, table);
            Assert.NotEqual("", trial.Refusal($"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"));
        }

        Assert.NotEqual("", trial.Refusal($"INSERT OR REPLACE INTO ledger_posting SELECT {order}, key || 'x', kind, '2020-01-01', at, ground, content, detail, detail_hash, line_count FROM ledger_posting WHERE id = {order}"));
        Assert.NotEqual("", trial.Refusal(
            "INSERT INTO ledger_leg VALUES (99, 1, 'debt', 1, '', 'mams', '2026-10-01', 5)", "INSERT INTO ledger_leg VALUES (99, 2, 'charged', 1, '', 'mams', '2026-10-01', -5)",
            $"INSERT OR REPLACE INTO ledger_posting SELECT 99, key, kind, day, at, ground, content, detail, detail_hash, line_count FROM ledger_posting WHERE id = {order}"));
    }

    [Fact]
    public void A_day_of_payment_that_is_over_and_a_name_that_no_file_can_carry_are_refused()
    {
        using var trial = TrialBank.Settled();
        var bank = TrialBank.Of(trial);

        Assert.Throws<BankRefusedException>(() => bank.Make("user:1", new(2026, 11, 4), _ => true));
        Assert.Throws<BankRefusedException>(() => bank.Propose("user:1", BankFileTests.Clinic with { Name = "A\u0001B" }));
        Assert.Throws<BankRefusedException>(() => bank.Propose("user:1", BankFileTests.Clinic with { Name = " " }));
    }

    private static byte[] Statement(string id, long opened, params string[] entries) =>
        Encoding.UTF8.GetBytes(BankFileTests.Xml(opened, entries).Replace("<Id>S1</Id>", $"<Id>{id}</Id>", StringComparison.Ordinal));
}
