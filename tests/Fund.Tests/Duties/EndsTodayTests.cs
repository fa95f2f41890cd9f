using Kepil.Fund.Desk;
using Kepil.Fund.Duties;
using Kepil.Fund.Visits;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Unscheduled;
using Xunit;

namespace Kepil.Tests.Duties;

/// <summary>What ends today stands in a view of its own: from midnight to midnight, and then among what is overdue.</summary>
public sealed class EndsTodayTests
{
    [Fact]
    public void A_duty_ends_today_on_its_last_day_alone()
    {
        var last = new DateOnly(2026, 11, 5);
        var row = new DutyRow("report", "", 1, 0, "61", LocalDay.At(last.AddDays(1), TimeOnly.MinValue));
        DateTimeOffset At(DateOnly day, int hour, int minute) => LocalDay.At(day, new(hour, minute));

        Assert.Equal(
            [(false, false), (true, false), (true, false), (false, true)],
            new[] { At(last.AddDays(-1), 23, 59), At(last, 0, 0), At(last, 23, 59), At(last.AddDays(1), 0, 0) }.Select(at => (row.EndsToday(at), row.IsOverdue(at))));
        Assert.False((row with { EndsAt = null }).EndsToday(At(last, 12, 0)));
    }

    [Fact]
    public async Task A_monitoring_moves_from_what_runs_to_what_ends_today_to_what_is_overdue()
    {
        var clock = new MovedClock(TrialCase.Moment("2026-11-02"));
        await using var host = await PagesHost.StartAsync(clock: clock);
        var id = VisitCases.Open(host);
        var last = host.Work.Store.MonitoringOf(id)!.Next!.Term.Last;
        async Task<string> ViewsAsync()
        {
            using var expert = await host.ReaderAsync(Role.BranchExpert);
            var views = new List<string>();
            foreach (var view in VisitList.Views.Where(v => v is "overdue" or "today"))
            {
                var html = await expert.GetStringAsync($"/monitorings?view={view}", TestContext.Current.CancellationToken);
                views.AddRange(html.Contains($"href=\"/monitorings/{id}\"", StringComparison.Ordinal) ? [view] : []);
            }

            return string.Join(' ', views);
        }

        Assert.Equal("", await ViewsAsync());
        clock.Move(LocalDay.At(last, new(9, 0)) - clock.GetUtcNow());
        Assert.Equal("today", await ViewsAsync());
        clock.Move(TimeSpan.FromDays(1));
        Assert.Equal("overdue", await ViewsAsync());
    }
}
