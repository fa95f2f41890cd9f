using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Kepil.Law;

namespace Kepil.Demo;

/// <summary>A service of the invented tariff list.</summary>
internal sealed record Tariffed(int Index, string Code, string Kind, char Sex, int AgeFrom, int AgeTo, string Specialty, long Price, string NameKk, string NameRu)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Code);

    /// <summary>Place of the specialty among all specialties, -1 when no doctor is needed.</summary>
    public int Room { get; init; } = -1;

    /// <summary>Whether it fits the person all through the month, a birthday included.</summary>
    public bool Suits(in Person person, int age) => (Sex == 0 || Sex == person.Sex) && age >= AgeFrom && (AgeTo == 200 || age < AgeTo);
}

/// <summary>A diagnosis-related group with the diagnoses and the operation that lead to it.</summary>
internal sealed record Group(int Index, string Code, long WeightE4, char Sex, int AgeFrom, int AgeTo, int Days, int[] Diagnoses, string? Operation, string NameKk, string NameRu)
{
    /// <summary>Whether it fits the person all through the month, a birthday included.</summary>
    public bool Suits(in Person person, int age) => (Sex == 0 || Sex == person.Sex) && age >= AgeFrom && (AgeTo == 200 || age < AgeTo);
}

/// <summary>A diagnosis of ICD-10 and whom it can befall.</summary>
internal sealed record Illness(int Index, string Code, string Parent, bool Leaf, char Sex, int AgeFrom, int AgeTo, string[] Uses, string NameRu)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Code);

    /// <summary>Whether it fits the person all through the month, a birthday included.</summary>
    public bool Suits(in Person person, int age) => (Sex == 0 || Sex == person.Sex) && age >= AgeFrom && (AgeTo == 200 || age < AgeTo);
}

/// <summary>A medicine with the diagnoses for which it is given.</summary>
internal sealed record Remedy(int Index, string Code, long Price, int MonthLimit, int[] Diagnoses, string NameRu);

/// <summary>The lists of the invented country: services, groups, diagnoses and medicines.</summary>
internal sealed class Catalogue
{
    /// <summary>Base rate of the groups in tiyn; six published tariffs agree to the tiyn.</summary>
    public const long BaseRate = 17_472_263;

    private readonly FrozenDictionary<string, int> _services;
    private readonly FrozenDictionary<string, int> _illnesses;
    private readonly FrozenDictionary<string, int> _groups;
    private readonly FrozenDictionary<string, int[]> _byUse;
    private readonly FrozenDictionary<string, int[]> _byKind;

    public static Catalogue Country { get; } = new();

    private Catalogue()
    {
        Illnesses = [.. Rows("diagnoses.csv", 8).Select((r, i) => new Illness(i, r[0], r[1], r[2] == "true", Sex(r[3]), Number(r[4], 0), Number(r[5], 200), r[6].Split(';', StringSplitOptions.RemoveEmptyEntries), r[7]))];
        _illnesses = Illnesses.ToFrozenDictionary(i => i.Code, i => i.Index);
        Services = [.. Rows("services.csv", 9).Select((r, i) => new Tariffed(i, r[0], r[1], Sex(r[2]), Number(r[3], 0), Number(r[4], 200), r[5], Tiyn(r[6]), r[7], r[8]))];
        var specialties = Services.Select(s => s.Specialty).Where(s => s.Length > 0).Distinct().ToList();
        Services = [.. Services.Select(s => s with { Room = specialties.IndexOf(s.Specialty) })];
        _services = Services.ToFrozenDictionary(s => s.Code, s => s.Index);
        Groups = [.. Rows("drgs.csv", 10).Select((r, i) => new Group(i, r[0], Number(r[1], 0), Sex(r[2]), Number(r[3], 0), Number(r[4], 200), Number(r[5], 5), Codes(r[6]), r[7].Length > 0 ? r[7] : null, r[8], r[9]))];
        _groups = Groups.ToFrozenDictionary(g => g.Code, g => g.Index);
        Remedies = [.. Rows("medicines.csv", 5).Select((r, i) => new Remedy(i, r[0], Tiyn(r[1]), Number(r[2], 30), Codes(r[3]), r[4]))];
        _byUse = Illnesses.SelectMany(i => i.Uses.Select(u => (u, i.Index))).GroupBy(x => x.u).ToFrozenDictionary(g => g.Key, g => g.Select(x => x.Index).ToArray());
        _byKind = Services.GroupBy(s => s.Kind).ToFrozenDictionary(g => g.Key, g => g.Select(s => s.Index).ToArray());
    }

    public Tariffed[] Services { get; }

    public Group[] Groups { get; }

    public Illness[] Illnesses { get; }

    public Remedy[] Remedies { get; }

    /// <summary>Two services whose price was changed backwards: known from the 20th, in force from the 1st of the month.</summary>
    public IReadOnlyList<string> ChangedBackwards { get; } = ["C03.017.016", "A02.005.000"];

    public Tariffed Service(string code) => Services[_services[code]];

    public Group Drg(string code) => Groups[_groups[code]];

    public int Illness(string code) => _illnesses[code];

    /// <summary>Services of a kind, as places in the list.</summary>
    public int[] Kind(string kind) => _byKind[kind];

    /// <summary>Diagnoses with which a specialty or an occasion deals.</summary>
    public int[] Use(string use) => _byUse[use];

    /// <summary>Price of a service on a day of the month that is billed or before it.</summary>
    public long Price(int service, bool billedMonth)
    {
        var tariffed = Services[service];
        return billedMonth || !ChangedBackwards.Contains(tariffed.Code) ? tariffed.Price : OldPrice(tariffed);
    }

    public static long OldPrice(Tariffed service) => service.Price * 92 / 100;

    /// <summary>Price of a treated case: base rate times weight, rounded to the tiyn.</summary>
    public static long Price(Group group) => (BaseRate * group.WeightE4 + 5_000) / 10_000;

    /// <summary>Rows of a list that is built in, cut into so many columns.</summary>
    internal static IEnumerable<string[]> Rows(string name, int columns)
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The list {name} is not built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',', columns);
        }
    }

    private int[] Codes(string list) => [.. list.Split(';').Select(Illness)];

    private static char Sex(string text) => text.Length > 0 ? text[0] : '\0';

    private static int Number(string text, int otherwise) => text.Length > 0 ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static long Tiyn(string tenge) => (long)(decimal.Parse(tenge, CultureInfo.InvariantCulture) * 100);
}
