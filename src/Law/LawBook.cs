namespace Kepil.Law;

/// <summary>All that the law folder says: acts, provisions, classification, parameters, calendar, policies, regions, chart of accounts, categories of the insured, kinds of tariffs, packages of care.</summary>
public sealed class LawBook
{
    private readonly Lazy<Acts> acts;
    private readonly Lazy<Provisions> provisions;
    private readonly Lazy<Classification> classification;
    private readonly Lazy<Parameters> parameters;
    private readonly Lazy<ProductionCalendar> calendar;
    private readonly Lazy<Policies> policies;
    private readonly Lazy<Regions> regions;
    private readonly Lazy<Chart> chart;
    private readonly Lazy<Categories> categories;
    private readonly Lazy<Tariffs> tariffs;
    private readonly Lazy<Packages> packages;

    private LawBook(string folder)
    {
        Folder = folder;
        acts = new(() => Acts.Read(Path.Combine(folder, "acts.yaml")));
        provisions = new(() => Provisions.Read(folder));
        classification = new(() => Classification.Read(Path.Combine(folder, "classification")));
        parameters = new(() => Parameters.Read(Path.Combine(folder, "parameters")));
        calendar = new(() => ProductionCalendar.Read(Path.Combine(folder, "calendar")));
        policies = new(() => Policies.Read(Path.Combine(folder, "policies.yaml")));
        regions = new(() => Regions.Read(Path.Combine(folder, "regions.yaml")));
        chart = new(() => Chart.Read(Path.Combine(folder, "ledger.yaml")));
        categories = new(() => Categories.Read(Path.Combine(folder, "categories.yaml")));
        tariffs = new(() => Tariffs.Read(Path.Combine(folder, "tariffs")));
        packages = new(() => Packages.Read(folder));
    }

    public string Folder { get; }

    public Acts Acts => acts.Value;

    public Provisions Provisions => provisions.Value;

    public Classification Classification => classification.Value;

    public Parameters Parameters => parameters.Value;

    public ProductionCalendar Calendar => calendar.Value;

    public Policies Policies => policies.Value;

    public Regions Regions => regions.Value;

    public Chart Chart => chart.Value;

    public Categories Categories => categories.Value;

    public Tariffs Tariffs => tariffs.Value;

    public Packages Packages => packages.Value;

    /// <summary>The law folder that belongs to this product.</summary>
    public static LawBook Open() => new(LawFolder.Find());

    public static LawBook Open(string folder) => new(Path.GetFullPath(folder));
}
