namespace Kepil.Demo;

/// <summary>Stays, courses and people on registers; and what every line has in common.</summary>
internal sealed partial class Area
{
    private int Hospital(in Person person, int age, ref Dice dice)
    {
        var lot = dice.Below(100_000);
        if (lot >= 1_700 || _stayTo != 0)
        {
            return 0;
        }

        var end = MonthStart + dice.Below(MonthEnd - MonthStart + 1);
        if (!person.AliveAfter(end + 1) || person.AwayOn(end) || person.AwayOn(end - 10) || person.AwayOn(end - 4))
        {
            return 0;
        }

        if (lot < 1_100)
        {
            return Stay(person, age, end, ref dice);
        }

        var (kind, form) = lot switch
        {
            < 1_450 => ("dayhospital", Form.Average),
            < 1_500 => ("met", Form.Met),
            < 1_505 => ("actual", Form.Actual),
            < 1_660 => ("bedday", Form.BedDay),
            _ => ("palliative", Form.BedDay),
        };
        if (form is Form.Average or Form.Met or Form.Actual or Form.BedDay && !(person.InsuredOn(end - 12) && person.InsuredOn(end)))
        {
            return 0;
        }

        var service = Suiting(Lists.Kind(kind), person, age, ref dice);
        if (service < 0)
        {
            return 0;
        }

        Add(Ward(person, service, form, end - 4 - dice.Below(6), end, ref dice));
        return 1;
    }

    private int Stay(in Person person, int age, int end, ref Dice dice)
    {
        var group = Cases[dice.Below(Cases.Length)];
        for (var i = 0; i < 6 && !Seasons.Allow(group.Diagnoses[0], end, ref dice); i++)
        {
            group = Cases[dice.Below(Cases.Length)];
        }

        if (!group.Suits(person, age))
        {
            return 0;
        }

        var start = end - Math.Max(3, group.Days - 2 + dice.Below(5));
        var emergency = group.Operation is null || dice.Below(2) == 0;
        if (person.AwayBetween(start, end) || (!emergency && !person.InsuredOn(start)))
        {
            return 0;
        }

        var hospital = Hospitals[dice.Below(Hospitals.Length)];
        Add(Case(person, hospital, group, start, end, emergency, ref dice));
        return 1;
    }

    /// <summary>A treated case by its group, as an honest hospital bills it.</summary>
    private Line Case(in Person person, Provider hospital, Group group, int start, int end, bool emergency, ref Dice dice)
    {
        var line = Blank(person, hospital, Form.Drg, start, end);
        var diagnosis = group.Diagnoses[dice.Below(group.Diagnoses.Length)];
        line.Drg = (short)group.Index;
        line.Diagnosis = (short)diagnosis;
        line.Price = Catalogue.Price(group);
        line.Operation = (short)(group.Operation is null ? -1 : group.Index);
        line.Urgency = emergency ? Urgency.Emergency : Urgency.Planned;
        line.Outcome = dice.Below(3) == 0 ? Outcome.Recovered : Outcome.Improved;
        line.BedDays = (short)(end - start);
        line.Minute = (short)(8 * 60 + dice.Below(600));
        line.Doctor = hospital.Attend(person.Id);
        if (!emergency)
        {
            line.DiagnosisReferral = line.Diagnosis;
            Refer(ref line, Polyclinics[person.AttachedTo % Polyclinics.Length], ref dice);
        }

        Occupy(start, end);
        return line;
    }

    /// <summary>A stay that is not paid by groups: day hospital, rehabilitation, high technology.</summary>
    private Line Ward(in Person person, int service, Form form, int start, int end, ref Dice dice)
    {
        var tariffed = Lists.Services[service];
        var provider = form switch
        {
            Form.Average => Hospitals[dice.Below(Hospitals.Length)],
            Form.BedDay => The(ProviderKind.Rehabilitation),
            _ => The(ProviderKind.HighTechnology),
        };
        var line = Blank(person, provider, form, start, end);
        line.Service = (short)service;
        line.Price = Price(service, end);
        line.BedDays = (short)(end - start);
        line.Quantity = form == Form.BedDay ? end - start : 1;
        line.Package = form == Form.Actual ? Package.ByLaw : tariffed.Kind == "palliative" ? Package.Tmkkk : Package.Mams;
        line.Urgency = Urgency.Planned;
        line.Outcome = Outcome.Improved;
        line.Diagnosis = line.DiagnosisReferral = (short)(tariffed.Kind switch
        {
            "palliative" => Illness("palliative", person, 50, end, ref dice),
            "bedday" => Lists.Illness("I69.3"),
            "met" => person.AgeOn(start) < 18 ? Lists.Illness("C91.0") : Illness("chemo", person, 50, end, ref dice),
            "actual" => tariffed.Code == "F03.002.000" ? Lists.Illness("C91.0") : Lists.Illness("I35.0"),
            _ => tariffed.Specialty == "neurology" ? Lists.Illness("G54.1") : tariffed.Specialty == "paediatrics" ? Lists.Illness("J45.0") : Lists.Illness("I11.9"),
        });
        line.Doctor = provider.Attend(person.Id);
        Refer(ref line, Polyclinics[person.AttachedTo % Polyclinics.Length], ref dice);
        Occupy(start, end);
        return line;
    }

    /// <summary>People on the registers of psychiatry, tuberculosis and HIV, on dialysis and in courses.</summary>
    private int Registered(in Person person, int age, ref Dice dice)
    {
        var lot = dice.Below(100_000);
        if (lot >= 1_600 || age < 18 || !person.AliveAfter(MonthEnd) || person.AbroadFrom != 0 || _stayTo != 0)
        {
            return 0;
        }

        if (lot < 1_100)
        {
            var (code, kind, form) = lot < 500 ? ("E01.001.000", ProviderKind.Psychiatry, Form.Psychiatry)
                : lot < 700 ? ("E01.002.000", ProviderKind.Psychiatry, Form.Psychiatry)
                : lot < 950 ? ("E02.001.000", ProviderKind.Tuberculosis, Form.Tuberculosis) : ("E03.001.000", ProviderKind.Hiv, Form.Hiv);
            var day = WorkingFrom(MonthStart + dice.Below(26), 1);
            return Simple(person, The(kind), form, Lists.Service(code).Index, day, Setting.Ordinary, ref dice);
        }

        if (lot < 1_400 && person.InsuredOn(MonthStart) && person.InsuredOn(MonthEnd))
        {
            return lot < 1_150 ? Course(person, "D92.293.001", "Z49.1", 2, 13, ref dice)
                : lot < 1_250 ? Course(person, "D99.293.019", "Z51.1", 14, 2, ref dice)
                : Course(person, "D95.470.014", "Z50.1", 1, 10, ref dice);
        }

        if (lot < 1_500)
        {
            return Simple(person, The(ProviderKind.Pathology), Form.Pathology, Tissues[dice.Below(Tissues.Length)], WorkingFrom(MonthStart + dice.Below(26), 1), Setting.None, ref dice);
        }

        return 0;
    }

    /// <summary>A series that repeats by nature: dialysis, chemotherapy, remedial exercise.</summary>
    private int Course(in Person person, string code, string diagnosis, int step, int sessions, ref Dice dice)
    {
        var service = Lists.Service(code).Index;
        var provider = Hospitals[person.AttachedTo % Hospitals.Length];
        var day = WorkingFrom(MonthStart + dice.Below(4), 1);
        var made = 0;
        for (; made < sessions && day <= MonthEnd; made++)
        {
            var line = Contact(person, provider, Form.Specialist, service, day, Lists.Illness(diagnosis), ref dice);
            Refer(ref line, Polyclinics[person.AttachedTo % Polyclinics.Length], ref dice);
            Add(line);
            day = WorkingFrom(day + step - 1, 1);
        }

        // The days of the course are taken; the rest of the month is left for nothing else.
        Occupy(MonthStart, MonthEnd);
        return made;
    }

    private void Occupy(int start, int end) => (_stayFrom, _stayTo) = (start, end);

    /// <summary>An outpatient line as an honest provider bills it.</summary>
    private Line Contact(in Person person, Provider provider, Form form, int service, int day, int diagnosis, ref Dice dice)
    {
        var tariffed = Lists.Services[service];
        var line = Blank(person, provider, form, day, day);
        line.Service = (short)service;
        line.Diagnosis = (short)diagnosis;
        line.Price = Price(service, day);
        line.Setting = tariffed.Room >= 0 ? Setting.Ordinary : Setting.None;
        if (tariffed.Room >= 0)
        {
            (line.Doctor, line.Minute) = provider.Book(tariffed, day, person.Id);
        }

        return line;
    }

    private static Line Blank(in Person person, Provider provider, Form form, int start, int end) => new()
    {
        Person = person.Id,
        Provider = (short)provider.Place,
        Form = form,
        Package = Package.ByLaw,
        Insured = person.InsuredOn(start),
        Start = start,
        End = end,
        Month = 255,
        Quantity = 1,
        Service = -1,
        Drg = -1,
        Diagnosis = -1,
        DiagnosisReferral = -1,
        DiagnosisAutopsy = -1,
        Medicine = -1,
        Operation = -1,
        Referrer = -1,
        BedDays = -1,
        Minute = -1,
        Recorded = end,
    };

    private Line Dispensed(in Person person, Provider provider, Remedy medicine, int quantity, int diagnosis, int day, ref Dice dice)
    {
        var line = Blank(person, provider, provider.Kind == ProviderKind.Village ? Form.Rural : Form.Phc, day, day);
        line.Medicine = (short)medicine.Index;
        line.Quantity = quantity;
        line.Price = medicine.Price;
        line.Diagnosis = (short)diagnosis;
        line.Referred = day - dice.Below(2);
        line.Referrer = (short)provider.Place;
        return line;
    }

    /// <summary>A referral registered so many days before that nobody waited too long.</summary>
    private static void Refer(ref Line line, Provider primary, ref Dice dice)
    {
        line.Referred = WorkingFrom(line.Start, -2 - dice.Below(8));
        line.Referrer = (short)primary.Place;
        line.Urgency = Urgency.Planned;
    }

    private long Price(int service, int day) => Lists.Price(service, day >= MonthStart);

    /// <summary>A service of a list that fits sex and age and was not given to the person in the month yet.</summary>
    private int Suiting(int[] services, in Person person, int age, ref Dice dice)
    {
        for (var i = 0; i < 5; i++)
        {
            var service = services[dice.Below(services.Length)];
            if (Lists.Services[service].Suits(person, age) && _given.Add(service))
            {
                return service;
            }
        }

        return -1;
    }

    /// <summary>What brings a person to a specialty on a day: it fits sex and age, and its season has its say.</summary>
    private static int Illness(string use, in Person person, int age, int day, ref Dice dice)
    {
        var illnesses = Lists.Use(use);
        for (var i = 0; i < 16; i++)
        {
            var illness = illnesses[dice.Below(illnesses.Length)];
            if (Lists.Illnesses[illness].Suits(person, age) && Seasons.Allow(illness, day, ref dice))
            {
                return illness;
            }
        }

        return Lists.Illness("M54.5");
    }
}
