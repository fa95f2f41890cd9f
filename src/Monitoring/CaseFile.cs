namespace Kepil.Monitoring;

/// <summary>A table of a worked case: its columns and cells as written.</summary>
public sealed record CaseTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>A worked case of a rule: what the registers and lines hold, and what the rule must find.</summary>
public sealed record RuleCase(string Title, IReadOnlyList<string> Law, IReadOnlyList<CaseTable> Tables, CaseTable? Hits, int Line);

/// <summary>The worked cases that lie beside a rule.</summary>
public sealed record CaseFile(string Path, IReadOnlyList<RuleCase> Cases)
{
    /// <exception cref="RuleRefusedException">A table is broken or a case has no expectation.</exception>
    public static CaseFile Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var cases = new List<RuleCase>();
        var title = "";
        var titleLine = 0;
        var law = new List<string>();
        var tables = new List<CaseTable>();
        CaseTable? hits = null;
        var none = false;
        var name = "";

        void Close()
        {
            if (title.Length == 0)
            {
                return;
            }

            if (hits is null && !none)
            {
                throw new RuleRefusedException(path, $"line {titleLine}: the case '{title}' says neither which hits it expects nor 'hits: none'");
            }

            cases.Add(new RuleCase(title, [.. law], [.. tables], hits, titleLine));
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                Close();
                (title, titleLine, hits, none) = (line[3..].Trim(), i + 1, null, false);
                law.Clear();
                tables.Clear();
            }
            else if (line.StartsWith("law:", StringComparison.OrdinalIgnoreCase))
            {
                law.AddRange(line[4..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            }
            else if (line.Equals("hits: none", StringComparison.OrdinalIgnoreCase))
            {
                none = true;
            }
            else if (line.StartsWith('|'))
            {
                var table = ReadTable(path, lines, ref i, name);
                if (table.Name == "hits")
                {
                    hits = table;
                }
                else
                {
                    tables.Add(table);
                }
            }
            else if (line.Length > 0 && line.All(c => char.IsAsciiLetterLower(c) || c == '_'))
            {
                name = line;
            }
        }

        Close();
        return cases.Count > 0 ? new CaseFile(path, cases) : throw new RuleRefusedException(path, "it holds no case (a heading that begins with ##)");
    }

    private static CaseTable ReadTable(string path, string[] lines, ref int i, string name)
    {
        var columns = Cells(lines[i]).Select(c => c ?? "").ToList();
        var rows = new List<IReadOnlyList<string?>>();
        var start = i;
        for (i++; i < lines.Length && lines[i].TrimStart().StartsWith('|'); i++)
        {
            var cells = Cells(lines[i]);
            if (cells.All(c => c is not null && c.All(x => x is '-' or ':') && c.Contains('-', StringComparison.Ordinal)) && i == start + 1)
            {
                continue;
            }

            if (cells.Count != columns.Count)
            {
                throw new RuleRefusedException(path, $"line {i + 1}: {cells.Count} cells under {columns.Count} heads");
            }

            rows.Add(cells);
        }

        i--;
        return new CaseTable(name.Length > 0 ? name : throw new RuleRefusedException(path, $"line {start + 1}: the table has no name on the line before it"), columns, rows);
    }

    private static List<string?> Cells(string line)
    {
        var text = line.Trim();
        return [.. text[1..^(text.EndsWith('|') ? 1 : 0)].Split('|').Select(c => c.Trim()).Select(c => c is "" or "null" ? null : c)];
    }
}
