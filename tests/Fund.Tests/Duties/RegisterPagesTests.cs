using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Kepil.Fund.Desk;
using Kepil.Tests.Desk;
using Kepil.Tests.Documents;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Duties;

/// <summary>The register of unconfirmed cases on its page, in its files and as its paper.</summary>
public sealed class RegisterPagesTests : IAsyncLifetime
{
    private const string Month = "/registers/61/2026-11";

    /// <summary>The heads of annex 2 as the order prints them, in its order.</summary>
    private static readonly string[] Heads =
    [
        "Р/с №", "Өңір", "Медициналық ұйымның БСН-і", "Медициналық ұйымның атауы", "Картаның нөмірі", "Жеке сәйкестендіру нөмірі (ЖСН)", "Қызмет көрсету күні (шығару күні)",
        "Медициналық көрсетілетін қызметтің (көмектің) құны", "Қызметтің ID", "Растау (анықтау) күні",
    ];

    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(clock: _clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("MON-321:A2")]
    public async Task The_register_of_a_month_is_seen_and_taken_in_the_columns_of_its_annex()
    {
        DutyCases.Open(_host, 0);
        DutyCases.Open(_host, 1);
        var rows = _host.Work.Store.Register();
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);

        Assert.Contains("href=\"/registers\"", await expert.GetAsync("/duties"), StringComparison.Ordinal);
        Assert.Contains($"href=\"{Month}\"", await expert.GetAsync("/registers"), StringComparison.Ordinal);
        var page = ReadBack.Html(await expert.GetAsync(Month));
        Assert.Equal(Heads, page.Where(Heads.Contains));
        Assert.All(rows, r => Assert.All((string[])[r.Card, r.PersonId.ToString("D12", null), r.Service, r.Cost.Digits()], word => Assert.Contains(word, page)));
        Assert.Contains(_host.Desk.Journal.Newest(3), e => e is { Act: "RegisterSeen", Subject: "registers/61/2026-11" });

        var docx = ReadBack.Docx(await TakenAsync(expert, "docx"));
        Assert.All(rows, r => Assert.Contains(docx, l => l.Contains(r.PersonId.ToString("D12", null), StringComparison.Ordinal)));
        using var book = SpreadsheetDocument.Open(new MemoryStream(await TakenAsync(expert, "xlsx")), false);
        var lines = book.WorkbookPart!.WorksheetParts.Select(p => p.Worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToList()).ToList()).Single(l => l[0].SequenceEqual(Heads));
        Assert.Equal(
            rows.Select((r, i) => (string[])[$"{i + 1}", "Түркістан облысы", DutyCases.Provider.ToString("D12", null), r.ProviderName, r.Card, r.PersonId.ToString("D12", null), r.Service]),
            lines.Skip(2).Take(rows.Count).Select(l => (string[])[.. l[..6], l[8]]));
        Assert.Equal(rows.Sum(r => r.Cost.Tiyn), lines.Skip(2).Take(rows.Count).Sum(l => (long)(decimal.Parse(l[7], System.Globalization.CultureInfo.InvariantCulture) * 100)));
        Assert.Contains(_host.Desk.Journal.Newest(3), e => e is { Act: "RegisterTaken", Subject: "registers/61/2026-11/register.xlsx" });
    }

    [Fact]
    [Proves("MON-321:A2")]
    public async Task The_page_is_the_paper_while_the_paper_holds_and_says_so_when_a_row_came_later()
    {
        DutyCases.Open(_host, 0);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);

        Assert.All(await expert.PressTwiceAsync(Month, Month + "/paper"), p => Assert.Equal(Month, p.Path.Split('?')[0]));
        var paper = _host.Work.Registers.PaperOf("61", new(2026, 11, 1))!;
        Assert.Equal(1, paper.Version.Version);
        Assert.Contains(paper.Code.ToString(), string.Concat(ReadBack.Html(await expert.GetAsync(Month))), StringComparison.Ordinal);
        Assert.Equal(_host.Work.Documents.Files.Read(paper.Version.DocxHash), await TakenAsync(expert, "docx"));
        Assert.Contains($"href=\"{Month}\"", await expert.GetAsync($"/papers/{paper.Code}"), StringComparison.Ordinal);

        DutyCases.Open(_host, 1);
        Assert.Contains("has changed since paper", await expert.GetAsync(Month), StringComparison.Ordinal);
        var file = ReadBack.Docx(await TakenAsync(expert, "docx"));
        Assert.DoesNotContain(file, l => l.Contains(paper.Code.ToString(), StringComparison.Ordinal));
        Assert.All(_host.Work.Store.Register(), r => Assert.Contains(file, l => l.Contains(r.Service, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_branch_sees_its_own_register_alone_and_an_address_of_no_month_is_not_found()
    {
        DutyCases.Open(_host, 0);
        using var expert = await OfficeReader.OfAsync(_host, Role.BranchExpert);
        using var central = await OfficeReader.OfAsync(_host, Role.CentralExpert);
        using var provider = await OfficeReader.OfAsync(_host);

        Assert.Contains($"href=\"{Month}\"", await expert.GetAsync("/registers?region=55"), StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{Month}\"", await central.GetAsync("/registers?region=55"), StringComparison.Ordinal);
        foreach (var (reader, path, status) in new[]
        {
            (expert, "/registers/55/2026-11", HttpStatusCode.Forbidden), (provider, Month, HttpStatusCode.Forbidden), (provider, Month + "/register.xlsx", HttpStatusCode.Forbidden), (central, "/registers/55/2026-11", HttpStatusCode.OK),
            (central, "/registers/61/2026-13", HttpStatusCode.NotFound), (central, "/registers/61/2026-12", HttpStatusCode.NotFound), (central, "/registers/99/2026-11", HttpStatusCode.NotFound), (central, Month + "/register.pdf", HttpStatusCode.NotFound),
        })
        {
            using var answer = await reader.AnswerAsync(path);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    private static async Task<byte[]> TakenAsync(OfficeReader reader, string format)
    {
        using var answer = await reader.AnswerAsync($"{Month}/register.{format}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Empty(ReadBack.Complaints(bytes, format == "xlsx"));
        return bytes;
    }
}
