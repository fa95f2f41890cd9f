using Kepil.DuckDb;
using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Rules;

/// <summary>When one machine is outgrown, records and persons are spread over several by the person; no rule needs other words for it.</summary>
public sealed class SpreadPlanTests
{
    private static readonly RulePack Pack = RuleCommands.LoadForTrial(TheLaw.Book, new DateOnly(2026, 11, 5)).Pack;

    [Fact]
    public void No_rule_joins_spread_records_but_by_the_person()
    {
        using var database = Blank();
        using var connection = Connect(database);

        Assert.NotEmpty(Pack.Rules);
        Assert.Empty(Pack.Rules.SelectMany(r => SpreadPlan.Of(connection, r.HitQuery()).Refused.Select(f => $"{r.Id}: {f}")));
        Assert.Empty(MonthView.All.SelectMany(v => SpreadPlan.Of(connection, v.Sql).Refused.Select(f => $"{v.Name}: {f}")));
    }

    [Fact]
    public void Nor_do_the_sums()
    {
        using var database = Blank();
        using var connection = Connect(database);
        connection.Execute("CREATE TABLE hit AS SELECT service_id, person_id, '' AS rule_id, '' AS code, '' AS kind, '' AS evidence FROM monitored_service");
        connection.Execute($"CREATE TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM monitored_service");
        connection.Execute("CREATE TABLE month_line AS SELECT * FROM monitored_service");
        SanctionTable.Create(connection, []);
        connection.Execute($"CREATE TABLE finding AS {FindingSums.Findings(1)}");
        connection.Execute($"CREATE TABLE line_sum AS {FindingSums.LineSums("max")}");

        Assert.Empty(new[] { FindingSums.Findings(1), FindingSums.NotApplicable, FindingSums.LineSums("sum"), FindingSums.MonthForms }.SelectMany(q => SpreadPlan.Of(connection, q).Refused));
    }

    [Theory]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN known_service AS k ON k.provider_id = a.provider_id", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN known_service AS k ON k.provider_id = a.provider_id AND k.person_id = a.person_id", true)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a WHERE EXISTS (SELECT 1 FROM known_service AS k WHERE k.doctor_id = a.doctor_id AND k.service_id <> a.service_id)", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a, known_service AS k", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN (SELECT doctor_id, COUNT(*) AS lines FROM known_service GROUP BY doctor_id) AS k ON k.doctor_id = a.doctor_id", true)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN (SELECT person_id, doctor_id, COUNT(*) AS lines FROM known_service GROUP BY person_id, doctor_id) AS k ON k.doctor_id = a.doctor_id", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN (SELECT doctor_id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY service_id) AS place FROM known_service) AS k ON k.doctor_id = a.doctor_id", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN (SELECT doctor_id, ROW_NUMBER() OVER (PARTITION BY doctor_id ORDER BY service_id) AS place FROM known_service) AS k ON k.doctor_id = a.doctor_id", true)]
    [InlineData("WITH k AS (SELECT service_id FROM known_service) SELECT a.service_id FROM monitored_service AS a JOIN k ON k.service_id = a.service_id", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a JOIN person AS p ON p.birth_date = a.started_on", false)]
    [InlineData("SELECT a.service_id FROM monitored_service AS a LEFT JOIN provider AS p ON p.provider_id = a.provider_id", true)]
    public void A_join_of_spread_tables_without_the_person_is_seen(string query, bool possible)
    {
        using var database = Blank();
        using var connection = Connect(database);

        Assert.Equal(possible, SpreadPlan.Of(connection, query).Refused.Count == 0);
    }

    private static DuckDatabase Blank()
    {
        var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        RuleTables.CreateBlank(connection, Pack.Lists);
        return database;
    }

    private static DuckConnection Connect(DuckDatabase database)
    {
        var connection = database.Connect();
        SpreadPlan.Settings(connection);
        return connection;
    }
}
