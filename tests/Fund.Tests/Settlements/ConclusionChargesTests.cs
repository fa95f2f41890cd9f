using System.Text;
using Kepil.Fund.Bank;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Bank;
using Kepil.Tests.House;
using Kepil.Tests.Unscheduled;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Settlements;

/// <summary>What a conclusion of unscheduled monitoring takes becomes a charge: set off in the next payment of the same contract, then invoiced, and lowered when the state body takes something off.</summary>
public sealed class ConclusionChargesTests
{
    private static readonly DateOnly InForce = new(2025, 9, 18);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:53")]
    public void A_charge_is_set_off_in_the_next_payment_and_what_the_state_body_takes_off_comes_back_with_the_one_after(bool postgres)
    {
        using var trial = new TrialMonth(postgres);
        var charges = new ConclusionCharges(trial.Fund.Folder, trial.Desk);
        var paper = new LedConclusion().Replied("2025-09-12", "2025-09-16", "2025-09-18");
        trial.Fund.Admit("a.csv", new BilledLine("L1"));
        trial.Monitor();

        var charge = Assert.Single(charges.Post("user:1", [EffectiveConclusion.Of(paper.Now, InForce)]));
        Assert.Empty(charges.Post("user:1", [EffectiveConclusion.Of(paper.Now, InForce)]));
        Assert.Equal(new Account(AccountKind.Debt, TrialMonth.Clinic, new(2025, 8, 1)), charge.Legs[0].Account);
        Assert.Equal(("open", new Money(100_000)), ContractCharge.All(trial.Ledger).Single() is var before ? (before.State, before.Open) : default);
        trial.Settle();
        Assert.Equal(new Money(-900_000), trial.Balance(AccountKind.Ordered));
        Assert.Equal(("offset", new Money(100_000)), ContractCharge.All(trial.Ledger).Single() is var after ? (after.State, after.SetOff) : default);

        paper.Do(new AppealResults(At("2025-10-01"), Trial.Provider, "A-5"), new DecideAppeal(At("2025-10-20"), Clerk, AppealOutcome.Changed, "D-1", [Line(tenge: 300)]));
        Assert.Single(charges.Post("user:1", [EffectiveConclusion.Of(paper.Now, InForce)]));
        trial.Settle();
        Assert.Equal((new Money(-970_000), Money.Zero), (trial.Balance(AccountKind.Ordered), trial.Balance(AccountKind.Debt)));
        Assert.Equal((new Money(70_000), new Money(30_000), Money.Zero), ContractCharge.All(trial.Ledger).Single() is var last ? (last.Lowered, last.SetOff, last.Open) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:53")]
    public void What_no_payment_is_left_for_is_invoiced_once_and_closed_by_the_money_that_names_the_invoice(bool postgres)
    {
        using var trial = new TrialMonth(postgres);
        var bank = TrialBank.Of(trial);
        trial.Fund.Admit("a.csv", new BilledLine("L1", 30_000));
        trial.Monitor();
        new ConclusionCharges(trial.Fund.Folder, trial.Desk).Post("user:1", [EffectiveConclusion.Of(new LedConclusion().Replied("2025-09-12", "2025-09-16", "2025-09-18").Now, InForce)]);
        Assert.Throws<ChargeInvoiceRefusedException>(() => ChargeInvoiceStore.Make(trial.Ledger, "user:1", TrialMonth.Clinic, true));
        trial.Settle();

        var invoice = ChargeInvoiceStore.Make(trial.Ledger, "user:1", TrialMonth.Clinic, true);
        Assert.Equal(new Money(70_000), invoice.Sum);
        Assert.Throws<ChargeInvoiceRefusedException>(() => ChargeInvoiceStore.Make(trial.Ledger, "user:1", TrialMonth.Clinic, true));
        Assert.Equal("invoiced", ContractCharge.All(trial.Ledger).Single().State);
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement(invoice, 70_001)));
        Assert.Empty(bank.TakeIn("user:4", Statement(invoice with { Id = 77 }, 70_000)));
        Assert.Single(bank.TakeIn("user:4", Statement(invoice, 50_000)));
        Assert.Equal(("invoiced", new Money(20_000)), ContractCharge.All(trial.Ledger).Single() is var part ? (part.State, part.Open) : default);
        Assert.Single(bank.TakeIn("user:4", Statement(invoice, 20_000)));
        Assert.Equal(("paid", Money.Zero, new Money(70_000)), ContractCharge.All(trial.Ledger).Single() is var paid ? (paid.State, trial.Balance(AccountKind.Debt), trial.Balance(AccountKind.Bank)) : default);
        Assert.Throws<BankRefusedException>(() => bank.TakeIn("user:4", Statement(invoice, 1)));
    }

    [Fact]
    public void Nothing_is_charged_while_an_appeal_holds_the_measures_up_and_the_package_is_that_of_the_service()
    {
        using var trial = new TrialMonth();
        trial.Fund.Admit("a.csv", new BilledLine("S-1", Package: "tmkkk") { Month = new(2025, 8, 1), StartedOn = new(2025, 8, 20) });
        var paper = new LedConclusion().Replied("2025-09-12", "2025-09-16", "2025-09-18").Now;
        var charges = new ConclusionCharges(trial.Fund.Folder, trial.Desk);

        Assert.Empty(charges.Post("user:1", [EffectiveConclusion.Of(paper with { IsStayed = true }, InForce)]));
        Assert.Equal("tmkkk", Assert.Single(charges.Post("user:1", [EffectiveConclusion.Of(paper, InForce)])).Legs[0].Account.Of.Package);
        Assert.Single(charges.Post("user:1", [EffectiveConclusion.Of(paper with { IsStayed = true }, InForce)]));
        Assert.Equal(Money.Zero, trial.Balance(AccountKind.Debt, TrialMonth.Clinic with { Package = "tmkkk" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_conclusion_that_silence_accepted_is_charged_by_the_next_settlement_once(bool postgres)
    {
        using var stand = new DutyStand(postgres);
        foreach (var act in new ConclusionCommand[]
        {
            CaseSamples.Draft(stand.Now, DutyStand.Clerk, DutyStand.Provider, "61/7"), new SignConclusion(stand.Now, DutyStand.Clerk), new SendConclusion(stand.Now, DutyStand.Clerk, Channel.System),
        })
        {
            Assert.Null(stand.Store.Act(501, "61/7", act, stand.Terms).Refusal);
        }

        var charges = new ConclusionCharges(stand.Folder, stand.Desk);
        Assert.Empty(charges.Post("user:1"));
        // Silence is told when a list that was posted in time has had its days too.
        for (var day = new DateOnly(2026, 10, 20); day <= new DateOnly(2026, 11, 10); day = day.AddDays(1))
        {
            stand.MoveTo(day.ToString("yyyy-MM-dd", null));
            new UnscheduledWatch(stand.Store, stand.Clock, _ => stand.Terms).Run();
            Assert.True(day.Day != 20 || charges.Post("user:1").Count == 0);
        }

        Assert.NotEmpty(charges.Post("user:1"));
        Assert.Empty(charges.Post("user:1"));
        Assert.Equal(stand.Store.ConclusionOf(501)!.Applied!.Withheld, ContractCharge.All(LedgerStore.Of(stand.Desk)).Where(c => c.Kind == AccountKind.Debt).Aggregate(Money.Zero, (s, c) => s + c.Sum));
    }

    private static byte[] Statement(ChargeInvoice invoice, long tiyn) => Encoding.UTF8.GetBytes(
        BankFileTests.Xml(1_000_000 + tiyn, BankFileTests.Entry("NOTPROVIDED", tiyn, credit: true).Replace("</Refs>", $"</Refs><RmtInf><Ustrd>төлем {invoice.Reference} шоты</Ustrd></RmtInf>", StringComparison.Ordinal))
            .Replace("<Id>S1</Id>", $"<Id>S{tiyn}</Id>", StringComparison.Ordinal));
}
