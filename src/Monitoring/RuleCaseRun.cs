using System.Globalization;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A hit as the engines return it.</summary>
public sealed record Hit(long ServiceId, long PersonId, string Evidence);

/// <summary>A worked case laid out in a database: its registers, its lines with the facts of the intake, the lists and the law.</summary>
public sealed class RuleCaseRun : IDisposable
{
    /// <summary>The month whose lines are under judgement in a case.</summary>
    public static readonly DateOnly Month = new(2026, 10, 1);

    private RuleCaseRun(DuckConnection connection) => Connection = connection;

    public DuckConnection Connection { get; }

    /// <summary>Lines of the case that lie before what the rule looks back to; the rule does not see them, as it would not in a month.</summary>
    public long OutOfSight { get; private set; }

    /// <summary>A database with the lists and the law, in which cases lay out their own tables one after the other.</summary>
    public static DuckDatabase Ground(IEnumerable<RuleList> lists, LegalTables law)
    {
        var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
        using var connection = database.Connect();
        RuleTables.CreateLists(connection, lists, law);
        return database;
    }

    /// <param name="path">File of the case.</param>
    /// <param name="case">The case.</param>
    /// <param name="ground">The database of <see cref="Ground"/>.</param>
    /// <param name="lookBack">Days before the month that the rule says it needs to see.</param>
    /// <exception cref="RuleRefusedException">The case names a table or column that there is not.</exception>
    public static RuleCaseRun LayOut(string path, RuleCase @case, DuckDatabase ground, int lookBack)
    {
        var connection = ground.Connect();
        var run = new RuleCaseRun(connection);
        try
        {
            var loaded = new HashSet<string>();
            foreach (var table in ReferenceTables.All)
            {
                var given = @case.Tables.FirstOrDefault(t => t.Name == table.Name);
                if (given is null)
                {
                    connection.Execute(RuleTables.Create(table.Name, table.Columns, temporary: true));
                    continue;
                }

                loaded.Add(table.Name);
                RuleTables.Fill(connection, table.Name, table.Columns, Rows(path, @case, given, table.Columns, column => column switch
                {
                    "birth_date" => new DateOnly(1980, 1, 1),
                    "sex" => "f",
                    "from_day" => new DateOnly(2020, 1, 1),
                    "to_day" => new DateOnly(9999, 12, 31),
                    "package" => "mams",
                    "care_form" => "specialist",
                    "provider_id" => 1L,
                    "contract_line_id" => 1L,
                    _ => null,
                }), temporary: true);
            }

            if (@case.Tables.FirstOrDefault(t => t.Name != "service" && !ReferenceTables.All.Any(r => r.Name == t.Name)) is { } unknown)
            {
                throw new RuleRefusedException(path, $"line {@case.Line}: there is no table '{unknown.Name}'");
            }

            run.LayOutLines(path, @case, loaded);
            var from = Month.AddDays(-lookBack);
            run.OutOfSight = connection.Execute($"DELETE FROM known_service WHERE month < DATE '{new DateOnly(from.Year, from.Month, 1):yyyy-MM-dd}'");
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Hit> Hits(LoadedRule rule)
    {
        using var result = Connection.Query(rule.HitQuery());
        var hits = new List<Hit>();
        while (result.Read())
        {
            hits.Add(new Hit(result.Long(0), result.Long(1), result.Text(2)));
        }

        return hits;
    }

    /// <summary>What differs from the expectation of the case, or null.</summary>
    public string? Difference(RuleCase @case, LoadedRule rule)
    {
        var difference = Difference(@case, rule, Hits(rule));
        return difference is null || OutOfSight == 0 ? difference : $"{difference}; lines of the case left out because look_back: {rule.File.LookBack} does not reach them: {OutOfSight}";
    }

    private static string? Difference(RuleCase @case, LoadedRule rule, IReadOnlyList<Hit> hits)
    {
        var found = hits.OrderBy(h => h.ServiceId).ToList();
        if (found.GroupBy(h => h.ServiceId).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return $"line {twice.Key} is returned {twice.Count()} times";
        }

        var expected = @case.Hits?.Rows ?? [];
        var idColumn = @case.Hits is null ? 0 : @case.Hits.Columns.ToList().IndexOf("service_id");
        var ids = expected.Select(r => long.Parse(r[idColumn] ?? "0", CultureInfo.InvariantCulture)).Order().ToList();
        if (!ids.SequenceEqual(found.Select(h => h.ServiceId)))
        {
            return $"expected lines [{string.Join(", ", ids)}], found [{string.Join(", ", found.Select(h => h.ServiceId))}]";
        }

        foreach (var row in expected)
        {
            var hit = found.First(h => h.ServiceId == long.Parse(row[idColumn] ?? "0", CultureInfo.InvariantCulture));
            var values = hit.Evidence.Split(EvidenceSentence.Separator);
            for (var i = 0; i < row.Count; i++)
            {
                var name = @case.Hits!.Columns[i];
                if (i == idColumn)
                {
                    continue;
                }

                var column = rule.Columns.ToList().FindIndex(c => c.Name == name);
                var value = name == "person_id" ? hit.PersonId.ToString(CultureInfo.InvariantCulture) : column < 0 ? null : values[column];
                if (value is null)
                {
                    return $"the rule has no column '{name}'";
                }

                if (value != (row[i] ?? ""))
                {
                    return $"line {hit.ServiceId}: {name} is '{value}', expected '{row[i]}'";
                }
            }
        }

        return null;
    }

    public void Dispose() => Connection.Dispose();

    private void LayOutLines(string path, RuleCase @case, HashSet<string> loaded)
    {
        var given = @case.Tables.FirstOrDefault(t => t.Name == "service") ?? throw new RuleRefusedException(path, $"line {@case.Line}: the case has no table 'service'");
        var known = new HashSet<string>([.. LineColumns.All.Select(c => c.Name)]);
        if (given.Columns.FirstOrDefault(c => !known.Contains(c)) is { } unknown)
        {
            throw new RuleRefusedException(path, $"line {@case.Line}: a line has no column '{unknown}'");
        }

        var serviceAt = given.Columns.ToList().IndexOf("service_id");
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var row in given.Rows)
        {
            string? Cell(string name) => given.Columns.ToList().IndexOf(name) is >= 0 and var at ? row[at] : null;
            bool Named(string name) => given.Columns.Contains(name);
            var started = Cell("started_on") is { } s ? DateOnly.ParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture) : new DateOnly(2026, 10, 15);
            var ended = Cell("ended_on") is { } e ? DateOnly.ParseExact(e, "yyyy-MM-dd", CultureInfo.InvariantCulture) : started;
            var quantity = Cell("quantity") is { } q ? long.Parse(q, CultureInfo.InvariantCulture) : 1;
            var price = Cell("price") is { } p ? long.Parse(p, CultureInfo.InvariantCulture) : 1_000_000;
            rows.Add([.. LineColumns.Billed.Select(column => column.Name switch
            {
                "stated_id" when Cell("stated_id") is null => RuleList.Value(path, @case.Line, column, Cell("person_id")) ?? 1L,
                _ when Named(column.Name) && (Cell(column.Name) is not null || !column.Required) => RuleList.Value(path, @case.Line, column, Cell(column.Name)),
                "line_id" => "L-" + row[serviceAt],
                "provider_id" => 1L,
                "month" => new DateOnly(ended.Year, ended.Month, 1),
                "package" => "mams",
                "care_form" => "specialist",
                "contract" => "C-1",
                "service_code" => "A02.001.000",
                "started_on" => started,
                "ended_on" => ended,
                "quantity" => quantity,
                "price" => price,
                "amount" => quantity * price,
                "patient_paid" => 0L,
                "diagnosis" => "Z00.0",
                "newborn" => (object)false,
                _ => null,
            })]);
        }

        RuleTables.Fill(Connection, "staged_line", LineColumns.Billed, rows, temporary: true);
        LineFacts.Find(Connection, "faced_line", loaded, new DateOnly(2026, 11, 5));
        Connection.Execute($"CREATE TEMP TABLE known_service AS SELECT {LineFacts.InOrder("f")} FROM faced_line AS f");
        foreach (var fact in LineColumns.Facts.Where(f => given.Columns.Contains(f.Name) && f.Name != "person_id"))
        {
            var at = given.Columns.ToList().IndexOf(fact.Name);
            foreach (var row in given.Rows.Where(r => r[at] is not null))
            {
                Connection.Execute($"UPDATE known_service SET {fact.Name} = CAST($1 AS {LineColumns.Sql(fact.Type)}) WHERE service_id = CAST($2 AS bigint)", row[at], row[serviceAt]);
            }
        }

        Connection.Execute($"CREATE TEMP VIEW monitored_service AS SELECT * FROM known_service WHERE month = DATE '{Month:yyyy-MM-dd}'");
        MonthView.Create(Connection, temporary: true);
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(string path, RuleCase @case, CaseTable given, IReadOnlyList<LineColumn> columns, Func<string, object?> otherwise)
    {
        if (given.Columns.FirstOrDefault(c => !columns.Any(x => x.Name == c)) is { } unknown)
        {
            throw new RuleRefusedException(path, $"line {@case.Line}: {given.Name} has no column '{unknown}'");
        }

        foreach (var row in given.Rows)
        {
            yield return [.. columns.Select(column => given.Columns.ToList().IndexOf(column.Name) is >= 0 and var at && (row[at] is not null || !column.Required)
                ? RuleList.Value(path, @case.Line, column, row[at])
                : otherwise(column.Name))];
        }
    }
}
