namespace Kepil.Demo;

/// <summary>Who is whose child in an area: mothers of eighteen to forty-two, most of them with a husband near their age, children of one mother at least ten months apart or twins.</summary>
internal sealed class Families
{
    private const int Apart = 300;
    private const int Youngest = 18 * 365;
    private const int Oldest = 42 * 365;

    private readonly Person[] _women;
    private readonly Person[] _men;
    private readonly int[] _husband;
    private readonly List<int>[] _births;
    private readonly ulong _seed;

    /// <param name="people">All persons of the area.</param>
    /// <param name="day">Who is under age on this day is a child.</param>
    /// <param name="seed">The same seed makes the same families.</param>
    public Families(IReadOnlyList<Person> people, int day, ulong seed)
    {
        _seed = seed;
        _women = [.. people.Where(p => p.Sex == 'f').OrderBy(p => p.Birth).ThenBy(p => p.Index)];
        _men = [.. people.Where(p => p.Sex == 'm').OrderBy(p => p.Birth).ThenBy(p => p.Index)];
        _births = new List<int>[_women.Length];
        _husband = new int[_women.Length];
        Marry();
        Children = [.. people.Where(p => p.AgeOn(day) < 18).OrderBy(p => p.Birth).ThenBy(p => p.Index).SelectMany(ParentsOf)];
    }

    /// <summary>A child's number, a parent's number, and whether that parent is the mother.</summary>
    public IReadOnlyList<(long Child, long Parent, bool Mother)> Children { get; }

    /// <summary>Seven of eight women have a husband, up to six years older or two years younger; nobody has two.</summary>
    private void Marry()
    {
        var taken = new bool[_men.Length];
        for (var w = 0; w < _women.Length; w++)
        {
            _husband[w] = -1;
            var dice = new Dice(Dice.Mix(_seed, (ulong)_women[w].Index + 5_000));
            if (dice.Below(8) == 0)
            {
                continue;
            }

            var wanted = _women[w].Birth + 2 * 365 - dice.Below(8 * 365);
            for (var (m, tried) = (FirstFrom(_men, wanted), 0); m < _men.Length && tried < 12; m++, tried++)
            {
                if (!taken[m])
                {
                    (taken[m], _husband[w]) = (true, m);
                    break;
                }
            }
        }
    }

    private IEnumerable<(long, long, bool)> ParentsOf(Person child)
    {
        var dice = new Dice(Dice.Mix(_seed, (ulong)child.Index + 9_000));
        var start = FirstFrom(_women, child.Birth - 20 * 365 - dice.Below(20 * 365));
        for (var (w, tried) = (start, 0); w < _women.Length && tried < 40; w++, tried++)
        {
            var age = child.Birth - _women[w].Birth;
            if (age is < Youngest or > Oldest || !_women[w].AliveAfter(child.Birth) || _births[w] is { } others && others.Exists(b => Math.Abs(b - child.Birth) is > 0 and < Apart))
            {
                continue;
            }

            (_births[w] ??= []).Add(child.Birth);
            yield return (child.Id, _women[w].Id, true);
            if (_husband[w] >= 0)
            {
                yield return (child.Id, _men[_husband[w]].Id, false);
            }

            yield break;
        }
    }

    /// <summary>The place of the first who was born on a day or later.</summary>
    private static int FirstFrom(Person[] people, int birth)
    {
        int low = 0, high = people.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = people[middle].Birth < birth ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
