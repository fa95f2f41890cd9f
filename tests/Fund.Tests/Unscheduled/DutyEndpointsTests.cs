using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Documents;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Registers, limits, reports, latent defects, surveys and claims over HTTP.</summary>
public sealed class DutyEndpointsTests : EndpointStand
{
    [Fact]
    [Proves("MON-321:53")]
    public async Task A_latent_defect_is_told_within_a_month_and_its_measure_comes_through_its_monitoring()
    {
        var (service, amount) = Line(0);
        object Sent(string? paid, bool broken = true) => new { service, contract = "C-18", code = "6.2", paidOn = paid, contractWasBroken = broken, what = "no record in the card", sumTiyn = amount };
        Assert.Equal("not_latent", await RefusedAsync(_expert, $"providers/{Provider}/latent-defects", Sent(null)));
        Assert.Equal("not_latent", await RefusedAsync(_expert, $"providers/{Provider}/latent-defects", Sent("2026-10-20", false)));
        Assert.Equal("too_far_back", await RefusedAsync(_expert, $"providers/{Provider}/latent-defects", Sent("2020-10-20")));
        var latent = await TakenAsync(_expert, $"providers/{Provider}/latent-defects", Sent("2026-10-20"));
        Assert.Equal(TheLaw.Day("2026-12-02"), _host.Work.Store.LatentOf(latent)!.Notice.Last);
        Assert.Equal(latent, JsonDocument.Parse((await SendAsync(_expert, $"providers/{Provider}/latent-defects", Sent("2026-10-20"), "k" + Key)).Body).RootElement.GetProperty("case").GetInt64());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(_expert, $"providers/{Provider}/latent-defects", Sent("2026-10-21"), "k" + Key)).Status);
        Assert.Single(_host.Work.Store.Cases("latent", 0, 10));

        await TakenAsync(_expert, $"latent/{latent}/notice", new { channel = "electronic" });
        var monitoring = await TakenAsync(_expert, $"latent/{latent}/monitoring", new { ground = "contract_breached", team = new[] { Expert } });
        await TakenAsync(_expert, $"monitorings/{monitoring}/records", new { from = "2026-10-01", to = "2026-10-31" });
        var conclusion = await TakenAsync(_expert, $"monitorings/{monitoring}/conclusion", new
        {
            contract = "C-18", facts = CaseSamples.SentFacts,
            lines = new[] { new { service = "S-1", number = "К-1", person = CaseSamples.Person, on = "2026-10-03", form = "specialist", codes = new[] { "6.2" }, sumTiyn = amount } },
        });
        await TakenAsync(_expert, $"conclusions/{conclusion}/signature", Scan());
        await TakenAsync(_expert, $"conclusions/{conclusion}/sending", new { channel = "system" });
        await TakenAsync(_provider, $"conclusions/{conclusion}/acceptance", Scan());
        _host.Work.Run(Assert.Fail);
        _host.Work.Run(Assert.Fail);

        var seen = await SeenAsync(_expert, $"latent/{latent}");
        Assert.Equal("MeasuresApplied", seen.GetProperty("case").GetProperty("stage").GetString());
        Assert.Equal(amount, _host.Work.Store.LatentOf(latent)!.Measures!.Withheld.Tiyn);
        Assert.Equal("offset_then_invoice", _host.Work.Store.LatentOf(latent)!.Recovery);
        await OpensAsync(_expert, Assert.Single(seen.GetProperty("papers").EnumerateArray()).GetProperty("code").GetString()!);
        Assert.Equal(HttpStatusCode.Forbidden, (await _provider.GetAsync(new Uri($"/api/unscheduled/latent/{latent}", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    [Proves("MON-321:53")]
    public async Task What_current_monitoring_had_found_is_no_latent_defect()
    {
        var (service, amount) = Line(0);
        var at = _host.Desk.Clock.GetUtcNow();
        var finding = TrialCase.Finding(code: "6.2") with { At = at, ProviderId = Provider, LineId = service, DetectedAt = at, ShownAt = at, SnapshotAt = at };
        _host.Services.GetRequiredService<ProceedingStore>().Open([new(finding, new(2026, 10, 1), "rule", "{}", 1)], _host.Work.Terms, "system");

        Assert.Equal("not_latent", await RefusedAsync(_expert, $"providers/{Provider}/latent-defects", new { service, code = "6.2", paidOn = "2026-10-20", contractWasBroken = true, what = "x", sumTiyn = amount }));
    }

    [Fact]
    [Proves("MON-321:6.1")]
    [Proves("MON-321:6.5")]
    public async Task The_ways_of_monitoring_are_recorded_and_who_was_asked_is_shown_to_those_alone_who_monitor()
    {
        var monitoring = await TakenAsync(_expert, $"providers/{Provider}/monitorings", new { ground = "risk_analysis", facts = "x", team = new[] { Expert } });
        var m = $"monitorings/{monitoring}/";
        await TakenAsync(_expert, m + "records", new { from = "2026-10-01", to = "2026-10-31" });
        await TakenAsync(_expert, m + "ways", new { way = "data_study", what = "the system of the hospital" });
        var survey = new { person = CaseSamples.Person, way = "phone", contact = "+7 701 000 00 00", on = "2026-11-02", answers = new[] { new { question = "Were you there?", answer = "No" } }, denies = true };
        Assert.Equal("survey_incomplete", await RefusedAsync(_expert, m + "surveys", survey with { contact = "" }));
        Assert.Equal("survey_incomplete", await RefusedAsync(_expert, m + "surveys", survey with { answers = new[] { new { question = "Were you there?", answer = " " } } }));
        Assert.Equal("survey_incomplete", await RefusedAsync(_expert, m + "surveys", survey with { on = "2026-11-03" }));
        await TakenAsync(_expert, m + "surveys", survey);

        var (own, others) = (await SeenAsync(_expert, "monitorings/" + monitoring), await SeenAsync(_head, "monitorings/" + monitoring));

        Assert.Equal(["fund_system", "data_study", "patient_survey"], own.GetProperty("state").GetProperty("ways").EnumerateArray().Select(w => w.GetString()));
        Assert.Equal(CaseSamples.Person, own.GetProperty("state").GetProperty("surveys")[0].GetProperty("personId").GetInt64());
        Assert.Equal("No", others.GetProperty("state").GetProperty("surveys")[0].GetProperty("answers")[0].GetProperty("answer").GetString());
        Assert.All(["780505300123", "701 000"], secret => Assert.DoesNotContain(secret, others.ToString(), StringComparison.Ordinal));
        Assert.Equal(["MON-321:6", "MON-321:6.5"], own.GetProperty("steps").EnumerateArray().TakeLast(2).Select(s => s.GetProperty("paragraph").GetString()));
    }

    [Fact]
    [Proves("MON-321:14")]
    [Proves("MON-321:51.6")]
    public async Task What_analysis_finds_opens_monitoring_on_its_own_ground()
    {
        var body = new { service = "77", code = "3.1", what = "twice the volume of the branch", sumTiyn = 500_000, team = new[] { Expert } };
        Assert.Equal("no_facts", await RefusedAsync(_expert, $"providers/{Provider}/additional-findings", body with { what = " " }));
        Assert.Equal("no_facts", await RefusedAsync(_expert, $"providers/{Provider}/additional-findings", body with { code = "99.9" }));
        Assert.Empty(_host.Work.Store.Cases("monitoring", 0, 10));

        var monitoring = await TakenAsync(_expert, $"providers/{Provider}/additional-findings", body);

        var state = _host.Work.Store.MonitoringOf(monitoring)!;
        Assert.Equal((MonitoringStage.Opened, OpeningGround.ContractBreached), (state.Stage, state.Opening));
        Assert.Equal(new AdditionalFinding("77", "3.1", "twice the volume of the branch", new(500_000)), Assert.Single(state.Additional));
        Assert.Equal(["MON-321:51.6", "MON-321:14"], _host.Work.Store.MonitoringEvents(monitoring).Select(e => e.Ground.Paragraph.ToString()));
    }

    [Fact]
    [Proves("MON-321:10.2")]
    public async Task A_penalty_by_the_contract_is_claimed_when_the_conclusion_takes_effect_with_its_term()
    {
        var monitoring = await TakenAsync(_expert, $"providers/{Provider}/monitorings", new { ground = "risk_analysis", facts = "x", team = new[] { Expert } });
        var conclusion = await TakenAsync(_expert, $"monitorings/{monitoring}/conclusion", new
        {
            contract = "C-18", facts = CaseSamples.SentFacts, lines = Array.Empty<object>(),
            clauses = new[] { new { contract = "C-18", clause = "12", what = "no report", penaltyTiyn = 10_000_000, payWithin = 5 }, new { contract = "C-18", clause = "14", what = "late", penaltyTiyn = 1, payWithin = 0 } },
        });
        await TakenAsync(_expert, $"conclusions/{conclusion}/signature", Scan());
        await TakenAsync(_expert, $"conclusions/{conclusion}/sending", new { channel = "system" });
        Assert.Empty((await SeenAsync(_expert, "claims")).EnumerateArray());
        await TakenAsync(_provider, $"conclusions/{conclusion}/acceptance", Scan());

        var claims = (await SeenAsync(_expert, "claims")).EnumerateArray().Select(c => (Clause: c.GetProperty("clause").GetString(), Sum: c.GetProperty("sumTiyn").GetInt64(), Until: c.TryGetProperty("until", out var u) ? u.GetString() : null, Late: c.GetProperty("isOverdue").GetBoolean())).ToList();

        Assert.Equal([("12", 10_000_000, "2026-11-09", false), ("14", 1, null, false)], claims);
        _clock.Move(TimeSpan.FromDays(8));
        await SignInAsync();
        Assert.True((await SeenAsync(_expert, "claims"))[0].GetProperty("isOverdue").GetBoolean());
    }

    /// <summary>The end of the next period takes no duty away.</summary>
    [Fact]
    [Proves("MON-321:39")]
    public async Task A_conclusion_on_hiv_care_that_nobody_wrote_stays_owed_and_late()
    {
        _host.Records.Query("UPDATE known_service SET care_form = 'hiv' WHERE service_id = $1 RETURNING service_id", r => r.Long(0), Line(0).Service);
        var at = _host.Desk.Clock.GetUtcNow();
        var finding = TrialCase.Finding(code: "6.2") with { At = at, ProviderId = Provider, LineId = Line(1).Service, DetectedAt = at, ShownAt = at, SnapshotAt = at };
        _host.Services.GetRequiredService<ProceedingStore>().Open([new(finding, new(2026, 10, 1), "rule", "{}", 1)], _host.Work.Terms, "system");

        _clock.Move(TimeSpan.FromDays(70));
        await SignInAsync();

        var duty = Assert.Single((await SeenAsync(_expert, "hiv-duties")).EnumerateArray());
        Assert.Equal(("2026-10-01", true), (duty.GetProperty("from").GetString(), duty.GetProperty("isLate").GetBoolean()));
        Assert.Equal("hiv", Assert.Single(_host.Work.HivCare.Owed()).Kind);
    }

    [Fact]
    [Proves("MON-321:39")]
    public async Task A_conclusion_on_hiv_care_is_owed_until_it_is_written_and_takes_no_line_twice()
    {
        _host.Records.Query(
            "UPDATE known_service SET care_form = 'hiv' WHERE service_id = $1 RETURNING service_id", r => r.Long(0), Line(0).Service);
        var duty = Assert.Single((await SeenAsync(_expert, "hiv-duties")).EnumerateArray());
        Assert.Equal((Provider, "2026-10-01", "2026-11-13", false), (duty.GetProperty("provider").GetInt64(), duty.GetProperty("from").GetString(), duty.GetProperty("until").GetString(), duty.GetProperty("isLate").GetBoolean()));
        var at = _host.Desk.Clock.GetUtcNow();
        var finding = TrialCase.Finding(code: "6.2") with { At = at, ProviderId = Provider, LineId = Line(0).Service, DetectedAt = at, ShownAt = at, SnapshotAt = at };
        _host.Services.GetRequiredService<ProceedingStore>().Open([new(finding, new(2026, 10, 1), "rule", "{}", 1)], _host.Work.Terms, "system");
        object Row(string service, string code) => new { service, number = "К-1", person = CaseSamples.Person, on = "2026-10-03", form = "hiv", codes = new[] { code }, sumTiyn = 1_000 };

        var conclusion = await TakenAsync(_expert, $"providers/{Provider}/hiv-conclusions", new
        {
            contract = "C-18", facts = CaseSamples.SentFacts with { From = new(2026, 10, 1), To = new(2026, 10, 31) }, signers = new[] { Expert },
            lines = new[] { Row(Line(0).Service.ToString(null, null), "6.2"), Row(Line(1).Service.ToString(null, null), "6.2") },
        });

        Assert.Equal([true, false], _host.Work.Store.ConclusionOf(conclusion)!.Current.Lines.Select(l => l.IsCountedElsewhere));
        Assert.Equal(conclusion, Assert.Single((await SeenAsync(_expert, "hiv-duties")).EnumerateArray()).GetProperty("conclusion").GetInt64());
        Assert.Empty(_host.Work.HivCare.Owed());
    }

    [Fact]
    [Proves("MON-321:19.2")]
    public async Task Registers_limits_letters_and_reports_open_to_those_who_may_see_them()
    {
        var at = _host.Desk.Clock.GetUtcNow();
        var store = _host.Services.GetRequiredService<ProceedingStore>();
        foreach (var (service, amount) in Enumerable.Range(0, 6).Select(Line).OrderBy(l => l.Service))
        {
            var finding = TrialCase.Finding(code: "5.1", atRisk: amount, places: Places.In("61")) with { At = at, ProviderId = Provider, LineId = service, DetectedAt = at, ShownAt = at, SnapshotAt = at, Billed = amount };
            store.Open([new(finding, new(2026, 10, 1), "rule", "{}", 1)], _host.Work.Terms, "system");
        }

        _clock.Move(TimeSpan.FromDays(10));
        new ProceedingWatch(store, _clock, _ => _host.Work.Terms).Run("A. Person");
        _host.Services.GetRequiredService<ReceiptDoor>().Tell();
        await SignInAsync();

        var register = await SeenAsync(_expert, "registers/61/2026-11");
        Assert.Equal(6, register.GetProperty("cases").GetArrayLength());
        Assert.Equal(Enumerable.Range(0, 6).Sum(i => Line(i).Amount), register.GetProperty("contracts")[0].GetProperty("costTiyn").GetInt64());
        Assert.Equal(HttpStatusCode.Forbidden, (await _expert.GetAsync(new Uri("/api/unscheduled/registers/55/2026-11", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains(_host.Desk.Journal.Newest(3), e => e is { Act: "RegisterSeen", Subject: "api/unscheduled/registers/61/2026-11" });
        await TakenAsync(_expert, "registers/61/2026-11/paper", new { });
        var paper = (await SeenAsync(_expert, "registers/61/2026-11")).GetProperty("paper").GetProperty("code").GetString()!;
        await OpensAsync(_expert, paper);
        Assert.Equal(HttpStatusCode.Forbidden, (await _provider.GetAsync(new Uri($"/api/unscheduled/papers/{paper}.docx", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);

        var conclusion = await TakenAsync(_expert, $"providers/{Provider}/unconfirmed-conclusions", new { contract = "C-18", facts = CaseSamples.SentFacts, signers = new[] { Expert } });
        Assert.Equal("not_weighed", await RefusedAsync(_lawyer, $"conclusions/{conclusion}/crime-signs", new { reasons = "forged" }));
        await TakenAsync(_expert, $"conclusions/{conclusion}/signature", Scan());
        _host.Work.Run(Assert.Fail);
        var letter = (await SeenAsync(_expert, "letters"))[0];
        Assert.Equal(("MON-321:19.2", "2026-11-26"), (letter.GetProperty("grounds")[0].GetProperty("paragraph").GetString(), letter.GetProperty("until").GetString()));
        Assert.True((await SeenAsync(_expert, $"providers/{Provider}/limits")).GetProperty("limits").EnumerateArray().First(l => l.GetProperty("paragraph").GetString() == "MON-321:19.2").GetProperty("isAbove").GetBoolean());
        await TakenAsync(_lawyer, $"conclusions/{conclusion}/crime-signs", new { reasons = "forged" });
        Assert.Equal("no_termination_ground", await RefusedAsync(_central, $"conclusions/{conclusion}/contract-ending", new { reasons = "x" }));
        await OpensAsync(_expert, (await SeenAsync(_expert, "letters"))[0].GetProperty("paper").GetProperty("code").GetString()!);
        await TakenAsync(_expert, $"conclusions/{conclusion}/limit-letter", new { });
        Assert.Equal("no_letter_owed", await RefusedAsync(_expert, $"conclusions/{conclusion}/limit-letter", new { }));

        var case1 = store.OfLine(Line(0).Service)[0].Id;
        var report = await TakenAsync(_expert, $"proceedings/{case1}/measures", new { reasons = "no licence" });
        await TakenAsync(_expert, $"reports/{report}/preparation", new { });
        await OpensAsync(_head, (await SeenAsync(_head, $"reports/{report}")).GetProperty("paper").GetProperty("code").GetString()!);
        await TakenAsync(_head, $"reports/{report}/sending", new { });
        await TakenAsync(_head, $"reports/{report}/acknowledgement", new { number = "7" });
        Assert.True(_host.Desk.Journal.Verify([]).IsSound);
    }

    [Fact]
    [Proves("MON-321:3")]
    public async Task An_organisation_that_treats_abroad_is_not_monitored()
    {
        Assert.Equal("without_reasons", await RefusedAsync(_expert, $"providers/{Provider}/foreign-contract", new { contract = "F-1", document = " " }));
        await TakenAsync(_expert, $"providers/{Provider}/foreign-contract", new { contract = "F-1", document = "ҚР ДСМ-45, 19" });

        Assert.Equal([Provider], _host.Work.Store.ForeignOrganisations());
        Assert.Equal("foreign_treatment", await RefusedAsync(_expert, $"providers/{Provider}/monitorings", new { ground = "risk_analysis", facts = "x", team = new[] { Expert } }));
        Assert.Equal("foreign_treatment", await RefusedAsync(_expert, $"providers/{Provider}/hiv-conclusions", new { contract = "C-18", facts = CaseSamples.SentFacts, signers = new[] { Expert } }));
        Assert.Empty(_host.Work.Store.Cases(null, 0, 10));
    }

    private (long Service, long Amount) Line(int place) => _host.Records.Query(
        "SELECT service_id, amount FROM known_service WHERE month = DATE '2026-10-01' AND provider_id = $1 ORDER BY amount DESC, service_id LIMIT 20", r => (r.Long(0), r.Long(1)), Provider)[place];

    private static async Task<JsonElement> SeenAsync(HttpClient reader, string path) =>
        JsonDocument.Parse(await reader.GetStringAsync("/api/unscheduled/" + path, TestContext.Current.CancellationToken)).RootElement;

    private static async Task OpensAsync(HttpClient reader, string code)
    {
        var docx = await reader.GetByteArrayAsync(new Uri($"/api/unscheduled/papers/{code}.docx", UriKind.Relative), TestContext.Current.CancellationToken);
        var xlsx = await reader.GetByteArrayAsync(new Uri($"/api/unscheduled/papers/{code}.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Empty(ReadBack.Complaints(docx, false));
        Assert.Empty(ReadBack.Complaints(xlsx, true));
        Assert.Contains(ReadBack.Docx(docx), l => l.Contains(code, StringComparison.Ordinal));
    }
}
