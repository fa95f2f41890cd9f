using Kepil.Fund.Portrait;
using Kepil.Tests.Contributions;
using Xunit;

namespace Kepil.Tests.Portrait;

/// <summary>All numbers of the public pages together: whoever takes one from another that holds it, over tables, pages and the bars of earlier days, is left with no few people, insured or not.</summary>
public sealed class PublicDifferenceTests
{
    private static readonly DateOnly[] Days = [new(2026, 10, 1), new(2026, 11, 1)];

    /// <summary>A number that is told, and the people whom it counts: a bit for each of the counts of a day.</summary>
    private sealed record ToldNumber(long People, UInt128[] Of, string Where);

    [Fact]
    public void Whoever_tells_all_people_of_a_place_tells_its_few_insured()
    {
        // Four insured people are what is left of 504; told with the next district they are not.
        PortraitSum[] sums = [new("6110", "hired", 500), new("6116", "hired", 300)];
        var people = new Dictionary<string, long> { ["6110"] = 504, ["6116"] = 900 };
        Assert.Equal(2, PortraitTable.Public(sums, PortraitKinds.All)!.Lines.Count);
        Assert.Equal(["6110", "6116"], Assert.Single(PortraitTable.Public(sums, PortraitKinds.All, null, people)!.Lines).Codes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_difference_of_public_numbers_is_a_few_people(int seed)
    {
        var dice = new Random(seed);
        var (tried, merged) = (0L, 0);
        for (var round = 0; round < 12; round++)
        {
            using var trial = new TrialContributions(false);
            var store = PortraitStore.Of(trial.Desk);
            var days = Days.ToDictionary(d => d, _ => Country(dice));
            foreach (var (day, counts) in days)
            {
                store.Add("tester", day, counts);
            }

            foreach (var (day, counts) in days)
            {
                var told = Told(store, day, counts);
                merged += told.Count(t => t.Where.Contains('+', StringComparison.Ordinal));
                foreach (var large in told)
                {
                    Assert.False(PublicTable.IsFew(large.People), $"{large.Where}: {large.People} people are told.");
                    foreach (var small in told.Where(s => s.People <= large.People && Holds(large, s)))
                    {
                        tried++;
                        Assert.False(PublicTable.IsFew(large.People - small.People), $"{large.Where} less {small.Where}: {large.People - small.People} people.");
                    }
                }
            }
        }

        Assert.True(tried > 2_000 && merged > 10, $"{tried} {merged}");
    }

    private static List<PortraitCount> Country(Random dice) =>
    [
        .. from region in Enumerable.Range(10, dice.Next(2, 5))
           let size = dice.Next(1, 4)
           from district in Enumerable.Range(10, dice.Next(1, 4))
           let few = dice.Next(3) == 0
           from kind in PortraitKinds.All.Append(PortraitKinds.Insured)
           from age in (int[])[18, 55]
           from sex in (string[])["f", "m"]
           let many = dice.Next(4) switch { 0 => dice.Next(4), 1 => dice.Next(14), _ => dice.Next(6, 6 + (int)Math.Pow(10, size)) }
           where many > 0 && !(few && kind == PortraitKinds.Insured && (age, sex) != (18, "f"))
           select new PortraitCount($"{region}{district}10", kind, age, sex, few && kind == PortraitKinds.Insured ? 1 + many % 6 : many),
    ];

    /// <summary>What the pages of the country and of each region tell of a day; of a line of a table also what is left when all that is shown of it is taken away.</summary>
    private static List<ToldNumber> Told(PortraitStore store, DateOnly day, List<PortraitCount> counts)
    {
        var told = new List<ToldNumber>();
        void Tell(long people, Func<PortraitCount, bool> of, string where)
        {
            var bits = new UInt128[(counts.Count + 127) / 128];
            var sum = 0L;
            foreach (var (i, count) in counts.Index())
            {
                if (of(count))
                {
                    bits[i / 128] |= UInt128.One << (i % 128);
                    sum += count.People;
                }
            }

            // The page tells the truth.
            Assert.Equal(sum, people);
            told.Add(new(people, bits, where));
        }

        void Table(PortraitView view, PortraitTable? table, string name, Func<PortraitCount, PortraitLine, bool> inLine, Func<PortraitCount, IReadOnlyList<string>, bool> inColumn)
        {
            bool Here(PortraitCount c) => c.Kind != PortraitKinds.Insured && c.Okrug.StartsWith(view.Place, StringComparison.Ordinal);
            foreach (var line in table?.Lines ?? [])
            {
                var where = $"{name} {string.Join('+', line.Codes)}";
                Tell(line.Total, c => Here(c) && inLine(c, line), where);
                var shown = table!.Columns.Where((_, i) => line.Cells[i] is not null).ToList();
                foreach (var (i, column) in table.Columns.Index())
                {
                    if (line.Cells[i] is { } cell)
                    {
                        Tell(cell, c => Here(c) && inLine(c, line) && inColumn(c, column), $"{where} {string.Join('+', column)}");
                    }
                }

                Tell(line.Total - line.Cells.Sum(c => c ?? 0), c => Here(c) && inLine(c, line) && !shown.Any(s => inColumn(c, s)), where + " rest");
                if (name == "kinds")
                {
                    Tell(view.PeopleOf(line), c => inLine(c, line), where + " all");
                    Tell(view.PeopleOf(line) - line.Total, c => inLine(c, line) && !Here(c), where + " insured");
                }
            }

            foreach (var (i, column) in (table?.Columns ?? []).Index())
            {
                Tell(table!.Totals[i], c => Here(c) && inColumn(c, column), $"{name} {view.Place} {string.Join('+', column)} total");
            }
        }

        foreach (var place in counts.Select(c => c.Okrug[..2]).Distinct().Prepend(""))
        {
            var view = PortraitView.Public(store, day, place);
            Table(view, view.Kinds, "kinds", (c, l) => l.Codes.Any(code => c.Okrug.StartsWith(code, StringComparison.Ordinal)), (c, k) => k.Contains(c.Kind));
            Table(view, view.Ages, "ages", (c, l) => l.Codes.Contains(c.Age.ToString(System.Globalization.CultureInfo.InvariantCulture)), (c, s) => s.Contains(c.Sex));
            if (view.Days.FirstOrDefault(d => d.Day == day) is { } bar)
            {
                Tell(bar.Uninsured, c => c.Kind != PortraitKinds.Insured && c.Okrug.StartsWith(place, StringComparison.Ordinal), $"bar {place}");
                Tell(bar.People, c => c.Okrug.StartsWith(place, StringComparison.Ordinal), $"bar {place} all");
            }
        }

        return told;
    }

    private static bool Holds(ToldNumber large, ToldNumber small)
    {
        for (var i = 0; i < large.Of.Length; i++)
        {
            if ((small.Of[i] & ~large.Of[i]) != UInt128.Zero)
            {
                return false;
            }
        }

        return true;
    }
}
