namespace Kepil.Demo;

/// <summary>People in waiting and the lines that they are given: what look-alikes and breaches have in common.</summary>
internal sealed partial class Area
{
    private List<(int Index, int Age, char Sex)> _waiting = [];
    private Dice _luck;
    private int _spare;

    /// <summary>Brings together those who stayed healthy until now.</summary>
    private void Gather()
    {
        _luck = new Dice(Dice.Mix(Size.Seed, 5_000_000UL + (ulong)Number));
        _waiting = _extras;
        _waiting.Reverse();
    }

    /// <summary>Somebody of an age and, when it matters, a sex, who has not been called yet.</summary>
    private Person Call(int ageFrom = 20, int ageTo = 59, char sex = '\0')
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var person = _waiting[i];
            if (person.Age >= ageFrom && person.Age <= ageTo && (sex == 0 || person.Sex == sex))
            {
                _waiting[i] = _waiting[^1];
                _waiting.RemoveAt(_waiting.Count - 1);
                return Population[person.Index];
            }
        }

        throw new InvalidOperationException($"Area {Number} has nobody left of {ageFrom} to {ageTo} years.");
    }

    /// <summary>The same person with something changed in the registers.</summary>
    private Person Change(Person person)
    {
        Changed[person.Index] = person;
        return person;
    }

    /// <summary>A person who was born on a day that the population does not hold, in the place of another.</summary>
    private Person Born(int day, char sex)
    {
        var person = Call();
        var place = _spare++;
        person.Birth = day - place / 7;
        person.Sex = sex;
        person.Id = Population.SpareNumber(person.Birth, sex, Number * 7 + place % 7);
        person.AttachedOn = person.InsuredFrom = person.Birth;
        return Change(person);
    }

    /// <summary>A former number of the person that the registry merged with the present one.</summary>
    private long FormerNumber(in Person person)
    {
        for (var i = 0; i < 7; i++)
        {
            var old = Population.SpareNumber(person.Birth, person.Sex, 650 + Number * 7 + i);
            if (_former.Add(old))
            {
                Merged.Add((old, person.Id));
                return old;
            }
        }

        throw new InvalidOperationException("Seven people born on one day have no more former numbers to share.");
    }

    private readonly HashSet<long> _former = [];

    /// <summary>A working day of the month, so many days from its edges.</summary>
    private int Someday(int from = 3, int last = 27)
    {
        int day;
        do
        {
            day = MonthStart + from + _luck.Below(last - from);
        }
        while (!Working(day));

        return day;
    }

    private Provider Polyclinic(in Person person) => Polyclinics[person.AttachedTo / 8 % Polyclinics.Length];

    /// <summary>A visit in primary care.</summary>
    private Line Visit(in Person person, int day, string code = "A01.003.000", string diagnosis = "J06.9", Provider? provider = null, Form form = Form.Phc) =>
        Contact(person, provider ?? Polyclinic(person), form, Lists.Service(code).Index, day, Lists.Illness(diagnosis), ref _luck);

    /// <summary>A referred service of a specialist, paid by insurance.</summary>
    private Line Referred(in Person person, int day, string code = "A02.013.000", string diagnosis = "L30.9", Provider? provider = null)
    {
        var line = Contact(person, provider ?? Specialists[person.AttachedTo % Specialists.Length], Form.Specialist, Lists.Service(code).Index, day, Lists.Illness(diagnosis), ref _luck);
        Refer(ref line, Polyclinic(person), ref _luck);
        return line;
    }

    /// <summary>An emergency case in hospital.</summary>
    private Line Treated(in Person person, int start, int end, string group = "M012", Provider? provider = null, bool emergency = true) =>
        Case(person, provider ?? Hospitals[person.AttachedTo % Hospitals.Length], Lists.Drg(group), start, end, emergency, ref _luck);

    private static short Code(string diagnosis) => (short)Lists.Illness(diagnosis);

    private static Remedy Medicine(string code) => Lists.Remedies.First(m => m.Code == code);
}
