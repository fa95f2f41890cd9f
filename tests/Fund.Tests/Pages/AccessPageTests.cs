using System.Net;
using Kepil.Fund.Desk;
using Kepil.Fund.Inbox;
using Kepil.Tests.Desk;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>A person's data opened outside one's cases: for some hours, told to others, reviewed by another, found by the auditor.</summary>
public sealed class AccessPageTests
{
    [Fact]
    public async Task What_was_opened_closes_by_itself_is_told_and_is_reviewed_by_another()
    {
        var clock = new MovedClock(DateTimeOffset.UnixEpoch.AddDays(20_780).AddHours(6));
        await using var host = await PagesHost.StartAsync(clock: clock);
        var (person, finding) = Foreign(host);
        using var expert = await host.ReaderAsync(Role.BranchExpert, follow: false);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(expert, $"/findings/{finding}"));

        using var refused = await PagesHost.SendAsync(expert, "/access", "/access", ("person", person), ("reason", "қысқа"), ("hours", "2"));
        using var opened = await PagesHost.SendAsync(expert, "/access", "/access", ("person", person), ("reason", "Прокуратураның сұрауы № 12"), ("hours", "2"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (refused.StatusCode, opened.StatusCode));
        Assert.Contains($"/findings/{finding}", await expert.GetStringAsync("/access/1", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(expert, $"/findings/{finding}"));
        var inbox = host.Services.GetRequiredService<InboxStore>();
        Assert.All(new[] { Role.BranchHead, Role.Auditor }, role => Assert.Equal(NoteKind.DataOpened, Assert.Single(inbox.Of((long)role + 1, 5)).Kind));

        using var oneself = await PagesHost.SendAsync(expert, "/access", "/access/1", ("answer", "justified"));
        using var head = await host.ReaderAsync(Role.BranchHead, follow: false);
        using var silent = await PagesHost.SendAsync(head, "/access/1", "/access/1", ("answer", "unjustified"), ("note", ""));
        using var reviewed = await PagesHost.SendAsync(head, "/access/1", "/access/1", ("answer", "unjustified"), ("note", "Сұрау жоқ"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (oneself.StatusCode, silent.StatusCode, reviewed.StatusCode));
        Assert.False(host.Services.GetRequiredService<DataOpenings>().Find(1)!.Justified);

        // The session ends as well when so much time passes without a request.
        clock.Move(TimeSpan.FromHours(2));
        using var later = await host.ReaderAsync(Role.BranchExpert, follow: false);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(later, $"/findings/{finding}"));
        Assert.DoesNotContain($"/findings/{finding}", await later.GetStringAsync("/access/1", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void An_opening_that_nobody_reviewed_in_two_working_days_is_told_again()
    {
        using var trial = new Inbox.TrialInbox();
        var openings = new DataOpenings(trial.Desk);
        openings.Open(trial.Desk.Find(trial.Reviewer)!, 600_101_300_000, "a reason", 4, trial.Clock.GetUtcNow().AddDays(2));
        IReadOnlyList<InboxNote> Notes() => [.. OpeningNotes.Of(openings.Unreviewed(), trial.Clock.GetUtcNow(), trial.Desk.Users())];

        Assert.Equal([(trial.Head, NoteKind.DataOpened)], Notes().Select(n => (n.UserId, n.Kind)));
        trial.Clock.Move(TimeSpan.FromDays(2));
        Assert.Equal([NoteKind.DataOpened, NoteKind.OpeningUnreviewed], Notes().Select(n => n.Kind));
        Assert.True(openings.Review(1, trial.Desk.Find(trial.Head)!, true, ""));
        Assert.Empty(Notes());
        Assert.False(openings.Review(1, trial.Desk.Find(trial.OtherHead)!, true, ""));
    }

    [Fact]
    public async Task The_auditor_finds_who_saw_a_person_and_why_and_checks_the_chain()
    {
        await using var host = await PagesHost.StartAsync();
        var (person, finding) = Foreign(host);
        using var central = await host.ReaderAsync(Role.CentralExpert);
        await central.GetStringAsync($"/findings/{finding}", TestContext.Current.CancellationToken);
        using var expert = await host.ReaderAsync(Role.BranchExpert);
        using var opened = await PagesHost.SendAsync(expert, "/access", "/access", ("person", person), ("reason", "Прокуратураның сұрауы № 12"), ("hours", "1"));
        await expert.GetStringAsync($"/findings/{finding}", TestContext.Current.CancellationToken);
        using var auditor = await host.ReaderAsync(Role.Auditor);

        var found = await auditor.GetStringAsync($"/journal?person={person}&lang=kk", TestContext.Current.CancellationToken);
        var byAct = await auditor.GetStringAsync("/journal?act=DataOpened&what=access", TestContext.Current.CancellationToken);
        using var check = await PagesHost.SendAsync(auditor, "/journal", "/journal/check", ("head", host.Desk.Journal.Head().ToString()));
        using var wrong = await PagesHost.SendAsync(auditor, "/journal", "/journal/check", ("head", "1:" + new string('a', 64)));

        Assert.Contains("істен тыс ашу: Прокуратураның сұрауы № 12", found, StringComparison.Ordinal);
        Assert.Contains("рөлі бойынша", found, StringComparison.Ordinal);
        Assert.DoesNotContain("UserAdded", found[found.IndexOf("<tbody>", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("access/1", byAct, StringComparison.Ordinal);
        Assert.Contains("Тізбек бүтін", await check.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("№ 1 жазбада бұзылған", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static (string Person, long Finding) Foreign(PagesHost host) => host.Records.Query(
        "SELECT f.person_id, f.finding_id FROM finding AS f JOIN provider AS p ON p.provider_id = f.provider_id WHERE p.region = '55' AND f.month = DATE '2026-10-01' ORDER BY f.finding_id LIMIT 1",
        r => (r.Long(0).ToString("D12", null), r.Long(1)))[0];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient reader, string path)
    {
        using var answer = await reader.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
