using Kepil.DuckDb;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>Numbers leave the database exactly or not at all.</summary>
public sealed class DuckResultTests
{
    [Theory]
    [InlineData("9007199254740993", 9_007_199_254_740_993)]
    [InlineData("CAST('9007199254740993.00' AS DECIMAL(18, 2))", 9_007_199_254_740_993)]
    [InlineData("CAST(-5 AS HUGEINT)", -5)]
    public void A_whole_number_is_read_as_it_stands(string sql, long number) => Assert.Equal(number, Read(sql));

    [Theory]
    [InlineData("CAST(5 AS DOUBLE)")]
    [InlineData("CAST(5 AS FLOAT)")]
    [InlineData("7 / 2")]
    [InlineData("CAST('2.50' AS DECIMAL(18, 2))")]
    [InlineData("CAST('170141183460469231731687303715884105727' AS HUGEINT)")]
    [InlineData("CAST(NULL AS BIGINT)")]
    public void What_would_have_to_be_rounded_is_refused(string sql) => Assert.Throws<DuckDbException>(() => Read(sql));

    private static long Read(string sql)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 64);
        using var connection = database.Connect();
        return connection.QueryAll($"SELECT {sql} AS n", r => r.Long(0))[0];
    }
}
