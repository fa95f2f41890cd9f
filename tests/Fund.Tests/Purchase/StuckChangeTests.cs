using Kepil.Fund.Desk;
using Kepil.Fund.Purchase;
using Kepil.Law;
using Kepil.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Purchase;

/// <summary>A change that was confirmed and whose register became another one before it was entered.</summary>
public sealed class StuckChangeTests
{
    [Fact]
    public async Task Its_page_says_that_it_is_not_entered_and_what_to_do_and_it_can_be_proposed_anew()
    {
        await using var pages = await PagesHost.StartAsync();
        var contract = SamplePurchase.Fill(pages);
        var changes = new ContractChanges(pages.Folder, pages.Desk);
        var (year, provider) = (pages.Desk.Clock.GetUtcNow().AddHours(5).Year + 1, SampleRecords.BigProvider);
        var ends = new DateOnly(year, 10, 31);
        var stuck = changes.Terminate("user:5", provider, contract, ends, false, "Лицензия тоқтатылды");
        using (var db = pages.Desk.Context())
        {
            // The process died after the word of the second person and before the register was written.
            await db.Database.ExecuteSqlAsync($"INSERT INTO contract_change_decision (change_id, confirmed, reason, made_by, made_at) VALUES ({stuck}, 1, '', 'user:7', 0)", TestContext.Current.CancellationToken);
        }

        Assert.False(changes.IsStuck(changes.Find(stuck)!));
        changes.Decide("user:7", changes.Propose("user:5", "agreement", "Қосымша келісім № 3", [new(provider, contract, "tmkkk", "phc", new(year, 5, 1), 10, Money.OfTenge(1_000))]), true, "");
        Assert.True(changes.IsStuck(changes.Find(stuck)!));
        var told = new List<string>();
        Assert.Equal(0, changes.Heal(told.Add));
        Assert.Single(told);

        using var lawyer = await pages.ReaderAsync(Role.Lawyer);
        var path = PurchaseDesk.ContractPath(provider, contract);
        var page = await lawyer.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("расталды, енгізілмеді", page, StringComparison.Ordinal);
        Assert.Contains("қазіргі жолдар бойынша қайта ұсыныңыз", page, StringComparison.Ordinal);
        // The contract has not ended: its forms stand there, and the end can be proposed anew.
        using var again = await PagesHost.SendAsync(lawyer, path, path, ("kind", "termination"), ("ends", ends.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("by", "other"), ("ground", "Лицензия тоқтатылды"));
        Assert.Equal((true, null), (changes.Of(provider, contract)[^1].Kind == "termination", changes.Of(provider, contract)[^1].Confirmed));
        Assert.NotEqual(stuck, changes.Of(provider, contract)[^1].Id);
    }
}
