using System.Text.RegularExpressions;
using Kepil.Fund.Desk;
using UglyToad.PdfPig;
using Xunit;

namespace Kepil.Tests.Browser;

/// <summary>What comes out of the printer: a paper of the order as a PDF of the browser, without the head and the buttons of the page.</summary>
public sealed class PrintTests(VisitHost host)
{
    [Fact]
    public async Task A_conclusion_is_printed_on_A4_with_the_words_of_its_annex_its_values_and_its_code_and_nothing_of_the_page()
    {
        await using var reader = await host.ReaderAsync("kk", Role.BranchExpert);
        var page = await reader.NewPageAsync();
        await page.GotoAsync(host.Named("/papers/PAPER"));
        var shown = await page.Locator("main article.paper").InnerTextAsync();

        var file = Path.Combine(Directory.CreateTempSubdirectory("kepil-print-").FullName, "paper.pdf");
        await page.PdfAsync(new() { Path = file, PreferCSSPageSize = true });
        using var paper = PdfDocument.Open(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Directory.Delete(Path.GetDirectoryName(file)!, true);
        var sheets = paper.GetPages().ToList();

        Assert.All(sheets, s => Assert.Equal((595, 842), ((int)Math.Round(s.Width), (int)Math.Round(s.Height))));
        Assert.InRange(sheets.Count, 2, 4);
        var printed = Bare(string.Concat(sheets.Select(s => s.Text)));
        Assert.All(sheets, s => Assert.Contains(Bare($"{s.Number}-бет / {sheets.Count}"), Bare(s.Text), StringComparison.Ordinal));
        foreach (var words in new[] { "4-қосымша", "сатып алу шарты", "К-17/26", host.Named("PAPER") })
        {
            Assert.Contains(Bare(words), printed, StringComparison.OrdinalIgnoreCase);
        }

        // Each word of the form that is on the page is on paper too.
        var missing = Regex.Matches(shown, @"\p{L}{4,}").Select(m => m.Value).Distinct().Where(w => !printed.Contains(w, StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(missing.Count == 0, string.Join(", ", missing));
        foreach (var words in new[] { "Қарау үстелі", "ҚАЗ РУС", "Басып шығару", "Іздеу" })
        {
            Assert.DoesNotContain(Bare(words), printed, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Text as it is compared: without the breaks of lines and words that a sheet makes.</summary>
    private static string Bare(string text) => Regex.Replace(text, @"[\s\u00AD\u00A0\u202F]|-(?=\s*\n)", "");
}
