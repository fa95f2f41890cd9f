using Kepil.DuckDb;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Fund.Bench;
using Xunit;

namespace Kepil.Tests.Rules;

/// <summary>Every rule of the pack does what its worked cases say, on both engines alike.</summary>
public sealed class RuleCaseTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);
    private static readonly LawBook Law = LawBook.Open();
    private static readonly (RulePack Pack, IReadOnlyList<RuleRefusedException> Refused) Loaded = RuleCommands.Load(Law, Day);

    [Fact]
    public void No_rule_of_the_pack_is_refused() => Assert.Empty(Loaded.Refused.Select(r => r.Message));

    [Fact]
    public void The_pack_holds_at_least_forty_rules_and_every_one_has_cases()
    {
        Assert.True(Loaded.Pack.Rules.Count >= 40, $"{Loaded.Pack.Rules.Count} rules");
        Assert.All(Loaded.Pack.Rules, r => Assert.True(File.Exists(Path.ChangeExtension(r.File.Path, null) + ".cases.md"), r.Id));
    }

    [Fact]
    public void Every_case_holds_on_duckdb() =>
        Assert.Empty(CaseResults.Of(Loaded.Pack, Law, []).Where(r => r.Failure is not null).Select(r => $"{r.RuleId}: {r.Case}: {r.Failure}"));

    [Fact]
    public void Every_case_finds_the_same_on_postgresql_evidence_included()
    {
        using var ground = RuleCaseRun.Ground(Loaded.Pack.Lists, LegalTables.Of(Law, DateOnly.MaxValue));
        using var postgres = new PostgresRecords(PrivatePostgres.NewDatabase());
        using (var lists = ground.Connect())
        {
            foreach (var list in Loaded.Pack.Lists)
            {
                postgres.Execute(RuleTables.Create(list.Name, list.Columns));
                postgres.CopyFrom(lists, list.Name, list.Columns, $"SELECT * FROM {list.Name}");
            }

            postgres.Execute("CREATE TABLE legal_value (name text, from_day date, to_day date, value bigint); CREATE TABLE calendar (day date, working boolean, working_number integer)");
            postgres.CopyFrom(lists, "legal_value", RuleTables.LegalValueColumns, "SELECT * FROM legal_value");
            postgres.CopyFrom(lists, "calendar", RuleTables.CalendarColumns, "SELECT * FROM calendar");
        }

        postgres.Begin(RuleCaseRun.Month);
        var compared = 0;
        foreach (var rule in Loaded.Pack.Rules)
        {
            var path = Path.ChangeExtension(rule.File.Path, null) + ".cases.md";
            foreach (var @case in CaseFile.Read(path).Cases)
            {
                using var run = RuleCaseRun.LayOut(path, @case, ground, rule.File.LookBack);
                postgres.Execute("TRUNCATE known_service, " + string.Join(", ", ReferenceTables.All.Select(t => t.Name)));
                postgres.CopyFrom(run.Connection, "known_service", LineColumns.All, $"SELECT {string.Join(", ", LineColumns.All.Select(c => c.Name))} FROM known_service");
                foreach (var table in ReferenceTables.All)
                {
                    postgres.CopyFrom(run.Connection, table.Name, table.Columns, $"SELECT {string.Join(", ", table.Columns.Select(c => c.Name))} FROM {table.Name}");
                }

                var duck = run.Hits(rule).OrderBy(h => h.ServiceId).ToList();
                var other = postgres.Query(rule.HitQuery(), r => new Hit(r.Long(0), r.Long(1), r.Text(2))).OrderBy(h => h.ServiceId).ToList();

                Assert.True(duck.SequenceEqual(other), $"{rule.Id}: {@case.Title}: DuckDB [{string.Join("; ", duck)}], PostgreSQL [{string.Join("; ", other)}]");
                compared++;
            }
        }

        Assert.True(compared > 200);
    }

    [Fact]
    public void A_hit_that_needs_a_line_older_than_the_look_back_is_an_error_of_the_case()
    {
        var rule = Loaded.Pack["2.0-newborn-under-mothers-number"];
        var folder = Directory.CreateTempSubdirectory("kepil-case-").FullName;
        try
        {
            var path = Path.Combine(folder, "old.cases.md");
            File.WriteAllText(path, """
                ## The first record of the newborn lies half a year back
                service
                | service_id | person_id | newborn | started_on |
                |---|---|---|---|
                | 1 | 1 | true | 2026-04-12 |
                | 2 | 1 | true | 2026-10-12 |

                hits
                | service_id |
                |---|
                | 2 |
                """);
            using var ground = RuleCaseRun.Ground(Loaded.Pack.Lists, LegalTables.Of(Law, DateOnly.MaxValue));
            var @case = Assert.Single(CaseFile.Read(path).Cases);
            using var run = RuleCaseRun.LayOut(path, @case, ground, rule.File.LookBack);
            using var farther = RuleCaseRun.LayOut(path, @case, ground, lookBack: 200);

            Assert.Equal("expected lines [2], found []; lines of the case left out because look_back: 92 does not reach them: 1", run.Difference(@case, rule));
            Assert.Null(farther.Difference(@case, rule));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
