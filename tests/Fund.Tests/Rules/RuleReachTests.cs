using System.Globalization;
using System.Text.RegularExpressions;
using Kepil.Demo;
using Kepil.DuckDb;
using Kepil.Fund.Bench;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Demo;
using Kepil.Tests.House;
using Xunit;

namespace Kepil.Tests.Rules;

/// <summary>Records may be cut as the rules say: the hits on the parts, put together, are those on the whole.</summary>
public sealed partial class RuleReachTests
{
    private const int Parts = 3;

    private static readonly LawBook Law = LawBook.Open();

    /// <summary>An engine that spreads records over machines by the person refuses a join that does not name him.</summary>
    [Fact]
    public void A_rule_that_stays_with_the_person_joins_lines_by_the_person_too()
    {
        var joins = RuleCommands.LoadForTrial(Law, new DateOnly(2026, 11, 5)).Pack.Rules.Where(r => r.File.Reach is RuleReach.Line or RuleReach.Person)
            .SelectMany(r => LineJoin().Matches(r.File.Sql).Select(m => (r.Id, Join: m))).ToList();

        Assert.NotEmpty(joins);
        Assert.All(joins, j => Assert.True(j.Join.Groups["person"].Success, $"{j.Id}: {j.Join.Value}"));
    }

    [GeneratedRegex(@"\b(?<a>\w+)\.service_id = (?<b>\w+)\.service_id\b(?<person> AND \k<a>\.person_id = \k<b>\.person_id\b)?")]
    private static partial Regex LineJoin();

    [Fact]
    public void Hits_on_parts_cut_by_the_reach_of_a_rule_are_the_hits_on_the_whole()
    {
        var (pack, _) = RuleCommands.LoadForTrial(Law, new DateOnly(2026, 11, 5));
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());
        var tables = new List<(string Name, IReadOnlyList<LineColumn> Columns)>
        {
            ("legal_value", RuleTables.LegalValueColumns), ("calendar", RuleTables.CalendarColumns),
        };
        tables.AddRange(pack.Lists.Select(l => (l.Name, l.Columns)));
        foreach (var (name, columns) in tables.Append(("whole_line", LineColumns.All)))
        {
            postgres.Execute(RuleTables.Create(name, columns));
        }

        tables.AddRange(ReferenceTables.All.Select(t => (t.Name, t.Columns)));
        var month = new DemoSize(10_000).Month;
        using (var country = new MonitoredCountry(new DemoSize(10_000), Path.Combine(Repository.Root, "law"), pack.Folder, connection =>
        {
            foreach (var (name, columns) in tables)
            {
                postgres.CopyFrom(connection, name, columns, $"SELECT {string.Join(", ", columns.Select(c => c.Name))} FROM {name}");
            }

            postgres.CopyFrom(connection, "whole_line", LineColumns.All, $"SELECT {string.Join(", ", LineColumns.All.Select(c => c.Name))} FROM known_service");
        }))
        {
            Assert.True(country.Lines > 5_000);
        }

        postgres.Begin(month);
        var whole = Hits(postgres, pack.Rules, "TRUE");
        Assert.All(pack.Rules, rule => Assert.NotEmpty(whole[rule.Id]));
        foreach (var (reach, cut) in new[]
        {
            (RuleReach.Line, "service_id % 3"), (RuleReach.Person, "person_id % 3"), (RuleReach.Provider, "provider_id / 7 % 3"), (RuleReach.Doctor, "COALESCE(doctor_id, service_id) % 3"),
        })
        {
            var rules = pack.Rules.Where(r => r.File.Reach == reach || (reach == RuleReach.Person && r.File.Reach == RuleReach.Line)).ToList();
            Assert.NotEmpty(rules);
            var parts = rules.ToDictionary(r => r.Id, _ => new List<string>());
            for (var part = 0; part < Parts; part++)
            {
                foreach (var (id, hits) in Hits(postgres, rules, $"{cut} = {part}"))
                {
                    parts[id].AddRange(hits);
                }
            }

            Assert.All(rules, rule => Assert.Equal(whole[rule.Id], parts[rule.Id].Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>Hits by rule, evidence included, where only the lines of a part are known.</summary>
    private static Dictionary<string, List<string>> Hits(PostgresRecords postgres, IEnumerable<LoadedRule> rules, string part)
    {
        postgres.Execute($"TRUNCATE known_service; INSERT INTO known_service SELECT * FROM whole_line WHERE {part}; ANALYZE known_service");
        return rules.ToDictionary(r => r.Id, r => postgres.Query(r.HitQuery(), row => string.Create(CultureInfo.InvariantCulture, $"{row.Long(0)} {row.Long(1)} {row.Text(2)}")).Order(StringComparer.Ordinal).ToList());
    }
}
