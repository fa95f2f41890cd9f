using Kepil.Fund.Desk;
using Kepil.Tests.Reviews;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>A rule under its bar is proposed for trial or as a general one where heads and methodologists see it, with what to do.</summary>
public sealed class ProposalPageTests
{
    [Theory, Proves("MON-321:25")]
    [InlineData(0, "жалпы ақау ретінде ғана", "kind: general")]
    [InlineData(9, "қайта сынау ұсынылады", "state: trial")]
    public async Task The_formula_with_its_numbers_and_the_act_stand_on_the_board_and_on_the_page_of_the_rule(int confirmed, string why, string act)
    {
        await using var host = await PagesHost.StartAsync();
        var cases = ReviewCases.Open(host, 30);
        var store = ReviewCases.StoreOf(host);
        string rule;
        using (var db = store.Context())
        {
            rule = db.Proceedings.GroupBy(p => p.RuleId).OrderByDescending(g => g.Count()).Select(g => g.Key).First();
            var own = db.Proceedings.Where(p => p.RuleId == rule).OrderBy(p => p.Id).Select(p => p.Id).ToList();
            var yes = own.Take(own.Count * confirmed / 30).ToList();
            Assert.True(own.Count >= 20);
            await db.Proceedings.Where(p => p.RuleId == rule).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stage, "rejected_at_first"), TestContext.Current.CancellationToken);
            await db.Proceedings.Where(p => yes.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stage, "confirmed_at_second"), TestContext.Current.CancellationToken);
        }

        var outcomes = store.OutcomesOf(rule);
        var formula = $"қарсылықтан кейін расталғаны {outcomes.Confirmed} ÷ адамдар шешкені {outcomes.Confirmed + outcomes.Rejected}";
        using var central = await host.ReaderAsync(Role.CentralExpert);
        using var methodologist = await host.ReaderAsync(Role.Methodologist);
        var (board, page) = (await central.GetStringAsync("/board", TestContext.Current.CancellationToken), await methodologist.GetStringAsync("/rules/" + rule, TestContext.Current.CancellationToken));

        Assert.All(new[] { board, page }, text => Assert.Contains(formula, text, StringComparison.Ordinal));
        Assert.All(new[] { board, page }, text => Assert.Contains(why, text, StringComparison.Ordinal));
        Assert.Contains($"/rules/{rule}#proposal", board, StringComparison.Ordinal);
        Assert.Contains(act, page, StringComparison.Ordinal);
        Assert.Equal(confirmed > 0 ? 2 : 1, page.Split($"action=\"/rules/{rule}/trial\"").Length - 1);
    }
}
