namespace Kepil.Fund.Portrait;

/// <summary>A number of people who are alike and live together.</summary>
/// <param name="Line">Code of the place, or the first year of the age band.</param>
/// <param name="Column">Kind of people, or sex.</param>
public sealed record PortraitSum(string Line, string Column, long People);

/// <summary>A line of a portrait.</summary>
/// <param name="Codes">Places or ages that it tells of; several where they were too few to be told one by one.</param>
/// <param name="Cells">People by column; nothing in a cell that is hidden.</param>
public sealed record PortraitLine(IReadOnlyList<string> Codes, IReadOnlyList<long?> Cells, long Total);

/// <summary>A table of uninsured people: exact for those who work with it, or as it may be published.</summary>
/// <param name="Columns">Kinds or sexes of each column.</param>
/// <param name="Hides">Some cell is hidden.</param>
public sealed record PortraitTable(IReadOnlyList<IReadOnlyList<string>> Columns, IReadOnlyList<PortraitLine> Lines, IReadOnlyList<long> Totals, bool Hides)
{
    public long Total => Totals.Sum();

    /// <summary>All numbers as they are.</summary>
    /// <param name="columns">The columns in their order.</param>
    public static PortraitTable Exact(IReadOnlyList<PortraitSum> sums, IReadOnlyList<string> columns)
    {
        var (lines, counts) = Counts(sums, columns);
        return new(
            [.. columns.Select(c => (IReadOnlyList<string>)[c])],
            [.. lines.Select((l, r) => new PortraitLine([l], [.. columns.Select((_, c) => (long?)counts[r, c])], Across(counts, r)))],
            [.. columns.Select((_, c) => Down(counts, c))], false);
    }

    /// <summary>What may be published, with all totals of lines and columns.</summary>
    /// <param name="columns">Groups of columns; nothing: they are made for this table alone.</param>
    /// <param name="people">All people of each line, insured or not, where they are told too: then the insured of a line may not be a few either, for they are what is left.</param>
    /// <returns>Nothing when all people of the table are too few.</returns>
    public static PortraitTable? Public(IReadOnlyList<PortraitSum> sums, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<int>>? columns = null, IReadOnlyDictionary<string, long>? people = null)
    {
        var (lines, counts) = Counts(sums, names);
        columns ??= PublicTable.Groups([.. names.Select((_, c) => Down(counts, c))], g => PublicTable.IsFew(g.Sum(c => Down(counts, c))));
        var rows = LinesOf(lines, counts, people);
        if (rows is null || columns is null)
        {
            return null;
        }

        var told = new long[rows.Count, columns.Count];
        foreach (var (r, row) in rows.Index())
        {
            foreach (var (c, column) in columns.Index())
            {
                told[r, c] = row.Sum(i => column.Sum(j => counts[i, j]));
            }
        }

        var table = PublicTable.Of(told);
        return new(
            [.. columns.Select(c => (IReadOnlyList<string>)[.. c.Select(j => names[j])])],
            [.. rows.Select((row, r) => new PortraitLine([.. row.Select(i => lines[i])], [.. columns.Select((_, c) => table[r, c])], Across(told, r)))],
            [.. columns.Select((_, c) => Down(told, c))],
            rows.Count * columns.Count > 0 && rows.Index().Any(r => columns.Index().Any(c => table[r.Index, c.Index] is null)));
    }

    /// <summary>Groups of kinds, the same for the whole country, so that no kind of a region is a few: what one region hides cannot be had by taking the others from the country.</summary>
    /// <param name="regions">Regions by kind, those put together that are too few by themselves.</param>
    /// <param name="people">All people of each region, insured or not.</param>
    /// <returns>Nothing when the whole country holds too few.</returns>
    public static IReadOnlyList<IReadOnlyList<int>>? KindsOf(IReadOnlyList<PortraitSum> regions, IReadOnlyList<string> names, IReadOnlyDictionary<string, long>? people = null)
    {
        var (lines, counts) = Counts(regions, names);
        return LinesOf(lines, counts, people) is not { } rows ? null
            : PublicTable.Groups([.. names.Select((_, c) => Down(counts, c))], g => rows.Any(row => PublicTable.IsFew(row.Sum(r => g.Sum(c => counts[r, c])))));
    }

    private static IReadOnlyList<IReadOnlyList<int>>? LinesOf(IReadOnlyList<string> lines, long[,] counts, IReadOnlyDictionary<string, long>? people) =>
        PublicTable.Groups([.. lines.Select((_, r) => Across(counts, r))], g => g.Sum(r => Across(counts, r)) is var sum && (PublicTable.IsFew(sum) || (people is not null && PublicTable.IsFew(g.Sum(r => people[lines[r]]) - sum))));

    private static (IReadOnlyList<string> Lines, long[,] Counts) Counts(IReadOnlyList<PortraitSum> sums, IReadOnlyList<string> columns)
    {
        // Ages are numbers, places codes of one length.
        List<string> lines = [.. sums.Select(s => s.Line).Distinct().OrderBy(l => l.Length).ThenBy(l => l, StringComparer.Ordinal)];
        var counts = new long[lines.Count, columns.Count];
        var (row, column) = (lines.Index().ToDictionary(l => l.Item, l => l.Index), columns.Index().ToDictionary(c => c.Item, c => c.Index));
        foreach (var sum in sums)
        {
            counts[row[sum.Line], column[sum.Column]] += sum.People;
        }

        return (lines, counts);
    }

    private static long Across(long[,] counts, int row) => Enumerable.Range(0, counts.GetLength(1)).Sum(c => counts[row, c]);

    private static long Down(long[,] counts, int column) => Enumerable.Range(0, counts.GetLength(0)).Sum(r => counts[r, column]);
}
