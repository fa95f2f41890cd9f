using System.Net;
using System.Text;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Inbox;

/// <summary>Deadlines as a calendar behind a secret address.</summary>
public sealed class CalendarFileTests
{
    [Fact]
    public void Each_term_is_one_day_without_names_and_no_line_is_longer_than_75_bytes()
    {
        using var trial = new TrialInbox();
        trial.Open(3);
        trial.Object(1);
        trial.Object(2);

        var text = CalendarFile.Of(trial.Desk.Find(trial.Reviewer)!, "kk", trial.Cases, "https://kepil.example", trial.Clock.GetUtcNow());

        Assert.Equal(2, text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("DTSTART;VALUE=DATE:20250922\r\nDTEND;VALUE=DATE:20250923\r\n", text, StringComparison.Ordinal);
        Assert.Contains("№ 1 іс қарауға келіп түсті\\,", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("BranchExpert", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_provider_has_one_day_for_all_that_ends_together()
    {
        using var trial = new TrialInbox();
        trial.Open(50);

        var text = CalendarFile.Of(trial.Desk.Find(trial.OfProvider)!, "ru", trial.Cases, "https://kepil.example", trial.Clock.GetUtcNow());

        Assert.Equal(1, text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("дела: 50", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_good_without_sign_in_until_it_is_renewed()
    {
        await using var host = await PagesHost.StartAsync();
        using var program = host.Reader();
        var inbox = host.Services.GetRequiredService<InboxStore>();
        var first = inbox.NewCalendar(3);

        using var good = await program.GetAsync(new Uri($"/calendar/{first}.ics", UriKind.Relative), TestContext.Current.CancellationToken);
        var second = inbox.NewCalendar(3);
        using var old = await program.GetAsync(new Uri($"/calendar/{first}.ics", UriKind.Relative), TestContext.Current.CancellationToken);
        using var renewed = await program.GetAsync(new Uri($"/calendar/{second}.ics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK), (good.StatusCode, old.StatusCode, renewed.StatusCode));
        Assert.Equal("text/calendar", good.Content.Headers.ContentType!.MediaType);
        using var db = inbox.Context();
        Assert.DoesNotContain(db.Settings.Select(s => s.CalendarHash).ToList(), hash => hash == second);
    }
}
