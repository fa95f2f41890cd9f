using System.Net;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Desk;

/// <summary>The time of a demo is moved on its own page, and nowhere else.</summary>
public sealed class DemoClockTests
{
    [Fact]
    public async Task Time_goes_on_to_the_morning_of_a_working_day_sessions_end_and_the_journal_tells()
    {
        // A Friday.
        var clock = new DemoClock(DateTimeOffset.Parse("2026-11-27T16:00+05:00", System.Globalization.CultureInfo.InvariantCulture));
        await using var host = await PagesHost.StartAsync(clock: clock);
        using var expert = await host.ReaderAsync(Role.BranchExpert, follow: false);
        using var nobody = host.Reader(follow: false);
        Assert.Contains("27.11.2026 16:0", await nobody.GetStringAsync("/demo-sign-in?lang=kk", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var next = await PagesHost.SendAsync(nobody, "/demo-sign-in", "/demo-clock", ("days", "1"));
        Assert.Equal((new DateOnly(2026, 11, 30), 9), (LocalDay.Of(clock.GetUtcNow()), LocalDay.TimeOf(clock.GetUtcNow()).Hour));
        using var later = await PagesHost.SendAsync(nobody, "/demo-sign-in", "/demo-clock", ("days", "5"));
        Assert.Equal(new(2026, 12, 7), LocalDay.Of(clock.GetUtcNow()));
        Assert.Equal("DemoClockMoved", host.Desk.Journal.Newest(1)[0].Act);
        using var ended = await expert.GetAsync(new Uri("/desk", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(("/sign-in", HttpStatusCode.Redirect), (ended.Headers.Location!.OriginalString.Split('?')[0], ended.StatusCode));

        using var much = await PagesHost.SendAsync(nobody, "/demo-sign-in", "/demo-clock", ("days", "500"));
        Assert.Equal(HttpStatusCode.NotFound, much.StatusCode);
    }

    [Fact]
    public async Task The_time_of_the_system_is_not_moved()
    {
        await using var host = await PagesHost.StartAsync();
        using var nobody = host.Reader(follow: false);

        using var answer = await PagesHost.SendAsync(nobody, "/demo-sign-in", "/demo-clock", ("days", "1"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("/demo-clock", await nobody.GetStringAsync("/demo-sign-in", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
