using Kepil.Law;

namespace Kepil.Demo;

/// <summary>A time in which somebody pays for a person's insurance.</summary>
/// <param name="Payer">Number of the payer: an employer's, the State's, or the person's own.</param>
/// <param name="Income">Income of a month in tiyn from which is paid; null where the payment does not depend on one.</param>
internal readonly record struct PaidFor(long Payer, string Category, int From, int To, long? Income);

/// <summary>Who pays for whose insurance in an area: the State for its categories, employers, and those who pay for themselves.</summary>
internal sealed class Payers
{
    private const int GrownUp = 18;
    private const int Pension = 63;

    /// <summary>Invented incomes begin here, in tiyn.</summary>
    private const long LeastIncome = 8_500_000;

    /// <summary>People of an area for each of its employers.</summary>
    private const int PeopleOfEmployer = 40;

    private readonly long[] _employers;
    private readonly ulong _seed;

    public Payers(int area, int people, ulong seed)
    {
        _seed = seed;
        var most = people / PeopleOfEmployer + 1;
        _employers = [.. Enumerable.Range(0, most).Select(i => EmployerNumber((long)area * most + i))];
    }

    /// <summary>The number under which the State pays.</summary>
    public static long State { get; } = Number(1995, 12, 1);

    /// <summary>The employers of the area with their names.</summary>
    public IEnumerable<(long Id, string NameKk, string NameRu)> Employers => _employers.Select((id, i) => (id, $"«{Word(i)}-{id % 100_000}» ЖШС", $"ТОО «{Word(i)}-{id % 100_000}»"));

    /// <summary>The times in which somebody pays for a person, cut where childhood ends and the pension begins; they cover the insured days and no others.</summary>
    public IEnumerable<PaidFor> Of(Person person)
    {
        if (person.InsuredFrom != 0)
        {
            foreach (var time in Cut(person, person.InsuredFrom, person.InsuredTo))
            {
                yield return time;
            }
        }

        if (person.InsuredAgain != 0)
        {
            foreach (var time in Cut(person, person.InsuredAgain, DateOnly.MaxValue.DayNumber))
            {
                yield return time;
            }
        }
    }

    private IEnumerable<PaidFor> Cut(Person person, int from, int to)
    {
        var born = DateOnly.FromDayNumber(person.Birth);
        var (grown, retired) = (born.AddYears(GrownUp).DayNumber, born.AddYears(Pension).DayNumber);
        if (from < grown)
        {
            yield return new PaidFor(State, "child", from, Math.Min(to, grown - 1), null);
        }

        if (from < retired && to >= grown)
        {
            var (payer, category, income) = Working(person);
            yield return new PaidFor(payer, category, Math.Max(from, grown), Math.Min(to, retired - 1), income);
        }

        if (to >= retired)
        {
            yield return new PaidFor(State, "pensioner", Math.Max(from, retired), to, null);
        }
    }

    private (long Payer, string Category, long? Income) Working(Person person)
    {
        var dice = new Dice(Dice.Mix(_seed, (ulong)person.Index + 13_000));
        var employer = _employers[dice.Below(_employers.Length)];
        var income = LeastIncome + LeastIncome * dice.Below(100) * dice.Below(100) / 2_000;
        return dice.Below(100) switch
        {
            < 62 => (employer, "employee", income),
            < 68 => (employer, "civil_contract", income),
            < 80 => (person.Id, "entrepreneur", null),
            < 90 => (person.Id, "self_payer", null),
            < 94 => (State, "disabled", null),
            < 97 => (State, person.Sex == 'f' ? "child_care_leave" : "carer", null),
            _ => (State, "unemployed", null),
        };
    }

    private static string Word(int place) => Provider.Proper[place % Provider.Proper.Length];

    /// <summary>Registered in 2024 or 2025, when no provider of the demo was.</summary>
    private static long EmployerNumber(long number) => Number((int)(2024 + number % 2), (int)(1 + number / 2 % 12), (int)(number / 24 * 4));

    private static long Number(int year, int month, int serial)
    {
        OrganisationNumber? number;
        while ((number = OrganisationNumber.Make(year, month, serial++)) is null)
        {
        }

        return number.Value.Value;
    }
}
