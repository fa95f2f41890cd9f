namespace Kepil.Demo;

/// <summary>Honest cases that look like fraud and must not be charged.</summary>
internal sealed partial class Area
{
    public void LookAlike()
    {
        Gather();
        var times = Math.Max(2, (LastPerson - FirstPerson + 1) / 20_000);
        for (var i = 0; i < times; i++)
        {
            AroundDeath();
            AroundStay();
            Newborns();
            TwoNumbersOneFace();
            FarFromHome();
            RareConsultations();
            BorderOfThePackages();
        }

        SchoolVaccination();
        Corrections(times * 3);
    }

    private void AroundDeath()
    {
        // Certification and the certificate, one and three days after.
        var dead = Call(50, 90);
        dead.Death = Someday(4, 20);
        dead.DeathMinute = 130;
        Change(dead);
        Add(Visit(dead, dead.Death + 1, "A01.900.001", "R99"));
        Add(Visit(dead, dead.Death + 3, "A01.900.002", "R99"));

        // Autopsy.
        var opened = Call(50, 90);
        opened.Death = Someday(4, 20);
        Change(opened);
        Add(Visit(opened, opened.Death + 2, "G01.001.000", "I21.0", The(ProviderKind.Pathology), Form.Pathology));

        // Death in the evening of the day of a visit.
        var evening = Call(50, 90);
        evening.Death = Someday();
        evening.DeathMinute = 1_310;
        Change(evening);
        Add(Visit(evening, evening.Death, "A01.006.000", "I10"));

        // A tissue taken in life is examined after death.
        var tissue = Call(40, 80);
        tissue.Death = Someday(4, 18);
        Change(tissue);
        Add(Visit(tissue, tissue.Death + 5, "G02.002.000", "C34.1", The(ProviderKind.Pathology), Form.Pathology));
    }

    private void AroundStay()
    {
        // Transfer to a higher level: discharge and admission on one day are one episode.
        var moved = Call(40, 80);
        var day = Someday(8, 14);
        var first = Treated(moved, day - 3, day, "M001");
        first.Outcome = Outcome.Transferred;
        Add(first);
        Add(Treated(moved, day, day + 8, "M001", The(ProviderKind.HighTechnology)));
        var drive = Visit(moved, day, "A03.005.000", "I21.0", The(ProviderKind.Ambulance), Form.Ambulance);
        drive.Urgency = Urgency.Emergency;
        Add(drive);

        // Outpatient services on the border days of a stay.
        var border = Call();
        var start = Someday(5, 15);
        Add(Visit(border, start, "A01.003.000", "J20.9"));
        Add(Treated(border, start, start + 7));
        Add(Visit(border, start + 7, "A01.003.000", "J20.9"));

        // Dialysis goes on while the patient lies elsewhere.
        var dialysis = Call(40, 70);
        Add(Treated(dialysis, start, start + 9, "M012", Hospitals[0]));
        Add(Referred(dialysis, start + 2, "D92.293.001", "Z49.1", The(ProviderKind.HighTechnology)));
        Add(Referred(dialysis, start + 4, "D92.293.001", "Z49.1", The(ProviderKind.HighTechnology)));

        // Palliative care returns within 30 days.
        var palliative = Call(50, 90);
        var bed = Lists.Service("F01.003.000").Index;
        Add(Ward(palliative, bed, Form.BedDay, MonthStart - 14, MonthStart - 6, ref _luck) with { Diagnosis = Code("C34.9"), DiagnosisReferral = Code("C34.9") });
        Add(Ward(palliative, bed, Form.BedDay, MonthStart + 6, MonthStart + 15, ref _luck) with { Diagnosis = Code("C34.9"), DiagnosisReferral = Code("C34.9") });

        // Emergency care of one who is neither insured nor attached here.
        var stranger = Call();
        stranger.InsuredFrom = 0;
        Change(stranger);
        var help = Treated(stranger, start, start + 6, "M009");
        help.Package = Package.Mams;
        Add(help);
    }

    private void Newborns()
    {
        var mother = Call(20, 38, 'f');
        var day = Someday(6, 16);
        Add(Treated(mother, day - 4, day, "O010"));
        for (var i = 0; i < 2; i++)
        {
            var patronage = Visit(mother, day + 3 + i * 7, "A01.010.000", "P59.9");
            patronage.Newborn = true;
            Add(patronage);
        }
    }

    private void TwoNumbersOneFace()
    {
        // A former number is merged; the provider already writes the present one.
        var merged = Call();
        FormerNumber(merged);
        Add(Visit(merged, Someday()));

        // A changed sex marker.
        var changed = Call(25, 50, 'm');
        changed.SexChanged = true;
        Change(changed);
        Add(Referred(changed, Someday(), "A02.017.000", "N72"));

        // Twins at the same doctor's on the same day.
        var day = Someday();
        var birth = new DateOnly(Size.Month.Year - 6, 3, 14).DayNumber - _spare / 7;
        foreach (var sex in "mf")
        {
            var twin = Call(3, 12);
            twin.Birth = birth;
            twin.Sex = sex;
            twin.Id = Population.SpareNumber(birth, sex, Number * 7 + _spare % 7);
            Add(Visit(Change(twin), day, "A01.002.000", "J02.9", Polyclinics[0]));
        }

        _spare++;
    }

    private void FarFromHome()
    {
        // A remote consultation and medicines taken by a representative while the person is abroad; a visit on the day of return.
        var away = Call();
        away.AbroadFrom = Someday(3, 8);
        away.AbroadTo = WorkingFrom(away.AbroadFrom + 9, 1);
        Change(away);
        var remote = Visit(away, WorkingFrom(away.AbroadFrom, 3), "A01.007.000", "I10");
        remote.Setting = Setting.Remote;
        Add(remote);
        Add(Dispensed(away, Polyclinic(away), Medicine("C08CA01-T1"), 30, Code("I10"), WorkingFrom(away.AbroadFrom, 4), ref _luck));
        Add(Visit(away, away.AbroadTo, "A01.003.000", "I10"));

        // Attached long ago by residence, without an application of his own.
        var settled = Call();
        settled.Applied = false;
        settled.AttachedTo = 1;
        Add(Visit(Change(settled), Someday(), provider: Primary(settled)));
    }

    /// <summary>A consultation that few need: once for each, with every provider but one.</summary>
    private void RareConsultations()
    {
        foreach (var provider in Specialists.AsSpan(0, Math.Min(6, Specialists.Length - 1)))
        {
            var line = Referred(Call(), Someday(), "A02.039.000", "Z31.5", provider);
            Add(line);
        }
    }

    /// <summary>The same disease, paid by one package or by the other: planned or urgent, insured or not, before a list changed or since.</summary>
    private void BorderOfThePackages()
    {
        var start = Someday(3, 18);

        // Diabetes left the list of socially significant diseases, an insured person's stay is paid by insurance; a stroke entered it.
        Add(Treated(Call(20, 70), start, start + 6, "M022", emergency: false));
        Add(Treated(Call(50, 80), start, start + 9, "M007", emergency: false));

        // A broken arm: the urgent consultation is guaranteed, the planned one after it is not.
        var broken = Call(18, 59);
        Add(Referred(broken, start, "A02.022.000", "S52.5") with { Urgency = Urgency.Emergency, Referred = 0, Referrer = -1 });
        Add(Referred(broken, WorkingFrom(start, 6), "C03.001.005", "S52.5"));

        // An appendix is taken out by insurance, and of one who is not insured by the guaranteed package.
        Add(Treated(Call(20, 59), start, start + 4, "S009"));
        var stranger = Call();
        stranger.InsuredFrom = stranger.InsuredAgain = 0;
        Add(Treated(Change(stranger), start, start + 4, "S009"));

        // High blood pressure is watched over by the guaranteed package, insured or not.
        Add(Referred(Call(40, 80), start, "A02.005.000", "I10"));
    }

    private void SchoolVaccination()
    {
        var day = Someday(5, 25);
        var doctor = Polyclinics[0].Hire("paediatrics");
        var pupils = Math.Clamp((LastPerson - FirstPerson) / 400, 24, 180);
        for (var i = 0; i < pupils; i++)
        {
            var line = Visit(Call(6, 16), day, "D40.110.001", "Z25.1", Polyclinics[0]);
            (line.Doctor, line.Minute, line.Setting) = (doctor, (short)(9 * 60 + i * 2), Setting.Group);
            Add(line);
        }
    }

    /// <summary>Lines that were sent again under the same number with a better diagnosis.</summary>
    private void Corrections(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var line = Visit(Call(), Someday(), diagnosis: "J20.9", provider: Polyclinics[0]);
            line.Number = Add(line).Number;
            line.Edition = 1;
            line.Diagnosis = Code("J06.9");
            Add(line);
        }
    }
}
