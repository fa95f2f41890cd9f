using System.Net;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Oversight;

/// <summary>Where the Fund has the next word without a review, the head of the branch says it on the board.</summary>
public sealed class BoardFindingsTests
{
    [Fact]
    [Proves("MON-321:40.1")]
    [Proves("MON-321:25")]
    public async Task The_result_of_the_state_body_and_a_used_explanation_are_recorded_on_the_board_of_the_own_branch()
    {
        var clock = new MovedClock(TrialCase.Moment("2026-11-02"));
        await using var host = await PagesHost.StartAsync(clock: clock);
        var store = host.Services.GetRequiredService<ProceedingStore>();
        var (at, terms) = (clock.GetUtcNow(), new TermsByDay(TheLaw.Book).At(clock.GetUtcNow()));
        var region = host.Desk.Find((long)Role.BranchHead + 1)!.Region!;
        DemoUsers.AddOfBranch(host.Desk, Role.BranchHead, region == "62" ? "71" : "62", TheLaw.Book.Regions);
        store.Open(
            [.. new[] { Death.Maternal, Death.Maternal, Death.None }.Select((death, i) => new OpenedFinding(
                TrialCase.Finding(death: death, detection: i == 2 ? Detection.General : Detection.Potential, places: Places.In(region)) with { At = at, LineId = i + 1, DetectedAt = at, ShownAt = at, SnapshotAt = at }, new(2026, 10, 1), "rule", "{}", i))],
            terms, "system");
        store.Act(3, new ExplainFinding(TrialCase.Provider, at, at, "the entry came late", []), terms, "key:1");
        using var head = await host.ReaderAsync(Role.BranchHead);
        using var other = await host.ReaderAsync(host.Desk.Users()[^1].Id);

        var board = await head.GetStringAsync(new Uri("/board?lang=en", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("the entry came late", board, StringComparison.Ordinal);
        Assert.DoesNotContain("/board/findings/", await other.GetStringAsync(new Uri("/board", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await SayAsync(other, 1, "goes_on", "examined"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SayAsync(head, 1, "goes_on", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SayAsync(head, 1, "used", "not a general finding"));
        Assert.Equal(Stage.Held, store.Find(1)!.Stage);

        foreach (var (id, answer) in new[] { (1, "goes_on"), (2, "dropped"), (3, "used") })
        {
            Assert.Equal(HttpStatusCode.OK, await SayAsync(head, id, answer, "examined"));
        }

        Assert.Equal([(Stage.AwaitingObjection, Effect.None), (Stage.NotMonitored, Effect.PayInFull), (Stage.Closed, Effect.None)], new[] { 1L, 2L, 3L }.Select(id => (store.Find(id)!.Stage, store.Find(id)!.Effect)));
        Assert.DoesNotContain("/board/findings/", await head.GetStringAsync(new Uri("/board", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> SayAsync(HttpClient reader, long id, string answer, string reason)
    {
        using var said = await PagesHost.SendAsync(reader, "/account", $"/board/findings/{id}", ("answer", answer), ("reason", reason));
        return said.StatusCode;
    }
}
