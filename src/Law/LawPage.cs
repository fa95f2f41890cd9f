using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kepil.Law;

/// <summary>A piece of a YAML file of the law folder, read strictly: what is missing or misspelt is named with file and line.</summary>
internal sealed class LawPage
{
    private readonly string file;
    private readonly YamlNode node;

    private LawPage(string file, YamlNode node)
    {
        this.file = file;
        this.node = node;
    }

    public static LawPage Read(string file)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(file);
            yaml.Load(reader);
        }
        catch (YamlException fault)
        {
            throw new InvalidDataException($"{Short(file)}, line {fault.Start.Line}: {fault.Message}", fault);
        }

        return yaml.Documents.Count == 1
            ? new LawPage(file, yaml.Documents[0].RootNode)
            : throw new InvalidDataException($"{Short(file)}: one YAML document is expected.");
    }

    /// <summary>The entries of a map, in the order of the file.</summary>
    public IEnumerable<(string Key, LawPage Value)> Entries =>
        Map.Children.Select(c => (((YamlScalarNode)c.Key).Value ?? "", new LawPage(file, c.Value)));

    public IEnumerable<LawPage> Items =>
        node is YamlSequenceNode list ? list.Select(i => new LawPage(file, i)) : throw Fault("a list is expected here");

    public string Scalar =>
        node is YamlScalarNode { Value: { } text } ? text : throw Fault("a single value is expected here");

    public LawPage this[string key] => Find(key) ?? throw Fault($"'{key}' is missing");

    public LawPage? Find(string key) =>
        Map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? new LawPage(file, child) : null;

    public string Text(string key) =>
        this[key].Scalar is { Length: > 0 } text ? text : throw Fault($"'{key}' is empty");

    public string? TextOrNull(string key) =>
        Find(key)?.Scalar is { Length: > 0 } text ? text : null;

    public DateOnly Day(string key) => DayOrNull(key) ?? throw Fault($"'{key}' is missing or empty");

    public DateOnly? DayOrNull(string key) =>
        TextOrNull(key) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Fault($"'{key}: {text}' is not a day; write yyyy-MM-dd");

    public decimal Number(string key) =>
        decimal.TryParse(Text(key), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault($"'{key}: {Text(key)}' is not a number; write a decimal point");

    public bool Flag(string key) =>
        TextOrNull(key) switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw Fault($"'{key}: {other}' is neither true nor false"),
        };

    public T Word<T>(string key)
        where T : struct, Enum =>
        Words<T>.TryRead(Text(key), out var value)
            ? value
            : throw Fault($"'{key}: {Text(key)}' is not known; one of {string.Join(", ", Words<T>.All)}");

    public Citation Citation(string key) =>
        Law.Citation.TryParse(Text(key), out var citation) ? citation : throw Fault($"'{key}: {Text(key)}' is not a citation");

    public Wording Wording(string key) => this[key].Wording();

    public Wording Wording() => new(Text("kk"), Text("ru"), Text("en"));

    /// <summary>Refuses keys that nobody would read.</summary>
    public void Only(params ReadOnlySpan<string> keys)
    {
        foreach (var (key, _) in Entries)
        {
            if (!keys.Contains(key))
            {
                throw Fault($"'{key}' is not known here; one of {string.Join(", ", keys!)}");
            }
        }
    }

    public InvalidDataException Fault(string what) => new($"{Short(file)}, line {node.Start.Line}: {what}.");

    private YamlMappingNode Map => node as YamlMappingNode ?? throw Fault("a map is expected here");

    private static string Short(string file) =>
        file.Replace('\\', '/') is var path && path.LastIndexOf("/law/", StringComparison.Ordinal) is >= 0 and var at ? path[(at + 1)..] : path;
}

/// <summary>The spelling of an enumeration in files: working_day for WorkingDay.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByWord = Enum.GetValues<T>().ToDictionary(v => Spell(v.ToString()), v => v);

    public static IEnumerable<string> All => ByWord.Keys;

    public static bool TryRead(string word, out T value) => ByWord.TryGetValue(word, out value);

    public static string Of(T value) => Spell(value.ToString());

    private static string Spell(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
