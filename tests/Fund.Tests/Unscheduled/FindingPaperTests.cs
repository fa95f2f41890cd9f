using System.IO.Compression;
using System.Net;
using System.Text;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Desk;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>The notice of a finding on paper, as the provider takes it from its office.</summary>
public sealed class FindingPaperTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-11"));
    private PagesHost _host = null!;
    private SampleCases _cases = null!;
    private OfficeReader _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        _cases = SampleCases.Open(_host);
        _provider = await OfficeReader.OfAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    [Proves("MON-321:15")]
    [Proves("MON-321:23")]
    public async Task The_notice_says_code_line_moment_and_term_and_neither_rule_nor_patient_and_is_made_once()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0);
        var (row, state) = (_cases.Store.Row(id)!, _cases.Store.Find(id)!);

        Assert.Contains($"href=\"/office/{id}/notice\"", await _provider.GetAsync($"/office/{id}"), StringComparison.Ordinal);
        var html = WebUtility.HtmlDecode(await _provider.GetAsync($"/office/{id}/notice"));
        var paper = _host.Work.Documents.Newest(FindingPapers.SubjectOf(id))!;
        var again = WebUtility.HtmlDecode(await _provider.GetAsync($"/office/{id}/notice"));
        var docx = await DocxAsync($"/office/{id}/notice.docx");

        foreach (var text in new[] { html, docx })
        {
            Assert.Contains(row.Code, text, StringComparison.Ordinal);
            Assert.Contains("Ақпараттық жүйеде көрсетілген сәті", text, StringComparison.Ordinal);
            Assert.Contains(state.Due!.Last.ToString("dd.MM.yyyy"), text, StringComparison.Ordinal);
            Assert.DoesNotContain(row.RuleId, text, StringComparison.Ordinal);
        }

        Assert.Contains(paper.Code.ToString(), again, StringComparison.Ordinal);
        Assert.Equal((1, "finding_notice"), ((int)_host.Work.Documents.Newest(FindingPapers.SubjectOf(id))!.Version.Version, paper.Entry.Kind));
        var seen = _host.Desk.Journal.Newest(100).Select(e => e.Act).ToList();
        Assert.Equal((2, 1), (seen.Count(a => a == "NoticeSeen"), seen.Count(a => a == "NoticeTaken")));
    }

    [Fact]
    [Proves("MON-321:23")]
    public async Task A_term_that_an_outage_made_longer_brings_a_corrected_notice_under_the_same_number()
    {
        var id = _cases.Case(Stage.AwaitingObjection, p => p.AtRisk > 0 && p.ShownAt == _clock.GetUtcNow().ToUnixTimeMilliseconds());
        await _provider.GetAsync($"/office/{id}/notice");
        var first = _host.Work.Documents.Newest(FindingPapers.SubjectOf(id))!;
        _clock.Move(TimeSpan.FromDays(2));
        using var head = await OfficeReader.OfAsync(_host, Fund.Desk.Role.BranchHead);
        using var central = await OfficeReader.OfAsync(_host, Fund.Desk.Role.CentralExpert);
        await head.SendAsync("/outages", "/outages", ("from", "2026-11-12T09:00"), ("to", "2026-11-12T15:00"), ("number", "17-02/5"), ("letter-on", "2026-11-12"), ("systems", "ақпараттық жүйе"), ("reason", "ақау"));
        var was = _cases.Store.Find(id)!.Due!.Last;
        await central.SendAsync("/outages?outage=1", "/outages/1", ("decision", "confirm"));

        // Two days later one signs in anew.
        using var again = await OfficeReader.OfAsync(_host);
        var html = WebUtility.HtmlDecode(await again.GetAsync($"/office/{id}/notice"));

        var (now, second) = (_cases.Store.Find(id)!.Due!.Last, _host.Work.Documents.Newest(FindingPapers.SubjectOf(id))!);
        Assert.True(now > was);
        Assert.Contains(now.ToString("dd.MM.yyyy"), html, StringComparison.Ordinal);
        Assert.Equal((first.Code, 2L), (second.Code, second.Version.Version));
    }

    [Fact]
    public async Task Nobody_else_takes_the_notice()
    {
        var id = _cases.Case(Stage.AwaitingObjection);
        using var expert = await _host.ReaderAsync(Fund.Desk.Role.BranchExpert);

        Assert.Equal(HttpStatusCode.Forbidden, (await expert.GetAsync($"/office/{id}/notice", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Null(_host.Work.Documents.Newest(FindingPapers.SubjectOf(id)));
    }

    private async Task<string> DocxAsync(string path)
    {
        using var answer = await _provider.AnswerAsync(path);
        answer.EnsureSuccessStatusCode();
        using var file = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        using var text = new StreamReader(file.GetEntry("word/document.xml")!.Open(), Encoding.UTF8);
        return System.Text.RegularExpressions.Regex.Replace(await text.ReadToEndAsync(TestContext.Current.CancellationToken), "<[^>]+>", "");
    }
}
