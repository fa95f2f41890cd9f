namespace Kepil.Law;

/// <summary>A place where the rules are silent or can be read in more than one way, with the reading that is followed.</summary>
/// <param name="Name">Code word.</param>
/// <param name="Reading">Number of the open question.</param>
/// <param name="Paragraphs">The provisions that leave the question open.</param>
/// <param name="From">First day on which the question can be asked.</param>
/// <param name="Default">What is done unless the installation chose otherwise.</param>
/// <param name="Alternatives">The other values that are accepted.</param>
/// <param name="Unit">Unit of a value that is a number.</param>
/// <param name="Question">The question as people read it.</param>
/// <param name="Words">What values mean, in the words of people; a number and a plain yes or no need none.</param>
/// <param name="Inside">The value steers what the Fund looks at, so providers do not see it (paragraph 15).</param>
/// <param name="OnlyDefault">The alternatives are readings that the program does not carry out; none of them can be chosen.</param>
/// <param name="Choices">What the installation chose, by the first day of the choice.</param>
public sealed record Policy(
    string Name,
    string Reading,
    IReadOnlyList<Citation> Paragraphs,
    DateOnly From,
    string Default,
    IReadOnlyList<string> Alternatives,
    Unit? Unit,
    Wording Question,
    IReadOnlyDictionary<string, Wording> Words,
    bool Inside,
    bool OnlyDefault,
    IReadOnlyList<(DateOnly From, string Value)> Choices)
{
    /// <summary>The official text was not at hand: what depends on it says so.</summary>
    public bool Unverified { get; init; }

    public string On(DateOnly day)
    {
        if (day < From)
        {
            throw new LawGapException(Name, day, new(
                $"ереже {From:yyyy-MM-dd} күнінен бастап қолданылады, одан бұрынғы күнге жауап жоқ",
                $"настройка действует с {From:yyyy-MM-dd}, на более ранний день ответа нет",
                $"the policy holds from {From:yyyy-MM-dd}; there is no answer for an earlier day"));
        }

        var value = Default;
        var since = DateOnly.MinValue;
        foreach (var choice in Choices)
        {
            if (choice.From <= day && choice.From >= since)
            {
                (since, value) = choice;
            }
        }

        return value;
    }

    /// <summary>The same policy with a choice that holds from a day on.</summary>
    public Policy Chosen(string value, DateOnly from) => OnlyDefault && value != Default
        ? throw new ArgumentException($"Of {Name} only '{Default}' is carried out; '{value}' cannot be chosen.", nameof(value))
        : value == Default || Alternatives.Contains(value)
        ? this with { Choices = [.. Choices, (from, value)] }
        : throw new ArgumentException($"'{value}' is not a value of {Name}. One of {string.Join(", ", Alternatives.Prepend(Default))}.", nameof(value));
}

/// <summary>Every open reading of the rules as a named, dated setting.</summary>
public sealed class Policies
{
    private readonly Dictionary<string, Policy> byName;

    private Policies(IEnumerable<Policy> policies) => byName = policies.ToDictionary(p => p.Name);

    public IReadOnlyCollection<Policy> All => byName.Values;

    public Policy this[string name] =>
        byName.TryGetValue(name, out var policy) ? policy : throw new KeyNotFoundException($"There is no policy '{name}' in law/policies.yaml.");

    public PoliciesOnDay On(DateOnly day) => new(this, day);

    /// <summary>The same policies with a choice of the installation, which holds from a day on.</summary>
    public Policies With(string name, string value, DateOnly from)
    {
        var chosen = this[name].Chosen(value, from);
        return new(byName.Values.Select(p => p.Name == name ? chosen : p));
    }

    public static Policies Read(string file) => new(LawPage.Read(file).Entries.Select(entry =>
    {
        var (name, page) = entry;
        page.Only("reading", "paragraphs", "from", "default", "alternatives", "unit", "question", "words", "inside", "only_default", "unverified", "note", "choices");
        var policy = new Policy(
            name,
            page.Text("reading"),
            [.. page["paragraphs"].Items.Select(i => Citation.Parse(i.Scalar))],
            page.Day("from"),
            page.Text("default"),
            [.. page["alternatives"].Items.Select(i => i.Scalar)],
            page.Find("unit") is null ? null : page.Word<Unit>("unit"),
            page.Wording("question"),
            page.Find("words") is { } words ? words.Entries.ToDictionary(w => w.Key, w => w.Value.Wording()) : [],
            page.Flag("inside"),
            page.Flag("only_default"),
            [])
        {
            Unverified = page.Flag("unverified"),
        };
        if (policy.Words.Keys.FirstOrDefault(w => w != policy.Default && !policy.Alternatives.Contains(w)) is { } stray)
        {
            throw page.Fault($"'{stray}' among the words is no value of '{name}'");
        }

        if (policy.OnlyDefault && page.Find("choices")?.Items.FirstOrDefault(c => c.Text("value") != policy.Default) is { } choice)
        {
            throw choice.Fault($"of '{name}' only '{policy.Default}' is carried out; '{choice.Text("value")}' cannot be chosen");
        }

        return page.Find("choices") is not { } choices ? policy : choices.Items.Aggregate(policy, (p, c) => p.Chosen(c.Text("value"), c.Day("from")));
    }));
}

/// <summary>The readings that are followed on one day.</summary>
public sealed class PoliciesOnDay(Policies policies, DateOnly day)
{
    public DateOnly Day { get; } = day;

    public string this[string name] => policies[name].On(Day);

    /// <summary>How several findings of one line are priced: max, sum or sum_capped; where the cost of the line is the limit, findings add up to it at most.</summary>
    public string LinePricing => this["multi_code"] == "sum" && this["cap"] == "at_line_cost" ? "sum_capped" : this["multi_code"];
}
