namespace Kepil.Law;

/// <summary>An oblast, a city of its rank, or the republican level, by the first two digits of the КАТО.</summary>
public sealed record Region(string Code, Wording Name);

/// <summary>A district or a city of a region, by the nine digits of the КАТО.</summary>
public sealed record District(string Code, string Region, Wording Name);

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

    public static Regions Read(string file)
    {
        var page = LawPage.Read(file);
        return new(
            page["regions"].Items.Select(r => new Region(r.Text("code"), r.Wording("name"))),
            [.. page["districts"].Items.Select(d => new District(d.Text("code"), d.Text("region"), d.Wording("name")))]);
    }
}
