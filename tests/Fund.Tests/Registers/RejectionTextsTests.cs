using System.Text;
using System.Text.RegularExpressions;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>What people read about rejected rows.</summary>
public sealed partial class RejectionTextsTests
{
    [Fact]
    public void Every_reason_says_in_three_languages_what_is_wrong_and_how_to_mend_it()
    {
        Assert.All(RejectionTexts.Reasons, reason =>
        {
            var text = RejectionTexts.Of(reason, new Dictionary<string, string>());
            foreach (var wording in new[] { text.Wrong, text.Mend })
            {
                Assert.All(new[] { wording.Kk, wording.Ru, wording.En }, Assert.NotEmpty);
                Assert.Equal(Names(wording.Kk), Names(wording.Ru));
                Assert.Equal(Names(wording.Kk), Names(wording.En));
            }
        });
    }

    [Fact]
    public void Missing_columns_are_named_in_the_readers_language()
    {
        var (outcome, _) = RegisterFiles.Read("ID услуги;ИИН пациента;Код услуги;Количество;Сумма;Диагноз\n");
        Assert.Equal("columns_missing", outcome.Refusal!.Reason);
        var text = RejectionTexts.Of(outcome.Refusal);
        Assert.Contains("қызмет көрсетілген күн / шығару күні", text.Kk, StringComparison.Ordinal);
        Assert.Contains("дата оказания услуги / дата выписки", text.Ru, StringComparison.Ordinal);
    }

    [Fact]
    public void The_errors_can_be_downloaded_and_opened_without_running_anything()
    {
        Rejection[] rejections = [new("r.csv", 29, "C", "=head", "=HYPERLINK(\"http://x\")", "formula_injection", new Dictionary<string, string>())];
        using var csv = new MemoryStream();
        RejectionReport.WriteCsv(csv, rejections, "ru");
        Assert.Equal([0xEF, 0xBB, 0xBF], csv.ToArray()[..3]);
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\"", Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);

        using var xlsx = new MemoryStream();
        RejectionReport.WriteXlsx(xlsx, rejections, "kk");
        var path = Path.Combine(RegisterFiles.Folder(), "errors.xlsx");
        File.WriteAllBytes(path, xlsx.ToArray());
        using var parts = new WorkbookParts(path);
        parts.ReadBook();
        using var table = new XlsxTable(parts, 0);
        var row = new TableRow();
        Assert.True(table.Read(row));
        Assert.Equal("Ұяшық", row.Texts()[2]);
        Assert.True(table.Read(row));
        Assert.Equal(["r.csv", "29", "C29", "=head", "=HYPERLINK(\"http://x\")"], row.Texts()[..5]);
        Assert.Equal(CellKind.Text, row.Kind(4));
    }

    private static IEnumerable<string> Names(string text) => Braces().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex("{[a-z]+}")]
    private static partial Regex Braces();
}
