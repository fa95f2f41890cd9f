using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Law;

namespace Kepil.Tests.Monitoring;

/// <summary>Lines and hits of one month, priced by the queries of the product.</summary>
internal static class PricedMonth
{
    public static readonly DateOnly Month = new(2026, 10, 1);

    public static readonly DateOnly KnownOn = new(2026, 11, 5);

    private static readonly IReadOnlyList<LineColumn> HitColumns =
    [
        new("service_id", DuckType.BigInt), new("person_id", DuckType.BigInt), new("rule_id", DuckType.Text), new("code", DuckType.Text), new("kind", DuckType.Text), new("evidence", DuckType.Text),
    ];

    /// <summary>The sums as DuckDB works them out; the lines lie in so many files and are worked on by so many threads.</summary>
    public static (List<PricedFinding> Findings, List<PricedSum> Sums, List<string> Forms, List<string> NotApplicable) OnDuckDb(
        IReadOnlyList<PricedLine> lines, IReadOnlyList<PricedHit> hits, string multiCode = "max", int files = 1, int threads = 2, LawBook? law = null)
    {
        var folder = Directory.CreateTempSubdirectory("kepil-priced-").FullName;
        try
        {
            using var database = DuckDatabase.Open(threads: threads, memoryMegabytes: 512);
            using var connection = database.Connect();
            LayOut(connection, lines, hits);
            connection.Execute($"COPY (SELECT *, service_id % {files} AS part FROM known_service) TO '{folder}' (FORMAT parquet, PARTITION_BY (part), OVERWRITE_OR_IGNORE)");
            connection.Execute($"CREATE TEMP VIEW month_line AS SELECT * FROM read_parquet('{folder}/**/*.parquet')");
            connection.Execute($"CREATE TEMP TABLE hit_line AS SELECT {FindingSums.LineColumnsNeeded} FROM month_line WHERE service_id IN (SELECT service_id FROM hit)");
            SanctionTable.Create(connection, SanctionTable.For(law ?? TheLaw.Book, Month, KnownOn));
            connection.Execute($"CREATE TEMP TABLE finding AS {FindingSums.Findings(1)}");
            connection.Execute($"CREATE TEMP TABLE line_sum AS {FindingSums.LineSums(multiCode)}");
            connection.Execute($"CREATE TEMP TABLE month_form AS {FindingSums.MonthForms}");
            var refused = new List<string>();
            using (var rows = connection.Query(FindingSums.NotApplicable))
            {
                while (rows.Read())
                {
                    refused.Add($"{rows.Text(0)} {rows.Long(1)}");
                }
            }

            var (findings, sums, forms) = Read((sql, read) =>
            {
                using var rows = connection.Query(sql);
                var row = new DuckRow(rows);
                while (rows.Read())
                {
                    read(row);
                }
            });
            return (findings, sums, forms, refused);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>The same on PostgreSQL.</summary>
    public static (List<PricedFinding> Findings, List<PricedSum> Sums, List<string> Forms, List<string> NotApplicable) OnPostgres(
        PostgresRecords postgres, IReadOnlyList<PricedLine> lines, IReadOnlyList<PricedHit> hits, string multiCode = "max")
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
        using var connection = database.Connect();
        LayOut(connection, lines, hits);
        postgres.Execute("TRUNCATE known_service");
        postgres.CopyFrom(connection, "known_service", LineColumns.All, $"SELECT {string.Join(", ", LineColumns.All.Select(c => c.Name))} FROM known_service");
        postgres.Begin(Month);
        postgres.CopyFrom(connection, "hit", HitColumns, "SELECT * FROM hit");
        var refused = postgres.Price(1, Month, multiCode, SanctionTable.For(TheLaw.Book, Month, KnownOn)).Select(n => $"{n.Rule} {n.Hits}").ToList();
        var (findings, sums, forms) = Read((sql, read) => postgres.Query(sql, r =>
        {
            read(r);
            return 0;
        }));
        return (findings, sums, forms, refused);
    }

    private static (List<PricedFinding> Findings, List<PricedSum> Sums, List<string> Forms) Read(Action<string, Action<IRow>> ask)
    {
        var findings = new List<PricedFinding>();
        var sums = new List<PricedSum>();
        var forms = new List<string>();
        ask("SELECT service_id, rule_id, code, kind, cell, base, sum, counts FROM finding", r =>
            findings.Add(new(r.Long(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Long(5), r.Long(6), r.Flag(7))));
        ask("SELECT service_id, code, billed, at_risk, debt, payable FROM line_sum", r => sums.Add(new(r.Long(0), r.Text(1), r.Long(2), r.Long(3), r.Long(4), r.Long(5))));
        ask("SELECT provider_id, care_form, package, lines, persons, billed, at_risk, debt FROM month_form", r =>
            forms.Add($"{r.Long(0)} {r.Text(1)} {r.Text(2)} {r.Long(3)} {r.Long(4)} {r.Long(5)} {r.Long(6)} {r.Long(7)}"));
        return (
            [.. findings.OrderBy(f => f.ServiceId).ThenBy(f => f.RuleId, StringComparer.Ordinal)],
            [.. sums.OrderBy(s => s.ServiceId)],
            [.. forms.Order(StringComparer.Ordinal)]);
    }

    private static void LayOut(DuckConnection connection, IReadOnlyList<PricedLine> lines, IReadOnlyList<PricedHit> hits)
    {
        RuleTables.Fill(connection, "known_service", LineColumns.All, lines.Select(l => (IReadOnlyList<object?>)[.. LineColumns.All.Select(c => c.Name switch
        {
            "service_id" => l.ServiceId,
            "person_id" or "stated_id" => l.PersonId,
            "provider_id" => l.ProviderId,
            "line_id" => "L-" + l.ServiceId,
            "month" => Month,
            "started_on" or "ended_on" => Month,
            "care_form" => l.CareForm,
            "package" => l.Package,
            "service_code" => l.ServiceCode,
            "price" or "amount" => l.Amount,
            "patient_paid" => 0L,
            "quantity" => 1,
            "newborn" => false,
            "provider_region" => l.Region,
            _ => (object?)null,
        })]));
        RuleTables.Fill(connection, "hit", HitColumns, hits.Select(h => (IReadOnlyList<object?>)[h.ServiceId, h.PersonId, h.RuleId, h.Code, h.Kind, h.Evidence]));
    }
}
