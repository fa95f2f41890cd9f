using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Tests.Office;
using Kepil.Tests.Reviews;
using Kepil.Tests.Unscheduled;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>Cases, conclusions and papers are found by their own numbers, each by those who may open them.</summary>
public sealed class SearchPagesTests : IAsyncLifetime
{
    private PagesHost? _host;

    private PagesHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync();

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    [Fact]
    public async Task A_case_leads_its_provider_to_the_office_its_reviewer_to_the_desk_and_the_branch_to_the_finding()
    {
        var reviewer = ReviewCases.AddExpert(Host, "searched", "10");
        var other = ReviewCases.AddExpert(Host, "elsewhere", "35");
        var id = ReviewCases.Open(Host, 1)[0];
        ReviewCases.Object(Host, [id]);
        var reviewed = ReviewCases.StoreOf(Host).Find(id)!.Reviewer;

        Assert.Equal([$"/office/{id}"], await FoundAsync(Role.ProviderClerk, $"№ {id} іс"));
        Assert.Contains($"/desk/{id}", await FoundAsync(reviewed, $"{id}"));
        Assert.DoesNotContain($"/desk/{id}", await FoundAsync(reviewed == reviewer.Id ? other.Id : reviewer.Id, $"{id}"));
        Assert.Single(await FoundAsync(Role.CentralExpert, $"{id}"), d => d.StartsWith("/findings/", StringComparison.Ordinal));
        Assert.Empty(await FoundAsync(Role.ProviderClerk, $"{id + 100_000}"));
    }

    [Fact]
    public async Task A_conclusion_is_found_by_its_number_and_its_paper_by_that_on_it_but_by_the_provider_only_once_it_was_sent()
    {
        var drafted = VisitCases.Conclude(Host, VisitCases.Open(Host));
        var sent = VisitCases.Received(Host);
        Host.Work.Papers.MakeAll();
        string Number(long id) => Host.Work.Store.CaseOf(id)!.Number;
        var paper = Host.Work.Papers.ConclusionOf(sent)!;
        var printed = Host.Work.Documents.Find(paper.Code)!.Entry.Number.ToString();

        Assert.Contains($"/conclusions/{drafted}", await FoundAsync(Role.BranchHead, "№ " + Number(drafted)));
        Assert.Empty(await FoundAsync(Role.ProviderHead, Number(drafted)));
        Assert.Equal([$"/office/conclusions/{sent}"], await FoundAsync(Role.ProviderHead, Number(sent)));
        Assert.Contains($"/papers/{paper.Code}", await FoundAsync(Role.BranchExpert, printed));
        Assert.Contains($"/papers/{paper.Code}", await FoundAsync(Role.ProviderHead, printed));
        Assert.Contains($"/documents/{paper.Code}", await FoundAsync(Role.ProviderClerk, paper.Code.ToString()));
    }

    [Fact]
    public async Task Rules_lists_and_the_limits_of_a_provider_are_found_by_those_who_may_open_them_alone()
    {
        var rule = SampleRecords.Rules[0];
        var provider = SampleRecords.BigProvider.ToString("D12", null);

        Assert.Contains($"/rules/{rule.Id}", await FoundAsync(Role.Auditor, rule.Id));
        Assert.Contains($"/rules/{rule.Id}", await FoundAsync(Role.CentralExpert, rule.File.Title.Ru[..8]));
        Assert.Contains("/lists/exclusive_pairs", await FoundAsync(Role.Auditor, "exclusive_pairs"));
        Assert.Contains($"/providers/{provider}/limits", await FoundAsync(Role.BranchHead, provider));
        Assert.DoesNotContain(await FoundAsync(Role.ProviderHead, rule.Id), f => f.StartsWith("/rules", StringComparison.Ordinal));
        Assert.DoesNotContain(await FoundAsync(Role.ProviderHead, provider), f => f.EndsWith("/limits", StringComparison.Ordinal));
    }

    private Task<IReadOnlyList<string>> FoundAsync(Role role, string asked) => FoundAsync((long)role + 1, asked);

    private async Task<IReadOnlyList<string>> FoundAsync(long user, string asked)
    {
        using var reader = await Host.ReaderAsync(user);
        var page = await reader.GetStringAsync("/search?q=" + Uri.EscapeDataString(asked), TestContext.Current.CancellationToken);
        var from = page.IndexOf("id=\"pages\"", StringComparison.Ordinal);
        return from < 0 ? [] : [.. System.Text.RegularExpressions.Regex.Matches(page[from..page.IndexOf("</section>", from, StringComparison.Ordinal)], "href=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];
    }
}
