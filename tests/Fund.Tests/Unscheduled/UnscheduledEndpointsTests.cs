using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Documents;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Unscheduled monitoring over HTTP, from its ground to the answered conclusion, with its papers.</summary>
public sealed class UnscheduledEndpointsTests : EndpointStand
{
    [Fact]
    [Proves("MON-321:5")]
    [Proves("MON-321:6.3")]
    [Proves("MON-321:7.1")]
    [Proves("MON-321:8")]
    [Proves("MON-321:54")]
    [Proves("MON-321:55")]
    [Proves("MON-321:56")]
    [Proves("MON-321:58")]
    public async Task A_monitoring_goes_from_its_ground_to_the_corrected_conclusion_and_its_papers_open()
    {
        var opened = await TakenAsync(_expert, $"providers/{Provider}/monitorings", new { ground = "unconfirmed_cases", facts = "5.1 twice", team = new[] { Expert, Central } });
        var m = $"monitorings/{opened}/";
        await TakenAsync(_expert, m + "records", new { from = "2026-09-01", to = "2026-10-31" });
        await TakenAsync(_expert, m + "requests", new { what = "К-17/26 картасы", channel = "electronic" });
        Assert.Equal(TermName.DocumentReply, _host.Work.Store.MonitoringOf(opened)!.Next!.Name);
        await TakenAsync(_provider, m + "documents", new { request = 1, papers = new[] { new { name = "../card.pdf", content = "%PDF-1.7"u8.ToArray() } } });
        await TakenAsync(_expert, m + "visits", new { on = "2026-11-05", place = "Түркістан, Үлгі көшесі, 1", persons = new[] { Expert } });
        Assert.Equal("channel_not_allowed", await RefusedAsync(_expert, m + "visit-notice", new { on = "2026-11-05", place = "Түркістан, Үлгі көшесі, 1", channel = "post" }));
        await TakenAsync(_expert, m + "visit-notice", new { on = "2026-11-05", place = "Түркістан, Үлгі көшесі, 1", channel = "electronic" });
        _clock.Move(TimeSpan.FromDays(3));
        await SignInAsync();
        await TakenAsync(_expert, m + "made-visits", new { on = "2026-11-05", place = "Түркістан, Үлгі көшесі, 1" });

        var results = new
        {
            contract = "045/2026",
            facts = CaseSamples.SentFacts,
            lines = new[] { Row("К-17/26", "5.1", 100_000), Row("К-18/26", "6.2", 50_000) },
            clauses = new[] { new { contract = "045/2026", clause = "12", what = "есеп жоқ", penaltyTiyn = 10_000_000 } },
        };
        var annex4 = await TakenAsync(_expert, m + "conclusion", results);
        var annex3 = annex4 + 1;
        var c = $"conclusions/{annex4}/";
        Assert.Equal("wrong_person", await RefusedAsync(_head, c + "signature", Scan("Филиал басшысы, Түркістан облысы")));
        await TakenAsync(_expert, c + "signature", Scan("Филиал сарапшысы, Түркістан облысы"));
        await TakenAsync(_central, c + "signature", Scan("Орталық аппарат сарапшысы"));
        Assert.Equal(HttpStatusCode.Forbidden, (await _provider.GetAsync(new Uri("/api/unscheduled/conclusions/" + annex4, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        await TakenAsync(_expert, c + "sending", new { channel = "system" });
        Assert.Equal(MonitoringStage.Concluded, _host.Work.Store.MonitoringOf(opened)!.Stage);

        await TakenAsync(_provider, c + "objections", new { channel = "system", objections = new[] { "К-18/26 бойынша келіспейміз" }, signature = Scan("Өнім берушінің басшысы") });
        await TakenAsync(_expert, c + "consideration", new { reasons = "Картада бар", lines = new[] { Row("К-17/26", "5.1", 100_000) } });
        await TakenAsync(_expert, c + "reply", new { });
        var paper = _host.Work.Store.ConclusionOf(annex4)!;
        Assert.Equal((ConclusionStage.Replied, Money.OfTenge(1_000), Money.OfTenge(100_000)), (paper.Stage, paper.Applied!.Withheld, paper.Applied.Penalties));

        var seen = JsonDocument.Parse(await _provider.GetStringAsync("/api/unscheduled/conclusions/" + annex4, TestContext.Current.CancellationToken)).RootElement;
        var papers = seen.GetProperty("papers").EnumerateArray().ToList();
        Assert.Equal([("contract_conclusion", 2), ("reply_letter", 1)], papers.Select(p => (p.GetProperty("kind").GetString()!, p.GetProperty("version").GetInt32())));
        foreach (var one in papers)
        {
            await OpensAsync(_provider, one.GetProperty("code").GetString()!);
        }

        var text = string.Join('\n', await OpensAsync(_provider, papers[0].GetProperty("code").GetString()!));
        Assert.All(["К-17/26", "1 000,00", "045/2026, 28.12.2025", "Филиал сарапшысы, Түркістан облысы / сарапшы", "Ұстап қалу ұсынылады."], word => Assert.Contains(word.Replace(' ', '\u00A0') is var hard && text.Contains(hard, StringComparison.Ordinal) ? hard : word, text, StringComparison.Ordinal));
        Assert.DoesNotContain("К-18/26", text, StringComparison.Ordinal);

        var notices = JsonDocument.Parse(await _expert.GetStringAsync("/api/unscheduled/monitorings/" + opened, TestContext.Current.CancellationToken)).RootElement.GetProperty("papers").EnumerateArray().ToList();
        Assert.Equal(["request_letter", "visit_notice"], notices.Select(n => n.GetProperty("kind").GetString()));
        foreach (var one in notices)
        {
            await OpensAsync(_expert, one.GetProperty("code").GetString()!);
        }

        Assert.Equal("unconfirmed_case_conclusion", _host.Work.Papers.ConclusionOf(annex3)!.Entry.Kind);
        Assert.Equal(Money.Zero, _host.Work.Store.ConclusionOf(annex3)!.Current.Withheld);
        await OpensAsync(_expert, _host.Work.Papers.ConclusionOf(annex3)!.Code.ToString());
        Assert.Equal(0, _host.Work.Papers.MakeAll());
        Assert.True(_host.Desk.Journal.Verify([]).IsSound);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [Proves("MON-321:56")]
    public async Task A_provider_signs_with_objection_and_sends_the_list_apart_and_a_list_of_another_day_is_marked(int daysLater, bool late)
    {
        var id = VisitCases.Received(_host);
        var c = $"conclusions/{id}/";
        Assert.Equal("not_possible_now", await RefusedAsync(_provider, c + "objection-list", new { channel = "system", objections = new[] { "К-18/26" } }));
        await TakenAsync(_provider, c + "objections", new { channel = "system", objections = Array.Empty<string>(), signature = Scan("Өнім берушінің басшысы") });
        Assert.Equal(ConclusionStage.ListAwaited, _host.Work.Store.ConclusionOf(id)!.Stage);
        Assert.Equal("empty_list", await RefusedAsync(_provider, c + "objection-list", new { channel = "system", objections = new[] { " " } }));
        if (daysLater > 0)
        {
            _clock.Move(TimeSpan.FromDays(daysLater));
            await SignInAsync();
        }

        await TakenAsync(_provider, c + "objection-list", new { channel = "system", objections = new[] { "К-18/26 бойынша келіспейміз" }, papers = new[] { new { name = "карта.pdf", content = "%PDF-1.7"u8.ToArray() } } });

        var state = _host.Work.Store.ConclusionOf(id)!;
        Assert.Equal((ConclusionStage.Objected, late, "карта.pdf", Party.BranchReviewer), (state.Stage, state.ListWasLate, Assert.Single(state.ObjectionPapers).Name, state.Next!.Owner));
        Assert.Equal(["К-18/26 бойынша келіспейміз"], state.Objections);
    }

    [Theory]
    [InlineData("consumer_appeal")]
    [InlineData("health_law_breached")]
    [InlineData("authorised_body_appeal")]
    [InlineData("risk_analysis")]
    [InlineData("contract_breached")]
    [InlineData("provider_volume_appeal")]
    [InlineData("state_body_appeal")]
    [InlineData("unconfirmed_cases")]
    [Proves("MON-321:51.2")]
    public async Task Each_ground_opens_and_the_same_word_twice_is_one_monitoring(string ground)
    {
        var body = Opening(ground, new { number = "A-1", registeredOn = "2026-11-01", from = "organisation", name = "A firm", organisationNumber = "190140000018", letter = "5", substance = "billed twice" });
        var first = await SendAsync(_expert, $"providers/{Provider}/monitorings", body, "a");
        var again = await SendAsync(_expert, $"providers/{Provider}/monitorings", body, "a");
        var other = await SendAsync(_expert, $"providers/{Provider}/monitorings", Opening(ground, null), "a");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], new[] { first.Status, again.Status, other.Status });
        Assert.Equal(first.Body, again.Body);
        Assert.Single(_host.Work.Store.Cases("monitoring", 0, 10));
    }

    [Fact]
    [Proves("MON-321:52.1")]
    [Proves("MON-321:52.2")]
    public async Task An_appeal_without_a_name_or_without_substance_is_noted_as_not_conducted()
    {
        var anonymous = await TakenAsync(_expert, $"providers/{Provider}/monitorings", Opening("consumer_appeal", new { number = "A-1", registeredOn = "2026-11-01", from = "natural_person", substance = "billed twice" }));
        var empty = await TakenAsync(_expert, $"providers/{Provider}/monitorings", Opening("consumer_appeal", new { number = "A-2", registeredOn = "2026-11-01", from = "natural_person", name = "A person", contact = "+7 700", substance = "?" }));

        Assert.All([anonymous, empty], id => Assert.Equal(MonitoringStage.NotConducted, _host.Work.Store.MonitoringOf(id)!.Stage));
        Assert.Equal(["MON-321:52.1", "MON-321:52.2"], new[] { anonymous, empty }.Select(id => _host.Work.Store.MonitoringEvents(id)[0].Ground.Paragraph.ToString()));
    }

    [Fact]
    [Proves("MON-321:7.2")]
    [Proves("MON-321:7.3")]
    public async Task Suspension_resumption_and_withdrawal_are_noted_with_their_notices()
    {
        var appeal = new { number = "A-1", registeredOn = "2026-11-01", from = "natural_person", name = "A person", contact = "+7 700", substance = "billed twice" };
        var opened = await TakenAsync(_expert, $"providers/{Provider}/monitorings", Opening("consumer_appeal", appeal));
        var m = $"monitorings/{opened}/";
        await TakenAsync(_expert, m + "records", new { from = "2026-09-01", to = "2026-10-31" });
        await TakenAsync(_expert, m + "visits", new { on = "2026-11-20", place = "base" });
        await TakenAsync(_expert, m + "interruptions", new { cause = "sanitary_decree", document = "№ 7", inForceOn = "2026-11-02", until = "2026-11-10", suspends = true });
        await TakenAsync(_expert, m + "interruption-notice", new { channel = "electronic" });
        await TakenAsync(_expert, m + "resumption", new { });
        await TakenAsync(_expert, m + "withdrawal", new { number = "W-1" });
        await TakenAsync(_expert, m + "termination-notice", new { channel = "electronic" });

        Assert.Equal(MonitoringStage.Terminated, _host.Work.Store.MonitoringOf(opened)!.Stage);
        Assert.Equal(["suspension_notice", "termination_notice"], _host.Work.Papers.Of("monitoring", opened).Select(p => p.Kind));
    }

    [Fact]
    public async Task Who_has_a_conflict_of_interest_or_is_of_another_branch_does_not_monitor()
    {
        _host.Desk.AddConflict("user:1", Expert, Provider, "a brother");

        Assert.Equal("conflict_of_interest", await RefusedAsync(_expert, $"providers/{Provider}/monitorings", Opening("risk_analysis", null)));
        Assert.Equal("wrong_person", await RefusedAsync(_central, $"providers/{Provider}/monitorings", new { ground = "risk_analysis", facts = "x", team = new[] { (int)Role.Lawyer + 1 } }));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(_expert, $"providers/{Provider}/monitorings", Opening("no_such_ground", null), "k")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(_expert, $"providers/{Provider}/monitorings", Opening("risk_analysis", null), "")).Status);
    }

    [Fact]
    [Proves("MON-321:9.1")]
    public async Task A_confirmed_outage_lengthens_the_monitoring_its_request_and_its_conclusion_once()
    {
        var opened = await TakenAsync(_expert, $"providers/{Provider}/monitorings", Opening("risk_analysis", null));
        await TakenAsync(_expert, $"monitorings/{opened}/requests", new { what = "card", channel = "electronic" });
        var before = _host.Work.Store.MonitoringOf(opened)!;
        _clock.Move(TimeSpan.FromDays(2));
        var outages = OutageStore.Of(_host.Desk);
        outages.Enter(new(TrialCase.Moment("2026-11-03 08:00"), TrialCase.Moment("2026-11-03 20:00"), "77", new(2026, 11, 4)), "FIS", "power", 1, _clock.GetUtcNow());
        outages.Decide(1, true, "", 2, _clock.GetUtcNow());
        var watch = new UnscheduledWatch(_host.Work.Store, _clock, _ => _host.Work.Terms);

        watch.Run();
        watch.Run();

        var after = _host.Work.Store.MonitoringOf(opened)!;
        Assert.Equal((before.Limit!.Last.AddDays(1) is var next ? next : default, TheDay("2026-11-06")), (after.Limit!.Last, after.Requests[0].Reply.Last));
        Assert.Contains(after.Requests[0].Reply.Skipped, d => d.Why.En.Contains("No. 77", StringComparison.Ordinal));
        Assert.Single(_host.Work.Store.MonitoringEvents(opened).OfType<MonitoringCountedAgain>());
        Assert.Equal(["document_reply", "unscheduled_length"], outages.Cases(1, 0, 10).Select(c => c.Term));
    }

    private static DateOnly TheDay(string text) => Law.TheLaw.Day(text);

    private static object Row(string card, string code, long tiyn) =>
        new { service = "S-" + card, number = card, person = CaseSamples.Person, on = "2026-09-03", form = "specialist", codes = new[] { code }, sumTiyn = tiyn };

    private static object Opening(string ground, object? appeal) => new { ground, appeal, facts = "what was seen", team = new[] { Expert } };

    private async Task<List<string>> OpensAsync(HttpClient reader, string code)
    {
        var docx = await reader.GetByteArrayAsync(new Uri($"/api/unscheduled/papers/{code}.docx", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await reader.GetStringAsync(new Uri($"/api/unscheduled/papers/{code}.html", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Empty(ReadBack.Complaints(docx, false));
        CheckCode.TryParse(code, out var asked);
        Assert.Contains(asked.ToString(), html, StringComparison.Ordinal);
        var lines = ReadBack.Docx(docx);
        Assert.Contains(lines, l => l.Contains(asked.ToString(), StringComparison.Ordinal));
        return lines;
    }
}
