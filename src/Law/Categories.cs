namespace Kepil.Law;

/// <summary>Who pays for a person of a category.</summary>
public enum CategoryPayer
{
    /// <summary>The State, from the republican budget.</summary>
    State,

    /// <summary>The budget of the region, from 2026.</summary>
    LocalBudget,

    /// <summary>Nobody: the person is insured without contributions.</summary>
    Exempt,
}

/// <summary>A stretch of days on which a category is listed with one payer, both ends included.</summary>
public sealed record CategorySpan(DateOnly From, DateOnly To, CategoryPayer Payer, Citation Law, Confidence Confidence, string? Note);

/// <summary>A group of persons for whom the State or a local budget pays, or who are exempt.</summary>
/// <param name="Name">Code word.</param>
public sealed record Category(string Name, Wording Title, IReadOnlyList<CategorySpan> Spans)
{
    /// <summary>Who pays for the category on a day; nothing when it is not listed then.</summary>
    public CategorySpan? On(DateOnly day) => Spans.FirstOrDefault(s => s.From <= day && day <= s.To);
}

/// <summary>How many categories the sources announced from a day on.</summary>
public sealed record CategoryEdition(DateOnly From, int Paid, int Exempt, Citation Law, Confidence Confidence, string? Note);

/// <summary>The categories of the State's contributions and the exempt, by day, read from law/categories.yaml.</summary>
public sealed class Categories
{
    private readonly Dictionary<string, Category> byName;

    private Categories(IReadOnlyList<Category> all, IReadOnlyList<CategoryEdition> editions)
    {
        All = all;
        Editions = editions;
        byName = all.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<Category> All { get; }

    public IReadOnlyList<CategoryEdition> Editions { get; }

    public Category this[string name] =>
        byName.TryGetValue(name, out var category)
            ? category
            : throw new KeyNotFoundException($"There is no category '{name}' in law/categories.yaml. One of {string.Join(", ", byName.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The categories that are listed on a day.</summary>
    public IReadOnlyList<Category> On(DateOnly day) => day >= Editions[0].From
        ? [.. All.Where(c => c.On(day) is not null)]
        : throw new LawGapException("categories", day, new(
            $"алғашқы тізім {Editions[0].From:yyyy-MM-dd} күнінен бастап белгілі (law/categories.yaml)",
            $"первый перечень известен с {Editions[0].From:yyyy-MM-dd} (law/categories.yaml)",
            $"the first list holds from {Editions[0].From:yyyy-MM-dd}; add an earlier one to law/categories.yaml"));

    public static Categories Read(string file)
    {
        var page = LawPage.Read(file);
        page.Only("editions", "categories");
        var editions = page["editions"].Items.Select(i =>
        {
            i.Only("from", "paid", "exempt", "law", "checked", "confidence", "note");
            _ = i.Day("checked");
            return new CategoryEdition(i.Day("from"), (int)i.Number("paid"), (int)i.Number("exempt"), i.Citation("law"), i.Word<Confidence>("confidence"), i.TextOrNull("note"));
        }).ToList();
        return new([.. page["categories"].Entries.Select(e => ReadOne(e.Key, e.Value))], editions);
    }

    private static Category ReadOne(string name, LawPage page)
    {
        page.Only("title", "spans");
        var spans = new List<CategorySpan>();
        var ended = false;
        foreach (var item in page["spans"].Items)
        {
            item.Only("from", "payer", "ends", "law", "checked", "confidence", "note");
            _ = item.Day("checked");
            var from = item.Day("from");
            if (spans.Count > 0 && !ended)
            {
                spans[^1] = spans[^1].From < from
                    ? spans[^1] with { To = from.AddDays(-1) }
                    : throw item.Fault($"{name}: {from:yyyy-MM-dd} does not come after the span before it");
            }

            ended = item.Flag("ends");
            if (!ended)
            {
                spans.Add(new(from, DateOnly.MaxValue, item.Word<CategoryPayer>("payer"), item.Citation("law"), item.Word<Confidence>("confidence"), item.TextOrNull("note")));
            }
        }

        return spans.Count > 0 ? new(name, page.Wording("title"), spans) : throw page.Fault($"{name} is listed on no day");
    }
}
