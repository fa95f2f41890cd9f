using System.IO.Compression;
using System.Net;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Desk;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Kepil.Tests.Unscheduled;
using Kepil.Tests.Proceedings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Duties;

/// <summary>The pages of what a branch owes, without scripts: each form does what its act does, and what is refused stays on the page.</summary>
public sealed class DutyPagesTests : IAsyncLifetime
{
    private const string Bin = "190140000018";

    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(clock: _clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("MON-321:16")]
    public async Task A_quarterly_report_is_prepared_sent_and_acknowledged_and_leaves_the_list_of_duties()
    {
        var id = DutyCases.Quarter(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        Assert.Contains($"/reports/{id}\"", await expert.GetAsync("/duties?kind=report"), StringComparison.Ordinal);
        var (_, early) = await expert.SendAsync($"/reports/{id}", $"/reports/{id}/sending");
        Assert.Contains("role=\"alert\"", early, StringComparison.Ordinal);

        var pressed = await expert.PressTwiceAsync($"/reports/{id}", $"/reports/{id}/preparation");
        Assert.All(pressed, p => Assert.Contains("/papers/", p.Html, StringComparison.Ordinal));
        await expert.SendAsync($"/reports/{id}", $"/reports/{id}/sending");
        var (_, unnamed) = await expert.SendAsync($"/reports/{id}", $"/reports/{id}/acknowledgement", ("number", " "));
        Assert.Contains("role=\"alert\"", unnamed, StringComparison.Ordinal);
        await expert.SendAsync($"/reports/{id}", $"/reports/{id}/acknowledgement", ("number", "ДБ-7"));

        var state = _host.Work.Store.ReportOf(id)!;
        Assert.Equal((ReportStage.Acknowledged, "ДБ-7"), (state.Stage, state.AcknowledgedBy));
        Assert.Single(_host.Work.Store.ReportEvents(id).OfType<ReportPrepared>());
        Assert.DoesNotContain($"/reports/{id}\"", await expert.GetAsync("/duties"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:17")]
    public async Task A_case_marked_for_measures_becomes_a_report_to_the_state_body_with_its_paper()
    {
        var proceeding = DutyCases.Show(_host, 0);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        var (_, refused) = await expert.SendAsync($"/duties/measures/{proceeding}", $"/duties/measures/{proceeding}", ("reasons", " "));
        Assert.Contains("role=\"alert\"", refused, StringComparison.Ordinal);

        var (path, _) = await expert.SendAsync($"/duties/measures/{proceeding}", $"/duties/measures/{proceeding}", ("reasons", "лицензиясыз көмек"));
        await expert.SendAsync(path, path + "/preparation");

        var id = _host.Work.Store.Cases("report", 0, 10).Single().Id;
        Assert.Equal($"/reports/{id}", path);
        Assert.Contains("лицензиясыз көмек", await expert.GetAsync(path), StringComparison.Ordinal);
        var code = Assert.Single(_host.Work.Papers.Of("report", id)).Code;
        var paper = await expert.GetAsync("/papers/" + code);
        Assert.Contains($"href=\"/reports/{id}\"", paper, StringComparison.Ordinal);
        var (_, twice) = await expert.SendAsync($"/duties/measures/{proceeding}", $"/duties/measures/{proceeding}", ("reasons", "тағы бір рет"));
        Assert.Contains("тағы бір рет", twice, StringComparison.Ordinal);
        Assert.Single(_host.Work.Store.Cases("report", 0, 10));
    }

    [Fact]
    [Proves("MON-321:19.2")]
    [Proves("MON-321:20.1")]
    public async Task Above_the_limit_the_letter_goes_once_and_a_lawyer_adds_signs_of_a_crime()
    {
        var conclusion = DutyCases.Above(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var lawyer = await OfficeReader.OfAsync(_host, Role.Lawyer);
        var number = _host.Work.Store.CaseOf(conclusion)!.Number;
        Assert.Contains("#letters", await expert.GetAsync("/duties?kind=letter"), StringComparison.Ordinal);
        Assert.Contains("exceeded", await expert.GetAsync($"/providers/{Bin}/limits"), StringComparison.Ordinal);
        Assert.DoesNotContain("crime-signs", await expert.GetAsync($"/providers/{Bin}/limits"), StringComparison.Ordinal);
        var (_, bare) = await lawyer.SendAsync($"/providers/{Bin}/limits", $"/conclusions/{conclusion}/crime-signs", ("reasons", " "));
        Assert.Contains("role=\"alert\"", bare, StringComparison.Ordinal);

        await lawyer.SendAsync($"/providers/{Bin}/limits", $"/conclusions/{conclusion}/crime-signs", ("reasons", "қолдан жасалған карта"));
        await expert.SendAsync($"/providers/{Bin}/limits", $"/conclusions/{conclusion}/limit-letter");
        var (path, again) = await expert.SendAsync($"/providers/{Bin}/limits", $"/conclusions/{conclusion}/limit-letter");

        Assert.Contains(_host.Work.Store.OutcomeOf(number)!.Notice!.Grounds, g => g.Ground.Outcome == Thresholds.CrimeOutcome);
        Assert.NotNull(_host.Work.Store.LetterOf(number)!.SentAt);
        Assert.Contains("limit-letter", path, StringComparison.Ordinal);
        Assert.Contains("Standing against the limits", again, StringComparison.Ordinal);
        Assert.DoesNotContain("#letters", await expert.GetAsync("/duties"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:19.2")]
    public async Task Signs_of_a_crime_are_told_of_a_conclusion_without_unconfirmed_cases_too_and_once()
    {
        var conclusion = VisitCases.Conclude(_host, VisitCases.Open(_host));
        VisitCases.Sign(_host, conclusion);
        _host.Work.Limits.Run();
        using var lawyer = await OfficeReader.OfAsync(_host, Role.Lawyer);
        var act = $"/conclusions/{conclusion}/crime-signs";
        Assert.Contains(act, await lawyer.GetAsync($"/providers/{Bin}/limits"), StringComparison.Ordinal);

        await lawyer.SendAsync($"/providers/{Bin}/limits", act, ("reasons", "қолдан жасалған карта"));

        var page = await lawyer.GetAsync($"/providers/{Bin}/limits");
        Assert.DoesNotContain(act, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/conclusions/{conclusion}\"", page, StringComparison.Ordinal);
        Assert.Equal(DutyCases.Provider, _host.Work.Store.LetterOf(_host.Work.Store.CaseOf(conclusion)!.Number)!.ProviderId);
    }

    [Fact]
    [Proves("MON-321:20.3")]
    public async Task A_repeat_in_a_later_month_lets_the_central_office_end_the_contract_and_a_sole_provider_is_noted()
    {
        var first = DutyCases.Above(_host);
        _clock.Move(TimeSpan.FromDays(31));
        DutyCases.Above(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var central = await OfficeReader.OfAsync(_host, Role.CentralExpert);
        var page = await central.GetAsync($"/providers/{Bin}/limits");
        Assert.Contains("contract-ending", page, StringComparison.Ordinal);
        Assert.DoesNotContain("contract-ending", await expert.GetAsync($"/providers/{Bin}/limits"), StringComparison.Ordinal);
        var (_, none) = await central.SendAsync($"/providers/{Bin}/limits", $"/conclusions/{first}/contract-ending", ("reasons", "қайталанды"));
        Assert.Null(_host.Work.Store.EndingOf(DutyCases.Provider, "C-18"));
        Assert.Contains("Standing against the limits", none, StringComparison.Ordinal);

        var later = _host.Work.Store.Cases("conclusion", 0, 10)[^1].Id;
        await central.SendAsync($"/providers/{Bin}/limits", $"/conclusions/{later}/contract-ending", ("reasons", "қайталанды"));
        var (_, wrong) = await expert.SendAsync($"/providers/{Bin}/limits", $"/providers/{Bin}/sole-provider", ("district", "Кентау"), ("care", " "), ("from", "2026-01-01"));
        Assert.Contains("value=\"Кентау\"", wrong, StringComparison.Ordinal);
        await expert.SendAsync($"/providers/{Bin}/limits", $"/providers/{Bin}/sole-provider", ("district", "Кентау"), ("care", "стационар"), ("from", "2026-01-01"));

        Assert.Equal("қайталанды", _host.Work.Store.EndingOf(DutyCases.Provider, "C-18")!.Reasons);
        Assert.Contains("The early end was decided", await expert.GetAsync($"/providers/{Bin}/limits"), StringComparison.Ordinal);
        Assert.Equal("Кентау", _host.Work.Store.SoleOn(DutyCases.Provider, new(2026, 11, 2))!.District);
    }

    [Fact]
    [Proves("MON-321:19.1")]
    public async Task Open_cases_of_the_register_become_a_conclusion_of_annex_3_in_the_editor()
    {
        DutyCases.Open(_host, 0);
        DutyCases.Open(_host, 1);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        var address = $"/providers/{Bin}/unconfirmed-conclusion?contract=C-18";
        Assert.Contains("unconfirmed-conclusion?contract=C-18", await expert.GetAsync($"/providers/{Bin}/limits"), StringComparison.Ordinal);
        var facts = Facts("C-18", "2026-10-01", "2026-10-31");
        var (_, lacking) = await expert.SendAsync(address, address, [.. facts.Where(f => f.Name != "head"), ("signer", "3"), ("go", "write")]);
        Assert.Contains("Түркістан, Үлгі көшесі, 1", lacking, StringComparison.Ordinal);

        var (path, _) = await expert.SendAsync(address, address, [.. facts, ("signer", "3"), ("go", "write")]);

        var conclusion = _host.Work.Store.Cases("conclusion", 0, 10).Single();
        Assert.Equal($"/conclusions/{conclusion.Id}", path.Split('?')[0]);
        Assert.Equal((ConclusionForm.UnconfirmedCases, 2), (_host.Work.Store.ConclusionOf(conclusion.Id)!.Head.Form, _host.Work.Store.ConclusionOf(conclusion.Id)!.Current.Lines.Count));
        Assert.Empty(_host.Work.Store.NotConcluded(DutyCases.Provider, "C-18"));
    }

    [Fact]
    [Proves("MON-321:49")]
    public async Task A_conclusion_on_mortality_is_written_beside_its_form_and_put_to_the_case()
    {
        var death = DutyCases.DeathOf(_host, 0);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        Assert.Contains($"/deaths/{death}\"", await expert.GetAsync("/duties?kind=death"), StringComparison.Ordinal);
        await expert.SendAsync($"/deaths/{death}", $"/deaths/{death}", ("department", "реанимация"), ("go", "save"));
        var kept = await expert.GetAsync($"/deaths/{death}");
        Assert.Equal(2, kept.Split("реанимация").Length - 1);
        var (_, stale) = await expert.SendAsync($"/deaths/{death}", $"/deaths/{death}", ("version", "0"), ("department", "басқа бөлімше"), ("go", "save"));
        Assert.Contains("басқа бөлімше", stale, StringComparison.Ordinal);
        var (_, lacking) = await expert.SendAsync($"/deaths/{death}", $"/deaths/{death}", ("department", "реанимация"), ("go", "conclude"));
        // The page with what is wrong shows the patient again, and that is a look.
        Assert.Contains(_host.Desk.Journal.Newest(3), e => e.Act == "AnswerSeen" && e.Subject == $"deaths/{death}");
        Assert.Contains("annex 5 lacks data", lacking, StringComparison.OrdinalIgnoreCase);

        await expert.SendAsync(
            $"/deaths/{death}", $"/deaths/{death}", ("department", "реанимация"), ("anamnesis", "ауыр"), ("examination", "ауыр"), ("investigations", "талдаулар"), ("plan", "терапия"), ("conclusions", "асқыну"), ("recommendations", "бақылау"),
            ("expert-0-name", "Сарапшыев А."), ("expert-0-position", "неонатолог"), ("go", "conclude"));

        Assert.True(_host.Services.GetRequiredService<ProceedingStore>().Find(death)!.HasConclusion);
        var code = _host.Work.Deaths.PaperOf(death)!.Code;
        Assert.Contains($"href=\"/deaths/{death}\"", await expert.GetAsync($"/papers/{code}"), StringComparison.Ordinal);
        Assert.Contains($"/papers/{code}", await expert.GetAsync($"/deaths/{death}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/deaths/{death}\"", await expert.GetAsync("/duties"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:53")]
    public async Task A_latent_defect_is_noted_on_a_paid_service_told_and_monitored()
    {
        var line = DutyCases.Line(_host, 0);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        var address = $"/providers/{Bin}/latent-defect";
        Assert.Contains("no such line", await expert.GetAsync(address + "?line=none"), StringComparison.Ordinal);
        (string, string)[] sent = [("service", line.Service.ToString(null, null)), ("code", "6.2"), ("paid", "2026-10-20"), ("sum", "1 000,50"), ("what", "картада жазба жоқ")];
        var (_, whole) = await expert.SendAsync($"{address}?line={line.Line}", address, sent);
        Assert.Contains("картада жазба жоқ", whole, StringComparison.Ordinal);

        var (path, _) = await expert.SendAsync($"{address}?line={line.Line}", address, [.. sent, ("broken", "1")]);
        await expert.SendAsync(path, path + "/notice", ("channel", "system"));
        var (_, without) = await expert.SendAsync(path, path + "/monitoring", ("ground", "ContractBreached"), ("facts", "картада жазба жоқ"));
        Assert.Contains("role=\"alert\"", without, StringComparison.Ordinal);
        await expert.SendAsync(path, path + "/monitoring", ("ground", "ContractBreached"), ("facts", "картада жазба жоқ"), ("team", "3"));

        var state = _host.Work.Store.LatentOf(_host.Work.Store.Cases("latent", 0, 10).Single().Id)!;
        Assert.Equal((LatentStage.InMonitoring, 100_050, new DateOnly(2026, 11, 2)), (state.Stage, state.Facts.Sum!.Value.Tiyn, state.NotifiedOn!.Value));
        Assert.Contains($"/monitorings/{state.Monitoring}\"", await expert.GetAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:39")]
    public async Task A_conclusion_on_hiv_care_goes_from_the_list_through_the_editor()
    {
        _host.Records.Query("UPDATE known_service SET care_form = 'hiv' WHERE service_id = $1 RETURNING service_id", r => r.Long(0), DutyCases.Line(_host, 0).Service);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        var address = $"/providers/{Bin}/hiv-conclusion";
        Assert.Contains(address, await expert.GetAsync("/duties?kind=hiv"), StringComparison.Ordinal);
        Assert.Contains("value=\"2026-10-31\"", await expert.GetAsync(address), StringComparison.Ordinal);
        var (_, unsigned) = await expert.SendAsync(address, address, [.. Facts("C-18", "2026-10-01", "2026-10-31"), ("go", "write")]);
        Assert.Contains("role=\"alert\"", unsigned, StringComparison.Ordinal);

        await expert.SendAsync(address, address, [.. Facts("C-18", "2026-10-01", "2026-10-31"), ("signer", "3"), ("go", "write")]);

        var conclusion = _host.Work.Store.Cases("conclusion", 0, 10).Single();
        Assert.Equal("39", _host.Work.Store.ConclusionOf(conclusion.Id)!.Head.Basis.Paragraph);
        Assert.DoesNotContain(address, await expert.GetAsync("/duties"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_a_branch_its_own_region_what_ends_first_on_top_and_goes_as_a_spreadsheet()
    {
        var quarter = DutyCases.Quarter(_host);
        var latent = DutyCases.Latent(_host, 1);
        var region = _host.Work.RegionOf(DutyCases.Provider) == "55" ? "61" : "55";
        _host.Work.Store.FallDue("Q-elsewhere", BranchReports.Quarter(region, new(2026, 7, 1), _host.Work.Now, _host.Work.Terms));
        var other = _host.Work.Store.CaseOf("report", "Q-elsewhere")!.Id;
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var central = await OfficeReader.OfAsync(_host, Role.CentralExpert);

        var own = await expert.GetAsync("/duties");
        Assert.DoesNotContain($"/reports/{other}\"", own + await expert.GetAsync("/duties?region=" + region), StringComparison.Ordinal);
        Assert.True(own.IndexOf($"/reports/{quarter}\"", StringComparison.Ordinal) < own.IndexOf($"/latent/{latent}\"", StringComparison.Ordinal));
        var all = await central.GetAsync("/duties");
        Assert.Contains($"/reports/{other}\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain($"/reports/{quarter}\"", await central.GetAsync("/duties?region=" + region), StringComparison.Ordinal);

        using var answer = await expert.AnswerAsync("/duties.xlsx?kind=latent&lang=en");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var book = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        using var sheet = new StreamReader(book.Entries.First(e => e.FullName.Contains("sheet", StringComparison.Ordinal) && e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Open());
        var cells = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Latent defect", cells, StringComparison.Ordinal);
        Assert.DoesNotContain("Q-", cells, StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Facts(string contract, string from, string to) =>
    [
        ("head", "Басшыев М. Ү."), ("addresses", "Түркістан, Үлгі көшесі, 1"), ("contracts", "1"), ("contract-0-number", contract), ("contract-0-on", "2025-12-28"), ("contract-0-sum", "2 500 000"), ("care", "мамандандырылған көмек"),
        ("from", from), ("to", to), ("conducted-from", "2026-11-01"), ("conducted-to", "2026-11-02"), ("recommendations", "Ұстап қалу ұсынылады."),
    ];
}
