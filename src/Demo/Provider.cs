using Kepil.Law;

namespace Kepil.Demo;

/// <summary>What a provider is; it decides which forms of care it has a licence and a contract for.</summary>
internal enum ProviderKind
{
    Polyclinic, Hospital, Ambulance, Village, Psychiatry, Tuberculosis, Hiv, Pathology, Blood, Rehabilitation, HighTechnology, Train, Diagnostics,
}

/// <summary>A doctor on the staff of a provider.</summary>
/// <param name="Person">Identity number.</param>
/// <param name="Specialty">Specialty of the certificate.</param>
/// <param name="From">First day of the certificate.</param>
/// <param name="To">Last day.</param>
internal sealed record Certificate(long Person, string Specialty, int From, int To);

/// <summary>An invented provider with its staff.</summary>
internal sealed class Provider
{
    /// <summary>Ordinary contacts of a doctor in a day: 15 minutes each, six hours less a rest.</summary>
    private const int Slots = 22;

    private readonly Room?[] _rooms = new Room?[64];
    private readonly Area _area;
    private int _cases;
    private long _attending;

    public Provider(Area area, int place, int number, ProviderKind kind, ulong seed)
    {
        (_area, Place, Number, Kind) = (area, place, number, kind);
        var dice = new Dice(Dice.Mix(seed, (ulong)number + 77));
        var serial = number * 61 % 99_000 + 100;
        OrganisationNumber? bin;
        do
        {
            bin = OrganisationNumber.Make(1996 + number % 28, 1 + number / 28 % 12, serial++);
        }
        while (bin is null);

        Id = bin.Value.Value;
        var (kk, ru) = Titles[(int)kind];
        var word = Proper[dice.Below(Proper.Length)];
        NameKk = $"«{word}-{number + 1}» {kk}";
        NameRu = $"{ru} «{word}-{number + 1}»";
        Forms = FormsOf(kind);
    }

    public int Place { get; }

    public int Number { get; }

    public ProviderKind Kind { get; }

    public long Id { get; }

    public string NameKk { get; }

    public string NameRu { get; }

    public bool Palliative => Kind == ProviderKind.Rehabilitation;

    /// <summary>Heads of its registers are Kazakh.</summary>
    public bool Kazakh => Number % 2 == 0;

    public string Contract => $"{_area.Region}-{Number + 1:0000}/{_area.Size.Month.Year}";

    /// <summary>Forms of care that it gives and has licences for.</summary>
    public Form[] Forms { get; }

    public List<Certificate> Staff { get; } = [];

    public bool Offers(Form form) => Array.IndexOf(Forms, form) >= 0;

    /// <summary>A doctor for a service who has a quarter of an hour free on a day.</summary>
    public (long Doctor, short Minute) Book(Tariffed service, int day, long patient)
    {
        var room = _rooms[service.Room] ??= new Room();

        while (true)
        {
            var taken = room.Take(day - _area.FirstDay);
            var doctor = taken / Slots;
            while (room.Doctors.Count <= doctor)
            {
                room.Doctors.Add(Hire(service.Specialty));
            }

            // Nobody treats himself. Two shifts: every second doctor begins after noon.
            if (room.Doctors[doctor] != patient)
            {
                return (room.Doctors[doctor], (short)((doctor % 2 == 0 ? 8 * 60 : 13 * 60 + 30) + taken % Slots * 15));
            }
        }
    }

    /// <summary>The doctor of a ward: a hundred cases each, so that nobody has more than he can see.</summary>
    public long Attend(long patient)
    {
        if (_cases++ % 100 == 0)
        {
            _attending = Hire("therapy");
        }

        while (_attending == patient)
        {
            _attending = Hire("therapy");
        }

        return _attending;
    }

    public long Hire(string specialty)
    {
        var person = _area.NextDoctor();
        Staff.Add(new Certificate(person, specialty, _area.FirstDay - 1_200 + Number % 300, DateOnly.MaxValue.DayNumber));
        return person;
    }

    private static Form[] FormsOf(ProviderKind kind) => kind switch
    {
        ProviderKind.Polyclinic => [Form.Phc, Form.Specialist],
        ProviderKind.Hospital => [Form.Drg, Form.Average, Form.Specialist],
        ProviderKind.Ambulance => [Form.Ambulance],
        ProviderKind.Village => [Form.Rural],
        ProviderKind.Psychiatry => [Form.Psychiatry],
        ProviderKind.Tuberculosis => [Form.Tuberculosis],
        ProviderKind.Hiv => [Form.Hiv],
        ProviderKind.Pathology => [Form.Pathology],
        ProviderKind.Blood => [Form.Blood],
        ProviderKind.Rehabilitation => [Form.BedDay, Form.Specialist],
        ProviderKind.HighTechnology => [Form.Met, Form.Actual, Form.Drg, Form.Specialist],
        ProviderKind.Train => [Form.Train],
        _ => [Form.Specialist],
    };

    private static readonly (string Kk, string Ru)[] Titles =
    [
        ("емханасы", "Поликлиника"), ("ауруханасы", "Больница"), ("жедел жәрдем станциясы", "Станция скорой помощи"),
        ("ауылдық дәрігерлік амбулаториясы", "Сельская врачебная амбулатория"), ("психикалық денсаулық орталығы", "Центр психического здоровья"),
        ("фтизиопульмонология орталығы", "Центр фтизиопульмонологии"), ("АИТВ-ның алдын алу орталығы", "Центр профилактики ВИЧ"),
        ("патологиялық анатомия бюросы", "Патологоанатомическое бюро"), ("қан орталығы", "Центр крови"),
        ("оңалту және паллиативтік көмек орталығы", "Центр реабилитации и паллиативной помощи"), ("жоғары технологиялар клиникасы", "Клиника высоких технологий"),
        ("медициналық пойызы", "Медицинский поезд"), ("диагностикалық орталығы", "Диагностический центр"),
    ];

    internal static readonly string[] Proper =
        ["Арай", "Шапағат", "Береке", "Мерей", "Самал", "Жайлау", "Көктем", "Дархан", "Бастау", "Жұлдыз", "Аққу", "Тұмар", "Қайнар", "Шұғыла", "Сарыарқа", "Бәйтерек", "Ақбұлақ", "Жадыра", "Керуен", "Отау"];

    /// <summary>The rooms of one specialty: who works there and how many quarters of each day are taken.</summary>
    private sealed class Room
    {
        private readonly int[] _taken = new int[140];

        public List<long> Doctors { get; } = [];

        public int Take(int day) => _taken[day]++;
    }
}
