using DocumentFormat.OpenXml.Packaging;
using Kepil.Fund.Desk;
using Kepil.Fund.Oversight;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Tests.Desk;
using Kepil.Tests.Duties;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Kepil.Tests.Unscheduled;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Oversight;

/// <summary>The auditor's list of who looked at a person and why holds a look of every kind, whatever a later run numbered anew.</summary>
public sealed class PersonLooksTests
{
    [Fact]
    public async Task Every_kind_of_look_at_a_person_stands_in_the_list_with_the_reason_that_was_typed_after_a_run_numbered_the_findings_anew()
    {
        await using var host = await PagesHost.StartAsync(clock: new MovedClock(TrialCase.Moment("2026-11-02")));
        var (store, work) = (host.Services.GetRequiredService<ProceedingStore>(), host.Work);
        var service = host.Records.Query("SELECT f.service_id FROM finding AS f WHERE f.provider_id = $1 AND f.month = DATE '2026-10-01' ORDER BY f.finding_id LIMIT 1", r => r.Long(0), DutyCases.Provider)[0];
        var place = Enumerable.Range(0, 60).First(i => DutyCases.Line(host, i).Service == service || i == 59);
        service = DutyCases.Line(host, place).Service;
        var person = host.Records.Query("SELECT person_id FROM known_service WHERE service_id = $1", r => r.Long(0), service)[0];
        var (number, other) = (PageLanguage.Identity(person), Enumerable.Range(0, 60).First(i => PersonOf(host, i) != person));

        Reviews.ReviewCases.AddExpert(host, "Қараушы", "10");

        // His case, a latent defect, a report and a conclusion of his; and a case of somebody else.
        var latent = DutyCases.Latent(host, place);
        var (review, strange) = (DutyCases.Show(host, place), DutyCases.Show(host, other));
        Reviews.ReviewCases.Object(host, [review, strange]);
        var region = work.RegionOf(DutyCases.Provider)!;
        work.Store.FallDue("S-1", BranchReports.Quarter(region, new(2026, 7, 1), work.Now, work.Terms) with { Kind = ReportKind.StateBody, Subject = review });
        var report = work.Store.CaseOf("report", "S-1")!.Id;
        var monitoring = VisitCases.Open(host);
        var concluded = work.Conclude(
            new(null, "user:3", "look", "conclusion", "hash", work.Now), new(host.Desk.Find(VisitCases.Expert), true, null), monitoring, DutyCases.Provider,
            new("045/2026", CaseSamples.SentFacts, [new("К-1", "К-1", person, new(2026, 9, 3), "specialist", ["6.2"], 50_000, false, false)], [], null), "kk").Receipt.CaseId;
        work.Papers.MakeAll();
        var paper = work.Papers.ConclusionOf(concluded)!.Code.ToString();
        var foreign = VisitCases.Open(host);

        using var expert = await host.ReaderAsync(VisitCases.Expert);
        using var reviewer = await host.ReaderAsync(store.Find(review)!.Reviewer);
        var finding = host.Records.Query("SELECT finding_id FROM finding WHERE person_id = $1 ORDER BY 1 LIMIT 1", r => r.Long(0), person);
        string[] looks =
        [
            .. finding.Select(f => $"findings/{f}"), $"latent/{latent}", $"reports/{report}", $"monitorings/{monitoring}", $"conclusions/{concluded}", $"papers/{paper}",
        ];
        foreach (var look in looks.Append($"monitorings/{foreign}"))
        {
            using var seen = await expert.GetAsync(new Uri("/" + look, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(seen.IsSuccessStatusCode, $"{look}: {seen.StatusCode}");
        }

        using var opened = await PagesHost.SendAsync(reviewer, $"/desk/{review}", $"/desk/{review}/person", ("why", "салыстыру үшін"));
        Assert.Contains(number, await opened.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var of = await host.ReaderAsync(store.Find(strange)!.Reviewer);
        using var stranger = await of.GetAsync(new Uri($"/desk/{strange}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(stranger.IsSuccessStatusCode);
        host.Desk.Journal.Append("user:3", "DeathSeen", $"deaths/{review}");
        host.Desk.Journal.Append("user:3", "PaperTaken", $"office/{review}/papers/ab12");
        host.Desk.Journal.Append("user:3", "InsuranceSeen", "people/" + number, new { query = "?day=2026-10-01&why=citizen" });
        host.Desk.Journal.Append("user:3", "InsuranceSeen", "person:" + number, new { why = "debt" });
        host.Desk.Journal.Append("user:3", "EntitlementSeen", "person:" + number, new { care = "specialist" });

        // A run of today gives the findings of the person other numbers.
        host.Records.Query("UPDATE finding SET finding_id = finding_id + 5000000000 WHERE person_id = $1", r => r.Long(0), person);
        using var auditor = await host.ReaderAsync(Role.Auditor);
        var html = await auditor.GetStringAsync($"/journal?person={number}&lang=kk", TestContext.Current.CancellationToken);
        var rows = html[html.IndexOf("<tbody>", StringComparison.Ordinal)..];

        foreach (var look in looks.Where(l => !l.StartsWith("findings/", StringComparison.Ordinal)).Concat([$"desk/{review}", $"deaths/{review}", $"office/{review}/papers/ab12", "people/" + number, "person:" + number]))
        {
            Assert.Contains($">{look}</td>", rows, StringComparison.Ordinal);
        }

        Assert.All(["салыстыру үшін", "азаматтың өзі өтініш білдірді", "жарна мен берешекті салыстыру"], why => Assert.Contains(why, rows, StringComparison.Ordinal));
        Assert.DoesNotContain($">desk/{strange}</td>", rows, StringComparison.Ordinal);
        Assert.DoesNotContain($">monitorings/{foreign}</td>", rows, StringComparison.Ordinal);

        // The file holds what the page holds, by the same filter, and the number of the person in no cell but the subjects.
        var sheet = TextOf(await auditor.GetByteArrayAsync($"/journal.xlsx?person={number}&act=PersonOpened&lang=kk", TestContext.Current.CancellationToken));
        Assert.Contains("салыстыру үшін", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain($"deaths/{review}", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain(number, sheet, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_that_a_later_run_took_away_is_known_by_its_line()
    {
        using var trial = new Inbox.TrialInbox();
        using var records = new SampleRecords();
        var (service, person) = records.Query("SELECT service_id, person_id FROM known_service ORDER BY service_id LIMIT 1", r => (r.Long(0), r.Long(1)))[0];
        var gone = FormattableString.Invariant($"findings/{(service * Kepil.Monitoring.FindingSums.FindingsOfLine) + 7}");
        trial.Desk.Journal.Append("user:1", "FindingSeen", gone);
        trial.Desk.Journal.Append("user:1", "FindingSeen", FormattableString.Invariant($"findings/{(service - 1) * Kepil.Monitoring.FindingSums.FindingsOfLine}"));

        var subjects = PersonSubjects.Of(person, records, ProceedingStore.Of(trial.Desk), trial.Desk, []);

        Assert.Equal([gone], subjects.Keys.Where(s => s.StartsWith("findings/", StringComparison.Ordinal)).Except(records.Query("SELECT finding_id FROM finding WHERE person_id = $1", r => FormattableString.Invariant($"findings/{r.Long(0)}"), person)));
    }

    private static long PersonOf(PagesHost host, int place) => host.Records.Query("SELECT person_id FROM known_service WHERE service_id = $1", r => r.Long(0), DutyCases.Line(host, place).Service)[0];

    private static string TextOf(byte[] book)
    {
        using var read = SpreadsheetDocument.Open(new MemoryStream(book), false);
        return string.Join('\n', read.WorkbookPart!.WorksheetParts.Select(p => p.Worksheet!.InnerText).Append(read.WorkbookPart.SharedStringTablePart?.SharedStringTable?.InnerText ?? ""));
    }
}
