using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Xunit;

namespace Kepil.Tests.Settlements;

/// <summary>The Fund pays only for care under a contract: one that it knows, of this provider, in the months of its term.</summary>
public sealed class ContractTermTests
{
    [Theory]
    [InlineData("C-1", 990440000385L, "mams", true)]
    [InlineData("C-2", 990440000385L, "mams", false)]
    [InlineData("C-1", 980540000397L, "mams", false)]
    [InlineData("C-1", 990440000385L, "tmkkk", false)]
    public void A_contract_that_nobody_concluded_is_not_paid(string contract, long provider, string package, bool paid)
    {
        using var trial = new TrialMonth();
        Contract(trial, contract, provider, package, new(2026, 1, 1), new(2026, 12, 31));
        trial.Fund.Admit("a.csv", new BilledLine("L1"));
        trial.Monitor();

        Assert.Equal(paid ? 1_000_000 : 0, Ordered(trial.Settle()));
        Assert.Equal(new Money(paid ? 0 : 1_000_000), trial.Ledger.Balances(new()).Open(TrialMonth.Clinic, TrialMonth.October));
    }

    [Fact]
    public void Care_after_the_contract_ended_waits_and_is_paid_when_an_agreement_prolongs_it()
    {
        using var trial = new TrialMonth();
        Contract(trial, "C-1", TrialMonth.Clinic.ProviderId, "mams", new(2026, 1, 1), new(2026, 9, 30));
        trial.Fund.Admit("a.csv", new BilledLine("L1"));
        trial.Monitor();
        Assert.Equal(0, Ordered(trial.Settle()));

        Contract(trial, "C-1", TrialMonth.Clinic.ProviderId, "mams", new(2026, 1, 1), new(2026, 10, 31));
        Assert.Equal(1_000_000, Ordered(trial.Settle()));
        Assert.Equal(0, trial.Settle().RunId);
    }

    [Fact]
    public void December_is_paid_in_January_when_the_register_names_the_contracts_of_the_new_year_alone()
    {
        using var trial = new TrialMonth();
        var december = new DateOnly(2026, 12, 1);
        trial.Fund.Clock.Day = new(2027, 1, 5);
        Contract(trial, "C-1", TrialMonth.Clinic.ProviderId, "mams", new(2026, 1, 1), december.AddDays(30));
        Contract(trial, "C-2027", TrialMonth.Clinic.ProviderId, "mams", new(2027, 1, 1), new(2027, 12, 31));
        trial.Fund.Admit("december.csv", new BilledLine("L1") { Month = december, StartedOn = december.AddDays(3) });
        trial.Monitor(december, []);

        var outcome = trial.Settle(december);
        Assert.Equal((1_000_000, new DateOnly(2027, 1, 20)), (Ordered(outcome), outcome.DueOn));
    }

    [Fact]
    public void The_day_of_a_settlement_is_that_of_the_country_wherever_the_server_stands()
    {
        using var trial = new TrialMonth();
        trial.Fund.Admit("a.csv", new BilledLine("L1"));
        trial.Monitor();
        var late = new MomentClock(new(2026, 12, 31, 20, 30, 0, TimeSpan.Zero));
        var desk = new Kepil.Fund.Desk.DeskStore(TrialSource(trial), late);

        Assert.Equal(new DateOnly(2027, 1, 1), new MonthSettlement(trial.Fund.Folder, desk, trial.Law).Run(TrialMonth.October, "user:1").Orders.Single().Day);
    }

    private static Kepil.Fund.Desk.DeskSource TrialSource(TrialMonth trial)
    {
        using var context = trial.Fund.Folder.Accounts.Context();
        return Kepil.Fund.Desk.DeskSource.Of(context);
    }

    private static void Contract(TrialMonth trial, string contract, long provider, string package, DateOnly from, DateOnly to) =>
        trial.Fund.Load("contract_line", [7L, contract, provider, package, "specialist", null, from, to, 10L, 600_000L]);

    private static long Ordered(SettlementOutcome outcome) => -outcome.Orders.SelectMany(o => o.Legs).Where(l => l.Account.Kind == AccountKind.Ordered).Sum(l => l.Amount.Tiyn);

    private sealed class MomentClock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
