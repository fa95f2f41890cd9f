using Kepil.Fund.Portrait;
using Xunit;

namespace Kepil.Tests.Portrait;

/// <summary>What is published of the portrait tells of no few people, neither by itself nor by difference over rows, columns, totals, regions and the country.</summary>
public sealed class PublicTableTests
{
    [Fact]
    public void Whoever_hides_a_few_people_alone_hides_nothing()
    {
        long[,] cells = { { 4, 30 }, { 50, 60 } };

        // The attack of these tests finds the cell by difference; a table of this house hides the rectangle.
        Assert.Equal((4, 4), new TableAttack(cells, new[,] { { true, false }, { false, false } }, 1).Bounds(0, 0));
        var table = PublicTable.Of(cells);
        Assert.Equal((null, null, null, null), (table[0, 0], table[0, 1], table[1, 0], table[1, 1]));
        Assert.False(table.OnlyTotals);
        Assert.True(new TableAttack(cells, new[,] { { true, true }, { true, true } }, 1).Bounds(0, 0).High > PublicTable.Few);
    }

    [Fact]
    public void A_table_without_a_few_is_published_whole_and_one_cell_takes_three_with_it()
    {
        Assert.Equal(11, PublicTable.Of(new long[,] { { 11, 0 }, { 12, 400 } })[0, 0]);

        var cells = new long[12, 6];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i / 6, i % 6] = 100 + i;
        }

        cells[3, 2] = 7;
        var table = PublicTable.Of(cells);
        Assert.Equal(4, Enumerable.Range(0, cells.Length).Count(i => table[i / 6, i % 6] is null));
    }

    [Fact]
    public void Where_no_rectangle_guards_a_cell_only_totals_are_told()
    {
        var table = PublicTable.Of(new long[,] { { 5, 0, 40 }, { 0, 30, 0 }, { 10, 2, 0 } });

        Assert.True(table.OnlyTotals);
        Assert.Null(table[1, 1]);
    }

    /// <summary>Countries by dice, with many small places and rare kinds: the attack over all that is published of each solves no cell, and no published number is a few.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void No_public_table_lets_a_hidden_cell_be_solved(int seed)
    {
        var dice = new Random(seed);
        var (hid, wholly, shown) = (0, 0, 0);
        for (var round = 0; round < 150; round++)
        {
            var people = Country(dice);
            var regions = people.GroupBy(p => (Line: p.Line[..2], p.Column)).Select(g => new PortraitSum(g.Key.Line, g.Key.Column, g.Sum(p => p.People))).ToList();
            var kinds = PortraitTable.KindsOf(regions, PortraitKinds.All);
            if (kinds is null)
            {
                Assert.True(people.Sum(p => p.People) <= PublicTable.Few);
                continue;
            }

            // Regions by kind hide nothing: every number is published, so that the tables of the regions are known apart by their totals.
            var country = PortraitTable.Public(regions, PortraitKinds.All, kinds)!;
            Assert.False(country.Hides);
            AllTold(country);
            foreach (var line in country.Lines.Where(l => l.Codes.Count == 1))
            {
                var parts = people.Where(p => p.Line.StartsWith(line.Codes[0], StringComparison.Ordinal)).ToList();
                var table = PortraitTable.Public(parts, PortraitKinds.All, kinds);
                Assert.NotNull(table);
                Assert.Equal(line.Cells.Select(c => c!.Value), table.Totals);
                AllTold(table);
                Attack(table, parts, ref hid, ref wholly);
                shown += table.Lines.Sum(l => l.Cells.Count(c => c is not null));
            }
        }

        // The dice reach all three: hidden cells with rectangles, tables of totals alone, and tables that show much.
        Assert.True(hid > 100 && wholly > 0 && shown > 1000, $"{hid} {wholly} {shown}");
    }

    private static List<PortraitSum> Country(Random dice) =>
    [
        .. from region in Enumerable.Range(10, dice.Next(1, 5))
           let size = dice.Next(4)
           from district in Enumerable.Range(10, dice.Next(1, 8))
           from kind in PortraitKinds.All
           let many = dice.Next(4) switch { 0 => dice.Next(12), 1 => dice.Next(40), _ => dice.Next(20, 20 + (int)Math.Pow(10, size)) }
           where many > 0
           select new PortraitSum($"{region}{district}", kind, many),
    ];

    private static void AllTold(PortraitTable table)
    {
        foreach (var number in table.Lines.SelectMany(l => l.Cells.Append(l.Total)).Concat(table.Totals.Cast<long?>()).OfType<long>())
        {
            Assert.False(PublicTable.IsFew(number), $"{number} people are published.");
        }
    }

    private static void Attack(PortraitTable table, IReadOnlyList<PortraitSum> people, ref int hid, ref int wholly)
    {
        var (cells, hidden) = (new long[table.Lines.Count, table.Columns.Count], new bool[table.Lines.Count, table.Columns.Count]);
        foreach (var (r, line) in table.Lines.Index())
        {
            foreach (var (c, column) in table.Columns.Index())
            {
                cells[r, c] = people.Where(p => line.Codes.Contains(p.Line) && column.Contains(p.Column)).Sum(p => p.People);
                hidden[r, c] = line.Cells[c] is null;
                Assert.True(hidden[r, c] || line.Cells[c] == cells[r, c]);
            }
        }

        var all = hidden.Cast<bool>().All(h => h);
        wholly += all ? 1 : 0;
        // Of a table of which nothing but totals is told the reader does not know that no hidden cell is empty.
        var attack = new TableAttack(cells, hidden, all ? 0 : 1);
        for (var r = 0; r < cells.GetLength(0); r++)
        {
            for (var c = 0; c < cells.GetLength(1); c++)
            {
                if (hidden[r, c] && PublicTable.IsFew(cells[r, c]))
                {
                    hid++;
                    var (low, high) = attack.Bounds(r, c);
                    Assert.True(low < high && high > PublicTable.Few, $"{cells[r, c]} people are known to be {low} to {high}.");
                }
            }
        }
    }
}
