using System.Net;
using System.Text;
using Kepil.Fund;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>The public page that says whether a document is genuine.</summary>
public sealed class DocumentPageTests : IAsyncLifetime
{
    private readonly FundFolder _folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-documents-").FullName, "sqlite");
    private readonly SetClock _clock = new(TrialAuthority.At);
    private readonly SampleRecords _records = new(true);
    private readonly HttpClient _http = new();
    private WebApplication? _app;
    private DocumentStore? _store;

    public async ValueTask InitializeAsync()
    {
        _store = new DocumentStore(_folder.Accounts, _folder.Path, _clock, "https://qor.example");
        using var context = _folder.Accounts.Context();
        _app = FundWeb.Build(["--urls", "http://127.0.0.1:0"], _records, TheLaw.Book, [], new DeskStore(DeskSource.Of(context), _clock));
        DocumentEndpoints.Map(_app, _store, _clock);
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app!.DisposeAsync();
        _records.Dispose();
        Directory.Delete(_folder.Path, true);
    }

    [Theory]
    [InlineData("kk", "Құжатты Қор шығарған")]
    [InlineData("ru", "Документ выдан Фондом")]
    [InlineData("en", "The document was issued by the Fund")]
    public async Task A_genuine_document_is_told_in_three_languages_without_a_person(string language, string genuine)
    {
        var issued = Issue();
        _store!.RegisterPaper(issued.Code, 1, SigningSide.Provider, new(Encoding.UTF8.GetBytes("скан"), SampleForms.On, "Басшыев Мұрат Үлгіұлы", "«Үлгі» қалалық емханасы", 42), new(Acquaintance.WithObjections, ["құпия қарсылық"]));

        var html = await _http.GetStringAsync($"/documents/{issued.Code}?lang={language}", TestContext.Current.CancellationToken);

        Assert.Contains(genuine, html, StringComparison.Ordinal);
        Assert.All(new[] { issued.Entry.Number.ToString(), issued.Version.DocxHash, "ab12cd", "«Үлгі» қалалық емханасы", "Б. М. Ү." }, t => Assert.Contains(t, html, StringComparison.Ordinal));
        Assert.All(new[] { "Басшыев", "Үлгіев", "құпия", "900101300017", "К-17", "190140000018" }, t => Assert.DoesNotContain(t, html, StringComparison.Ordinal));
        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_not_found_and_who_asks_too_often_get_the_same_answer()
    {
        var issued = Issue();
        var path = $"/documents/{CheckCode.Draw()}";
        var (status, vain) = await Get(path);
        for (var i = 1; i < LookupThrottle.Most; i++)
        {
            Assert.Equal((status, vain), await Get(path));
        }

        // Now the address is held back: what exists answers like what does not.
        var (held, hidden) = await Get($"/documents/{issued.Code}");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal((HttpStatusCode.NotFound, vain.Replace(path, $"/documents/{issued.Code}", StringComparison.Ordinal)), (held, hidden));
        Assert.Equal((status, vain), await Get(path));

        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, (await Get($"/documents/{issued.Code}")).Status);
    }

    [Fact]
    public async Task A_text_that_is_no_code_is_not_found_either()
    {
        foreach (var path in new[] { "/documents/x", "/documents/" + new string('A', 900), "/documents/..%2F..%2Fetc", "/documents/%00", "/documents/'--" })
        {
            Assert.Contains((await Get(path)).Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        }
    }

    [Fact]
    public async Task A_file_is_compared_with_every_version()
    {
        var issued = Issue();
        var (docx, xlsx) = (_store!.Files.Read(issued.Version.DocxHash), _store.Files.Read(issued.Version.XlsxHash));

        Assert.Contains("дәл келеді", await Compare(issued, docx), StringComparison.Ordinal);
        Assert.Contains("дәл келеді", await Compare(issued, xlsx), StringComparison.Ordinal);
        docx[50] ^= 1;
        Assert.Contains("ешбір нұсқасына сәйкес келмейді", await Compare(issued, docx), StringComparison.Ordinal);
        docx[50] ^= 1;
        _store.Correct(issued.Code, SampleForms.On, 7, "түзету", "", (SampleForms.Unconfirmed with { Basis = "түзетілді" }).ToForm);
        Assert.Contains("шынайы, бірақ ескі", await Compare(issued, docx), StringComparison.Ordinal);
        Assert.Contains("Файл таңдалмаған", await Compare(issued, []), StringComparison.Ordinal);
        Assert.Contains("Файл таңдалмаған", await Compare(issued, new byte[21 << 20]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_leads_to_the_document()
    {
        var issued = Issue();
        var answer = await _http.GetAsync(new Uri($"/documents?code={issued.Code.ToString().ToLowerInvariant()}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith("/documents/" + issued.Code, answer.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Get("/documents")).Status);
    }

    private StoredDocument Issue() =>
        _store!.Issue(DocumentKind.UnconfirmedCaseConclusion, "19", SampleForms.On, "m-1", SampleForms.Bin, 7, "ab12cd", SampleForms.Unconfirmed.ToForm);

    private async Task<(HttpStatusCode Status, string Html)> Get(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> Compare(StoredDocument document, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "құжат.docx" } };
        using var answer = await _http.PostAsync(new Uri($"/documents/{document.Code}", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
