using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>The head's board: whose reviews it shows, handovers by two persons, what waits for a person, files.</summary>
public sealed class BoardPageTests(BoardPageTests.Opened opened) : IClassFixture<BoardPageTests.Opened>
{
    private readonly PagesHost _host = opened.Host;

    private ProceedingStore Store => _host.Services.GetRequiredService<ProceedingStore>();

    [Fact]
    public async Task The_central_office_sees_all_reviews_and_a_branch_head_those_of_the_own_branch()
    {
        using var central = await _host.ReaderAsync(Role.CentralExpert);
        using var head = await _host.ReaderAsync(Role.BranchHead);

        var all = await central.GetStringAsync("/board", TestContext.Current.CancellationToken);
        var own = await head.GetStringAsync("/board", TestContext.Current.CancellationToken);

        Assert.Contains("Қызметкер 1", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Қызметкер 1", own, StringComparison.Ordinal);
        Assert.Equal(Store.OpenReviews().Count, Store.Board(null, null).Reviews.Count);
        Assert.All(Store.Board("62", null).Reviews, r => Assert.Equal("62", r.Region));
    }

    [Fact]
    public async Task Shares_are_shown_with_their_interval_or_as_too_few()
    {
        using var central = await _host.ReaderAsync(Role.CentralExpert);

        var byReviewer = await central.GetStringAsync("/board?by=reviewer", TestContext.Current.CancellationToken);
        var byRegion = await central.GetStringAsync("/board?by=region", TestContext.Current.CancellationToken);

        Assert.Contains("дерек аз", byReviewer, StringComparison.Ordinal);
        Assert.Contains("class=\"rate\"", byRegion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_reviewer_is_counted_with_each_provider_by_what_he_decided_first()
    {
        using var central = await _host.ReaderAsync(Role.CentralExpert);
        List<long> ids;
        using (var db = Store.Context())
        {
            ids = [.. db.Proceedings.Select(p => p.Id)];
        }

        var counted = ids.Select(id => (Provider: Store.Find(id)!.ProviderId, First: Store.History(id).OfType<CaseDecided>().FirstOrDefault(d => d.Stage == Stage.FirstReview))).Where(c => c.First is not null)
            .GroupBy(c => (c.First!.By.Id, c.Provider)).Select(g => new ReviewPair(g.Key.Id, g.Key.Provider, new(g.Count(c => c.First!.Agreed), g.Count()))).ToList();
        var pairs = Store.Board(null, null).Pairs;

        Assert.Equal(counted.OrderBy(p => (p.Reviewer, p.Provider)), pairs.OrderBy(p => (p.Reviewer, p.Provider)));
        Assert.Contains(pairs, p => p.Released.Part > 0);
        Assert.Equal(pairs.Select(p => p.Released.Low).OrderDescending(), pairs.Select(p => p.Released.Low));
        Assert.Contains(PageLanguage.Identity(pairs[0].Provider), await central.GetStringAsync("/board?by=pair", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_changes_hands_when_another_person_confirms_and_not_before()
    {
        var review = Store.OpenReviews().First(r => r.Region == "62");
        using var head = await _host.ReaderAsync(Role.CentralExpert);
        using var asked = await PagesHost.SendAsync(head, $"/board?case={review.Id}", "/board/handovers", ("proceeding", $"{review.Id}"), ("reason", "Қызметкер ауырып қалды"));
        var handover = Store.Handovers().Single(h => h.ProceedingId == review.Id);
        using var oneself = await PagesHost.SendAsync(head, "/account", $"/board/handovers/{handover.Id}", ("answer", "confirmed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, oneself.StatusCode);
        Assert.Equal(review.Reviewer, Store.Find(review.Id)!.Reviewer);

        var refusal = Store.AnswerHandover(handover.Id, 999, "user:999", true, new TermsByDay(Law.TheLaw.Book).At(_host.Desk.Clock.GetUtcNow()), _host.Desk.Clock.GetUtcNow());

        Assert.Null(refusal);
        Assert.NotEqual(review.Reviewer, Store.Find(review.Id)!.Reviewer);
        var taken = Store.History(review.Id).OfType<ReviewTakenBack>().Last();
        Assert.Equal(("Қызметкер ауырып қалды", 999L), (taken.Reasons, taken.SecondPerson!.Id));
        Assert.Contains(_host.Desk.Journal.Newest(10), e => e.Act == "HandoverConfirmed" && e.Actor == "user:999");
    }

    [Fact]
    public async Task A_branch_head_cannot_take_a_review_from_another_branch()
    {
        var review = Store.OpenReviews().Last(r => r.Region == "35");
        using var head = await _host.ReaderAsync(Role.BranchHead);

        using var answer = await PagesHost.SendAsync(head, "/account", "/board/handovers", ("proceeding", $"{review.Id}"), ("reason", "x"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(Store.Handovers(), h => h.ProceedingId == review.Id);
    }

    [Theory]
    [InlineData("loads")]
    [InlineData("rates")]
    [InlineData("ledger")]
    public async Task Each_part_is_a_file_that_says_when_and_for_whom_it_was_made(string part)
    {
        using var central = await _host.ReaderAsync(Role.CentralExpert);

        using var stream = new MemoryStream(await central.GetByteArrayAsync($"/board/{part}.xlsx?lang=ru", TestContext.Current.CancellationToken));
        using var book = SpreadsheetDocument.Open(stream, false);

        var texts = book.WorkbookPart!.WorksheetParts.Select(p => p.Worksheet.InnerText).ToList();
        Assert.Equal(2, texts.Count);
        Assert.Contains(texts, t => t.Contains("Орталық аппарат сарапшысы", StringComparison.Ordinal));
        Assert.All(book.WorkbookPart.WorksheetParts, p => Assert.Empty(p.Worksheet.Descendants<CellFormula>()));
    }

    public sealed class Opened : IAsyncLifetime
    {
        public PagesHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync();
            WatchedCases.Fill(Host);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
