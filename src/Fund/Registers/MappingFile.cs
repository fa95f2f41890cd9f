using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Kepil.Fund.Registers;

/// <summary>How the export of another system is read: its tables, columns, codes, currencies and time zone.</summary>
public sealed class MappingFile
{
    private readonly Dictionary<string, Dictionary<string, string>> _codes = [];
    private readonly Dictionary<string, List<(DateOnly From, long Tiyn)>> _currencies = [];

    /// <summary>The tables of the export that are read.</summary>
    public IReadOnlyList<MappedSource> Sources { get; private set; } = [];

    /// <summary>Numbers of persons and organisations are made of the other system's identifiers and have no check digit.</summary>
    public bool ForeignNumbers { get; private set; }

    /// <summary>Every line belongs to the month in which it ended.</summary>
    public bool MonthOfEachLine { get; private set; }

    /// <summary>Zone of times that name none.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <param name="nameOrPath">A file, or the name of one in the folder of mappings.</param>
    public static MappingFile Load(string nameOrPath)
    {
        var path = File.Exists(nameOrPath) ? nameOrPath : Path.Combine(Vocabulary.Folder(), Path.GetFileNameWithoutExtension(nameOrPath) + ".yaml");
        if (!File.Exists(path))
        {
            throw new RegisterRefusedException("mapping_missing", ("mapping", Path.GetFileName(nameOrPath)));
        }

        var mapping = new MappingFile();
        try
        {
            mapping.Take(Yaml.Load(path));
        }
        catch (Exception e) when (e is InvalidDataException or YamlDotNet.Core.YamlException or KeyNotFoundException or FormatException or TimeZoneNotFoundException or ArgumentException)
        {
            throw new RegisterRefusedException("mapping_broken", ("mapping", Path.GetFileName(path)), ("message", e.Message));
        }

        return mapping;
    }

    /// <summary>The table of the export whose columns the file has.</summary>
    public MappedSource Of(IReadOnlyList<string> heads, string fileName)
    {
        var known = heads.ToHashSet(StringComparer.Ordinal);
        var fitting = Sources.Where(s => s.Needed.All(known.Contains)).ToList();
        return fitting.FirstOrDefault(s => string.Equals(s.File, fileName, StringComparison.OrdinalIgnoreCase))
            ?? fitting.OrderByDescending(s => s.Needed.Count).FirstOrDefault()
            ?? throw new RegisterRefusedException("mapping_unfit", ("files", string.Join(", ", Sources.Select(s => s.File))));
    }

    /// <summary>Tiyn for one unit of a currency on a day.</summary>
    public long? Rate(string currency, DateOnly day) =>
        _currencies.TryGetValue(currency, out var rates) && rates.LastOrDefault(r => r.From <= day) is { Tiyn: > 0 } rate ? rate.Tiyn : null;

    private void Take(YamlNode root)
    {
        var parts = Yaml.Map(root).ToDictionary(p => p.Key, p => p.Value);
        foreach (var (name, codes) in parts.TryGetValue("codes", out var lists) ? Yaml.Map(lists) : [])
        {
            _codes[name] = Yaml.Map(codes).ToDictionary(c => c.Key, c => Yaml.Text(c.Value));
        }

        foreach (var (name, rates) in parts.TryGetValue("currencies", out var currencies) ? Yaml.Map(currencies) : [])
        {
            _currencies[name] = [.. ((YamlSequenceNode)rates).Children.Select(Rate).OrderBy(r => r.From)];
        }

        ForeignNumbers = parts.TryGetValue("numbers", out var numbers) && Yaml.Text(numbers) == "foreign";
        MonthOfEachLine = parts.TryGetValue("month", out var month) && Yaml.Text(month) == "each";
        Zone = parts.TryGetValue("zone", out var zone) ? TimeZoneInfo.FindSystemTimeZoneById(Yaml.Text(zone)) : Zone;
        Sources = [.. Yaml.Map(parts["tables"]).Select(t => Source(t.Key, t.Value))];
    }

    private static (DateOnly From, long Tiyn) Rate(YamlNode node)
    {
        var parts = Yaml.Map(node).ToDictionary(p => p.Key, p => Yaml.Text(p.Value));
        return CellNumber.Money(Encoding.UTF8.GetBytes(parts["tenge"]), out var tiyn) == NumberTrouble.None
            ? (DateOnly.ParseExact(parts["from"], "yyyy-MM-dd", CultureInfo.InvariantCulture), tiyn)
            : throw new InvalidDataException($"Rate {parts["tenge"]} is not a sum in tenge.");
    }

    private MappedSource Source(string file, YamlNode node)
    {
        var parts = Yaml.Map(node).ToDictionary(p => p.Key, p => p.Value);
        var joins = (parts.TryGetValue("joins", out var joined) ? Yaml.Map(joined) : [])
            .Select(j => (j.Key, Parts: Yaml.Map(j.Value).ToDictionary(p => p.Key, p => Yaml.Text(p.Value))))
            .Select(j => new MappedJoin(j.Key, j.Parts["file"], j.Parts["key"], j.Parts["by"])).ToList();
        var columns = Yaml.Map(parts["columns"]).Select(c => (c.Key, Value(c.Value))).ToList();
        var classes = (parts.TryGetValue("classes", out var named) ? Yaml.Map(named) : []).Select(c => Class(c.Key, c.Value)).ToList();
        return new MappedSource(file, Yaml.Text(parts["reads"]), columns, joins, classes);
    }

    private MappedValue Value(YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            return new MappedValue { From = [Yaml.Text(node)] };
        }

        var parts = Yaml.Map(node).ToDictionary(p => p.Key, p => p.Value);
        if (parts.Keys.Except(["from", "constant", "joined_by", "number", "codes", "otherwise", "time", "currency", "on", "first"]).FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {node.Start.Line}: '{unknown}' is not known."));
        }

        return new MappedValue
        {
            From = parts.TryGetValue("from", out var from) ? [.. Yaml.Texts(from)] : [],
            Constant = Text("constant"),
            JoinedBy = Text("joined_by") ?? "",
            Number = Text("number") == "true",
            Codes = Text("codes") is { } codes ? _codes[codes] : null,
            Otherwise = Text("otherwise"),
            Time = Text("time") == "true",
            Currency = Text("currency"),
            On = Text("on"),
            First = parts.TryGetValue("first", out var first) ? [.. ((YamlSequenceNode)first).Children.Select(Value)] : [],
        };

        string? Text(string key) => parts.TryGetValue(key, out var value) ? Yaml.Text(value) : null;
    }

    private static MappedClass Class(string name, YamlNode node)
    {
        var parts = Yaml.Map(node).ToDictionary(p => p.Key, p => p.Value);
        return new MappedClass(
            name,
            Yaml.Text(parts["column"]),
            parts.TryGetValue("is", out var values) ? [.. Yaml.Texts(values)] : null,
            parts.TryGetValue("after", out var after) ? Yaml.Text(after) : null,
            parts.TryGetValue("set", out var set) ? Yaml.Map(set).ToDictionary(s => s.Key, s => Yaml.Text(s.Value)) : []);
    }
}

/// <summary>One table of another system's export and the register that it becomes.</summary>
/// <param name="File">Usual name of its file.</param>
/// <param name="Reads">"line" or the name of a reference register.</param>
/// <param name="Columns">Our columns and where each comes from.</param>
/// <param name="Joins">Other files of the export that are looked up.</param>
/// <param name="Classes">Kinds of rows that are counted apart and may be read otherwise; the first that fits counts.</param>
public sealed record MappedSource(string File, string Reads, IReadOnlyList<(string Column, MappedValue Value)> Columns, IReadOnlyList<MappedJoin> Joins, IReadOnlyList<MappedClass> Classes)
{
    /// <summary>Columns that the file must have.</summary>
    public IReadOnlyList<string> Needed { get; } =
        [.. Columns.SelectMany(c => c.Value.AllFrom()).Concat(Joins.Select(j => j.By)).Concat(Classes.Select(c => c.Column)).Where(c => !Joins.Any(j => c.StartsWith(j.Name + ".", StringComparison.Ordinal))).Distinct()];
}

/// <summary>Where the value of a column comes from and how it is rewritten.</summary>
public sealed record MappedValue
{
    public IReadOnlyList<string> From { get; init; } = [];

    public string? Constant { get; init; }

    public string JoinedBy { get; init; } = "";

    /// <summary>An identifier becomes a stable number above a billion of thousands.</summary>
    public bool Number { get; init; }

    public IReadOnlyDictionary<string, string>? Codes { get; init; }

    /// <summary>What stands for a code that the list lacks; without it the code stays as it is and is judged.</summary>
    public string? Otherwise { get; init; }

    /// <summary>A moment in the mapping's zone becomes day and minute of Almaty.</summary>
    public bool Time { get; init; }

    public string? Currency { get; init; }

    /// <summary>Column with the day of the rate.</summary>
    public string? On { get; init; }

    /// <summary>The first of these that says something.</summary>
    public IReadOnlyList<MappedValue> First { get; init; } = [];

    public IEnumerable<string> AllFrom() => From.Concat(On is null ? [] : [On]).Concat(First.SelectMany(f => f.AllFrom()));
}

/// <summary>A look-up in another file of the export.</summary>
public sealed record MappedJoin(string Name, string File, string Key, string By);

/// <summary>A kind of rows: a column has one of some values, or its day lies after that of another column.</summary>
public sealed record MappedClass(string Name, string Column, IReadOnlyList<string>? Is, string? After, IReadOnlyDictionary<string, string> Set);
