using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>The desk of a reviewer, without a browser and so without scripts.</summary>
public sealed class ReviewDeskTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;
    private DeskUser _first = null!;
    private DeskUser _second = null!;
    private IReadOnlyList<long> _cases = [];

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        _first = ReviewCases.AddExpert(_host, "Алғашқы Қараушы", "10");
        _second = ReviewCases.AddExpert(_host, "Екінші Қараушы", "35");
        _cases = ReviewCases.Open(_host, 8);
        ReviewCases.Object(_host, _cases);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    [Proves("MON-321:28")]
    public async Task Each_sees_his_own_cases_alone_what_ends_first_at_the_top()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var page = await PageAsync(reader, "/desk");
        var own = ReviewCases.StoreOf(_host).QueueOf(_first.Id, 100).Select(p => p.Id).ToList();

        Assert.NotEmpty(own);
        Assert.Equal(own, page.QuerySelectorAll("tr[data-case]").Select(r => long.Parse(r.GetAttribute("data-case")!, CultureInfo.InvariantCulture)));
        Assert.Equal(own.Count.ToString(CultureInfo.InvariantCulture), page.QuerySelector(".views a[aria-current] .count")!.TextContent);
        using var foreign = await reader.GetAsync(new Uri($"/desk/{_cases.Except(own).First()}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task A_late_case_stands_above_one_that_ends_today()
    {
        var store = ReviewCases.StoreOf(_host);
        var watch = new ProceedingWatch(store, _clock, _ => ReviewCases.TermsOf(_host));
        while (store.QueueOf(_first.Id, 100).Concat(store.QueueOf(_second.Id, 100)).All(p => !p.IsOverdue))
        {
            _clock.Move(TimeSpan.FromDays(1));
            watch.Run();
        }

        var late = store.QueueOf(_first.Id, 100).Concat(store.QueueOf(_second.Id, 100)).First(p => p.IsOverdue);
        var fresh = ReviewCases.Open(_host, 8, 8);
        ReviewCases.Object(_host, fresh);
        using var reader = await _host.ReaderAsync(late.Reviewer);

        var order = (await PageAsync(reader, "/desk")).QuerySelectorAll("tr[data-case]").Select(r => r.QuerySelector(".due.over") is not null).ToList();

        Assert.Contains(true, order);
        Assert.Contains(false, order);
        Assert.Equal(order.OrderByDescending(o => o), order);
    }

    [Fact]
    [Proves("MON-321:31")]
    [Proves("MON-321:31.2")]
    public async Task A_decision_leads_to_the_next_case_waits_and_is_sent_by_the_watch()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];

        var page = await DecideAsync(reader, id, "confirm", "Жазба қызметті растамайды.");

        Assert.Equal(Stage.FirstReview, ReviewCases.StoreOf(_host).Find(id)!.Stage);
        Assert.Empty(page.QuerySelectorAll($"tr[data-case='{id}']"));
        Assert.Equal(Own(_first)[1].ToString(CultureInfo.InvariantCulture), page.QuerySelector("#panes")!.GetAttribute("data-case"));
        _clock.Move(TimeSpan.FromSeconds(16));
        ReviewCases.Watch(_host);
        ReviewCases.Watch(_host);
        Assert.Equal(Stage.AwaitingRepeat, ReviewCases.StoreOf(_host).Find(id)!.Stage);
        Assert.Single(ReviewCases.StoreOf(_host).History(id).OfType<CaseDecided>());
    }

    [Fact]
    public async Task Until_it_is_sent_a_decision_can_be_undone_and_the_journal_keeps_both()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];
        var page = await DecideAsync(reader, id, "confirm", "Жазба қызметті растамайды.");
        var batch = page.QuerySelector(".waiting input[name=batch]")!.GetAttribute("value")!;

        var undone = await SendAsync(reader, "/desk", "/desk/undo", ("batch", batch));
        _clock.Move(TimeSpan.FromSeconds(60));
        ReviewCases.Watch(_host);
        var late = await SendAsync(reader, "/desk", "/desk/undo", ("batch", batch));

        Assert.Equal("Жазба қызметті растамайды.", undone.QuerySelector("textarea[name=reasons]")!.TextContent);
        Assert.Equal(Stage.FirstReview, ReviewCases.StoreOf(_host).Find(id)!.Stage);
        Assert.Contains("Кеш", late.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["DecisionsTaken", "DecisionsUndone"], _host.Desk.Journal.Read().Select(e => e.Act).Where(a => a.StartsWith("Decisions", StringComparison.Ordinal)));
    }

    [Fact]
    [Proves("MON-321:43.2")]
    public async Task An_undone_decision_is_there_again_whole_with_its_code_and_its_files()
    {
        var store = ReviewCases.StoreOf(_host);
        var id = Assert.Single(ReviewCases.Open(_host, 1, skip: 8, Death.InfantInpatient));
        using (var db = store.Context())
        {
            // No algorithm pointed at this death.
            var row = db.Proceedings.Find(id)!;
            (row.Code, row.AtRisk) = ("", 0);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var state = store.Find(id)!;
        var terms = ReviewCases.TermsOf(_host);
        var edition = terms.Law.Classification.On(LocalDay.Of(state.DetectedAt));
        var code = edition.Rows.First(r => edition.Resolve(r.Code, state.Form, terms.Policies).Value is Cell.Percent).Code;
        using var reader = await _host.ReaderAsync(state.Reviewer);
        var page = await PageAsync(reader, $"/desk/{id}");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[]
        {
            ("__RequestVerificationToken", page.QuerySelector(".decision input[name=__RequestVerificationToken]")!.GetAttribute("value")!), ("version", page.QuerySelector("input[name=version]")!.GetAttribute("value")!),
            ("reasons", "Патологоанатомиялық қорытынды сәйкес емес."), ("code", code), ("outcome", "confirm"),
        })
        {
            form.Add(new StringContent(value), name);
        }

        using var file = new ByteArrayContent("%PDF-1.4 autopsy"u8.ToArray());
        form.Add(file, "files", "autopsy.pdf");
        using var decided = await reader.PostAsync(new Uri($"/desk/{id}/decision", UriKind.Relative), form, TestContext.Current.CancellationToken);
        var waiting = Assert.Single(store.WaitingOf(state.Reviewer));

        var undone = await SendAsync(reader, "/desk", "/desk/undo", ("batch", waiting.Batch.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(("Патологоанатомиялық қорытынды сәйкес емес.", code), (undone.QuerySelector("textarea[name=reasons]")!.TextContent, undone.QuerySelector("#code")!.GetAttribute("value")));
        var kept = undone.QuerySelector("input[name=kept]")!;
        Assert.Contains("autopsy.pdf", kept.ParentElement!.TextContent, StringComparison.Ordinal);
        await SendAsync(reader, $"/desk/{id}", $"/desk/{id}/decision",
            ("version", undone.QuerySelector("input[name=version]")!.GetAttribute("value")!), ("reasons", "Сол негіздеме."), ("code", code), ("kept", kept.GetAttribute("value")!), ("outcome", "confirm"));
        var again = Assert.Single(store.WaitingOf(state.Reviewer));
        Assert.Equal(("autopsy.pdf", waiting.Files[0].Hash), (again.Files[0].Name, again.Files[0].Hash));
    }

    [Fact]
    [Proves("MON-321:9.1")]
    public async Task A_term_that_became_longer_meanwhile_stops_no_decision()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];
        var version = (await PageAsync(reader, $"/desk/{id}")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        var store = ReviewCases.StoreOf(_host);
        var at = _clock.GetUtcNow();
        var longer = new Terms(TheLaw.Book, LocalDay.Of(at), [new(TrialCase.Moment("2026-11-03 00:00"), TrialCase.Moment("2026-11-03 11:00"), "7", new(2026, 11, 3))]);
        Assert.True(store.CountOutages(at, longer) > 0);

        await SendAsync(reader, "/desk", $"/desk/{id}/decision", ("version", version), ("reasons", "Жазба растамайды."), ("outcome", "confirm"));
        _clock.Move(TimeSpan.FromSeconds(16));
        store.SendDue(_clock.GetUtcNow(), longer);

        Assert.IsType<TermExtended>(store.History(id)[^2]);
        Assert.Equal(Stage.AwaitingRepeat, store.Find(id)!.Stage);
    }

    [Fact]
    [Proves("MON-321:5")]
    [Proves("MON-321:42")]
    public async Task The_branch_asks_primary_care_for_the_records_of_an_infant_death_and_waits_for_them()
    {
        var id = Assert.Single(ReviewCases.Open(_host, 1, skip: 8, Death.InfantOutpatient));
        var lies = ReviewCases.StoreOf(_host).Find(id)!;
        using var reader = await _host.ReaderAsync(lies.Reviewer);

        // The page of a death is one press away, whether its conclusion is owed or not.
        Assert.NotNull((await PageAsync(reader, $"/desk/{id}")).QuerySelector($"a[href='/deaths/{id}']"));
        using var death = await reader.GetAsync(new Uri($"/deaths/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, death.StatusCode);
        await SendAsync(reader, $"/desk/{id}", $"/desk/{id}/request", [("what", "Баланың даму тарихының көшірмесін жіберіңіз.")]);

        Assert.Equal((Stage.BranchReview, "61"), (lies.Stage, lies.ReviewerRegion));
        Assert.Equal(Stage.AwaitingDocuments, ReviewCases.StoreOf(_host).Find(id)!.Stage);
        Assert.Equal("Баланың даму тарихының көшірмесін жіберіңіз.", Assert.Single(ReviewCases.StoreOf(_host).History(id).OfType<DocumentsRequested>()).Reasons);
    }

    [Fact]
    public async Task Without_a_pressed_button_nothing_is_decided_and_the_reasons_stay()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];

        var page = await DecideAsync(reader, id, "", "Жазба қызметті растамайды.");

        Assert.Contains("Шешімді таңдаңыз", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Жазба қызметті растамайды.", page.QuerySelector("textarea[name=reasons]")!.TextContent);
        Assert.Empty(ReviewCases.StoreOf(_host).WaitingOf(_first.Id));
    }

    [Fact]
    public async Task Without_reasons_nothing_is_decided()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var page = await DecideAsync(reader, Own(_first)[0], "confirm", " ");

        Assert.Contains("Дәлелді негіздеме жазылмаған", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(ReviewCases.StoreOf(_host).WaitingOf(_first.Id));
    }

    [Fact]
    public async Task A_case_that_changed_meanwhile_is_not_decided_and_what_was_written_stays()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];
        var version = (await PageAsync(reader, $"/desk/{id}")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        var at = _clock.GetUtcNow();
        Assert.False(ReviewCases.StoreOf(_host).Act(id, new WithdrawObjection(new(Party.Provider, 1, "61"), at, at, "қателік"), ReviewCases.TermsOf(_host), "system").IsRefused);
        ReviewCases.Object(_host, [id]);
        Assert.Equal(_first.Id, await WithAsync(id, _first.Id));

        var page = await SendAsync(reader, "/desk", $"/desk/{id}/decision", ("version", version), ("reasons", "Бұрынғы күйі бойынша."), ("outcome", "reject"));

        Assert.Contains("Іс осы арада өзгерді", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Бұрынғы күйі бойынша.", page.QuerySelector("textarea[name=reasons]")!.TextContent);
        Assert.Empty(ReviewCases.StoreOf(_host).WaitingOf(_first.Id));
    }

    [Fact]
    [Proves("MON-321:33")]
    public async Task The_second_reviewer_sees_nothing_of_the_first()
    {
        var id = Own(_first)[0];
        ReviewCases.Decide(_host, id, false, "Құжат жоқ.", new Paper(new string('a', 64), "Алғашқы Қараушы қорытындысы.pdf"));
        ReviewCases.Object(_host, [id], new Paper(new string('b', 64), "epikriz.pdf"));
        Assert.Equal(_second.Id, ReviewCases.StoreOf(_host).Find(id)!.Reviewer);
        using var reader = await _host.ReaderAsync(_second.Id);

        var html = await reader.GetStringAsync($"/desk/{id}", TestContext.Current.CancellationToken);

        Assert.Contains("Құжат жоқ.", html, StringComparison.Ordinal);
        Assert.Contains("epikriz.pdf", html, StringComparison.Ordinal);
        Assert.Contains("1-құжат.pdf", html, StringComparison.Ordinal);
        foreach (var told in new[] { "Алғашқы", _first.SignInName, $"user:{_first.Id}", "Абай облысы" })
        {
            Assert.DoesNotContain(told, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_number_of_a_person_is_shown_to_who_says_why_and_the_journal_has_the_reason()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];
        var line = ReviewCases.StoreOf(_host).Find(id)!.LineId;
        var person = _host.Records.Query("SELECT person_id FROM known_service WHERE service_id = $1", r => r.Long(0), line)[0].ToString("D12", CultureInfo.InvariantCulture);
        Assert.DoesNotContain(person, await reader.GetStringAsync($"/desk/{id}", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var page = await SendAsync(reader, $"/desk/{id}", $"/desk/{id}/person", ("why", "құжаттағы нөмірмен салыстыру"));

        Assert.Contains(person, page.QuerySelector(".record")!.TextContent, StringComparison.Ordinal);
        var noted = _host.Desk.Journal.Newest(5).First(e => e.Act == "PersonOpened");
        Assert.Equal(($"desk/{id}", _first.Actor), (noted.Subject, noted.Actor));
        Assert.Contains("салыстыру", System.Text.RegularExpressions.Regex.Unescape(noted.Detail!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_kept_and_another_window_does_not_write_over_it()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var id = Own(_first)[0];
        await SendAsync(reader, $"/desk/{id}", $"/desk/{id}/draft", ("since", "0"), ("reasons", "бірінші терезе"));
        var other = await SendAsync(reader, $"/desk/{id}", $"/desk/{id}/draft", ("since", "0"), ("reasons", "екінші терезе"));

        Assert.Contains("басқа терезеде", other.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("бірінші терезе", (await PageAsync(reader, $"/desk/{id}")).QuerySelector("textarea[name=reasons]")!.TextContent);
    }

    [Fact]
    public async Task Several_cases_are_decided_by_one_justification_less_the_exceptions()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var cases = Own(_first).Take(3).ToList();
        var address = $"/desk/bulk?case={string.Join("&case=", cases)}";
        var page = await PageAsync(reader, address);
        var fields = page.QuerySelectorAll("input[type=hidden][name^=version]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToList();
        var sum = cases.Take(2).Sum(c => ReviewCases.StoreOf(_host).Find(c)!.AtRisk);

        (string, string)[] taken = [.. fields, ("take", $"{cases[0]}"), ("take", $"{cases[1]}"), ("reasons", "Жазбалар растамайды.")];
        var counted = await SendAsync(reader, address, address, [.. taken, ("outcome", "recount")]);
        Assert.Equal(Kepil.Fund.Pages.PageLanguage.Kazakh.Sum(sum), counted.QuerySelector("tfoot .sum")!.TextContent);
        await SendAsync(reader, address, address, [.. taken, ("outcome", "confirm"), ("confirmed", "1")]);

        Assert.Equal(cases.Take(2).Order(), ReviewCases.StoreOf(_host).WaitingOf(_first.Id).Select(w => w.ProceedingId).Order());
    }

    [Fact]
    public async Task One_case_that_changed_stops_the_decision_on_all()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var cases = Own(_first).Take(2).ToList();
        var address = $"/desk/bulk?case={string.Join("&case=", cases)}";
        var fields = (await PageAsync(reader, address)).QuerySelectorAll("input[type=hidden][name^=version]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToList();
        fields[1] = (fields[1].Item1, "1");

        var page = await SendAsync(reader, address, address, [.. fields, ("take", $"{cases[0]}"), ("take", $"{cases[1]}"), ("reasons", "Жазбалар растамайды."), ("outcome", "confirm"), ("confirmed", "1")]);

        Assert.Contains("ешқайсысы шешілмеді", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(ReviewCases.StoreOf(_host).WaitingOf(_first.Id));
    }

    [Fact]
    public async Task A_large_sum_is_confirmed_a_second_time()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var store = ReviewCases.StoreOf(_host);
        var cases = Own(_first);
        using (var db = store.Context())
        {
            var row = db.Proceedings.Find(cases[0])!;
            row.AtRisk = 200_000_000;
            db.SaveChanges();
        }

        var address = $"/desk/bulk?case={cases[0]}";
        var fields = (await PageAsync(reader, address)).QuerySelectorAll("input[type=hidden][name^=version]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToList();
        (string, string)[] sent = [.. fields, ("take", $"{cases[0]}"), ("reasons", "Жазбалар растамайды."), ("outcome", "confirm")];
        var asked = await SendAsync(reader, address, address, sent);

        Assert.NotNull(asked.QuerySelector("input[name=confirmed]"));
        Assert.Empty(store.WaitingOf(_first.Id));
        await SendAsync(reader, address, address, [.. sent, ("confirmed", "1")]);
        Assert.Single(store.WaitingOf(_first.Id));
    }

    [Fact]
    public async Task A_kept_view_holds_the_filter_of_the_address()
    {
        using var reader = await _host.ReaderAsync(_first.Id);
        var page = await SendAsync(reader, "/desk", "/desk/views?view=first&code=5.1", ("name", "Қайтыс болғаннан кейін"));

        var kept = Assert.Single(page.QuerySelectorAll(".views .own"));
        Assert.Equal("/desk?view=first&code=5.1", kept.GetAttribute("href"));
        Assert.StartsWith("Қайтыс болғаннан кейін", kept.TextContent, StringComparison.Ordinal);
    }

    private List<long> Own(DeskUser user) => [.. ReviewCases.StoreOf(_host).QueueOf(user.Id, 100).Select(p => p.Id)];

    /// <summary>Puts the case into the hands of an expert, whomever the draw named.</summary>
    private async Task<long> WithAsync(long id, long user)
    {
        using var db = ReviewCases.StoreOf(_host).Context();
        var row = (await db.Proceedings.FindAsync([id], TestContext.Current.CancellationToken))!;
        row.Reviewer = user;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return row.Reviewer.Value;
    }

    private static async Task<IDocument> DecideAsync(HttpClient reader, long id, string outcome, string reasons)
    {
        var version = (await PageAsync(reader, $"/desk/{id}")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        return await SendAsync(reader, $"/desk/{id}", $"/desk/{id}/decision", ("version", version), ("reasons", reasons), ("outcome", outcome));
    }

    private static async Task<IDocument> PageAsync(HttpClient reader, string path) =>
        new HtmlParser().ParseDocument(await reader.GetStringAsync(path, TestContext.Current.CancellationToken));

    private static async Task<IDocument> SendAsync(HttpClient reader, string page, string action, params (string, string)[] fields)
    {
        using var answer = await PagesHost.SendAsync(reader, page, action, fields);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
