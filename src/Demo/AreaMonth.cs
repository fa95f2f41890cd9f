namespace Kepil.Demo;

/// <summary>What happens to ordinary people in the month and before it.</summary>
internal sealed partial class Area
{
    private static readonly Catalogue Lists = Catalogue.Country;
    private static readonly int[] Visits = Lists.Kind("visit");
    private static readonly int[] Consults = Lists.Kind("consult");
    private static readonly int[] Labs = Lists.Kind("lab");
    private static readonly int[] Diagnostics = Lists.Kind("diagnostic");
    private static readonly int[] Treatments = [.. Lists.Kind("treatment"), .. Lists.Kind("procedure")];
    private static readonly int[] Screenings = Lists.Kind("screening");
    private static readonly int[] Villagers = Lists.Kind("rural");
    private static readonly int[] Calls = Lists.Kind("ambulance");
    private static readonly int[] Trains = Lists.Kind("train");
    private static readonly int[] Components = Lists.Kind("blood");
    private static readonly int[] Tissues = Lists.Kind("histology");
    private static readonly Group[] Cases = [.. Lists.Groups.Where(g => g.Code[0] != 'P')];

    private readonly List<(int Index, int Age, char Sex)> _extras = [];
    private readonly HashSet<int> _given = [];
    private int _stayFrom;
    private int _stayTo;

    public void Live()
    {
        // Some days are taken by stays, absences and holidays, so that more visits are wished for than take place.
        var ratio = Math.Max(1, Size.Lines * 116 / Population.Count);
        var month = MonthEnd - MonthStart + 1;
        for (var i = FirstPerson; i <= LastPerson; i++)
        {
            var person = Population[i];
            if (person.Part == Part.Extra)
            {
                // A person in waiting was born before the look-back.
                if (person.Birth < FirstDay - 40)
                {
                    _extras.Add((i, person.AgeOn(MonthStart), person.Sex));
                }

                continue;
            }

            if (person.Birth > MonthStart - 100 || (person.Death != 0 && person.Death <= FirstDay + 3))
            {
                continue;
            }

            var dice = new Dice(Dice.Mix(Size.Seed, 900_000_000UL + (ulong)i));
            _given.Clear();
            _stayFrom = _stayTo = 0;
            var heavy = dice.Below(100) < 15;

            // 60 lines of 100 fall on 15 people of 100.
            var lines = heavy ? 1 + dice.Below((int)(ratio * 8 / 100)) : dice.Below(100_000) < ratio * 430 ? 1 : 0;
            var age = person.AgeOn(MonthStart);
            Before(person, age, ref dice);
            lines -= Hospital(person, age, ref dice);
            lines -= Registered(person, age, ref dice);
            var step = 1 + 2 * dice.Below(15);
            step = month % step == 0 ? 1 : step;
            var day = dice.Below(month);
            for (var tries = 0; lines > 0 && tries < month; tries++)
            {
                var on = MonthStart + day;
                day = (day + step) % month;
                if (!Free(person, on))
                {
                    continue;
                }

                lines -= Visit(person, age, on, Math.Min(lines, 4), ref dice);
            }
        }
    }

    /// <summary>The person lives, is at home and not in hospital.</summary>
    private bool Free(in Person person, int day) =>
        person.AliveAfter(day) && person.Birth <= day && !person.AwayOn(day) && (_stayFrom == 0 || day < _stayFrom - 1 || day > _stayTo + 1);

    private int Visit(in Person person, int age, int day, int limit, ref Dice dice)
    {
        if (!Working(day))
        {
            return dice.Chance(6_000) ? Ambulance(person, day, ref dice) : 0;
        }

        var lot = dice.Below(1000);
        if (lot < 25)
        {
            return Ambulance(person, day, ref dice);
        }

        if (lot < 28)
        {
            return Simple(person, The(ProviderKind.Train), Form.Train, Trains[dice.Below(Trains.Length)], day, Setting.Mobile, ref dice);
        }

        if (lot < 31)
        {
            return Simple(person, The(ProviderKind.Blood), Form.Blood, Components[dice.Below(Components.Length)], day, Setting.None, ref dice);
        }

        var primary = Primary(person);
        if (primary.Kind == ProviderKind.Village && lot < 600)
        {
            return Simple(person, primary, Form.Rural, Villagers[dice.Below(Villagers.Length)], day, Setting.Ordinary, ref dice);
        }

        return primary.Kind == ProviderKind.Village || (lot > 560 && person.InsuredOn(day))
            ? person.InsuredOn(day) ? Specialist(person, primary, age, day, limit, ref dice) : 0
            : PrimaryCare(person, primary, age, day, limit, ref dice);
    }

    private int PrimaryCare(in Person person, Provider provider, int age, int day, int limit, ref Dice dice)
    {
        var service = Suiting(Visits, person, age, ref dice);
        if (service < 0)
        {
            return 0;
        }

        var tariffed = Lists.Services[service];
        var diagnosis = Illness(tariffed.Specialty, person, age, day, ref dice);
        var line = Contact(person, provider, Form.Phc, service, day, diagnosis, ref dice);
        line.Setting = tariffed.Code == "A01.006.000" ? Setting.Home : tariffed.Code == "A01.007.000" ? Setting.Remote : Setting.Ordinary;
        Add(line);
        var made = 1;
        while (made < limit)
        {
            var lot = dice.Below(100);
            made += lot < 45 ? Beside(Labs, Form.Phc, person, provider, age, day, diagnosis, ref dice)
                : lot < 65 ? Beside(Treatments, Form.Phc, person, provider, age, day, diagnosis, ref dice)
                : lot < 79 ? Screening(person, provider, age, day, ref dice)
                : lot < 90 ? Prescribed(person, provider, age, day, ref dice)
                : 1;
        }

        return made;
    }

    private int Specialist(in Person person, Provider primary, int age, int day, int limit, ref Dice dice)
    {
        var service = Suiting(Consults, person, age, ref dice);
        if (service < 0)
        {
            return 0;
        }

        // One centre of the area draws patients from everywhere, so that it stands out as in any oblast.
        var provider = dice.Below(100) < 6 ? _centre : Specialists[(person.AttachedTo + dice.Below(2)) % Specialists.Length];
        var diagnosis = Illness(Lists.Services[service].Specialty, person, age, day, ref dice);
        var line = Contact(person, provider, Form.Specialist, service, day, diagnosis, ref dice);
        Refer(ref line, primary, ref dice);
        Add(line);
        var made = 1;
        var pictures = 0;
        while (made < limit)
        {
            if (pictures == 0 && dice.Below(100) < 45)
            {
                pictures = 1;
                var picture = Suiting(Diagnostics, person, age, ref dice);
                if (picture >= 0)
                {
                    var taken = Contact(person, provider, Form.Specialist, picture, day, Illness(Lists.Services[picture].Specialty, person, age, day, ref dice), ref dice);
                    Refer(ref taken, primary, ref dice);
                    Add(taken);
                }

                made++;
            }
            else
            {
                made += dice.Below(100) < 80 ? Beside(Labs, Form.Specialist, person, provider, age, day, diagnosis, ref dice) : 1;
            }
        }

        return made;
    }

    private int Beside(int[] services, Form form, in Person person, Provider provider, int age, int day, int diagnosis, ref Dice dice)
    {
        var service = Suiting(services, person, age, ref dice);
        if (service >= 0)
        {
            var line = Contact(person, provider, form, service, day, diagnosis, ref dice);
            line.Minute = -1;
            Add(line);
        }

        return 1;
    }

    private int Screening(in Person person, Provider provider, int age, int day, ref Dice dice)
    {
        if (age is > 41 and < 65 && Seasons.AllowScreening(day, ref dice) && _given.Add(-1))
        {
            var service = Suiting(Screenings, person, age, ref dice);
            if (service >= 0)
            {
                Add(Contact(person, provider, Form.Phc, service, day, ScreeningIllness(service), ref dice));
            }
        }

        return 1;
    }

    private static int ScreeningIllness(int service) => Lists.Illness(Lists.Services[service].Code switch
    {
        "B09.861.021" => "Z01.4",
        "C03.017.016" => "Z12.3",
        "B06.862.022" => "Z12.1",
        "B09.864.021" => "Z13.1",
        "B09.865.021" => "Z13.5",
        _ => "Z13.6",
    });

    private int Prescribed(in Person person, Provider provider, int age, int day, ref Dice dice)
    {
        var medicine = Lists.Remedies[dice.Below(Lists.Remedies.Length)];
        var diagnosis = medicine.Diagnoses[dice.Below(medicine.Diagnoses.Length)];
        if (age < 18 || medicine.Price > 1_000_000 || !Lists.Illnesses[diagnosis].Suits(person, age) || !_given.Add(-1_000 - medicine.Index))
        {
            return 1;
        }

        Add(Dispensed(person, provider, medicine, 1 + dice.Below(Math.Max(1, medicine.MonthLimit / 2)), diagnosis, day, ref dice));
        return 1;
    }

    private int Ambulance(in Person person, int day, ref Dice dice)
    {
        var service = Calls[dice.Below(Calls.Length)];
        var line = Contact(person, The(ProviderKind.Ambulance), Form.Ambulance, service, day, Illness("emergency", person, person.AgeOn(day), day, ref dice), ref dice);
        line.Urgency = Urgency.Emergency;
        Add(line);
        return 1;
    }

    private int Simple(in Person person, Provider provider, Form form, int service, int day, Setting setting, ref Dice dice)
    {
        if (!_given.Add(service))
        {
            return 1;
        }

        var line = Contact(person, provider, form, service, day, Illness(Lists.Services[service].Specialty, person, person.AgeOn(day), day, ref dice), ref dice);
        line.Setting = setting;
        Add(line);
        return 1;
    }

    /// <summary>Months of look-back, thinner: stays, screenings and visits.</summary>
    private void Before(in Person person, int age, ref Dice dice)
    {
        if (dice.Chance(1_500))
        {
            var day = FirstDay + dice.Below(MonthStart - FirstDay - 6);
            var primary = Primary(person);
            if (Working(day) && Free(person, day) && primary.Kind != ProviderKind.Village)
            {
                PrimaryCare(person, primary, age, day, 1, ref dice);
            }
        }

        if (dice.Chance(2_600))
        {
            var end = FirstDay + 12 + dice.Below(MonthStart - FirstDay - 13);
            if (person.AliveAfter(end) && !person.AwayOn(end) && !person.AwayOn(end - 12) && person.Birth < end - 60)
            {
                Stay(person, age, end, ref dice);
            }
        }

        if (dice.Chance(4_000) && age is > 41 and < 65)
        {
            var day = FirstDay + dice.Below(MonthStart - FirstDay - 6);
            if (Working(day) && Seasons.AllowScreening(day, ref dice) && Free(person, day) && _given.Add(-1))
            {
                var service = Suiting(Screenings, person, age, ref dice);
                if (service >= 0)
                {
                    Add(Contact(person, Polyclinics[person.AttachedTo % Polyclinics.Length], Form.Phc, service, day, ScreeningIllness(service), ref dice));
                }
            }
        }
    }
}
