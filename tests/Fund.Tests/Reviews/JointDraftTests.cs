using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>The justification of a joint decision is not lost while it is written.</summary>
public sealed class JointDraftTests
{
    /// <summary>For the same cases in whatever order; another set of cases has words of its own, and a decision ends them.</summary>
    [Fact]
    public async Task A_justification_for_several_cases_is_kept_while_it_is_written_until_they_are_decided()
    {
        await using var host = await PagesHost.StartAsync(clock: new MovedClock(TrialCase.Moment("2026-11-02")));
        var first = ReviewCases.AddExpert(host, "Алғашқы Қараушы", "10");
        ReviewCases.Object(host, ReviewCases.Open(host, 8));
        using var reader = await host.ReaderAsync(first.Id);
        var cases = ReviewCases.StoreOf(host).QueueOf(first.Id, 100).Take(2).Select(p => p.Id).ToList();
        var address = $"/desk/bulk?case={string.Join("&case=", cases)}";
        async Task<string> KeepAsync(string words, string since)
        {
            using var answer = await PagesHost.SendAsync(reader, address, address, ("take", $"{cases[0]}"), ("reasons", words), ("version", since), ("autosave", "1"));
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("\"conflict\":false", await KeepAsync("Жазбалар раста", "0"), StringComparison.Ordinal);
        var page = await PageAsync(reader, $"/desk/bulk?case={cases[1]}&case={cases[0]}");
        Assert.Equal("Жазбалар раста", page.QuerySelector("textarea[name=reasons]")!.TextContent);
        Assert.Contains("\"conflict\":true", await KeepAsync("Басқа терезе", "0"), StringComparison.Ordinal);
        Assert.Equal("", (await PageAsync(reader, $"/desk/bulk?case={cases[0]}")).QuerySelector("textarea[name=reasons]")!.TextContent);

        var fields = page.QuerySelectorAll("input[type=hidden][name^=version]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!));
        using var sent = await PagesHost.SendAsync(reader, address, address, [.. fields, ("take", $"{cases[0]}"), ("phrase", "kk1"), ("reasons", "Жазбалар растамайды."), ("outcome", "confirm"), ("confirmed", "1")]);
        var waiting = Assert.Single(ReviewCases.StoreOf(host).WaitingOf(first.Id));
        Assert.Equal(Kepil.Fund.Pages.PageLanguage.Kazakh["Phrase.1"] + " Жазбалар растамайды.", waiting.Reasons);
        Assert.Equal("", (await PageAsync(reader, $"/desk/bulk?case={cases[1]}")).QuerySelector("textarea[name=reasons]")!.TextContent);
    }

    private static async Task<IDocument> PageAsync(HttpClient reader, string path) =>
        await new HtmlParser().ParseDocumentAsync(await reader.GetStringAsync(path, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
}
