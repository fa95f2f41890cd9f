using Kepil.Fund.Proceedings;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>Papers beside the decision on a death, attached at the reviewer's desk.</summary>
public sealed class DeathPapersTests : IAsyncLifetime
{
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("MON-321:48")]
    public async Task The_opinion_of_an_engaged_expert_is_attached_at_the_desk()
    {
        var id = Assert.Single(ReviewCases.Open(_host, 1, skip: 8, Death.InfantOutpatient));
        var store = ReviewCases.StoreOf(_host);
        using var reviewer = new OfficeReader(await _host.ReaderAsync(store.Find(id)!.Reviewer));

        var (_, html) = await reviewer.BringAsync($"/desk/{id}", $"/desk/{id}/opinion", "file", "пікір.pdf", "%PDF-1.7 opinion"u8.ToArray(), ("expert", "Профессор Үлгібаева"));

        Assert.Contains("The paper was attached", html, StringComparison.Ordinal);
        Assert.Equal("Профессор Үлгібаева", Assert.Single(store.History(id).OfType<OpinionAttached>()).Expert);
        Assert.Equal(Stage.BranchReview, store.Find(id)!.Stage);
    }
}
