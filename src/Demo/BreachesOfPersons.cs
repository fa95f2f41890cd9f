namespace Kepil.Demo;

/// <summary>Planted breaches: the person, the record, the doctor.</summary>
internal sealed partial class Area
{
    /// <summary>Plants every breach and writes it into the answer key.</summary>
    public void Plant()
    {
        var times = Math.Max(3, (int)(Size.Lines / Size.Areas / 11_000));
        for (var i = 0; i < times; i++)
        {
            AgainstThePerson();
            AgainstSexAndAge(i);
            AgainstTheRecord();
            AgainstTheDoctor();
            AgainstTheStay();
            AgainstTheCase();
            AgainstTheContract();
            AgainstThePackage();
            AgainstThePrice();
            Repeated();
            Medicines();
        }

        DoctorDay();
        DoctorMonth();
        DoctorMonthOfCases();
        Outlier(times);
        AboveVolume(times);
        if (Number == 0)
        {
            MaternalDeath();
        }
    }

    /// <summary>Adds a line that breaks rules; several when the law names several.</summary>
    private void Breach(in Line line, params ReadOnlySpan<string> rules)
    {
        Add(line);
        foreach (var rule in rules)
        {
            _key.Add((rule, Count - 1));
        }
    }

    private void AgainstThePerson()
    {
        var dead = Call(45, 95);
        dead.Death = MonthStart - 400 + _luck.Below(405);
        dead.DeathMinute = (short)_luck.Below(1440);
        Change(dead);
        Breach(Visit(dead, Someday(10), "A01.003.000", "I10"), "5.0-service-after-death");

        var lying = Call(45, 95);
        var start = Someday(3, 12);
        lying.Death = start + 2;
        lying.DeathMinute = 300;
        Change(lying);
        Breach(Treated(lying, start, start + 8), "5.0-stay-after-death");

        var unborn = Born(MonthEnd - 4, _luck.Below(2) == 0 ? 'm' : 'f');
        Breach(Visit(unborn, WorkingFrom(unborn.Birth, -3), "A01.002.000", "J06.9"), "5.0-service-before-birth");

        var nobody = Call();
        nobody.Missing = true;
        Change(nobody);
        Breach(Visit(nobody, Someday()), "5.0-person-not-in-register");

        var away = Call(2, 16);
        away.AbroadFrom = MonthStart + _luck.Below(4);
        away.AbroadTo = away.AbroadFrom + 20;
        Change(away);
        Breach(Visit(away, WorkingFrom(away.AbroadFrom + 5, 1), "A01.002.000"), "5.0-person-abroad");

        var twice = Call();
        var day = Someday();
        var here = Visit(twice, day, "A01.003.000", "I10");
        here.Minute = 610;
        Add(here);
        var there = Referred(twice, day, "A02.013.000", "L30.9", The(ProviderKind.HighTechnology));
        there.Minute = 612;
        Breach(there, "5.0-two-places-at-once");

        var uninsured = Call();
        uninsured.InsuredFrom = 0;
        Change(uninsured);
        Breach(Referred(uninsured, Someday()) with { Package = Package.Mams }, "1.0-insurance-service-to-uninsured");

        var taken = Call();
        taken.AttachedTo = (short)(taken.AttachedTo / 8 * 8 + 1);
        taken.AttachedOn = MonthStart + _luck.Below(3);
        taken.Applied = false;
        Change(taken);
        Breach(Visit(taken, Someday(5), provider: Primary(taken)), "5.2-attachment-without-application");
    }

    private void AgainstSexAndAge(int i)
    {
        var man = Call(43, 64, 'm');
        Breach(i % 2 == 0 ? Visit(man, Someday(), "C03.017.016", "Z12.3") : Visit(man, Someday(), "B09.861.021", "Z13.6"), "5.0-sex-against-service");
        Breach(Visit(Call(20, 60, 'm'), Someday(), "A01.003.000", "N76.0"), "5.0-sex-against-diagnosis");
        Breach(Referred(Call(25, 55), Someday(), "A02.002.000", "J06.9"), "1.2-age-against-service");
        Breach(Visit(Call(6, 14, 'm'), Someday(), "A01.003.000", "N40"), "2.0-age-against-diagnosis");
    }

    private void AgainstTheRecord()
    {
        var late = Visit(Call(), Someday(3, 20));
        late.Recorded = WorkingFrom(late.End, 9);
        Breach(late, "2.0-late-record");
        Breach(Visit(Call(), Someday(), diagnosis: "J20"), "2.0-diagnosis-not-specific");

        var backwards = Referred(Call(), Someday(3, 20));
        backwards.Referred = backwards.Start + 4;
        Breach(backwards, "2.0-referral-after-service");

        var merged = Call();
        var old = Visit(merged, Someday());
        old.Person = FormerNumber(merged);
        Breach(old, "2.0-merged-number");

        var mother = Call(20, 38, 'f');
        var first = Visit(mother, WorkingFrom(FirstDay + 5, 1), "A01.010.000", "P59.9");
        first.Newborn = true;
        Add(first);
        var again = Visit(mother, Someday(), "A01.010.000", "J06.9");
        again.Newborn = true;
        Breach(again, "2.0-newborn-under-mothers-number");

        var father = Visit(Call(20, 45, 'm'), Someday(), "A01.010.000", "P59.9");
        father.Newborn = true;
        Breach(father, "2.0-newborn-under-foreign-number");
        Breach(Referred(Call(), Someday(), "A02.099.000", "I10"), "2.0-service-not-in-tariff");

        var open = Treated(Call(), MonthStart + 6, MonthStart + 13);
        open.Outcome = Outcome.None;
        Breach(open, "2.0-stay-without-outcome");

        var stretched = Treated(Call(), MonthStart + 9, MonthStart + 15);
        stretched.BedDays = 11;
        Breach(stretched, "2.0-bed-days-against-dates");
    }

    private void AgainstTheDoctor()
    {
        // Psychiatry bills primary care without a licence for it.
        Breach(Visit(Call(), Someday(), "A01.011.000", "Z71.9", The(ProviderKind.Psychiatry)), "1.3-provider-without-licence");

        var expired = Visit(Call(), Someday());
        expired.Doctor = NextDoctor();
        Providers[expired.Provider].Staff.Add(new Certificate(expired.Doctor, "general_practice", FirstDay - 1_800, MonthStart - 10));
        Breach(expired, "1.3-doctor-without-certificate");

        var unknown = Visit(Call(), Someday());
        unknown.Doctor = NextDoctor();
        Breach(unknown, "2.0-doctor-not-on-staff");

        var himself = Call(30, 58);
        var own = Visit(himself, Someday());
        own.Doctor = himself.Id;
        Providers[own.Provider].Staff.Add(new Certificate(own.Doctor, "general_practice", FirstDay - 900, DateOnly.MaxValue.DayNumber));
        Breach(own, "6.2-doctor-treats-himself");

        var day = Someday();
        var here = Referred(Call(), day, provider: Hospitals[0]);
        here.Doctor = Hospitals[0].Hire("dermatology");
        here.Minute = 700;
        Add(here);
        var second = The(ProviderKind.HighTechnology);
        var there = Referred(Call(), day, provider: second);
        (there.Doctor, there.Minute) = (here.Doctor, 702);
        second.Staff.Add(new Certificate(here.Doctor, "dermatology", FirstDay - 700, DateOnly.MaxValue.DayNumber));
        Breach(there, "5.0-doctor-in-two-providers-at-once");
    }

    /// <summary>Far more ultrasounds in one day than two machines allow; in a large country more than a thousand.</summary>
    private void DoctorDay()
    {
        const int capacity = 96;
        var day = Someday();
        var provider = Specialists[0];
        var doctor = provider.Hire("radiology");
        var patients = Number == 0 ? Math.Clamp((LastPerson - FirstPerson) / 75, capacity + 6, 1_442) : capacity + 12;
        for (var i = 0; i < patients; i++)
        {
            var line = Referred(Call(15, 90), day, "C03.007.004", "E04.1", provider);
            (line.Doctor, line.Minute) = (doctor, (short)Math.Min(1_435, 480 + i));
            if (i < capacity)
            {
                Add(line);
            }
            else
            {
                Breach(line, "5.0-doctor-day-load");
            }
        }
    }

    /// <summary>Seven times four fillings a day without a day off: each day could be, the month could not.</summary>
    private void DoctorMonth()
    {
        const int capacity = 180;
        var doctor = Polyclinics[0].Hire("dentistry");
        var patients = new Person[56];
        for (var i = 0; i < patients.Length; i++)
        {
            patients[i] = Call(10, 90);
        }

        for (var i = 0; i < capacity + 5; i++)
        {
            // The first 180 lie before the day on which the rest follow.
            var day = i < capacity ? i / 7 : 27;
            var line = Visit(patients[i % patients.Length], MonthStart + day, "D23.210.001", "K02.1", Polyclinics[0]);
            (line.Doctor, line.Minute, line.Quantity) = (doctor, (short)(480 + i % 7 * 100), 4);
            if (i < capacity)
            {
                Add(line);
            }
            else
            {
                Breach(line, "5.0-doctor-month-load");
            }
        }
    }

    /// <summary>More treated cases in a month than two wards hold.</summary>
    private void DoctorMonthOfCases()
    {
        const int capacity = 150;
        var hospital = Hospitals[0];
        var doctor = hospital.Hire("therapy");
        for (var i = 0; i < capacity + 6; i++)
        {
            var start = i < capacity ? MonthStart + i % 12 : MonthStart + 16;
            var line = Treated(Call(20, 80), start, start + 6, "M009", hospital);
            line.Doctor = doctor;
            if (i < capacity)
            {
                Add(line);
            }
            else
            {
                Breach(line, "5.0-doctor-month-cases");
            }
        }
    }
}
