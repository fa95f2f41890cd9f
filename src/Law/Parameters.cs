using System.Globalization;

namespace Kepil.Law;

/// <summary>What a legal value counts.</summary>
public enum Unit
{
    Tenge,
    Percent,
    Mci,
    MinimumWage,
    Day,
    CalendarDay,
    WorkingDay,
    Month,
    Year,
}

/// <summary>Which day of a matter picks the value.</summary>
public enum PickedBy
{
    DayOfService,
    DayOfPayment,
    DayOfDecision,
    DayOfFiling,
    MonthOfIncome,
    MonthOfService,
}

/// <summary>How sure the house is of a value.</summary>
public enum Confidence
{
    High,
    Medium,
    Low,

    /// <summary>Made up for demonstration; the installation sets the true one.</summary>
    Invented,
}

/// <summary>One value of a parameter from a day on.</summary>
/// <param name="Key">The values of the parameter's keys, joined by a slash; empty when it has none.</param>
/// <param name="From">First day in force.</param>
/// <param name="Known">Day since which it could be known; later than From where the law works backwards.</param>
/// <param name="Exact">The number in its unit.</param>
/// <param name="Ends">The parameter ends on this day and has no value from then on.</param>
/// <param name="Law">The act that says it; nothing for a value that was invented.</param>
/// <param name="Checked">When it was last compared with that act; nothing for a value that was invented.</param>
public sealed record ParameterValue(
    string Key, DateOnly From, DateOnly Known, decimal Exact, bool Ends, Unit Unit, Citation? Law, DateOnly? Checked, Confidence Confidence, string? Note)
{
    /// <summary>Made up: no act says it.</summary>
    public bool Invented => Confidence == Confidence.Invented;

    /// <summary>The number without a fraction: tiyn for money, else the number itself where it is whole.</summary>
    public bool IsWhole => decimal.IsInteger(Unit == Unit.Tenge ? Exact * 100 : Exact);

    public long Whole => IsWhole
        ? (long)(Unit == Unit.Tenge ? Exact * 100 : Exact)
        : throw new InvalidOperationException($"{Exact.ToString(CultureInfo.InvariantCulture)} is not a whole number; ask for the exact one.");

    public Money Money => Unit == Unit.Tenge
        ? new Money(Whole)
        : throw new InvalidOperationException($"A value in {Words<Unit>.Of(Unit)} is not a sum of money.");
}

/// <summary>A stretch of days on which a parameter has one value, both ends included.</summary>
public sealed record ParameterPeriod(string Name, DateOnly From, DateOnly To, ParameterValue Value);

/// <summary>A legal value that changes with time, and perhaps with the region.</summary>
/// <param name="Of">What a percentage is taken of.</param>
/// <param name="By">Names of the keys, for instance region.</param>
public sealed record Parameter(
    string Name, Wording Title, Unit Unit, string? Of, PickedBy PickedBy, IReadOnlyList<string> By, IReadOnlyList<ParameterValue> Values, string File)
{
    /// <summary>The value in force on a day, as known today or as it was known on an earlier day.</summary>
    public ParameterValue On(DateOnly day, DateOnly? knownOn = null, string key = "")
    {
        var candidates = Values.Where(v => v.Key == key).ToList();
        if (candidates.Count == 0)
        {
            throw new LawGapException(Name, day, new(
                $"«{key}» кілті үшін мән жоқ ({File})",
                $"нет значения для ключа «{key}» ({File})",
                $"there is no value for the key '{key}'; add it to {File}"));
        }

        var value = candidates
            .Where(v => v.From <= day && v.Known <= (knownOn ?? DateOnly.MaxValue))
            .MaxBy(v => (v.From, v.Known));
        if (value is null)
        {
            var first = candidates.Min(v => v.From);
            throw day < first
                ? new LawGapException(Name, day, new(
                    $"алғашқы мән {first:yyyy-MM-dd} күнінен бастап белгілі ({File})",
                    $"первое значение известно с {first:yyyy-MM-dd} ({File})",
                    $"the first value holds from {first:yyyy-MM-dd}; add an earlier one to {File}"))
                : new LawGapException(Name, day, new(
                    $"{knownOn:yyyy-MM-dd} күні мән әлі белгісіз болған",
                    $"на {knownOn:yyyy-MM-dd} значение ещё не было известно",
                    $"the value was not known yet on {knownOn:yyyy-MM-dd}"));
        }

        return !value.Ends ? value : throw new LawGapException(Name, day, new(
            $"{value.From:yyyy-MM-dd} күнінен бастап күші жойылған",
            $"отменено с {value.From:yyyy-MM-dd}",
            $"it ended on {value.From:yyyy-MM-dd} and has no value since"));
    }

    /// <summary>The stretches of one value each, as known on a day; the last one is open-ended at 9999-12-31.</summary>
    public IEnumerable<ParameterPeriod> Periods(DateOnly? knownOn = null)
    {
        foreach (var group in Values.Where(v => v.Known <= (knownOn ?? DateOnly.MaxValue)).GroupBy(v => v.Key))
        {
            var steps = group.GroupBy(v => v.From).Select(g => g.MaxBy(v => v.Known)!).OrderBy(v => v.From).ToList();
            for (var i = 0; i < steps.Count; i++)
            {
                if (!steps[i].Ends)
                {
                    yield return new(Name, steps[i].From, i + 1 < steps.Count ? steps[i + 1].From.AddDays(-1) : DateOnly.MaxValue, steps[i]);
                }
            }
        }
    }
}

/// <summary>The legal values: indices, rates, limits, terms, norms.</summary>
public sealed class Parameters
{
    private readonly SortedDictionary<string, Parameter> byName;

    private Parameters(SortedDictionary<string, Parameter> byName) => this.byName = byName;

    public IReadOnlyCollection<Parameter> All => byName.Values;

    public Parameter this[string name] =>
        byName.TryGetValue(name, out var parameter) ? parameter : throw new KeyNotFoundException($"There is no parameter '{name}' under law/parameters.");

    /// <summary>The whole number in force on a day; money in tiyn.</summary>
    public long Value(string name, DateOnly day, DateOnly? knownOn = null, string key = "") => this[name].On(day, knownOn, key).Whole;

    /// <summary>The exact number in force on a day, in the parameter's own unit.</summary>
    public decimal Exact(string name, DateOnly day, DateOnly? knownOn = null, string key = "") => this[name].On(day, knownOn, key).Exact;

    /// <summary>The sum of money in force on a day.</summary>
    public Money Sum(string name, DateOnly day, DateOnly? knownOn = null, string key = "") => this[name].On(day, knownOn, key).Money;

    public static Parameters Read(string folder)
    {
        var read = new SortedDictionary<string, Parameter>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var (name, page) in LawPage.Read(file).Entries)
            {
                if (!read.TryAdd(name, ReadOne(name, page, "law/parameters/" + Path.GetFileName(file))))
                {
                    throw page.Fault($"'{name}' stands in {read[name].File} already");
                }
            }
        }

        return new(read);
    }

    private static Parameter ReadOne(string name, LawPage page, string file)
    {
        page.Only("title", "unit", "of", "picked_by", "by", "values");
        var unit = page.Word<Unit>("unit");
        IReadOnlyList<string> by = page.Find("by") is { } keys ? [.. keys.Items.Select(i => i.Scalar)] : [];
        var values = new List<ParameterValue>();
        foreach (var item in page["values"].Items)
        {
            item.Only("key", "from", "known", "value", "ends", "law", "checked", "confidence", "note");
            var ends = item.Flag("ends");
            if (ends == (item.Find("value") is not null))
            {
                throw item.Fault($"{name}: write either a value or 'ends: true'");
            }

            var key = by.Count == 0 ? "" : string.Join('/', by.Select(b => item["key"].Text(b)));
            var confidence = item.Word<Confidence>("confidence");
            var invented = confidence == Confidence.Invented;
            if (invented && (item.Find("law") is not null || item.Find("checked") is not null))
            {
                throw item.Fault($"{name}: an invented value has no act and was compared with none; leave out 'law' and 'checked'");
            }

            var value = new ParameterValue(
                key, item.Day("from"), item.Day("known"), ends ? 0 : item.Number("value"), ends, unit,
                invented ? null : item.Citation("law"), invented ? null : item.Day("checked"), confidence, item.TextOrNull("note"));
            if (values.Any(v => (v.Key, v.From, v.Known) == (value.Key, value.From, value.Known)))
            {
                throw item.Fault($"{name} has two values from {value.From:yyyy-MM-dd}, known from {value.Known:yyyy-MM-dd}");
            }

            values.Add(value);
        }

        return values.Count > 0
            ? new(name, page.Wording("title"), unit, page.TextOrNull("of"), page.Word<PickedBy>("picked_by"), by, values, file)
            : throw page.Fault($"{name} has no value");
    }
}
