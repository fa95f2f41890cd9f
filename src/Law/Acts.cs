namespace Kepil.Law;

/// <summary>An act of law that the house cites, told by number and date together.</summary>
/// <param name="Alias">The word before the colon of a citation.</param>
/// <param name="Registry">Number of state registration; nothing where there is none or it is not known.</param>
public sealed record Act(string Alias, string? Number, DateOnly? Date, string? Registry, Wording Title, IReadOnlyList<ActEdition> Editions);

/// <summary>An edition of an act.</summary>
/// <param name="From">First day in force; nothing where it is not known.</param>
/// <param name="By">The act that made it.</param>
/// <param name="Text">File of its text in the law folder; nothing where the text was not obtained.</param>
public sealed record ActEdition(DateOnly? From, string By, string? Registry, DateOnly? Known, string? Text);

/// <summary>The acts that citations may name.</summary>
public sealed class Acts
{
    private readonly Dictionary<string, Act> byAlias;

    private Acts(IEnumerable<Act> acts) => byAlias = acts.ToDictionary(a => a.Alias);

    public IReadOnlyCollection<Act> All => byAlias.Values;

    public Act this[string alias] => Find(alias) ?? throw new KeyNotFoundException($"There is no act '{alias}' in law/acts.yaml.");

    public Act? Find(string alias) => byAlias.GetValueOrDefault(alias);

    public static Acts Read(string file) => new(LawPage.Read(file).Entries.Select(entry =>
    {
        var (alias, page) = entry;
        return new Act(
            alias,
            page.TextOrNull("number"),
            page.DayOrNull("date"),
            page.TextOrNull("registry"),
            page.Wording("title"),
            [.. page["editions"].Items.Select(e => new ActEdition(
                e.DayOrNull("from"), e.Text("by"), e.TextOrNull("registry"), e.DayOrNull("known"),
                e.TextOrNull("text") is { } text && text != "not obtained" ? text : null))]);
    }));
}
