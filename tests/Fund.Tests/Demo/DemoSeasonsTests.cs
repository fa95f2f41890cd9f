using Kepil.Demo;
using Kepil.DuckDb;
using Xunit;

namespace Kepil.Tests.Demo;

/// <summary>The invented country falls ill by the calendar: two of its months differ as the table of seasons says.</summary>
public sealed class DemoSeasonsTests : IDisposable
{
    private static readonly DateOnly Winter = new(2026, 1, 1);
    private static readonly DateOnly Summer = new(2026, 7, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-seasons-").FullName;
    private readonly DuckDatabase _database = DuckDatabase.Open();
    private readonly DuckConnection _connection;

    public DemoSeasonsTests()
    {
        _connection = _database.Connect();
        foreach (var month in new[] { Winter, Summer })
        {
            var folder = Path.Combine(_folder, month.ToString("MMdd", System.Globalization.CultureInfo.InvariantCulture));
            new DemoCountry(new DemoSize(60_000) { Month = month, Clean = true }).WriteStaged(folder);
        }

        _connection.Execute($"CREATE TABLE line AS SELECT * FROM read_parquet('{Path.Combine(_folder, "*", "staged", "*", "*.parquet")}')");
    }

    [Fact]
    public void A_country_of_January_coughs_as_much_more_than_one_of_July_as_the_table_says()
    {
        // Beside illnesses of the same doctors that know no season.
        decimal Cough(DateOnly month) => Of($"month = DATE '{month:yyyy-MM-dd}' AND service_code = 'A01.003.000' AND diagnosis IN ('J06.9', 'J20.9')")
            / Of($"month = DATE '{month:yyyy-MM-dd}' AND service_code = 'A01.003.000' AND diagnosis IN ('I10', 'M54.5', 'K29.5', 'R51')");

        var told = (decimal)Seasons.ShareOf("J06.9", Winter) / Seasons.ShareOf("J06.9", Summer);
        Assert.True(told >= 3, $"{told}");
        Assert.InRange(Cough(Winter) / Cough(Summer), told * 0.8m, told * 1.25m);
    }

    [Fact]
    public void Screening_goes_by_campaigns_all_through_the_months_of_look_back()
    {
        // October is a month of the campaign, December is not; each day of the three months is as likely otherwise.
        decimal Screened(int month) => Of($"month = DATE '2025-{month}-01' AND service_code IN ('B09.863.021', 'B09.864.021', 'B09.865.021', 'B09.861.021', 'C03.017.016', 'B06.862.022', 'B06.490.010')");

        var told = (decimal)Seasons.ShareOfScreening(new(2025, 10, 1)) / Seasons.ShareOfScreening(new(2025, 12, 1));
        Assert.InRange(Screened(10) / Screened(12), told * 0.75m, told * 1.6m);
        Assert.True(Screened(11) > Screened(12));
    }

    [Fact]
    public void Visits_and_stays_stand_in_every_month_of_look_back()
    {
        foreach (var month in new[] { 4, 5, 6 })
        {
            Assert.True(Of($"month = DATE '2026-0{month}-01' AND care_form = 'drg'") > 100);
            Assert.True(Of($"month = DATE '2026-0{month}-01' AND care_form = 'phc' AND service_code LIKE 'A01%'") > 100);
        }
    }

    [Fact]
    public void Every_kind_of_the_table_keeps_about_a_hundred_over_the_year_and_reaches_a_diagnosis_of_the_country()
    {
        foreach (var code in new[] { "J06.9", "J18.0", "S52.5", "T20.2", "A09.0", "J30.1", "O80.0" })
        {
            var shares = Enumerable.Range(1, 12).Select(m => Seasons.ShareOf(code, new(2026, m, 15))).ToList();
            Assert.InRange(shares.Average(), 95, 110);
            Assert.True(shares.Max() > shares.Min());
            Assert.True(shares.Max() <= 200);
        }

        Assert.All(new[] { "I10", "J44.1", "T78.2", "O20.0" }, code => Assert.Equal(100, Seasons.ShareOf(code, Winter)));
        Assert.Equal(100, Seasons.ShareOf("J06.9", new(2019, 1, 1)));
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private decimal Of(string where) => Convert.ToDecimal(_connection.Scalar($"SELECT COUNT(*) FROM line WHERE {where}"), System.Globalization.CultureInfo.InvariantCulture);
}
