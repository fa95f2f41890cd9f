using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Office;
using Kepil.Tests.Reviews;
using Kepil.Tests.Unscheduled;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>Views that people keep, with how much each holds, and the files that say the same as a page.</summary>
public sealed class KeptViewTests : IAsyncLifetime
{
    private PagesHost? _host;

    private PagesHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync();

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    [Fact]
    public async Task A_view_of_the_queue_tells_how_many_cases_it_holds_and_its_file_holds_as_many()
    {
        var expert = ReviewCases.AddExpert(Host, "keeper", "10");
        ReviewCases.Object(Host, ReviewCases.Open(Host, 12));
        using var reader = await Host.ReaderAsync(expert.Id);
        var all = await reader.GetStringAsync("/desk?lang=kk", TestContext.Current.CancellationToken);
        var code = Regex.Match(all, "<option value=\"(\\d+\\.\\d)\"").Groups[1].Value;
        var held = await RowsAsync(reader, $"/desk?code={code}", "<tr [^>]*data-case=");

        using var kept = await PagesHost.SendAsync(reader, "/desk", $"/desk/views?code={code}", ("name", "Менің көрінісім"));

        Assert.InRange(held, 1, 11);
        Assert.Matches($"class=\"own\"[^>]*>Менің көрінісім <span class=\"count\">{held}</span>", await reader.GetStringAsync("/desk", TestContext.Current.CancellationToken));
        var (rows, about) = await SheetAsync(reader, $"/desk/queue.xlsx?code={code}");
        Assert.Equal(held + 1, rows);
        Assert.Contains(code, about, StringComparison.Ordinal);
        Assert.Contains("keeper", about, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_of_the_inbox_is_kept_for_its_reader_alone_and_without_what_was_searched_for()
    {
        SampleCases.Open(Host);
        using var head = await Host.ReaderAsync(Role.ProviderHead);
        using var clerk = await Host.ReaderAsync(Role.ProviderClerk);
        var held = Regex.Match(await head.GetStringAsync("/office?view=answer&code=3.1&lang=kk", TestContext.Current.CancellationToken), "view=answer[^>]*aria-current=\"true\"[^>]*><span>[^<]*</span> <strong>([^<]+)</strong>").Groups[1].Value;

        using var kept = await PagesHost.SendAsync(head, "/office?view=answer&code=3.1&q=800101300016", "/office/views", ("name", "3.1 бойынша"), ("view", "answer"), ("code", "3.1"), ("q", "800101300016"));

        Assert.NotEqual("", held);
        var page = await head.GetStringAsync("/office", TestContext.Current.CancellationToken);
        Assert.Contains($"<a href=\"/office?view=answer&amp;code=3.1\" class=\"own\"><span>3.1 бойынша</span> <strong>{held}</strong>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("3.1 бойынша", await clerk.GetStringAsync("/office", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var gone = await PagesHost.SendAsync(head, "/office", "/office/views/remove", ("name", "3.1 бойынша"));
        Assert.DoesNotContain("3.1 бойынша", await head.GetStringAsync("/office", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_is_taken_as_a_file_with_the_same_search_and_that_is_noted()
    {
        using var auditor = await Host.ReaderAsync(Role.Auditor);
        var found = Host.Desk.Journal.Find(new("system", null, null, null, null), 1000).Count;

        var (rows, about) = await SheetAsync(auditor, "/journal.xlsx?who=system&lang=kk");

        Assert.Equal(found + 1, rows);
        Assert.Contains("Аудитор", about, StringComparison.Ordinal);
        Assert.Equal("JournalTaken", Host.Desk.Journal.Newest(1)[0].Act);
    }

    [Fact]
    public async Task Months_rules_monitorings_and_conclusions_are_taken_as_files_that_hold_what_the_page_shows()
    {
        VisitCases.Conclude(Host, VisitCases.Open(Host));
        VisitCases.Open(Host);
        var sent = VisitCases.Received(Host);
        using var central = await Host.ReaderAsync(Role.CentralExpert);
        using var provider = await Host.ReaderAsync(Role.ProviderHead);
        async Task HoldsAsync(HttpClient reader, string page, string pattern, string file, params string[] words)
        {
            var shown = await RowsAsync(reader, page, pattern);
            var (rows, all) = await SheetAsync(reader, file);
            Assert.True(shown > 0, page);
            Assert.Equal(shown + 1, rows);
            Assert.All(words.Append("UTC+05:00"), w => Assert.Contains(w, all, StringComparison.Ordinal));
        }

        await HoldsAsync(central, "/monitorings?view=open&lang=kk", "<th scope=\"row\" class=\"code\"", "/monitorings.xlsx?view=open", "Орталық аппарат сарапшысы", "тәуекел", Host.Work.Store.CaseOf(sent)!.Number);
        await HoldsAsync(central, "/monitorings?view=provider", "<th scope=\"row\" class=\"code\"", "/monitorings.xlsx?view=provider", "Өнім берушіні күтуде");
        Assert.Equal("MonitoringsTaken", Host.Desk.Journal.Newest(1)[0].Act);
        await HoldsAsync(central, "/rules", "href=\"/rules/", "/rules.xlsx", "5.1-service-after-death");
        var named = await RowsAsync(central, "/months/2026-10?name=190140000018", "<a href=\"/months/2026-10/providers/\\d{12}\"");
        var (kept, words) = await SheetAsync(central, "/months/2026-10/providers.xlsx?name=190140000018");
        Assert.Equal((1, 2), (named, kept));
        Assert.Contains("190140000018", words, StringComparison.Ordinal);
        await HoldsAsync(provider, "/office/conclusions", "href=\"/office/conclusions/\\d+\"", "/office/conclusions.xlsx", Host.Work.Store.CaseOf(sent)!.Number, "190140000018");
        Assert.Equal("ConclusionsTaken", Host.Desk.Journal.Newest(1)[0].Act);
    }

    [Fact]
    public async Task Outages_openings_and_registers_that_were_handed_in_are_taken_as_files_and_that_is_noted()
    {
        var now = Host.Work.Now;
        Host.Services.GetRequiredService<OutageStore>().Enter(new(now.AddDays(-2), now.AddDays(-1), "17-02/5", LocalDay.Of(now)), "ақпараттық жүйе", "ақау", 6, now);
        Host.Services.GetRequiredService<DataOpenings>().Open(Host.Desk.Find((long)Role.BranchExpert + 1)!, 800101300016, "Прокуратураның № 12 сұрауы бойынша", 4, now.AddDays(2));
        using (var accounts = Host.Folder.Accounts.Context())
        {
            accounts.Submissions.AddRange(new[] { (1, SampleRecords.BigProvider, "қазан.csv", "ab12"), (2, 990_440_000_385, "бөтен.csv", "cd34") }.Select(f => new Submission
            {
                Id = f.Item1, FileName = f.Item3, FileHash = f.Item4, ProviderId = f.Item2, Month = SampleRecords.Month, Rows = 3, Accepted = 2, Rejected = 1, Billed = 1_000_050, ReceivedAt = now.ToUnixTimeMilliseconds(), Rejections = "",
            }));
            accounts.SaveChanges();
        }

        using var central = await Host.ReaderAsync(Role.CentralExpert);
        using var auditor = await Host.ReaderAsync(Role.Auditor);
        using var provider = await Host.ReaderAsync(Role.ProviderHead);
        foreach (var (reader, page, act, words) in new[]
        {
            (central, "/outages", "OutagesTaken", new[] { "17-02/5", "ақау", "Орталық аппарат сарапшысы" }), (auditor, "/access", "OpeningsTaken", ["Прокуратураның № 12", "Филиал сарапшысы", "Аудитор"]),
            (provider, "/office/registers", "RegistersTaken", ["қазан.csv", "ab12", "10000.5", "190140000018"]),
        })
        {
            Assert.Contains($"href=\"{page}.xlsx\"", await reader.GetStringAsync(page + "?lang=kk", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            var (rows, all) = await SheetAsync(reader, page + ".xlsx");
            Assert.Equal((page, 2), (page, rows));
            Assert.All(words.Append("UTC+05:00"), w => Assert.Contains(w, all, StringComparison.Ordinal));
            Assert.DoesNotContain("800101300016", all, StringComparison.Ordinal);
            Assert.DoesNotContain("бөтен", all, StringComparison.Ordinal);
            Assert.Equal(act, Host.Desk.Journal.Newest(1)[0].Act);
        }
    }

    private static async Task<int> RowsAsync(HttpClient reader, string address, string pattern) =>
        Regex.Matches(await reader.GetStringAsync(address, TestContext.Current.CancellationToken), pattern).Count;

    /// <summary>Rows of the first sheet, head included, and all words of the file.</summary>
    private static async Task<(int Rows, string Words)> SheetAsync(HttpClient reader, string address)
    {
        using var stream = new MemoryStream(await reader.GetByteArrayAsync(address, TestContext.Current.CancellationToken));
        using var book = SpreadsheetDocument.Open(stream, false);
        var sheets = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(s => ((WorksheetPart)book.WorkbookPart.GetPartById(s.Id!)).Worksheet!).ToList();
        return (sheets[0].Descendants<Row>().Count(), string.Join('\n', sheets.Select(s => s.InnerText)) + book.WorkbookPart.SharedStringTablePart?.SharedStringTable?.InnerText);
    }
}
