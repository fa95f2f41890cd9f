namespace Kepil.Demo;

/// <summary>Planted breaches: stays, cases, contracts, prices, repetition, medicines.</summary>
internal sealed partial class Area
{
    private void AgainstTheStay()
    {
        var high = The(ProviderKind.HighTechnology);
        var start = Someday(3, 14);

        var visitor = Call();
        Add(Treated(visitor, start, start + 8, "M012", Hospitals[0]));
        Breach(Visit(visitor, WorkingFrom(start + 1, 1), "A01.009.000", "I10"), "5.1-outpatient-inside-stay");

        var split = Call();
        Add(Treated(split, start, start + 7, "M012", Hospitals[0]));
        Breach(Treated(split, start + 3, start + 11, "M009", high), "5.1-overlapping-stays");

        var back = Call();
        Add(Treated(back, MonthStart - 16, MonthStart - 9, "M014", Hospitals[0]));
        Breach(Treated(back, start + 2, start + 9, "M014", Hospitals[^1]), "4.0-readmission-30-days");

        var halves = Call();
        Add(Treated(halves, start, start + 4, "M014", Hospitals[0]));
        Breach(Treated(halves, start + 4, start + 9, "M014", Hospitals[0]), "4.0-stay-split-in-two");

        var refused = Call();
        var refusal = Treated(refused, start, start, "M012", Hospitals[0]);
        (refusal.Drg, refusal.Price, refusal.Outcome, refusal.BedDays, refusal.Minute) = (-1, 850_000, Outcome.Refused, -1, 540);
        Breach(refusal, "14.0-refused-then-admitted");
        Add(Treated(refused, start + 1, start + 9, "M012", high));

        var died = Call(55, 95);
        var last = Treated(died, start, start + 5, "M007");
        last.Outcome = Outcome.Died;
        died.Death = last.End;
        died.DeathMinute = 1_100;
        Change(died);
        Breach(last, "9.0-death-in-hospital");

        var opened = Call(55, 95);
        var other = Treated(opened, start, start + 6, "M012");
        (other.Outcome, other.DiagnosisAutopsy) = (Outcome.Died, Code("I21.0"));
        opened.Death = other.End;
        opened.DeathMinute = 200;
        Change(opened);
        Breach(other, "10.0-clinical-against-autopsy", "9.0-death-in-hospital");

        var sent = Treated(Call(), start, start + 6, "M012", emergency: false);
        sent.DiagnosisReferral = Code("K80.1");
        Breach(sent, "10.0-referral-against-final");
    }

    /// <summary>A woman who died in pregnancy, whose stay is billed too dear: the finding waits for the state body. One in a country, as it is rare.</summary>
    private void MaternalDeath()
    {
        var mother = Call(18, 45, 'f');
        var start = Someday(3, 20);
        var stay = Treated(mother, start, start + 5, "O011");
        stay.Outcome = Outcome.Died;
        stay.Price = stay.Price * 115 / 100;
        mother.Death = stay.End;
        mother.DeathMinute = 1_100;
        Change(mother);
        Breach(stay, "3.3-price-above-tariff");
    }

    private void AgainstTheCase()
    {
        var start = Someday(5, 20);
        var lightly = Treated(Call(20, 60), start, start + 2, "M012", emergency: false);
        lightly.Diagnosis = lightly.DiagnosisReferral = Code("J06.9");
        Breach(lightly, "1.1-admission-without-grounds");

        var notPregnant = Treated(Call(18, 45, 'f'), start, start + 5, "O011");
        notPregnant.Diagnosis = Code("N11.1");
        Breach(notPregnant, "3.3-drg-against-diagnosis");

        var unoperated = Treated(Call(20, 70), start, start + 4, "S008", Hospitals[0]);
        unoperated.Operation = -1;
        Breach(unoperated, "3.3-drg-without-operation");
        Breach(Treated(Call(20, 70), start, start + 1), "3.3-short-stay-full-weight");
        Breach(Treated(Call(45, 80), start, start + 1, "S017", emergency: false), "3.3-day-hospital-as-round-the-clock");

        var days = Ward(Call(20, 70), Lists.Service("F01.002.000").Index, Form.BedDay, start, start + 6, ref _luck);
        days.Quantity = 11;
        Breach(days, "3.3-bed-days-above-stay");

        var dear = Treated(Call(20, 70), start, start + 7);
        dear.Price = dear.Price * 115 / 100;
        Breach(dear, "3.3-price-above-tariff");
    }

    private void AgainstTheContract()
    {
        var direct = Referred(Call(), Someday(), "A02.003.000", "G44.2");
        (direct.Referred, direct.Referrer) = (0, -1);
        Breach(direct, "1.2-consultation-without-referral");

        var waited = Referred(Call(), Someday(), "A02.003.000", "G44.2");
        waited.Referred = WorkingFrom(waited.Start, -24);
        Breach(waited, "7.0-waiting-over-15-days");

        // Day hospitals are contracted for insurance alone; this patient's disease is one of the guaranteed package.
        var day = Someday(3, 20);
        var outside = Ward(Call(20, 59), Lists.Service("F02.001.000").Index, Form.Average, day, day + 6, ref _luck);
        (outside.Package, outside.Diagnosis, outside.DiagnosisReferral) = (Package.Tmkkk, Code("B18.2"), Code("B18.2"));
        Uncontracted.Add((outside.Provider, Form.Average, Package.Tmkkk));
        Breach(outside, "11.0-not-in-contract");

        var half = Visit(Call(), Someday(), "A01.005.000", "K02.1");
        half.Paid = half.Price / 2;
        Breach(half, "12.2-paid-by-patient");

        var whole = Referred(Call(), Someday(), "C03.002.007", "M51.1");
        whole.Paid = whole.Price;
        Breach(whole, "12.3-paid-service-in-register");
    }

    /// <summary>Care that one package pays for, billed to the other.</summary>
    private void AgainstThePackage()
    {
        var start = Someday(3, 18);
        Breach(Treated(Call(40, 70), start, start + 6, "M030", emergency: false) with { Package = Package.Mams }, "2.0-wrong-package");
        Breach(Referred(Call(18, 59), Someday(), "A02.014.000", "H52.1") with { Package = Package.Tmkkk }, "2.0-wrong-package");
        var call = Visit(Call(), Someday(), "A03.001.000", "R50.9", The(ProviderKind.Ambulance), Form.Ambulance);
        Breach(call with { Urgency = Urgency.Emergency, Package = Package.Mams }, "2.0-wrong-package");
    }

    /// <summary>A plan of its own for a rare service, used up before the last lines of the month.</summary>
    private void AboveVolume(int times)
    {
        const int plan = 5;
        var provider = Specialists[0];
        var service = Lists.Service("C03.011.006").Index;
        Narrow.Add((provider.Place, Form.Specialist, Package.Mams, service, plan));
        for (var i = 0; i < plan + times; i++)
        {
            var line = Referred(Call(), WorkingFrom(MonthStart + (i < plan ? i : 14 + i % 10), 1), "C03.011.006", "D32.0", provider);
            if (i < plan)
            {
                Add(line);
            }
            else
            {
                Breach(line, "11.0-above-contract-volume");
            }
        }
    }

    private void AgainstThePrice()
    {
        var dear = Referred(Call(), Someday());
        dear.Price = dear.Price * 125 / 100;
        Breach(dear, "3.2-price-above-tariff");
        Breach(Referred(Call(), Someday(), "C03.003.006", "K29.5"), "3.2-costlier-alternative");

        var many = Referred(Call(), Someday(), "C01.001.001", "K25.3");
        many.Quantity = 3;
        Breach(many, "3.1-quantity-above-limit");

        var often = Call();
        Add(Referred(often, WorkingFrom(FirstDay + 40, 1), "C01.002.001", "K58.9"));
        Breach(Referred(often, Someday(), "C01.002.001", "K58.9"), "3.1-more-often-than-allowed");

        var pair = Call();
        var whole = Visit(pair, Someday(), "B02.110.002", "J06.9");
        Add(whole);
        Breach(Visit(pair, whole.Start, "B02.114.002", "J06.9"), "3.1-exclusive-pair");
    }

    private void Repeated()
    {
        var twice = Call();
        var once = Visit(twice, Someday(), "B03.115.002", "I10");
        Add(once);
        Breach(once, "5.1-same-service-twice");

        var packages = Visit(Call(), Someday(), "B03.363.002", "I10");
        Add(packages);
        packages.Package = Package.Mams;
        Breach(packages, "5.1-same-service-two-packages");

        // The lower organisation number comes first, as it does when registers are taken in.
        var person = Call();
        var day = Someday();
        var first = Hospitals[0].Id < Polyclinics[0].Id ? Hospitals[0] : Polyclinics[0];
        var second = first == Hospitals[0] ? Polyclinics[0] : Hospitals[0];
        Add(Referred(person, day, "C03.001.004", "K80.1", first) with { Minute = 540 });
        Breach(Referred(person, day, "C03.001.004", "K80.1", second) with { Minute = 720 }, "5.1-same-service-two-providers");

        var september = Visit(Call(), WorkingFrom(MonthStart - 6, 1), "A01.003.000", "J06.9");
        Add(september);
        september.Month = DemoSize.Months - 1;
        Breach(september, "5.1-billed-again-next-month");
    }

    private void Medicines()
    {
        var hoard = Call();
        Breach(Dispensed(hoard, Polyclinic(hoard), Medicine("A10BA02-T1"), 4_000 + _luck.Below(20_000), Code("E11.9"), Someday(), ref _luck), "5.1-medicine-above-person-limit");

        var child = Call(2, 14);
        var day = Someday();
        var bed = Ward(child, Lists.Service("F02.002.000").Index, Form.Average, day, day + 1, ref _luck);
        Add(bed);
        var heap = Dispensed(child, Providers[bed.Provider], Medicine("J01CR02-S1"), 491, Code("J45.0"), day, ref _luck);
        (heap.Form, heap.Package, heap.Outcome, heap.Urgency) = (Form.Average, Package.Mams, Outcome.Improved, Urgency.Planned);
        Breach(heap, "5.1-medicine-on-short-stay");

        var healthy = Call();
        Breach(Dispensed(healthy, Polyclinic(healthy), Medicine("A10BA02-T1"), 60, Code("J06.9"), Someday(), ref _luck), "6.4-medicine-against-diagnosis");

        var waiting = Call();
        var inhaler = Dispensed(waiting, Polyclinic(waiting), Medicine("R03AC02-A1"), 1, Code("J45.0"), Someday(), ref _luck);
        inhaler.Referred = WorkingFrom(inhaler.Start, -12);
        Breach(inhaler, "6.3-medicine-late");
    }

    /// <summary>A provider that calls everybody five times where others call once; one in the country, for several would look usual.</summary>
    private void Outlier(int times)
    {
        if (Number > 0)
        {
            return;
        }

        var provider = Specialists[^1];
        for (var person = 0; person < 3 + times; person++)
        {
            var called = Call();
            for (var visit = 0; visit < 5; visit++)
            {
                var line = Referred(called, WorkingFrom(MonthStart + visit * 5, 1), "A02.039.000", "Z31.5", provider);
                if (visit < 3)
                {
                    Add(line);
                }
                else
                {
                    Breach(line, "3.1-provider-outlier");
                }
            }
        }
    }
}
