namespace Kepil.Law;

/// <summary>law/packages.yaml and law/packages-source.yaml as they stand, names checked against each other.</summary>
internal sealed record PackagesFile(
    DateOnly FirstDay,
    IReadOnlyList<CareLevelText> Levels,
    IReadOnlyList<Receivers> Receivers,
    IReadOnlyList<CareKind> Care,
    IReadOnlyList<Occasion> Occasions,
    IReadOnlyList<DiseaseList> Diseases,
    IReadOnlyList<PersonGroup> Groups,
    IReadOnlyList<PackageLine> Lines,
    IReadOnlyList<(string Beginning, string Care)> Services,
    IReadOnlyList<SourceItem> Source)
{
    public const string SourceAct = "SLIDES-FUND-PACKAGES";

    public static PackagesFile Read(string folder)
    {
        var page = LawPage.Read(Path.Combine(folder, "packages.yaml"));
        page.Only("first_day", "levels", "receivers", "care", "occasions", "diseases", "groups", "lines", "services");
        page["first_day"].Only("from", "law", "confidence", "note");
        var first = page["first_day"].Day("from");
        var levels = page["levels"].Entries.Select(e => LevelOf(e.Key, e.Value)).OrderBy(l => l.Level).ToList();
        var care = page["care"].Entries.Select(e => CareOf(e.Key, e.Value)).ToList();
        var kinds = care.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var occasions = page["occasions"].Entries.Select(e => OccasionOf(e.Key, e.Value)).ToList();
        var diseases = page["diseases"].Entries.Select(e => DiseasesOf(e.Key, e.Value)).ToList();
        var lists = diseases.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        var groups = page["groups"].Entries.Select(e => GroupOf(e.Key, e.Value, lists)).ToList();
        var known = new Known(kinds, lists, groups.Select(g => g.Name).ToHashSet(StringComparer.Ordinal), occasions.Select(o => o.Name).ToHashSet(StringComparer.Ordinal));
        return new(
            first,
            levels,
            [.. page["receivers"].Entries.Select(e => ReceiversOf(e.Key, e.Value, kinds, lists))],
            care,
            occasions,
            diseases,
            groups,
            [.. page["lines"].Entries.Select(e => LineOf(e.Key, e.Value, first, known))],
            [.. page["services"].Entries.Select(e => (e.Key, kinds.Contains(e.Value.Scalar) ? e.Value.Scalar : throw e.Value.Fault($"'{e.Value.Scalar}' is no kind of care of this file")))],
            SourceOf(LawPage.Read(Path.Combine(folder, "packages-source.yaml"))));
    }

    private static CareLevelText LevelOf(string name, LawPage page)
    {
        page.Only("title", "referred_from", "law");
        return new(
            Words<CareLevel>.TryRead(name, out var level) ? level : throw page.Fault($"'{name}' is no level of care"),
            page.Wording("title"),
            [.. Names(page, "referred_from").Select(n => Words<CareLevel>.TryRead(n, out var from) ? from : throw page.Fault($"'{n}' is no level of care"))],
            Cited(page));
    }

    private static CareKind CareOf(string name, LawPage page)
    {
        page.Only("title", "levels", "referral");
        return new(
            name,
            page.Wording("title"),
            [.. Names(page, "levels").Select(n => Words<CareLevel>.TryRead(n, out var level) ? level : throw page.Fault($"'{n}' is no level of care"))],
            page.Text("referral") switch
            {
                "planned" => true,
                "never" => false,
                var other => throw page.Fault($"'referral: {other}' is neither planned nor never"),
            });
    }

    private static Occasion OccasionOf(string name, LawPage page)
    {
        page.Only("title", "law");
        return new(name, page.Wording("title"), Cited(page));
    }

    private static Receivers ReceiversOf(string name, LawPage page, IReadOnlySet<string> kinds, IReadOnlySet<string> lists)
    {
        page.Only("package", "title", "standings", "diseases", "narrow_care", "law");
        return new(
            name, page.Word<Package>("package"), page.Wording("title"), Names(page, "standings").ToHashSet(StringComparer.Ordinal),
            Among(page, "diseases", lists), Among(page, "narrow_care", kinds).ToHashSet(StringComparer.Ordinal), Cited(page));
    }

    private static DiseaseList DiseasesOf(string name, LawPage page)
    {
        page.Only("title", "law", "spans");
        return new(name, page.Wording("title"), Cited(page), page.Find("spans") is not { } spans ? [] : [.. spans.Items.Select(s =>
        {
            s.Only("from", "to", "codes", "checked", "confidence", "note");
            _ = s.Day("checked");
            var codes = Names(s, "codes");
            return codes.FirstOrDefault(c => c.Split('-').Any(part => Kepil.Law.DiseaseList.Spelled(part) != part)) is { } wrong
                ? throw s.Fault($"'{wrong}' is neither a code of ICD-10 nor two of its groups")
                : new DiseaseSpan(s.Day("from"), s.DayOrNull("to") ?? DateOnly.MaxValue, codes, s.Word<Confidence>("confidence"), s.TextOrNull("note"));
        })]);
    }

    private static PersonGroup GroupOf(string name, LawPage page, IReadOnlySet<string> lists)
    {
        page.Only("title", "law", "below", "categories", "diseases", "confidence", "note");
        return new(
            name, page.Wording("title"), AgeOf(page), Names(page, "categories"), Among(page, "diseases", lists), Cited(page), page.Word<Confidence>("confidence"), page.TextOrNull("note"));
    }

    private static PackageLine LineOf(string name, LawPage page, DateOnly first, Known known)
    {
        page.Only("package", "from", "to", "care", "urgency", "diseases", "groups", "below", "occasions", "standings", "uninsured", "follows", "yields", "policy", "text", "law", "confidence", "note");
        var policy = page.Find("policy");
        policy?.Only("name", "value");
        return new(
            name,
            page.Word<Package>("package"),
            page.DayOrNull("from") ?? first,
            page.DayOrNull("to") ?? DateOnly.MaxValue,
            Among(page, "care", known.Care) is { Count: > 0 } care ? care : throw page.Fault($"{name} names no kind of care"),
            new(
                page.Find("urgency") is null ? null : page.Word<Urgency>("urgency"),
                Among(page, "diseases", known.Diseases),
                Among(page, "groups", known.Groups),
                AgeOf(page),
                Among(page, "occasions", known.Occasions),
                Names(page, "standings"),
                page.Flag("uninsured"),
                Among(page, "follows", known.Care),
                policy is null ? null : (policy.Text("name"), policy.Text("value"))),
            page.Flag("yields"),
            page.Wording("text"),
            Cited(page),
            page.Word<Confidence>("confidence"),
            page.TextOrNull("note"));
    }

    private static List<SourceItem> SourceOf(LawPage page)
    {
        page.Only("items");
        return [.. page["items"].Items.Select(i =>
        {
            i.Only("at", "kk", "nobody");
            return new SourceItem(new(SourceAct, i.Text("at")), i.Text("kk"), i.TextOrNull("nobody"));
        })];
    }

    private static int? AgeOf(LawPage page) => page.Find("below") is null ? null : (int)page.Number("below");

    private static List<Citation> Cited(LawPage page) => [.. page["law"].Items.Select(i => Citation.TryParse(i.Scalar, out var cited) ? cited : throw i.Fault($"'{i.Scalar}' is not a citation"))];

    private static List<string> Names(LawPage page, string key) => page.Find(key) is { } list ? [.. list.Items.Select(i => i.Scalar)] : [];

    private static List<string> Among(LawPage page, string key, IReadOnlySet<string> known)
    {
        var names = Names(page, key);
        return names.Find(n => !known.Contains(n)) is { } stray ? throw page.Fault($"'{stray}' under '{key}' is not named in this file") : names;
    }

    private sealed record Known(IReadOnlySet<string> Care, IReadOnlySet<string> Diseases, IReadOnlySet<string> Groups, IReadOnlySet<string> Occasions);
}
