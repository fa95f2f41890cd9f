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

    private const int MostKept = 50_000;

    [ThreadStatic]
    private static Dictionary<(IReadOnlyDictionary<string, string> Known, string Head), string?>? _kept;

    private readonly Dictionary<(IReadOnlyDictionary<string, string> Known, string Head), string?> _codes = _kept ??= [];

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
        var pairs = new PairedCell[]?[rows.Count];
        var tables = table is null ? (IEnumerable<string>)[Line, .. ReferenceTables.All.Select(t => t.Name)] : [table];
        foreach (var name in tables)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (promising[i].Alone)
                {
                    AddCandidate(candidates, name, numbers[i], rows[i], i + 1);
                }

                if (promising[i].WithNext)
                {
                    AddCandidate(candidates, name, numbers[i], TwoRows(vocabulary.Heads(name), pairs[i] ??= Pair(rows[i], compared[i], rows[i + 1], compared[i + 1])), i + 2);
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

    private void AddCandidate(List<Candidate> candidates, string table, int number, string[] cells, int used)
    {
        var known = vocabulary.Heads(table);
        var codes = new string?[cells.Length];
        var score = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            codes[i] = Code(known, cells[i]);
            score += codes[i] is null ? 0 : 1;
        }

        if (score >= 2)
        {
            candidates.Add(new Candidate(new RecognisedHead(table, number, cells, codes), used, score, Missing(table, codes)));
        }
    }

    private static IReadOnlyList<string> Missing(string table, string?[] codes)
    {
        if (table == Line)
        {
            return [.. Needed.Where(group => !group.Any(codes.Contains)).Select(group => string.Join(" / ", group))];
        }

        // A register of persons may leave birth and sex to the number itself, a period may be open.
        return [.. ReferenceTables.Named(table).Columns.Where(c => c.Required && c.Name is not ("to_day" or "birth_date" or "sex") && !codes.Contains(c.Name)).Select(c => c.Name)];
    }

    /// <summary>The column of a head: as written, without what stands in brackets, without a unit after a comma.</summary>
    private string? Code(IReadOnlyDictionary<string, string> known, string head)
    {
        // Files of a batch have the same heads, and every table is compared with them.
        if (_codes.TryGetValue((known, head), out var code))
        {
            return code;
        }

        code = Found(known, head);
        if (_codes.Count < MostKept)
        {
            _codes[(known, head)] = code;
        }

        return code;
    }

    private string? Found(IReadOnlyDictionary<string, string> known, string head)
    {
        if (head.Length is 0 or > 200)
        {
            return null;
        }

        if (known.TryGetValue(head.Trim() is "#" or "№" ? head.Trim() : Vocabulary.Compared(head), out var code))
        {
            return code;
        }

        var bracket = head.IndexOf('(', StringComparison.Ordinal);
        if (bracket > 0 && known.TryGetValue(Vocabulary.Compared(head.AsSpan(0, bracket)), out code))
        {
            return code;
        }

        var comma = head.LastIndexOf(',');
        return comma > 0 && Units.Contains(Vocabulary.Compared(head.AsSpan(comma)) is { Length: > 0 } unit ? unit : head[(comma + 1)..].Trim())
            ? Code(known, head[..comma])
            : null;
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
                above, below, both, MayBeHead(above, comparedAbove), MayBeHead(below, comparedBelow),
                MayBeHead(both, over.Length > 200 || below.Length > 200 ? Vocabulary.Compared(both) : comparedOver + comparedBelow));
        }

        return places;
    }

    /// <summary>Heads in two rows, where a merged upper cell stands over several lower ones: the lower, both together, or the upper.</summary>
    private string[] TwoRows(IReadOnlyDictionary<string, string> known, PairedCell[] pair) =>
        Array.ConvertAll(pair, p => p.Below.Length == 0 ? p.Above
            : p.BothMayBe && Code(known, p.Both) is not null ? p.Both
            : (p.BelowMayBe && Code(known, p.Below) is not null) || p.Above.Length == 0 || !p.AboveMayBe || Code(known, p.Above) is null ? p.Below
            : p.Above);

    private sealed record Candidate(RecognisedHead Head, int Used, int Score, IReadOnlyList<string> Missing);

    private record struct Promise(bool Alone, bool WithNext);

    private sealed record PairedCell(string Above, string Below, string Both, bool AboveMayBe, bool BelowMayBe, bool BothMayBe);
}
