using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>Objections over HTTP as a hospital's system sends them.</summary>
public sealed class ProceedingEndpointsTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;
    private HttpClient _system = null!;
    private ProceedingStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        _store = _host.Services.GetRequiredService<ProceedingStore>();
        _system = _host.Reader();
        _system.DefaultRequestHeaders.Authorization = new("Bearer", _host.Desk.AddKey("system", 0, SampleRecords.BigProvider, "test").Text);
        var at = _clock.GetUtcNow();
        _store.Open(
            [.. new[] { "1.1", "11.0" }.Select((code, i) => new OpenedFinding(
                TrialCase.Finding(code: code) with { At = at, ProviderId = SampleRecords.BigProvider, LineId = i + 1, DetectedAt = at, ShownAt = at, SnapshotAt = at }, new(2026, 10, 1), "1.1-secret-rule", """{"limit":"77"}""", i))],
            new TermsByDay(TheLaw.Book).At(at), "system");
    }

    public async ValueTask DisposeAsync()
    {
        _system.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    [Proves("MON-321:26")]
    public async Task An_objection_sent_twice_is_one_act_and_its_receipt_has_the_moment_of_arrival()
    {
        var first = await SendAsync("objection", "a", "the record shows the visit");
        _clock.Move(TimeSpan.FromHours(1));
        var again = await SendAsync("objection", "a", "the record shows the visit");
        var other = await SendAsync("objection", "a", "another text");
        var second = await SendAsync("objection", "b", "the record shows the visit");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict], new[] { first, again, other, second }.Select(a => a.Status));
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(TrialCase.Moment("2026-11-02"), JsonDocument.Parse(first.Body).RootElement.GetProperty("receivedAt").GetDateTimeOffset());
        Assert.Contains("once_per_stage", second.Body, StringComparison.Ordinal);
        Assert.Single(_store.History(1).OfType<ObjectionFiled>());
        Assert.Equal(2, JsonDocument.Parse(await _system.GetStringAsync("/api/proceedings/1/receipts", TestContext.Current.CancellationToken)).RootElement.GetArrayLength());
    }

    [Fact]
    [Proves("MON-321:15")]
    public async Task No_answer_names_a_rule_or_its_limit()
    {
        await SendAsync("objection", "a", "the record shows the visit");
        var list = await _system.GetStringAsync("/api/proceedings/?month=2026-10", TestContext.Current.CancellationToken);
        var one = await _system.GetStringAsync("/api/proceedings/1?lang=en", TestContext.Current.CancellationToken);

        Assert.Equal(2, JsonDocument.Parse(list).RootElement.GetArrayLength());
        Assert.All([list, one], text => Assert.False(text.Contains("secret", StringComparison.Ordinal) || text.Contains("limit", StringComparison.Ordinal) || text.Contains("evidence", StringComparison.Ordinal), text));
        Assert.Contains("first_review", one, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:23")]
    public async Task A_system_asks_for_the_findings_of_the_day()
    {
        async Task<int> CountAsync(string day) => JsonDocument.Parse(await _system.GetStringAsync("/api/proceedings/?month=2026-10&shown=" + day, TestContext.Current.CancellationToken)).RootElement.GetArrayLength();

        Assert.Equal((0, 2, 0), (await CountAsync("2026-11-01"), await CountAsync("2026-11-02"), await CountAsync("2026-11-03")));
    }

    [Fact]
    public async Task A_first_objection_is_never_taken_for_a_repeat_one_and_without_a_key_of_the_act_nothing_is_taken()
    {
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("repeat-objection", "a", "the record")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("objection", "", "the record")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("objection", "b", " ")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("objection", "c", "the record")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("withdrawal", "d", "a mistake")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("objection", "e", "the record")).Status);
        Assert.Equal(Stage.FirstReview, _store.Find(1)!.Stage);
    }

    [Fact]
    public async Task A_file_is_kept_by_its_hash()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/proceedings/1/objection") { Content = JsonContent.Create(new SentAct("the record", [new("../card.pdf", [.. "%PDF-1.7"u8], null, true)])) };
        request.Headers.Add("Idempotency-Key", "a");
        using var answer = await _system.SendAsync(request, TestContext.Current.CancellationToken);

        var paper = Assert.Single(_store.History(1).OfType<ObjectionFiled>().Single().Papers);
        Assert.Equal(("card.pdf", false), (paper.Name, paper.Counted));
        Assert.Equal([.. "%PDF-1.7"u8], File.ReadAllBytes(_host.Folder.At("papers", paper.Hash[..24])));
    }

    [Fact]
    [Proves("MON-321:5")]
    [Proves("MON-321:42")]
    public async Task A_system_sends_the_documents_that_were_asked_for_and_nothing_that_is_no_document()
    {
        var terms = new TermsByDay(TheLaw.Book).At(_clock.GetUtcNow());
        SentPaper card = new("..\\карта.pdf", [.. "%PDF-1.7 card"u8], null, false);
        var untimely = await SendAsync("documents", "a", "", card);
        Assert.Equal((HttpStatusCode.Conflict, true), (untimely.Status, untimely.Body.Contains("nothing_asked", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("objection", "b", "the record shows the visit")).Status);
        var found = _store.Find(1)!;
        Assert.False(_store.Act(1, new RequestDocuments(new(Party.BranchReviewer, found.Reviewer, found.ReviewerRegion), _clock.GetUtcNow(), "the card"), terms, "user:3").IsRefused);

        SentPaper[][] hostile =
        [
            [], [new("run.exe", [.. "MZ..."u8], null, false)], [new("card.pdf", [.. "MZ..."u8], null, false)], [new("card.pdf", [], null, false)], [new("", [.. "%PDF-1.7"u8], null, false)], [new("card.svg", [.. "<svg/>"u8], null, false)],
            [new("ca\nrd.pdf", [.. "%PDF-1.7"u8], null, false)], [new("big.pdf", [.. "%PDF-1.7"u8, .. new byte[PaperKinds.MostBytes]], null, false)], [.. Enumerable.Repeat(card, PaperKinds.Most + 1)],
        ];
        foreach (var (place, papers) in hostile.Index())
        {
            Assert.Equal((place, HttpStatusCode.BadRequest), (place, (await SendAsync("documents", "h" + place, "", papers)).Status));
        }

        Assert.Empty(_store.History(1).OfType<DocumentsSent>());
        var taken = await SendAsync("documents", "c", "", card);
        Assert.Equal((HttpStatusCode.OK, taken.Body), ((await SendAsync("documents", "c", "", card)).Status, (await SendAsync("documents", "c", "", card)).Body));
        var paper = Assert.Single(Assert.Single(_store.History(1).OfType<DocumentsSent>()).Papers);
        Assert.Equal(("карта.pdf", "%PDF-1.7 card"), (paper.Name, File.ReadAllText(_host.Folder.At("papers", paper.Hash[..24]))));
        Assert.Contains(_host.Desk.Journal.Read(), e => e.Act == "DocumentsSent" && e.Actor.StartsWith("key:", StringComparison.Ordinal));
        var described = JsonDocument.Parse(await _system.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement.GetProperty("paths").GetProperty("/api/proceedings/{proceeding}/documents").GetProperty("post");
        Assert.Contains("at most 10 files of 15 MB", described.GetProperty("summary").GetString(), StringComparison.Ordinal);
        using var other = _host.Reader();
        other.DefaultRequestHeaders.Authorization = new("Bearer", _host.Desk.AddKey("other", 0, 990440000385, "test").Text);
        using var foreign = await other.PostAsJsonAsync("/api/proceedings/1/documents", new SentAct("", [card]), TestContext.Current.CancellationToken);
        Assert.False(foreign.IsSuccessStatusCode);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string act, string key, string reasons, params SentPaper[] papers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/proceedings/1/" + act) { Content = JsonContent.Create(new SentAct(reasons, papers)) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await _system.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
