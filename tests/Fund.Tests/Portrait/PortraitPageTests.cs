using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Portrait;

/// <summary>The portrait for everybody without a few people, and exact for those who work with it, each in his own region.</summary>
public sealed class PortraitPageTests(PortraitPageTests.Opened opened) : IClassFixture<PortraitPageTests.Opened>
{
    private readonly PagesHost _host = opened.Host;

    [Theory]
    [InlineData("kk", "жасырын")]
    [InlineData("ru", "скрыто")]
    [InlineData("en", "hidden")]
    public async Task The_public_page_hides_four_people_and_three_cells_beside_them(string language, string hidden)
    {
        using var anybody = _host.Reader();

        var region = await anybody.GetStringAsync($"/portrait?place=61&lang={language}", TestContext.Current.CancellationToken);
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(region, $"\">{hidden}</td>"));

        // Nine people of Astana are told only together with another region, and have no page of their own.
        var country = await anybody.GetStringAsync($"/portrait?lang={language}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("place=71", country, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"kinds\"", await anybody.GetStringAsync($"/portrait?place=71&lang={language}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_sees_its_own_region_exactly_and_no_other()
    {
        var region = _host.Desk.Find((long)Role.BranchExpert + 1)!.Region!;
        var other = region == "61" ? "19" : "61";
        using var branch = await _host.ReaderAsync(Role.BranchExpert);
        using var central = await _host.ReaderAsync(Role.CentralExpert);
        using var provider = await _host.ReaderAsync(Role.ProviderHead);
        async Task<HttpStatusCode> Status(HttpClient reader, string address)
        {
            using var answer = await reader.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Status(branch, "/portrait/own"));
        Assert.Equal(HttpStatusCode.OK, await Status(branch, $"/portrait/own?place={region}16"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(branch, $"/portrait/own?place={other}"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(branch, $"/portrait/own.xlsx?place={other}16"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(provider, "/portrait/own"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(central, "/portrait/own?day=2020-01-01"));

        var exact = await central.GetStringAsync("/portrait/own?place=61&lang=en", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("hidden</td>", exact, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Self-payers\">4</td>", exact, StringComparison.Ordinal);
        Assert.Contains("Over time</h2>", exact, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_says_hidden_where_the_page_does()
    {
        using var anybody = _host.Reader();

        using var file = await anybody.GetStreamAsync("/portrait.xlsx?place=61&lang=en", TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var book = SpreadsheetDocument.Open(content, false);

        Assert.Equal(4, book.WorkbookPart!.WorksheetParts.SelectMany(s => s.Worksheet!.Descendants<Cell>()).Count(c => c.InnerText == "hidden"));
    }

    /// <summary>The pages with three portraits.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync();
            SamplePortrait.Fill(Host.Desk);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
