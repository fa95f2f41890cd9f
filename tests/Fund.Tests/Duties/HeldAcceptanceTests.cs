using System.Net;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Unscheduled;
using Xunit;

namespace Kepil.Tests.Duties;

/// <summary>After a standstill, silence that would accept many conclusions at once stands on the head's board until somebody of the central office lets it go on.</summary>
public sealed class HeldAcceptanceTests
{
    [Fact]
    [Proves("MON-321:57")]
    public async Task Held_acceptance_is_on_the_board_and_a_person_lets_it_go_on()
    {
        var clock = new MovedClock(TrialCase.Moment("2026-11-02"));
        await using var host = await PagesHost.StartAsync(clock: clock);
        var watch = new UnscheduledWatch(host.Work.Store, clock, new TermsByDay(TheLaw.Book).At);
        var sent = Enumerable.Range(0, 6).Select(_ => VisitCases.Received(host)).ToList();
        watch.Run();
        using (var early = await host.ReaderAsync(Role.BranchHead))
        {
            Assert.DoesNotContain("заключений", await BoardAsync(early), StringComparison.Ordinal);
        }

        clock.Move(TimeSpan.FromDays(30));
        watch.Run();
        using var head = await host.ReaderAsync(Role.BranchHead);
        using var central = await host.ReaderAsync(Role.CentralExpert);
        const string held = "Молчание сразу приняло бы 6 из 6 заключений";

        var own = await BoardAsync(head);
        Assert.Contains(held, own, StringComparison.Ordinal);
        Assert.Contains("Решает центральный аппарат", own, StringComparison.Ordinal);
        Assert.DoesNotContain("/board/conclusions", own, StringComparison.Ordinal);
        using var refused = await PagesHost.SendAsync(head, "/account", "/board/conclusions");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal((6L, 6L), host.Work.Store.Silent(clock.GetUtcNow()));

        using var released = await PagesHost.SendAsync(central, "/board", "/board/conclusions");
        var after = await BoardAsync(central);

        Assert.DoesNotContain(held, after, StringComparison.Ordinal);
        Assert.Contains("Принятие молчанием разрешено", after, StringComparison.Ordinal);
        Assert.Equal(0, host.Work.Store.Silent(clock.GetUtcNow()).Over);
        Assert.All(sent, id => Assert.NotEqual("Provider", host.Work.Store.CaseOf(id)!.Owner));
        Assert.Contains(host.Desk.Journal.Read(), e => e.Act == "MassAcceptanceConsented" && e.Actor == $"user:{(long)Role.CentralExpert + 1}");
    }

    private static Task<string> BoardAsync(HttpClient reader) => reader.GetStringAsync(new Uri("/board?lang=ru", UriKind.Relative), TestContext.Current.CancellationToken);
}
