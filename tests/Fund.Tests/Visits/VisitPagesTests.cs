using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Desk;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Unscheduled;
using Xunit;

namespace Kepil.Tests.Visits;

/// <summary>The pages of unscheduled monitoring without scripts: each form does what its act does.</summary>
public sealed class VisitPagesTests : IAsyncLifetime
{
    private static readonly byte[] Scan = "%PDF-1.7 scan"u8.ToArray();

    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(clock: _clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_reply_is_kept_without_scripts_by_all_who_write_it_and_a_phrase_is_its_reason()
    {
        var id = VisitCases.Objected(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var head = await OfficeReader.OfAsync(_host, Role.BranchHead);
        var (path, act) = ($"/conclusions/{id}", $"/conclusions/{id}/consideration");

        await expert.SendAsync(path, act, ("go", "save"), ("reasons", "Жартылай жазылды"));
        Assert.Contains("Жартылай жазылды", await head.GetAsync(path), StringComparison.Ordinal);
        // The expert's page is older than what the head saves: nothing of it is lost unseen.
        await head.SendAsync(path, act, ("go", "save"), ("reasons", "Басшы толықтырды"));
        var late = await expert.SendAsync(path, act, ("go", "save"), ("version", "1"), ("reasons", "Кеш жазылды"));
        Assert.Contains("role=\"alert\"", late.Html, StringComparison.Ordinal);
        Assert.Contains("Басшы толықтырды", await head.GetAsync(path), StringComparison.Ordinal);

        await head.SendAsync(path, act, ("phrase", "kk2"), ("reasons", ""), ("keep-0", "1"), ("sum-0", "1 000,00"), ("keep-clause-0", "1"), ("penalty-0", "0"));
        Assert.Equal("Қарсылықта анықталған фактіні жоққа шығаратын дерек келтірілмеген.", _host.Work.Store.ConclusionOf(id)!.Reasons);
        Assert.DoesNotContain("Басшы толықтырды", await head.GetAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_provider_has_a_view_of_what_ends_today()
    {
        var id = VisitCases.Received(_host);
        var number = _host.Work.Store.CaseOf(id)!.Number;
        using var head = await OfficeReader.OfAsync(_host, Role.ProviderHead);
        Assert.DoesNotContain(number, await head.GetAsync("/office/conclusions?view=today"), StringComparison.Ordinal);

        _clock.Move(_host.Work.Store.ConclusionOf(id)!.Next!.Term.EndsAt.AddHours(-2) - _clock.GetUtcNow());
        using var later = await OfficeReader.OfAsync(_host, Role.ProviderHead);
        var page = await later.GetAsync("/office/conclusions?view=today");
        Assert.Contains($"/office/conclusions/{id}", page, StringComparison.Ordinal);
        Assert.Contains("/office/conclusions.xlsx?view=today", page, StringComparison.Ordinal);

        _clock.Move(TimeSpan.FromHours(3));
        Assert.DoesNotContain($"/office/conclusions/{id}", await later.GetAsync("/office/conclusions?view=today"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:52.1")]
    public async Task An_anonymous_appeal_is_noted_and_its_page_says_that_no_monitoring_is_conducted()
    {
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);

        var (path, html) = await expert.SendAsync(
            "/monitorings/new/190140000018?ground=ConsumerAppeal", "/monitorings/new/190140000018",
            ("number", "ӨТ-1"), ("registered", "2026-11-02"), ("from", "natural_person"), ("substance", "ақы сұрайды"), ("team", "3"));

        Assert.StartsWith("/monitorings/1", path, StringComparison.Ordinal);
        Assert.Contains("No monitoring is conducted", html, StringComparison.Ordinal);
        Assert.Equal(MonitoringStage.NotConducted, _host.Work.Store.MonitoringOf(1)!.Stage);
    }

    [Fact]
    [Proves("MON-321:14")]
    [Proves("MON-321:51.6")]
    public async Task What_analysis_found_before_payment_opens_monitoring_with_its_finding()
    {
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        const string Form = "/monitorings/new/190140000018?ground=ContractBreached";
        const string To = "/monitorings/new/190140000018";
        foreach (var (service, code, sum) in new[] { ("К-17/26", "", "1000"), ("", "6.1", "1000"), ("К-17/26", "6.1", "-1") })
        {
            var (_, refused) = await expert.SendAsync(Form, To, ("facts", "бір күнде екі рет"), ("service", service), ("code", code), ("sum", sum), ("team", "3"));
            Assert.Contains("role=\"alert\"", refused, StringComparison.Ordinal);
        }

        var (path, html) = await expert.SendAsync(Form, To, ("facts", "бір күнде екі рет"), ("service", "К-17/26"), ("code", "6.1"), ("sum", "1 000,50"), ("team", "3"));

        Assert.StartsWith("/monitorings/1", path, StringComparison.Ordinal);
        Assert.Contains("бір күнде екі рет", html, StringComparison.Ordinal);
        var finding = Assert.Single(_host.Work.Store.MonitoringEvents(1).OfType<AdditionalFound>()).Finding;
        Assert.Equal(("К-17/26", "6.1", 100_050L), (finding.Service, finding.Code, finding.Sum.Tiyn));
        Assert.Equal(OpeningGround.ContractBreached, _host.Work.Store.MonitoringOf(1)!.Opening);
    }

    [Fact]
    public async Task What_is_not_taken_stays_on_the_page_with_its_reason()
    {
        var id = VisitCases.Open(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);

        var (_, html) = await expert.SendAsync($"/monitorings/{id}", $"/monitorings/{id}/visits", ("on", "2026-11-02"), ("place", "Кентау, Үлгі көшесі, 14"), ("person", "3"));

        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains("Кентау, Үлгі көшесі, 14", html, StringComparison.Ordinal);
        Assert.Empty(_host.Work.Store.MonitoringOf(id)!.Visits);
    }

    [Fact]
    [Proves("MON-321:5")]
    [Proves("MON-321:6.3")]
    public async Task A_written_request_is_answered_with_files_in_the_office()
    {
        var id = VisitCases.Open(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var provider = await OfficeReader.OfAsync(_host);
        await expert.SendAsync($"/monitorings/{id}", $"/monitorings/{id}/requests", ("what", "К-17/26 картасы"), ("channel", "system"));
        Assert.Contains("К-17/26 картасы", await provider.GetAsync("/office/conclusions"), StringComparison.Ordinal);

        await provider.BringAsync($"/office/monitorings/{id}", $"/office/monitorings/{id}/documents", "paper", "карта.pdf", Scan, ("request", "1"));

        var request = Assert.Single(_host.Work.Store.MonitoringOf(id)!.Requests);
        Assert.Equal(("карта.pdf", new DateOnly(2026, 11, 2)), (Assert.Single(request.Papers).Name, request.AnsweredOn!.Value));
        Assert.Contains("карта.pdf", await expert.GetAsync($"/monitorings/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MON-321:56")]
    [Proves("MON-321:60")]
    public async Task A_provider_signs_with_objections_and_complains_after_the_reply()
    {
        var id = VisitCases.Received(_host);
        using var provider = await OfficeReader.OfAsync(_host);
        using var branch = await OfficeReader.OfAsync(_host, Role.BranchHead);
        await AnswerAsync(provider, id, ("objects", "yes"), ("list", "1. К-18/26 бойынша келіспейміз\n2. Айыпақы негізсіз"));
        Assert.Equal(["К-18/26 бойынша келіспейміз", "Айыпақы негізсіз"], _host.Work.Store.ConclusionOf(id)!.Objections);

        var (_, refused) = await branch.SendAsync($"/conclusions/{id}", $"/conclusions/{id}/consideration", ("reasons", "Қаралды"), ("keep-0", "1"), ("sum-0", "5 000,00"), ("keep-clause-0", "1"), ("penalty-0", "20 000"));
        Assert.Contains("drop a row or lessen its sum", refused, StringComparison.Ordinal);
        await branch.SendAsync($"/conclusions/{id}", $"/conclusions/{id}/consideration", ("reasons", "К-18/26 картада бар"), ("keep-0", "1"), ("sum-0", "1 000,00"), ("keep-clause-0", "1"), ("penalty-0", "20 000"));
        await branch.SendAsync($"/conclusions/{id}", $"/conclusions/{id}/reply");
        await provider.SendAsync($"/office/conclusions/{id}", $"/office/conclusions/{id}/appeal", ("number", "Ш-7"));

        var state = _host.Work.Store.ConclusionOf(id)!;
        Assert.Equal((ConclusionStage.Appealed, 100_000, 2_000_000), (state.Stage, state.Applied!.Withheld.Tiyn, state.Applied.Penalties.Tiyn));
    }

    [Fact]
    [Proves("MON-321:55")]
    [Proves("MON-321:56")]
    public async Task A_provider_signs_with_objection_first_and_its_page_asks_for_the_list_on_that_day()
    {
        var id = VisitCases.Received(_host);
        using var provider = await OfficeReader.OfAsync(_host);
        using var clerk = await OfficeReader.OfAsync(_host, Role.ProviderClerk);
        var (_, doubt) = await provider.SendAsync($"/office/conclusions/{id}/answer", $"/office/conclusions/{id}/answer", ("objects", "later"), ("list", "бар"), ("go", "next"));
        Assert.Contains("The list or files are here already", doubt, StringComparison.Ordinal);
        await AnswerAsync(provider, id, ("objects", "later"), ("list", ""));
        Assert.Equal(ConclusionStage.ListAwaited, _host.Work.Store.ConclusionOf(id)!.Stage);

        var page = await provider.GetAsync($"/office/conclusions/{id}");
        Assert.Contains("the list of objections is sent the same day, until 2\u00A0Nov, 24:00", page, StringComparison.Ordinal);
        Assert.Contains("A list sent later is taken until 5\u00A0Nov, 24:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"list\"", await clerk.GetAsync($"/office/conclusions/{id}"), StringComparison.Ordinal);
        var (_, refused) = await provider.SendAsync($"/office/conclusions/{id}", $"/office/conclusions/{id}/objection-list", ("list", " \n "));
        Assert.Contains("role=\"alert\"", refused, StringComparison.Ordinal);
        await provider.BringAsync($"/office/conclusions/{id}", $"/office/conclusions/{id}/objection-list", "paper", "карта.pdf", Scan, ("list", "1. К-18/26 бойынша келіспейміз"));

        var state = _host.Work.Store.ConclusionOf(id)!;
        Assert.Equal((ConclusionStage.Objected, false, "карта.pdf"), (state.Stage, state.ListWasLate, Assert.Single(state.ObjectionPapers).Name));
        Assert.Equal(["К-18/26 бойынша келіспейміз"], state.Objections);

        // Beside the provider's signature stands what it signed, by the hash of the very bytes, and the list that came apart.
        using var branch = await OfficeReader.OfAsync(_host, Role.BranchHead);
        var bytes = _host.Work.Papers.ConclusionOf(id)!.Version.DocxHash;
        Assert.Equal(bytes, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_host.Work.Documents.Files.Read(bytes))));
        foreach (var html in new[] { await branch.GetAsync($"/conclusions/{id}"), await provider.GetAsync($"/office/conclusions/{id}") })
        {
            var signed = html[html.IndexOf("id=\"signed\"", StringComparison.Ordinal)..];
            Assert.All(new[] { bytes, ".docx", "Өнім берушінің басшысы", "sent apart from the signature", "К-18/26 бойынша келіспейміз", "карта.pdf", state.ObjectionPapers[0].Hash }, told => Assert.Contains(told, signed, StringComparison.Ordinal));
        }
    }

    [Fact]
    [Proves("MON-321:56")]
    public async Task The_branch_notes_the_list_that_came_by_post_after_the_signature()
    {
        var id = VisitCases.Received(_host);
        VisitCases.Do(_host, id, new ObjectToConclusion(_host.Work.Now, new(Party.Provider, SampleRecords.BigProvider, ""), Channel.System, []));
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);

        await expert.SendAsync($"/conclusions/{id}", $"/conclusions/{id}/posted-objections", ("objections", "К-18/26"), ("posted", "2026-11-02"));

        Assert.Equal(ConclusionStage.Objected, _host.Work.Store.ConclusionOf(id)!.Stage);
    }

    [Fact]
    [Proves("MON-321:6.4")]
    [Proves("MON-321:6.5")]
    public async Task An_expert_notes_a_way_and_a_survey_and_others_do_not_read_who_was_asked()
    {
        var id = VisitCases.Open(_host);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var head = await OfficeReader.OfAsync(_host, Role.BranchHead);
        (string, string)[] asked = [("iin", "780505 300123"), ("way", "phone"), ("contact", "+7 701 000 00 00"), ("on", "2026-11-02"), ("question-1", "Сіз келдіңіз бе?"), ("answer-1", "Жоқ"), ("denies", "1")];

        await expert.SendAsync($"/monitorings/{id}", $"/monitorings/{id}/ways", ("way", "data_study"), ("what", "ауруханалар бюросының порталы"));
        var (_, wrong) = await expert.SendAsync($"/monitorings/{id}", $"/monitorings/{id}/surveys", [("iin", "78"), .. asked[1..]]);
        var (_, half) = await expert.SendAsync($"/monitorings/{id}", $"/monitorings/{id}/surveys", [.. asked, ("question-2", "Қашан?")]);
        await expert.SendAsync($"/monitorings/{id}", $"/monitorings/{id}/surveys", asked);

        Assert.Contains("An IIN has 12 digits.", wrong, StringComparison.Ordinal);
        Assert.Contains("an answer to each question", half, StringComparison.Ordinal);
        Assert.Contains("Қашан?", half, StringComparison.Ordinal);
        var state = _host.Work.Store.MonitoringOf(id)!;
        Assert.Equal((780505300123L, SurveyWay.Phone, true), (Assert.Single(state.Surveys).PersonId!.Value, state.Surveys[0].Way, state.Surveys[0].Denies));
        Assert.Equal([new("Сіз келдіңіз бе?", "Жоқ")], state.Surveys[0].Answers);
        Assert.Equal([MonitoringWay.FundSystem, MonitoringWay.DataStudy, MonitoringWay.PatientSurvey], state.Ways);
        var (own, others) = (await expert.GetAsync($"/monitorings/{id}"), await head.GetAsync($"/monitorings/{id}"));
        Assert.All(["780505300123", "+7 701 000 00 00"], secret => { Assert.Contains(secret, own, StringComparison.Ordinal); Assert.DoesNotContain(secret, others, StringComparison.Ordinal); });
        Assert.All(["ауруханалар бюросының порталы", "Сіз келдіңіз бе?", "A patient was asked"], told => Assert.Contains(told, others, StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_can_happen_in_a_case_has_words_in_three_languages()
    {
        var happens = new[] { typeof(MonitoringEvent), typeof(ConclusionEvent) }.SelectMany(t => t.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)).Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(a => "Step." + a.DerivedType.Name);

        Assert.All(happens, key => Assert.All([PageLanguage.Kazakh, PageLanguage.Russian, PageLanguage.English], language => Assert.NotEqual("–", language.WordOr(key, "–"))));
    }

    [Fact]
    [Proves("MON-321:59")]
    public async Task A_provider_that_signs_without_objection_has_accepted_and_sending_twice_is_one_act()
    {
        var id = VisitCases.Received(_host);
        using var provider = await OfficeReader.OfAsync(_host);
        await WriteAsync(provider, id, ("objects", "no"));

        var pressed = await provider.PressTwiceAsync($"/office/conclusions/{id}/signature", $"/office/conclusions/{id}/send");

        Assert.All(pressed, p => Assert.Contains("accepted without objections", p.Html, StringComparison.Ordinal));
        Assert.Equal(ConclusionStage.Accepted, _host.Work.Store.ConclusionOf(id)!.Stage);
        Assert.Single(_host.Work.Store.ConclusionEvents(id).OfType<SignedWithoutObjection>());
    }

    [Fact]
    [Proves("MON-321:9.1")]
    [Proves("MON-321:9.2")]
    public async Task An_outage_lengthens_terms_once_a_second_person_has_confirmed_it()
    {
        var id = VisitCases.Open(_host);
        var before = _host.Work.Store.MonitoringOf(id)!.Limit!.Last;
        _clock.Move(TimeSpan.FromDays(2));
        using var head = await OfficeReader.OfAsync(_host, Role.BranchHead);
        using var central = await OfficeReader.OfAsync(_host, Role.CentralExpert);
        await head.SendAsync("/outages", "/outages", ("from", "2026-11-03T09:00"), ("to", "2026-11-03T15:00"), ("number", "17-02/5"), ("letter-on", "2026-11-03"), ("systems", "ақпараттық жүйе"), ("reason", "ақау"));
        var (_, own) = await head.SendAsync("/outages", "/outages/1", ("decision", "confirm"));
        Assert.Contains("role=\"alert\"", own, StringComparison.Ordinal);
        Assert.Equal(before, _host.Work.Store.MonitoringOf(id)!.Limit!.Last);

        var (_, html) = await central.SendAsync("/outages?outage=1", "/outages/1", ("decision", "confirm"));

        Assert.Contains("Terms that became longer", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">late<", html, StringComparison.Ordinal);
        // Two persons have confirmed it: the letter is there, numbered, with the day that does not count.
        var letter = System.Net.WebUtility.HtmlDecode(await head.GetAsync("/outages/1/letter"));
        Assert.All(new[] { "17-02/5, 03.11.2026", "03.11.2026 09:00", "Рабочие дни, не входящие в срок", _host.Work.Outages.PaperOf(1)!.Code.ToString() }, part => Assert.Contains(part, letter, StringComparison.Ordinal));
        Assert.Equal(0, _host.Work.Outages.MakeAll());
        Assert.Equal(_host.Work.Terms.Calendar.AddWorkingDays(before, 1), _host.Work.Store.MonitoringOf(id)!.Limit!.Last);
    }

    [Fact]
    public async Task The_provider_reads_neither_facts_nor_drafts_nor_names_of_the_fund()
    {
        var id = VisitCases.Open(_host);
        VisitCases.Do(_host, id, new AskForDocuments(_host.Work.Now, VisitCases.Clerk(_host), "карта", Channel.System));
        var drafted = VisitCases.Conclude(_host, VisitCases.Open(_host));
        using var provider = await OfficeReader.OfAsync(_host);

        var pages = await provider.GetAsync("/office/conclusions") + await provider.GetAsync($"/office/monitorings/{id}");

        Assert.DoesNotContain("тәуекел картасы", pages, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Work.Store.CaseOf(drafted)!.Number, pages, StringComparison.Ordinal);
        Assert.DoesNotContain("Филиал сарапшысы", pages, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(OfficeReader provider, long id, params (string Name, string Value)[] answer)
    {
        await WriteAsync(provider, id, answer);
        await provider.SendAsync($"/office/conclusions/{id}/signature", $"/office/conclusions/{id}/send", ("way", "kept-scan"));
    }

    private static async Task WriteAsync(OfficeReader provider, long id, params (string Name, string Value)[] answer)
    {
        await provider.SendAsync($"/office/conclusions/{id}/answer", $"/office/conclusions/{id}/answer", [.. answer, ("go", "next")]);
        await provider.BringAsync($"/office/conclusions/{id}/signature", $"/office/conclusions/{id}/scan", "scan", "скан.pdf", Scan, ("signed-on", "2026-11-02"), ("name", "Өнім берушінің басшысы"), ("way", "paper"));
    }
}
