namespace Kepil.Law;

/// <summary>By which calculation a line is priced.</summary>
public enum TariffMethod
{
    /// <summary>A norm for a person and month, with corrections.</summary>
    PerCapita,

    /// <summary>A price for each service.</summary>
    PerService,

    /// <summary>A base rate times the weight of the group of the case.</summary>
    CaseWeight,

    /// <summary>What the case cost, item by item.</summary>
    ActualCost,

    /// <summary>A price for each day in bed.</summary>
    BedDay,

    /// <summary>The calculated mean cost of a case.</summary>
    AverageCost,

    /// <summary>A tariff for a course of treatment, and for a broken one its share.</summary>
    Course,

    /// <summary>A tariff for a registered patient and month.</summary>
    Complex,

    /// <summary>A price for each unit of a blood component.</summary>
    PerUnit,
}

/// <summary>How lines of a form of care are priced, from a day on.</summary>
/// <param name="Unit">What is counted: service, case, day, person_month.</param>
/// <param name="Corrections">Code words of the factors that may multiply it.</param>
public sealed record TariffKind(CareForm Form, DateOnly From, TariffMethod Method, string Unit, IReadOnlyList<string> Corrections, Citation Law, DateOnly Checked, Confidence Confidence, Wording Name, string? Note);

/// <summary>A tariff that was published, for one unit.</summary>
/// <param name="WeightE4">Cost weight in ten-thousandths, where the method is by weight.</param>
/// <param name="Known">Day since which it could be known; later than From where the act works backwards.</param>
public sealed record PublishedTariff(CareForm Form, string Code, DateOnly From, DateOnly Known, long? WeightE4, Money Price, Citation Law);

/// <summary>The kinds of tariffs of annex 1 and the tariffs that were published, read from law/tariffs.</summary>
public sealed class Tariffs
{
    private readonly ILookup<CareForm, TariffKind> kinds;

    private Tariffs(IEnumerable<TariffKind> kinds, IReadOnlyList<PublishedTariff> published) => (this.kinds, Published) = (kinds.ToLookup(k => k.Form), published);

    /// <summary>Tariffs with which calculations are compared to the tiyn.</summary>
    public IReadOnlyList<PublishedTariff> Published { get; }

    /// <summary>How a form of care is priced on a day.</summary>
    /// <exception cref="LawGapException">The day is before the first edition that is known.</exception>
    public TariffKind this[CareForm form, DateOnly day] =>
        kinds[form].Where(k => k.From <= day).MaxBy(k => k.From) ?? throw new LawGapException("tariff of " + form.Word(), day, new("бұл күнге тарифтің түрі белгісіз", "вид тарифа на этот день неизвестен", "the kind of tariff of this day is not known"));

    public static Tariffs Read(string folder)
    {
        var kinds = new List<TariffKind>();
        var page = LawPage.Read(Path.Combine(folder, "kinds.yaml"));
        foreach (var (word, kind) in page.Entries)
        {
            kind.Only("from", "method", "unit", "corrections", "law", "checked", "confidence", "name", "note");
            kinds.Add(CareForms.TryParse(word, out var form)
                ? new(form, kind.Day("from"), kind.Word<TariffMethod>("method"), kind.Text("unit"), [.. kind["corrections"].Items.Select(i => i.Scalar)], kind.Citation("law"), kind.Day("checked"), kind.Word<Confidence>("confidence"), kind.Wording("name"), kind.TextOrNull("note"))
                : throw kind.Fault($"'{word}' is no form of care"));
        }

        if (CareForms.All.Except(kinds.Select(k => k.Form)).Select(f => (CareForm?)f).FirstOrDefault() is { } missing)
        {
            throw page.Fault($"the form of care '{missing.Word()}' is missing");
        }

        var published = new List<PublishedTariff>();
        foreach (var (_, list) in LawPage.Read(Path.Combine(folder, "published.yaml")).Entries)
        {
            list.Only("form", "law", "from", "known", "checked", "rows");
            var form = list.Word<CareForm>("form");
            published.AddRange(list["rows"].Items.Select(r => new PublishedTariff(form, r.Text("code"), list.Day("from"), list.Day("known"), r.Find("weight") is null ? null : (long)r.Number("weight"), Money.OfTenge(r.Number("price")), list.Citation("law"))));
        }

        return new(kinds, published);
    }
}
