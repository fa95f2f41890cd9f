using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Contributions.TrialContributions;

namespace Kepil.Tests.Contributions;

/// <summary>Insured periods for monitoring: by payments where they are known, by the register for all others.</summary>
public sealed class MonitoredPeriodsTests : IDisposable
{
    private static readonly DateOnly From = new(2026, 10, 1), To = new(2026, 10, 31);

    private static readonly string Paying = Number(new(1980, 5, 4)), Stopped = Number(new(1981, 5, 4)), Untold = Number(new(1982, 5, 4)), OnlyStanding = Number(new(1983, 5, 4)), Former = Number(new(1980, 5, 4), 900);

    private readonly TrialContributions _trial = new(false);

    public MonitoredPeriodsTests()
    {
        _trial.Fund.Load("person_merge", [Long(Former), Long(Paying)]);
        // The register says the contrary of what was paid for the first two.
        _trial.Fund.Load("insured_period",
            [Long(Paying), new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31)],
            [Long(Stopped), new DateOnly(2020, 1, 1), new DateOnly(9999, 12, 31)],
            [Long(Untold), new DateOnly(2020, 1, 1), new DateOnly(2026, 10, 9)],
            [Long(OnlyStanding), new DateOnly(2020, 1, 1), new DateOnly(9999, 12, 31)]);
        _trial.Take("ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n" + string.Concat(new[] { Paying, Stopped, OnlyStanding }.Select(p => $"{p};азамат;01.01.1995;ІІМ\n")), "standings.csv");
        _trial.Pay(
        [
            // Half a year under the former number, the rest under the present one.
            .. Months(2025, 9, 14).Select((m, i) => Row("P", i < 6 ? Former : Paying, m)),
            .. Months(2024, 9, 6).Select(m => Row("S", Stopped, m)),
        ]);
    }

    [Fact]
    public void What_was_paid_has_the_word_over_the_register_and_only_within_the_stretch()
    {
        var made = Together().Make(From, To);

        Assert.Equal((2L, 2L), (made!.ByPayments, made.Others));
        Assert.Equal(
        [
            (Long(Paying), new(2020, 1, 1), new(2020, 12, 31)), (Long(Paying), From, To),
            (Long(Stopped), new(2020, 1, 1), From.AddDays(-1)), (Long(Stopped), To.AddDays(1), new(9999, 12, 31)),
            (Long(Untold), new(2020, 1, 1), new(2026, 10, 9)),
            (Long(OnlyStanding), new(2020, 1, 1), new(9999, 12, 31)),
        ], Periods());
    }

    [Fact]
    public void Lines_are_judged_by_the_periods_that_were_put_together()
    {
        Together().Make(From, To);

        _trial.Fund.Admit("a.csv", new BilledLine("A1", StatedId: Long(Paying)), new BilledLine("A2", StatedId: Long(Stopped)), new BilledLine("A3", StatedId: Long(Untold)), new BilledLine("A4", StatedId: Long(OnlyStanding)));

        using var records = new FundRecords(_trial.Fund.Folder);
        Assert.Equal([("A1", true), ("A2", false), ("A3", false), ("A4", true)], records.Query("SELECT line_id, CASE WHEN insured THEN 1 ELSE 0 END FROM known_service ORDER BY line_id", r => (r.Text(0), r.Int(1) == 1)));
    }

    [Fact]
    public void The_next_stretch_begins_from_the_register_that_came_and_a_new_one_takes_its_place()
    {
        Together().Make(new(2026, 1, 1), new(2026, 1, 31));
        var first = Periods();
        Together().Make(From, To);
        Together().Make(new(2026, 1, 1), new(2026, 1, 31));
        Assert.Equal(first, Periods());

        _trial.Fund.Load("insured_period", [Long(Stopped), new DateOnly(2026, 3, 1), new DateOnly(2026, 11, 30)]);
        Together().Make(From, To);
        Assert.Equal([(Long(Paying), From, To), (Long(Stopped), new(2026, 3, 1), From.AddDays(-1)), (Long(Stopped), To.AddDays(1), new(2026, 11, 30))], Periods());
    }

    [Fact]
    public void Without_a_payment_the_register_stays_as_it_came()
    {
        using var bare = new TrialContributions(false);
        bare.Fund.Load("insured_period", [Long(Untold), new DateOnly(2020, 1, 1), new DateOnly(9999, 12, 31)]);
        bare.Take($"ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n{Untold};азамат;01.01.1995;ІІМ\n", "standings.csv");

        Assert.Null(new MonitoredPeriods(bare.Fund.Folder, TheLaw.Book, bare.Desk).Make(From, To));

        using var context = bare.Fund.Folder.Accounts.Context();
        Assert.Single(context.ReferenceFiles);
    }

    public void Dispose() => _trial.Dispose();

    private MonitoredPeriods Together() => new(_trial.Fund.Folder, TheLaw.Book, _trial.Desk);

    private List<(long, DateOnly, DateOnly)> Periods()
    {
        using var context = _trial.Fund.Folder.Accounts.Context();
        var path = _trial.Fund.Folder.At(context.ReferenceFiles.Single(r => r.Register == MonitoredPeriods.Register && r.ReplacedBy == null).Path);
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        return [.. connection.QueryAll($"SELECT person_id, from_day, to_day FROM read_parquet('{path}') ORDER BY 1, 2", r => (r.Long(0), r.Day(1), r.Day(2)))];
    }

    private static IEnumerable<DateOnly> Months(int year, int month, int count) => Enumerable.Range(0, count).Select(i => new DateOnly(year, month, 1).AddMonths(i));

    private static string Row(string kind, string person, DateOnly month) => $"{kind}-{month:yyyyMM};;{person};дербес төлем;{month:yyyy-MM};5000;20.{(month.AddMonths(1) > new DateOnly(2026, 11, 1) ? month : month.AddMonths(1)):MM.yyyy};";
}
