using Kepil.DuckDb;
using Kepil.Law;

namespace Kepil.Monitoring;

/// <summary>A dated whole number that the law sets, as rules see it.</summary>
public sealed record LegalValue(string Name, DateOnly From, DateOnly To, long Value);

/// <summary>A day of the production calendar; the difference of two numbers is a count of working days.</summary>
public sealed record CalendarDay(DateOnly Day, bool Working, int WorkingNumber);

/// <summary>The law as tables that rules may join.</summary>
public sealed record LegalTables(IReadOnlyList<LegalValue> Values, IReadOnlyList<CalendarDay> Calendar)
{
    /// <summary>Every whole value without a key, money in tiyn, and the days of the production calendar, as known on a day.</summary>
    public static LegalTables Of(LawBook law, DateOnly knownOn)
    {
        var values = law.Parameters.All
            .Where(p => p.By.Count == 0)
            .SelectMany(p => p.Periods(knownOn))
            .Where(p => p.Value.IsWhole)
            .Select(p => new LegalValue(p.Name, p.From, p.To, p.Value.Whole))
            .ToList();
        var days = new List<CalendarDay>();
        var calendar = law.Calendar.AsKnownOn(knownOn);
        var number = 0;
        for (var day = calendar.First; day <= calendar.Last; day = day.AddDays(1))
        {
            var working = calendar.IsWorkingDay(day);
            number += working ? 1 : 0;
            days.Add(new CalendarDay(day, working, number));
        }

        return new LegalTables(values, days);
    }
}

/// <summary>The tables and views that a rule may read, and how they are made on DuckDB.</summary>
public static class RuleTables
{
    public static readonly IReadOnlyList<LineColumn> LegalValueColumns =
        [new("name", DuckType.Text), new("from_day", DuckType.Date), new("to_day", DuckType.Date), new("value", DuckType.BigInt)];

    public static readonly IReadOnlyList<LineColumn> CalendarColumns =
        [new("day", DuckType.Date), new("working", DuckType.Boolean), new("working_number", DuckType.Integer)];

    /// <summary>Names of all documented views.</summary>
    public static IReadOnlySet<string> Names(IEnumerable<RuleList> lists) =>
        new HashSet<string>([.. ReferenceTables.All.Select(t => t.Name), .. lists.Select(l => l.Name), .. MonthView.All.Select(v => v.Name), "monitored_service", "known_service", "legal_value", "calendar"], StringComparer.Ordinal);

    /// <summary>The registers, the lists and the law, each with its columns.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<LineColumn> Columns)> All(IEnumerable<RuleList> lists) =>
        [.. ReferenceTables.All.Select(t => (t.Name, t.Columns)), .. lists.Select(l => (l.Name, l.Columns)), ("legal_value", LegalValueColumns), ("calendar", CalendarColumns)];

    /// <summary>Makes every view as an empty table, enough to bind a rule and learn its columns.</summary>
    public static void CreateBlank(DuckConnection connection, IEnumerable<RuleList> lists)
    {
        connection.Execute(Create("monitored_service", LineColumns.All));
        connection.Execute(Create("known_service", LineColumns.All));
        foreach (var view in MonthView.All)
        {
            connection.Execute($"CREATE TABLE {view.Name} AS {view.Sql}");
        }

        foreach (var table in ReferenceTables.All)
        {
            connection.Execute(Create(table.Name, table.Columns));
        }

        connection.Execute(Create("legal_value", LegalValueColumns));
        connection.Execute(Create("calendar", CalendarColumns));
        foreach (var list in lists)
        {
            connection.Execute(Create(list.Name, list.Columns));
        }
    }

    /// <summary>Writes the lists, the legal values, the calendar and empty tables in place of registers that are not loaded into one DuckDB file.</summary>
    /// <param name="loaded">Names of the registers that are loaded.</param>
    public static void Write(string path, IReadOnlyList<RuleList> lists, LegalTables law, IReadOnlySet<string> loaded)
    {
        using var database = DuckDatabase.Open(path, threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        connection.Execute("BEGIN TRANSACTION");
        CreateLists(connection, lists, law);
        foreach (var table in ReferenceTables.All.Where(t => !loaded.Contains(t.Name)))
        {
            connection.Execute(Create(table.Name, table.Columns));
        }

        connection.Execute("COMMIT");
    }

    /// <summary>Makes and fills the lists, the legal values and the calendar.</summary>
    public static void CreateLists(DuckConnection connection, IEnumerable<RuleList> lists, LegalTables law)
    {
        foreach (var list in lists)
        {
            Fill(connection, list.Name, list.Columns, list.Rows);
        }

        Fill(connection, "legal_value", LegalValueColumns, law.Values.Select(v => (IReadOnlyList<object?>)[v.Name, v.From, v.To, v.Value]));
        Fill(connection, "calendar", CalendarColumns, law.Calendar.Select(d => (IReadOnlyList<object?>)[d.Day, d.Working, d.WorkingNumber]));
    }

    /// <summary>Makes a table and fills it.</summary>
    public static void Fill(DuckConnection connection, string name, IReadOnlyList<LineColumn> columns, IEnumerable<IReadOnlyList<object?>> rows, bool temporary = false)
    {
        connection.Execute(Create(name, columns, temporary));
        using var appender = connection.Append(name, [.. columns.Select(c => c.Type)]);
        foreach (var row in rows)
        {
            if (row.Count != columns.Count)
            {
                throw new ArgumentException($"{name} has {columns.Count} columns, but a row of {row.Count} values was given.");
            }

            // A value of another type would end the process inside the database library.
            for (var i = 0; i < columns.Count; i++)
            {
                switch (row[i])
                {
                    case null: appender.AddNull(); break;
                    case bool flag when columns[i].Type == DuckType.Boolean: appender.Add(flag); break;
                    case DateOnly day when columns[i].Type == DuckType.Date: appender.Add(day); break;
                    case string text when columns[i].Type == DuckType.Text: appender.Add(text); break;
                    case int number when columns[i].Type == DuckType.Integer: appender.Add(number); break;
                    case int number when columns[i].Type == DuckType.BigInt: appender.Add((long)number); break;
                    case long number when columns[i].Type == DuckType.Integer: appender.Add(checked((int)number)); break;
                    case long number when columns[i].Type == DuckType.BigInt: appender.Add(number); break;
                    default: throw new ArgumentException($"{name}.{columns[i].Name} cannot hold a {row[i]!.GetType().Name}.");
                }
            }

            appender.EndRow();
        }

        appender.Complete();
    }

    /// <summary>CREATE TABLE for DuckDB and PostgreSQL alike.</summary>
    public static string Create(string name, IEnumerable<LineColumn> columns, bool temporary = false) =>
        $"CREATE {(temporary ? "TEMP " : "")}TABLE {name} ({string.Join(", ", columns.Select(c => $"{c.Name} {LineColumns.Sql(c.Type)}"))})";
}
