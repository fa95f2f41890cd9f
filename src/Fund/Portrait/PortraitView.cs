using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Law;

namespace Kepil.Fund.Portrait;

/// <summary>Uninsured people of a place as of one stored day.</summary>
public sealed record PortraitDay(DateOnly Day, long Uninsured, long People);

/// <summary>What a page shows of the portrait: one place on one day, its parts by kind, its people by age and sex, and how it was before.</summary>
/// <param name="Own">Exact figures of those who work with them; else what is public.</param>
/// <param name="Place">Two digits of a region, four of a district, or nothing for the country.</param>
/// <param name="Kinds">Parts of the place by kind; nothing when too few people live there to be told.</param>
/// <param name="Ages">Ages by sex; not for the public of the whole country.</param>
/// <param name="People">Insured or not, by line of the place's parts.</param>
public sealed record PortraitView(
    bool Own, string Place, IReadOnlyList<HeldPortrait> Held, HeldPortrait? Portrait, PortraitTable? Kinds, PortraitTable? Ages, IReadOnlyDictionary<string, long> People, IReadOnlyList<PortraitDay> Days)
{
    private static readonly IReadOnlyList<string> Sexes = ["f", "m"];

    /// <summary>Days that the picture over time shows.</summary>
    private const int Shown = 13;

    public string Path => Own ? "/portrait/own" : "/portrait";

    /// <summary>The portrait as it may be published: the country and its regions.</summary>
    public static PortraitView Public(PortraitStore store, DateOnly? day, string region)
    {
        var (held, portrait) = Choose(store, day);
        if (portrait is null)
        {
            return new(false, region, held, null, null, null, new Dictionary<string, long>(), []);
        }

        var regions = store.Uninsured(portrait.Day, "region", "kind");
        var people = store.People(portrait.Day, "region");
        var kinds = PortraitTable.KindsOf(regions, PortraitKinds.All, people);
        var country = kinds is null ? null : PortraitTable.Public(regions, PortraitKinds.All, kinds, people);
        var days = PublicDays(store.OverTime(), region);
        if (region.Length == 0)
        {
            return new(false, "", held, portrait, country, null, people, days);
        }

        // A region that is told only together with others has no page of its own.
        var alone = country?.Lines.Any(l => l.Codes is [var code] && code == region) ?? false;
        var ofDistricts = store.People(portrait.Day, "district", region);
        return new(
            false, region, held, portrait, alone ? PortraitTable.Public(store.Uninsured(portrait.Day, "district", "kind", region), PortraitKinds.All, kinds, ofDistricts) : null,
            alone ? PortraitTable.Public(store.Uninsured(portrait.Day, "age", "sex", region), Sexes) : null, ofDistricts, days);
    }

    /// <summary>The exact portrait.</summary>
    public static PortraitView Exact(PortraitStore store, DateOnly? day, string place)
    {
        var (held, portrait) = Choose(store, day);
        var line = place.Length switch { 0 => "region", 2 => "district", _ => "okrug" };
        var days = store.OverTime(place).GroupBy(d => d.Day).Select(g => new PortraitDay(g.Key, g.Sum(d => d.Uninsured), g.Sum(d => d.People))).TakeLast(Shown).ToList();
        return portrait is null
            ? new(true, place, held, null, null, null, new Dictionary<string, long>(), [])
            : new(
                true, place, held, portrait, PortraitTable.Exact(store.Uninsured(portrait.Day, line, "kind", place), PortraitKinds.All),
                PortraitTable.Exact(store.Uninsured(portrait.Day, "age", "sex", place), Sexes), store.People(portrait.Day, line, place), days);
    }

    /// <summary>A day is left out on which the place was told only together with others, or not at all.</summary>
    private static List<PortraitDay> PublicDays(IReadOnlyList<(DateOnly Day, string Region, long Uninsured, long People)> all, string region)
    {
        var days = new List<PortraitDay>();
        foreach (var day in all.GroupBy(d => d.Day))
        {
            var regions = day.ToList();
            var groups = PublicTable.Groups([.. regions.Select(r => r.Uninsured)], g => PublicTable.IsFew(g.Sum(i => regions[i].Uninsured)) || PublicTable.IsFew(g.Sum(i => regions[i].People - regions[i].Uninsured)));
            var told = region.Length == 0 ? groups?.SelectMany(g => g).ToList() : groups?.Where(g => g is [var one] && regions[one].Region == region).SelectMany(g => g).ToList();
            if (told is { Count: > 0 })
            {
                days.Add(new(day.Key, told.Sum(i => regions[i].Uninsured), told.Sum(i => regions[i].People)));
            }
        }

        return [.. days.TakeLast(Shown)];
    }

    private static (IReadOnlyList<HeldPortrait> Held, HeldPortrait? Portrait) Choose(PortraitStore store, DateOnly? day)
    {
        var held = store.All();
        return (held, day is null ? held.LastOrDefault() : held.FirstOrDefault(h => h.Day == day));
    }

    /// <summary>All people of the places of a line.</summary>
    public long PeopleOf(PortraitLine line) => line.Codes.Sum(c => People.GetValueOrDefault(c));

    /// <summary>How a line of places is called.</summary>
    public static string Name(IReadOnlyList<string> codes, LawBook law, PageLanguage language) =>
        codes.Count > 1 ? language.With("Portrait.Others", codes.Count) : NameOf(codes[0], law, language);

    /// <summary>How a place is called; one whose name the house does not hold by its code.</summary>
    public static string NameOf(string code, LawBook law, PageLanguage language) => code switch
    {
        "" => language["Portrait.Country"],
        { Length: 4 or 6 } when code.EndsWith(code.Length == 6 ? "0000" : "00", StringComparison.Ordinal) => language["Portrait.NoDistrict"],
        _ => law.Regions.Named(code) is { } name ? language.Text(name) : code.Length == 6 ? language.With("Portrait.Okrug", code + "000") : code,
    };

    /// <summary>How a column is called: a kind, a sex, or several that were put together.</summary>
    public static string Column(IReadOnlyList<string> words, PageLanguage language) => words.Count switch
    {
        1 => words[0].Length == 1 ? language["Portrait.Sex." + words[0]] : language.Text(PortraitKinds.Title(words[0])),
        _ when words[0].Length == 1 => language["Portrait.BothSexes"],
        _ => language.With("Portrait.OtherKinds", words.Count),
    };

    /// <summary>How a line of ages is called.</summary>
    public static string Age(IReadOnlyList<string> codes, PageLanguage language) => string.Join(", ", codes.Select(c => int.Parse(c, CultureInfo.InvariantCulture)).Order().Select(age =>
        PortraitKinds.Ages.FirstOrDefault(a => a > age) is > 0 and var next ? $"{age}–{next - 1}" : language.With("Portrait.AgeFrom", age)));

    /// <summary>The parts of the place as rows of a file; a hidden number is a word, never an empty cell.</summary>
    public FindingSheet Sheet(LawBook law, PageLanguage language)
    {
        var rows = new List<object?[]>();
        foreach (var line in Kinds?.Lines ?? [])
        {
            rows.Add([Name(line.Codes, law, language), .. line.Cells.Select(c => c is { } count ? count : (object)language["Portrait.Hidden"]), line.Total, PeopleOf(line)]);
        }

        List<string> kinds = [.. Kinds?.Columns.Select(c => Column(c, language)) ?? []];
        foreach (var line in Ages?.Lines ?? [])
        {
            rows.Add([language.With("Portrait.AgeAndSex", Age(line.Codes, language)), .. Ages!.Columns.Select((c, i) => (object)$"{Column(c, language)}: {(line.Cells[i] is { } n ? language.Number(n) : language["Portrait.Hidden"])}"), .. Enumerable.Repeat<object?>(null, Math.Max(0, kinds.Count - Ages.Columns.Count)), line.Total, null]);
        }

        return new(
            [language["Portrait.Place"], .. kinds, language["Portrait.Uninsured"], language["Portrait.People"]], rows,
            [(language["Portrait.Place"], NameOf(Place, law, language)), (language["Portrait.Day"], Portrait is { } held ? language.Day(held.Day) : "–"), .. Own ? [] : new[] { (language["Portrait.ToPublic"], language["Portrait.Public.Hint"]) }],
            [34, .. kinds.Select(_ => 20.0), 16, 16], language, language["Portrait.Title"]);
    }
}
