namespace Kepil.Fund.Portrait;

/// <summary>A table of numbers of people with those cells hidden from which a few people could be told. All totals of its lines are published, so none of them may be a few.</summary>
/// <remarks>docs/decisions/0016-hide-few-people-by-rectangles.md says why it is done so.</remarks>
public sealed class PublicTable
{
    /// <summary>So many people, but not nobody, are too few to be shown.</summary>
    public const long Few = 10;

    private readonly long[,] counts;
    private readonly bool[,] hidden;

    private PublicTable(long[,] counts)
    {
        this.counts = counts;
        hidden = new bool[counts.GetLength(0), counts.GetLength(1)];
    }

    /// <summary>No cell is shown, only the totals: there was no other way to keep one hidden.</summary>
    public bool OnlyTotals { get; private set; }

    /// <summary>What is published of a cell; nothing of one that is hidden.</summary>
    public long? this[int row, int column] => OnlyTotals || hidden[row, column] ? null : counts[row, column];

    public static bool IsFew(long count) => count is > 0 and <= Few;

    /// <summary>Hides what must be hidden.</summary>
    /// <param name="counts">Rows and columns, none of whose totals is a few.</param>
    public static PublicTable Of(long[,] counts)
    {
        var table = new PublicTable(counts);
        var few = table.Cells().Where(c => IsFew(counts[c.Row, c.Column])).ToList();
        foreach (var (row, column) in few)
        {
            table.hidden[row, column] = true;
        }

        table.OnlyTotals = !few.OrderBy(c => counts[c.Row, c.Column]).All(c => table.Guard(c.Row, c.Column));
        return table;
    }

    /// <summary>
    /// Lines that may not be told by themselves, put into one group with as many others as are needed.
    /// </summary>
    /// <param name="totals">Of each line.</param>
    /// <param name="isFew">Whether these lines together tell of a few people.</param>
    /// <returns>Groups of lines, the mixed one last; nothing when all together are a few.</returns>
    public static IReadOnlyList<IReadOnlyList<int>>? Groups(IReadOnlyList<long> totals, Func<IReadOnlyList<int>, bool> isFew)
    {
        var others = Enumerable.Range(0, totals.Count).Where(i => isFew([i])).ToList();
        var alone = Enumerable.Range(0, totals.Count).Except(others).OrderBy(i => totals[i]).ToList();
        while (others.Count > 0 && isFew(others))
        {
            if (alone.FindIndex(i => totals[i] > 0) is var next && next < 0)
            {
                return null;
            }

            others.Add(alone[next]);
            alone.RemoveAt(next);
        }

        return [.. alone.Order().Select(i => (IReadOnlyList<int>)[i]), .. others.Count == 0 ? [] : new[] { (IReadOnlyList<int>)[.. others.Order()] }];
    }

    /// <summary>
    /// Hides three more cells that make a rectangle with this one: one person more here and in the opposite corner and one less in the other two leaves all totals as they are.
    /// The other two hold so many that this one might be more than a few, though the reader knows that no hidden cell is empty.
    /// </summary>
    private bool Guard(int row, int column)
    {
        var need = Few + 2 - counts[row, column];
        (int Row, int Column)? best = null;
        var least = long.MaxValue;
        foreach (var (r, c) in Cells())
        {
            if (r == row || c == column || counts[r, c] == 0 || counts[row, c] < need || counts[r, column] < need)
            {
                continue;
            }

            var cost = Cost(r, c) + Cost(row, c) + Cost(r, column);
            if (cost < least)
            {
                (best, least) = ((r, c), cost);
            }
        }

        if (best is not { } corner)
        {
            return false;
        }

        hidden[corner.Row, corner.Column] = hidden[row, corner.Column] = hidden[corner.Row, column] = true;
        return true;
    }

    private long Cost(int row, int column) => hidden[row, column] ? 0 : counts[row, column];

    private IEnumerable<(int Row, int Column)> Cells()
    {
        for (var row = 0; row < counts.GetLength(0); row++)
        {
            for (var column = 0; column < counts.GetLength(1); column++)
            {
                yield return (row, column);
            }
        }
    }
}
