namespace Kepil.Law;

/// <summary>An oblast, a city of its rank, or the republican level, by the first two digits of the КАТО.</summary>
public sealed record Region(string Code, Wording Name);

/// <summary>A district or a city of a region, by the nine digits of the КАТО.</summary>
public sealed record District(string Code, string Region, Wording Name)
{
    /// <summary>The okrugs of the district that the house can name; it may have more.</summary>
    public IReadOnlyList<Okrug> Okrugs { get; init; } = [];
}

/// <summary>A rural okrug, by the nine digits of the КАТО.</summary>
public sealed record Okrug(string Code, Wording Name);

/// <summary>The regions and districts that the house knows.</summary>
public sealed class Regions
{
    private readonly Dictionary<string, Region> byCode;

    private Regions(IEnumerable<Region> regions, IReadOnlyList<District> districts)
    {
        byCode = regions.ToDictionary(r => r.Code);
        Districts = districts;
    }

    public IReadOnlyCollection<Region> All => byCode.Values;

    public IReadOnlyList<District> Districts { get; }

    public Region? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>How a place is called.</summary>
    /// <param name="place">The first two, four or six digits of the КАТО: a region, a district, an okrug or a town.</param>
    /// <returns>Nothing when the house does not know its name.</returns>
    public Wording? Named(string place) => place.Length switch
    {
        2 => Find(place)?.Name,
        4 => Districts.FirstOrDefault(d => d.Code == place + "00000")?.Name ?? Districts.FirstOrDefault(d => d.Code.StartsWith(place, StringComparison.Ordinal))?.Name,
        6 => Districts.FirstOrDefault(d => d.Code == place + "000")?.Name ?? Districts.SelectMany(d => d.Okrugs).FirstOrDefault(o => o.Code == place + "000")?.Name,
        _ => null,
    };

    public static Regions Read(string file)
    {
        var page = LawPage.Read(file);
        return new(
            page["regions"].Items.Select(r => new Region(r.Text("code"), r.Wording("name"))),
            [.. page["districts"].Items.Select(d => new District(d.Text("code"), d.Text("region"), d.Wording("name")) { Okrugs = d.Find("okrugs") is { } okrugs ? [.. okrugs.Items.Select(o => new Okrug(o.Text("code"), o.Wording("name")))] : [] })]);
    }
}
