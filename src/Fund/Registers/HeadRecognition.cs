using System.Globalization;
using Kepil.Monitoring;

namespace Kepil.Fund.Registers;

/// <summary>The heading of a register as found: which table it is, where the heads stand and which column each one is.</summary>
/// <param name="Table">"line", or the name of a reference register.</param>
/// <param name="Row">Row of the heads as a spreadsheet shows it; 0 when the format itself names the columns.</param>
/// <param name="Heads">The heads as written.</param>
/// <param name="Codes">The column of each head, or null for what is not known.</param>
public sealed record RecognisedHead(string Table, int Row, IReadOnlyList<string> Heads, IReadOnlyList<string?> Codes)
{
    /// <summary>Position of a column in the file, or -1.</summary>
    public int Of(string code)
    {
        for (var i = 0; i < Codes.Count; i++)
        {
            if (Codes[i] == code)
            {
                return i;
            }
        }

        return -1;
    }

    public bool Has(string code) => Of(code) >= 0;
}

/// <summary>Finds the heading row among the first rows of a register.</summary>
public sealed class HeadRecognition(Vocabulary vocabulary)
{
    /// <summary>How many rows are searched for the heads.</summary>
    public const int RowsSearched = 30;

    public const string Line = "line";

    /// <summary>Columns of an account-register without which no row could be taken; of each group one is enough.</summary>
    private static readonly string[][] Needed =
        [["line_id"], ["stated_id"], ["started_on", "ended_on"], ["service_code", "drg_code", "medicine_code"], ["amount", "price"], ["diagnosis"]];

    private const int MostKept = 20_000;

    /// <summary>What may be recognised, in the order in which it is tried.</summary>
    private static readonly string[] Tables = [Line, .. ReferenceTables.All.Select(t => t.Name)];

    /// <summary>How many columns each of them must have.</summary>
    private static readonly int[] Fewest = Array.ConvertAll(Tables, table => table == Line ? Needed.Length : NeededOf(table).Count());

    [ThreadStatic]
    private static Kept? _kept;

    // Files of a batch have the same heads, so the next file finds them known.
    private readonly Dictionary<string, string?[]> _codes = CodesIn(vocabulary);

    private static readonly string[] Units = ["тенге", "теңге", "тг", "kzt", "tenge", "₸", "тиын", "шт"];

    /// <summary>Finds the heads; <paramref name="table"/> is null when the register's kind is to be recognised.</summary>
    /// <param name="numbers">The numbers of the first rows.</param>
    /// <param name="rows">The texts of their cells.</param>
    /// <returns>The heading and how many of the given rows it ends after.</returns>
    /// <remarks>Lists of objects, not of tuples: code for these would be compiled anew in each reading process.</remarks>
    public (RecognisedHead Head, int RowsUsed) Find(IReadOnlyList<int> numbers, IReadOnlyList<string[]> rows, string? table, string fileName)
    {
        var candidates = new List<Candidate>();
        var compared = rows.Select(r => Array.ConvertAll(r, c => c.Length > 200 ? c : Vocabulary.Compared(c))).ToList();
        var promising = Promising(rows, compared);
        var alone = new string?[]?[]?[rows.Count];
        var pairs = new PairedCell[]?[rows.Count];
        for (var kind = 0; kind < Tables.Length; kind++)
        {
            if (table is not null && table != Tables[kind])
            {
                continue;
            }

            var asked = Tables[kind] == (table ?? Line);
            for (var i = 0; i < rows.Count; i++)
            {
                if (promising[i].Alone)
                {
                    AddCandidate(candidates, kind, numbers[i], rows[i], alone[i] ??= Codes(rows[i], compared[i]), i + 1, asked);
                }

                if (promising[i].WithNext)
                {
                    AddCandidate(candidates, kind, numbers[i], pairs[i] ??= Pair(rows[i], compared[i], rows[i + 1], compared[i + 1]), i + 2, asked);
                }
            }
        }

        // Of one table the first heading counts: a later one stands again on a printed page, and lines lie between.
        var whole = new List<Candidate>();
        foreach (var candidate in candidates.Where(c => c.Missing.Count == 0))
        {
            var other = whole.FindIndex(w => w.Head.Table == candidate.Head.Table);
            if (other < 0)
            {
                whole.Add(candidate);
            }
            else if (candidate.Used < whole[other].Used || (candidate.Used == whole[other].Used && candidate.Head.Row > whole[other].Head.Row))
            {
                whole[other] = candidate;
            }
        }

        if (whole.Count > 0)
        {
            var found = Unambiguous(whole, whole.Max(w => w.Score), fileName);
            return (found, whole.First(w => w.Head.Table == found.Table).Used);
        }

        var nearest = candidates.Where(c => c.Head.Table == (table ?? Line)).MaxBy(c => c.Score);
        throw nearest is null || nearest.Score < 3
            ? new RegisterRefusedException("head_not_found", ("rows", Math.Max(rows.Count, 1).ToString(CultureInfo.InvariantCulture)))
            : new RegisterRefusedException("columns_missing", ("row", nearest.Head.Row.ToString(CultureInfo.InvariantCulture)), ("columns", string.Join(", ", nearest.Missing)));
    }

    /// <summary>Whether a row alone has all heads that an account-register needs.</summary>
    public bool IsHeadOfLines(string[] cells) =>
        cells.Length >= Needed.Length && Missing(Line, Array.ConvertAll(Codes(cells, Array.ConvertAll(cells, c => c.Length > 200 ? c : Vocabulary.Compared(c))), known => known?[0])).Count == 0;

    /// <summary>Which rows may hold two known heads at all, alone or with the next row: most rows are lines and need not be compared with every table.</summary>
    private Promise[] Promising(IReadOnlyList<string[]> rows, List<string[]> compared)
    {
        var promising = new Promise[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            promising[i].Alone = Known(i);
            promising[i].WithNext = i + 1 < rows.Count && (promising[i].Alone || Known(i + 1) || Joined(i));
        }

        return promising;

        bool Known(int row)
        {
            var known = 0;
            for (var i = 0; i < compared[row].Length; i++)
            {
                known += MayBeHead(rows[row][i], compared[row][i]) ? 1 : 0;
            }

            return known > 1;
        }

        // A merged upper cell stands over several lower ones, so parts of one head lie in two rows.
        bool Joined(int row)
        {
            var (known, over, overMayBe) = (0, "", false);
            for (var i = 0; i < Math.Max(compared[row].Length, compared[row + 1].Length); i++)
            {
                if (i < compared[row].Length && rows[row][i].Length > 0)
                {
                    (over, overMayBe) = (compared[row][i], MayBeHead(rows[row][i], compared[row][i]));
                }

                var below = i < compared[row + 1].Length ? compared[row + 1][i] : "";
                known += overMayBe || vocabulary.IsHead(over + below) || (i < compared[row + 1].Length && MayBeHead(rows[row + 1][i], below)) ? 1 : 0;
            }

            return known > 1;
        }
    }

    /// <summary>A cell that is a known head of some table, or would be without its bracket or its unit.</summary>
    private bool MayBeHead(string cell, string compared) =>
        cell.Length is > 0 and <= 200 && (compared.Length == 0 || vocabulary.IsHead(compared) || cell.Contains('(', StringComparison.Ordinal) || (cell.LastIndexOf(',') is >= 0 and var comma && !(comma + 1 < cell.Length && char.IsAsciiDigit(cell[comma + 1]))));

    /// <summary>Whether heads known beforehand are those of a table.</summary>
    public RecognisedHead Take(IReadOnlyList<string> heads, string? table, string fileName) =>
        Find([0], [[.. heads]], table, fileName).Head;

    private RecognisedHead Unambiguous(List<Candidate> whole, int score, string fileName)
    {
        var best = whole.Where(w => w.Score == score).Select(w => w.Head).ToList();
        if (best.Count > 1)
        {
            var file = Vocabulary.Compared(Path.GetFileNameWithoutExtension(fileName));
            var named = best.Where(h => file.Contains(Vocabulary.Compared(h.Table), StringComparison.Ordinal)).ToList();
            best = named.Count == 1 ? named : best.Any(h => h.Table == Line) ? [best.First(h => h.Table == Line)] : best;
        }

        if (best.Count > 1)
        {
            throw new RegisterRefusedException("kind_unclear", ("kinds", string.Join(", ", best.Select(h => h.Table))));
        }

        var seen = new HashSet<string>();
        foreach (var code in best[0].Codes)
        {
            if (code is not null && !seen.Add(code))
            {
                throw Repeated(best[0], best[0].Codes.First(c => c is not null && best[0].Codes.Count(other => other == c) > 1)!);
            }
        }

        return best[0];
    }

    private static RegisterRefusedException Repeated(RecognisedHead head, string code) => new(
        "head_repeated",
        ("row", head.Row.ToString(CultureInfo.InvariantCulture)),
        ("columns", string.Join(", ", Enumerable.Range(0, head.Codes.Count).Where(i => head.Codes[i] == code).Select(i => $"{RegisterTable.ColumnLetters(i)} «{head.Heads[i]}»"))));

    private static void AddCandidate(List<Candidate> candidates, int kind, int number, string[] cells, string?[]?[] known, int used, bool asked)
    {
        var score = 0;
        foreach (var codes in known)
        {
            score += codes?[kind] is null ? 0 : 1;
        }

        if (score >= Least(kind, asked))
        {
            Add(candidates, kind, number, cells, Array.ConvertAll(known, codes => codes?[kind]), used, score);
        }
    }

    private static void AddCandidate(List<Candidate> candidates, int kind, int number, PairedCell[] pair, int used, bool asked)
    {
        var score = 0;
        foreach (var cell in pair)
        {
            score += cell.Of(kind).Code is null ? 0 : 1;
        }

        if (score >= Least(kind, asked))
        {
            Add(candidates, kind, number, Array.ConvertAll(pair, p => p.Of(kind).Text), Array.ConvertAll(pair, p => p.Of(kind).Code), used, score);
        }
    }

    /// <summary>
    /// The fewest known heads with which a row may be the heading of a table: fewer cannot be all that the table needs.
    /// Of the table that is asked for, a part already tells what is missing.
    /// </summary>
    private static int Least(int kind, bool asked) => asked ? 2 : Math.Max(2, Fewest[kind]);

    private static void Add(List<Candidate> candidates, int kind, int number, string[] cells, string?[] codes, int used, int score) =>
        candidates.Add(new Candidate(new RecognisedHead(Tables[kind], number, cells, codes), used, score, Missing(Tables[kind], codes)));

    private static IReadOnlyList<string> Missing(string table, string?[] codes)
    {
        if (table == Line)
        {
            return [.. Needed.Where(group => !group.Any(codes.Contains)).Select(group => string.Join(" / ", group))];
        }

        return [.. NeededOf(table).Where(name => !codes.Contains(name))];
    }

    /// <summary>The columns that a reference register must have. One of persons may leave birth and sex to the number itself, a period may be open.</summary>
    private static IEnumerable<string> NeededOf(string table) =>
        ReferenceTables.Named(table).Columns.Where(c => c.Required && c.Name is not ("to_day" or "birth_date" or "sex")).Select(c => c.Name);

    /// <summary>The columns that the cells of a row may be, of each table; nothing for a cell that is no head.</summary>
    private string?[]?[] Codes(string[] cells, string[] compared)
    {
        var codes = new string?[]?[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            codes[i] = MayBeHead(cells[i], compared[i]) ? Codes(cells[i]) : null;
        }

        return codes;
    }

    private static Dictionary<string, string?[]> CodesIn(Vocabulary words)
    {
        if (_kept is not { } kept || kept.Vocabulary != words)
        {
            _kept = kept = new Kept(words, []);
        }

        return kept.Codes;
    }

    /// <summary>The column of a head in each table: as written, without what stands in brackets, without a unit after a comma.</summary>
    private string?[] Codes(string head)
    {
        if (_codes.TryGetValue(head, out var codes))
        {
            return codes;
        }

        codes = Found(head);
        if (_codes.Count < MostKept)
        {
            _codes[head] = codes;
        }

        return codes;
    }

    private string?[] Found(string head)
    {
        var codes = new string?[Tables.Length];
        if (head.Length is 0 or > 200)
        {
            return codes;
        }

        var whole = head.Trim() is "#" or "№" ? head.Trim() : Vocabulary.Compared(head);
        var bracket = head.IndexOf('(', StringComparison.Ordinal);
        var before = bracket > 0 ? Vocabulary.Compared(head.AsSpan(0, bracket)) : null;
        var comma = head.LastIndexOf(',');
        var shorter = comma > 0 && Units.Contains(Vocabulary.Compared(head.AsSpan(comma)) is { Length: > 0 } unit ? unit : head[(comma + 1)..].Trim()) ? Codes(head[..comma]) : null;
        for (var kind = 0; kind < codes.Length; kind++)
        {
            var known = vocabulary.Heads(Tables[kind]);
            codes[kind] = known.TryGetValue(whole, out var code) || (before is not null && known.TryGetValue(before, out code)) ? code : shorter?[kind];
        }

        return codes;
    }

    /// <summary>What lies over each other in two rows, and what of it may be a head of any table: that is asked once, not for every table.</summary>
    private PairedCell[] Pair(string[] upper, string[] comparedUpper, string[] lower, string[] comparedLower)
    {
        var places = new PairedCell[Math.Max(upper.Length, lower.Length)];
        var (over, comparedOver) = ("", "");
        for (var i = 0; i < places.Length; i++)
        {
            var (above, comparedAbove) = i < upper.Length ? (upper[i], comparedUpper[i]) : ("", "");
            var (below, comparedBelow) = i < lower.Length ? (lower[i], comparedLower[i]) : ("", "");
            (over, comparedOver) = above.Length > 0 ? (above, comparedAbove) : (over, comparedOver);
            var both = below.Length == 0 ? "" : $"{over} {below}".Trim();
            places[i] = new PairedCell(
                above, below, both, Known(above, comparedAbove), Known(below, comparedBelow),
                Known(both, over.Length > 200 || below.Length > 200 ? Vocabulary.Compared(both) : comparedOver + comparedBelow));
        }

        return places;

        string?[]? Known(string cell, string compared) => MayBeHead(cell, compared) ? Codes(cell) : null;
    }

    private sealed record Candidate(RecognisedHead Head, int Used, int Score, IReadOnlyList<string> Missing);

    private record struct Promise(bool Alone, bool WithNext);

    private sealed record Kept(Vocabulary Vocabulary, Dictionary<string, string?[]> Codes);

    /// <summary>Heads in two rows, where a merged upper cell stands over several lower ones: the lower, both together, or the upper.</summary>
    private sealed record PairedCell(string Above, string Below, string Both, string?[]? AboveCodes, string?[]? BelowCodes, string?[]? BothCodes)
    {
        public (string Text, string? Code) Of(int kind) =>
            Below.Length == 0 ? (Above, AboveCodes?[kind])
            : BothCodes?[kind] is { } both ? (Both, both)
            : BelowCodes?[kind] is not null || AboveCodes?[kind] is not { } above ? (Below, BelowCodes?[kind])
            : (Above, above);
    }
}
