namespace Kepil.Monitoring;

/// <summary>The part of SQL that a rule may use; everything else is refused by its name and line.</summary>
/// <remarks>DuckDB's settings alone do not contain a hostile query, so the words of the text are read before any engine sees it.</remarks>
public static class RuleText
{
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "abs", "cast", "coalesce", "count", "dense_rank", "exists", "extract", "first_value", "greatest", "in", "lag", "last_value", "lead",
        "least", "left", "length", "lower", "max", "min", "nullif", "over", "rank", "right", "row_number", "substring", "sum", "trim", "upper", "values",
    };

    /// <summary>Words that may stand before an opening bracket without being a function.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "select", "from", "where", "and", "or", "not", "on", "join", "by", "as", "when", "then", "else", "using", "all", "any", "union", "except", "intersect",
        "having", "between", "like", "with", "over", "partition", "filter", "distinct", "case", "lateral", "materialized", "is", "date", "limit",
    };

    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "attach", "call", "checkpoint", "copy", "create", "delete", "describe", "detach", "drop", "execute", "export", "import", "insert", "install", "into",
        "load", "pragma", "prepare", "reset", "set", "show", "summarize", "update", "use", "vacuum", "alter", "begin", "commit", "rollback", "recursive",
        "now", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "today", "random", "double", "float", "real", "float4", "float8",
        "current_user", "session_user", "current_role", "current_catalog", "current_schema", "user", "information_schema", "pg_catalog", "rowid", "ctid", "xmin", "xmax", "tableoid",
        "sample", "tablesample", "pivot", "unpivot", "qualify", "positional", "asof", "epoch", "julian", "table", "array", "json", "jsonb", "uescape",
    };

    /// <summary>The engines' own views need no schema before them, and DuckDB does not list them among the tables of a query.</summary>
    private static readonly string[] CatalogueOf = ["pg_", "duckdb_", "pragma_", "sqlite_"];

    /// <summary>What is wrong with the text, or null.</summary>
    public static string? Objection(string sql)
    {
        var previous = "";
        var tokens = Tokens(sql).ToList();
        if (tokens.Count == 0 || (!Is(tokens[0].Text, "select") && !Is(tokens[0].Text, "with")))
        {
            return "the body begins neither with SELECT nor with WITH";
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            var (text, line, _) = tokens[i];
            if (text == ";")
            {
                return $"line {line}: a semicolon; a rule is one statement without one";
            }

            if (text.StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            // Engines differ in how comments nest, backslashes escape and prefixed strings end: what they read differently is not allowed at all.
            if (text.StartsWith("/*", StringComparison.Ordinal))
            {
                return $"line {line}: a comment is written with --";
            }

            if (text[0] == '\'')
            {
                if (text.Contains('\\', StringComparison.Ordinal) || tokens[i].Joined)
                {
                    return $"line {line}: a text is written in plain quotes, without a prefix or a backslash";
                }

                if (Is(previous, "from") || Is(previous, "join"))
                {
                    return $"line {line}: a text stands where a view belongs";
                }
            }
            else if (!char.IsAscii(text[0]) || text[0] is '"' or '`' or '$' or '?' or '{' or '[' or '@' or '~' or '^' or '#' or '&' or '\\' || text is "//" or "/" or "::")
            {
                return $"line {line}: '{text}' may not be used in a rule";
            }

            if ((text == "*" && previous == "*") || (previous == "!" && text != "="))
            {
                return $"line {line}: '{previous}{text}' may not be used in a rule";
            }

            var word = char.IsLetter(text[0]) || text[0] == '_';
            if (word && (Forbidden.Contains(text) || CatalogueOf.Any(c => text.StartsWith(c, StringComparison.OrdinalIgnoreCase))))
            {
                return $"line {line}: '{text}' may not be used in a rule";
            }

            if (text == "(" && previous.Length > 0 && (char.IsLetter(previous[0]) || previous[0] == '_')
                && !Functions.Contains(previous) && !Words.Contains(previous)
                && !(i >= 2 && Is(tokens[i - 2].Text, "as")))
            {
                return $"line {line}: the function '{previous}' is not among those a rule may call";
            }

            if (char.IsDigit(text[0]) && (previous == "." || text.Any(c => !char.IsAsciiDigit(c))))
            {
                return $"line {line}: {text} is not a plain whole number; compare whole numbers by multiplication";
            }

            previous = text;
        }

        return null;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Words, numbers, strings, comments and signs of the text with their lines, and whether they touch what stands before.</summary>
    private static IEnumerable<(string Text, int Line, bool Joined)> Tokens(string sql)
    {
        var line = 1;
        var i = 0;
        while (i < sql.Length)
        {
            var start = i;
            var c = sql[i];
            if (c == '\n')
            {
                line++;
                i++;
                continue;
            }

            if (c is ' ' or '\t')
            {
                i++;
                continue;
            }

            if (char.IsAsciiLetter(c) || c == '_')
            {
                while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] == '_'))
                {
                    i++;
                }
            }
            else if (char.IsDigit(c))
            {
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] == '.'))
                {
                    i++;
                }
            }
            else if (c is '\'' or '"')
            {
                i++;
                while (i < sql.Length && (sql[i] != c || (i + 1 < sql.Length && sql[i + 1] == c)))
                {
                    i += sql[i] == c ? 2 : 1;
                }

                i = Math.Min(i + 1, sql.Length);
            }
            else if (c == '-' && Next(sql, i) == '-')
            {
                while (i < sql.Length && sql[i] != '\n')
                {
                    i++;
                }
            }
            else if (c == '/' && Next(sql, i) == '*')
            {
                var close = sql.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = close < 0 ? sql.Length : close + 2;
            }
            else if ((c == '/' && Next(sql, i) == '/') || (c == ':' && Next(sql, i) == ':'))
            {
                i += 2;
            }
            else
            {
                i++;
            }

            var token = sql[start..i];
            yield return (token, line, start > 0 && (char.IsLetterOrDigit(sql[start - 1]) || sql[start - 1] is '_' or '\''));
            line += token.Count(x => x == '\n');
        }
    }

    private static char Next(string sql, int i) => i + 1 < sql.Length ? sql[i + 1] : '\0';
}
