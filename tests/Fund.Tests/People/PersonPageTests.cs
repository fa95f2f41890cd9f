using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using Kepil.Fund.Desk;
using Kepil.Fund.People;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
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

        var page = await expert.GetStringAsync(Address(SamplePeople.Insured), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("class=\"strip\"", page, StringComparison.Ordinal);
        Assert.Contains("журналға жазылады", page, StringComparison.Ordinal);

        foreach (var name in new[] { "months", "payments" })
        {
            using var file = await expert.GetAsync(new Uri($"{Address(SamplePeople.Insured)}/{name}.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        }
    }

    /// <summary>What the keys of digits give on the Kazakh layout.</summary>
    private static string OnKazakhLayout(string digits) => string.Concat(digits.Select(d => "қ\"әіңғ,.үұ"[d - '0']));

    [Fact]
    public async Task No_number_stands_in_an_address_and_the_look_is_noted_with_person_day_and_reason()
    {
        using var expert = await _host.ReaderAsync(Role.CentralExpert, follow: false);

        using var answer = await PagesHost.SendAsync(expert, "/people", "/people", ("number", OnKazakhLayout(SamplePeople.Insured[..6]) + " " + SamplePeople.Insured[6..]), ("day", "2026-03-02"), ("why", "provider"));
        var address = answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/people/of/", address, StringComparison.Ordinal);
        Assert.EndsWith("?day=2026-03-02&why=provider", address, StringComparison.Ordinal);

        var page = await expert.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.DoesNotMatch($"(href|action)=\"[^\"]*{SamplePeople.Insured}", page);
        var seen = _host.Desk.Journal.Newest(1)[0];
        Assert.Equal(("InsuranceSeen", "person:" + SamplePeople.Insured, $"user:{(int)Role.CentralExpert + 1}"), (seen.Act, seen.Subject, seen.Actor));
        Assert.Contains("provider", seen.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Desk.Journal.Newest(50), e => e.Subject.StartsWith("people/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_ends_after_half_a_day_and_a_forged_one_is_nobodys()
    {
        var clock = new MovedClock(DateTimeOffset.UtcNow);
        var addresses = new PersonAddress(_host.Services.GetRequiredService<IDataProtectionProvider>(), clock);
        Assert.True(IdentityNumber.TryParse(SamplePeople.Insured, out var number, out _));
        var token = addresses.Of(number).Split('/')[^1];

        Assert.Equal(number, addresses.Find(token));
        Assert.Null(addresses.Find(token[..^3] + (token.EndsWith("AAA", StringComparison.Ordinal) ? "BBB" : "AAA")));
        Assert.Null(addresses.Find(SamplePeople.Insured));
        clock.Move(TimeSpan.FromHours(12));
        Assert.Null(addresses.Find(token));

        using var expert = await _host.ReaderAsync(Role.BranchExpert);
        using var ended = await expert.GetAsync(new Uri("/people/of/none?why=citizen", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ended.StatusCode);
    }

    [Theory]
    [InlineData("kk", "Сақтандырылған", "Сақтандырылмаған")]
    [InlineData("ru", "Застрахован", "Не застрахован")]
    [InlineData("en", "Insured", "Not insured")]
    public async Task Months_debts_and_ways_stand_on_the_page(string language, string insured, string uninsured)
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);
        Task<string> Page(string number) => expert.GetStringAsync($"{Address(number)}?why=citizen&lang={language}", TestContext.Current.CancellationToken);

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

        var page = await expert.GetStringAsync($"{Address(SamplePeople.Insured)}?why=line&day=2026-03-02&lang=en", TestContext.Current.CancellationToken);

        // The payments of that time came to the Fund only when the sample was made.
        Assert.Matches("id=\"now\">[^<]*<span class=\"tag good\">Insured", page);
        Assert.Matches("id=\"then\">[^<]*<span class=\"tag loss\">Not insured", page);
    }

    [Fact]
    public async Task A_wrong_question_is_told()
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);
        using var wrong = await PagesHost.SendAsync(expert, "/people", "/people", ("number", "123"), ("why", "citizen"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        using var early = await expert.GetAsync(new Uri(Address(SamplePeople.Insured) + "?why=citizen&day=2019-12-31", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
    }

    [Theory]
    [InlineData("months", 25)]
    [InlineData("payments", 6)]
    public async Task Months_and_payments_go_as_a_spreadsheet(string name, int rows)
    {
        using var expert = await _host.ReaderAsync(Role.BranchExpert);

        using var file = await expert.GetStreamAsync($"{Address(SamplePeople.Uninsured)}/{name}.xlsx?why=debt&lang=en", TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var book = SpreadsheetDocument.Open(content, false);

        Assert.Equal(rows, book.WorkbookPart!.WorksheetParts.Max(s => s.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>().Count()));
    }

    private string Address(string number) => "/people/of/" + SamplePeople.TokenOf(_host, number);

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
