using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using UglyToad.PdfPig;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>What comes out of the printer: a paper of the order as a PDF of the browser, without the head and the buttons of the page.</summary>
public sealed class PrintTests(VisitHost host)
{
    /// <param name="annex">The annex of the order whose form it is.</param>
    /// <param name="address">The page that is printed.</param>
    /// <param name="wide">The sheet lies on its side.</param>
    /// <param name="words">What stands in it, apart by a stroke.</param>
    [Theory]
    [InlineData(2, "/registers/61/MONTH", true, "Медициналық ұйымның БСН-і|Растау (анықтау) күні|190140000018|SERVED")]
    [InlineData(3, "/papers/ANNEX3", false, "расталмаған жағдайлар|ANNEX3")]
    [InlineData(4, "/papers/PAPER", false, "сатып алу шарты|К-17/26|PAPER")]
    [InlineData(5, "/papers/ANNEX5", false, "өлім|реанимация|ANNEX5")]
    public async Task A_form_of_the_order_is_printed_on_A4_with_the_words_of_its_annex_and_its_values_and_nothing_of_the_page(int annex, string address, bool wide, string words)
    {
        await using var reader = await host.ReaderAsync("kk", Role.BranchExpert);
        var page = await reader.NewPageAsync();
        await page.GotoAsync(host.Named(address));
        var shown = await page.Locator("main article.paper").InnerTextAsync();

        var file = Path.Combine(Directory.CreateTempSubdirectory("kepil-print-").FullName, "paper.pdf");
        await page.PdfAsync(new() { Path = file, PreferCSSPageSize = true });
        using var paper = PdfDocument.Open(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Directory.Delete(Path.GetDirectoryName(file)!, true);
        var sheets = paper.GetPages().ToList();

        Assert.All(sheets, s => Assert.Equal(wide ? (842, 595) : (595, 842), ((int)Math.Round(s.Width), (int)Math.Round(s.Height))));
        Assert.InRange(sheets.Count, 1, 4);
        var printed = Bare(string.Concat(sheets.Select(s => s.Text)));
        Assert.All(sheets, s => Assert.Contains(Bare($"{s.Number}-бет / {sheets.Count}"), Bare(s.Text), StringComparison.Ordinal));
        foreach (var told in words.Split('|').Select(host.Named).Prepend($"{annex}-қосымша"))
        {
            Assert.Contains(Bare(told), printed, StringComparison.OrdinalIgnoreCase);
        }

        // Each word of the form that is on the page is on paper too.
        var missing = Regex.Matches(shown, @"\p{L}{4,}").Select(m => m.Value).Distinct().Where(w => !printed.Contains(w, StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(missing.Count == 0, string.Join(", ", missing));
        foreach (var told in new[] { "Қарау үстелі", "ҚАЗ РУС", "Басып шығару", "Іздеу", "Құжатты қазір жасау" })
        {
            Assert.DoesNotContain(Bare(told), printed, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Text as it is compared: without the breaks of lines and words that a sheet makes.</summary>
    private static string Bare(string text) => Regex.Replace(text, @"[\s\u00AD\u00A0\u202F]|-(?=\s*\n)", "");
}
