using Kepil.DuckDb;

namespace Kepil.Demo;

/// <summary>What is left of an area when its lines are written: who works there, what was agreed, who was changed.</summary>
internal sealed record AreaRegister(Area Area, IReadOnlyList<Plan> Plans, IReadOnlyList<(string Rule, long Provider, string Line, long Person)> Key, long Lines, long MonthLines);

/// <summary>A line of a contract with its plan of one month.</summary>
internal sealed record Plan(int Provider, Form Form, Package Package, int Service, long Quantity, long Amount);

/// <summary>The registers that lie beside the account-registers: persons, attachments, contracts, tariffs and the like.</summary>
internal sealed class ReferenceFiles(DemoSize size, string folder)
{
    private const int Bulk = 2_000_000;
    private static readonly int Open = new DateOnly(9999, 12, 31).DayNumber;

    public static readonly IReadOnlyDictionary<string, (string Name, DuckType Type)[]> Columns = new Dictionary<string, (string, DuckType)[]>
    {
        ["person"] = [("person_id", DuckType.BigInt), ("birth_date", DuckType.Date), ("sex", DuckType.Text), ("sex_changed", DuckType.Boolean), ("death_date", DuckType.Date), ("death_minute", DuckType.Integer), ("region", DuckType.Text), ("district", DuckType.Text)],
        ["person_merge"] = [("old_id", DuckType.BigInt), ("person_id", DuckType.BigInt)],
        ["attachment"] = [("person_id", DuckType.BigInt), ("provider_id", DuckType.BigInt), ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("by_application", DuckType.Boolean)],
        ["insured_period"] = [("person_id", DuckType.BigInt), ("from_day", DuckType.Date), ("to_day", DuckType.Date)],
        ["kin"] = [("person_id", DuckType.BigInt), ("parent_id", DuckType.BigInt), ("kin", DuckType.Text)],
        ["payer"] = [("payer_id", DuckType.BigInt), ("kind", DuckType.Text), ("name_kk", DuckType.Text), ("name_ru", DuckType.Text)],
        ["paid_for"] = [("person_id", DuckType.BigInt), ("payer_id", DuckType.BigInt), ("category", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("income", DuckType.BigInt)],
        ["absence"] = [("person_id", DuckType.BigInt), ("from_day", DuckType.Date), ("to_day", DuckType.Date)],
        ["provider"] = [("provider_id", DuckType.BigInt), ("region", DuckType.Text), ("district", DuckType.Text), ("palliative", DuckType.Boolean), ("name_kk", DuckType.Text), ("name_ru", DuckType.Text)],
        ["licence"] = [("provider_id", DuckType.BigInt), ("care_form", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date)],
        ["staff"] = [("doctor_id", DuckType.BigInt), ("provider_id", DuckType.BigInt), ("specialty", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date)],
        ["contract_line"] =
        [
            ("contract_line_id", DuckType.BigInt), ("contract", DuckType.Text), ("provider_id", DuckType.BigInt), ("package", DuckType.Text), ("care_form", DuckType.Text), ("service_code", DuckType.Text),
            ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("quantity", DuckType.BigInt), ("amount", DuckType.BigInt),
        ],
        ["tariff"] = [("service_code", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("known_on", DuckType.Date), ("price", DuckType.BigInt), ("name_kk", DuckType.Text), ("name_ru", DuckType.Text)],
        ["drg"] = [("drg_code", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("known_on", DuckType.Date), ("weight_e4", DuckType.BigInt), ("name_kk", DuckType.Text), ("name_ru", DuckType.Text)],
        ["diagnosis"] = [("code", DuckType.Text), ("parent", DuckType.Text), ("leaf", DuckType.Boolean), ("name_ru", DuckType.Text)],
        ["medicine"] = [("medicine_code", DuckType.Text), ("from_day", DuckType.Date), ("to_day", DuckType.Date), ("name_ru", DuckType.Text)],
    };

    public void Write(IReadOnlyList<AreaRegister> areas)
    {
        var reference = Path.Combine(folder, "reference");
        Directory.CreateDirectory(reference);
        var making = Path.Combine(folder, "making.duckdb");
        var database = size.Persons > Bulk ? DuckDatabase.Open(making, size.Threads, 1_024) : null;
        try
        {
            Persons(areas, reference, database);
        }
        finally
        {
            database?.Dispose();
            File.Delete(making);
            File.Delete(making + ".wal");
        }

        Providers(areas, reference);
        Lists(reference);
    }

    private static RegisterOut Register(string folder, string name, DuckDatabase? database = null) => new(folder, name, Columns[name], database);

    private void Persons(IReadOnlyList<AreaRegister> areas, string reference, DuckDatabase? database)
    {
        using var persons = Register(reference, "person", database);
        using var attachments = Register(reference, "attachment", database);
        using var insured = Register(reference, "insured_period", database);
        using var absences = Register(reference, "absence", database);
        using var merges = Register(reference, "person_merge");
        using var kin = Register(reference, "kin", database);
        using var payers = Register(reference, "payer", database);
        using var paid = Register(reference, "paid_for", database);
        payers.Id(Payers.State).Text("state").Text("Республикалық бюджет").Text("Республиканский бюджет").End();
        foreach (var area in areas.Select(a => a.Area))
        {
            var people = new List<Person>(area.LastPerson - area.FirstPerson + 1);
            var payersOf = new Payers(area.Number, area.LastPerson - area.FirstPerson + 1, Dice.Mix(size.Seed, (ulong)area.Number + 31));
            for (var i = area.FirstPerson; i <= area.LastPerson; i++)
            {
                var person = area.At(i);
                if (!person.Missing)
                {
                    One(area, person, persons, attachments, insured, absences);
                    people.Add(person);
                    foreach (var time in payersOf.Of(person))
                    {
                        paid.Id(person.Id).Id(time.Payer).Text(time.Category).Day(time.From).Day(Math.Min(Open, time.To)).Tenge(time.Income).End();
                    }
                }
            }

            foreach (var (id, kk, ru) in payersOf.Employers)
            {
                payers.Id(id).Text("employer").Text(kk).Text(ru).End();
            }

            foreach (var (child, parent, mother) in new Families(people, size.Month.DayNumber, Dice.Mix(size.Seed, (ulong)area.Number + 17)).Children)
            {
                kin.Id(child).Id(parent).Text(mother ? "mother" : "father").End();
            }

            foreach (var (old, current) in area.Merged)
            {
                merges.Id(old).Id(current).End();
            }
        }
    }

    private static void One(Area area, in Person person, RegisterOut persons, RegisterOut attachments, RegisterOut insured, RegisterOut absences)
    {
        persons.Id(person.Id).Day(person.Birth).Text(person.Sex == 'm' ? "m" : "f").Flag(person.SexChanged).Day(person.Death);
        persons.Small(person.Death == 0 ? null : person.DeathMinute).Text(area.Region).Text(area.District).End();
        attachments.Id(person.Id).Id(area.Primary(person).Id).Day(person.AttachedOn).Day(Open).Flag(person.Applied).End();
        if (person.InsuredFrom != 0)
        {
            insured.Id(person.Id).Day(person.InsuredFrom).Day(Math.Min(Open, person.InsuredTo)).End();
        }

        if (person.InsuredAgain != 0)
        {
            insured.Id(person.Id).Day(person.InsuredAgain).Day(Open).End();
        }

        if (person.AbroadFrom != 0)
        {
            absences.Id(person.Id).Day(person.AbroadFrom).Day(person.AbroadTo).End();
        }
    }

    private void Providers(IReadOnlyList<AreaRegister> areas, string reference)
    {
        using var providers = Register(reference, "provider");
        using var licences = Register(reference, "licence");
        using var staff = Register(reference, "staff");
        using var contracts = Register(reference, "contract_line");
        var year = new DateOnly(size.Month.Year, 1, 1).DayNumber;
        var yearEnd = new DateOnly(size.Month.Year, 12, 31).DayNumber;
        foreach (var register in areas)
        {
            var area = register.Area;
            foreach (var provider in area.Providers)
            {
                providers.Id(provider.Id).Text(area.Region).Text(area.District).Flag(provider.Palliative).Text(provider.NameKk).Text(provider.NameRu).End();
                foreach (var form in provider.Forms)
                {
                    licences.Id(provider.Id).Text(Words.Forms[(int)form]).Day(year - 1_500).Day(Open).End();
                }

                foreach (var certificate in provider.Staff)
                {
                    staff.Id(certificate.Person).Id(provider.Id).Text(certificate.Specialty).Day(certificate.From).Day(Math.Min(Open, certificate.To)).End();
                }
            }

            var number = 0;
            foreach (var plan in register.Plans)
            {
                var provider = area.Providers[plan.Provider];
                contracts.Number((area.Number + 1) * 10_000L + number++).Text(provider.Contract).Id(provider.Id).Text(Words.Packages[(int)plan.Package]).Text(Words.Forms[(int)plan.Form]);
                contracts.Text(plan.Service < 0 ? null : Catalogue.Country.Services[plan.Service].Code).Day(year).Day(yearEnd).Number(plan.Quantity).Money(plan.Amount).End();
            }
        }
    }

    private void Lists(string reference)
    {
        var lists = Catalogue.Country;
        var from = new DateOnly(size.Month.Year, 1, 1).DayNumber;
        var known = from - 12;
        var month = size.Month.DayNumber;
        using (var tariffs = Register(reference, "tariff"))
        {
            foreach (var service in lists.Services.Where(s => s.Kind != "withdrawn"))
            {
                var changed = lists.ChangedBackwards.Contains(service.Code);
                if (changed)
                {
                    tariffs.Text(service.Code).Day(from).Day(month - 1).Day(known).Money(Catalogue.OldPrice(service)).Text(service.NameKk).Text(service.NameRu).End();
                }

                tariffs.Text(service.Code).Day(changed ? month : from).Day(Open).Day(changed ? month + 19 : known).Money(service.Price).Text(service.NameKk).Text(service.NameRu).End();
            }
        }

        using (var groups = Register(reference, "drg"))
        {
            foreach (var group in lists.Groups)
            {
                groups.Text(group.Code).Day(from).Day(Open).Day(known).Number(group.WeightE4).Text(group.NameKk).Text(group.NameRu).End();
            }
        }

        using (var diagnoses = Register(reference, "diagnosis"))
        {
            foreach (var illness in lists.Illnesses)
            {
                diagnoses.Text(illness.Code).Text(illness.Parent.Length > 0 ? illness.Parent : null).Flag(illness.Leaf).Text(illness.NameRu).End();
            }
        }

        using var medicines = Register(reference, "medicine");
        foreach (var medicine in lists.Remedies)
        {
            medicines.Text(medicine.Code).Day(from).Day(Open).Text(medicine.NameRu).End();
        }
    }
}
