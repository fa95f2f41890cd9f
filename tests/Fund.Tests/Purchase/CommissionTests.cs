using System.Data.Common;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Purchase;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Ledger;
using Xunit;

namespace Kepil.Tests.Purchase;

/// <summary>A campaign from the plan to the register of contracts.</summary>
public sealed class CommissionTests
{
    private const long First = 990440000385, Second = 990440000484, Lone = 990440000583;

    private static readonly DateOnly Within = new(2026, 11, 5), After = new(2026, 11, 21);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("MON-321:18.2")]
    public void A_campaign_goes_from_its_plan_to_contracts_in_the_register(bool postgres)
    {
        using var trial = new Trial(postgres);
        var (store, commission, campaign) = (trial.Store, trial.Commission, trial.Campaign);
        var unconfirmed = store.Open("user:101", store.Find(campaign), store.Plan(campaign));
        Refused("not confirmed yet", () => store.Apply("user:3", unconfirmed, 1, First, "611010000", 600, Within));
        Refused("another employee", () => store.ConfirmOpening("user:101", unconfirmed));
        Refused("confirmed already", () => store.ConfirmOpening("user:103", campaign));
        Refused("Applications are taken from", () => store.Apply("user:3", campaign, 1, First, "611010000", 600, After));
        Refused("nine digits that begin with 61", () => store.Apply("user:3", campaign, 1, First, "751010000", 600, Within));
        store.Apply("user:3", campaign, 1, First, "611010000", 100, Within);
        store.Apply("user:3", campaign, 1, First, "611010000", 600, Within);
        store.Apply("user:4", campaign, 1, Second, "611010000", 600, Within);
        store.Apply("user:5", campaign, 2, Lone, "611610000", 50, Within);

        // What is missing is named with the register and the cure.
        var plan = store.Plan(campaign);
        Assert.Empty(new ApplicationCheck(trial.Fund.Folder).Of(plan[0], First, 2027));
        Assert.Equal(["licence The licence ended on 30.06.2026. Enter a valid one in the register."], new ApplicationCheck(trial.Fund.Folder).Of(plan[0], Second, 2027).Select(g => $"{g.Register} {g.Says.En}"));
        Assert.Equal(["licence", "staff"], new ApplicationCheck(trial.Fund.Folder).Of(plan[1], Lone, 2027).Select(g => g.Register));

        CommissionDecision[] decisions = [new(1, First, true, "meets"), new(1, Second, true, "licence prolonged"), new(2, Lone, true, "the only one")];
        Refused("until 20.11.2026", () => commission.Draft(101, campaign, [102], decisions, Within));
        Refused("at least two", () => commission.Draft(101, campaign, [101], decisions, After));
        Refused("one decision with its reason", () => commission.Draft(101, campaign, [102], decisions[..2], After));
        trial.Desk.AddConflict("user:103", 103, Second, "a brother works there");
        Refused("conflict of interest", () => commission.Draft(101, campaign, [103], decisions, After));

        var protocol = commission.Draft(101, campaign, [102], decisions, After);
        Assert.Equal([(1, First, 500L, 50_000_001L), (1, Second, 500L, 50_000_000L), (2, Lone, 50L, 500_000L)], store.Shares(protocol).Select(s => (s.Number, s.ProviderId, s.Volume, s.Sum.Tiyn)));
        Assert.Contains(store.Protocol(protocol)!.Protocol.Gaps, g => g is { ProviderId: Second, Name: "licence" });
        Refused("another member", () => commission.Confirm(101, protocol));
        Refused("another member", () => commission.Confirm(104, protocol));

        Assert.Equal(36, commission.Confirm(102, protocol));
        Assert.Equal(0, commission.Enter(campaign));
        Refused("is confirmed and stands", () => commission.Draft(101, campaign, [102], decisions, After));

        // The register that settlement reads has them to the tiyn, beside the contract that was there.
        var register = new ContractRegister(trial.Fund.Folder);
        var months = register.Plan(2027);
        Assert.Equal(50_000_001, months.Where(m => m.Of.ProviderId == First).Sum(m => m.Sum.Tiyn));
        Assert.Equal(12, months.Count(m => m.Of.ProviderId == First && m.CareForm == "drg"));
        Assert.Equal(500, register.Lines(First, PurchaseContracts.NumberOf(2027, campaign, First)).Sum(l => l.Quantity));
        Assert.Single(register.Lines(First, "C-1"));
        Assert.Equal(["PurchaseContractsEntered", "PurchaseProtocolConfirmed"], trial.Desk.Journal.Newest(2).Select(e => e.Act));
    }

    [Fact]
    [Proves("MON-321:18.2")]
    public void Last_year_is_read_from_the_contracts_the_ledger_and_the_register_of_unconfirmed_cases()
    {
        using var trial = new Trial(false);
        trial.Fund.Load("contract_line", [2L, "C-2", Second, "mams", "drg", null, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), 10L, 1_000_000L]);
        LedgerStore.Of(trial.Desk).Post([TrialLedger.Bill("1", 6_000_000, of: new(Second, "C-2", "mams")), TrialLedger.Bill("2", 5_000_000, of: new(First, "C-1", "mams"))], "tester");
        UnconfirmedCase Case(long id, DateOnly served, long cost) => new(id, "5.1", "61", Second, "Б", "C-2", "K-1", 800101300016, served, new(cost), new(3 * cost), $"S-{id}", served, served);
        Assert.Equal(3, UnscheduledStore.Of(trial.Desk).EnterAll([Case(1, new(2026, 3, 1), 400_000), Case(2, new(2026, 10, 31), 200_000), Case(3, new(2025, 12, 31), 900_000)], new(TheLaw.Book, Within)));
        trial.Store.Apply("user:3", trial.Campaign, 1, First, "611010000", 600, Within);
        trial.Store.Apply("user:4", trial.Campaign, 1, Second, "611010000", 600, Within);

        var protocol = trial.Commission.Draft(101, trial.Campaign, [102], [new(1, First, false, "no bed is free"), new(1, Second, true, "meets")], After);

        Assert.Equal(new(1, Second, 600, 0, 12_000_000, 6_000_000, 600_000), trial.Store.Protocol(protocol)!.Protocol.Facts.Single(f => f.ProviderId == Second));
        // Who was refused has no share; what nobody can take is left to the Fund.
        var share = Assert.Single(trial.Store.Shares(protocol));
        Assert.Equal((Second, 600L), (share.ProviderId, share.Volume));
        Assert.Equal([1_000_000, 500_000, 900_000], share.Steps.Select(s => s.Factor));
        Assert.Equal(40_000_000, new SharedRow(trial.Store.Plan(trial.Campaign)[0], [share]).LeftSum.Tiyn);
    }

    [Fact]
    public void What_a_stop_left_confirmed_is_entered_at_the_next_start_and_once()
    {
        using var trial = new Trial(false);
        trial.Store.Apply("user:3", trial.Campaign, 1, First, "611010000", 600, Within);
        var protocol = trial.Commission.Draft(101, trial.Campaign, [102], [new(1, First, true, "meets")], After);
        // The process died after the word of the second person and before the contracts.
        trial.Store.Confirm("user:102", trial.Store.Protocol(protocol)!);
        var contract = PurchaseContracts.NumberOf(2027, trial.Campaign, First);
        Assert.Empty(new ContractRegister(trial.Fund.Folder).Lines(First, contract));

        Assert.Equal(1, trial.Commission.Heal(Assert.Fail));
        Assert.Equal(0, trial.Commission.Heal(Assert.Fail));
        Assert.Equal(12, new ContractRegister(trial.Fund.Folder).Lines(First, contract).Count);

        // A register that was loaded later without the contract does not bring a second set of its lines.
        trial.Fund.Load("contract_line", [1L, "C-1", First, "mams", "drg", null, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), 10L, 1_000L]);
        Assert.Equal(0, trial.Commission.Enter(trial.Campaign));
    }

    [Fact]
    public void Contracts_entered_at_once_are_all_in_the_register()
    {
        using var trial = new Trial(false);
        var contracts = new PurchaseContracts(trial.Fund.Folder, trial.Fund.Clock);
        ContractMonth Month(int i) => new($"2027-{i}", First, "mams", CareForm.Drg, new(2027, 1, 1), 1, new(100));

        Parallel.For(1, 7, i => Assert.Equal(1, contracts.Enter([Month(i)])));

        Assert.All(Enumerable.Range(1, 6), i => Assert.Single(new ContractRegister(trial.Fund.Folder).Lines(First, $"2027-{i}")));
        Assert.Equal(7, new ContractRegister(trial.Fund.Folder).Terms()!.Count);
    }

    [Theory]
    [InlineData(false, "UPDATE purchase_opening SET made_by = 'x'")]
    [InlineData(true, "DELETE FROM purchase_opening")]
    [InlineData(false, "UPDATE purchase_plan SET amount = 1")]
    [InlineData(false, "DELETE FROM purchase_campaign")]
    [InlineData(true, "UPDATE purchase_campaign SET year = 2030")]
    [InlineData(true, "DELETE FROM purchase_plan")]
    public void The_database_itself_keeps_what_was_written(bool postgres, string change)
    {
        using var trial = new Trial(postgres);
        using var connection = trial.Source.Open();
        using var command = connection.CreateCommand();
        command.CommandText = change;

        Assert.Contains("what was written is never", Assert.ThrowsAny<DbException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_repeats_a_row_or_a_wrong_term_is_refused()
    {
        using var trial = new Trial(false);
        var row = new PlannedPurchase(1, "61", CareForm.Drg, "mams", null, 1, new(1));
        var campaign = trial.Store.Find(trial.Campaign);

        Refused("repeats a row", () => trial.Store.Open("user:101", campaign, [row, row with { Number = 2 }]));
        Refused("The plan is empty", () => trial.Store.Open("user:101", campaign, []));
        Refused("term of applications", () => trial.Store.Open("user:101", campaign with { Closes = campaign.Opens.AddDays(-1) }, [row]));
        Refused("no campaign 7", () => trial.Store.Apply("user:3", 7, 1, First, "611010000", 1, Within));
    }

    private static void Refused(string why, Action act) => Assert.Contains(why, Assert.Throws<PurchaseRefusedException>(act).Message, StringComparison.Ordinal);

    /// <summary>A fund with three providers, and a campaign of two rows.</summary>
    private sealed class Trial : IDisposable
    {
        public Trial(bool postgres)
        {
            Fund = new(accounts: postgres ? PrivatePostgres.NewDatabase() : "sqlite");
            using var context = Fund.Folder.Accounts.Context();
            Source = DeskSource.Of(context);
            Desk = new(Source, Fund.Clock);
            (Store, Commission) = (PurchaseStore.Of(Desk), new(Fund.Folder, Desk));
            var (from, to) = (new DateOnly(2020, 1, 1), new DateOnly(2030, 12, 31));
            Fund.Load("provider", [First, "61", "611010000", false, "А", "А"], [Second, "61", "611010000", false, "Б", "Б"], [Lone, "61", "611610000", false, "В", "В"]);
            Fund.Load("licence", [First, "drg", from, to], [Second, "drg", from, new DateOnly(2026, 6, 30)]);
            Fund.Load("staff", [1L, First, null, from, to], [2L, Second, null, from, to]);
            Fund.Load("contract_line", [1L, "C-1", First, "mams", "drg", null, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), 10L, 1_000L]);
            Campaign = Store.Open("user:101", new(0, 2027, new(2026, 11, 1), new(2026, 11, 20), "licence, staff", new(100, true, "order 1 of 05.11.2026"), ""),
                [new(1, "61", CareForm.Drg, "mams", null, 1_000, new(100_000_001)), new(2, "61", CareForm.Specialist, "mams", "urology", 100, new(1_000_000))]);
            Store.ConfirmOpening("user:102", Campaign);
        }

        public TrialFund Fund { get; }

        public DeskSource Source { get; }

        public DeskStore Desk { get; }

        public PurchaseStore Store { get; }

        public Commission Commission { get; }

        public long Campaign { get; }

        public void Dispose() => Fund.Dispose();
    }
}
