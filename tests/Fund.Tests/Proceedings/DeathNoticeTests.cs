using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Xunit;
using BilledLine = Kepil.Tests.Accounts.BilledLine;

namespace Kepil.Tests.Proceedings;

/// <summary>Every death that current monitoring covers becomes a case, whether a rule pointed at it or not.</summary>
public sealed class DeathNoticeTests : IDisposable
{
    private const long Adult = 800101300016, Infant = 260301500018;

    private readonly TrialFund _fund = new();
    private readonly TrialPack _pack = new();
    private readonly FundRecords _records;
    private readonly ProceedingStore _store;

    public DeathNoticeTests()
    {
        _records = new(_fund.Folder);
        using var context = _fund.Folder.Accounts.Context();
        _store = ProceedingStore.Of(new DeskStore(DeskSource.Of(context), _fund.Clock));
        _fund.Load("provider", [990440000385L, "61", null, false, null, null]);
        _pack.Rule("9.0-dear", "SELECT s.service_id, s.person_id, s.amount FROM monitored_service AS s WHERE s.amount > 5000000", code: "9.0", evidence: "{amount}");
        _pack.Rule("5.0-dear", "SELECT s.service_id, s.person_id, s.amount FROM monitored_service AS s WHERE s.amount > 5000000 AND s.care_form = 'specialist'", code: "5.0", evidence: "{amount}");
    }

    public void Dispose()
    {
        _records.Dispose();
        _pack.Dispose();
        _fund.Dispose();
    }

    [Theory]
    [InlineData("drg", "died", "I21.0", null, "2026-10-15", "Inpatient")]
    [InlineData("drg", "died", "O72.1", null, "2026-10-15", "Maternal")]
    [InlineData("drg", "died", "P07.1", null, "2026-10-15", "Inpatient")]
    [InlineData("drg", "recovered", "I21.0", null, "2026-10-15", "None")]
    [InlineData("specialist", "died", "I21.0", null, "2026-10-15", "None")]
    [InlineData("psychiatry", "died", "F20.0", 5, "2026-10-15", "Inpatient")]
    [InlineData("psychiatry", "died", "F20.0", null, "2026-10-15", "None")]
    public void What_a_line_of_an_adult_tells(string form, string outcome, string diagnosis, int? bedDays, string died, string death) =>
        Assert.Equal(death, Line(form, outcome, diagnosis, bedDays, new(1980, 1, 1), DateOnly.Parse(died, null)).DeathIn(1).ToString());

    [Theory]
    [InlineData("drg", "died", "P07.1", "2025-10-17", "2026-10-16", "InfantInpatient")]
    // Whoever dies on the first birthday is no infant any more: days are not counted, for a year may have 366.
    [InlineData("drg", "died", "P07.1", "2025-10-16", "2026-10-16", "Inpatient")]
    [InlineData("specialist", null, "J18.9", "2026-03-01", "2026-10-20", "InfantOutpatient")]
    [InlineData("specialist", null, "W79", "2026-03-01", "2026-10-20", "InfantAccident")]
    [InlineData("specialist", null, "J18.9", "2026-03-01", null, "None")]
    // Care after the death, and care of another month than that of the death.
    [InlineData("specialist", null, "J18.9", "2026-03-01", "2026-10-14", "None")]
    [InlineData("specialist", null, "J18.9", "2026-03-01", "2026-12-20", "None")]
    public void What_a_line_of_an_infant_tells(string form, string? outcome, string diagnosis, string born, string? died, string death) =>
        Assert.Equal(death, Line(form, outcome, diagnosis, null, DateOnly.Parse(born, null), died is null ? null : DateOnly.Parse(died, null)).DeathIn(1).ToString());

    [Fact]
    [Proves("MON-321:40.1")]
    [Proves("MON-321:40.2")]
    [Proves("MON-321:42")]
    public async Task A_death_at_which_no_rule_pointed_goes_to_the_branch_once()
    {
        _fund.Load("person", Person(Adult, new(1980, 1, 1), "m", new(2026, 10, 16)), Person(Infant, new(2026, 3, 1), "m", new(2026, 10, 20)));
        _fund.Admit("october.csv",
            new BilledLine("found", 6_000_000, StatedId: Adult, CareForm: "drg") { Outcome = "died", Diagnosis = "I21.0", ServiceCode = null },
            new BilledLine("palliative", StatedId: Adult, CareForm: "bed_day") { Outcome = "died", Diagnosis = "C34.9", ServiceCode = null },
            new BilledLine("mother", StatedId: Adult, CareForm: "drg") { Outcome = "died", Diagnosis = "O72.1", ServiceCode = null },
            new BilledLine("early", StatedId: Infant) { StartedOn = new(2026, 10, 3), Diagnosis = "J06.9" },
            new BilledLine("last", StatedId: Infant) { StartedOn = new(2026, 10, 18), Diagnosis = "J18.9" });
        await new MonthMonitoring(_fund.Folder, TheLaw.Book, _fund.Clock).RunAsync(new(2026, 10, 1), _pack.Load().Pack, cancel: TestContext.Current.CancellationToken);

        var shown = Notice(TheLaw.Book).Show(new(2026, 10, 1), "Head", "system");
        var again = Notice(TheLaw.Book).Show(new(2026, 10, 1), "Head", "system");

        Assert.Equal((4, 0, 0, 4), (shown.Opened, shown.Refused.Count, again.Opened, again.Known));
        Assert.Equal(
            ["found 9.0 death branch_review", "last  death branch_review", "mother  not_monitored not_monitored", "palliative  death branch_review"],
            Cases().Select(c => c.Replace("branch_queue", "branch_review", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task By_the_other_setting_only_what_a_rule_found_becomes_a_case()
    {
        _fund.Admit("october.csv", new BilledLine("palliative", StatedId: Adult, CareForm: "bed_day") { Outcome = "died", Diagnosis = "C34.9", ServiceCode = null });
        await new MonthMonitoring(_fund.Folder, TheLaw.Book, _fund.Clock).RunAsync(new(2026, 10, 1), _pack.Load().Pack, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(0, Notice(TheLaw.WithChoice("p40_all", "hits_only", "2025-08-01")).Show(new(2026, 10, 1), "Head", "system").Opened);
        Assert.Equal(1, Notice(TheLaw.Book).Show(new(2026, 10, 1), "Head", "system").Opened);
    }

    /// <summary>What was found after payment waits in no reviewer's queue: it is a latent defect.</summary>
    [Fact]
    [Proves("MON-321:53")]
    public async Task What_is_found_on_a_line_that_was_paid_goes_the_way_of_latent_defects()
    {
        _fund.Admit("october.csv", new BilledLine("paid", 6_000_000), new BilledLine("open", 7_000_000));
        await new MonthMonitoring(_fund.Folder, TheLaw.Book, _fund.Clock).RunAsync(new(2026, 10, 1), _pack.Load().Pack, cancel: TestContext.Current.CancellationToken);
        var paid = _fund.Lines("line_id, service_id").Single(l => l.StartsWith("paid ", StringComparison.Ordinal)).Split(' ')[1];

        Notice(TheLaw.Book, (_, lines) => lines.Where(l => l == long.Parse(paid, null)).ToDictionary(l => l, _ => new DateOnly(2026, 11, 20))).Show(new(2026, 10, 1), "Head", "system");

        Assert.Equal(["open 5.0 potential awaiting_objection", "paid 5.0 hidden passed_to_unscheduled"], Cases());
        Assert.Equal([long.Parse(paid, null)], _store.Hidden(0, 10).Select(h => h.LineId));
        Assert.Empty(_store.Hidden(_store.Hidden(0, 10)[0].Id, 10));
    }

    private MonthNotice Notice(LawBook law, PaidAmong? paid = null) =>
        new(_fund.Folder, _records, _store, _fund.Clock, new TermsByDay(law, () => []).At, paid ?? ((_, _) => new Dictionary<long, DateOnly>()));

    private List<string> Cases()
    {
        var names = _fund.Lines("service_id, line_id").Select(l => l.Split(' ')).ToDictionary(l => long.Parse(l[0], null), l => l[1]);
        using var db = _store.Context();
        return [.. db.Proceedings.AsEnumerable().Select(p => $"{names[p.LineId]} {p.Code} {p.Track} {p.Stage}").Order(StringComparer.Ordinal)];
    }

    private static object?[] Person(long id, DateOnly born, string sex, DateOnly died) =>
        [.. Kepil.Monitoring.ReferenceTables.Named("person").Columns.Select(c => c.Name switch { "person_id" => id, "birth_date" => born, "sex" => sex, "death_date" => died, _ => (object?)null })];

    private static LineOfCase Line(string form, string? outcome, string diagnosis, int? bedDays, DateOnly born, DateOnly? died) =>
        new(1, 2, CareForms.Parse(form), 100, new(2026, 10, 15), new(2026, 10, 16), outcome, born, died, diagnosis, bedDays, false, "61", false, "hash");
}
