namespace Kepil.Tests.Portrait;

/// <summary>
/// What somebody can reckon who has a published table with all its totals: for a hidden cell the least and the most that it may hold.
/// Exact, as the flow in the network of hidden cells: a cell grows as far as others can give way.
/// </summary>
/// <param name="cells">The true numbers; used as one table that fits what is published.</param>
/// <param name="hidden">Cells that are not published.</param>
/// <param name="least">What the reader knows of each hidden cell: that it is not empty, or nothing.</param>
internal sealed class TableAttack(long[,] cells, bool[,] hidden, long least)
{
    private const long Endless = long.MaxValue / 4;

    private readonly int _rows = cells.GetLength(0), _columns = cells.GetLength(1);

    public (long Low, long High) Bounds(int row, int column) =>
        (cells[row, column] - Math.Min(cells[row, column] - least, Flow(row, _rows + column, row, column)), cells[row, column] + Flow(_rows + column, row, row, column));

    /// <summary>The largest flow between two lines; growing is a step from a row to a column, shrinking one back.</summary>
    private long Flow(int from, int to, int row, int column)
    {
        var nodes = _rows + _columns;
        var room = new long[nodes, nodes];
        for (var r = 0; r < _rows; r++)
        {
            for (var c = 0; c < _columns; c++)
            {
                if (hidden[r, c] && (r, c) != (row, column))
                {
                    (room[r, _rows + c], room[_rows + c, r]) = (Endless, cells[r, c] - least);
                }
            }
        }

        for (var all = 0L; ; )
        {
            var back = Enumerable.Repeat(-1, nodes).ToArray();
            var queue = new Queue<int>([from]);
            back[from] = from;
            while (queue.TryDequeue(out var node))
            {
                for (var next = 0; next < nodes; next++)
                {
                    if (back[next] < 0 && room[node, next] > 0)
                    {
                        back[next] = node;
                        queue.Enqueue(next);
                    }
                }
            }

            if (back[to] < 0)
            {
                return all;
            }

            var least = Endless;
            for (var node = to; node != from; node = back[node])
            {
                least = Math.Min(least, room[back[node], node]);
            }

            for (var node = to; node != from; node = back[node])
            {
                room[back[node], node] -= least;
                room[node, back[node]] += least;
            }

            all += least;
            if (all >= Endless / 2)
            {
                return all;
            }
        }
    }
}
