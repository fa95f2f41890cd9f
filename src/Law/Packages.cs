namespace Kepil.Law;

/// <summary>Which of the two promises pays.</summary>
public enum Package
{
    /// <summary>ТМККК: the guaranteed volume of free care.</summary>
    Guaranteed,

    /// <summary>МӘМС: care paid by compulsory health insurance.</summary>
    Insurance,
}

/// <summary>Whether care waits for its turn.</summary>
public enum Urgency
{
    Planned,
    Emergency,
}

/// <summary>The three levels of care.</summary>
[Law("SLIDES-FUND-PACKAGES:1.1")]
[Law("SLIDES-FUND-PACKAGES:1.2")]
[Law("SLIDES-FUND-PACKAGES:1.3")]
public enum CareLevel
{
    First,
    Second,
    Third,
}

/// <summary>What is said of a level of care.</summary>
/// <param name="ReferredFrom">The levels whose referral leads here.</param>
public sealed record CareLevelText(CareLevel Level, Wording Title, IReadOnlyList<CareLevel> ReferredFrom, IReadOnlyList<Citation> Law);

/// <summary>A kind of care that one may ask for.</summary>
/// <param name="Name">Code word.</param>
/// <param name="Levels">The levels on which it is given, the usual one first.</param>
/// <param name="ByReferral">Planned care of this kind comes by referral.</param>
public sealed record CareKind(string Name, Wording Title, IReadOnlyList<CareLevel> Levels, bool ByReferral);

/// <summary>A circumstance on which a line depends.</summary>
public sealed record Occasion(string Name, Wording Title, IReadOnlyList<Citation> Law);

/// <summary>Whom a package is given to by his standing.</summary>
/// <param name="Standings">Code words of standings.</param>
/// <param name="Diseases">Lists, of which one must hold the diagnosis; none: any diagnosis.</param>
/// <param name="NarrowCare">The kinds of care that are meant when the promise is read narrowly.</param>
public sealed record Receivers(
    string Name, Package Package, Wording Title, IReadOnlySet<string> Standings, IReadOnlyList<string> Diseases, IReadOnlySet<string> NarrowCare, IReadOnlyList<Citation> Law);

/// <summary>A group of persons on whom a line depends; belonging to it in one way is enough.</summary>
/// <param name="Below">Younger than this, in full years.</param>
/// <param name="Categories">Code words of law/categories.yaml.</param>
/// <param name="Diseases">Lists of diseases whose patients belong to the group.</param>
public sealed record PersonGroup(
    string Name, Wording Title, int? Below, IReadOnlyList<string> Categories, IReadOnlyList<string> Diseases, IReadOnlyList<Citation> Law, Confidence Confidence, string? Note);

/// <summary>What a line of a package depends on besides the person's right to the package.</summary>
/// <param name="Uninsured">It is for those who do not use the insurance.</param>
/// <param name="Follows">Kinds of care, of which one must be paid by the same package.</param>
/// <param name="Policy">An open question and how it must be read.</param>
public sealed record LineConditions(
    Urgency? Urgency,
    IReadOnlyList<string> Diseases,
    IReadOnlyList<string> Groups,
    int? Below,
    IReadOnlyList<string> Occasions,
    IReadOnlyList<string> Standings,
    bool Uninsured,
    IReadOnlyList<string> Follows,
    (string Name, string Value)? Policy);

/// <summary>A line of a package: what it pays for, since when, and by which place of the sources.</summary>
/// <param name="Care">Kinds of care, of which one is asked for.</param>
/// <param name="Yields">The source itself leaves to the guaranteed volume what that one pays for.</param>
public sealed record PackageLine(
    string Name,
    Package Package,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Care,
    LineConditions Only,
    bool Yields,
    Wording Text,
    IReadOnlyList<Citation> Law,
    Confidence Confidence,
    string? Note)
{
    public bool InForce(DateOnly day) => From <= day && day <= To;
}

/// <summary>An item of the source as it is printed.</summary>
/// <param name="Place">Sheet and item.</param>
/// <param name="Because">Why nobody carries it; nothing when a line does.</param>
public sealed record SourceItem(Citation Place, string Text, string? Because);

/// <summary>The contents of the two packages, dated, read from law/packages.yaml.</summary>
public sealed class Packages
{
    private readonly Dictionary<string, CareKind> care;
    private readonly Dictionary<string, DiseaseList> diseases;
    private readonly Dictionary<string, PersonGroup> groups;
    private readonly Dictionary<string, Occasion> occasions;
    private readonly Dictionary<string, List<PackageLine>> linesOf;
    private readonly List<(string Beginning, string Care)> services;

    internal Packages(PackagesFile file)
    {
        FirstDay = file.FirstDay;
        Levels = file.Levels;
        Receivers = file.Receivers;
        Lines = file.Lines;
        Source = file.Source;
        care = file.Care.ToDictionary(c => c.Name, StringComparer.Ordinal);
        diseases = file.Diseases.ToDictionary(d => d.Name, StringComparer.Ordinal);
        groups = file.Groups.ToDictionary(g => g.Name, StringComparer.Ordinal);
        occasions = file.Occasions.ToDictionary(o => o.Name, StringComparer.Ordinal);
        linesOf = file.Lines.SelectMany(l => l.Care.Select(c => (Care: c, Line: l))).GroupBy(l => l.Care).ToDictionary(g => g.Key, g => g.Select(l => l.Line).ToList(), StringComparer.Ordinal);
        services = [.. file.Services.OrderByDescending(s => s.Beginning.Length)];
    }

    /// <summary>Before this day the packages were others.</summary>
    public DateOnly FirstDay { get; }

    public IReadOnlyList<CareLevelText> Levels { get; }

    public IReadOnlyList<Receivers> Receivers { get; }

    /// <summary>All lines, in the order of the file.</summary>
    public IReadOnlyList<PackageLine> Lines { get; }

    /// <summary>The source, item by item.</summary>
    public IReadOnlyList<SourceItem> Source { get; }

    public IReadOnlyCollection<CareKind> Care => care.Values;

    public IReadOnlyCollection<DiseaseList> Diseases => diseases.Values;

    public IReadOnlyCollection<PersonGroup> Groups => groups.Values;

    public IReadOnlyCollection<Occasion> Occasions => occasions.Values;

    public CareLevelText this[CareLevel level] => Levels[(int)level];

    public CareKind KindOf(string name) => FindKind(name)
        ?? throw new KeyNotFoundException($"There is no kind of care '{name}' in law/packages.yaml. One of {string.Join(", ", care.Keys.Order(StringComparer.Ordinal))}.");

    public CareKind? FindKind(string name) => care.GetValueOrDefault(name);

    public DiseaseList DiseaseList(string name) => diseases[name];

    public PersonGroup Group(string name) => groups[name];

    public Occasion? FindOccasion(string name) => occasions.GetValueOrDefault(name);

    /// <summary>The lines of both packages that name a kind of care.</summary>
    public IReadOnlyList<PackageLine> LinesOf(string kind) => linesOf.TryGetValue(kind, out var found) ? found : [];

    /// <summary>The kind of care that a code of the tariff is; nothing when no beginning of it is named.</summary>
    public CareKind? KindOfService(string code) =>
        services.FirstOrDefault(s => code.StartsWith(s.Beginning, StringComparison.Ordinal)) is { Care: { } kind } ? care[kind] : null;

    /// <summary>The items of the source at which a line stands.</summary>
    public IEnumerable<SourceItem> SourceOf(PackageLine line) => Source.Where(i => line.Law.Contains(i.Place));

    public static Packages Read(string folder) => new(PackagesFile.Read(folder));
}
