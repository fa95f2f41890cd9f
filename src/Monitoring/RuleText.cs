namespace Kepil.Monitoring;

/// <summary>The part of SQL that a rule may use; everything else is refused by its name and line.</summary>
/// <remarks>DuckDB's settings alone do not contain a hostile query, so the words of the text are read before any engine sees it.</remarks>
public static class RuleText
{
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "abs", "avg", "cast", "coalesce", "count", "dense_rank", "exists", "extract", "first_value", "greatest", "in", "lag", "last_value", "lead",
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
    };

    /// <summary>What is wrong with the text, or null.</summary>
    public static string? Objection(string sql)
    {
        var previous = "";
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tokens = Tokens(sql).ToList();
        if (tokens.Count == 0 || (!Is(tokens[0].Text, "select") && !Is(tokens[0].Text, "with")))
        {
            return "the body begins neither with SELECT nor with WITH";
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            var (text, line) = tokens[i];
            if (text == ";")
            {
                return $"line {line}: a semicolon; a rule is one statement without one";
            }

            if (text[0] == '"' || text[0] == '$' || text[0] == '?' || text[0] == '{' || text[0] == '[' || text is "//" or "/" or "::" or "@" or "~")
            {
                return $"line {line}: '{text}' may not be used in a rule";
            }

            if (text.StartsWith("--", StringComparison.Ordinal) || text.StartsWith("/*", StringComparison.Ordinal))
            {
                continue;
            }

            var word = char.IsLetter(text[0]) || text[0] == '_';
            if (word && Forbidden.Contains(text) && previous != ".")
            {
                return $"line {line}: '{text}' may not be used in a rule";
            }

            if (word && i + 1 < tokens.Count && Is(tokens[i + 1].Text, "as") && i + 2 < tokens.Count && tokens[i + 2].Text == "(")
            {
                names.Add(text);
            }

            if (text == "(" && previous.Length > 0 && (char.IsLetter(previous[0]) || previous[0] == '_')
                && !Functions.Contains(previous) && !Words.Contains(previous) && !names.Contains(previous)
                && !(i >= 2 && Is(tokens[i - 2].Text, "as")))
            {
                return $"line {line}: the function '{previous}' is not among those a rule may call";
            }

            if (text.Contains('.', StringComparison.Ordinal) && char.IsDigit(text[0]))
            {
                return $"line {line}: the number {text} has a fraction; compare whole numbers by multiplication";
            }

            previous = text;
        }

        return null;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Words, numbers, strings, comments and signs of the text with their lines.</summary>
    private static IEnumerable<(string Text, int Line)> Tokens(string sql)
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

            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            if (char.IsLetter(c) || c == '_')
            {
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] == '_'))
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
            yield return (token, line);
            line += token.Count(x => x == '\n');
        }
    }

    private static char Next(string sql, int i) => i + 1 < sql.Length ? sql[i + 1] : '\0';
}
