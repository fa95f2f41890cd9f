using Kepil.Demo;
using Kepil.DuckDb;
using Kepil.Fund.Contributions;
using Kepil.Insurance;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.LocalBodies;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Rules;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Verbs;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Verbs;

/// <summary>The month that a demo plays, on the smallest country.</summary>
public sealed class DemoPlayTests : IDisposable
{
    private const ulong Seed = 614;

    /// <summary>Lines of the smallest country.</summary>
    private const int Lines = 10_000;

    /// <summary>Where nothing is owed any more.</summary>
    private static readonly MonitoringStage[] MonitoringsEnd = [MonitoringStage.Concluded, MonitoringStage.Terminated, MonitoringStage.NotConducted];

    private static readonly ConclusionStage[] ConclusionsEnd = [ConclusionStage.Accepted, ConclusionStage.DeemedAccepted, ConclusionStage.Delivered, ConclusionStage.Discarded, ConclusionStage.Final];

    private readonly string _path = Directory.CreateTempSubdirectory("kepil-play-").FullName;

    public void Dispose() => Directory.Delete(_path, true);

    /// <summary>A working day in the middle of a month, and a Sunday at its beginning, when most terms have just ended.</summary>
    [Theory]
    [InlineData("2026-11-27T10:00+05:00")]
    [InlineData("2026-12-06T23:30+05:00")]
    public async Task Every_stage_at_which_a_case_can_wait_has_one_when_the_demo_opens(string opens)
    {
        var stop = TestContext.Current.CancellationToken;
        var (end, month) = (DateTimeOffset.Parse(opens, System.Globalization.CultureInfo.InvariantCulture), new DemoSize(Lines).Month);
        var made = Path.Combine(_path, "country");
        new DemoCountry(new DemoSize(Lines, Seed)).Write(made);
        var folder = FundFolder.Open(Path.Combine(_path, "fund"));
        var intake = new RegisterIntake(folder, TheLaw.Book, TimeProvider.System);
        await intake.TakeAsync(Files("reference"), intake.Options(), stop: stop);
        var clock = new DemoClock(end.AddDays(-32));
        using var context = folder.Accounts.Context();
        var desk = new DeskStore(DeskSource.Of(context), clock);
        var payments = new DemoPayments(folder, TheLaw.Book, desk, clock, made);
        PaidBeforeJudged(folder, desk, payments, month);
        await intake.TakeAsync(Files("registers"), intake.Options(), stop: stop);
        await new MonthMonitoring(folder, TheLaw.Book, TimeProvider.System).RunAsync(month, RuleCommands.Load(TheLaw.Book, month).Pack, cancel: stop);
        var play = new DemoPlay(folder, TheLaw.Book, desk, clock, Seed);
        var (own, region) = DemoVerb.AddUsers(folder, TheLaw.Book, desk, month);
        play.AddEmployees(region);
        using var records = new FundRecords(folder);

        var acts = play.Play(month, end, own);

        payments.Go();
        InsuredAsPaid(folder, desk, records, LocalDay.Of(end));

        // Afterwards there are three of each role; the numbers of those who were there stay, and organisations are those of the demo.
        var before = desk.Users().Select(u => (u.Id, u.SignInName)).ToList();
        play.Complete(month);
        var users = desk.Users();
        Assert.Equal(before, users.Take(before.Count).Select(u => (u.Id, u.SignInName)));
        Assert.All(Enum.GetValues<Role>(), role => Assert.True(users.Count(u => u.Role == role) >= DemoUsers.OfEachRole, role.ToString()));
        Assert.Equal(3, users.Where(u => u.Role == Role.ProviderHead).Select(u => u.ProviderId).Distinct().Count());
        Assert.All(users.Where(u => u.IsOfProvider), u => Assert.True(OrganisationNumber.TryRestore(u.ProviderId!.Value, out _, out _)));
        Assert.All(users.Where(u => u.IsOfBranch), u => Assert.NotNull(TheLaw.Book.Regions.Find(u.Region!)));
        Assert.Equal(users.Count, users.Select(u => u.FullName + u.ProviderId).Distinct().Count());

        var stages = ProceedingStore.Of(desk).Stages(month).Select(s => s.Stage).ToHashSet();
        Assert.True(acts > 0);
        Assert.Empty(CanWait(TheLaw.Book.Policies.On(LocalDay.Of(end))).Except(stages));
        var visits = UnscheduledStore.Of(desk);
        var cases = visits.Cases(null, 0, 1000).ToLookup(c => c.Kind, c => c.Stage);
        Assert.Empty(Enum.GetValues<MonitoringStage>().Except(MonitoringsEnd).Select(s => s.ToString()).Except(cases["monitoring"]));
        Assert.Empty(Enum.GetValues<ConclusionStage>().Except(ConclusionsEnd).Select(s => s.ToString()).Except(cases["conclusion"]));
        Assert.Contains(visits.Cases("conclusion", 0, 1000), c => visits.ConclusionOf(c.Id)!.AwaitsPost);

        List<string> Files(string part) => [.. Directory.GetFiles(Path.Combine(made, part), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    /// <summary>Payments are known before the lines: the list of the uninsured tells several reasons, and the periods made of them differ from the register for nobody, for the country is honest.</summary>
    private static void PaidBeforeJudged(FundFolder folder, DeskStore desk, DemoPayments payments, DateOnly month)
    {
        using var records = new FundRecords(folder);
        payments.Begin(records, month);
        var lists = new UninsuredLists(folder, desk);
        lists.Make("system", month);
        payments.TellStandings();

        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var reasons = connection.QueryAll($"SELECT DISTINCT reason FROM read_parquet('{lists.ListOf(month)}') ORDER BY 1", r => r.Text(0));
        Assert.Equal([UninsuredReasons.Irregular, UninsuredReasons.Never, UninsuredReasons.Stopped], reasons);
        var merges = records.Query("SELECT old_id, person_id FROM person_merge", r => (Old: r.Long(0), Now: r.Long(1)));
        var stored = ContributionStore.Of(desk);
        var paid = stored.PaidFor([.. merges.SelectMany(m => new[] { m.Old, m.Now })]);
        Assert.Contains(merges, m => paid.Any(p => p.StatedId == m.Old) && paid.Any(p => p.StatedId == m.Now));
        Assert.Contains(stored.PaidFor(stored.Numbers()), p => p.Kind == "aggregate_city" && p.Month.Year == 2023);
        var together = new MonitoredPeriods(folder, TheLaw.Book, desk).Make(month, month.AddMonths(1).AddDays(-1));
        Assert.True(together!.ByPayments > 1_000);
        Assert.Equal(0, together.Others);
    }

    /// <summary>What was told and paid says the same of a person as the register of insured periods by which lines are judged.</summary>
    private void InsuredAsPaid(FundFolder folder, DeskStore desk, FundRecords records, DateOnly day)
    {
        var people = File.ReadLines(Path.Combine(_path, "country", "contributions", "standings.csv")).Skip(1).Select(r => long.Parse(r.Split(';')[0], null)).Take(400).ToList();
        var periods = records.Query("SELECT person_id, from_day, to_day FROM insured_period", r => (Person: r.Long(0), From: r.Day(1), To: r.Day(2))).ToLookup(p => p.Person);
        var (store, status) = (ContributionStore.Of(desk), new InsuredStatus(TheLaw.Book));
        var told = people.Select(p => (Person: p, IsInsured: status.On(StoredLife.Of(folder, store, p)!, day, DateTimeOffset.MaxValue).Insured, Periods: periods[p].ToList())).ToList();

        Assert.All(told.Where(t => t.Periods.Exists(p => p.From <= day.AddMonths(-14) && p.To >= day)), t => Assert.True(t.IsInsured, $"{t.Person} is paid for and not insured."));
        Assert.All(told.Where(t => t.Periods.Count == 0), t => Assert.False(t.IsInsured, $"Nothing was paid for {t.Person}, who is insured."));
        Assert.True(told.Count(t => t.IsInsured) > 100 && told.Exists(t => t.Periods.Count == 0));
    }

    /// <summary>A queue is emptied at once, and a case is kept open after silence only by a policy.</summary>
    private static IEnumerable<Stage> CanWait(PoliciesOnDay policies) => Enum.GetValues<Stage>().Where(s => !s.IsFinal() && !s.IsQueue() && (s != Stage.KeptOpen || policies["silence_after_confirm"] != "deduct"));
}
