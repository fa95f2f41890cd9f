using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using Kepil.Fund.Desk;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.People;

/// <summary>The counter: nothing without a reason, the answer with its months, debts and ways, and who looked in the journal.</summary>
public sealed class PersonPageTests(PersonPageTests.Opened opened) : IClassFixture<PersonPageTests.Opened>
{
    private readonly PagesHost _host = opened.Host;

    [Fact]
    public async Task Without_a_reason_the_page_shows_nothing_of_the_person()
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);

        var page = await expert.GetStringAsync("/people/" + SamplePeople.Insured, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("class=\"strip\"", page, StringComparison.Ordinal);
        Assert.Contains("журналға жазылады", page, StringComparison.Ordinal);

        using var file = await expert.GetAsync(new Uri($"/people/{SamplePeople.Insured}.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task The_question_leads_to_an_address_that_holds_day_and_reason_and_the_look_is_noted_with_them()
    {
        using var expert = await _host.ReaderAsync(Role.CentralExpert, follow: false);

        using var answer = await expert.GetAsync(new Uri($"/people?number={SamplePeople.Insured[..6]}+{SamplePeople.Insured[6..]}&day=2026-03-02&why=provider", UriKind.Relative), TestContext.Current.CancellationToken);
        var address = answer.Headers.Location!.OriginalString;
        Assert.Equal($"/people/{SamplePeople.Insured}?day=2026-03-02&why=provider", address);

        await expert.GetStringAsync(address, TestContext.Current.CancellationToken);
        var seen = _host.Desk.Journal.Newest(1)[0];
        Assert.Equal(("InsuranceSeen", $"people/{SamplePeople.Insured}", $"user:{(int)Role.CentralExpert + 1}"), (seen.Act, seen.Subject, seen.Actor));
        Assert.Contains("why=provider", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kk", "Сақтандырылған", "Сақтандырылмаған")]
    [InlineData("ru", "Застрахован", "Не застрахован")]
    [InlineData("en", "Insured", "Not insured")]
    public async Task Months_debts_and_ways_stand_on_the_page(string language, string insured, string uninsured)
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);
        Task<string> Page(string number) => expert.GetStringAsync($"/people/{number}?why=citizen&lang={language}", TestContext.Current.CancellationToken);

        var worker = await Page(SamplePeople.Insured);
        Assert.Contains($"<span class=\"tag good\">{insured}</span>", worker, StringComparison.Ordinal);
        Assert.Equal(24, Regex.Count(worker, "<small>"));
        Assert.DoesNotContain("id=\"ways\"", worker, StringComparison.Ordinal);

        // By hand: of the twelve months before, four are paid and of one 1 000 of 4 250 came; 7 × 4 250 + 3 250 = 33 000 are owed.
        var other = await Page(SamplePeople.Uninsured);
        Assert.Contains($"<span class=\"tag loss\">{uninsured}</span>", other, StringComparison.Ordinal);
        Assert.Contains("33000", Plain(other), StringComparison.Ordinal);
        Assert.Contains("id=\"ways\"", other, StringComparison.Ordinal);
        Assert.Contains("51000", Plain(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_asked_about_is_answered_as_known_now_and_as_known_then()
    {
        using var expert = await _host.ReaderAsync(Role.Auditor);

        var page = await expert.GetStringAsync($"/people/{SamplePeople.Insured}?why=line&day=2026-03-02&lang=en", TestContext.Current.CancellationToken);

        // The payments of that time came to the Fund only when the sample was made.
        Assert.Matches("id=\"now\">[^<]*<span class=\"tag good\">Insured", page);
        Assert.Matches("id=\"then\">[^<]*<span class=\"tag loss\">Not insured", page);
    }

    [Theory]
    [InlineData("/people?number=123", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/people/123", HttpStatusCode.NotFound)]
    [InlineData("/people/INSURED?why=citizen&day=2019-12-31", HttpStatusCode.UnprocessableEntity)]
    public async Task A_wrong_question_is_told(string address, HttpStatusCode expected)
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);
        using var answer = await expert.GetAsync(new Uri(address.Replace("INSURED", SamplePeople.Insured, StringComparison.Ordinal), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task The_months_go_as_a_spreadsheet()
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);

        using var file = await expert.GetStreamAsync($"/people/{SamplePeople.Uninsured}.xlsx?why=debt&lang=en", TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var book = SpreadsheetDocument.Open(content, false);

        Assert.Equal(25, book.WorkbookPart!.WorksheetParts.Max(s => s.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>().Count()));
    }

    private static string Plain(string page) => Regex.Replace(WebUtility.HtmlDecode(page), @"(?<=\d)[\s\u00a0\u202f,](?=\d{3})", "");

    /// <summary>The pages with two people.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync();
            SamplePeople.Fill(Host);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
