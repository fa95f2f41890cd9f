using System.Globalization;
using System.Text;
using Kepil.DuckDb;

namespace Kepil.Monitoring;

/// <summary>A dated table of limits or codes that rules join: list_&lt;name&gt;.</summary>
public sealed record RuleList(string Name, IReadOnlyList<LineColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <exception cref="RuleRefusedException">A head has no type, or a cell is not of its type.</exception>
    public static RuleList Read(string path)
    {
        var rows = Csv(File.ReadAllText(path)).ToList();
        if (rows.Count == 0)
        {
            throw new RuleRefusedException(path, "the list has no head");
        }

        var columns = rows[0].Select(head =>
        {
            var parts = head.Split(':');
            return new LineColumn(parts[0].Trim(), (parts.Length == 2 ? parts[1].Trim() : "") switch
            {
                "text" => DuckType.Text,
                "integer" => DuckType.Integer,
                "bigint" => DuckType.BigInt,
                "date" => DuckType.Date,
                "boolean" => DuckType.Boolean,
                _ => throw new RuleRefusedException(path, $"the head '{head}' is not written name:type with text, integer, bigint, date or boolean"),
            });
        }).ToList();
        foreach (var needed in new[] { "from_day", "to_day" })
        {
            if (!columns.Any(c => c.Name == needed && c.Type == DuckType.Date))
            {
                throw new RuleRefusedException(path, $"a list is dated, but this one has no column {needed}:date");
            }
        }

        var values = rows.Skip(1).Select((row, n) => (IReadOnlyList<object?>)[.. columns.Select((c, i) => Value(path, n + 2, c, i < row.Count ? row[i] : ""))]).ToList();
        return new RuleList("list_" + Path.GetFileNameWithoutExtension(path), columns, values);
    }

    /// <summary>The list as a rule sees it, for the hash of the rule; what a row says of its own reasons changes nothing.</summary>
    internal void WriteTo(StringBuilder text)
    {
        var seen = Enumerable.Range(0, Columns.Count).Where(i => Columns[i].Name != "why").ToList();
        text.Append(Name).Append(' ').AppendJoin(',', seen.Select(i => Columns[i].Name)).Append('\n');
        foreach (var row in Rows)
        {
            text.AppendJoin('\u001f', seen.Select(i => row[i] switch
            {
                null => "",
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            })).Append('\n');
        }
    }

    internal static object? Value(string path, int line, LineColumn column, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        object? value = column.Type switch
        {
            DuckType.Integer => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null,
            DuckType.BigInt => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null,
            DuckType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            DuckType.Boolean => text is "true" or "false" ? text == "true" : null,
            _ => text,
        };
        return value ?? throw new RuleRefusedException(path, $"line {line}: '{text}' in {column.Name} is not {LineColumns.Sql(column.Type)}");
    }

    /// <summary>The rows of a list as its cells, the head first.</summary>
    public static IEnumerable<List<string>> Csv(string text)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r').Trim());
                cell.Clear();
                if (c == '\n')
                {
                    if (row.Count > 1 || row[0].Length > 0)
                    {
                        yield return row;
                    }

                    row = [];
                }
            }
            else if (c != '﻿')
            {
                cell.Append(c);
            }
        }
    }
}
