using Kepil.Law;

namespace Kepil.Demo;

/// <summary>All persons of the invented country. Nobody is stored: a person is computed when asked for, changes are kept beside.</summary>
internal sealed class Population
{
    private const int OldestYear = 1927;

    /// <summary>Weights of the ages 0-4, 5-9 … 95-99, shaped like a young southern oblast.</summary>
    private static readonly int[] Pyramid = [108, 112, 104, 88, 72, 74, 80, 76, 66, 58, 50, 46, 42, 34, 24, 13, 8, 5, 2, 1];

    private readonly ulong _seed;
    private readonly int _count;
    private readonly int _step;
    private readonly int _shift;
    private readonly int _firstDay;
    private readonly int[] _firstRank;
    private readonly int[] _coarse;
    private readonly int _extras;
    private readonly int _month;
    private readonly int _monthEnd;

    public Population(DemoSize size)
    {
        _seed = Dice.Mix(size.Seed, 1);
        _count = size.Persons;
        _month = size.Month.DayNumber;
        _monthEnd = size.Month.AddMonths(1).DayNumber - 1;
        _extras = _count < 50_000 ? 12 : 5;
        _step = Coprime(_count);
        _shift = (int)(_seed % (ulong)_count);
        _firstDay = new DateOnly(OldestYear, 1, 1).DayNumber;
        var days = _monthEnd - _firstDay + 1;
        long total = 0;
        var weights = new long[days];
        for (var d = 0; d < days; d++)
        {
            var age = Math.Min(99, (_monthEnd - _firstDay - d) * 4 / 1461);
            weights[d] = Pyramid[age / 5] * 100 + (int)(Dice.Mix(_seed, (ulong)d) % 900);
            total += weights[d];
        }

        _firstRank = new int[days + 1];
        long sum = 0;
        for (var d = 0; d < days; d++)
        {
            _firstRank[d] = (int)((Int128)sum * _count / total);
            sum += weights[d];
        }

        _firstRank[days] = _count;
        _coarse = new int[(_count >> 8) + 2];
        for (int c = 0, d = 0; c < _coarse.Length; c++)
        {
            while (d < days - 1 && _firstRank[d + 1] <= c << 8)
            {
                d++;
            }

            _coarse[c] = d;
        }
    }

    public int Count => _count;

    public Person this[int index]
    {
        get
        {
            var rank = (int)(((long)index * _step + _shift) % _count);
            var day = _coarse[rank >> 8];
            while (_firstRank[day + 1] <= rank)
            {
                day++;
            }

            var dice = new Dice(Dice.Mix(_seed, (ulong)index + 1_000));
            var person = new Person { Index = index, Birth = _firstDay + day };
            var age = person.AgeOn(_month);
            person.Sex = dice.Below(1000) < (age > 60 ? 440 : 512) ? 'm' : 'f';
            person.Id = Number(person.Birth, person.Sex, (rank - _firstRank[day]) * 3);
            person.Part = dice.Below(100) < _extras ? Part.Extra : Part.Ordinary;
            person.AttachedTo = (short)dice.Below(10_000);
            person.AttachedOn = Math.Max(person.Birth, new DateOnly(2019, 1, 1).DayNumber + dice.Below(2_400));
            person.Applied = true;
            person.InsuredFrom = Math.Max(person.Birth, new DateOnly(2020, 1, 1).DayNumber);
            person.InsuredTo = DateOnly.MaxValue.DayNumber;
            if (person.Part == Part.Extra)
            {
                return person;
            }

            Insure(ref person, ref dice, age);
            Die(ref person, ref dice, age);
            if (dice.Chance(2_500))
            {
                person.AbroadFrom = _month - 60 + dice.Below(85);
                person.AbroadTo = person.AbroadFrom + 6 + dice.Below(20);
            }

            person.SexChanged = age > 20 && dice.Chance(4);
            return person;
        }
    }

    /// <summary>A valid number that the population does not hold: one of 1,300 for each day and sex, above the serials given out.</summary>
    public static long SpareNumber(int birth, char sex, int place) => Number(birth, sex, 6_000 + place * 3);

    private void Insure(ref Person person, ref Dice dice, int age)
    {
        // Children and pensioners are paid for by the State; grown-ups carry the gap of 17 per cent.
        var state = age < 18 || age >= 63;
        var lot = dice.Below(1000);
        if (state ? lot < 12 : lot < 230)
        {
            person.InsuredFrom = 0;
        }
        else if (!state && lot < 270)
        {
            person.InsuredTo = _month - 30 - dice.Below(420);
        }
        else if (!state && lot < 300)
        {
            person.InsuredTo = _month - 300;
            person.InsuredAgain = _month - 200 + dice.Below(60);
        }
    }

    private void Die(ref Person person, ref Dice dice, int age)
    {
        var chance = age switch { < 1 => 300, < 20 => 60, < 40 => 300, < 60 => 1_500, < 75 => 6_000, < 85 => 16_000, _ => 35_000 };
        if (dice.Chance(chance))
        {
            var last = _monthEnd - 1;
            var first = Math.Max(person.Birth + 1, last - 1_200);
            person.Death = first + dice.Below(Math.Max(1, last - first));
            person.DeathMinute = (short)dice.Below(1440);
        }
    }

    private static long Number(int birth, char sex, int serial)
    {
        var day = DateOnly.FromDayNumber(birth);
        for (var i = 0; i < 3; i++)
        {
            if (IdentityNumber.Make(day, sex == 'm' ? Law.Sex.Male : Law.Sex.Female, serial + i) is { } number)
            {
                return number.Value;
            }
        }

        throw new InvalidOperationException("Three serials in a row are never refused by both rounds of weights.");
    }

    private static int Coprime(int count)
    {
        var step = (int)(count * 0.618);
        while (Gcd(step, count) != 1)
        {
            step++;
        }

        return step;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
