using Kepil.Fund.Pages;
using Kepil.Fund.Purchase;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Purchase;

/// <summary>The plan of a campaign out to a spreadsheet and in again.</summary>
public sealed class PlanFileTests
{
    private static readonly PlannedPurchase[] Plan =
    [
        new(1, "61", CareForm.Drg, "mams", "кардиология", 1_000, new(100_000_001)), new(2, "61", CareForm.Phc, "tmkkk", null, 480_000, new(1)), new(3, "10", CareForm.BedDay, "tmkkk", null, 7, Money.OfTenge(250_000_000_000L)),
    ];

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    [InlineData("en")]
    public void What_goes_out_comes_in_again_in_every_language(string language)
    {
        var (plan, faults) = Read(PlanFile.Of(Plan, TheLaw.Book, PageLanguage.Of(language), []));

        Assert.Empty(faults);
        Assert.Equal(Plan, plan);
    }

    [Fact]
    public void Every_wrong_cell_is_named()
    {
        var kazakh = PageLanguage.Kazakh;
        List<string> head = [.. new[] { "Visits.Region", "Col.Form", "Col.Package", "Purchase.Group", "Purchase.Volume", "Purchase.Sum" }.Select(h => kazakh[h])];
        var (plan, faults) = Read(new(head,
            [
                ["61", "drg", "mams", null, 10L, new Money(500)], ["99", "drg", "mams", null, 10L, new Money(500)], ["Түркістан облысы", "drg", "mams", null, 10L, new Money(500)],
                ["61", "hospital", "МӘМС", null, 0L, new Money(0)], ["61", "phc", "other", null, "1,5", "many"],
            ], [], [10, 10, 10, 10, 10, 10], kazakh, "x"));

        Assert.Single(plan);
        Assert.Equal(["A3 Region", "A4 Twice", "B5 Form", "E5 Volume", "F5 Sum", "C6 Package", "E6 Volume", "F6 Sum"], faults.Select(f => $"{f.Cell} {f.Key.Split('.')[^1]}"));
    }

    [Fact]
    public void A_file_without_heads_or_rows_says_so()
    {
        Assert.Equal("Purchase.Fault.Empty", Read(PlanFile.Of([], TheLaw.Book, PageLanguage.Kazakh, [])).Faults.Single().Key);
        Assert.Equal("Purchase.Fault.Heads", Read(new(["a", "b"], [["61", "drg"]], [], [10, 10], PageLanguage.Kazakh, "x")).Faults.Single().Key);
    }

    [Fact]
    public void What_is_no_workbook_is_told()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "61;drg;mams");
            Assert.Equal("Purchase.Fault.File", PlanFile.Read(path, TheLaw.Book.Regions).Faults.Single().Key);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (IReadOnlyList<PlannedPurchase> Plan, IReadOnlyList<PlanFault> Faults) Read(FindingSheet sheet)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, sheet.ToXlsx());
            return PlanFile.Read(path, TheLaw.Book.Regions);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
