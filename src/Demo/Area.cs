namespace Kepil.Demo;

/// <summary>A group of providers and the people whom they serve; patients are referred within it, so that areas can be made one beside the other.</summary>
internal sealed partial class Area
{
    private static readonly string[] Turkistan = ["614000000", "611010000", "611610000", "612010000", "613600000", "613800000", "613900000"];
    private static readonly string[] Others = ["79", "31", "43", "75", "19", "33", "71", "35", "15", "11", "39", "55", "59", "63", "10", "62", "23", "27", "47"];

    private static readonly ProviderKind[] Order =
    [
        ProviderKind.Polyclinic, ProviderKind.Hospital, ProviderKind.Ambulance, ProviderKind.Village, ProviderKind.Psychiatry, ProviderKind.Tuberculosis,
        ProviderKind.Hiv, ProviderKind.Pathology, ProviderKind.Blood, ProviderKind.Rehabilitation, ProviderKind.HighTechnology, ProviderKind.Train,
        ProviderKind.Polyclinic, ProviderKind.Diagnostics, ProviderKind.Hospital, ProviderKind.Polyclinic, ProviderKind.Village, ProviderKind.Polyclinic,
    ];

    private static readonly ProviderKind[] Further = [ProviderKind.Polyclinic, ProviderKind.Diagnostics, ProviderKind.Polyclinic, ProviderKind.Hospital, ProviderKind.Village];

    private readonly int _firstDoctor;
    private Line[] _lines = new Line[1024];
    private readonly Provider[] _first;
    private readonly Provider _centre;
    private int _doctor;

    public Area(DemoSize size, Population population, int number)
    {
        (Size, Population, Number) = (size, population, number);
        FirstPerson = (int)((long)population.Count * number / size.Areas);
        LastPerson = (int)((long)population.Count * (number + 1) / size.Areas) - 1;
        FirstDay = size.MonthAt(0).DayNumber;
        MonthStart = size.Month.DayNumber;
        MonthEnd = size.Month.AddMonths(1).DayNumber - 1;
        District = number < Turkistan.Length ? Turkistan[number] : null;
        Region = number < Turkistan.Length ? "61" : Others[(number - Turkistan.Length) % Others.Length];
        _firstDoctor = FirstPerson;
        _doctor = _firstDoctor;
        var first = (int)((long)size.Providers * number / size.Areas);
        var last = (int)((long)size.Providers * (number + 1) / size.Areas);
        Providers = new Provider[last - first];
        for (var i = 0; i < Providers.Length; i++)
        {
            Providers[i] = new Provider(this, i, first + i, i < Order.Length ? Order[i] : Further[(i - Order.Length) % Further.Length], size.Seed);
        }

        _first = [.. Enum.GetValues<ProviderKind>().Select(k => Providers.First(p => p.Kind == k || k == ProviderKind.Diagnostics))];
        Polyclinics = Of(ProviderKind.Polyclinic);
        Hospitals = Of(ProviderKind.Hospital);
        Villages = Of(ProviderKind.Village);
        Specialists = [.. Providers.Where(p => p.Offers(Form.Specialist))];
        _centre = Providers.FirstOrDefault(p => p.Kind == ProviderKind.Diagnostics) ?? Specialists[0];
    }

    public DemoSize Size { get; }

    public Population Population { get; }

    public int Number { get; }

    public int FirstPerson { get; }

    public int LastPerson { get; }

    public int FirstDay { get; }

    public int MonthStart { get; }

    public int MonthEnd { get; }

    public string Region { get; }

    public string? District { get; }

    public Provider[] Providers { get; }

    public Provider[] Polyclinics { get; }

    public Provider[] Hospitals { get; }

    public Provider[] Villages { get; }

    public Provider[] Specialists { get; }

    public int Count { get; private set; }

    public ReadOnlySpan<Line> Lines => _lines.AsSpan(0, Count);

    /// <summary>Persons who differ from what the population says of them: dead, abroad, uninsured for a look-alike or a breach.</summary>
    public Dictionary<int, Person> Changed { get; } = [];

    /// <summary>Numbers that the registry merged: old, current.</summary>
    public List<(long Old, long Person)> Merged { get; } = [];

    /// <summary>Forms and packages that a provider bills without a line in its contract.</summary>
    public HashSet<(int Provider, Form Form, Package Package)> Uncontracted { get; } = [];

    /// <summary>Plans of single services, beside those of whole forms: so many a month.</summary>
    public List<(int Provider, Form Form, Package Package, int Service, long Quantity)> Narrow { get; } = [];

    public Provider The(ProviderKind kind) => _first[(int)kind];

    public Provider[] Of(ProviderKind kind) => [.. Providers.Where(p => p.Kind == kind)];

    /// <summary>The provider of primary care to which a person is attached: a village or a polyclinic.</summary>
    public Provider Primary(in Person person)
    {
        var lot = person.AttachedTo;
        return lot % 8 == 0 ? Villages[lot / 8 % Villages.Length] : Polyclinics[lot / 8 % Polyclinics.Length];
    }

    public Person At(int index) => Changed.TryGetValue(index, out var changed) ? changed : Population[index];

    public ref Line Add(Line line)
    {
        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, _lines.Length * 2);
        }

        if (line.Month == 255)
        {
            line.Month = MonthOf(line.End);
        }

        if (line.Package == Package.ByLaw)
        {
            line.Package = PayingPackage.Of(line);
        }

        line.Number = line.Edition == 0 ? Count : line.Number;
        _lines[Count] = line;
        return ref _lines[Count++];
    }

    private byte MonthOf(int day)
    {
        byte month = DemoSize.Months - 1;
        while (month > 0 && day < Size.MonthAt(month).DayNumber)
        {
            month--;
        }

        return month;
    }

    /// <summary>A grown-up, living person of the area who is nobody's doctor yet.</summary>
    public long NextDoctor()
    {
        while (true)
        {
            var person = Population[_doctor++];
            if (_doctor > LastPerson)
            {
                _doctor = FirstPerson;
            }

            if (person.Part == Part.Ordinary && person.Death == 0 && person.AbroadFrom == 0 && person.AgeOn(MonthStart) is >= 27 and <= 62)
            {
                return person.Id;
            }
        }
    }

    public static bool Working(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        return date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (date.Month, date.Day) is not ((10, 26) or (7, 6) or (12, 16) or (1, 1) or (1, 2));
    }

    /// <summary>So many working days before or after a day.</summary>
    public static int WorkingFrom(int day, int days)
    {
        var step = days < 0 ? -1 : 1;
        for (var left = Math.Abs(days); left > 0;)
        {
            day += step;
            left -= Working(day) ? 1 : 0;
        }

        return day;
    }
}
