using System.Text;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Desk;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>Files of an objection beside the decision: a PDF and pictures are shown as what they are, everything that might act is only downloaded.</summary>
public sealed class ShownPaperTests : IAsyncLifetime
{
    private const string Html = "<!doctype html><script>parent.location='https://elsewhere.example'</script>";
    private const string Drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        ReviewCases.AddExpert(_host, "expert-10", "10");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_a_browser_may_show_is_framed_with_its_own_type_and_a_sandbox_and_hostile_files_are_only_downloaded()
    {
        var png = new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2 };
        (string Name, byte[] Content, string? Shown)[] files =
        [
            ("scan.pdf", "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj"u8.ToArray(), "application/pdf"), ("card.PNG", png, "image/png"), ("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1], "image/jpeg"),
            ("page.pdf", Encoding.UTF8.GetBytes(Html), null), ("late.pdf", Encoding.UTF8.GetBytes(Html + "%PDF-1.7"), null), ("drawing.svg", Encoding.UTF8.GetBytes(Drawing), null), ("drawing.png", Encoding.UTF8.GetBytes(Drawing), null),
            ("acts.pdf", "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"u8.ToArray(), null), ("starts.pdf", "%PDF-1.7\n<</S/Launch/F(cmd.exe)>>"u8.ToArray(), null),
            ("page.html", Encoding.UTF8.GetBytes(Html), null), ("empty.pdf", [], null), ("picture.pdf", [.. png, 3], null),
        ];
        var acts = new ProviderActs(_host.Folder, ReviewCases.StoreOf(_host));
        var papers = files.Select(f => acts.Keep(f.Name, f.Content, null, false)).ToArray();
        var id = ReviewCases.Open(_host, 1)[0];
        ReviewCases.Object(_host, [id], papers);
        using var reader = await _host.ReaderAsync(ReviewCases.StoreOf(_host).Find(id)!.Reviewer);
        using var page = await reader.GetAsync(new Uri($"/desk/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith("frame-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var ((name, content, shown), paper) in files.Zip(papers))
        {
            var address = $"/desk/{id}/papers/{paper.Hash}";
            using var answer = await reader.GetAsync(new Uri(address + "?show=1", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((name, shown ?? "application/octet-stream"), (name, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal(shown is null ? "attachment" : null, answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal(ShownPaper.Policy, answer.Headers.GetValues("Content-Security-Policy").Single());
            // Without scripts, and where the browser shows no PDF, the file is a link in the same place.
            Assert.Contains($"href=\"{address}\"", html, StringComparison.Ordinal);
            Assert.Equal(shown is not null, html.Contains($"src=\"{address}?show=1\"", StringComparison.Ordinal));
        }
    }
}
