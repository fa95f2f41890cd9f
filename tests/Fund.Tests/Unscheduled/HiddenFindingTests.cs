using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Reviews;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>What monitoring finds on lines that were paid becomes a latent defect by itself, once, with its month to tell the provider.</summary>
public sealed class HiddenFindingTests
{
    [Fact]
    [Proves("MON-321:53")]
    public async Task A_finding_after_payment_becomes_a_latent_defect_once()
    {
        var clock = new MovedClock(TrialCase.Moment("2026-11-24"));
        await using var host = await PagesHost.StartAsync(clock: clock);
        var store = ReviewCases.StoreOf(host);
        var shown = ReviewCases.Shown(host, 3).ToList();
        store.Open([.. shown.Select((f, i) => i == 0 ? f : f with { Show = f.Show with { Paid = true } })], ReviewCases.TermsOf(host), "system");
        var paidOn = new DateOnly(2026, 11, 20);
        var work = new CaseWork(host.Folder, host.Records, host.Desk, UnscheduledStore.Of(host.Desk), new DocumentStore(host.Folder.Accounts, host.Folder.Path, clock, "http://127.0.0.1"), new CmsVerifier(host.Folder.At("trust")), host.Services.GetRequiredService<TermsByDay>())
        {
            // The bank sent back what it paid for the last of them.
            Paid = (_, lines) => lines.Where(l => l == shown[1].Show.LineId).ToDictionary(l => l, _ => paidOn),
        };
        List<string> failed = [];

        work.Run(failed.Add);
        clock.Move(TimeSpan.FromDays(1));
        work.Run(failed.Add);

        Assert.Empty(failed);
        var defect = Assert.Single(work.Store.Cases("latent", 0, 10));
        var state = work.Store.LatentOf(defect.Id)!;
        Assert.Equal((SampleRecords.BigProvider, shown[1].Show.Code, paidOn, new Money(shown[1].Show.AtRisk)), (state.Facts.ProviderId, state.Facts.Code, state.Facts.PaidOn, state.Facts.Sum));
        Assert.Equal((LatentStage.Discovered, new DateOnly(2026, 11, 24)), (state.Stage, state.FoundOn));
        // One month from the day on which it was found.
        Assert.Equal(new DateOnly(2026, 12, 24), state.Notice.Last);
        Assert.Contains(work.Store.Owed(), o => o.Id == defect.Id);
    }
}
